//! Labels of fields, German and English.

/// What a labelled line says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Label {
    /// The headline.
    Title,
    /// Who wrote it.
    Author,
    /// A summary.
    Lead,
    /// How long it is: the last field before the text, as a rule.
    Length,
    /// Any other field before the text.
    Head,
    /// Words under a picture.
    Picture,
    /// The language.
    Language,
    /// The address.
    Address,
    /// Any other field behind the text.
    Tail,
}

/// Labels before the text, lower case.
const HEAD: [(&str, Label); 34] = [
    ("headline", Label::Title),
    ("title", Label::Title),
    ("überschrift", Label::Title),
    ("titel", Label::Title),
    ("byline", Label::Author),
    ("author", Label::Author),
    ("autor", Label::Author),
    ("autorin", Label::Author),
    ("autoren", Label::Author),
    ("verfasser", Label::Author),
    ("highlight", Label::Lead),
    ("abstract", Label::Lead),
    ("zusammenfassung", Label::Lead),
    ("vorspann", Label::Lead),
    ("dateline", Label::Head),
    ("ortsmarke", Label::Head),
    ("length", Label::Length),
    ("länge", Label::Length),
    ("section", Label::Head),
    ("rubrik", Label::Head),
    ("ressort", Label::Head),
    ("series", Label::Head),
    ("serie", Label::Head),
    ("edition", Label::Head),
    ("ausgabe", Label::Head),
    ("distribution", Label::Head),
    ("body", Label::Head),
    ("dachzeile", Label::Head),
    ("kicker", Label::Head),
    ("unterzeile", Label::Lead),
    ("contact", Label::Head),
    ("note", Label::Head),
    ("correction", Label::Head),
    ("hinweis", Label::Head),
];

/// Labels behind the text, lower case.
const TAIL: [(&str, Label); 40] = [
    ("graphic", Label::Picture),
    ("bild", Label::Picture),
    ("grafik", Label::Picture),
    ("bilder", Label::Picture),
    ("language", Label::Language),
    ("sprache", Label::Language),
    ("url", Label::Address),
    ("load-date", Label::Tail),
    ("ladedatum", Label::Tail),
    ("update", Label::Tail),
    ("publication-type", Label::Tail),
    ("publikationsart", Label::Tail),
    ("publikationstyp", Label::Tail),
    ("publication type", Label::Tail),
    ("journal-code", Label::Tail),
    ("journal code", Label::Tail),
    ("zeitungs-code", Label::Tail),
    ("zeitungscode", Label::Tail),
    ("acc-no", Label::Tail),
    ("document-type", Label::Tail),
    ("dokumentart", Label::Tail),
    ("publisher", Label::Tail),
    ("verlag", Label::Tail),
    ("subject", Label::Tail),
    ("thema", Label::Tail),
    ("company", Label::Tail),
    ("unternehmen", Label::Tail),
    ("organization", Label::Tail),
    ("ticker", Label::Tail),
    ("industry", Label::Tail),
    ("geographic", Label::Tail),
    ("country", Label::Tail),
    ("state", Label::Tail),
    ("city", Label::Tail),
    ("person", Label::Tail),
    ("notes", Label::Tail),
    ("type", Label::Tail),
    ("dateline-date", Label::Tail),
    ("download-date", Label::Tail),
    ("classification", Label::Tail),
];

fn split<'a>(line: &'a str, labels: &[(&str, Label)]) -> Option<(Label, &'a str)> {
    let (name, value) = line.split_once(':')?;
    let name = name.trim();
    if name.len() > 24 {
        return None;
    }
    let lower = name.to_lowercase();
    let (_, label) = labels.iter().find(|(known, _)| *known == lower)?;
    Some((*label, value.trim()))
}

/// The field of a line before the text, with its value.
pub(super) fn head(line: &str) -> Option<(Label, &str)> {
    split(line, &HEAD)
}

/// The field of a line behind the text, with its value.
pub(super) fn tail(line: &str) -> Option<(Label, &str)> {
    split(line, &TAIL)
}

/// Whether a label is written as labels of the older form are: in capitals.
pub(super) fn is_in_capitals(line: &str) -> bool {
    line.split(':').next().is_some_and(|name| !name.chars().any(char::is_lowercase))
}

/// Whether the line says who owns the article ("Copyright 2012 …", "(c) 2012 …", "© …").
pub(super) fn is_copyright(line: &str) -> bool {
    let lower: String = line.chars().take(20).collect::<String>().to_lowercase();
    let mark = ["copyright", "(c)", "©"].iter().find_map(|m| lower.strip_prefix(m));
    mark.is_some_and(|rest| {
        let rest = rest.trim_start_matches([' ', '©']).trim_start_matches("(c)").trim_start();
        rest.starts_with(|c: char| c.is_ascii_digit()) || rest.starts_with("by ")
    })
}
