//! The spellings under which a typed word is looked up.
//!
//! `mueller` is looked up as itself and as Müller (but not Muller), `müller` as itself, Mueller and,
//! with less weight, Muller. ß and ss are one.

use crate::text::fold::fold;

use super::token::{self, folded, spelling};

/// Another umlaut, ß or accent than typed.
pub(super) const OTHER_SPELLING: f32 = 0.9;
/// `ue` for `ü`, and back.
const DIGRAPH: f32 = 0.95;

/// How freely a word is understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Tolerance {
    /// As typed, but for case.
    AsTyped,
    /// Whole words only, in any spelling.
    Whole,
    /// All that it may mean; it may still be the beginning of a word.
    Open,
    /// All that it may mean.
    Closed,
}

/// A typed word, ready to be looked up.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Typed {
    /// Its key: folded form, and spelling where it differs.
    pub key: String,
    /// How freely it is understood.
    pub tolerance: Tolerance,
}

/// How much the spelling of a form decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Must {
    /// Terms without it weigh less.
    Prefer,
    /// Terms must have it; ß and ss are one.
    Umlauts,
    /// Terms must have exactly it.
    Letters,
}

/// What to look up: a folded form, and the spelling that terms should or must have.
#[derive(Clone, Debug)]
pub(super) struct Form {
    pub folded: String,
    spelling: Option<String>,
    must: Must,
    weight: f32,
}

#[derive(Clone, Copy)]
pub(super) enum Part {
    Whole,
    Beginning,
    Inside,
}

impl Form {
    /// Weight for a key that has the form as this part of it; `None` where the spelling forbids it.
    pub fn weigh(&self, key: &str, part: Part) -> Option<f32> {
        let Some(wanted) = &self.spelling else { return Some(self.weight) };
        let written = spelling(key);
        let sharp = (self.must == Must::Umlauts && written.contains('ß')).then(|| written.replace('ß', "ss"));
        let written = sharp.as_deref().unwrap_or(written);
        let has = match part {
            Part::Whole => written == wanted,
            Part::Beginning => written.starts_with(wanted.as_str()),
            Part::Inside => written.contains(wanted.as_str()),
        };
        match (has, self.must) {
            (true, _) => Some(self.weight),
            (false, Must::Prefer) => Some(self.weight * OTHER_SPELLING),
            (false, _) => None,
        }
    }
}

pub(super) fn forms(typed: &Typed) -> Vec<Form> {
    let word = folded(&typed.key);
    let written = spelling(&typed.key);
    let as_typed = typed.tolerance == Tolerance::AsTyped;
    let special = written != word;
    let mut forms = vec![Form {
        folded: word.to_owned(),
        spelling: (special || as_typed).then(|| written.to_owned()),
        must: if as_typed { Must::Letters } else { Must::Prefer },
        weight: 1.0,
    }];
    if as_typed {
        return forms;
    }
    if special {
        let digraphs = written.replace('ä', "ae").replace('ö', "oe").replace('ü', "ue");
        if digraphs != written {
            forms.push(Form { folded: fold(&digraphs), spelling: None, must: Must::Prefer, weight: DIGRAPH });
        }
    } else {
        for written in umlauted(word) {
            forms.push(Form {
                folded: fold(&written),
                spelling: Some(written),
                must: Must::Umlauts,
                weight: DIGRAPH,
            });
        }
    }
    forms
}

/// The ways to read `ae`, `oe`, `ue` in `word` as umlauts, one at least; of the first three places.
fn umlauted(word: &str) -> Vec<String> {
    let mut read = vec![String::new()];
    let mut places = 0;
    let mut rest = word.chars().peekable();
    while let Some(c) = rest.next() {
        let umlaut = match (c, rest.peek()) {
            ('a', Some('e')) => Some('ä'),
            ('o', Some('e')) => Some('ö'),
            ('u', Some('e')) => Some('ü'),
            _ => None,
        }
        .filter(|_| places < 3);
        let Some(umlaut) = umlaut else {
            for r in &mut read {
                r.push(c);
            }
            continue;
        };
        rest.next();
        places += 1;
        let mut other = read.clone();
        for r in &mut other {
            r.push(umlaut);
        }
        for r in &mut read {
            r.extend([c, 'e']);
        }
        read.extend(other);
    }
    read.retain(|r| r != word);
    read
}

/// The words of `text` as typed.
pub(super) fn typed(text: &str, tolerance: Tolerance) -> Vec<Typed> {
    let words = token::keys(text);
    let last = words.len().saturating_sub(1);
    words
        .into_iter()
        .enumerate()
        .map(|(at, (_, key))| {
            // Only the last of several may go on.
            let tolerance =
                if at < last && tolerance == Tolerance::Open { Tolerance::Closed } else { tolerance };
            Typed { key, tolerance }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::token::key_of;
    use super::*;

    fn weight(asked: &str, written: &str) -> Option<f32> {
        let typed = typed(asked, Tolerance::Closed).remove(0);
        let key = key_of(written);
        let fits = |f: &Form| if f.folded == folded(&key) { f.weigh(&key, Part::Whole) } else { None };
        forms(&typed).iter().filter_map(fits).max_by(f32::total_cmp)
    }

    #[test]
    fn spellings_of_a_word_are_weighed() {
        for (asked, written, wanted) in [
            ("mueller", "Mueller", Some(1.0)),
            ("mueller", "Müller", Some(DIGRAPH)),
            ("mueller", "Muller", None),
            ("müller", "Müller", Some(1.0)),
            ("müller", "Mueller", Some(DIGRAPH)),
            ("müller", "Muller", Some(OTHER_SPELLING)),
            ("muller", "Müller", Some(1.0)),
            ("feuerschuetze", "Feuerschütze", Some(DIGRAPH)),
            ("strassenfuehrung", "Straßenführung", Some(DIGRAPH)),
            ("strasse", "Straße", Some(1.0)),
            ("straße", "Strasse", Some(OTHER_SPELLING)),
        ] {
            assert_eq!(weight(asked, written), wanted, "{asked} {written}");
        }
    }
}
