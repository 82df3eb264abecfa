//! An article, and a comparison, as Markdown.

use std::fmt::Write as _;

use super::sheet::Sheet;
use super::words::Words;
use crate::model::{Article, Basis, ParagraphKind};

/// An article.
pub fn article(article: &Article, words: Words) -> String {
    let draft = &article.draft;
    let mut text = String::new();
    if let Some(kicker) = &draft.kicker {
        block(&mut text, &escaped(kicker));
    }
    block(&mut text, &format!("# {}", escaped(&draft.title.text)));
    let mut about = vec![escaped(&words.head(article))];
    if draft.title.basis != Basis::Stated {
        about.push(words.of("ohne Überschrift", "no headline").to_owned());
    }
    about.extend((!draft.authors.is_empty()).then(|| escaped(&draft.authors.join(", "))));
    about.extend((!draft.agencies.is_empty()).then(|| escaped(&draft.agencies.join(", "))));
    about.extend(draft.url.as_ref().map(|url| format!("<{}>", plain(url))));
    block(&mut text, &about.join(" · "));
    for paragraph in &draft.paragraphs {
        let own = escaped(paragraph.span.of(&draft.text));
        match paragraph.kind {
            ParagraphKind::Kicker | ParagraphKind::Title => {}
            ParagraphKind::Lead => block(&mut text, &format!("**{own}**")),
            ParagraphKind::Heading => block(&mut text, &format!("## {own}")),
            ParagraphKind::Caption | ParagraphKind::Credit => block(&mut text, &format!("*{own}*")),
            ParagraphKind::Body | ParagraphKind::Tail => block(&mut text, &own),
        }
    }
    text
}

/// An article as a document of its own, with front matter that an import reads again. Corrected fields
/// have the correction; what the original says stands in `original`. Of one with older versions it says
/// too what was taken away again, since star and reading come along from those, and the hashes of the
/// texts that it replaces.
pub fn document(article: &Article, replaces: &[String], has_older: bool) -> String {
    let draft = &article.draft;
    let quoted = |words: &str| format!("\"{}\"", words.replace('\\', "\\\\").replace('"', "\\\""));
    let mut text = "---\n".to_owned();
    let mut field = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            let _ = writeln!(text, "{name}: {value}");
        }
    };
    let title = Some(&draft.title).filter(|t| t.basis == Basis::Stated);
    field("title", title.map(|t| quoted(&t.text)));
    field("source", draft.source.label().map(quoted));
    field("date", draft.published.stated().map(|day| day.to_string()));
    field("url", draft.url.as_deref().map(quoted));
    field("id", draft.key.as_deref().map(quoted));
    field("language", Some(draft.language.code().to_owned()));
    let mut list = |name: &str, items: &[String]| {
        // As JSON has it, so that what stands in a name does not divide it.
        let items: Vec<String> =
            items.iter().map(|i| serde_json::Value::from(i.as_str()).to_string()).collect();
        field(name, Some(format!("[{}]", items.join(", "))).filter(|_| !items.is_empty()));
    };
    list("authors", &draft.authors);
    list("tags", &article.tags);
    for (name, is_so) in [("read", article.state.read), ("starred", article.state.starred)] {
        field(name, (is_so || has_older).then(|| is_so.to_string()));
    }
    // On one line: notes may have several, and front matter knows no longer values.
    let notes: Vec<_> = article
        .notes
        .iter()
        .map(|note| serde_json::json!({"words": note.words, "text": note.text, "made": note.made}))
        .collect();
    field("notes", (!notes.is_empty()).then(|| serde_json::Value::Array(notes).to_string()));
    field(
        "original",
        (!article.corrected.is_empty())
            .then(|| serde_json::to_string(&article.corrected).unwrap_or_default()),
    );
    field("added", article.version.added.map(|at| at.to_string()));
    field("replaces", (!replaces.is_empty()).then(|| format!("[{}]", replaces.join(", "))));
    text.push_str("---\n\n");
    for paragraph in &draft.paragraphs {
        let own = paragraph.span.of(&draft.text);
        match paragraph.kind {
            ParagraphKind::Title => {}
            ParagraphKind::Heading => block(&mut text, &format!("## {own}")),
            _ => block(&mut text, own),
        }
    }
    text
}

/// A comparison.
pub fn comparison(sheet: &Sheet<'_>) -> String {
    let words = sheet.words;
    let mut text = String::new();
    block(&mut text, &format!("# {}", words.of("Vergleich", "Comparison")));
    block(&mut text, &escaped(&sheet.summary()));
    block(&mut text, &heads(sheet));
    block(&mut text, &format!("## {}", words.of("Fakten", "Facts")));
    block(&mut text, &escaped(&words.legend()));
    block(&mut text, &matrix(sheet));
    for (number, fact) in sheet.shared().enumerate() {
        block(&mut text, &format!("### {}. {}", number + 1, escaped(&fact.label)));
        let mut list = String::new();
        for report in &fact.reports {
            let own: Vec<&str> =
                report.mentions.iter().map(|m| sheet.words_of(report.article, m.span)).collect();
            let head = format!(
                "{} **{}**",
                escaped(&words.mark(report.mark).to_string()),
                name(sheet, report.article)
            );
            item(&mut list, &format!("{head}: {}", escaped(&own.join(" … "))));
        }
        for difference in &fact.differences {
            item(
                &mut list,
                &format!(
                    "*{}*: {}",
                    words.difference(difference.kind, difference.degree),
                    escaped(&difference.note)
                ),
            );
        }
        block(&mut text, list.trim_end());
    }
    labels(&mut text, sheet);
    only_here(&mut text, sheet);
    text
}

fn heads(sheet: &Sheet<'_>) -> String {
    let mut list = String::new();
    for (index, shown) in (0_u32..).zip(sheet.articles) {
        let outside = sheet.comparison.outside.iter().find(|o| o.article == index);
        let beside = outside.map_or_else(String::new, |o| {
            let stands = sheet.words.of("steht abseits", "stands outside");
            format!(" – *{stands}: {}*", sheet.words.outside(o.why))
        });
        let title = escaped(&shown.article.draft.title.text);
        let head = escaped(&sheet.words.head(&shown.article));
        item(&mut list, &format!("**{}** {head} – {title}{beside}", Sheet::letter(index)));
    }
    list.trim_end().to_owned()
}

/// Facts by outlets, with marks.
fn matrix(sheet: &Sheet<'_>) -> String {
    let columns: Vec<u32> =
        (0_u32..).zip(sheet.articles).map(|(i, _)| i).filter(|i| !sheet.is_outside(*i)).collect();
    let letters: Vec<String> = columns.iter().map(|i| Sheet::letter(*i)).collect();
    let mut table = format!("| | {} |\n|---|{}", letters.join(" | "), ":-:|".repeat(columns.len()));
    for fact in sheet.shared() {
        let cells: Vec<String> = columns
            .iter()
            .map(|i| {
                let report = fact.reports.iter().find(|r| r.article == *i).map(|r| sheet.words.mark(r.mark));
                let absent =
                    || fact.absent.iter().find(|a| a.article == *i).map(|a| sheet.words.absence(a.state));
                report.or_else(absent).map(|mark| escaped(&mark.to_string())).unwrap_or_default()
            })
            .collect();
        let _ = write!(table, "\n| {} | {} |", escaped(&fact.label), cells.join(" | "));
    }
    table
}

fn labels(text: &mut String, sheet: &Sheet<'_>) {
    if sheet.comparison.labels.is_empty() {
        return;
    }
    block(text, &format!("## {}", sheet.words.of("Wortwahl", "Word choice")));
    for labels in &sheet.comparison.labels {
        let mut list = String::new();
        for (index, _) in (0_u32..).zip(sheet.articles) {
            let uses = sheet.uses(labels, index);
            if !uses.is_empty() {
                item(&mut list, &format!("**{}**: {}", name(sheet, index), escaped(&uses.join(", "))));
            }
        }
        block(text, &format!("### {}", escaped(&labels.entity)));
        block(text, list.trim_end());
    }
}

fn only_here(text: &mut String, sheet: &Sheet<'_>) {
    if sheet.single().next().is_none() {
        return;
    }
    block(text, &format!("## {}", sheet.words.of("Nur hier", "Only here")));
    for (index, _) in (0_u32..).zip(sheet.articles) {
        let mut list = String::new();
        for own in sheet.own_words(index) {
            item(&mut list, &escaped(own));
        }
        if !list.is_empty() {
            block(text, &format!("### {}", name(sheet, index)));
            block(text, list.trim_end());
        }
    }
}

fn name(sheet: &Sheet<'_>, article: u32) -> String {
    format!("{} {}", Sheet::letter(article), escaped(sheet.outlet(article)))
}

fn block(text: &mut String, block: &str) {
    if !text.is_empty() {
        text.push('\n');
    }
    text.push_str(block);
    text.push('\n');
}

fn item(list: &mut String, words: &str) {
    list.push_str("- ");
    list.push_str(words);
    list.push('\n');
}

fn plain(text: &str) -> String {
    crate::text::clean::clean_line(text)
}

/// Words on one line that Markdown takes as they are.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for (at, c) in plain(text).char_indices() {
        let opens_a_line = at == 0 && matches!(c, '#' | '-' | '+' | '=' | '~' | '>');
        if opens_a_line || matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '|') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn words_stay_words_in_markdown() {
        for (text, expected) in [
            ("a*b_c|d", "a\\*b\\_c\\|d"),
            ("# kein Titel", "\\# kein Titel"),
            ("mit # darin", "mit # darin"),
            ("zwei\nZeilen", "zwei Zeilen"),
            ("<b>", "\\<b>"),
        ] {
            assert_eq!(escaped(text), expected);
        }
    }
}
