//! The file of the model: the attributes that matter most, in bytes.

use lesart::analysis::tagger::label::COUNT;
use lesart::analysis::tagger::model::{HEADER, ROW, ROWS, place};

use crate::learn::{Lessons, Weights};

/// Buckets of four attributes: just below a million bytes.
const BUCKETS: usize = 15_600;

/// The file as `analysis::tagger::model` reads it. A bucket that overflows keeps the attributes with
/// the largest weights.
pub fn model(lessons: &Lessons, weights: &Weights) -> Vec<u8> {
    let size = |row: &[f32; COUNT]| row.iter().map(|w| w * w).sum::<f32>();
    let mut order: Vec<usize> = (0..lessons.attributes.len()).collect();
    order.sort_by(|a, b| {
        let (a, b) = (&weights.attributes[*a], &weights.attributes[*b]);
        size(b).total_cmp(&size(a))
    });
    let mut buckets: Vec<Vec<(u16, usize)>> = vec![Vec::new(); BUCKETS];
    for number in order.into_iter().filter(|n| size(&weights.attributes[*n]) > 0.0) {
        let (bucket, mark) = place(lessons.attributes[number], BUCKETS);
        let rows = &mut buckets[bucket];
        if rows.len() < ROWS && rows.iter().all(|(m, _)| *m != mark) {
            rows.push((mark, number));
        }
    }
    let kept = || buckets.iter().flatten().flat_map(|(_, number)| weights.attributes[*number]);
    let scale = scale(kept());
    let mut file = b"LTG1".to_vec();
    file.extend(u32::try_from(BUCKETS).unwrap_or(0).to_le_bytes());
    let start = weights.transitions.last().into_iter();
    for weight in start.chain(weights.transitions.iter().take(COUNT)).flatten() {
        file.extend(rounded::<i16>(weight * scale, 4000.0).to_le_bytes());
    }
    file.resize(HEADER, 0);
    for bucket in &buckets {
        for slot in 0..ROWS {
            let mut row = [0; ROW];
            if let Some((mark, number)) = bucket.get(slot) {
                for (place, weight) in row.iter_mut().zip(weights.attributes[*number]) {
                    *place = rounded::<i8>(weight * scale, 127.0).cast_unsigned();
                }
                row[ROW - 2..].copy_from_slice(&mark.to_le_bytes());
            }
            file.extend(row);
        }
    }
    file
}

/// What weights are multiplied with, so that the largest fits into a byte. Cutting off one in ten
/// thousand for finer steps lost two points: those few are what is surest.
fn scale(weights: impl Iterator<Item = f32>) -> f32 {
    let largest = weights.fold(0.0, |largest: f32, w| largest.max(w.abs()));
    if largest > 0.0 { 127.0 / largest } else { 1.0 }
}

/// `weight` as a whole number from -`most` to `most`.
#[allow(clippy::cast_possible_truncation, reason = "it is cut to the range before")]
fn rounded<T: TryFrom<i64> + Default>(weight: f32, most: f32) -> T {
    T::try_from(weight.round().clamp(-most, most) as i64).unwrap_or_default()
}
