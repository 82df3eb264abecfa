//! What answers say around the articles' own words, German and English.

use jiff::civil::Date;

use crate::library::Recovery;
use crate::model::{
    AbsenceState, Article, ArticleRow, Degree, DifferenceKind, EntityKind, FactKind, Locale, Mark,
    OutsideReason, Published, QuoteKind, RefusalReason, Source, Tier, Voice,
};

/// Speaks one language, with marks of a character set.
#[derive(Clone, Copy, Debug)]
pub struct Words {
    /// Which language.
    pub locale: Locale,
    /// Marks in ASCII only.
    pub ascii: bool,
}

impl Words {
    /// What became of a damaged library.
    pub fn recovered(self, recovery: &Recovery) -> String {
        let (kept, lost) = (self.articles(recovery.kept as usize), recovery.lost);
        let copy = recovery.copy.display();
        let doubtful = match recovery.doubtful {
            0 => String::new(),
            n => self
                .of(
                    &format!(" (davon {n} mit falschen Buchstaben: erneut importieren)"),
                    &format!(" ({n} of them with wrong letters: import them again)"),
                )
                .to_owned(),
        };
        self.of(
            &format!(
                "war beschädigt; {kept} gerettet{doubtful}, {lost} nicht lesbar; die beschädigte Datei liegt in \
                 {copy}"
            ),
            &format!(
                "was damaged; {kept} recovered{doubtful}, {lost} not readable; the damaged file lies at {copy}"
            ),
        )
        .to_owned()
    }

    /// One of two.
    pub fn of<'a>(self, german: &'a str, english: &'a str) -> &'a str {
        match self.locale {
            Locale::German => german,
            Locale::English => english,
        }
    }

    /// `1 Artikel`, `2 articles`: a count with its noun.
    pub fn count(self, count: usize, german: [&str; 2], english: [&str; 2]) -> String {
        let [one, many] = match self.locale {
            Locale::German => german,
            Locale::English => english,
        };
        format!("{count} {}", if count == 1 { one } else { many })
    }

    /// `3 articles`.
    pub fn articles(self, count: usize) -> String {
        self.count(count, ["Artikel", "Artikel"], ["article", "articles"])
    }

    /// What stands between facts of one line.
    pub fn dot(self) -> &'static str {
        if self.ascii { " - " } else { " · " }
    }

    /// A line of the interface's words, with the marks of the character set.
    pub fn marked(self, line: String) -> String {
        if !self.ascii {
            return line;
        }
        line.replace('·', "-").replace(['„', '“', '”'], "\"").replace('…', "...")
    }

    /// A day: `19.09.2015`, `19 Sep 2015`.
    pub fn day(self, day: Date) -> String {
        let form = self.of("%d.%m.%Y", "%-d %b %Y");
        day.strftime(form).to_string()
    }

    /// When, and how sure that is.
    pub fn published(self, published: Published) -> String {
        match published {
            Published::Unknown => self.of("ohne Datum", "no date").to_owned(),
            Published::Day(day) => self.day(day),
            Published::Estimated { from, to } if from == to => format!("~ {}", self.day(from)),
            Published::Estimated { from, to } => format!("~ {} – {}", self.day(from), self.day(to)),
        }
    }

    /// The outlet, or that it is not known.
    pub fn outlet(self, source: &Source) -> &str {
        source.label().unwrap_or_else(|| self.of("Quelle unbekannt", "unknown source"))
    }

    /// Outlet and date.
    pub fn head(self, article: &Article) -> String {
        let draft = &article.draft;
        [self.outlet(&draft.source).to_owned(), self.published(draft.published)].join(self.dot())
    }

    /// The second line of a list entry.
    pub fn row(self, row: &ArticleRow) -> String {
        let mut parts = vec![
            self.outlet(&row.source).to_owned(),
            self.published(row.published),
            format!("{} min", row.minutes),
        ];
        if row.title_derived {
            parts.push(self.of("ohne Überschrift", "no headline").to_owned());
        }
        if let Some(story) = row.story {
            let articles = self.articles(usize::from(story.articles));
            parts.push(format!("{} {}: {articles}", self.of("Thema", "story"), story.id.0));
        }
        if row.read {
            parts.push(self.of("gelesen", "read").to_owned());
        }
        if row.starred {
            parts.push(self.of("markiert", "starred").to_owned());
        }
        parts.join(self.dot())
    }

    /// A kind of name, in the plural, as a heading.
    pub fn kind(self, kind: EntityKind) -> &'static str {
        match kind {
            EntityKind::Person => self.of("Personen", "People"),
            EntityKind::Place => self.of("Orte", "Places"),
            EntityKind::Organisation => self.of("Organisationen", "Organisations"),
            EntityKind::Event => self.of("Ereignisse", "Events"),
            EntityKind::Other => self.of("Anderes", "Other"),
        }
    }

    /// How speech is given.
    pub fn speech(self, kind: QuoteKind) -> &'static str {
        match kind {
            QuoteKind::Direct => self.of("wörtlich", "quoted"),
            QuoteKind::Fragment => self.of("Wörter im Zitat", "words quoted"),
            QuoteKind::Indirect => self.of("indirekt", "reported"),
            QuoteKind::Attributed => self.of("zugeschrieben", "attributed"),
        }
    }

    /// The mark of a report.
    pub fn mark(self, mark: Mark) -> char {
        match mark {
            Mark::Same => '=',
            Mark::Vaguer => '~',
            Mark::Differs if self.ascii => '!',
            Mark::Differs => '≠',
            Mark::Only => '+',
        }
    }

    /// The mark of an outlet without a report.
    pub fn absence(self, state: AbsenceState) -> char {
        match state {
            AbsenceState::NotFound if self.ascii => '.',
            AbsenceState::NotFound => '·',
            AbsenceState::Unclear => '?',
        }
    }

    /// What the marks mean.
    pub fn legend(self) -> String {
        format!(
            "= {}   ~ {}   {} {}   + {}   {} {}   ? {}",
            self.of("gleich", "same"),
            self.of("ungenauer", "less exact"),
            self.mark(Mark::Differs),
            self.of("weicht ab", "differs"),
            self.of("nur hier", "only here"),
            self.absence(AbsenceState::NotFound),
            self.of("nicht gefunden", "not found"),
            self.of("unklar", "unclear"),
        )
    }

    /// What kind of fact.
    pub fn fact(self, kind: FactKind) -> &'static str {
        match kind {
            FactKind::Event => self.of("Ereignis", "event"),
            FactKind::Quote => self.of("Zitat", "quote"),
            FactKind::Number => self.of("Zahl", "number"),
            FactKind::Position => self.of("Haltung", "position"),
            FactKind::Background => self.of("Hintergrund", "background"),
        }
    }

    /// How sure a fact's reports belong together.
    pub fn tier(self, tier: Tier) -> &'static str {
        match tier {
            Tier::Sure => self.of("sicher", "sure"),
            Tier::Likely => self.of("wahrscheinlich", "likely"),
        }
    }

    /// In what reports differ, or that their words are the same.
    pub fn difference(self, kind: DifferenceKind, degree: Degree) -> &'static str {
        match kind {
            _ if degree == Degree::Same => self.of("wortgleich", "same words"),
            DifferenceKind::Number => self.of("Zahl", "number"),
            DifferenceKind::Time => self.of("Zeit", "time"),
            DifferenceKind::QuoteWording => self.of("Wortlaut", "wording"),
            DifferenceKind::DirectIndirect => self.of("wörtlich / indirekt", "quoted / reported"),
            DifferenceKind::Label => self.of("Bezeichnung", "label"),
            DifferenceKind::Modality => self.of("Gewissheit", "certainty"),
            DifferenceKind::Attribution => self.of("Quelle", "source"),
            DifferenceKind::Detail => self.of("Einzelheit", "detail"),
            DifferenceKind::Contradiction => self.of("Widerspruch", "contradiction"),
        }
    }

    /// Who uses a label.
    pub fn voice(self, voice: Voice) -> &'static str {
        match voice {
            Voice::Outlet => self.of("Medium", "outlet"),
            Voice::Quoted => self.of("im Zitat", "quoted"),
            Voice::Reported => self.of("indirekt", "reported"),
        }
    }

    /// Why an article stands outside a story.
    pub fn outside(self, why: OutsideReason) -> String {
        match why {
            OutsideReason::Days(days) => {
                let days = usize::try_from(days.unsigned_abs()).unwrap_or(usize::MAX);
                let days = self.count(days, ["Tag", "Tage"], ["day", "days"]);
                format!("{days} {}", self.of("entfernt", "apart"))
            }
            OutsideReason::Undated => self
                .of(
                    "ohne Datum, und zu wenig gemeinsam, das nur dieses Ereignis hat",
                    "no date, and too little in common that only this event has",
                )
                .to_owned(),
            OutsideReason::OtherEvent => self.of("ein anderes Ereignis", "another event").to_owned(),
        }
    }

    /// Why a file gave no article, and what to do.
    pub fn refusal(self, reason: &RefusalReason) -> String {
        crate::app::words::refusal(reason, self.locale)
    }
}
