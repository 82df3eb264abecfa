//! Lines about an article rather than of it: when, where, by whom, at which address.

use jiff::civil::Date;

use crate::model::{Basis, Source};
use crate::text::date::dates;

use super::outlet;

/// What a line says about the article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Meta {
    /// The day, perhaps with the outlet or the authors.
    Dated { date: Date, is_update: bool, source: Option<Source>, authors: Vec<String> },
    /// The outlet.
    Outlet(Source),
    /// The outlet's name alone, as in the head of its page.
    Masthead(Source),
    /// Its address.
    Address(String),
    /// Who wrote it.
    Authors(Vec<String>),
}

/// What `line` says about the article, where it says nothing else.
pub(super) fn meta(line: &str) -> Option<Meta> {
    if line.len() > 600 {
        return None;
    }
    if let Some(url) = address(line) {
        return Some(Meta::Address(url));
    }
    if line.len() > 200 {
        return None;
    }
    if let Some(source) = outlet::by_name(line, Basis::Derived) {
        return Some(Meta::Masthead(source));
    }
    dated(line)
        .or_else(|| labelled_outlet(line).map(Meta::Outlet))
        .or_else(|| authors(line).map(Meta::Authors))
}

/// A line that holds an address only, perhaps behind a label ("Link:", "URL:").
fn address(line: &str) -> Option<String> {
    let last = line.rsplit(' ').next()?.trim_matches(|c| matches!(c, '<' | '>' | '(' | ')' | '[' | ']'));
    let before = line.strip_suffix(last).unwrap_or_default().trim_matches(|c: char| !c.is_alphanumeric());
    let labels =
        ["", "link", "url", "quelle", "source", "adresse", "kurzlink", "short link", "permalink", "web"];
    if !labels.contains(&before.to_lowercase().as_str()) {
        return None;
    }
    if let Some(rest) = last.strip_prefix("www.") {
        return outlet::web_address(&format!("https://www.{rest}"));
    }
    outlet::web_address(last)
}

/// A line made of a day and words about it: "Stand: 19.09.2015, 14:30 Uhr", "welt.de, 17.09.2015",
/// "Von Erika Muster, 3. Mai 2020".
fn dated(line: &str) -> Option<Meta> {
    let found = dates(line);
    let &(ref first, date) = found.first()?;
    let mut rest = String::new();
    let mut end = 0;
    for (range, _) in &found {
        rest.push_str(line.get(end..range.start)?);
        // What stood on both sides of a day stays apart.
        rest.push_str(" | ");
        end = range.end;
    }
    rest.push_str(line.get(end..)?);
    let stands_apart = {
        let before = line.get(..first.start)?.trim_end();
        before.is_empty() || before.ends_with(|c: char| !c.is_alphanumeric())
    };
    let lower = line.to_lowercase();
    let is_update =
        ["aktualisiert", "updated", "update", "geändert", "modified"].iter().any(|w| lower.contains(w))
            && !["veröffentlicht", "erschienen", "published", "erstellt"].iter().any(|w| lower.contains(w));
    let plain = |source, authors| Some(Meta::Dated { date, is_update, source, authors });

    let mut left: Vec<String> = Vec::new();
    for piece in rest.split(['|', ',', ';', '·', '•', '(', ')', '–', '—']) {
        let words: Vec<&str> = piece.split_whitespace().filter(|w| !is_about_time(w)).collect();
        let words = words.join(" ");
        let words = words.trim_matches(|c: char| !c.is_alphanumeric() && c != '.').trim();
        if words.chars().any(char::is_alphabetic) {
            left.push(words.to_owned());
        }
    }
    let [only] = left.as_slice() else {
        return if left.is_empty() {
            plain(None, Vec::new())
        } else {
            several(&left).and_then(|(s, a)| plain(s, a))
        };
    };
    if outlet::is_host(only) || outlet::by_name(only, Basis::Stated).is_some() || sounds_like_an_outlet(only)
    {
        return plain(outlet::stated(only), Vec::new());
    }
    if let Some(names) = authors(only) {
        return plain(None, names);
    }
    // A name that is none of a person's: "10:22 von redaktion", behind a time of day.
    let is_signed =
        only.split_once(' ').is_some_and(|(by, name)| matches!(by, "von" | "by") && !name.contains(' '));
    if is_signed && super::ending::has_time(line) && line.split(' ').count() <= 10 {
        return plain(None, Vec::new());
    }
    // A place, as in "Berlin, 17. September 2015".
    let is_place = stands_apart
        && only.split(' ').count() <= 3
        && only.split([' ', '/', '-']).all(|w| w.starts_with(char::is_uppercase));
    (is_place && !super::line::ends_sentence(line)).then_some(plain(None, Vec::new())).flatten()
}

/// Pieces around a day that are outlet, authors or place, and nothing else.
fn several(pieces: &[String]) -> Option<(Option<Source>, Vec<String>)> {
    let (mut source, mut names) = (None, Vec::new());
    for piece in pieces {
        if outlet::is_host(piece)
            || outlet::by_name(piece, Basis::Stated).is_some()
            || sounds_like_an_outlet(piece)
        {
            source = source.or_else(|| outlet::stated(piece));
        } else if let Some(found) = authors(piece) {
            names.extend(found);
        } else if super::credit::tail(piece).is_none()
            && !(pieces.len() <= 3 && piece.split(' ').count() <= 3 && piece.starts_with(char::is_uppercase))
        {
            return None;
        }
    }
    Some((source, names))
}

/// Weekdays, clock times and the words around them.
fn is_about_time(word: &str) -> bool {
    const WORDS: &str = "stand datum date veröffentlicht veroeffentlicht aktualisiert erschienen erstellt \
        publiziert geändert zuletzt letzte letztes änderung aktualisierung update published \
        updated posted modified last first on at am vom um uhr h pm a.m p.m gmt utc est edt et \
        pst pdt bst cet cest mez mesz montag dienstag mittwoch donnerstag freitag samstag \
        sonnabend sonntag monday tuesday wednesday thursday friday saturday sunday mo di mi do \
        fr sa so mon tue tues wed thu thur thurs fri sat sun lesezeit lesedauer min minuten \
        minutes read - ago vor years year months month days day hours hour jahren monaten tagen \
        stunden";
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
    let lower = bare.to_lowercase();
    bare.is_empty()
        || WORDS.split(' ').any(|w| w == lower)
        || bare.chars().all(|c| c.is_ascii_digit() || matches!(c, ':' | '.' | '+' | '-' | 'T' | 'Z'))
        || (bare.starts_with('T') && bare.contains(':'))
        || word.starts_with('@')
        // "5:00PM"
        || ["am", "pm"].iter().any(|half| lower.strip_suffix(half).is_some_and(|time| {
            time.contains(':') && time.chars().all(|c| c.is_ascii_digit() || c == ':')
        }))
}

/// Whether a name no table knows is formed as newspapers' names are.
fn sounds_like_an_outlet(name: &str) -> bool {
    const ENDINGS: &str = "zeitung blatt kurier anzeiger nachrichten rundschau allgemeine tagespost bote online \
        news times post herald tribune gazette chronicle telegraph journal magazin magazine \
        presse press courier observer radio rundfunk express abendblatt daily weekly";
    let lower = name.to_lowercase();
    name.split(' ').count() <= 5
        && name.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
        && ENDINGS.split(' ').any(|e| lower.ends_with(e))
}

/// "Quelle: Spiegel Online".
fn labelled_outlet(line: &str) -> Option<Source> {
    let (label, name) = line.split_once(':')?;
    let labels =
        ["quelle", "source", "medium", "zeitung", "publication", "outlet", "erschienen in", "published in"];
    if !labels.contains(&label.trim().to_lowercase().as_str()) || name.split(' ').count() > 7 {
        return None;
    }
    if super::credit::tail(name.trim()).is_some_and(|a| !a.is_empty()) {
        return None;
    }
    outlet::stated(name)
}

/// The authors a byline names: "Von Erika Muster und Max Muster, Berlin", "By Jane Doe".
pub(super) fn authors(line: &str) -> Option<Vec<String>> {
    let lower = line.to_lowercase();
    let rest = [
        "von ",
        "by ",
        "ein kommentar von ",
        "eine analyse von ",
        "ein gastbeitrag von ",
        "interview: ",
        "autor: ",
        "autorin: ",
        "autoren: ",
        "author: ",
        "authors: ",
        "text: ",
        "written by ",
        "reported by ",
        "reporting by ",
    ]
    .iter()
    .find(|p| lower.starts_with(*p))
    .and_then(|p| line.get(p.len()..))?;
    // "Reporting by Jane Doe; Editing by John Doe" names the author first.
    let rest = rest.split(';').next()?;
    if super::line::ends_sentence(rest) && !rest.ends_with("Jr.") || rest.split(' ').count() > 14 {
        return None;
    }
    let mut names = Vec::new();
    // What follows a place or an outlet is not a name any more.
    let rest = rest.split([" in ", " aus "].iter().find(|s| rest.contains(**s)).copied().unwrap_or(" in "));
    let rest = rest.into_iter().next()?;
    for piece in
        rest.split([',', '/', '|', '(']).flat_map(|p| p.split(" und ")).flat_map(|p| p.split(" and "))
    {
        let piece = piece.trim();
        if is_person_name(piece) {
            names.push(piece.to_owned());
        } else if names.is_empty() || piece.split(' ').count() > 3 {
            return None;
        }
    }
    (!names.is_empty()).then_some(names)
}

/// Two to five words in capitals, particles aside ("Anna von der Heide", "J. R. Doe").
pub(super) fn is_person_name(name: &str) -> bool {
    const PARTICLES: [&str; 13] =
        ["von", "van", "der", "den", "de", "da", "di", "del", "la", "le", "el", "al", "bin"];
    const NO_NAMES: [&str; 12] =
        ["der", "die", "das", "den", "dem", "the", "a", "an", "unserem", "unserer", "our", "dpa"];
    let words: Vec<&str> = name.split(' ').collect();
    let Some(first) = words.first() else { return false };
    (2..=5).contains(&words.len())
        && !NO_NAMES.contains(&first.to_lowercase().as_str())
        && words.last().is_some_and(|w| w.starts_with(char::is_uppercase))
        && words.iter().all(|w| {
            PARTICLES.contains(w)
                || (w.starts_with(char::is_uppercase)
                    && w.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '\'' | '’')))
        })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn outlet_and_authors(line: &str) -> Option<(Date, Option<String>, Vec<String>)> {
        match meta(line)? {
            Meta::Dated { date, source, authors, .. } => {
                Some((date, source.and_then(|s| s.domain.or(s.name)), authors))
            }
            _ => None,
        }
    }

    #[test]
    fn a_dated_line_may_name_outlet_or_authors() {
        let day = date(2015, 9, 17);
        for (line, outlet, names) in [
            ("17. September 2015", None, vec![]),
            ("welt.de, 17.09.2015", Some("welt.de"), vec![]),
            ("DIE ZEIT, 17. September 2015", Some("zeit.de"), vec![]),
            ("Musterstädter Anzeiger, 17.9.2015", Some("Musterstädter Anzeiger"), vec![]),
            ("Stand: Donnerstag, 17.09.2015, 14:30 Uhr", None, vec![]),
            ("Berlin, 17. September 2015", None, vec![]),
            ("Published: September 17, 2015 10:12 AM EDT", None, vec![]),
            ("Von Erika Muster, 17.09.2015", None, vec!["Erika Muster"]),
            ("By Jane Doe | September 17, 2015", None, vec!["Jane Doe"]),
            ("2015-09-17T10:00:00Z", None, vec![]),
            ("17 September 2015, 7:40am", None, vec![]),
            ("17.09.2015, 16:20 von redaktion", None, vec![]),
            ("By Jane Doe @janedoe Sep 17, 2015, 4:22am EDT", None, vec!["Jane Doe"]),
        ] {
            let names = names.into_iter().map(str::to_owned).collect();
            assert_eq!(outlet_and_authors(line), Some((day, outlet.map(str::to_owned), names)), "{line}");
        }
    }

    #[test]
    fn a_title_with_a_day_in_it_is_no_dated_line() {
        for line in [
            "Anschläge vom 11. September 2001",
            "Der 11. September 2001 und die Folgen",
            "Am 17. September 2015 trat der Minister zurück.",
            "Heute, morgen und der 17.09.2015",
        ] {
            assert_eq!(meta(line), None, "{line}");
        }
    }

    #[test]
    fn bylines_name_people_only() {
        for (line, names) in [
            ("Von Erika Muster", vec!["Erika Muster"]),
            ("Von Erika Muster und Max von Muster, Berlin", vec!["Erika Muster", "Max von Muster"]),
            ("By Jane Q. Doe and John Doe in Washington", vec!["Jane Q. Doe", "John Doe"]),
        ] {
            assert_eq!(
                meta(line),
                Some(Meta::Authors(names.into_iter().map(str::to_owned).collect())),
                "{line}"
            );
        }
        for line in
            ["Von der Leyen warnt", "Von Wien nach Rom", "By the river", "Von unserem Korrespondenten"]
        {
            assert_eq!(meta(line), None, "{line}");
        }
    }

    #[test]
    fn addresses_and_labelled_outlets() {
        assert_eq!(meta("https://a.example/x"), Some(Meta::Address("https://a.example/x".to_owned())));
        assert_eq!(
            meta("Link: <https://a.example/x>"),
            Some(Meta::Address("https://a.example/x".to_owned()))
        );
        assert_eq!(meta("Mehr auf https://a.example/x"), None);
        assert!(matches!(meta("Quelle: Spiegel Online"), Some(Meta::Outlet(_))));
        assert_eq!(meta("Quelle: dpa"), None);
    }
}
