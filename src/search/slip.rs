//! How likely one word is a slip of another.
//!
//! The usual edits cost 1; those that hands and ears make cost less: doubled letters, neighbours on
//! a German or English keyboard, swapped neighbours, and letters that transliterations disagree on
//! (y/i, w/v, u/o, sch/sh, k/c, …).

/// Cost of a likely slip.
const CHEAP: f32 = 0.5;
/// Cost of swapping two neighbours.
const SWAP: f32 = 0.7;
/// Cost of hitting a neighbouring key.
const NEIGHBOUR: f32 = 0.75;

/// Letters that names and their transliterations disagree on.
const ALIKE: &[(char, char)] = &[
    ('y', 'i'),
    ('j', 'i'),
    ('j', 'y'),
    ('w', 'v'),
    ('v', 'f'),
    ('u', 'o'),
    ('k', 'c'),
    ('z', 's'),
    ('e', 'a'),
    ('d', 't'),
    ('g', 'k'),
    ('b', 'p'),
    ('q', 'k'),
    ('e', 'i'),
];

/// Letters that come and go beside another one, as in sch/sh, th/t, ck/k, ie/i, zh/z.
const SILENT: &[(char, char)] = &[
    ('c', 'h'),
    ('s', 'c'),
    ('t', 'h'),
    ('c', 'k'),
    ('i', 'e'),
    ('z', 'h'),
    ('k', 'h'),
    ('g', 'h'),
    ('d', 't'),
    ('r', 'h'),
];

/// Rows of letters on the keyboards; y and z change places between German and English ones.
const ROWS: [&str; 3] = ["qwertzuiop", "asdfghjkl", "yxcvbnm"];

/// The cheapest way of making `typed` into `meant`, both folded; 0 for the same word.
pub(super) fn cost(typed: &str, meant: &str) -> f32 {
    let a: Vec<char> = typed.chars().collect();
    let b: Vec<char> = meant.chars().collect();
    let width = b.len() + 1;
    let mut table = vec![0.0_f32; (a.len() + 1) * width];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            let mut best = if i == 0 && j == 0 { 0.0 } else { f32::INFINITY };
            if i > 0 {
                best = best.min(table[(i - 1) * width + j] + lone(&a, i - 1));
            }
            if j > 0 {
                best = best.min(table[i * width + j - 1] + lone(&b, j - 1));
            }
            if i > 0 && j > 0 {
                best = best.min(table[(i - 1) * width + j - 1] + other(a[i - 1], b[j - 1]));
            }
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(table[(i - 2) * width + j - 2] + SWAP);
            }
            table[i * width + j] = best;
        }
    }
    table.last().copied().unwrap_or(0.0)
}

/// Cost of the letter at `at` being in one word only.
fn lone(word: &[char], at: usize) -> f32 {
    let letter = word[at];
    let beside = [at.checked_sub(1), Some(at + 1)].map(|n| n.and_then(|n| word.get(n)).copied());
    let likely = beside.iter().flatten().any(|&next| next == letter || pair(SILENT, letter, next));
    if likely { CHEAP } else { 1.0 }
}

/// Cost of one letter for another.
fn other(typed: char, meant: char) -> f32 {
    if typed == meant {
        0.0
    } else if pair(ALIKE, typed, meant) {
        CHEAP
    } else if are_neighbours(typed, meant) {
        NEIGHBOUR
    } else {
        1.0
    }
}

fn pair(pairs: &[(char, char)], a: char, b: char) -> bool {
    pairs.contains(&(a, b)) || pairs.contains(&(b, a))
}

fn are_neighbours(a: char, b: char) -> bool {
    let place = |c: char| {
        ROWS.iter()
            .zip(0_i32..)
            .find_map(|(row, y)| row.chars().zip(0_i32..).find(|(k, _)| *k == c).map(|(_, x)| (x, y)))
    };
    // The second row lies half a key to the right of the first, the third half a key more.
    let (Some((ax, ay)), Some((bx, by))) = (place(a), place(b)) else { return false };
    let across = bx - ax;
    match by - ay {
        0 => across.abs() == 1,
        1 => across == 0 || across == -1,
        -1 => across == 0 || across == 1,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn likely_slips_cost_less() {
        assert!(cost("kerri", "kerry") < cost("kerrx", "kerry"));
        assert!(cost("petrov", "petrow") < cost("petrok", "petrow"));
        assert!(cost("shiller", "schiller") < cost("sciller", "schiler") + 0.6);
        assert!(cost("kommision", "kommission") < cost("kommissin", "kommission"));
        assert!(cost("hauz", "haus") < cost("haub", "haus"));
        assert!(cost("nachriht", "nachricht") < cost("nachrxcht", "nachricht"));
        assert!(cost("haus", "haus").abs() < f32::EPSILON);
    }
}
