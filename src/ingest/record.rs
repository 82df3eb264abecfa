//! Articles that come in fields: a row of a table, an object of a dump, an entry of an export.

use crate::model::{Basis, Draft, Kept, Language, ParagraphKind, Published, Source};
use crate::text::clean::{clean, clean_line};
use crate::text::date::first_date;
use crate::text::language::language;

use super::compose::{self, Part};
use super::{Error, credit, front, headline, html, line, outlet, sniff};

/// An article in the fields that another program keeps of it, as that program wrote them: nothing
/// is clean yet. What is empty is not stated.
#[derive(Clone, Debug, Default)]
pub struct Record {
    /// The headline.
    pub title: String,
    /// What stands above the text, where it is not part of it.
    pub lead: String,
    /// The text: plain, or marked up as HTML, which is seen by its look.
    pub body: String,
    /// The article's address.
    pub url: String,
    /// The day it appeared, in any written form.
    pub date: String,
    /// The outlet: a name, a domain or an address.
    pub outlet: String,
    /// What the feed is called that it came by: it names the outlet where nothing else does.
    pub feed: String,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// Code or name of the language.
    pub language: String,
    /// What the other program calls it.
    pub key: String,
    /// What the reader of the other program has made of it.
    pub kept: Option<Kept>,
}

impl Record {
    /// The article. The other program has chosen what belongs to it: all of the text stays.
    ///
    /// # Errors
    /// [`Error::NoBody`] where no text is in it.
    pub fn draft(self, origin: &str) -> Result<Draft, Error> {
        let mut draft = Draft { origin: origin.to_owned(), ..Draft::default() };
        draft.key = Some(clean_line(&self.key)).filter(|k| !k.is_empty());
        draft.url = outlet::web_address(&clean_line(&self.url));
        draft.published = first_date(&self.date).map_or(Published::Unknown, Published::Day);
        draft.source = source(&self.outlet, &self.feed, draft.url.as_deref());
        for name in self.authors.iter().map(|n| clean_line(n)).filter(|n| !n.is_empty()) {
            credit::push_new(&mut draft.authors, &name);
        }
        let title = Some(clean_line(&self.title)).filter(|t| !t.is_empty());
        let mut parts: Vec<Part> =
            title.into_iter().map(|text| Part { kind: ParagraphKind::Title, text }).collect();
        let from = parts.len();
        // What came from a page may have kept its mark-up.
        match sniff::kind(&self.body) {
            Ok(sniff::Kind::Html) => parts.extend(html::fragment(&self.body)),
            _ => parts.extend(plain(&clean(&self.body))),
        }
        if !parts.iter().any(|p| p.kind.is_running_text()) {
            return Err(Error::NoBody);
        }
        put_lead(&mut parts, from, &clean_line(&html::words(&self.lead)));
        note_agencies(&parts, &mut draft);
        compose::fill(&mut draft, &parts);
        draft.language = language_by_name(&self.language).unwrap_or_else(|| language(&draft.text));
        draft.kept = self.kept.map(Box::new);
        Ok(draft)
    }
}

fn source(stated: &str, feed: &str, url: Option<&str>) -> Source {
    if let Some(source) = outlet::stated(&clean_line(stated)) {
        return source;
    }
    let feed = outlet::stated(&clean_line(feed));
    match url.and_then(outlet::host).and_then(|host| outlet::by_host(host, Basis::Derived)) {
        Some(Source { name: None, domain, basis }) => {
            Source { name: feed.and_then(|feed| feed.name), domain, basis }
        }
        by_address => by_address.or(feed).unwrap_or_default(),
    }
}

/// Puts the lead before the text, unless the text opens with it; then its first paragraph is the lead.
fn put_lead(parts: &mut Vec<Part>, from: usize, lead: &str) {
    let opening = parts.get_mut(from..).into_iter().flatten().find(|p| p.kind.is_running_text());
    let opens_with = |text: &str| {
        let start: String = lead.chars().take(60).filter(|c| c.is_alphanumeric()).collect();
        let text: String = text.chars().filter(|c| c.is_alphanumeric()).take(start.chars().count()).collect();
        text == start
    };
    match opening {
        Some(first) if !lead.is_empty() && opens_with(&first.text) => {
            // A description is often cut off; what the text has of it is whole.
            if first.text.chars().count() <= lead.chars().count() + 20 {
                first.kind = ParagraphKind::Lead;
            }
        }
        _ if !lead.is_empty() && !lead.ends_with('…') && !lead.ends_with("...") => {
            parts.insert(from, Part { kind: ParagraphKind::Lead, text: lead.to_owned() });
        }
        _ => headline::mark_lead_of_parts(parts, from),
    }
}

/// The lines of a plain text as paragraphs.
fn plain(body: &str) -> Vec<Part> {
    let lines = line::lines(body);
    let mut parts: Vec<Part> = Vec::with_capacity(lines.len());
    for (at, one) in lines.iter().enumerate() {
        let before_is_prose = parts.last().is_some_and(|p| p.kind.is_running_text());
        let after_is_prose = lines.get(at + 1).is_some_and(line::Line::is_running);
        let is_last = at + 1 == lines.len() && at > 0;
        let kind = if is_last && credit::tail(&one.text).is_some_and(|a| !a.is_empty()) {
            ParagraphKind::Tail
        } else if one.is_short() && before_is_prose && after_is_prose {
            ParagraphKind::Heading
        } else {
            ParagraphKind::Body
        };
        parts.push(Part { kind, text: one.text.clone() });
    }
    parts
}

/// Notes the agencies in the dateline, at the end of the text and in a tail.
pub(super) fn note_agencies(parts: &[Part], draft: &mut Draft) {
    let prose = || parts.iter().filter(|p| p.kind.is_running_text());
    let mut agencies: Vec<String> =
        prose().take(2).flat_map(|p| credit::dateline_agencies(&p.text)).collect();
    agencies.extend(prose().next_back().map(|p| credit::closing_agencies(&p.text)).unwrap_or_default());
    for tail in parts.iter().filter(|p| p.kind == ParagraphKind::Tail) {
        agencies.extend(credit::tail(&tail.text).unwrap_or_default());
    }
    for name in agencies {
        credit::push_new(&mut draft.agencies, &name);
    }
}

/// The names in a line of authors: "Von A und B", "A; B", "Muster, Erika; Muster, Max".
pub(super) fn authors(line: &str) -> Vec<String> {
    let line = clean_line(line);
    // In small letters it is a part of the name.
    let signed = ["Von ", "VON ", "By ", "BY ", "Von: ", "By: "].iter().find_map(|o| line.strip_prefix(o));
    let mut names = Vec::new();
    for one in signed.unwrap_or(&line).split([';', '/']) {
        match one.split_once(',') {
            Some((last, first)) if is_part(last) && is_part(first) => {
                names.push(format!("{} {}", first.trim(), last.trim()));
            }
            _ => names.extend(front::names(one)),
        }
    }
    names
}

/// Whether `words` may be the first or the last names of a person: "Muster", "von Muster", "Erika M.".
fn is_part(words: &str) -> bool {
    let mut count = 0;
    let fits = words.split_whitespace().all(|word| {
        count += 1;
        !matches!(word, "und" | "and")
            && word.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '.' | '\'' | '’'))
    });
    // A last name may have particles; two whole names have two words on each side.
    let is_whole_name = count == 2 && words.split_whitespace().all(|w| w.starts_with(char::is_uppercase));
    fits && (1..=3).contains(&count) && !is_whole_name
}

pub(super) fn language_by_name(name: &str) -> Option<Language> {
    let name = name.trim().to_lowercase();
    // "GERMAN; DEUTSCH" names one language twice.
    Some(match name.split(['-', '_', ';', ',', ' ']).next()? {
        "de" | "deu" | "ger" | "german" | "deutsch" => Language::German,
        "en" | "eng" | "english" | "englisch" => Language::English,
        "" | "und" | "unknown" => return None,
        _ => Language::Other,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_authors_are_told_apart() {
        for (line, names) in [
            ("Von Erika Muster und Max Muster", vec!["Erika Muster", "Max Muster"]),
            ("Muster, Erika", vec!["Erika Muster"]),
            ("von Muster, Erika; Beispiel, Max", vec!["Erika von Muster", "Max Beispiel"]),
            ("Erika Muster, Max Beispiel", vec!["Erika Muster", "Max Beispiel"]),
            ("By Tom Sample", vec!["Tom Sample"]),
            ("", vec![]),
        ] {
            assert_eq!(authors(line), names, "{line}");
        }
    }

    #[test]
    fn a_lead_is_put_before_a_text_that_does_not_open_with_it() {
        let record = |lead: &str, body: &str| {
            let record = Record { lead: lead.to_owned(), body: body.to_owned(), ..Record::default() };
            let draft = record.draft("").unwrap();
            (draft.lead.clone(), draft.text)
        };
        let body = "Der Rat tagt am Montag in Bern.\n\nEs geht um Geld.";
        let (lead, text) = record("Worum es im Rat geht.", body);
        assert_eq!(lead.as_deref(), Some("Worum es im Rat geht."));
        assert_eq!(text, format!("Worum es im Rat geht.\n\n{body}"));
        let (lead, text) = record("Der Rat tagt am <b>Montag</b> in Bern.", body);
        assert_eq!((lead.as_deref(), text.as_str()), (Some("Der Rat tagt am Montag in Bern."), body));
        // Cut off by the other program, and not in the text: no sentence of the article.
        assert_eq!(record("Der Bund will …", body), (None, body.to_owned()));
    }
}
