//! How a word is written, and the marks between words.

/// The marks in `gap`, the text between two words: kinds of quotation marks are one, full stops and
/// what belongs to no mark of writing say nothing.
pub fn marks(gap: &str) -> impl Iterator<Item = &'static str> {
    gap.chars().filter_map(|c| match c {
        '.' => None,
        ',' => Some(","),
        '(' => Some("("),
        ')' => Some(")"),
        ':' => Some(":"),
        ';' => Some(";"),
        '-' => Some("-"),
        '*' => Some("*"),
        '?' => Some("?"),
        '!' => Some("!"),
        '%' => Some("%"),
        '&' => Some("&"),
        '/' => Some("/"),
        '=' => Some("="),
        '+' => Some("+"),
        '$' => Some("$"),
        '„' | '“' | '”' | '»' | '«' | '"' | '‚' | '‘' | '’' | '\'' | '›' | '‹' | '`' => {
            Some("\"")
        }
        c if c.is_whitespace() || c.is_alphanumeric() => None,
        _ => Some("\u{fffd}"),
    })
}

/// Kinds of the letters, runs shortened to one: `Xx` for `Haus`, `X-Xx` for `US-Amt`.
pub(super) fn short_shape(word: &str) -> String {
    let mut shape = String::new();
    for c in word.chars() {
        let kind = kind_of(c);
        if !shape.ends_with(kind) {
            shape.push(kind);
        }
    }
    shape
}

/// Kinds of the letters, runs shortened to two.
pub(super) fn long_shape(word: &str) -> String {
    let mut shape = String::new();
    let mut run = ('\0', 0);
    for c in word.chars() {
        let kind = kind_of(c);
        run = if run.0 == kind { (kind, run.1 + 1) } else { (kind, 0) };
        if run.1 < 2 {
            shape.push(kind);
        }
    }
    shape
}

fn kind_of(c: char) -> char {
    if c.is_uppercase() {
        'X'
    } else if c.is_lowercase() {
        'x'
    } else if c.is_numeric() {
        'd'
    } else if c.is_alphabetic() {
        'o'
    } else {
        c
    }
}

/// The first `length` letters, where more follow.
pub(super) fn prefix(word: &str, length: usize) -> Option<&str> {
    let (end, _) = word.char_indices().nth(length)?;
    word.get(..end)
}

/// The last `length` letters, where more come before.
pub(super) fn suffix(word: &str, length: usize) -> Option<&str> {
    let (start, _) = word.char_indices().rev().nth(length - 1)?;
    (start > 0).then(|| word.get(start..)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_tell_how_a_word_is_written() {
        for (word, short, long) in
            [("Haus", "Xx", "Xxx"), ("US-Amt", "X-Xx", "XX-Xxx"), ("1860er", "dx", "ddxx")]
        {
            assert_eq!((short_shape(word).as_str(), long_shape(word).as_str()), (short, long), "{word}");
        }
    }

    #[test]
    fn ends_of_words_are_cut_between_letters() {
        assert_eq!((prefix("Öl", 1), prefix("Öl", 2)), (Some("Ö"), None));
        assert_eq!((suffix("Öl", 1), suffix("Öl", 2), suffix("süß", 2)), (Some("l"), None, Some("üß")));
    }

    #[test]
    fn marks_are_read_as_one_writes_them() {
        assert_eq!(marks(". – „(x»").collect::<Vec<_>>(), ["\u{fffd}", "\"", "(", "\""]);
    }
}
