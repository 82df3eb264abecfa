//! What reads: lists, articles, searches, comparisons.

use super::listing::{self, Wanted};
use super::{Context, searching};
use crate::app::effect::{Candidate, ComparedArticle, Effect, Reply, Ticket, VersionPair};
use crate::app::picker::{Narrow, fitting};
use crate::library::{Error, Options, Query, QueryError};
use crate::model::ArticleId;

/// Why there is no answer.
pub enum Failure {
    /// A newer request is there; nobody waits for this one.
    Overtaken,
    /// The library.
    Library(Error),
    /// The query.
    Query(QueryError),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        match error {
            Error::Overtaken => Self::Overtaken,
            error => Self::Library(error),
        }
    }
}

/// Answers a request, unless it is overtaken.
pub fn run(effect: &Effect, context: &Context, is_current: &dyn Fn() -> bool) {
    if let Some(wanted) = Wanted::of(effect) {
        return match listing::first(effect, &wanted, context) {
            Ok(Some(reply)) => context.reply(reply),
            Ok(None) => {}
            Err(failure) => fail(wanted.ticket, failure, context),
        };
    }
    let (ticket, answer) = match effect {
        Effect::Folders { ticket } => (*ticket, listing::counted_folders(*ticket, context, is_current)),
        Effect::Rows { ticket, ids } => (*ticket, rows(*ticket, ids, context)),
        Effect::Open { ticket, id, .. } => (*ticket, open(*ticket, *id, context)),
        Effect::Search { .. } | Effect::Light { .. } | Effect::Explain { .. } | Effect::History { .. } => {
            return searching::run(effect, context, is_current);
        }
        Effect::Versions { ticket, id, number } => {
            (*ticket, versions(*ticket, *id, *number, context, is_current))
        }
        Effect::Compare { ticket, articles, force } => (*ticket, compare(*ticket, articles, *force, context)),
        Effect::Tags { ticket } => {
            let tags = context.library.tags().map_err(Failure::from);
            (*ticket, tags.map(|tags| Reply::Tags { ticket: *ticket, tags }))
        }
        Effect::Feeds { ticket } => {
            let feeds = context.library.feeds().map_err(Failure::from);
            (*ticket, feeds.map(|feeds| Reply::Feeds { ticket: *ticket, feeds }))
        }
        Effect::Stories { ticket, from, count } => (*ticket, stories(*ticket, *from, *count, context)),
        Effect::Candidates { ticket, typed } => (*ticket, candidates(*ticket, typed, context, is_current)),
        _ => return,
    };
    answer_with(ticket, answer, context);
}

/// Answers with the whole of what an effect asks for.
pub fn run_whole(effect: &Effect, context: &Context, is_current: &dyn Fn() -> bool) {
    if let Some(wanted) = Wanted::of(effect) {
        answer_with(wanted.ticket, listing::whole(&wanted, context, is_current), context);
    }
}

pub fn answer_with(ticket: Ticket, answer: Result<Reply, Failure>, context: &Context) {
    match answer {
        Ok(reply) => context.reply(reply),
        Err(failure) => fail(ticket, failure, context),
    }
}

fn fail(ticket: Ticket, failure: Failure, context: &Context) {
    match failure {
        Failure::Overtaken => {}
        Failure::Library(error) => context.fail(Some(ticket), &error),
        Failure::Query(error) => context.reply(Reply::Mistake {
            ticket,
            column: error.column,
            message: error.message(context.locale),
        }),
    }
}

pub fn parse(text: &str, context: &Context) -> Result<Query, Failure> {
    Query::parse(text, context.today).map_err(Failure::Query)
}

fn rows(ticket: Ticket, ids: &[ArticleId], context: &Context) -> Result<Reply, Failure> {
    Ok(Reply::Rows { ticket, rows: context.library.rows(ids)? })
}

fn open(ticket: Ticket, id: ArticleId, context: &Context) -> Result<Reply, Failure> {
    let library = &context.library;
    let article = library.article(id)?;
    let analysis = library.analysis(id)?;
    let covered = library.beside(id)?;
    let coverage = library.coverage(&covered, id)?;
    Ok(Reply::Opened { ticket, article: Box::new(article), analysis: Box::new(analysis), coverage, covered })
}

fn versions(
    ticket: Ticket,
    id: ArticleId,
    number: Option<u32>,
    context: &Context,
    is_current: &dyn Fn() -> bool,
) -> Result<Reply, Failure> {
    let all = context.library.versions(id)?;
    if !is_current() {
        return Err(Failure::Overtaken);
    }
    let pair = VersionPair::of(&all, number);
    Ok(Reply::Versions { ticket, id, pair: pair.map(Box::new) })
}

fn compare(ticket: Ticket, articles: &[ArticleId], force: bool, context: &Context) -> Result<Reply, Failure> {
    let library = &context.library;
    let ids = match articles {
        [one] => library.beside(*one)?,
        several => several.to_vec(),
    };
    if ids.len() < 2 {
        return Ok(Reply::Compared { ticket, articles: Vec::new(), comparison: Box::default() });
    }
    let comparison = library.compare(&ids, Options { force })?;
    let articles = ids
        .iter()
        .map(|id| Ok(ComparedArticle { article: library.article(*id)?, analysis: library.analysis(*id)? }))
        .collect::<Result<Vec<_>, Error>>()?;
    Ok(Reply::Compared { ticket, articles, comparison: Box::new(comparison) })
}

fn stories(ticket: Ticket, from: usize, count: usize, context: &Context) -> Result<Reply, Failure> {
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let stories = context.library.stories_page(number(from), number(count))?;
    let total = context.library.story_count()? as usize;
    Ok(Reply::Stories { ticket, from, stories, total })
}

fn candidates(
    ticket: Ticket,
    typed: &str,
    context: &Context,
    is_current: &dyn Fn() -> bool,
) -> Result<Reply, Failure> {
    let (_, rest) = Narrow::read(typed);
    let picks = context.library.picks(rest, is_current)?;
    let mut candidates: Vec<Candidate> = Vec::new();
    candidates.extend(picks.saved.into_iter().map(Candidate::Saved));
    candidates.extend(picks.searched.into_iter().map(Candidate::Searched));
    candidates.extend(picks.tags.into_iter().map(Candidate::Tag));
    candidates.extend(picks.sources.into_iter().map(Candidate::Source));
    candidates.extend(picks.entities.into_iter().map(|(kind, name)| Candidate::Entity(kind, name)));
    candidates.extend(picks.stories.into_iter().map(|(id, title, count)| Candidate::Story(id, title, count)));
    candidates.extend(picks.headlines.into_iter().map(|(id, title)| Candidate::Headline(id, title)));
    Ok(Reply::Candidates { ticket, candidates: fitting(typed, candidates) })
}
