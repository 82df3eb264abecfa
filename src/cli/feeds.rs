//! Subscriptions: list, add, remove, import, export; and fetching them.

use std::fs;
use std::io::{self, Read};
use std::path::Path;
use std::sync::atomic::Ordering;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::arguments::{Feeds, Format};
use super::commands::json_answer;
use super::failure::Failure;
use super::progress::ProgressLine;
use super::{Answer, Call};
use crate::app::words_feeds;
use crate::fetch::{self, Fetcher};
use crate::ingest::{self, Hint, feed, opml};
use crate::library::{self, FILE, Library};
use crate::model::address::resolve;
use crate::model::{ArticleId, Feed, FeedId, FetchReport, Fetched, NewFeed, Trouble, Validators};
use crate::shell;

/// What tells how each feed is.
const OVERVIEW: &str = "'lesart feeds'";

/// Feeds tried that a page names.
const TRIED: usize = 3;

impl Call {
    /// Lists or changes the subscriptions.
    pub fn feeds(&self, what: &Feeds) -> Result<Answer, Failure> {
        match what {
            Feeds::List => self.list_feeds(),
            Feeds::Add(url) => self.add_feed(url),
            Feeds::Remove(id) => self.remove_feed(*id),
            Feeds::Import { file, dry_run } => self.import_feeds(file, *dry_run),
            Feeds::Export => Ok(Answer {
                text: opml::write(&self.library()?.feeds()?),
                is_found: true,
                ..Answer::default()
            }),
        }
    }

    fn list_feeds(&self) -> Result<Answer, Failure> {
        let feeds = self.library()?.feeds()?;
        let is_found = !feeds.is_empty();
        if self.format == Format::Json {
            let list: Vec<Value> = feeds.iter().map(|feed| self.feed_object(feed)).collect();
            return Ok(json_answer(json!({ "feeds": list }), is_found));
        }
        let mut page = self.page();
        for feed in &feeds {
            page.fill(&format!("{:>3}  ", feed.id.0), &feed.title);
            let articles = self.words.articles(feed.articles as usize);
            let unread = format!("{} {}", feed.unread, self.words.of("ungelesen", "unread"));
            let mut about = vec![articles, unread];
            about.extend(feed.tags.iter().map(|tag| format!("#{tag}")));
            about
                .extend(feed.fetched.map(|at| {
                    format!("{} {}", self.words.of("geholt", "fetched"), at.strftime("%F %R UTC"))
                }));
            about.extend(words_feeds::again(feed, "%F %R", self.words.locale));
            page.fill("     ", &about.join(self.words.dot()));
            page.line(&format!("     {}", feed.url));
            if let Some(trouble) = feed.trouble {
                page.fill("     ! ", &self.words.marked(words_feeds::trouble(trouble, self.words.locale)));
            }
        }
        let mut answer = self.page_answer(page, is_found);
        if !is_found {
            let nothing = words_feeds::fetched(&FetchReport::default(), OVERVIEW, self.words.locale);
            answer.messages = vec![self.words.marked(nothing)];
        }
        Ok(answer)
    }

    fn feed_object(&self, feed: &Feed) -> Value {
        json!({
            "id": feed.id, "title": feed.title, "url": feed.url, "site": feed.site, "tags": feed.tags,
            "articles": feed.articles, "unread": feed.unread, "new": feed.new,
            "fetched": feed.fetched.map(|at| at.to_string()), "next": feed.next.map(|at| at.to_string()),
            "wait": feed.wait.map(|at| at.to_string()),
            "error": feed.trouble.map(Trouble::code),
            "reason": feed.trouble.map(|trouble| words_feeds::trouble(trouble, self.words.locale)),
        })
    }

    /// Subscribes to the feed at `url`, or to the likeliest one that the page there names, and takes its
    /// articles.
    fn add_feed(&self, url: &str) -> Result<Answer, Failure> {
        let typed = if url.contains("://") { url.to_owned() } else { format!("https://{url}") };
        let missed = |trouble| Failure::Web { address: url.to_owned(), trouble };
        let address = resolve("", &typed).ok_or_else(|| missed(Trouble::Address))?;
        let fetcher = Fetcher::default();
        let ask = |address: &str| fetcher.get(address, &Validators::default());
        let mut found = ask(&address).map_err(|m| missed(m.trouble))?;
        let mut address = address;
        if !is_feed(&found) {
            let named = feed::feeds_of_page(found.bytes.as_deref().unwrap_or_default(), &hint(&found));
            let mut tried = named.into_iter().take(TRIED).filter_map(|url| Some((ask(&url).ok()?, url)));
            let next = tried.find(|(document, _)| is_feed(document));
            (found, address) = next.ok_or_else(|| missed(Trouble::NoFeed))?;
        }
        let library = self.own_library()?;
        let address = found.moved.clone().unwrap_or(address);
        let new = library.add_feeds(&[NewFeed { url: address.clone(), ..NewFeed::default() }])?;
        let of_address = |feeds: Vec<Feed>| feeds.into_iter().find(|feed| feed.url == address);
        let Some(feed) = of_address(library.feeds()?) else { return Err(missed(Trouble::NoFeed)) };
        let taken = library.take_feed(&feed, &Ok(found), Timestamp::now())?;
        self.prepare(&library)?;
        let feed = of_address(library.feeds()?).unwrap_or(feed);
        if self.format == Format::Json {
            let fields = json!({"feed": self.feed_object(&feed), "is_new": new > 0, "added": taken.added});
            return Ok(json_answer(fields, true));
        }
        let came = crate::app::words_steps::came(taken.added, self.words.locale);
        let known = self.words.of(" (schon abonniert)", " (subscribed already)");
        let known = if new > 0 { "" } else { known };
        let mut page = self.page();
        page.fill(&format!("{}  ", feed.id.0), &format!("{}{known}: {came}", feed.title));
        Ok(self.page_answer(page, true))
    }

    fn remove_feed(&self, id: u32) -> Result<Answer, Failure> {
        let Some(feed) = self.library()?.remove_feed(FeedId(id))? else {
            return Err(Failure::NoFeed(id.to_string()));
        };
        let kept = self.words.of("abbestellt; die Artikel bleiben", "unsubscribed; the articles stay");
        let mut page = self.page();
        page.fill("", &format!("{}: {kept}", feed.title));
        Ok(self.page_answer(page, true))
    }

    fn import_feeds(&self, file: &Path, dry_run: bool) -> Result<Answer, Failure> {
        let at = |why: String| Failure::NothingRead(vec![format!("{}: {why}", file.display())]);
        let of_reader = Library::feeds_of_reader(file).map_err(|why| at(self.words.refusal(&why)))?;
        let list = match of_reader {
            Some(list) => list,
            None => {
                opml::read(&read_file(file).map_err(|e| at(e.to_string()))?).map_err(|e| at(e.to_string()))?
            }
        };
        let known: Vec<String> = self.library()?.feeds()?.into_iter().map(|feed| feed.url).collect();
        let new = if dry_run {
            list.iter().filter(|feed| !known.contains(&feed.url)).count()
        } else if list.is_empty() {
            0
        } else {
            self.own_library()?.add_feeds(&list)? as usize
        };
        let there = list.len() - new;
        if self.format == Format::Json {
            let feeds: Vec<Value> = list
                .iter()
                .map(|feed| json!({"url": feed.url, "title": feed.title, "site": feed.site, "tags": feed.tags}))
                .collect();
            let fields = json!({"added": new, "known": there, "feeds": feeds, "dry_run": dry_run});
            return Ok(json_answer(fields, !list.is_empty()));
        }
        let mut page = self.page();
        if dry_run {
            page.fill(
                "",
                self.words.of("Probe; nichts wurde geschrieben:", "Rehearsal; nothing was written:"),
            );
        }
        let count = words_feeds::feeds(u32::try_from(new).unwrap_or(u32::MAX), self.words.locale);
        let known = self.words.of("schon vorhanden", "already there");
        page.fill("", &format!("{count} {}, {there} {known}", self.words.of("neu", "new")));
        let mut answer = self.page_answer(page, true);
        if !dry_run && new > 0 {
            answer
                .messages
                .push(self.words.of("'lesart fetch' holt sie", "'lesart fetch' fetches them").to_owned());
        }
        Ok(answer)
    }

    /// Fetches feeds: those named, or all whose time has come.
    pub fn fetch(&self, of: &[String]) -> Result<Answer, Failure> {
        let library = self.library()?;
        let feeds = library.feeds()?;
        let by_hand = !of.is_empty();
        let named = if by_hand { named(&feeds, of)? } else { feeds };
        let now = Timestamp::now();
        let (due, mut report) = FetchReport::begin(named, now, by_hand);
        // Where the signal cannot be caught it ends the program, and what is stored is kept as well.
        let stop = shell::signals::interruption().ok();
        let go_on = || stop.as_ref().is_none_or(|stop| !stop.load(Ordering::Relaxed));
        let mut failed = None;
        let line = ProgressLine::new(self.words, self.is_watched);
        fetch::round(&Fetcher::default(), due, &go_on, &mut |feed, answer| {
            match library.take_feed(&feed, &answer, Timestamp::now()) {
                Ok(taken) => {
                    report.note(&feed, &taken);
                    line.tell(words_feeds::fetching(&report, self.words.locale));
                }
                Err(error) => failed = Some(error),
            }
            failed.is_none()
        });
        line.clear();
        report.stopped = !go_on();
        if let Some(error) = failed {
            return Err(Failure::Import { error, stored: report.added as usize });
        }
        if report.added > 0 {
            match library.prepare(&go_on) {
                Err(library::Error::Overtaken) => report.stopped = true,
                done => done?,
            }
        }
        Ok(self.fetched(&report))
    }

    fn fetched(&self, report: &FetchReport) -> Answer {
        let locale = self.words.locale;
        let is_done = !report.stopped && (report.of > 0 || report.early > 0);
        let is_done = is_done && (report.failed.is_empty() || report.failed.len() < report.of as usize);
        let messages: Vec<String> = report
            .failed
            .iter()
            .map(|(title, trouble)| format!("{title}: {}", words_feeds::trouble(*trouble, locale)))
            .collect();
        if self.format == Format::Json {
            let failed: Vec<Value> = report
                .failed
                .iter()
                .map(|(title, trouble)| {
                    json!({"title": title, "error": trouble.code(), "reason": words_feeds::trouble(*trouble, locale)})
                })
                .collect();
            let fields = json!({
                "fetched": report.done, "added": report.added, "updated": report.updated,
                "unchanged": report.unchanged, "early": report.early, "failed": failed, "stopped": report.stopped,
            });
            return Answer { messages, ..json_answer(fields, is_done) };
        }
        let mut page = self.page();
        page.line(&self.words.marked(words_feeds::fetched(report, OVERVIEW, locale)));
        Answer { text: page.into_text(), messages, is_found: is_done }
    }

    /// Fetches the pages of articles that have only a part of their text, and keeps the whole; one that cannot
    /// be had leaves the others be.
    pub fn fetch_whole(&self, of: &[u32]) -> Result<Answer, Failure> {
        let library = self.library()?;
        let fetcher = Fetcher::for_pages();
        let mut page = self.page();
        let mut messages = Vec::new();
        let (mut is_found, mut has_failed) = (false, false);
        for id in of {
            match self.whole(&library, &fetcher, ArticleId(*id)) {
                Ok(Ok((id, said))) => {
                    is_found = true;
                    page.fill(&format!("{:>3}  ", id.0), &said);
                }
                Ok(Err(why)) => messages.push(why),
                Err(error) => {
                    has_failed = true;
                    messages.extend(Failure::from(error).messages(self.words));
                }
            }
        }
        self.prepare(&library)?;
        if has_failed && !is_found {
            return Err(Failure::NothingRead(messages));
        }
        Ok(Answer { text: page.into_text(), messages, is_found })
    }

    /// Fetches and stores the whole text of an article: its number and what to say of it, else why there is none.
    fn whole(
        &self,
        library: &Library,
        fetcher: &Fetcher,
        id: ArticleId,
    ) -> Result<Result<(ArticleId, String), String>, library::Error> {
        let draft = library.article(id)?.draft;
        let title = &draft.title.text;
        let found = match draft.url.as_deref() {
            Some(url) => fetcher.get(url, &Validators::default()).map_err(|missed| missed.trouble),
            None => Err(Trouble::Address),
        };
        let whole = match found {
            Ok(found) => library.take_whole(id, &found)?.ok_or(Trouble::NoText),
            Err(trouble) => Err(trouble),
        };
        Ok(match whole {
            Ok(id) => {
                let words = library.article(id)?.draft.text.split_whitespace().count();
                let words = self.words.count(words, ["Wort", "Wörter"], ["word", "words"]);
                Ok((id, format!("{title}: {words}")))
            }
            Err(trouble) => {
                let why = words_feeds::trouble(trouble, self.words.locale);
                Err(format!("{title}: {}", self.words.marked(why)))
            }
        })
    }

    /// The library of the user's own texts, made where it is missing.
    fn own_library(&self) -> Result<Library, Failure> {
        let Some(folder) = &self.settings.library else {
            return Err(crate::config::Error::NoHome.into());
        };
        if folder.join(FILE).exists() { self.library() } else { Ok(Library::open(folder)?) }
    }
}

/// A file, or standard input where it is called `-`.
fn read_file(file: &Path) -> io::Result<Vec<u8>> {
    if file != Path::new("-") {
        return fs::read(file);
    }
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn hint(found: &Fetched) -> Hint<'_> {
    Hint { origin: &found.url, url: Some(&found.url), charset: found.charset.as_deref(), ..Hint::default() }
}

fn is_feed(found: &Fetched) -> bool {
    let bytes = found.bytes.as_deref().unwrap_or_default();
    let read = || ingest::feed::read_feed(bytes, &hint(found));
    !bytes.is_empty() && read().is_ok_and(|feed| !feed.articles.is_empty() || feed.title.is_some())
}

/// The feeds that the words name: by number, by address, or by a part of the title.
fn named(feeds: &[Feed], of: &[String]) -> Result<Vec<Feed>, Failure> {
    let mut named: Vec<Feed> = Vec::new();
    for word in of {
        let folded = word.to_lowercase();
        let by_number = feeds.iter().filter(|feed| feed.id.0.to_string() == *word || feed.url == *word);
        let mut found: Vec<&Feed> = by_number.collect();
        if found.is_empty() {
            found = feeds.iter().filter(|feed| feed.title.to_lowercase().contains(&folded)).collect();
        }
        if found.is_empty() {
            return Err(Failure::NoFeed(word.clone()));
        }
        for feed in found {
            if named.iter().all(|known| known.id != feed.id) {
                named.push(feed.clone());
            }
        }
    }
    Ok(named)
}
