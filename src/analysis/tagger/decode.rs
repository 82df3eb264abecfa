//! The best labels of a sentence (Viterbi), and how sure each is.

use super::label::{COUNT, Label};
use super::model::{Scores, Transitions};

/// Worse than any path.
const NEVER: i32 = i32::MIN / 4;

/// Room for the paths of a sentence; kept from one to the next.
#[derive(Clone, Debug, Default)]
pub struct Lattice {
    /// Best score of the paths that end here, by label.
    forward: Vec<[i32; COUNT]>,
    /// Best score of the paths that go on from here, by label, this word's own score left out.
    backward: Vec<[i32; COUNT]>,
    labels: Vec<(Label, i32, i32)>,
}

impl Lattice {
    /// Of each word: its label on the best path; by how much the best path with another label for
    /// it is worse; by how much the best path with it outside is better than the best one with it in
    /// a name.
    pub fn best(&mut self, scores: &[Scores], transitions: &Transitions) -> &[(Label, i32, i32)] {
        self.labels.clear();
        self.walk_forward(scores, transitions);
        self.walk_backward(scores, transitions);
        let mut before: Option<usize> = None;
        for ((forward, backward), word) in self.forward.iter().zip(&self.backward).zip(scores) {
            let whole = |label: usize| forward[label] + backward[label];
            // The best way on from the label before: of equal paths the labels stay one.
            let onward = |label: usize| {
                let way = before.map_or(transitions.first[label], |b| transitions.between[b][label]);
                way + word.of(label) + backward[label]
            };
            let best =
                (1..COUNT).fold(0, |best, label| if onward(label) > onward(best) { label } else { best });
            let others = |skip: usize| (0..COUNT).filter(|l| *l != skip).map(whole).max().unwrap_or(NEVER);
            self.labels.push((Label::new(best), whole(best) - others(best), whole(0) - others(0)));
            before = Some(best);
        }
        &self.labels
    }

    fn walk_forward(&mut self, scores: &[Scores], transitions: &Transitions) {
        self.forward.clear();
        for word in scores {
            let mut row = [NEVER; COUNT];
            for (label, place) in row.iter_mut().enumerate() {
                let best = match self.forward.last() {
                    None => transitions.first[label],
                    Some(before) => {
                        (0..COUNT).map(|b| before[b] + transitions.between[b][label]).max().unwrap_or(NEVER)
                    }
                };
                *place = best.max(NEVER) + word.of(label);
            }
            self.forward.push(row);
        }
    }

    fn walk_backward(&mut self, scores: &[Scores], transitions: &Transitions) {
        self.backward.clear();
        self.backward.resize(scores.len(), [0; COUNT]);
        for index in (1..scores.len()).rev() {
            let next: [i32; COUNT] =
                std::array::from_fn(|label| self.backward[index][label] + scores[index].of(label));
            for (label, place) in self.backward[index - 1].iter_mut().enumerate() {
                let best = (0..COUNT).map(|n| next[n] + transitions.between[label][n]).max();
                *place = best.unwrap_or(NEVER).max(NEVER);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Scores of a sentence, and of the labels' neighbourhoods.
    fn lattice_input() -> impl Strategy<Value = (Vec<Vec<i16>>, Vec<i16>)> {
        let scores = prop::collection::vec(prop::collection::vec(-300_i16..300, COUNT), 1..4);
        (scores, prop::collection::vec(-100_i16..100, (COUNT + 1) * COUNT))
    }

    fn total(labels: &[usize], scores: &[Scores], transitions: &Transitions) -> i32 {
        let mut sum = transitions.first[labels[0]];
        for pair in labels.windows(2) {
            sum += transitions.between[pair[0]][pair[1]];
        }
        sum + labels.iter().zip(scores).map(|(l, s)| s.of(*l)).sum::<i32>()
    }

    proptest! {
        #[test]
        fn the_best_path_is_the_best_of_all_paths((rows, weights) in lattice_input()) {
            let scores: Vec<Scores> = rows.iter().map(|r| Scores::from_slice(r)).collect();
            let transitions = Transitions::new(weights.iter().copied());
            let mut lattice = Lattice::default();
            let found: Vec<usize> =
                lattice.best(&scores, &transitions).iter().map(|(l, ..)| l.number()).collect();
            let mut best = i32::MIN;
            let mut open = vec![Vec::new()];
            while let Some(path) = open.pop() {
                if path.len() == scores.len() {
                    best = best.max(total(&path, &scores, &transitions));
                    continue;
                }
                for label in 0..COUNT {
                    let before = path.last().map_or(Label::OUTSIDE, |l| Label::new(*l));
                    if Label::new(label).may_follow(before) {
                        let mut longer = path.clone();
                        longer.push(label);
                        open.push(longer);
                    }
                }
            }
            prop_assert_eq!(total(&found, &scores, &transitions), best);
        }
    }
}
