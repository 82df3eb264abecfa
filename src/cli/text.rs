//! Answers as plain text.

use std::collections::BTreeMap;

use super::page::Page;
use super::refs::Shown;
use super::words::Words;
use crate::app::words_details;
use crate::model::{
    Article, ArticleId, ArticleRow, Basis, EntityKind, ImportReport, ParagraphKind, SearchAnswer, Snippet,
    StoryRow,
};

/// A list of articles.
pub fn list(page: &mut Page, rows: &[ArticleRow], words: Words) {
    let digits = rows.iter().map(|r| r.id.0.to_string().len()).max().unwrap_or(1).max(3);
    for row in rows {
        page.fill(&format!("{:>digits$}  ", row.id.0), &row.title);
        page.fill(&" ".repeat(digits + 2), &words.row(row));
    }
}

/// One article with its text.
pub fn article(page: &mut Page, article: &Article, words: Words) {
    let draft = &article.draft;
    page.gap();
    if let Some(kicker) = &draft.kicker {
        page.fill("", kicker);
    }
    page.fill("", &draft.title.text);
    let mut about = vec![words.head(article), format!("{} min", draft.minutes())];
    if draft.title.basis != Basis::Stated {
        about.push(words.of("ohne Überschrift", "no headline").to_owned());
    }
    about.extend((!draft.authors.is_empty()).then(|| draft.authors.join(", ")));
    about.extend((!draft.agencies.is_empty()).then(|| draft.agencies.join(", ")));
    about.extend((article.version.of > 1).then(|| words_details::version(article.version, words.locale)));
    about.extend(
        (!article.corrected.is_empty()).then(|| words_details::corrected(&article.corrected, words.locale)),
    );
    page.fill("", &about.join(words.dot()));
    if let Some(url) = &draft.url {
        page.line(url);
    }
    for paragraph in &draft.paragraphs {
        let text = paragraph.span.of(&draft.text);
        match paragraph.kind {
            ParagraphKind::Kicker | ParagraphKind::Title => {}
            ParagraphKind::Caption | ParagraphKind::Credit => {
                page.gap();
                page.fill("", &format!("[{text}]"));
            }
            ParagraphKind::Lead | ParagraphKind::Body | ParagraphKind::Heading | ParagraphKind::Tail => {
                page.gap();
                page.fill("", text);
            }
        }
    }
}

fn title(page: &mut Page, article: &Article, words: Words) {
    page.gap();
    page.fill("", &article.draft.title.text);
    page.fill("", &words.head(article));
}

/// Names, dates and numbers of an article.
pub fn entities(page: &mut Page, shown: &Shown, words: Words) {
    title(page, &shown.article, words);
    let analysis = &shown.analysis;
    let mut counts = vec![0_usize; analysis.entities.len()];
    for mention in &analysis.mentions {
        if let Some(count) = counts.get_mut(mention.entity as usize) {
            *count += 1;
        }
    }
    let mut kinds: BTreeMap<EntityKind, Vec<(usize, String)>> = BTreeMap::new();
    for (entity, count) in analysis.entities.iter().zip(counts).filter(|(_, count)| *count > 0) {
        let roles =
            if entity.roles.is_empty() { String::new() } else { format!(" ({})", entity.roles.join(", ")) };
        kinds.entry(entity.kind).or_default().push((count, format!("{}{roles}", entity.canonical)));
    }
    for (kind, mut names) in kinds {
        page.gap();
        page.line(words.kind(kind));
        names.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
        for (count, name) in names {
            page.fill(&format!("{count:>4}  "), &name);
        }
    }
    let text = &shown.article.draft.text;
    if !analysis.figures.is_empty() {
        page.gap();
        page.line(words.of("Daten und Zahlen", "Dates and numbers"));
        for figure in &analysis.figures {
            page.fill("      ", figure.span.of(text));
        }
    }
}

/// Who says what in an article.
pub fn quotes(page: &mut Page, shown: &Shown, words: Words) {
    title(page, &shown.article, words);
    for quote in &shown.analysis.quotes {
        let speaker = quote.speaker.as_deref().unwrap_or_else(|| words.of("ungenannt", "not named"));
        let cue = quote.cue.as_ref().map(|c| format!(", {c}")).unwrap_or_default();
        page.gap();
        page.fill("", &format!("{speaker} ({}{cue})", words.speech(quote.kind)));
        page.fill("    ", quote.span.of(&shown.article.draft.text));
    }
}

/// Hits with their passages, the matched words in brackets.
pub fn search(page: &mut Page, answer: &SearchAnswer, rows: &[ArticleRow], words: Words) {
    page.line(&format!(
        "{} {} {}",
        words.count(answer.total as usize, ["Treffer", "Treffer"], ["hit", "hits"]),
        words.of("in", "in"),
        words.count(answer.searched as usize, ["Artikel", "Artikeln"], ["article", "articles"]),
    ));
    if answer.partial {
        page.fill(
            "",
            words.of(
                "Kein Artikel hat alle Wörter; diese haben die meisten:",
                "No article has all words; these have most of them:",
            ),
        );
    }
    for (typed, meant) in &answer.expansions {
        page.fill(&format!("{typed} ≈ "), &meant.join(", "));
    }
    for (hit, row) in answer.hits.iter().zip(rows) {
        page.gap();
        page.fill(&format!("{:>3}  ", row.id.0), &row.title);
        page.fill("     ", &words.row(row));
        for snippet in &hit.snippets {
            page.fill("     ", &marked(snippet, "[", "]"));
        }
    }
}

/// A passage with marks around its matches.
pub fn marked(snippet: &Snippet, open: &str, close: &str) -> String {
    let mut text = String::with_capacity(snippet.text.len() + 16);
    let mut at = 0;
    for span in &snippet.matches {
        let Some(before) = snippet.text.get(at..span.start()) else { continue };
        text.push_str(before);
        text.push_str(open);
        text.push_str(span.of(&snippet.text));
        text.push_str(close);
        at = span.end();
    }
    text.push_str(snippet.text.get(at..).unwrap_or_default());
    text
}

/// Events with their articles.
pub fn stories(page: &mut Page, stories: &[StoryRow], rows: &BTreeMap<ArticleId, ArticleRow>, words: Words) {
    for story in stories {
        page.gap();
        let name = format!("{} {}: ", words.of("Thema", "Story"), story.id.0);
        page.fill_with(&name, "    ", &format!("{} ({})", story.title, words.articles(story.articles.len())));
        for row in story.articles.iter().filter_map(|id| rows.get(id)) {
            let about =
                [words.outlet(&row.source).to_owned(), words.published(row.published), row.title.clone()];
            page.fill(&format!("{:>6}  ", row.id.0), &about.join(words.dot()));
        }
        let beside = story.related.iter().filter_map(|(id, why)| Some((rows.get(id)?, why)));
        for (row, why) in beside.take(RELATED) {
            let beside = words.of("verwandt", "related");
            page.fill(
                &format!("{:>6}  ", row.id.0),
                &format!("({beside}: {}) {}", words.outside(*why), row.title),
            );
        }
    }
}

/// Related articles that are shown of a story.
const RELATED: usize = 5;

/// What came of an import; what was refused is told as a message.
pub fn import(page: &mut Page, report: &ImportReport, words: Words) {
    let added = report.added.len() - report.updated as usize;
    let mut parts =
        vec![words.count(added, ["neuer Artikel", "neue Artikel"], ["new article", "new articles"])];
    if report.updated > 0 {
        parts.push(format!("{} {}", report.updated, words.of("in neuer Fassung", "in a new version")));
    }
    parts.push(format!("{} {}", report.duplicates, words.of("schon vorhanden", "already there")));
    parts.push(format!("{} {}", report.refused.len(), words.of("abgelehnt", "refused")));
    page.fill("", &parts.join(", "));
}

/// What an import would do.
pub fn rehearsal(page: &mut Page, report: &ImportReport, words: Words) {
    page.fill("", words.of("Probe; nichts wurde geschrieben:", "Rehearsal; nothing was written:"));
    import(page, report, words);
}
