//! Sentences as lists of words, stops and whole quotations.
//!
//! Sentences that a quotation runs across are one unit, because its speaker may stand at either end.

use std::borrow::Cow;
use std::ops::Range;

use super::marks::Marked;
use crate::model::{Analysis, Draft, EntityKind, Language, MentionForm, ParagraphKind};
use crate::text::word::words;

/// One or more sentences.
#[derive(Debug)]
pub(super) struct Unit<'a> {
    pub text: &'a str,
    pub analysis: &'a Analysis,
    pub language: Language,
    pub range: Range<usize>,
    pub paragraph: usize,
    pub kind: ParagraphKind,
    pub items: Vec<Item<'a>>,
}

/// A word, a stop or a whole quotation.
#[derive(Clone, Debug)]
pub(super) struct Item<'a> {
    pub range: Range<usize>,
    pub kind: ItemKind,
    /// Lower case; empty for quotations.
    pub low: Cow<'a, str>,
    /// A name that the word belongs to.
    pub mention: Option<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ItemKind {
    Word {
        capital: bool,
    },
    Stop(char),
    /// Index of the quotation.
    Quote(usize),
}

impl Item<'_> {
    pub fn is_word(&self) -> bool {
        matches!(self.kind, ItemKind::Word { .. })
    }

    pub fn is_capital(&self) -> bool {
        matches!(self.kind, ItemKind::Word { capital: true })
    }

    pub fn is_quote(&self) -> bool {
        matches!(self.kind, ItemKind::Quote(_))
    }

    pub fn is_stop(&self, stop: char) -> bool {
        self.kind == ItemKind::Stop(stop)
    }
}

impl<'a> Unit<'a> {
    pub fn item(&self, at: usize) -> Option<&Item<'a>> {
        self.items.get(at)
    }

    /// The lower-case word at `at`; empty for stops, quotations and beyond the end.
    pub fn low(&self, at: usize) -> &str {
        self.items.get(at).filter(|i| i.is_word()).map_or("", |i| &i.low)
    }

    pub fn is_stop(&self, at: usize, stops: &[char]) -> bool {
        matches!(self.items.get(at).map(|i| i.kind), Some(ItemKind::Stop(c)) if stops.contains(&c))
    }

    pub fn is_quote(&self, at: usize) -> bool {
        self.items.get(at).is_some_and(Item::is_quote)
    }

    /// Whether the unit ends at `at` or a stop or quotation stands there.
    pub fn is_break(&self, at: usize) -> bool {
        self.items.get(at).is_none_or(|i| !i.is_word())
    }

    /// The text from item `from` to before item `to`.
    pub fn words(&self, from: usize, to: usize) -> &'a str {
        let start = self.items.get(from).map_or(0, |i| i.range.start);
        let end = to.checked_sub(1).and_then(|t| self.items.get(t)).map_or(0, |i| i.range.end);
        self.text.get(start..end).unwrap_or_default()
    }

    /// Kind and entity of the name at `at`.
    pub fn entity(&self, at: usize) -> Option<(EntityKind, u32)> {
        let mention = self.analysis.mentions.get(self.items.get(at)?.mention?)?;
        let entity = self.analysis.entities.get(mention.entity as usize)?;
        Some((entity.kind, mention.entity))
    }

    /// Whether `at` holds a word of a person's name.
    pub fn is_person(&self, at: usize) -> bool {
        self.entity(at).is_some_and(|(kind, _)| kind == EntityKind::Person)
    }
}

/// The units of all running text and headlines, in order. `names` are quotations that are names:
/// their words stand in the sentence like others.
pub(super) fn units<'a>(
    draft: &'a Draft,
    analysis: &'a Analysis,
    quoted: &[Marked],
    names: &[bool],
) -> Vec<Unit<'a>> {
    let mut ranges: Vec<(Range<usize>, usize)> = Vec::new();
    for sentence in &analysis.sentences {
        let paragraph = sentence.paragraph as usize;
        let start = sentence.span.start();
        if let Some((last, of)) = ranges.last_mut()
            && *of == paragraph
            && runs_across(quoted, start)
        {
            last.end = sentence.span.end();
            continue;
        }
        ranges.push((sentence.span.range(), paragraph));
    }
    ranges
        .into_iter()
        .filter_map(|(range, paragraph)| {
            let kind = draft.paragraphs.get(paragraph)?.kind;
            let mut unit = Unit {
                text: &draft.text,
                analysis,
                language: draft.language,
                range,
                paragraph,
                kind,
                items: Vec::new(),
            };
            fill(&mut unit, quoted, names);
            Some(unit)
        })
        .collect()
}

/// Whether a quotation begins before `start` and ends behind it.
fn runs_across(quoted: &[Marked], start: usize) -> bool {
    let before = quoted.partition_point(|q| q.span.start() < start);
    before.checked_sub(1).and_then(|last| quoted.get(last)).is_some_and(|q| start < q.span.end())
}

fn fill(unit: &mut Unit<'_>, quoted: &[Marked], names: &[bool]) {
    let mut at = unit.range.start;
    let first = quoted.partition_point(|q| q.span.end() <= unit.range.start);
    for (index, quote) in quoted.iter().enumerate().skip(first) {
        if quote.span.start() >= unit.range.end {
            break;
        }
        if names.get(index) == Some(&true) {
            continue;
        }
        plain(unit, at..quote.span.start());
        let range = quote.span.range();
        unit.items.push(Item { range, kind: ItemKind::Quote(index), low: Cow::default(), mention: None });
        at = quote.span.end();
    }
    plain(unit, at..unit.range.end);
}

/// Adds the words and stops of `range`.
fn plain(unit: &mut Unit<'_>, range: Range<usize>) {
    let whole = unit.text;
    let text = whole.get(range.clone()).unwrap_or_default();
    let mut at = 0;
    for word in words(text).into_iter().chain(std::iter::once(text.len()..text.len())) {
        for (offset, c) in text.get(at..word.start).unwrap_or_default().char_indices() {
            if !c.is_whitespace() {
                let start = range.start + at + offset;
                let item = Item {
                    range: start..start + c.len_utf8(),
                    kind: ItemKind::Stop(c),
                    low: Cow::Borrowed(whole.get(start..start + c.len_utf8()).unwrap_or_default()),
                    mention: None,
                };
                unit.items.push(item);
            }
        }
        at = word.end;
        let written = text.get(word.clone()).unwrap_or_default();
        if written.is_empty() {
            continue;
        }
        let place = range.start + word.start..range.start + word.end;
        if joined(unit, &place, written) {
            continue;
        }
        unit.items.push(Item {
            kind: ItemKind::Word { capital: is_capital(written) },
            low: lower(written),
            mention: mention_at(unit.analysis, &place),
            range: place,
        });
    }
}

/// `word` in lower case; as it is where its letters plainly are.
fn lower(word: &str) -> Cow<'_, str> {
    let is_plain =
        |c: char| c.is_ascii() && !c.is_ascii_uppercase() || matches!(c, 'ä' | 'ö' | 'ü' | 'ß' | 'é' | '’');
    if word.chars().all(is_plain) { Cow::Borrowed(word) } else { Cow::Owned(word.to_lowercase()) }
}

/// Joins a word to the stop and the word right before it (`ver.di-Sprecherin`, `U.S`), and says so.
fn joined(unit: &mut Unit<'_>, place: &Range<usize>, written: &str) -> bool {
    let [.., first, stop] = unit.items.as_mut_slice() else { return false };
    let close = first.range.end == stop.range.start && stop.range.end == place.start;
    let single = first.range.len() == 1;
    if !(close && first.is_word() && stop.is_stop('.') && (single || written.starts_with(char::is_lowercase)))
    {
        return false;
    }
    first.range.end = place.end;
    first.low = Cow::Owned(format!("{}.{}", first.low, written.to_lowercase()));
    first.kind = ItemKind::Word { capital: first.is_capital() || is_capital(written) };
    unit.items.pop();
    true
}

/// Whether a German noun or a name may look like `word`: `Kanzler`, `55-Jährige`, `al-Muster`.
fn is_capital(word: &str) -> bool {
    match word.chars().next() {
        Some(first) if first.is_uppercase() => true,
        _ => word.split('-').skip(1).any(|tail| tail.starts_with(char::is_uppercase)),
    }
}

fn mention_at(analysis: &Analysis, place: &Range<usize>) -> Option<usize> {
    let after = analysis.mentions.partition_point(|m| m.span.start() < place.end);
    // Parts of compounds and derived forms are not who speaks; a name may begin well before.
    (after.saturating_sub(6)..after).rev().find(|&m| {
        analysis.mentions[m].form == MentionForm::Name
            && analysis.mentions[m].span.start() <= place.start
            && analysis.mentions[m].span.end() >= place.end
    })
}
