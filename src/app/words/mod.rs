//! What the program says, in both languages of its interface: fixed words, and phrases with numbers
//! and names.

mod fixed;
mod phrases;

pub use fixed::{Word, word};
pub use phrases::{
    Counted, all_read, chosen, count, difference, field, grouped, import_beside, imported, importing,
    library_made, marked, measure, outside, read_counts, refusal, story_of,
};
