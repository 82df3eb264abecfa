//! Where sentences begin and end.

use std::ops::Range;

/// Splits one paragraph into sentences: byte ranges, in order, without overlap.
///
/// Ranges lie on `char` boundaries and neither start nor end with white space; together they hold
/// all that is not white space. Closing quotation marks and brackets belong to the sentence before
/// them; sentences inside direct speech are sentences of their own. A full stop after a digit, an
/// initial or an abbreviation does not end one, because German writes ordinals with it ("am 19.
/// September"), unless a word follows that only begins sentences ("Er wurde 85. Die Familie …").
#[must_use]
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if !matches!(c, '.' | '!' | '?' | '…' | '‼' | '⁉' | '。') {
            continue;
        }
        let mut end = at + c.len_utf8();
        let mut last_mark = c;
        while let Some(&(next_at, next)) = chars.peek() {
            if !is_closing(next) {
                break;
            }
            if matches!(next, '!' | '?') {
                last_mark = next;
            }
            end = next_at + next.len_utf8();
            chars.next();
        }
        let before = text.get(start..at).unwrap_or_default();
        let behind = text.get(end..).unwrap_or_default();
        if ends_sentence(before, last_mark, behind, end == at + c.len_utf8()) {
            push(text, start..end, &mut found);
            start = end;
        }
    }
    push(text, start..text.len(), &mut found);
    found
}

fn push(text: &str, range: Range<usize>, found: &mut Vec<Range<usize>>) {
    let raw = text.get(range.clone()).unwrap_or_default();
    let start = range.start + (raw.len() - raw.trim_start().len());
    let end = start + raw.trim().len();
    if start < end {
        found.push(start..end);
    }
}

/// Marks that belong to the sentence they stand behind.
fn is_closing(c: char) -> bool {
    matches!(
        c,
        '.' | '!' | '?' | '…' | '"' | '“' | '”' | '»' | '«' | '’' | '‘' | '›' | '‹' | ')' | ']' | '\''
    )
}

/// Whether a sentence ends at `mark`, with `before` in front of it and `behind` after the closing
/// marks; `bare`: no closing marks stand between.
fn ends_sentence(before: &str, mark: char, behind: &str, bare: bool) -> bool {
    let rest = behind.trim_start();
    let word = first_word(rest);
    if rest.len() == behind.len() {
        return bare && mark == '.' && is_missing_space(before, word);
    }
    // The sentence goes on with a small letter, a comma, or a dash and a small letter.
    let mut opening =
        rest.chars().filter(|c| !matches!(c, '„' | '»' | '«' | '“' | '"' | '‚' | '(' | '[' | '‘' | ' '));
    match opening.next() {
        Some(c) if c.is_lowercase() => return false,
        Some(',' | ';' | ':') | None => return false,
        Some('–' | '—' | '-') => {
            if opening.find(|c| c.is_alphanumeric()).is_none_or(char::is_lowercase) {
                return false;
            }
        }
        Some(_) => {}
    }
    mark != '.' || !bare || !continues_after_stop(before, word)
}

/// "Ende.Der": a lost space, believed only before words that begin sentences.
fn is_missing_space(before: &str, word: &str) -> bool {
    let last = before.rsplit(char::is_whitespace).next().unwrap_or_default();
    let letters = last.chars().rev().take_while(|c| c.is_lowercase()).count();
    letters >= 3 && !last.contains(['/', '@', '.', ':']) && is_opener(word)
}

/// Whether the full stop after `before` belongs to an ordinal, initial or abbreviation, with `word`
/// behind it.
fn continues_after_stop(before: &str, word: &str) -> bool {
    let last = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    if last.is_empty() {
        return false;
    }
    let front = before.get(..before.len() - last.len()).unwrap_or_default();
    if last.chars().all(|c| c.is_ascii_digit()) {
        let decimal = front.ends_with([',', ':']) || front.ends_with('.') && !front.ends_with("..");
        return last.len() <= 2 && !decimal && !is_opener(word);
    }
    let in_series = front.ends_with('.') || front.ends_with(". ");
    if last.chars().count() == 1 {
        // "z. B. Die Stadt" goes on; "im U.S. The" and "Plan B. Danach" do not.
        let small = last.starts_with(char::is_lowercase)
            || front.trim_end_matches([' ', '.']).ends_with(['z', 'u', 'i', 'd']) && in_series;
        return small || !is_opener(word);
    }
    if ABBREVIATIONS.contains(&last) {
        return true;
    }
    CLOSING_ABBREVIATIONS.contains(&last) && !is_opener(word)
}

/// The first word of `text`, opening marks left out.
fn first_word(text: &str) -> &str {
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let end = text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len());
    text.get(..end).unwrap_or_default()
}

/// Whether `word`, capitalised inside running text, begins a sentence.
fn is_opener(word: &str) -> bool {
    OPENERS.binary_search(&word).is_ok()
}

/// Abbreviations with something behind them.
const ABBREVIATIONS: [&str; 62] = [
    "Abs", "Abt", "Adm", "Art", "Aufl", "Bd", "Bf", "Capt", "Col", "Dipl", "Dr", "Fam", "Fr", "Frl", "Gen",
    "Gov", "Hbf", "Hl", "Hr", "Hrn", "Hrsg", "Ing", "Kap", "Lt", "Maj", "Mag", "Mr", "Mrs", "Ms", "Nr", "No",
    "Pfr", "Prof", "Rep", "Rev", "Sen", "Sgt", "Skt", "St", "Ste", "Tel", "Univ", "bzw", "ca", "dt", "ehem",
    "engl", "evtl", "frz", "gem", "geb", "gegr", "gest", "ggf", "inkl", "lat", "max", "min", "sog", "vgl",
    "vs", "zzgl",
];

/// Abbreviations that may also end a sentence.
const CLOSING_ABBREVIATIONS: [&str; 36] = [
    "Apr", "Aug", "Bros", "Co", "Corp", "Cos", "Dec", "Dez", "Feb", "Inc", "Jan", "Jr", "Jul", "Jun", "Ltd",
    "Mio", "Mrd", "Mrz", "Nov", "Oct", "Okt", "Sep", "Sept", "Sr", "Std", "Str", "bln", "dlrs", "etc", "mln",
    "od", "pct", "resp", "usf", "usw", "vH",
];

/// Words that, capitalised after a full stop, show that a sentence begins. Sorted.
const OPENERS: [&str; 201] = [
    "A",
    "Aber",
    "After",
    "All",
    "Alle",
    "Allerdings",
    "Als",
    "Also",
    "Although",
    "Am",
    "Among",
    "An",
    "And",
    "Anders",
    "Anschließend",
    "As",
    "At",
    "Auch",
    "Auf",
    "Aus",
    "Außerdem",
    "Because",
    "Bei",
    "Beide",
    "Bereits",
    "Bis",
    "Bisher",
    "Both",
    "But",
    "By",
    "Da",
    "Dabei",
    "Dadurch",
    "Dafür",
    "Dagegen",
    "Daher",
    "Damals",
    "Damit",
    "Danach",
    "Dann",
    "Daran",
    "Darauf",
    "Darin",
    "Darum",
    "Darunter",
    "Das",
    "Dass",
    "Davon",
    "Davor",
    "Dazu",
    "Dem",
    "Den",
    "Denn",
    "Dennoch",
    "Der",
    "Derzeit",
    "Deshalb",
    "Deswegen",
    "Die",
    "Dies",
    "Diese",
    "Dieser",
    "Dieses",
    "Doch",
    "Dort",
    "Durch",
    "During",
    "Ebenfalls",
    "Ebenso",
    "Ein",
    "Eine",
    "Einem",
    "Einen",
    "Einer",
    "Einige",
    "Er",
    "Erst",
    "Es",
    "Etwa",
    "Ferner",
    "For",
    "From",
    "Für",
    "Ganz",
    "Gegen",
    "Gleichzeitig",
    "He",
    "Her",
    "Heute",
    "Hier",
    "Hinter",
    "His",
    "However",
    "Ich",
    "If",
    "Ihr",
    "Ihre",
    "Im",
    "Immer",
    "In",
    "Insgesamt",
    "It",
    "Its",
    "Jedoch",
    "Jetzt",
    "Kein",
    "Keine",
    "Man",
    "Mehr",
    "Meine",
    "Mit",
    "Mittlerweile",
    "Nach",
    "Neben",
    "Neither",
    "Nicht",
    "No",
    "Noch",
    "Nun",
    "Nur",
    "Ob",
    "Obwohl",
    "Of",
    "Ohne",
    "On",
    "Other",
    "Our",
    "Rund",
    "Schon",
    "Sein",
    "Seine",
    "Seit",
    "Seitdem",
    "Seither",
    "She",
    "Sie",
    "Since",
    "So",
    "Sogar",
    "Sollte",
    "Sondern",
    "Sowohl",
    "Später",
    "Statt",
    "That",
    "The",
    "Their",
    "Then",
    "There",
    "These",
    "They",
    "This",
    "Those",
    "To",
    "Trotz",
    "Trotzdem",
    "Um",
    "Und",
    "Under",
    "Unser",
    "Unter",
    "Viele",
    "Vom",
    "Von",
    "Vor",
    "Wann",
    "Warum",
    "Was",
    "We",
    "Wegen",
    "Weil",
    "Weiter",
    "Weitere",
    "Weiterhin",
    "Welche",
    "Wenn",
    "Wer",
    "What",
    "When",
    "Where",
    "While",
    "Wie",
    "Wir",
    "With",
    "Wurde",
    "Während",
    "Yet",
    "You",
    "Zu",
    "Zudem",
    "Zuerst",
    "Zuletzt",
    "Zum",
    "Zunächst",
    "Zur",
    "Zusammen",
    "Zuvor",
    "Zwar",
    "Zwei",
    "Zwischen",
    "Über",
];

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn list(text: &str) -> Vec<&str> {
        sentences(text).into_iter().filter_map(|r| text.get(r)).collect()
    }

    #[test]
    fn openers_are_sorted() {
        assert!(OPENERS.windows(2).all(|w| w[0] < w[1]));
    }

    #[test]
    fn ordinal_date_does_not_end_a_sentence() {
        assert_eq!(list("Am 19. September kam er. Sie ging."), ["Am 19. September kam er.", "Sie ging."]);
        assert_eq!(list("Der 1. FC Köln siegte."), ["Der 1. FC Köln siegte."]);
    }

    #[test]
    fn a_number_ends_a_sentence_before_a_word_that_begins_one() {
        assert_eq!(list("Er wurde 85. Die Familie trauert."), ["Er wurde 85.", "Die Familie trauert."]);
        assert_eq!(list("Das war 2015. Seither ruht es."), ["Das war 2015.", "Seither ruht es."]);
    }

    #[test]
    fn closing_quotation_mark_belongs_to_the_sentence() {
        assert_eq!(list("„Komm.“ Er kam."), ["„Komm.“", "Er kam."]);
        assert_eq!(
            list("Er rief: «Komm!» Sie kam (leise). Gut."),
            ["Er rief: «Komm!»", "Sie kam (leise).", "Gut."]
        );
    }

    #[test]
    fn speech_that_goes_on_is_one_sentence() {
        for text in [
            "„Wer kommt?“, fragte er.",
            "„Wer kommt?“ fragte er.",
            "\"Das ist gut.\" – so sprach er weiter.",
            "Er wartete … und ging.",
        ] {
            assert_eq!(list(text), [text]);
        }
    }

    #[test]
    fn sentences_inside_speech_are_split() {
        assert_eq!(list("„Er kam. Sie ging“, sagte er."), ["„Er kam.", "Sie ging“, sagte er."]);
    }

    #[test]
    fn initials_titles_and_abbreviations_do_not_end_a_sentence() {
        for text in [
            "Dr. James F. Jeffrey sprach.",
            "Das kostet z. B. Millionen.",
            "Rund 3 Mio. Euro fehlen.",
            "The U.S. Senate met.",
            "J. K. Rowling schrieb St. Pauli an.",
        ] {
            assert_eq!(list(text), [text]);
        }
    }

    #[test]
    fn abbreviations_end_a_sentence_before_a_word_that_begins_one() {
        assert_eq!(list("He left the U.S. The trip was long."), ["He left the U.S.", "The trip was long."]);
        assert_eq!(list("Äpfel, Birnen usw. Das reicht."), ["Äpfel, Birnen usw.", "Das reicht."]);
    }

    #[test]
    fn a_lost_space_still_parts_sentences() {
        assert_eq!(list("Es ist vorbei.Die Leute gehen."), ["Es ist vorbei.", "Die Leute gehen."]);
        assert_eq!(list("Mehr unter www.beispiel.Die und so"), ["Mehr unter www.beispiel.Die und so"]);
    }

    proptest! {
        #[test]
        fn ranges_are_in_order_and_lose_nothing(text in "(\\PC|[.!?…\"“„ a-zA-Z0-9]){0,80}") {
            let mut end = 0;
            let mut kept = String::new();
            for range in sentences(&text) {
                prop_assert!(range.start >= end);
                end = range.end;
                let words = text.get(range).unwrap();
                prop_assert!(!words.is_empty() && words == words.trim());
                kept.extend(words.chars().filter(|c| !c.is_whitespace()));
            }
            let all: String = text.chars().filter(|c| !c.is_whitespace()).collect();
            prop_assert_eq!(kept, all);
        }
    }
}
