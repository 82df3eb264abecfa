//! Finds rows that only moved up or down, so that the terminal can move them itself.
//!
//! Terminals move whole rows only, which pays where a text fills the width; beside other panes
//! the rows differ and nothing is found.

use std::fmt::Write as _;
use std::hash::{BuildHasher, BuildHasherDefault, Hasher};

use ratatui::buffer::{Buffer, Cell};

/// Fewest rows worth moving; below that, writing them anew costs about as much.
const ROWS_MIN: usize = 5;

/// Farthest move looked for: a page is written faster than looked for.
const STEPS_MAX: usize = 6;

/// Rows that move together.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Shift {
    /// First row that changes.
    top: usize,
    /// Row behind the last that changes.
    bottom: usize,
    /// Rows the text moves up; down if negative.
    up: isize,
}

/// Rows are told apart by hashes of their cells at each frame; the standard hasher, which withstands
/// those who seek collisions, takes three times as long as drawing.
type State = BuildHasherDefault<Mixer>;

#[derive(Default)]
struct Mixer(u64);

impl Hasher for Mixer {
    fn write(&mut self, bytes: &[u8]) {
        for part in bytes.chunks(8) {
            let mut word = [0; 8];
            word[..part.len()].copy_from_slice(part);
            self.write_u64(u64::from_le_bytes(word) ^ part.len() as u64);
        }
    }

    fn write_u8(&mut self, n: u8) {
        self.write_u64(n.into());
    }

    fn write_u16(&mut self, n: u16) {
        self.write_u64(n.into());
    }

    fn write_isize(&mut self, n: isize) {
        self.write_u64(i64::try_from(n).unwrap_or_default().cast_unsigned());
    }

    fn write_u64(&mut self, n: u64) {
        // Steele and Vigna's multiplier; the turn brings high bits to where the next word meets them.
        self.0 = (self.0.rotate_left(23) ^ n).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }

    fn finish(&self) -> u64 {
        self.0 ^ self.0 >> 32
    }
}

/// The move that saves most, if one saves enough.
pub fn find(shown: &Buffer, next: &Buffer) -> Option<Shift> {
    if shown.area != next.area {
        return None;
    }
    let state = State::default();
    let (before, after) = (hashes(shown, &state), hashes(next, &state));
    if before == after {
        return None;
    }
    let blank = state.hash_one(row(&Buffer::empty(shown.area), 0));
    let steps = (1..=STEPS_MAX.min(before.len() / 2)).filter_map(|n| isize::try_from(n).ok());
    steps
        .flat_map(|n| [n, -n])
        .filter_map(|up| longest_run(&before, &after, up, blank))
        .max_by_key(|(rows, _)| *rows)
        .map(|(_, shift)| shift)
}

/// The longest run of rows that stand `up` rows higher than before, with the count of those that
/// are not blank and did not stay the same anyway.
fn longest_run(before: &[u64], after: &[u64], up: isize, blank: u64) -> Option<(usize, Shift)> {
    let mut best: Option<(usize, Shift)> = None;
    let mut start = 0;
    let mut gained = 0;
    for at in 0..=after.len() {
        let from = at.checked_add_signed(up).and_then(|from| before.get(from));
        if at < after.len() && from == after.get(at) {
            gained += usize::from(after[at] != blank && before[at] != after[at]);
            continue;
        }
        if gained >= ROWS_MIN && best.is_none_or(|(rows, _)| gained > rows) {
            // The rows that move, and those they move over.
            let (top, bottom) = match usize::try_from(up) {
                Ok(up) => (start, at + up),
                Err(_) => (start - up.unsigned_abs(), at),
            };
            best = Some((gained, Shift { top, bottom, up }));
        }
        (start, gained) = (at + 1, 0);
    }
    best
}

impl Shift {
    /// Writes what makes a terminal move the rows; the rows left behind are blank.
    pub fn write(self, text: &mut String) {
        let (count, command) = (self.up.unsigned_abs(), if self.up > 0 { 'S' } else { 'T' });
        let _ = write!(text, "\x1b[{};{}r\x1b[{count}{command}\x1b[r", self.top + 1, self.bottom);
    }

    /// Moves the rows in `buffer` as the terminal does.
    pub fn apply(self, buffer: &mut Buffer) {
        let width = usize::from(buffer.area.width);
        let count = self.up.unsigned_abs() * width;
        let Some(rows) = buffer.content.get_mut(self.top * width..self.bottom * width) else { return };
        if self.up > 0 {
            rows.rotate_left(count);
            rows.iter_mut().rev().take(count).for_each(Cell::reset);
        } else {
            rows.rotate_right(count);
            rows.iter_mut().take(count).for_each(Cell::reset);
        }
    }
}

fn row(buffer: &Buffer, y: usize) -> &[Cell] {
    let width = usize::from(buffer.area.width);
    buffer.content.get(y * width..(y + 1) * width).unwrap_or_default()
}

fn hashes(buffer: &Buffer, state: &State) -> Vec<u64> {
    (0..usize::from(buffer.area.height)).map(|y| state.hash_one(row(buffer, y))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn buffer(lines: &[&str]) -> Buffer {
        Buffer::with_lines(lines.to_vec())
    }

    const TEXT: [&str; 9] = ["head", "a", "b", "c", "d", "e", "f", "g", "foot"];

    #[test]
    fn a_text_between_head_and_foot_moves_up() {
        let (shown, next) = (buffer(&TEXT), buffer(&["head", "b", "c", "d", "e", "f", "g", "h", "foot"]));
        let shift = find(&shown, &next).unwrap();
        assert_eq!(shift, Shift { top: 1, bottom: 8, up: 1 });
        let mut moved = shown.clone();
        shift.apply(&mut moved);
        assert_eq!(moved, buffer(&["head", "b", "c", "d", "e", "f", "g", "", "foot"]));
        let mut text = String::new();
        shift.write(&mut text);
        assert_eq!(text, "\x1b[2;8r\x1b[1S\x1b[r");
    }

    #[test]
    fn a_text_moves_down() {
        let (shown, next) = (buffer(&TEXT), buffer(&["head", "y", "z", "a", "b", "c", "d", "e", "foot"]));
        let shift = find(&shown, &next).unwrap();
        assert_eq!(shift, Shift { top: 1, bottom: 8, up: -2 });
        let mut moved = shown.clone();
        shift.apply(&mut moved);
        assert_eq!(moved, buffer(&["head", "", "", "a", "b", "c", "d", "e", "foot"]));
    }

    #[test]
    fn what_stays_or_is_blank_is_no_reason_to_move() {
        let blank = buffer(&["", "", "", "", "", "", "", "", "a"]);
        assert_eq!(find(&blank, &buffer(&["", "", "", "", "", "", "", "", "b"])), None);
        let same = buffer(&["x"; 9]);
        assert_eq!(find(&same, &buffer(&["x", "x", "x", "x", "x", "x", "x", "x", "y"])), None);
        assert_eq!(find(&buffer(&TEXT), &buffer(&TEXT)), None);
        assert_eq!(find(&buffer(&TEXT), &buffer(&["a"])), None, "another size");
    }
}
