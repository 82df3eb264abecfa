//! Which articles tell the same story.
//!
//! Dates decide first: by words alone an article on another meeting of the same people a year
//! earlier is as near as one on the same meeting. An article without a date joins only on strong
//! evidence. [`gate`] serves a comparison, [`group`] the library; neither depends on the order of
//! its articles.

mod evidence;
mod gate;
mod group;
mod profile;
mod space;

pub use gate::{Gate, gate};
pub use group::{Entry, Grouping, bound, group, group_entries};
pub use profile::{FORM, Profile};

use super::Analysed;

/// Whether two articles report the same event: near in time and alike, or, where one has no date,
/// bound by names and by a quotation, a number or a dated event.
#[must_use]
pub fn same_event(a: &Analysed<'_>, b: &Analysed<'_>) -> bool {
    gate(&[*a, *b]).outside.is_empty()
}
