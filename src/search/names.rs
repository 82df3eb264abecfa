//! Names of one kind (outlets, persons, …): found by some of their words, with their articles.
//!
//! All words asked for must stand in the same name, so `person:"John Smith"` is not a John beside
//! a Smith.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::sync::OnceLock;

use memchr::memchr_iter;

use super::dictionary::{Dictionary, Growing};
use super::layout::{Directory, Piece, Tag, Writer};
use super::part::Part;
use super::postings::{Place, Posting, Postings, write_lists};
use super::token;

/// Distinct names with their articles.
#[derive(Debug)]
pub(super) struct Names {
    /// Words of the names; the places of its postings are numbers of names.
    pub words: Dictionary,
    /// Names in the order of their numbers, each closed by a line feed.
    list: Part,
    articles: Postings,
    /// Where every [`STRIDE`]th name begins, and where the last one ends.
    known: OnceLock<Vec<u64>>,
}

/// Names between two remembered places.
const STRIDE: usize = 16;

/// Names while they grow.
#[derive(Debug, Default)]
pub(super) struct GrowingNames {
    names: Growing,
}

impl GrowingNames {
    /// Adds `name` to the article at `place`; places ascend.
    pub fn push(&mut self, name: &str, place: Place) {
        let number = if name.contains('\n') {
            self.names.number(&name.replace('\n', " "))
        } else {
            self.names.number(name)
        };
        self.names.push(number, Posting { place, count: 1, title: 0 });
    }

    /// Takes in all of `names` whose articles are still wanted, under their new places.
    pub fn absorb(&mut self, names: &Names, moved: &dyn Fn(Place) -> Option<Place>) {
        let list = names.list.load();
        let text = std::str::from_utf8(list.as_ref()).unwrap_or_default();
        for (number, name) in (0..).zip(text.lines()) {
            for place in names.articles.of(number).iter().filter_map(|p| moved(p.place)) {
                self.push(name, place);
            }
        }
    }

    /// About how much memory it takes.
    pub fn bytes(&self) -> usize {
        self.names.bytes()
    }

    /// Writes the names under the number of their dictionary.
    pub fn write<W: Write>(&self, out: &mut Writer<W>, dictionary: u16) -> io::Result<()> {
        let names = self.names.ordered();
        let mut words = Growing::default();
        let mut list = String::new();
        for number in 0..names.len() {
            let name = names.key(number);
            list.push_str(name);
            list.push('\n');
            let mut own = BTreeSet::new();
            token::each(name, |_, key| {
                own.insert(key.to_owned());
            });
            let place = Place::try_from(number).unwrap_or(Place::MAX);
            for key in own {
                let word = words.number(&key);
                words.push(word, Posting { place, count: 1, title: 0 });
            }
        }
        words.write(out, dictionary)?;
        out.part(Tag::of(dictionary, Piece::Names), list.as_bytes())?;
        let tags = [Tag::of(dictionary, Piece::ArticleLengths), Tag::of(dictionary, Piece::Articles)];
        write_lists(out, tags, names.len(), |number, list| names.fill(number, list))
    }
}

impl Names {
    /// The names under the number of their dictionary.
    pub fn new(directory: &Directory, dictionary: u16) -> Self {
        let part = |piece| directory.part(Tag::of(dictionary, piece));
        Self {
            words: Dictionary::new(directory, dictionary),
            list: part(Piece::Names),
            articles: Postings::new(part(Piece::ArticleLengths), part(Piece::Articles)),
            known: OnceLock::new(),
        }
    }

    /// The name of this number; empty where there is none.
    pub fn name(&self, number: u32) -> String {
        let known = self.known.get_or_init(|| {
            let list = self.list.load();
            let ends = memchr_iter(b'\n', list.as_ref()).map(|end| end as u64 + 1);
            let mut known: Vec<u64> = std::iter::once(0).chain(ends).step_by(STRIDE).collect();
            known.push(list.as_ref().len() as u64);
            known
        });
        let number = number as usize;
        let Some([from, to]) = known.get(number / STRIDE..number / STRIDE + 2) else {
            return String::new();
        };
        let names = self.list.read(*from..*to);
        let name = names.split(|&byte| byte == b'\n').nth(number % STRIDE);
        name.and_then(|name| std::str::from_utf8(name).ok()).unwrap_or_default().to_owned()
    }

    /// What the name's list of articles takes: the more articles, the more; nothing is read for it.
    pub fn weight(&self, number: u32) -> u64 {
        self.articles.bytes_of(number)
    }

    /// How many articles of the name are those that `is_live`.
    pub fn count(&self, number: u32, is_live: impl Fn(Place) -> bool) -> usize {
        self.articles.of(number).iter().filter(|p| is_live(p.place)).count()
    }

    /// How many of the names with this word have an article that `is_live`.
    pub fn left(&self, term: u32, is_live: impl Fn(Place) -> bool) -> u32 {
        let names = self.words.postings.of(term);
        let left =
            names.iter().filter(|n| self.articles.of(n.place).iter().any(|p| is_live(p.place))).count();
        u32::try_from(left).unwrap_or(u32::MAX)
    }

    /// The articles of the names that have, for each asked word, one of its terms; ascending.
    pub fn articles_of(&self, asked: &[Vec<u32>]) -> Vec<Place> {
        let mut names: Option<BTreeSet<u32>> = None;
        for terms in asked {
            let mut of_word = BTreeSet::new();
            for &term in terms {
                of_word.extend(self.words.postings.of(term).iter().map(|p| p.place));
            }
            names = Some(match names {
                Some(names) => names.intersection(&of_word).copied().collect(),
                None => of_word,
            });
        }
        let mut articles = Vec::new();
        for name in names.into_iter().flatten() {
            articles.extend(self.articles.of(name).iter().map(|p| p.place));
        }
        articles.sort_unstable();
        articles.dedup();
        articles
    }
}
