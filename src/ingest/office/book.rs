//! Books and issues (EPUB): each chapter in the order of reading is an article.

use std::collections::HashMap;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::ingest::record::Record;
use crate::ingest::{Error, Refused, html, line, reference};
use crate::model::Draft;
use crate::text::clean::clean_line;

use super::package::Package;

/// A chapter of fewer words in whole sentences is a cover or a list.
const FEWEST_WORDS: usize = 40;

/// What a book says of itself.
#[derive(Debug, Default)]
struct Book {
    title: String,
    publisher: String,
    author: String,
    date: String,
    language: String,
    /// Where files lie, by their names in the book.
    files: HashMap<String, String>,
    /// Names of the chapters, in order.
    order: Vec<String>,
}

pub(super) fn read(package: &mut Package, origin: &str) -> Result<(Vec<Draft>, Vec<Refused>), Error> {
    let damaged = |reason: &str| Error::Damaged { reason: reason.to_owned() };
    let container = package.text("META-INF/container.xml")?.unwrap_or_default();
    let path = root(&container)?.ok_or_else(|| damaged("the book names no contents"))?;
    let contents = package.text(&path)?.ok_or_else(|| damaged("the book's contents are missing"))?;
    let book = book(&contents)?;
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let (mut drafts, mut refused) = (Vec::new(), Vec::new());
    for (name, line) in book.order.iter().zip(1..) {
        let file = book.files.get(name).map(|file| inside(folder, file));
        let text = match file.as_deref().map(|file| package.text(file)) {
            Some(Ok(Some(text))) => text,
            Some(Err(reason)) => {
                refused.push(Refused { line, reason });
                continue;
            }
            _ => {
                refused.push(Refused { line, reason: damaged(&format!("the chapter {name:?} is missing")) });
                continue;
            }
        };
        let Some(record) = chapter(&text, &book) else { continue };
        match record.draft(origin) {
            Ok(draft) => drafts.push(draft),
            Err(reason) => refused.push(Refused { line, reason }),
        }
    }
    if drafts.is_empty() && refused.is_empty() {
        return Err(Error::NoText);
    }
    Ok((drafts, refused))
}

/// A chapter as an article; `None` for a cover or a list.
fn chapter(html: &str, book: &Book) -> Option<Record> {
    let (title, body) = html::titled(html);
    let is_prose = |one: &&String| one.split(' ').count() >= 8 && line::ends_sentence(one);
    let words: usize = body.iter().filter(is_prose).map(|line| line.split(' ').count()).sum();
    (words >= FEWEST_WORDS).then(|| Record {
        title: title.unwrap_or_default(),
        body: body.join("\n\n"),
        date: book.date.clone(),
        outlet: if book.publisher.is_empty() { book.title.clone() } else { book.publisher.clone() },
        authors: Some(book.author.clone()).filter(|a| !a.is_empty()).into_iter().collect(),
        language: book.language.clone(),
        ..Record::default()
    })
}

/// A file of the book, named from where its contents lie.
fn inside(folder: &str, name: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|p| !p.is_empty()).collect();
    let name = decoded(name.split('#').next().unwrap_or_default());
    for part in name.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// `%20` and its like as the characters they are.
fn decoded(name: &str) -> String {
    let mut bytes = Vec::with_capacity(name.len());
    let mut rest = name.as_bytes();
    while let Some((&first, more)) = rest.split_first() {
        let hex = more.get(..2).filter(|_| first == b'%').and_then(|h| std::str::from_utf8(h).ok());
        if let Some(byte) = hex.and_then(|h| u8::from_str_radix(h, 16).ok()) {
            bytes.push(byte);
            rest = more.get(2..).unwrap_or_default();
        } else {
            bytes.push(first);
            rest = more;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn attribute(tag: &BytesStart, name: &str) -> Option<String> {
    let value = tag.attributes().flatten().find(|a| a.key.local_name().as_ref() == name)?.value;
    Some(reference::resolve(&value))
}

fn damaged(error: &quick_xml::Error) -> Error {
    Error::Damaged { reason: error.to_string() }
}

/// Where the book's contents lie.
fn root(container: &str) -> Result<Option<String>, Error> {
    let mut reader = Reader::from_str(container);
    loop {
        match reader.read_event().map_err(|e| damaged(&e))? {
            Event::Start(tag) | Event::Empty(tag) if tag.local_name().as_ref() == "rootfile" => {
                return Ok(attribute(&tag, "full-path"));
            }
            Event::Eof => return Ok(None),
            _ => {}
        }
    }
}

fn book(contents: &str) -> Result<Book, Error> {
    let mut reader = Reader::from_str(contents);
    let (mut book, mut words, mut field) = (Book::default(), String::new(), String::new());
    loop {
        match reader.read_event().map_err(|e| damaged(&e))? {
            Event::Start(tag) | Event::Empty(tag) => {
                words.clear();
                tag.local_name().as_ref().clone_into(&mut field);
                match field.as_str() {
                    "item" => {
                        if let (Some(id), Some(file)) = (attribute(&tag, "id"), attribute(&tag, "href")) {
                            book.files.insert(id, file);
                        }
                    }
                    "itemref" => book.order.extend(attribute(&tag, "idref")),
                    _ => {}
                }
            }
            Event::Text(text) => words.push_str(&text),
            Event::GeneralRef(name) => words.extend(reference::character(&name)),
            Event::End(tag) => {
                let place = match tag.local_name().as_ref() {
                    name if name != field.as_str() => continue,
                    "title" => &mut book.title,
                    "publisher" => &mut book.publisher,
                    "creator" => &mut book.author,
                    "date" => &mut book.date,
                    "language" => &mut book.language,
                    _ => continue,
                };
                // The first of several is the main one.
                if place.is_empty() {
                    *place = clean_line(&words);
                }
            }
            Event::Eof => return Ok(book),
            _ => {}
        }
    }
}
