//! The embedded tables of names and words.

use std::sync::LazyLock;

use super::table::Table;

/// Grammatical gender of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Gender {
    /// He.
    Male,
    /// She.
    Female,
    /// The name does not tell.
    Unknown,
}

static FIRST_NAMES: LazyLock<Table> =
    LazyLock::new(|| Table::new(include_str!("../../assets/lexicon/first_names.tsv")));
static LAST_NAMES: LazyLock<Table> =
    LazyLock::new(|| Table::new(include_str!("../../assets/lexicon/last_names.tsv")));

/// Whether `word` is a first name, or one joined by a hyphen (`Hans-Peter`).
#[must_use]
pub fn is_first_name(word: &str) -> bool {
    FIRST_NAMES.has(word)
        || (word.contains('-') && word.split('-').all(|part| part.len() > 1 && FIRST_NAMES.has(part)))
}

/// Whether `word` is a last name.
#[must_use]
pub fn is_last_name(word: &str) -> bool {
    LAST_NAMES.has(word)
}

/// Gender by the first name of a full name.
#[must_use]
pub fn gender_of_name(name: &str) -> Gender {
    let Some((first, _)) = name.split_once(' ') else { return Gender::Unknown };
    let first = first.split('-').next().unwrap_or(first);
    match FIRST_NAMES.get(first) {
        Some("m") => Gender::Male,
        Some("f") => Gender::Female,
        _ => Gender::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_sorted_without_repeats() {
        for table in [&FIRST_NAMES, &LAST_NAMES] {
            let keys: Vec<&str> = table.keys().collect();
            assert!(keys.windows(2).all(|w| w[0] < w[1]));
        }
    }

    #[test]
    fn first_names_tell_gender() {
        assert_eq!(gender_of_name("Angela Muster"), Gender::Female);
        assert_eq!(gender_of_name("Karl-Heinz Muster"), Gender::Male);
        assert_eq!(gender_of_name("Muster"), Gender::Unknown);
    }
}
