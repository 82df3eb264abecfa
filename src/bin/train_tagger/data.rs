//! Sentences with labels, as GermEval 2014 has them.

use std::error::Error;
use std::fs;
use std::path::Path;

use lesart::analysis::tagger::features::Case;
use lesart::analysis::tagger::label::Label;
use lesart::analysis::tagger::shape::marks;
use lesart::text::quick::hash;
use lesart::text::word::words;

/// A word, a mark or a word that is not given.
#[derive(Clone, Debug)]
pub enum Piece {
    /// A word or number.
    Word(String),
    /// A mark of writing.
    Mark(&'static str),
    /// How the word is written.
    Hidden(Case),
}

/// Pieces with their labels.
pub type Sentence = Vec<(Piece, Label)>;

/// The sentences of a file: number, word and label a line, an empty line between sentences.
pub fn read(path: &Path) -> Result<Vec<Sentence>, Box<dyn Error>> {
    let mut sentences = Vec::new();
    let mut sentence = Sentence::new();
    for line in fs::read_to_string(path)?.lines() {
        let mut fields = line.split('\t');
        let number = fields.next().unwrap_or_default();
        if let (Ok(_), Some(word), Some(label)) = (number.parse::<u32>(), fields.next(), fields.next()) {
            push(&mut sentence, word.trim(), Label::parse(label));
        } else if !sentence.is_empty() {
            sentences.push(mended(std::mem::take(&mut sentence)));
        }
    }
    if !sentence.is_empty() {
        sentences.push(mended(sentence));
    }
    Ok(sentences)
}

/// Adds a word of the data, cut as the program cuts words.
fn push(sentence: &mut Sentence, word: &str, label: Label) {
    if let Some(masked) = word.strip_prefix("@MASK:") {
        sentence.push((unmasked(masked.split(':').next().unwrap_or_default()), label));
        return;
    }
    let mut at = 0;
    let mut label = label;
    let mut add = |piece| {
        sentence.push((piece, label));
        label = label.continued();
    };
    for range in words(word) {
        marks(word.get(at..range.start).unwrap_or_default()).for_each(|mark| add(Piece::Mark(mark)));
        at = range.end;
        add(Piece::Word(word.get(range).unwrap_or_default().to_owned()));
    }
    let rest = word.get(at..).unwrap_or_default();
    // Marks in a row are one, as between words of a text.
    let count = if at == 0 { 1 } else { usize::MAX };
    marks(rest).take(count).for_each(|mark| add(Piece::Mark(mark)));
}

fn unmasked(case: &str) -> Piece {
    match case {
        "numeric" | "mainlyNumeric" => Piece::Word("0".to_owned()),
        "initialUpper" => Piece::Hidden(Case::Initial),
        "lower" => Piece::Hidden(Case::Lower),
        "upper" => Piece::Hidden(Case::Upper),
        "containsDigit" => Piece::Hidden(Case::Digit),
        _ => Piece::Mark("\u{fffd}"),
    }
}

/// `sentence` with a beginning for every name: where a name's first piece has been dropped (a full
/// stop), the next begins it.
fn mended(mut sentence: Sentence) -> Sentence {
    let mut before = Label::OUTSIDE;
    for (_, label) in &mut sentence {
        if !label.may_follow(before) {
            *label = label.begun();
        }
        before = *label;
    }
    sentence
}

/// Whether the sentence is one of the third that is not trained on.
pub fn is_apart(sentence: &Sentence) -> bool {
    let word = |piece: &Piece| match piece {
        Piece::Word(word) => word.clone(),
        Piece::Mark(mark) => (*mark).to_owned(),
        Piece::Hidden(case) => format!("{case:?}"),
    };
    let words: Vec<String> = sentence.iter().map(|(piece, _)| word(piece)).collect();
    hash(words.join(" ").as_bytes()).is_multiple_of(3)
}
