//! Makes the files of the tagger of names in `assets/tagger`.
//!
//! What it needs:
//!
//! - `spacy-lookups-data` 1.0.5 (MIT): `pip download spacy-lookups-data==1.0.5 --no-deps`, then take
//!   `spacy_lookups_data/data/de_lexeme_cluster.json.gz` out of the wheel (a zip archive).
//! - GermEval 2014 (CC BY 4.0): `NER-de-train.tsv` and `NER-de-dev.tsv`, from
//!   <https://sites.google.com/site/germeval2014ner/data>. A word that is written `@MASK:case:id`
//!   counts as one that is not known, of which only the letters' case is seen.
//!
//! ```text
//! cargo run --profile quick --features train --bin train_tagger -- clusters de_lexeme_cluster.json.gz
//! cargo run --profile quick --features train --bin train_tagger -- tagger NER-de-train.tsv NER-de-dev.tsv
//! ```
//!
//! The first command writes `german.clusters`, the second `german.model`, in two minutes; the second
//! reads the clusters as they were when it was built. A third of the second file, told by a hash of
//! the sentence, is kept apart: the other two thirds are trained on as well, and the score on that
//! third is printed last. With `--without-dev` nothing of the second file is trained on and the score
//! is that on the other two thirds: for weighing changes. The same data give the same bytes.

mod clusters;
mod data;
mod file;
mod learn;
mod score;

use std::error::Error;
use std::io::Write;
use std::path::Path;

use learn::Lesson;

/// Words that get a cluster, the most frequent first: with all 1,000,000 of them the tagger was not
/// better, with 300,000 it was worse by half a point.
const CLUSTERED: usize = 450_000;

/// Where the files go.
const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/tagger");

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["clusters", source] => {
            let file = clusters::file(Path::new(source), CLUSTERED)?;
            std::fs::write(Path::new(FOLDER).join("german.clusters"), file)?;
        }
        ["tagger", train, dev] => tagger(Path::new(train), Path::new(dev), true)?,
        ["tagger", train, dev, "--without-dev"] => tagger(Path::new(train), Path::new(dev), false)?,
        _ => return Err("see the first lines of src/bin/train_tagger/main.rs for what to say".into()),
    }
    Ok(())
}

fn tagger(train: &Path, dev: &Path, is_last: bool) -> Result<(), Box<dyn Error>> {
    let mut out = std::io::stdout();
    let mut train = data::read(train)?;
    let (apart, rest): (Vec<_>, Vec<_>) = data::read(dev)?.into_iter().partition(data::is_apart);
    let test = if is_last {
        train.extend(rest);
        apart
    } else {
        rest
    };
    let lessons = learn::Lessons::new(&train);
    writeln!(out, "{} sentences, {} attributes", train.len(), lessons.attributes.len())?;
    let weights = learn::train(&lessons);
    let tests: Vec<Lesson> = test.iter().map(Lesson::new).collect();
    let bytes = file::model(&lessons, &weights);
    for line in score::report(&bytes, &tests) {
        writeln!(out, "{line}")?;
    }
    std::fs::write(Path::new(FOLDER).join("german.model"), bytes)?;
    Ok(())
}
