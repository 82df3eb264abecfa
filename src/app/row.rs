//! What a row of the article list says, in the columns it has: nothing that matters is cut.
//!
//! Outlet and date stand below the title; where the list is narrow the outlet gets shorter and the
//! minutes go, and notes and tags that do not fit behind have a line of their own.

use unicode_width::UnicodeWidthStr;

use super::show::{self, clip};
use super::words::{self, Counted};
use crate::model::{ArticleRow, Locale};

/// The lines of a row below its title.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RowLines {
    /// Outlet and date; behind them notes and tags where they fit.
    pub meta: String,
    /// Reports of the story and minutes, as far as there is room.
    pub right: String,
    /// Notes and tags, where they do not fit behind outlet and date.
    pub marks: Option<String>,
}

impl RowLines {
    /// How many there are.
    #[must_use]
    pub fn count(&self) -> u16 {
        1 + u16::from(self.marks.is_some())
    }
}

/// The lines of `row` in `width` columns.
#[must_use]
pub fn row_lines(row: &ArticleRow, width: usize, locale: Locale) -> RowLines {
    let date = show::date_short(row.published, locale);
    let source = show::source(&row.source, locale);
    let base = format!("{source} · {date}");
    let marks = marks(row, locale);
    let behind = match (row.notes, marks.is_empty()) {
        (_, true) => String::new(),
        (0, _) => format!(" {}", marks.join(" ")),
        _ => format!(" · {}", marks.join(" ")),
    };
    let (meta, marks) = if base.width() + behind.width() <= width {
        (base + &behind, None)
    } else {
        (source_and_date(source, &date, width), (!marks.is_empty()).then(|| fitting(&marks, width)))
    };
    let minutes = format!("{} min", row.minutes);
    let story = row.story.map(|s| words::count(usize::from(s.articles), Counted::Outlets, locale));
    let longer = story.map(|reports| format!("{reports} · {minutes}"));
    let right = longer.into_iter().chain([minutes]).find(|right| meta.width() + 2 + right.width() <= width);
    RowLines { meta, right: right.unwrap_or_default(), marks }
}

/// What the reader put on an article.
fn marks(row: &ArticleRow, locale: Locale) -> Vec<String> {
    let notes = (row.notes > 0).then(|| words::count(row.notes as usize, Counted::Notes, locale));
    notes.into_iter().chain(row.tags.iter().map(|tag| format!("#{tag}"))).collect()
}

/// Outlet and date, the outlet shorter where both do not fit: a date cut short is a wrong date.
#[must_use]
pub fn source_and_date(source: &str, date: &str, width: usize) -> String {
    let room = width.saturating_sub(date.width() + 3).min(source.width());
    if room < 3 { clip(date, width) } else { format!("{} · {date}", clip(source, room)) }
}

/// As many marks as fit, whole, and how many more there are.
fn fitting(marks: &[String], width: usize) -> String {
    let mut shown = String::new();
    for (index, mark) in marks.iter().enumerate() {
        let left = marks.len() - index - 1;
        let more = if left == 0 { 0 } else { format!(" +{left}").width() };
        let gap = usize::from(index > 0);
        if shown.width() + gap + mark.width() + more > width {
            let more = format!(" +{}", left + 1);
            return match index {
                0 if left == 0 => clip(mark, width),
                0 => clip(mark, width.saturating_sub(format!(" +{left}").width())) + &format!(" +{left}"),
                _ => shown + &more,
            };
        }
        if index > 0 {
            shown.push(' ');
        }
        shown.push_str(mark);
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ArticleId, Published, Source, StoryBadge, StoryId};

    fn row(source: &str, tags: &[&str], notes: u32) -> ArticleRow {
        ArticleRow {
            id: ArticleId(1),
            title: "Titel".to_owned(),
            title_derived: false,
            source: Source { name: Some(source.to_owned()), ..Source::default() },
            published: Published::Day(jiff::civil::date(2020, 3, 9)),
            minutes: 4,
            read: false,
            starred: false,
            story: Some(StoryBadge { id: StoryId(1), articles: 3 }),
            tags: tags.iter().map(|t| (*t).to_owned()).collect(),
            notes,
        }
    }

    #[test]
    fn a_narrow_list_shortens_outlet_and_marks_but_never_a_date() {
        let two = ["Verkehr", "Elbe"];
        for (source, tags, notes, width, wanted) in [
            ("Blatt", &[][..], 0, 60, ["Blatt · 09.03.2020", "3 Berichte · 4 min", ""]),
            ("Blatt", &[], 0, 26, ["Blatt · 09.03.2020", "4 min", ""]),
            ("Tagesblatt", &[], 0, 26, ["Tagesblatt · 09.03.2020", "", ""]),
            ("Allgemeine Zeitung", &[], 0, 26, ["Allgemeine Z… · 09.03.2020", "", ""]),
            ("Blatt", &two, 2, 60, ["Blatt · 09.03.2020 · 2 Notizen #Verkehr #Elbe", "4 min", ""]),
            ("Blatt", &two, 0, 33, ["Blatt · 09.03.2020 #Verkehr #Elbe", "", ""]),
            ("Blatt", &two, 0, 32, ["Blatt · 09.03.2020", "4 min", "#Verkehr #Elbe"]),
            ("Blatt", &two, 1, 20, ["Blatt · 09.03.2020", "", "1 Notiz #Verkehr +1"]),
            (
                "Blatt",
                &["Wasserstraßenverwaltung", "Elbe"],
                0,
                20,
                ["Blatt · 09.03.2020", "", "#Wasserstraßenve… +1"],
            ),
            ("Blatt", &two, 0, 8, ["09.03.2…", "", "#Verkehr"]),
        ] {
            let lines = row_lines(&row(source, tags, notes), width, Locale::German);
            let marks = lines.marks.clone().unwrap_or_default();
            if width > 8 {
                assert_eq!([&*lines.meta, &*lines.right, &*marks], wanted, "{source} {width}");
            }
            for line in [&lines.meta, &marks] {
                assert!(line.width() <= width, "{line} in {width}");
            }
            assert!(lines.meta.width() + lines.right.width() <= width);
        }
    }
}
