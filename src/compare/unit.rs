//! The units that are compared: sentences with all that two of them can have in common.
//!
//! Reads the articles once; everything behind it works on hashes and never on the texts again,
//! except to show words.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::Analysed;
use super::anchor::contact;
use super::feature::{Number, Time, day_of_week, gram_hashes, hash, number_in_words};
use crate::model::{EntityKind, FigureValue, Mention, MentionForm, ParagraphKind, QuoteKind, Span};
use crate::text::fold::fold;
use crate::text::stem::{is_function_word, stem};
use crate::text::word::{parts, words};

/// One word of a unit, in its order.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    /// Where, in the article's text.
    pub span: Span,
    /// Hash of its stem.
    pub stem: u32,
    /// Carries content: no function word, no single letter.
    pub content: bool,
    /// Written with a capital.
    pub capital: bool,
}

/// Quoted words, or a sentence that reports speech.
#[derive(Clone, Debug)]
pub(super) struct Speech {
    /// Where, within the unit.
    pub span: Span,
    /// How it is given.
    pub kind: QuoteKind,
    /// Hash of the speaker's folded last name, where known.
    pub speaker: Option<u32>,
    /// The unit's words inside, as indices.
    pub words: Range<usize>,
}

/// A sentence of the title, the lead or the running text.
#[derive(Clone, Debug)]
pub(super) struct Unit {
    /// Index of its article among the compared.
    pub article: u32,
    /// Where.
    pub span: Span,
    /// What its paragraph is.
    pub kind: ParagraphKind,
    /// Its number among the article's units.
    pub place: u32,
    /// All its words.
    pub words: Vec<Word>,
    /// Character 3- to 5-grams of its content words, sorted hashes.
    pub grams: Vec<u32>,
    /// Stems, parts of compounds and names, sorted hashes.
    pub terms: Vec<u32>,
    /// Folded persons named, sorted hashes of their last names.
    pub people: Vec<u32>,
    /// All names, sorted hashes of the canonical form.
    pub names: Vec<u32>,
    /// Where each name stands, by place.
    pub named: Vec<(u32, Span)>,
    /// Numbers with what they count.
    pub numbers: Vec<Number>,
    /// Dates and weekdays, by place.
    pub times: Vec<Time>,
    /// Weekdays named, one bit a day, Monday lowest.
    pub days: u8,
    /// Kinds of contact between people that it names.
    pub contact: u8,
    /// Direct and reported speech that touches it, by place.
    pub speech: Vec<Speech>,
}

impl Unit {
    /// Words of it in quotation marks, as speech.
    pub fn quoted(&self) -> impl Iterator<Item = &Speech> {
        self.speech.iter().filter(|s| s.kind.is_quoted())
    }

    /// Whether the whole sentence reports what somebody said.
    pub fn is_reported(&self) -> bool {
        self.speech.iter().any(|s| !s.kind.is_quoted())
    }

    /// Number of content words.
    pub fn content_words(&self) -> usize {
        self.words.iter().filter(|w| w.content).count()
    }
}

/// The units of all `articles`, by article and place.
pub(super) fn units(articles: &[Analysed<'_>]) -> Vec<Unit> {
    let mut units = Vec::new();
    let mut stems = Stems::new();
    for (index, article) in articles.iter().enumerate() {
        read(article, u32::try_from(index).unwrap_or(u32::MAX), &mut units, &mut stems);
    }
    add_parts_of_compounds(&mut units, &stems);
    units
}

/// Content stems of a story as written, by hash.
type Stems = HashMap<u32, String>;

fn read(article: &Analysed<'_>, index: u32, units: &mut Vec<Unit>, stems: &mut Stems) {
    let mut place = 0;
    let mut seen: HashSet<Vec<u32>> = HashSet::new();
    for sentence in &article.analysis.sentences {
        let Some(paragraph) = article.draft.paragraphs.get(sentence.paragraph as usize) else { continue };
        let compared = paragraph.kind.is_running_text()
            || matches!(
                paragraph.kind,
                ParagraphKind::Title | ParagraphKind::Kicker | ParagraphKind::Heading
            );
        if !compared {
            continue;
        }
        let unit = unit(article, index, sentence.span, paragraph.kind, place, stems);
        // A line of one or two words (a name under a picture, a section) states nothing.
        let short_heading = paragraph.kind == ParagraphKind::Heading && unit.content_words() < 4;
        if unit.content_words() < 2
            || short_heading
            || !seen.insert(unit.words.iter().map(|w| w.stem).collect())
        {
            continue;
        }
        units.push(unit);
        place += 1;
    }
}

fn unit(
    article: &Analysed<'_>,
    index: u32,
    span: Span,
    kind: ParagraphKind,
    place: u32,
    stems: &mut Stems,
) -> Unit {
    let language = article.draft.language;
    let text = &article.draft.text;
    let mut unit = Unit {
        article: index,
        span,
        kind,
        place,
        words: Vec::new(),
        grams: Vec::new(),
        terms: Vec::new(),
        people: Vec::new(),
        names: Vec::new(),
        named: Vec::new(),
        numbers: Vec::new(),
        times: Vec::new(),
        days: 0,
        contact: 0,
        speech: Vec::new(),
    };
    add_names(article, &mut unit);
    let apart = set_apart(article, span);
    let sentence = span.of(text);
    for range in words(sentence) {
        let whole = sentence.get(range.clone()).unwrap_or_default();
        for part in parts(whole) {
            let at = span.start() + range.start;
            let Some(word_span) = Span::new(text, at + part.start..at + part.end) else { continue };
            let word = word_span.of(text);
            let folded = fold(word);
            if let Some(day) = day_of_week(&folded) {
                unit.days |= 1 << day;
                unit.times.push(Time { span: word_span, days: None, weekday: Some(day) });
            }
            let content = folded.chars().nth(1).is_some()
                && !is_function_word(&folded, language)
                && !apart.iter().any(|a| a.overlaps(word_span));
            let stemmed = stem(&folded, language);
            let key = hash(stemmed);
            if content {
                unit.grams.extend(gram_hashes(&folded));
                unit.contact |= contact(stemmed);
                stems.entry(key).or_insert_with(|| stemmed.to_owned());
            }
            unit.words.push(Word {
                span: word_span,
                stem: key,
                content,
                capital: word.chars().next().is_some_and(char::is_uppercase),
            });
        }
    }
    unit.grams.sort_unstable();
    unit.grams.dedup();
    unit.terms.extend(unit.words.iter().filter(|w| w.content).map(|w| w.stem));
    add_figures(article, &mut unit);
    add_speech(article, &mut unit);
    unit.terms.sort_unstable();
    unit.terms.dedup();
    unit
}

/// Words of a sentence that only say who somebody is: names of persons and names of several words,
/// offices before them, a party in brackets behind, verbs of saying.
///
/// Every article repeats them in full; as words they would tie together all that one minister does.
/// They count once, as the name.
fn set_apart(article: &Analysed<'_>, sentence: Span) -> Vec<Span> {
    let text = &article.draft.text;
    let mut apart = Vec::new();
    for mention in mentions_in(article, sentence) {
        let Some(entity) = article.analysis.entities.get(mention.entity as usize) else { continue };
        let person = entity.kind == EntityKind::Person;
        if mention.form != MentionForm::Name || !person && !mention.span.of(text).contains(' ') {
            continue;
        }
        apart.push(mention.span);
        apart.extend(role_span(text, sentence, mention));
        let behind = text.get(mention.span.end()..sentence.end()).unwrap_or_default();
        if let Some(inner) = behind.strip_prefix(" (")
            && let Some(length) = inner.find(')').filter(|length| *length <= LONGEST_PARTY)
        {
            let start = mention.span.end() + 2;
            apart.extend(Span::new(text, start..start + length));
        }
    }
    for quote in article.analysis.quotes.iter().filter(|q| q.span.overlaps(sentence)) {
        let Some(cue) = quote.cue.as_deref().filter(|c| !c.is_empty()) else { continue };
        apart.extend(sentence.of(text).match_indices(cue).filter_map(|(at, words)| {
            Span::new(text, sentence.start() + at..sentence.start() + at + words.len())
        }));
    }
    apart
}

/// Bytes of what stands in brackets behind a name and says no more than where it belongs.
const LONGEST_PARTY: usize = 24;

/// Where the office of a mention stands: the same words nearest to it in the sentence.
pub(super) fn role_span(text: &str, sentence: Span, mention: &Mention) -> Option<Span> {
    let role = mention.role.as_deref().filter(|r| !r.is_empty())?;
    let inside = sentence.of(text);
    let at = mention.span.start().checked_sub(sentence.start())?;
    let nearest =
        inside.match_indices(role).map(|(start, _)| start).min_by_key(|start| start.abs_diff(at))?;
    let start = sentence.start() + nearest;
    Span::new(text, start..start + role.len())
}

/// The mentions inside a sentence.
pub(super) fn mentions_in<'a>(article: &Analysed<'a>, sentence: Span) -> impl Iterator<Item = &'a Mention> {
    let mentions = &article.analysis.mentions;
    let first = mentions.partition_point(|m| m.span.start() < sentence.start());
    mentions[first..].iter().take_while(move |m| m.span.end() <= sentence.end())
}

/// Names enter by what they stand for, so that `russische` meets `Russland`.
fn add_names(article: &Analysed<'_>, unit: &mut Unit) {
    for mention in mentions_in(article, unit.span) {
        let Some(entity) = article.analysis.entities.get(mention.entity as usize) else { continue };
        let canonical = fold(&entity.canonical);
        let name = if entity.kind == EntityKind::Person {
            let last = hash(canonical.rsplit(' ').next().unwrap_or(&canonical));
            unit.people.push(last);
            last
        } else {
            hash(&canonical)
        };
        unit.names.push(name);
        if mention.form == MentionForm::Name {
            unit.named.push((name, mention.span));
        }
    }
    unit.people.sort_unstable();
    unit.people.dedup();
    unit.names.sort_unstable();
    unit.names.dedup();
    unit.terms.extend(unit.names.iter().map(|n| n ^ NAME));
}

/// Keeps the hash of a name apart from the stem that is spelt alike.
const NAME: u32 = 0x9e37_79b9;

fn add_figures(article: &Analysed<'_>, unit: &mut Unit) {
    let text = &article.draft.text;
    let figures = &article.analysis.figures;
    let first = figures.partition_point(|f| f.span.end() <= unit.span.start());
    for figure in figures[first..].iter().take_while(|f| f.span.start() < unit.span.end()) {
        match &figure.value {
            FigureValue::Number { low, high, counted } => {
                let counted = counted.as_deref().map(|c| hash(stem(&fold(c), article.draft.language)));
                unit.numbers.push(Number { span: figure.span, low: *low, high: *high, counted });
            }
            FigureValue::Date { from, to } => {
                let inside = unit.times.iter().find(|t| t.span.overlaps(figure.span));
                let weekday = inside.and_then(|t| t.weekday);
                unit.times.retain(|t| !t.span.overlaps(figure.span));
                let days = from.zip(to.or(*from));
                unit.times.push(Time { span: figure.span, days, weekday });
            }
        }
    }
    let language = article.draft.language;
    for number in number_in_words(text, &unit.words, language) {
        if !unit.numbers.iter().any(|n| n.span.overlaps(number.span))
            && !figures.iter().any(|f| f.span.overlaps(number.span))
        {
            unit.numbers.push(number);
        }
    }
    unit.numbers.sort_by_key(|n| n.span);
    unit.times.sort_by_key(|t| t.span);
}

fn add_speech(article: &Analysed<'_>, unit: &mut Unit) {
    let text = &article.draft.text;
    for quote in &article.analysis.quotes {
        if !quote.span.overlaps(unit.span) {
            continue;
        }
        let range = quote.span.start().max(unit.span.start())..quote.span.end().min(unit.span.end());
        let Some(span) = Span::new(text, range) else { continue };
        let start = unit.words.partition_point(|w| w.span.start() < span.start());
        let end = unit.words.partition_point(|w| w.span.end() <= span.end());
        let speaker = quote.speaker.as_deref().map(|s| {
            let folded = fold(s);
            hash(folded.rsplit(' ').next().unwrap_or(&folded))
        });
        unit.speech.push(Speech { span, kind: quote.kind, speaker, words: start..end.max(start) });
    }
}

/// Splits compounds by the other words of the story: `Militärgespräche` holds `Gespräche` where an
/// article writes that alone. Needs no dictionary, and finds the parts that matter here.
fn add_parts_of_compounds(units: &mut [Unit], stems: &Stems) {
    let mut parts: HashMap<u32, Vec<u32>> = HashMap::new();
    for (key, word) in stems {
        let mut found = Vec::new();
        for (at, _) in word.char_indices() {
            let (Some(left), Some(right)) = (word.get(..at), word.get(at..)) else { continue };
            // Four letters at the head and five at the front: shorter ones are mostly endings and
            // prefixes that happen to be words.
            if at >= 4 && right.len() >= 4 {
                found.push(hash(right));
            }
            if at >= 5 && right.len() >= 3 {
                found.push(hash(left));
            }
        }
        found.retain(|part| stems.contains_key(part));
        if !found.is_empty() {
            parts.insert(*key, found);
        }
    }
    for unit in units {
        let inner: Vec<u32> = unit.terms.iter().filter_map(|t| parts.get(t)).flatten().copied().collect();
        unit.terms.extend(inner);
        unit.terms.sort_unstable();
        unit.terms.dedup();
    }
}
