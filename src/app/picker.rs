//! Go to anything: commands, headlines, sources, entities, stories, searches and tags, by some of
//! their letters.
//!
//! The commands are known here, and only those that fitted before are looked at when more is typed.
//! The rest comes from the library for each typed text, fitted there, a hundred at most; until it has
//! come, the first of what came for the text before are fitted to the new one.

use super::action::{ACTIONS, Action, Scope};
use super::edit::EditLine;
use super::effect::{Candidate, Fit};
pub use super::narrow::Narrow;
use crate::model::{Locale, Span};
use crate::search::fuzzy::{self, Picked};

/// Candidates that come with one answer; more than a few screens hold are no help in picking.
const OFFERED: usize = 100;

/// Candidates for the text before that are fitted to the new one: those that a screen shows.
const STALE: usize = 24;

/// What a row of the picker stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pick {
    /// An action.
    Action(Action),
    /// Something in the library.
    Candidate(Candidate),
    /// A search for what is typed.
    Search(String),
}

/// A row of the picker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PickRow {
    /// What it stands for.
    pub pick: Pick,
    /// Its name.
    pub name: String,
    /// Matched letters of the name.
    pub matched: Vec<Span>,
}

/// The candidates that fit `typed`, best first, as many as are shown; where nothing but a kind is
/// typed, in their order. For the one who finds them, so that a key costs little here.
#[must_use]
pub fn fitting(typed: &str, mut candidates: Vec<Candidate>) -> Vec<Fit> {
    let (narrow, rest) = Narrow::read(typed);
    candidates.retain(|c| narrow.takes(c));
    if rest.is_empty() {
        // Outlets are offered where they are asked for: all of them would bury what is recent.
        candidates.retain(|c| narrow != Narrow::All || !matches!(c, Candidate::Source(_)));
        candidates.truncate(OFFERED);
        let fit = |candidate| Fit { candidate, score: 0, matched: Vec::new() };
        return candidates.into_iter().map(fit).collect();
    }
    let names: Vec<&str> = candidates.iter().map(Candidate::name).collect();
    let picked = meant(rest, &names);
    let mut fits: Vec<(usize, Fit)> = picked
        .into_iter()
        .filter_map(|p| {
            let candidate = candidates.get(p.index)?.clone();
            let score = p.score + liking(&candidate);
            Some((p.index, Fit { candidate, score, matched: p.matched }))
        })
        .collect();
    fits.sort_by_key(|(index, fit)| (std::cmp::Reverse(fit.score), *index));
    fits.truncate(OFFERED);
    fits.into_iter().map(|(_, fit)| fit).collect()
}

/// The names that are meant by `typed`.
fn meant(typed: &str, names: &[&str]) -> Vec<Picked> {
    let mut picked = fuzzy::pick(typed, names, usize::MAX);
    picked.retain(|p| names.get(p.index).is_some_and(|name| is_meant(name, &p.matched)));
    picked
}

/// Whether the matched letters stand in `name` as someone would type them: each begins a word or has a
/// neighbour. Otherwise they are scattered over a long name by chance.
fn is_meant(name: &str, matched: &[Span]) -> bool {
    matched.iter().all(|span| {
        let before = name.get(..span.start()).and_then(|b| b.chars().next_back());
        before.is_none_or(|c| !c.is_alphanumeric()) || span.of(name).chars().nth(1).is_some()
    })
}

/// What a short, lasting name is worth beside a headline with the same letters.
fn liking(candidate: &Candidate) -> i64 {
    match candidate {
        Candidate::Saved(_) | Candidate::Tag(_) => 12,
        Candidate::Source(_) => 10,
        Candidate::Entity(..) => 8,
        Candidate::Searched(_) => 6,
        Candidate::Story(..) => 2,
        Candidate::Headline(..) => 0,
    }
}

/// The same of a command: it is what the picker is opened for most.
const LIKING_OF_COMMANDS: i64 = 14;

fn of_candidate(fit: Fit) -> (i64, PickRow) {
    let name = fit.candidate.name().to_owned();
    (fit.score, PickRow { pick: Pick::Candidate(fit.candidate), name, matched: fit.matched })
}

/// The picker.
#[derive(Clone, Debug, Default)]
pub struct Picker {
    /// What is typed.
    pub line: EditLine,
    /// Enter was pressed before the candidates for what is typed had come.
    pub enters: bool,
    commands: Vec<(Action, String)>,
    /// What was typed when commands were fitted last, and those that fitted.
    fitted: Option<(String, Vec<usize>)>,
    offered: Vec<Fit>,
    is_waiting: bool,
    rows: Vec<PickRow>,
    selected: usize,
    offset: usize,
    height: u16,
}

impl Picker {
    /// All actions that do something in `scope`; candidates are still to come.
    #[must_use]
    pub fn new(scope: Scope, locale: Locale) -> Self {
        let useful = |scopes: &[Scope]| scopes.contains(&Scope::Global) || scopes.contains(&scope);
        let commands = ACTIONS
            .iter()
            .filter(|i| useful(i.scopes))
            .map(|i| (i.action, i.describe(locale).to_owned()))
            .collect();
        let mut picker = Self { commands, is_waiting: true, ..Self::default() };
        picker.arrange();
        picker
    }

    /// Takes what one can go to by what is typed now.
    pub fn offer(&mut self, candidates: Vec<Fit>) {
        self.offered = candidates;
        self.is_waiting = false;
        // The selection stays where it was set while the candidates were on their way.
        let selected = self.rows.get(self.selected).filter(|_| self.selected > 0).map(|r| r.pick.clone());
        self.fit();
        let at = selected.and_then(|pick| self.rows.iter().position(|r| r.pick == pick));
        self.select(at.unwrap_or(0));
    }

    /// What is typed has changed; the candidates for it are on their way.
    pub fn arrange(&mut self) {
        self.is_waiting = true;
        self.enters = false;
        self.fit();
        self.select(0);
    }

    /// Whether the candidates for what is typed are still on their way.
    #[must_use]
    pub fn is_waiting(&self) -> bool {
        self.is_waiting
    }

    fn fit(&mut self) {
        let (narrow, rest) = Narrow::read(self.line.text());
        let rest = rest.to_owned();
        let mut rows: Vec<(i64, PickRow)> = Vec::new();
        if matches!(narrow, Narrow::All | Narrow::Commands) {
            rows.extend(self.fit_commands(&rest));
        }
        if self.is_waiting && !rest.is_empty() {
            let first = self.offered.iter().map(|fit| fit.candidate.clone()).take(STALE);
            let stale = fitting(self.line.text(), first.collect());
            rows.extend(stale.into_iter().map(of_candidate));
        } else {
            let offered = self.offered.iter().filter(|fit| narrow.takes(&fit.candidate)).cloned();
            rows.extend(offered.map(of_candidate));
        }
        if !rest.is_empty() {
            // Stable: of equals the commands come first, and each kind in its order.
            rows.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
        }
        self.rows = rows.into_iter().map(|(_, row)| row).collect();
        if narrow == Narrow::All && !rest.is_empty() {
            self.rows.push(PickRow { pick: Pick::Search(rest.clone()), name: rest, matched: Vec::new() });
        }
    }

    /// The commands that fit; where more is typed than before, of those that did then.
    fn fit_commands(&mut self, typed: &str) -> Vec<(i64, PickRow)> {
        let known = self.fitted.take().filter(|(before, _)| !before.is_empty() && typed.starts_with(before));
        let candidates = known.map_or_else(|| (0..self.commands.len()).collect(), |(_, fitted)| fitted);
        let looked_at: Vec<(usize, &str)> = candidates
            .into_iter()
            .filter_map(|index| Some((index, self.commands.get(index)?.1.as_str())))
            .collect();
        let names: Vec<&str> = looked_at.iter().map(|(_, name)| *name).collect();
        let mut picked = fuzzy::pick(typed, &names, usize::MAX);
        // Letters that are scattered now may get neighbours with the next.
        let mut fitted: Vec<usize> = picked.iter().filter_map(|p| Some(looked_at.get(p.index)?.0)).collect();
        fitted.sort_unstable();
        picked.retain(|p| names.get(p.index).is_some_and(|name| is_meant(name, &p.matched)));
        let row = |p: Picked| {
            let (action, name) = self.commands.get(looked_at.get(p.index)?.0)?;
            let row = PickRow { pick: Pick::Action(*action), name: name.clone(), matched: p.matched };
            Some((p.score + LIKING_OF_COMMANDS, row))
        };
        let rows = picked.into_iter().filter_map(row).collect();
        self.fitted = Some((typed.to_owned(), fitted));
        rows
    }

    /// What fits, best first.
    #[must_use]
    pub fn rows(&self) -> &[PickRow] {
        &self.rows
    }

    /// Index of the selected row.
    #[must_use]
    pub fn selected(&self) -> usize {
        self.selected
    }

    /// First row on the screen.
    #[must_use]
    pub fn offset(&self) -> usize {
        self.offset
    }

    /// What the selected row stands for.
    #[must_use]
    pub fn picked(&self) -> Option<Pick> {
        self.rows.get(self.selected).map(|row| row.pick.clone())
    }

    /// Takes the rows that fit on the screen.
    pub fn set_height(&mut self, height: u16) {
        self.height = height;
        self.select(self.selected);
    }

    /// Moves the selection.
    pub fn step(&mut self, steps: isize) {
        self.select(self.selected.saturating_add_signed(steps));
    }

    fn select(&mut self, index: usize) {
        self.selected = index.min(self.rows.len().saturating_sub(1));
        let height = usize::from(self.height.max(1));
        self.offset = self.offset.min(self.selected).max((self.selected + 1).saturating_sub(height));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ArticleId, StoryId};

    fn picker(typed: &str, candidates: Vec<Candidate>) -> Picker {
        let mut picker = Picker::new(Scope::List, Locale::German);
        picker.line.insert(typed);
        picker.arrange();
        picker.offer(fitting(typed, candidates));
        picker
    }

    fn source(name: &str) -> Candidate {
        Candidate::Source(name.to_owned())
    }

    fn headline(id: u32, title: &str) -> Candidate {
        Candidate::Headline(ArticleId(id), title.to_owned())
    }

    #[test]
    fn letters_find_a_command_without_regard_to_umlauts() {
        let picker = picker("ruckg", Vec::new());
        assert_eq!(picker.picked(), Some(Pick::Action(Action::Undo)));
    }

    #[test]
    fn names_are_offered_beside_commands() {
        let picker = picker("tagbl", vec![source("Tagesblatt")]);
        assert_eq!(picker.picked(), Some(Pick::Candidate(source("Tagesblatt"))));
        let matched: Vec<&str> = picker.rows()[0].matched.iter().map(|s| s.of("Tagesblatt")).collect();
        assert_eq!(matched, ["Tag", "bl"]);
    }

    #[test]
    fn letters_scattered_over_a_long_name_are_no_match() {
        let picker = picker("hamburg", vec![headline(1, "Schwarz malt über Berge und träge Gänse")]);
        assert_eq!(picker.picked(), Some(Pick::Search("hamburg".to_owned())));
    }

    #[test]
    fn signs_and_fields_narrow_what_is_offered() {
        let all = || {
            vec![
                source("Hamburger Blatt"),
                headline(1, "Hamburg feiert"),
                Candidate::Tag("hamburg".to_owned()),
                Candidate::Story(StoryId(3), "Hamburg feiert".to_owned(), 4),
            ]
        };
        for (typed, wanted) in [
            ("#ham", Pick::Candidate(Candidate::Tag("hamburg".to_owned()))),
            ("Quelle:ham", Pick::Candidate(source("Hamburger Blatt"))),
            ("titel: ham", Pick::Candidate(headline(1, "Hamburg feiert"))),
            ("> vergl", Pick::Action(Action::Compare)),
        ] {
            let picker = picker(typed, all());
            assert_eq!(picker.picked(), Some(wanted), "{typed}");
            assert!(!picker.rows().iter().any(|r| matches!(r.pick, Pick::Search(_))), "{typed}");
        }
        assert_eq!(picker("quelle:", all()).rows().len(), 1);
        assert_eq!(picker("foo:ham", all()).picked(), Some(Pick::Search("foo:ham".to_owned())));
    }

    #[test]
    fn old_candidates_stay_until_new_ones_come() {
        let mut picker = picker("ham", vec![source("Hamburger Blatt")]);
        picker.line.insert("b");
        picker.arrange();
        assert!(picker.is_waiting());
        assert_eq!(picker.picked(), Some(Pick::Candidate(source("Hamburger Blatt"))));
        picker.offer(fitting("hamb", vec![source("Hamburg heute")]));
        assert_eq!(picker.picked(), Some(Pick::Candidate(source("Hamburg heute"))));
    }

    #[test]
    fn a_selection_made_meanwhile_survives_the_candidates() {
        let mut picker = Picker::new(Scope::List, Locale::German);
        picker.step(2);
        let before = picker.picked();
        picker.offer(fitting("", vec![headline(1, "Neu")]));
        assert_eq!(picker.picked(), before);
    }

    #[test]
    fn commands_narrowed_key_by_key_are_those_of_the_whole_text() {
        for typed in ["vergl mark", "seite vor", "suche", "a b", "> ansicht z", "lesen"] {
            let mut stepwise = Picker::new(Scope::List, Locale::German);
            for c in typed.chars() {
                stepwise.line.insert(c.encode_utf8(&mut [0; 4]));
                stepwise.arrange();
                let fresh = picker(stepwise.line.text(), Vec::new());
                assert_eq!(stepwise.rows(), fresh.rows(), "{}", stepwise.line.text());
            }
            stepwise.line.clear();
            stepwise.arrange();
            assert_eq!(stepwise.rows(), picker("", Vec::new()).rows());
        }
    }
}
