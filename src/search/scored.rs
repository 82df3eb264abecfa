//! Articles with their scores, and lists of them put together.

use super::postings::Place;

/// An article with its score.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Scored {
    pub place: Place,
    pub score: f32,
    /// Query words that stand in the title.
    pub titled: u8,
}

impl Scored {
    pub fn new(place: Place, score: f32) -> Self {
        Self { place, score, titled: 0 }
    }
}

/// Articles of both, scores added; both by place.
pub(super) fn intersect(a: &[Scored], b: &[Scored]) -> Vec<Scored> {
    let mut both = Vec::with_capacity(a.len().min(b.len()));
    let mut rest = b.iter().peekable();
    for a in a {
        while rest.next_if(|b| b.place < a.place).is_some() {}
        if let Some(b) = rest.next_if(|b| b.place == a.place) {
            both.push(sum(a, b));
        }
    }
    both
}

fn sum(a: &Scored, b: &Scored) -> Scored {
    Scored { place: a.place, score: a.score + b.score, titled: a.titled.saturating_add(b.titled) }
}

/// Articles of either, scores added; both by place.
pub(super) fn unite(a: &[Scored], b: &[Scored]) -> Vec<Scored> {
    let mut either = Vec::with_capacity(a.len() + b.len());
    let mut rest = b.iter().peekable();
    for a in a {
        while let Some(b) = rest.next_if(|b| b.place < a.place) {
            either.push(*b);
        }
        either.push(rest.next_if(|b| b.place == a.place).map_or(*a, |b| sum(a, b)));
    }
    either.extend(rest);
    either
}
