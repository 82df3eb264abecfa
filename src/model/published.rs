use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// When an article appeared, and how that is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Published {
    /// Nothing is known; nothing is invented.
    #[default]
    Unknown,
    /// The source states the day.
    Day(Date),
    /// Inferred, between both days inclusive; shown with `~`, never as a fact.
    Estimated {
        /// Earliest day.
        from: Date,
        /// Latest day.
        to: Date,
    },
}

impl Published {
    /// The day to sort and count by: the stated one, else the earliest estimated.
    #[must_use]
    pub fn day(self) -> Option<Date> {
        match self {
            Self::Unknown => None,
            Self::Day(day) => Some(day),
            Self::Estimated { from, .. } => Some(from),
        }
    }

    /// The day, where the source states it.
    #[must_use]
    pub fn stated(self) -> Option<Date> {
        match self {
            Self::Day(day) => Some(day),
            Self::Unknown | Self::Estimated { .. } => None,
        }
    }
}
