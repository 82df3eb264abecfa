//! Passages of the article being read: chosen sentence by sentence, and the reader's notes on them.

use super::reader::Reader;
use crate::model::{Note, Span};

/// Sentences being chosen, by index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    anchor: usize,
    at: usize,
    /// Moving extends the choice.
    pub extends: bool,
}

impl Reader {
    /// What can be chosen: sentences, or paragraphs as long as those are not known.
    fn sentences(&self) -> Vec<Span> {
        let sentences = &self.analysis().sentences;
        if !sentences.is_empty() {
            return sentences.iter().map(|s| s.span).collect();
        }
        self.article().map_or(Vec::new(), |a| a.draft.paragraphs.iter().map(|p| p.span).collect())
    }

    /// Begins to choose at the sentence one stands on; once more, moving extends the choice.
    pub fn choose(&mut self) {
        if let Some(choice) = &mut self.choice {
            choice.extends = !choice.extends;
            return;
        }
        let Some(place) = self.sentence().map(Span::start) else { return };
        let at = self.sentences().iter().position(|s| s.end() > place);
        self.choice = at.map(|at| Choice { anchor: at, at, extends: false });
    }

    /// Whether sentences are being chosen.
    #[must_use]
    pub fn is_choosing(&self) -> bool {
        self.choice.is_some()
    }

    /// Chooses nothing any more; whether there was a choice.
    pub fn leave_choice(&mut self) -> bool {
        self.choice.take().is_some()
    }

    /// Moves the choice by sentences, or extends it.
    pub fn step_choice(&mut self, steps: isize) {
        let sentences = self.sentences();
        let Some(choice) = &mut self.choice else { return };
        choice.at = choice.at.saturating_add_signed(steps).min(sentences.len().saturating_sub(1));
        if !choice.extends {
            choice.anchor = choice.at;
        }
        if let Some(span) = sentences.get(choice.at).copied() {
            self.reveal(span.start());
        }
    }

    /// The chosen passage.
    #[must_use]
    pub fn chosen(&self) -> Option<Span> {
        let choice = self.choice?;
        let sentences = self.sentences();
        let first = sentences.get(choice.anchor.min(choice.at))?;
        let last = sentences.get(choice.anchor.max(choice.at))?;
        Span::new(&self.article()?.draft.text, first.start()..last.end())
    }

    /// The note that the choice touches.
    #[must_use]
    pub fn chosen_note(&self) -> Option<&Note> {
        let chosen = self.chosen()?;
        let touches =
            |note: &&Note| note.span.is_some_and(|s| s.start() < chosen.end() && chosen.start() < s.end());
        self.article()?.notes.iter().find(touches)
    }

    /// Chooses the passage of a note and goes there.
    pub fn choose_note(&mut self, index: usize) {
        let Some(span) = self.article().and_then(|a| a.notes.get(index)).and_then(|n| n.span) else { return };
        let sentences = self.sentences();
        let first = sentences.iter().position(|s| s.end() > span.start());
        let last = sentences.iter().rposition(|s| s.start() < span.end());
        if let (Some(anchor), Some(at)) = (first, last) {
            self.choice = Some(Choice { anchor, at, extends: false });
            self.reveal(span.start());
        }
    }

    /// Goes to the next or previous note; `false` where there is none.
    pub fn step_note(&mut self, forward: bool) -> bool {
        let place = self.chosen().map_or_else(|| self.place(), Span::start);
        let is_chosen = self.is_choosing();
        let Some(article) = self.article() else { return false };
        let starts: Vec<(usize, usize)> =
            article.notes.iter().enumerate().filter_map(|(i, n)| Some((i, n.span?.start()))).collect();
        let next = if forward {
            starts.iter().find(|(_, s)| *s > place || (!is_chosen && *s == place))
        } else {
            starts.iter().rev().find(|(_, s)| *s < place)
        };
        let Some((index, _)) = next.copied() else { return false };
        self.choose_note(index);
        true
    }
}
