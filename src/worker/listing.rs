//! Lists: their beginning at once, the whole when it is found, the folders above.

use std::collections::{HashMap, HashSet};

use super::Context;
use super::lane::Job;
use super::lookup::{Failure, parse};
use crate::app::effect::{Effect, Folder, FolderPlace, Listed, Reply, Ticket};
use crate::library::{Error, FirstLists, Listing, Order};
use crate::model::{ArticleId, ArticleRow, Filter, Gathering, Sort, View};

/// Articles that come before the whole list.
const FIRST_IDS: u32 = 200;
/// Rows that come with a list at once: more than a screen shows.
const FIRST_ROWS: usize = 64;

/// Feeds with new articles that are folders, at most.
const FEEDS: usize = 30;
/// New articles up to which those of each feed are counted: more would take longer than a list may.
const COUNTED_NEW: u32 = 5_000;

/// A list as it is asked for.
pub struct Wanted<'a> {
    pub ticket: Ticket,
    pub view: &'a View,
    pub filter: &'a str,
    pub near: &'a [ArticleId],
    pub is_refresh: bool,
}

impl<'a> Wanted<'a> {
    /// What an effect asks for, if it is a list.
    pub fn of(effect: &'a Effect) -> Option<Self> {
        match effect {
            Effect::List { ticket, view, filter, near, is_refresh } => {
                Some(Self { ticket: *ticket, view, filter, near, is_refresh: *is_refresh })
            }
            _ => None,
        }
    }
}

/// The beginning of a list; the whole follows from its own lane where there is more.
pub fn first(effect: &Effect, wanted: &Wanted<'_>, context: &Context) -> Result<Option<Reply>, Failure> {
    let rest = || context.whole.push(Job::Whole(effect.clone()));
    if wanted.is_refresh || !wanted.filter.is_empty() {
        rest();
        return Ok(None);
    }
    let library = &context.library;
    let lists = (wanted.view.filter == Filter::All).then(|| library.first_lists()).transpose()?;
    let list = library.listing(wanted.view, Some(FIRST_IDS), &|_| true)?;
    let (total, unread) = match lists {
        Some(lists) => (lists.all, lists.unread),
        None => library.counts_of(&wanted.view.filter).map(|c| (c.articles, c.unread))?,
    };
    let is_complete = list.ids.len() >= total as usize;
    let rows = rows(&list.ids, wanted, context)?;
    if !is_complete {
        rest();
    }
    let folders = lists.map(|lists| folders(lists, context)).transpose()?;
    let (ids, fresh, heads) = (list.ids, list.unread, list.heads);
    let (total, unread) = (total as usize, unread as usize);
    let listed = Listed { ids, fresh, heads, total, unread, folders, is_complete };
    Ok(Some(Reply::Listed { ticket: wanted.ticket, listed: Box::new(listed), rows }))
}

/// The whole list.
pub fn whole(
    wanted: &Wanted<'_>,
    context: &Context,
    is_current: &dyn Fn() -> bool,
) -> Result<Reply, Failure> {
    let library = &context.library;
    let by_relevance = wanted.view.sort == Sort::Relevance && wanted.view.gathering == Gathering::None;
    let list = if wanted.filter.is_empty() {
        library.listing(wanted.view, None, &|_| true)?
    } else {
        let query = parse(wanted.filter, context)?;
        if by_relevance {
            ranked(wanted, &library.ranked(&query, is_current)?, context)?
        } else {
            let found = library.matching(&query, is_current)?;
            library.listing(wanted.view, None, &|id| found.contains(id.0))?
        }
    };
    if !is_current() {
        return Err(Failure::Overtaken);
    }
    let rows = rows(&list.ids, wanted, context)?;
    let is_top = wanted.view.filter == Filter::All && wanted.filter.is_empty();
    let folders = (is_top && wanted.is_refresh)
        .then(|| library.first_lists().and_then(|lists| folders(lists, context)))
        .transpose()?;
    let listed = Listed {
        total: list.ids.len(),
        unread: list.unread.iter().filter(|u| **u).count(),
        ids: list.ids,
        fresh: list.unread,
        heads: list.heads,
        folders,
        is_complete: true,
    };
    Ok(Reply::Listed { ticket: wanted.ticket, listed: Box::new(listed), rows })
}

/// Those of a view among `found`, in the order of `found`.
fn ranked(wanted: &Wanted<'_>, found: &[ArticleId], context: &Context) -> Result<Listing, Error> {
    let all: HashSet<ArticleId> = found.iter().copied().collect();
    let mut list = context.library.listing(wanted.view, None, &|id| all.contains(&id))?;
    let fresh: HashMap<ArticleId, bool> = list.ids.iter().copied().zip(list.unread.iter().copied()).collect();
    list.ids = found.iter().copied().filter(|id| fresh.contains_key(id)).collect();
    list.unread = list.ids.iter().map(|id| fresh.get(id).copied().unwrap_or_default()).collect();
    Ok(list)
}

fn rows(ids: &[ArticleId], wanted: &Wanted<'_>, context: &Context) -> Result<Vec<ArticleRow>, Error> {
    let mut asked: Vec<ArticleId> = ids.iter().take(FIRST_ROWS).copied().collect();
    asked.extend(wanted.near.iter().filter(|id| !ids.iter().take(FIRST_ROWS).any(|i| i == *id)));
    context.library.rows(&asked)
}

/// The folders with their counts; those of saved searches come later.
fn folders(lists: FirstLists, context: &Context) -> Result<Vec<Folder>, Error> {
    let mut folders = Vec::new();
    // A folder with everything or nothing in it says nothing.
    for (filter, count) in [
        (Filter::New, lists.new),
        (Filter::Unread, lists.unread),
        (Filter::Starred, lists.starred),
        (Filter::Noted, lists.noted),
    ] {
        if count > 0 && count < lists.all {
            folders.push(Folder { place: FolderPlace::View(filter), count: Some(count) });
        }
    }
    if (1..=COUNTED_NEW).contains(&lists.new) && context.library.has_feeds()? {
        for (filter, count) in context.library.feeds_with_new()?.into_iter().take(FEEDS) {
            folders.push(Folder { place: FolderPlace::View(filter), count: Some(count) });
        }
    }
    for saved in context.library.saved_searches()? {
        let count = context.counted(&saved.query);
        folders.push(Folder { place: FolderPlace::Saved(saved), count });
    }
    Ok(folders)
}

/// The folders with all their counts.
pub fn counted_folders(
    ticket: Ticket,
    context: &Context,
    is_current: &dyn Fn() -> bool,
) -> Result<Reply, Failure> {
    let library = &context.library;
    for saved in library.saved_searches()? {
        // A mistake in a saved query shows when it is opened.
        if let Ok(query) = parse(&saved.query, context) {
            let answer = library.search(&query, 0, Order::Date, is_current)?;
            context.count(&saved.query, if answer.partial { 0 } else { answer.total });
        }
    }
    Ok(Reply::Folders { ticket, folders: folders(library.first_lists()?, context)? })
}
