//! Words in order or near each other, looked for in a text.

use std::cell::Cell;

use super::plan::Phrase;
use super::request::Body;
use super::starts::Starts;
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

/// Calls `take` with the folded form of each word of `text` that may be one of `words`, and with how
/// many words stand before it.
fn each_of(text: &str, words: &[String], mut take: impl FnMut(usize, &str)) {
    let mut starts = Starts::default();
    for word in words {
        starts.add_whole(word);
    }
    let seen = Cell::new(0_usize);
    let wants = |word: &str| {
        seen.set(seen.get() + 1);
        starts.may_begin(word)
    };
    token::each_where(text, wants, |_, key| take(seen.get() - 1, token::folded(key)));
}

/// Whether `text` has these folded words one behind the other.
fn has_in_order(text: &str, words: &[String]) -> bool {
    // How many words of the phrase end at the last word of the text, in all ways to begin it.
    let mut begun: Vec<usize> = Vec::new();
    let mut next = 0;
    let mut has = false;
    each_of(text, words, |place, form| {
        if has {
            return;
        }
        if place != next {
            // A word in between is none of the phrase.
            begun.clear();
        }
        next = place + 1;
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
    let mut has = false;
    each_of(text, words, |place, form| {
        if has {
            return;
        }
        let oldest = (0..words.len()).filter(|&at| words[at] == form).min_by_key(|&at| last[at]);
        if let Some(at) = oldest {
            last[at] = Some(place);
            has = last.iter().all(|l| l.is_some_and(|l| place - l < span));
        }
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
        assert!(!has_in_order("an an mit der Tür", &asked), "a word in between parts it");
        assert!(has_in_order("Über Österreich", &words(&["uber", "osterreich"])));
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
