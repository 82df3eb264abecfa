//! Mails: one, a mailbox of many (mbox), and pages that browsers save as a mail (MHTML).

use std::borrow::Cow;

use mail_parser::{HeaderName, Message, MessageParser, MimeHeaders as _};

use crate::model::Draft;

use super::record::Record;
use super::{Error, Hint, Refused, html};

/// Lines at the start of a mail that are looked at.
const LOOKED_AT: usize = 60;
/// Headers that only mails have, and headers that others may have too; lower case.
const OWN: [&str; 8] = [
    "return-path",
    "received",
    "message-id",
    "mime-version",
    "delivered-to",
    "dkim-signature",
    "list-id",
    "snapshot-content-location",
];
const SHARED: [&str; 6] = ["from", "to", "subject", "date", "content-type", "reply-to"];

/// Whether bytes begin as a mail or a mailbox does.
pub(super) fn is_mail(bytes: &[u8]) -> bool {
    let start = bytes.get(..16 << 10).unwrap_or(bytes);
    let start = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start);
    if is_envelope(start) {
        return true;
    }
    let (mut own, mut shared) = (0, 0);
    for line in start.split(|b| *b == b'\n').take(LOOKED_AT) {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.is_empty() {
            break;
        }
        if line.starts_with(b" ") || line.starts_with(b"\t") {
            continue;
        }
        let Some(colon) = line.iter().position(|b| *b == b':') else { return false };
        let name = String::from_utf8_lossy(line.get(..colon).unwrap_or_default()).to_lowercase();
        if name.contains(' ') {
            return false;
        }
        own += usize::from(OWN.contains(&name.as_str()));
        shared += usize::from(SHARED.contains(&name.as_str()));
    }
    (own >= 1 && shared >= 1) || shared >= 4
}

/// The line before each mail of a mailbox, with the mail's first header behind it:
/// "From someone@example.org Mon Jan 11 06:00:00 2010".
fn is_envelope(bytes: &[u8]) -> bool {
    let Some(rest) = bytes.strip_prefix(b"From ") else { return false };
    let mut lines = rest.split(|b| *b == b'\n');
    let line = lines.next().unwrap_or_default();
    line.len() < 200 && line.windows(8).any(is_time) && lines.next().is_some_and(is_header)
}

/// Whether `letters` are a time with its seconds: "06:00:00".
fn is_time(letters: &[u8]) -> bool {
    letters
        .iter()
        .zip(b"00:00:00")
        .all(|(b, form)| if *form == b'0' { b.is_ascii_digit() } else { b == form })
}

/// Whether a line is a header; ">From" is what mailboxes make of an older such line.
fn is_header(line: &[u8]) -> bool {
    let name = line.split(|b| *b == b':').next().unwrap_or_default();
    let is_named =
        !name.is_empty() && name.iter().all(|b| b.is_ascii_alphanumeric() || *b == b'-' || *b == b'_');
    is_named && name.len() < line.len() || line.starts_with(b">From")
}

/// The mails in `bytes` as articles.
pub(super) fn read(bytes: &[u8], hint: &Hint) -> (Vec<Draft>, Vec<Refused>) {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let (mut drafts, mut refused) = (Vec::new(), Vec::new());
    let mails = mails(bytes);
    let is_alone = mails.len() == 1;
    for (mail, number) in mails.into_iter().zip(1..) {
        match article(mail, hint) {
            Ok(draft) => drafts.push(draft),
            Err(reason) => refused.push(Refused { line: if is_alone { 0 } else { number }, reason }),
        }
    }
    (drafts, refused)
}

/// The mails of a mailbox, without the lines that divide them.
fn mails(bytes: &[u8]) -> Vec<&[u8]> {
    if !is_envelope(bytes) {
        return vec![bytes];
    }
    let mut starts: Vec<usize> = std::iter::once(0)
        .chain(memchr::memmem::find_iter(bytes, b"\n\nFrom ").map(|at| at + 2))
        .chain(memchr::memmem::find_iter(bytes, b"\n\r\nFrom ").map(|at| at + 3))
        .filter(|&at| is_envelope(bytes.get(at..).unwrap_or_default()))
        .collect();
    starts.sort_unstable();
    let ends = starts.iter().skip(1).copied().chain([bytes.len()]);
    let mail = |(start, end): (usize, usize)| {
        let mail = bytes.get(start..end).unwrap_or_default();
        let line = mail.iter().position(|b| *b == b'\n').map_or(mail.len(), |at| at + 1);
        mail.get(line..).unwrap_or_default()
    };
    starts.iter().copied().zip(ends).map(mail).collect()
}

fn article(bytes: &[u8], hint: &Hint) -> Result<Draft, Error> {
    let damaged = || Error::Damaged { reason: "a mail that cannot be read".to_owned() };
    let closed = closed(bytes);
    let mail = MessageParser::default().parse(&*closed).ok_or_else(damaged)?;
    if let Some(address) = header(&mail, "Snapshot-Content-Location") {
        let page = mail.html_bodies().next().and_then(|part| part.text_contents()).ok_or(Error::NoText)?;
        return html::article(page, &Hint { url: Some(&address), ..*hint });
    }
    let sender = mail.from().and_then(|from| from.first());
    let name = sender.and_then(|s| s.name().or(s.address())).unwrap_or_default();
    let marked_up = mail.html_bodies().find(|part| part.is_content_type("text", "html"));
    let body = match marked_up.and_then(|part| part.text_contents()) {
        Some(page) => html::letter(page).join("\n\n"),
        None => mail.body_text(0).map(|text| without_signature(&text)).unwrap_or_default(),
    };
    let record = Record {
        title: mail.subject().unwrap_or_default().to_owned(),
        body,
        date: mail.date().map(|d| format!("{:04}-{:02}-{:02}", d.year, d.month, d.day)).unwrap_or_default(),
        outlet: name.to_owned(),
        key: mail.message_id().unwrap_or_default().to_owned(),
        ..Record::default()
    };
    record.draft(hint.origin).map_err(|error| if error == Error::NoBody { Error::NoText } else { error })
}

/// A mail of parts with its end, which one that was cut off lacks: its parser would pass over the last part.
fn closed(bytes: &[u8]) -> Cow<'_, [u8]> {
    const LONGEST: usize = 16 << 10;
    let head = bytes.get(..LONGEST).unwrap_or(bytes);
    let end = memchr::memmem::find(head, b"\r\n\r\n").or_else(|| memchr::memmem::find(head, b"\n\n"));
    let head = head.get(..end.unwrap_or(head.len())).unwrap_or(head);
    let lower = head.to_ascii_lowercase();
    let Some(at) = memchr::memmem::find(&lower, b"boundary=") else { return Cow::Borrowed(bytes) };
    let value = head.get(at + "boundary=".len()..).unwrap_or_default();
    let mark: &[u8] = match value.strip_prefix(b"\"") {
        Some(inner) => inner.split(|b| *b == b'"').next().unwrap_or_default(),
        None => value.split(|b| b.is_ascii_whitespace() || *b == b';').next().unwrap_or_default(),
    };
    let close = [b"--", mark, b"--"].concat();
    if mark.is_empty() || memchr::memmem::rfind(bytes, &close).is_some() {
        return Cow::Borrowed(bytes);
    }
    Cow::Owned([bytes, b"\r\n", close.as_slice(), b"\r\n"].concat())
}

fn header(mail: &Message, name: &str) -> Option<String> {
    let value = mail.header(HeaderName::Other(name.into()))?.as_text()?;
    Some(value.trim().to_owned())
}

/// The text up to the line `-- ` that begins a signature.
fn without_signature(text: &str) -> String {
    // Some encodings take the space away from the end of the line.
    let is_end = |line: &&str| line.trim_end() == "--";
    text.lines().take_while(|line| !is_end(line)).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROSE: &str =
        "Der Rat hat am Montag in Bern den Bau einer zweiten Br=C3=BCcke beschlossen, wie er mitteilte.";

    fn plain(subject: &str) -> String {
        format!(
            "Return-Path: <a@example.org>\nFrom: \"Der Morgenbote\" <post@example.org>\nTo: x@example.org\n\
            Subject: {subject}\nDate: Mon, 11 Jan 2010 06:00:00 +0100\nMIME-Version: 1.0\n\
            Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n{PROSE}\n\n\
            Gebaut wird ab Mai.\n-- \nImpressum\n"
        )
    }

    #[test]
    fn a_mail_becomes_an_article() {
        let mail = plain("=?utf-8?q?Br=C3=BCcke_beschlossen?=");
        assert!(is_mail(mail.as_bytes()));
        let (drafts, refused) = read(mail.as_bytes(), &Hint::default());
        assert_eq!((drafts.len(), refused.len()), (1, 0), "{refused:?}");
        assert_eq!(drafts[0].title.text, "Brücke beschlossen");
        assert_eq!(drafts[0].source.label(), Some("Der Morgenbote"));
        assert_eq!(drafts[0].published.stated().map(|d| d.to_string()).as_deref(), Some("2010-01-11"));
        assert!(drafts[0].text.ends_with("Gebaut wird ab Mai."), "{}", drafts[0].text);
    }

    #[test]
    fn a_mail_that_was_cut_off_gives_what_is_there() {
        let text = format!(
            "From: a@example.org\nSubject: Eins\nMIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=\"b=1\"\n\n\
            --b=1\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n{PROSE}\n\nGebaut wird ab"
        );
        let (drafts, refused) = read(text.as_bytes(), &Hint::default());
        assert_eq!(refused, []);
        assert!(drafts[0].text.ends_with("Gebaut wird ab"), "{}", drafts[0].text);
    }

    #[test]
    fn mails_of_a_mailbox_are_told_apart() {
        let from = "From post@example.org Mon Jan 11 06:00:00 2010\n";
        let text = format!("{from}{}\n{from}{}\nFrom here on it is text.\n", plain("Eins"), plain("Zwei"));
        assert!(is_mail(text.as_bytes()));
        let (drafts, _) = read(text.as_bytes(), &Hint::default());
        let titles: Vec<&str> = drafts.iter().map(|d| d.title.text.as_str()).collect();
        assert_eq!(titles, ["Eins", "Zwei"]);
    }

    #[test]
    fn mails_come_in_the_order_of_their_mailbox() {
        let from = "From post@example.org Mon Jan 11 06:00:00 2010\n";
        let windows = format!("{from}{}\n", plain("Eins")).replace('\n', "\r\n");
        let text = format!("{windows}{from}{}\n{windows}", plain("Zwei"));
        let (drafts, refused) = read(text.as_bytes(), &Hint::default());
        let titles: Vec<&str> = drafts.iter().map(|d| d.title.text.as_str()).collect();
        assert_eq!((titles, refused), (vec!["Eins", "Zwei", "Eins"], vec![]));
        // The outer line first: found by its other line ends, it came last.
        let text = format!("{from}{}\n{windows}{from}{}", plain("Zwei"), plain("Drei"));
        let (drafts, _) = read(text.as_bytes(), &Hint::default());
        let titles: Vec<&str> = drafts.iter().map(|d| d.title.text.as_str()).collect();
        assert_eq!(titles, ["Zwei", "Eins", "Drei"]);
    }

    #[test]
    fn a_newsletter_loses_its_frame() {
        let text = "From: Der Morgenbote <post@example.org>\nSubject: Am Morgen\nDate: Mon, 11 Jan 2010 06:00:00 +0100\n\
            Message-ID: <1@example.org>\nContent-Type: text/html; charset=utf-8\n\n\
            <html><body><table><tr><td><a href='https://example.org/1'>Im Browser ansehen</a></td></tr><tr><td>\
            <p>Guten Morgen, der Rat hat am Montag in Bern den Bau einer zweiten Brücke beschlossen.</p>\
            <p>Gebaut wird ab Mai, und zwar zwei Jahre lang, sagte die Ministerin am Montag in Bern.</p></td></tr>\
            <tr><td><a href='https://example.org/2'>Newsletter abbestellen</a> | <a href='x'>Impressum</a></td></tr></table></body></html>";
        let (drafts, _) = read(text.as_bytes(), &Hint::default());
        assert!(drafts[0].text.starts_with("Am Morgen\n\nGuten Morgen"), "{}", drafts[0].text);
        assert!(drafts[0].text.ends_with("Montag in Bern."), "{}", drafts[0].text);
    }

    #[test]
    fn a_page_saved_as_a_mail_is_that_page() {
        let text = "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://www.zeit.de/politik/bruecke\r\nSubject: x\r\n\
            MIME-Version: 1.0\r\nContent-Type: multipart/related; type=\"text/html\"; boundary=\"----b\"\r\n\r\n\
            ------b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
            <html><head><title>Br=C3=BCcke beschlossen</title><meta charset=3D\"utf-8\"></head><body><article><h1>Br=C3=BCcke beschlossen</h1>\
            <p>Der Rat hat am Montag in Bern den Bau einer zweiten Br=C3=BCcke beschlossen, wie er am Abend mitteilte.</p>\
            <p>Gebaut wird ab Mai, und zwar zwei Jahre lang, sagte die Ministerin am Montag vor der Presse in Bern.</p></article></body></html>\r\n\
            ------b--\r\n";
        assert!(is_mail(text.as_bytes()));
        let (drafts, refused) = read(text.as_bytes(), &Hint::default());
        assert_eq!(refused, []);
        assert_eq!(drafts[0].title.text, "Brücke beschlossen");
        assert_eq!(drafts[0].url.as_deref(), Some("https://www.zeit.de/politik/bruecke"));
    }

    #[test]
    fn a_text_with_a_head_is_no_mail() {
        for text in [
            "Titel: Der Rat\nDatum: 11.01.2010\n\nDer Rat tagt.",
            "Date: 2010-01-11\nTitle: Council\nFrom: Bern\n\nThe council met.",
            "From here on: a text.\n\nMore.",
            "From 9:30 to 10:00 the council met.\nIt ended.",
            "From 09:30:00 on the council met.\nIt ended.\nSo: it did.",
        ] {
            assert!(!is_mail(text.as_bytes()), "{text}");
        }
    }
}
