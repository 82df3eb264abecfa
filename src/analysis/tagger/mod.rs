//! What each word is, by its form and the words around it: a linear-chain tagger, trained.
//!
//! [`features`] turns a sentence into attributes, [`model`] knows what each speaks for, [`decode`]
//! finds the best labels of a sentence. Sees one sentence at a time and knows German only; what the
//! rest of the article says is for the rules of the room. `src/bin/train_tagger` makes the model.

pub mod clusters;
pub mod decode;
pub mod features;
pub mod label;
pub mod model;
pub mod shape;

use std::cell::RefCell;

use crate::model::{EntityKind, Language};
use crate::text::quick::QuickMap;

use super::token::{Document, Token};
use features::{Keys, Piece, Word};
use label::Label;
use model::Scores;

/// Words that a thread remembers the scores of, 300 bytes each: those of some hundred articles.
const REMEMBERED: usize = 20_000;

/// Longest sentence that is tagged, in words and marks; what is longer is no sentence but a list or
/// a table.
const LONGEST: usize = 400;

/// Words that the tagger takes for a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tagged {
    /// Index of the first word.
    pub first: usize,
    /// Index of the last word.
    pub last: usize,
    /// What they name.
    pub kind: EntityKind,
    /// By how much the best other reading of one of the words is worse; above 0.
    pub margin: i32,
}

/// What the tagger says of an article.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// Names, by place.
    pub names: Vec<Tagged>,
    /// Of each word: by how much "no name" is better than the best name; below 0 in names. Empty
    /// where the tagger does not know the language.
    pub outside: Vec<i32>,
}

/// What a word adds to the scores of itself and of its neighbours.
#[derive(Clone, Debug)]
struct Effect {
    here: Scores,
    near: [Scores; features::NEAR.len()],
    far: [Scores; 2],
    keys: Keys,
}

impl Effect {
    fn of(piece: Piece<'_>) -> Self {
        let model = model::german();
        let traits = features::traits(piece);
        let mut effect = Self {
            here: Scores::default(),
            near: Default::default(),
            far: Default::default(),
            keys: traits.keys,
        };
        for attribute in traits.here {
            model.add(attribute, &mut effect.here);
        }
        for attribute in traits.near {
            for (place, scores) in effect.near.iter_mut().enumerate() {
                model.add(features::near(attribute, place), scores);
            }
        }
        for attribute in traits.far {
            for (side, scores) in effect.far.iter_mut().enumerate() {
                model.add(features::far(attribute, side), scores);
            }
        }
        effect
    }
}

/// Effects by word, and the room that tagging a sentence needs.
#[derive(Debug, Default)]
struct Memory {
    index: QuickMap<Box<str>, usize>,
    effects: Vec<Effect>,
    /// Effects of the sentence's words and marks, edges included.
    sentence: Vec<usize>,
    /// Index of the word in the document; marks have none.
    words: Vec<Option<usize>>,
    scores: Vec<Scores>,
    lattice: decode::Lattice,
}

thread_local! {
    static MEMORY: RefCell<Memory> = RefCell::default();
}

/// What the tagger says of `document`; nothing unless it is German.
#[must_use]
pub fn read(document: &Document<'_>) -> Reading {
    if document.language != Language::German {
        return Reading::default();
    }
    let mut reading = Reading { names: Vec::new(), outside: vec![0; document.tokens.len()] };
    MEMORY.with_borrow_mut(|memory| {
        let mut first = 0;
        while let Some(token) = document.tokens.get(first) {
            let length = document.tokens[first..].iter().take_while(|t| t.sentence == token.sentence).count();
            // Numbers of effects hold for a sentence only.
            if memory.effects.len() > REMEMBERED {
                *memory = Memory::default();
            }
            if length <= LONGEST {
                memory.gather(&document.tokens[first..first + length], first);
                if memory.sentence.len() <= LONGEST {
                    memory.tag(&mut reading);
                }
            }
            first += length;
        }
    });
    reading
}

impl Memory {
    /// Fills in the sentence made of `tokens`, the first of which is number `first`.
    fn gather(&mut self, tokens: &[Token<'_>], first: usize) {
        self.sentence.clear();
        self.words.clear();
        for (index, token) in tokens.iter().enumerate() {
            for mark in shape::marks(token.gap) {
                let effect = self.number(mark, || Piece::Mark(mark));
                self.sentence.push(effect);
                self.words.push(None);
            }
            let effect = self.number(token.text, || {
                Piece::Word(Word {
                    text: token.text,
                    class: token.class,
                    title: token.title,
                    is_derived: token.derived.is_some(),
                })
            });
            self.sentence.push(effect);
            self.words.push(Some(first + index));
        }
    }

    /// The number of what `text` does, worked out where it is new.
    fn number<'a>(&mut self, text: &str, piece: impl FnOnce() -> Piece<'a>) -> usize {
        if let Some(number) = self.index.get(text) {
            return *number;
        }
        let number = self.effects.len();
        self.effects.push(Effect::of(piece()));
        self.index.insert(text.into(), number);
        number
    }

    /// Tags the sentence that was gathered.
    fn tag(&mut self, reading: &mut Reading) {
        let model = model::german();
        let edge = self.number("", || Piece::Edge);
        let count = self.sentence.len();
        self.scores.clear();
        let at = |place: Option<usize>| {
            let number = place.and_then(|p| self.sentence.get(p)).copied().unwrap_or(edge);
            &self.effects[number]
        };
        let mut marks = features::Surroundings::default();
        for index in 0..count {
            let here = at(Some(index));
            let mut scores = here.here;
            for (place, distance) in features::NEAR.iter().enumerate() {
                scores.add(&at(index.checked_add_signed(*distance)).near[place]);
            }
            for distance in features::FAR {
                scores.add(&at(index.checked_sub(distance)).far[0]);
                scores.add(&at(Some(index + distance)).far[1]);
            }
            let window = [
                &at(index.checked_sub(2)).keys,
                &at(index.checked_sub(1)).keys,
                &here.keys,
                &at(Some(index + 1)).keys,
                &at(Some(index + 2)).keys,
            ];
            marks.meet(here.keys.mark);
            for attribute in features::joint(window, marks.place(index, count)) {
                model.add(attribute, &mut scores);
            }
            self.scores.push(scores);
        }
        let labels = self.lattice.best(&self.scores, &model.transitions);
        collect(labels, &self.words, reading);
    }
}

/// Writes the names among `labels` down; `words` says which word of the document each belongs to.
fn collect(labels: &[(Label, i32, i32)], words: &[Option<usize>], reading: &mut Reading) {
    let mut open: Option<(EntityKind, Tagged)> = None;
    for ((label, margin, outside), word) in labels.iter().zip(words) {
        let continues = label.is_inside() && open.is_some_and(|(kind, _)| Some(kind) == label.kind());
        if !continues {
            reading.names.extend(open.take().map(|(_, name)| name));
        }
        let Some(word) = *word else { continue };
        if let Some(place) = reading.outside.get_mut(word) {
            *place = *outside;
        }
        match (&mut open, label.kind()) {
            (Some((_, name)), _) if continues => {
                name.last = word;
                name.margin = name.margin.min(*margin);
            }
            (_, Some(kind)) => {
                open = Some((kind, Tagged { first: word, last: word, kind, margin: *margin }));
            }
            _ => {}
        }
    }
    reading.names.extend(open.map(|(_, name)| name));
}
