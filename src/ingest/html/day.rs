//! When an article appeared: by structured data, by its address, by what it shows.

use std::ops::Range;

use jiff::civil::{Date, DateTime, Weekday, date};

use crate::model::Language;
use crate::text::date::{dates, first_date};

use super::meta::Meta;
use super::page::Page;
use super::role::Role;

/// Longest line that may date an article, in words.
const DATING_WORDS: usize = 30;

/// The same between the first paragraphs of the text.
const DATING_WORDS_INSIDE: usize = 10;

/// Elements and texts that a day takes at most.
const DATE_NODES: usize = 12;

/// The day of an article at `address` whose text stands in the lines `body` of element `root`.
pub(super) fn published(
    page: &Page,
    meta: &Meta,
    address: Option<&str>,
    body: &Range<usize>,
    root: usize,
    language: Language,
) -> Option<Date> {
    let in_address = || address.and_then(in_address);
    if let Some(stamp) = meta.published.as_deref()
        && let Some(day) = local_day(stamp, language)
    {
        let zone_is_known = language == Language::German || !is_day(stamp) && !is_universal(stamp);
        let beside =
            || in_address().into_iter().chain(shown(page, body)).find(|own| is_beside(*own, day, stamp));
        // Where the zone is not known, the day that the outlet writes itself is the one it appeared on.
        return (!zone_is_known).then(beside).flatten().or(Some(day));
    }
    in_address()
        .or_else(|| marked(page, root, language))
        .or_else(|| shown(page, body))
        .or_else(|| local_day(meta.page_published.as_deref()?, language))
        .or_else(|| so_called(page, language))
        .or_else(|| local_day(meta.modified.as_deref()?, language))
}

/// Whether `own` may be the day, where the outlet is, of a `stamp` that states `day` in universal time: it
/// lies before it in America, behind it in Asia and Australia.
fn is_beside(own: Date, day: Date, stamp: &str) -> bool {
    let hour = stamp.get(11..13).and_then(|h| h.parse::<i8>().ok()).filter(|_| !is_day(stamp));
    let is_before = || own.tomorrow().is_ok_and(|next| next == day) && hour.is_none_or(|h| h < 11);
    let is_behind = || day.tomorrow().is_ok_and(|next| next == own) && hour.is_some_and(|h| h >= 13);
    own == day || is_before() || is_behind()
}

/// Whether a stamp states a day without a time.
fn is_day(stamp: &str) -> bool {
    stamp.trim().len() <= 10
}

/// Whether a stamp with a time is in universal time.
fn is_universal(stamp: &str) -> bool {
    // A short stamp is a day without a time.
    let time = stamp.get(10..).unwrap_or_default();
    time.ends_with('Z') || time.ends_with("+00:00") || time.ends_with("+0000")
}

/// The day of a stamp where the article appeared.
///
/// Stamps carry their outlet's own zone, or none, or are in universal time ("…Z"). An article in
/// German then appeared at Central European time; for others the zone is not known.
fn local_day(stamp: &str, language: Language) -> Option<Date> {
    let day = first_date(stamp).or_else(|| in_digits(stamp)).or_else(|| since_epoch(stamp))?;
    if language != Language::German || !is_universal(stamp) {
        return Some(day);
    }
    let time = stamp.get(10..).unwrap_or_default();
    let mut parts = time.trim_start_matches(['T', ' ']).split(':');
    let mut number = || parts.next().and_then(|p| p.get(..2)).and_then(|p| p.parse::<i8>().ok());
    let (Some(hour), Some(minute)) = (number(), number()) else { return Some(day) };
    let Ok(universal) = DateTime::new(day.year(), day.month(), day.day(), hour, minute, 0, 0) else {
        return Some(day);
    };
    let ahead = if is_summer_time(universal) { 2 } else { 1 };
    let later = hour >= 24 - ahead;
    if later { day.tomorrow().ok() } else { Some(day) }
}

/// The day of a stamp without signs between its parts: "20210507", "20210507T1015".
fn in_digits(stamp: &str) -> Option<Date> {
    let (day, time) = stamp.trim().split_at_checked(8)?;
    let is_stamp = day.bytes().all(|b| b.is_ascii_digit())
        && (time.is_empty() || time.starts_with('T') || time.len() == 6);
    let number = |range: Range<usize>| day.get(range).filter(|_| is_stamp)?.parse::<i16>().ok();
    let year = number(0..4).filter(|y| (1990..2100).contains(y))?;
    Date::new(year, i8::try_from(number(4..6)?).ok()?, i8::try_from(number(6..8)?).ok()?).ok()
}

/// The day of a stamp that counts seconds or milliseconds since 1970, from 1998 on.
fn since_epoch(stamp: &str) -> Option<Date> {
    let number: i64 = stamp.trim().parse().ok()?;
    let seconds = match stamp.trim().len() {
        9 | 10 => number,
        12 | 13 => number / 1_000,
        _ => return None,
    };
    let days = i32::try_from(seconds / 86_400).ok().filter(|days| *days > 10_227)?;
    date(1970, 1, 1).checked_add(jiff::Span::new().days(days)).ok()
}

/// Whether Central Europe keeps summer time at a moment of universal time: from the last Sunday of
/// March to that of October, 1 o'clock.
fn is_summer_time(universal: DateTime) -> bool {
    let change = |month: i8| {
        let mut day = date(universal.year(), month, 31);
        while day.weekday() != Weekday::Sunday {
            day = day.yesterday().unwrap_or(day);
        }
        day.at(1, 0, 0, 0)
    };
    (change(3)..change(10)).contains(&universal)
}

/// A day in an address: `/2012/05/31/`, `/2012-05-31-`.
fn in_address(address: &str) -> Option<Date> {
    let numbers: Vec<&str> = address.split(['/', '-', '_', '.']).collect();
    numbers.windows(3).find_map(|window| {
        let [year, month, day] = window else { return None };
        let number = |digits: &str, length: Range<usize>| -> Option<i16> {
            let fits = length.contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
            fits.then(|| digits.parse().ok()).flatten()
        };
        let year = number(year, 4..5).filter(|y| (1990..2100).contains(y))?;
        let (month, day) = (number(month, 1..3)?, number(day, 1..3)?);
        Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
    })
}

/// The first `time` that states a day in the element that holds the article with its head. One beside
/// it dates something else.
fn marked(page: &Page, root: usize, language: Language) -> Option<Date> {
    let nodes = &page.nodes;
    let mut scope = root;
    while scope > 0 && !matches!(nodes[scope].name.as_str(), "article" | "main") {
        scope = nodes[scope].parent;
    }
    let scope = if scope > 0 { scope } else { root };
    let mut inside = (scope..nodes[scope].end).filter(|&at| nodes[at].name == "time" && !page.around[at]);
    inside.find_map(|at| local_day(nodes[at].attribute("datetime")?, language))
}

/// The day in the first element that is called after when the article appeared, from its title on.
fn so_called(page: &Page, language: Language) -> Option<Date> {
    let nodes = &page.nodes;
    let title = page.title.map_or(0, |line| page.lines[line].node);
    let mut named = (title..nodes.len()).filter(|&at| {
        let is_small = nodes[at].end - at <= DATE_NODES;
        is_small && page.roles[at].is(Role::DATED) && !page.elsewhere[at]
    });
    named.find_map(|at| {
        let stamp = ["datetime", "content", "title"].into_iter().find_map(|key| nodes[at].attribute(key));
        let words: Vec<&str> = nodes[at..nodes[at].end].iter().map(|node| node.text.as_str()).collect();
        stamp.and_then(|s| local_day(s, language)).or_else(|| first_date(&words.join(" ")))
    })
}

/// The day in the lines between title and text, around the title, or behind the text.
fn shown(page: &Page, body: &Range<usize>) -> Option<Date> {
    let title = page.title.filter(|t| *t <= body.start).unwrap_or(body.start);
    let near = (title..body.start).chain((title.saturating_sub(6)..title).rev());
    let behind = body.end..body.end + 10;
    near.chain(body.start..body.start + 5).chain(behind).find_map(|at| {
        let line = page.lines.get(at)?;
        // A day in running text is one that it tells of, but for one that the text opens with.
        let longest = if at >= body.start && at < body.end { DATING_WORDS_INSIDE } else { DATING_WORDS };
        let is_short = line.words() <= longest;
        let found = if is_short || at == body.start { dates(&line.text) } else { Vec::new() };
        let (place, day) = found.first()?;
        (is_short || place.start <= 2).then_some(*day)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn universal_time_becomes_the_day_of_the_outlet() {
        for (stamp, language, day) in [
            ("2021-05-07T22:15:00Z", Language::German, date(2021, 5, 8)),
            ("2021-05-07T21:15:00Z", Language::German, date(2021, 5, 7)),
            ("2021-01-07T22:15:00+00:00", Language::German, date(2021, 1, 7)),
            ("2021-01-07T23:15:00+00:00", Language::German, date(2021, 1, 8)),
            ("2021-05-07T23:15:00+02:00", Language::German, date(2021, 5, 7)),
            ("2021-05-07T23:15:00Z", Language::English, date(2021, 5, 7)),
            ("2021-12-31T23:30:00Z", Language::German, date(2022, 1, 1)),
            ("2021-05-07", Language::German, date(2021, 5, 7)),
            ("7.5.2021", Language::German, date(2021, 5, 7)),
            ("1.12.2021", Language::German, date(2021, 12, 1)),
            ("1620382500", Language::German, date(2021, 5, 7)),
            ("20210507", Language::German, date(2021, 5, 7)),
            ("20210507T1015", Language::German, date(2021, 5, 7)),
            ("20210507101500", Language::German, date(2021, 5, 7)),
            ("1620382500000", Language::English, date(2021, 5, 7)),
            ("Mo., 1. März 2021", Language::German, date(2021, 3, 1)),
        ] {
            assert_eq!(local_day(stamp, language), Some(day), "{stamp}");
        }
    }

    #[test]
    fn a_day_beside_a_stamp_fits_its_hour() {
        let day = date(2021, 5, 7);
        for (own, stamp, fits) in [
            (date(2021, 5, 6), "2021-05-07T02:12:00Z", true),
            (date(2021, 5, 6), "2021-05-07T15:12:00Z", false),
            (date(2021, 5, 8), "2021-05-07T20:12:00Z", true),
            (date(2021, 5, 8), "2021-05-07T02:12:00Z", false),
            (date(2021, 5, 6), "2021-05-07", true),
            (date(2021, 5, 8), "2021-05-07", false),
            (date(2021, 5, 5), "2021-05-07T02:12:00Z", false),
        ] {
            assert_eq!(is_beside(own, day, stamp), fits, "{own} {stamp}");
        }
    }

    #[test]
    fn addresses_state_days() {
        assert_eq!(in_address("https://a.example/2012/05/31/bruecke"), Some(date(2012, 5, 31)));
        assert_eq!(in_address("https://a.example/bruecke-2012-5-3.html"), Some(date(2012, 5, 3)));
        assert_eq!(in_address("https://a.example/2012/05/bruecke"), None);
        assert_eq!(in_address("https://a.example/9999/99/99"), None);
    }
}
