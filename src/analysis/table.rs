//! Embedded word tables: sorted lines, looked up where they lie.
//!
//! A table is the text of a file in `assets/lexicon`: comment lines (`#`) first, then one line an
//! entry, key and fields separated by tabs, sorted by the key's bytes. Nothing is parsed or copied
//! at start.

/// A sorted table of lines.
#[derive(Clone, Copy, Debug)]
pub struct Table {
    /// The lines behind the comments.
    lines: &'static str,
}

impl Table {
    /// The table in the text of a file.
    #[must_use]
    pub fn new(file: &'static str) -> Self {
        let mut lines = file;
        while lines.starts_with('#') {
            lines = lines.split_once('\n').map_or("", |(_, rest)| rest);
        }
        Self { lines }
    }

    /// The fields behind `key` (empty where a line is its key only); `None` where it is no key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&'static str> {
        self.entry(key).map(|(_, fields)| fields)
    }

    /// `key` as the table holds it, and the fields behind it.
    #[must_use]
    pub fn entry(&self, key: &str) -> Option<(&'static str, &'static str)> {
        let bytes = self.lines.as_bytes();
        let (mut low, mut high) = (0, bytes.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            // Keys hold no line ends, so a line begins behind the last one before `middle`.
            let start = memchr::memrchr(b'\n', &bytes[low..middle]).map_or(low, |at| low + at + 1);
            let end = memchr::memchr(b'\n', &bytes[middle..]).map_or(bytes.len(), |at| middle + at);
            let line = &bytes[start..end];
            let key_end = memchr::memchr(b'\t', line).unwrap_or(line.len());
            match line[..key_end].cmp(key.as_bytes()) {
                std::cmp::Ordering::Equal => {
                    let key = self.lines.get(start..start + key_end)?;
                    return Some((key, self.lines.get((start + key_end + 1).min(end)..end)?));
                }
                std::cmp::Ordering::Less => low = end + 1,
                std::cmp::Ordering::Greater => high = start,
            }
        }
        None
    }

    /// Whether `key` is one.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    /// All keys, in order.
    #[cfg(test)]
    pub fn keys(&self) -> impl Iterator<Item = &'static str> {
        self.lines.lines().map(|line| line.split('\t').next().unwrap_or(line))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: &str = "# what\n# licence\nAb\tx\ty\nAbc\nÄ\tz\n";

    #[test]
    fn finds_first_last_and_middle_lines() {
        let table = Table::new(SMALL);
        assert_eq!(table.get("Ab"), Some("x\ty"));
        assert_eq!(table.get("Abc"), Some(""));
        assert_eq!(table.get("Ä"), Some("z"));
    }

    #[test]
    fn finds_nothing_else() {
        let table = Table::new(SMALL);
        for key in ["", "A", "Abd", "#", "z", "Ab\tx"] {
            assert_eq!(table.get(key), None, "{key}");
        }
        assert_eq!(Table::new("").get("Ab"), None);
        assert_eq!(Table::new("# only comments").get("Ab"), None);
    }
}
