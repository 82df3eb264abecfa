//! A part of the index that no longer changes: its dictionaries and what is kept of each article.

use std::io;

use super::cards::Cards;
use super::dictionary::Dictionary;
use super::layout::{Directory, Tag};
use super::names::Names;
use super::part::Medium;
use super::query::NameField;

/// Number of the dictionary of all words.
pub(super) const WORDS: u16 = 0;
/// Number of the dictionary of words of titles.
pub(super) const TITLES: u16 = 1;
/// Number of the first dictionary of names.
pub(super) const NAMES: u16 = 2;
/// Kinds of names.
pub(super) const KINDS: usize = 4;

/// Articles that were indexed together.
#[derive(Debug)]
pub(super) struct Segment {
    /// The articles, by place.
    pub cards: Cards,
    /// Words of title, text, entities and outlet.
    pub words: Dictionary,
    /// Words of titles only.
    pub titles: Dictionary,
    /// Names by kind.
    pub names: [Names; KINDS],
    directory: Directory,
}

impl Segment {
    /// A segment whose parts are loaded when they are first asked for.
    ///
    /// # Errors
    /// Where the bytes are no segment of this form, or cut.
    pub fn open(medium: Medium) -> io::Result<Self> {
        let directory = Directory::read(medium)?;
        Ok(Self {
            cards: Cards::new(directory.part(Tag::CARDS)),
            words: Dictionary::new(&directory, WORDS),
            titles: Dictionary::new(&directory, TITLES),
            names: [NAMES, NAMES + 1, NAMES + 2, NAMES + 3].map(|number| Names::new(&directory, number)),
            directory,
        })
    }

    /// The names of `field`; `None` for titles, which are words.
    pub fn names(&self, field: NameField) -> Option<&Names> {
        kind(field).and_then(|k| self.names.get(k))
    }

    /// Words of all articles together.
    pub fn length(&self) -> u64 {
        self.directory.words
    }

    /// What tells its bytes from those of other segments.
    pub fn sum(&self) -> u64 {
        self.directory.sum
    }

    /// Its bytes and whether they were found damaged.
    pub fn medium(&self) -> &Medium {
        &self.directory.medium
    }
}

/// Place of a kind of names among those of a segment.
pub(super) fn kind(field: NameField) -> Option<usize> {
    match field {
        NameField::Source => Some(0),
        NameField::Person => Some(1),
        NameField::Place => Some(2),
        NameField::Organisation => Some(3),
        NameField::Title => None,
    }
}
