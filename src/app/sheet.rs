//! The rows of the four views of a comparison: facts, word choice, quotes, only here.

use super::effect::ComparedArticle;
use crate::model::{
    AbsenceState, Comparison, Degree, DifferenceKind, Fact, Labels, Locale, Mark, Quote, QuoteKind, Report,
    Span, Tier, Voice,
};

/// The views.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SheetView {
    /// Facts that two or more outlets report.
    #[default]
    Facts,
    /// Who is called what by whom.
    Words,
    /// Who is quoted with what.
    Quotes,
    /// What a single outlet reports.
    Only,
}

/// The sign of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// Says the same.
    Same,
    /// Says less.
    Vaguer,
    /// Takes part in a difference.
    Differs,
    /// Only here.
    Only,
    /// Nothing found.
    NotFound,
    /// May be there.
    Unclear,
    /// No statement.
    None,
}

impl From<Mark> for Sign {
    fn from(mark: Mark) -> Self {
        match mark {
            Mark::Same => Self::Same,
            Mark::Vaguer => Self::Vaguer,
            Mark::Differs => Self::Differs,
            Mark::Only => Self::Only,
        }
    }
}

/// One outlet's cell of a row: lines of the outlet's own words, each with a sign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Sign of the cell as a whole.
    pub sign: Sign,
    /// Words to show; several lines in the word choice.
    pub values: Vec<(Sign, String)>,
}

/// One outlet's words behind a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// Index of the article.
    pub article: usize,
    /// Sign of its cell.
    pub sign: Sign,
    /// Sentences, by place.
    pub sentences: Vec<Span>,
    /// Words in them that tell, with the sign that they stand for.
    pub strong: Vec<(Span, Sign)>,
    /// Where the first of them stands: paragraph and sentence in it, from 1.
    pub place: Option<(usize, usize)>,
}

/// A row of the sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetRow {
    /// Its head.
    pub title: String,
    /// Its reports may not belong together.
    pub likely: bool,
    /// What sets the reports apart, in the outlets' words.
    pub notes: Vec<RowNote>,
    /// One cell an article.
    pub cells: Vec<Cell>,
    /// The outlets' words, by article.
    pub evidence: Vec<Evidence>,
    /// Articles in which nothing was found, and those where it is unclear.
    pub absent: Vec<(usize, AbsenceState)>,
}

impl SheetRow {
    /// Whether outlets differ in more than what one has and another lacks.
    #[must_use]
    pub fn differs(&self) -> bool {
        let apart = |s: Sign| matches!(s, Sign::Differs | Sign::Vaguer);
        self.cells.iter().any(|c| c.sign == Sign::Differs) || self.notes.iter().any(|n| apart(n.sign))
    }
}

/// One line on what sets the reports of a row apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowNote {
    /// In what.
    pub kind: DifferenceKind,
    /// How far apart: `≠` only where reports cannot both be meant.
    pub sign: Sign,
    /// The outlets' words.
    pub words: String,
}

impl From<Degree> for Sign {
    fn from(degree: Degree) -> Self {
        match degree {
            Degree::Same => Self::Same,
            Degree::Lacks => Self::Only,
            Degree::Varies => Self::Vaguer,
            Degree::Clash => Self::Differs,
        }
    }
}

/// The rows of `view`.
#[must_use]
pub fn rows(
    view: SheetView,
    comparison: &Comparison,
    articles: &[ComparedArticle],
    locale: Locale,
) -> Vec<SheetRow> {
    match view {
        SheetView::Facts => {
            comparison.facts.iter().filter(|f| f.reports.len() > 1).map(|f| fact_row(f, articles)).collect()
        }
        SheetView::Only => {
            let mut single: Vec<&Fact> = comparison.facts.iter().filter(|f| f.reports.len() == 1).collect();
            single.sort_by_key(|f| f.reports.first().map(|r| r.article));
            single.into_iter().map(|f| fact_row(f, articles)).collect()
        }
        SheetView::Words => {
            comparison.labels.iter().map(|l| label_row(l, comparison, articles, locale)).collect()
        }
        SheetView::Quotes => quote_rows(articles, locale),
    }
}

fn fact_row(fact: &Fact, articles: &[ComparedArticle]) -> SheetRow {
    let mut cells = vec![Cell { sign: Sign::None, values: Vec::new() }; articles.len()];
    let mut absent = Vec::new();
    for absence in &fact.absent {
        let sign = match absence.state {
            AbsenceState::NotFound => Sign::NotFound,
            AbsenceState::Unclear => Sign::Unclear,
        };
        if let Some(cell) = cells.get_mut(absence.article as usize) {
            cell.sign = sign;
            absent.push((absence.article as usize, absence.state));
        }
    }
    let mut evidence = Vec::new();
    for report in &fact.reports {
        let Some(article) = articles.get(report.article as usize) else { continue };
        let sign = Sign::from(report.mark);
        let text = &article.article.draft.text;
        let first = report.mentions.first().map_or("", |m| m.span.of(text));
        let words = report.value.map_or(first, |v| v.of(text));
        if let Some(cell) = cells.get_mut(report.article as usize) {
            *cell = Cell { sign, values: vec![(sign, words.to_owned())] };
        }
        evidence.push(report_evidence(report, fact, article));
    }
    SheetRow {
        title: fact.label.clone(),
        likely: fact.tier == Tier::Likely,
        notes: fact
            .differences
            .iter()
            .map(|d| RowNote { kind: d.kind, sign: Sign::from(d.degree), words: d.note.clone() })
            .collect(),
        cells,
        evidence,
        absent,
    }
}

fn report_evidence(report: &Report, fact: &Fact, article: &ComparedArticle) -> Evidence {
    let mut strong: Vec<(Span, Sign)> = Vec::new();
    // Words that are the same everywhere would light whole sentences and set nothing apart.
    for difference in fact.differences.iter().filter(|d| d.degree != Degree::Same) {
        let sign = Sign::from(difference.degree);
        let here = difference.spans.iter().filter(|(index, _)| *index == report.article);
        strong.extend(here.map(|(_, span)| (*span, sign)));
    }
    let spans: Vec<Span> = report.mentions.iter().map(|m| m.span).collect();
    // Whole sentences as evidence would light everything: only words inside them tell.
    strong.retain(|(span, _)| !spans.contains(span));
    evidence(report.article as usize, Sign::from(report.mark), &spans, strong, article)
}

/// Evidence for spans of an article: the sentences around them, once each.
fn evidence(
    index: usize,
    sign: Sign,
    spans: &[Span],
    strong: Vec<(Span, Sign)>,
    article: &ComparedArticle,
) -> Evidence {
    let analysis = &article.analysis;
    let mut sentences: Vec<Span> = Vec::new();
    for span in spans {
        let mut around = analysis.sentences.iter().map(|s| s.span).filter(|s| s.overlaps(*span)).peekable();
        if around.peek().is_none() {
            sentences.push(*span);
        }
        sentences.extend(around);
    }
    sentences.sort_unstable();
    sentences.dedup();
    let place = sentences.first().and_then(|first| {
        let at = analysis.sentences.iter().position(|s| s.span == *first)?;
        let paragraph = analysis.sentences[at].paragraph;
        let before = analysis.sentences[..at].iter().filter(|s| s.paragraph == paragraph).count();
        Some((paragraph as usize + 1, before + 1))
    });
    Evidence { article: index, sign, sentences, strong, place }
}

fn label_row(
    labels: &Labels,
    comparison: &Comparison,
    articles: &[ComparedArticle],
    locale: Locale,
) -> SheetRow {
    let mut cells = vec![Cell { sign: Sign::NotFound, values: Vec::new() }; articles.len()];
    let mut spans: Vec<Vec<Span>> = vec![Vec::new(); articles.len()];
    let outside = |article: u32| comparison.outside.iter().any(|o| o.article == article);
    for used in &labels.uses {
        let Some(cell) = cells.get_mut(used.article as usize) else { continue };
        let elsewhere = labels
            .uses
            .iter()
            .any(|u| u.article != used.article && !outside(u.article) && u.label == used.label);
        let sign = if elsewhere { Sign::None } else { Sign::Only };
        let voice = match (used.voice, locale) {
            (Voice::Outlet, _) => "",
            (Voice::Quoted, Locale::German) => " (Zitat)",
            (Voice::Quoted, Locale::English) => " (quoted)",
            (Voice::Reported, Locale::German) => " (Bericht)",
            (Voice::Reported, Locale::English) => " (reported)",
        };
        let count = if used.spans.len() > 1 { format!(" {}", used.spans.len()) } else { String::new() };
        cell.sign = Sign::None;
        cell.values.push((sign, format!("{}{count}{voice}", used.label)));
        spans[used.article as usize].extend(&used.spans);
    }
    let evidence = spans
        .iter()
        .enumerate()
        .filter(|(_, s)| !s.is_empty())
        .filter_map(|(index, s)| {
            let strong = s.iter().map(|span| (*span, Sign::Only)).collect();
            Some(evidence(index, Sign::None, s, strong, articles.get(index)?))
        })
        .collect();
    SheetRow {
        title: labels.entity.clone(),
        likely: false,
        notes: Vec::new(),
        cells,
        evidence,
        absent: Vec::new(),
    }
}

fn quote_rows(articles: &[ComparedArticle], locale: Locale) -> Vec<SheetRow> {
    let mut speakers: Vec<(String, Vec<(usize, &Quote)>)> = Vec::new();
    for (index, article) in articles.iter().enumerate() {
        for quote in &article.analysis.quotes {
            let name = quote.speaker.clone().unwrap_or_else(|| {
                match locale {
                    Locale::German => "ohne Namen",
                    Locale::English => "not named",
                }
                .to_owned()
            });
            match speakers.iter_mut().find(|(known, _)| *known == name) {
                Some((_, quotes)) => quotes.push((index, quote)),
                None => speakers.push((name, vec![(index, quote)])),
            }
        }
    }
    // Who speaks in most outlets, then who speaks most.
    let outlets = |quotes: &[(usize, &Quote)]| {
        let mut seen: Vec<usize> = quotes.iter().map(|(i, _)| *i).collect();
        seen.dedup();
        seen.len()
    };
    speakers.sort_by_key(|(_, quotes)| std::cmp::Reverse((outlets(quotes), quotes.len())));
    speakers.into_iter().map(|(name, quotes)| quote_row(name, &quotes, articles)).collect()
}

fn quote_row(title: String, quotes: &[(usize, &Quote)], articles: &[ComparedArticle]) -> SheetRow {
    let mut cells = Vec::new();
    let mut shown = Vec::new();
    for (index, article) in articles.iter().enumerate() {
        let here: Vec<&Quote> = quotes.iter().filter(|(i, _)| *i == index).map(|(_, q)| *q).collect();
        let text = &article.article.draft.text;
        let in_marks: Vec<&&Quote> = here.iter().filter(|q| q.kind.is_quoted()).collect();
        let reported = here.len() - in_marks.len();
        let mut values: Vec<(Sign, String)> =
            in_marks.iter().take(2).map(|q| (Sign::None, q.span.of(text).to_owned())).collect();
        if in_marks.len() > 2 {
            values.push((Sign::None, format!("+ {} „…“", in_marks.len() - 2)));
        }
        if reported > 0 {
            values.push((Sign::Vaguer, format!("{reported} ×")));
        }
        let sign = if here.is_empty() { Sign::NotFound } else { Sign::None };
        cells.push(Cell { sign, values });
        if here.is_empty() {
            continue;
        }
        let spans: Vec<Span> = here.iter().map(|q| q.span).collect();
        let strong = here
            .iter()
            .filter(|q| matches!(q.kind, QuoteKind::Direct | QuoteKind::Fragment))
            .map(|q| (q.span, Sign::Only))
            .collect();
        shown.push(evidence(index, Sign::None, &spans, strong, article));
    }
    SheetRow { title, likely: false, notes: Vec::new(), cells, evidence: shown, absent: Vec::new() }
}
