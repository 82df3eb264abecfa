//! Which element holds the article.

use super::page::{FEWEST_WORDS, Page};
use super::role::Role;

/// The innermost element that holds nearly all of the prose from the title on, that around the
/// article aside.
pub(super) fn holder(page: &Page) -> usize {
    let all = |at: usize| page.prose_words(at);
    let total: usize = (0..page.lines.len()).map(all).sum();
    let from = page.title.unwrap_or(0);
    let behind: usize = (from..page.lines.len()).map(all).sum();
    // A title far below the text is not the article's own.
    let from = if behind >= FEWEST_WORDS && behind * 100 >= total * 30 { from } else { 0 };
    let held = page.held(|at| if at < from { 0 } else { all(at) });
    let innermost = |share: usize, fits: &dyn Fn(usize) -> bool| {
        let holds =
            |at: &usize| held[*at] * 100 >= held[0] * share && !page.nodes[*at].name.is_empty() && fits(*at);
        // The share that suffices is above a half: those that hold it lie within each other.
        (0..page.nodes.len()).rfind(holds)
    };
    let named = innermost(55, &|at| page.roles[at].is(Role::BODY));
    let is_frame = |at: usize| !matches!(page.nodes[at].name.as_str(), "p" | "li" | "blockquote" | "td");
    let found = named.or_else(|| innermost(80, &is_frame)).unwrap_or(0);
    with_beginning(page, found, from)
}

/// `found`, or the element above it that also holds what the article begins with: prose between its
/// title and `found`.
fn with_beginning(page: &Page, found: usize, from: usize) -> usize {
    let before = |element: usize| -> usize {
        let lines = (from..page.lines.len()).take_while(|&at| page.lines[at].node < found);
        lines.filter(|&at| page.holds(element, page.lines[at].node)).map(|at| page.prose_words(at)).sum()
    };
    if page.title.is_none() {
        return found;
    }
    let (mut root, mut above) = (found, found);
    let mut known = 0;
    while above > 0 {
        above = page.nodes[above].parent;
        let words = before(above);
        if words > known {
            (root, known) = (above, words);
        }
    }
    root
}
