//! From the characters of a query to its clauses.

use std::ops::Range;

use jiff::civil::Date;

use crate::model::{Span, StoryId};

use super::day::{self, Days};
use super::field::{self, Field};
use super::query::{Chip, Clause, NameField, Problem, QueryError, Word};

/// Brackets inside each other; nobody types more.
const MAX_DEPTH: usize = 24;
/// Words, phrases and fields of one query.
const MAX_CLAUSES: usize = 200;

/// Opening quotation marks with those that close them.
const QUOTES: &[(char, &[char])] =
    &[('"', &['"']), ('„', &['“', '”', '"']), ('“', &['”', '"']), ('«', &['»']), ('»', &['«'])];

pub(super) fn parse(text: &str, today: Date) -> Result<(Option<Clause>, Vec<Chip>), QueryError> {
    let mut parser = Parser { text, at: 0, today, chips: Vec::new(), clauses: 0 };
    let clause = parser.all(0, false)?;
    if parser.peek() == Some(')') {
        return Err(parser.wrong(parser.at, Problem::StrayBracket));
    }
    Ok((clause, parser.chips))
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    today: Date,
    chips: Vec<Chip>,
    clauses: usize,
}

impl Parser<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn skip_space(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
    }

    fn wrong(&self, at: usize, problem: Problem) -> QueryError {
        let column = self.text.get(..at).unwrap_or(self.text).chars().count() + 1;
        QueryError { column, problem }
    }

    /// Clauses side by side, up to a closing bracket or the end.
    fn all(&mut self, depth: usize, negated: bool) -> Result<Option<Clause>, QueryError> {
        if depth > MAX_DEPTH {
            return Err(self.wrong(self.at, Problem::TooDeep));
        }
        let mut all: Vec<Clause> = Vec::new();
        // The clause before an OR and the OR's place, while its right side is awaited.
        let mut or: Option<usize> = None;
        loop {
            self.skip_space();
            if matches!(self.peek(), None | Some(')')) {
                break;
            }
            if let Some(length) = self.or_here() {
                if all.is_empty() || or.is_some() {
                    return Err(self.wrong(self.at, Problem::LonelyOr));
                }
                or = Some(self.at);
                self.at += length;
                continue;
            }
            let Some(clause) = self.one(depth, negated)? else { continue };
            match (or.take(), all.pop()) {
                (Some(_), Some(Clause::Any(mut any))) => {
                    any.push(clause);
                    all.push(Clause::Any(any));
                }
                (Some(_), Some(left)) => all.push(Clause::Any(vec![left, clause])),
                (_, left) => {
                    all.extend(left);
                    all.push(clause);
                }
            }
        }
        if let Some(at) = or {
            return Err(self.wrong(at, Problem::LonelyOr));
        }
        Ok(if all.len() > 1 { Some(Clause::All(all)) } else { all.pop() })
    }

    /// Length of an `OR` standing here as a word of its own.
    fn or_here(&self) -> Option<usize> {
        let rest = self.rest();
        ["OR", "ODER"].iter().find_map(|or| {
            let behind = rest.strip_prefix(or)?.chars().next();
            behind.is_none_or(|c| c.is_whitespace() || c == '(' || c == ')').then_some(or.len())
        })
    }

    /// One clause; `None` where only a lone sign stood.
    fn one(&mut self, depth: usize, negated: bool) -> Result<Option<Clause>, QueryError> {
        self.clauses += 1;
        if self.clauses > MAX_CLAUSES {
            return Err(self.wrong(self.at, Problem::TooLong));
        }
        let start = self.at;
        let minus = self.peek() == Some('-');
        if minus {
            self.at += 1;
            if self.peek().is_none_or(|c| c.is_whitespace() || c == ')') {
                return Ok(None);
            }
        }
        let clause = self.positive(depth, start, negated != minus)?;
        Ok(match clause {
            Some(clause) if minus => Some(Clause::Not(Box::new(clause))),
            other => other,
        })
    }

    fn positive(&mut self, depth: usize, start: usize, negated: bool) -> Result<Option<Clause>, QueryError> {
        let open = self.at;
        if self.peek() == Some('(') {
            self.at += 1;
            let clause = self.all(depth + 1, negated)?;
            if self.peek() != Some(')') {
                return Err(self.wrong(open, Problem::OpenBracket));
            }
            self.at += 1;
            return Ok(clause);
        }
        if let Some(inside) = self.quoted()? {
            let phrase = self.text.get(inside).unwrap_or_default().to_owned();
            let near = self.nearness();
            let clause = match near {
                Some(others) => Clause::Near(phrase, others),
                None => Clause::Phrase(phrase),
            };
            let asks = matches!(&clause, Clause::Near(words, _) | Clause::Phrase(words) if has_word(words));
            return Ok(asks.then_some(clause));
        }
        if let Some((names, field, length)) = self.field() {
            self.at += length;
            return self.value(start, names, field, negated).map(Some);
        }
        let exact = self.peek() == Some('=');
        let raw = self.bare();
        let word = self.text.get(raw.clone()).unwrap_or_default();
        let word = if exact { word.trim_start_matches('=') } else { word };
        if !has_word(word) {
            return Ok(None);
        }
        let word = Word { text: word.to_owned(), exact, open: !exact && raw.end == self.text.len() };
        Ok(Some(Clause::Word(word)))
    }

    /// The number of a `~5` that stands here; moves behind it.
    fn nearness(&mut self) -> Option<u32> {
        let digits = self.rest().strip_prefix('~')?;
        let length = digits.bytes().take_while(u8::is_ascii_digit).count();
        let others = digits.get(..length)?.parse().ok()?;
        self.at += 1 + length;
        Some(others)
    }

    /// The known field that begins here, with the length of its name and colon.
    fn field(&self) -> Option<(&'static str, Field, usize)> {
        let name: String = self.rest().chars().take_while(char::is_ascii_alphabetic).collect();
        if self.rest().as_bytes().get(name.len()) != Some(&b':') {
            return None;
        }
        let (english, field) = field::named(&name)?;
        Some((english, field, name.len() + 1))
    }

    fn value(
        &mut self,
        start: usize,
        name: &'static str,
        field: Field,
        negated: bool,
    ) -> Result<Clause, QueryError> {
        let at = self.at;
        let exact = self.peek() == Some('=');
        self.at += usize::from(exact);
        let (range, quoted) = match self.quoted()? {
            Some(inside) => (inside, true),
            None => (self.bare(), false),
        };
        let value = self.text.get(range.clone()).unwrap_or_default().trim().to_owned();
        let open = !quoted && !exact && range.end == self.text.len();
        if !has_word(&value) {
            return Err(self.wrong(at, Problem::NoValue(name)));
        }
        let bad = || self.wrong(at, Problem::BadValue(name, value.clone()));
        let days =
            || day::read(&value, self.today).ok_or_else(|| self.wrong(at, Problem::BadDate(value.clone())));
        let clause = match field {
            Field::Name(NameField::Title) if quoted => {
                Clause::Named(NameField::Title, Word { text: value.clone(), exact: true, open: false })
            }
            Field::Name(field) => Clause::Named(field, Word { text: value.clone(), exact, open }),
            Field::Language => Clause::Language(field::language(&value).ok_or_else(bad)?),
            Field::Story => Clause::Story(StoryId(value.parse().map_err(|_| bad())?)),
            Field::Tag => Clause::Tag(value.clone()),
            Field::State => Clause::State(field::state(&value).ok_or_else(bad)?),
            Field::Since => Clause::Between(Some(days()?.first), None),
            Field::Until => Clause::Between(None, Some(days()?.last)),
            Field::Before => {
                let Days { first, .. } = days()?;
                Clause::Between(None, Some(first.yesterday().unwrap_or(first)))
            }
            Field::After => {
                let Days { last, .. } = days()?;
                Clause::Between(Some(last.tomorrow().unwrap_or(last)), None)
            }
        };
        if let Some(span) = Span::new(self.text, start..self.at) {
            self.chips.push(Chip { span, field: name, value, negated });
        }
        Ok(clause)
    }

    /// What stands in quotation marks here; moves behind them.
    fn quoted(&mut self) -> Result<Option<Range<usize>>, QueryError> {
        let Some((open, closers)) = self.peek().and_then(|c| QUOTES.iter().find(|(q, _)| *q == c)) else {
            return Ok(None);
        };
        let inside = self.at + open.len_utf8();
        let rest = self.text.get(inside..).unwrap_or_default();
        let Some((length, closer)) = rest.char_indices().find(|(_, c)| closers.contains(c)) else {
            return Err(self.wrong(self.at, Problem::OpenQuote));
        };
        self.at = inside + length + closer.len_utf8();
        Ok(Some(inside..inside + length))
    }

    /// Everything up to white space or a bracket; moves behind it.
    fn bare(&mut self) -> Range<usize> {
        let start = self.at;
        let rest = self.rest();
        let length = rest.find(|c: char| c.is_whitespace() || c == '(' || c == ')').unwrap_or(rest.len());
        self.at += length;
        start..self.at
    }
}

fn has_word(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use crate::model::Locale;
    use crate::search::{Query, State};

    use super::*;

    fn clause(text: &str) -> Clause {
        Query::parse(text, date(2015, 9, 20)).unwrap().clause.expect("the query asks for something")
    }

    fn mistake(text: &str) -> QueryError {
        Query::parse(text, date(2015, 9, 20)).unwrap_err()
    }

    fn word(text: &str) -> Clause {
        Clause::Word(Word { text: text.to_owned(), exact: false, open: false })
    }

    fn open(text: &str) -> Clause {
        Clause::Word(Word { text: text.to_owned(), exact: false, open: true })
    }

    #[test]
    fn or_binds_closer_than_a_space() {
        assert_eq!(
            clause("syria russia OR moscow "),
            Clause::All(vec![word("syria"), Clause::Any(vec![word("russia"), word("moscow")])])
        );
        assert_eq!(clause("a OR b ODER c"), Clause::Any(vec![word("a"), word("b"), open("c")]));
        assert_eq!(clause("ORF "), word("ORF"));
    }

    #[test]
    fn minus_excludes_words_phrases_fields_and_brackets() {
        let not = |c| Clause::Not(Box::new(c));
        assert_eq!(clause("a -b "), Clause::All(vec![word("a"), not(word("b"))]));
        assert_eq!(clause("-\"a b\""), not(Clause::Phrase("a b".to_owned())));
        assert_eq!(clause("-(a b)"), not(Clause::All(vec![word("a"), word("b")])));
        assert_eq!(clause("-is:read"), not(Clause::State(State::Read)));
        assert_eq!(clause("a - b-c "), Clause::All(vec![word("a"), word("b-c")]));
    }

    #[test]
    fn fields_have_german_names() {
        for (german, english) in [
            ("quelle:welt ", "source:welt "),
            ("ort:London ", "place:London "),
            ("titel:Wahl ", "title:Wahl "),
            ("sprache:deutsch", "lang:de"),
            ("thema:7", "story:7"),
            ("seit:19.9.2015", "since:2015-09-19"),
            ("bis:19.09.2015", "until:2015-09-19"),
            ("vor:2015-09-19", "until:2015-09-18"),
            ("nach:2015-09-19", "since:2015-09-20"),
            ("ist:ungelesen", "is:unread"),
            ("IST:Gelesen", "is:read"),
            ("ist:markiert", "is:starred"),
            ("ist:neu", "is:new"),
            ("ist:notiert", "is:noted"),
            ("schlagwort:\"Zu lesen\"", "tag:\"Zu lesen\""),
            ("etikett:wahl", "tag:wahl"),
        ] {
            assert_eq!(clause(german), clause(english), "{german}");
        }
    }

    #[test]
    fn an_unknown_field_is_a_plain_word() {
        assert_eq!(clause("foo:bar "), word("foo:bar"));
        assert_eq!(clause("http://x.de/ "), word("http://x.de/"));
    }

    #[test]
    fn values_may_be_quoted_and_words_exact() {
        let named = |text: &str, exact| {
            Clause::Named(NameField::Source, Word { text: text.to_owned(), exact, open: false })
        };
        assert_eq!(clause("source:\"Neue Zürcher\""), named("Neue Zürcher", false));
        assert_eq!(clause("quelle:„Die Zeit“"), named("Die Zeit", false));
        assert_eq!(clause("=Wahl"), Clause::Word(Word { text: "Wahl".to_owned(), exact: true, open: false }));
    }

    #[test]
    fn a_number_behind_a_phrase_asks_for_words_near_each_other() {
        let near = |words: &str, others| Clause::Near(words.to_owned(), others);
        assert_eq!(clause("\"a b\"~5"), near("a b", 5));
        assert_eq!(clause("„a b“~12 c "), Clause::All(vec![near("a b", 12), word("c")]));
        assert_eq!(clause("\"a b\" ~5 "), Clause::All(vec![Clause::Phrase("a b".to_owned()), word("~5")]));
    }

    #[test]
    fn mistakes_point_at_their_column() {
        for (text, column, problem) in [
            ("größe \"a b", 7, Problem::OpenQuote),
            ("a (b", 3, Problem::OpenBracket),
            ("a b)", 4, Problem::StrayBracket),
            ("OR a", 1, Problem::LonelyOr),
            ("a OR OR b", 6, Problem::LonelyOr),
            ("a OR", 3, Problem::LonelyOr),
            ("a source: b", 10, Problem::NoValue("source")),
            ("since:gestern?", 7, Problem::BadDate("gestern?".to_owned())),
            ("is:foo", 4, Problem::BadValue("is", "foo".to_owned())),
            ("story:x", 7, Problem::BadValue("story", "x".to_owned())),
        ] {
            assert_eq!(mistake(text), QueryError { column, problem }, "{text}");
        }
        assert!(mistake("since:32.1.2015").message(Locale::German).contains("kein Tag"));
        assert!(mistake("\"").is_unfinished() && !mistake(")").is_unfinished());
    }

    #[test]
    fn chips_name_the_recognised_fields() {
        let text = "é -quelle:\"die welt\" x";
        let query = Query::parse(text, date(2015, 9, 20)).unwrap();
        let [chip] = query.chips() else { panic!("one field") };
        assert_eq!(chip.span.of(text), "-quelle:\"die welt\"");
        assert_eq!((chip.field, chip.value.as_str(), chip.negated), ("source", "die welt", true));
    }

    #[test]
    fn depth_and_length_are_bounded() {
        assert_eq!(mistake(&"(".repeat(100_000)).problem, Problem::TooDeep);
        assert_eq!(mistake(&"a ".repeat(5_000)).problem, Problem::TooLong);
    }

    #[test]
    fn nothing_asked_is_no_mistake() {
        for text in ["", "  ", "-", "()", "\"\"", "=", "?!"] {
            assert!(Query::parse(text, date(2015, 9, 20)).unwrap().is_empty(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_input_is_read_or_refused(text in r#"([a-zäß]{0,3}|[()"„“=:.-]|OR|is:|since:|quelle:| |[0-9]{1,4}|\PC){0,14}"#) {
            match Query::parse(&text, date(2015, 9, 20)) {
                Ok(query) => for chip in query.chips() {
                    prop_assert!(!chip.span.of(&text).is_empty());
                },
                Err(error) => {
                    prop_assert!(error.column >= 1 && error.column <= text.chars().count() + 1);
                    prop_assert!(!error.message(Locale::German).is_empty());
                }
            }
        }
    }
}
