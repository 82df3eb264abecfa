//! What stands around an article on its page: navigation, share bars, notices, pointers elsewhere.

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
    if words > 40 || line.len() > 400 {
        return None;
    }
    let lower = line.to_lowercase();
    let bare = lower.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '©' && c != '+');
    let bare = bare.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.' || c == ')').trim_start();
    let bare = if bare.is_empty() { lower.as_str() } else { bare };
    if is_skip_link(bare, words) {
        return Some(Chrome::SkipLink);
    }
    let plain = bare.trim_end_matches(|c: char| !c.is_alphanumeric());
    if lower.trim_matches(|c: char| !c.is_alphanumeric()).is_empty() {
        return Some(Chrome::Control);
    }
    if words <= 8 && LIST_HEADS.contains(&plain) {
        return Some(Chrome::ListHead);
    }
    if POINTERS.iter().any(|p| starts_with_words(bare, p)) {
        return Some(if words <= 5 && !lower.contains(": ") { Chrome::ListHead } else { Chrome::Pointer });
    }
    if words <= 25 && NOTICES.iter().any(|n| starts_with_words(bare, n)) {
        return Some(Chrome::Control);
    }
    if SECTIONS.contains(&plain) {
        return Some(Chrome::Section);
    }
    (words <= 12 && is_control(&lower)).then_some(Chrome::Control)
}

fn is_skip_link(bare: &str, words: usize) -> bool {
    const STARTS: [&str; 9] =
        ["zum", "zur", "zu", "direkt zum", "direkt zur", "springe zum", "skip to", "jump to", "skip"];
    const GOALS: [&str; 14] = [
        "springen",
        "hauptinhalt",
        "hauptnavigation",
        "navigation",
        "inhalt",
        "suche",
        "fußzeile",
        "content",
        "main content",
        "footer",
        "search",
        "hauptmenü",
        "menü",
        "startseite",
    ];
    if words > 10 || !STARTS.iter().any(|s| starts_with_words(bare, s)) {
        return false;
    }
    let plain = bare.trim_end_matches(|c: char| !c.is_alphanumeric());
    plain.ends_with("springen") || (words <= 4 && GOALS.iter().any(|g| plain.ends_with(g)))
}

fn starts_with_words(text: &str, start: &str) -> bool {
    text.strip_prefix(start).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

/// Share bars, menus and breadcrumbs: every word is one that only pages use.
fn is_control(lower: &str) -> bool {
    let (mut known, mut sections) = (0, 0);
    for word in lower.split(|c: char| !(c.is_alphanumeric() || c == '-')).map(|w| w.trim_matches('-')) {
        if word.is_empty() {
            continue;
        }
        if CONTROLS.contains(&word) {
            known += 1;
        } else if SECTIONS.contains(&word) {
            sections += 1;
        } else if !(word.chars().all(|c| c.is_ascii_digit()) || FILLERS.contains(&word)) {
            return is_trail(lower);
        }
    }
    known >= 1 || sections >= 2
}

/// A breadcrumb or a bar of links: short entries between signs, the first one a page's own word.
fn is_trail(lower: &str) -> bool {
    let signs = [" > ", " › ", " » ", " | ", " · ", " • ", " / "];
    let Some(sign) = signs.into_iter().find(|s| lower.contains(s)) else { return false };
    let mut entries = lower.split(sign).map(str::trim);
    let opens = entries.next().is_some_and(|e| CONTROLS.contains(&e) || SECTIONS.contains(&e));
    opens && entries.all(|e| e.split(' ').count() <= 3)
}

/// Words that stand between others in a bar.
const FILLERS: &[&str] = &[
    "auf", "per", "und", "zu", "zur", "zum", "via", "on", "by", "to", "the", "this", "and", "in", "für",
    "for", "min", "als", "artikel", "article", "seite", "page", "diesen", "hier",
];

/// Names of buttons, menu entries and services.
const CONTROLS: &[&str] = &[
    "anzeige",
    "anzeigen",
    "werbung",
    "advertisement",
    "advert",
    "sponsored",
    "gesponsert",
    "newsletter",
    "abo",
    "abonnieren",
    "abonnement",
    "anmelden",
    "einloggen",
    "login",
    "log-in",
    "sign-in",
    "logout",
    "abmelden",
    "registrieren",
    "register",
    "teilen",
    "twittern",
    "tweet",
    "tweeten",
    "mailen",
    "share",
    "drucken",
    "print",
    "versenden",
    "kommentar",
    "kommentare",
    "kommentieren",
    "comment",
    "comments",
    "facebook",
    "twitter",
    "whatsapp",
    "telegram",
    "linkedin",
    "xing",
    "pinterest",
    "reddit",
    "instagram",
    "youtube",
    "mastodon",
    "bluesky",
    "flipboard",
    "pocket",
    "threema",
    "e-mail",
    "email",
    "mail",
    "kopieren",
    "copy",
    "merken",
    "merkliste",
    "bookmark",
    "speichern",
    "save",
    "vorlesen",
    "anhören",
    "startseite",
    "homepage",
    "home",
    "menü",
    "menu",
    "suche",
    "suchen",
    "search",
    "impressum",
    "imprint",
    "datenschutz",
    "privacy",
    "agb",
    "kontakt",
    "contact",
    "schließen",
    "schliessen",
    "close",
    "weiterlesen",
    "weiter",
    "zurück",
    "back",
    "next",
    "previous",
    "folgen",
    "follow",
    "subscribe",
    "e-paper",
    "epaper",
    "podcast",
    "podcasts",
    "mediathek",
    "livestream",
    "feedback",
    "rss",
    "app",
    "apps",
    "schriftgröße",
    "shares",
    "likes",
    "gefällt",
    "faq",
    "jobs",
    "karriere",
    "stellenmarkt",
    "immobilien",
    "shop",
    "spiele",
    "rätsel",
    "wetter",
    "weather",
    "horoskop",
    "tv-programm",
    "archiv",
    "cookie-einstellungen",
    "nutzungsbedingungen",
    "mediadaten",
    "barrierefreiheit",
    "sitemap",
    "navigation",
];

/// Sections of news pages.
const SECTIONS: &[&str] = &[
    "politik",
    "wirtschaft",
    "sport",
    "kultur",
    "wissen",
    "wissenschaft",
    "gesellschaft",
    "panorama",
    "digital",
    "netzwelt",
    "reise",
    "reisen",
    "auto",
    "mobilität",
    "gesundheit",
    "meinung",
    "feuilleton",
    "ausland",
    "inland",
    "deutschland",
    "international",
    "welt",
    "europa",
    "regional",
    "lokales",
    "lokal",
    "finanzen",
    "geld",
    "börse",
    "technik",
    "leben",
    "leute",
    "medien",
    "bildung",
    "karriere",
    "geschichte",
    "literatur",
    "musik",
    "film",
    "kolumnen",
    "debatte",
    "videos",
    "video",
    "fotos",
    "news",
    "nachrichten",
    "politics",
    "business",
    "world",
    "sports",
    "culture",
    "opinion",
    "science",
    "health",
    "technology",
    "tech",
    "entertainment",
    "lifestyle",
    "travel",
    "money",
    "arts",
    "europe",
    "asia",
    "africa",
    "uk",
    "us",
];

/// Lines that head a list of other articles.
const LIST_HEADS: &[&str] = &[
    "mehr zum thema",
    "mehr zu diesem thema",
    "mehr dazu",
    "zum thema",
    "lesen sie auch",
    "lesen sie mehr",
    "auch interessant",
    "das könnte sie auch interessieren",
    "das könnte sie interessieren",
    "meistgelesen",
    "meistgelesene artikel",
    "meist gelesen",
    "am meisten gelesen",
    "weitere artikel",
    "weitere themen",
    "weitere meldungen",
    "verwandte artikel",
    "verwandte themen",
    "ähnliche artikel",
    "links zum thema",
    "aus dem archiv",
    "schlagworte",
    "schlagwörter",
    "themen",
    "stichwörter",
    "empfohlene artikel",
    "redaktionsempfehlung",
    "related",
    "related articles",
    "related stories",
    "related topics",
    "related content",
    "more on this story",
    "more on this",
    "more from",
    "most read",
    "read more",
    "recommended",
    "topics",
    "tags",
];

/// Beginnings of lines that point to other articles.
const POINTERS: &[&str] = &[
    "lesen sie auch",
    "lesen sie dazu",
    "lesen sie mehr",
    "lesen sie hier",
    "lesen sie weiter",
    "lies auch",
    "mehr zum thema",
    "mehr dazu",
    "mehr lesen",
    "siehe auch",
    "sehen sie auch",
    "auch interessant",
    "das könnte sie",
    "read more",
    "read also",
    "also read",
    "see also",
    "more on this",
    "related:",
    "don't miss",
    "watch:",
    "listen:",
    "passend dazu",
    "zum weiterlesen",
];

/// Beginnings of what a page says about itself and its reader.
const NOTICES: &[&str] = &[
    "melden sie sich an",
    "jetzt anmelden",
    "jetzt abonnieren",
    "abonnieren sie",
    "folgen sie uns",
    "follow us",
    "sign up",
    "sign in",
    "log in",
    "subscribe to",
    "subscribe now",
    "get the latest",
    "share this",
    "share on",
    "artikel teilen",
    "teilen sie",
    "kommentar schreiben",
    "kommentar verfassen",
    "kommentare anzeigen",
    "kommentare lesen",
    "diskutieren sie",
    "leave a comment",
    "lesezeit",
    "lesedauer",
    "reading time",
    "min read",
    "alle rechte vorbehalten",
    "all rights reserved",
    "wir verwenden cookies",
    "wir nutzen cookies",
    "we use cookies",
    "this site uses cookies",
    "diese website verwendet",
    "diese webseite verwendet",
    "datenschutzerklärung",
    "sie sind hier",
    "you are here",
    "zur startseite",
    "zurück zur",
    "back to top",
    "seite drucken",
    "link kopieren",
    "copy link",
    "play video",
    "video abspielen",
    "video ansehen",
    "artikel anhören",
    "zur bildergalerie",
    "bildergalerie",
    "foto-serie",
    "fotostrecke",
    "advertisement",
];

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
