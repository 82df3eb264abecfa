//! The file of clusters out of spaCy's table of lexemes.

use std::error::Error;
use std::fmt;
use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use flate2::read::GzDecoder;
use lesart::analysis::tagger::clusters::{CLUSTER_BITS, place};
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};

/// Words of a bucket, on average: those are looked through one by one.
const BUCKET: usize = 12;

/// The first `count` words of `source` that hold a letter, as `analysis::tagger::clusters` reads
/// them. The source has the most frequent words first.
pub fn file(source: &Path, count: usize) -> Result<Vec<u8>, Box<dyn Error>> {
    let reader = BufReader::new(GzDecoder::new(File::open(source)?));
    let Rows(rows) = serde_json::from_reader(reader)?;
    let is_word = |word: &str| word.contains(char::is_alphabetic) && !word.contains(char::is_whitespace);
    let rows: Vec<(String, u32)> = rows.into_iter().filter(|(word, _)| is_word(word)).take(count).collect();
    let mut paths: Vec<u32> = rows.iter().map(|(_, path)| *path).collect();
    paths.sort_unstable();
    paths.dedup();
    if paths.len() > 1 << CLUSTER_BITS {
        return Err("more clusters than the file has numbers for".into());
    }
    let buckets = rows.len() / BUCKET;
    let mut entries = Vec::with_capacity(rows.len());
    for (word, path) in &rows {
        let (bucket, mark) = place(word, buckets);
        let number = u32::try_from(paths.partition_point(|p| p < path))?;
        entries.push((bucket, mark << CLUSTER_BITS | number));
    }
    entries.sort_unstable();
    let mut file = b"LCL1".to_vec();
    for number in [paths.len(), buckets] {
        file.extend(u32::try_from(number)?.to_le_bytes());
    }
    for path in paths {
        file.extend(path.to_le_bytes());
    }
    for bucket in 0..=buckets {
        let start = entries.partition_point(|(b, _)| *b < bucket);
        file.extend(u32::try_from(start)?.to_le_bytes());
    }
    for (_, entry) in entries {
        file.extend(entry.to_le_bytes().into_iter().take(3));
    }
    Ok(file)
}

/// The words and their clusters, in the order of the file.
struct Rows(Vec<(String, u32)>);

impl<'de> Deserialize<'de> for Rows {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(InOrder)
    }
}

struct InOrder;

impl<'de> Visitor<'de> for InOrder {
    type Value = Rows;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("words and the numbers of their clusters")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Rows, A::Error> {
        let mut rows = Vec::new();
        while let Some(row) = map.next_entry()? {
            rows.push(row);
        }
        Ok(Rows(rows))
    }
}
