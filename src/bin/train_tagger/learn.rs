//! Training: an averaged structured perceptron (Collins 2002), several times in different orders.
//!
//! Weights are summed over the runs; the sum errs less than any of them.

use std::collections::HashMap;
use std::thread;

use lesart::analysis::tagger::features::{self, JOINT, NEAR, Surroundings, Traits, Word};
use lesart::analysis::tagger::label::{COUNT, Label};

use crate::data::{Piece, Sentence};

/// Times that a run goes through the sentences.
const ROUNDS: usize = 8;

/// Runs.
const RUNS: u64 = 4;

/// A sentence as attributes.
#[derive(Clone, Debug)]
pub struct Lesson {
    /// Attributes of each piece.
    pub attributes: Vec<Vec<u64>>,
    /// What each piece is.
    pub labels: Vec<Label>,
}

impl Lesson {
    /// The attributes of `sentence`, put together as the tagger does.
    pub fn new(sentence: &Sentence) -> Self {
        let traits: Vec<Traits> = sentence.iter().map(|(piece, _)| traits_of(piece)).collect();
        let edge = features::traits(features::Piece::Edge);
        let at = |place: Option<usize>| place.and_then(|p| traits.get(p)).unwrap_or(&edge);
        let mut surroundings = Surroundings::default();
        let mut attributes = Vec::with_capacity(traits.len());
        for (index, here) in traits.iter().enumerate() {
            let mut all = here.here.clone();
            for (place, distance) in NEAR.iter().enumerate() {
                let other = at(index.checked_add_signed(*distance));
                all.extend(other.near.iter().map(|a| features::near(*a, place)));
            }
            for distance in features::FAR {
                all.extend(at(index.checked_sub(distance)).far.iter().map(|a| features::far(*a, 0)));
                all.extend(at(Some(index + distance)).far.iter().map(|a| features::far(*a, 1)));
            }
            let keys = |place: Option<usize>| &at(place).keys;
            let window = [
                keys(index.checked_sub(2)),
                keys(index.checked_sub(1)),
                &here.keys,
                keys(Some(index + 1)),
                keys(Some(index + 2)),
            ];
            surroundings.meet(here.keys.mark);
            let joint: [u64; JOINT] = features::joint(window, surroundings.place(index, traits.len()));
            all.extend(joint);
            attributes.push(all);
        }
        Self { attributes, labels: sentence.iter().map(|(_, label)| *label).collect() }
    }
}

fn traits_of(piece: &Piece) -> Traits {
    features::traits(match piece {
        Piece::Word(word) => features::Piece::Word(Word::german(word)),
        Piece::Mark(mark) => features::Piece::Mark(mark),
        Piece::Hidden(case) => features::Piece::Hidden(*case),
    })
}

/// Sentences with numbers for attributes.
#[derive(Debug)]
pub struct Lessons {
    /// The attributes that stand in the data twice or more, by number.
    pub attributes: Vec<u64>,
    rows: Vec<Vec<Vec<u32>>>,
    labels: Vec<Vec<Label>>,
}

impl Lessons {
    /// The lessons of `sentences`. Attributes that are seen once only are left out.
    pub fn new(sentences: &[Sentence]) -> Self {
        let lessons: Vec<Lesson> = sentences.iter().map(Lesson::new).collect();
        let mut counts: HashMap<u64, u32> = HashMap::new();
        for attribute in lessons.iter().flat_map(|l| l.attributes.iter().flatten()) {
            *counts.entry(*attribute).or_default() += 1;
        }
        let mut attributes: Vec<u64> = counts.iter().filter(|(_, n)| **n > 1).map(|(a, _)| *a).collect();
        attributes.sort_unstable();
        let numbers: HashMap<u64, u32> = (0..).zip(&attributes).map(|(n, a)| (*a, n)).collect();
        let number = |attribute: &u64| numbers.get(attribute).copied();
        let rows = lessons
            .iter()
            .map(|l| l.attributes.iter().map(|a| a.iter().filter_map(number).collect()).collect())
            .collect();
        let labels = lessons.into_iter().map(|l| l.labels).collect();
        Self { attributes, rows, labels }
    }
}

/// Weights of attributes, and of labels behind each other (the last row: at the start).
#[derive(Clone, Debug)]
pub struct Weights {
    /// By number of the attribute.
    pub attributes: Vec<[f32; COUNT]>,
    /// By label before and label.
    pub transitions: [[f32; COUNT]; COUNT + 1],
}

impl Weights {
    fn new(count: usize) -> Self {
        Self { attributes: vec![[0.0; COUNT]; count], transitions: [[0.0; COUNT]; COUNT + 1] }
    }

    fn add(&mut self, other: &Self, factor: f32) {
        let mine = self.attributes.iter_mut().chain(&mut self.transitions);
        let theirs = other.attributes.iter().chain(&other.transitions);
        for (row, more) in mine.zip(theirs) {
            for (weight, value) in row.iter_mut().zip(more) {
                *weight += factor * value;
            }
        }
    }
}

/// The summed weights of all runs.
pub fn train(lessons: &Lessons) -> Weights {
    let mut sum = Weights::new(lessons.attributes.len());
    for pair in (1..=RUNS).collect::<Vec<u64>>().chunks(2) {
        thread::scope(|scope| {
            let runs: Vec<_> = pair.iter().map(|seed| scope.spawn(|| run(lessons, *seed))).collect();
            for run in runs {
                sum.add(&run.join().expect("a run has nothing to fall over"), 1.0);
            }
        });
    }
    sum
}

/// Averaged weights after [`ROUNDS`] in an order that `seed` makes.
fn run(lessons: &Lessons, seed: u64) -> Weights {
    let count = lessons.attributes.len();
    let mut order: Vec<usize> = (0..lessons.rows.len()).collect();
    let mut random = Random(seed * 7919 + 13);
    let mut weights = Weights::new(count);
    // What the weights of the time before each change add to the average.
    let mut late = Weights::new(count);
    let mut time = 1.0_f32;
    for _ in 0..ROUNDS {
        random.shuffle(&mut order);
        for index in &order {
            let (rows, labels) = (&lessons.rows[*index], &lessons.labels[*index]);
            let found = best(rows, &weights);
            if found != *labels {
                correct(rows, labels, &found, &mut weights, 1.0);
                correct(rows, labels, &found, &mut late, time);
            }
            time += 1.0;
        }
    }
    weights.add(&late, -1.0 / time);
    weights
}

/// Moves `weights` by `step` towards `labels` and away from `found`.
fn correct(rows: &[Vec<u32>], labels: &[Label], found: &[Label], weights: &mut Weights, step: f32) {
    let mut before = (COUNT, COUNT);
    for ((row, label), wrong) in rows.iter().zip(labels).zip(found) {
        let (label, wrong) = (label.number(), wrong.number());
        if label != wrong {
            for attribute in row {
                let row = &mut weights.attributes[*attribute as usize];
                row[label] += step;
                row[wrong] -= step;
            }
        }
        weights.transitions[before.0][label] += step;
        weights.transitions[before.1][wrong] -= step;
        before = (label, wrong);
    }
}

/// The best labels under `weights` (Viterbi).
fn best(rows: &[Vec<u32>], weights: &Weights) -> Vec<Label> {
    let mut ways: Vec<[u8; COUNT]> = Vec::with_capacity(rows.len());
    let mut scores = [f32::MIN / 2.0; COUNT];
    for (index, row) in rows.iter().enumerate() {
        let mut own = [0.0; COUNT];
        for attribute in row {
            for (sum, weight) in own.iter_mut().zip(weights.attributes[*attribute as usize]) {
                *sum += weight;
            }
        }
        let mut next = [f32::MIN / 2.0; COUNT];
        let mut way = [0; COUNT];
        for label in 0..COUNT {
            let is_open = |before: usize| Label::new(label).may_follow(Label::new(before));
            if index == 0 {
                if is_open(0) {
                    next[label] = weights.transitions[COUNT][label] + own[label];
                }
                continue;
            }
            for before in (0..COUNT).filter(|b| is_open(*b)) {
                let score = scores[before] + weights.transitions[before][label] + own[label];
                if score > next[label] {
                    next[label] = score;
                    way[label] = u8::try_from(before).unwrap_or(0);
                }
            }
        }
        scores = next;
        ways.push(way);
    }
    let mut label = (1..COUNT).fold(0, |best, l| if scores[l] > scores[best] { l } else { best });
    let mut labels = vec![Label::OUTSIDE; rows.len()];
    for (place, way) in labels.iter_mut().zip(&ways).rev() {
        *place = Label::new(label);
        label = usize::from(way[label]);
    }
    labels
}

/// Numbers that look like chance and are the same each time (Marsaglia 2003, xorshift).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn shuffle(&mut self, order: &mut [usize]) {
        for last in (1..order.len()).rev() {
            let other = usize::try_from(self.next() % (last as u64 + 1)).unwrap_or(0);
            order.swap(last, other);
        }
    }
}
