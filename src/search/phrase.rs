//! Words in order or near each other, looked for in a text.

use super::plan::Phrase;
use super::request::Body;
use super::token;

impl Phrase {
    /// Whether an article has it.
    pub fn is_in(&self, body: &Body) -> bool {
        self.is_in_text(&body.title) || (!self.in_title && self.is_in_text(&body.text))
    }

    fn is_in_text(&self, text: &str) -> bool {
        match self.near {
            None => has_in_order(text, &self.words),
            Some(others) => has_near(text, &self.words, others),
        }
    }
}

/// Whether `text` has these folded words one behind the other.
fn has_in_order(text: &str, words: &[String]) -> bool {
    // How many words of the phrase end at the last word of the text, in all ways to begin it.
    let mut begun: Vec<usize> = Vec::new();
    let mut has = false;
    token::each(text, |_, key| {
        if has {
            return;
        }
        let form = token::folded(key);
        begun.push(0);
        begun.retain_mut(|length| {
            let fits = words.get(*length).is_some_and(|word| word == form);
            *length += 1;
            fits
        });
        has = begun.first() == Some(&words.len());
    });
    has
}

/// Whether `text` has these folded words in any order with at most so many others among them.
fn has_near(text: &str, words: &[String], others: usize) -> bool {
    let span = words.len().saturating_add(others);
    // Where each word stood last; a word that is asked for twice must stand twice.
    let mut last: Vec<Option<usize>> = vec![None; words.len()];
    let mut place = 0_usize;
    let mut has = false;
    token::each(text, |_, key| {
        if has {
            return;
        }
        let form = token::folded(key);
        let oldest = (0..words.len()).filter(|&at| words[at] == form).min_by_key(|&at| last[at]);
        if let Some(at) = oldest {
            last[at] = Some(place);
            has = last.iter().all(|l| l.is_some_and(|l| place - l < span));
        }
        place += 1;
    });
    has
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(words: &[&str]) -> Vec<String> {
        words.iter().map(|w| (*w).to_owned()).collect()
    }

    #[test]
    fn words_in_order_are_found_wherever_they_begin() {
        let asked = words(&["an", "an", "der"]);
        assert!(has_in_order("Er hängt an an an der Tür", &asked));
        assert!(!has_in_order("an der Tür, an", &asked));
        assert!(!has_in_order("an an", &asked));
    }

    #[test]
    fn near_words_have_few_others_among_them() {
        let asked = words(&["wahl", "rom"]);
        for (text, others, expected) in [
            ("Die Wahl in Rom", 1, true),
            ("Die Wahl in Rom", 0, false),
            ("In Rom war gestern Wahl", 2, true),
            ("Wahl hier und dort und Rom", 3, false),
            ("Wahl", 9, false),
        ] {
            assert_eq!(has_near(text, &asked, others), expected, "{text} {others}");
        }
        assert!(!has_near("Ja, einmal", &words(&["ja", "ja"]), 5));
        assert!(has_near("Ja doch, ja", &words(&["ja", "ja"]), 5));
    }
}
