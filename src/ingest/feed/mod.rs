//! News feeds: RSS 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0, JSON Feed, as they are found on the web.
//!
//! An own lenient reader, since most of what is wrong with feeds leaves their articles readable: nothing that
//! has articles is refused. Takes bytes and fetches nothing. What an article's text says is clean, what
//! it links to is on the web.

mod channel;
mod charset;
mod day;
mod discover;
mod item;
mod json;
mod space;
mod text;
mod tree;
pub(super) mod xml;

use super::{Error, Hint, sniff};
use crate::model::Draft;

/// Largest feed, in bytes.
pub const LARGEST_FEED: usize = 16 << 20;

/// Most articles read of one feed.
const ARTICLES: usize = 5_000;

/// A feed with its articles.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FeedText {
    /// What it calls itself.
    pub title: Option<String>,
    /// The page that it belongs to, http(s).
    pub site: Option<String>,
    /// Minutes for which it calls itself fresh.
    pub ttl_minutes: Option<u32>,
    /// Its articles, in its order; entries without any word are left out.
    pub articles: Vec<Draft>,
    /// It has more articles, or more else in it, than is read of one feed: the rest is left out.
    pub is_cut: bool,
}

/// What a feed says of itself.
#[derive(Clone, Debug, Default)]
struct Channel {
    title: Option<String>,
    site: Option<String>,
    /// Where relative addresses count from.
    base: Option<String>,
    language: Option<String>,
    ttl_minutes: Option<u32>,
    author: Option<String>,
    /// Not all of the feed was read.
    is_cut: bool,
}

/// The feed in `bytes`.
///
/// Never panics; time grows linearly with the length of `bytes`; at most 5,000 articles are read, and
/// [`FeedText::is_cut`] tells where there are more.
///
/// # Errors
/// `Empty`, `TooLarge`, or `Unsupported` where it is none.
pub fn read_feed(bytes: &[u8], hint: &Hint) -> Result<FeedText, Error> {
    if bytes.trim_ascii().is_empty() {
        return Err(Error::Empty);
    }
    if bytes.len() > LARGEST_FEED {
        return Err(Error::TooLarge { bytes: bytes.len() });
    }
    if bytes.starts_with(sniff::EBCDIC_XML) {
        return Err(Error::Unsupported { kind: sniff::EBCDIC });
    }
    feed(&charset::decode(bytes, hint.charset), hint)
}

/// The feed in `text`.
///
/// # Errors
/// `Unsupported` where it is none.
pub(super) fn feed(text: &str, hint: &Hint) -> Result<FeedText, Error> {
    let start = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let found = if start.starts_with('{') { json::read(start, hint.url) } else { None };
    let found = found.or_else(|| channel::read(start, hint.url));
    let Some((channel, items)) = found else {
        return Err(Error::Unsupported { kind: "no news feed" });
    };
    let origin = hint.url.unwrap_or(hint.origin);
    let author = channel.author.as_ref().filter(|author| Some(*author) != channel.title.as_ref());
    let articles = items
        .into_iter()
        .filter_map(|mut one| {
            if one.authors.is_empty() {
                one.authors.extend(author.cloned());
            }
            item::draft(&one, &channel, origin)
        })
        .collect();
    let Channel { title, site, ttl_minutes, is_cut, .. } = channel;
    Ok(FeedText { title, site, ttl_minutes, articles, is_cut })
}

/// The addresses of the feeds that the page in `bytes` at `url` names; the likeliest first.
#[must_use]
pub fn feeds_of_page(bytes: &[u8], hint: &Hint) -> Vec<String> {
    discover::feeds(&charset::decode(bytes, hint.charset), hint.url.unwrap_or_default())
}

#[cfg(test)]
mod tests;
