//! Documents that are ZIP archives: Word (DOCX), `OpenDocument` (ODT), books and issues (EPUB).

mod book;
mod letter;
mod package;

use crate::model::Draft;

use super::{Error, Hint, Refused, media, plain_text};
use package::Package;

/// Whether bytes begin as such a document, or as any ZIP archive.
pub(super) fn is_package(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

/// The articles in a document: the export of a media database holds many, a book one a chapter.
pub(super) fn read(bytes: &[u8], hint: &Hint) -> (Vec<Draft>, Vec<Refused>) {
    articles(bytes, hint).unwrap_or_else(|reason| (Vec::new(), vec![Refused { line: 0, reason }]))
}

fn articles(bytes: &[u8], hint: &Hint) -> Result<(Vec<Draft>, Vec<Refused>), Error> {
    let mut package = Package::open(bytes)?;
    let lines = if let Some(xml) = package.text("word/document.xml")? {
        letter::lines(&xml)?
    } else if package.has("META-INF/container.xml") {
        return book::read(&mut package, hint.origin);
    } else if let Some(xml) = package.text("content.xml")? {
        letter::lines(&xml)?
    } else {
        let kind = "a ZIP archive or an office document that is not read; unpack it or save it as text first";
        return Err(Error::Unsupported { kind });
    };
    if let Some(export) = media::read_lines(&lines, hint.origin) {
        return Ok(export);
    }
    Ok((vec![plain_text(&lines.join("\n\n"), hint)?], Vec::new()))
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use super::*;

    fn packed(files: &[(&str, &str)]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in files {
            writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            writer.write_all(text.as_bytes()).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    const PROSE: &str = "Der Rat hat am Montag in Bern den Bau einer zweiten Brücke über den Fluss beschlossen, wie die Stadt mitteilte.";

    #[test]
    fn a_letter_becomes_an_article() {
        let xml = format!(
            "<?xml version=\"1.0\"?><w:document xmlns:w=\"x\"><w:body><w:p><w:pPr><w:pStyle w:val=\"Titel\"/></w:pPr>\
            <w:r><w:t>Rat beschließt Brücke</w:t></w:r></w:p><w:p/><w:p><w:r><w:t xml:space=\"preserve\">{PROSE} </w:t></w:r>\
            <w:r><w:tab/><w:t>Es geht um 5 &lt; 6 &amp; mehr.</w:t></w:r><w:del><w:r><w:delText>weg</w:delText></w:r></w:del></w:p>\
            <w:p><w:r><w:t>Gebaut wird ab Mai, und zwar zwei Jahre lang, sagte die Ministerin am Montag in Bern.</w:t></w:r></w:p>\
            </w:body></w:document>"
        );
        let (drafts, refused) =
            read(&packed(&[("[Content_Types].xml", ""), ("word/document.xml", &xml)]), &Hint::default());
        assert_eq!((drafts.len(), refused.len()), (1, 0), "{refused:?}");
        assert_eq!(drafts[0].title.text, "Rat beschließt Brücke");
        assert!(
            drafts[0].text.contains("mitteilte. Es geht um 5 < 6 & mehr.\n\nGebaut wird"),
            "{}",
            drafts[0].text
        );
        let odt = format!(
            "<office:document-content xmlns:office=\"x\" xmlns:text=\"y\"><office:body><office:text>\
            <text:h>Rat beschließt Brücke</text:h><text:p>{PROSE}<text:line-break/>Zweite <text:span>Zeile</text:span>.</text:p>\
            <text:p>Gebaut wird ab Mai, und zwar zwei Jahre lang, sagte die Ministerin am Montag in Bern.</text:p>\
            </office:text></office:body></office:document-content>"
        );
        let (drafts, _) = read(&packed(&[("mimetype", "x"), ("content.xml", &odt)]), &Hint::default());
        assert_eq!(drafts[0].title.text, "Rat beschließt Brücke");
    }

    #[test]
    fn an_export_in_a_letter_holds_many_articles() {
        let lines = [
            "Rat beschließt Brücke",
            "Der Morgenbote",
            "11. Januar 2010 Montag",
            "Copyright 2010 Bote",
            "Length: 40 words",
            "Body",
            PROSE,
            "Load-Date: January 12, 2010",
            "End of Document",
            "Council approves bridge",
            "The Post",
            "January 12, 2010 Tuesday",
            "Length: 40 words",
            "Body",
            "The council approved it.",
            "End of Document",
        ];
        let paragraphs = lines.map(|l| format!("<w:p><w:r><w:t>{l}</w:t></w:r></w:p>")).concat();
        let xml = format!("<w:document><w:body>{paragraphs}</w:body></w:document>");
        let (drafts, refused) = read(&packed(&[("word/document.xml", &xml)]), &Hint::default());
        assert_eq!((drafts.len(), refused.len()), (2, 0));
        assert_eq!(drafts[0].source.label(), Some("Der Morgenbote"));
        assert_eq!(drafts[0].published.stated().map(|d| d.to_string()).as_deref(), Some("2010-01-11"));
    }

    #[test]
    fn chapters_of_an_issue_become_articles_in_their_order() {
        let chapter = |title: &str| {
            format!(
                "<html><head><title>x</title></head><body><h1>{title}</h1><p>{PROSE}</p><p>{PROSE}</p></body></html>"
            )
        };
        let files = [
            ("mimetype", "application/epub+zip".to_owned()),
            ("META-INF/container.xml", "<container><rootfiles><rootfile full-path=\"OEBPS/a.opf\"/></rootfiles></container>".to_owned()),
            ("OEBPS/a.opf", "<package><metadata><dc:title>Der Morgenbote [Mo, 11 Jan 2010]</dc:title><dc:publisher>Morgenbote</dc:publisher>\
                <dc:date>2010-01-11T06:00:00+00:00</dc:date><dc:language>de</dc:language></metadata><manifest>\
                <item id=\"c\" href=\"cover.xhtml\"/><item id=\"b\" href=\"text/zwei%20&amp;b.xhtml\"/><item id=\"a\" href=\"text/eins.xhtml\"/></manifest>\
                <spine><itemref idref=\"c\"/><itemref idref=\"a\"/><itemref idref=\"b\"/><itemref idref=\"fehlt\"/></spine></package>".to_owned()),
            ("OEBPS/cover.xhtml", "<html><body><p>Der Morgenbote</p></body></html>".to_owned()),
            ("OEBPS/text/eins.xhtml", chapter("Erster Artikel")),
            ("OEBPS/text/zwei &b.xhtml", chapter("Zweiter Artikel")),
        ];
        let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
        let (drafts, refused) = read(&packed(&files), &Hint::default());
        let titles: Vec<&str> = drafts.iter().map(|d| d.title.text.as_str()).collect();
        assert_eq!(titles, ["Erster Artikel", "Zweiter Artikel"]);
        assert_eq!(drafts[0].source.label(), Some("Morgenbote"));
        assert_eq!(drafts[0].published.stated().map(|d| d.to_string()).as_deref(), Some("2010-01-11"));
        assert_eq!(refused.len(), 1, "a chapter that is missing is told: {refused:?}");
    }

    #[test]
    fn what_is_no_document_is_refused() {
        let zip = packed(&[("a.txt", "Ein Satz.")]);
        for bytes in [zip.as_slice(), b"PK\x03\x04 and then nothing", zip.get(..20).unwrap()] {
            let (drafts, refused) = read(bytes, &Hint::default());
            assert_eq!((drafts.len(), refused.len()), (0, 1));
        }
    }
}
