//! The words of an article with what the tables know of each.

use std::cell::RefCell;

use crate::model::{Draft, Language, ParagraphKind, Sentence};
use crate::text::quick::{QuickMap, QuickSet};
use crate::text::word::words;

use super::lexicon::{self, Class};
use super::role::{self, Title};

/// Words that a thread remembers: those of some dozen articles, a megabyte at most.
const REMEMBERED: usize = 7000;

/// What the tables know of a word.
#[derive(Clone, Copy, Debug)]
struct Known {
    class: Class,
    derived: Option<&'static str>,
    title: Title,
}

thread_local! {
    /// Most words of an article stood in one of those before: asking the tables again took a third
    /// of an analysis.
    static MEMORY: RefCell<[QuickMap<Box<str>, Known>; 3]> = RefCell::default();
}

/// What the tables know of `word`, remembered.
fn known(word: &str, language: Language) -> Known {
    MEMORY.with_borrow_mut(|memory| {
        let [german, english, other] = memory;
        let memory = match language {
            Language::German => german,
            Language::English => english,
            Language::Other => other,
        };
        if let Some(known) = memory.get(word) {
            return *known;
        }
        let is_small = word.starts_with(char::is_lowercase);
        let known = Known {
            class: if is_small { Class::default() } else { lexicon::classify(word, language) },
            derived: lexicon::derived(word, language),
            title: role::title(word, language),
        };
        if memory.len() >= REMEMBERED {
            memory.clear();
        }
        memory.insert(word.into(), known);
        known
    })
}

/// A word of the article.
#[derive(Clone, Copy, Debug)]
pub struct Token<'a> {
    /// The word; hyphens and apostrophes inside, `U.S.` whole.
    pub text: &'a str,
    /// First byte.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
    /// What stands between the word before in its sentence, or the sentence's start, and this one.
    pub gap: &'a str,
    /// Index of its sentence.
    pub sentence: usize,
    /// First word of its sentence, or behind a colon or an opening quotation mark: its capital
    /// letter says nothing.
    pub opens: bool,
    /// What the tables know of it; of a word with a small letter, nothing.
    pub class: Class,
    /// The place that it is an adjective or inhabitants' name of.
    pub derived: Option<&'static str>,
    /// What it says of a person it stands before.
    pub title: Title,
}

impl Token<'_> {
    /// Whether only white space parts it from the word before.
    #[must_use]
    pub fn follows(&self) -> bool {
        !self.gap.is_empty() && self.gap.chars().all(char::is_whitespace)
    }

    /// Whether it begins with a capital letter.
    #[must_use]
    pub fn is_capital(&self) -> bool {
        self.text.starts_with(char::is_uppercase)
    }

    /// Whether it is one capital letter that stands for a first name.
    #[must_use]
    pub fn is_initial(&self) -> bool {
        let mut chars = self.text.chars();
        chars.next().is_some_and(char::is_uppercase) && chars.next().is_none()
    }
}

/// The words of an article and what its own text says about them.
#[derive(Debug)]
pub struct Document<'a> {
    /// The article's text.
    pub text: &'a str,
    /// Its language.
    pub language: Language,
    /// Its words, in order.
    pub tokens: Vec<Token<'a>>,
    /// Words that also stand with a small letter.
    lower: QuickSet<&'a str>,
    /// How often each capitalised word stands where its capital says something.
    capital: QuickMap<&'a str, u32>,
}

impl<'a> Document<'a> {
    /// The words of `draft`. Credits and tails are left out: names there are not the story's.
    #[must_use]
    pub fn new(draft: &'a Draft, sentences: &[Sentence]) -> Self {
        let text = draft.text.as_str();
        let mut document = Self {
            text,
            language: draft.language,
            tokens: Vec::with_capacity(text.len() / 6),
            lower: QuickSet::default(),
            capital: QuickMap::default(),
        };
        for (index, sentence) in sentences.iter().enumerate() {
            let kind = draft.paragraphs.get(sentence.paragraph as usize).map(|p| p.kind);
            if matches!(kind, Some(ParagraphKind::Credit | ParagraphKind::Tail)) {
                continue;
            }
            document.read(index, sentence);
        }
        for token in &document.tokens {
            if token.text.starts_with(char::is_lowercase) {
                document.lower.insert(token.text);
            } else if token.is_capital() {
                *document.capital.entry(token.text).or_default() += u32::from(!token.opens);
            }
        }
        document
    }

    fn read(&mut self, index: usize, sentence: &Sentence) {
        let text = self.text;
        let base = sentence.span.start();
        let mut last_end = base;
        for range in joined(sentence.span.of(text)) {
            let (start, end) = (base + range.0, base + range.1);
            let word = text.get(start..end).unwrap_or_default();
            // German keeps its genitive -s in the name, English its possessive outside.
            let owner = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s"));
            let word = owner.filter(|_| self.language == Language::English).unwrap_or(word);
            let end = start + word.len();
            if is_address(text, start, end) {
                continue;
            }
            let gap = text.get(last_end..start).unwrap_or_default();
            let opens = last_end == base || gap.contains([':', '„', '«', '»', '“', '"', '•', '–']);
            let Known { class, derived, title } = known(word, self.language);
            let sentence = index;
            self.tokens.push(Token { text: word, start, end, gap, sentence, opens, class, derived, title });
            last_end = end;
        }
    }

    /// The word at `index`, where it belongs to sentence `sentence`.
    #[must_use]
    pub fn at(&self, index: usize, sentence: usize) -> Option<&Token<'a>> {
        self.tokens.get(index).filter(|t| t.sentence == sentence)
    }

    /// The word before `index` in the same sentence.
    #[must_use]
    pub fn before(&self, index: usize) -> Option<&Token<'a>> {
        let sentence = self.tokens.get(index)?.sentence;
        self.at(index.checked_sub(1)?, sentence)
    }

    /// The word behind `index` in the same sentence.
    #[must_use]
    pub fn after(&self, index: usize) -> Option<&Token<'a>> {
        let sentence = self.tokens.get(index)?.sentence;
        self.at(index + 1, sentence)
    }

    /// Whether the article also writes `word` with a small letter.
    #[must_use]
    pub fn has_lower(&self, word: &str) -> bool {
        self.lower.contains(word.to_lowercase().as_str())
    }

    /// How often `word` stands capitalised inside a sentence.
    #[must_use]
    pub fn capital_count(&self, word: &str) -> u32 {
        self.capital.get(word).copied().unwrap_or(0)
    }

    /// Whether `word` stands somewhere with a capital letter.
    #[must_use]
    pub fn has_capital(&self, word: &str) -> bool {
        self.capital.contains_key(word)
    }

    /// The text from the start of token `first` to the end of token `last`.
    #[must_use]
    pub fn words(&self, first: usize, last: usize) -> &'a str {
        match (self.tokens.get(first), self.tokens.get(last)) {
            (Some(a), Some(b)) => self.text.get(a.start..b.end).unwrap_or_default(),
            _ => "",
        }
    }
}

/// Word ranges with `U.S.` and its like joined, final stop included.
fn joined(sentence: &str) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    let is_letter = |range: (usize, usize)| {
        let mut chars = sentence.get(range.0..range.1).unwrap_or_default().chars();
        chars.next().is_some_and(char::is_uppercase) && chars.next().is_none()
    };
    let stop_at = |at: usize| sentence.get(at..).is_some_and(|rest| rest.starts_with('.'));
    let mut open_single = false;
    for range in words(sentence) {
        let range = (range.start, range.end);
        if let Some(last) = found.last_mut()
            && open_single
            && is_letter(range)
            && stop_at(last.1.saturating_sub(1).max(last.0))
            && last.1 == range.0
            && stop_at(range.1)
        {
            last.1 = range.1 + 1;
            continue;
        }
        if let Some(last) = found.last_mut()
            && is_letter(*last)
            && is_letter(range)
            && stop_at(last.1)
            && last.1 + 1 == range.0
            && stop_at(range.1)
        {
            last.1 = range.1 + 1;
            open_single = true;
            continue;
        }
        open_single = false;
        found.push(range);
    }
    found
}

/// Whether the word lies in a web or mail address. Looks at most 300 characters each way, so that
/// texts without spaces cost no more.
fn is_address(text: &str, start: usize, end: usize) -> bool {
    const REACH: usize = 300;
    let before = text.get(..start).unwrap_or_default();
    let behind = text.get(end..).unwrap_or_default();
    let open = before.chars().rev().take(REACH).take_while(|c| !c.is_whitespace());
    let open = start - open.map(char::len_utf8).sum::<usize>();
    let close = behind.chars().take(REACH).take_while(|c| !c.is_whitespace());
    let close = end + close.map(char::len_utf8).sum::<usize>();
    if close - open == end - start {
        return false;
    }
    let chunk = text.get(open..close).unwrap_or_default();
    chunk.contains("://") || chunk.starts_with("www.") || (chunk.contains('@') && chunk.contains('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(text: &str) -> Vec<&str> {
        joined(text).into_iter().filter_map(|r| text.get(r.0..r.1)).collect()
    }

    #[test]
    fn abbreviations_of_capitals_are_one_word() {
        assert_eq!(list("The U.S. and the U.S.S.R. met"), ["The", "U.S.", "and", "the", "U.S.S.R.", "met"]);
        assert_eq!(list("James F. Jeffrey"), ["James", "F", "Jeffrey"]);
        assert_eq!(list("J. K. Rowling"), ["J", "K", "Rowling"]);
    }

    #[test]
    fn addresses_are_no_words() {
        let text = "Siehe http://example.org/Berlin dort";
        assert!(is_address(text, text.find("Berlin").unwrap(), text.find("Berlin").unwrap() + 6));
        assert!(!is_address(text, 0, 5));
    }
}
