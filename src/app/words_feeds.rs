//! What is said of feeds.

use super::report::ReportLine;
use super::words::{Counted, count, grouped};
use super::words_steps::came;
use crate::model::{Feed, FetchReport, Locale, Trouble};

/// What kept a feed or page from being read, and what helps where something does.
#[must_use]
pub fn trouble(trouble: Trouble, locale: Locale) -> String {
    let (german, english) = match trouble {
        Trouble::Address => ("keine Adresse im Netz (http, https)", "not a web address (http, https)"),
        Trouble::HostLetters => (
            "Servername mit Umlauten oder anderen Schriften; in der Form xn--… angeben",
            "the host's name has letters beyond a-z; give it in the form xn--…",
        ),
        Trouble::NoHost => {
            ("Server nicht gefunden; gibt es ein Netz?", "host not found; is there a network?")
        }
        Trouble::NoConnection => ("Server nicht erreichbar", "the host takes no connection"),
        Trouble::Unsafe => ("keine sichere Verbindung (TLS)", "no safe connection (TLS)"),
        Trouble::Slow => ("keine Antwort in der Frist", "no answer in time"),
        Trouble::Broken => ("abgebrochen oder beschädigt", "broke off, or is damaged"),
        Trouble::TooLarge => ("zu groß", "too large"),
        Trouble::Circle => ("im Kreis weitergeleitet", "sent on in a circle"),
        Trouble::LedAway => ("aus dem Netz hinausgeleitet", "sent on to what is no web address"),
        Trouble::Gone => ("für immer entfernt (410)", "gone for good (410)"),
        Trouble::NoFeed => ("dort ist kein Feed", "there is no feed"),
        Trouble::NoText => ("kein längerer Text gefunden", "no longer text found"),
        Trouble::Wait(status) => {
            return match locale {
                Locale::German => format!("der Server bittet zu warten ({status})"),
                Locale::English => format!("the server asks to wait ({status})"),
            };
        }
        Trouble::Status(status) => {
            return match locale {
                Locale::German => format!("der Server antwortet {status}"),
                Locale::English => format!("the server says {status}"),
            };
        }
    };
    match locale {
        Locale::German => german,
        Locale::English => english,
    }
    .to_owned()
}

/// How far a round is.
#[must_use]
pub fn fetching(report: &FetchReport, locale: Locale) -> String {
    let (done, of) = (grouped(report.done as usize, locale), grouped(report.of as usize, locale));
    let came = came(report.added, locale);
    match locale {
        Locale::German => format!("{done} von {of} Feeds · {came}"),
        Locale::English => format!("{done} of {of} feeds · {came}"),
    }
}

/// What came of a round, in one line; `overview` is the key or command that tells how each feed is.
#[must_use]
pub fn fetched(report: &FetchReport, overview: &str, locale: Locale) -> String {
    let number = |n: usize| grouped(n, locale);
    let german = locale == Locale::German;
    if report.of == 0 {
        return match (report.early, german) {
            (0, true) => "Keine Feeds; „lesart feeds add URL“ abonniert einen".to_owned(),
            (0, false) => "No feeds; “lesart feeds add URL” subscribes to one".to_owned(),
            (early, true) => {
                format!("{} noch nicht wieder dran; {overview} zeigt, wann", feeds(early, locale))
            }
            (early, false) => format!("{} not due yet; {overview} shows when", feeds(early, locale)),
        };
    }
    let mut parts = vec![came(report.added, locale)];
    if report.updated > 0 {
        parts.push(
            number(report.updated as usize)
                + if german { " davon in neuer Fassung" } else { " of them new versions" },
        );
    }
    parts.push(match locale {
        Locale::German => format!("aus {}", feeds(report.done, locale)),
        Locale::English => format!("from {}", feeds(report.done, locale)),
    });
    if !report.failed.is_empty() {
        parts.push(number(report.failed.len()) + if german { " nicht lesbar" } else { " not readable" });
    }
    let text = parts.join(" · ");
    match (report.stopped, german) {
        (false, _) => text,
        (true, true) => format!("Abgebrochen: {text}"),
        (true, false) => format!("Stopped: {text}"),
    }
}

/// How each feed is: those in trouble first.
#[must_use]
pub fn overview(feeds: &[Feed], locale: Locale) -> Vec<ReportLine> {
    let german = locale == Locale::German;
    let line = |text: String, depth, is_muted| ReportLine { text, depth, is_muted };
    if feeds.is_empty() {
        return vec![line(fetched(&FetchReport::default(), "", locale), 0, false)];
    }
    let mut sorted: Vec<&Feed> = feeds.iter().collect();
    sorted.sort_by_key(|feed| feed.trouble.is_none());
    let mut lines = Vec::with_capacity(feeds.len() * 2);
    for feed in sorted {
        lines.push(line(feed.title.clone(), 0, false));
        if let Some(what) = feed.trouble {
            lines.push(line(format!("! {}", trouble(what, locale)), 1, false));
        }
        let number = |n: u32| grouped(n as usize, locale);
        let mut about = vec![count(feed.articles as usize, Counted::Articles, locale)];
        if feed.new > 0 {
            about.push(format!("{} {}", number(feed.new), if german { "neu" } else { "new" }));
        }
        about.push(format!("{} {}", number(feed.unread), if german { "ungelesen" } else { "unread" }));
        about.extend(feed.tags.iter().map(|tag| format!("#{tag}")));
        let form = if german { "%d.%m. %H:%M" } else { "%d %b %H:%M" };
        about.push(match feed.fetched {
            Some(at) => format!("{} {} UTC", if german { "geholt" } else { "fetched" }, at.strftime(form)),
            None if german => "noch nicht geholt".to_owned(),
            None => "not fetched yet".to_owned(),
        });
        about.extend(again(feed, form, locale));
        lines.push(line(about.join(" · "), 1, true));
    }
    lines
}

/// When a feed is asked for again, the instant in this form; `None` where that is at any time.
#[must_use]
pub fn again(feed: &Feed, form: &str, locale: Locale) -> Option<String> {
    let german = locale == Locale::German;
    if feed.trouble == Some(Trouble::Gone) {
        let text = if german { "nur noch von Hand geholt" } else { "fetched only by hand now" };
        return Some(text.to_owned());
    }
    let at = feed.next.max(feed.wait)?;
    Some(format!("{} {} UTC", if german { "wieder ab" } else { "again from" }, at.strftime(form)))
}

/// Why no feed is fetched while files are open beside the library.
#[must_use]
pub fn beside(locale: Locale) -> &'static str {
    match locale {
        Locale::German => "Hier sind nur die genannten Dateien geöffnet; Feeds holt „lesart“ ohne Pfade",
        Locale::English => "Only the named files are open here; “lesart” without paths fetches feeds",
    }
}

/// `1 Feed`, `12 feeds`.
#[must_use]
pub fn feeds(number: u32, locale: Locale) -> String {
    count(number as usize, Counted::Feeds, locale)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_round_is_told_in_one_line() {
        let mut report = FetchReport { of: 3, done: 3, added: 2, updated: 1, ..FetchReport::default() };
        report.failed.push(("Das Blatt".to_owned(), Trouble::Status(500)));
        assert_eq!(
            fetched(&report, "F", Locale::German),
            "2 neue Artikel · 1 davon in neuer Fassung · aus 3 Feeds · 1 nicht lesbar"
        );
        let early = FetchReport { early: 1, ..FetchReport::default() };
        assert_eq!(fetched(&early, "F", Locale::English), "1 feed not due yet; F shows when");
        assert_eq!(fetched(&early, "F", Locale::German), "1 Feed noch nicht wieder dran; F zeigt, wann");
        assert_eq!(trouble(Trouble::Wait(429), Locale::German), "der Server bittet zu warten (429)");
    }

    #[test]
    fn the_overview_tells_when_a_feed_is_asked_for_again() {
        let at = |text: &str| text.parse().ok();
        let (soon, late) = (at("2024-05-01T10:30:00Z"), at("2024-05-02T08:00:00Z"));
        let said = |feed: Feed| again(&feed, "%d.%m. %H:%M", Locale::German);
        assert_eq!(said(Feed::default()), None);
        assert_eq!(
            said(Feed { next: soon, ..Feed::default() }).as_deref(),
            Some("wieder ab 01.05. 10:30 UTC")
        );
        let asked = Feed { next: soon, wait: late, ..Feed::default() };
        let lines = overview(&[asked], Locale::English);
        assert!(lines[1].text.ends_with(" · again from 02 May 08:00 UTC"), "{}", lines[1].text);
        let gone = Feed { next: soon, trouble: Some(Trouble::Gone), ..Feed::default() };
        assert_eq!(said(gone).as_deref(), Some("nur noch von Hand geholt"));
    }
}
