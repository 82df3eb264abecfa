//! Endings of German words: what falls off, what makes a noun.

/// `word` in lower case without its ending, as the table of phrases has it (`Weißen` → `weiß`).
#[must_use]
pub fn stem(word: &str) -> String {
    let lower = word.to_lowercase();
    let length = lower.chars().count();
    for ending in ["en", "er", "es", "em", "e", "s", "n"] {
        if let Some(stem) = lower.strip_suffix(ending)
            && length - ending.len() >= 4
        {
            return stem.to_owned();
        }
    }
    lower
}

/// The stem of an adjective on -isch or -deutsch (`russischen` → `russisch`); `None` for others.
#[must_use]
pub fn adjective(word: &str) -> Option<String> {
    let bare = ["e", "en", "er", "es", "em"]
        .into_iter()
        .filter_map(|ending| word.strip_suffix(ending))
        .find(|stem| stem.ends_with("sch"))
        .or_else(|| word.ends_with("sch").then_some(word))?;
    (bare.len() >= 6).then(|| bare.to_lowercase())
}

/// An adjective's stem without a point of the compass or the like before it.
#[must_use]
pub fn without_direction(stem: &str) -> Option<&str> {
    const DIRECTIONS: [&str; 20] = [
        "nordwest", "nordost", "südwest", "südost", "zentral", "inner", "gesamt", "nord", "süd", "west",
        "ost", "mittel", "pro", "anti", "neu", "alt", "außer", "inter", "ober", "nieder",
    ];
    DIRECTIONS
        .into_iter()
        .find_map(|direction| stem.strip_prefix(direction))
        .map(|rest| rest.trim_start_matches('-'))
        .filter(|rest| rest.len() >= 6)
}

/// Whether `word` ends as only nouns do.
#[must_use]
pub fn has_noun_ending(word: &str) -> bool {
    const ENDINGS: [&str; 25] = [
        "ungen", "ung", "heiten", "heit", "keiten", "keit", "schaften", "schaft", "tionen", "tion", "ismus",
        "itäten", "ität", "nisses", "nissen", "nisse", "nis", "tums", "ments", "menten", "mente", "ment",
        "anzen", "enzen", "lingen",
    ];
    let length = word.chars().count();
    ENDINGS.into_iter().any(|ending| word.ends_with(ending) && length >= ending.chars().count() + 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inflected_phrases_share_their_stems() {
        for form in ["Weißes", "Weißen", "Weiße"] {
            assert_eq!(stem(form), "weiß");
        }
        assert_eq!(stem("Hauses"), stem("Haus"));
        assert_eq!(stem("Rom"), "rom");
    }

    #[test]
    fn only_adjectives_have_an_adjective_stem() {
        assert_eq!(adjective("deutschem").as_deref(), Some("deutsch"));
        assert_eq!(adjective("Russische").as_deref(), Some("russisch"));
        assert_eq!(adjective("Tisch"), None);
        assert_eq!(without_direction("nordsyrisch"), Some("syrisch"));
    }
}
