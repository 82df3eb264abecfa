//! Offices that stand for their holders: `der atlantische Präsident`.

use super::phrase::Page;
use crate::model::{EntityKind, MentionForm, Span};
use crate::text::fold::fold;

/// Who holds which office, over all articles.
pub(super) struct Offices {
    held: Vec<Office>,
}

/// An office with its holder.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Office {
    /// Folded noun without ending.
    noun: String,
    /// Canonical name of the country or organisation it is an office of.
    of: Option<String>,
    holder: String,
    /// The noun is a woman's form.
    feminine: bool,
}

/// Shorter nouns fit too many, unless a country or an organisation stands with them.
const LEAST: usize = 5;
/// How far back, in bytes, the holder may be named where several come into question.
const NEAR: usize = 800;

impl Offices {
    /// The offices that stand with persons' names in `pages`.
    pub fn of(pages: &[Page<'_>]) -> Self {
        let mut held = Vec::new();
        for page in pages {
            let analysis = page.article.analysis;
            for mention in analysis.mentions.iter().filter(|m| m.form == MentionForm::Name) {
                let Some(entity) = analysis.entities.get(mention.entity as usize) else { continue };
                if entity.kind != EntityKind::Person {
                    continue;
                }
                let Some(role) = mention.role.as_deref() else { continue };
                let Some(noun) = role.split_whitespace().find(|w| w.starts_with(char::is_uppercase)) else {
                    continue;
                };
                let name = page.word_at(mention.span.start());
                // Where the role stands before the name its country does too.
                let title = (name.saturating_sub(4)..name).find(|&w| page.word(w) == noun);
                let of = title.and_then(|t| country(page, t));
                let office = Office {
                    noun: office_noun(noun),
                    of,
                    holder: page.canonical(mention),
                    feminine: is_feminine(noun),
                };
                if (office.noun.chars().count() >= LEAST || office.of.is_some()) && !held.contains(&office) {
                    held.push(office);
                }
            }
        }
        Self { held }
    }

    /// Offices in `page` whose holder it names somewhere: entity and words.
    pub fn stand_ins<'p>(&'p self, page: &'p Page<'_>) -> impl Iterator<Item = (u32, Span)> + 'p {
        self.all(page).filter_map(|(holder, span)| Some((entity_of(page, holder)?, span)))
    }

    /// Offices in `page` whose holder only other articles name: holder and words.
    pub fn absent_holders<'p>(&'p self, page: &'p Page<'_>) -> impl Iterator<Item = (String, Span)> + 'p {
        self.all(page)
            .filter(|(holder, _)| entity_of(page, holder).is_none())
            .map(|(holder, span)| (holder.to_owned(), span))
    }

    fn all<'p>(&'p self, page: &'p Page<'_>) -> impl Iterator<Item = (&'p str, Span)> + 'p {
        (0..page.words.len()).filter_map(|at| self.office_at(page, at))
    }

    fn office_at(&self, page: &Page<'_>, at: usize) -> Option<(&str, Span)> {
        let word = page.word(at);
        if !word.starts_with(char::is_uppercase) || page.mention(at, MentionForm::Name).is_some() {
            return None;
        }
        let noun = office_noun(word);
        let mut fitting: Vec<&Office> = self
            .held
            .iter()
            .filter(|o| o.feminine == is_feminine(word) && same_office(&o.noun, &noun))
            .collect();
        // A name behind the office is its own label.
        let named = page.is_joined(at + 1) && page.mention(at + 1, MentionForm::Name).is_some();
        if fitting.is_empty() || named {
            return None;
        }
        let start = page.adjectives(at);
        let owner = (start == at).then(|| page.owner(at)).flatten();
        let lead =
            start.checked_sub(1).filter(|_| page.is_joined(start)).map(|b| page.word(b).to_lowercase());
        let definite = lead.as_deref().is_some_and(|l| {
            matches!(l, "der" | "die" | "den" | "dem" | "des" | "vom" | "beim" | "zum" | "zur" | "the")
        });
        let many = lead.as_deref() == Some("die") && !fold(word).ends_with("in");
        if !(definite || owner.is_some()) || many {
            return None;
        }
        if let Some(of) = country(page, at).or_else(|| genitive(page, at)) {
            fitting.retain(|o| o.of.as_ref() == Some(&of));
        } else {
            // Without a country only somebody of this article can be meant, and one person: `den
            // Experten` may be many.
            let plural = lead.as_deref() == Some("den") && word.ends_with('n');
            let others = matches!(page.word(at + 1), "des" | "der" | "von" | "eines" | "einer")
                && page.is_joined(at + 1);
            let foreign = (start..at).any(|w| page.word(w).to_lowercase().contains("isch"));
            if noun.chars().count() < LEAST || plural || others || foreign {
                return None;
            }
            fitting.retain(|o| entity_of(page, &o.holder).is_some());
        }
        let holder = nearest(page, at, &fitting)?;
        let first = owner.unwrap_or(start);
        let span = Span::new(page.text(), page.words.get(first)?.start..page.words.get(at)?.end)?;
        Some((holder, span))
    }
}

/// The one holder of `fitting`; of several the one named last before word `at`, where that is near.
fn nearest<'o>(page: &Page<'_>, at: usize, fitting: &[&'o Office]) -> Option<&'o str> {
    let first = fitting.first()?;
    if fitting.iter().all(|o| o.holder == first.holder) {
        return Some(&first.holder);
    }
    let place = page.words.get(at)?.start;
    let analysis = page.article.analysis;
    let before = analysis.mentions.partition_point(|m| m.span.start() < place);
    analysis.mentions[..before]
        .iter()
        .rev()
        .take_while(|m| m.span.start() + NEAR > place)
        .filter(|m| m.form == MentionForm::Name)
        .find_map(|m| fitting.iter().find(|o| o.holder == page.canonical(m)))
        .map(|o| o.holder.as_str())
}

/// The name in the genitive or behind `von` after the noun at word `at` (`Trainer des FC X`).
fn genitive(page: &Page<'_>, at: usize) -> Option<String> {
    if !(page.is_joined(at + 1) && matches!(page.word(at + 1), "des" | "der" | "von" | "of")) {
        return None;
    }
    let name = (at + 2..at + 5)
        .take_while(|&w| page.is_joined(w))
        .find_map(|w| page.mention(w, MentionForm::Name))?;
    Some(page.canonical(name))
}

fn is_feminine(noun: &str) -> bool {
    noun.ends_with("in") || noun.ends_with("innen")
}

fn entity_of(page: &Page<'_>, holder: &str) -> Option<u32> {
    let entities = &page.article.analysis.entities;
    let at =
        entities.iter().position(|e| e.kind == EntityKind::Person && page.full(&e.canonical) == holder)?;
    u32::try_from(at).ok()
}

/// The country or organisation of the office at word `at`: part of the word, adjective, or genitive.
fn country(page: &Page<'_>, at: usize) -> Option<String> {
    if let Some(part) = page.mention(at, MentionForm::Part) {
        return Some(page.canonical(part));
    }
    let start = page.adjectives(at);
    if let Some(derived) = (start..at).find_map(|w| page.mention(w, MentionForm::Derived)) {
        return Some(page.canonical(derived));
    }
    let owner = page.owner(start)?;
    page.mention(owner, MentionForm::Name).map(|m| page.canonical(m))
}

/// The last part of a hyphenated noun, folded, without endings of case and of women's forms.
fn office_noun(word: &str) -> String {
    let last = word.rsplit(['-', '‑']).next().unwrap_or(word);
    let folded = fold(last);
    let base = folded.strip_suffix("innen").or_else(|| folded.strip_suffix("in")).unwrap_or(&folded);
    let base = ["en", "es", "n", "s"].iter().find_map(|e| base.strip_suffix(e)).unwrap_or(base);
    base.to_owned()
}

/// Whether two nouns name one office: alike, one the short form of the other, or known as two names.
fn same_office(a: &str, b: &str) -> bool {
    const PAIRS: &[(&str, &str)] = &[
        ("aussenminister", "chefdiplomat"),
        ("prasident", "staatschef"),
        ("prasident", "staatsoberhaupt"),
        ("kanzler", "regierungschef"),
        ("ministerprasident", "regierungschef"),
        ("premierminister", "regierungschef"),
        ("trainer", "coach"),
    ];
    let short = |long: &str, short: &str| long.ends_with(short) && long != short;
    let pair = |x: &str, y: &str| PAIRS.iter().any(|(p, q)| x.ends_with(p) && y.ends_with(q));
    // A minister president is no president.
    let close = (short(a, b) || short(b, a)) && a.starts_with("ministerpr") == b.starts_with("ministerpr");
    a == b || close || pair(a, b) || pair(b, a)
}
