//! The reader's notes on passages.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::{article, passage, saved};
use crate::model::{ArticleId, Note, NoteId, Span};

/// A note with its article.
pub(super) fn get(tables: &Connection, id: NoteId) -> rusqlite::Result<Option<(ArticleId, Note)>> {
    let row: Option<(u32, Raw)> = tables
        .prepare_cached("SELECT article, id, first, last, words, text, made FROM note WHERE id = ?")?
        .query_row([id.0], |row| Ok((row.get(0)?, raw(row, 1)?)))
        .optional()?;
    let Some((of, raw)) = row else { return Ok(None) };
    let of = ArticleId(of);
    let text = article::text(tables, of)?.unwrap_or_default();
    Ok(Some((of, raw.on(&text))))
}

/// The notes of an article whose text is `text`, by place; those without one last.
pub(super) fn of(tables: &Connection, article: ArticleId, text: &str) -> rusqlite::Result<Vec<Note>> {
    tables
        .prepare_cached(
            "SELECT id, first, last, words, text, made FROM note
             WHERE article = ? ORDER BY first IS NULL, first, id",
        )?
        .query_map([article.0], |row| Ok(raw(row, 0)?.on(text)))?
        .collect()
}

/// Keeps a note, a new one where its number is 0 or unknown; as it was kept. Its passage is looked
/// up by its words where they do not stand where it says.
pub(super) fn put(tables: &Connection, article: ArticleId, note: Note) -> rusqlite::Result<Note> {
    let text = article::text(tables, article)?.unwrap_or_default();
    let span = passage::place(&text, &note.words, note.span);
    let words = match span {
        Some(span) if note.words.is_empty() => span.of(&text).to_owned(),
        _ => note.words,
    };
    let made = note.made.map_or_else(saved::now, |made| format!("{made:.3}"));
    let (first, last) = bounds(span);
    let id = (note.id != NoteId::default()).then_some(note.id.0);
    tables
        .prepare_cached(
            "INSERT OR REPLACE INTO note (id, article, first, last, words, text, made)
             VALUES (?, ?, ?, ?, ?, ?, ?)",
        )?
        .execute(params![id, article.0, first, last, words, note.text, made])?;
    let id = NoteId(u32::try_from(tables.last_insert_rowid()).unwrap_or(u32::MAX));
    Ok(Note { id, span, words, text: note.text, made: made.parse().ok() })
}

/// Takes a note away.
pub(super) fn drop(tables: &Connection, id: NoteId) -> rusqlite::Result<()> {
    tables.prepare_cached("DELETE FROM note WHERE id = ?")?.execute([id.0])?;
    Ok(())
}

/// Gives the notes of an article to its newer version; a passage that this does not have any more
/// keeps its words and has no place.
pub(super) fn hand_over(tables: &Connection, older: i64, newer: i64) -> rusqlite::Result<()> {
    let number = |id| ArticleId(u32::try_from(id).unwrap_or(u32::MAX));
    let was = article::text(tables, number(older))?.unwrap_or_default();
    let notes = of(tables, number(older), &was)?;
    if notes.is_empty() {
        return Ok(());
    }
    let text = article::text(tables, number(newer))?.unwrap_or_default();
    for note in notes {
        let near = note.span.map_or(0.0, |span| passage::share(span.start(), &was));
        let (first, last) = bounds(passage::find(&text, &note.words, near));
        tables
            .prepare_cached("UPDATE note SET article = ?, first = ?, last = ? WHERE id = ?")?
            .execute(params![newer, first, last, note.id.0])?;
    }
    Ok(())
}

fn bounds(span: Option<Span>) -> (Option<u32>, Option<u32>) {
    let byte = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    (span.map(|s| byte(s.start())), span.map(|s| byte(s.end())))
}

/// A note before its place is believed.
struct Raw {
    note: Note,
    place: Option<(u32, u32)>,
}

impl Raw {
    fn on(self, text: &str) -> Note {
        let span = self.place.and_then(|(first, last)| Span::new(text, first as usize..last as usize));
        Note { span, ..self.note }
    }
}

fn raw(row: &Row<'_>, at: usize) -> rusqlite::Result<Raw> {
    let made: Option<Timestamp> = row.get_ref(at + 5)?.as_str()?.parse().ok();
    let note =
        Note { id: NoteId(row.get(at)?), span: None, words: row.get(at + 3)?, text: row.get(at + 4)?, made };
    Ok(Raw { note, place: row.get::<_, Option<u32>>(at + 1)?.zip(row.get(at + 2)?) })
}
