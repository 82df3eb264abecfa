//! An article broken into lines for a width: lazily, block by block.
//!
//! A place is a byte of the article's text, not a line number, so that it survives another width.

use std::cell::OnceCell;
use std::ops::Range;

use crate::model::{Article, Basis, Field, Language, Note, ParagraphKind, Span};
use crate::text::wrap::{Line, Options, wrap};

/// Paragraphs beyond this many bytes are laid out in several blocks, so that one endless line of a
/// broken file is not wrapped as a whole before its first words show.
const BLOCK_BYTES: usize = 4096;

/// Columns by which the reader's own words are indented.
pub const NOTE_INDENT: u16 = 2;

/// What a block is, for its looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// The headline; `derived` where the source states none.
    Title {
        /// Taken from the first sentence.
        derived: bool,
    },
    /// Outlet, date, minutes.
    Meta,
    /// A paragraph.
    Paragraph(ParagraphKind),
    /// What the reader wrote beside a passage.
    Note,
}

/// Where the words of a block come from.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Words {
    /// The article's text.
    Text(Span),
    /// Made for display.
    Own(String),
}

/// Part of an article that is wrapped at once.
#[derive(Clone, Debug)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    words: Words,
    /// Blank rows before it.
    gap: usize,
    lines: OnceCell<Vec<Line>>,
}

/// A row of the laid-out article: a block, and a row in it (gap rows first).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Row {
    /// Block.
    pub block: usize,
    /// Row in it.
    pub row: usize,
}

/// A line to draw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownLine<'a> {
    /// What its block is.
    pub kind: BlockKind,
    /// Its words.
    pub words: &'a str,
    /// Where they stand in the article's text; `None` for words made for display.
    pub range: Option<Range<usize>>,
    /// A hyphen is to be shown after them.
    pub hyphen: bool,
}

/// A laid-out article.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    width: u16,
    language: Language,
    blocks: Vec<Block>,
}

impl Layout {
    /// Lays `article` out for `width` columns, with the lines `about` below the headline and the reader's notes
    /// below their paragraphs; those whose passage is gone come last, below `lost`.
    #[must_use]
    pub fn new(article: &Article, about: Vec<String>, lost: &str, width: u16) -> Self {
        let draft = &article.draft;
        let mut blocks = Vec::new();
        let title_span = draft.paragraphs.iter().find(|p| p.kind == ParagraphKind::Title).map(|p| p.span);
        for paragraph in draft.paragraphs.iter().filter(|p| p.kind == ParagraphKind::Kicker) {
            blocks.push(Block::new(BlockKind::Paragraph(paragraph.kind), Words::Text(paragraph.span), 0));
        }
        let derived = draft.title.basis != Basis::Stated;
        // A corrected headline stands nowhere in the text.
        let title_span = title_span.filter(|_| !article.is_corrected(Field::Title));
        let title = title_span.map_or_else(|| Words::Own(draft.title.text.clone()), Words::Text);
        blocks.push(Block::new(BlockKind::Title { derived }, title, 0));
        blocks.extend(about.into_iter().map(|line| Block::new(BlockKind::Meta, Words::Own(line), 0)));
        let mut before = None;
        for paragraph in &draft.paragraphs {
            if matches!(paragraph.kind, ParagraphKind::Kicker | ParagraphKind::Title) {
                continue;
            }
            // A credit belongs to its caption: no blank row between.
            let joined = paragraph.kind == ParagraphKind::Credit && before == Some(ParagraphKind::Caption);
            let mut gap = usize::from(!joined);
            for span in cut(&draft.text, paragraph.span) {
                blocks.push(Block::new(BlockKind::Paragraph(paragraph.kind), Words::Text(span), gap));
                gap = 0;
            }
            let below = |note: &&Note| note.span.is_some_and(|s| paragraph.span.holds(s.start()));
            for note in article.notes.iter().filter(below).filter(|n| !n.text.is_empty()) {
                blocks.push(Block::new(BlockKind::Note, Words::Own(note.text.clone()), 0));
            }
            before = Some(paragraph.kind);
        }
        let mut gap = 1;
        for note in article.notes.iter().filter(|n| n.span.is_none()) {
            if gap == 1 {
                let heading = BlockKind::Paragraph(ParagraphKind::Heading);
                blocks.push(Block::new(heading, Words::Own(lost.to_owned()), 1));
            }
            let words = [note.words.as_str(), note.text.as_str()].join(if note.text.is_empty() {
                ""
            } else {
                " — "
            });
            blocks.push(Block::new(BlockKind::Note, Words::Own(words), gap));
            gap = 0;
        }
        Self { width, language: draft.language, blocks }
    }

    /// Columns that it was laid out for.
    #[must_use]
    pub fn width(&self) -> u16 {
        self.width
    }

    fn lines<'a>(&'a self, block: &'a Block, text: &str) -> &'a [Line] {
        block.lines.get_or_init(|| {
            let words = block.words.of(text);
            let width = if block.kind == BlockKind::Note {
                self.width.saturating_sub(NOTE_INDENT).max(1)
            } else {
                self.width
            };
            wrap(words, Options { width, language: self.language })
        })
    }

    fn rows(&self, block: usize, text: &str) -> usize {
        self.blocks.get(block).map_or(0, |b| b.gap + self.lines(b, text).len())
    }

    /// The line that `row` shows; `None` for a blank row or beyond the end.
    #[must_use]
    pub fn line<'a>(&'a self, row: Row, text: &'a str) -> Option<ShownLine<'a>> {
        let block = self.blocks.get(row.block)?;
        let line = self.lines(block, text).get(row.row.checked_sub(block.gap)?)?;
        let words = block.words.of(text);
        let base = match block.words {
            Words::Text(span) => Some(span.start()),
            Words::Own(_) => None,
        };
        Some(ShownLine {
            kind: block.kind,
            words: words.get(line.range.clone()).unwrap_or_default(),
            range: base.map(|b| b + line.range.start..b + line.range.end),
            hyphen: line.hyphen,
        })
    }

    /// The row after `row`, or `None` at the end.
    #[must_use]
    pub fn next(&self, row: Row, text: &str) -> Option<Row> {
        if row.row + 1 < self.rows(row.block, text) {
            return Some(Row { row: row.row + 1, ..row });
        }
        (row.block + 1 < self.blocks.len()).then_some(Row { block: row.block + 1, row: 0 })
    }

    /// The row before `row`, or `None` at the beginning.
    #[must_use]
    pub fn previous(&self, row: Row, text: &str) -> Option<Row> {
        if row.row > 0 {
            return Some(Row { row: row.row - 1, ..row });
        }
        let block = row.block.checked_sub(1)?;
        Some(Row { block, row: self.rows(block, text).saturating_sub(1) })
    }

    /// The last row.
    #[must_use]
    pub fn last(&self, text: &str) -> Row {
        let block = self.blocks.len().saturating_sub(1);
        Row { block, row: self.rows(block, text).saturating_sub(1) }
    }

    /// `row` moved by `rows`, stopping at both ends.
    #[must_use]
    pub fn moved(&self, mut row: Row, rows: isize, text: &str) -> Row {
        for _ in 0..rows.unsigned_abs() {
            let step = if rows > 0 { self.next(row, text) } else { self.previous(row, text) };
            let Some(next) = step else { break };
            row = next;
        }
        row
    }

    /// The row that shows byte `place` of the text, else the nearest one before it.
    #[must_use]
    pub fn row_of(&self, place: usize, text: &str) -> Row {
        let mut best = Row::default();
        for (index, block) in self.blocks.iter().enumerate() {
            let Words::Text(span) = block.words else { continue };
            if span.start() > place {
                continue;
            }
            let is_title = matches!(block.kind, BlockKind::Title { .. });
            if is_title && !span.holds(place) {
                continue;
            }
            best = Row { block: index, row: 0 };
            if span.holds(place) {
                let lines = self.lines(block, text);
                let line = lines.partition_point(|l| span.start() + l.range.start <= place).saturating_sub(1);
                return Row { block: index, row: block.gap + line };
            }
        }
        best
    }

    /// The first byte of the text that stands at or below `row`; the text's end where none does.
    #[must_use]
    pub fn place_of(&self, row: Row, text: &str) -> usize {
        let mut at = Some(row);
        while let Some(row) = at {
            if let Some(range) = self.line(row, text).and_then(|l| l.range) {
                return range.start;
            }
            at = self.next(row, text);
        }
        text.len()
    }
}

impl Block {
    fn new(kind: BlockKind, words: Words, gap: usize) -> Self {
        Self { kind, words, gap, lines: OnceCell::new() }
    }
}

impl Words {
    fn of<'a>(&'a self, text: &'a str) -> &'a str {
        match self {
            Self::Text(span) => span.of(text),
            Self::Own(words) => words,
        }
    }
}

/// `span` in pieces of at most about [`BLOCK_BYTES`], cut at white space where there is any.
fn cut(text: &str, span: Span) -> Vec<Span> {
    let mut pieces = Vec::new();
    let mut start = span.start();
    while span.end() - start > BLOCK_BYTES {
        let mut end = start + BLOCK_BYTES;
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let window = text.get(start..end).unwrap_or_default();
        if let Some(space) = window.rfind(char::is_whitespace).filter(|&at| at > BLOCK_BYTES / 2) {
            end = start + space;
        }
        pieces.extend(Span::new(text, start..end));
        start = end;
    }
    pieces.extend(Span::new(text, start..span.end()));
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ArticleId, Draft, Paragraph, Title};

    fn article(paragraphs: &[(&str, ParagraphKind)]) -> Article {
        let mut draft = Draft { language: Language::German, ..Draft::default() };
        for (words, kind) in paragraphs {
            if !draft.text.is_empty() {
                draft.text.push_str("\n\n");
            }
            let start = draft.text.len();
            draft.text.push_str(words);
            let span = Span::new(&draft.text, start..draft.text.len()).unwrap();
            draft.paragraphs.push(Paragraph { span, kind: *kind });
        }
        draft.title = Title { text: "Titel".to_owned(), basis: Basis::Derived };
        Article { id: ArticleId(1), draft, ..Article::default() }
    }

    fn shown(layout: &Layout, text: &str) -> Vec<String> {
        let mut rows = Vec::new();
        let mut at = Some(Row::default());
        while let Some(row) = at {
            rows.push(layout.line(row, text).map_or(String::new(), |l| l.words.to_owned()));
            at = layout.next(row, text);
        }
        rows
    }

    #[test]
    fn paragraphs_are_parted_by_one_blank_row() {
        let article = article(&[("Eins zwei.", ParagraphKind::Body), ("Drei.", ParagraphKind::Body)]);
        let layout = Layout::new(&article, vec!["Quelle".to_owned()], "", 40);
        assert_eq!(shown(&layout, &article.draft.text), ["Titel", "Quelle", "", "Eins zwei.", "", "Drei."]);
    }

    #[test]
    fn a_place_survives_another_width() {
        let words = "Wort ".repeat(60);
        let article = article(&[(words.trim(), ParagraphKind::Body), ("Ende.", ParagraphKind::Body)]);
        let text = &article.draft.text;
        let narrow = Layout::new(&article, Vec::new(), "", 20);
        let wide = Layout::new(&article, Vec::new(), "", 66);
        let row = narrow.row_of(150, text);
        let place = narrow.place_of(row, text);
        assert!(place <= 150 && 150 - place < 20);
        let there = wide.row_of(place, text);
        let line = wide.line(there, text).and_then(|l| l.range).unwrap();
        assert!(line.contains(&place));
    }

    #[test]
    fn an_endless_line_is_cut_into_blocks() {
        let words = "x".repeat(3 * BLOCK_BYTES + 5);
        let article = article(&[(&words, ParagraphKind::Body)]);
        let layout = Layout::new(&article, vec![String::new()], "", 50);
        assert_eq!(layout.blocks.len(), 2 + 4);
        assert_eq!(shown(&layout, &article.draft.text).concat().len(), "Titel".len() + words.len());
    }

    #[test]
    fn moving_stops_at_both_ends() {
        let article = article(&[("Eins.", ParagraphKind::Body)]);
        let text = &article.draft.text;
        let layout = Layout::new(&article, vec!["Q".to_owned()], "", 40);
        assert_eq!(layout.moved(Row::default(), 99, text), layout.last(text));
        assert_eq!(layout.moved(layout.last(text), -99, text), Row::default());
    }
}
