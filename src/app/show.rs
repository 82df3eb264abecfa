//! How sources, dates and texts read, in both languages of the interface.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use jiff::civil::Date;

use super::words::{Word, word};
use crate::model::{Draft, Filter, HeadLabel, Locale, ParagraphKind, Published, Source};

/// `text` in at most `columns` columns, ending in `…` where something is left out.
#[must_use]
pub fn clip(text: &str, columns: usize) -> String {
    if text.width() <= columns {
        return text.to_owned();
    }
    if columns == 0 {
        return String::new();
    }
    let mut clipped = String::new();
    let mut used = 0;
    for grapheme in text.graphemes(true) {
        if used + grapheme.width() + 1 > columns {
            break;
        }
        used += grapheme.width();
        clipped.push_str(grapheme);
    }
    let mut clipped = clipped.trim_end().trim_end_matches('…').trim_end().to_owned();
    clipped.push('…');
    clipped
}

/// The outlet's name; where it is unknown, that.
#[must_use]
pub fn source(source: &Source, locale: Locale) -> &str {
    source.label().unwrap_or(match locale {
        Locale::German => "Quelle ?",
        Locale::English => "source ?",
    })
}

/// The outlet's name; where it is unknown, `Text` and what the file's name begins with.
#[must_use]
pub fn outlet(draft: &Draft) -> String {
    if let Some(label) = draft.source.label() {
        return label.to_owned();
    }
    let file = draft.origin.rsplit('/').next().unwrap_or_default();
    let stem = file.split(['.', '_', ' ', '#']).next().unwrap_or_default();
    if stem.is_empty() { "?".to_owned() } else { format!("Text {}", clip(stem, 8)) }
}

/// A day in figures: `19.09.2015`, `2015-09-19`; estimated ones with `~`, unknown ones with `?`.
#[must_use]
pub fn date_short(published: Published, locale: Locale) -> String {
    let day = |d: Date| match locale {
        Locale::German => format!("{:02}.{:02}.{}", d.day(), d.month(), d.year()),
        Locale::English => d.to_string(),
    };
    match published {
        Published::Unknown => match locale {
            Locale::German => "Datum ?".to_owned(),
            Locale::English => "date ?".to_owned(),
        },
        Published::Day(d) => day(d),
        Published::Estimated { from, .. } => format!("~{}", day(from)),
    }
}

/// A day in words: `19. September 2015`, `19 September 2015`.
#[must_use]
pub fn date_long(published: Published, locale: Locale) -> String {
    let day = |d: Date| {
        let month = MONTHS[usize::from(d.month().unsigned_abs()).saturating_sub(1).min(11)];
        match locale {
            Locale::German => format!("{}. {} {}", d.day(), month.0, d.year()),
            Locale::English => format!("{} {} {}", d.day(), month.1, d.year()),
        }
    };
    match (published, locale) {
        (Published::Unknown, Locale::German) => "Datum ?".to_owned(),
        (Published::Unknown, Locale::English) => "date ?".to_owned(),
        (Published::Day(d), _) => day(d),
        (Published::Estimated { from, .. }, _) => format!("~ {}", day(from)),
    }
}

/// What a list is called.
#[must_use]
pub fn list_name(filter: &Filter, locale: Locale) -> String {
    match filter {
        Filter::All => word(Word::AllArticles, locale).to_owned(),
        Filter::Unread => word(Word::UnreadArticles, locale).to_owned(),
        Filter::Starred => word(Word::StarredArticles, locale).to_owned(),
        Filter::New => word(Word::NewArticles, locale).to_owned(),
        Filter::Noted => word(Word::NotedArticles, locale).to_owned(),
        Filter::Tagged(name) => format!("#{name}"),
        Filter::Source(name) | Filter::Feed { title: name, .. } => name.clone(),
        Filter::Story(_) => word(Word::OfStory, locale).to_owned(),
        Filter::Entity { canonical, .. } => format!("{} {canonical}", word(Word::WithEntity, locale)),
    }
}

/// What a head of a list says.
#[must_use]
pub fn head(label: &HeadLabel, locale: Locale) -> String {
    match label {
        HeadLabel::Day(day) => date_long(day.map_or(Published::Unknown, Published::Day), locale),
        HeadLabel::Source(name) if name.is_empty() => source(&Source::default(), locale).to_owned(),
        HeadLabel::Source(name) => name.clone(),
        HeadLabel::Story(Some((_, title))) => title.clone(),
        HeadLabel::Story(None) => word(Word::WithoutStory, locale).to_owned(),
    }
}

const MONTHS: [(&str, &str); 12] = [
    ("Januar", "January"),
    ("Februar", "February"),
    ("März", "March"),
    ("April", "April"),
    ("Mai", "May"),
    ("Juni", "June"),
    ("Juli", "July"),
    ("August", "August"),
    ("September", "September"),
    ("Oktober", "October"),
    ("November", "November"),
    ("Dezember", "December"),
];

/// The line below a headline: outlet, date, minutes, authors, agencies.
#[must_use]
pub fn meta(draft: &Draft, locale: Locale) -> String {
    let source = source(&draft.source, locale);
    let mut parts =
        vec![source.to_owned(), date_long(draft.published, locale), format!("{} min", draft.minutes())];
    if !draft.authors.is_empty() {
        parts.push(draft.authors.join(", "));
    }
    let tail = draft.paragraphs.iter().rfind(|p| p.kind == ParagraphKind::Tail);
    match tail {
        Some(tail) if tail.span.len() <= 40 => parts.push(tail.span.of(&draft.text).to_owned()),
        _ if !draft.agencies.is_empty() => parts.push(draft.agencies.join(", ")),
        _ => {}
    }
    parts.join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clipped_text_fits_and_shows_it() {
        assert_eq!(clip("Größe", 5), "Größe");
        assert_eq!(clip("Größen", 5), "Größ…");
        assert_eq!(clip("日本語", 4), "日…");
        assert_eq!(clip("abc", 0), "");
    }

    #[test]
    fn an_estimated_day_is_never_shown_as_a_fact() {
        let day = Date::constant(2015, 9, 18);
        let estimated = Published::Estimated { from: day, to: day };
        assert_eq!(date_short(estimated, Locale::German), "~18.09.2015");
        assert_eq!(date_short(Published::Day(day), Locale::English), "2015-09-18");
        assert_eq!(date_short(Published::Unknown, Locale::German), "Datum ?");
    }
}
