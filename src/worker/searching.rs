//! Searches: what answers a query, in parts while it takes long, and how the query was read.

use super::Context;
use super::lookup::{Failure, answer_with, parse};
use crate::app::effect::{Effect, Reply, SearchScope, Ticket};
use crate::library::{Order, Query};
use crate::model::{ArticleId, Hit, SearchAnswer};

/// Earlier searches that are shown.
const EARLIER: u32 = 50;

/// Rows that come with an answer: more than a screen shows.
const FIRST_ROWS: usize = 40;

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
            let hit = one(*id, &typed, context)?;
            let hits: Vec<Hit> = is_hit(&hit).then_some(hit).into_iter().collect();
            let total = u32::from(!hits.is_empty());
            let answer = SearchAnswer { hits, total, searched: 1, ..SearchAnswer::default() };
            return found(ticket, answer, true, context);
        }
        scope => match scope.narrow(wanted.query) {
            Some(narrowed) => parse(&narrowed, context)?,
            None => typed,
        },
    };
    let order = if wanted.by_date { Order::Date } else { Order::Relevance };
    let publish = |answer: SearchAnswer| {
        if let Ok(reply) = found(ticket, answer, false, context) {
            context.reply(reply);
        }
    };
    let answer = library.search_live(&narrowed, wanted.most, order, is_current, &publish)?;
    found(ticket, answer, true, context)
}

/// An answer as the reader holds it: all articles by number, the first of them with rows.
fn found(
    ticket: Ticket,
    mut answer: SearchAnswer,
    is_complete: bool,
    context: &Context,
) -> Result<Reply, Failure> {
    let ids: Vec<ArticleId> = answer.hits.iter().map(|h| h.id).collect();
    answer.hits.truncate(FIRST_ROWS);
    let rows = context.library.rows(ids.get(..FIRST_ROWS).unwrap_or(&ids))?;
    Ok(Reply::Found { ticket, answer: Box::new(answer), ids, rows, is_complete })
}

/// What a query lights in one article.
fn one(id: ArticleId, query: &Query, context: &Context) -> Result<Hit, Failure> {
    let lit = context.library.light(query, id)?;
    Ok(Hit { id, score: 0.0, title_matches: lit.title, matches: lit.text, snippets: lit.snippets })
}

fn is_hit(hit: &Hit) -> bool {
    !hit.matches.is_empty() || !hit.title_matches.is_empty()
}

fn light(
    ticket: Ticket,
    query: &str,
    ids: &[ArticleId],
    context: &Context,
    is_current: &dyn Fn() -> bool,
) -> Result<Reply, Failure> {
    let query = parse(query, context)?;
    let rows = context.library.rows(ids)?;
    let mut hits = Vec::with_capacity(ids.len());
    for row in &rows {
        if !is_current() {
            return Err(Failure::Overtaken);
        }
        hits.push(one(row.id, &query, context)?);
    }
    Ok(Reply::Lit { ticket, hits, rows })
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
