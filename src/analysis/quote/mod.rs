//! Who says what: direct and reported speech with its speakers.
//!
//! The rules are those of the language (marks, verbs of saying, moods, source phrases), over
//! the whole article, so that a speaker named once is known in the sentences that follow.

mod cue;
mod marks;
mod mood;
mod office;
mod phrase;
mod report;
mod source;
mod speaker;
mod subject;
mod unit;
mod words;

#[cfg(test)]
mod tests;

use crate::model::{Analysis, Draft, MentionForm, ParagraphKind, Quote, QuoteKind, Span};
use crate::text::fold::fold;
use crate::text::word::words;
use cue::{Class, Cue};
use marks::Marked;
use report::Context;
use source::{Source, Who};
use speaker::{Memory, Speaker};
use unit::{Item, ItemKind, Unit};

/// Direct and reported speech in `draft`, by place; `analysis` holds its sentences and names.
///
/// Quoted words are given with their marks, reported speech as its whole sentence; a sentence that
/// reports and quotes gives both. Names in quotation marks are no quotes.
#[must_use]
pub fn quotes(draft: &Draft, analysis: &Analysis) -> Vec<Quote> {
    let quoted = marks::marked(draft);
    let names: Vec<bool> = quoted.iter().map(|q| is_name(draft, analysis, q)).collect();
    let mut reader = Reader { draft, quoted: &quoted, memory: Memory::default(), found: Vec::new() };
    let mut before: Option<Past> = None;
    for unit in unit::units(draft, analysis, &quoted, &names) {
        let past = before.filter(|p| p.paragraph == unit.paragraph || p.colon).unwrap_or_default();
        let speech = reader.read(&unit, past);
        before = Some(Past {
            paragraph: unit.paragraph,
            speech,
            colon: unit.items.last().is_some_and(|i| i.is_stop(':')),
        });
    }
    let mut found = reader.found;
    name_headlines(draft, &mut found);
    found.sort_by_key(|q| (q.span, q.kind.is_quoted()));
    found
}

/// What the unit before was.
#[derive(Clone, Copy, Debug, Default)]
struct Past {
    paragraph: usize,
    speech: bool,
    colon: bool,
}

struct Reader<'a> {
    draft: &'a Draft,
    quoted: &'a [Marked],
    memory: Memory,
    found: Vec<Quote>,
}

/// A quotation of a unit.
struct Piece {
    /// Its item.
    at: usize,
    index: usize,
    kind: QuoteKind,
    words: usize,
}

impl Reader<'_> {
    /// Reads one unit; says whether it is speech.
    fn read(&mut self, unit: &Unit<'_>, past: Past) -> bool {
        if matches!(unit.kind, ParagraphKind::Credit | ParagraphKind::Tail) {
            return false;
        }
        let cues = cue::cues(unit);
        // A verb of a subordinate clause does not rule reported speech around it.
        let subjunctive = mood::reported(unit);
        let told = |c: &&Cue| cue::opener(unit, c).is_some_and(|at| matches!(unit.low(at), "als" | "wie"));
        let ruling = cue::ruling(unit, &cues)
            .filter(|c| subjunctive.is_none() || told(c) || !cue::is_subordinate(unit, c));
        let pieces = pieces(unit, self.quoted);
        let source = source::source(unit);
        let context = Context {
            subjunctive,
            follows_speech: past.speech,
            whole_only: pieces.iter().all(|p| p.kind == QuoteKind::Direct),
            has_fragment: pieces.iter().any(|p| p.kind == QuoteKind::Fragment),
        };
        let named = self.who(unit, ruling, source.as_ref());
        let report = if unit.kind.is_running_text() {
            report_of(unit, ruling, source.as_ref(), context)
        } else {
            None
        };
        let attributed = ruling.is_some() || source.is_some() || report.is_some();
        let mut speech = false;
        for piece in &pieces {
            let near = nearest(unit, &cues, piece).or(ruling);
            if !is_speech(unit, piece, near, attributed, past) {
                continue;
            }
            speech = true;
            let own = near
                .filter(|n| ruling.is_none_or(|r| r.verb != n.verb))
                .and_then(|cue| self.of_cue(unit, cue));
            let speaker = own
                .or_else(|| named.clone())
                .or_else(|| labelled(unit, piece, &self.memory))
                .or_else(|| self.memory.speaker.clone());
            let cue = near
                .map(|c| c.text(unit))
                .or_else(|| source.as_ref().map(|s| unit.words(s.from, s.to).to_owned()));
            self.push(self.quoted[piece.index].span, piece.kind, speaker.clone(), cue);
            if named.is_none() && speaker.is_some() {
                self.memory.speaker = speaker;
            }
        }
        if let Some((kind, cue)) = report {
            speech = true;
            // Somebody speaks whom the rules did not find: better nobody than the last speaker.
            let stranger = match kind {
                QuoteKind::Attributed => source.as_ref().is_some_and(|s| matches!(s.who, Who::Own)),
                _ => ruling.is_some_and(|c| c.class == Class::Say && !c.passive),
            };
            let speaker = named.clone().or_else(|| self.memory.speaker.clone().filter(|_| !stranger));
            if let Some(span) = Span::new(&self.draft.text, unit.range.clone()) {
                self.push(span, kind, speaker, cue);
            }
        }
        let teller = named.filter(|_| speech || ends_with_colon(unit));
        self.memory.note(unit, teller.as_ref());
        if teller.is_some() {
            self.memory.speaker = teller;
        } else if ends_with_colon(unit) && !speech {
            self.memory.follow_topic();
        }
        speech
    }

    fn push(&mut self, span: Span, kind: QuoteKind, speaker: Option<Speaker>, cue: Option<String>) {
        self.found.push(Quote { span, kind, speaker: speaker.map(|s| s.name), cue });
    }

    /// The speaker that the unit itself names.
    fn who(&self, unit: &Unit<'_>, cue: Option<&Cue>, source: Option<&Source>) -> Option<Speaker> {
        let by_cue = || cue.and_then(|c| self.of_cue(unit, c));
        let strong =
            cue.is_some_and(|c| matches!(c.class, Class::Say | Class::Ask) && !cue::is_subordinate(unit, c));
        match source {
            Some(source) if !strong => match source.who {
                Who::Named(subject) => self.memory.resolve(unit, subject),
                Who::Own => self.memory.subject_of(unit).or_else(by_cue),
                Who::Last => self.memory.speaker.clone(),
                Who::Nobody => None,
            },
            _ => by_cue(),
        }
    }

    fn of_cue(&self, unit: &Unit<'_>, cue: &Cue) -> Option<Speaker> {
        self.memory.resolve(unit, subject::subject(unit, cue)?)
    }
}

fn ends_with_colon(unit: &Unit<'_>) -> bool {
    unit.items.last().is_some_and(|i| i.is_stop(':'))
}

/// How the unit reports speech in its own words, with its cue.
fn report_of(
    unit: &Unit<'_>,
    cue: Option<&Cue>,
    source: Option<&Source>,
    context: Context,
) -> Option<(QuoteKind, Option<String>)> {
    // Only quoted utterances and who said them.
    let outside = unit.items.iter().filter(|i| i.is_word()).count();
    let has_quote = unit.items.iter().any(Item::is_quote);
    if outside < 3 || has_quote && context.whole_only && context.subjunctive.is_none() && !has_clause(unit) {
        return None;
    }
    if let Some(cue) = cue.filter(|c| report::by_cue(unit, c, context)) {
        return Some((QuoteKind::Indirect, Some(cue.text(unit))));
    }
    if let Some(source) = source {
        let words = Some(unit.words(source.from, source.to).to_owned());
        let so = unit.low(source.from) == "so";
        return Some((if so { QuoteKind::Indirect } else { QuoteKind::Attributed }, words));
    }
    report::by_mood(unit, context).then_some((QuoteKind::Indirect, None))
}

fn has_clause(unit: &Unit<'_>) -> bool {
    unit.items.iter().any(|i| matches!(i.low.as_ref(), "dass" | "that"))
}

/// The quotations of `unit`, told apart into utterances and fragments.
fn pieces(unit: &Unit<'_>, quoted: &[Marked]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for (at, item) in unit.items.iter().enumerate() {
        let ItemKind::Quote(index) = item.kind else { continue };
        let inner = unit.text.get(quoted[index].inner.clone()).unwrap_or_default().trim();
        let count = words(inner).len();
        if count == 0 {
            continue;
        }
        let begins = inner.starts_with(|c: char| {
            c.is_uppercase() || c.is_numeric() || matches!(c, '(' | '…' | '„' | '“' | '‚')
        });
        let ends = inner.ends_with(['.', '!', '?', '…']);
        let free =
            at == 0 || unit.items[at - 1].is_quote() || unit.is_stop(at - 1, &[':', ',', '–', '-', '.', '—']);
        let alone = unit.items.len() == 1;
        let direct = begins && (alone || free && (count >= 4 || ends) || ends && count >= 4);
        let kind = if direct { QuoteKind::Direct } else { QuoteKind::Fragment };
        pieces.push(Piece { at, index, kind, words: count });
    }
    pieces
}

/// The cue of a quotation: the verb right behind it, else the last one before it.
fn nearest<'c>(unit: &Unit<'_>, cues: &'c [Cue], piece: &Piece) -> Option<&'c Cue> {
    let behind = (piece.at + 1..unit.items.len()).find(|&at| !unit.is_stop(at, &[',', '–', '-', '—']))?;
    let direct = cues.iter().find(|c| c.finite == behind);
    direct.or_else(|| {
        let colon = piece.at.checked_sub(1).is_some_and(|b| unit.is_stop(b, &[':']));
        cues.iter().rev().find(|c| c.finite < piece.at && colon)
    })
}

/// Whether a quotation is speech, and not a word held at arm's length.
fn is_speech(unit: &Unit<'_>, piece: &Piece, cue: Option<&Cue>, attributed: bool, past: Past) -> bool {
    let headline = !unit.kind.is_running_text();
    match piece.kind {
        QuoteKind::Direct => piece.words > 1 || cue.is_some() || past.colon,
        _ if headline => piece.words >= 3,
        _ => match cue.map(|c| c.class) {
            Some(Class::Say | Class::Ask | Class::Judge) => true,
            Some(Class::Think) => piece.words >= 2,
            None => attributed || piece.words >= 4,
        },
    }
}

/// `Name: „…“`, without any verb.
fn labelled(unit: &Unit<'_>, piece: &Piece, memory: &Memory) -> Option<Speaker> {
    let colon = piece.at.checked_sub(1).filter(|&b| unit.is_stop(b, &[':']))?;
    let first = phrase::phrase(unit, 0)?;
    let person = (first.core..first.to).any(|at| unit.is_person(at));
    (first.to == colon || person).then(|| memory.resolve(unit, phrase::Subject::Phrase(first)))?
}

/// Whether quotation marks hold a name: a title, an organisation, a ship.
fn is_name(draft: &Draft, analysis: &Analysis, quote: &Marked) -> bool {
    let inner = draft.text.get(quote.inner.clone()).unwrap_or_default().trim();
    if inner.is_empty() || inner.ends_with(['.', '!', '?', ',']) {
        return false;
    }
    let after = analysis.mentions.partition_point(|m| m.span.start() <= quote.inner.start + 1);
    let known =
        analysis.mentions[after.saturating_sub(3)..after.min(analysis.mentions.len())].iter().any(|m| {
            m.form == MentionForm::Name
                && m.span.start() <= quote.inner.start + 1
                && m.span.end() + 1 >= quote.inner.end
        });
    if known {
        return true;
    }
    let list: Vec<&str> = words(inner).into_iter().filter_map(|w| inner.get(w)).collect();
    if list.len() > 7 {
        return false;
    }
    let long: Vec<&&str> = list.iter().filter(|w| w.chars().count() > 3).collect();
    let capitals = long.iter().filter(|w| w.starts_with(char::is_uppercase)).count();
    let first = list.first().is_some_and(|w| w.starts_with(char::is_uppercase));
    if !first || capitals * 10 < long.len() * 6 {
        return false;
    }
    let paragraph = draft.paragraphs.get(quote.paragraph).map_or(0, |p| p.span.start());
    let lead = draft.text.get(paragraph..quote.span.start()).unwrap_or_default().trim_end();
    let before = lead.rsplit(char::is_whitespace).next().unwrap_or_default().to_lowercase();
    is_named_kind(&before)
}

/// Whether a name in quotation marks may stand behind the word `before`.
fn is_named_kind(before: &str) -> bool {
    const ARTICLES: &[&str] =
        &["der", "die", "das", "den", "dem", "des", "im", "beim", "vom", "zum", "zur", "am", "the", "namens"];
    const KINDS: &[&str] = &[
        "film",
        "buch",
        "zeitung",
        "magazin",
        "album",
        "lied",
        "song",
        "serie",
        "sendung",
        "projekt",
        "stiftung",
        "partei",
        "preis",
        "zeitschrift",
        "gruppe",
        "kampagne",
        "operation",
        "schiff",
        "roman",
        "bewegung",
        "ausstellung",
        "blatt",
        "portal",
        "sender",
        "bündnis",
        "initiative",
        "organisation",
        "netzwerk",
        "miliz",
        "programm",
        "show",
        "stück",
        "oper",
        "verein",
        "band",
        "app",
        "spiel",
        "hashtag",
        "titel",
        "motto",
        "thema",
        "newspaper",
        "magazine",
        "novel",
        "book",
        "movie",
    ];
    ARTICLES.contains(&before)
        || before == "laut"
        || KINDS.iter().any(|k| before.ends_with(k))
        || before.starts_with("sogenannt")
        || before.starts_with("genannt")
}

/// Gives a quotation of a headline the speaker of the same words in the text.
fn name_headlines(draft: &Draft, found: &mut [Quote]) {
    let inner =
        |q: &Quote| fold(q.span.of(&draft.text)).chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let known: Vec<(String, Option<String>)> = found
        .iter()
        .filter(|q| q.speaker.is_some() && q.kind.is_quoted())
        .map(|q| (inner(q), q.speaker.clone()))
        .collect();
    for quote in found.iter_mut().filter(|q| q.speaker.is_none() && q.kind.is_quoted()) {
        let text = inner(quote);
        let same =
            known.iter().find(|(k, _)| text.len() > 8 && (k.contains(&text) || text.contains(k.as_str())));
        quote.speaker = same.and_then(|(_, s)| s.clone());
    }
}
