//! How well a model finds names: exact words and kind.

use lesart::analysis::tagger::decode::Lattice;
use lesart::analysis::tagger::label::Label;
use lesart::analysis::tagger::model::{Model, Scores};
use lesart::model::EntityKind;

use crate::learn::Lesson;

/// The kinds that count, as they are reported.
const KINDS: [(&str, EntityKind); 3] =
    [("PER", EntityKind::Person), ("LOC", EntityKind::Place), ("ORG", EntityKind::Organisation)];

/// Right, found and wanted names.
#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    right: usize,
    found: usize,
    wanted: usize,
}

/// A line for each kind and one for all.
pub fn report(file: &[u8], tests: &[Lesson]) -> Vec<String> {
    let model = Model::new(file);
    let mut lattice = Lattice::default();
    let mut counts = [Counts::default(); KINDS.len()];
    for test in tests {
        let found = names(&tag(&model, &mut lattice, test));
        let wanted = names(&test.labels);
        for ((_, kind), counts) in KINDS.iter().zip(&mut counts) {
            let of_kind = |list: &[(usize, usize, EntityKind)]| list.iter().filter(|n| n.2 == *kind).count();
            counts.found += of_kind(&found);
            counts.wanted += of_kind(&wanted);
            counts.right += found.iter().filter(|n| n.2 == *kind && wanted.contains(n)).count();
        }
    }
    let all = counts.iter().fold(Counts::default(), |sum, c| Counts {
        right: sum.right + c.right,
        found: sum.found + c.found,
        wanted: sum.wanted + c.wanted,
    });
    let rows = KINDS.iter().map(|(name, _)| *name).zip(counts);
    rows.chain([("all", all)]).map(|(name, counts)| line(name, counts)).collect()
}

fn line(name: &str, counts: Counts) -> String {
    #[allow(clippy::cast_precision_loss, reason = "counts of some thousand names")]
    let share = |part: usize, whole: usize| 100.0 * part as f64 / whole.max(1) as f64;
    let Counts { right, found, wanted } = counts;
    let (precision, recall) = (share(right, found), share(right, wanted));
    let f1 = share(2 * right, found + wanted);
    format!(
        "{name}  P {precision:.1}  R {recall:.1}  F1 {f1:.2}  ({right} right, {found} found, {wanted} wanted)"
    )
}

fn tag(model: &Model<'_>, lattice: &mut Lattice, test: &Lesson) -> Vec<Label> {
    let scores: Vec<Scores> = test
        .attributes
        .iter()
        .map(|attributes| {
            let mut scores = Scores::default();
            for attribute in attributes {
                model.add(*attribute, &mut scores);
            }
            scores
        })
        .collect();
    lattice.best(&scores, &model.transitions).iter().map(|(label, ..)| *label).collect()
}

/// First piece, piece behind the last, and kind of each name.
fn names(labels: &[Label]) -> Vec<(usize, usize, EntityKind)> {
    let mut found: Vec<(usize, usize, EntityKind)> = Vec::new();
    let mut before = Label::OUTSIDE;
    for (index, label) in labels.iter().enumerate() {
        if let Some(kind) = label.kind() {
            match found.last_mut() {
                Some(name) if label.is_inside() && before.kind() == Some(kind) => name.1 = index + 1,
                _ => found.push((index, index + 1, kind)),
            }
        }
        before = *label;
    }
    found
}
