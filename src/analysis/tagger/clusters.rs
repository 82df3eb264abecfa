//! Which words are used alike: clusters of words by their neighbours (Brown et al. 1992).
//!
//! A cluster is a path down a binary tree, its first step in the lowest bit, so that the low bits
//! alone are a coarser cluster. The file is looked up in place: `LCL1`, the number of clusters and of
//! buckets (u32 each), the clusters' paths (u32), where each bucket begins (u32, one more than there
//! are buckets), then the words, sorted: 14 bits of the word's hash above 10 bits of the cluster's
//! number, three bytes each. The bucket is told by the upper bits of the hash; a word that is not in
//! the file is taken for one that is once in a thousand times. Numbers are little-endian.

use crate::text::quick::hash;

/// Bits of a hash that are kept beside the bucket.
pub const MARK_BITS: u32 = 14;

/// Bits of a cluster's number.
pub const CLUSTER_BITS: u32 = 10;

/// Bytes of a word.
pub const ENTRY: usize = 3;

static GERMAN: Clusters<'static> = Clusters::new(include_bytes!("../../../assets/tagger/german.clusters"));

/// The path of the German word `word`; `None` where it is not among the frequent ones.
#[must_use]
pub fn german(word: &str) -> Option<u32> {
    GERMAN.path(word)
}

/// A file of clusters.
#[derive(Clone, Copy, Debug)]
pub struct Clusters<'a> {
    paths: &'a [[u8; 4]],
    starts: &'a [[u8; 4]],
    words: &'a [[u8; ENTRY]],
}

impl<'a> Clusters<'a> {
    /// The clusters of `file`; none where it is something else.
    #[must_use]
    pub const fn new(file: &'a [u8]) -> Self {
        const NONE: Clusters<'_> = Clusters { paths: &[], starts: &[], words: &[] };
        let (numbers, _) = file.as_chunks::<4>();
        let [magic, paths, buckets, rest @ ..] = numbers else { return NONE };
        if !matches!(magic, b"LCL1") {
            return NONE;
        }
        let paths = u32::from_le_bytes(*paths) as usize;
        let buckets = u32::from_le_bytes(*buckets) as usize;
        let Some((paths, rest)) = rest.split_at_checked(paths) else { return NONE };
        let Some((starts, _)) = rest.split_at_checked(buckets + 1) else { return NONE };
        let head = 4 * (3 + paths.len() + starts.len());
        let Some((_, words)) = file.split_at_checked(head) else { return NONE };
        Self { paths, starts, words: words.as_chunks().0 }
    }

    /// The path of `word`; `None` where the file does not have it.
    #[must_use]
    pub fn path(&self, word: &str) -> Option<u32> {
        let (bucket, mark) = place(word, self.starts.len().saturating_sub(1));
        let [start, end] = self.starts.get(bucket..bucket + 2)? else { return None };
        let start = u32::from_le_bytes(*start) as usize;
        let end = u32::from_le_bytes(*end) as usize;
        let entry = |bytes: &[u8; ENTRY]| u32::from_le_bytes([bytes[0], bytes[1], bytes[2], 0]);
        let found = self.words.get(start..end)?.iter().map(entry).find(|e| e >> CLUSTER_BITS == mark)?;
        let number = found & ((1 << CLUSTER_BITS) - 1);
        self.paths.get(number as usize).map(|path| u32::from_le_bytes(*path))
    }
}

/// The bucket (of `buckets`) and the mark of `word`.
#[must_use]
pub fn place(word: &str, buckets: usize) -> (usize, u32) {
    let hash = hash(word.as_bytes());
    let bucket = ((hash >> 32) * buckets as u64) >> 32;
    let mark = u32::try_from(hash & ((1 << MARK_BITS) - 1)).unwrap_or(0);
    (usize::try_from(bucket).unwrap_or(0), mark)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frequent_words_have_a_cluster_and_made_up_ones_have_none() {
        for word in ["und", "Haus", "Berlin", "Müller", "sagte"] {
            assert!(german(word).is_some(), "{word}");
        }
        let made_up = (0..10_000).filter(|n| german(&format!("qzx{n}wvk")).is_some()).count();
        assert!(made_up < 50, "{made_up}");
    }

    #[test]
    fn words_that_are_used_alike_share_the_beginning_of_their_paths() {
        let low = |word| german(word).map(|path| path & 63);
        assert_eq!(low("Montag"), low("Freitag"));
        assert_ne!(low("Montag"), low("sagte"));
    }

    #[test]
    fn what_is_no_file_of_clusters_has_no_words() {
        for file in [&b""[..], b"LCL1", b"LCL1\xff\xff\xff\xff\xff\xff\xff\xff", &[0; 64]] {
            assert_eq!(Clusters::new(file).path("und"), None);
        }
    }
}
