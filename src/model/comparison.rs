use serde::{Deserialize, Serialize};

use super::{EntityKind, Span};

/// How sure it is that the reports of a fact belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Tier {
    /// Measured right at least nine times in ten.
    Sure,
    /// Worth a look; to be read with care.
    Likely,
}

/// What kind of thing a fact is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FactKind {
    /// Something happened or is planned.
    Event,
    /// Somebody said something.
    Quote,
    /// Something was counted or measured.
    Number,
    /// Somebody holds a view.
    Position,
    /// Known before the event.
    Background,
}

/// How one outlet's report stands to the others'.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mark {
    /// Says the same.
    Same,
    /// Says less, or less exactly.
    Vaguer,
    /// Takes part in a difference.
    Differs,
    /// The only outlet that has it.
    Only,
}

/// How the words of a report give the fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MentionRole {
    /// In quotation marks.
    Direct,
    /// In reported speech.
    Indirect,
    /// In the outlet's own words.
    Paraphrase,
}

/// Words of one article that report a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportMention {
    /// Where, in the article's text.
    pub span: Span,
    /// How.
    pub role: MentionRole,
}

/// One outlet's words for a fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// Index into the compared articles.
    pub article: u32,
    /// How it stands to the others.
    pub mark: Mark,
    /// Its words, by place; never empty.
    pub mentions: Vec<ReportMention>,
    /// The words that tell most for a narrow cell (a value, a name): a span inside the mentions.
    pub value: Option<Span>,
}

/// What can be said where an outlet has no report of a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AbsenceState {
    /// Nothing near it, and none of its rare names or numbers, stands in the article.
    NotFound,
    /// Something may be there.
    Unclear,
}

/// An outlet without a report of a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Absence {
    /// Index into the compared articles.
    pub article: u32,
    /// What can be said.
    pub state: AbsenceState,
}

/// What sets two reports apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DifferenceKind {
    /// Another number.
    Number,
    /// Another time.
    Time,
    /// The same quote in other words.
    QuoteWording,
    /// Quoted here, reported there.
    DirectIndirect,
    /// Another name for the same.
    Label,
    /// Stated here, hedged there.
    Modality,
    /// Another source named.
    Attribution,
    /// A detail that others lack.
    Detail,
    /// Both cannot be true.
    Contradiction,
}

/// How far apart the words of a difference are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Degree {
    /// Word for word the same: worth knowing, and no difference.
    Same,
    /// One has what the others lack.
    Lacks,
    /// They say it in another way.
    Varies,
    /// They cannot both be meant.
    Clash,
}

/// A difference between reports of a fact, with its evidence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// What kind.
    pub kind: DifferenceKind,
    /// How far apart.
    pub degree: Degree,
    /// The differing words, `…` / `…`; the articles' own words only.
    pub note: String,
    /// Evidence: article index and span.
    pub spans: Vec<(u32, Span)>,
}

/// Something that one or more outlets report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// Words to show for it, taken from a report.
    pub label: String,
    /// What kind of thing.
    pub kind: FactKind,
    /// How sure its reports belong together.
    pub tier: Tier,
    /// At most one report an article, by article.
    pub reports: Vec<Report>,
    /// The other articles of the story.
    pub absent: Vec<Absence>,
    /// What sets the reports apart.
    pub differences: Vec<Difference>,
}

impl Fact {
    /// Whether its reports differ in more than what one has and another lacks.
    #[must_use]
    pub fn differs(&self) -> bool {
        self.differences.iter().any(|d| d.degree >= Degree::Varies)
    }
}

/// Who uses a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Voice {
    /// The outlet itself.
    Outlet,
    /// Words in quotation marks.
    Quoted,
    /// Reported speech.
    Reported,
}

/// How often one article uses one label for an entity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LabelUse {
    /// Index into the compared articles.
    pub article: u32,
    /// The label as written, without article and ending where the base form is known.
    pub label: String,
    /// Who uses it.
    pub voice: Voice,
    /// Where; its length is the count.
    pub spans: Vec<Span>,
}

/// What an entity is called, by article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Labels {
    /// Canonical name.
    pub entity: String,
    /// Kind.
    pub kind: EntityKind,
    /// Uses, by article, most frequent first.
    pub uses: Vec<LabelUse>,
}

/// An article that tells of another event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outside {
    /// Index into the compared articles.
    pub article: u32,
    /// Why it stands outside.
    pub why: OutsideReason,
}

/// Why an article stands outside a story.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum OutsideReason {
    /// Published this many days from the rest.
    Days(i32),
    /// It states no date and shares too little that only this event has.
    Undated,
    /// It shares too little with the rest.
    OtherEvent,
}

/// Articles that share wire text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CopyGroup {
    /// Indices into the compared articles.
    pub articles: Vec<u32>,
    /// Share of the shorter text that stands in the other, 0 to 1.
    pub share: f32,
}

/// How outlets report the same facts.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// Articles that tell of another event.
    pub outside: Vec<Outside>,
    /// Groups that share wire text.
    pub copies: Vec<CopyGroup>,
    /// Facts: differing first, then partly the same, same, single.
    pub facts: Vec<Fact>,
    /// Who is called what.
    pub labels: Vec<Labels>,
}
