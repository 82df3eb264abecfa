//! A reader without threads, files or terminal: fixed articles, answered by hand, so that tests of
//! app and ui do not move when analysis or comparison get better.
#![allow(dead_code, reason = "each test binary uses its own part")]
#![allow(clippy::unwrap_used, reason = "a fixture that cannot be built is a failed test")]

use jiff::civil::date;
use lesart::app::chord::parse_keys;
use lesart::app::effect::{
    Candidate, ComparedArticle, Effect, Fit, Folder, FolderPlace, Listed, Reply, Summary, Ticket, VersionPair,
};
use lesart::app::keymap::Keymap;
use lesart::app::picker::fitting;
use lesart::app::{App, Start};
use lesart::model::{
    Absence, AbsenceState, Analysis, Article, ArticleId, ArticleRow, Basis, Change, Comparison, Coverage,
    Degree, Difference, DifferenceKind, Draft, Entity, EntityCount, EntityKind, Fact, FactKind, FieldValue,
    Figure, FigureValue, Filter, Gathering, HeadLabel, Hit, ImportReport, LabelUse, Labels, Language,
    ListHead, Locale, Mark, Mention, MentionForm, MentionRole, Note, NoteId, Outside, OutsideReason,
    Paragraph, ParagraphKind, Published, Quote, QuoteKind, ReadState, Refusal, RefusalReason, Report,
    ReportMention, SavedSearch, SearchAnswer, Sentence, Snippet, Source, Span, StateChange, StoryBadge,
    StoryId, StoryRow, Tier, Title, Version, View, Voice,
};
use lesart::search::{Kin, ReadForm, ReadLine, ReadPart, Reading};
use lesart::ui;

/// The reader with its answers.
pub struct Reader {
    pub app: App,
    pub size: (u16, u16),
    /// Effects that nobody answered yet.
    pub open: Vec<Effect>,
    /// All effects so far.
    pub seen: Vec<Effect>,
    pub articles: Vec<ComparedArticle>,
    /// Steps done and undone: what takes them back.
    done: Vec<Vec<Change>>,
    undone: Vec<Vec<Change>>,
    pub saved: Vec<SavedSearch>,
    /// Versions of articles, by their number in the list.
    pub versions: Vec<Article>,
    /// What comes of an import; without it, an import goes on and on.
    pub imports: Option<ImportReport>,
}

impl Reader {
    /// The reader on three fixed articles, in German, all that it asked for answered.
    pub fn new(width: u16, height: u16) -> Self {
        Self::with(width, height, Locale::German, articles())
    }

    pub fn with(width: u16, height: u16, locale: Locale, articles: Vec<ComparedArticle>) -> Self {
        let start = Start {
            locale,
            keymap: Keymap::builtin(),
            measure: 66,
            mouse: false,
            ascii: false,
            notice: None,
            today: date(2026, 3, 10),
            beside: false,
            sort: lesart::model::Sort::Date,
            gathering: lesart::model::Gathering::None,
            last_search: String::new(),
        };
        let (app, effects) = App::new(start);
        let mut reader = Self {
            app,
            size: (width, height),
            open: Vec::new(),
            seen: Vec::new(),
            articles,
            done: Vec::new(),
            undone: Vec::new(),
            saved: Vec::new(),
            versions: Vec::new(),
            imports: Some(ImportReport::default()),
        };
        reader.take(effects);
        reader.settle();
        let summary = reader.summary();
        let effects = reader.app.receive(Reply::Changed { summary });
        reader.take(effects);
        reader.settle();
        reader
    }

    fn summary(&self) -> Summary {
        Summary { articles: self.articles.len(), sources: 2, stories: 1, home: None }
    }

    fn take(&mut self, effects: Vec<Effect>) {
        self.seen.extend(effects.iter().cloned());
        self.open.extend(effects);
    }

    fn lay_out(&mut self) {
        let viewport = ui::layout(&self.app, self.size.0, self.size.1);
        let more = self.app.set_viewport(viewport);
        self.take(more);
    }

    /// Presses keys, spelled as keymaps spell them, and answers what they ask for.
    pub fn press(&mut self, keys: &str) -> &mut Self {
        for chord in parse_keys(keys).unwrap_or_default() {
            let effects = self.app.key(chord);
            self.take(effects);
            self.settle();
        }
        self
    }

    /// Types text, letter by letter.
    pub fn type_text(&mut self, text: &str) -> &mut Self {
        for c in text.chars() {
            let effects = self.app.key(lesart::app::chord::Chord::char(c));
            self.take(effects);
            self.settle();
        }
        self
    }

    pub fn resize(&mut self, width: u16, height: u16) -> &mut Self {
        self.size = (width, height);
        self.settle();
        self
    }

    /// Answers everything asked for, until nothing is.
    pub fn settle(&mut self) {
        self.lay_out();
        while let Some(effect) = (!self.open.is_empty()).then(|| self.open.remove(0)) {
            if let Some(reply) = self.keep(&effect).or_else(|| self.answer(&effect)) {
                let effects = self.app.receive(reply);
                self.take(effects);
                self.lay_out();
            }
        }
    }

    fn article(&self, id: ArticleId) -> &ComparedArticle {
        self.articles.iter().find(|a| a.article.id == id).expect("the test knows the article")
    }

    /// Keeps and restores steps, as the library does.
    fn keep(&mut self, effect: &Effect) -> Option<Reply> {
        match effect {
            Effect::Store { changes, by_hand } => {
                let back: Vec<Change> = changes.iter().rev().map(|c| self.change(c)).collect();
                if *by_hand {
                    self.done.push(back);
                    self.undone.clear();
                    return Some(Reply::Stored { changes: changes.clone(), home: None });
                }
                None
            }
            Effect::Undo | Effect::Redo => {
                let is_redo = *effect == Effect::Redo;
                let step = if is_redo { self.undone.pop() } else { self.done.pop() };
                let title = step.as_ref().and_then(|s| s.first()?.article());
                let title = title.map(|id| self.article(id).article.draft.title.text.clone());
                if let Some(step) = &step {
                    let back: Vec<Change> = step.iter().rev().map(|c| self.change(c)).collect();
                    if is_redo { self.done.push(back) } else { self.undone.push(back) }
                }
                Some(Reply::Restored { changes: step, is_redo, title })
            }
            _ => None,
        }
    }

    /// Makes a change; what takes it back.
    fn change(&mut self, change: &Change) -> Change {
        let article = |reader: &mut Self, id: ArticleId| -> usize {
            reader.articles.iter().position(|a| a.article.id == id).expect("the test knows the article")
        };
        match change {
            Change::State(id, to) => {
                let at = article(self, *id);
                let state = &mut self.articles[at].article.state;
                let was = *state;
                *state = to.on(was);
                let back = StateChange {
                    read: to.read.map(|_| was.read),
                    starred: to.starred.map(|_| was.starred),
                    place: to.place.map(|_| was.place),
                };
                Change::State(*id, back)
            }
            Change::Tag { article: id, tag, on } => {
                let at = article(self, *id);
                let tags = &mut self.articles[at].article.tags;
                tags.retain(|t| t != tag);
                if *on {
                    tags.push(tag.clone());
                    tags.sort();
                }
                Change::Tag { article: *id, tag: tag.clone(), on: !on }
            }
            Change::PutNote { article: id, note } => {
                let at = article(self, *id);
                let notes = &mut self.articles[at].article.notes;
                let was = notes.iter().find(|n| n.id == note.id && note.id.0 > 0).cloned();
                notes.retain(|n| n.id != note.id);
                let next = notes.iter().map(|n| n.id.0).max().unwrap_or(0) + 1;
                let number = if note.id.0 == 0 { NoteId(next) } else { note.id };
                notes.push(Note { id: number, ..note.clone() });
                notes.sort_by_key(|n| n.span);
                match was {
                    Some(note) => Change::PutNote { article: *id, note },
                    None => Change::DropNote { article: *id, note: number },
                }
            }
            Change::DropNote { article: id, note } => {
                let at = article(self, *id);
                let notes = &mut self.articles[at].article.notes;
                let was = notes.iter().find(|n| n.id == *note).cloned().expect("the note is there");
                notes.retain(|n| n.id != *note);
                Change::PutNote { article: *id, note: was }
            }
            Change::Correct { article: id, field, to } => {
                let at = article(self, *id);
                let article = &mut self.articles[at].article;
                let known = article.corrected.iter().position(|stated| stated.field() == *field);
                let now = FieldValue::of(*field, &article.draft);
                let was = known.map(|_| now.clone());
                let stated = known.map_or(now, |at| article.corrected.remove(at));
                if to.is_some() {
                    article.corrected.push(stated.clone());
                    article.corrected.sort_by_key(FieldValue::field);
                }
                to.clone().unwrap_or(stated).put(&mut article.draft);
                Change::Correct { article: *id, field: *field, to: was }
            }
            Change::PutSearch(saved) => {
                let was = self.saved.iter().find(|s| s.name == saved.name).cloned();
                self.saved.retain(|s| s.name != saved.name);
                self.saved.push(saved.clone());
                was.map_or_else(|| Change::DropSearch(saved.name.clone()), Change::PutSearch)
            }
            Change::DropSearch(name) => {
                let was = self.saved.iter().find(|s| s.name == *name).cloned().expect("it is saved");
                self.saved.retain(|s| s.name != *name);
                Change::PutSearch(was)
            }
        }
    }

    fn folders(&self) -> Vec<Folder> {
        let count = |of: &dyn Fn(&Article) -> bool| {
            u32::try_from(self.articles.iter().filter(|a| of(&a.article)).count()).unwrap()
        };
        let lists = [
            (Filter::Unread, count(&|a| !a.state.read)),
            (Filter::Starred, count(&|a| a.state.starred)),
            (Filter::Noted, count(&|a| !a.notes.is_empty())),
        ];
        let all = u32::try_from(self.articles.len()).unwrap();
        let shown = lists.into_iter().filter(|(_, n)| *n > 0 && *n < all);
        let mut folders: Vec<Folder> =
            shown.map(|(f, n)| Folder { place: FolderPlace::View(f), count: Some(n) }).collect();
        let saved = self.saved.iter().cloned();
        folders.extend(saved.map(|s| Folder { place: FolderPlace::Saved(s), count: Some(1) }));
        folders
    }

    fn rows(&self, ids: &[ArticleId]) -> Vec<ArticleRow> {
        ids.iter().map(|id| row(&self.article(*id).article)).collect()
    }

    fn listed(&self, ticket: Ticket, filter: &str, view: &View) -> Reply {
        let ids = self.articles.iter().map(|a| a.article.id);
        let shown = |a: &Article| match &view.filter {
            Filter::Unread => !a.state.read,
            Filter::Starred => a.state.starred,
            Filter::Noted => !a.notes.is_empty(),
            _ => true,
        };
        let ids: Vec<ArticleId> = ids
            .filter(|id| {
                let article = &self.article(*id).article;
                shown(article) && article.draft.text.to_lowercase().contains(&filter.to_lowercase())
            })
            .collect();
        let fresh: Vec<bool> = ids.iter().map(|id| !self.article(*id).article.state.read).collect();
        let heads = self.heads(view.gathering, &ids);
        let listed = Listed {
            total: ids.len(),
            unread: fresh.iter().filter(|f| **f).count(),
            fresh,
            heads,
            folders: Some(self.folders()),
            is_complete: true,
            ids: ids.clone(),
        };
        Reply::Listed { ticket, rows: self.rows(&ids), listed: Box::new(listed) }
    }

    fn answer(&self, effect: &Effect) -> Option<Reply> {
        let ids: Vec<ArticleId> = self.articles.iter().map(|a| a.article.id).collect();
        Some(match effect {
            Effect::List { ticket, filter, view, .. } => self.listed(*ticket, filter, view),
            Effect::Tags { ticket } => {
                let mut tags: Vec<(String, u32)> = Vec::new();
                for tag in self.articles.iter().flat_map(|a| &a.article.tags) {
                    if !tags.iter().any(|(name, _)| name == tag) {
                        tags.push((tag.clone(), 1));
                    }
                }
                Reply::Tags { ticket: *ticket, tags }
            }
            Effect::Folders { ticket } => Reply::Folders { ticket: *ticket, folders: self.folders() },
            Effect::Rows { ticket, ids } => Reply::Rows { ticket: *ticket, rows: self.rows(ids) },
            Effect::Open { ticket, id, .. } => {
                let found = self.article(*id);
                Reply::Opened {
                    ticket: *ticket,
                    article: Box::new(found.article.clone()),
                    analysis: Box::new(found.analysis.clone()),
                    coverage: coverage(&found.analysis, &self.articles),
                    covered: ids,
                }
            }
            Effect::Search { ticket, query, .. } => self.found(*ticket, query),
            Effect::History { ticket } => {
                let mut queries: Vec<String> = Vec::new();
                for effect in self.seen.iter().rev() {
                    if let Effect::Remember { query } = effect
                        && !queries.contains(query)
                    {
                        queries.push(query.clone());
                    }
                }
                Reply::History { ticket: *ticket, queries }
            }
            Effect::Light { ticket, query, ids } => {
                let found = self.hits(query);
                let hit = |id: &ArticleId| found.iter().find(|h| h.id == *id).cloned();
                let bare = |id: &ArticleId| Hit {
                    id: *id,
                    score: 0.0,
                    title_matches: Vec::new(),
                    matches: Vec::new(),
                    snippets: Vec::new(),
                };
                let hits = ids.iter().map(|id| hit(id).unwrap_or_else(|| bare(id))).collect();
                Reply::Lit { ticket: *ticket, hits, rows: self.rows(ids) }
            }
            Effect::Explain { ticket, query } => {
                let found = self
                    .articles
                    .iter()
                    .any(|a| a.article.draft.text.to_lowercase().contains(&query.to_lowercase()));
                let form = ReadForm { word: query.clone(), kin: Kin::Longer, articles: 2 };
                let forms = if found { vec![form] } else { Vec::new() };
                let part =
                    ReadPart::Word { typed: query.clone(), in_title: false, exact: false, forms, further: 0 };
                let line = ReadLine { depth: 0, negated: false, part, articles: Some(2) };
                let reading = Reading { lines: vec![line], articles: 2 };
                Reply::Explained { ticket: *ticket, reading: Box::new(reading) }
            }
            Effect::Compare { ticket, articles, .. } => {
                let several = articles.len() > 1 || self.articles.len() > 1;
                Reply::Compared {
                    ticket: *ticket,
                    articles: if several { self.articles.clone() } else { Vec::new() },
                    comparison: Box::new(comparison(&self.articles)),
                }
            }
            Effect::Stories { ticket, .. } => Reply::Stories {
                ticket: *ticket,
                from: 0,
                total: 1,
                stories: vec![StoryRow {
                    id: StoryId(1),
                    title: "Brücke nach Sturm gesperrt".to_owned(),
                    articles: ids.iter().copied().take(2).collect(),
                    related: ids.get(2).map(|id| (*id, OutsideReason::Undated)).into_iter().collect(),
                }],
            },
            Effect::Candidates { ticket, typed } => {
                Reply::Candidates { ticket: *ticket, candidates: self.candidates(typed) }
            }
            Effect::Versions { ticket, id, number } => {
                let all: Vec<Article> = self.versions.iter().filter(|v| v.id == *id).cloned().collect();
                let pair = VersionPair::of(&all, *number).map(Box::new);
                Reply::Versions { ticket: *ticket, id: *id, pair }
            }
            Effect::Import { ticket, .. } => {
                Reply::Imported { ticket: *ticket, report: Box::new(self.imports.clone()?) }
            }
            _ => return None,
        })
    }

    /// Heads of the fixed articles, each by itself but for the two of one story or day.
    fn heads(&self, gathering: Gathering, ids: &[ArticleId]) -> Vec<ListHead> {
        let mut heads: Vec<ListHead> = Vec::new();
        for (at, id) in ids.iter().enumerate() {
            let article = &self.article(*id).article;
            let label = match gathering {
                Gathering::None => return Vec::new(),
                Gathering::Day => HeadLabel::Day(article.draft.published.day()),
                Gathering::Source => {
                    HeadLabel::Source(article.draft.source.label().unwrap_or_default().to_owned())
                }
                Gathering::Story => {
                    HeadLabel::Story(article.story.map(|s| (s, "Brücke nach Sturm gesperrt".to_owned())))
                }
            };
            match heads.last_mut() {
                Some(last) if last.label == label => last.articles += 1,
                _ => heads.push(ListHead { label, first: u32::try_from(at).unwrap(), articles: 1 }),
            }
        }
        heads
    }

    fn candidates(&self, typed: &str) -> Vec<Fit> {
        let mut all = vec![
            Candidate::Tag("Brücken".to_owned()),
            Candidate::Source("Tagesblatt".to_owned()),
            Candidate::Source("Morgenpost".to_owned()),
            Candidate::Entity(EntityKind::Person, "Anna Berg".to_owned()),
            Candidate::Story(StoryId(1), "Brücke nach Sturm gesperrt".to_owned(), 2),
        ];
        let titled = self.articles.iter().map(|a| &a.article);
        all.extend(titled.map(|a| Candidate::Headline(a.id, a.draft.title.text.clone())));
        fitting(typed, all)
    }

    fn found(&self, ticket: Ticket, query: &str) -> Reply {
        let hits = self.hits(query);
        let ids: Vec<ArticleId> = hits.iter().map(|h| h.id).collect();
        let total = u32::try_from(ids.len()).unwrap();
        let rows = self.rows(&ids);
        let answer = SearchAnswer { searched: 3, total, hits, ..SearchAnswer::default() };
        Reply::Found { ticket, answer: Box::new(answer), ids, rows, is_complete: true }
    }

    /// Articles that have the words as they are typed.
    fn hits(&self, query: &str) -> Vec<Hit> {
        let wanted = query.to_lowercase();
        let mut hits = Vec::new();
        for found in &self.articles {
            let text = &found.article.draft.text;
            let matches: Vec<Span> = text
                .to_lowercase()
                .match_indices(&wanted)
                .filter_map(|(at, words)| Span::new(text, at..at + words.len()))
                .collect();
            let Some(first) = matches.first().copied() else { continue };
            let paragraph = found.article.draft.paragraph_at(first.start()).expect("in a paragraph");
            let span = found.article.draft.paragraphs[paragraph].span;
            let passage = span.of(text).to_owned();
            let at = first.start() - span.start();
            hits.push(Hit {
                id: found.article.id,
                score: 1.0,
                title_matches: Vec::new(),
                matches,
                snippets: vec![Snippet {
                    matches: Span::new(&passage, at..at + first.len()).into_iter().collect(),
                    text: passage,
                    place: u32::try_from(first.start()).unwrap(),
                }],
            });
        }
        hits
    }
}

/// A reader whose first article has three versions.
pub fn with_versions(width: u16, height: u16) -> Reader {
    let mut reader = Reader::new(width, height);
    let newest = reader.articles[0].article.clone();
    let older = [(1, &[("zwölf", "neun"), ("Bahn", "Post")][..]), (2, &[("Risse", "Spalten")]), (3, &[])];
    for (number, other) in older {
        let mut version = newest.clone();
        for (new, old) in other {
            version.draft.text = version.draft.text.replacen(new, old, 1);
        }
        let text = version.draft.text.clone();
        let mut start = 0;
        for (paragraph, part) in version.draft.paragraphs.iter_mut().zip(text.split("\n\n")) {
            paragraph.span = Span::new(&text, start..start + part.len()).unwrap();
            start += part.len() + 2;
        }
        version.version = Version { number, of: 3, added: None };
        reader.versions.push(version);
    }
    reader
}

pub fn row(article: &Article) -> ArticleRow {
    ArticleRow {
        id: article.id,
        title: article.draft.title.text.clone(),
        title_derived: article.draft.title.basis == Basis::Derived,
        source: article.draft.source.clone(),
        published: article.draft.published,
        minutes: article.draft.minutes(),
        read: article.state.read,
        starred: article.state.starred,
        story: article.story.map(|id| StoryBadge { id, articles: 2 }),
        tags: article.tags.clone(),
        notes: u32::try_from(article.notes.len()).unwrap(),
    }
}

/// The three articles: two on one event, one without source, date and title on another.
pub fn articles() -> Vec<ComparedArticle> {
    use ParagraphKind as K;
    vec![
        article(
            1,
            Some("Brücke nach Sturm gesperrt"),
            Some("Tagesblatt"),
            Published::Day(date(2026, 3, 9)),
            &[
                (K::Title, "Brücke nach Sturm gesperrt"),
                (K::Lead, "Die Elbbrücke bei Wittenberge ist seit Montag für den Verkehr gesperrt."),
                (
                    K::Body,
                    "Nach dem Sturm fanden Prüfer zwölf Risse in den Pfeilern. „Wir öffnen erst, wenn es sicher \
                     ist“, sagte Verkehrsministerin Anna Berg am Montag.",
                ),
                (K::Heading, "Umleitung über Dömitz"),
                (K::Body, "Rund 9000 Fahrzeuge am Tag müssen ausweichen. Die Bahn fährt nach Plan."),
            ],
        ),
        article(
            2,
            Some("Sperrung der Elbbrücke trifft Pendler"),
            Some("Morgenpost"),
            Published::Estimated { from: date(2026, 3, 9), to: date(2026, 3, 10) },
            &[
                (K::Title, "Sperrung der Elbbrücke trifft Pendler"),
                (
                    K::Body,
                    "In den Pfeilern der Elbbrücke klaffen fünfzehn Risse. Ministerin Berg will die Brücke erst \
                     öffnen, wenn es sicher ist.",
                ),
                (K::Body, "Pendler verlieren eine Stunde am Tag, sagt der Verband der Fahrgäste."),
                (K::Tail, "mo (dpa)"),
            ],
        ),
        article(
            3,
            None,
            None,
            Published::Unknown,
            &[(
                K::Body,
                "Im vergangenen Jahr wurde die Fähre bei Lenzen erneuert. Sie trägt nun achtzehn Autos.",
            )],
        ),
    ]
}

fn article(
    id: u32,
    title: Option<&str>,
    source: Option<&str>,
    published: Published,
    paragraphs: &[(ParagraphKind, &str)],
) -> ComparedArticle {
    let mut draft = Draft {
        origin: format!("00{id}_text.txt"),
        published,
        language: Language::German,
        source: Source {
            name: source.map(str::to_owned),
            domain: None,
            basis: if source.is_some() { Basis::Stated } else { Basis::Unknown },
        },
        ..Draft::default()
    };
    for (kind, words) in paragraphs {
        if !draft.text.is_empty() {
            draft.text.push_str("\n\n");
        }
        let start = draft.text.len();
        draft.text.push_str(words);
        draft
            .paragraphs
            .push(Paragraph { span: Span::new(&draft.text, start..draft.text.len()).unwrap(), kind: *kind });
    }
    draft.title = match title {
        Some(title) => Title { text: title.to_owned(), basis: Basis::Stated },
        None => Title {
            text: "Im vergangenen Jahr wurde die Fähre bei Lenzen erneuert".to_owned(),
            basis: Basis::Derived,
        },
    };
    let analysis = analysis(&draft);
    let story = (id < 3).then_some(StoryId(1));
    ComparedArticle {
        article: Article {
            id: ArticleId(id),
            draft,
            state: ReadState::default(),
            story,
            tags: Vec::new(),
            notes: Vec::new(),
            corrected: Vec::new(),
            version: Version::default(),
        },
        analysis,
    }
}

fn analysis(draft: &Draft) -> Analysis {
    let mut analysis = Analysis::default();
    for (index, paragraph) in draft.paragraphs.iter().enumerate() {
        let mut start = paragraph.span.start();
        for part in paragraph.span.of(&draft.text).split_inclusive(". ") {
            let words = part.trim_end();
            let span = Span::new(&draft.text, start..start + words.len()).unwrap();
            analysis.sentences.push(Sentence { span, paragraph: u32::try_from(index).unwrap() });
            start += part.len();
        }
    }
    let names = [
        ("Anna Berg", EntityKind::Person, &["Anna Berg", "Berg"][..]),
        ("Elbbrücke", EntityKind::Place, &["Elbbrücke"]),
        ("Lenzen", EntityKind::Place, &["Lenzen"]),
        ("Bahn", EntityKind::Organisation, &["Bahn"]),
    ];
    for (canonical, kind, spellings) in names {
        let found = spellings.iter().find_map(|s| span_of(draft, s));
        if let Some(span) = found {
            let entity = u32::try_from(analysis.entities.len()).unwrap();
            analysis.entities.push(Entity { canonical: canonical.to_owned(), kind, roles: Vec::new() });
            analysis.mentions.push(Mention { span, entity, form: MentionForm::Name, role: None });
        }
    }
    if let Some(span) = span_of(draft, "„Wir öffnen erst, wenn es sicher ist“") {
        let speaker = Some("Anna Berg".to_owned());
        analysis.quotes.push(Quote { span, kind: QuoteKind::Direct, speaker, cue: Some("sagte".to_owned()) });
    }
    for (words, value) in [("zwölf Risse", 12.0), ("fünfzehn Risse", 15.0), ("achtzehn Autos", 18.0)] {
        if let Some(span) = span_of(draft, words) {
            let counted = words.split(' ').next_back().map(str::to_owned);
            analysis
                .figures
                .push(Figure { span, value: FigureValue::Number { low: value, high: value, counted } });
        }
    }
    analysis
}

fn span_of(draft: &Draft, words: &str) -> Option<Span> {
    let at = draft.text.find(words)?;
    Span::new(&draft.text, at..at + words.len())
}

fn coverage(of: &Analysis, articles: &[ComparedArticle]) -> Vec<Coverage> {
    of.entities
        .iter()
        .map(|e| Coverage {
            entity: EntityCount { canonical: e.canonical.clone(), kind: e.kind, mentions: 1 },
            mentioned: articles
                .iter()
                .map(|a| a.analysis.entities.iter().any(|o| o.canonical == e.canonical))
                .collect(),
        })
        .collect()
}

/// A comparison of the fixed articles: a differing number, a quote reported, two single facts.
pub fn comparison(articles: &[ComparedArticle]) -> Comparison {
    if articles.len() < 3 {
        return Comparison::default();
    }
    let span = |article: usize, words: &str| span_of(&articles[article].article.draft, words).expect(words);
    let report = |article: u32, mark, words: &str, value: &str, role| Report {
        article,
        mark,
        mentions: vec![ReportMention { span: span(article as usize, words), role }],
        value: Some(span(article as usize, value)),
    };
    let (first, second) = (
        "Nach dem Sturm fanden Prüfer zwölf Risse in den Pfeilern.",
        "In den Pfeilern der Elbbrücke klaffen fünfzehn Risse.",
    );
    let risse = Fact {
        label: "Risse in den Pfeilern".to_owned(),
        kind: FactKind::Number,
        tier: Tier::Sure,
        reports: vec![
            report(0, Mark::Differs, first, "zwölf Risse", MentionRole::Paraphrase),
            report(1, Mark::Differs, second, "fünfzehn Risse", MentionRole::Paraphrase),
        ],
        absent: Vec::new(),
        differences: vec![Difference {
            kind: DifferenceKind::Number,
            degree: Degree::Clash,
            note: "zwölf Risse / fünfzehn Risse".to_owned(),
            spans: vec![(0, span(0, "zwölf")), (1, span(1, "fünfzehn"))],
        }],
    };
    let quote = Fact {
        label: "Berg: erst öffnen, wenn es sicher ist".to_owned(),
        kind: FactKind::Quote,
        tier: Tier::Likely,
        reports: vec![
            report(
                0,
                Mark::Same,
                "„Wir öffnen erst, wenn es sicher ist“",
                "Wir öffnen erst",
                MentionRole::Direct,
            ),
            report(
                1,
                Mark::Vaguer,
                "Ministerin Berg will die Brücke erst öffnen, wenn es sicher ist.",
                "Ministerin Berg",
                MentionRole::Indirect,
            ),
        ],
        absent: Vec::new(),
        differences: Vec::new(),
    };
    let single = |article: u32, words: &str, other: u32, state| Fact {
        label: words.to_owned(),
        kind: FactKind::Event,
        tier: Tier::Sure,
        reports: vec![report(article, Mark::Only, words, words, MentionRole::Paraphrase)],
        absent: vec![Absence { article: other, state }],
        differences: Vec::new(),
    };
    Comparison {
        outside: vec![Outside { article: 2, why: OutsideReason::Undated }],
        copies: Vec::new(),
        facts: vec![
            risse,
            quote,
            single(0, "Rund 9000 Fahrzeuge am Tag müssen ausweichen.", 1, AbsenceState::NotFound),
            single(1, "Pendler verlieren eine Stunde am Tag", 0, AbsenceState::Unclear),
        ],
        labels: vec![Labels {
            entity: "Anna Berg".to_owned(),
            kind: EntityKind::Person,
            uses: vec![
                LabelUse {
                    article: 0,
                    label: "Verkehrsministerin".to_owned(),
                    voice: Voice::Outlet,
                    spans: vec![span(0, "Verkehrsministerin")],
                },
                LabelUse {
                    article: 1,
                    label: "Ministerin".to_owned(),
                    voice: Voice::Reported,
                    spans: vec![span(1, "Ministerin")],
                },
            ],
        }],
    }
}

/// An import of which much was refused.
pub fn refused() -> ImportReport {
    let reasons = [RefusalReason::Empty, RefusalReason::Binary, RefusalReason::NoText];
    let refusal = |i: usize| Refusal {
        origin: format!("archiv/{i:03}.txt"),
        reason: reasons[i % reasons.len()].clone(),
    };
    ImportReport {
        added: vec![ArticleId(1), ArticleId(2)],
        duplicates: 4,
        refused: (0..25).map(refusal).collect(),
        ..ImportReport::default()
    }
}
