//! What lists, the reading pane and the entity panel ask for.

use std::collections::{HashMap, HashSet};

use super::{Error, Library, analysing, article, correction, entity};
use crate::model::{
    Analysis, Article, ArticleId, ArticleRow, Coverage, EntityCount, EntityKind, Filter, Gathering, View,
};

/// How many articles there are of a kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// All.
    pub articles: u32,
    /// Those of them that are not read.
    pub unread: u32,
}

impl Library {
    /// Articles in the library, without those that a newer version replaced.
    ///
    /// # Errors
    /// Where the library's file cannot be read.
    pub fn count(&self) -> Result<u32, Error> {
        self.read(article::count)
    }

    /// The articles of a view, in its order.
    ///
    /// # Errors
    /// Where the library's file cannot be read.
    pub fn ids(&self, view: &View) -> Result<Vec<ArticleId>, Error> {
        let view = View { gathering: Gathering::None, ..view.clone() };
        Ok(self.listing(&view, None, &|_| true)?.ids)
    }

    /// How many articles a filter lets through, without listing them.
    ///
    /// # Errors
    /// Where the library's file cannot be read.
    pub fn counts_of(&self, filter: &Filter) -> Result<Counts, Error> {
        let new_since = *self.new_since();
        let (articles, unread) = self.read(|tables| article::counts(tables, filter, new_since))?;
        Ok(Counts { articles, unread })
    }

    /// What a list shows of `ids`, in their order; unknown ones are left out.
    ///
    /// # Errors
    /// Where the library's file cannot be read.
    pub fn rows(&self, ids: &[ArticleId]) -> Result<Vec<ArticleRow>, Error> {
        self.read(|tables| article::rows(tables, ids))
    }

    /// One whole article.
    ///
    /// # Errors
    /// `NoArticle`; or where the library's file cannot be read.
    pub fn article(&self, id: ArticleId) -> Result<Article, Error> {
        self.read(|tables| {
            let Some(article) = article::load(tables, id)? else { return Ok(None) };
            Ok(Some(article::numbered(article, &article::versions(tables, id)?)))
        })?
        .ok_or(Error::NoArticle(id))
    }

    /// What an article says; made now where it was not yet.
    ///
    /// # Errors
    /// `NoArticle`; or where the library's file cannot be read.
    pub fn analysis(&self, id: ArticleId) -> Result<Analysis, Error> {
        if let Some(analysis) = self.read(|tables| entity::analysis(tables, id))? {
            return Ok(analysis);
        }
        let (corrected, article) =
            self.read(|tables| Ok((correction::newest(tables)?, article::load(tables, id)?)))?;
        let article = article.ok_or(Error::NoArticle(id))?;
        let analysis = analysing::analyse_one(&article.draft);
        // Only to save the work next time: reading goes on where the file cannot be written.
        let _ = self.with(|tables| {
            let one = tables.transaction()?;
            analysing::store(&one, &article, &analysis, corrected)?;
            one.commit()
        });
        Ok(analysis)
    }

    /// The entities of article `of`, by kind and most mentioned first, with flags which of `ids`
    /// mention them. Articles of `ids` that are not analysed yet count as not mentioning.
    ///
    /// A person whom one article names in full and another by surname only is the same, unless the
    /// article has several people of that surname: in articles on one event that holds.
    ///
    /// # Errors
    /// `NoArticle`; or where the library's file cannot be read.
    pub fn coverage(&self, ids: &[ArticleId], of: ArticleId) -> Result<Vec<Coverage>, Error> {
        self.analysis(of)?;
        let (entities, others) = self.read(|tables| {
            let others: Vec<Vec<EntityCount>> =
                ids.iter().map(|id| entity::of_article(tables, *id)).collect::<rusqlite::Result<_>>()?;
            Ok((entity::of_article(tables, of)?, others))
        })?;
        let named: Vec<Names<'_>> = others.iter().map(|list| Names::new(list)).collect();
        let own = Names::new(&entities);
        let flags = |entity: &EntityCount| named.iter().map(|n| n.have(entity, &own)).collect();
        let flags: Vec<Vec<bool>> = entities.iter().map(flags).collect();
        Ok(entities
            .into_iter()
            .zip(flags)
            .map(|(entity, mentioned)| Coverage { entity, mentioned })
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

/// The names of one article.
struct Names<'a> {
    all: HashSet<(EntityKind, &'a str)>,
    /// Full names of people by surname.
    people: HashMap<&'a str, Vec<&'a str>>,
}

impl<'a> Names<'a> {
    fn new(list: &'a [EntityCount]) -> Self {
        let mut people: HashMap<&str, Vec<&str>> = HashMap::new();
        for person in list.iter().filter(|e| e.kind == EntityKind::Person) {
            if let Some((_, surname)) = person.canonical.rsplit_once(' ') {
                people.entry(surname).or_default().push(&person.canonical);
            }
        }
        Self { all: list.iter().map(|e| (e.kind, e.canonical.as_str())).collect(), people }
    }

    /// Whether these mention `entity`, which stands among `own`.
    fn have(&self, entity: &EntityCount, own: &Names<'_>) -> bool {
        let name = entity.canonical.as_str();
        if self.all.contains(&(entity.kind, name)) {
            return true;
        }
        if entity.kind != EntityKind::Person {
            return false;
        }
        match name.rsplit_once(' ') {
            Some((_, surname)) => {
                own.people.get(surname).is_some_and(|p| p.len() == 1)
                    && self.all.contains(&(EntityKind::Person, surname))
            }
            None => self.people.get(name).is_some_and(|p| p.len() == 1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn people(names: &[&str]) -> Vec<EntityCount> {
        names
            .iter()
            .map(|n| EntityCount { canonical: (*n).to_owned(), kind: EntityKind::Person, mentions: 1 })
            .collect()
    }

    #[test]
    fn a_surname_stands_for_the_one_person_who_has_it() {
        for (own, others, expected) in [
            (&["Anna Beispiel"][..], &["Anna Beispiel"][..], true),
            (&["Anna Beispiel"], &["Beispiel"], true),
            (&["Beispiel"], &["Anna Beispiel"], true),
            (&["Anna Beispiel"], &["Otto Beispiel"], false),
            (&["Anna Beispiel", "Otto Beispiel"], &["Beispiel"], false),
            (&["Beispiel"], &["Anna Beispiel", "Otto Beispiel"], false),
            (&["Anna Beispiel"], &["Anna"], false),
        ] {
            let (own, others) = (people(own), people(others));
            assert_eq!(Names::new(&others).have(&own[0], &Names::new(&own)), expected, "{own:?} {others:?}");
        }
    }
}
