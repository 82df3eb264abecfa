//! Any keys at any size: no panic, no half character, the selected row on the screen.

#![allow(clippy::unwrap_used, reason = "what is missing fails the test")]

mod common;

use common::{Reader, with_versions};
use lesart::app::Overlay;
use lesart::app::chord::{Chord, Key};
use lesart::config::theme::ThemeName;
use lesart::model::Progress;
use lesart::ui;
use lesart::ui::theme::Theme;
use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

#[derive(Clone, Debug)]
enum Step {
    Press(Chord),
    Resize(u16, u16),
    Paste(String),
}

fn step() -> impl Strategy<Value = Step> {
    let keys = prop_oneof![
        prop::sample::select(
            "jkhlgGbefnNcxsSmuAioyztv1234:?/ qäö=\"-(BJKO*vHaTdR,EV"
                .chars()
                .map(Chord::char)
                .collect::<Vec<_>>()
        ),
        prop::sample::select(
            [
                Key::Enter,
                Key::Esc,
                Key::Tab,
                Key::BackTab,
                Key::Backspace,
                Key::Delete,
                Key::Up,
                Key::Down,
                Key::Left,
                Key::Right,
                Key::Home,
                Key::End,
                Key::PageUp,
                Key::PageDown,
            ]
            .map(Chord::plain)
            .to_vec()
        ),
        prop::sample::select((2..=9).map(Key::F).map(Chord::plain).collect::<Vec<_>>()),
        prop::sample::select("dulrpxowatgy".chars().map(|c| Chord::ctrl(Key::Char(c))).collect::<Vec<_>>()),
    ];
    prop_oneof![
        12 => keys.prop_map(Step::Press),
        2 => (1u16..300, 1u16..120).prop_map(|(w, h)| Step::Resize(w, h)),
        1 => (1u16..24, 1u16..8).prop_map(|(w, h)| Step::Resize(w, h)),
        1 => "[a-zäß日😀 \n\u{1b}]{0,12}".prop_map(Step::Paste),
    ]
}

fn draw(reader: &Reader, theme: &Theme) -> Buffer {
    let (width, height) = reader.size;
    let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
    let cursor = ui::draw(&reader.app, reader.app.viewport(), theme, &mut buffer);
    if let Some((x, y)) = cursor {
        assert!(x < width && y < height, "the cursor is on the screen");
    }
    for y in 0..height {
        for x in 0..width {
            let symbol = buffer.cell((x, y)).unwrap().symbol();
            assert!(!symbol.chars().any(char::is_control), "no control character: {symbol:?}");
            let wide = u16::try_from(symbol.width()).unwrap();
            assert!(x + wide.max(1) <= width, "no half character at {x},{y}: {symbol:?}");
        }
    }
    buffer
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_panics_and_everything_fits(
        size in (1u16..=300, 1u16..=120),
        steps in prop::collection::vec(step(), 1..60),
    ) {
        let mut reader = with_versions(size.0, size.1);
        let theme = Theme::builtin(ThemeName::Mono, false);
        draw(&reader, &theme);
        for step in steps {
            match step {
                Step::Press(chord) => {
                    let effects = reader.app.key(chord);
                    reader.open.extend(effects);
                    reader.settle();
                }
                Step::Resize(width, height) => {
                    reader.resize(width, height);
                }
                Step::Paste(text) => {
                    let effects = reader.app.paste(&text);
                    reader.open.extend(effects);
                    reader.settle();
                }
            }
            if reader.app.wants_quit() {
                break;
            }
            draw(&reader, &theme);
        }
    }
}

#[test]
fn every_small_size_is_drawn() {
    let theme = Theme::builtin(ThemeName::Mono, true);
    for keys in [
        "",
        "enter",
        "e",
        "c",
        "/",
        "?",
        ":",
        "S",
        "i",
        "T",
        "enter v a",
        "* B",
        "/ x ctrl-g",
        "enter E",
        "enter V",
    ] {
        let mut reader = with_versions(120, 40);
        reader.press(keys);
        for width in 1..=45 {
            for height in 1..=12 {
                reader.resize(width, height);
                draw(&reader, &theme);
            }
        }
    }
}

#[test]
fn an_import_stays_within_its_frame() {
    let theme = Theme::builtin(ThemeName::Mono, false);
    let mut reader = Reader::new(120, 40);
    reader.imports = None;
    reader.press("i").type_text("news").press("enter");
    assert!(matches!(reader.app.overlay, Some(Overlay::Importing)));
    reader.app.progress = Some(Progress {
        read: 123_456,
        of: 234_567,
        recognised: 1_234_567,
        sorted_in: 987_654,
        added: 1_234_567,
        origin: "/home/news/archive/2015/09/everything.jsonl".to_owned(),
        latest_refused: common::refused().refused,
        ..Progress::default()
    });
    for width in 20..=45 {
        for height in 5..=24 {
            reader.resize(width, height);
            let shown = draw(&reader, &theme);
            let progress = reader.app.progress.take();
            let empty = draw(&reader, &theme);
            reader.app.progress = progress;
            let inside = reader.app.viewport().overlay;
            for y in inside.y..inside.y + inside.height {
                for x in (0..inside.x).chain(inside.x + inside.width..width) {
                    assert_eq!(shown.cell((x, y)), empty.cell((x, y)), "at {x},{y} of {width}x{height}");
                }
            }
        }
    }
}
