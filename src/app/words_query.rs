//! How a query was read, in words.

use super::report::ReportLine;
use super::words::{Counted, count, grouped};
use crate::model::Locale;
use crate::search::{Clause, Kin, NameField, ReadPart, Reading, State};

/// How a query was read, line by line.
#[must_use]
pub fn reading(reading: &Reading, locale: Locale) -> Vec<ReportLine> {
    let german = locale == Locale::German;
    let say = |de: &str, en: &str| if german { de.to_owned() } else { en.to_owned() };
    let mut lines = Vec::new();
    for line in &reading.lines {
        let not = if line.negated { say("ohne ", "without ") } else { String::new() };
        let found = line
            .articles
            .map_or(String::new(), |n| format!("  {}", count(n as usize, Counted::Articles, locale)));
        let mut push = |text: String, depth: usize, is_muted: bool| {
            lines.push(ReportLine { text, depth: line.depth + depth, is_muted });
        };
        match &line.part {
            ReadPart::All => push(not + &say("alle von:", "all of:"), 0, false),
            ReadPart::Any => push(not + &say("eines von:", "one of:"), 0, false),
            ReadPart::Ignored(word) => push(
                format!(
                    "{not}{word}  {}",
                    say("noch nicht beachtet: ein Buchstabe", "not heeded yet: one letter")
                ),
                0,
                true,
            ),
            ReadPart::Clause(clause) => {
                push(format!("{not}{}{found}", self::clause(clause, locale)), 0, false);
            }
            ReadPart::Word { typed, in_title, exact, forms, further } => {
                let place = if *in_title { say(" im Titel", " in the title") } else { String::new() };
                let exactly = if *exact { say(" (genau so)", " (exactly so)") } else { String::new() };
                push(format!("{not}{typed}{place}{exactly}{found}"), 0, false);
                for (kin, de, en) in [
                    (Kin::Same, "gleich", "same"),
                    (Kin::Longer, "beginnt so", "begins so"),
                    (Kin::Inside, "enthält es", "has it inside"),
                    (Kin::Near, "ähnlich", "alike"),
                ] {
                    let of_kin: Vec<String> = forms
                        .iter()
                        .filter(|f| f.kin == kin && (kin != Kin::Same || f.word != *typed))
                        .map(|f| format!("{} {}", f.word, grouped(f.articles as usize, locale)))
                        .collect();
                    if !of_kin.is_empty() {
                        push(format!("{}: {}", say(de, en), of_kin.join(", ")), 1, true);
                    }
                }
                if *further > 0 {
                    push(say(&format!("und {further} weitere"), &format!("and {further} more")), 1, true);
                }
                if forms.is_empty() {
                    push(say("steht in keinem Artikel", "stands in no article"), 1, true);
                }
            }
        }
    }
    let all = count(reading.articles as usize, Counted::Articles, locale);
    let text = say(&format!("Zusammen: {all}"), &format!("Together: {all}"));
    lines.push(ReportLine { text: String::new(), depth: 0, is_muted: true });
    lines.push(ReportLine { text, depth: 0, is_muted: false });
    lines
}

/// A condition of a query in words.
fn clause(clause: &Clause, locale: Locale) -> String {
    let german = locale == Locale::German;
    let say = |de: &str, en: &str| if german { de.to_owned() } else { en.to_owned() };
    let day = |d: &jiff::civil::Date| super::show::date_short(crate::model::Published::Day(*d), locale);
    match clause {
        Clause::Word(word) => word.text.clone(),
        Clause::Phrase(words) => say(&format!("wörtlich „{words}“"), &format!("exactly “{words}”")),
        Clause::Near(words, gap) => say(
            &format!("„{words}“ nahe beieinander, höchstens {gap} Wörter dazwischen"),
            &format!("“{words}” near each other, at most {gap} words between"),
        ),
        Clause::Named(field, word) => {
            let name = match field {
                NameField::Source => say("Quelle", "outlet"),
                NameField::Person => say("Person", "person"),
                NameField::Place => say("Ort", "place"),
                NameField::Organisation => say("Organisation", "organisation"),
                NameField::Title => say("Titel", "title"),
            };
            format!("{name}: {}", word.text)
        }
        Clause::Language(language) => {
            say(&format!("Sprache: {}", language.code()), &format!("language: {}", language.code()))
        }
        Clause::Story(story) => say(&format!("Ereignis {}", story.0), &format!("story {}", story.0)),
        Clause::Tag(tag) => format!("#{tag}"),
        Clause::State(state) => match state {
            State::Unread => say("ungelesen", "unread"),
            State::Read => say("gelesen", "read"),
            State::Starred => say("gemerkt", "starred"),
            State::New => say("neu seit dem letzten Mal", "new since last time"),
            State::Noted => say("mit Notizen", "with notes"),
        },
        Clause::Between(from, to) => match (from, to) {
            (Some(from), Some(to)) if from == to => {
                say(&format!("am {}", day(from)), &format!("on {}", day(from)))
            }
            (Some(from), Some(to)) => say(
                &format!("vom {} bis {}", day(from), day(to)),
                &format!("from {} to {}", day(from), day(to)),
            ),
            (Some(from), None) => say(&format!("ab {}", day(from)), &format!("since {}", day(from))),
            (None, Some(to)) => say(&format!("bis {}", day(to)), &format!("until {}", day(to))),
            (None, None) => say("irgendwann", "any day"),
        },
        Clause::All(_) => say("alle", "all"),
        Clause::Any(_) => say("eines", "one"),
        Clause::Not(not) => say("ohne ", "without ") + &self::clause(not, locale),
    }
}
