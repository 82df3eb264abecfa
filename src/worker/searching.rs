//! Searches: what answers a query, in parts while it takes long, and how the query was read.

use super::Context;
use super::lookup::{Failure, answer_with, parse};
use crate::app::effect::{Effect, Reply, SearchScope, Ticket};
use crate::library::Order;
use crate::model::{ArticleId, ArticleRow, Hit, SearchAnswer};

/// Earlier searches that are shown.
const EARLIER: u32 = 50;

/// A search as it is asked for.
struct Wanted<'a> {
    ticket: Ticket,
    query: &'a str,
    by_date: bool,
    scope: &'a SearchScope,
    most: usize,
}

/// Answers what is asked about searching.
pub fn run(effect: &Effect, context: &Context, is_current: &dyn Fn() -> bool) {
    let (ticket, answer) = match effect {
        Effect::Search { ticket, query, by_date, scope, most } => {
            let wanted = Wanted { ticket: *ticket, query, by_date: *by_date, scope, most: *most };
            (*ticket, search(&wanted, context, is_current))
        }
        Effect::Light { ticket, query, ids } => (*ticket, light(*ticket, query, ids, context, is_current)),
        Effect::Explain { ticket, query } => (*ticket, explain(*ticket, query, context, is_current)),
        Effect::History { ticket } => (*ticket, history(*ticket, context)),
        _ => return,
    };
    answer_with(ticket, answer, context);
}

fn search(wanted: &Wanted<'_>, context: &Context, is_current: &dyn Fn() -> bool) -> Result<Reply, Failure> {
    let library = &context.library;
    let ticket = wanted.ticket;
    // A mistake points at its column in what was typed, not in what the scope makes of it.
    let typed = parse(wanted.query, context)?;
    let narrowed = match wanted.scope {
        SearchScope::Everything => typed,
        SearchScope::Article(id) => {
            let hit = one(*id, wanted.query, context)?;
            let hits: Vec<Hit> = hit.into_iter().collect();
            let total = u32::from(!hits.is_empty());
            let rows = rows(&hits, context)?;
            let answer = SearchAnswer { hits, total, searched: 1, ..SearchAnswer::default() };
            return Ok(Reply::Found { ticket, answer: Box::new(answer), rows, is_complete: true });
        }
        scope => match scope.narrow(wanted.query) {
            Some(narrowed) => parse(&narrowed, context)?,
            None => typed,
        },
    };
    let order = if wanted.by_date { Order::Date } else { Order::Relevance };
    let publish = |answer: SearchAnswer| {
        if let Ok(rows) = rows(&answer.hits, context) {
            context.reply(Reply::Found { ticket, answer: Box::new(answer), rows, is_complete: false });
        }
    };
    let answer = library.search_live(&narrowed, wanted.most, order, is_current, &publish)?;
    let rows = rows(&answer.hits, context)?;
    Ok(Reply::Found { ticket, answer: Box::new(answer), rows, is_complete: true })
}

fn rows(hits: &[Hit], context: &Context) -> Result<Vec<ArticleRow>, Failure> {
    let ids: Vec<ArticleId> = hits.iter().map(|h| h.id).collect();
    Ok(context.library.rows(&ids)?)
}

/// What a query lights in one article.
fn one(id: ArticleId, query: &str, context: &Context) -> Result<Option<Hit>, Failure> {
    let lit = context.library.light(&parse(query, context)?, id)?;
    let is_hit = !lit.text.is_empty() || !lit.title.is_empty();
    let hit = Hit { id, score: 0.0, title_matches: lit.title, matches: lit.text, snippets: lit.snippets };
    Ok(is_hit.then_some(hit))
}

fn light(
    ticket: Ticket,
    query: &str,
    ids: &[ArticleId],
    context: &Context,
    is_current: &dyn Fn() -> bool,
) -> Result<Reply, Failure> {
    let mut hits = Vec::with_capacity(ids.len());
    for id in ids {
        if !is_current() {
            return Err(Failure::Overtaken);
        }
        hits.extend(one(*id, query, context)?);
    }
    Ok(Reply::Lit { ticket, hits })
}

fn explain(
    ticket: Ticket,
    query: &str,
    context: &Context,
    is_current: &dyn Fn() -> bool,
) -> Result<Reply, Failure> {
    let reading = context.library.explain(&parse(query, context)?, is_current)?;
    Ok(Reply::Explained { ticket, reading: Box::new(reading) })
}

fn history(ticket: Ticket, context: &Context) -> Result<Reply, Failure> {
    Ok(Reply::History { ticket, queries: context.library.search_history(EARLIER)? })
}
