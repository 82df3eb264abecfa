use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Quote, Span};

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum EntityKind {
    /// A person.
    #[serde(rename = "PER")]
    Person,
    /// A place: countries, cities, regions, buildings as places.
    #[serde(rename = "LOC")]
    Place,
    /// An organisation: institutions, parties, companies, clubs, media, armed groups.
    #[serde(rename = "ORG")]
    Organisation,
    /// A named event (war, crisis, competition).
    #[serde(rename = "EVENT")]
    Event,
    /// Any other name (works, products, programmes).
    #[serde(rename = "OTHER")]
    Other,
}

/// How a mention names its entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MentionForm {
    /// The name itself.
    Name,
    /// A part of a compound (`US` in `US-Regierung`).
    Part,
    /// An adjective or inhabitants' name (`russische`).
    Derived,
}

/// Words of a text that name an entity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention {
    /// Where; a German genitive -s lies inside.
    pub span: Span,
    /// Index into [`Analysis::entities`].
    pub entity: u32,
    /// How it names the entity.
    pub form: MentionForm,
    /// Office or title that stands with this mention, as written (`US-Außenminister`).
    pub role: Option<String>,
}

/// Who or what is meant, within one article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entity {
    /// Full name, or the usual one.
    pub canonical: String,
    /// Kind.
    pub kind: EntityKind,
    /// Roles named anywhere in the article, without repeats, in order of appearance.
    pub roles: Vec<String>,
}

/// What a date or number says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum FigureValue {
    /// A day or span of days, both inclusive; `None` where it cannot be resolved.
    Date {
        /// First day.
        from: Option<Date>,
        /// Last day.
        to: Option<Date>,
    },
    /// A number or range with what it counts.
    Number {
        /// Lowest value meant (`bis zu 2000` has 0).
        low: f64,
        /// Highest value meant (`mehr als 20` has infinity).
        high: f64,
        /// Unit or counted noun as written (`Kampfjets`, `Prozent`).
        counted: Option<String>,
    },
}

/// A date or number in a text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// The words, with what they count.
    pub span: Span,
    /// What they say.
    pub value: FigureValue,
}

/// One sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sentence {
    /// Where; without white space at its ends.
    pub span: Span,
    /// Index of its paragraph in the draft.
    pub paragraph: u32,
}

/// What an article says, as spans into its text.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Analysis {
    /// Sentences of all paragraphs, in order.
    pub sentences: Vec<Sentence>,
    /// Entities, by first mention.
    pub entities: Vec<Entity>,
    /// Mentions of them, by place.
    pub mentions: Vec<Mention>,
    /// Direct and reported speech, by place.
    pub quotes: Vec<Quote>,
    /// Dates and numbers, by place.
    pub figures: Vec<Figure>,
}
