//! How outlets report the same facts.
//!
//! [`compare`] sets aside articles on other events ([`story`]), cuts the rest into units (`unit`),
//! measures how alike they are (`measure`, `anchor`), groups them into facts (`align`), and says
//! what sets the reports of a fact apart (`difference`), what the other outlets have (`presence`)
//! and how it all stands on one sheet (`sheet`).
//!
//! The result does not depend on the order in which the articles come, but for their numbers.

mod align;
mod anchor;
pub mod copies;
mod difference;
mod feature;
pub mod label;
mod measure;
mod presence;
mod sheet;
mod single;
pub mod story;
mod told;
mod unit;
mod value;

use crate::model::{Analysis, Comparison, Draft, Outside};

/// An article with what it says.
#[derive(Clone, Copy, Debug)]
pub struct Analysed<'a> {
    /// The article.
    pub draft: &'a Draft,
    /// What it says.
    pub analysis: &'a Analysis,
}

/// How a comparison is made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Treat articles about another event like the others.
    pub force: bool,
}

/// Compares articles; indices in the result count in the order given.
#[must_use]
pub fn compare(articles: &[Analysed<'_>], options: Options) -> Comparison {
    // All decisions are made in an order of the articles' own, so that the order given only
    // decides their numbers.
    let order = own_order(articles);
    let sorted: Vec<Analysed<'_>> = order.iter().map(|&i| articles[i]).collect();
    let gate = if options.force { story::Gate::open(sorted.len()) } else { story::gate(&sorted) };
    let inside: Vec<Analysed<'_>> = gate.inside.iter().map(|&i| sorted[i]).collect();
    let numbers: Vec<u32> = gate.inside.iter().map(|&i| number(order[i])).collect();

    let mut outside: Vec<Outside> =
        gate.outside.iter().map(|&(i, why)| Outside { article: number(order[i]), why }).collect();
    outside.sort_by_key(|o| o.article);
    let independent: Vec<usize> = (0..inside.len()).collect();
    let facts = sheet::facts(&inside, &numbers, &independent);
    Comparison { outside, copies: Vec::new(), facts, labels: Vec::new() }
}

/// Positions of the articles by day and words.
fn own_order(articles: &[Analysed<'_>]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..articles.len()).collect();
    let key = |i: usize| {
        let draft = articles[i].draft;
        (draft.published.day(), draft.text.as_str(), draft.source.domain.as_deref())
    };
    order.sort_by(|&a, &b| key(a).cmp(&key(b)));
    order
}

fn number(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}
