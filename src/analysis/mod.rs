//! What an article says: sentences, entities, quotes, figures, as spans into its text.
//!
//! Finders propose candidates for names, each by its own means ([`gazetteer`], [`names`],
//! [`places`], [`organisations`]), [`trained`] adds what the [`tagger`] has learnt;
//! [`candidate::choose`] lets the surest stand; [`echo`] carries names through the article;
//! [`resolve`] says who is meant and [`role`] what they are.

mod candidate;
mod clue;
mod compound;
mod date;
mod echo;
mod events;
mod figure;
mod gazetteer;
pub mod lexicon;
mod names;
mod neighbours;
mod organisations;
pub mod people;
mod places;
pub mod quote;
mod resolve;
mod role;
mod stems;
mod table;
pub mod tagger;
mod token;
mod trained;

use std::ops::Range;

use crate::model::{Analysis, Draft, EntityKind, Mention, MentionForm, ParagraphKind, Sentence, Span};
use crate::text::quick::QuickMap;
use crate::text::sentence::sentences;

use candidate::Candidate;
use token::Document;

/// Analyses one article; the same draft gives the same analysis.
#[must_use]
pub fn analyse(draft: &Draft) -> Analysis {
    let mut analysis = Analysis { sentences: sentences_of(draft), ..Analysis::default() };
    let document = Document::new(draft, &analysis.sentences);
    name(&document, &mut analysis);
    analysis.figures = figure::figures(&document, &analysis.mentions, draft.published);
    analysis.quotes = quote::quotes(draft, &analysis);
    analysis
}

fn sentences_of(draft: &Draft) -> Vec<Sentence> {
    let mut found = Vec::new();
    for (index, paragraph) in draft.paragraphs.iter().enumerate() {
        let base = paragraph.span.start();
        let words = paragraph.span.of(&draft.text);
        for range in sentences_in(words, paragraph.kind) {
            let span = Span::new(&draft.text, base + range.start..base + range.end)
                .expect("a sentence lies on character boundaries of its paragraph");
            let paragraph = u32::try_from(index).unwrap_or(u32::MAX);
            found.push(Sentence { span, paragraph });
        }
    }
    found
}

/// Sentences of a paragraph; a headline is one, whatever stops it has.
fn sentences_in(words: &str, kind: ParagraphKind) -> Vec<Range<usize>> {
    if matches!(kind, ParagraphKind::Kicker | ParagraphKind::Title | ParagraphKind::Heading) {
        let start = words.len() - words.trim_start().len();
        let end = start + words.trim().len();
        return Some(start..end).filter(|range| !range.is_empty()).into_iter().collect();
    }
    sentences(words)
}

/// Finds mentions and entities.
fn name(document: &Document<'_>, analysis: &mut Analysis) {
    let mut candidates = Vec::new();
    gazetteer::find(document, &mut candidates);
    names::find(document, &mut candidates);
    organisations::find(document, &mut candidates);
    places::find(document, &mut candidates);
    events::find(document, &mut candidates);
    let reading = tagger::read(document);
    trained::doubt(&reading, &mut candidates);
    trained::find(document, &reading, &mut candidates);
    let words = document.tokens.len();
    let first = candidate::choose(candidates.clone(), words);
    neighbours::find(document, &first, &mut candidates);
    let first = candidate::choose(candidates.clone(), words);
    echo::find(document, &first, &mut candidates);
    let chosen = candidate::choose(candidates, words);

    let names = resolve::Names::new(document, &chosen);
    let mut entities = resolve::Entities::default();
    let mut mentions = Vec::new();
    for (index, candidate) in chosen.iter().enumerate() {
        let entity = entities.number(candidate.kind, &names.canonical(document, candidate));
        let role = role::of(document, &chosen, index).map(str::to_owned);
        mentions.extend(resolve::mention(document, candidate, entity, role));
    }
    parts(document, &chosen, &names, &mut entities, &mut mentions);
    (analysis.mentions, analysis.entities) = resolve::finish(mentions, &entities);
}

/// Names inside compounds, adjectives and inhabitants.
fn parts<'a>(
    document: &Document<'a>,
    chosen: &[Candidate],
    names: &resolve::Names<'a>,
    entities: &mut resolve::Entities,
    mentions: &mut Vec<Mention>,
) {
    let mut covered = vec![None; document.tokens.len()];
    let mut known: QuickMap<&'a str, EntityKind> = QuickMap::default();
    let mut canonical: QuickMap<&'a str, String> = QuickMap::default();
    for candidate in chosen {
        for place in covered.iter_mut().take(candidate.last + 1).skip(candidate.first) {
            *place = Some(candidate.kind);
        }
        let Some(last) = document.tokens.get(candidate.last) else { continue };
        if candidate.is_single() || candidate.kind == EntityKind::Person {
            known.entry(last.text).or_insert(candidate.kind);
            canonical.entry(last.text).or_insert_with(|| names.canonical(document, candidate));
        }
    }
    let inside = |index: usize| covered.get(index).is_some_and(Option::is_some);
    // An event is named after what is in it; other names only hold acronyms.
    let closed = |index: usize| covered.get(index).is_some_and(|k| k.is_some_and(|k| k != EntityKind::Event));
    for part in compound::find(document, &known, closed) {
        let name = canonical.get(part.name).map(String::as_str).or(part.canonical).unwrap_or(part.name);
        let entity = entities.number(part.kind, name);
        if let Some(span) = Span::new(document.text, part.start..part.end) {
            mentions.push(Mention { span, entity, form: MentionForm::Part, role: None });
        }
    }
    for (index, token) in document.tokens.iter().enumerate() {
        if inside(index) {
            continue;
        }
        if let Some(place) = token.derived
            && let Some(span) = Span::new(document.text, token.start..token.end)
        {
            let entity = entities.number(EntityKind::Place, place);
            mentions.push(Mention { span, entity, form: MentionForm::Derived, role: None });
        }
    }
}
