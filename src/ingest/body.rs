//! Which lines of the article's run are paragraphs, headings, captions, and which are not its own.

use std::collections::HashSet;
use std::ops::Range;

use crate::model::ParagraphKind;

use super::chrome::Chrome;
use super::credit::Picture;
use super::header::Meta;
use super::line::Line;
use super::plain::{Shape, Typed};

/// Captions stand right before a credit, and are neither prose nor the only possible title.
pub(super) fn mark_pictures(typed: &mut [Typed], run: &Range<usize>) {
    let last_prose = typed.iter().rposition(Typed::is_running);
    let first_text = typed.iter().position(Typed::is_text);
    for at in 0..typed.len() {
        let line = &mut typed[at];
        match line.shape {
            Shape::Picture(Picture::Caption) => line.kind = Some(ParagraphKind::Caption),
            // Whose page it is, not whose picture.
            Shape::Picture(Picture::Credit)
                if Some(at) > last_prose && line.line.text.starts_with(['©', 'C', 'c']) => {}
            Shape::Picture(Picture::Credit) => {
                line.kind = Some(ParagraphKind::Credit);
                let Some(before) = at.checked_sub(1) else { continue };
                let may_be_title = first_text.is_none_or(|first| first >= before) && at <= run.start;
                if typed[before].is_text() && is_caption(&typed[before].line) && !may_be_title {
                    typed[before].kind = Some(ParagraphKind::Caption);
                }
            }
            _ => {}
        }
    }
}

fn is_caption(line: &Line) -> bool {
    line.words <= 40 && (!line.ends || line.sentences <= 2)
}

/// What is known of the lines around the one to judge.
#[allow(clippy::struct_excessive_bools, reason = "independent answers, not one state")]
struct Around {
    /// The nearest line of the article before it is no heading.
    after_prose: bool,
    /// The next line of text is prose.
    before_prose: bool,
    /// Both neighbours are furniture.
    is_enclosed: bool,
    /// A neighbour dates the article.
    is_by_date: bool,
    /// A day was stated before.
    is_dated: bool,
    /// Behind the head of a list of articles, or behind the tail: short lines are not the article's.
    in_list: bool,
    /// A good part of a page was copied along.
    is_page: bool,
}

/// Gives the lines of the run their kinds.
pub(super) fn mark(typed: &mut [Typed], run: Range<usize>, is_page: bool) {
    let before_prose = before_prose(typed);
    // A page may hold its article twice, and no article says a whole paragraph again.
    let mut said: HashSet<String> = HashSet::new();
    let mut last = None;
    let mut in_list = false;
    let mut is_dated = false;
    for at in 0..run.end.min(typed.len()) {
        let neighbours = [at.checked_sub(1).and_then(|b| typed.get(b)), typed.get(at + 1)];
        let all = |f: fn(&Shape) -> bool| neighbours.iter().all(|n| n.is_some_and(|t| f(&t.shape)));
        let any = |f: fn(&Shape) -> bool| neighbours.iter().any(|n| n.is_some_and(|t| f(&t.shape)));
        let around = Around {
            after_prose: last.is_some_and(|kind| kind != ParagraphKind::Heading),
            before_prose: before_prose.get(at).copied().unwrap_or(false),
            is_enclosed: all(|s| matches!(s, Shape::Chrome(_))),
            is_by_date: any(|s| matches!(s, Shape::Meta(Meta::Dated { .. }))),
            is_dated,
            in_list,
            is_page,
        };
        let line = &mut typed[at];
        is_dated |= matches!(line.shape, Shape::Meta(Meta::Dated { is_update: false, .. }));
        if at < run.start {
            continue;
        }
        if line.kind.is_none() && !(is_page && line.is_running() && !said.insert(line.line.text.clone())) {
            line.kind = kind(line, &around);
        }
        in_list = match line.shape {
            Shape::Chrome(Chrome::ListHead) => true,
            Shape::Tail(_) => around.after_prose,
            _ => in_list && !line.is_running(),
        };
        last = line.kind.or(last);
    }
    // The tail stands behind the last paragraph, where a copy of the page goes on with furniture.
    if let Some(tail) = typed.iter_mut().skip(run.end).take(3).find(|t| matches!(t.shape, Shape::Tail(_))) {
        tail.kind = Some(ParagraphKind::Tail);
    }
}

/// For each line, whether the next line of text is prose.
fn before_prose(typed: &[Typed]) -> Vec<bool> {
    let mut next = false;
    let mut answers: Vec<bool> = typed
        .iter()
        .rev()
        .map(|t| {
            let answer = next;
            if t.is_text() {
                next = t.line.is_running();
            }
            answer
        })
        .collect();
    answers.reverse();
    answers
}

/// What one line of the run becomes; `None` leaves it out.
fn kind(typed: &Typed, around: &Around) -> Option<ParagraphKind> {
    let line = &typed.line;
    let is_between = around.after_prose && around.before_prose;
    match &typed.shape {
        // A heading in the text may be the name of a section.
        Shape::Chrome(Chrome::Section) if is_between && !around.in_list && !around.is_page => {
            Some(ParagraphKind::Heading)
        }
        // A second day heads a part of the text, as in a chronicle.
        Shape::Meta(Meta::Dated { is_update: false, source: None, authors, .. })
            if around.after_prose && around.is_dated && !around.is_page && authors.is_empty() =>
        {
            Some(ParagraphKind::Heading)
        }
        Shape::Chrome(_) | Shape::Meta(_) | Shape::Picture(_) => None,
        Shape::Tail(_) => Some(ParagraphKind::Tail),
        Shape::Text if line.is_running() => Some(ParagraphKind::Body),
        Shape::Text if line.marked_heading => Some(ParagraphKind::Heading),
        Shape::Text if around.in_list && !line.ends => None,
        Shape::Text if line.is_short() && is_between && !around.is_by_date && !around.is_enclosed => {
            Some(ParagraphKind::Heading)
        }
        Shape::Text if (around.is_enclosed || around.is_by_date) && line.words <= 6 && !line.ends => None,
        Shape::Text if around.is_page && line.words <= 3 && !line.ends => None,
        Shape::Text => Some(ParagraphKind::Body),
    }
}
