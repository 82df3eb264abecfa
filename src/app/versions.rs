//! What changed from one version of an article to the next.

use super::reader::Reader;
use super::values::VersionPair;
use super::words_details;
use crate::model::{Analysis, Article, ArticleId, Locale, Version};

/// Two versions as one text, and where one is in it.
#[derive(Clone, Debug, Default)]
pub struct Versions {
    /// The text with its changes lit; `n` and `N` go among them.
    pub reader: Reader,
    article: ArticleId,
    newer: Version,
}

impl Versions {
    /// Shows a pair, at its first change.
    pub fn show(&mut self, article: ArticleId, pair: VersionPair, locale: Locale) {
        self.article = article;
        self.newer = pair.newer;
        let heading = words_details::compared(pair.older, pair.newer, pair.removed, pair.added, locale);
        let shown = Article { id: article, draft: pair.draft, ..Article::default() };
        self.reader.clear();
        self.reader.heading = Some(heading);
        self.reader.show(Box::new(shown), Box::<Analysis>::default(), locale);
        self.reader.set_edits(pair.edits, pair.places);
    }

    /// The article whose versions are shown.
    #[must_use]
    pub fn article(&self) -> ArticleId {
        self.article
    }

    /// The newer one of the versions shown.
    #[must_use]
    pub fn newer(&self) -> Version {
        self.newer
    }

    /// The number of the newer version of the pair `steps` on; `None` where there is no such pair.
    #[must_use]
    pub fn beside(&self, steps: i32) -> Option<u32> {
        let next = self.newer.number.checked_add_signed(steps)?;
        (2..=self.newer.of).contains(&next).then_some(next)
    }
}
