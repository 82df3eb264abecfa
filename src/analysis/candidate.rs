//! Words that may be a name, and which of several readings stands.

use crate::model::EntityKind;

use super::token::Document;

/// A reading of some words as a name. Finders make them, whatever their means; `choose` decides.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Candidate {
    /// Index of its first word.
    pub first: usize,
    /// Index of its last word.
    pub last: usize,
    /// What it would name.
    pub kind: EntityKind,
    /// Canonical name, where a table knows it.
    pub canonical: Option<&'static str>,
    /// How sure; see [`weight`].
    pub weight: u8,
}

impl Candidate {
    /// How many words it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.last - self.first + 1
    }

    /// Whether it has one word only.
    #[must_use]
    pub fn is_single(&self) -> bool {
        self.first == self.last
    }

    /// Its words.
    #[must_use]
    pub fn words<'a>(&self, document: &Document<'a>) -> &'a str {
        document.words(self.first, self.last)
    }
}

/// How sure the finders are, as one scale.
pub mod weight {
    /// A word such as `Universität` or `AG` with what belongs to it, listed names inside.
    pub const HEAD: u8 = 91;
    /// Listed, in several words.
    pub const PHRASE: u8 = 90;
    /// Named in full elsewhere in the article.
    pub const ECHO: u8 = 86;
    /// The trained tagger is sure of it.
    pub const TRAINED_SURE: u8 = 85;
    /// A first name with a last name.
    pub const FULL_NAME: u8 = 80;
    /// An office or form of address before it.
    pub const TITLED: u8 = 75;
    /// The trained tagger has it.
    pub const TRAINED: u8 = 63;
    /// Listed, one word.
    pub const LISTED: u8 = 60;
    /// The words around say what it is.
    pub const CONTEXT: u8 = 40;
    /// Two words in a row that no table explains.
    pub const PAIR: u8 = 35;
    /// Looks like it, no more.
    pub const GUESS: u8 = 20;
}

/// The candidates that stand: the surest first, then the longest; none overlaps another.
#[must_use]
pub fn choose(mut candidates: Vec<Candidate>, words: usize) -> Vec<Candidate> {
    candidates.sort_by_key(|c| (std::cmp::Reverse((c.weight, c.len())), c.first, c.kind));
    let mut taken = vec![false; words];
    candidates.retain(|c| {
        let Some(place) = taken.get_mut(c.first..=c.last) else { return false };
        if place.contains(&true) {
            return false;
        }
        place.fill(true);
        true
    });
    candidates.sort_by_key(|c| c.first);
    candidates
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidate(first: usize, last: usize, weight: u8) -> Candidate {
        Candidate { first, last, kind: EntityKind::Person, canonical: None, weight }
    }

    #[test]
    fn the_surest_stands_and_the_longest_of_equals() {
        let list = vec![candidate(0, 0, 60), candidate(0, 1, 60), candidate(1, 3, 50), candidate(3, 3, 20)];
        let chosen: Vec<(usize, usize)> = choose(list, 4).iter().map(|c| (c.first, c.last)).collect();
        assert_eq!(chosen, [(0, 1), (3, 3)]);
    }

    #[test]
    fn candidates_beyond_the_text_are_dropped() {
        assert!(choose(vec![candidate(3, 5, 60)], 4).is_empty());
    }
}
