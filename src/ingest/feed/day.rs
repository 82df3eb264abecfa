//! The day that a feed's date states, in its own time zone.
//!
//! RFC 822 with two or four digits of the year, RFC 3339 and other forms of ISO 8601, the form of C's
//! `asctime`; else what running text states.

use jiff::civil::Date;

use crate::text::date::{date, first_date, month};

/// The day, where the words state one.
pub(super) fn day(words: &str) -> Option<Date> {
    iso(words.trim()).or_else(|| written(words)).or_else(|| first_date(words))
}

/// `2015-09-18…`, `20150918…`, `20150918100000`.
fn iso(words: &str) -> Option<Date> {
    let begins = |form: &str| {
        let mut letters = words.chars();
        form.chars()
            .all(|f| letters.next().is_some_and(|c| if f == '0' { c.is_ascii_digit() } else { c == f }))
    };
    // Other numbers as long are seconds since some day.
    let is_stamp = || matches!(words.bytes().take_while(u8::is_ascii_digit).count(), 8 | 14);
    if !begins("0000-00-00") && !is_stamp() {
        return None;
    }
    let digits: String = words.chars().take(10).filter(char::is_ascii_digit).collect();
    let number = |from, to| digits.get(from..to)?.parse::<i16>().ok();
    date(number(0, 4)?, i8::try_from(number(4, 6)?).ok()?, number(6, 8)?)
}

/// `Fri, 18 Sep 15 …`, `18-Sep-2015`, `Fri Sep 18 10:00:00 2015`.
fn written(words: &str) -> Option<Date> {
    let parts: Vec<&str> =
        words.split([' ', ',', '-', '\t', '.']).filter(|part| !part.is_empty()).take(7).collect();
    let at = parts.iter().position(|part| month(part).is_some())?;
    let month = month(parts.get(at)?)?;
    let number = |index: Option<usize>| parts.get(index?)?.parse::<i16>().ok();
    let is_day = |n: &i16| (1..=31).contains(n);
    let (day, year) = match number(at.checked_sub(1)).filter(is_day) {
        Some(day) => (day, full_year(parts.get(at + 1)?)?),
        None => {
            (number(Some(at + 1)).filter(is_day)?, parts.iter().skip(at + 2).find_map(|p| year_of_four(p))?)
        }
    };
    date(year, month, day)
}

/// A year of four digits, or of two or three as RFC 2822, section 4.3, reads them.
fn full_year(part: &str) -> Option<i16> {
    let year: i16 = part.parse().ok()?;
    Some(match year {
        0..=49 if part.len() <= 3 => 2000 + year,
        50..=999 if part.len() <= 3 => 1900 + year,
        year => year,
    })
}

fn year_of_four(part: &str) -> Option<i16> {
    (part.len() == 4).then(|| part.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_of_all_forms_are_read() {
        for form in [
            "Fri, 18 Sep 2015 23:59:00 -0500",
            "18 Sep 15 10:00 GMT",
            "Fri, 18 September 2015",
            "18-Sep-2015",
            "Fr, 18 Sep 2015 10:00:00 +0200",
            "Fri Sep 18 10:00:00 CEST 2015",
            "Sep 18, 2015",
            "2015-09-18T10:00:00.123+02:00",
            " 2015-09-18 10:00",
            "20150918T1000",
            "18.09.2015 10:00",
            "18. September 2015",
            "20150918100000",
            "Fri, 18 Sep 115",
        ] {
            assert_eq!(day(form).map(|d| d.to_string()).as_deref(), Some("2015-09-18"), "{form}");
        }
        for form in [
            "",
            "heute",
            "32 Sep 2015",
            "2015-13-01",
            "Sep",
            "99999999",
            "1 Jan",
            "0001-01-01T00:00:00",
            "Mon, 01 Jan 0001 00:00:00 +0000",
            "00010101",
            "1410112233",
            "1410112233000",
            "9999-12-31",
            "1 Jan 9999",
        ] {
            assert_eq!(day(form), None, "{form}");
        }
    }
}
