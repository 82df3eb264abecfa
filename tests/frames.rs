//! What the screens look like: glyphs and styles, against golden files.
//!
//! `UPDATE_FRAMES=1 cargo test --test frames` writes the files anew; the commit says why the new
//! ones are right.

#![allow(clippy::unwrap_used, reason = "what is missing fails the test")]

mod common;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use common::Reader;
use lesart::config::theme::ThemeName;
use lesart::model::{Note, NoteId, Progress, Version};
use lesart::ui;
use lesart::ui::theme::Theme;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

fn frame(reader: &Reader, theme: ThemeName) -> (Buffer, Option<(u16, u16)>) {
    let (width, height) = reader.size;
    let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
    let cursor = ui::draw(&reader.app, reader.app.viewport(), &Theme::builtin(theme, false), &mut buffer);
    (buffer, cursor)
}

/// Glyphs, then a letter a cell for its style, then what the letters stand for.
fn written(buffer: &Buffer, cursor: Option<(u16, u16)>) -> String {
    let mut glyphs = String::new();
    let mut styles = String::new();
    let mut legend: BTreeMap<char, Style> = BTreeMap::new();
    for y in 0..buffer.area.height {
        let (mut line, mut looks) = (String::new(), String::new());
        for x in 0..buffer.area.width {
            let cell = buffer.cell((x, y)).unwrap();
            line.push_str(cell.symbol());
            let style = cell.style();
            let plain = Buffer::empty(Rect::new(0, 0, 1, 1)).cell((0, 0)).unwrap().style();
            if style == plain {
                looks.push('.');
                continue;
            }
            let known = legend.iter().find(|(_, s)| **s == style).map(|(c, _)| *c);
            let letter = known.unwrap_or_else(|| {
                let next = char::from(b'a' + u8::try_from(legend.len()).unwrap());
                legend.insert(next, style);
                next
            });
            looks.push(letter);
        }
        writeln!(glyphs, "{}", line.trim_end()).unwrap();
        writeln!(styles, "{}", looks.trim_end_matches('.')).unwrap();
    }
    let mut text = format!("{glyphs}\n{styles}\n");
    for (letter, style) in legend {
        writeln!(text, "{letter} fg {:?} bg {:?} {:?}", style.fg, style.bg, style.add_modifier).unwrap();
    }
    writeln!(text, "cursor {cursor:?}").unwrap();
    text
}

fn check(name: &str, reader: &Reader, theme: ThemeName) {
    let (buffer, cursor) = frame(reader, theme);
    let text = written(&buffer, cursor);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/frames").join(format!("{name}.txt"));
    if std::env::var_os("UPDATE_FRAMES").is_some() {
        fs::write(&path, &text).unwrap();
    }
    let golden = fs::read_to_string(&path).unwrap_or_default();
    assert!(golden == text, "{name} looks otherwise now:\n{text}");
}

#[test]
fn list_reader_and_entities_side_by_side() {
    check("main-120x30-dark", &Reader::new(120, 30), ThemeName::Dark);
}

#[test]
fn list_and_reader_where_three_panes_do_not_fit() {
    check("main-80x24-light", Reader::new(80, 24).press("enter"), ThemeName::Light);
}

#[test]
fn folders_stand_above_the_list_and_heads_between_its_articles() {
    check("gathered-120x40-dark", Reader::new(120, 40).press("* j m B B"), ThemeName::Dark);
    check("gathered-80x24-mono", Reader::new(80, 24).press("* j m B B k k k"), ThemeName::Mono);
    check("gathered-200x55-light", Reader::new(200, 55).press("* B"), ThemeName::Light);
}

fn noted(width: u16, height: u16) -> Reader {
    let mut reader = Reader::new(width, height);
    reader.press("T").type_text("Verkehr").press("enter");
    reader.press("enter v down enter v down down a").type_text("Wer hat gezählt?").press("enter");
    let lost = Note { id: NoteId(9), words: "Die Bahn steht still.".to_owned(), ..Note::default() };
    reader.articles[0].article.notes.push(lost);
    reader.press("esc esc j k enter v down down");
    reader.app.notice = None;
    reader
}

#[test]
fn notes_stand_below_their_paragraphs_and_marked_passages_look_so() {
    let mut reader = noted(120, 40);
    check("notes-120x40-dark", &reader, ThemeName::Dark);
    reader.press("a");
    check("note-120x40-dark", &reader, ThemeName::Dark);
    check("notes-80x24-mono", &noted(80, 24), ThemeName::Mono);
    check("notes-200x55-light", &noted(200, 55), ThemeName::Light);
}

#[test]
fn tags_are_completed_from_those_in_use() {
    let mut reader = Reader::new(80, 24);
    reader.press("T").type_text("Verkehr, Elbe").press("enter j T").type_text("e");
    check("tags-80x24-dark", &reader, ThemeName::Dark);
}

#[test]
fn one_pane_where_two_do_not_fit() {
    check("reader-60x16-mono", Reader::new(60, 16).press("enter"), ThemeName::Mono);
}

#[test]
fn entities_lie_over_the_text_where_they_have_no_column() {
    check("entities-90x24-ansi", Reader::new(90, 24).press("e enter"), ThemeName::Ansi);
}

#[test]
fn search_lights_what_was_typed() {
    let mut reader = Reader::new(120, 30);
    reader.press("/").type_text("risse");
    check("search-120x30-dark", &reader, ThemeName::Dark);
}

#[test]
fn comparison_as_a_matrix_over_the_outlets_words() {
    check("compare-120x30-dark", Reader::new(120, 30).press("c"), ThemeName::Dark);
}

#[test]
fn comparison_as_cards() {
    check("compare-80x24-mono", Reader::new(80, 24).press("c"), ThemeName::Mono);
}

#[test]
fn comparison_in_fixed_columns() {
    check("compare-170x30-light", Reader::new(170, 30).press("c"), ThemeName::Light);
}

#[test]
fn word_choice_by_outlet() {
    check("words-120x30-dark", Reader::new(120, 30).press("c 2"), ThemeName::Dark);
}

#[test]
fn help_lies_over_the_screen() {
    check("help-80x24-dark", Reader::new(80, 24).press("?"), ThemeName::Dark);
}

#[test]
fn palette_lights_the_matched_letters() {
    let mut reader = Reader::new(80, 24);
    reader.press(":").type_text("vergl");
    check("palette-80x24-dark", &reader, ThemeName::Dark);
}

#[test]
fn one_line_where_nothing_else_fits() {
    check("tiny-18x4-mono", &Reader::new(18, 4), ThemeName::Mono);
}

#[test]
fn articles_without_all_words_are_not_passed_off_as_answers() {
    let mut reader = Reader::new(120, 30);
    reader.press("/").type_text("risse");
    reader.app.finder.answer.as_mut().unwrap().partial = true;
    let (buffer, cursor) = frame(&reader, ThemeName::Mono);
    assert!(written(&buffer, cursor).contains("Kein Artikel hat alle Wörter"));
}

#[test]
fn the_search_offers_what_was_looked_for_before() {
    let mut reader = Reader::new(80, 24);
    reader
        .press("/")
        .type_text("risse")
        .press("enter esc ctrl-u")
        .type_text("berg")
        .press("enter esc ctrl-u");
    reader.press("esc / down");
    check("earlier-80x24-dark", &reader, ThemeName::Dark);
    reader.press("enter ctrl-y ctrl-u").type_text("Wer ist Berg?").press("enter ctrl-u down");
    check("offers-80x24-light", &reader, ThemeName::Light);
    reader.press("enter tab");
    check("hits-80x24-mono", &reader, ThemeName::Mono);
}

#[test]
fn the_search_says_where_it_looks_and_what_stands_nowhere() {
    let mut reader = Reader::new(200, 55);
    reader.press("/ ctrl-t").type_text("kobold");
    check("scope-200x55-light", &reader, ThemeName::Light);
}

#[test]
fn how_a_query_was_read_lies_over_the_search() {
    let mut reader = Reader::new(120, 40);
    reader.press("/").type_text("riss").press("ctrl-g");
    check("how-read-120x40-dark", &reader, ThemeName::Dark);
}

#[test]
fn an_import_shows_how_far_it_is_and_what_was_refused() {
    let mut reader = Reader::new(80, 24);
    reader.imports = None;
    reader.press("i").type_text("~/news").press("enter");
    reader.app.progress = Some(Progress {
        files: 12,
        of: 40,
        added: 4210,
        duplicates: 17,
        refused: 2,
        latest_refused: common::refused().refused,
        read: 20,
        recognised: 4390,
        sorted_in: 4000,
        origin: "/home/news/2015.jsonl".to_owned(),
        bytes: 30,
        of_bytes: 90,
        per_second: 1874,
        seconds_left: Some(95),
        is_stored: false,
    });
    reader.settle();
    check("importing-80x24-dark", &reader, ThemeName::Dark);
    let mut reader = Reader::new(80, 24);
    reader.imports = Some(common::refused());
    reader.press("i").type_text("news").press("enter");
    check("report-80x24-mono", &reader, ThemeName::Mono);
}

fn corrected(width: u16, height: u16) -> Reader {
    let mut reader = Reader::new(width, height);
    reader.press("enter E down ctrl-u").type_text("Der Bote").press("enter");
    reader.app.notice = None;
    reader.press("E down down ctrl-u").type_text("31.2.2020");
    reader
}

#[test]
fn what_is_known_of_an_article_stands_in_a_form() {
    check("details-80x24-dark", &corrected(80, 24), ThemeName::Dark);
    check("details-60x12-mono", &corrected(60, 12), ThemeName::Mono);
    check("details-200x55-light", &corrected(200, 55), ThemeName::Light);
}

#[test]
fn changed_words_look_so_without_colour_too() {
    let versions = |width, height| {
        let mut reader = Reader::new(width, height);
        for number in 1..=2 {
            let mut version = reader.articles[0].article.clone();
            version.version = Version { number, of: 2, added: "2026-03-12T14:05:00Z".parse().ok() };
            reader.versions.push(version);
        }
        let draft = &mut reader.versions[0].draft;
        draft.text = draft.text.replacen("zwölf", "sieben", 1);
        reader.articles[0].article.version = reader.versions[1].version;
        reader.press("j k enter");
        reader
    };
    check("version-120x40-dark", &versions(120, 40), ThemeName::Dark);
    check("versions-120x40-dark", versions(120, 40).press("V"), ThemeName::Dark);
    check("versions-80x24-mono", versions(80, 24).press("V"), ThemeName::Mono);
}

#[test]
fn where_marks_go_is_told_where_the_counts_do_not_fit_beside_it() {
    for (width, expected) in
        [(120, "1 Thema · noch nicht auf der Platte"), (80, " noch nicht auf der Platte")]
    {
        let (buffer, _) = frame(&Reader::new(width, 24), ThemeName::Mono);
        let first: String = (0..width - 1).map(|x| buffer.cell((x, 0)).unwrap().symbol()).collect();
        assert!(first.ends_with(expected), "{first}");
    }
}
