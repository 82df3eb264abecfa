//! A comparison as a readable sheet.

use super::page::Page;
use super::refs::Shown;
use super::words::Words;
use crate::model::{Comparison, Fact, Span, Tier};

/// A comparison with the articles it is of.
#[derive(Clone, Copy)]
pub struct Sheet<'a> {
    /// The articles, in the comparison's order.
    pub articles: &'a [Shown],
    /// The comparison.
    pub comparison: &'a Comparison,
    /// The language.
    pub words: Words,
}

impl<'a> Sheet<'a> {
    /// A short name for an article: `A`, `B`, …, and from 27 on its number.
    pub fn letter(article: u32) -> String {
        u8::try_from(article)
            .ok()
            .and_then(|n| char::from_u32(u32::from(b'A') + u32::from(n)))
            .filter(char::is_ascii_uppercase)
            .map_or_else(|| (article + 1).to_string(), String::from)
    }

    /// Outlet of an article.
    pub fn outlet(&self, article: u32) -> &'a str {
        self.articles.get(article as usize).map_or("", |s| self.words.outlet(&s.article.draft.source))
    }

    /// An article's own words.
    pub fn words_of(&self, article: u32, span: Span) -> &'a str {
        self.articles.get(article as usize).map(|s| span.of(&s.article.draft.text)).unwrap_or_default()
    }

    /// Facts that two or more articles report.
    pub fn shared(&self) -> impl Iterator<Item = &'a Fact> {
        self.comparison.facts.iter().filter(|f| f.reports.len() > 1)
    }

    /// Facts that one article reports.
    pub fn single(&self) -> impl Iterator<Item = &'a Fact> {
        self.comparison.facts.iter().filter(|f| f.reports.len() == 1)
    }

    /// Whether an article tells of another event.
    pub fn is_outside(&self, article: u32) -> bool {
        self.comparison.outside.iter().any(|o| o.article == article)
    }

    /// What is compared, in one line.
    pub fn summary(&self) -> String {
        let words = self.words;
        let inside = self.articles.len().saturating_sub(self.comparison.outside.len());
        let shared = self.shared().count();
        let sure = self.shared().filter(|f| f.tier == Tier::Sure).count();
        let differing = self.shared().filter(|f| f.differs()).count();
        let facts =
            words.count(shared, ["gemeinsamer Fakt", "gemeinsame Fakten"], ["shared fact", "shared facts"]);
        format!(
            "{}, {facts} ({sure} {}, {} {}), {differing} {}",
            words.articles(inside),
            words.tier(Tier::Sure),
            shared - sure,
            words.tier(Tier::Likely),
            words.of("mit Abweichungen", "with differences"),
        )
    }

    /// The whole sheet.
    pub fn write(&self, page: &mut Page) {
        page.fill("", &self.summary());
        self.heads(page);
        self.facts(page);
        self.labels(page);
        self.quotes(page);
        self.only_here(page);
    }

    fn heads(&self, page: &mut Page) {
        let words = self.words;
        page.gap();
        for (index, shown) in (0_u32..).zip(self.articles) {
            let why = self.comparison.outside.iter().find(|o| o.article == index);
            let mut about = vec![words.head(&shown.article), shown.article.draft.title.text.clone()];
            about.extend(why.map(|o| {
                format!("{} ({})", words.of("steht abseits", "stands outside"), words.outside(o.why))
            }));
            page.fill(&format!("{:>2}  ", Self::letter(index)), &about.join(words.dot()));
        }
        for group in &self.comparison.copies {
            let letters: Vec<String> = group.articles.iter().map(|a| Self::letter(*a)).collect();
            let share = (group.share * 100.0).round();
            let text = words.of("gemeinsame Vorlage", "shared wire text");
            page.gap();
            page.fill("    ", &format!("{}: {text} ({share} %)", letters.join(", ")));
        }
    }

    fn facts(&self, page: &mut Page) {
        let words = self.words;
        page.gap();
        page.line(words.of("FAKTEN", "FACTS"));
        page.line(&words.legend());
        for (number, fact) in self.shared().enumerate() {
            page.gap();
            let about = format!("[{}, {}]", words.fact(fact.kind), words.tier(fact.tier));
            page.fill(&format!("{}. ", number + 1), &format!("{} {about}", fact.label));
            for report in &fact.reports {
                let own: Vec<&str> =
                    report.mentions.iter().map(|m| self.words_of(report.article, m.span)).collect();
                let head = format!(
                    "   {} {} {}: ",
                    words.mark(report.mark),
                    Self::letter(report.article),
                    self.outlet(report.article)
                );
                page.fill_with(&head, "       ", &own.join(" … "));
            }
            for absence in &fact.absent {
                let letter = Self::letter(absence.article);
                page.line(&format!(
                    "   {} {letter} {}",
                    words.absence(absence.state),
                    self.outlet(absence.article)
                ));
            }
            for difference in &fact.differences {
                let head = format!("     {}: ", words.difference(difference.kind, difference.degree));
                page.fill_with(&head, "       ", &difference.note);
            }
        }
        if self.shared().next().is_none() {
            page.gap();
            page.fill("   ", words.of("kein gemeinsamer Fakt gefunden", "no shared fact found"));
        }
    }

    fn labels(&self, page: &mut Page) {
        if self.comparison.labels.is_empty() {
            return;
        }
        page.gap();
        page.line(self.words.of("WORTWAHL", "WORD CHOICE"));
        for labels in &self.comparison.labels {
            page.gap();
            page.fill("", &labels.entity);
            for (index, _) in (0_u32..).zip(self.articles) {
                let uses = self.uses(labels, index);
                if !uses.is_empty() {
                    page.fill_with(
                        &format!("   {} {}: ", Self::letter(index), self.outlet(index)),
                        "       ",
                        &uses.join(", "),
                    );
                }
            }
        }
    }

    /// What one article calls an entity: label, count where above one, voice where not its own.
    pub fn uses(&self, labels: &crate::model::Labels, article: u32) -> Vec<String> {
        let own = labels.uses.iter().filter(|u| u.article == article);
        own.map(|u| {
            let count = if u.spans.len() > 1 { format!(" {}", u.spans.len()) } else { String::new() };
            let voice = match u.voice {
                crate::model::Voice::Outlet => String::new(),
                voice => format!(" ({})", self.words.voice(voice)),
            };
            format!("{}{count}{voice}", u.label)
        })
        .collect()
    }

    fn quotes(&self, page: &mut Page) {
        let any = self.articles.iter().any(|s| s.analysis.quotes.iter().any(|q| q.kind.is_quoted()));
        if !any {
            return;
        }
        page.gap();
        page.line(self.words.of("ZITATE", "QUOTES"));
        for (index, shown) in (0_u32..).zip(self.articles) {
            if self.is_outside(index) {
                continue;
            }
            for quote in shown.analysis.quotes.iter().filter(|q| q.kind.is_quoted()) {
                let speaker =
                    quote.speaker.as_deref().unwrap_or_else(|| self.words.of("ungenannt", "not named"));
                let head = format!("   {} {speaker}: ", Self::letter(index));
                page.fill_with(&head, "       ", quote.span.of(&shown.article.draft.text));
            }
        }
    }

    fn only_here(&self, page: &mut Page) {
        if self.single().next().is_none() {
            return;
        }
        page.gap();
        page.line(self.words.of("NUR HIER", "ONLY HERE"));
        for (index, _) in (0_u32..).zip(self.articles) {
            let own: Vec<&str> = self.own_words(index).collect();
            if own.is_empty() {
                continue;
            }
            page.gap();
            page.line(&format!("{} {}", Self::letter(index), self.outlet(index)));
            for words in own {
                page.fill("   + ", words);
            }
        }
    }

    /// What only one article has, in its own words.
    pub fn own_words(&self, article: u32) -> impl Iterator<Item = &'a str> {
        let sheet = *self;
        self.single()
            .flat_map(|f| &f.reports)
            .filter(move |r| r.article == article)
            .flat_map(move |r| r.mentions.iter().map(move |m| sheet.words_of(r.article, m.span)))
    }
}
