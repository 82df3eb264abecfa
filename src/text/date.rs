//! Written-out days: "19. September 2015", "Sept. 19, 2015", "17.09.2015", "2015-09-19".
//!
//! Only days with their year. What a weekday or "yesterday" means depends on an article and is not
//! decided here.

use std::ops::Range;

use jiff::civil::Date;

/// The days that `text` states, with their places, in order, without overlap.
///
/// Two-digit years belong to the century that makes them 1970 to 2069. A number form that could be
/// day-first or month-first ("03/04/2015") is left out. Linear in the length of `text`.
#[must_use]
pub fn dates(text: &str) -> Vec<(Range<usize>, Date)> {
    let tokens = tokens(text);
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let rest = tokens.get(at..).unwrap_or_default();
        if let Some((used, date)) = day_first(rest).or_else(|| month_first(rest)).or_else(|| numeric(rest))
            && let (Some(first), Some(last)) = (rest.first(), rest.get(used - 1))
        {
            found.push((first.at..last.at + last.text.len(), date));
            at += used;
        } else {
            at += 1;
        }
    }
    found
}

/// The first day that `text` states.
#[must_use]
pub fn first_date(text: &str) -> Option<Date> {
    dates(text).first().map(|&(_, date)| date)
}

/// The month that `word` names in German or English, in full or shortened; 1 to 12.
#[must_use]
pub fn month(word: &str) -> Option<i8> {
    let first = word.chars().next()?.to_ascii_lowercase();
    if !"jfmasond".contains(first) || !(3..=10).contains(&word.len()) {
        return None;
    }
    let word = word.to_lowercase();
    MONTHS.iter().find(|(name, _)| *name == word).map(|&(_, number)| number)
}

/// A run of letters, a run of digits, or one other character.
#[derive(Clone, Copy, Debug)]
struct Token<'a> {
    at: usize,
    text: &'a str,
}

impl Token<'_> {
    fn number(&self) -> Option<i16> {
        (self.text.len() <= 4 && self.text.bytes().all(|b| b.is_ascii_digit()))
            .then(|| self.text.parse().ok())
            .flatten()
    }

    fn is(&self, mark: &str) -> bool {
        self.text == mark
    }
}

/// Tokens without white space.
fn tokens(text: &str) -> Vec<Token<'_>> {
    let class = |c: char| {
        if c.is_ascii_digit() {
            1
        } else if c.is_alphabetic() {
            2
        } else if c.is_whitespace() {
            3
        } else {
            0
        }
    };
    let mut tokens = Vec::new();
    let mut start = 0;
    let mut last = 0;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let now = if at == text.len() { 0 } else { class(c) };
        if at > start && (now != last || now == 0) {
            if last != 3 {
                tokens.push(Token { at: start, text: text.get(start..at).unwrap_or_default() });
            }
            start = at;
        }
        last = now;
    }
    tokens
}

/// "19. September 2015", "19th of September 2015", "19-SEP-2015".
fn day_first(tokens: &[Token]) -> Option<(usize, Date)> {
    let day = tokens.first()?.number()?;
    let mut next = 1;
    while tokens.get(next).is_some_and(|t| {
        t.is(".")
            || t.is("-")
            || ["st", "nd", "rd", "th", "of"].iter().any(|s| t.text.eq_ignore_ascii_case(s))
    }) && next < 4
    {
        next += 1;
    }
    let month = month(tokens.get(next)?.text)?;
    next += 1;
    while tokens.get(next).is_some_and(|t| t.is(".") || t.is(",") || t.is("-")) && next < 7 {
        next += 1;
    }
    let year = tokens.get(next).filter(|t| t.text.len() == 4)?.number()?;
    Some((next + 1, date(year, month, day)?))
}

/// "September 19, 2015", "Sept. 19th 2015".
fn month_first(tokens: &[Token]) -> Option<(usize, Date)> {
    let month = month(tokens.first()?.text)?;
    let mut next = 1;
    if tokens.get(next)?.is(".") {
        next += 1;
    }
    let day = tokens.get(next)?.number()?;
    next += 1;
    while tokens
        .get(next)
        .is_some_and(|t| t.is(",") || ["st", "nd", "rd", "th"].iter().any(|s| t.text.eq_ignore_ascii_case(s)))
        && next < 6
    {
        next += 1;
    }
    let year = tokens.get(next).filter(|t| t.text.len() == 4)?.number()?;
    Some((next + 1, date(year, month, day)?))
}

/// "17.09.2015", "17. 9. 15", "2015-09-19", "2015/09/19", "17/09/2015" where only one reading is a day.
fn numeric(tokens: &[Token]) -> Option<(usize, Date)> {
    let [first, mark, second, again, third] = tokens.get(..5)? else { return None };
    if mark.text != again.text || !(mark.is(".") || mark.is("-") || mark.is("/")) {
        return None;
    }
    let (a, b, c) = (first.number()?, second.number()?, third.number()?);
    if first.text.len() == 4 && second.text.len() == 2 && !mark.is(".") {
        return Some((5, date(a, i8::try_from(b).ok()?, c)?));
    }
    let year = match third.text.len() {
        4 => c,
        2 if mark.is(".") => c + if c < 70 { 2000 } else { 1900 },
        _ => return None,
    };
    // A version or section number ("1.2.15.4") goes on behind.
    if tokens.get(5).is_some_and(|t| t.is(".")) && tokens.get(6).is_some_and(|t| t.number().is_some()) {
        return None;
    }
    let (day, month) = match mark.text {
        "/" if a <= 12 && b <= 12 && a != b => return None,
        "/" if b > 12 => (b, a),
        _ => (a, b),
    };
    Some((5, date(year, i8::try_from(month).ok()?, day)?))
}

/// The day, where it is one of the years 1800 to 2100: other numbers are no days of articles.
pub(crate) fn date(year: i16, month: i8, day: i16) -> Option<Date> {
    (1800..=2100).contains(&year).then(|| Date::new(year, month, i8::try_from(day).ok()?).ok()).flatten()
}

const MONTHS: [(&str, i8); 40] = [
    ("januar", 1),
    ("jänner", 1),
    ("january", 1),
    ("jan", 1),
    ("jän", 1),
    ("februar", 2),
    ("feber", 2),
    ("february", 2),
    ("feb", 2),
    ("märz", 3),
    ("maerz", 3),
    ("march", 3),
    ("mär", 3),
    ("mar", 3),
    ("mrz", 3),
    ("april", 4),
    ("apr", 4),
    ("mai", 5),
    ("may", 5),
    ("juni", 6),
    ("june", 6),
    ("jun", 6),
    ("juli", 7),
    ("july", 7),
    ("jul", 7),
    ("august", 8),
    ("aug", 8),
    ("september", 9),
    ("sept", 9),
    ("sep", 9),
    ("oktober", 10),
    ("october", 10),
    ("okt", 10),
    ("oct", 10),
    ("november", 11),
    ("nov", 11),
    ("dezember", 12),
    ("december", 12),
    ("dez", 12),
    ("dec", 12),
];

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn days_in_german_english_and_numbers() {
        for (text, day) in [
            ("Stand: 19. September 2015, 14:30 Uhr", date(2015, 9, 19)),
            ("19.September 2015", date(2015, 9, 19)),
            ("am 3. Jänner 2021", date(2021, 1, 3)),
            ("1. März 2020", date(2020, 3, 1)),
            ("Sept. 19, 2015", date(2015, 9, 19)),
            ("Saturday, September 19th, 2015", date(2015, 9, 19)),
            ("19th of September 2015", date(2015, 9, 19)),
            ("17-MAR-1987 10:01:02.33", date(1987, 3, 17)),
            ("welt.de, 17.09.2015", date(2015, 9, 17)),
            ("17. 9. 2015", date(2015, 9, 17)),
            ("17.9.15", date(2015, 9, 17)),
            ("2015-09-19T10:00:00+02:00", date(2015, 9, 19)),
            ("2015/09/19", date(2015, 9, 19)),
            ("09/25/2015", date(2015, 9, 25)),
            ("25/09/2015", date(2015, 9, 25)),
        ] {
            assert_eq!(first_date(text), Some(day), "{text}");
        }
    }

    #[test]
    fn what_is_no_certain_day_is_left_out() {
        for text in [
            "03/04/2015",
            "31. Februar 2015",
            "1.2.15.4",
            "3.500 Mann",
            "am 19. September",
            "12:30:45",
            "Mai 2015",
        ] {
            assert_eq!(first_date(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn places_read_back_in_order(text in "([0-9]{1,4}|[.,/ -]|September|Mai|März|ü|th)*") {
            let mut end = 0;
            for (range, _) in dates(&text) {
                prop_assert!(range.start >= end && text.get(range.clone()).is_some());
                end = range.end;
            }
        }
    }
}
