//! The JSON form of every answer. Others measure through it: fields are added, never renamed.

use serde_json::{Value, json};

use super::words::Words;
use crate::library::Error;
use crate::model::{
    Absence, AbsenceState, Analysis, Article, ArticleId, Comparison, CopyGroup, Difference, Fact, Figure,
    FigureValue, Hit, ImportReport, Labels, MentionForm, Outside, OutsideReason, Published, Quote, Report,
    Span, StoryRow,
};

/// Version of the form.
pub const VERSION: u32 = 1;

/// `{"lesart": 1}` with `fields` behind it.
pub fn answer(fields: Value) -> Value {
    let mut object = serde_json::Map::new();
    object.insert("lesart".to_owned(), json!(VERSION));
    if let Value::Object(fields) = fields {
        object.extend(fields);
    }
    Value::Object(object)
}

/// An article with its text.
pub fn article(article: &Article) -> Value {
    let mut value = head(article);
    let draft = &article.draft;
    if let Value::Object(object) = &mut value {
        object.insert("text".to_owned(), json!(draft.text));
        let paragraphs: Vec<Value> = draft
            .paragraphs
            .iter()
            .map(|p| json!({"start": p.span.start(), "end": p.span.end(), "kind": p.kind}))
            .collect();
        object.insert("paragraphs".to_owned(), Value::Array(paragraphs));
    }
    value
}

/// An article without text and paragraphs.
pub fn head(article: &Article) -> Value {
    let draft = &article.draft;
    json!({
        "id": article.id,
        "path": draft.origin,
        "key": draft.key,
        "title": draft.title.text,
        "title_source": draft.title.basis,
        "kicker": draft.kicker,
        "lead": draft.lead,
        "source": {"name": draft.source.name, "domain": draft.source.domain, "basis": draft.source.basis},
        "url": draft.url,
        "date": draft.published.day().map(|d| d.to_string()),
        "date_basis": date_basis(draft.published),
        "authors": draft.authors,
        "agencies": draft.agencies,
        "language": draft.language.code(),
        "original": article.corrected,
        "version": {"number": article.version.number, "of": article.version.of, "added": article.version.added},
    })
}

/// An article with what lists know of it.
pub fn listed(article: &Article) -> Value {
    let mut value = head(article);
    if let Value::Object(object) = &mut value {
        object.insert("read".to_owned(), json!(article.state.read));
        object.insert("starred".to_owned(), json!(article.state.starred));
        object.insert("story".to_owned(), json!(article.story));
    }
    value
}

fn date_basis(published: Published) -> &'static str {
    match published {
        Published::Unknown => "unknown",
        Published::Day(_) => "stated",
        Published::Estimated { .. } => "estimated",
    }
}

/// Mentions (names, dates, numbers) and entities of one article.
pub fn entities(shown: &Article, analysis: &Analysis) -> Value {
    let text = &shown.draft.text;
    let mut mentions: Vec<(Span, Value)> = analysis
        .mentions
        .iter()
        .filter_map(|m| {
            let entity = analysis.entities.get(m.entity as usize)?;
            Some((
                m.span,
                json!({
                    "start": m.span.start(), "end": m.span.end(), "surface": m.span.of(text),
                    "type": entity.kind, "kind": m.form, "canonical": entity.canonical, "role": m.role,
                }),
            ))
        })
        .chain(analysis.figures.iter().map(|f| (f.span, figure(f, text))))
        .collect();
    mentions.sort_by_key(|(span, _)| *span);
    let counted: Vec<Value> = analysis
        .entities
        .iter()
        .enumerate()
        .map(|(index, e)| {
            let count = analysis.mentions.iter().filter(|m| m.entity as usize == index).count();
            json!({"canonical": e.canonical, "type": e.kind, "mentions": count, "roles": e.roles})
        })
        .collect();
    json!({
        "article": article(shown),
        "mentions": mentions.into_iter().map(|(_, m)| m).collect::<Vec<_>>(),
        "entities": counted,
    })
}

fn figure(figure: &Figure, text: &str) -> Value {
    let (kind, canonical) = match &figure.value {
        FigureValue::Date { from, to } => (
            "DATE",
            match (from, to) {
                (Some(from), Some(to)) if from == to => from.to_string(),
                (None, None) => figure.span.of(text).to_owned(),
                (from, to) => {
                    let show = |d: &Option<jiff::civil::Date>| d.map(|d| d.to_string()).unwrap_or_default();
                    format!("{}/{}", show(from), show(to))
                }
            },
        ),
        FigureValue::Number { low, high, counted } => {
            let value = if (low - high).abs() < f64::EPSILON {
                low.to_string()
            } else if high.is_infinite() {
                format!("{low}+")
            } else {
                format!("{low}-{high}")
            };
            ("NUMBER", counted.as_ref().map_or(value.clone(), |c| format!("{value} {c}")))
        }
    };
    json!({
        "start": figure.span.start(), "end": figure.span.end(), "surface": figure.span.of(text),
        "type": kind, "kind": MentionForm::Name, "canonical": canonical, "role": null,
    })
}

/// Quotes of one article.
pub fn quotes(shown: &Article, quotes: &[Quote]) -> Value {
    let list: Vec<Value> = quotes
        .iter()
        .map(|q| {
            json!({"start": q.span.start(), "end": q.span.end(), "kind": q.kind, "speaker": q.speaker, "cue": q.cue})
        })
        .collect();
    json!({"article": article(shown), "quotes": list})
}

/// A hit of a search.
pub fn hit(hit: &Hit, article: &Article) -> Value {
    let draft = &article.draft;
    let snippets: Vec<Value> = hit
        .snippets
        .iter()
        .map(|s| {
            let matches: Vec<Value> =
                s.matches.iter().map(|m| json!({"start": m.start(), "end": m.end()})).collect();
            json!({"text": s.text, "matches": matches})
        })
        .collect();
    json!({
        "id": hit.id,
        "key": draft.key,
        "score": hit.score,
        "title": draft.title.text,
        "source": {"name": draft.source.name, "domain": draft.source.domain, "basis": draft.source.basis},
        "date": draft.published.day().map(|d| d.to_string()),
        "snippets": snippets,
    })
}

/// What came of an import.
pub fn import(report: &ImportReport, words: Words) -> Value {
    let refused: Vec<Value> = report
        .refused
        .iter()
        .map(|r| json!({"path": r.origin, "reason": words.refusal(&r.reason)}))
        .collect();
    json!({
        "added": report.added, "updated": report.updated, "duplicates": report.duplicates,
        "refused": refused, "seconds": seconds(report.took_ms), "stopped": report.stopped,
    })
}

/// Seconds with two decimals.
fn seconds(ms: u64) -> f64 {
    let hundredths = u32::try_from(ms / 10).unwrap_or(u32::MAX);
    f64::from(hundredths) / 100.0
}

/// A comparison of `articles`.
pub fn comparison(articles: &[&Article], comparison: &Comparison) -> Value {
    answer(json!({
        "articles": articles.iter().map(|a| article(a)).collect::<Vec<_>>(),
        "outside": comparison.outside.iter().map(outside).collect::<Vec<_>>(),
        "copies": comparison.copies.iter().map(copies).collect::<Vec<_>>(),
        "facts": comparison.facts.iter().enumerate().map(|(id, f)| fact(id, f)).collect::<Vec<_>>(),
        "labels": comparison.labels.iter().map(labels).collect::<Vec<_>>(),
    }))
}

/// A story with its days; `article` reads one of its articles.
///
/// # Errors
/// Where an article cannot be read.
pub fn story(
    story: &StoryRow,
    article: &dyn Fn(ArticleId) -> Result<Article, Error>,
) -> Result<Value, Error> {
    let mut days = Vec::new();
    let mut keys = Vec::new();
    for id in &story.articles {
        let draft = article(*id)?.draft;
        days.extend(draft.published.day());
        keys.push(draft.key);
    }
    let day = |day: Option<&jiff::civil::Date>| day.map(ToString::to_string);
    let related: Vec<Value> =
        story.related.iter().map(|(id, why)| json!({"article": id, "why": outside_reason(*why)})).collect();
    Ok(json!({
        "id": story.id, "title": story.title, "from": day(days.iter().min()), "to": day(days.iter().max()),
        "articles": story.articles, "keys": keys, "related": related,
    }))
}

/// Why an article stands outside, for scripts.
pub fn outside_reason(why: OutsideReason) -> String {
    match why {
        OutsideReason::Days(days) => format!("{days} days apart"),
        OutsideReason::Undated => "no date, and too little in common that only this event has".to_owned(),
        OutsideReason::OtherEvent => "another event".to_owned(),
    }
}

fn outside(outside: &Outside) -> Value {
    json!({"article": outside.article, "why": outside_reason(outside.why)})
}

fn copies(group: &CopyGroup) -> Value {
    json!({"articles": group.articles, "share": (f64::from(group.share) * 100.0).round() / 100.0})
}

fn fact(id: usize, fact: &Fact) -> Value {
    json!({
        "id": id,
        "label": fact.label,
        "kind": fact.kind,
        "tier": fact.tier,
        "reports": fact.reports.iter().map(report).collect::<Vec<_>>(),
        "absent": fact.absent.iter().copied().map(absence).collect::<Vec<_>>(),
        "differences": fact.differences.iter().map(difference).collect::<Vec<_>>(),
    })
}

fn report(report: &Report) -> Value {
    let mentions: Vec<Value> = report
        .mentions
        .iter()
        .map(|m| json!({"start": m.span.start(), "end": m.span.end(), "role": m.role}))
        .collect();
    json!({"article": report.article, "mark": report.mark, "mentions": mentions})
}

fn absence(absence: Absence) -> Value {
    let state = match absence.state {
        AbsenceState::NotFound => "not_found",
        AbsenceState::Unclear => "unclear",
    };
    json!({"article": absence.article, "state": state})
}

fn difference(difference: &Difference) -> Value {
    let spans: Vec<Value> = difference
        .spans
        .iter()
        .map(|(article, span)| json!({"article": article, "start": span.start(), "end": span.end()}))
        .collect();
    json!({"type": difference.kind, "note": difference.note, "spans": spans})
}

fn labels(labels: &Labels) -> Value {
    let uses: Vec<Value> = labels
        .uses
        .iter()
        .map(|u| {
            let spans: Vec<Value> =
                u.spans.iter().map(|s| json!({"start": s.start(), "end": s.end()})).collect();
            json!({"article": u.article, "label": u.label, "voice": u.voice, "count": u.spans.len(), "spans": spans})
        })
        .collect();
    json!({"entity": labels.entity, "type": labels.kind, "uses": uses})
}
