//! Where sentences begin and end.

use std::ops::Range;

/// Splits one paragraph into sentences: byte ranges, in order, without overlap.
///
/// Ranges lie on `char` boundaries and neither start nor end with white space. A full stop after a
/// digit, an initial or an abbreviation does not end a sentence, because German writes ordinals
/// with it ("am 19. September").
#[must_use]
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if !matches!(c, '.' | '!' | '?' | '…') {
            continue;
        }
        let mut end = at + c.len_utf8();
        while let Some(&(next_at, n)) = chars.peek() {
            if !matches!(n, '.' | '!' | '?' | '…' | '"' | '“' | '”' | '»' | '«' | '’' | '‘' | ')' | '\'')
            {
                break;
            }
            end = next_at + n.len_utf8();
            chars.next();
        }
        let rest = text.get(end..).unwrap_or_default();
        if !rest.starts_with(char::is_whitespace) {
            continue;
        }
        let opens = rest.trim_start().chars().next();
        let before = text.get(start..at).unwrap_or_default();
        if c == '.' && (is_abbreviation(before) || opens.is_some_and(char::is_lowercase)) {
            continue;
        }
        if opens.is_some_and(char::is_lowercase) {
            continue;
        }
        push(text, start..end, &mut found);
        start = end;
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

/// Whether the full stop after `before` belongs to an abbreviation, initial or ordinal.
fn is_abbreviation(before: &str) -> bool {
    let word = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    if word.is_empty() {
        return false;
    }
    let digits = word.chars().all(|c| c.is_ascii_digit());
    if digits {
        return word.len() <= 2;
    }
    word.chars().count() == 1 || ABBREVIATIONS.contains(&word)
}

const ABBREVIATIONS: [&str; 40] = [
    "Dr", "Prof", "Hr", "Fr", "St", "Nr", "Mio", "Mrd", "bzw", "ca", "usw", "vgl", "evtl", "ggf", "inkl",
    "Abs", "Art", "Str", "geb", "gest", "sog", "Jan", "Feb", "Aug", "Sept", "Okt", "Nov", "Dez", "Mr", "Mrs",
    "Ms", "Jr", "Sen", "Gov", "Gen", "Lt", "Col", "Inc", "Corp", "vs",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn list(text: &str) -> Vec<&str> {
        sentences(text).into_iter().filter_map(|r| text.get(r)).collect()
    }

    #[test]
    fn ordinal_date_does_not_end_a_sentence() {
        assert_eq!(list("Am 19. September kam er. Sie ging."), ["Am 19. September kam er.", "Sie ging."]);
    }

    #[test]
    fn closing_quotation_mark_belongs_to_the_sentence() {
        assert_eq!(list("„Komm.“ Er kam."), ["„Komm.“", "Er kam."]);
    }

    #[test]
    fn initials_and_titles_do_not_end_a_sentence() {
        assert_eq!(
            list("Dr. James F. Jeffrey sprach. Alle hörten zu."),
            ["Dr. James F. Jeffrey sprach.", "Alle hörten zu."]
        );
    }
}
