//! What is known about an article, field by field, to be corrected.

use jiff::civil::Date;

use super::edit::EditLine;
use super::{show, words_details};
use crate::model::{
    Article, ArticleId, Basis, Change, Field, FieldValue, Language, Locale, Published, Source, Title,
};
use crate::text::typed::{self, NoDay};

/// What stands for "not known" in a field.
pub const UNKNOWN: &str = "?";

/// Why a field cannot say what is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mistake {
    /// No day.
    Day(NoDay),
    /// No language that is known.
    Language,
    /// Every article has some headline.
    NoTitle,
}

/// What is to become of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Wish {
    /// It stays as it is.
    Unchanged,
    /// It says again what the article's source says.
    Stated,
    /// It says something else.
    Other(FieldValue),
}

/// One field.
#[derive(Clone, Debug)]
pub struct DetailLine {
    /// Which.
    pub field: Field,
    /// What is typed.
    pub line: EditLine,
    /// What was there at first, as letters and as what they say.
    before: String,
    now: FieldValue,
    /// What the article's source says.
    pub stated: FieldValue,
    /// The reader has corrected it.
    pub is_corrected: bool,
    /// The user said it when the article was imported.
    pub is_given: bool,
}

/// The form.
#[derive(Clone, Debug)]
pub struct Details {
    /// Of which article.
    pub article: ArticleId,
    lines: Vec<DetailLine>,
    selected: usize,
    today: Date,
    locale: Locale,
}

impl Details {
    /// The form with what is known of `article`; days without a year count back from `today`.
    #[must_use]
    pub fn new(article: &Article, today: Date, locale: Locale) -> Self {
        let line = |field: Field| {
            let now = FieldValue::of(field, &article.draft);
            let before = text_of(&now, locale);
            let corrected = article.corrected.iter().find(|stated| stated.field() == field);
            DetailLine {
                field,
                line: EditLine::new(&before),
                before,
                is_corrected: corrected.is_some(),
                stated: corrected.unwrap_or(&now).clone(),
                now,
                is_given: article.draft.given.contains(&field),
            }
        };
        Self { article: article.id, lines: Field::ALL.map(line).to_vec(), selected: 0, today, locale }
    }

    /// All fields.
    #[must_use]
    pub fn lines(&self) -> &[DetailLine] {
        &self.lines
    }

    /// Index of the field with the cursor.
    #[must_use]
    pub fn selected(&self) -> usize {
        self.selected
    }

    /// The line that is typed into.
    pub fn line_mut(&mut self) -> Option<&mut EditLine> {
        self.lines.get_mut(self.selected).map(|line| &mut line.line)
    }

    /// Goes to another field; from the last on to the first.
    pub fn step(&mut self, steps: isize) {
        let count = isize::try_from(self.lines.len().max(1)).unwrap_or(1);
        let at = isize::try_from(self.selected).unwrap_or(0);
        self.selected = usize::try_from((at + steps).rem_euclid(count)).unwrap_or(0);
    }

    /// What a field says of itself: what is read of what is typed, or where its value comes from; and
    /// whether something is wrong.
    #[must_use]
    pub fn about(&self, line: &DetailLine) -> (String, bool) {
        match self.read(line) {
            Err(mistake) => (words_details::mistake(mistake, self.locale).to_owned(), true),
            Ok(Wish::Other(value)) => (words_details::will_be(&value, self.locale), false),
            Ok(Wish::Stated) => (words_details::as_stated(&line.stated, self.locale), false),
            Ok(Wish::Unchanged) => (words_details::origin(line, self.locale), false),
        }
    }

    /// What is to become of a field by what is typed in it.
    fn read(&self, line: &DetailLine) -> Result<Wish, Mistake> {
        let typed = line.line.text().trim();
        if typed == line.before.trim() {
            return Ok(Wish::Unchanged);
        }
        if typed.is_empty() {
            return Ok(if line.is_corrected { Wish::Stated } else { Wish::Unchanged });
        }
        let is_known = typed != UNKNOWN;
        let name = typed.to_owned();
        let value = match line.field {
            Field::Title if !is_known => return Err(Mistake::NoTitle),
            Field::Title => FieldValue::Title(Title { text: name, basis: Basis::Stated }),
            Field::Source if !is_known => FieldValue::Source(Source::default()),
            Field::Source => {
                FieldValue::Source(Source { name: Some(name), domain: None, basis: Basis::Stated })
            }
            Field::Date if !is_known => FieldValue::Date(Published::Unknown),
            Field::Date => {
                FieldValue::Date(Published::Day(typed::day(typed, self.today).map_err(Mistake::Day)?))
            }
            Field::Authors if !is_known => FieldValue::Authors(Vec::new()),
            Field::Authors => FieldValue::Authors(names(typed)),
            Field::Language => FieldValue::Language(language(typed).ok_or(Mistake::Language)?),
        };
        Ok(match value {
            value if reads_same(&value, &line.now) => Wish::Unchanged,
            value if line.is_corrected && reads_same(&value, &line.stated) => Wish::Stated,
            value => Wish::Other(value),
        })
    }

    /// The changes that are typed; where one cannot be made, its field is gone to and there are none.
    ///
    /// # Errors
    /// What is wrong in the first field with a mistake.
    pub fn changes(&mut self) -> Result<Vec<Change>, Mistake> {
        let mut changes = Vec::new();
        for (at, line) in self.lines.iter().enumerate() {
            let to = match self.read(line) {
                Ok(Wish::Unchanged) => continue,
                Ok(Wish::Stated) => None,
                Ok(Wish::Other(value)) => Some(value),
                Err(mistake) => {
                    self.selected = at;
                    return Err(mistake);
                }
            };
            changes.push(Change::Correct { article: self.article, field: line.field, to });
        }
        Ok(changes)
    }
}

/// Whether two values read the same, wherever they are known from.
fn reads_same(one: &FieldValue, other: &FieldValue) -> bool {
    match (one, other) {
        (FieldValue::Title(one), FieldValue::Title(other)) => one.text == other.text,
        (FieldValue::Source(one), FieldValue::Source(other)) => one.label() == other.label(),
        _ => one == other,
    }
}

/// What a field's line shows at first; nothing that is not known for sure.
fn text_of(value: &FieldValue, locale: Locale) -> String {
    match value {
        FieldValue::Title(title) => title.text.clone(),
        FieldValue::Source(source) => source.label().unwrap_or_default().to_owned(),
        FieldValue::Date(published @ Published::Day(_)) => show::date_short(*published, locale),
        FieldValue::Date(_) => String::new(),
        FieldValue::Authors(authors) => authors.join(", "),
        FieldValue::Language(language) => words_details::language(*language, locale).to_owned(),
    }
}

fn names(typed: &str) -> Vec<String> {
    let names = typed.split([',', ';']).map(|name| name.split_whitespace().collect::<Vec<_>>().join(" "));
    names.filter(|name| !name.is_empty()).collect()
}

fn language(typed: &str) -> Option<Language> {
    Some(match typed.to_lowercase().as_str() {
        "de" | "deutsch" | "german" => Language::German,
        "en" | "englisch" | "english" => Language::English,
        "andere" | "other" | UNKNOWN => Language::Other,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::model::{Draft, ReadState, Version};

    fn article(corrected: Vec<FieldValue>) -> Article {
        let draft = Draft {
            title: Title { text: "Rat tagt".to_owned(), basis: Basis::Derived },
            published: Published::Estimated { from: date(2015, 9, 17), to: date(2015, 9, 18) },
            ..Draft::default()
        };
        Article {
            id: ArticleId(7),
            draft,
            state: ReadState::default(),
            story: None,
            tags: Vec::new(),
            notes: Vec::new(),
            corrected,
            version: Version::default(),
        }
    }

    fn typed(
        field: usize,
        text: &str,
        corrected: Vec<FieldValue>,
    ) -> Result<Vec<Option<FieldValue>>, Mistake> {
        typed_of(&article(corrected), field, text)
    }

    fn typed_of(article: &Article, field: usize, text: &str) -> Result<Vec<Option<FieldValue>>, Mistake> {
        let mut details = Details::new(article, date(2026, 3, 10), Locale::German);
        details.step(isize::try_from(field).unwrap());
        let line = details.line_mut().unwrap();
        line.clear();
        line.insert(text);
        let changes = details.changes()?.into_iter();
        Ok(changes
            .map(|change| match change {
                Change::Correct { to, .. } => to,
                other => panic!("{other:?}"),
            })
            .collect())
    }

    #[test]
    fn what_is_typed_becomes_a_correction() {
        let day = |d| FieldValue::Date(Published::Day(d));
        for (field, text, expected) in [
            (0, "Rat tagt", None),
            (
                0,
                "Rat berät",
                Some(FieldValue::Title(Title { text: "Rat berät".to_owned(), basis: Basis::Stated })),
            ),
            (1, "?", None),
            (3, "?", None),
            (2, "18.9.2015", Some(day(date(2015, 9, 18)))),
            (2, "gestern", Some(day(date(2026, 3, 9)))),
            (2, "?", Some(FieldValue::Date(Published::Unknown))),
            (2, "", None),
            (
                3,
                "Anna Berg,  Otto  Tal ,",
                Some(FieldValue::Authors(vec!["Anna Berg".to_owned(), "Otto Tal".to_owned()])),
            ),
            (4, "EN", Some(FieldValue::Language(Language::English))),
        ] {
            let expected: Vec<Option<FieldValue>> = expected.into_iter().map(Some).collect();
            assert_eq!(typed(field, text, Vec::new()), Ok(expected), "{text}");
        }
    }

    #[test]
    fn an_emptied_field_says_what_the_source_says() {
        let stated = FieldValue::Title(Title { text: "Rat".to_owned(), basis: Basis::Stated });
        assert_eq!(typed(0, "", vec![stated]), Ok(vec![None]));
        assert_eq!(typed(0, " ", Vec::new()), Ok(Vec::new()));
    }

    #[test]
    fn other_letters_for_the_same_are_no_change() {
        let mut known = article(Vec::new());
        known.draft.authors = vec!["Anna Berg".to_owned(), "Otto Tal".to_owned()];
        known.draft.published = Published::Day(date(2015, 9, 18));
        known.draft.language = Language::German;
        for (field, text) in [(2, "2015-09-18"), (2, "18. Sept. 2015"), (3, "Anna Berg,Otto Tal"), (4, "de")]
        {
            assert_eq!(typed_of(&known, field, text), Ok(Vec::new()), "{text}");
        }
        assert_eq!(
            typed_of(&known, 3, "Anna Berg"),
            Ok(vec![Some(FieldValue::Authors(vec!["Anna Berg".to_owned()]))])
        );
    }

    #[test]
    fn what_the_source_says_is_no_correction_when_it_is_typed() {
        let stated = [
            (0, FieldValue::Title(Title { text: "Rat".to_owned(), basis: Basis::Derived }), "Rat"),
            (2, FieldValue::Date(Published::Day(date(2015, 9, 18))), "18.9.15"),
            (3, FieldValue::Authors(Vec::new()), "?"),
        ];
        for (field, stated, text) in stated {
            let mut known = article(vec![stated]);
            known.draft.authors = vec!["Otto Tal".to_owned()];
            assert_eq!(typed_of(&known, field, text), Ok(vec![None]), "{text}");
        }
    }

    #[test]
    fn mistakes_are_told_and_nothing_is_changed() {
        assert_eq!(typed(2, "31.2.2015", Vec::new()), Err(Mistake::Day(NoDay::NotInCalendar)));
        assert_eq!(typed(4, "klingonisch", Vec::new()), Err(Mistake::Language));
        assert_eq!(typed(0, "?", Vec::new()), Err(Mistake::NoTitle));
    }
}
