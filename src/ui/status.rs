//! First and last line: where one is, what can be done, how far one has come.

use ratatui::buffer::Buffer;
use ratatui::text::{Line, Span as Piece};

use super::cells::{columns, put, put_line, put_right, rect, rule};
use super::hints;
use super::layout::body;
use super::theme::{Role, Theme};
use crate::app::edit::EditLine;
use crate::app::notice::Tone;
use crate::app::sheet::SheetView;
use crate::app::show::{clip, list_name as list_name_of, outlet};
use crate::app::viewport::Area;
use crate::app::words::{self, Counted, Word, word};
use crate::app::words_feeds;
use crate::app::{App, Pane, Screen};
use crate::model::Locale;

/// Draws the breadcrumb, the counts at its right and the rule below.
pub fn draw_top(app: &App, screen: Area, theme: &Theme, buffer: &mut Buffer) {
    let muted = theme.style(Role::Muted);
    let fits = |right: &str| usize::from(columns(right)) + 30 <= usize::from(screen.width);
    let counts = counts(app);
    // Where marks go matters more than how many articles there are.
    let said = match kept(app) {
        Some(kept) => vec![format!("{counts} · {kept}"), kept.to_owned(), counts],
        None => vec![counts],
    };
    let room = screen.width.saturating_sub(2);
    let begins = match said.iter().find(|right| fits(right)) {
        Some(right) => put_right(buffer, screen.width - 1, 0, room, right, muted),
        None => screen.width,
    };
    let steps = breadcrumb(app);
    let mut pieces = vec![Piece::styled("lesart", muted)];
    let step = format!(" {} ", theme.glyphs().step);
    let last = steps.len().saturating_sub(1);
    for (index, name) in steps.into_iter().enumerate() {
        pieces.push(Piece::styled(step.clone(), muted));
        let style = if index == last { theme.style(Role::Title) } else { muted };
        pieces.push(Piece::styled(name, style));
    }
    let room = begins.saturating_sub(3);
    let used: usize = pieces.iter().take(pieces.len() - 1).map(|p| usize::from(columns(&p.content))).sum();
    if let Some(name) = pieces.last_mut() {
        let fitting = clip(&name.content, usize::from(room).saturating_sub(used));
        *name = Piece::styled(fitting, name.style);
    }
    put_line(buffer, 1, 0, room, &Line::from(pieces));
    if body(app, screen).y > 1 {
        rule(buffer, 0, 1, screen.width, theme.glyphs().rule, theme.style(Role::Rule));
    }
}

/// Where one is, outermost first.
fn breadcrumb(app: &App) -> Vec<String> {
    let locale = app.locale;
    let mut steps = Vec::new();
    for screen in app.screens() {
        match screen {
            Screen::Main if app.screens().len() > 1 => {}
            Screen::Main => {
                steps.push(list_name(app));
                let typed = app.list.filter.text().trim();
                if !typed.is_empty() && app.list.name.is_none() {
                    steps.push(typed.to_owned());
                }
            }
            Screen::Search => steps.push(word(Word::Search, locale).to_owned()),
            Screen::Stories => steps.push(word(Word::Stories, locale).to_owned()),
            Screen::Versions => {
                steps.push(word(Word::VersionsTitle, locale).to_owned());
                if let Some(article) = app.versions.reader.article() {
                    steps.push(article.draft.title.text.clone());
                }
            }
            Screen::Comparison => {
                steps.push(word(Word::Comparison, locale).to_owned());
                let first = app.comparing.columns().first().copied().unwrap_or(0);
                if let Some(article) = app.comparing.articles().get(first) {
                    steps.push(article.article.draft.title.text.clone());
                }
            }
            Screen::Article => {
                if let Some(article) = app.reader.article() {
                    steps.push(outlet(&article.draft));
                    steps.push(article.draft.title.text.clone());
                }
            }
        }
    }
    let narrow = !app.viewport().list.is_shown();
    if app.screen() == Screen::Main
        && (narrow || app.zen)
        && app.focus() != Pane::List
        && let Some(article) = app.reader.article()
    {
        steps.push(article.draft.title.text.clone());
    }
    steps
}

fn list_name(app: &App) -> String {
    match &app.list.name {
        Some(name) => name.clone(),
        None => list_name_of(&app.list.view.filter, app.locale),
    }
}

/// Where marks go, in the list, where that is not the library's file.
fn kept(app: &App) -> Option<&'static str> {
    let is_quiet = app.progress.is_none() && app.fetching.is_none() && app.prepared;
    let said = match (app.is_beside(), &app.summary.home) {
        (true, _) => Word::Beside,
        (false, None) => Word::InMemory,
        (false, Some(_)) => return None,
    };
    let is_list = app.screen() == Screen::Main && app.viewport().list.is_shown();
    (is_quiet && is_list).then(|| word(said, app.locale))
}

/// What the first line counts at its right.
fn counts(app: &App) -> String {
    let (locale, summary) = (app.locale, &app.summary);
    let dot = " · ";
    match app.screen() {
        Screen::Versions => String::new(),
        Screen::Main | Screen::Stories | Screen::Article => {
            if let Some(progress) = &app.progress {
                return words::importing(progress, locale);
            }
            if let Some(report) = &app.fetching {
                return words_feeds::fetching(report, locale);
            }
            if !app.prepared {
                return word(Word::Indexing, locale).to_owned();
            }
            if app.list.len() != summary.articles {
                return words::count(app.list.len(), Counted::Articles, locale);
            }
            [
                words::count(summary.articles, Counted::Articles, locale),
                words::count(summary.sources, Counted::Sources, locale),
                words::count(summary.stories, Counted::Stories, locale),
            ]
            .join(dot)
        }
        Screen::Search => {
            let Some(answer) = &app.finder.answer else { return String::new() };
            let searched = answer.searched as usize;
            let found = words::grouped(answer.total as usize, locale);
            let of = match locale {
                Locale::German if searched != 1 => {
                    format!("von {} Artikeln", words::grouped(searched, locale))
                }
                Locale::German => "von 1 Artikel".to_owned(),
                Locale::English => format!("of {}", words::count(searched, Counted::Articles, locale)),
            };
            if app.finder.is_partial {
                return format!("{} {found} {of} {}", word(Word::SoFar, locale), "…");
            }
            format!("{found} {of}{dot}{}", took(answer.took_us))
        }
        Screen::Comparison => comparison_counts(app),
    }
}

fn took(microseconds: u64) -> String {
    if microseconds < 1000 { "< 1 ms".to_owned() } else { format!("{} ms", microseconds / 1000) }
}

fn comparison_counts(app: &App) -> String {
    let (locale, comparing) = (app.locale, &app.comparing);
    let comparison = comparing.comparison();
    let inside = comparing.articles().len() - comparison.outside.len();
    let copied: usize = comparison.copies.iter().map(|c| c.articles.len().saturating_sub(1)).sum();
    let mut parts = vec![words::count(inside, Counted::Outlets, locale)];
    if copied > 0 {
        parts.push(words::count(inside.saturating_sub(copied), Counted::Independent, locale));
    }
    if comparing.view() == SheetView::Facts {
        parts.push(words::count(comparing.rows().len(), Counted::Facts, locale));
        let differing = comparing.rows().iter().filter(|r| r.differs()).count();
        parts.push(words::count(differing, Counted::Differences, locale));
    }
    parts.join(" · ")
}

/// Draws notice, typed line or key hints, and the position at the right; the cell of the cursor
/// where something is typed here.
pub fn draw_bottom(app: &App, screen: Area, theme: &Theme, buffer: &mut Buffer) -> Option<(u16, u16)> {
    let y = screen.height - 1;
    let position = position(app);
    let room = screen.width.saturating_sub(2);
    let begins = put_right(buffer, screen.width - 1, y, room, &position, theme.style(Role::Muted));
    let room = begins.saturating_sub(3);
    if let Some((label, line)) = typed_line(app) {
        let at =
            put(buffer, 1, y, room, &format!("{label} {} ", theme.glyphs().step), theme.style(Role::Accent));
        return Some(draw_edit(line, at, y, (room + 1).saturating_sub(at), theme, buffer));
    }
    if let Some(notice) = &app.notice {
        let role = match notice.tone {
            Tone::Plain => Role::Notice,
            Tone::Error => Role::Error,
        };
        put(buffer, 1, y, room, &clip(&notice.text, usize::from(room)), theme.style(role));
        return None;
    }
    if !app.pending().is_empty() {
        let keys: Vec<String> = app.pending().iter().map(|c| c.label(app.locale, app.is_ascii())).collect();
        put(buffer, 1, y, room, &format!("{} …", keys.join(" ")), theme.style(Role::Key));
        return None;
    }
    hints::draw(app, y, room, theme, buffer);
    None
}

/// A line being typed; the cell of its cursor.
pub fn draw_edit(
    line: &EditLine,
    x: u16,
    y: u16,
    width: u16,
    theme: &Theme,
    buffer: &mut Buffer,
) -> (u16, u16) {
    let before = columns(line.before_cursor());
    // A line longer than its place shows the part around the cursor.
    let skipped = before.saturating_sub(width.saturating_sub(1));
    let mut shown = line.text();
    let mut left = skipped;
    while left > 0 {
        let Some(first) = shown.chars().next() else { break };
        shown = shown.get(first.len_utf8()..).unwrap_or_default();
        left = left.saturating_sub(columns(first.encode_utf8(&mut [0; 4])));
    }
    let end = put(buffer, x, y, width, shown, theme.style(Role::Text));
    if line.is_selected() {
        let place = Area { x, y, width: end.saturating_sub(x), height: 1 };
        buffer.set_style(rect(place, buffer), theme.style(Role::Selection));
    }
    (x + (before - skipped).min(width.saturating_sub(1)), y)
}

fn typed_line(app: &App) -> Option<(&'static str, &EditLine)> {
    if !matches!(app.screen(), Screen::Main | Screen::Article) || app.overlay.is_some() {
        return None;
    }
    match app.focus() {
        Pane::List if app.list.filtering => Some((word(Word::Filter, app.locale), &app.list.filter)),
        Pane::Panel if app.panel.filtering => Some((word(Word::Filter, app.locale), &app.panel.filter)),
        Pane::Reader => app.reader.find.as_ref().map(|line| (word(Word::FindHere, app.locale), line)),
        Pane::List | Pane::Panel => None,
    }
}

/// How far one has come, for the last line's right.
fn position(app: &App) -> String {
    let of = |at: usize, all: usize| {
        let number = |n| words::grouped(n, app.locale);
        if all == 0 { String::new() } else { format!("{}/{}", number(at + 1), number(all)) }
    };
    match app.screen() {
        Screen::Main | Screen::Article => match app.focus() {
            Pane::List => app.list.position().map_or(String::new(), |at| of(at, app.list.len())),
            Pane::Reader | Pane::Panel => {
                let matches = app.reader.matches();
                let found = if matches.0.is_empty() {
                    String::new()
                } else {
                    format!("{} {} · ", word_match(app.locale), of(matches.1, matches.0.len()))
                };
                app.reader.progress().map_or(String::new(), |(paragraph, all, percent)| {
                    let short = match app.locale {
                        Locale::German => "Abs.",
                        Locale::English => "par.",
                    };
                    format!("{found}{short} {paragraph}/{all} · {percent} %")
                })
            }
        },
        Screen::Search => of(app.finder.hits.selected(), app.finder.hits.len()),
        Screen::Comparison => {
            let name = match app.comparing.view() {
                SheetView::Facts | SheetView::Only => word(Word::Fact, app.locale),
                SheetView::Words | SheetView::Quotes => "",
            };
            format!("{name} {}", of(app.comparing.selected(), app.comparing.rows().len())).trim().to_owned()
        }
        Screen::Stories => of(app.stories.selected(), app.stories.len()),
        Screen::Versions => {
            let (places, at) = app.versions.reader.matches();
            of(at, places.len())
        }
    }
}

fn word_match(locale: Locale) -> &'static str {
    match locale {
        Locale::German => "Treffer",
        Locale::English => "match",
    }
}
