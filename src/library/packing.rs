//! Texts in few bytes: Zstandard with a dictionary that the library learns from its own articles.
//!
//! News repeats itself: with a dictionary an article takes two fifths of its text, without one more
//! than half. Each packed text names its dictionary, so those packed before there was one stay
//! readable.

use std::cell::RefCell;
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::{Connection, OptionalExtension, params};
use zstd_safe::{CCtx, CParameter, DCtx, DDict};

/// With so many articles a dictionary is worth its bytes.
pub(super) const ENOUGH: u32 = 512;

/// Articles to learn from: four times as many gain one hundredth.
const LESSONS: u32 = 1000;

/// Bytes of one article that are learnt from.
const LESSON_BYTES: usize = 16 << 10;

/// Size of a dictionary: twice that gains one hundredth.
const DICTIONARY_BYTES: usize = 64 << 10;

/// Effort: 3 takes 7 hundredths more room, 15 takes 4 hundredths less and six times as long.
const LEVEL: i32 = 7;

/// Longer texts than this are not believed.
const LONGEST_BYTES: u64 = 256 << 20;

/// Dictionaries that are kept ready; a library has one.
const READY: usize = 8;

/// A dictionary made ready for use.
struct Dictionary {
    id: u32,
    /// Packs with it; only whoever writes does, one at a time.
    press: Mutex<CCtx<'static>>,
    open: DDict<'static>,
}

/// Those made ready, newest last: all connections and libraries of the program share them, since a
/// dictionary's number is a hash of its content.
static DICTIONARIES: Mutex<Vec<Arc<Dictionary>>> = Mutex::new(Vec::new());

thread_local! {
    /// What packing and unpacking work with; making it anew costs more than a text does.
    static PRESS: RefCell<(Option<CCtx<'static>>, DCtx<'static>)> =
        RefCell::new((packer(), DCtx::create()));
}

/// What packs texts; `None` where memory is short.
fn packer() -> Option<CCtx<'static>> {
    let mut packer = CCtx::try_create()?;
    packer.set_parameter(CParameter::CompressionLevel(LEVEL)).ok()?;
    packer.set_parameter(CParameter::ChecksumFlag(true)).ok()?;
    Some(packer)
}

/// `text` in few bytes, with the library's dictionary where it has one.
pub(super) fn pack(tables: &Connection, text: &str) -> rusqlite::Result<Vec<u8>> {
    let dictionary = match newest(tables)? {
        Some(id) => find(tables, id)?,
        None => None,
    };
    Ok(press(text.as_bytes(), dictionary.as_deref()))
}

/// The text in `packed`.
///
/// # Errors
/// As of a damaged file, where it cannot be read or its dictionary is gone.
pub(super) fn unpack(tables: &Connection, packed: &[u8]) -> rusqlite::Result<String> {
    let dictionary = match zstd_safe::get_dict_id_from_frame(packed) {
        Some(id) => Some(find(tables, id.get())?.ok_or_else(damaged)?),
        None => None,
    };
    open(packed, dictionary.as_deref()).ok_or_else(damaged)
}

/// Learns a dictionary from the articles that are there, and packs all of them with it.
pub(super) fn learn(tables: &Connection) -> rusqlite::Result<()> {
    if newest(tables)?.is_some() {
        return Ok(());
    }
    let (mut lessons, mut sizes) = (Vec::new(), Vec::new());
    {
        let mut query = tables.prepare("SELECT text FROM body ORDER BY article DESC LIMIT ?")?;
        let mut rows = query.query([LESSONS])?;
        while let Some(row) = rows.next()? {
            let text = unpack(tables, row.get_ref(0)?.as_blob()?)?;
            let lesson = text.as_bytes().get(..LESSON_BYTES).unwrap_or(text.as_bytes());
            lessons.extend_from_slice(lesson);
            sizes.push(lesson.len());
        }
    }
    let mut content: Vec<u8> = Vec::with_capacity(DICTIONARY_BYTES);
    // Texts too few or too much alike teach nothing; they are packed well enough without.
    if zstd_safe::train_from_buffer(&mut content, &lessons, &sizes).is_err() {
        return Ok(());
    }
    let Some(id) = zstd_safe::get_dict_id(&content) else { return Ok(()) };
    // Twice: without it no text could be read.
    for id in [i64::from(id.get()), -i64::from(id.get())] {
        tables.execute("INSERT INTO dictionary (id, content) VALUES (?, ?)", params![id, content])?;
    }
    let Some(dictionary) = find(tables, id.get())? else { return Ok(()) };
    let articles: Vec<i64> =
        tables.prepare("SELECT article FROM body")?.query_map([], |r| r.get(0))?.collect::<Result<_, _>>()?;
    let mut text = tables.prepare("SELECT text FROM body WHERE article = ?")?;
    let mut keep = tables.prepare("UPDATE body SET text = ? WHERE article = ?")?;
    for article in articles {
        let words = text.query_row([article], |r| Ok(unpack(tables, r.get_ref(0)?.as_blob()?)))??;
        keep.execute(params![press(words.as_bytes(), Some(&dictionary)), article])?;
    }
    Ok(())
}

fn newest(tables: &Connection) -> rusqlite::Result<Option<u32>> {
    tables.prepare_cached("SELECT abs(id) FROM dictionary LIMIT 1")?.query_row([], |r| r.get(0)).optional()
}

/// The dictionary of that number, made ready; `None` where the library has none.
fn find(tables: &Connection, id: u32) -> rusqlite::Result<Option<Arc<Dictionary>>> {
    let known = || {
        let ready = DICTIONARIES.lock().unwrap_or_else(PoisonError::into_inner);
        ready.iter().find(|d| d.id == id).cloned()
    };
    if let Some(known) = known() {
        return Ok(Some(known));
    }
    let read = |id: i64| -> rusqlite::Result<Option<Vec<u8>>> {
        tables
            .prepare_cached("SELECT content FROM dictionary WHERE id = ?")?
            .query_row([id], |r| r.get(0))
            .optional()
    };
    let is_whole = |content: &Vec<u8>| zstd_safe::get_dict_id(content).is_some_and(|found| found.get() == id);
    let first = read(id.into()).map(|content| content.filter(is_whole));
    let content = match first {
        Ok(Some(content)) => content,
        first => match read(-i64::from(id))?.filter(is_whole) {
            Some(content) => content,
            None => return first.map(|_| None),
        },
    };
    let (Some(mut press), Some(open)) = (packer(), DDict::try_create(&content)) else { return Ok(None) };
    if press.load_dictionary(&content).is_err() {
        return Ok(None);
    }
    let made = Arc::new(Dictionary { id, press: Mutex::new(press), open });
    let mut ready = DICTIONARIES.lock().unwrap_or_else(PoisonError::into_inner);
    if ready.len() >= READY {
        ready.remove(0);
    }
    ready.push(Arc::clone(&made));
    Ok(Some(made))
}

fn press(bytes: &[u8], dictionary: Option<&Dictionary>) -> Vec<u8> {
    let mut packed = Vec::with_capacity(zstd_safe::compress_bound(bytes.len()));
    let mut work = |press: &mut CCtx<'_>| press.compress2(&mut packed, bytes);
    let done = match dictionary {
        Some(dictionary) => work(&mut dictionary.press.lock().unwrap_or_else(PoisonError::into_inner)),
        None => PRESS.with_borrow_mut(|(press, _)| press.as_mut().map_or(Err(0), work)),
    };
    done.expect("there is memory, and room for the largest outcome");
    packed
}

/// The text of a frame whose checksum says that it is not what it was; `None` where nothing can be
/// read. Some of its letters are wrong.
pub(super) fn salvage(tables: &Connection, packed: &[u8]) -> Option<String> {
    let (mark, sum) = (packed.get(FLAGS)? & HAS_SUM, packed.len().checked_sub(SUM_BYTES)?);
    let mut bare = packed.get(..sum).filter(|_| mark != 0)?.to_vec();
    *bare.get_mut(FLAGS)? &= !HAS_SUM;
    unpack(tables, &bare).ok()
}

/// Where a frame says what it has, the bit that says it has a checksum, and that one's length at its
/// end (RFC 8878, 3.1.1).
const FLAGS: usize = 4;
const HAS_SUM: u8 = 1 << 2;
const SUM_BYTES: usize = 4;

fn open(packed: &[u8], dictionary: Option<&Dictionary>) -> Option<String> {
    let size = zstd_safe::get_frame_content_size(packed).ok()??;
    if size > LONGEST_BYTES {
        return None;
    }
    let mut bytes: Vec<u8> = Vec::with_capacity(usize::try_from(size).ok()?);
    PRESS.with_borrow_mut(|(_, open)| {
        let done = match dictionary {
            Some(dictionary) => open.decompress_using_ddict(&mut bytes, packed, &dictionary.open),
            None => open.decompress(&mut bytes, packed),
        };
        done.ok()
    })?;
    if bytes.len() as u64 != size {
        return None;
    }
    String::from_utf8(bytes).ok()
}

/// The error of the store for a damaged file.
fn damaged() -> rusqlite::Error {
    let code = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_CORRUPT);
    rusqlite::Error::SqliteFailure(code, Some("a text cannot be unpacked".to_owned()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn tables() -> Connection {
        let mut tables = Connection::open_in_memory().unwrap();
        super::super::schema::upgrade(&mut tables).unwrap();
        tables
    }

    proptest! {
        #[test]
        fn every_text_reads_back(text in ".{0,400}") {
            let tables = tables();
            let packed = pack(&tables, &text).unwrap();
            prop_assert_eq!(unpack(&tables, &packed).unwrap(), text);
        }

        #[test]
        fn damaged_bytes_never_panic(at in 0_usize..80, byte: u8, cut in 0_usize..90) {
            let tables = tables();
            let mut packed = pack(&tables, "Der Rat hat am Montag über den Haushalt beraten und vertagt.").unwrap();
            let at = at % packed.len();
            packed[at] = byte;
            packed.truncate(cut);
            let _ = unpack(&tables, &packed);
        }
    }

    #[test]
    fn no_flipped_bit_passes_for_the_text() {
        let tables = tables();
        let text = "Der Rat hat am Montag über den Haushalt beraten und vertagt: 12 Ja, 13 Nein. Der Rat \
                    hat am Dienstag über den Verkehr beraten und 1200 Euro bewilligt.";
        let packed = pack(&tables, text).unwrap();
        let mut salvaged = 0;
        for bit in 0..packed.len() * 8 {
            let mut flipped = packed.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            // A few bits of the frame's head say nothing.
            if let Ok(read) = unpack(&tables, &flipped) {
                assert_eq!(read, text, "bit {bit}");
            } else if let Some(read) = salvage(&tables, &flipped) {
                salvaged += usize::from(read.len() == text.len());
            }
        }
        assert!(salvaged > packed.len(), "most texts can still be read: {salvaged}");
    }

    #[test]
    fn a_text_whose_dictionary_is_gone_is_damaged() {
        let tables = tables();
        // A frame that names dictionary 7.
        let packed = [0x28, 0xb5, 0x2f, 0xfd, 0x21, 7, 1, 9, 0, 0, 97];
        assert!(unpack(&tables, &packed).is_err());
    }
}
