//! Differences of naming: one thing or person under two words.

use super::Finding;
use super::pairing::{gaps, nearest};
use super::wording::{is_one_quotation, quotations};
use crate::compare::told::{Story, Telling};
use crate::compare::unit::{Unit, Word, mentions_in, role_span};
use crate::model::{Degree, DifferenceKind, EntityKind, Language, QuoteKind, Span};
use crate::text::fold::fold;

/// One person with other offices or titles beside the name.
pub(super) fn role(story: &Story<'_>, a: &Telling<'_>, b: &Telling<'_>) -> Option<Finding> {
    let (ours, theirs) = (roles(story, a), roles(story, b));
    for (name, span) in &ours {
        for (other, their_span) in &theirs {
            let (left, right) = (story.words(a.article, *span), story.words(b.article, *their_span));
            if name == other && !one_label(left, right) && !is_relation(left) && !is_relation(right) {
                return Some(label((a.article, *span), (b.article, *their_span)));
            }
        }
    }
    None
}

/// Spelling, inflection and hyphens make no other label; nor does a part of the longer one.
fn one_label(a: &str, b: &str) -> bool {
    let bare = |s: &str| fold(s).chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let (a, b) = (bare(a), bare(b));
    let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    long.contains(short.as_str()) || long.contains(root(short))
}

/// A folded word without its ending; whole where too little would remain (`see`, `messe`).
fn root(word: &str) -> &str {
    const SHORTEST: usize = 3;
    let root = word.trim_end_matches(['s', 'n', 'e', 'r', 'm']);
    if root.chars().count() < SHORTEST { word } else { root }
}

/// Persons of a telling with the words of their office: folded last name and span.
fn roles(story: &Story<'_>, telling: &Telling<'_>) -> Vec<(String, Span)> {
    let Some(article) = story.articles.get(telling.article as usize) else { return Vec::new() };
    let text = &article.draft.text;
    let mut found = Vec::new();
    for unit in &telling.units {
        for mention in mentions_in(article, unit.span) {
            let Some(entity) = article.analysis.entities.get(mention.entity as usize) else { continue };
            if entity.kind != EntityKind::Person {
                continue;
            }
            if let Some(span) = role_span(text, unit.span, mention) {
                let name = fold(&entity.canonical);
                found.push((name.rsplit(' ').next().unwrap_or(&name).to_owned(), span));
            }
        }
    }
    found
}

/// Words that name somebody by another person only: they call nobody anything.
fn is_relation(words: &str) -> bool {
    const RELATIONS: [&str; 6] =
        ["kollege", "kollegin", "gegenuber", "counterpart", "colleague", "amtsbruder"];
    let folded = fold(words);
    let last = folded.rsplit(' ').next().unwrap_or_default();
    RELATIONS.iter().any(|r| last.trim_end_matches(['n', 's']).ends_with(r))
}

fn label(a: (u32, Span), b: (u32, Span)) -> Finding {
    Finding::pair(DifferenceKind::Label, Degree::Varies, a, b)
}

/// One number of two things: `44.000 Befunde`, `44.000 Reisende`.
pub(super) fn counted(story: &Story<'_>, a: &Telling<'_>, b: &Telling<'_>) -> Option<Finding> {
    let (ours, theirs) = (a.numbers(), b.numbers());
    for x in ours.iter().filter(|n| n.is_telling() && n.counted.is_some()) {
        let same: Vec<_> = theirs.iter().filter(|y| y.states(x) && y.counted.is_some()).collect();
        // One of them may count the same thing in another sentence.
        if ours.iter().any(|o| o.states(x) && same.iter().any(|y| y.counted == o.counted)) {
            continue;
        }
        for y in same {
            let (left, right) = (story.words(a.article, x.span), story.words(b.article, y.span));
            let last = |s: &str| s.rsplit([' ', '-']).next().unwrap_or_default().to_owned();
            if !one_label(&last(left), &last(right)) {
                return Some(label((a.article, x.span), (b.article, y.span)));
            }
        }
    }
    None
}

/// One quotation that one outlet lets its speaker `say` and the other, say, `admit`.
pub(super) fn cue(story: &Story<'_>, a: &Telling<'_>, b: &Telling<'_>) -> Option<Finding> {
    for (x, ours, y, theirs) in quotations(a, b) {
        let whole = ours.kind == QuoteKind::Direct && theirs.kind == QuoteKind::Direct;
        if !whole || !is_one_quotation(x, ours, y, theirs) {
            continue;
        }
        let (Some(left), Some(right)) = (cue_of(story, x, ours.span), cue_of(story, y, theirs.span)) else {
            continue;
        };
        let (before, after) = (fold(story.words(a.article, left)), fold(story.words(b.article, right)));
        if is_neutral(&before) != is_neutral(&after) {
            return Some(label((a.article, left), (b.article, right)));
        }
    }
    None
}

/// Where the verb stands that marks the words at `span` as said.
fn cue_of(story: &Story<'_>, unit: &Unit, span: Span) -> Option<Span> {
    let article = story.articles.get(unit.article as usize)?;
    let text = &article.draft.text;
    let quote = article.analysis.quotes.iter().find(|q| q.kind.is_quoted() && q.span.overlaps(span))?;
    let cue = quote.cue.as_deref().filter(|c| !c.is_empty())?;
    let at = unit.span.start() + unit.span.of(text).find(cue)?;
    Span::new(text, at..at + cue.len())
}

/// Whether a verb of saying says no more than that.
fn is_neutral(folded: &str) -> bool {
    const NEUTRAL: [&str; 24] = [
        "sagte",
        "sagt",
        "sagten",
        "so",
        "laut",
        "zufolge",
        "erklarte",
        "erklarten",
        "teilte mit",
        "mitteilte",
        "hiess es",
        "heisst es",
        "schrieb",
        "schreibt",
        "twitterte",
        "meinte",
        "gesagt",
        "ausserte",
        "said",
        "says",
        "told",
        "wrote",
        "according to",
        "tweeted",
    ];
    NEUTRAL.contains(&folded)
}

/// How near to another noun the sentences must go together.
const NEAR: usize = 3;

/// Another noun in the same place of two sentences that go together around it: `ihren Besuch an der
/// Küste`, `ihre Reise an die Küste`.
pub(super) fn word(story: &Story<'_>, a: &Telling<'_>, b: &Telling<'_>) -> Option<Finding> {
    let (x, y) = nearest(a, b)?;
    let german = |t: &Telling<'_>| {
        story.articles.get(t.article as usize).is_some_and(|a| a.draft.language == Language::German)
    };
    // Only German marks its nouns.
    if !german(a) || !german(b) {
        return None;
    }
    for (left, right) in gaps(&x.words, &y.words) {
        let (Some(noun), Some(other)) = (only_noun(x, left.clone()), only_noun(y, right.clone())) else {
            continue;
        };
        let around = left.start.saturating_sub(NEAR)..(left.end + NEAR).min(x.words.len());
        let held = |w: &Word| w.content && y.words.iter().any(|o| o.stem == w.stem);
        let holds = around.filter(|at| !left.contains(at)).any(|at| x.words.get(at).is_some_and(held));
        let (ours, theirs) = (story.words(a.article, noun.span), story.words(b.article, other.span));
        let listed = in_list(story, x, noun) || in_list(story, y, other);
        if holds && !listed && !one_label(ours, theirs) && !ends_alike(ours, theirs) {
            return Some(label((a.article, noun.span), (b.article, other.span)));
        }
    }
    None
}

/// The one noun of a short gap, no name among its words.
fn only_noun(unit: &Unit, range: std::ops::Range<usize>) -> Option<Word> {
    const GAP: usize = 4;
    let words = unit.words.get(range.clone()).filter(|w| w.len() <= GAP)?;
    let mut nouns = words.iter().enumerate().filter(|(at, w)| w.capital && w.content && range.start + at > 0);
    let (_, noun) = nouns.next()?;
    let name = unit.named.iter().any(|(_, span)| words.iter().any(|w| span.overlaps(w.span)));
    let time = unit.times.iter().any(|t| words.iter().any(|w| t.span.overlaps(w.span)));
    let number = unit.numbers.iter().any(|n| words.iter().any(|w| n.span.overlaps(w.span)));
    (nouns.next().is_none() && !name && !time && !number).then_some(*noun)
}

/// Whether a noun is one of several in a row, or a part of a compound with hyphens: then the other
/// text may just name another of them.
fn in_list(story: &Story<'_>, unit: &Unit, noun: Word) -> bool {
    let Some(article) = story.articles.get(unit.article as usize) else { return true };
    let text = &article.draft.text;
    let before = text.get(unit.span.start()..noun.span.start()).unwrap_or_default();
    let behind = text.get(noun.span.end()..unit.span.end()).unwrap_or_default();
    let joins = |word: &str| matches!(word, "und" | "oder" | "sowie");
    let last = before.split_whitespace().next_back().unwrap_or_default();
    let next = behind.split_whitespace().next().unwrap_or_default();
    before.ends_with(['-', '‐', '‑'])
        || behind.starts_with(['-', '‐', '‑', ','])
        || joins(last)
        || joins(next)
        || last.ends_with(',')
}

/// Whether two compounds have one head: `Corona-Tests`, `Schnelltests`.
fn ends_alike(a: &str, b: &str) -> bool {
    const HEAD: usize = 4;
    let tail = |s: &str| root(&fold(s)).chars().rev().take(HEAD).collect::<String>();
    tail(a) == tail(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_inflected_or_shorter_label_is_the_same() {
        assert!(one_label("Präsidenten", "Präsident"));
        assert!(one_label("US-Außenminister", "Aussenminister"));
        assert!(!one_label("Machthaber", "Diktator"));
        // Nothing but letters that endings have.
        assert!(!one_label("See", "Fluss"));
    }

    #[test]
    fn who_is_only_named_by_another_is_called_nothing() {
        assert!(is_relation("Amtskollegen"));
        assert!(is_relation("Gegenüber"));
        assert!(!is_relation("Landrat"));
    }

    #[test]
    fn compounds_with_one_head_are_no_other_word() {
        assert!(ends_alike("Corona-Tests", "Schnelltest"));
        assert!(!ends_alike("Besuch", "Reise"));
        assert!(!ends_alike("See", "Messe"));
    }
}
