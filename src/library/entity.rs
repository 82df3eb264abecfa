//! Analyses, and who is mentioned where.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::{article, codec, columns, saved};
use crate::model::{Analysis, ArticleId, EntityCount, EntityKind};

/// The stored analysis; `None` where there is none in the form that this program writes.
pub(super) fn analysis(tables: &Connection, id: ArticleId) -> rusqlite::Result<Option<Analysis>> {
    let content: Option<Vec<u8>> = tables
        .prepare_cached("SELECT content FROM analysis WHERE article = ? AND form = ?")?
        .query_row(params![id.0, codec::FORM], |row| row.get(0))
        .optional()?;
    let Some(content) = content else { return Ok(None) };
    Ok(article::text(tables, id)?.and_then(|text| codec::decode(&content, &text)))
}

/// Whether there is an analysis in the present form.
pub(super) fn is_analysed(tables: &Connection, id: ArticleId) -> rusqlite::Result<bool> {
    tables
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM analysis WHERE article = ? AND form = ?)")?
        .query_row(params![id.0, codec::FORM], |r| r.get(0))
}

/// Listed articles after `known` without an analysis in the present form.
pub(super) fn without_analysis(tables: &Connection, known: ArticleId) -> rusqlite::Result<Vec<ArticleId>> {
    tables
        .prepare_cached(
            "SELECT id FROM article WHERE id > ? AND replaced_by IS NULL
             AND NOT EXISTS (SELECT 1 FROM analysis WHERE article = article.id AND form = ?) ORDER BY id",
        )?
        .query_map(params![known.0, codec::FORM], |r| r.get(0).map(ArticleId))?
        .collect()
}

/// Listed articles up to `known` that were corrected since they were analysed.
pub(super) fn corrected_without_analysis(
    tables: &Connection,
    known: ArticleId,
) -> rusqlite::Result<Vec<ArticleId>> {
    tables
        .prepare_cached(
            "SELECT DISTINCT article.id FROM reindex JOIN article ON article.id = reindex.article
             WHERE article.id <= ? AND replaced_by IS NULL
             AND NOT EXISTS (SELECT 1 FROM analysis WHERE article = article.id AND form = ?)",
        )?
        .query_map(params![known.0, codec::FORM], |r| r.get(0).map(ArticleId))?
        .collect()
}

/// The last article up to which all have an analysis in the present form.
pub(super) fn analysed_up_to(tables: &Connection) -> rusqlite::Result<ArticleId> {
    let known = saved::meta(tables, "analysed")?;
    let up_to = known.as_deref().and_then(|known| {
        let (form, id) = known.split_once(' ')?;
        (form == codec::FORM.to_string()).then(|| id.parse().ok())?
    });
    Ok(ArticleId(up_to.unwrap_or(0)))
}

/// Remembers that all articles up to `last` have an analysis in the present form.
pub(super) fn set_analysed(tables: &Connection, last: ArticleId) -> rusqlite::Result<()> {
    saved::set_meta(tables, "analysed", &format!("{} {}", codec::FORM, last.0))
}

/// Stores the analysis of an article with this text, and the counts of its mentions.
pub(super) fn store(
    tables: &Connection,
    id: ArticleId,
    text: &str,
    analysis: &Analysis,
) -> rusqlite::Result<()> {
    tables
        .prepare_cached("INSERT OR REPLACE INTO analysis (article, form, content) VALUES (?, ?, ?)")?
        .execute(params![id.0, codec::FORM, codec::encode(analysis, text)])?;
    tables.prepare_cached("DELETE FROM mention WHERE article = ?")?.execute([id.0])?;
    for (entity, count) in counts(analysis) {
        let entity = entity_id(tables, entity)?;
        tables
            .prepare_cached("INSERT INTO mention (entity, article, count) VALUES (?, ?, ?)")?
            .execute(params![entity, id.0, count])?;
    }
    Ok(())
}

/// Mentions of each entity that is mentioned, by kind and name.
fn counts(analysis: &Analysis) -> BTreeMap<(EntityKind, &str), u32> {
    let mut counts = BTreeMap::new();
    for mention in &analysis.mentions {
        if let Some(entity) = analysis.entities.get(mention.entity as usize) {
            *counts.entry((entity.kind, entity.canonical.as_str())).or_insert(0) += 1;
        }
    }
    counts
}

fn entity_id(tables: &Connection, (kind, canonical): (EntityKind, &str)) -> rusqlite::Result<i64> {
    let kind = columns::entity_kind(kind);
    let known = tables
        .prepare_cached("SELECT id FROM entity WHERE kind = ? AND canonical = ?")?
        .query_row([kind, canonical], |r| r.get(0))
        .optional()?;
    if let Some(id) = known {
        return Ok(id);
    }
    tables
        .prepare_cached("INSERT INTO entity (kind, canonical) VALUES (?, ?)")?
        .execute([kind, canonical])?;
    Ok(tables.last_insert_rowid())
}

/// Entities that `id` mentions with their mentions there: by kind, then most mentioned first.
pub(super) fn of_article(tables: &Connection, id: ArticleId) -> rusqlite::Result<Vec<EntityCount>> {
    let mut list: Vec<EntityCount> = tables
        .prepare_cached(
            "SELECT kind, canonical, count FROM mention JOIN entity ON entity.id = entity
             WHERE article = ? ORDER BY entity.id",
        )?
        .query_map([id.0], counted)?
        .collect::<rusqlite::Result<_>>()?;
    list.sort_by_key(|e| (e.kind, std::cmp::Reverse(e.mentions)));
    Ok(list)
}

fn counted(row: &Row<'_>) -> rusqlite::Result<EntityCount> {
    let kind = columns::to_entity_kind(row.get_ref(0)?.as_str()?);
    Ok(EntityCount { kind, canonical: row.get(1)?, mentions: row.get(2)? })
}
