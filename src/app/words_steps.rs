//! What was undone, what an import did, in words.

use super::words::{Counted, count, grouped, imported};
use crate::model::{Change, ImportReport, Locale, Progress};

/// What undo took back, or redo made again.
#[must_use]
pub fn restored(changes: &[Change], is_redo: bool, title: Option<&str>, locale: Locale) -> String {
    let german = locale == Locale::German;
    let say = |de: &str, en: &str| if german { de.to_owned() } else { en.to_owned() };
    let is_set = |change: &Change| match change {
        Change::State(_, to) => to.starred.or(to.read).unwrap_or(true),
        Change::Tag { on, .. } => *on,
        Change::Correct { to, .. } => to.is_some(),
        Change::PutNote { .. } | Change::PutSearch(_) => true,
        Change::DropNote { .. } | Change::DropSearch(_) => false,
    };
    let Some(first) = changes.first() else { return say("Nichts geändert", "Nothing changed") };
    let what = match first {
        Change::State(_, to) if to.starred.is_some() => say("Stern", "Star"),
        Change::State(..) => say("Gelesen-Marke", "Read mark"),
        Change::Tag { tag, .. } => format!("#{tag}"),
        Change::PutNote { note, .. } if note.text.is_empty() => say("Hervorhebung", "Highlight"),
        Change::PutNote { .. } | Change::DropNote { .. } => say("Notiz", "Note"),
        Change::Correct { .. } => say("Berichtigung", "Correction"),
        Change::PutSearch(saved) => say("Suche", "Search") + &format!(" „{}“", saved.name),
        Change::DropSearch(name) => say("Suche", "Search") + &format!(" „{name}“"),
    };
    let mut articles: Vec<crate::model::ArticleId> = changes.iter().filter_map(Change::article).collect();
    articles.sort_unstable();
    articles.dedup();
    let of = match (articles.len(), title) {
        (0, _) => String::new(),
        (1, Some(title)) => {
            let title = super::show::clip(title, 40);
            if german { format!(" von „{title}“") } else { format!(" on “{title}”") }
        }
        (number, _) if german => format!(" von {}", count(number, Counted::Articles, locale)),
        (number, _) => format!(" on {}", count(number, Counted::Articles, locale)),
    };
    let done = match (is_set(first), is_redo) {
        (true, false) => say("wiederhergestellt", "put back"),
        (true, true) => say("wieder gesetzt", "set again"),
        (false, false) => say("zurückgenommen", "taken back"),
        (false, true) => say("wieder entfernt", "removed again"),
    };
    format!("{what}{of} {done}")
}

/// The stages of an import: a name, how many of how many in words, and how much of it is done in per cent.
#[must_use]
pub fn import_stages(progress: &Progress, locale: Locale) -> [(&'static str, String, u8); 3] {
    let german = locale == Locale::German;
    let say = |de, en| if german { de } else { en };
    let share = |part: u32, of: u32| {
        let share = (u64::from(part) * 100).checked_div(u64::from(of)).unwrap_or(0);
        u8::try_from(share.min(100)).unwrap_or(100)
    };
    let number = |n: u32| grouped(n as usize, locale);
    let of = say("von", "of");
    let files = format!("{} {of} {} {}", number(progress.read), number(progress.of), say("Dateien", "files"));
    let articles = format!("{} {}", number(progress.recognised), say("Artikel", "articles"));
    let sorted = format!("{} {of} {}", number(progress.sorted_in), number(progress.added));
    let is_ready = progress.is_stored && progress.added == 0;
    [
        (say("Lesen", "Read"), files, share(progress.read, progress.of)),
        (say("Erkennen", "Recognise"), articles, progress.percent()),
        (
            say("Einordnen", "Sort in"),
            sorted,
            if is_ready { 100 } else { share(progress.sorted_in, progress.added) },
        ),
    ]
}

/// New, known and refused so far.
#[must_use]
pub fn import_counts(progress: &Progress, locale: Locale) -> String {
    let number = |n: u32| grouped(n as usize, locale);
    let (new, known, refused) =
        (number(progress.added), number(progress.duplicates), number(progress.refused));
    match locale {
        Locale::German => {
            format!("{new} neu · {known} schon da · {refused} nicht lesbar")
        }
        Locale::English => format!("{new} new · {known} known · {refused} refused"),
    }
}

/// What came of an import, in one line.
#[must_use]
pub fn import_report(report: &ImportReport, locale: Locale) -> String {
    let text = imported(report.added.len(), report.duplicates as usize, report.refused.len(), locale);
    match (report.stopped, locale) {
        (false, _) => text,
        (true, Locale::German) => format!("Abgebrochen: {text}"),
        (true, Locale::English) => format!("Stopped: {text}"),
    }
}

/// Articles that another program added.
#[must_use]
pub fn came(articles: u32, locale: Locale) -> String {
    match (articles, locale) {
        (1, Locale::German) => "1 neuer Artikel".to_owned(),
        (1, Locale::English) => "1 new article".to_owned(),
        (number, Locale::German) => format!("{} neue Artikel", grouped(number as usize, locale)),
        (number, Locale::English) => format!("{} new articles", grouped(number as usize, locale)),
    }
}
