//! Puts paragraphs together: the text of a draft, with exact spans.

use crate::model::{Basis, Draft, Paragraph, ParagraphKind, Span, Title};

use super::line::ends_sentence;

/// Longest derived title, in characters.
const TITLE_CHARS: usize = 100;

/// A paragraph on its way into a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub kind: ParagraphKind,
    pub text: String,
}

/// Sets text, paragraphs, kicker, lead and title of `draft` from `parts`, in their order.
///
/// Without a part that is a title, the title is derived from the first sentence.
pub(super) fn fill(draft: &mut Draft, parts: &[Part]) {
    let length = parts.iter().map(|p| p.text.len() + 2).sum();
    draft.text = String::with_capacity(length);
    draft.paragraphs = Vec::with_capacity(parts.len());
    for part in parts.iter().filter(|p| !p.text.is_empty()) {
        if !draft.text.is_empty() {
            draft.text.push_str("\n\n");
        }
        let start = draft.text.len();
        draft.text.push_str(&part.text);
        if let Some(span) = Span::new(&draft.text, start..draft.text.len()) {
            draft.paragraphs.push(Paragraph { span, kind: part.kind });
        }
    }
    let first = |kind: ParagraphKind| parts.iter().find(|p| p.kind == kind).map(|p| p.text.clone());
    draft.kicker = first(ParagraphKind::Kicker);
    draft.lead = first(ParagraphKind::Lead);
    draft.title = match first(ParagraphKind::Title) {
        Some(text) => Title { text, basis: Basis::Stated },
        None => derived_title(parts),
    };
}

/// The first sentence of the running text, without its full stop, clipped between words.
fn derived_title(parts: &[Part]) -> Title {
    let part = parts.iter().find(|p| p.kind.is_running_text()).or(parts.first());
    let Some(part) = part else { return Title::default() };
    // Long enough for any title; a sentence splitter need not see a whole book in one line.
    let start: String = part.text.chars().take(1_000).collect();
    let sentences = crate::text::sentence::sentences(&start);
    // One of marks alone would leave no title at all.
    let has_words = |sentence: &&str| sentence.contains(char::is_alphanumeric);
    let sentence = sentences.into_iter().filter_map(|range| start.get(range)).find(has_words);
    let sentence = sentence.unwrap_or(&start);
    let whole = sentence.trim_end_matches('.');
    let title = if sentence.ends_with("..") || whole.is_empty() { sentence } else { whole };
    Title { text: clipped(title), basis: Basis::Derived }
}

fn clipped(title: &str) -> String {
    let Some((end, _)) = title.char_indices().nth(TITLE_CHARS) else { return title.to_owned() };
    let head = title.get(..end).unwrap_or_default();
    let words = if title.get(end..).unwrap_or_default().starts_with(' ') {
        head
    } else {
        head.rfind(' ').and_then(|space| head.get(..space)).unwrap_or(head)
    };
    format!("{} …", words.trim_end_matches(|c: char| !c.is_alphanumeric()))
}

/// Whether the first paragraph of a text reads as its lead: a statement in one to three
/// sentences that is shorter than what follows.
pub(super) fn reads_as_lead(first: &str, rest: &[&str]) -> bool {
    let words = |t: &str| t.split(' ').count();
    let mut counts: Vec<usize> = rest.iter().map(|t| words(t)).collect();
    counts.sort_unstable();
    let Some(&median) = counts.get(counts.len() / 2) else { return false };
    let own = words(first);
    counts.len() >= 3 && (7..=50).contains(&own) && own * 4 <= median * 3 && ends_sentence(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(text: &str) -> Vec<Part> {
        vec![Part { kind: ParagraphKind::Body, text: text.to_owned() }]
    }

    #[test]
    fn a_derived_title_is_the_first_sentence() {
        let title = derived_title(&body("Am 3. Mai tagt der Rat. Danach nicht mehr."));
        assert_eq!((title.text.as_str(), title.basis), ("Am 3. Mai tagt der Rat", Basis::Derived));
    }

    #[test]
    fn a_text_of_marks_has_a_title_too() {
        for (text, title) in
            [(". Ein Satz.", "Ein Satz"), (".", "."), ("?", "?"), ("– … Rat tagt.", "Rat tagt")]
        {
            assert_eq!(derived_title(&body(text)).text, title);
        }
    }

    #[test]
    fn a_long_derived_title_ends_between_words() {
        let long = "Donaudampfschifffahrt ".repeat(20);
        let title = derived_title(&body(long.trim()));
        assert!(title.text.ends_with("fahrt …") && title.text.chars().count() <= TITLE_CHARS + 2);
        let unbroken = derived_title(&body(&"x".repeat(5_000)));
        assert_eq!(unbroken.text.chars().count(), TITLE_CHARS + 2);
    }
}
