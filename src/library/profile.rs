//! Profiles of articles in and out of the tables.

use rusqlite::{Connection, Row, params};

use super::{article, columns, entity};
use crate::compare::Analysed;
use crate::compare::story::{Entry, FORM, Profile};
use crate::model::{Analysis, Article, ArticleId};

/// Stores the profile of an article; the analysis it was made with is to be stored before, because
/// a new analysis drops the old profile.
pub(super) fn store(tables: &Connection, id: ArticleId, profile: &Profile) -> rusqlite::Result<()> {
    tables
        .prepare_cached("INSERT OR REPLACE INTO profile (article, form, features) VALUES (?, ?, ?)")?
        .execute(params![id.0, FORM, profile.encode()])?;
    Ok(())
}

/// Up to `limit` articles that are to be grouped and have an analysis but no profile in the present
/// form, with that analysis.
pub(super) fn missing(tables: &Connection, limit: u32) -> rusqlite::Result<Vec<(Article, Analysis)>> {
    let ids: Vec<ArticleId> = tables
        .prepare_cached(
            "SELECT regroup.article FROM regroup JOIN article ON article.id = regroup.article
             JOIN analysis ON analysis.article = regroup.article AND analysis.form = ?
             WHERE replaced_by IS NULL
             AND NOT EXISTS (SELECT 1 FROM profile WHERE profile.article = regroup.article AND form = ?)
             LIMIT ?",
        )?
        .query_map(params![super::codec::FORM, FORM, limit], |r| r.get(0).map(ArticleId))?
        .collect::<rusqlite::Result<_>>()?;
    let mut list = Vec::with_capacity(ids.len());
    for id in ids {
        let Some(article) = article::load(tables, id)? else { continue };
        // An analysis that cannot be read says nothing; the article is grouped by its words.
        list.push((article, entity::analysis(tables, id)?.unwrap_or_default()));
    }
    Ok(list)
}

/// The profile of an article.
pub(super) fn of(article: &Article, analysis: &Analysis) -> Profile {
    Profile::of(&Analysed { draft: &article.draft, analysis })
}

/// The listed articles with a profile among those that `condition` picks, in an order of their own:
/// by day and text.
pub(super) fn entries(
    tables: &Connection,
    condition: &str,
    values: impl rusqlite::Params,
) -> rusqlite::Result<Vec<(ArticleId, Entry)>> {
    let mut query = tables.prepare_cached(&format!(
        "SELECT article.id, day, day_to, features FROM article JOIN profile ON profile.article = article.id
         WHERE replaced_by IS NULL AND form = {FORM} AND {condition} ORDER BY day, identity, article.id"
    ))?;
    query.query_map(values, entry)?.collect()
}

fn entry(row: &Row<'_>) -> rusqlite::Result<(ArticleId, Entry)> {
    let published =
        columns::to_published(row.get_ref(1)?.as_str_or_null()?, row.get_ref(2)?.as_str_or_null()?);
    let profile = Profile::decode(row.get_ref(3)?.as_blob()?).unwrap_or_default();
    Ok((ArticleId(row.get(0)?), Entry { profile, published }))
}
