//! Which articles share wire text, and so are no independent reports.
//!
//! Two texts are laid over each other by runs of words. Quotations do not count: outlets that quote
//! the same words need not have copied each other.

use std::hash::{DefaultHasher, Hash, Hasher};

use super::Analysed;
use crate::model::CopyGroup;
use crate::text::fold::fold;
use crate::text::word::words;

/// Runs of this many words cover what two texts share. Rewritten agency text keeps runs of three;
/// at five, an edit of a third of the words hides a copy (coverage .36 against .54).
const RUN: usize = 3;
/// Runs of this many words do not meet by chance.
const SURE_RUN: usize = 7;
/// Long runs that must be shared: one may be an office's full name.
const SURE_RUNS: usize = 2;
/// Below this share texts are independent: 0.18 is the most that different reports of one event
/// had, 0.42 the least of reports with shared passages. From 0.7 on one is a copy of the other.
const SHARED: f32 = 0.25;
/// Shorter texts hold too little to tell.
const LEAST_WORDS: usize = 25;

/// Groups of articles that share passages of their own text, by first article.
///
/// `share` is the part of the shorter text's words that stands in the other as well, 0 to 1: the
/// highest of the group's pairs. From .70 on one may be called a copy.
#[must_use]
pub fn copies(articles: &[Analysed<'_>]) -> Vec<CopyGroup> {
    let texts: Vec<Text> = articles.iter().map(Text::of).collect();
    let mut group: Vec<usize> = (0..texts.len()).collect();
    let mut shares = vec![0.0_f32; texts.len()];
    for a in 0..texts.len() {
        for b in a + 1..texts.len() {
            let share = share(&texts[a], &texts[b]);
            if share < SHARED {
                continue;
            }
            let (kept, gone) = (group[a].min(group[b]), group[a].max(group[b]));
            shares[kept] = shares[kept].max(shares[gone]).max(share);
            for g in &mut group {
                if *g == gone {
                    *g = kept;
                }
            }
        }
    }
    (0..texts.len())
        .filter_map(|first| {
            let members: Vec<u32> = (0..texts.len())
                .filter(|&i| group[i] == first)
                .filter_map(|i| u32::try_from(i).ok())
                .collect();
            (members.len() > 1).then_some(CopyGroup { articles: members, share: shares[first] })
        })
        .collect()
}

/// The running text of an article outside quotations.
struct Text {
    /// Hashed words, in runs that a quotation ends.
    runs: Vec<Vec<u64>>,
    words: usize,
    short: Vec<u64>,
    long: Vec<u64>,
}

impl Text {
    fn of(article: &Analysed<'_>) -> Self {
        let draft = article.draft;
        let mut runs: Vec<Vec<u64>> = vec![Vec::new()];
        for paragraph in draft.paragraphs.iter().filter(|p| p.kind.is_running_text()) {
            let mut at = paragraph.span.start();
            let quotes = article
                .analysis
                .quotes
                .iter()
                .filter(|q| q.kind.is_quoted() && paragraph.span.contains(q.span));
            for quote in quotes {
                if quote.span.start() >= at {
                    add(&draft.text, at..quote.span.start(), &mut runs);
                    runs.push(Vec::new());
                    at = quote.span.end();
                }
            }
            add(&draft.text, at..paragraph.span.end(), &mut runs);
        }
        runs.retain(|r| r.len() >= RUN);
        let words = runs.iter().map(Vec::len).sum();
        let shingles = |size: usize| {
            let mut found: Vec<u64> = runs.iter().flat_map(|r| r.windows(size).map(hash)).collect();
            found.sort_unstable();
            found.dedup();
            found
        };
        let (short, long) = (shingles(RUN), shingles(SURE_RUN));
        Self { runs, words, short, long }
    }
}

fn add(text: &str, range: std::ops::Range<usize>, runs: &mut [Vec<u64>]) {
    let part = text.get(range).unwrap_or_default();
    let Some(run) = runs.last_mut() else { return };
    run.extend(words(part).into_iter().filter_map(|w| part.get(w)).map(|w| hash(&fold(w))));
}

fn hash<T: Hash + ?Sized>(value: &T) -> u64 {
    // The hasher has no random state: the same words give the same number.
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// The part of the shorter text's words that lies in runs which the other has too; 0 where they
/// share no long run.
fn share(a: &Text, b: &Text) -> f32 {
    let (shorter, longer) = if a.words <= b.words { (a, b) } else { (b, a) };
    if shorter.words < LEAST_WORDS {
        return 0.0;
    }
    let sure = shorter.long.iter().filter(|s| longer.long.binary_search(s).is_ok()).count();
    if sure < SURE_RUNS {
        return 0.0;
    }
    let mut covered = 0_usize;
    for run in &shorter.runs {
        let mut until = 0;
        for (at, window) in run.windows(RUN).enumerate() {
            if longer.short.binary_search(&hash(window)).is_ok() {
                covered += at + RUN - until.max(at);
                until = at + RUN;
            }
        }
    }
    #[allow(clippy::cast_precision_loss, reason = "word counts are far below 2^24")]
    let share = covered as f32 / shorter.words as f32;
    share
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Analysis, Draft, Paragraph, ParagraphKind, Quote, QuoteKind, Span};

    const WORDS: [&str; 48] = [
        "Hafen",
        "Schiff",
        "Ladung",
        "Kapitän",
        "Behörde",
        "prüft",
        "heute",
        "wieder",
        "den",
        "alten",
        "Vertrag",
        "über",
        "Kosten",
        "und",
        "Termine",
        "weil",
        "die",
        "Stadt",
        "lange",
        "auf",
        "neue",
        "Kräne",
        "wartet",
        "während",
        "Händler",
        "klagen",
        "dass",
        "Fracht",
        "liegen",
        "bleibt",
        "ein",
        "Gutachten",
        "soll",
        "bis",
        "Ende",
        "des",
        "Monats",
        "vorliegen",
        "zudem",
        "fehlen",
        "Lotsen",
        "nach",
        "dem",
        "Sturm",
        "vom",
        "Herbst",
        "an",
        "der",
    ];

    /// Words in an order that `seed` decides.
    fn prose(seed: u64, count: usize) -> Vec<&'static str> {
        let mut state = seed;
        (0..count)
            .map(|_| {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                WORDS[usize::try_from(state >> 33).unwrap() % WORDS.len()]
            })
            .collect()
    }

    fn draft(title: &str, body: &[&str]) -> Draft {
        let mut draft = Draft::default();
        let paragraphs: Vec<(String, ParagraphKind)> =
            std::iter::once((title.to_owned(), ParagraphKind::Title))
                .chain(body.chunks(60).map(|c| (c.join(" "), ParagraphKind::Body)))
                .collect();
        for (text, kind) in paragraphs {
            if !draft.text.is_empty() {
                draft.text.push_str("\n\n");
            }
            let start = draft.text.len();
            draft.text.push_str(&text);
            let span = Span::new(&draft.text, start..draft.text.len()).unwrap();
            draft.paragraphs.push(Paragraph { span, kind });
        }
        draft
    }

    fn groups(drafts: &[Draft]) -> Vec<CopyGroup> {
        let analysis = Analysis::default();
        let articles: Vec<Analysed<'_>> =
            drafts.iter().map(|draft| Analysed { draft, analysis: &analysis }).collect();
        copies(&articles)
    }

    #[test]
    fn a_cut_and_a_rearranged_copy_under_another_headline_are_found() {
        let text = prose(1, 300);
        let cut = &text[..120];
        let turned = [&text[150..], &text[..150]].concat();
        let drafts = [draft("Hafen wartet", &text), draft("Anders", cut), draft("Noch anders", &turned)];
        let found = groups(&drafts);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].articles, [0, 1, 2]);
        assert!(found[0].share > 0.95, "{}", found[0].share);
    }

    #[test]
    fn an_edited_copy_is_found_and_its_share_falls_with_the_edits() {
        let text = prose(2, 400);
        let mut last = 1.1;
        for every in [10, 5, 3] {
            let edited: Vec<&str> =
                text.iter().enumerate().map(|(i, w)| if i % every == 0 { "anderswo" } else { *w }).collect();
            // A fixed step leaves no run of seven; whole sentences stay in real edits.
            let edited = [&edited[..300], &text[300..]].concat();
            let found = groups(&[draft("A", &text), draft("B", &edited)]);
            assert_eq!(found.len(), 1, "every {every}th word");
            assert!(found[0].share < last && found[0].share >= SHARED);
            last = found[0].share;
        }
    }

    #[test]
    fn reports_of_their_own_are_no_copies() {
        let drafts: Vec<Draft> = (10..16).map(|seed| draft("Hafen wartet", &prose(seed, 300))).collect();
        assert_eq!(groups(&drafts), []);
    }

    #[test]
    fn the_same_quotation_makes_no_copy() {
        let quote = format!("„{}.“", prose(3, 80).join(" "));
        let make = |seed: u64| {
            let own = prose(seed, 60).join(" ");
            let text = format!("{own} {quote}");
            let whole = Span::new(&text, 0..text.len()).unwrap();
            let span = Span::new(&text, own.len() + 1..text.len()).unwrap();
            let quotes = vec![Quote { span, kind: QuoteKind::Direct, speaker: None, cue: None }];
            let paragraphs = vec![Paragraph { span: whole, kind: ParagraphKind::Body }];
            (Draft { text, paragraphs, ..Draft::default() }, Analysis { quotes, ..Analysis::default() })
        };
        let pair = [make(20), make(21)];
        let articles: Vec<Analysed<'_>> =
            pair.iter().map(|(draft, analysis)| Analysed { draft, analysis }).collect();
        assert_eq!(copies(&articles), []);
    }

    #[test]
    fn chains_of_copies_are_one_group_in_any_order() {
        let (first, second) = (prose(30, 200), prose(31, 200));
        let both = [&first[..], &second[..]].concat();
        let drafts = [draft("A", &first), draft("B", &second), draft("C", &both)];
        let found = groups(&drafts);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].articles, [0, 1, 2]);
    }

    #[test]
    fn short_notes_are_not_judged() {
        let text = prose(40, 20);
        assert_eq!(groups(&[draft("A", &text), draft("B", &text)]), []);
    }
}
