//! Time of a key press in the app and of a frame in the ui, in process, at 120×40.
//!
//! `cargo bench --bench frames` prints medians and the 99th percentile in microseconds.
#![allow(clippy::print_stdout, reason = "the table is the result")]

#[path = "../tests/common/mod.rs"]
mod common;

use std::time::{Duration, Instant};

use common::Reader;
use lesart::config::theme::ThemeName;
use lesart::ui;
use lesart::ui::theme::Theme;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

const ROUNDS: usize = 400;

fn main() {
    println!("{:<24} {:>8} {:>8} {:>8} {:>8}", "screen", "key p50", "key p99", "draw p50", "draw p99");
    for (name, before, keys) in [
        ("list", "", ["j", "k"]),
        ("reader", "enter", ["j", "k"]),
        ("entities", "e", ["j", "k"]),
        ("comparison", "c", ["j", "k"]),
        ("comparison, words", "c 2", ["j", "k"]),
        ("help", "?", ["down", "up"]),
    ] {
        let mut reader = Reader::new(120, 40);
        reader.press(before);
        let theme = Theme::builtin(ThemeName::Dark, false);
        let (mut pressed, mut drawn) = (Vec::new(), Vec::new());
        for round in 0..ROUNDS {
            let start = Instant::now();
            reader.press(keys[round % 2]);
            pressed.push(start.elapsed());
            let start = Instant::now();
            let mut buffer = Buffer::empty(Rect::new(0, 0, 120, 40));
            let cursor = ui::draw(&reader.app, reader.app.viewport(), &theme, &mut buffer);
            std::hint::black_box((&buffer, cursor));
            drawn.push(start.elapsed());
        }
        let (a, b, c, d) =
            (at(&mut pressed, 50), at(&mut pressed, 99), at(&mut drawn, 50), at(&mut drawn, 99));
        println!("{name:<24} {a:>8} {b:>8} {c:>8} {d:>8}");
    }
}

/// The percentile in microseconds.
fn at(times: &mut [Duration], percent: usize) -> u128 {
    times.sort();
    times[(times.len() * percent / 100).min(times.len() - 1)].as_micros()
}
