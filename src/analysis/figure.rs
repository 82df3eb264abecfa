//! Dates and numbers with what they count.

use crate::model::{Figure, FigureValue, Language, Mention, MentionForm, Published, Span};
use crate::text::number;

use super::clue::{Clue, clue};
use super::date;
use super::lexicon;
use super::token::Document;

/// Dates and numbers, by place, outside of `names`.
#[must_use]
pub fn figures(document: &Document<'_>, names: &[Mention], published: Published) -> Vec<Figure> {
    let mut found: Vec<Figure> = Vec::new();
    let taken: Vec<Span> = names.iter().filter(|m| m.form == MentionForm::Name).map(|m| m.span).collect();
    let mut index = 0;
    while let Some(token) = document.tokens.get(index) {
        let behind = taken.partition_point(|span| span.end() <= token.start);
        let in_name = taken.get(behind).is_some_and(|span| span.start() < token.end);
        let reading =
            if in_name { None } else { date(document, index, published).or_else(|| count(document, index)) };
        match reading {
            Some((last, figure)) => {
                let fits = found.last().is_none_or(|f: &Figure| f.span.end() <= figure.span.start());
                if fits {
                    found.push(figure);
                }
                index = last + 1;
            }
            None => index += 1,
        }
    }
    found
}

fn date(document: &Document<'_>, index: usize, published: Published) -> Option<(usize, Figure)> {
    let found = date::at(document, index, published.day())?;
    let start = document.tokens.get(found.first)?.start;
    let end = document.tokens.get(found.last)?.end + found.trail;
    let value =
        FigureValue::Date { from: found.days.map(|(from, _)| from), to: found.days.map(|(_, to)| to) };
    Some((found.last, Figure { span: Span::new(document.text, start..end)?, value }))
}

/// A number under way: where it ends and what it is.
struct Amount {
    /// Index of its last word.
    last: usize,
    low: f64,
    high: f64,
}

fn count(document: &Document<'_>, index: usize) -> Option<(usize, Figure)> {
    if let Some(found) = compound_count(document, index) {
        return Some(found);
    }
    let (start, amount) = bounded(document, index)?;
    let counted = counted(document, amount.last);
    let last = counted.map_or(amount.last, |c| c.1);
    let mut end = document.tokens.get(last)?.end;
    let sign = document.text.get(end..).and_then(|rest| rest.trim_start().chars().next());
    let mut unit = counted.map(|(first, last)| document.words(first, last).to_owned());
    if unit.is_none()
        && let Some(sign @ ('%' | '€' | '$' | '£' | '°')) = sign
    {
        let rest = document.text.get(end..).unwrap_or_default();
        end += rest.find(sign).unwrap_or(0) + sign.len_utf8();
        unit = Some(sign.to_string());
    }
    let span = Span::new(document.text, document.tokens.get(start)?.start..end)?;
    let value = FigureValue::Number { low: amount.low, high: amount.high, counted: unit };
    Some((last, Figure { span, value }))
}

/// `bis zu 2000`, `mehr als 20`, `15 bis 25`, `rund zweitausend`.
fn bounded(document: &Document<'_>, index: usize) -> Option<(usize, Amount)> {
    let sentence = document.tokens.get(index)?.sentence;
    let word = |at: usize| document.at(at, sentence).map_or("", |t| t.text);
    // All words below are shorter.
    let first = Some(word(index)).filter(|w| w.len() <= 12).unwrap_or_default().to_lowercase();
    let two = (first.as_str(), word(index + 1));
    let (skip, low_open, high_open) = match two {
        ("bis", "zu") | ("up", "to") | ("at", "most") | ("weniger" | "less" | "fewer", "als" | "than") => {
            (2, true, false)
        }
        ("mehr", "als") | ("more", "than") | ("at", "least") => (2, false, true),
        ("höchstens" | "maximal" | "unter" | "under", _) => (1, true, false),
        ("mindestens" | "über" | "wenigstens" | "over", _) => (1, false, true),
        (
            "rund" | "etwa" | "circa" | "ca" | "ungefähr" | "knapp" | "gut" | "fast" | "nahezu" | "about"
            | "around" | "nearly" | "almost" | "some" | "roughly" | "zirka" | "beinahe" | "zwischen"
            | "between",
            _,
        ) => (1, false, false),
        _ => (0, false, false),
    };
    let mut start = index + skip;
    // "höchstens noch fünf"
    if skip > 0 && matches!(word(start), "noch" | "rund" | "etwa" | "knapp") {
        start += 1;
    }
    let mut amount = plain(document, start)?;
    let joint = word(amount.last + 1);
    let range = matches!(joint, "bis" | "to")
        || (matches!(two.0, "zwischen" | "between") && matches!(joint, "und" | "and"));
    if range && let Some(upper) = plain(document, amount.last + 2) {
        // "15 bis 25 Millionen": the larger unit belongs to both.
        let factor = if amount.high < 1000.0 && upper.high >= 1e6 && amount.high * 1000.0 < upper.high {
            [1e12, 1e9, 1e6].into_iter().find(|f| upper.high >= *f).unwrap_or(1.0)
        } else {
            1.0
        };
        if amount.low * factor <= upper.high {
            amount = Amount { last: upper.last, low: amount.low * factor, high: upper.high };
        }
    }
    if low_open {
        amount.low = 0.0;
    }
    if high_open {
        amount.high = f64::INFINITY;
    }
    Some((index, amount))
}

/// A number in figures (`20 000` too) or words, with a multiplier or fraction behind it.
fn plain(document: &Document<'_>, index: usize) -> Option<Amount> {
    let token = document.tokens.get(index)?;
    let sentence = token.sentence;
    let behind = document.text.get(token.end..).unwrap_or_default();
    // An ordinal, a time or a score.
    let digits = token.text.starts_with(|c: char| c.is_ascii_digit());
    let colon = |text: &str| {
        text.strip_prefix([':', '/']).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
    };
    let ordinal = behind.strip_prefix('.').is_some_and(|rest| {
        rest.starts_with(char::is_whitespace)
            && rest.trim_start().starts_with(char::is_alphabetic)
            && token.text.len() <= 2
    });
    if digits && (ordinal || colon(behind) || token.gap.ends_with([':', '/', '#'])) {
        return None;
    }
    let next = document.at(index + 1, sentence);
    if let Some(share) = next.and_then(|n| number::fraction(n.text))
        && next.is_some_and(super::token::Token::follows)
    {
        let times = match token.text {
            "ein" | "Ein" | "einem" | "eines" | "die" | "Die" | "der" | "a" | "one" | "A" => 1.0,
            word => number::parse(word, document.language)?,
        };
        let half = matches!(next.map(|n| n.text), Some("Hälfte" | "half"));
        let article = matches!(token.text, "die" | "Die" | "der");
        return (article == half || !article).then_some(Amount {
            last: index + 1,
            low: times * share,
            high: times * share,
        });
    }
    let mut last = index;
    let mut value = match token.text {
        "eine" | "einer" | "ein" | "einem" | "Eine" | "a" | "one" | "One" => {
            number::multiplier(next?.text, document.language).map(|_| 1.0)?
        }
        word => number::parse(word, document.language)?,
    };
    while digits
        && value.fract() == 0.0
        && let Some(group) = document.at(last + 1, sentence)
        && group.gap.chars().count() == 1
        && group.follows()
        && group.text.len() == 3
        && document.tokens[last].text.len() <= 3
        && group.text.chars().all(|c| c.is_ascii_digit())
    {
        value = value * 1000.0 + group.text.parse::<f64>().ok()?;
        last += 1;
    }
    if let Some(next) = document.at(last + 1, sentence)
        && (next.follows() || next.gap == ". ")
        && let Some(factor) = number::multiplier(next.text, document.language)
    {
        value *= factor;
        last += 1;
    }
    Some(Amount { last, low: value, high: value })
}

/// First and last word of what is counted behind word `last`.
fn counted(document: &Document<'_>, last: usize) -> Option<(usize, usize)> {
    let sentence = document.tokens.get(last)?.sentence;
    let mut at = last + 1;
    let mut gap_stop = document.text.get(document.tokens.get(last)?.end..)?.starts_with(". ");
    // "Mio. Euro": the point belongs to the abbreviation.
    gap_stop &= matches!(document.tokens.get(last)?.text, "Mio" | "Mrd");
    if document.language == Language::English {
        let mut end = None;
        for index in at..at + 2 {
            let Some(token) = document.at(index, sentence) else { break };
            if !token.follows() || clue(token.text, Clue::Join) || is_function_word(token.text) {
                break;
            }
            end = Some(index);
        }
        return end.map(|end| (at, end));
    }
    for _ in 0..3 {
        let token = document.at(at, sentence)?;
        if !(token.follows() || (at == last + 1 && gap_stop)) {
            return None;
        }
        if token.is_capital() {
            let calendar = clue(token.text, Clue::Calendar);
            return (!calendar).then_some((last + 1, at));
        }
        // Adjectives may stand before the noun, other small words may not.
        let adjective = ["e", "en", "er", "es", "em"].iter().any(|e| token.text.ends_with(e));
        let plain = matches!(
            token.text,
            "der"
                | "die"
                | "den"
                | "seiner"
                | "ihrer"
                | "einer"
                | "weiter"
                | "eine"
                | "einen"
                | "oder"
                | "aber"
        );
        if !adjective || plain {
            return None;
        }
        at += 1;
    }
    None
}

fn is_function_word(word: &str) -> bool {
    matches!(
        word,
        "to" | "from"
            | "with"
            | "by"
            | "on"
            | "as"
            | "is"
            | "was"
            | "were"
            | "are"
            | "had"
            | "have"
            | "has"
            | "that"
            | "which"
            | "who"
            | "or"
            | "but"
            | "per"
            | "said"
            | "will"
            | "would"
            | "he"
            | "she"
            | "it"
            | "they"
            | "a"
            | "an"
            | "after"
            | "before"
            | "when"
            | "while"
            | "since"
            | "held"
            | "ago"
    )
}

/// `50-minütige`, `24-jährige`, `dreimal`, `zweifach`.
fn compound_count(document: &Document<'_>, index: usize) -> Option<(usize, Figure)> {
    let token = document.tokens.get(index)?;
    let (amount, unit) = if let Some((amount, rest)) = token.text.split_once('-')
        && amount.starts_with(|c: char| c.is_ascii_digit())
    {
        (amount, period_of(rest).or_else(|| noun_of(rest))?)
    } else if let Some(amount) = token.text.strip_suffix("mal") {
        (amount, "mal")
    } else {
        return None;
    };
    let value = match amount {
        "ein" | "Ein" => return None,
        amount => number::parse(amount, document.language)?,
    };
    let span = Span::new(document.text, token.start..token.end)?;
    let value = FigureValue::Number { low: value, high: value, counted: Some(unit.to_owned()) };
    Some((index, Figure { span, value }))
}

fn period_of(word: &str) -> Option<&'static str> {
    [
        ("sekündig", "Sekunden"),
        ("minütig", "Minuten"),
        ("stündig", "Stunden"),
        ("tägig", "Tage"),
        ("wöchig", "Wochen"),
        ("monatig", "Monate"),
        ("jährig", "Jahre"),
        ("Jährig", "Jahre"),
        ("prozentig", "Prozent"),
        ("köpfig", "Köpfe"),
        ("year-old", "years"),
        ("minute", "minutes"),
        ("hour", "hours"),
        ("day", "days"),
        ("week", "weeks"),
        ("month", "months"),
        ("year", "years"),
        ("percent", "percent"),
        ("mal", "mal"),
    ]
    .into_iter()
    .find_map(|(stem, unit)| word.starts_with(stem).then_some(unit))
}

/// `20-Prozent`: the first noun of what follows.
fn noun_of(word: &str) -> Option<&str> {
    let noun = word.split('-').next()?;
    (noun.starts_with(char::is_uppercase) && lexicon::is_noun(noun)).then_some(noun)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Draft, Paragraph, ParagraphKind};
    use jiff::civil::{Date, date};

    fn found(text: &str, language: Language, day: Option<Date>) -> Vec<(String, FigureValue)> {
        let span = Span::new(text, 0..text.len()).unwrap();
        let draft = Draft {
            text: text.to_owned(),
            language,
            published: day.map_or(Published::Unknown, Published::Day),
            paragraphs: vec![Paragraph { span, kind: ParagraphKind::Body }],
            ..Draft::default()
        };
        let analysis = crate::analysis::analyse(&draft);
        analysis.figures.into_iter().map(|f| (f.span.of(text).to_owned(), f.value)).collect()
    }

    fn number(low: f64, high: f64, counted: &str) -> FigureValue {
        FigureValue::Number { low, high, counted: (!counted.is_empty()).then(|| counted.to_owned()) }
    }

    #[test]
    fn numbers_say_what_they_count() {
        for (text, words, value) in [
            ("Es kamen 2.000 Soldaten.", "2.000 Soldaten", number(2000.0, 2000.0, "Soldaten")),
            (
                "Es kamen rund zweitausend Menschen.",
                "rund zweitausend Menschen",
                number(2000.0, 2000.0, "Menschen"),
            ),
            ("Platz für bis zu 2000 Soldaten.", "bis zu 2000 Soldaten", number(0.0, 2000.0, "Soldaten")),
            ("Mit mehr als 20 Ländern.", "mehr als 20 Ländern", number(20.0, f64::INFINITY, "Ländern")),
            (
                "Er fuhr in fünf arabische Staaten.",
                "fünf arabische Staaten",
                number(5.0, 5.0, "arabische Staaten"),
            ),
            ("Ein Plus von 15 bis 25 Prozent.", "15 bis 25 Prozent", number(15.0, 25.0, "Prozent")),
            ("Das kostet 1,5 Milliarden Euro.", "1,5 Milliarden Euro", number(1.5e9, 1.5e9, "Euro")),
            ("Es waren 457 711 Autos.", "457 711 Autos", number(457_711.0, 457_711.0, "Autos")),
            ("Das 50-minütige Gespräch.", "50-minütige", number(50.0, 50.0, "Minuten")),
            ("Er rief dreimal an.", "dreimal", number(3.0, 3.0, "mal")),
            ("Plus 3,5 % im Jahr.", "3,5 %", number(3.5, 3.5, "%")),
        ] {
            assert_eq!(found(text, Language::German, None), [(words.to_owned(), value)], "{text}");
        }
    }

    #[test]
    fn shares_are_numbers() {
        let third = 1.0 / 3.0;
        assert_eq!(
            found("Er hat ein Drittel verloren.", Language::German, None),
            [("ein Drittel".to_owned(), number(third, third, ""))]
        );
    }

    #[test]
    fn scores_ordinals_and_articles_are_no_numbers() {
        assert_eq!(found("Ein Sieg mit 2:1 am dritten Tag, dem 36. Versuch.", Language::German, None), []);
    }

    #[test]
    fn dates_are_resolved_against_the_day_of_publication() {
        // A Saturday.
        let day = Some(date(2015, 9, 19));
        let value = |from, to| FigureValue::Date { from: Some(from), to: Some(to) };
        for (text, words, from, to) in [
            ("Am 19. September 2015 war es.", "19. September 2015", date(2015, 9, 19), date(2015, 9, 19)),
            ("Es war am Freitag.", "Freitag", date(2015, 9, 18), date(2015, 9, 18)),
            ("Es war Mitte September.", "Mitte September", date(2015, 9, 11), date(2015, 9, 20)),
            ("Es war im März 2014.", "März 2014", date(2014, 3, 1), date(2014, 3, 31)),
            ("Es war im Dezember.", "Dezember", date(2015, 12, 1), date(2015, 12, 31)),
            ("Er kam gestern.", "gestern", date(2015, 9, 18), date(2015, 9, 18)),
            ("So ist es seit 2011.", "2011", date(2011, 1, 1), date(2011, 12, 31)),
            ("Sie kommt nächste Woche.", "nächste Woche", date(2015, 9, 21), date(2015, 9, 27)),
            ("Das war am 17.09.2015 so.", "17.09.2015", date(2015, 9, 17), date(2015, 9, 17)),
        ] {
            assert_eq!(found(text, Language::German, day), [(words.to_owned(), value(from, to))], "{text}");
        }
        let english = found("He came on July 20, 1987 from town.", Language::English, None);
        assert_eq!(english, [("July 20, 1987".to_owned(), value(date(1987, 7, 20), date(1987, 7, 20)))]);
    }

    #[test]
    fn dates_without_a_day_to_count_from_stay_open() {
        let open = FigureValue::Date { from: None, to: None };
        for (text, words) in [("Es war am Freitag.", "Freitag"), ("Es war vor einem Jahr.", "vor einem Jahr")]
        {
            assert_eq!(found(text, Language::German, None), [(words.to_owned(), open.clone())]);
        }
    }
}
