//! Where a passage stands in a text that may have changed since it was marked.

use crate::model::Span;

/// The place of `words` in `text`: `span` where they stand there, else where [`find`] finds them.
/// A span without words is believed where it fits the text.
pub(super) fn place(text: &str, words: &str, span: Option<Span>) -> Option<Span> {
    let here = span.and_then(|span| Span::new(text, span.range()));
    if words.is_empty() || here.is_some_and(|here| here.of(text) == words) {
        return here;
    }
    find(text, words, span.map_or(0.0, |span| share(span.start(), text)))
}

/// How far into `text` byte `at` lies, from 0 to 1.
#[allow(clippy::cast_precision_loss, reason = "a share need not be exact to the byte")]
pub(super) fn share(at: usize, text: &str) -> f64 {
    if text.is_empty() { 0.0 } else { (at as f64 / text.len() as f64).min(1.0) }
}

/// Where `words` stand in `text`, letter by letter or, where they do not, but for white space and
/// the form of quotation marks and dashes; of several places the one nearest to `near`, a share of
/// the text.
pub(super) fn find(text: &str, words: &str, near: f64) -> Option<Span> {
    if words.trim().is_empty() {
        return None;
    }
    let exact = text.match_indices(words).map(|(at, words)| at..at + words.len());
    if let Some(range) = nearest(exact, text, near) {
        return Span::new(text, range);
    }
    let (plain, places) = plain(text);
    let (wanted, _) = self::plain(words.trim());
    let loose = plain.match_indices(&wanted).filter_map(|(at, found)| {
        let first = *places.get(at)?;
        // The end of what the last letter stands for is where the next one's place begins.
        let last = places.get(at + found.len() - 1)?;
        let width = text.get(*last..)?.chars().next()?.len_utf8();
        Some(first..last + width)
    });
    nearest(loose, text, near).and_then(|range| Span::new(text, range))
}

fn nearest(
    ranges: impl Iterator<Item = std::ops::Range<usize>>,
    text: &str,
    near: f64,
) -> Option<std::ops::Range<usize>> {
    ranges.min_by(|a, b| {
        let distance = |range: &std::ops::Range<usize>| (share(range.start, text) - near).abs();
        distance(a).total_cmp(&distance(b))
    })
}

/// `text` with single spaces and plain marks, and for each byte of it where its character stands.
fn plain(text: &str) -> (String, Vec<usize>) {
    let (mut plain, mut places) = (String::with_capacity(text.len()), Vec::with_capacity(text.len()));
    for (at, c) in text.char_indices() {
        let c = match c {
            '„' | '“' | '”' | '«' | '»' | '‟' => '"',
            '‚' | '‘' | '’' | '‹' | '›' | '‛' => '\'',
            '‐' | '‑' | '‒' | '–' | '—' | '―' => '-',
            '\u{ad}' | '\u{200b}' => continue,
            c if c.is_whitespace() => ' ',
            c => c,
        };
        if c == ' ' && plain.ends_with(' ') {
            continue;
        }
        plain.push(c);
        places.resize(plain.len(), at);
    }
    (plain, places)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_passage_is_found_where_its_words_went() {
        for (text, words, near, expected) in [
            ("Neu davor. Er sagte Ja.", "Er sagte", 0.0, Some("Er sagte")),
            ("Er sagte: »Ja«,\n\nund  ging.", "„Ja“, und ging", 0.0, Some("»Ja«,\n\nund  ging")),
            (
                "Die Mutter\u{ad}sprache – so hieß es",
                "Muttersprache - so",
                0.5,
                Some("Mutter\u{ad}sprache – so"),
            ),
            ("Er kam nicht.", "Er sagte", 0.0, None),
            ("Er kam nicht.", " ", 0.0, None),
            ("", "Er", 0.0, None),
        ] {
            assert_eq!(find(text, words, near).map(|s| s.of(text)), expected, "{text}");
        }
    }

    #[test]
    fn of_several_places_the_nearest_counts() {
        let text = "Ja. Nein. Ja. Nein. Ja.";
        for (near, start) in [(0.0, 0), (0.5, 10), (1.0, 20)] {
            assert_eq!(find(text, "Ja", near).map(Span::start), Some(start));
        }
    }

    #[test]
    fn a_place_is_believed_only_with_its_words() {
        let text = "Ja. Nein.";
        let span = Span::new(text, 4..8);
        assert_eq!(place(text, "Nein", span), span);
        assert_eq!(place(text, "", span), span);
        assert_eq!(place(text, "Ja", span), Span::new(text, 0..2));
        assert_eq!(place("kurz", "", span), None);
    }

    proptest! {
        #[test]
        fn every_passage_is_found_in_its_own_text(text in "[a-zäß „“–\n]{1,40}", from: usize, size: usize) {
            let chars: Vec<(usize, char)> = text.char_indices().collect();
            let from = from % chars.len();
            let to = from + 1 + size % (chars.len() - from);
            let end = chars.get(to).map_or(text.len(), |(at, _)| *at);
            let words = text.get(chars[from].0..end).expect("both are characters");
            let found = find(&text, words, share(chars[from].0, &text));
            prop_assert_eq!(found.map(|s| s.of(&text)), Some(words).filter(|w| !w.trim().is_empty()));
        }

        #[test]
        fn no_text_and_words_panic(text in ".{0,60}", words in ".{0,8}", near in 0.0_f64..1.0) {
            let _ = find(&text, &words, near);
        }
    }
}
