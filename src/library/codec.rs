//! An analysis as bytes: numbers as varints, spans as steps from the end of the one before, words by
//! their place where they stand in the text.
//!
//! Reading checks every span against the text; what does not fit makes the whole analysis unknown,
//! so that it is made again rather than shown wrong.

use jiff::civil::Date;

use crate::model::{
    Analysis, Entity, EntityKind, Figure, FigureValue, Mention, MentionForm, Quote, QuoteKind, Sentence, Span,
};

/// Number of the form, and of the rules that made the content: an analysis with another number is
/// made again. To be raised when either changes.
pub(super) const FORM: i64 = 2;

/// The analysis of `text` as bytes.
pub(super) fn encode(analysis: &Analysis, text: &str) -> Vec<u8> {
    let mut out = Writer { bytes: Vec::new(), text, last: 0 };
    out.list(&analysis.sentences, |out, s| {
        out.span(s.span);
        out.number(u64::from(s.paragraph));
    });
    out.list(&analysis.entities, |out, e| {
        out.number(kind_number(e.kind));
        out.word(&e.canonical);
        out.list(&e.roles, |out, role| out.word(role));
    });
    out.list(&analysis.mentions, |out, m| {
        out.span(m.span);
        out.number(u64::from(m.entity));
        out.number(match m.form {
            MentionForm::Name => 0,
            MentionForm::Part => 1,
            MentionForm::Derived => 2,
        });
        out.maybe(m.role.as_deref());
    });
    out.list(&analysis.quotes, |out, q| {
        out.span(q.span);
        out.number(match q.kind {
            QuoteKind::Direct => 0,
            QuoteKind::Fragment => 1,
            QuoteKind::Indirect => 2,
            QuoteKind::Attributed => 3,
        });
        out.maybe(q.speaker.as_deref());
        out.maybe(q.cue.as_deref());
    });
    out.list(&analysis.figures, |out, f| {
        out.span(f.span);
        match &f.value {
            FigureValue::Date { from, to } => {
                out.number(0);
                out.date(*from);
                out.date(*to);
            }
            FigureValue::Number { low, high, counted } => {
                if let Some(whole) = whole(*low).filter(|_| low.to_bits() == high.to_bits()) {
                    out.number(2);
                    out.number(whole);
                } else {
                    out.number(1);
                    out.bytes.extend(low.to_le_bytes());
                    out.bytes.extend(high.to_le_bytes());
                }
                out.maybe(counted.as_deref());
            }
        }
    });
    out.bytes
}

/// The analysis of `text` in `bytes`; `None` where they do not fit each other.
pub(super) fn decode(bytes: &[u8], text: &str) -> Option<Analysis> {
    let mut from = Reader { bytes, text, last: 0 };
    let analysis = Analysis {
        sentences: from.list(|from| {
            Some(Sentence { span: from.span()?, paragraph: u32::try_from(from.number()?).ok()? })
        })?,
        entities: from.list(|from| {
            Some(Entity {
                kind: to_kind(from.number()?)?,
                canonical: from.word()?,
                roles: from.list(Reader::word)?,
            })
        })?,
        mentions: from.list(Reader::mention)?,
        quotes: from.list(Reader::quote)?,
        figures: from.list(Reader::figure)?,
    };
    let whole = from.bytes.is_empty()
        && analysis.mentions.iter().all(|m| (m.entity as usize) < analysis.entities.len());
    whole.then_some(analysis)
}

/// A number that is whole and not negative, exactly.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "the way back is compared"
)]
fn whole(number: f64) -> Option<u64> {
    let whole = number as u64;
    (whole < 1 << 53 && (whole as f64).to_bits() == number.to_bits()).then_some(whole)
}

fn kind_number(kind: EntityKind) -> u64 {
    match kind {
        EntityKind::Person => 0,
        EntityKind::Place => 1,
        EntityKind::Organisation => 2,
        EntityKind::Event => 3,
        EntityKind::Other => 4,
    }
}

fn to_kind(number: u64) -> Option<EntityKind> {
    let kinds = [
        EntityKind::Person,
        EntityKind::Place,
        EntityKind::Organisation,
        EntityKind::Event,
        EntityKind::Other,
    ];
    kinds.get(usize::try_from(number).ok()?).copied()
}

struct Writer<'a> {
    bytes: Vec<u8>,
    text: &'a str,
    /// End of the last span.
    last: usize,
}

impl Writer<'_> {
    /// Seven bits a byte, lowest first; the eighth says that more follow.
    fn number(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.bytes.push(u8::try_from(number & 0x7f).expect("seven bits fit a byte") | 0x80);
            number >>= 7;
        }
        self.bytes.push(u8::try_from(number).expect("what is left has seven bits"));
    }

    fn size(&mut self, size: usize) {
        self.number(size as u64);
    }

    fn list<T>(&mut self, items: &[T], mut write: impl FnMut(&mut Self, &T)) {
        self.size(items.len());
        for item in items {
            write(self, item);
        }
    }

    fn word(&mut self, word: &str) {
        self.word_after(0, word);
    }

    /// Nothing is 0.
    fn maybe(&mut self, word: Option<&str>) {
        match word {
            Some(word) => self.word_after(1, word),
            None => self.number(0),
        }
    }

    /// Twice its place in the text and one more, and its length, where it stands there; else twice
    /// its length, and its letters. `free` numbers before these mean something else.
    fn word_after(&mut self, free: u64, word: &str) {
        let place = memchr::memmem::find(self.text.as_bytes(), word.as_bytes());
        if let Some(at) = place.filter(|_| word.len() > 2) {
            self.number(free + (((at as u64) << 1) | 1));
            self.size(word.len());
        } else {
            self.number(free + ((word.len() as u64) << 1));
            self.bytes.extend_from_slice(word.as_bytes());
        }
    }

    /// The step from the last end, folded so that small steps back stay small, and the length.
    fn span(&mut self, span: Span) {
        let start = span.start();
        if start >= self.last {
            self.number(((start - self.last) as u64) << 1);
        } else {
            self.number((((self.last - start) as u64) << 1) | 1);
        }
        self.last = span.end();
        self.size(span.len());
    }

    /// Nothing is 0; a day counts from 1 in the order of `year * 372 + month * 31 + day`.
    fn date(&mut self, date: Option<Date>) {
        let Some(date) = date else { return self.number(0) };
        let year = u64::try_from(i64::from(date.year()) + YEARS_BEFORE_ZERO).unwrap_or_default();
        let (month, day) = (date.month().unsigned_abs() - 1, date.day().unsigned_abs() - 1);
        self.number(1 + year * 372 + u64::from(month) * 31 + u64::from(day));
    }
}

/// Calendar years go down to -9999.
const YEARS_BEFORE_ZERO: i64 = 9999;

struct Reader<'a> {
    bytes: &'a [u8],
    text: &'a str,
    last: usize,
}

impl Reader<'_> {
    fn number(&mut self) -> Option<u64> {
        let mut number = 0_u64;
        for shift in (0..64).step_by(7) {
            let (&byte, rest) = self.bytes.split_first()?;
            self.bytes = rest;
            number |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }

    fn size(&mut self) -> Option<usize> {
        usize::try_from(self.number()?).ok()
    }

    fn take(&mut self, size: usize) -> Option<&[u8]> {
        let (taken, rest) = self.bytes.split_at_checked(size)?;
        self.bytes = rest;
        Some(taken)
    }

    fn list<T>(&mut self, mut read: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let size = self.size()?;
        // An item has at least one byte: a damaged size reserves nothing.
        if size > self.bytes.len() {
            return None;
        }
        (0..size).map(|_| read(self)).collect()
    }

    fn word(&mut self) -> Option<String> {
        let tag = self.number()?;
        self.word_of(tag)
    }

    #[allow(clippy::option_option, reason = "damaged, absent and present are three things")]
    fn maybe(&mut self) -> Option<Option<String>> {
        let Some(tag) = self.number()?.checked_sub(1) else { return Some(None) };
        self.word_of(tag).map(Some)
    }

    fn word_of(&mut self, tag: u64) -> Option<String> {
        let number = usize::try_from(tag >> 1).ok()?;
        if tag & 1 == 0 {
            return String::from_utf8(self.take(number)?.to_vec()).ok();
        }
        let end = number.checked_add(self.size()?)?;
        self.text.get(number..end).map(str::to_owned)
    }

    fn span(&mut self) -> Option<Span> {
        let step = self.number()?;
        let width = usize::try_from(step >> 1).ok()?;
        let start = if step & 1 == 0 { self.last.checked_add(width) } else { self.last.checked_sub(width) }?;
        let end = start.checked_add(self.size()?)?;
        self.last = end;
        Span::new(self.text, start..end)
    }

    #[allow(clippy::option_option, reason = "damaged, absent and present are three things")]
    fn date(&mut self) -> Option<Option<Date>> {
        let Some(number) = self.number()?.checked_sub(1) else { return Some(None) };
        let year = i64::try_from(number / 372).ok()? - YEARS_BEFORE_ZERO;
        let (month, day) = (number % 372 / 31 + 1, number % 31 + 1);
        Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?)
            .ok()
            .map(Some)
    }

    fn real(&mut self) -> Option<f64> {
        self.take(8)?.try_into().ok().map(f64::from_le_bytes)
    }

    #[allow(clippy::cast_precision_loss, reason = "only numbers that are exact are written so")]
    fn exact(&mut self) -> Option<f64> {
        self.number().map(|number| number as f64)
    }

    fn mention(&mut self) -> Option<Mention> {
        Some(Mention {
            span: self.span()?,
            entity: u32::try_from(self.number()?).ok()?,
            form: match self.number()? {
                0 => MentionForm::Name,
                1 => MentionForm::Part,
                2 => MentionForm::Derived,
                _ => return None,
            },
            role: self.maybe()?,
        })
    }

    fn quote(&mut self) -> Option<Quote> {
        Some(Quote {
            span: self.span()?,
            kind: match self.number()? {
                0 => QuoteKind::Direct,
                1 => QuoteKind::Fragment,
                2 => QuoteKind::Indirect,
                3 => QuoteKind::Attributed,
                _ => return None,
            },
            speaker: self.maybe()?,
            cue: self.maybe()?,
        })
    }

    fn figure(&mut self) -> Option<Figure> {
        let span = self.span()?;
        let value = match self.number()? {
            0 => FigureValue::Date { from: self.date()?, to: self.date()? },
            1 => FigureValue::Number { low: self.real()?, high: self.real()?, counted: self.maybe()? },
            2 => {
                let number = self.exact()?;
                FigureValue::Number { low: number, high: number, counted: self.maybe()? }
            }
            _ => return None,
        };
        Some(Figure { span, value })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const TEXT: &str =
        "Über zwanzig Züge fuhren am 3. Mai, sagte der Sprecher der Bahn. Mehr wisse er nicht.";

    fn span(start: usize, end: usize) -> Option<Span> {
        Span::new(TEXT, start..end)
    }

    fn example() -> Analysis {
        let some = |a, b| span(a, b).expect("lies on characters");
        Analysis {
            sentences: vec![
                Sentence { span: some(0, 64), paragraph: 0 },
                Sentence { span: some(66, 87), paragraph: 0 },
            ],
            entities: vec![Entity {
                canonical: "Bahn".to_owned(),
                kind: EntityKind::Organisation,
                roles: vec!["Sprecher".to_owned()],
            }],
            mentions: vec![Mention { span: some(61, 65), entity: 0, form: MentionForm::Name, role: None }],
            quotes: vec![Quote {
                span: some(0, 36),
                kind: QuoteKind::Indirect,
                speaker: Some(String::new()),
                cue: Some("sagte".to_owned()),
            }],
            figures: vec![
                Figure {
                    span: some(30, 36),
                    value: FigureValue::Date { from: Some(jiff::civil::date(-44, 5, 31)), to: None },
                },
                Figure {
                    span: some(0, 19),
                    value: FigureValue::Number {
                        low: 20.0,
                        high: f64::INFINITY,
                        counted: Some("Züge".to_owned()),
                    },
                },
            ],
        }
    }

    #[test]
    fn an_analysis_reads_back_as_it_was() {
        assert_eq!(decode(&encode(&example(), TEXT), TEXT), Some(example()));
        assert_eq!(decode(&encode(&Analysis::default(), ""), ""), Some(Analysis::default()));
    }

    #[test]
    fn spans_of_another_text_are_not_believed() {
        assert_eq!(decode(&encode(&example(), TEXT), "kurz"), None);
    }

    proptest! {
        #[test]
        fn damaged_bytes_never_panic(at in 0_usize..120, byte: u8, cut in 0_usize..140) {
            let mut bytes = encode(&example(), TEXT);
            let at = at % bytes.len();
            bytes[at] = byte;
            bytes.truncate(cut);
            let _ = decode(&bytes, TEXT);
        }

        #[test]
        fn every_day_reads_back(year in -9999_i16..=9999, month in 1_i8..=12, day in 1_i8..=28) {
            let date = Date::new(year, month, day).expect("every month has 28 days");
            let mut out = Writer { bytes: Vec::new(), text: "", last: 0 };
            out.date(Some(date));
            prop_assert_eq!(Reader { bytes: &out.bytes, text: "", last: 0 }.date(), Some(Some(date)));
        }
    }
}
