//! Who is named around the text: agencies, picture credits, authors' codes.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::lexicon;
use super::line::ends_sentence;

const TABLE: &str = include_str!("../../assets/lexicon/credits.tsv");

static AGENCIES: LazyLock<HashSet<&str>> = LazyLock::new(|| lexicon::set(TABLE, "agency"));
static LABELS: LazyLock<HashSet<&str>> = LazyLock::new(|| lexicon::set(TABLE, "label"));
static NO_NAMES: LazyLock<HashSet<&str>> = LazyLock::new(|| lexicon::set(TABLE, "noname"));
/// Names of agencies and archives that mark a short line as a credit.
static PICTURE_SOURCES: LazyLock<Vec<&str>> = LazyLock::new(|| lexicon::entries(TABLE, "picture").collect());

/// Whether `word` names a news agency.
pub(super) fn is_agency(word: &str) -> bool {
    word.len() <= 12 && AGENCIES.contains(word.to_lowercase().as_str())
}

/// Whether `words` name an office, a desk or a part of a page, and no person: one of them does.
pub(super) fn is_office(words: &str) -> bool {
    words.to_lowercase().split([' ', '-', '.', '/']).any(|word| NO_NAMES.contains(word))
}

/// An author's short code: "cr", "tan", "DM".
fn is_code(word: &str) -> bool {
    let letters = word.chars().count();
    (1..=4).contains(&letters)
        && (word.chars().all(char::is_lowercase) || (letters <= 3 && word.chars().all(char::is_uppercase)))
}

/// The agencies that a closing line names ("cr/jj (dpa, afp)", "dpa/tan", "(red, APA)"), as they
/// stand there; `None` where it is no such line. Codes alone make one only in brackets or with a
/// slash.
pub(super) fn tail(line: &str) -> Option<Vec<String>> {
    if line.len() > 120 {
        return None;
    }
    let mut agencies: Vec<String> = Vec::new();
    let mut codes = 0;
    for word in line.split([' ', ',', '/', '(', ')', '[', ']', '+', '|', ';', ':', '.', '©']) {
        if word.is_empty() {
            continue;
        }
        if is_agency(word) {
            push_new(&mut agencies, word);
        } else if is_code(word) {
            codes += 1;
        } else if !is_filler(word) {
            return None;
        }
    }
    let bracketed = line.starts_with('(') && line.ends_with(')') && !line.contains(' ');
    let slashed = line.contains('/') && !line.contains(' ');
    (!agencies.is_empty() && codes <= 6 || (1..=3).contains(&codes) && (bracketed || slashed))
        .then_some(agencies)
}

/// Words around the names of a tail, and numbers.
fn is_filler(word: &str) -> bool {
    const FILLERS: &str = "und and mit with material von from quelle quellen source sources agenturen agencies red \
        online text der the infocom redaktion reporting";
    FILLERS.split(' ').any(|f| f == word.to_lowercase())
        || word.chars().all(|c| c.is_ascii_digit() || c == '-' || c == '_')
}

/// The agencies of a group in brackets: "(dpa)", "(AFP/Reuters)".
fn bracketed(group: &str) -> Option<Vec<String>> {
    tail(group).filter(|agencies| !agencies.is_empty())
}

/// Agencies in the dateline that a first paragraph may open with: "Berlin (dpa) - …",
/// "LONDON, Sept 19 (Reuters) – …".
pub(super) fn dateline_agencies(paragraph: &str) -> Vec<String> {
    let start: String = paragraph.chars().take(70).collect();
    let Some((before, rest)) = start.split_once('(') else { return Vec::new() };
    let Some((group, after)) = rest.split_once(')') else { return Vec::new() };
    let opens = before.is_empty() || before.starts_with(char::is_uppercase);
    let is_short = before.split_whitespace().count() <= 6 && !before.contains(". ");
    let separates = after.trim_start().starts_with(['-', '–', '—', '.', ':', '/', ',']);
    if opens && is_short && (separates || before.is_empty()) {
        bracketed(group).unwrap_or_default()
    } else {
        Vec::new()
    }
}

/// The place of a dateline such as "Washington - Die …" or "Berlin/Paris (dpa) – …".
pub(super) fn dateline_place(paragraph: &str) -> Option<&str> {
    let head_end = [" - ", " – ", " — ", ". - ", ". – "].iter().filter_map(|s| paragraph.find(s)).min()?;
    let head = paragraph.get(..head_end)?;
    let place = head.split(" (").next().unwrap_or_default().trim_end_matches('.');
    let words: Vec<&str> = place.split([' ', '/']).collect();
    let fits = words.len() <= 4
        && words
            .iter()
            .all(|w| w.starts_with(char::is_uppercase) && w.chars().all(|c| c.is_alphabetic() || c == '-'));
    fits.then_some(place)
}

/// Agencies in brackets that end a last paragraph: "… sagte er. (dpa/AFP)".
pub(super) fn closing_agencies(paragraph: &str) -> Vec<String> {
    let Some(inner) = paragraph.strip_suffix(')') else { return Vec::new() };
    let Some((before, group)) = inner.rsplit_once('(') else { return Vec::new() };
    let closes = ends_sentence(before.trim_end());
    if closes { bracketed(group).unwrap_or_default() } else { Vec::new() }
}

/// What the line says of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Picture {
    /// Who made it.
    Credit,
    /// What it shows, with a credit behind.
    Caption,
}

/// Whether `line` is a picture's credit, or a caption that ends in one.
pub(super) fn picture(line: &str) -> Option<Picture> {
    if line.len() > 400 {
        return None;
    }
    let words = line.split(' ').count();
    let lower = line.to_lowercase();
    let starts = lower.starts_with('©') || label(&lower).is_some_and(|l| LABELS.contains(l));
    if starts && words <= 20 {
        return Some(Picture::Credit);
    }
    if lower.starts_with("(c) ") && words <= 12 {
        return Some(Picture::Credit);
    }
    let ends = ends_sentence(line);
    if words <= 12 && !ends && PICTURE_SOURCES.iter().any(|s| lower.contains(s)) {
        return Some(Picture::Credit);
    }
    if words > 60 {
        return None;
    }
    let credit_at = [
        " foto: ",
        "(foto: ",
        " fotos: ",
        " bild: ",
        "(bild: ",
        " photo: ",
        "(photo: ",
        "photograph: ",
        "credit: ",
        " © ",
        "(© ",
        "|",
    ]
    .iter()
    .filter_map(|mark| lower.rfind(mark).map(|at| (at, *mark)))
    .max()?;
    let behind = lower.get(credit_at.0..).unwrap_or_default();
    let names_source = PICTURE_SOURCES.iter().any(|s| behind.contains(s))
        || behind.split(|c: char| !c.is_alphanumeric()).any(is_agency);
    let is_credit = behind.split_whitespace().count() <= 8 && (credit_at.1 != "|" || names_source);
    is_credit.then_some(Picture::Caption)
}

/// The label before a line's colon, lower case as given.
pub(super) fn label(lower: &str) -> Option<&str> {
    let (label, _) = lower.split_once(':')?;
    let label = label.trim().trim_start_matches(['(', '[']);
    (label.len() <= 30).then_some(label)
}

/// Appends what is not there yet.
pub(super) fn push_new(list: &mut Vec<String>, name: &str) {
    if !list.iter().any(|known| known == name) {
        list.push(name.to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tails_name_their_agencies() {
        for (line, agencies) in [
            ("ab/cd (dpa, afp, rtr)", vec!["dpa", "afp", "rtr"]),
            ("dpa/xyz", vec!["dpa"]),
            ("(dpa)", vec!["dpa"]),
            ("(red, APA, 19.9.2015)", vec!["APA"]),
            ("Quelle: dpa", vec!["dpa"]),
            ("Mit Material von dpa und AFP", vec!["dpa", "AFP"]),
            ("© dpa-infocom, dpa:200905-99-439453/2", vec!["dpa-infocom", "dpa"]),
            ("(DM)", vec![]),
            ("ab/cd", vec![]),
        ] {
            assert_eq!(tail(line), Some(agencies.into_iter().map(str::to_owned).collect()), "{line}");
        }
        for line in ["Was nun?", "Politik", "dpa meldet neue Zahlen", "so", "und mit"] {
            assert_eq!(tail(line), None, "{line}");
        }
    }

    #[test]
    fn datelines_name_place_and_agencies() {
        assert_eq!(dateline_agencies("Berlin (dpa) - Die Regierung"), ["dpa"]);
        assert_eq!(dateline_agencies("LONDON, Sept 19 (Reuters) – Britain said"), ["Reuters"]);
        assert_eq!(dateline_agencies("Paris/Rom (AFP/dpa) — Es"), ["AFP", "dpa"]);
        assert!(dateline_agencies("Die Partei (SPD) - und andere").is_empty());
        assert_eq!(dateline_place("Wien – Die Regierung"), Some("Wien"));
        assert_eq!(dateline_place("Tel Aviv (AP) - Es"), Some("Tel Aviv"));
        assert_eq!(dateline_place("Er kam - und ging"), None);
        assert_eq!(closing_agencies("Das sagte er. (dpa/AFP)"), ["dpa", "AFP"]);
    }

    #[test]
    fn pictures_are_told_from_prose() {
        for line in
            ["Bild: picture-alliance/AP Photo/E. Name", "Foto: dpa", "© Reuters", "Jane Doe/Getty Images"]
        {
            assert_eq!(picture(line), Some(Picture::Credit), "{line}");
        }
        for line in ["Die Kanzlerin am Montag in Berlin. Foto: dpa", "Minister beim Besuch (Foto: N. Name)"] {
            assert_eq!(picture(line), Some(Picture::Caption), "{line}");
        }
        for line in ["Bilder des Tages", "Das Foto zeigt: nichts.", "Er sagte, das Bild sei falsch."] {
            assert_eq!(picture(line), None, "{line}");
        }
    }
}
