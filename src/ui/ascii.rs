//! A drawn screen without the signs that only UTF-8 terminals show.
//!
//! Marks and rules come from the theme's glyphs already; this takes care of what stands in running
//! text and between words: quotation marks, dashes, dots. Letters are left alone, for a terminal
//! that is not UTF-8 shows those of its own language.

use ratatui::buffer::Buffer;

/// Puts ASCII in the place of every other sign that has a likeness there, column for column.
pub fn flatten(buffer: &mut Buffer) {
    for cell in &mut buffer.content {
        if let Some(plain) = likeness(cell.symbol()) {
            cell.set_symbol(plain);
        }
    }
}

/// The ASCII sign, as wide as the other, that says the same; `None` where there is none.
fn likeness(symbol: &str) -> Option<&'static str> {
    let plain = match symbol {
        "·" | "•" | "–" | "—" | "‒" | "−" | "‐" | "‑" | "─" => "-",
        "„" | "“" | "”" | "«" | "»" | "″" => "\"",
        "‚" | "‘" | "’" | "‹" | "′" | "´" => "'",
        "›" | "→" | "▸" | "▌" => ">",
        "←" => "<",
        "↑" => "^",
        "↓" => "v",
        "…" => "~",
        "│" | "┃" | "▎" => "|",
        "●" | "○" => "o",
        "★" => "*",
        "≠" => "#",
        "×" | "✓" | "✗" => "x",
        "\u{a0}" | "\u{202f}" => " ",
        _ => return None,
    };
    Some(plain)
}

#[cfg(test)]
mod tests {
    use unicode_width::UnicodeWidthStr;

    use super::*;

    #[test]
    fn signs_become_ascii_and_letters_stay() {
        let mut buffer = Buffer::with_lines(["„Für“ – 3 · 日本 … ›"]);
        flatten(&mut buffer);
        assert_eq!(buffer, Buffer::with_lines(["\"Für\" - 3 - 日本 ~ >"]));
    }

    #[test]
    fn a_likeness_takes_the_same_room() {
        for code in 0x80..0x3000_u32 {
            let Some(sign) = char::from_u32(code).map(String::from) else { continue };
            if let Some(plain) = likeness(&sign) {
                assert!(plain.is_ascii() && plain.width() == sign.width(), "{sign}");
            }
        }
    }
}
