//! Light stems, for comparing words; the search does without.

use crate::model::Language;

/// The stem of a folded word: inflectional endings fall off, at least four letters stay.
#[must_use]
pub fn stem(word: &str, language: Language) -> &str {
    let endings: &[&str] = match language {
        Language::German => &["ern", "em", "en", "er", "es", "e", "s", "n"],
        Language::English => &["ing", "ed", "es", "s"],
        Language::Other => &[],
    };
    for ending in endings {
        if let Some(stem) = word.strip_suffix(ending)
            && stem.chars().count() >= 4
        {
            return stem;
        }
    }
    word
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inflected_forms_share_a_stem() {
        for form in ["gesprache", "gesprachen", "gespraches"] {
            assert_eq!(stem(form, Language::German), "gesprach");
        }
        assert_eq!(stem("talks", Language::English), "talk");
        assert_eq!(stem("rom", Language::German), "rom");
    }
}
