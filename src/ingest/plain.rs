//! Articles from loose text copies: pasted, saved, or selected with half of the page around them.
//!
//! Each line is typed by its shape ([`shape`]); the densest run of prose is the article. Where
//! little or nothing of a page came along, every line that is not known furniture stays.

use crate::model::{Basis, Draft, ParagraphKind, Published, Source};

use super::body;
use super::chrome::{Chrome, chrome};
use super::compose::{self, Part};
use super::credit::{self, Picture};
use super::header::{Meta, meta};
use super::headline;
use super::line::{Line, lines};
use super::{Error, ending, outlet, run};

/// What a line is by its shape.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Shape {
    /// Of the page, not of the article.
    Chrome(Chrome),
    /// About the article.
    Meta(Meta),
    /// About a picture.
    Picture(Picture),
    /// Closing line with agencies.
    Tail(Vec<String>),
    /// Anything else.
    Text,
}

/// A line with its shape and, once decided, its place in the article.
#[derive(Clone, Debug)]
pub(super) struct Typed {
    pub line: Line,
    pub shape: Shape,
    /// What it becomes; `None` leaves it out.
    pub kind: Option<ParagraphKind>,
}

impl Typed {
    pub fn is_text(&self) -> bool {
        self.shape == Shape::Text
    }

    pub fn is_running(&self) -> bool {
        self.is_text() && self.line.is_running()
    }
}

/// Reads `text`, which is clean, into `draft`, keeping what `draft` already knows.
///
/// # Errors
/// `NoText` where nothing is left but furniture.
pub(super) fn read(text: &str, mut draft: Draft) -> Result<Draft, Error> {
    let mut typed: Vec<Typed> = lines(text).into_iter().map(typed).collect();
    mark_menus(&mut typed);
    ending::mark_comments(&mut typed);
    let is_page = has_page_around(&typed);
    if is_page {
        ending::mark_repeated(&mut typed);
        ending::mark_authors(&mut typed);
    }
    let run = if is_page { run::densest(&typed) } else { run::all_prose(&typed) };
    body::mark_pictures(&mut typed, &run);
    body::mark(&mut typed, run.clone(), is_page);
    if draft.title.text.is_empty() {
        headline::mark(&mut typed, run.clone(), is_page);
    } else {
        headline::mark_below_known_title(&mut typed, &run, &draft.title.text);
    }
    headline::mark_lead(&mut typed, &run);
    note_meta(&typed, &run, &mut draft);
    note_agencies(&typed, &mut draft);
    let mut parts: Vec<Part> = Vec::with_capacity(typed.len());
    if !draft.title.text.is_empty() {
        parts.push(Part { kind: ParagraphKind::Title, text: draft.title.text.clone() });
    }
    parts.extend(typed.into_iter().filter_map(|t| t.kind.map(|kind| Part { kind, text: t.line.text })));
    if !parts.iter().any(|p| p.text.contains(char::is_alphanumeric)) {
        return Err(Error::NoText);
    }
    compose::fill(&mut draft, &parts);
    Ok(draft)
}

fn typed(line: Line) -> Typed {
    let shape = shape(&line);
    Typed { line, shape, kind: None }
}

fn shape(line: &Line) -> Shape {
    if line.marked_heading {
        return Shape::Text;
    }
    // Nothing but prose is that long; the looks at words below stay cheap.
    if line.words > 60 && line.sentences > 0 {
        return Shape::Text;
    }
    if let Some(meta) = meta(&line.text) {
        return Shape::Meta(meta);
    }
    if let Some(agencies) = credit::tail(&line.text) {
        return Shape::Tail(agencies);
    }
    if let Some(picture) = credit::picture(&line.text) {
        return Shape::Picture(picture);
    }
    match chrome(&line.text, line.words) {
        Some(chrome) => Shape::Chrome(chrome),
        None if line.words == 0 => Shape::Chrome(Chrome::Control),
        None => Shape::Text,
    }
}

/// Short lines in a stack above the text are a menu; the last one may be the title's kicker.
fn mark_menus(typed: &mut [Typed]) {
    const STACK: usize = 5;
    let Some(prose) = typed.iter().position(Typed::is_running) else { return };
    let is_entry = |t: &Typed| t.line.words <= 3 && !t.line.ends && !t.line.marked_heading;
    let mut start = 0;
    while start < prose {
        let length = typed.iter().take(prose).skip(start).take_while(|t| is_entry(t)).count();
        if length >= STACK {
            for entry in typed.iter_mut().skip(start).take(length - 1).filter(|t| t.is_text()) {
                entry.shape = Shape::Chrome(Chrome::Control);
            }
        }
        start += length + 1;
    }
}

/// Whether a good part of a page was copied along: furniture, and stacks of short lines.
fn has_page_around(typed: &[Typed]) -> bool {
    let furniture =
        typed.iter().filter(|t| matches!(t.shape, Shape::Chrome(c) if !matches!(c, Chrome::Section))).count();
    let short = typed.iter().filter(|t| t.line.words <= 4 && !t.line.ends).count();
    let prose = typed.iter().filter(|t| t.is_running()).count();
    furniture >= 6 || (furniture >= 3 && short >= 8 && short > prose)
}

/// Day, address, outlet and authors from the lines around the text.
fn note_meta(typed: &[Typed], run: &std::ops::Range<usize>, draft: &mut Draft) {
    let mut updated = None;
    let mut from_address: Option<Source> = None;
    let mut hinted: Option<Source> = None;
    let mut paragraphs = 0;
    let last_prose = typed.iter().rposition(Typed::is_running).unwrap_or(0);
    for (at, line) in typed.iter().enumerate() {
        paragraphs += usize::from(at >= run.start && line.is_running());
        match &line.shape {
            // A day between later paragraphs heads a part of the text; it does not date it.
            Shape::Meta(Meta::Dated { date, is_update, source, authors })
                if paragraphs < 3 || at >= run.end =>
            {
                if *is_update {
                    updated = updated.or(Some(*date));
                } else if draft.published == Published::Unknown {
                    draft.published = Published::Day(*date);
                }
                if draft.source.label().is_none()
                    && let Some(source) = source
                {
                    draft.source = source.clone();
                }
                note_authors(authors, draft);
            }
            Shape::Meta(Meta::Address(url)) if draft.url.is_none() => {
                draft.url = Some(url.clone());
                from_address = outlet::host(url).and_then(|h| outlet::by_host(h, Basis::Derived));
            }
            Shape::Meta(Meta::Masthead(source)) => hinted = hinted.or_else(|| Some(source.clone())),
            Shape::Meta(Meta::Outlet(source)) if draft.source.label().is_none() => {
                draft.source = source.clone();
            }
            Shape::Meta(Meta::Authors(names)) => note_authors(names, draft),
            Shape::Chrome(Chrome::SkipLink | Chrome::Control)
            | Shape::Picture(Picture::Credit)
            | Shape::Tail(_)
                if at < run.start || at > last_prose =>
            {
                hinted = hinted.or_else(|| outlet::in_furniture(&line.line.text));
            }
            _ => {}
        }
    }
    if draft.published == Published::Unknown
        && let Some(date) = updated
    {
        draft.published = Published::Day(date);
    }
    if draft.source.label().is_none()
        && let Some(source) = from_address.or(hinted)
    {
        draft.source = source;
    }
}

fn note_authors(names: &[String], draft: &mut Draft) {
    for name in names {
        credit::push_new(&mut draft.authors, name);
    }
}

/// Agencies of the tail, the dateline, and a last paragraph's end.
fn note_agencies(typed: &[Typed], draft: &mut Draft) {
    let mut agencies = Vec::new();
    let prose = || typed.iter().filter(|t| t.kind.is_some_and(ParagraphKind::is_running_text));
    for text in prose().take(2) {
        agencies.extend(credit::dateline_agencies(&text.line.text));
    }
    if let Some(last) = prose().next_back() {
        agencies.extend(credit::closing_agencies(&last.line.text));
    }
    for line in typed {
        if let Shape::Tail(named) = &line.shape {
            agencies.extend(named.iter().cloned());
        }
    }
    for name in agencies {
        credit::push_new(&mut draft.agencies, &name);
    }
}

#[cfg(test)]
mod tests {
    use ParagraphKind::{Body, Caption, Credit, Heading, Kicker, Tail, Title};

    use super::*;

    const FIRST: &str = "Der Rat hat am Freitag über die neue Brücke beraten und sich nach langer Aussprache \
        für den größeren der beiden Entwürfe entschieden, der vor allem den Radverkehr aufnehmen soll.";
    const SECOND: &str = "Gebaut wird nach den Worten der Bürgermeisterin vom kommenden Mai an, wenn der Fluss \
        wenig Wasser führt; die Kosten von zwölf Millionen Euro teilen sich Stadt und Land zur Hälfte.";

    fn draft(text: &str) -> Draft {
        read(text, Draft::default()).unwrap()
    }

    fn kinds(draft: &Draft) -> Vec<(ParagraphKind, &str)> {
        draft.paragraphs.iter().map(|p| (p.kind, p.span.of(&draft.text))).collect()
    }

    #[test]
    fn the_article_is_found_on_a_page_selected_as_a_whole() {
        let page = format!(
            "Zum Inhalt springen\nMenü\nSuche\nAnmelden\nPolitik\nWirtschaft\nStadtleben\nFreizeit\n\
             Brückenstreit\nRat entscheidet sich für große Brücke\nVon Erika Muster\n\
             Stand: 17.09.2015, 14:30 Uhr\nTeilen Twittern Drucken\n\
             Der alte Steg am Freitag\nFoto: dpa\n{FIRST}\nMehr zum Thema\nWas der Umbau für Pendler bedeutet\n\
             Was kostet der Bau?\n{SECOND}\nem/dpa\nKommentare\nImpressum\nDatenschutz\n© 2015 WELT"
        );
        let draft = draft(&page);
        let expected = [
            (Kicker, "Brückenstreit"),
            (Title, "Rat entscheidet sich für große Brücke"),
            (Caption, "Der alte Steg am Freitag"),
            (Credit, "Foto: dpa"),
            (Body, FIRST),
            (Heading, "Was kostet der Bau?"),
            (Body, SECOND),
            (Tail, "em/dpa"),
        ];
        assert_eq!(kinds(&draft), expected);
        assert_eq!(draft.published.stated().map(|d| d.to_string()).as_deref(), Some("2015-09-17"));
        assert_eq!(
            (draft.authors, draft.agencies),
            (vec!["Erika Muster".to_owned()], vec!["dpa".to_owned()])
        );
        assert_eq!(draft.source.domain.as_deref(), Some("welt.de"));
    }

    #[test]
    fn a_heading_between_paragraphs_is_no_title() {
        let draft = draft(&format!("{FIRST}\nStreit um die Kosten\n{SECOND}"));
        assert!(!draft.title.text.contains("Streit"));
        assert_eq!(kinds(&draft).get(1), Some(&(Heading, "Streit um die Kosten")));
        assert_eq!((draft.source, draft.published), (Source::default(), Published::Unknown));
    }

    #[test]
    fn nothing_of_a_text_without_a_page_is_dropped() {
        let text =
            format!("Neue Brücke\n\n{FIRST}\n\nDie Ergebnisse:\n\nEntwurf A 12\n\nEntwurf B 7\n\nEnde");
        let draft = draft(&text);
        assert_eq!(draft.text, text);
        assert_eq!(draft.title.text, "Neue Brücke");
    }

    #[test]
    fn days_of_a_chronicle_stay_headings() {
        let text = format!("Chronik\n\n17.09.2015\n\n{FIRST}\n\n18.09.2015\n\n{SECOND}");
        let draft = draft(&text);
        assert_eq!(draft.published.stated().map(|d| d.to_string()).as_deref(), Some("2015-09-17"));
        assert!(kinds(&draft).contains(&(Heading, "18.09.2015")));
    }
}
