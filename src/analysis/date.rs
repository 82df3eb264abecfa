//! Dates in words, resolved against the day an article appeared.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use crate::text::number;

use super::token::Document;

/// A date in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// Index of its first word.
    pub first: usize,
    /// Index of its last word.
    pub last: usize,
    /// Bytes behind the last word that belong to it (the point of `19.`).
    pub trail: usize,
    /// First and last day, where known.
    pub days: Option<(Date, Date)>,
}

/// The date whose first word is at `index`. `published` is the day to count from.
#[must_use]
pub fn at(document: &Document<'_>, index: usize, published: Option<Date>) -> Option<Found> {
    let finder = Finder { document, published };
    finder
        .numeric(index)
        .or_else(|| finder.day_and_month(index))
        .or_else(|| finder.english_month_day(index))
        .or_else(|| finder.month(index))
        .or_else(|| finder.weekday(index))
        .or_else(|| finder.near_day(index))
        .or_else(|| finder.ago(index))
        .or_else(|| finder.period(index))
        .or_else(|| finder.year(index))
}

struct Finder<'a, 'b> {
    document: &'b Document<'a>,
    published: Option<Date>,
}

impl<'a> Finder<'a, '_> {
    fn word(&self, index: usize, like: usize) -> Option<&'a str> {
        let sentence = self.document.tokens.get(like)?.sentence;
        self.document.at(index, sentence).map(|t| t.text)
    }

    fn gap(&self, index: usize) -> &'a str {
        self.document.tokens.get(index).map_or("", |t| t.gap)
    }

    /// `17.09.2015`, `2015-09-17`.
    fn numeric(&self, index: usize) -> Option<Found> {
        let word = self.word(index, index)?;
        if !word.bytes().any(|b| b.is_ascii_digit()) {
            return None;
        }
        let split = |by: char| -> Vec<i16> { word.split(by).filter_map(|p| p.parse().ok()).collect() };
        let (points, hyphens) = (split('.'), split('-'));
        let parts = |list: &[i16]| <[i16; 3]>::try_from(list).ok();
        let (year, month, day) = if let Some([day, month, year]) = parts(&points)
            && word.matches('.').count() == 2
        {
            (year, month, day)
        } else {
            let [year, month, day] = parts(&hyphens)?;
            (year, month, day)
        };
        if !(1000..=2999).contains(&year) {
            return None;
        }
        let date = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
        Some(Found { first: index, last: index, trail: 0, days: Some((date, date)) })
    }

    /// `19. September 2015`, `8. Juli`, `19 September 2015`.
    fn day_and_month(&self, index: usize) -> Option<Found> {
        let day = day_number(self.word(index, index)?)?;
        let gap = self.gap(index + 1);
        let month = month_number(self.word(index + 1, index)?)?;
        if !(gap.starts_with('.') || gap.chars().all(char::is_whitespace)) {
            return None;
        }
        let (last, year) = self.year_behind(index + 1, index);
        let days = self.resolve(year, month, Some(day));
        Some(Found { first: index, last, trail: 0, days })
    }

    /// `September 19, 2015`, `July 20`.
    fn english_month_day(&self, index: usize) -> Option<Found> {
        let month = month_number(self.word(index, index)?)?;
        let day = day_number(self.word(index + 1, index)?)?;
        if !self.document.tokens.get(index + 1)?.follows() {
            return None;
        }
        let behind = self.document.text.get(self.document.tokens[index + 1].end..).unwrap_or_default();
        // "April 20. Juni" does not exist, "im April 20 Menschen" does: a noun behind it counts.
        let counts = self.word(index + 2, index).is_some_and(|w| w.starts_with(char::is_uppercase))
            && behind.starts_with(' ');
        if counts {
            return None;
        }
        let comma = self.gap(index + 2).trim_end() == ",";
        let year = self.word(index + 2, index).and_then(year_number).filter(|_| comma);
        let last = index + 1 + usize::from(year.is_some());
        Some(Found { first: index, last, trail: 0, days: self.resolve(year, month, Some(day)) })
    }

    /// `im März 2014`, `Mitte September`, `seit Februar`.
    fn month(&self, index: usize) -> Option<Found> {
        let part = self.word(index, index).filter(|w| part_of_month(w).is_some());
        let at = index + usize::from(part.is_some());
        let word = self.word(at, index)?;
        let month = month_number(word)?;
        let (last, year) = self.year_behind(at, index);
        // "May" and "March" are words of their own; "Mai" and "März" are not.
        let doubtful = matches!(word, "May" | "March" | "August" | "April" | "Juni" | "Juli");
        let before = index.checked_sub(1).and_then(|i| self.word(i, index)).unwrap_or_default();
        let introduced = matches!(
            before,
            "im" | "seit"
                | "in"
                | "bis"
                | "ab"
                | "vom"
                | "zum"
                | "since"
                | "until"
                | "of"
                | "by"
                | "from"
                | "last"
                | "next"
                | "this"
                | "vergangenen"
                | "kommenden"
                | "nächsten"
        );
        if part.is_none() && doubtful && year.is_none() && !introduced {
            return None;
        }
        let whole = self.resolve(year, month, None);
        let days = match (part.and_then(part_of_month), whole) {
            (Some((from, to)), Some((start, end))) => {
                let from = start.with().day(from).build().ok();
                let to = start.with().day(to).build().ok().map_or(end, |day| day.min(end));
                from.map(|from| (from, to))
            }
            (_, whole) => whole,
        };
        Some(Found { first: index, last, trail: 0, days })
    }

    /// `am Freitag`, `Freitagabend`, `on Friday`; the last one up to the day of publication, the
    /// next one where the words say so.
    fn weekday(&self, index: usize) -> Option<Found> {
        let weekday = weekday(self.word(index, index)?)?;
        let before = index.checked_sub(1).and_then(|i| self.word(i, index)).unwrap_or_default();
        let ahead = matches!(before, "kommenden" | "nächsten" | "nächster" | "next" | "coming");
        let days = self.published.and_then(|day| {
            let back =
                i64::from((day.weekday().to_monday_zero_offset() + 7 - weekday.to_monday_zero_offset()) % 7);
            let last = day.checked_sub(back.days()).ok()?;
            let found = if ahead { last.checked_add(7.days()).ok()? } else { last };
            Some((found, found))
        });
        Some(Found { first: index, last: index, trail: 0, days })
    }

    /// `heute`, `gestern`, `yesterday`.
    fn near_day(&self, index: usize) -> Option<Found> {
        let ahead: i64 = match self.word(index, index)? {
            "heute" | "Heute" | "today" | "Today" => 0,
            "gestern" | "Gestern" | "yesterday" | "Yesterday" => -1,
            "vorgestern" | "Vorgestern" => -2,
            "übermorgen" => 2,
            "tomorrow" | "Tomorrow" => 1,
            _ => return None,
        };
        let day = self.published.and_then(|day| day.checked_add(ahead.days()).ok());
        Some(Found { first: index, last: index, trail: 0, days: day.map(|d| (d, d)) })
    }

    /// `vor einem Jahr`, `vor zwei Wochen`, `two weeks ago`.
    fn ago(&self, index: usize) -> Option<Found> {
        let german = matches!(self.word(index, index)?, "vor" | "Vor");
        let amount_at = index + usize::from(german);
        let amount = self.word(amount_at, index)?;
        let count = match amount {
            "einem" | "einer" if german => 1.0,
            "a" | "an" | "one" if !german => 1.0,
            word => number::parse(word, self.document.language)?,
        };
        let unit = unit_days(self.word(amount_at + 1, index)?)?;
        let ago = self.word(amount_at + 2, index) == Some("ago");
        if german == ago || !(0.0..=2000.0).contains(&count) {
            return None;
        }
        let last = amount_at + 1 + usize::from(ago);
        let back = |days: f64| {
            #[allow(clippy::cast_possible_truncation, reason = "at most 2000 years of days")]
            let days = days.round() as i64;
            self.published?.checked_sub(days.days()).ok()
        };
        // As exact as its unit: a year ago is some day of that year.
        let slack = if unit > 1.0 { unit / 2.0 } else { 0.0 };
        let (from, to) = (back(count * unit + slack), back(count * unit - slack));
        Some(Found { first: index, last, trail: 0, days: from.zip(to) })
    }

    /// `vergangene Woche`, `nächstes Jahr`, `dieses Jahres`, `last week`.
    fn period(&self, index: usize) -> Option<Found> {
        let word = self.word(index, index)?;
        // The first letters of all words below.
        if !word.starts_with(['v', 'V', 'l', 'L', 'k', 'K', 'n', 'N', 'd', 'D', 't', 'T']) {
            return None;
        }
        let word = word.to_lowercase();
        let stem = ["en", "er", "es", "em", "e"].iter().find_map(|e| word.strip_suffix(e)).unwrap_or(&word);
        let ahead: i64 = match stem {
            "vergangen" | "letzt" | "vorig" | "last" => -1,
            "kommend" | "nächst" | "next" => 1,
            "dies" | "this" | "laufend" => 0,
            _ => return None,
        };
        let unit = self.word(index + 1, index)?;
        let days = match unit {
            "Woche" | "week" => self.published.and_then(|day| {
                let back = i64::from(day.weekday().to_monday_zero_offset());
                let monday = day.checked_sub(back.days()).ok()?.checked_add((7 * ahead).days()).ok()?;
                Some((monday, monday.checked_add(6.days()).ok()?))
            }),
            "Jahr" | "Jahres" | "year" => self.published.and_then(|day| {
                let year = day.year().checked_add(i16::try_from(ahead).ok()?)?;
                Some((Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?))
            }),
            "Monat" | "Monats" | "month" => self.published.and_then(|day| {
                let day = day.checked_add(ahead.months()).ok()?;
                Some((day.first_of_month(), day.last_of_month()))
            }),
            _ => return None,
        };
        Some(Found { first: index, last: index + 1, trail: 0, days })
    }

    /// `2011` where nothing is counted with it.
    fn year(&self, index: usize) -> Option<Found> {
        let year = year_number(self.word(index, index)?)?;
        let before = index.checked_sub(1).and_then(|i| self.word(i, index)).unwrap_or_default();
        let introduced = matches!(
            before,
            "seit"
                | "Jahr"
                | "Jahre"
                | "bis"
                | "ab"
                | "von"
                | "Seit"
                | "in"
                | "In"
                | "since"
                | "Since"
                | "Jahres"
                | "Sommer"
                | "Winter"
                | "Herbst"
                | "Frühjahr"
                | "Frühling"
                | "vor"
                | "nach"
                | "und"
                | "of"
                | "until"
        );
        let next = self.document.after(index);
        let counts = next.is_some_and(|n| n.follows() && n.is_capital());
        if counts || (!introduced && next.is_some_and(|n| n.gap.starts_with(' ') && !n.gap.starts_with(", ")))
        {
            let sentence_start = index == 0 || self.word(index - 1, index).is_none();
            if counts || !sentence_start {
                return None;
            }
        }
        let days = Date::new(year, 1, 1).ok().zip(Date::new(year, 12, 31).ok());
        Some(Found { first: index, last: index, trail: 0, days })
    }

    /// The year behind word `at`, and the last word with it.
    fn year_behind(&self, at: usize, like: usize) -> (usize, Option<i16>) {
        let follows = self.document.tokens.get(at + 1).is_some_and(super::token::Token::follows);
        match self.word(at + 1, like).and_then(year_number).filter(|_| follows) {
            Some(year) => (at + 1, Some(year)),
            None => (at, None),
        }
    }

    /// Day or whole month; without a year the one nearest to the day of publication.
    fn resolve(&self, year: Option<i16>, month: i8, day: Option<i8>) -> Option<(Date, Date)> {
        let in_year = |year: i16| {
            let first = Date::new(year, month, day.unwrap_or(1)).ok()?;
            Some((first, if day.is_some() { first } else { first.last_of_month() }))
        };
        if let Some(year) = year {
            return in_year(year);
        }
        let published = self.published?;
        let distance =
            |days: &(Date, Date)| published.since(days.0).map_or(i32::MAX, |span| span.get_days().abs());
        [-1, 0, 1]
            .into_iter()
            .filter_map(|step| in_year(published.year().checked_add(step)?))
            .min_by_key(distance)
    }
}

fn day_number(word: &str) -> Option<i8> {
    let day: i8 = word.parse().ok()?;
    (1..=31).contains(&day).then_some(day)
}

fn year_number(word: &str) -> Option<i16> {
    let year: i16 = (word.len() == 4).then(|| word.parse().ok())??;
    (1800..=2099).contains(&year).then_some(year)
}

fn month_number(word: &str) -> Option<i8> {
    Some(match word {
        "Januar" | "Jänner" | "January" | "Jan" => 1,
        "Februar" | "Feber" | "February" | "Feb" => 2,
        "März" | "March" => 3,
        "April" => 4,
        "Mai" | "May" => 5,
        "Juni" | "June" => 6,
        "Juli" | "July" => 7,
        "August" | "Aug" => 8,
        "September" | "Sept" => 9,
        "Oktober" | "October" | "Okt" | "Oct" => 10,
        "November" | "Nov" => 11,
        "Dezember" | "December" | "Dez" | "Dec" => 12,
        _ => return None,
    })
}

/// First and last day of a month's part.
fn part_of_month(word: &str) -> Option<(i8, i8)> {
    Some(match word {
        "Anfang" | "early" => (1, 10),
        "Mitte" | "mid" => (11, 20),
        "Ende" | "late" => (21, 31),
        _ => return None,
    })
}

fn weekday(word: &str) -> Option<Weekday> {
    const DAYS: [(&str, Weekday); 15] = [
        ("Montag", Weekday::Monday),
        ("Dienstag", Weekday::Tuesday),
        ("Mittwoch", Weekday::Wednesday),
        ("Donnerstag", Weekday::Thursday),
        ("Freitag", Weekday::Friday),
        ("Samstag", Weekday::Saturday),
        ("Sonnabend", Weekday::Saturday),
        ("Sonntag", Weekday::Sunday),
        ("Monday", Weekday::Monday),
        ("Tuesday", Weekday::Tuesday),
        ("Wednesday", Weekday::Wednesday),
        ("Thursday", Weekday::Thursday),
        ("Friday", Weekday::Friday),
        ("Saturday", Weekday::Saturday),
        ("Sunday", Weekday::Sunday),
    ];
    let (day, weekday) = DAYS.into_iter().find(|(day, _)| word.starts_with(day))?;
    let rest = word.strip_prefix(day)?;
    matches!(rest, "" | "s" | "abend" | "morgen" | "mittag" | "nachmittag" | "vormittag" | "nacht" | "früh")
        .then_some(weekday)
}

fn unit_days(word: &str) -> Option<f64> {
    Some(match word {
        "Tag" | "Tagen" | "day" | "days" => 1.0,
        "Woche" | "Wochen" | "week" | "weeks" => 7.0,
        "Monat" | "Monaten" | "month" | "months" => 30.4,
        "Jahr" | "Jahren" | "year" | "years" => 365.25,
        _ => return None,
    })
}
