//! Everything the user has put into the library, in an open form: one JSON object a line.
//!
//! An import of these lines into an empty library makes the same library again: texts letter by
//! letter, older versions, marks, tags, notes, saved searches and settings of views. What the program
//! makes itself (analyses, stories, the index) is made anew.

use rusqlite::Connection;
use serde_json::{Value, json};

use super::{Error, Library, article, saved};
use crate::model::{Article, ArticleId, Leavings, Note};

/// Number of the form of these lines.
const FORM: u32 = 1;

impl Library {
    /// The articles to export for `found`, or for the whole library: with all older versions, in the
    /// order in which they were added.
    ///
    /// # Errors
    /// Where the library's file cannot be read.
    pub fn to_export(&self, found: Option<&[ArticleId]>) -> Result<Vec<ArticleId>, Error> {
        self.read(|tables| {
            let Some(found) = found else {
                return tables
                    .prepare("SELECT id FROM article ORDER BY id")?
                    .query_map([], |r| r.get(0).map(ArticleId))?
                    .collect();
            };
            let mut all = Vec::with_capacity(found.len());
            for id in found {
                with_older(tables, *id, &mut all)?;
            }
            all.sort_unstable();
            all.dedup();
            Ok(all)
        })
    }

    /// The first line: what the reader leaves beside articles.
    ///
    /// # Errors
    /// Where the library's file cannot be read.
    pub fn export_head(&self, articles: usize) -> Result<String, Error> {
        let Leavings { searches, history, settings, feeds } = self.read(saved::leavings)?;
        let settings: serde_json::Map<String, Value> =
            settings.into_iter().map(|(name, value)| (name, Value::String(value))).collect();
        let head = json!({
            "lesart_export": FORM, "articles": articles, "saved_searches": searches, "searched": history,
            "settings": settings, "feeds": feeds,
        });
        Ok(head.to_string())
    }

    /// The line of an article.
    ///
    /// # Errors
    /// `NoArticle`; or where the library's file cannot be read.
    pub fn export_line(&self, id: ArticleId) -> Result<String, Error> {
        let (article, replaces) = self.exported(id)?;
        Ok(line(&article, &replaces).to_string())
    }

    /// An article, and hashes of the texts that it is the next version of, in hexadecimal letters. Its
    /// number among all versions is not looked up: an import finds it anew.
    ///
    /// # Errors
    /// `NoArticle`; or where the library's file cannot be read.
    pub fn exported(&self, id: ArticleId) -> Result<(Article, Vec<String>), Error> {
        let (article, replaces) =
            self.read(|tables| Ok((article::load(tables, id)?, replaces(tables, id)?)))?;
        Ok((article.ok_or(Error::NoArticle(id))?, replaces))
    }
}

fn replaces(tables: &Connection, id: ArticleId) -> rusqlite::Result<Vec<String>> {
    tables
        .prepare_cached("SELECT hex(identity) FROM article WHERE replaced_by = ? ORDER BY id")?
        .query_map([id.0], |row| row.get(0))?
        .collect()
}

/// An article and all that it is a newer version of.
pub(super) fn with_older(
    tables: &Connection,
    id: ArticleId,
    all: &mut Vec<ArticleId>,
) -> rusqlite::Result<()> {
    let mut open = vec![id];
    while let Some(id) = open.pop() {
        all.push(id);
        let older = tables
            .prepare_cached("SELECT id FROM article WHERE replaced_by = ?1 AND id < ?1")?
            .query_map([id.0], |r| r.get(0).map(ArticleId))?
            .collect::<rusqlite::Result<Vec<_>>>()?;
        open.extend(older);
    }
    Ok(())
}

/// Names that other programs know stand beside what only this one reads. Corrected fields have the
/// correction, and what their source says stands in `stated`.
fn line(article: &Article, replaces: &[String]) -> Value {
    let draft = &article.draft;
    let (date, date_to) = super::columns::days(draft.published);
    let paragraphs: Vec<_> =
        draft.paragraphs.iter().map(|p| (p.span.start(), p.span.end(), p.kind)).collect();
    json!({
        "lesart_article": FORM,
        "number": article.id,
        "id": draft.key,
        "title": draft.title.text,
        "title_basis": draft.title.basis,
        "outlet": draft.source.label(),
        "source": {"name": draft.source.name, "domain": draft.source.domain, "basis": draft.source.basis},
        "url": draft.url,
        "date": date,
        "date_to": date_to,
        "authors": draft.authors,
        "agencies": draft.agencies,
        "language": draft.language,
        "kicker": draft.kicker,
        "lead": draft.lead,
        "text": draft.text,
        "paragraphs": paragraphs,
        "origin": draft.origin,
        "state": article.state,
        "tags": article.tags,
        "notes": article.notes.iter().map(note).collect::<Vec<_>>(),
        "replaces": replaces,
        "stated": article.corrected,
        "given": draft.given,
        "added": article.version.added,
    })
}

fn note(note: &Note) -> Value {
    json!({
        "start": note.span.map(crate::model::Span::start), "end": note.span.map(crate::model::Span::end),
        "words": note.words, "text": note.text, "made": note.made,
    })
}
