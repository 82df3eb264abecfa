//! Whether a word is a compound of a part, or only happens to have its letters inside.
//!
//! `minister` is in Außenminister; `bern` is not in übernehmen, nor `assad` in Fassade. The part
//! must leave something before it that may be a word, and behind it an ending or another word.

/// Endings of nouns and adjectives, folded.
const ENDINGS: [&str; 13] = ["", "e", "n", "s", "en", "er", "es", "em", "ern", "in", "innen", "chen", "lich"];
/// Letters that join the parts of a compound.
const JOINTS: [&str; 5] = ["", "s", "es", "n", "en"];
/// Shortest words that stand before a part, in characters.
const MIN_BEFORE: usize = 3;
/// From this length on a part is not inside by chance, where an ending closes the word.
const SURE: usize = 5;
/// From this length on, wherever it stands.
const VERY_SURE: usize = 6;

/// Whether `word` has `part` at a seam, at some place behind its beginning. Both are folded;
/// `is_known` says whether a folded word stands in some article.
pub(super) fn has_part(word: &str, part: &str, is_known: &dyn Fn(&str) -> bool) -> bool {
    word.match_indices(part).any(|(at, _)| {
        let before = word.get(..at).unwrap_or_default();
        let behind = word.get(at + part.len()..).unwrap_or_default();
        is_seam(before, part.chars().count(), behind, is_known)
    })
}

fn is_seam(before: &str, length: usize, behind: &str, is_known: &dyn Fn(&str) -> bool) -> bool {
    if before.chars().count() < MIN_BEFORE {
        return false;
    }
    let closes = ENDINGS.contains(&behind);
    if length >= VERY_SURE || (length >= SURE && closes) {
        return true;
    }
    let begins = JOINTS.iter().filter_map(|j| before.strip_suffix(j)).any(|w| is_word(w, is_known));
    let goes_on = || JOINTS.iter().filter_map(|j| behind.strip_prefix(j)).any(|w| is_word(w, is_known));
    begins && (closes || goes_on())
}

fn is_word(word: &str, is_known: &dyn Fn(&str) -> bool) -> bool {
    word.chars().count() >= MIN_BEFORE && is_known(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_told_from_chance_letters() {
        let known = |w: &str| ["auto", "eisen", "wahl", "neu", "hof", "bund", "regierung"].contains(&w);
        for (word, part) in [
            ("aussenminister", "minister"),
            ("aussenministern", "minister"),
            ("autobahn", "bahn"),
            ("eisenbahnhof", "bahn"),
            ("neuwahlen", "wahl"),
            ("bundesregierung", "regierung"),
            ("stichwahl", "hwahl"),
        ] {
            assert!(has_part(word, part, &known), "{part} in {word}");
        }
        for (word, part) in
            [("ubernehmen", "bern"), ("fassade", "assad"), ("normalisieren", "mali"), ("autobahnen", "toba")]
        {
            assert!(!has_part(word, part, &known), "{part} in {word}");
        }
    }
}
