//! Words that tell what stands beside them.

use std::sync::LazyLock;

use crate::text::quick::QuickMap;

static TABLE: &str = include_str!("../../assets/lexicon/clues.tsv");

/// What each word tells, a bit a clue.
static CLUES: LazyLock<QuickMap<&'static str, u32>> = LazyLock::new(|| {
    let entry = |line: &'static str| {
        let mut fields = line.split('\t');
        let word = fields.next().unwrap_or(line);
        let bits = fields.filter_map(|name| NAMES.iter().position(|n| *n == name));
        (word, bits.fold(0, |all, bit| all | 1 << bit))
    };
    lines().map(entry).collect()
});

/// The lines behind the comments.
fn lines() -> impl Iterator<Item = &'static str> {
    TABLE.lines().filter(|line| !line.starts_with('#'))
}

/// The clues as the table names them, in the order of [`Clue`].
const NAMES: [&str; 17] = [
    "head",
    "compound",
    "descriptive",
    "company",
    "english",
    "club",
    "abbreviation",
    "place",
    "inner",
    "particle",
    "calendar",
    "determiner",
    "medium",
    "modifier",
    "opener",
    "join",
    "small",
];

/// What a word tells of the words beside it; the table `clues.tsv` says more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clue {
    /// Begins an organisation.
    Head,
    /// Last part of a hyphenated organisation.
    Compound,
    /// As `Compound`, but only behind two parts.
    Descriptive,
    /// Legal form of a company.
    Company,
    /// Last word of an English organisation.
    EnglishHead,
    /// First word of a club.
    Club,
    /// Capitals that are no organisation.
    Abbreviation,
    /// Stands before a place.
    Place,
    /// Inside the hyphenated name of a town.
    Inner,
    /// Inside a person's name.
    Particle,
    /// A day or month.
    Calendar,
    /// Stands before ordinary nouns.
    Determiner,
    /// Stands before a newspaper.
    Medium,
    /// Belongs to the office behind it.
    Modifier,
    /// Begins an apposition with an office.
    Opener,
    /// Inside what belongs to an office.
    Join,
    /// An English word of every day.
    Small,
}

/// All clues, in the order of the table.
pub const ALL: [Clue; NAMES.len()] = [
    Clue::Head,
    Clue::Compound,
    Clue::Descriptive,
    Clue::Company,
    Clue::EnglishHead,
    Clue::Club,
    Clue::Abbreviation,
    Clue::Place,
    Clue::Inner,
    Clue::Particle,
    Clue::Calendar,
    Clue::Determiner,
    Clue::Medium,
    Clue::Modifier,
    Clue::Opener,
    Clue::Join,
    Clue::Small,
];

/// Whether `word` tells `clue`.
#[must_use]
pub fn clue(word: &str, clue: Clue) -> bool {
    CLUES.get(word).is_some_and(|bits| bits & (1 << clue as u32) != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_tell_what_the_table_says() {
        assert!(clue("Universität", Clue::Head) && clue("GmbH", Clue::Company));
        assert!(clue("Bank", Clue::Compound) && clue("Bank", Clue::EnglishHead));
        assert!(!clue("Universität", Clue::Club) && !clue("", Clue::Head));
    }

    #[test]
    fn every_clue_of_the_table_is_known() {
        assert!(lines().flat_map(|line| line.split('\t').skip(1)).all(|name| NAMES.contains(&name)));
        assert_eq!(NAMES[Clue::Small as usize], "small");
    }

    #[test]
    fn the_table_is_sorted_without_repeats() {
        let keys: Vec<&str> = lines().map(|line| line.split('\t').next().unwrap_or(line)).collect();
        assert!(keys.windows(2).all(|w| w[0] < w[1]));
    }
}
