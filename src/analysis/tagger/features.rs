//! Attributes of the words of a sentence: what the tagger sees.
//!
//! An attribute is a hash of what it is about and of the place it is seen from. Most belong to one
//! word and say something of that word itself ([`Traits::here`]), of words up to two places away
//! (`near`) or up to four (`far`); so what a word adds to the scores of its neighbours is worked out
//! once. Few join two words or more ([`joint`]).

use crate::analysis::clue;
use crate::analysis::lexicon::{self, Class, Sure};
use crate::analysis::role::{self, Title};
use crate::model::Language;
use crate::text::quick::hash;

use super::clusters;
use super::shape::{long_shape, prefix, short_shape, suffix};

/// Places from which a word is seen near.
pub const NEAR: [isize; 4] = [-2, -1, 1, 2];

/// Distances at which a word is seen far, on both sides.
pub const FAR: [usize; 2] = [3, 4];

/// How many attributes join words.
pub const JOINT: usize = 14;

/// A word, with what the tables know of it.
#[derive(Clone, Copy, Debug)]
pub struct Word<'a> {
    /// As written.
    pub text: &'a str,
    /// What the tables of names and words know.
    pub class: Class,
    /// What it says of a person it stands before.
    pub title: Title,
    /// An adjective or inhabitants' name of a place.
    pub is_derived: bool,
}

impl<'a> Word<'a> {
    /// `text` with what the German tables know of it.
    #[must_use]
    pub fn german(text: &'a str) -> Self {
        let is_small = text.starts_with(char::is_lowercase);
        let language = Language::German;
        Self {
            text,
            class: if is_small { Class::default() } else { lexicon::classify(text, language) },
            title: role::title(text, language),
            is_derived: lexicon::derived(text, language).is_some(),
        }
    }
}

/// How the letters of a hidden word are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// With a capital first letter.
    Initial,
    /// In small letters.
    Lower,
    /// In capitals.
    Upper,
    /// With a digit among them.
    Digit,
}

/// A piece of a sentence.
#[derive(Clone, Copy, Debug)]
pub enum Piece<'a> {
    /// A word or number.
    Word(Word<'a>),
    /// A mark, as [`super::shape::marks`] gives it.
    Mark(&'a str),
    /// A word of the training data that is not given, only how it is written.
    Hidden(Case),
    /// What is before the first and behind the last piece.
    Edge,
}

/// Values of a piece that attributes of several pieces are made of.
#[derive(Clone, Copy, Debug, Default)]
pub struct Keys {
    form: u64,
    shape: u64,
    known: u64,
    cluster: u64,
    /// The mark, where it is one of those that open and close.
    pub mark: Option<Fence>,
}

/// A mark that opens or closes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fence {
    /// A quotation mark.
    Quote,
    /// An opening bracket.
    Open,
    /// A closing bracket.
    Close,
}

/// What a piece says.
#[derive(Clone, Debug, Default)]
pub struct Traits {
    /// Of itself.
    pub here: Vec<u64>,
    /// Of pieces up to two places away.
    pub near: Vec<u64>,
    /// Of pieces three and four places away.
    pub far: Vec<u64>,
    /// For [`joint`].
    pub keys: Keys,
}

/// The attribute `near` of a piece, seen from place [`NEAR`]`[place]`.
#[must_use]
pub fn near(attribute: u64, place: usize) -> u64 {
    mix(attribute, 200 + place as u64)
}

/// The attribute `far` of a piece, seen from behind it (0) or from before it (1).
#[must_use]
pub fn far(attribute: u64, side: usize) -> u64 {
    mix(attribute, 300 + side as u64)
}

/// Whether the pieces so far have opened quotation marks or brackets.
#[derive(Clone, Copy, Debug, Default)]
pub struct Surroundings {
    quote: bool,
    bracket: bool,
}

impl Surroundings {
    /// Goes on to the next piece.
    pub fn meet(&mut self, mark: Option<Fence>) {
        match mark {
            Some(Fence::Quote) => self.quote = !self.quote,
            Some(Fence::Open) => self.bracket = true,
            Some(Fence::Close) => self.bracket = false,
            None => {}
        }
    }

    /// Where piece `index` of `count` stands, as a number.
    #[must_use]
    pub fn place(self, index: usize, count: usize) -> u64 {
        u64::from(self.quote)
            | u64::from(self.bracket) << 1
            | u64::from(index == 0) << 2
            | u64::from(index + 1 == count) << 3
    }
}

/// Attributes of several pieces: of the two before, the piece itself and the two behind, and of
/// where it stands.
#[must_use]
pub fn joint(window: [&Keys; 5], place: u64) -> [u64; JOINT] {
    let [before_last, before, here, next, after_next] = window;
    let join = |kind: u64, one: u64, other: u64| mix(mix(one, kind), other);
    [
        join(400, before.form, here.shape),
        join(401, mix(before.shape, here.shape), next.shape),
        join(402, before.known, here.known),
        join(403, here.known, next.known),
        join(404, before.form, here.known),
        join(405, next.form, here.known),
        join(406, before_last.form, before.form),
        join(407, next.form, after_next.form),
        join(416, before.form, next.form),
        join(419, here.form, next.form),
        join(420, before.form, here.form),
        join(430, place, here.shape),
        join(432, place, here.known),
        join(434, place, here.cluster),
    ]
}

/// What `piece` says of itself and of its neighbours.
#[must_use]
pub fn traits(piece: Piece<'_>) -> Traits {
    match piece {
        Piece::Edge => edge(),
        Piece::Mark(mark) => marked(mark),
        Piece::Hidden(case) => hidden(case),
        Piece::Word(word) if is_number(word.text) => {
            let form = if word.text.len() == 4 { "0000" } else { "0" };
            plain(form, "d", form)
        }
        Piece::Word(word) => Spelling::new(word).traits(),
    }
}

fn edge() -> Traits {
    let key = |kind| text(kind, "edge");
    let keys = Keys { form: key(90), shape: key(91), known: key(92), cluster: key(93), mark: None };
    Traits { near: vec![key(94)], keys, ..Traits::default() }
}

fn marked(mark: &str) -> Traits {
    let mut traits = plain(mark, mark, mark);
    traits.keys.mark = match mark {
        "\"" => Some(Fence::Quote),
        "(" => Some(Fence::Open),
        ")" => Some(Fence::Close),
        _ => None,
    };
    traits
}

/// A number or mark: form and shape are all there is.
fn plain(form: &str, shape: &str, long_shape: &str) -> Traits {
    let keys = Keys { form: text(3, form), shape: text(1, shape), ..Keys::default() };
    Traits {
        here: vec![text(4, form), keys.form, keys.shape, text(5, long_shape)],
        near: vec![keys.form, keys.shape],
        far: vec![keys.form],
        keys,
    }
}

/// A word that is not given looks as one that no table and no cluster knows.
fn hidden(case: Case) -> Traits {
    let shape = match case {
        Case::Initial => "Xx",
        Case::Lower => "x",
        Case::Upper => "X",
        Case::Digit => "xd",
    };
    let is_capital = matches!(case, Case::Initial | Case::Upper);
    let known = number(40, u64::from(is_capital) << 15 | u64::from(case == Case::Upper) << 16);
    let cluster = text(31, "?");
    let keys = Keys { form: text(3, "@"), shape: text(1, shape), known, cluster, mark: None };
    Traits {
        here: vec![keys.shape, text(2, "hidden"), cluster, known],
        near: vec![keys.shape, cluster, known],
        far: Vec::new(),
        keys,
    }
}

/// A word under the magnifying glass.
struct Spelling<'a> {
    word: Word<'a>,
    lower: String,
    is_capital: bool,
    traits: Traits,
}

impl<'a> Spelling<'a> {
    fn new(word: Word<'a>) -> Self {
        let lower = word.text.to_lowercase();
        let is_capital = word.text.starts_with(char::is_uppercase);
        Self { word, lower, is_capital, traits: Traits::default() }
    }

    fn traits(mut self) -> Traits {
        let shape = text(1, &short_shape(self.word.text));
        let form = text(3, &self.lower);
        self.traits.keys = Keys { form, shape, ..Keys::default() };
        self.traits.here.extend([text(4, self.word.text), form, shape, text(5, &long_shape(self.word.text))]);
        self.traits.near.extend([form, shape]);
        self.traits.far.push(form);
        self.affixes();
        self.cluster();
        self.tables();
        self.clues();
        self.parts();
        self.traits
    }

    fn both(&mut self, attribute: u64) {
        self.traits.here.push(attribute);
        self.traits.near.push(attribute);
    }

    fn affixes(&mut self) {
        for length in 1..=4 {
            if let Some(prefix) = prefix(self.word.text, length) {
                self.traits.here.push(text(10 + length as u64, prefix));
            }
        }
        for length in 1..=5 {
            if let Some(suffix) = suffix(&self.lower, length) {
                let attribute = text(20 + length as u64, suffix);
                self.traits.here.push(attribute);
                if length == 4 {
                    self.traits.near.push(attribute);
                }
            }
        }
        if self.is_capital
            && let Some(base) = lexicon::genitive_base(self.word.text)
        {
            self.traits.here.push(text(60, base));
            if clusters::german(base).is_some() {
                self.traits.here.push(number(61, 1));
            }
        }
    }

    fn cluster(&mut self) {
        if let Some(path) = cluster_of(self.word.text) {
            let cut = |kind, bits: u32| number(kind, u64::from(path & ((1 << bits) - 1)));
            let whole = number(34, u64::from(path));
            let coarse = cut(31, 6);
            self.traits.keys.cluster = coarse;
            self.traits.here.extend([cut(30, 4), coarse, cut(35, 8), cut(32, 10), cut(33, 12), whole]);
            self.traits.here.push(mix(whole, self.traits.keys.shape));
            self.traits.near.extend([coarse, cut(32, 10), whole]);
            self.traits.far.extend([coarse, whole]);
        } else {
            self.traits.keys.cluster = text(31, "?");
            self.both(self.traits.keys.cluster);
        }
        if self.is_capital {
            let small = clusters::german(&self.lower).map_or(99, |path| u64::from(path & 15));
            self.traits.here.push(number(36, small));
        }
    }

    fn tables(&mut self) {
        let class = self.word.class;
        let names = names_known(&class);
        let title = title_number(self.word.title);
        let flags = u64::from(self.word.is_derived) << 14
            | u64::from(self.is_capital) << 15
            | u64::from(class.acronym) << 16;
        let known = number(40, names | title << 12 | flags);
        self.traits.keys.known = known;
        for bit in 0..4 {
            if names >> bit & 1 == 1 {
                self.both(number(41, bit));
            }
        }
        if names >> 4 > 0 {
            self.traits.here.extend([
                number(42, names >> 4),
                number(43, names >> 4 & 15),
                number(44, names >> 8),
            ]);
        }
        self.both(known);
        self.traits.far.push(known);
        if title > 0 {
            self.both(number(45, title));
        }
        if self.is_capital {
            let words = number(46, u64::from(class.noun) | u64::from(class.word) << 1);
            self.both(words);
            let cluster = self.traits.keys.cluster;
            self.traits.here.extend([mix(words, known), mix(words, cluster)]);
        }
    }

    fn clues(&mut self) {
        for (index, clue) in clue::ALL.into_iter().enumerate() {
            if clue::clue(self.word.text, clue) {
                self.both(number(50, index as u64));
            }
        }
    }

    /// The first and the last part of a hyphenated word.
    fn parts(&mut self) {
        let text_of = self.word.text;
        let (Some((front, _)), Some((_, head))) = (text_of.split_once('-'), text_of.rsplit_once('-')) else {
            return;
        };
        let small = head.to_lowercase();
        let ending = text(63, &small);
        self.traits.here.push(text(62, front));
        self.both(ending);
        for (kind, part) in [(64, front), (70, head)] {
            if !part.is_empty() {
                self.part(kind, part);
            }
        }
        for length in 3..=5 {
            if let Some(suffix) = suffix(&small, length) {
                self.traits.here.push(text(76 + length as u64, suffix));
            }
        }
    }

    fn part(&mut self, kind: u64, part: &str) {
        let path = cluster_of(part);
        let cut = |bits: u32| path.map_or(9999, |path| u64::from(path & ((1 << bits) - 1)));
        let word = Word::german(part);
        let flags = u64::from(word.class.noun)
            | u64::from(word.class.acronym) << 1
            | u64::from(word.title != Title::None) << 2;
        self.traits.here.extend([
            number(kind, cut(6)),
            number(kind + 1, cut(10)),
            number(kind + 2, names_known(&word.class)),
            number(kind + 3, flags),
        ]);
        for (index, clue) in clue::ALL.into_iter().enumerate() {
            if clue::clue(part, clue) {
                self.traits.here.push(number(kind + 4, index as u64));
            }
        }
    }
}

/// Which tables of names have a word, as a number.
fn names_known(class: &Class) -> u64 {
    let place = class.place.map_or(0, |place| {
        1 + u64::from(place.country) * 2
            + u64::from(place.sure == Sure::Context) * 4
            + u64::from(place.genitive) * 8
    });
    let organisation = class.organisation.map_or(0, |o| 1 + u64::from(o.sure == Sure::Context) * 2);
    u64::from(class.first)
        | u64::from(class.last) << 1
        | u64::from(class.derived) << 2
        | place << 4
        | organisation << 8
}

fn title_number(title: Title) -> u64 {
    match title {
        Title::Address => 1,
        Title::Office => 2,
        Title::None => 0,
    }
}

/// The cluster of a word, or of what it is the genitive of.
fn cluster_of(word: &str) -> Option<u32> {
    clusters::german(word).or_else(|| {
        let base = word.strip_suffix('s').filter(|base| base.len() > 3)?;
        clusters::german(base)
    })
}

fn is_number(word: &str) -> bool {
    word.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ','))
}

fn text(kind: u64, value: &str) -> u64 {
    mix(hash(value.as_bytes()), kind)
}

fn number(kind: u64, value: u64) -> u64 {
    mix(value.wrapping_add(77), kind)
}

/// One hash of two values; their order counts.
fn mix(one: u64, other: u64) -> u64 {
    const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;
    let product = u128::from(one ^ other.rotate_left(32) ^ 0x243f_6a88_85a3_08d3) * u128::from(FACTOR);
    #[allow(clippy::cast_possible_truncation, reason = "the two halves of the product")]
    let (low, high) = (product as u64, (product >> 64) as u64);
    low ^ high
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_differ_have_attributes_that_differ() {
        let here = |word| traits(Piece::Word(Word::german(word))).here;
        assert_ne!(here("Berlin"), here("Wien"));
        assert_eq!(here("Berlin"), here("Berlin"));
        assert_eq!(here("2015"), here("1999"));
    }
}
