//! The nouns: plain data without behaviour beyond their own invariants.
//!
//! Everything here may be used by every other room and uses none of them.

pub mod address;
mod article;
mod change;
mod comparison;
mod correction;
mod entity;
mod feed;
mod ids;
mod published;
mod quote;
mod span;
mod view;

pub use article::{
    Article, Basis, Draft, Language, Paragraph, ParagraphKind, ReadState, Source, StateChange, Title, Version,
};
pub use change::{Change, Kept, Leavings, Note, NoteId, SavedSearch};
pub use comparison::{
    Absence, AbsenceState, Comparison, CopyGroup, Degree, Difference, DifferenceKind, Fact, FactKind,
    LabelUse, Labels, Mark, MentionRole, Outside, OutsideReason, Report, ReportMention, Tier, Voice,
};
pub use correction::{Field, FieldValue};
pub use entity::{Analysis, Entity, EntityKind, Figure, FigureValue, Mention, MentionForm, Sentence};
pub use feed::{
    Feed, FeedId, FetchReport, Fetched, LONGEST_PAUSE_S, Missed, NewFeed, Taken, Trouble, Validators,
};
pub use ids::{ArticleId, Locale, StoryId};
pub use published::Published;
pub use quote::{Quote, QuoteKind};
pub use span::Span;
pub use view::{
    ArticleRow, Coverage, EntityCount, Filter, Gathering, HeadLabel, Hit, ImportReport, ListHead, Progress,
    Refusal, RefusalReason, SearchAnswer, Snippet, Sort, StoryBadge, StoryRow, View,
};
