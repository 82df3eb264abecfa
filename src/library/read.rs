//! What lists, the reading pane and the entity panel ask for.

use std::collections::HashSet;

use super::{Error, Library, article, entity, intake};
use crate::model::{
    Analysis, Article, ArticleId, ArticleRow, Coverage, EntityCount, EntityKind, Filter, View,
};

impl Library {
    /// Articles in the library, without those that a newer version replaced.
    ///
    /// # Errors
    /// Where the library's file cannot be read.
    pub fn count(&self) -> Result<u32, Error> {
        self.with(|tables| article::count(tables))
    }

    /// The articles of a view, in its order.
    ///
    /// # Errors
    /// Where the library's file cannot be read.
    pub fn ids(&self, view: &View) -> Result<Vec<ArticleId>, Error> {
        self.with(|tables| article::ids(tables, view))
    }

    /// What a list shows of `ids`, in their order; unknown ones are left out.
    ///
    /// # Errors
    /// Where the library's file cannot be read.
    pub fn rows(&self, ids: &[ArticleId]) -> Result<Vec<ArticleRow>, Error> {
        self.with(|tables| article::rows(tables, ids))
    }

    /// One whole article.
    ///
    /// # Errors
    /// `NoArticle`; or where the library's file cannot be read.
    pub fn article(&self, id: ArticleId) -> Result<Article, Error> {
        self.with(|tables| article::load(tables, id))?.ok_or(Error::NoArticle(id))
    }

    /// What an article says; made now where it was not yet.
    ///
    /// # Errors
    /// `NoArticle`; or where the library's file cannot be read.
    pub fn analysis(&self, id: ArticleId) -> Result<Analysis, Error> {
        if let Some(analysis) = self.with(|tables| entity::analysis(tables, id))? {
            return Ok(analysis);
        }
        let article = self.article(id)?;
        let analysis = intake::analyse_one(&article.draft);
        // Only to save the work next time: reading goes on where the file cannot be written.
        let _ = self.with(|tables| {
            let one = tables.transaction()?;
            entity::store(&one, id, &analysis)?;
            one.commit()
        });
        Ok(analysis)
    }

    /// The entities of article `of`, by kind and most mentioned first, with flags which of `ids`
    /// mention them. Articles of `ids` that are not analysed yet count as not mentioning.
    ///
    /// # Errors
    /// `NoArticle`; or where the library's file cannot be read.
    pub fn coverage(&self, ids: &[ArticleId], of: ArticleId) -> Result<Vec<Coverage>, Error> {
        self.analysis(of)?;
        let (entities, others) = self.with(|tables| {
            let others: Vec<Vec<EntityCount>> =
                ids.iter().map(|id| entity::of_article(tables, *id)).collect::<rusqlite::Result<_>>()?;
            Ok((entity::of_article(tables, of)?, others))
        })?;
        let named: Vec<HashSet<(EntityKind, &str)>> =
            others.iter().map(|list| list.iter().map(|e| (e.kind, e.canonical.as_str())).collect()).collect();
        Ok(entities
            .into_iter()
            .map(|entity| Coverage {
                mentioned: named
                    .iter()
                    .map(|n| n.contains(&(entity.kind, entity.canonical.as_str())))
                    .collect(),
                entity,
            })
            .collect())
    }

    /// All articles that mention an entity, newest first.
    ///
    /// # Errors
    /// Where the library's file cannot be read.
    pub fn articles_of(&self, kind: EntityKind, canonical: &str) -> Result<Vec<ArticleId>, Error> {
        let filter = Filter::Entity { kind, canonical: canonical.to_owned() };
        self.ids(&View { filter, ..View::default() })
    }
}
