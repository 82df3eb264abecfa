//! The whole text of an article of which a feed gives a part, as read from the article's page.

use super::{Error, Library, article, change, storing};
use crate::ingest::{Hint, read_with};
use crate::model::{ArticleId, Draft, Fetched, Published};

impl Library {
    /// Stores the whole text of an article that has only a part of it, as read from its page, where it is
    /// longer than what the library has: the number of this newest version. The older text stays as an
    /// older version.
    ///
    /// # Errors
    /// `NoArticle`; or where the library's file cannot be written.
    pub fn take_whole(&self, id: ArticleId, page: &Fetched) -> Result<Option<ArticleId>, Error> {
        let part = self.article(id)?.draft;
        let Some(whole) = whole_of(page, &part).filter(|whole| whole.text.len() > part.text.len()) else {
            return Ok(None);
        };
        self.persist()?;
        self.with(|tables| {
            let step = tables.transaction()?;
            // Another process, or an earlier request, may have stored a newer version meanwhile.
            let newest = change::newest_version(&step, id)?.unwrap_or(id);
            let known = article::load(&step, newest)?.map(|article| article.stated());
            let Some(known) = known.filter(|known| whole.text.len() > known.text.len()) else {
                return Ok(None);
            };
            let stored = storing::insert_version(&step, &completed(whole, known), newest)?;
            step.commit()?;
            Ok(Some(stored))
        })
    }
}

/// The one article on a page; `None` where there is none, or more than one.
fn whole_of(page: &Fetched, part: &Draft) -> Option<Draft> {
    let hint = Hint {
        origin: &part.origin,
        url: Some(&page.url),
        charset: page.charset.as_deref(),
        ..Hint::default()
    };
    let (mut drafts, _) = read_with(page.bytes.as_deref()?, &hint);
    drafts.pop().filter(|_| drafts.is_empty())
}

/// What was read of an article's page, with what is known of the article where the page does not say it.
fn completed(whole: Draft, known: Draft) -> Draft {
    Draft {
        published: if whole.published == Published::Unknown { known.published } else { whole.published },
        source: if whole.source.label().is_none() { known.source } else { whole.source },
        authors: if whole.authors.is_empty() { known.authors } else { whole.authors },
        // By the feed's address and key for it the article is known again, and by an origin that is its own
        // address, that the page was read.
        origin: known.url.clone().unwrap_or(known.origin),
        url: known.url,
        key: known.key,
        ..whole
    }
}
