//! Days as they are typed in a query.

use jiff::civil::Date;
use jiff::{Span, ToSpan};

/// First and last day meant by a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Days {
    pub first: Date,
    pub last: Date,
}

/// The days meant by `value`: a day (`2015-09-19`, `19.9.2015`, `19.9.15`, `19.9.` of the latest
/// year not after `today`), a month (`2015-09`, `9.2015`), a year, a number of days, weeks, months
/// or years back from `today` (`7d`, `2w`, `3m`, `1y`), `today` or `yesterday`.
pub(super) fn read(value: &str, today: Date) -> Option<Days> {
    let value = value.to_lowercase();
    let single = |day| Days { first: day, last: day };
    match value.as_str() {
        "today" | "heute" => return Some(single(today)),
        "yesterday" | "gestern" => return today.yesterday().ok().map(single),
        _ => {}
    }
    back(&value, today).map(single).or_else(|| iso(&value)).or_else(|| german(&value, today))
}

fn back(value: &str, today: Date) -> Option<Date> {
    let unit = value.chars().last()?;
    let count: i32 = value.strip_suffix(unit)?.parse().ok().filter(|n| (0..=5_000).contains(n))?;
    let span: Span = match unit {
        'd' | 't' => count.days(),
        'w' => count.weeks(),
        'm' => count.months(),
        'y' | 'j' => count.years(),
        _ => return None,
    };
    today.checked_sub(span).ok()
}

fn iso(value: &str) -> Option<Days> {
    let numbers = numbers(value, '-')?;
    match numbers[..] {
        [(year, 4)] => whole(year, None),
        [(year, 4), (month, _)] => whole(year, Some(month)),
        [(year, 4), (month, _), (day, _)] => day_of(year, month, day),
        _ => None,
    }
}

fn german(value: &str, today: Date) -> Option<Days> {
    let numbers = numbers(value.trim_end_matches('.'), '.')?;
    match numbers[..] {
        [(month, 1 | 2), (year, 4)] => whole(year, Some(month)),
        [(day, 1 | 2), (month, 1 | 2)] => {
            let year = i32::from(today.year());
            day_of(year, month, day).filter(|d| d.first <= today).or_else(|| day_of(year - 1, month, day))
        }
        [(day, 1 | 2), (month, 1 | 2), (year, 4)] => day_of(year, month, day),
        [(day, 1 | 2), (month, 1 | 2), (year, 2)] => day_of(year + century(year), month, day),
        _ => None,
    }
}

/// Two-digit years: 70 to 99 are of the last century.
fn century(year: i32) -> i32 {
    if year >= 70 { 1900 } else { 2000 }
}

/// The numbers between `separator`, each with its count of digits.
fn numbers(value: &str, separator: char) -> Option<Vec<(i32, usize)>> {
    value
        .split(separator)
        .map(|n| {
            let digits = n.len() <= 4 && !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit());
            digits.then(|| n.parse().ok().map(|v| (v, n.len()))).flatten()
        })
        .collect()
}

fn day_of(year: i32, month: i32, day: i32) -> Option<Days> {
    let day = date(year, month, day)?;
    Some(Days { first: day, last: day })
}

fn whole(year: i32, month: Option<i32>) -> Option<Days> {
    let first = date(year, month.unwrap_or(1), 1)?;
    let last = date(year, month.unwrap_or(12), 1)?.last_of_month();
    Some(Days { first, last })
}

fn date(year: i32, month: i32, day: i32) -> Option<Date> {
    Date::new(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date as on;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn days_months_and_years() {
        let today = on(2015, 9, 20);
        for (value, first, last) in [
            ("2015-09-19", on(2015, 9, 19), on(2015, 9, 19)),
            ("19.9.2015", on(2015, 9, 19), on(2015, 9, 19)),
            ("19.09.15", on(2015, 9, 19), on(2015, 9, 19)),
            ("1.5.98", on(1998, 5, 1), on(1998, 5, 1)),
            ("19.9.", on(2015, 9, 19), on(2015, 9, 19)),
            ("24.12.", on(2014, 12, 24), on(2014, 12, 24)),
            ("2016-02", on(2016, 2, 1), on(2016, 2, 29)),
            ("9.2015", on(2015, 9, 1), on(2015, 9, 30)),
            ("2015", on(2015, 1, 1), on(2015, 12, 31)),
            ("7d", on(2015, 9, 13), on(2015, 9, 13)),
            ("2w", on(2015, 9, 6), on(2015, 9, 6)),
            ("1j", on(2014, 9, 20), on(2014, 9, 20)),
            ("gestern", on(2015, 9, 19), on(2015, 9, 19)),
        ] {
            assert_eq!(read(value, today), Some(Days { first, last }), "{value}");
        }
        for value in ["31.2.2015", "2015-13", "x", "", "d", "-7d", "1.2.3.4", "99999999y", "..", "ſ"] {
            assert_eq!(read(value, today), None, "{value}");
        }
    }

    proptest! {
        #[test]
        fn any_value_is_a_day_or_none(value in r"[0-9dwmyj.\-ä]{0,9}|\PC{0,5}") {
            if let Some(days) = read(&value, on(2015, 9, 20)) {
                prop_assert!(days.first <= days.last);
            }
        }
    }
}
