//! What an article says: sentences, entities, quotes, figures, as spans into its text.

pub mod lexicon;
pub mod people;
pub mod quote;
pub mod table;

use crate::model::{Analysis, Draft, Sentence, Span};
use crate::text::sentence::sentences;

/// Analyses one article; the same draft gives the same analysis.
#[must_use]
pub fn analyse(draft: &Draft) -> Analysis {
    let mut analysis = Analysis { sentences: sentences_of(draft), ..Analysis::default() };
    analysis.quotes = quote::quotes(draft, &analysis);
    analysis
}

fn sentences_of(draft: &Draft) -> Vec<Sentence> {
    let mut found = Vec::new();
    for (index, paragraph) in draft.paragraphs.iter().enumerate() {
        let base = paragraph.span.start();
        for range in sentences(paragraph.span.of(&draft.text)) {
            let span = Span::new(&draft.text, base + range.start..base + range.end)
                .expect("a sentence lies on character boundaries of its paragraph");
            let paragraph = u32::try_from(index).unwrap_or(u32::MAX);
            found.push(Sentence { span, paragraph });
        }
    }
    found
}
