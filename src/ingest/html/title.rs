//! What an article is called: the page states it several times, with the outlet's name and more.

use super::block::Block;
use super::meta::Meta;

/// Signs between a title and the name of a page or an outlet.
const BETWEEN: [char; 8] = ['-', '–', '—', '|', '·', '•', '»', '›'];

/// Headings of a page looked at; the title is among the first.
const HEADINGS: usize = 400;

/// Longest kicker, in words.
const KICKER_WORDS: usize = 8;

/// The titles that a page states, without the names of outlet and section around them.
pub(super) fn stated(meta: &Meta, lines: &[Block]) -> Vec<String> {
    let headings = || lines.iter().filter(|l| l.is_heading()).take(HEADINGS).map(|l| l.text.as_str());
    let all = [&meta.headline, &meta.shared_title, &meta.window_title];
    let mut titles: Vec<String> = Vec::new();
    for title in all.into_iter().flatten() {
        let bare = without_site(title, meta.site.as_deref(), headings());
        let is_site = meta.site.as_deref() == Some(bare) || !bare.contains(' ') && bare.contains('.');
        if !bare.is_empty() && !is_site && !titles.iter().any(|t| t == bare) {
            titles.push(bare.to_owned());
        }
    }
    titles
}

/// Whether `line` says what one of `titles` says.
pub(super) fn is_stated(titles: &[String], line: &str) -> bool {
    titles.iter().any(|title| likeness(line, title) >= 0.7)
}

/// The line that shows the title: a heading that says what one of `stated` says, else the first
/// heading of the page.
pub(super) fn shown(stated: &[String], lines: &[Block]) -> Option<usize> {
    let like = |line: &Block| is_stated(stated, &line.text);
    let first = |fits: &dyn Fn(&Block) -> bool| lines.iter().position(fits);
    let headings = lines.iter().enumerate().filter(|(_, l)| l.is_heading()).take(HEADINGS);
    let alike: Vec<usize> = headings.filter(|(_, l)| like(l)).map(|(at, _)| at).collect();
    let alike = alike.iter().find(|&&at| lines[at].tag == "h1").or(alike.first());
    alike
        .copied()
        .or_else(|| first(&|l| l.links < 0.5 && stated.contains(&l.text)))
        .or_else(|| first(&|l| l.tag == "h1" && l.links < 0.5 && l.words() >= 2))
        .or_else(|| above_text(lines))
        .or_else(|| first(&|l| l.tag == "h1" && l.words() >= 2))
}

/// The last heading above the first paragraph.
fn above_text(lines: &[Block]) -> Option<usize> {
    let text = lines.iter().position(|l| !l.is_heading() && l.links < 0.4 && l.words() >= 25)?;
    lines.get(..text)?.iter().rposition(|l| l.is_heading() && l.links < 0.5 && (3..=25).contains(&l.words()))
}

/// Kicker and title, from what the page states and what it shows.
///
/// Two that agree are right. A heading that ends with the title has a kicker before it.
pub(super) fn choose(
    meta: &Meta,
    stated: &[String],
    shown: Option<&str>,
) -> (Option<String>, Option<String>) {
    let heading = shown.filter(|h| h.split(' ').count() <= 40);
    let Some(heading) = heading else {
        return (None, stated.first().cloned());
    };
    // The heading word by word, or behind a kicker.
    for title in stated {
        if same(title, heading) {
            return (None, Some(heading.to_owned()));
        }
        if let Some(kicker) = kicker_before(heading, title) {
            return (Some(kicker), Some(title.clone()));
        }
        // "Kicker: Title" is stated where the page shows the title alone.
        if let Some(kicker) = kicker_before(title, heading) {
            return (Some(kicker), Some(heading.to_owned()));
        }
    }
    let agreed = meta.headline.is_some() && meta.shared_title.is_some() && stated.len() <= 2;
    let best = stated.iter().map(|t| likeness(heading, t)).fold(0.0, f32::max);
    let chosen = match stated.first() {
        // Two statements agree with each other, not with the heading.
        Some(title) if agreed && meta.headline.as_deref() == Some(title) => title,
        Some(title) if best < 0.5 => title,
        _ => heading,
    };
    (None, Some(chosen.to_owned()))
}

/// What stands before `title` in `line`, where that is short.
fn kicker_before(line: &str, title: &str) -> Option<String> {
    let is_end = |c: char| matches!(c, '.' | '!' | ' ');
    let kicker = line.trim_end_matches(is_end).strip_suffix(title.trim_end_matches(is_end))?.trim();
    let kicker = kicker.trim_end_matches(|c: char| c == ':' || BETWEEN.contains(&c)).trim();
    let is_short = !kicker.is_empty() && kicker.split(' ').count() <= KICKER_WORDS;
    (is_short && title.split(' ').count() >= 2).then(|| kicker.to_owned())
}

/// `title` without " - Outlet" or " | Section | Outlet" behind, or "Outlet | " before.
fn without_site<'a>(title: &'a str, site: Option<&str>, headings: impl Iterator<Item = &'a str>) -> &'a str {
    let title = title.trim();
    // A heading says where the title ends.
    let mut longest = "";
    for heading in headings {
        let cut = title.strip_prefix(heading).is_some_and(begins_with_sign)
            || title.strip_suffix(heading).is_some_and(ends_with_sign);
        if cut && heading.len() > longest.len() && heading.split(' ').count() >= 2 {
            longest = heading;
        }
    }
    if !longest.is_empty() {
        return longest;
    }
    let mut rest = title;
    // Section and outlet, each behind its sign.
    for _ in 0..3 {
        let Some((before, tail)) = last_piece(rest) else { break };
        let is_site = site.is_some_and(|s| likeness(s, tail) >= 0.6);
        let is_bar = rest.get(before.len()..).is_some_and(|r| r.trim_start().starts_with(['|', '»', '›']));
        let is_host = !tail.contains(' ') && tail.contains('.');
        if (is_site || is_host || is_bar && tail.split(' ').count() <= 4) && before.split(' ').count() >= 2 {
            rest = before;
        } else {
            break;
        }
    }
    // "Outlet | Title"
    if let Some((head, behind)) = rest.split_once(" | ") {
        let is_site = site.is_some_and(|s| likeness(s, head) >= 0.6) || !head.contains(' ');
        if is_site && behind.split(' ').count() >= 2 {
            rest = behind.trim();
        }
    }
    rest
}

fn begins_with_sign(rest: &str) -> bool {
    rest.trim_start().starts_with(BETWEEN) && rest.starts_with(char::is_whitespace)
}

fn ends_with_sign(rest: &str) -> bool {
    rest.trim_end().ends_with(BETWEEN) && rest.ends_with(char::is_whitespace)
}

/// What stands before and behind the last sign with a space on each side.
fn last_piece(title: &str) -> Option<(&str, &str)> {
    let mut end = title.len();
    while let Some(at) = title.get(..end)?.rfind(BETWEEN) {
        let sign = title.get(at..)?.chars().next()?;
        let (before, behind) = (title.get(..at)?, title.get(at + sign.len_utf8()..)?);
        if before.ends_with(' ') && behind.starts_with(' ') {
            return Some((before.trim_end(), behind.trim_start()));
        }
        end = at;
    }
    None
}

fn same(a: &str, b: &str) -> bool {
    let letters =
        |t: &str| t.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    letters(a) == letters(b)
}

/// Share of the words of the shorter that the longer has too, 0 to 1.
fn likeness(a: &str, b: &str) -> f32 {
    let words = |t: &str| -> Vec<String> {
        let split = t.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
        split.take(60).map(str::to_lowercase).collect()
    };
    let (a, b) = (words(a), words(b));
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if short.is_empty() {
        return 0.0;
    }
    let common = short.iter().filter(|w| long.contains(w)).count();
    #[expect(clippy::cast_precision_loss, reason = "words of a title")]
    let share = common as f32 / short.len() as f32;
    share
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_outlet_and_section_come_off() {
        for (title, site, bare) in [
            ("Rat beschließt Brücke - Uferbote", Some("Uferbote"), "Rat beschließt Brücke"),
            ("Rat beschließt Brücke | Lokales | Uferbote", Some("Der Uferbote"), "Rat beschließt Brücke"),
            ("Rat beschließt Brücke – uferbote.example", None, "Rat beschließt Brücke"),
            ("Köln-Deutz - ein Viertel im Wandel", Some("Uferbote"), "Köln-Deutz - ein Viertel im Wandel"),
            ("Der Rat - und was er kann", None, "Der Rat - und was er kann"),
        ] {
            assert_eq!(without_site(title, site, std::iter::empty()), bare);
        }
        let headings = || ["Neue Brücke für alle"].into_iter();
        assert_eq!(
            without_site("Neue Brücke für alle - Ufer Bote", None, headings()),
            "Neue Brücke für alle"
        );
        assert_eq!(
            without_site("Ufer Bote | Neue Brücke für alle", None, headings()),
            "Neue Brücke für alle"
        );
    }

    #[test]
    fn a_kicker_is_told_from_the_title() {
        let meta = Meta::default();
        let of = |stated: &str, shown: &str| choose(&meta, &[stated.to_owned()], Some(shown));
        let pair = |k: &str, t: &str| (Some(k.to_owned()), Some(t.to_owned()));
        assert_eq!(
            of("Rat beschließt Brücke", "Verkehr: Rat beschließt Brücke"),
            pair("Verkehr", "Rat beschließt Brücke")
        );
        assert_eq!(
            of("Verkehr: Rat beschließt Brücke", "Rat beschließt Brücke"),
            pair("Verkehr", "Rat beschließt Brücke")
        );
        assert_eq!(
            of("Rat beschließt Brücke", "Rat beschließt Brücke"),
            (None, Some("Rat beschließt Brücke".into()))
        );
    }
}
