//! What stands behind an article on its page: what readers wrote, other articles, who wrote it.

use std::collections::HashMap;
use std::ops::Range;

use super::chrome::{self, Chrome};
use super::header::{self, Meta};
use super::plain::{Shape, Typed};
use crate::text::date::dates;

/// Lines behind a heading of comments in which the first comment is looked for.
const NEAR: usize = 12;

/// Sets aside what readers wrote below the article, from its first line to the end.
pub(super) fn mark_comments(typed: &mut [Typed]) {
    let Some(from) = comments(typed) else { return };
    for line in typed.iter_mut().skip(from) {
        // The outlet may still be named at the foot of the page.
        let is_of_page = matches!(
            line.shape,
            Shape::Chrome(_) | Shape::Meta(Meta::Masthead(_) | Meta::Outlet(_) | Meta::Address(_))
        );
        if !is_of_page {
            line.shape = Shape::Chrome(Chrome::Control);
        }
    }
}

/// Where what readers wrote begins: at a heading for it, or at the first of several signatures.
fn comments(typed: &[Typed]) -> Option<usize> {
    let signs: Vec<bool> = typed.iter().map(|t| is_signature(&t.line.text)).collect();
    let opens: Vec<bool> = typed.iter().map(|t| opens_comment(&t.line.text)).collect();
    let last_open = opens.iter().rposition(|open| *open);
    let all: usize = typed.iter().filter(|t| t.is_running()).map(|t| t.line.words).sum();
    let (mut written, mut paragraphs) = (0, 0);
    for (at, line) in typed.iter().enumerate() {
        if line.is_running() && !signs[at] {
            written += line.line.words;
            paragraphs += 1;
            continue;
        }
        if paragraphs == 0 {
            continue;
        }
        let before = at.checked_sub(1).and_then(|before| typed.get(before));
        let is_head = !before.is_some_and(|t| t.line.text.ends_with(':')) && heads(line);
        if !is_head && !signs[at] {
            continue;
        }
        let is_signed = signs.iter().skip(at + 1).take(NEAR).any(|sign| *sign);
        // A count of comments stands below the title too.
        let closes = is_head && (is_signed || written * 2 >= all) && written >= 20
            || is_head && paragraphs >= 3 && written >= 120
            || opens[at] && last_open > Some(at);
        if closes {
            return Some(at);
        }
    }
    None
}

/// Whether a line heads comments: "3 Kommentare", "Kommentare Schreibe einen Kommentar".
fn heads(typed: &Typed) -> bool {
    let text = typed.line.text.as_str();
    let behind = ["Kommentare ", "Comments ", "Kommentar "].iter().find_map(|word| text.strip_prefix(word));
    typed.line.words <= 10
        && (chrome::opens_comments(text, false) || behind.is_some_and(|t| chrome::opens_comments(t, true)))
}

/// Whether a line is the head of a comment by itself: "Comment by A — 17.07.2011 @ 13:04", "A, 17.07.2011
/// um 13:04 - Antworten".
fn opens_comment(text: &str) -> bool {
    const OPENINGS: [&str; 7] = [
        "comment by ",
        "pingback von ",
        "pingback: ",
        "trackback von ",
        "trackback: ",
        "pingback from ",
        "trackback from ",
    ];
    const BUTTONS: [&str; 4] = ["antworten", "reply", "permalink", "zitieren"];
    if !is_short(text) {
        return false;
    }
    let lower = text.to_lowercase();
    let is_timed = || has_time(&lower) && !dates(text).is_empty();
    let has_button = || lower.split(|c: char| !c.is_alphanumeric()).any(|word| BUTTONS.contains(&word));
    // "Kommentar von …" signs opinion pieces too.
    OPENINGS.iter().any(|opening| lower.starts_with(opening))
        || (has_button() || lower.starts_with("kommentar von ")) && is_timed()
}

/// Whether a line may say who wrote a comment, which behind a heading for comments is enough: "A says:",
/// "A sagt am 17.07.2011 um 13:04". In an article such lines lead to what somebody said.
fn is_signature(text: &str) -> bool {
    const SAYING: [&str; 5] = [" says:", " said:", " schreibt:", " sagt:", " meint:"];
    const VERBS: [&str; 4] = ["says", "sagt", "schreibt", "melden"];
    if opens_comment(text) {
        return true;
    }
    if !is_short(text) {
        return false;
    }
    let lower = text.to_lowercase();
    let words = || lower.split(|c: char| !c.is_alphanumeric());
    let is_timed = || has_time(&lower) && !dates(text).is_empty();
    words().any(|word| VERBS.contains(&word)) && is_timed()
        || SAYING.iter().any(|end| lower.ends_with(end)) && words().count() <= 6
}

fn is_short(text: &str) -> bool {
    text.len() <= 160 && text.split(' ').count() <= 16
}

/// Whether a time of day stands in `text`: "13:04".
pub(super) fn has_time(text: &str) -> bool {
    text.as_bytes().windows(5).any(|w| match w {
        [a, b, b':', c, d] => [a, b, c, d].iter().all(|byte| byte.is_ascii_digit()),
        _ => false,
    })
}

/// Times that a short line stands on a page of teasers.
const REPEATED: usize = 3;

/// Sets aside short lines that the page repeats ("Weiterlesen"), and the teasers that they belong to.
pub(super) fn mark_repeated(typed: &mut [Typed]) {
    const LINKS: [&str; 9] = [
        "weiterlesen",
        "mehr",
        "mehr lesen",
        "read more",
        "read the rest",
        "more",
        "continue reading",
        "weiter",
        "zum artikel",
    ];
    let plain = |text: &str| text.to_lowercase().trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let is_short = |t: &Typed| t.line.words <= 4 && !t.line.text.ends_with([':', '?', '.']) || ends_open(t);
    // A title may stand three times on its page; what leads on from a teaser stands below its words.
    let is_below_words = |typed: &[Typed], at: usize| {
        at.checked_sub(1).and_then(|before| typed.get(before)).is_some_and(|t| t.line.words >= 8)
    };
    let mut counts: HashMap<String, usize> = HashMap::new();
    for (at, line) in typed.iter().enumerate() {
        if is_short(line) && is_below_words(typed, at) {
            *counts.entry(plain(&line.line.text)).or_default() += 1;
        }
    }
    for at in 0..typed.len() {
        if !is_short(&typed[at]) {
            continue;
        }
        let words = plain(&typed[at].line.text);
        let count = counts.get(&words).copied().unwrap_or_default();
        let is_link = LINKS.contains(&words.as_str());
        if typed[at].is_text() && (count >= REPEATED || is_link) {
            typed[at].shape = Shape::Chrome(Chrome::Control);
        }
        if let Some(before) = at.checked_sub(1)
            && is_link
            && count >= 2
            && typed[before].is_text()
        {
            typed[before].shape = Shape::Chrome(Chrome::Pointer);
        }
    }
}

/// Authors that are looked for on a page.
const MOST_AUTHORS: usize = 12;

/// Sets aside what a page says of an author: "Erika Muster is a freelance reporter in Bern."
pub(super) fn mark_authors(typed: &mut [Typed]) {
    const CALLINGS: [&str; 16] = [
        "journalis",
        "reporter",
        "writer",
        "editor",
        "correspondent",
        "blogger",
        "columnist",
        "freelance",
        "redakteur",
        "redaktion",
        "autor",
        "korrespondent",
        "kolumnist",
        "chefredak",
        "volont",
        "author",
    ];
    // "authorities", "autoritär", "editorial": no calling of a person.
    const OTHERS: [&str; 4] = ["authorit", "autorit", "editorial", "autoris"];
    const OPENING_WORDS: usize = 12;
    let mut names: Vec<String> = Vec::new();
    for line in typed.iter() {
        if let Shape::Meta(Meta::Authors(found) | Meta::Dated { authors: found, .. }) = &line.shape {
            names.extend(found.iter().cloned());
        }
    }
    // No article has more; a page of nothing but names would take long.
    names.truncate(MOST_AUTHORS);
    for line in typed.iter_mut().filter(|t| t.is_running() && t.line.words <= 120) {
        let text = line.line.text.as_str();
        let name = names.iter().find(|name| text.starts_with(name.as_str())).map(String::as_str);
        let name = name.or_else(|| called(text));
        let Some(behind) = name.and_then(|name| text.strip_prefix(name)) else { continue };
        let lower = behind.to_lowercase();
        // What somebody is stands at once behind the name.
        let mut words =
            lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).take(OPENING_WORDS);
        let is_called = words.any(|word| {
            CALLINGS.iter().any(|calling| word.starts_with(calling))
                && !OTHERS.iter().any(|other| word.starts_with(other))
        });
        if is_called && !lower.contains(['"', '“', '«', '»']) {
            line.shape = Shape::Chrome(Chrome::Control);
        }
    }
}

/// The name that opens words on who somebody is: "Erika Muster ist …", "Tom Sample covers …".
fn called(text: &str) -> Option<&str> {
    const VERBS: [&str; 8] = [
        " ist freie",
        " ist Redakt",
        " ist Journalist",
        " ist Autor",
        " is a ",
        " is an ",
        " covers ",
        " writes ",
    ];
    let at = VERBS.iter().filter_map(|verb| text.find(verb)).min()?;
    text.get(..at).filter(|name| header::is_person_name(name))
}

/// "mehr..." is no sentence.
fn ends_open(typed: &Typed) -> bool {
    typed.line.words <= 3 && (typed.line.text.ends_with("...") || typed.line.text.ends_with('…'))
}

/// The end of a run without the teasers of other articles and without the words about its author.
///
/// Teasers are paragraphs of which each stands alone, with more than a heading between them, or many
/// short ones. The parts of an article have more than one paragraph, or one heading between.
pub(super) fn without_teasers(typed: &[Typed], run: &Range<usize>) -> usize {
    const LONGEST: usize = 100;
    let prose: Vec<usize> = run.clone().filter(|&at| typed.get(at).is_some_and(Typed::is_running)).collect();
    let words = |at: usize| typed.get(at).map_or(0, |t| t.line.words);
    // From the end back to the first paragraph that stands alone.
    let (mut first, mut wide) = (prose.len(), 0);
    while first > 2 {
        let (before, at) = (prose[first - 2], prose[first - 1]);
        if at == before + 1 || words(at) > LONGEST {
            break;
        }
        wide += usize::from(at - before > 2);
        first -= 1;
    }
    let alone = prose.len() - first;
    let shortest = |most: usize| prose.iter().skip(first).all(|&at| words(at) <= most);
    let are_teasers = alone >= 3 && wide * 5 >= alone * 2 || alone >= 4 && first >= 5 && shortest(35);
    // Entries of a ticker and of a list stand alone too, and are most of their article.
    let sum = |part: &[usize]| part.iter().map(|&at| words(at)).sum::<usize>();
    let (kept, cut) = prose.split_at(first);
    let mut end = run.end;
    if are_teasers
        && sum(kept) >= sum(cut)
        && let Some(&last) = prose.get(first - 1)
    {
        end = last + 1;
    }
    about_author(typed, run.start..end).unwrap_or(end)
}

/// Where words about the author begin behind the text: below a name, with that name first.
fn about_author(typed: &[Typed], run: Range<usize>) -> Option<usize> {
    let mut paragraphs = 0;
    let mut name: Option<(usize, &str)> = None;
    for at in run {
        let line = typed.get(at)?;
        if line.is_running() {
            let is_about = name.is_some_and(|(_, name)| line.line.text.starts_with(name));
            if is_about && paragraphs >= 3 {
                return name.map(|(at, _)| at);
            }
            paragraphs += 1;
            name = None;
        } else if header::is_person_name(&line.line.text) {
            name = Some((at, &line.line.text));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use crate::ingest::plain;
    use crate::model::{Draft, ParagraphKind};

    const FIRST: &str = "Der Rat hat am Freitag über die neue Brücke beraten und sich nach langer Aussprache für \
        den größeren der beiden Entwürfe entschieden, der vor allem den Radverkehr aufnehmen soll.";
    const SECOND: &str = "Gebaut wird nach den Worten der Bürgermeisterin vom kommenden Mai an, wenn der Fluss wenig \
        Wasser führt; die Kosten von zwölf Millionen Euro teilen sich Stadt und Land zur Hälfte.";
    const THIRD: &str = "Die Opposition sprach von einem teuren Denkmal und kündigte an, gegen den Beschluss zu klagen, \
        sobald er im Amtsblatt steht, was nach Ostern der Fall sein dürfte.";
    const PAGE: &str = "Zum Inhalt springen\nMenü\nSuche\nAnmelden\nAbo\nStartseite\nPolitik\nWirtschaft\n";
    const OTHER: &str =
        "Wer in diesem Sommer verreist, braucht Geduld, denn an vielen Flughäfen fehlt es an Leuten.";

    fn read(text: &str) -> Vec<String> {
        let draft = plain::read(text, Draft::default()).unwrap();
        let is_text = |kind: ParagraphKind| kind.is_running_text() || kind == ParagraphKind::Heading;
        let prose = draft.paragraphs.iter().filter(|p| is_text(p.kind));
        prose.map(|p| p.span.of(&draft.text).to_owned()).collect()
    }

    #[test]
    fn what_readers_wrote_is_none_of_the_article() {
        let comment =
            "Das ist doch alles viel zu teuer, und am Ende zahlen es wieder die kleinen Leute, wie immer.";
        for head in [
            "35 Comments »",
            "3 Kommentare",
            "Kommentare Schreibe einen Kommentar",
            "Hinterlasse einen Kommentar",
            "Comment by Erika — 17.07.2011 @ 13:04",
            "Erika 19. Juni 2018 um 15:28 Uhr - Antworten",
        ] {
            let signed = format!("{comment}\nComment by Max — 17.07.2011 @ 14:04\n");
            let text = format!("Große Brücke\n\n{FIRST}\n\n{SECOND}\n\n{head}\n\n{}", signed.repeat(12));
            assert_eq!(read(&text), [FIRST, SECOND], "{head}");
        }
    }

    #[test]
    fn a_count_of_comments_above_the_text_ends_nothing() {
        for text in [
            format!("{PAGE}Große Brücke\n3 Kommentare\n{FIRST}\n{SECOND}\n{THIRD}\nImpressum"),
            format!("{PAGE}Große Brücke\n{FIRST}\n3 Kommentare\n{SECOND}\n{THIRD}\nImpressum"),
        ] {
            assert_eq!(read(&text), [FIRST, SECOND, THIRD], "{text}");
        }
    }

    #[test]
    fn teasers_behind_an_article_are_none_of_it() {
        for between in
            ["Reise\nHeute um zehn\nLange Schlangen am Flughafen", "Das Wetter\nLange Schlangen am Flughafen"]
        {
            let teasers: Vec<String> = (0..5).map(|n| format!("{between} {n}\n{OTHER} {n}.\n")).collect();
            let text = format!(
                "{PAGE}Große Brücke\n{FIRST}\n{SECOND}\n{THIRD}\n{}Impressum\nDatenschutz",
                teasers.concat()
            );
            assert_eq!(read(&text), [FIRST, SECOND, THIRD], "{between}");
        }
        let teasers: Vec<String> =
            (0..4).map(|n| format!("Schlangen, Teil {n}\n{FIRST} {n}.\nWeiterlesen...\n")).collect();
        let text = format!("{PAGE}Große Brücke\n{SECOND}\n{THIRD}\n{}Impressum", teasers.concat());
        assert_eq!(read(&text), [SECOND, THIRD]);
    }

    #[test]
    fn lines_that_lead_to_what_somebody_said_end_nothing() {
        let text = format!(
            "Große Brücke\n\n{FIRST}\n\nDie Bürgermeisterin sagt:\n\n{SECOND}\n\nIhr Gegner meint:\n\n{THIRD}"
        );
        let found = read(&text);
        assert!(found.iter().any(|p| p == SECOND) && found.iter().any(|p| p == THIRD), "{found:?}");
    }

    #[test]
    fn entries_of_a_ticker_stay() {
        let entry = |n: usize| {
            let mut words: Vec<&str> = SECOND.trim_end_matches('.').split(' ').collect();
            words.rotate_left(n * 3);
            format!("Um diese Zeit {}.", words.join(" "))
        };
        let entries: Vec<String> =
            (1..9).map(|n| format!("1{n}:30 Uhr\nNeues von der Brücke, Teil {n}\n{}\n", entry(n))).collect();
        let text = format!("{PAGE}Brücke im Ticker\n{}Impressum\nDatenschutz", entries.concat());
        let found = read(&text);
        assert!((1..9).all(|n| found.contains(&entry(n))), "{found:?}");
    }

    #[test]
    fn what_an_article_says_of_people_stays() {
        let about = "Ali Muster is a baker in Aleppo whose shop was closed. The authorities did not say why, and the \
            neighbours have bought their bread elsewhere since then.";
        let text = format!("{PAGE}Große Brücke\n{FIRST}\n{about}\n{SECOND}\n{THIRD}\nImpressum\nDatenschutz");
        assert!(read(&text).iter().any(|p| p == about));
    }

    #[test]
    fn short_parts_with_one_heading_each_stay() {
        let parts: Vec<String> = (1..6).map(|n| format!("{n}. Grund für den Bau\n{SECOND} {n}.\n")).collect();
        let text = format!(
            "{PAGE}Fünf Gründe für die Brücke\n{FIRST}\n{THIRD}\n{}Impressum\nDatenschutz",
            parts.concat()
        );
        assert_eq!(read(&text).len(), 12);
    }

    #[test]
    fn words_about_the_author_are_none_of_the_article() {
        for about in [
            "Erika Muster\nErika Muster kam vor drei Jahren zum Blatt und schreibt seitdem über Brücken in Bern.",
            "Erika Muster is a freelance reporter who covers bridges, roads and all that goes with them in Bern.",
        ] {
            let text = format!(
                "{PAGE}Große Brücke\nVon Erika Muster\n{FIRST}\n{SECOND}\n{THIRD}\n{about}\nImpressum"
            );
            assert_eq!(read(&text), [FIRST, SECOND, THIRD], "{about}");
        }
    }

    #[test]
    fn a_page_that_holds_its_article_twice_gives_it_once() {
        let text = format!(
            "{PAGE}Große Brücke\n{FIRST}\nNoch drei Artikel frei\n{FIRST}\n{SECOND}\nImpressum\nDatenschutz"
        );
        assert_eq!(read(&text).iter().filter(|p| *p == FIRST).count(), 1);
    }
}
