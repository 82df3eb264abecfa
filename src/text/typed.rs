//! A day as someone types it into a form: in figures or words, German or English.

use jiff::civil::Date;

use super::date::{date, dates};

/// Why what was typed is no day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoDay {
    /// Nothing of it reads as a day.
    NotADay,
    /// The calendar does not have it.
    NotInCalendar,
    /// It may be day and month or month and day.
    Ambiguous,
}

/// Years that a day without one is looked for in: a 29 February comes at least every eighth year.
const YEARS: i16 = 8;

/// The day that `typed` names; without a year, the latest one that is not after `today`.
///
/// Understands all that [`dates`] does, numbers that begin with the year ("2015-9-8"), and "heute",
/// "gestern", "vorgestern", "today", "yesterday".
///
/// # Errors
/// Why it names none, or more than one.
pub fn day(typed: &str, today: Date) -> Result<Date, NoDay> {
    let typed = typed.trim();
    let back = |days: i64| today.checked_sub(jiff::Span::new().days(days)).map_err(|_| NoDay::NotADay);
    match typed.to_lowercase().as_str() {
        "heute" | "today" => return Ok(today),
        "gestern" | "yesterday" => return back(1),
        "vorgestern" => return back(2),
        _ => {}
    }
    let numbers = numbers(typed);
    if let Some([(year, 4), (month, _), (day, _)]) = numbers.as_deref() {
        let month = i8::try_from(*month).ok();
        return month.and_then(|month| date(*year, month, *day)).ok_or(NoDay::NotInCalendar);
    }
    let turned = numbers.filter(|_| typed.contains('/')).and_then(|numbers| day_first(&numbers));
    let named = turned.as_deref().unwrap_or(typed);
    match dates(named).as_slice() {
        [(_, day)] => Ok(*day),
        [] => guessed(named, today).ok_or_else(|| why(typed)),
        _ => Err(NoDay::NotADay),
    }
}

/// The latest day not after `today` that `named` is with a year behind it.
fn guessed(named: &str, today: Date) -> Option<Date> {
    let named = named.trim_end_matches([' ', ',']);
    let of_year = |year: i16| {
        let forms = [format!("{named}{year}"), format!("{named}.{year}"), format!("{named} {year}")];
        forms.iter().find_map(|form| match dates(form).as_slice() {
            // All numbers are the day's: "31.6.12" is no 6 December.
            [(range, day)] if range.end == form.len() && !has_digit(form.get(..range.start)) => Some(*day),
            _ => None,
        })
    };
    (0..=YEARS).filter_map(|back| of_year(today.year() - back)).find(|day| *day <= today)
}

fn has_digit(text: Option<&str>) -> bool {
    text.is_none_or(|text| text.contains(|c: char| c.is_ascii_digit()))
}

/// The numbers that `typed` consists of, and how many digits each has.
fn numbers(typed: &str) -> Option<Vec<(i16, usize)>> {
    let parts = typed.split(['.', '-', '/']).map(str::trim).filter(|part| !part.is_empty());
    let number = |part: &str| {
        let is_short = part.len() <= 4 && part.bytes().all(|b| b.is_ascii_digit());
        is_short.then(|| part.parse().ok()).flatten().map(|number| (number, part.len()))
    };
    parts.map(number).collect()
}

/// Day and month that slashes part as a German date, where they make a day in one order only.
fn day_first(numbers: &[(i16, usize)]) -> Option<String> {
    let ([first, second] | [first, second, _]) = numbers else { return None };
    let (day, month) = match (first.0, second.0) {
        (a, b) if a <= 12 && b <= 12 && a != b => return None,
        (a, b) if b > 12 => (b, a),
        (a, b) => (a, b),
    };
    let year = numbers.get(2).map(|(year, digits)| format!("{year:0digits$}"));
    Some(format!("{day}.{month}.{}", year.unwrap_or_default()))
}

/// What is wrong with what reads as no day.
fn why(typed: &str) -> NoDay {
    let Some(numbers) = numbers(typed) else { return NoDay::NotADay };
    let is_month = |number: i16| (1..=12).contains(&number);
    match numbers.as_slice() {
        // The year is not typed to its end.
        [_, _, (_, 1 | 3)] => NoDay::NotADay,
        [(a, _), (b, _), ..] if typed.contains('/') && is_month(*a) && is_month(*b) => NoDay::Ambiguous,
        // "15-4-3" begins with the day or with the year.
        [_, _, (_, 2)] if typed.contains('-') => NoDay::Ambiguous,
        [_, _] | [_, _, _] => NoDay::NotInCalendar,
        _ => NoDay::NotADay,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    const TODAY: Date = Date::constant(2026, 3, 10);

    #[test]
    fn days_are_read_as_people_type_them() {
        for (typed, expected) in [
            ("18.9.2015", date(2015, 9, 18)),
            ("18.09.15", date(2015, 9, 18)),
            (" 2015-09-18 ", date(2015, 9, 18)),
            ("18. September 2015", date(2015, 9, 18)),
            ("Freitag, 18. Sept. 2015", date(2015, 9, 18)),
            ("September 18, 2015", date(2015, 9, 18)),
            ("18 Sep 2015", date(2015, 9, 18)),
            ("heute", TODAY),
            ("Gestern", date(2026, 3, 9)),
            ("yesterday", date(2026, 3, 9)),
            ("1.3.", date(2026, 3, 1)),
            ("1.3", date(2026, 3, 1)),
            ("18.9.", date(2025, 9, 18)),
            ("18. September", date(2025, 9, 18)),
            ("September 18", date(2025, 9, 18)),
            ("2015.09.08", date(2015, 9, 8)),
            ("2015-9-8", date(2015, 9, 8)),
            ("2015.9.18", date(2015, 9, 18)),
            ("2015/9/8", date(2015, 9, 8)),
            ("18/9/15", date(2015, 9, 18)),
            ("9/18/2015", date(2015, 9, 18)),
            ("9/18", date(2025, 9, 18)),
            ("4/4/2015", date(2015, 4, 4)),
            ("29.2.", date(2024, 2, 29)),
        ] {
            assert_eq!(day(typed, TODAY), Ok(expected), "{typed}");
        }
    }

    #[test]
    fn what_is_no_day_says_why() {
        for (typed, expected) in [
            ("bald", NoDay::NotADay),
            ("2015", NoDay::NotADay),
            ("18.9.2015 bis 19.9.2015", NoDay::NotADay),
            ("31.2.2015", NoDay::NotInCalendar),
            ("30.13.2015", NoDay::NotInCalendar),
            ("3/4/2015", NoDay::Ambiguous),
            ("3/4", NoDay::Ambiguous),
            ("15-4-13", NoDay::Ambiguous),
            ("31.6.12", NoDay::NotInCalendar),
            ("2015.13.8", NoDay::NotInCalendar),
            ("30.2.", NoDay::NotInCalendar),
            ("18.9.1", NoDay::NotADay),
            ("18.9.201", NoDay::NotADay),
            ("1.2.15.4", NoDay::NotADay),
            ("5 10. Mai", NoDay::NotADay),
            ("", NoDay::NotADay),
        ] {
            assert_eq!(day(typed, TODAY), Err(expected), "{typed}");
        }
    }

    proptest! {
        #[test]
        fn no_number_that_is_typed_gets_lost(a in 0..40_i16, b in 0..40_i16, c in 0..100_i16) {
            if let Ok(found) = day(&format!("{a}.{b}.{c:02}"), TODAY) {
                let read = (i16::from(found.day()), i16::from(found.month()), found.year() % 100);
                prop_assert_eq!(read, (a, b, c));
            }
        }

        #[test]
        fn anything_may_be_typed(typed in "\\PC{0,20}") {
            let _ = day(&typed, TODAY);
        }
    }
}
