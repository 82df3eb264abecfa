//! The noun phrase around a name.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::words::{ends_like_person, is_article, is_kind_of_place, is_no_title, is_office};
use crate::compare::Analysed;
use crate::model::{EntityKind, Mention, MentionForm, Span};
use crate::text::word::words;

/// An article with its words.
pub(super) struct Page<'a> {
    pub article: Analysed<'a>,
    pub words: Vec<Range<usize>>,
    /// Last names that stand for full names of other articles.
    full_names: BTreeMap<String, String>,
}

/// Titles before a name: more nouns in a row are something else.
const TITLES: usize = 2;
const ADJECTIVES: usize = 3;

impl<'a> Page<'a> {
    /// The pages of `articles`; a person known by the last name only in one of them is the one
    /// person of the others with that name.
    pub fn all(articles: &[Analysed<'a>]) -> Vec<Self> {
        let persons: BTreeSet<&str> = articles
            .iter()
            .flat_map(|a| &a.analysis.entities)
            .filter(|e| e.kind == EntityKind::Person)
            .map(|e| e.canonical.as_str())
            .collect();
        let mut full_names = BTreeMap::new();
        for short in persons.iter().filter(|p| !p.contains(' ')) {
            let mut full = persons.iter().filter(|p| {
                p.contains(' ') && p.strip_suffix(short).is_some_and(|lead| lead.ends_with([' ', '-']))
            });
            if let (Some(one), None) = (full.next(), full.next()) {
                full_names.insert((*short).to_owned(), (*one).to_owned());
            }
        }
        articles
            .iter()
            .map(|&article| Self {
                article,
                words: words(&article.draft.text),
                full_names: full_names.clone(),
            })
            .collect()
    }

    /// The full name behind `canonical`.
    pub fn full<'s>(&'s self, canonical: &'s str) -> &'s str {
        self.full_names.get(canonical).map_or(canonical, String::as_str)
    }

    /// The full name of whom `mention` means; its words where it means nobody known.
    pub fn canonical(&self, mention: &Mention) -> String {
        let entity = self.article.analysis.entities.get(mention.entity as usize);
        entity.map_or_else(|| mention.span.of(self.text()), |e| self.full(&e.canonical)).to_owned()
    }

    pub fn text(&self) -> &'a str {
        &self.article.draft.text
    }

    pub fn word(&self, at: usize) -> &'a str {
        self.words.get(at).and_then(|w| self.text().get(w.clone())).unwrap_or_default()
    }

    /// The word that holds byte `offset`, or the next.
    pub fn word_at(&self, offset: usize) -> usize {
        self.words.partition_point(|w| w.end <= offset)
    }

    /// What stands between word `at` and the one before it.
    fn gap(&self, at: usize) -> &'a str {
        let end = self.words.get(at).map_or(0, |w| w.start);
        let start = at.checked_sub(1).and_then(|b| self.words.get(b)).map_or(end, |w| w.end);
        self.text().get(start..end).unwrap_or_default()
    }

    /// Whether words `at - 1` and `at` stand side by side, an opening quotation mark aside.
    pub fn is_joined(&self, at: usize) -> bool {
        let gap = self.gap(at);
        at > 0
            && !gap.is_empty()
            && !gap.contains('\n')
            && gap.chars().all(|c| c.is_whitespace() || is_opening(c))
    }

    /// Whether word `at` opens a sentence or paragraph.
    pub fn opens(&self, at: usize) -> bool {
        let Some(start) = self.words.get(at).map(|w| w.start) else { return false };
        let sentences = &self.article.analysis.sentences;
        let after = sentences.partition_point(|s| s.span.start() <= start);
        after.checked_sub(1).and_then(|i| sentences.get(i)).is_some_and(|s| {
            let lead = self.text().get(s.span.start()..start).unwrap_or_default();
            lead.chars().all(|c| !c.is_alphanumeric())
        })
    }

    /// The mention of form `form` that covers word `at`, where there is one.
    pub fn mention(&self, at: usize, form: MentionForm) -> Option<&'a Mention> {
        let word = self.words.get(at)?;
        let mentions = &self.article.analysis.mentions;
        let after = mentions.partition_point(|m| m.span.start() < word.end);
        mentions[after.saturating_sub(5)..after].iter().rev().find(|m| {
            m.form == form
                && m.span.end() > word.start
                && (form == MentionForm::Part || m.span.start() <= word.start)
        })
    }

    pub fn kind(&self, mention: &Mention) -> Option<EntityKind> {
        self.article.analysis.entities.get(mention.entity as usize).map(|e| e.kind)
    }

    /// Whether a name that ends at `end` is a genitive: its entity is named without the -s.
    pub fn is_genitive(&self, end: usize) -> bool {
        let analysis = self.article.analysis;
        let Some(mention) =
            analysis.mentions.iter().find(|m| m.span.end() == end && m.form == MentionForm::Name)
        else {
            return false;
        };
        let surface = mention.span.of(self.text());
        let base = surface.trim_end_matches(['’', '\'']);
        let Some(base) = base.strip_suffix('s').map(|b| b.trim_end_matches(['’', '\''])) else {
            return false;
        };
        let canonical = analysis.entities.get(mention.entity as usize).map_or("", |e| e.canonical.as_str());
        canonical.ends_with(base)
            || analysis.mentions.iter().any(|m| m.entity == mention.entity && m.span.of(self.text()) == base)
    }

    /// The words from the first adjective or title to the end of the name.
    pub fn noun_phrase(&self, mention: &Mention) -> Option<Span> {
        let name = self.word_at(mention.span.start());
        let start =
            if self.is_genitive(mention.span.end()) { name } else { self.phrase_start(name, mention) };
        self.span(start, mention.span)
    }

    /// From the start of word `first` to the end of `name`, with the closing mark of a quotation
    /// that opens between them.
    fn span(&self, first: usize, name: Span) -> Option<Span> {
        let start = self.words.get(first).map_or(name.start(), |w| w.start).min(name.start());
        let lead = self.text().get(start..name.start()).unwrap_or_default();
        let mut end = name.end();
        if lead.contains(is_opening)
            && let Some(mark) =
                self.text().get(end..).and_then(|t| t.chars().next()).filter(|c| is_closing(*c))
        {
            end += mark.len_utf8();
        }
        Span::new(self.text(), start..end)
    }

    /// First word of the phrase whose name begins at word `name`.
    fn phrase_start(&self, name: usize, mention: &Mention) -> usize {
        let mut at = name;
        if let Some(role) = mention.role.as_deref() {
            // The role right before the name, however many words it has.
            let lead = self.text().get(..mention.span.start()).unwrap_or_default();
            let lead = lead.trim_end_matches(|c: char| c.is_whitespace() || is_opening(c));
            if let Some(before) = lead.strip_suffix(role) {
                at = self.word_at(before.len());
            }
        }
        let titled = at < name;
        let place = self.kind(mention) == Some(EntityKind::Place);
        if !titled {
            for _ in 0..TITLES {
                if !(self.is_joined(at)
                    && self.is_title(at - 1)
                    && (!place || is_kind_of_place(&self.word(at - 1).to_lowercase())))
                {
                    break;
                }
                at -= 1;
            }
        }
        let start = self.adjectives(at);
        if at < name && !titled && !self.is_believable(at, start, name) {
            return self.adjectives(name);
        }
        if at < name && start == at {
            // `Bayerns Ministerpräsident X`
            return self.owner(at).unwrap_or(at);
        }
        start
    }

    /// Whether word `at` can be a noun before a name.
    fn is_title(&self, at: usize) -> bool {
        let word = self.word(at);
        word.starts_with(char::is_uppercase)
            && word.chars().count() >= 3
            && !is_no_title(&word.to_lowercase())
            && !is_article(&word.to_lowercase())
            && self.mention(at, MentionForm::Name).is_none()
            && self.mention(at, MentionForm::Derived).is_none()
    }

    /// Whether the nouns from `at` to `name` are a title: an article leads to them, they open the
    /// sentence, are a compound, or end like a word for a person.
    fn is_believable(&self, at: usize, start: usize, name: usize) -> bool {
        let last = self.word(name - 1);
        let article =
            start.checked_sub(1).is_some_and(|b| self.is_joined(start) && is_plain_article(self.word(b)));
        article
            || start < at
            || self.opens(at)
            || last.contains('-')
            || ends_like_person(&last.to_lowercase())
    }

    /// First adjective of those before word `at`; `at` itself where no article leads to them.
    pub fn adjectives(&self, at: usize) -> usize {
        let mut first = at;
        for _ in 0..ADJECTIVES {
            if !(self.is_joined(first) && self.is_adjective(first - 1)) {
                break;
            }
            first -= 1;
        }
        // `der 55 Jahre alte X`
        if first < at && first > 1 && self.word(first - 1) == "Jahre" && self.is_joined(first) {
            first -= 2;
        }
        let led = first
            .checked_sub(1)
            .is_some_and(|b| self.is_joined(first) && is_article(&self.word(b).to_lowercase()));
        let country = (first..at).any(|w| self.mention(w, MentionForm::Derived).is_some());
        if first < at && (led || country) { first } else { at }
    }

    fn is_adjective(&self, at: usize) -> bool {
        let word = self.word(at);
        let derived = self.mention(at, MentionForm::Derived).is_some();
        derived
            || word.chars().count() >= 4
                && word.chars().next().is_some_and(char::is_lowercase)
                && word.ends_with(['e', 'n', 'r', 's', 'm'])
                && !is_article(word)
                && !is_no_title(word)
    }

    /// The genitive name before word `at`, by its first word.
    pub fn owner(&self, at: usize) -> Option<usize> {
        if !self.is_joined(at) {
            return None;
        }
        let name = self.mention(at - 1, MentionForm::Name)?;
        let whole = name.span.end() == self.words.get(at - 1)?.end;
        let genitive = name.span.of(self.text()).ends_with(['s', '’', '\'']);
        (whole && genitive).then(|| self.word_at(name.span.start()))
    }

    /// The compound that `part` belongs to, unless it is the title of a person named behind it.
    pub fn compound(&self, part: &Mention) -> Option<Span> {
        let at = self.word_at(part.span.start());
        let word = self.words.get(at)?.clone();
        let title = self.is_joined(at + 1)
            && self
                .mention(at + 1, MentionForm::Name)
                .is_some_and(|m| self.kind(m) == Some(EntityKind::Person));
        (!title && !is_office(&self.word(at).to_lowercase()) && word.start == part.span.start())
            .then(|| Span::new(self.text(), word))?
    }
}

fn is_plain_article(word: &str) -> bool {
    let low = word.to_lowercase();
    is_article(&low) && !matches!(low.as_str(), "im" | "am" | "zum" | "zur")
}

fn is_opening(c: char) -> bool {
    matches!(c, '„' | '“' | '"' | '»' | '«' | '‚' | '‘')
}

fn is_closing(c: char) -> bool {
    matches!(c, '“' | '”' | '"' | '»' | '«' | '‘' | '’')
}
