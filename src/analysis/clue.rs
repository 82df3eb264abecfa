//! Words that tell what stands beside them.

use std::sync::LazyLock;

use super::table::Table;

static CLUES: LazyLock<Table> = LazyLock::new(|| Table::new(include_str!("../../assets/lexicon/clues.tsv")));

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

/// Whether `word` tells `clue`.
#[must_use]
pub fn clue(word: &str, clue: Clue) -> bool {
    let name = match clue {
        Clue::Head => "head",
        Clue::Compound => "compound",
        Clue::Descriptive => "descriptive",
        Clue::Company => "company",
        Clue::EnglishHead => "english",
        Clue::Club => "club",
        Clue::Abbreviation => "abbreviation",
        Clue::Place => "place",
        Clue::Inner => "inner",
        Clue::Particle => "particle",
        Clue::Calendar => "calendar",
        Clue::Determiner => "determiner",
        Clue::Medium => "medium",
        Clue::Modifier => "modifier",
        Clue::Opener => "opener",
        Clue::Join => "join",
        Clue::Small => "small",
    };
    CLUES.get(word).is_some_and(|clues| clues.split('\t').any(|c| c == name))
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
    fn the_table_is_sorted_without_repeats() {
        let keys: Vec<&str> = CLUES.keys().collect();
        assert!(keys.windows(2).all(|w| w[0] < w[1]));
    }
}
