//! What holds for the analysis of any text.

use lesart::analysis::analyse;
use lesart::model::{Draft, Language, MentionForm, Paragraph, ParagraphKind, Span};
use proptest::prelude::*;

/// A draft of `paragraphs`, all running text.
fn draft(paragraphs: &[String], language: Language) -> Draft {
    let mut draft = Draft { language, ..Draft::default() };
    for words in paragraphs.iter().filter(|p| !p.trim().is_empty()) {
        if !draft.text.is_empty() {
            draft.text.push_str("\n\n");
        }
        let start = draft.text.len();
        draft.text.push_str(words);
        let span = Span::new(&draft.text, start..draft.text.len()).expect("the paragraph was just added");
        draft.paragraphs.push(Paragraph { span, kind: ParagraphKind::Body });
    }
    draft
}

/// Names of the language in hostile company.
fn news() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        proptest::sample::select(vec![
            "Die",
            "der",
            "von",
            "und",
            "Präsident",
            "Außenminister",
            "Anna",
            "Müller",
            "Berlin",
            "USA",
            "(ABC)",
            "al-Test",
            "U.S.",
            "J.",
            "„Welt“",
            "Universität",
            "FC",
            "Bonn",
            "19.",
            "September",
            "2015",
            "rund",
            "2.000",
            "Prozent",
            "bis",
            "zu",
            "Euro",
            ",",
            ".",
            "–",
            "US-Chef",
            "Kremlchef",
            "russischen",
            "in",
            "Nordirak",
            "'s",
            "Co",
            "AG",
            "Müllers",
            "ein",
            "Drittel",
            "am",
            "Freitag",
            "vor",
            "Jahr",
            "…",
            "-",
        ])
        .prop_map(str::to_owned),
        "\\PC{0,6}",
    ];
    proptest::collection::vec(word, 0..40).prop_map(|words| words.join(" "))
}

fn language() -> impl Strategy<Value = Language> {
    prop_oneof![Just(Language::German), Just(Language::English), Just(Language::Other)]
}

proptest! {
    #[test]
    fn every_mention_reads_back_and_names_do_not_overlap(
        paragraphs in proptest::collection::vec(news(), 0..4), language in language()
    ) {
        let draft = draft(&paragraphs, language);
        let analysis = analyse(&draft);
        let mut names_end = 0;
        let mut last = None;
        for mention in &analysis.mentions {
            prop_assert!(!mention.span.of(&draft.text).is_empty());
            prop_assert!(last <= Some(mention.span), "mentions stand by place");
            last = Some(mention.span);
            prop_assert!(analysis.entities.get(mention.entity as usize).is_some());
            prop_assert!(draft.paragraph_at(mention.span.start()).is_some());
            if mention.form == MentionForm::Name {
                prop_assert!(names_end <= mention.span.start());
                names_end = mention.span.end();
            }
        }
        for entity in &analysis.entities {
            prop_assert!(!entity.canonical.is_empty());
        }
        for window in analysis.figures.windows(2) {
            prop_assert!(window[0].span.end() <= window[1].span.start());
        }
        for figure in &analysis.figures {
            prop_assert!(!figure.span.of(&draft.text).is_empty());
        }
    }

    #[test]
    fn sentences_cover_their_paragraph_in_order(paragraphs in proptest::collection::vec(news(), 0..4)) {
        let draft = draft(&paragraphs, Language::German);
        let analysis = analyse(&draft);
        let mut end = 0;
        let mut kept = String::new();
        for sentence in &analysis.sentences {
            let words = sentence.span.of(&draft.text);
            prop_assert_eq!(words, words.trim());
            prop_assert!(sentence.span.start() >= end && !words.is_empty());
            end = sentence.span.end();
            kept.extend(words.chars().filter(|c| !c.is_whitespace()));
        }
        let all: String = draft.text.chars().filter(|c| !c.is_whitespace()).collect();
        prop_assert_eq!(kept, all);
    }

    #[test]
    fn the_same_draft_gives_the_same_analysis(paragraphs in proptest::collection::vec(news(), 0..4)) {
        let draft = draft(&paragraphs, Language::German);
        prop_assert_eq!(analyse(&draft), analyse(&draft));
    }
}
