//! What each command does.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::mem::discriminant;
use std::path::PathBuf;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::arguments::{self, Command, Format};
use super::failure::Failure;
use super::page::Page;
use super::progress::ProgressLine;
use super::refs::{self, Shown};
use super::sheet::Sheet;
use super::{Answer, Call, json as form, keys, markdown, text};
use crate::compare::{Analysed, Options, compare};
use crate::ingest::Given;
use crate::library::{self, FILE, Library};
use crate::model::{ArticleId, ArticleRow, ImportReport, Refusal, SearchAnswer, StoryId, View};
use crate::search::{Order, Query};
use crate::shell;
use crate::text::nearest::nearest;

/// Hits of a search, where no limit is given.
const HITS: usize = 20;

/// What takes longer is told of.
const A_WHILE: Duration = Duration::from_secs(1);

/// Refused files that are named one by one.
const REFUSED: usize = 12;

/// Of more, those named of each kind.
const REFUSED_OF_A_KIND: usize = 3;

impl Call {
    /// Does what is asked.
    pub fn answer(&self, command: &Command) -> Result<Answer, Failure> {
        match command {
            Command::Read(paths) => self.read(paths),
            Command::Import { paths, given, dry_run: false } => self.import(paths, given),
            Command::Import { paths, given, dry_run: true } => self.rehearse(paths, given),
            Command::Feeds(what) => self.feeds(what),
            Command::Fetch { of } => self.fetch(of),
            Command::FetchWhole(of) => self.fetch_whole(of),
            Command::List(query) => self.list(query),
            Command::Show(of) => self.show(of),
            Command::Entities(of) => self.each(of, &|a, n| form::entities(a, n), &text::entities),
            Command::Quotes(of) => self.each(of, &|a, n| form::quotes(a, &n.quotes), &text::quotes),
            Command::Search(query) => self.search(query),
            Command::Stories(query) => self.stories(query),
            Command::Compare { of, story, force } => self.compare(of, *story, *force),
            Command::Export { query, to, force } => self.export(query, to, *force),
            Command::Keys => self.keys(),
            Command::Completions(shell) => Ok(self.completions(*shell)),
            Command::Man => self.manual(),
        }
    }

    pub(super) fn library(&self) -> Result<Library, Failure> {
        let library = Library::start(self.settings.library.clone())?;
        if let Some(message) = self.recovered(&library) {
            super::complain(&message);
        }
        Ok(library)
    }

    /// Sees to it that all of the library is analysed, indexed and grouped; says so where that takes
    /// long or another process is at it.
    pub(super) fn prepare(&self, library: &Library) -> Result<(), Failure> {
        let (start, is_told) = (Instant::now(), Cell::new(false));
        library.prepare(&|| {
            if !is_told.get() && start.elapsed() >= A_WHILE {
                is_told.set(true);
                let what = (
                    "die Bibliothek wird durchgesehen und geordnet …",
                    "the library is being put in order …",
                );
                super::complain(self.words.of(what.0, what.1));
            }
            true
        })?;
        if library.has_left_work() {
            super::complain(self.words.of(
                "ein anderes Programm ordnet die Bibliothek gerade; Neues kann in der Antwort fehlen",
                "another program is putting the library in order; new articles may be missing from the answer",
            ));
        }
        Ok(())
    }

    /// The articles that answer a query, all of the library searched.
    pub(super) fn find(
        &self,
        library: &Library,
        query: &str,
        limit: usize,
        order: Order,
    ) -> Result<SearchAnswer, Failure> {
        let query = Query::parse(query, today())?;
        self.prepare(library)?;
        Ok(library.search(&query, limit, order, &|| true)?)
    }

    /// What to tell of a library that was found damaged.
    fn recovered(&self, library: &Library) -> Option<String> {
        let path = library.home()?;
        Some(format!("{}: {}", path.display(), self.words.recovered(library.recovery()?)))
    }

    /// Opens the reader on paths, or on the library, until the user leaves it.
    pub fn open_reader(&self, paths: &[PathBuf]) -> Result<Answer, Failure> {
        let keymap = keys::keymap(&self.settings)?;
        // What is piped in has to be read before the keys come from the terminal instead.
        let opened = if paths.is_empty() { None } else { Some(refs::read_paths(paths)?) };
        let mut refused = Vec::new();
        if let Some((_, report)) = &opened {
            refused = self.refusals(&report.refused);
            if report.added.is_empty() {
                refused.extend(self.meant_command(paths));
                return Err(Failure::NothingRead(refused));
            }
        }
        // The status line has room for one; all are said once the screen is left.
        let first = refused.first().map(|m| match refused.len() - 1 {
            0 => m.clone(),
            more => format!("{m} (+ {more})"),
        });
        let open = || {
            if let Some((library, _)) = opened {
                return Ok((library, first));
            }
            let library = Library::start(self.settings.library.clone())?;
            let recovered = self.recovered(&library);
            Ok((library, recovered))
        };
        shell::read::<Failure>(open, self.settings.clone(), keymap, today())?;
        Ok(Answer { messages: refused, is_found: true, ..Answer::default() })
    }

    /// The list of what the reader would open.
    fn read(&self, paths: &[PathBuf]) -> Result<Answer, Failure> {
        if paths.is_empty() {
            return self.list("");
        }
        let (library, report) = refs::read_paths(paths)?;
        let ids = self.limited(report.added);
        let mut messages = self.refusals(&report.refused);
        if ids.is_empty() {
            messages.extend(self.meant_command(paths));
            return Err(Failure::NothingRead(messages));
        }
        if report.duplicates > 0 {
            let twice =
                self.words.of("mit gleichem Text nur einmal gezeigt", "with the same text shown once");
            messages.push(format!("{} {twice}", self.words.articles(report.duplicates as usize)));
        }
        let mut answer = self.listed(&library, &ids)?;
        answer.messages = messages;
        Ok(answer)
    }

    /// What to say where a path that does not exist looks like a mistyped command.
    fn meant_command(&self, paths: &[PathBuf]) -> Option<String> {
        let typed = paths.first()?.to_str()?;
        let meant = nearest(typed, arguments::COMMANDS.iter().copied())?;
        Some(format!("{} 'lesart {meant}'?", self.words.of("gemeint:", "did you mean")))
    }

    fn list(&self, query: &str) -> Result<Answer, Failure> {
        let library = self.library()?;
        let ids = if query.trim().is_empty() {
            library.ids(&View::default())?
        } else {
            let found = self.find(&library, query, usize::MAX, Order::Date)?;
            found.hits.into_iter().map(|h| h.id).collect()
        };
        self.listed(&library, &self.limited(ids))
    }

    fn listed(&self, library: &Library, ids: &[ArticleId]) -> Result<Answer, Failure> {
        let is_found = !ids.is_empty();
        if self.format == Format::Json {
            let articles: Vec<Value> = ids
                .iter()
                .map(|id| Ok(form::listed(&library.article(*id)?)))
                .collect::<Result<_, Failure>>()?;
            return Ok(json_answer(json!({ "articles": articles }), is_found));
        }
        let mut page = self.page();
        text::list(&mut page, &library.rows(ids)?, self.words);
        Ok(self.page_answer(page, is_found))
    }

    fn show(&self, of: &[OsString]) -> Result<Answer, Failure> {
        let (shown, messages) = self.resolve(of)?;
        let text = match self.format {
            Format::Json => {
                let mut fields = json!({ "article": shown.first().map(|s| form::article(&s.article)) });
                if shown.len() > 1 {
                    fields["articles"] = shown.iter().map(|s| form::article(&s.article)).collect();
                }
                json_text(fields)
            }
            Format::Markdown => {
                let parts: Vec<String> =
                    shown.iter().map(|s| markdown::article(&s.article, self.words)).collect();
                parts.join("\n---\n\n")
            }
            Format::Text => {
                let mut page = self.page();
                for (index, one) in shown.iter().enumerate() {
                    if index > 0 {
                        page.gap();
                        page.line("---");
                    }
                    text::article(&mut page, &one.article, self.words);
                }
                page.into_text()
            }
        };
        Ok(Answer { text, messages, is_found: true })
    }

    /// One block or object an article.
    fn each(
        &self,
        of: &[OsString],
        object: &dyn Fn(&crate::model::Article, &crate::model::Analysis) -> Value,
        block: &dyn Fn(&mut Page, &Shown, super::Words),
    ) -> Result<Answer, Failure> {
        let (shown, messages) = self.resolve(of)?;
        let text = if self.format == Format::Json {
            let list: Vec<Value> = shown.iter().map(|s| object(&s.article, &s.analysis)).collect();
            json_text(json!({ "articles": list }))
        } else {
            let mut page = self.page();
            for one in &shown {
                block(&mut page, one, self.words);
            }
            page.into_text()
        };
        Ok(Answer { text, messages, is_found: true })
    }

    fn search(&self, query: &str) -> Result<Answer, Failure> {
        let library = self.library()?;
        let found = self.find(&library, query, self.limit.unwrap_or(HITS), Order::Relevance)?;
        let is_found = !found.hits.is_empty();
        if self.format == Format::Json {
            let mut hits = Vec::new();
            for hit in &found.hits {
                hits.push(form::hit(hit, &library.article(hit.id)?));
            }
            let took_ms =
                (f64::from(u32::try_from(found.took_us).unwrap_or(u32::MAX)) / 10.0).round() / 100.0;
            let fields = json!({"query": query, "took_ms": took_ms, "total": found.total, "hits": hits});
            return Ok(json_answer(fields, is_found));
        }
        let ids: Vec<ArticleId> = found.hits.iter().map(|h| h.id).collect();
        let mut page = self.page();
        text::search(&mut page, &found, &library.rows(&ids)?, self.words);
        Ok(self.page_answer(page, is_found))
    }

    fn stories(&self, query: &str) -> Result<Answer, Failure> {
        let library = self.library()?;
        self.prepare(&library)?;
        let mut stories = library.stories()?;
        if !query.trim().is_empty() {
            let found = self.find(&library, query, usize::MAX, Order::Date)?;
            stories.retain(|s| found.hits.iter().any(|h| s.articles.contains(&h.id)));
        }
        stories.truncate(self.limit.unwrap_or(usize::MAX));
        let is_found = !stories.is_empty();
        if self.format == Format::Json {
            let list: Vec<Value> = stories
                .iter()
                .map(|s| form::story(s, &|id| library.article(id)))
                .collect::<Result<_, _>>()?;
            return Ok(json_answer(json!({ "stories": list }), is_found));
        }
        let ids: Vec<ArticleId> = stories
            .iter()
            .flat_map(|s| s.articles.iter().copied().chain(s.related.iter().map(|(id, _)| *id)))
            .collect();
        let rows: BTreeMap<ArticleId, ArticleRow> =
            library.rows(&ids)?.into_iter().map(|r| (r.id, r)).collect();
        let mut page = self.page();
        text::stories(&mut page, &stories, &rows, self.words);
        Ok(self.page_answer(page, is_found))
    }

    fn compare(&self, of: &[OsString], story: Option<u32>, force: bool) -> Result<Answer, Failure> {
        let (shown, mut messages) = match story {
            Some(story) => {
                let library = self.library()?;
                self.prepare(&library)?;
                (refs::of_library(&library, &library.articles_of_story(StoryId(story))?)?, Vec::new())
            }
            None => self.resolve(of)?,
        };
        if shown.len() < 2 {
            let what = "ein Artikel allein lässt sich nicht vergleichen; weitere nennen";
            messages
                .push(self.words.of(what, "one article alone cannot be compared; name others").to_owned());
        }
        let analysed: Vec<Analysed<'_>> =
            shown.iter().map(|s| Analysed { draft: &s.article.draft, analysis: &s.analysis }).collect();
        let comparison = compare(&analysed, Options { force });
        let sheet = Sheet { articles: &shown, comparison: &comparison, words: self.words };
        let text = match self.format {
            Format::Json => {
                let articles: Vec<_> = shown.iter().map(|s| &s.article).collect();
                format!("{}\n", form::comparison(&articles, &comparison))
            }
            Format::Markdown => markdown::comparison(&sheet),
            Format::Text => {
                let mut page = self.page();
                sheet.write(&mut page);
                page.into_text()
            }
        };
        Ok(Answer { text, messages, is_found: shown.len() > 1 })
    }

    fn import(&self, paths: &[PathBuf], given: &Given) -> Result<Answer, Failure> {
        let Some(folder) = &self.settings.library else {
            return Err(crate::config::Error::NoHome.into());
        };
        let file = folder.join(FILE);
        let is_new = !file.exists();
        let library = Library::open(folder)?;
        let shown = ProgressLine::new(self.words, self.is_watched);
        // Where the signal cannot be caught it ends the program, and what is stored is kept as well.
        let stop = shell::signals::interruption().ok();
        let go_on = || stop.as_ref().is_none_or(|stop| !stop.load(Ordering::Relaxed));
        let report = library.import_given(paths, given, &|progress| {
            shown.show(progress);
            go_on()
        });
        let prepared = match &report {
            Ok(report) if !report.stopped => library.prepare(&go_on),
            _ => Ok(()),
        };
        shown.clear();
        let mut report = report.map_err(|error| Failure::Import { error, stored: shown.added() as usize })?;
        match prepared {
            Err(library::Error::Overtaken) => report.stopped = true,
            done => done?,
        }
        if is_new && report.added.is_empty() {
            // An empty library would stand in for the bundled articles from now on.
            drop(library);
            let _ = std::fs::remove_file(file);
        }
        self.imported(&report, text::import)
    }

    fn rehearse(&self, paths: &[PathBuf], given: &Given) -> Result<Answer, Failure> {
        let library = self.library()?;
        // Without a file yet, the bundled articles are no part of what would be made.
        let report = if library.is_persistent() {
            library.rehearse(paths, given)?
        } else {
            Library::rehearse_first(paths, given)?
        };
        self.imported(&report, text::rehearsal)
    }

    fn imported(
        &self,
        report: &ImportReport,
        write: fn(&mut Page, &ImportReport, super::Words),
    ) -> Result<Answer, Failure> {
        let mut messages = self.grouped(&report.refused);
        if report.added.is_empty() && report.duplicates == 0 && !report.stopped {
            return Err(Failure::NothingRead(messages));
        }
        if report.stopped {
            let stopped = "angehalten; was hinzugefügt ist, bleibt, und der nächste Import setzt fort";
            let stopped =
                self.words.of(stopped, "stopped; what was added stays, and the next import goes on");
            messages.push(stopped.to_owned());
        }
        let is_done = !report.stopped;
        if self.format == Format::Json {
            let mut answer = json_answer(form::import(report, self.words), is_done);
            answer.messages = messages;
            return Ok(answer);
        }
        let mut page = self.page();
        write(&mut page, report, self.words);
        Ok(Answer { text: page.into_text(), messages, is_found: is_done })
    }

    /// What was refused; of many, the first of each kind and how many more there are.
    fn grouped(&self, refused: &[Refusal]) -> Vec<String> {
        if refused.len() <= REFUSED {
            return self.refusals(refused);
        }
        let mut groups: Vec<Vec<&Refusal>> = Vec::new();
        for one in refused {
            let is_like = |group: &Vec<&Refusal>| {
                group.first().is_some_and(|f| discriminant(&f.reason) == discriminant(&one.reason))
            };
            match groups.iter_mut().find(|group| is_like(group)) {
                Some(group) => group.push(one),
                None => groups.push(vec![one]),
            }
        }
        let mut messages = Vec::new();
        for group in groups {
            let (first, more) = group.split_at(group.len().min(REFUSED_OF_A_KIND));
            messages.extend(first.iter().flat_map(|one| self.refusals(std::slice::from_ref(*one))));
            if !more.is_empty() {
                let like = self.words.of("weitere mit solchem Grund", "more for such a reason");
                messages.push(format!("… {} {like}", more.len()));
            }
        }
        let all = "nicht gelesen; alle nennt --format json";
        let all = self.words.of(all, "not read; --format json names all");
        messages.push(format!("{} {all}", refused.len()));
        messages
    }

    fn keys(&self) -> Result<Answer, Failure> {
        let keymap = keys::keymap(&self.settings)?;
        if self.format == Format::Json {
            return Ok(json_answer(keys::json(&keymap, self.words.locale), true));
        }
        let mut page = self.page();
        keys::text(&mut page, &keymap, self.words.locale, self.words.ascii);
        Ok(self.page_answer(page, true))
    }

    fn resolve(&self, of: &[OsString]) -> Result<(Vec<Shown>, Vec<String>), Failure> {
        let (mut shown, refused) = refs::resolve(of, &|| self.library())?;
        shown.truncate(self.limit.unwrap_or(usize::MAX));
        let messages = self.refusals(&refused);
        if shown.is_empty() {
            return Err(Failure::NothingRead(messages));
        }
        Ok((shown, messages))
    }

    fn refusals(&self, refused: &[Refusal]) -> Vec<String> {
        refused.iter().map(|r| format!("{}: {}", r.origin, self.words.refusal(&r.reason))).collect()
    }

    fn limited(&self, mut ids: Vec<ArticleId>) -> Vec<ArticleId> {
        ids.truncate(self.limit.unwrap_or(usize::MAX));
        ids
    }

    pub(super) fn page(&self) -> Page {
        Page::new(self.width_columns)
    }

    /// A page; where nothing was found it says so on standard error.
    pub(super) fn page_answer(&self, page: Page, is_found: bool) -> Answer {
        let nothing = self.words.of("nichts gefunden", "nothing found");
        let messages = if is_found { Vec::new() } else { vec![nothing.to_owned()] };
        Answer { text: page.into_text(), messages, is_found }
    }
}

/// The day in UTC: relative days need no more.
fn today() -> jiff::civil::Date {
    jiff::tz::TimeZone::UTC.to_datetime(jiff::Timestamp::now()).date()
}

fn json_text(fields: Value) -> String {
    format!("{}\n", form::answer(fields))
}

pub(super) fn json_answer(fields: Value, is_found: bool) -> Answer {
    Answer { text: json_text(fields), messages: Vec::new(), is_found }
}
