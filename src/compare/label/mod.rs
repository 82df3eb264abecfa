//! Who is called what, by which article, in whose voice.
//!
//! Shows the words; how kind or unkind they are is left to the reader.

mod nominal;
mod phrase;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use super::Analysed;
use crate::model::{
    EntityKind, LabelUse, Labels, Language, MentionForm, ParagraphKind, QuoteKind, Span, Voice,
};
use crate::text::fold::fold;
use crate::text::stem::stem;
use crate::text::word::words;
use nominal::Offices;
use phrase::Page;

/// Labels of all persons, places and organisations that `articles` mention, those with the most
/// different labels first; article numbers count in the order given.
///
/// Entities of different articles are one when name and kind agree. A label is the noun phrase
/// around a name, a compound with it, or an office that stands for its holder.
#[must_use]
pub fn labels(articles: &[Analysed<'_>]) -> Vec<Labels> {
    let pages: Vec<Page<'_>> = Page::all(articles);
    let offices = Offices::of(&pages);
    let mut found: BTreeMap<(String, EntityKind), Vec<Use>> = BTreeMap::new();
    for (index, page) in pages.iter().enumerate() {
        let article = u32::try_from(index).unwrap_or(u32::MAX);
        for (entity, span) in named(page).chain(offices.stand_ins(page)) {
            let Some(known) = page.article.analysis.entities.get(entity as usize) else { continue };
            let Some(label) = label_text(page, span) else { continue };
            let full =
                if known.kind == EntityKind::Person { page.full(&known.canonical) } else { &known.canonical };
            let voice = voice(page, span, &known.canonical);
            let key = key(&label, page.article.draft.language);
            found.entry((full.to_owned(), known.kind)).or_default().push(Use {
                article,
                voice,
                key,
                label,
                span,
            });
        }
        // Offices may belong to somebody whom only other articles name.
        for (canonical, span) in offices.absent_holders(page) {
            let Some(label) = label_text(page, span) else { continue };
            let voice = voice(page, span, &canonical);
            let key = key(&label, page.article.draft.language);
            found.entry((canonical, EntityKind::Person)).or_default().push(Use {
                article,
                voice,
                key,
                label,
                span,
            });
        }
    }
    let mut labels: Vec<(usize, usize, Labels)> = found
        .into_iter()
        .map(|((entity, kind), uses)| {
            let different = uses.iter().map(|u| &u.key).collect::<BTreeSet<_>>().len();
            (different, uses.len(), Labels { entity, kind, uses: counted(uses) })
        })
        .collect();
    labels.sort_by(|a, b| (b.0, b.1).cmp(&(a.0, a.1)).then_with(|| a.2.entity.cmp(&b.2.entity)));
    labels.into_iter().map(|(_, _, l)| l).collect()
}

/// One place where a label stands.
struct Use {
    article: u32,
    voice: Voice,
    /// What inflected forms of one label share.
    key: String,
    label: String,
    span: Span,
}

/// Uses of one entity, by article, most frequent first, each label as it is written first.
fn counted(uses: Vec<Use>) -> Vec<LabelUse> {
    let mut groups: BTreeMap<(u32, String, Voice), (String, Vec<Span>)> = BTreeMap::new();
    for one in uses {
        let group =
            groups.entry((one.article, one.key, one.voice)).or_insert_with(|| (one.label, Vec::new()));
        if !group.1.contains(&one.span) {
            group.1.push(one.span);
        }
    }
    let mut counted: Vec<LabelUse> = groups
        .into_iter()
        .map(|((article, _, voice), (label, mut spans))| {
            spans.sort_unstable();
            LabelUse { article, label, voice, spans }
        })
        .collect();
    counted.sort_by(|a, b| {
        a.article
            .cmp(&b.article)
            .then(b.spans.len().cmp(&a.spans.len()))
            .then(a.spans.first().cmp(&b.spans.first()))
    });
    counted
}

/// Entity and label of every name of `page`, compounds included.
fn named<'p>(page: &'p Page<'_>) -> impl Iterator<Item = (u32, Span)> + 'p {
    let analysis = page.article.analysis;
    analysis.mentions.iter().filter_map(|mention| {
        let kind = analysis.entities.get(mention.entity as usize)?.kind;
        if !matches!(kind, EntityKind::Person | EntityKind::Place | EntityKind::Organisation)
            || !is_told(page, mention.span)
        {
            return None;
        }
        let span = match mention.form {
            MentionForm::Name => page.noun_phrase(mention)?,
            MentionForm::Part if kind != EntityKind::Place => page.compound(mention)?,
            MentionForm::Part | MentionForm::Derived => return None,
        };
        Some((mention.entity, span))
    })
}

/// Whether a span stands in words of the article, not in credits.
fn is_told(page: &Page<'_>, span: Span) -> bool {
    let draft = page.article.draft;
    draft
        .paragraph_at(span.start())
        .is_some_and(|p| !matches!(draft.paragraphs[p].kind, ParagraphKind::Credit | ParagraphKind::Tail))
}

/// The label as shown: on one line, without a genitive's ending where the name is known without.
fn label_text(page: &Page<'_>, span: Span) -> Option<String> {
    let mut label = span.of(&page.article.draft.text).split_whitespace().collect::<Vec<_>>().join(" ");
    if page.is_genitive(span.end()) {
        let cut = label.trim_end_matches(['’', '\'']).len();
        label.truncate(cut);
        if label.ends_with('s') {
            label.pop();
            let cut = label.trim_end_matches(['’', '\'']).len();
            label.truncate(cut);
        }
    }
    (!label.is_empty()).then_some(label)
}

/// Folded stems of the label's words.
fn key(label: &str, language: Language) -> String {
    let folded = fold(label);
    let stems: Vec<&str> =
        words(&folded).into_iter().filter_map(|w| folded.get(w)).map(|w| stem(w, language)).collect();
    stems.join(" ")
}

/// Who uses the words at `span` for `entity`: in a sentence that reports its speech, a speaker is
/// still named by the outlet.
fn voice(page: &Page<'_>, span: Span, entity: &str) -> Voice {
    let around = |quoted: bool| {
        page.article
            .analysis
            .quotes
            .iter()
            .filter(move |q| q.kind.is_quoted() == quoted && q.span.contains(span))
    };
    if around(true).next().is_some() {
        return Voice::Quoted;
    }
    let reported =
        around(false).any(|q| q.kind == QuoteKind::Indirect && q.speaker.as_deref() != Some(entity));
    if reported { Voice::Reported } else { Voice::Outlet }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Analysis, Draft, Entity, Mention, Paragraph, Quote, Sentence};

    /// A one-paragraph German article; `names` are surface, entity and role.
    fn article(
        text: &str,
        entities: &[(&str, EntityKind)],
        names: &[(&str, u32, MentionForm, Option<&str>)],
    ) -> (Draft, Analysis) {
        let whole = Span::new(text, 0..text.len()).unwrap();
        let mut mentions: Vec<Mention> = names
            .iter()
            .flat_map(|(surface, entity, form, role)| {
                text.match_indices(surface).map(move |(at, _)| Mention {
                    span: Span::new(text, at..at + surface.len()).unwrap(),
                    entity: *entity,
                    form: *form,
                    role: role.map(str::to_owned),
                })
            })
            .collect();
        mentions.sort_by_key(|m| m.span);
        let entity = |(name, kind): &(&str, EntityKind)| Entity {
            canonical: (*name).to_owned(),
            kind: *kind,
            roles: Vec::new(),
        };
        let analysis = Analysis {
            entities: entities.iter().map(entity).collect(),
            mentions,
            sentences: vec![Sentence { span: whole, paragraph: 0 }],
            ..Analysis::default()
        };
        let paragraphs = vec![Paragraph { span: whole, kind: ParagraphKind::Body }];
        (Draft { text: text.to_owned(), paragraphs, ..Draft::default() }, analysis)
    }

    fn of(articles: &[(Draft, Analysis)]) -> Vec<(String, Vec<String>)> {
        let analysed: Vec<Analysed<'_>> =
            articles.iter().map(|(draft, analysis)| Analysed { draft, analysis }).collect();
        labels(&analysed)
            .into_iter()
            .map(|l| (l.entity, l.uses.into_iter().map(|u| format!("{}:{}", u.article, u.label)).collect()))
            .collect()
    }

    #[test]
    fn a_title_and_its_adjectives_belong_to_the_label() {
        let cases: [(&str, &str, &str); 7] = [
            ("Gestern kam der beliebte Landrat Muster an.", "Muster", "0:beliebte Landrat Muster"),
            ("Die Wahl gewann Machthaber Muster klar.", "Muster", "0:Machthaber Muster"),
            ("So sagte Muster es.", "Muster", "0:Muster"),
            ("Das sagte am Montag Muster.", "Muster", "0:Muster"),
            ("Es war der Rücktritt Musters.", "Musters", "0:Muster"),
            ("Sie lobten das wandelnde Lexikon Muster.", "Muster", "0:wandelnde Lexikon Muster"),
            ("Der 55 Jahre alte Muster ging.", "Muster", "0:55 Jahre alte Muster"),
        ];
        for (text, surface, expected) in cases {
            let made =
                article(text, &[("Muster", EntityKind::Person)], &[(surface, 0, MentionForm::Name, None)]);
            assert_eq!(of(&[made])[0].1, [expected], "{text}");
        }
    }

    #[test]
    fn quotation_marks_round_a_name_stay_with_its_class() {
        let text = "Er warnt vor dem Netzwerk „Rote Hand“ sehr.";
        let made = article(
            text,
            &[("Rote Hand", EntityKind::Organisation)],
            &[("Rote Hand", 0, MentionForm::Name, None)],
        );
        assert_eq!(of(&[made])[0].1, ["0:Netzwerk „Rote Hand“"]);
    }

    #[test]
    fn a_compound_is_a_label_of_its_first_part() {
        let text = "Die RH-Kämpfer flohen.";
        let made =
            article(text, &[("Rote Hand", EntityKind::Organisation)], &[("RH", 0, MentionForm::Part, None)]);
        assert_eq!(of(&[made])[0].1, ["0:RH-Kämpfer"]);
    }

    #[test]
    fn an_office_stands_for_its_holder_in_every_article() {
        let entities = [("Anna Muster", EntityKind::Person), ("Atlantis", EntityKind::Place)];
        let first = article(
            "Die atlantische Präsidentin Anna Muster kam.",
            &entities,
            &[
                ("Anna Muster", 0, MentionForm::Name, Some("Präsidentin")),
                ("atlantische", 1, MentionForm::Derived, None),
            ],
        );
        let second = article(
            "Dann sprach die atlantische Präsidentin lange.",
            &entities,
            &[("atlantische", 1, MentionForm::Derived, None)],
        );
        let third = article("Dann sprach die lemurische Präsidentin lange.", &entities, &[]);
        let found = of(&[first, second, third]);
        let muster = found.iter().find(|f| f.0 == "Anna Muster").unwrap();
        assert_eq!(muster.1, ["0:atlantische Präsidentin Anna Muster", "1:atlantische Präsidentin"]);
    }

    #[test]
    fn the_voice_tells_quotation_from_report_and_outlet() {
        let text = "Diktator Muster kam. „Unser Freund Muster“, sagte er.";
        let (draft, mut analysis) =
            article(text, &[("Muster", EntityKind::Person)], &[("Muster", 0, MentionForm::Name, None)]);
        let start = text.find('„').unwrap();
        let end = text.find('“').unwrap() + '“'.len_utf8();
        let span = Span::new(text, start..end).unwrap();
        analysis.quotes.push(Quote { span, kind: QuoteKind::Fragment, speaker: None, cue: None });
        let found = labels(&[Analysed { draft: &draft, analysis: &analysis }]);
        let voices: Vec<Voice> = found[0].uses.iter().map(|u| u.voice).collect();
        assert_eq!(voices, [Voice::Outlet, Voice::Quoted]);
    }

    #[test]
    fn entities_with_many_labels_come_first() {
        let entities = [("Bär", EntityKind::Person), ("Zorn", EntityKind::Person)];
        let made = article(
            "Trainer Bär traf Trainer Zorn. Diktator Zorn schwieg.",
            &entities,
            &[("Bär", 0, MentionForm::Name, None), ("Zorn", 1, MentionForm::Name, None)],
        );
        let order: Vec<String> = of(&[made]).into_iter().map(|f| f.0).collect();
        assert_eq!(order, ["Zorn", "Bär"]);
    }
}
