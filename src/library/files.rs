//! Files and folders of the user: which to read, and their articles. Never writes.

use std::fs::{self, File};
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::beside::{Beside, Folders, is_beside};
use super::parts::{
    Content, LIMIT_BYTES, Part, has_lines, has_rows, is_passed_over, parts_of_stream, reason,
};
use super::{archive, foreign};
use crate::ingest::{self, Given, Hint};
use crate::model::{Draft, Refusal, RefusalReason};

/// A file to read.
#[derive(Debug)]
pub(super) struct Found {
    /// Where it lies.
    pub path: PathBuf,
    /// Its size; 0 where that is not known.
    pub bytes: u64,
    /// What the user says of it.
    pub beside: Option<Arc<Beside>>,
}

/// The files at `paths`: folders with all below them, sorted by name, hidden ones left out; links
/// to folders inside a folder are not followed, so no walk is endless.
pub(super) fn find(paths: &[PathBuf]) -> (Vec<Found>, Vec<Refusal>) {
    find_given(paths, &Given::default())
}

/// The same, with what the user says of all of them.
pub(super) fn find_given(paths: &[PathBuf], flags: &Given) -> (Vec<Found>, Vec<Refusal>) {
    let (mut found, mut refused) = (Vec::new(), Vec::new());
    let mut folders = Folders::new(flags);
    for path in paths {
        let (mut files, mut root) = (Vec::new(), path.as_path());
        match fs::metadata(path) {
            Ok(meta) if meta.is_dir() => {
                let before = refused.len();
                walk(path, &mut files, &mut refused);
                if files.is_empty() && refused.len() == before {
                    refused.push(refusal(path, RefusalReason::NoFiles));
                }
            }
            // A pattern of names (`texts/*`) stands for these too.
            Ok(_) if is_beside(path, Path::is_file) => {}
            // Everything else is judged when it is read, in one place.
            _ => {
                files.push(path.clone());
                root = path.parent().unwrap_or(path);
            }
        }
        found.extend(files.into_iter().map(|path| Found {
            bytes: fs::metadata(&path).ok().filter(fs::Metadata::is_file).map_or(0, |meta| meta.len()),
            beside: folders.beside(&path, root, &mut refused),
            path,
        }));
    }
    (found, refused)
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>, refused: &mut Vec<Refusal>) {
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) => {
                refused.push(refusal(&folder, reason(&folder, &error)));
                continue;
            }
        };
        let mut names: Vec<PathBuf> = entries.flatten().map(|e| e.path()).collect();
        names.retain(|p| p.file_name().is_some_and(|n| !n.as_encoded_bytes().starts_with(b".")));
        names.sort();
        let (folders, below): (Vec<_>, Vec<_>) =
            names.into_iter().partition(|p| fs::symlink_metadata(p).is_ok_and(|m| m.is_dir()));
        let is_link_to_folder = |p: &Path| p.is_symlink() && p.is_dir();
        let is_there = |p: &Path| below.binary_search_by(|b| b.as_path().cmp(p)).is_ok();
        let is_read = |p: &&PathBuf| !is_passed_over(p) && !is_link_to_folder(p) && !is_beside(p, is_there);
        files.extend(below.iter().filter(is_read).cloned());
        open.extend(folders.into_iter().rev());
    }
}

/// Hands the articles of a file to `take`, in order and in parts, until it says no.
///
/// Returns what gave no article: the file as a whole, or lines of it.
pub(super) fn read(found: &Found, take: &mut dyn FnMut(Vec<Draft>) -> bool) -> Vec<Refusal> {
    let (path, mut refused) = (&found.path, Vec::new());
    let whole = parts(path, &mut |part| {
        let (list, more) = drafts_of(Part { beside: found.beside.clone(), ..part });
        refused.extend(more);
        list.is_empty() || take(list)
    });
    if let Err(reason) = whole {
        refused.push(refusal(path, reason));
    }
    refused
}

/// Hands a file to `take` in parts of whole articles, in order, until it says no.
pub(super) fn parts(path: &Path, take: &mut dyn FnMut(Part) -> bool) -> Result<(), RefusalReason> {
    let failed = |error: &io::Error| reason(path, error);
    let meta = fs::metadata(path).map_err(|e| failed(&e))?;
    if meta.is_dir() {
        return Err(RefusalReason::NoFiles);
    }
    // Opening a pipe would wait for ever.
    if !meta.is_file() {
        return Err(RefusalReason::NotAFile);
    }
    let mut file = File::open(path).map_err(|e| failed(&e))?;
    let origin = path.to_string_lossy();
    let mut start = Vec::with_capacity(archive::LOOKED_AT);
    (&mut file).take(archive::LOOKED_AT as u64).read_to_end(&mut start).map_err(|e| failed(&e))?;
    let kind = archive::kind(&start);
    if kind != archive::Kind::Plain {
        return archive::Unpack::new(meta.len(), take).file(file, kind, &origin);
    }
    if start.starts_with(foreign::MAGIC) {
        return foreign::records(path, &mut |records| {
            let content = Content::Records(records);
            take(Part { origin: origin.clone().into_owned(), content, lines: 0, read_bytes: 0, beside: None })
        });
    }
    if meta.len() > LIMIT_BYTES && !has_lines(&origin) && !has_rows(&origin) {
        return Err(RefusalReason::TooLarge { bytes: meta.len(), limit_bytes: LIMIT_BYTES });
    }
    let mut stream = BufReader::with_capacity(64 << 10, io::Cursor::new(start).chain(file));
    parts_of_stream(&mut stream, &origin, take)
}

/// The articles in a part, and what of it gave none.
pub(super) fn drafts_of(part: Part) -> (Vec<Draft>, Vec<Refusal>) {
    match part.content {
        Content::Bytes(bytes) => drafts(&bytes, &part.origin, part.lines, part.beside.as_deref()),
        Content::Records(records) => drafts_of_records(records, &hint(&part.origin, part.beside.as_deref())),
        Content::Refused(reason) => (Vec::new(), vec![Refusal { origin: part.origin, reason }]),
    }
}

/// What is known of a file beside its content.
fn hint<'a>(origin: &'a str, beside: Option<&'a Beside>) -> Hint<'a> {
    Hint {
        origin,
        flags: beside.and_then(|b| b.flags.as_deref()),
        stated: beside.and_then(|b| b.stated.as_ref()),
        folder: beside.and_then(|b| b.folder.as_ref()),
        ..Hint::default()
    }
}

/// The articles in fields, and those without a text.
fn drafts_of_records(records: Vec<ingest::Record>, hint: &Hint) -> (Vec<Draft>, Vec<Refusal>) {
    let (mut drafts, mut refused) = (Vec::new(), Vec::new());
    for record in records {
        let name = if record.key.is_empty() { record.title.clone() } else { record.key.clone() };
        match record.draft(hint.origin) {
            Ok(mut draft) => {
                hint.hear(&mut draft);
                drafts.push(draft);
            }
            Err(error) => {
                let origin = format!("{}: {name}", hint.origin);
                refused.push(Refusal { origin, reason: reason_of(error) });
            }
        }
    }
    (drafts, refused)
}

/// The articles in `bytes`, and what of it gave none; `lines` of the file stand before `bytes`.
pub(super) fn drafts(
    bytes: &[u8],
    origin: &str,
    lines: usize,
    beside: Option<&Beside>,
) -> (Vec<Draft>, Vec<Refusal>) {
    let (drafts, refused) = ingest::read_with(bytes, &hint(origin, beside));
    let refused = refused
        .into_iter()
        .map(|part| Refusal {
            origin: if part.line == 0 {
                origin.to_owned()
            } else {
                format!("{origin}:{}", lines + part.line)
            },
            reason: reason_of(part.reason),
        })
        .collect();
    (drafts, refused)
}

fn reason_of(error: ingest::Error) -> RefusalReason {
    match error {
        ingest::Error::Empty => RefusalReason::Empty,
        ingest::Error::Binary { .. } => RefusalReason::Binary,
        ingest::Error::NoText | ingest::Error::NoBody => RefusalReason::NoText,
        ingest::Error::TooLarge { bytes } => {
            RefusalReason::TooLarge { bytes: bytes as u64, limit_bytes: ingest::LARGEST_TEXT as u64 }
        }
        error @ (ingest::Error::Unsupported { .. }
        | ingest::Error::Json { .. }
        | ingest::Error::Table { .. }
        | ingest::Error::Columns { .. }
        | ingest::Error::Damaged { .. }
        | ingest::Error::LinksOnly { .. }) => RefusalReason::NotUnderstood(error.to_string()),
    }
}

pub(super) fn refusal(path: &Path, reason: RefusalReason) -> Refusal {
    Refusal { origin: path.to_string_lossy().into_owned(), reason }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_that_speak_for_others_are_heard_and_not_read() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        write("_lesart.toml", "path = \"{source}/{date}_{slug}.txt\"\ntags = \"Bern\"");
        write("Der_Bote/2010-01-11_a.txt", "Der Rat tagt am Montag in Bern, wie er am Sonntag mitteilte.");
        write("Der_Bote/2010-01-11_a.txt.toml", "title = \"Ein Titel\"");
        write("Der_Bote/allein.toml", "Der Rat tagt am Montag in Bern, wie er am Sonntag mitteilte.");
        write("neu/_lesart.toml", "farbe = \"rot\"");
        write("neu/b.txt", "Der Rat tagt am Montag in Bern, wie er am Sonntag mitteilte.");
        let (found, refused) = find(&[folder.path().to_owned()]);
        let names: Vec<String> =
            found.iter().map(|f| f.path.file_name().unwrap().to_string_lossy().into_owned()).collect();
        assert_eq!(names, ["2010-01-11_a.txt", "allein.toml", "b.txt"]);
        assert_eq!(refused.len(), 1, "a mistake is told once: {refused:?}");
        let mut drafts = Vec::new();
        for file in &found {
            let refused = read(file, &mut |more| {
                drafts.extend(more);
                true
            });
            assert_eq!(refused, []);
        }
        assert_eq!(
            (drafts[0].title.text.as_str(), drafts[0].source.label()),
            ("Ein Titel", Some("Der Bote"))
        );
        assert_eq!(drafts[0].published.stated().map(|d| d.to_string()).as_deref(), Some("2010-01-11"));
        assert_eq!(drafts[2].kept.as_ref().unwrap().tags, ["Bern"], "a folder's word holds below it");
    }

    #[test]
    fn articles_of_other_readers_hear_what_a_folder_says() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("_lesart.toml"), "tags = \"Archiv\"").unwrap();
        let base = rusqlite::Connection::open(folder.path().join("cache.db")).unwrap();
        base.execute_batch(
            "CREATE TABLE rss_feed (rssurl, url, title);
             CREATE TABLE rss_item (id, guid, title, author, url, feedurl, pubDate, content, unread, flags, deleted);
             INSERT INTO rss_item VALUES (1, 'g', 'Rat', '', '', 'f', 1263186000, 'Der Rat tagt.', 1, NULL, 0);",
        )
        .unwrap();
        drop(base);
        let (found, _) = find(&[folder.path().to_owned()]);
        let mut tags = Vec::new();
        let refused = read(&found[0], &mut |drafts| {
            tags.extend(drafts.into_iter().filter_map(|d| d.kept).flat_map(|kept| kept.tags));
            true
        });
        assert_eq!((tags, refused), (vec!["Archiv".to_owned()], vec![]));
    }

    #[test]
    fn a_file_that_speaks_for_another_is_none_to_read_even_when_it_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let names = ["_lesart.toml", "a.txt", "a.txt.toml"].map(|name| folder.path().join(name));
        for path in &names {
            fs::write(path, "tags = \"Bern\"").unwrap();
        }
        let (found, refused) = find(&names);
        assert_eq!((found.len(), refused.len()), (1, 0));
        assert!(found[0].path.ends_with("a.txt") && found[0].beside.is_some());
    }

    #[test]
    fn marks_inside_cells_and_lines_before_the_names_do_no_harm() {
        let folder = tempfile::tempdir().unwrap();
        let read_as = |name: &str, text: &str| {
            let path = folder.path().join(name);
            fs::write(&path, text).unwrap();
            let (found, _) = find(&[path]);
            let mut keys = Vec::new();
            let refused = read(&found[0], &mut |drafts| {
                keys.extend(drafts.into_iter().filter_map(|d| d.key));
                true
            });
            (keys, refused)
        };
        let row = |n: usize| {
            let mark = if n == 3 { "Ein Rohr von 12\" und mehr" } else { "Ein Titel" };
            format!("{n};{mark};\"Ein Satz, der steht.\n\nUnd {}\"\n", "noch einer. ".repeat(60))
        };
        let body = (0..600).map(row).collect::<String>();
        let all: Vec<String> = (0..600).map(|n| n.to_string()).collect();
        assert_eq!(read_as("a.csv", &format!("\n\nid;titel;text\n{body}")), (all, vec![]));
        // Columns that nobody knows are told once, however long the table.
        let (keys, refused) = read_as("b.csv", &format!("x;y;z\n{body}"));
        assert_eq!((keys.len(), refused.len()), (0, 1), "{refused:?}");
    }

    #[test]
    fn long_tables_are_cut_between_rows() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("t.csv");
        let row = |n: usize| {
            format!(
                "{n},\"Titel \"\"{n}\"\"\",\"Ein Satz, der steht.\nUnd {}\"\r\n",
                "noch einer. ".repeat(60)
            )
        };
        let text = format!("id,title,text\r\n{}", (0..900).map(row).collect::<String>());
        fs::write(&path, text).unwrap();
        let (found, _) = find(std::slice::from_ref(&path));
        let (mut keys, mut parts) = (Vec::new(), 0);
        let refused = read(&found[0], &mut |drafts| {
            parts += 1;
            keys.extend(drafts.into_iter().filter_map(|d| d.key));
            true
        });
        assert_eq!(refused, []);
        assert!(parts > 3);
        assert_eq!(keys, (0..900).map(|n| n.to_string()).collect::<Vec<_>>());
    }
}
