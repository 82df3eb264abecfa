//! Subscriptions, and what came of asking for them.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Longest pause between two requests for a feed that a server may ask for, in seconds: a week.
pub const LONGEST_PAUSE_S: u64 = 7 * 24 * 3600;

/// Number of a feed in its library.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct FeedId(pub u32);

/// A subscription.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Feed {
    /// Which.
    pub id: FeedId,
    /// Where it is fetched.
    pub url: String,
    /// What the reader calls it, else what it calls itself, else its host.
    pub title: String,
    /// The page that it belongs to.
    pub site: Option<String>,
    /// Tags that its new articles get.
    pub tags: Vec<String>,
    /// What its server gave to tell one state of it from another.
    pub validators: Validators,
    /// When it was last read without trouble.
    pub fetched: Option<Timestamp>,
    /// It is not asked for before, unless by hand.
    pub next: Option<Timestamp>,
    /// Its server asked not to be asked before, by hand or not.
    pub wait: Option<Timestamp>,
    /// Why it could not be read the last time; what was read before is kept.
    pub trouble: Option<Trouble>,
    /// How many times in a row it could not be read.
    pub failures: u32,
    /// Its articles in the library.
    pub articles: u32,
    /// Of those, unread ones.
    pub unread: u32,
    /// Of those, added since the reader was here last.
    pub new: u32,
}

/// What a server gives to tell states of a document apart, letter by letter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Validators {
    /// Its `ETag`.
    pub etag: Option<String>,
    /// Its `Last-Modified`.
    pub modified: Option<String>,
}

/// A feed to subscribe to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NewFeed {
    /// Where it is fetched; http(s).
    pub url: String,
    /// What the reader calls it, where they said so.
    pub title: Option<String>,
    /// The page that it belongs to.
    pub site: Option<String>,
    /// Tags that its articles shall get.
    pub tags: Vec<String>,
}

/// A document from the web.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fetched {
    /// Where it was found in the end.
    pub url: String,
    /// Where it is to be asked for from now on, where that changed for good.
    pub moved: Option<String>,
    /// Its bytes, unpacked; `None` where it is the same as before.
    pub bytes: Option<Vec<u8>>,
    /// The character set that the server named.
    pub charset: Option<String>,
    /// For the next time.
    pub validators: Validators,
    /// Seconds for which the server calls it fresh.
    pub fresh_s: Option<u64>,
}

/// Why a document could not be had.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Missed {
    /// Why.
    pub trouble: Trouble,
    /// Seconds after which the server wants to be asked again.
    pub retry_s: Option<u64>,
}

/// What kept a feed or page from being read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Trouble {
    /// Not an http(s) address.
    Address,
    /// The host's name has letters beyond ASCII; it must be given as it is asked for (`xn--…`).
    HostLetters,
    /// No such host, or no network.
    NoHost,
    /// The host takes no connection.
    #[default]
    NoConnection,
    /// The host's certificate does not fit.
    Unsafe,
    /// It took too long.
    Slow,
    /// The connection broke off, or what came was not what was announced.
    Broken,
    /// Larger than the limit.
    TooLarge,
    /// Sent on too often or in a circle.
    Circle,
    /// Sent on to something that is not on the web.
    LedAway,
    /// Gone for good (410).
    Gone,
    /// The server asks to come back later (429, 503).
    Wait(u16),
    /// Any other answer.
    Status(u16),
    /// No feed, and no page that names one.
    NoFeed,
    /// No page with one article that is longer than what the library has of it.
    NoText,
}

/// Codes by which troubles are kept, without their numbers.
const CODES: [(Trouble, &str); 15] = [
    (Trouble::Address, "address"),
    (Trouble::HostLetters, "host-letters"),
    (Trouble::NoHost, "no-host"),
    (Trouble::NoConnection, "no-connection"),
    (Trouble::Unsafe, "unsafe"),
    (Trouble::Slow, "slow"),
    (Trouble::Broken, "broken"),
    (Trouble::TooLarge, "too-large"),
    (Trouble::Circle, "circle"),
    (Trouble::LedAway, "led-away"),
    (Trouble::Gone, "gone"),
    (Trouble::Wait(0), "wait"),
    (Trouble::Status(0), "status"),
    (Trouble::NoFeed, "no-feed"),
    (Trouble::NoText, "no-text"),
];

impl Trouble {
    /// A word by which it is kept; [`Trouble::from_code`] reads it.
    #[must_use]
    pub fn code(self) -> String {
        let plain = match self {
            Self::Wait(_) => Self::Wait(0),
            Self::Status(_) => Self::Status(0),
            other => other,
        };
        let word = CODES.iter().find(|(t, _)| *t == plain).map_or("status", |(_, word)| word);
        match self {
            Self::Wait(status) | Self::Status(status) => format!("{word} {status}"),
            _ => word.to_owned(),
        }
    }

    /// What [`Trouble::code`] wrote.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        let (word, status) = code.split_once(' ').unwrap_or((code, ""));
        let (trouble, _) = CODES.iter().find(|(_, w)| *w == word)?;
        let status = status.parse().unwrap_or(0);
        Some(match trouble {
            Self::Wait(_) => Self::Wait(status),
            Self::Status(_) => Self::Status(status),
            other => *other,
        })
    }
}

impl Feed {
    /// Whether it may be asked for at `now`. By hand the usual pause does not count, the server's wish
    /// does; a feed that is gone is asked for by hand only.
    ///
    /// A pause of more than [`LONGEST_PAUSE_S`] comes of a clock that was set back, and does not count.
    #[must_use]
    pub fn is_due(&self, now: Timestamp, by_hand: bool) -> bool {
        let is_over = |until: Option<Timestamp>| {
            let left_s = until.map_or(0, |until| until.as_second().saturating_sub(now.as_second()));
            !u64::try_from(left_s).is_ok_and(|left_s| (1..=LONGEST_PAUSE_S).contains(&left_s))
        };
        is_over(self.wait) && (by_hand || is_over(self.next) && self.trouble != Some(Trouble::Gone))
    }
}

/// What came of the answer to a request for a feed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// New articles.
    pub added: u32,
    /// Of those, new texts of known ones.
    pub updated: u32,
    /// The feed is the same as before.
    pub is_unchanged: bool,
    /// Why nothing could be read.
    pub trouble: Option<Trouble>,
}

/// How far a round of feeds is, and in the end what came of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FetchReport {
    /// Feeds to ask for.
    pub of: u32,
    /// Feeds that answered, well or not.
    pub done: u32,
    /// New articles.
    pub added: u32,
    /// Of those, new texts of known ones.
    pub updated: u32,
    /// Feeds that are the same as before.
    pub unchanged: u32,
    /// Feeds that were not asked for, since it is too early.
    pub early: u32,
    /// Feeds that could not be read, by title, and why.
    pub failed: Vec<(String, Trouble)>,
    /// The user stopped it; what came until then is kept.
    pub stopped: bool,
}

impl FetchReport {
    /// Those of `feeds` that may be asked for at `now`, and the report of a round that begins with them.
    #[must_use]
    pub fn begin(feeds: Vec<Feed>, now: Timestamp, by_hand: bool) -> (Vec<Feed>, Self) {
        let (due, early): (Vec<Feed>, Vec<Feed>) =
            feeds.into_iter().partition(|feed| feed.is_due(now, by_hand));
        let size = |feeds: &[Feed]| u32::try_from(feeds.len()).unwrap_or(u32::MAX);
        let report = Self { of: size(&due), early: size(&early), ..Self::default() };
        (due, report)
    }

    /// Counts what came of a feed's answer.
    pub fn note(&mut self, feed: &Feed, taken: &Taken) {
        self.done += 1;
        self.added += taken.added;
        self.updated += taken.updated;
        self.unchanged += u32::from(taken.is_unchanged);
        self.failed.extend(taken.trouble.map(|trouble| (feed.title.clone(), trouble)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn troubles_are_read_back_as_they_were_kept() {
        for (trouble, _) in CODES {
            let full = match trouble {
                Trouble::Wait(_) => Trouble::Wait(429),
                Trouble::Status(_) => Trouble::Status(500),
                other => other,
            };
            assert_eq!(Trouble::from_code(&full.code()), Some(full));
        }
        assert_eq!(Trouble::from_code("what"), None);
    }

    #[test]
    fn a_pause_is_kept_and_by_hand_only_the_servers_wish_counts() {
        let at = |s: i64| Timestamp::from_second(s).unwrap();
        let feed = Feed { next: Some(at(100)), ..Feed::default() };
        assert_eq!(
            (feed.is_due(at(99), false), feed.is_due(at(100), false), feed.is_due(at(0), true)),
            (false, true, true)
        );
        assert!(feed.is_due(at(-9_000_000), false), "the clock was set back");
        let asked = Feed { wait: Some(at(100)), ..Feed::default() };
        assert_eq!((asked.is_due(at(99), true), asked.is_due(at(100), true)), (false, true));
        let gone = Feed { trouble: Some(Trouble::Gone), ..Feed::default() };
        assert_eq!((gone.is_due(at(0), false), gone.is_due(at(0), true)), (false, true));
    }
}
