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
mod background;
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

use crate::model::{Analysis, Comparison, CopyGroup, Draft, Outside};

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
    // Those of the story first; the others behind them, for the background they share.
    let kept: Vec<usize> = gate.inside.iter().copied().chain(gate.outside.iter().map(|(i, _)| *i)).collect();
    let copies = copies::copies(articles);
    let table = sheet::Table {
        articles: &kept.iter().map(|&i| sorted[i]).collect::<Vec<_>>(),
        numbers: &kept.iter().map(|&i| number(order[i])).collect::<Vec<_>>(),
        inside: gate.inside.len(),
        later: &kept.iter().map(|&i| gate.is_later(i)).collect::<Vec<_>>(),
        independent: &kept.iter().map(|&i| first_copy(order[i], &copies)).collect::<Vec<_>>(),
    };
    let mut outside: Vec<Outside> =
        gate.outside.iter().map(|&(i, why)| Outside { article: number(order[i]), why }).collect();
    outside.sort_by_key(|o| o.article);
    Comparison { outside, facts: sheet::facts(&table), labels: label::labels(articles), copies }
}

/// The article that stands for the group of copies an article belongs to; itself where it is none.
fn first_copy(article: usize, copies: &[CopyGroup]) -> usize {
    let group = copies.iter().find(|g| g.articles.iter().any(|&a| a as usize == article));
    group.and_then(|g| g.articles.iter().min()).map_or(article, |&a| a as usize)
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
