//! From a typed word to the words it may mean, each with a weight.
//!
//! In order of trust: the word itself and its spellings (`mueller` is Müller), longer words, words
//! that have it inside (compounds), and words it may be a slip of. A word that is known as typed is
//! taken for a slip only of one that is far more frequent.

use std::cell::RefCell;
use std::cmp::Reverse;
use std::ops::ControlFlow;

use super::compound::has_part;
use super::near::Near;
use super::quick::ByWord;
use super::slip;
use super::spelling::{Form, OTHER_SPELLING, Part, Tolerance, Typed, forms};
use super::token::{folded, spelling};
use super::vocabulary::{Term, Vocabulary};

/// Words taken of each kind, the most frequent first.
const MAX_LONGER: usize = 128;
const MAX_INSIDE: usize = 256;
const MAX_SLIPS: usize = 48;
/// Words with the letters inside that are looked at, the most frequent first: four letters stand in
/// thousands (`scha` in all of Wirtschaft's), and whether they are a part takes looking words up.
const MAX_LOOKS: usize = 1_000;
/// The same while a word is typed of which there are four letters: they are hardly a part yet.
const FEW_LOOKS: usize = 300;
/// Rare words taken beside them that begin with the typed one.
const MAX_TAIL: usize = 4096;
/// Slips whose keys are looked at, the most promising of each dictionary.
const MAX_NEAR: usize = 128;
/// Articles beyond which a word is known well enough without a second slip.
const ENOUGH_ARTICLES: u32 = 50;
/// How much more frequent a word must be than the known one to be what was meant.
const FAR_MORE: u32 = 10;
/// What a word may mean.
#[derive(Debug, Default)]
pub(super) struct Expanded {
    /// The word as typed, lower case.
    pub word: String,
    /// By vocabulary: terms with their weight, 1 for the word itself, ascending.
    pub terms: Vec<Vec<(Term, f32)>>,
    /// Keys of the terms with their weight, but for rare words that begin with it.
    pub keys: ByWord<f32>,
    /// Where words that begin with it are meant: its spellings, and how likely longer ones are.
    pub begins: Vec<Form>,
    /// It is still being typed.
    pub open: bool,
    /// Articles with the word most likely meant; decides how much finding it tells.
    pub count: u32,
    /// Words that stand in for one that is not known as typed, best first.
    pub stand_ins: Vec<String>,
}

impl Expanded {
    /// How much a key counts that begins with the word: one of the rare ones that are not in `keys`.
    /// `None` where it does not begin so.
    pub fn begun_weight(&self, key: &str) -> Option<f32> {
        let length = folded(&self.word).chars().count();
        self.begins.iter().find_map(|form| begun_weight(form, key, length, self.open))
    }
}

/// The vocabulary of a segment, with the articles that are still there.
pub(super) struct Lexicon<'a> {
    pub vocabulary: &'a Vocabulary,
    /// Counts what is left of a term, where some of the segment's articles are gone.
    pub left: Option<Box<dyn Fn(Term) -> u32 + 'a>>,
}

impl Lexicon<'_> {
    /// Articles (or names) of `term` that are still there. The vocabulary's own count, which takes
    /// no reading of lists, is only good for choosing among many.
    fn left(&self, term: Term) -> u32 {
        self.left.as_ref().map_or_else(|| self.vocabulary.count(term), |left| left(term))
    }
}

/// A rare word that begins with the typed one: its number, weight and articles.
type Tail = (Term, f32, u32);

/// A word that may be meant.
struct Meant {
    key: String,
    weight: f32,
    count: u32,
    terms: Vec<(usize, Term)>,
}

/// The words that `typed` may mean in these vocabularies.
///
/// `budget` is the number of postings that inexact words may cost together.
pub(super) fn expand(typed: &Typed, lexicons: &[Lexicon], budget: u32) -> Expanded {
    let forms = forms(typed);
    let word = folded(&typed.key);
    let length = word.chars().count();
    let open = typed.tolerance == Tolerance::Open;
    let mut meant = whole(&forms, lexicons);
    let known: u32 = meant.iter().map(|m| m.count).sum();
    let mut tails = vec![Vec::new(); lexicons.len()];
    let mut begins = false;
    if matches!(typed.tolerance, Tolerance::Open | Tolerance::Closed) {
        let mut begun = 0_u32;
        begins = may_go_on(length, open, known);
        if begins {
            let longer = longer(&forms, lexicons, length, open, Some(&mut tails));
            begun = longer.iter().map(|m| m.count).fold(0, u32::saturating_add);
            meant.extend(longer);
        }
        if length >= 4 {
            let looks = if open && length == 4 { FEW_LOOKS } else { MAX_LOOKS };
            meant.extend(inside(&forms, lexicons, looks));
            if !open || begun < ENOUGH_ARTICLES {
                meant.extend(slips(word, length, open, known, lexicons));
            }
        }
    }
    let mut expanded = settle(meant, known, tails, budget);
    spelling(&typed.key).clone_into(&mut expanded.word);
    expanded.open = open;
    if begins {
        expanded.begins = forms;
    }
    expanded
}

/// The terms of a name's word: as typed if there is one, else longer words, else slips, else words
/// that have it inside. An open word may always be a beginning.
pub(super) fn expand_name(typed: &Typed, lexicons: &[Lexicon]) -> Vec<Vec<Term>> {
    let forms = forms(typed);
    let word = folded(&typed.key);
    let length = word.chars().count();
    let tolerant = matches!(typed.tolerance, Tolerance::Open | Tolerance::Closed);
    let open = typed.tolerance == Tolerance::Open;
    let mut meant = whole(&forms, lexicons);
    if tolerant && (open || meant.is_empty()) {
        meant.extend(longer(&forms, lexicons, length, true, None));
    }
    if tolerant && meant.is_empty() && length >= 4 {
        meant = slips(word, length, open, 0, lexicons);
    }
    if tolerant && meant.is_empty() && length >= 4 {
        meant = inside(&forms, lexicons, MAX_LOOKS);
    }
    let mut terms = vec![Vec::new(); lexicons.len()];
    for (at, term) in meant.into_iter().flat_map(|m| m.terms) {
        terms[at].push(term);
    }
    terms
}

/// Gathers keys from several vocabularies; the same key becomes one.
#[derive(Default)]
struct Gathered {
    by_key: ByWord<usize>,
    meant: Vec<Meant>,
}

impl Gathered {
    fn take(&mut self, at: usize, count: u32, term: Term, key: &str, weight: f32) {
        if let Some(meant) = self.by_key.get(key).and_then(|&i| self.meant.get_mut(i)) {
            meant.weight = meant.weight.max(weight);
            if !meant.terms.contains(&(at, term)) {
                meant.count += count;
                meant.terms.push((at, term));
            }
            return;
        }
        self.by_key.insert(key.to_owned(), self.meant.len());
        self.meant.push(Meant { key: key.to_owned(), weight, count, terms: vec![(at, term)] });
    }

    /// The `limit` best by `worth`.
    fn best(mut self, limit: usize, worth: impl Fn(&Meant) -> f32) -> Vec<Meant> {
        if self.meant.len() > limit {
            self.meant.sort_by(|a, b| worth(b).total_cmp(&worth(a)).then_with(|| a.key.cmp(&b.key)));
            self.meant.truncate(limit);
        }
        self.meant
    }
}

#[allow(clippy::cast_precision_loss, reason = "counts of articles, for ranking only")]
fn frequency(meant: &Meant) -> f32 {
    meant.count as f32
}

fn whole(forms: &[Form], lexicons: &[Lexicon]) -> Vec<Meant> {
    let mut found = Gathered::default();
    for (at, lexicon) in lexicons.iter().enumerate() {
        for form in forms {
            lexicon.vocabulary.whole(&form.folded, |term, key| {
                if let Some(weight) = form.weigh(key, Part::Whole)
                    && let count @ 1.. = lexicon.left(term)
                {
                    found.take(at, count, term, key, weight);
                }
            });
        }
    }
    found.meant
}

/// Words that begin with one of `forms`, the most frequent; the others go into `tails`, rarest first.
fn longer(
    forms: &[Form],
    lexicons: &[Lexicon],
    length: usize,
    open: bool,
    mut tails: Option<&mut Vec<Vec<Tail>>>,
) -> Vec<Meant> {
    let mut found = Gathered::default();
    for (at, lexicon) in lexicons.iter().enumerate() {
        let vocabulary = lexicon.vocabulary;
        // A term's number says how frequent it is.
        let mut best: Vec<(Term, f32)> = Vec::new();
        for form in forms {
            if length <= 2 {
                let mut left = MAX_LONGER;
                vocabulary.longer_by_count(&form.folded, |term, key| {
                    if let Some(weight) = begun_weight(form, key, length, open) {
                        best.push((term, weight));
                        left -= 1;
                    }
                    if left == 0 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
                });
            } else {
                vocabulary.longer(&form.folded, |cursor| {
                    let more = cursor.form_len().saturating_sub(form.folded.len());
                    let weight = form.weigh(cursor.text(), Part::Beginning);
                    let weight = weight.unwrap_or_default() * longer_weight(more, length, open);
                    if weight > 0.0 {
                        best.push((cursor.term(), weight));
                    }
                });
            }
        }
        if best.len() > MAX_LONGER {
            best.select_nth_unstable_by_key(MAX_LONGER, |(term, _)| *term);
            let mut rare = best.split_off(MAX_LONGER);
            if let Some(tail) = tails.as_mut().and_then(|tails| tails.get_mut(at)) {
                if rare.len() > MAX_TAIL {
                    rare.select_nth_unstable_by_key(MAX_TAIL, |(term, _)| Reverse(*term));
                    rare.truncate(MAX_TAIL);
                }
                rare.sort_unstable_by_key(|(term, _)| Reverse(*term));
                *tail =
                    rare.into_iter().map(|(term, weight)| (term, weight, vocabulary.count(term))).collect();
            }
        }
        for (term, weight) in best {
            found.take(at, vocabulary.count(term), term, &vocabulary.key(term), weight);
        }
    }
    found.best(MAX_LONGER, frequency)
}

/// How likely a key that begins with `form` and goes on is meant; `None` where it is not.
fn begun_weight(form: &Form, key: &str, length: usize, open: bool) -> Option<f32> {
    let more = folded(key).strip_prefix(form.folded.as_str())?.len();
    let weight = form.weigh(key, Part::Beginning)? * longer_weight(more, length, open);
    (more > 0 && weight > 0.0).then_some(weight)
}

/// Whether longer words may be meant. A short word that is known is that word: IS is not `ist`, and
/// `rom` not Roman; while typing, from the third letter on.
fn may_go_on(length: usize, open: bool, known: u32) -> bool {
    match length {
        ..=1 => open && known == 0,
        2 => known == 0,
        3 => open || known == 0,
        _ => true,
    }
}

/// How likely a word with `more` further letters is meant: an ending rather than a compound.
#[allow(clippy::cast_precision_loss, reason = "lengths of words")]
fn longer_weight(more: usize, length: usize, open: bool) -> f32 {
    match (open, more) {
        (true, _) => 0.9 / (1.0 + 0.03 * more as f32),
        (false, ..=3) => 0.7,
        (false, _) if length >= 4 => 0.4,
        _ => 0.0,
    }
}

/// Compounds with the word as a part, among those that have its letters.
fn inside(forms: &[Form], lexicons: &[Lexicon], most: usize) -> Vec<Meant> {
    // The same few beginnings come again and again.
    let asked = RefCell::new(ByWord::<bool>::default());
    let is_known = |word: &str| {
        if let Some(&known) = asked.borrow().get(word) {
            return known;
        }
        let known = lexicons.iter().any(|l| l.vocabulary.has(word));
        asked.borrow_mut().insert(word.to_owned(), known);
        known
    };
    let mut found = Gathered::default();
    for (at, lexicon) in lexicons.iter().enumerate() {
        for form in forms {
            let (mut left, mut looks) = (MAX_INSIDE, most);
            lexicon.vocabulary.compounds(&form.folded, |term, key| {
                looks -= 1;
                if let Some(weight) = form.weigh(key, Part::Inside)
                    && has_part(folded(key), &form.folded, &is_known)
                {
                    let trust = inside_weight(folded(key), &form.folded);
                    found.take(at, lexicon.vocabulary.count(term), term, key, weight * trust);
                    left -= 1;
                }
                if left == 0 || looks == 0 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            });
        }
    }
    found.best(MAX_INSIDE, frequency)
}

/// The last part of a compound is what it is about; a longer part says more of the whole.
#[allow(clippy::cast_precision_loss, reason = "lengths of words")]
fn inside_weight(word: &str, part: &str) -> f32 {
    let place = if word.ends_with(part) { 0.6 } else { 0.4 };
    place * (0.5 + 0.5 * part.len() as f32 / word.len() as f32)
}

/// Words that `word` may be a slip of. Two slips are looked for only in longer words that nothing
/// else explains; those, and words that only begin so, never differ at the first letter.
fn slips(word: &str, length: usize, open: bool, known: u32, lexicons: &[Lexicon]) -> Vec<Meant> {
    let near = |slips, prefix| Near::new(word, slips, prefix);
    let mut found = Gathered::default();
    let gather = |near: Option<Near>, first: Option<char>, found: &mut Gathered, begun: bool| {
        let Some(near) = near else { return };
        for (at, lexicon) in lexicons.iter().enumerate() {
            let vocabulary = lexicon.vocabulary;
            let mut best: Vec<(Term, f32)> = Vec::new();
            vocabulary.near(&near, first, |term, key| {
                let form = folded(key);
                if form == word || (begun && form.len() <= word.len() + 1) {
                    return;
                }
                best.push((term, if begun { 0.4 } else { slip_weight(slip::cost(word, form)) }));
            });
            if best.len() > MAX_NEAR {
                let worth = |&(term, weight): &(Term, f32)| worth(weight, vocabulary.count(term));
                best.sort_by(|a, b| worth(b).total_cmp(&worth(a)).then(a.0.cmp(&b.0)));
                best.truncate(MAX_NEAR);
            }
            for (term, weight) in best {
                found.take(at, lexicon.left(term), term, &vocabulary.key(term), weight);
            }
        }
    };
    gather(near(1, false), None, &mut found, false);
    let one: u32 = found.meant.iter().map(|m| m.count).fold(0, u32::saturating_add);
    if known == 0 && length >= 6 && one < ENOUGH_ARTICLES {
        gather(near(2, false), word.chars().next(), &mut found, false);
    }
    if known == 0 && open && length >= 5 {
        gather(near(1, true), word.chars().next(), &mut found, true);
    }
    found.meant.retain(|m| m.count >= known.saturating_mul(FAR_MORE).max(1));
    found.best(MAX_SLIPS, |m| worth(m.weight, m.count))
}

/// What a word that may be meant promises: likely slips of frequent words first.
#[allow(clippy::cast_precision_loss, reason = "counts of articles, for ranking only")]
fn worth(weight: f32, count: u32) -> f32 {
    weight * (1.0 + count as f32).ln()
}

/// 0.47 for an unlikely slip, 0.22 for two, 0.69 for a likely one.
fn slip_weight(cost: f32) -> f32 {
    (-0.75 * cost).exp()
}

/// Brings all that may be meant within the budget.
fn settle(mut meant: Vec<Meant>, known: u32, tails: Vec<Vec<Tail>>, budget: u32) -> Expanded {
    meant.sort_by(|a, b| {
        b.weight.total_cmp(&a.weight).then(b.count.cmp(&a.count)).then_with(|| a.key.cmp(&b.key))
    });
    let best = meant.first().map_or(0.0, |m| m.weight);
    let mut expanded = Expanded { terms: vec![Vec::new(); tails.len()], ..Expanded::default() };
    let mut left = budget;
    for Meant { key, weight, count, terms } in meant {
        if expanded.keys.contains_key(&key) {
            continue;
        }
        if weight < OTHER_SPELLING {
            let Some(less) = left.checked_sub(count) else { continue };
            left = less;
        }
        if weight >= 0.9 * best {
            expanded.count = expanded.count.max(count);
        }
        if known == 0
            && expanded.stand_ins.len() < 5
            && !expanded.stand_ins.iter().any(|s| s == spelling(&key))
        {
            expanded.stand_ins.push(spelling(&key).to_owned());
        }
        for (at, term) in terms {
            expanded.terms[at].push((term, weight));
        }
        expanded.keys.insert(key, weight);
    }
    for (terms, tail) in expanded.terms.iter_mut().zip(tails) {
        for (term, weight, count) in tail {
            let Some(less) = left.checked_sub(count) else { break };
            left = less;
            terms.push((term, weight));
        }
        // A term may come as the beginning of one spelling and of another.
        terms.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
        terms.dedup_by_key(|(term, _)| *term);
    }
    expanded
}
