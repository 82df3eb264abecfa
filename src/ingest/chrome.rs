//! What stands around an article on its page: navigation, share bars, notices, pointers elsewhere.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::lexicon::{self, Openings, starts_with_words};

const TABLE: &str = include_str!("../../assets/lexicon/chrome.tsv");

static CONTROLS: LazyLock<HashSet<&str>> = LazyLock::new(|| lexicon::set(TABLE, "control"));
static SECTIONS: LazyLock<HashSet<&str>> = LazyLock::new(|| lexicon::set(TABLE, "section"));
static FILLERS: LazyLock<HashSet<&str>> = LazyLock::new(|| lexicon::set(TABLE, "filler"));
static LIST_HEADS: LazyLock<HashSet<&str>> = LazyLock::new(|| lexicon::set(TABLE, "list"));
static OTHERS: LazyLock<HashSet<&str>> = LazyLock::new(|| lexicon::set(TABLE, "other"));
static COMMENTS: LazyLock<Openings> = LazyLock::new(|| Openings::new(TABLE, "comments"));
static COMMENTS_HEADS: LazyLock<HashSet<&str>> = LazyLock::new(|| lexicon::set(TABLE, "comments-head"));
static POINTERS: LazyLock<Openings> = LazyLock::new(|| Openings::new(TABLE, "pointer"));
static LEGAL: LazyLock<Vec<&str>> = LazyLock::new(|| lexicon::entries(TABLE, "legal").collect());
static NOTICES: LazyLock<Openings> = LazyLock::new(|| Openings::new(TABLE, "notice"));

/// What a line is, where it is not the article's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Chrome {
    /// "Zum Inhalt springen".
    SkipLink,
    /// Menu entries, buttons, notices.
    Control,
    /// The name of a section: perhaps a menu entry, perhaps above the title.
    Section,
    /// Points to other articles in the same line: "Lesen Sie auch: …".
    Pointer,
    /// Heads a list of other articles: "Mehr zum Thema".
    ListHead,
}

/// What `line` is around an article, judged by itself; `None` where it may be the article's.
pub(super) fn chrome(line: &str, words: usize) -> Option<Chrome> {
    if words > LONGEST_NOTICE || line.len() > 12 * LONGEST_NOTICE {
        return None;
    }
    let lower = line.to_lowercase();
    let bare = lower.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '©');
    let bare = bare.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.' || c == ')').trim_start();
    let plain = bare.trim_end_matches(|c: char| !c.is_alphanumeric());
    if !lower.contains(char::is_alphanumeric) {
        return Some(Chrome::Control);
    }
    if NOTICES.open(bare) {
        return Some(Chrome::Control);
    }
    if is_skip_link(bare, words) {
        return Some(Chrome::SkipLink);
    }
    if words <= 8 && LIST_HEADS.contains(plain) {
        return Some(Chrome::ListHead);
    }
    if words <= 40 && POINTERS.open(bare) {
        return Some(if words <= 5 && !lower.contains(": ") { Chrome::ListHead } else { Chrome::Pointer });
    }
    if SECTIONS.contains(plain) {
        return Some(Chrome::Section);
    }
    (words <= 12 && is_control(&lower) || is_step(&lower, words)).then_some(Chrome::Control)
}

/// Most words of a heading above comments.
const LONGEST_COMMENTS_HEAD: usize = 10;

/// Whether `line` heads what readers wrote: "3 Kommentare", "Leave a Reply"; `is_heading` where the
/// page says that it heads something.
pub(super) fn opens_comments(line: &str, is_heading: bool) -> bool {
    if line.len() > 20 * LONGEST_COMMENTS_HEAD || line.split(' ').count() > LONGEST_COMMENTS_HEAD {
        return false;
    }
    let lower = line.to_lowercase();
    let bare = lower.trim_start_matches(|c: char| !c.is_alphabetic());
    let plain = bare.trim_end_matches(|c: char| !c.is_alphanumeric());
    let is_count = bare.len() < lower.len() || plain.split(' ').count() == 1;
    COMMENTS.open(bare) || is_heading && COMMENTS_HEADS.contains(plain) || is_count && counts_comments(plain)
}

/// Whether the words behind a number say that it counts comments: "Kommentare", "comments on …".
///
/// "5 Antworten auf die wichtigsten Fragen" heads a part of an article: where the word is one that
/// articles use too, the title that follows it stands in quotation marks.
fn counts_comments(words: &str) -> bool {
    const COUNTED: [&str; 6] = ["comments", "comment", "kommentare", "kommentar", "replies", "responses"];
    const ALSO_IN_ARTICLES: [&str; 2] = ["antworten", "gedanken"];
    const LINKS: [&str; 4] = [" zu ", " auf ", " on ", " to "];
    const MARKS: [char; 9] = ['„', '“', '”', '"', '»', '«', '‚', '‘', '\''];
    let behind = |known: &[&str]| known.iter().find_map(|word| words.strip_prefix(word));
    let title = |behind: &'_ str| LINKS.iter().find_map(|link| behind.strip_prefix(link)).map(str::to_owned);
    behind(&COUNTED).is_some_and(|rest| rest.is_empty() || title(rest).is_some())
        || behind(&ALSO_IN_ARTICLES)
            .is_some_and(|rest| rest.is_empty() || title(rest).is_some_and(|title| title.starts_with(MARKS)))
}

/// Whether `line` heads a section at the end that is about the author, the page or other articles.
pub(super) fn heads_other(line: &str) -> bool {
    let lower = line.to_lowercase();
    let plain = lower.trim_matches(|c: char| !c.is_alphanumeric());
    LIST_HEADS.contains(plain) || OTHERS.contains(plain) || POINTERS.open(plain)
}

/// Whether `line` says whose the page is and what it answers for, whatever its length.
pub(super) fn is_legal(line: &str) -> bool {
    let lower = line.to_lowercase();
    lower.starts_with('©') || LEGAL.iter().any(|words| lower.contains(words))
}

/// Most words of a notice.
const LONGEST_NOTICE: usize = 80;

fn is_skip_link(bare: &str, words: usize) -> bool {
    const STARTS: &[&str] =
        &["zum", "zur", "zu", "direkt zum", "direkt zur", "springe zum", "skip to", "jump to", "skip"];
    const GOALS: &str = "springen hauptinhalt hauptnavigation navigation inhalt suche fußzeile content footer search \
        hauptmenü menü startseite";
    if words > 10 || !STARTS.iter().any(|s| starts_with_words(bare, s)) {
        return false;
    }
    let plain = bare.trim_end_matches(|c: char| !c.is_alphanumeric());
    plain.ends_with("springen") || (words <= 4 && GOALS.split(' ').any(|g| plain.ends_with(g)))
}

/// Share bars, menus and breadcrumbs: every word is one that only pages use.
fn is_control(lower: &str) -> bool {
    let (mut known, mut sections, mut fillers) = (0, 0, 0);
    for word in lower.split(|c: char| !(c.is_alphanumeric() || c == '-')).map(|w| w.trim_matches('-')) {
        if word.is_empty() {
            continue;
        }
        if CONTROLS.contains(word) {
            known += 1;
        } else if SECTIONS.contains(word) {
            sections += 1;
        } else if FILLERS.contains(word) {
            fillers += 1;
        } else if !word.chars().all(|c| c.is_ascii_digit()) {
            return is_trail(lower);
        }
    }
    // "Politik und Wirtschaft" may be a heading.
    known >= 1 || (sections >= 2 && fillers == 0)
}

/// A breadcrumb or a bar of links: short entries between signs, the first one a page's own word.
fn is_trail(lower: &str) -> bool {
    let signs = [" > ", " › ", " » ", " | ", " · ", " • ", " / "];
    let Some(sign) = signs.into_iter().find(|s| lower.contains(s)) else { return false };
    let mut entries = lower.split(sign).map(str::trim);
    let opens = entries.next().is_some_and(|e| e.is_empty() || CONTROLS.contains(e) || SECTIONS.contains(e));
    let rest: Vec<&str> = entries.collect();
    let is_short = |entry: &&str| entry.split(' ').count() <= 3;
    // The page's own title may stand last.
    let is_path = rest.len() >= 2 && rest.iter().rev().skip(1).all(is_short);
    opens && (is_path || rest.iter().all(is_short))
}

/// A link to the page before or behind: "« Ältere Beiträge", "Neues vom Rat »".
fn is_step(line: &str, words: usize) -> bool {
    const BACK: [&str; 4] = ["« ", "‹ ", "← ", "<< "];
    const ON: [&str; 4] = [" »", " ›", " →", " >>"];
    words <= 12 && (BACK.iter().any(|m| line.starts_with(m)) || ON.iter().any(|m| line.ends_with(m)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(line: &str) -> Option<Chrome> {
        chrome(line, line.split(' ').count())
    }

    #[test]
    fn page_furniture_is_known() {
        for (line, kind) in [
            ("1. Zum Inhalt springen", Chrome::SkipLink),
            ("Zu weiteren Angeboten der XY springen", Chrome::SkipLink),
            ("Skip to main content", Chrome::SkipLink),
            ("Teilen Twittern Mailen Drucken", Chrome::Control),
            ("Auf Facebook teilen", Chrome::Control),
            ("42 Kommentare", Chrome::Control),
            ("Startseite > Politik > Ausland", Chrome::Control),
            ("Politik | Wirtschaft | Sport", Chrome::Control),
            ("Lesezeit: 3 Min.", Chrome::Control),
            ("- Anzeige -", Chrome::Control),
            ("Politik", Chrome::Section),
            ("Lesen Sie auch: Was der Streit für Pendler bedeutet", Chrome::Pointer),
            ("Mehr zum Thema", Chrome::ListHead),
            ("Read more:", Chrome::ListHead),
        ] {
            assert_eq!(of(line), Some(kind), "{line}");
        }
    }

    #[test]
    fn what_a_page_answers_for_is_told_from_what_it_reports() {
        for (line, legal) in [
            ("Alle Angaben ohne Gewähr. Copyright Uferbote", true),
            ("© Uferbote, 2021", true),
            ("Use of this site is subject to our Terms of Service, which you agree to.", true),
            ("Das Urteil zum Urheberrecht soll im Mai fallen.", false),
        ] {
            assert_eq!(is_legal(line), legal, "{line}");
        }
    }

    #[test]
    fn words_of_articles_are_not_furniture() {
        for line in [
            "Zum Inhalt der Gespräche machte er keine Angaben.",
            "Kooperation im Streit um die Fischerei?",
            "Zur Suche nach dem Flugzeug",
            "Streit um Werbung auf Twitter",
            "Die Welt",
            "Washington",
            "Was wird aus dem Land?",
        ] {
            assert_eq!(of(line), None, "{line}");
        }
    }
}
