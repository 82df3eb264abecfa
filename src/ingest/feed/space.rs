//! The vocabularies that feeds are written in.

/// The vocabulary that an element's name belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Space {
    /// RSS, Atom, RDF, and names without any.
    Core,
    /// Dublin Core and its terms.
    Dublin,
    /// RSS's content module.
    Content,
    /// Media RSS.
    Media,
    /// Podcasts.
    Itunes,
    /// XHTML.
    Xhtml,
    /// Any other.
    Other,
}

impl Space {
    /// The vocabulary that an address names; `None` for one that is not known.
    pub fn of_address(address: &str) -> Option<Self> {
        let address = address.to_ascii_lowercase();
        let has = |part: &str| address.contains(part);
        Some(if has("rss/1.0/modules/content") {
            Self::Content
        } else if has("purl.org/dc/") {
            Self::Dublin
        } else if has("yahoo.com/mrss") {
            Self::Media
        } else if has("itunes") || has("example.com/dtds/podcast") {
            Self::Itunes
        } else if has("1999/xhtml") {
            Self::Xhtml
        } else if has("2005/atom")
            || has("purl.org/atom")
            || has("purl.org/net/rss1.1")
            || has("userland.com/rss")
            || has("law.harvard.edu/rss")
            || has("backend.userland")
            || has("22-rdf-syntax-ns")
            || has("netscape.com/rdf")
            || has("netscape.com/publish")
            || address.trim_end_matches('/').ends_with("purl.org/rss/1.0")
        {
            Self::Core
        } else {
            return None;
        })
    }

    /// What a prefix that nobody declared stands for.
    pub fn of_prefix(prefix: &str) -> Self {
        match prefix.to_ascii_lowercase().as_str() {
            "content" => Self::Content,
            "dc" | "dcterms" => Self::Dublin,
            "media" => Self::Media,
            "itunes" => Self::Itunes,
            "xhtml" | "html" | "h" => Self::Xhtml,
            "atom" | "atom10" | "atom03" | "a10" | "rss" | "rdf" => Self::Core,
            _ => Self::Other,
        }
    }
}
