use unicode_width::UnicodeWidthStr;

use super::*;

/// The backgrounds the exact themes are made for.
const PAPER: [(ThemeName, [u8; 3]); 2] =
    [(ThemeName::Dark, [0x16, 0x19, 0x1d]), (ThemeName::Light, [0xfb, 0xfb, 0xf9])];

/// Relative luminance of the Web Content Accessibility Guidelines 2.1.
fn luminance(rgb: [u8; 3]) -> f64 {
    let part = |value: u8| {
        let value = f64::from(value) / 255.0;
        if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * part(rgb[0]) + 0.7152 * part(rgb[1]) + 0.0722 * part(rgb[2])
}

fn contrast(a: [u8; 3], b: [u8; 3]) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

fn rgb(color: Color) -> [u8; 3] {
    match color {
        Color::Rgb(red, green, blue) => [red, green, blue],
        Color::Indexed(index) => indexed_rgb(index),
        other => panic!("an exact theme names the terminal's colour {other:?}"),
    }
}

#[test]
fn every_colour_is_legible_on_its_background_and_on_the_selected_row() {
    for (name, paper) in PAPER {
        for depth in [Depth::Exact, Depth::Indexed] {
            let theme = Theme::new(&ThemeTable::builtin(name), depth, false);
            let selected = rgb(theme.style(Role::Selection).bg.unwrap());
            for role in Role::ALL {
                let Some(letters) = theme.style(role).fg else { continue };
                // Rules are no text and cross no row; 3:1 is what graphics need.
                let (least, behind) =
                    if role == Role::Rule { (3.0, [paper, paper]) } else { (4.5, [paper, selected]) };
                for behind in behind {
                    let contrast = contrast(rgb(letters), behind);
                    assert!(
                        contrast >= least,
                        "{} {depth:?} {role:?} {behind:?}: {contrast:.2}",
                        name.name()
                    );
                }
            }
        }
    }
}

#[test]
fn themes_name_every_role_and_no_other() {
    for name in ThemeName::ALL {
        let table = ThemeTable::builtin(name);
        let mut named: Vec<&str> = table.roles().collect();
        let mut roles = Role::ALL.map(Role::name);
        named.sort_unstable();
        roles.sort_unstable();
        assert_eq!(named, roles, "{}", name.name());
    }
}

#[test]
fn only_the_selected_row_has_a_background() {
    for name in ThemeName::ALL {
        let theme = Theme::builtin(name, false);
        for role in Role::ALL {
            assert!(role == Role::Selection || theme.style(role).bg.is_none(), "{} {role:?}", name.name());
        }
    }
}

#[test]
fn the_terminal_s_palette_is_used_sparingly_and_mono_not_at_all() {
    let (ansi, mono) = (Theme::builtin(ThemeName::Ansi, false), Theme::builtin(ThemeName::Mono, false));
    for role in Role::ALL {
        let color = ansi.style(role).fg;
        assert!(
            matches!(color, None | Some(Color::Yellow | Color::Green | Color::Cyan)),
            "{role:?} {color:?}"
        );
        assert_eq!((mono.style(role).fg, mono.style(role).bg), (None, None), "{role:?}");
    }
}

#[test]
fn what_outlets_do_can_be_told_apart_without_colour() {
    for theme in [Theme::builtin(ThemeName::Mono, false), Theme::builtin(ThemeName::Mono, true)] {
        let g = theme.glyphs();
        let mut marks = [g.same, g.vaguer, g.differs, g.only, g.absent, g.unclear];
        marks.sort_unstable();
        assert!(marks.windows(2).all(|w| w[0] != w[1]), "{marks:?}");
    }
}

#[test]
fn every_glyph_is_one_column_and_ascii_ones_are_ascii() {
    for (glyphs, ascii) in [(UNICODE, false), (UNICODE_MONO, false), (ASCII, true)] {
        let mut all = vec![
            glyphs.same,
            glyphs.vaguer,
            glyphs.differs,
            glyphs.only,
            glyphs.absent,
            glyphs.unclear,
            glyphs.focus,
            glyphs.mentions,
            glyphs.silent,
            glyphs.unread,
            glyphs.star,
            glyphs.marked,
            glyphs.saved,
            glyphs.note,
            glyphs.rule,
            glyphs.bar,
            glyphs.ellipsis,
            glyphs.dot,
            glyphs.step,
            glyphs.dash,
        ];
        all.extend(glyphs.corners);
        all.extend(glyphs.more);
        for glyph in all {
            assert_eq!(glyph.width(), 1, "{glyph}");
            assert!(!ascii || glyph.is_ascii(), "{glyph}");
        }
    }
}

#[test]
fn roles_find_their_own_style() {
    for (index, role) in Role::ALL.into_iter().enumerate() {
        assert_eq!(role.index(), index, "{role:?}");
    }
    assert_eq!(Role::Source(6).index(), Role::Source(0).index(), "a seventh outlet begins again");
}
