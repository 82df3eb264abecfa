//! One text that shows what changed from one version of an article to the next, word by word.
//!
//! Removed words stand as `[-so-]`, added ones as `{+so+}`, as `wdiff` has them: marks that need no
//! colour, in any terminal and when they are read aloud.

use super::diff::{Edit, Run, diff};
use crate::model::{Draft, Paragraph, ParagraphKind, Span};

/// Words that stayed between two changes, at most, for both to become one; and words that each must have.
const ISLAND: (usize, usize) = (2, 3);

/// Two versions as one text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// The words of both, with marks.
    pub text: String,
    /// Its paragraphs.
    pub paragraphs: Vec<Paragraph>,
    /// What was removed and added, marks included, by place.
    pub edits: Vec<(Span, Edit)>,
    /// Where something changed: what was removed and what came for it is one place.
    pub places: Vec<Span>,
    /// Words removed.
    pub removed: usize,
    /// Words added.
    pub added: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Token<'a> {
    /// A paragraph begins.
    Break(ParagraphKind),
    Word(&'a str),
}

/// What changed from `old` to `new`.
#[must_use]
pub fn changes(old: &Draft, new: &Draft) -> Changes {
    let (a, b) = (tokens(old), tokens(new));
    let mut writer = Writer::default();
    let mut runs = diff(&a, &b);
    slide(&mut runs, &a, &b);
    for run in joined(runs, &b) {
        match run.edit {
            Edit::Removed => {
                let part = a.get(run.old).unwrap_or_default();
                for (at, token) in part.iter().enumerate() {
                    match token {
                        Token::Word(word) => writer.word(Edit::Removed, word),
                        // Where only the break went, the words after it stand in this paragraph now.
                        Token::Break(kind) if matches!(part.get(at + 1), Some(Token::Word(_))) => {
                            writer.begin(*kind);
                        }
                        Token::Break(_) => {}
                    }
                }
            }
            edit => {
                for token in b.get(run.new).unwrap_or_default() {
                    match token {
                        Token::Word(word) => writer.word(edit, word),
                        Token::Break(kind) => writer.begin(*kind),
                    }
                }
            }
        }
    }
    writer.finish()
}

fn tokens(draft: &Draft) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    for paragraph in &draft.paragraphs {
        tokens.push(Token::Break(paragraph.kind));
        tokens.extend(paragraph.span.of(&draft.text).split_whitespace().map(Token::Word));
    }
    tokens
}

/// Has what was removed or added begin with a paragraph rather than end before one, where both say the
/// same: "Two. ¶" between "One. ¶" and "Three." is the paragraph "¶ Two.".
fn slide(runs: &mut [Run], old: &[Token<'_>], new: &[Token<'_>]) {
    for at in 1..runs.len().saturating_sub(1) {
        let [before, run, after] = &mut runs[at - 1..=at + 1] else { continue };
        if run.edit == Edit::Same || before.edit != Edit::Same || after.edit != Edit::Same {
            continue;
        }
        let tokens =
            if run.edit == Edit::Removed { old.get(run.old.clone()) } else { new.get(run.new.clone()) };
        let last = tokens.and_then(<[_]>::last);
        let ahead = before.new.end.checked_sub(1).and_then(|end| new.get(end));
        if !matches!(last, Some(Token::Break(_))) || last != ahead || before.new.len() < 2 {
            continue;
        }
        for range in [&mut run.old, &mut run.new] {
            *range = range.start - 1..range.end - 1;
        }
        (before.old.end, before.new.end) = (before.old.end - 1, before.new.end - 1);
        (after.old.start, after.new.start) = (after.old.start - 1, after.new.start - 1);
    }
}

/// Runs in which a word or two that stayed by chance between two larger changes are part of them.
fn joined(runs: Vec<Run>, new: &[Token<'_>]) -> Vec<Run> {
    let is_large = |run: Option<&Run>| {
        run.is_some_and(|run| run.edit != Edit::Same && run.old.len().max(run.new.len()) >= ISLAND.1)
    };
    let is_island = |at: usize, run: &Run| {
        run.edit == Edit::Same
            && run.new.len() <= ISLAND.0
            && new[run.new.clone()].iter().all(|token| matches!(token, Token::Word(_)))
            && is_large(at.checked_sub(1).and_then(|before| runs.get(before)))
            && is_large(runs.get(at + 1))
    };
    let islands: Vec<bool> = runs.iter().enumerate().map(|(at, run)| is_island(at, run)).collect();
    let mut kept: Vec<Run> = Vec::new();
    let mut change: Option<Run> = None;
    let close = |change: &mut Option<Run>, kept: &mut Vec<Run>| {
        let Some(whole) = change.take() else { return };
        if !whole.old.is_empty() {
            let new = whole.new.start..whole.new.start;
            kept.push(Run { edit: Edit::Removed, old: whole.old.clone(), new });
        }
        if !whole.new.is_empty() {
            let old = whole.old.end..whole.old.end;
            kept.push(Run { edit: Edit::Added, old, new: whole.new });
        }
    };
    for (run, is_island) in runs.into_iter().zip(islands) {
        if run.edit == Edit::Same && !is_island {
            close(&mut change, &mut kept);
            kept.push(run);
            continue;
        }
        match &mut change {
            Some(whole) => (whole.old.end, whole.new.end) = (run.old.end, run.new.end),
            None => change = Some(run),
        }
    }
    close(&mut change, &mut kept);
    kept
}

/// Puts the text together.
#[derive(Default)]
struct Writer {
    changes: Changes,
    /// Where the paragraph began, and what it is.
    paragraph: Option<(usize, ParagraphKind)>,
    /// The change that is being written, with its start.
    open: Option<(Edit, usize)>,
    has_title: bool,
}

impl Writer {
    fn begin(&mut self, kind: ParagraphKind) {
        self.end();
        // Of two headlines the second would not be shown as one.
        let kind = if kind == ParagraphKind::Title && std::mem::replace(&mut self.has_title, true) {
            ParagraphKind::Heading
        } else {
            kind
        };
        self.paragraph = Some((self.changes.text.len(), kind));
    }

    fn end(&mut self) {
        self.close();
        let Some((start, kind)) = self.paragraph.take() else { return };
        if let Some(span) = Span::new(&self.changes.text, start..self.changes.text.len())
            && !span.is_empty()
        {
            self.changes.paragraphs.push(Paragraph { span, kind });
            self.changes.text.push_str("\n\n");
        }
    }

    fn word(&mut self, edit: Edit, word: &str) {
        let edit = Some(edit).filter(|edit| *edit != Edit::Same);
        if self.open.map(|(open, _)| open) != edit {
            self.close();
        }
        let (start, _) = *self.paragraph.get_or_insert((self.changes.text.len(), ParagraphKind::Body));
        let text = &mut self.changes.text;
        if text.len() > start {
            text.push(' ');
        }
        if let (None, Some(edit)) = (self.open, edit) {
            self.open = Some((edit, text.len()));
            text.push_str(if edit == Edit::Removed { "[-" } else { "{+" });
        }
        text.push_str(word);
        match edit {
            Some(Edit::Removed) => self.changes.removed += 1,
            Some(Edit::Added) => self.changes.added += 1,
            _ => {}
        }
    }

    fn close(&mut self) {
        let Some((edit, start)) = self.open.take() else { return };
        self.changes.text.push_str(if edit == Edit::Removed { "-]" } else { "+}" });
        let Some(span) = Span::new(&self.changes.text, start..self.changes.text.len()) else { return };
        let is_answer = |last: &Span| edit == Edit::Added && last.end() + 1 == start;
        let before = self.changes.edits.last().is_some_and(|(_, edit)| *edit == Edit::Removed);
        match self.changes.places.last_mut().filter(|last| before && is_answer(last)) {
            Some(last) => {
                *last = Span::new(&self.changes.text, last.start()..span.end()).unwrap_or(*last);
            }
            None => self.changes.places.push(span),
        }
        self.changes.edits.push((span, edit));
    }

    fn finish(mut self) -> Changes {
        self.end();
        self.changes.text.truncate(self.changes.text.trim_end().len());
        self.changes
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn draft(paragraphs: &[&str]) -> Draft {
        let mut draft = Draft::default();
        for words in paragraphs {
            if !draft.text.is_empty() {
                draft.text.push_str("\n\n");
            }
            let start = draft.text.len();
            draft.text.push_str(words);
            let span = Span::new(&draft.text, start..draft.text.len()).unwrap();
            draft.paragraphs.push(Paragraph { span, kind: ParagraphKind::Body });
        }
        draft
    }

    #[test]
    fn changed_words_stand_in_marks() {
        for (old, new, expected, places) in [
            (&["Der Rat tagt."][..], &["Der Rat tagt."][..], "Der Rat tagt.", 0),
            (&["Der Rat tagt heute."], &["Der Rat tagt."], "Der Rat [-tagt heute.-] {+tagt.+}", 1),
            (&["Der Rat tagt."], &["Der neue Rat tagt."], "Der {+neue+} Rat tagt.", 1),
            (&["Eins.", "Zwei.", "Drei."], &["Eins.", "Drei."], "Eins.\n\n[-Zwei.-]\n\nDrei.", 1),
            (&["Eins."], &["Eins.", "Zwei."], "Eins.\n\n{+Zwei.+}", 1),
            (&["Eins. Zwei."], &["Eins.", "Zwei."], "Eins.\n\nZwei.", 0),
            (&["Eins.", "Zwei."], &["Eins. Zwei."], "Eins. Zwei.", 0),
        ] {
            let found = changes(&draft(old), &draft(new));
            assert_eq!((found.text.as_str(), found.places.len()), (expected, places));
        }
    }

    #[test]
    fn words_that_stayed_by_chance_do_not_tear_a_new_sentence() {
        let (old, new) =
            (["Das sagte die Ministerin der Stadt am Abend."], ["Wie er mitteilte, sei der Bau zu teuer."]);
        assert_eq!(changes(&draft(&old), &draft(&new)).places.len(), 1);
    }

    proptest! {
        #[test]
        fn without_the_marks_both_versions_are_there(
            old in prop::collection::vec("[abü]( [abü]){0,6}", 0..5),
            new in prop::collection::vec("[abü]( [abü]){0,6}", 0..5),
        ) {
            let texts = |list: &[String]| draft(&list.iter().map(String::as_str).collect::<Vec<_>>());
            let found = changes(&texts(&old), &texts(&new));
            let side = |gone: Edit| {
                let mut text = String::new();
                let mut at = 0;
                for (span, edit) in &found.edits {
                    text.push_str(found.text.get(at..span.start()).unwrap());
                    if *edit != gone {
                        let words = span.of(&found.text);
                        text.push_str(words.get(2..words.len() - 2).unwrap());
                    }
                    at = span.end();
                }
                text.push_str(found.text.get(at..).unwrap());
                text.split_whitespace().map(str::to_owned).collect::<Vec<_>>()
            };
            let words = |list: &[String]| list.iter().flat_map(|t| t.split(' ')).map(str::to_owned).collect::<Vec<_>>();
            prop_assert_eq!(side(Edit::Added), words(&old));
            prop_assert_eq!(side(Edit::Removed), words(&new));
            for paragraph in &found.paragraphs {
                prop_assert!(found.text.get(paragraph.span.range()).is_some());
            }
        }
    }
}
