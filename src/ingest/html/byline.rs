//! What a byline says: the names in "Von Erika Muster und Max Muster, Berlin", without the rest.

use crate::model::Basis;
use crate::text::clean::collapse;
use crate::text::date::{dates, month};

use super::super::chrome;
use super::super::{credit, front, header, outlet};
use super::meta::Meta;

/// Words with which a byline opens, and which are not of the name; a colon may follow.
const OPENINGS: [&str; 40] = [
    "von",
    "by",
    "geschrieben von",
    "verfasst von",
    "veröffentlicht von",
    "aufgezeichnet von",
    "ein beitrag von",
    "ein artikel von",
    "ein kommentar von",
    "ein gastbeitrag von",
    "ein gastkommentar von",
    "ein interview von",
    "ein essay von",
    "ein bericht von",
    "eine analyse von",
    "eine kolumne von",
    "eine reportage von",
    "eine rezension von",
    "eine glosse von",
    "beitrag von",
    "artikel von",
    "bericht von",
    "kommentar von",
    "gastbeitrag von",
    "gastkommentar von",
    "interview von",
    "analyse von",
    "kolumne von",
    "text von",
    "alle artikel von",
    "alle beiträge von",
    "posted by",
    "written by",
    "published by",
    "reported by",
    "story by",
    "text by",
    "all posts by",
    "view all posts by",
    "show all articles of",
];

/// The same where only a colon makes them open a byline.
const LABELS: [&str; 9] =
    ["autor", "autorin", "autoren", "author", "authors", "text", "von und mit", "story", "words"];

/// Words of a name that are not in capitals, and what stands between names.
const PARTICLES: [&str; 22] = [
    "von", "van", "der", "den", "de", "da", "di", "del", "la", "le", "el", "al", "bin", "ten", "zu", "du",
    "dos", "e", "y", "und", "and", "&",
];

/// Words in capitals that go on about something else behind a name.
const BEHIND: [&str; 14] = [
    "in",
    "im",
    "für",
    "for",
    "aus",
    "mit",
    "edited",
    "editing",
    "fotos",
    "foto",
    "photo",
    "photos",
    "photographs",
    "illustration",
];

/// The names of a field that holds nothing but authors.
pub(super) fn names(field: &str) -> Vec<String> {
    let plain = without_brackets(opened(field).unwrap_or(field)).replace(" & ", ", ");
    let names =
        front::names(&plain).into_iter().map(|name| bare(until_aside(opened(&name).unwrap_or(&name))));
    names.filter(|name| !name.is_empty()).collect()
}

/// The people of a text that holds names and perhaps a day, a place or what opens a byline.
pub(super) fn people(text: &str, meta: &Meta) -> Vec<String> {
    let mut people = names(&before_day(text));
    people.retain(|name| header::is_person_name(name) && is_person(name, meta));
    people
}

/// The people that a line names as its authors: behind what opens a byline.
pub(super) fn signed(line: &str, meta: &Meta) -> Vec<String> {
    let text = before_day(line);
    let opened = opened(&text).or_else(|| inner(line));
    opened.map(|names| people(names, meta)).unwrap_or_default()
}

/// The people in brackets that end a text: "… said. (By Jane Doe and John Doe)".
pub(super) fn closing(paragraph: &str, meta: &Meta) -> Vec<String> {
    let Some((_, group)) = paragraph.rsplit_once('(') else { return Vec::new() };
    let Some((group, rest)) = group.split_once(')') else { return Vec::new() };
    let is_byline = rest.len() <= 20 && group.split(' ').count() <= 14;
    if is_byline { signed(group, meta) } else { Vec::new() }
}

/// What follows the words that open a byline.
pub(super) fn opened(text: &str) -> Option<&str> {
    let behind = |opening: &str| {
        let start = text.get(..opening.len())?;
        let rest = text.get(opening.len()..)?;
        // Capitals beyond ASCII are written small in these words.
        (start.eq_ignore_ascii_case(opening) || start.to_lowercase() == opening).then_some(rest)
    };
    let label = LABELS.iter().find_map(|label| behind(label)?.trim_start().strip_prefix(':'));
    label.map(str::trim_start).or_else(|| {
        OPENINGS.iter().find_map(|opening| {
            let rest = behind(opening)?;
            let rest = rest.trim_start().strip_prefix(':').unwrap_or(rest);
            (rest.starts_with(' ') && !rest.trim().is_empty()).then_some(rest.trim_start())
        })
    })
}

/// What follows "by" in a line that also dates the article: "3. Mai 2021 von Erika Muster".
fn inner(line: &str) -> Option<&str> {
    const MARKS: [&str; 8] = [" von: ", " Von: ", " von ", " VON ", " Von ", " by ", " By ", " BY "];
    if dates(line).is_empty() {
        return None;
    }
    MARKS.iter().find_map(|by| line.split_once(by)).map(|(_, name)| name)
}

/// Days of the week, and others that go without a number.
const DAYS: [&str; 34] = [
    "montag",
    "dienstag",
    "mittwoch",
    "donnerstag",
    "freitag",
    "samstag",
    "sonnabend",
    "sonntag",
    "gestern",
    "heute",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "today",
    "yesterday",
    "tonight",
    "mo",
    "di",
    "mi",
    "do",
    "fr",
    "sa",
    "so",
    "mon",
    "tue",
    "wed",
    "thu",
    "fri",
    "sat",
    "sun",
];

/// `line` up to the day or the time that stands behind a name.
pub(super) fn before_day(line: &str) -> String {
    const SMALL: [&str; 9] = ["on", "am", "at", "vom", "um", "in", "posted", "published", "updated"];
    let end = line.find(|c: char| c.is_ascii_digit() || matches!(c, '|' | '•' | '·' | '@' | '—' | '–'));
    let mut words: Vec<&str> = line.get(..end.unwrap_or(line.len())).unwrap_or_default().split(' ').collect();
    let mut is_cut = end.is_some();
    while let Some((last, before)) = words.split_last().filter(|(_, before)| !before.is_empty()) {
        let word = last.trim_matches(|c: char| !c.is_alphanumeric());
        let lower = word.to_lowercase();
        // Some people are called Freitag or May: a day has something behind it, and a name before it.
        let is_day =
            || is_cut && (month(word).is_some() || DAYS.contains(&lower.as_str())) && has_name(before);
        if !(word.is_empty() || SMALL.contains(&lower.as_str()) || is_day()) {
            break;
        }
        is_cut |= !word.is_empty();
        words.pop();
    }
    let words = collapse(&words.join(" "));
    words
        .trim_end_matches([',', ':', '-'])
        .trim_start_matches(['/', '-', ' '])
        .trim_end_matches(['/', ' '])
        .to_owned()
}

/// Whether the words are as many as a name has, without what opens a byline.
fn has_name(words: &[&str]) -> bool {
    let words = words.join(" ");
    opened(&words).unwrap_or(&words).split(' ').count() >= 2
}

/// `text` without what stands in round or square brackets.
fn without_brackets(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut open = 0_usize;
    for c in text.chars() {
        match c {
            '(' | '[' => open += 1,
            ')' | ']' => open = open.saturating_sub(1),
            _ if open == 0 => kept.push(c),
            _ => {}
        }
    }
    collapse(&kept)
}

/// A name up to the word that goes on about something else: "Erika Muster im Interview".
fn until_aside(name: &str) -> &str {
    let mut end = name.len();
    let mut at = 0;
    for (count, word) in name.split(' ').enumerate() {
        let lower = word.to_lowercase();
        let is_small = word.starts_with(char::is_lowercase) && !PARTICLES.contains(&word);
        let is_sign = !word.contains(char::is_alphanumeric) || word.contains(['+', '?', '!', '%', '*', '#']);
        if count >= 2 && (is_small || is_sign || BEHIND.contains(&lower.as_str())) {
            end = at;
            break;
        }
        at += word.len() + 1;
    }
    name.get(..end).unwrap_or(name).trim_end_matches([' ', ',', ':'])
}

/// A name without the outlet behind it ("Jane Doe Bloomberg") and without a full stop.
fn bare(name: &str) -> String {
    let name = collapse(name);
    let name = match name.rsplit_once(' ') {
        Some((before, last)) if before.contains(' ') && is_outlet(last) => before,
        _ => &name,
    };
    // "Berkeley Doe Jr." keeps its own.
    let is_short = name.rsplit(' ').next().is_some_and(|last| last.chars().count() <= 3);
    if is_short { name.to_owned() } else { name.trim_end_matches('.').to_owned() }
}

fn is_outlet(name: &str) -> bool {
    credit::is_agency(name) || outlet::by_name(name, Basis::Derived).is_some()
}

/// Whether `name` may be a person's: not the outlet's, an account's or a desk's.
pub(super) fn is_person(name: &str, meta: &Meta) -> bool {
    let words = name.split(' ').count();
    !meta.site.as_deref().is_some_and(|site| is_site(name, site))
        && !name.contains(['@', '/', ':', '{', '<', '_'])
        && !name.contains(|c: char| c.is_ascii_digit())
        && !name.contains("www.")
        && !is_outlet(name)
        && words <= 5
        && name.chars().count() <= 60
        && !credit::is_office(name)
        && chrome::chrome(name, words).is_none()
}

/// Whether `name` is the outlet's own. "Erika Muster – Bücher" is hers, and she its author.
fn is_site(name: &str, site: &str) -> bool {
    const OWNED: [&str; 8] = [" -", " –", " |", ":", "'s ", "’s ", "s blog", " blog"];
    const OWNER: [&str; 6] = ["- ", "– ", "| ", "by ", "von ", "mit "];
    let (name, site) = (name.to_lowercase(), site.to_lowercase());
    if name.contains(&site) {
        return true;
    }
    let Some((before, behind)) = site.split_once(&name) else { return false };
    let is_owner = behind.is_empty() && OWNER.iter().any(|mark| before.ends_with(mark))
        || before.is_empty() && OWNED.iter().any(|mark| behind.starts_with(mark));
    !(is_owner && name.contains(' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bylines_end_before_their_day() {
        for (line, name) in [
            ("By Jane Doe Tuesday, Aug. 17, 2010", "By Jane Doe"),
            ("Von Erika Muster | 3. Mai 2021", "Von Erika Muster"),
            ("by: Jane Doe", "by: Jane Doe"),
            ("Erika Muster am Montag, 3. Mai", "Erika Muster"),
            ("Erika Muster Sa 3. Mai 2021", "Erika Muster"),
            ("Von Erika Freitag", "Von Erika Freitag"),
            ("Von Erika Sonntag | 3. Mai 2021", "Von Erika Sonntag"),
            ("By Jane Faraday, Tuesday, Aug. 17", "By Jane Faraday"),
            ("By Jane Halliday 17 August", "By Jane Halliday"),
            ("Erika Mai", "Erika Mai"),
            ("Erika Muster gestern um 12:30", "Erika Muster"),
        ] {
            assert_eq!(before_day(line), name);
        }
        assert_eq!(opened("by: Jane Doe"), Some("Jane Doe"));
        assert_eq!(opened("Byron Doe"), None);
    }

    #[test]
    fn names_are_told_from_what_stands_around_them() {
        let meta = Meta::default();
        for (line, names) in [
            ("Von Erika Muster, Berlin", &["Erika Muster"][..]),
            ("Von Erika Muster und Max Muster", &["Erika Muster", "Max Muster"]),
            ("VON Erika Muster IN Mode", &["Erika Muster"]),
            ("Ein Gastbeitrag von Erika von der Heide", &["Erika von der Heide"]),
            ("Autorin: Erika Muster (em)", &["Erika Muster"]),
            ("Written by: Jane Doe", &["Jane Doe"]),
            ("Written by Jane Doe Edited by John Doe", &["Jane Doe"]),
            ("By JANE DOE and JOHN DOE - AP Technology Writers", &["JANE DOE", "JOHN DOE"]),
            ("Posted by Jane Doe.", &["Jane Doe"]),
            ("By Jane (J.J.) Doe", &["Jane Doe"]),
            ("By Jane Doe for the Uferbote", &["Jane Doe"]),
            ("Von der Redaktion", &[]),
            ("By Staff Writer", &[]),
            ("Von Menschen und Maschinen", &[]),
            ("Text und Fotos", &[]),
        ] {
            assert_eq!(signed(line, &meta), names, "{line}");
        }
        assert_eq!(closing("Das sagte er. (By Jane Doe) Ende", &meta), ["Jane Doe"]);
        assert!(closing("Das sagte er (von Anfang an).", &meta).is_empty());
    }

    #[test]
    fn outlets_and_accounts_are_no_persons() {
        let meta = Meta { site: Some("Uferbote".into()), ..Meta::default() };
        for name in [
            "Uferbote",
            "Uferbote Redaktion",
            "dpa",
            "a@uferbote.example",
            "Ufer GmbH",
            "Online-Redaktion",
            "Erika1",
            "Print Email",
            "Ufer Stiftung",
        ] {
            assert!(!is_person(name, &meta), "{name}");
        }
        assert!(is_person("Erika Muster", &meta));
        let of = |site: &str| Meta { site: Some(site.into()), ..Meta::default() };
        for site in ["Erika Muster – Bücher", "Erika Muster's blog", "Mode von Erika Muster"] {
            assert!(is_person("Erika Muster", &of(site)), "{site}");
        }
        assert!(!is_person("Ufer Bote", &of("Ufer Bote Online")));
    }
}
