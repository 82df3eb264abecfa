//! What asks the web: feeds, and the pages of articles.

use std::time::{Duration, Instant};

use super::{Context, intake};
use crate::app::effect::{Effect, Reply, Ticket};
use crate::app::words_feeds;
use crate::fetch::{Fetcher, round};
use crate::model::{ArticleId, FeedId, FetchReport, Trouble, Validators};

/// Time between two reports of progress.
const REPORT: Duration = Duration::from_millis(100);

/// Whether an effect is done here.
pub fn takes(effect: &Effect) -> bool {
    matches!(effect, Effect::Fetch { .. } | Effect::FetchWhole { .. })
}

/// Asks and answers.
pub fn run(effect: &Effect, context: &Context) {
    let (Effect::Fetch { ticket, .. } | Effect::FetchWhole { ticket, .. }) = effect else { return };
    if context.library.is_beside() {
        let reason = words_feeds::beside(context.locale).to_owned();
        return context.reply(Reply::Failed { ticket: Some(*ticket), reason });
    }
    match effect {
        Effect::Fetch { ticket, feed } => fetch(*ticket, *feed, context),
        Effect::FetchWhole { ticket, id } => whole(*ticket, *id, context),
        _ => {}
    }
}

fn fetch(ticket: Ticket, feed: Option<FeedId>, context: &Context) {
    let now = jiff::Timestamp::now;
    let library = &context.library;
    let mut feeds = match library.feeds() {
        Ok(feeds) => feeds,
        Err(error) => return context.fail(Some(ticket), &error),
    };
    feeds.retain(|one| feed.is_none_or(|id| one.id == id));
    let (due, mut report) = FetchReport::begin(feeds, now(), feed.is_some());
    let go_on = || !context.is_let_go(ticket);
    let mut failed = None;
    let mut told = None::<Instant>;
    round(&Fetcher::default(), due, &go_on, &mut |one, answer| {
        match library.take_feed(&one, &answer, now()) {
            Ok(taken) => report.note(&one, &taken),
            Err(error) => failed = Some(error),
        }
        if told.is_none_or(|at| at.elapsed() >= REPORT) {
            told = Some(Instant::now());
            context.reply(Reply::Fetching { ticket, report: Box::new(report.clone()) });
        }
        failed.is_none()
    });
    report.stopped = !go_on();
    let has_new = report.added > 0;
    match failed {
        Some(error) => context.fail(Some(ticket), &error),
        None => context.reply(Reply::Fetched { ticket, report: Box::new(report) }),
    }
    if has_new {
        intake::prepare(context);
    }
}

fn whole(ticket: Ticket, id: ArticleId, context: &Context) {
    let library = &context.library;
    let failed = |trouble| {
        let reason = words_feeds::trouble(trouble, context.locale);
        context.reply(Reply::Failed { ticket: Some(ticket), reason });
    };
    let article = match library.article(id) {
        Ok(article) => article,
        Err(error) => return context.fail(Some(ticket), &error),
    };
    let Some(url) = article.draft.url else { return failed(Trouble::Address) };
    let fetcher = Fetcher::for_pages();
    let page = match fetcher.get(&url, &Validators::default()) {
        Ok(page) => page,
        Err(missed) => return failed(missed.trouble),
    };
    match library.take_whole(id, &page) {
        Ok(Some(new)) => {
            context.reply(Reply::Whole { ticket, before: id, id: new });
            intake::prepare(context);
        }
        Ok(None) => failed(Trouble::NoText),
        Err(error) => context.fail(Some(ticket), &error),
    }
}
