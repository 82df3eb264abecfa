//! The labels of words: outside, begin and inside of each kind of name.

use crate::model::EntityKind;

/// How many labels there are.
pub const COUNT: usize = 13;

/// What a word is in a sentence: 0 outside; then two for each kind, the first word and the others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Label(u8);

/// The kinds of the training data: four of names, words derived from a name, compounds with one.
const KINDS: [&str; 6] = ["PER", "LOC", "ORG", "OTH", "deriv", "part"];

impl Label {
    /// No name.
    pub const OUTSIDE: Self = Self(0);

    /// The label of this number; outside where there is none.
    #[must_use]
    pub fn new(number: usize) -> Self {
        Self(u8::try_from(number).ok().filter(|n| usize::from(*n) < COUNT).unwrap_or(0))
    }

    /// The label as the training data have it (`B-PER`, `I-LOCderiv`, `O`); unknown ones are
    /// outside.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let Some((begin, kind)) = text.split_once('-') else { return Self::OUTSIDE };
        let kind = KINDS.iter().position(|k| kind == *k || (k.len() > 3 && kind.ends_with(k)));
        kind.map_or(Self::OUTSIDE, |kind| Self::new(1 + 2 * kind + usize::from(begin == "I")))
    }

    /// Its number.
    #[must_use]
    pub fn number(self) -> usize {
        usize::from(self.0)
    }

    /// Whether it continues a name.
    #[must_use]
    pub fn is_inside(self) -> bool {
        self.0 > 0 && self.0.is_multiple_of(2)
    }

    /// The label of the other words of a name that begins with this one.
    #[must_use]
    pub fn continued(self) -> Self {
        Self(self.0 + u8::from(self.0 % 2 == 1))
    }

    /// The label of the first word of the same kind.
    #[must_use]
    pub fn begun(self) -> Self {
        Self(self.0 - u8::from(self.is_inside()))
    }

    /// Whether this label may stand behind `before`.
    #[must_use]
    pub fn may_follow(self, before: Self) -> bool {
        !self.is_inside() || before == self || before.0 + 1 == self.0
    }

    /// What the word names; `None` outside, and for words that are derived from or made with a name.
    #[must_use]
    pub fn kind(self) -> Option<EntityKind> {
        match self.0 {
            1 | 2 => Some(EntityKind::Person),
            3 | 4 => Some(EntityKind::Place),
            5 | 6 => Some(EntityKind::Organisation),
            7 | 8 => Some(EntityKind::Other),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_read_as_the_data_write_them() {
        assert_eq!(Label::parse("O"), Label::OUTSIDE);
        assert_eq!(Label::parse("B-PER").kind(), Some(EntityKind::Person));
        assert_eq!(Label::parse("I-ORG").kind(), Some(EntityKind::Organisation));
        assert!(Label::parse("I-OTHderiv").is_inside());
        assert_eq!(Label::parse("B-LOCpart").number(), 11);
        assert_eq!(Label::parse("B-LOCpart").kind(), None);
    }

    #[test]
    fn a_name_goes_on_only_in_its_own_kind() {
        let (begin, inside) = (Label::parse("B-LOC"), Label::parse("I-LOC"));
        assert!(inside.may_follow(begin) && inside.may_follow(inside) && begin.may_follow(inside));
        assert!(!inside.may_follow(Label::OUTSIDE) && !inside.may_follow(Label::parse("I-PER")));
        assert_eq!((begin.continued(), inside.begun()), (inside, begin));
    }
}
