//! One line asked for: a path, a note, tags, a name.

use super::edit::EditLine;
use super::words::Word;
use crate::model::{ArticleId, Note, SavedSearch, Span};
use crate::search::fuzzy;

/// Suggestions shown at most.
const SHOWN: usize = 6;

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// A path to import from.
    Path,
    /// Words beside a passage; empty for a mere highlight.
    Note(ArticleId, Note),
    /// Tags, parted by commas.
    Tags {
        /// Articles to get them.
        articles: Vec<ArticleId>,
        /// Tags that all of them have already.
        before: Vec<String>,
    },
    /// A name for a search.
    SearchName(SavedSearch),
    /// Another name for a saved search.
    NewName(SavedSearch),
}

/// Something that may complete the line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    index: usize,
    /// Matched letters.
    pub matched: Vec<Span>,
}

/// The line with what may complete it.
#[derive(Clone, Debug)]
pub struct Prompt {
    /// What is asked for.
    pub asked: Asked,
    /// What is typed.
    pub line: EditLine,
    known: Vec<String>,
    rows: Vec<Suggestion>,
    selected: Option<usize>,
}

impl Prompt {
    /// Asks, with `text` as the first answer.
    #[must_use]
    pub fn new(asked: Asked, text: &str) -> Self {
        Self { asked, line: EditLine::new(text), known: Vec::new(), rows: Vec::new(), selected: None }
    }

    /// Its heading.
    #[must_use]
    pub fn title(&self) -> Word {
        match self.asked {
            Asked::Path => Word::ImportPath,
            Asked::Note(..) => Word::NoteTitle,
            Asked::Tags { .. } => Word::TagsTitle,
            Asked::SearchName(_) => Word::SearchName,
            Asked::NewName(_) => Word::NewName,
        }
    }

    /// Takes the words that may complete the line.
    pub fn set_known(&mut self, known: Vec<String>) {
        self.known = known;
        self.arrange();
    }

    /// Fits the suggestions to the part being typed.
    pub fn arrange(&mut self) {
        self.selected = None;
        let part = self.part().to_owned();
        let typed: Vec<&str> = self.line.text().split(',').map(str::trim).collect();
        let open: Vec<(usize, &str)> = self
            .known
            .iter()
            .enumerate()
            .map(|(i, name)| (i, name.as_str()))
            .filter(|(_, name)| !typed.contains(name))
            .collect();
        let names: Vec<&str> = open.iter().map(|(_, name)| *name).collect();
        let picked = fuzzy::pick(&part, &names, SHOWN);
        self.rows = picked
            .into_iter()
            .filter_map(|p| Some(Suggestion { index: open.get(p.index)?.0, matched: p.matched }))
            .collect();
    }

    /// What stands after the last comma before the cursor.
    fn part(&self) -> &str {
        self.line.before_cursor().rsplit(',').next().unwrap_or_default().trim()
    }

    /// Suggestions with their matched letters.
    pub fn rows(&self) -> impl Iterator<Item = (&Suggestion, &str)> {
        self.rows.iter().filter_map(|r| Some((r, self.known.get(r.index)?.as_str())))
    }

    /// How many suggestions there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.rows.len()
    }

    /// Index of the selected suggestion.
    #[must_use]
    pub fn selected(&self) -> Option<usize> {
        self.selected
    }

    /// Moves among the suggestions; above the first one none is selected.
    pub fn step(&mut self, down: bool) {
        let last = self.rows.len().checked_sub(1);
        self.selected = match (self.selected, down) {
            (None, true) => last.map(|_| 0),
            (Some(at), true) => last.map(|last| (at + 1).min(last)),
            (Some(at), false) => at.checked_sub(1),
            (None, false) => None,
        };
    }

    /// Puts the selected suggestion, else the first, into the line; `false` where there is none.
    pub fn complete(&mut self) -> bool {
        let row = self.rows.get(self.selected.unwrap_or(0));
        let Some(name) = row.and_then(|r| self.known.get(r.index)).cloned() else { return false };
        let kept = self.line.before_cursor().rsplit_once(',').map_or("", |(kept, _)| kept);
        let text = if kept.trim().is_empty() { name } else { format!("{kept}, {name}") };
        self.line = EditLine::new(&format!("{text}, "));
        self.arrange();
        true
    }

    /// The tags that are typed, each once.
    #[must_use]
    pub fn tags(&self) -> Vec<String> {
        let mut tags: Vec<String> = Vec::new();
        for part in self.line.text().split(',') {
            let tag = part.trim().trim_start_matches('#').split_whitespace().collect::<Vec<_>>().join(" ");
            let folded = tag.to_lowercase();
            if !tag.is_empty() && !tags.iter().any(|t| t.to_lowercase() == folded) {
                tags.push(tag);
            }
        }
        tags
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tags(text: &str) -> Prompt {
        let mut prompt = Prompt::new(Asked::Tags { articles: Vec::new(), before: Vec::new() }, text);
        prompt.set_known(["Verkehr", "Wahl", "Wahlkampf"].map(str::to_owned).to_vec());
        prompt
    }

    #[test]
    fn the_part_being_typed_is_completed() {
        let mut prompt = tags("Verkehr, wk");
        assert_eq!(prompt.rows().map(|(_, name)| name).collect::<Vec<_>>(), ["Wahlkampf"]);
        assert!(prompt.complete());
        assert_eq!(prompt.line.text(), "Verkehr, Wahlkampf, ");
        assert_eq!(prompt.rows().map(|(_, name)| name).collect::<Vec<_>>(), ["Wahl"]);
    }

    #[test]
    fn tags_are_read_once_each_without_signs() {
        assert_eq!(tags(" #Wahl, wahl ,, große  Koalition,").tags(), ["Wahl", "große Koalition"]);
    }

    #[test]
    fn suggestions_are_left_above_the_first() {
        let mut prompt = tags("");
        prompt.step(true);
        prompt.step(true);
        assert_eq!(prompt.selected(), Some(1));
        prompt.step(false);
        prompt.step(false);
        assert_eq!(prompt.selected(), None);
    }
}
