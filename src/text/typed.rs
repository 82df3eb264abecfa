//! A day as someone types it into a form: in figures or words, German or English.

use jiff::civil::Date;

use super::date::dates;

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

/// The day that `typed` names; without a year, the latest one that is not after `today`.
///
/// Understands all that [`dates`] does, and "heute", "gestern", "vorgestern", "today", "yesterday".
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
    match dates(typed).as_slice() {
        [(_, day)] => return Ok(*day),
        [] => {}
        _ => return Err(NoDay::NotADay),
    }
    let without_year = typed.trim_end_matches([' ', ',']);
    for year in [today.year(), today.year() - 1] {
        let forms = [
            format!("{without_year}{year}"),
            format!("{without_year}.{year}"),
            format!("{without_year} {year}"),
        ];
        let found = forms.iter().find_map(|form| match dates(form).as_slice() {
            [(_, day)] => Some(*day),
            _ => None,
        });
        if let Some(day) = found.filter(|day| *day <= today) {
            return Ok(day);
        }
    }
    Err(why(typed))
}

/// What is wrong with what reads as no day.
fn why(typed: &str) -> NoDay {
    let parts: Vec<&str> =
        typed.split(['.', '-', '/']).map(str::trim).filter(|part| !part.is_empty()).collect();
    let numbers: Vec<u16> = parts.iter().filter_map(|part| part.parse().ok()).collect();
    if numbers.len() != parts.len() || !(2..=3).contains(&numbers.len()) {
        return NoDay::NotADay;
    }
    let is_month = |number: Option<&u16>| number.is_some_and(|n| (1..=12).contains(n));
    if typed.contains('/') && is_month(numbers.first()) && is_month(numbers.get(1)) {
        NoDay::Ambiguous
    } else {
        NoDay::NotInCalendar
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
            ("", NoDay::NotADay),
        ] {
            assert_eq!(day(typed, TODAY), Err(expected), "{typed}");
        }
    }

    proptest! {
        #[test]
        fn anything_may_be_typed(typed in "\\PC{0,20}") {
            let _ = day(&typed, TODAY);
        }
    }
}
