//! The form of the library's file, which the numbered steps of [`super::steps`] lead to.
//!
#![doc = include_str!("../../assets/library.md")]

use rusqlite::{Connection, Transaction};

use super::steps::{STEPS, Step};
#[cfg(test)]
use super::{article, packing, storing};

/// Marks the file as ours among SQLite files ("lsrt").
const APPLICATION: i64 = 0x6c73_7274;

/// What stands between a file and the newest form.
pub(super) enum Standing {
    /// It has the newest form, or now has.
    Ready,
    /// A later program wrote it.
    Newer(i64),
    /// It holds something else.
    Foreign,
    /// An earlier program wrote it, and it has not been brought on.
    Older,
}

/// The statements that make the newest form: what the steps come to. A new library is made by
/// them, in a third of the steps' time; the same library, as a test proves.
pub(super) const STATEMENTS: &str = include_str!("schema.sql");

/// The newest form.
pub(super) fn newest() -> i64 {
    i64::try_from(STEPS.len()).expect("there are few steps")
}

/// What stands between the file and the newest form, without touching it.
pub(super) fn standing(connection: &Connection) -> rusqlite::Result<Standing> {
    let found = version(connection)?;
    if found > newest() {
        return Ok(Standing::Newer(found));
    }
    let application: i64 = connection.query_row("PRAGMA application_id", [], |r| r.get(0))?;
    if application != APPLICATION && (application != 0 || found != 0 || has_tables(connection)?) {
        return Ok(Standing::Foreign);
    }
    Ok(if found == newest() { Standing::Ready } else { Standing::Older })
}

/// Brings the file to the newest form, each step whole or not at all; leaves files alone that a
/// later program or another one wrote.
pub(super) fn upgrade(connection: &mut Connection) -> rusqlite::Result<Standing> {
    let standing = standing(connection)?;
    if !matches!(standing, Standing::Older) {
        return Ok(standing);
    }
    // Immediate: of two programs that start at once, one waits and then finds nothing to do.
    let steps = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    let taken = usize::try_from(version(&steps)?).unwrap_or_default();
    if taken == 0 {
        steps.execute_batch(STATEMENTS)?;
        // The one row that the steps leave in a new file.
        steps.execute("INSERT INTO tally VALUES (0)", [])?;
    } else {
        take(&steps, taken)?;
    }
    finish(steps)?;
    give_back(connection);
    Ok(Standing::Ready)
}

/// Takes the steps after the first `taken`.
fn take(tables: &Connection, taken: usize) -> rusqlite::Result<()> {
    for step in STEPS.iter().skip(taken) {
        match step {
            Step::Sql(statements) => tables.execute_batch(statements)?,
            Step::Code(work) => work(tables)?,
        }
    }
    Ok(())
}

/// Gives the room that steps have freed back to the disk. Not a step: where there is no room to do
/// so the file stays as it is, and later articles fill it.
fn give_back(connection: &Connection) {
    let count =
        |what| connection.query_row(&format!("PRAGMA {what}"), [], |r| r.get::<_, i64>(0)).unwrap_or(0);
    if count("freelist_count") * 4 > count("page_count") {
        let _ = connection.execute_batch("VACUUM");
    }
}

fn finish(steps: Transaction<'_>) -> rusqlite::Result<()> {
    steps.pragma_update(None, "application_id", APPLICATION)?;
    steps.pragma_update(None, "user_version", newest())?;
    steps.commit()
}

fn version(connection: &Connection) -> rusqlite::Result<i64> {
    connection.query_row("PRAGMA user_version", [], |r| r.get(0))
}

fn has_tables(connection: &Connection) -> rusqlite::Result<bool> {
    connection.query_row("SELECT EXISTS (SELECT 1 FROM sqlite_schema)", [], |r| r.get(0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{
        ArticleId, Basis, Draft, Language, Paragraph, ParagraphKind, Published, Source, Span, Title,
    };

    /// Tables of the first form, as its program made them.
    fn first_form() -> Connection {
        let tables = Connection::open_in_memory().unwrap();
        let Step::Sql(first) = STEPS[0] else { panic!("the first step is made of statements") };
        tables.execute_batch(first).unwrap();
        tables.pragma_update(None, "application_id", APPLICATION).unwrap();
        tables.pragma_update(None, "user_version", 1).unwrap();
        tables
    }

    fn add(
        tables: &Connection,
        number: u32,
        text: &str,
        paragraphs: &str,
        lead: Option<&str>,
        url: Option<&str>,
    ) {
        tables
            .execute(
                "INSERT INTO article VALUES (?, 'Titel', 'stated', 1, 'stated', '2020-02-03', NULL, 1, 'de', ?, ?, NULL)",
                (number, url.map(|u| u.trim_start_matches("https://")), text.as_bytes()),
            )
            .unwrap();
        tables
            .execute(
                "INSERT INTO body VALUES (?, ?, ?, NULL, ?, ?, '[\"A\"]', '[]', 'a.txt', 'k')",
                (number, text, paragraphs, lead, url),
            )
            .unwrap();
    }

    #[test]
    fn a_file_of_the_first_form_keeps_everything() {
        let mut tables = first_form();
        tables.execute("INSERT INTO source VALUES (1, 'Blatt', 'blatt.example')", []).unwrap();
        let text = "Titel\n\nKurz gesagt.\n\nDer Rat hat beraten.\n\nEnde.";
        let regular = r#"[[0,5,"title"],[7,19,"lead"],[21,41,"body"],[43,48,"body"]]"#;
        add(&tables, 1, text, regular, Some("Kurz gesagt."), Some("https://blatt.example/rat"));
        add(&tables, 2, text, r#"[[0,5,"title"],[21,48,"body"]]"#, Some("Anders."), None);
        add(&tables, 3, text, regular, None, None);
        tables.execute("INSERT INTO state VALUES (1, 1, 1, 7)", []).unwrap();
        assert!(matches!(upgrade(&mut tables), Ok(Standing::Ready)));
        assert!(matches!(standing(&tables), Ok(Standing::Ready)));

        let span = |a, b| Span::new(text, a..b).unwrap();
        let paragraph = |a, b, kind| Paragraph { span: span(a, b), kind };
        let draft = Draft {
            origin: "a.txt".to_owned(),
            key: Some("k".to_owned()),
            title: Title { text: "Titel".to_owned(), basis: Basis::Stated },
            lead: Some("Kurz gesagt.".to_owned()),
            source: Source {
                name: Some("Blatt".to_owned()),
                domain: Some("blatt.example".to_owned()),
                basis: Basis::Stated,
            },
            url: Some("https://blatt.example/rat".to_owned()),
            published: Published::Day(jiff::civil::date(2020, 2, 3)),
            authors: vec!["A".to_owned()],
            language: Language::German,
            text: text.to_owned(),
            paragraphs: vec![
                paragraph(0, 5, ParagraphKind::Title),
                paragraph(7, 19, ParagraphKind::Lead),
                paragraph(21, 41, ParagraphKind::Body),
                paragraph(43, 48, ParagraphKind::Body),
            ],
            ..Draft::default()
        };
        let load = |id| article::load(&tables, ArticleId(id)).unwrap().unwrap();
        let first = load(1);
        assert_eq!(first.draft, draft);
        assert!(first.state.read && first.state.starred && first.state.place == 7);
        let second = load(2).draft;
        assert_eq!((second.lead.as_deref(), second.paragraphs.len(), second.url), (Some("Anders."), 2, None));
        let third = load(3).draft;
        assert_eq!((third.lead, third.paragraphs), (None, draft.paragraphs.clone()));
        let same = storing::insert(&tables, &draft).unwrap();
        assert!(
            matches!(same, storing::Stored::Added(_) | storing::Stored::Updated(_)),
            "its hash was made up"
        );
        assert_eq!(load(4).draft, draft);
    }

    /// What stands in the file, statement by statement.
    fn form(tables: &Connection) -> String {
        let list: Vec<String> = tables
            .prepare("SELECT sql || ';' FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite%' ORDER BY rowid")
            .unwrap()
            .query_map([], |r| r.get(0))
            .unwrap()
            .collect::<rusqlite::Result<_>>()
            .unwrap();
        list.join("\n") + "\n"
    }

    #[test]
    fn a_new_library_has_the_form_that_the_steps_lead_to() {
        let stepwise = Connection::open_in_memory().unwrap();
        take(&stepwise, 0).unwrap();
        let mut new = Connection::open_in_memory().unwrap();
        upgrade(&mut new).unwrap();
        assert_eq!(form(&new), form(&stepwise), "after a new step, schema.sql holds what is on the right");
        assert_eq!(form(&new), STATEMENTS, "schema.sql is written as SQLite keeps it");
    }

    #[test]
    fn articles_are_counted_as_they_come_are_replaced_and_go() {
        let mut tables = first_form();
        tables.execute("INSERT INTO source VALUES (1, '', '')", []).unwrap();
        add(&tables, 1, "Ein Text.", "[]", None, None);
        add(&tables, 2, "Ein anderer Text.", "[]", None, None);
        upgrade(&mut tables).unwrap();
        let counted = || {
            let all: u32 = tables
                .query_row("SELECT count(*) FROM article WHERE replaced_by IS NULL", [], |r| r.get(0))
                .unwrap();
            assert_eq!(article::count(&tables).unwrap(), all);
            all
        };
        assert_eq!(counted(), 2);
        let draft = |text: &str| Draft { text: text.to_owned(), ..Draft::default() };
        storing::insert(&tables, &draft("Noch ein Text.")).unwrap();
        assert_eq!(counted(), 3);
        tables.execute("UPDATE article SET replaced_by = 3 WHERE id = 1", []).unwrap();
        assert_eq!(counted(), 2);
        tables.execute("UPDATE article SET replaced_by = NULL WHERE id = 1", []).unwrap();
        assert_eq!(counted(), 3);
        tables.execute("UPDATE article SET replaced_by = 3 WHERE id = 1", []).unwrap();
        for (id, left) in [(1, 2), (2, 1)] {
            tables.execute("DELETE FROM body WHERE article = ?", [id]).unwrap();
            tables.execute("DELETE FROM article WHERE id = ?", [id]).unwrap();
            assert_eq!(counted(), left);
        }
    }

    #[test]
    fn a_step_that_fails_leaves_the_earlier_form() {
        let mut tables = first_form();
        tables.execute("INSERT INTO source VALUES (1, '', '')", []).unwrap();
        add(&tables, 1, "Ein Text.", "[]", None, None);
        // What the last step makes is in the way.
        tables.execute_batch("CREATE TABLE dictionary (a)").unwrap();
        assert!(upgrade(&mut tables).is_err());
        assert_eq!(version(&tables).unwrap(), 1);
        let text: String = tables.query_row("SELECT text FROM body", [], |r| r.get(0)).unwrap();
        assert_eq!(text, "Ein Text.");
        assert!(tables.query_row("SELECT 1 FROM tag", [], |_| Ok(())).is_err(), "no step was kept");
    }

    #[test]
    fn a_large_file_learns_its_dictionary_on_the_way() {
        let mut tables = first_form();
        tables.execute("INSERT INTO source VALUES (1, '', '')", []).unwrap();
        let text = |n: u32| {
            let words =
                ["Rat", "Stadt", "Haushalt", "Brücke", "Schule", "Montag", "Sprecherin", "Euro", "Bau"];
            let pick = |k: u32| words[((n * 31 + k * 17 + n * k) % 9) as usize];
            (0..60)
                .map(|k| format!("Der {} von {} hat {} beraten", pick(k), pick(k + n), n * k))
                .collect::<Vec<_>>()
                .join(". ")
        };
        for n in 1..=packing::ENOUGH + 5 {
            add(&tables, n, &text(n), "[]", None, None);
        }
        upgrade(&mut tables).unwrap();
        let dictionaries: i64 =
            tables.query_row("SELECT count(*) FROM dictionary", [], |r| r.get(0)).unwrap();
        assert_eq!(dictionaries, 2, "kept twice");
        for n in 1..=packing::ENOUGH + 5 {
            assert_eq!(article::text(&tables, ArticleId(n)).unwrap(), Some(text(n)));
        }
    }
}
