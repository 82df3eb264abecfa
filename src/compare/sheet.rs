//! All facts of a comparison on one sheet: reports with marks and values, absences, order.

use super::Analysed;
use super::align::align;
use super::background::attach;
use super::difference::{self, Finding};
use super::measure::Links;
use super::presence::absence;
use super::single::singles;
use super::told::{Story, Telling, role, tellings};
use super::unit::{Unit, units};
use super::value::value;
use crate::model::{
    Absence, Degree, Fact, FactKind, Mark, MentionRole, ParagraphKind, Report, ReportMention, Tier,
};

/// The articles of a comparison, those of the story first.
pub(super) struct Table<'a> {
    /// The articles.
    pub articles: &'a [Analysed<'a>],
    /// Their indices in the result.
    pub numbers: &'a [u32],
    /// How many of them stand inside the story.
    pub inside: usize,
    /// For each of them, whether it stands outside and appeared later.
    pub later: &'a [bool],
    /// For each of them the number of its group of copies.
    pub independent: &'a [usize],
}

/// The facts that the articles of `table` report, in reading order.
pub(super) fn facts(table: &Table<'_>) -> Vec<Fact> {
    let units = units(table.articles);
    let links = Links::measure(&units);
    let inside = units.partition_point(|u| (u.article as usize) < table.inside);
    let mut groups = align(&units[..inside], &links);
    attach(&mut groups, &units, &links, inside, table.later);
    let story = Story::new(table.articles, units, links);
    let mut taken = vec![false; inside];
    groups.iter().flat_map(|g| &g.units).filter(|&&u| u < inside).for_each(|&u| taken[u] = true);

    let sheet = Sheet { story: &story, table };
    let mut rows: Vec<Row> = groups.iter().map(|g| sheet.row(&g.units, g.tier)).collect();
    if table.inside > 1 {
        let alone = singles(&story.units[..inside], &story.links, &taken);
        rows.extend(alone.iter().map(|&u| sheet.row(&[u], Tier::Sure)));
    }
    rows.sort_by_key(|row| row.key);
    rows.into_iter().map(|r| r.fact).collect()
}

/// A fact with what it is sorted by.
struct Row {
    key: (u8, std::cmp::Reverse<usize>, Tier, u32, u32),
    fact: Fact,
}

struct Sheet<'a> {
    story: &'a Story<'a>,
    table: &'a Table<'a>,
}

impl Sheet<'_> {
    fn row(&self, members: &[usize], tier: Tier) -> Row {
        let story = self.story;
        let tellings = tellings(members, &story.units);
        let findings = difference::find(story, &tellings, tier);
        let exact = most_exact(&tellings);
        let kind = self.kind(members, &tellings);
        let mut reports: Vec<Report> = tellings
            .iter()
            .map(|t| Report {
                article: self.table.numbers[t.article as usize],
                mark: mark(t, &tellings, &findings, exact),
                mentions: mentions(t),
                value: value(story, t, (kind, &tellings), &findings),
            })
            .collect();
        let mut absent: Vec<Absence> = (0..super::number(self.table.inside))
            .filter(|article| tellings.iter().all(|t| t.article != *article))
            .map(|article| Absence {
                article: self.table.numbers[article as usize],
                state: absence(members, article, &story.units, &story.links),
            })
            .collect();
        reports.sort_by_key(|r| r.article);
        absent.sort_by_key(|a| a.article);
        let fact = Fact {
            label: self.label(members),
            kind,
            tier,
            differences: findings.iter().map(|f| difference::show(f, story, self.table.numbers)).collect(),
            reports,
            absent,
        };
        Row { key: self.key(&fact, &tellings, members), fact }
    }

    /// Clashing, differing, less exact, same, single; in each the most independent outlets first, then
    /// the sure ones, then by how early the articles tell it.
    fn key(
        &self,
        fact: &Fact,
        tellings: &[Telling<'_>],
        members: &[usize],
    ) -> (u8, std::cmp::Reverse<usize>, Tier, u32, u32) {
        let has = |mark: Mark| fact.reports.iter().any(|r| r.mark == mark);
        let rank = match () {
            () if tellings.len() < 2 => 4,
            () if has(Mark::Differs) => 0,
            () if fact.differs() => 1,
            () if has(Mark::Vaguer) => 2,
            () => 3,
        };
        let mut groups: Vec<usize> =
            tellings.iter().map(|t| self.table.independent[t.article as usize]).collect();
        groups.sort_unstable();
        groups.dedup();
        let earliest = tellings.iter().map(|t| t.units[0].place).min().unwrap_or(0);
        let first = super::number(members[0]);
        (rank, std::cmp::Reverse(groups.len()), fact.tier, earliest, first)
    }

    /// The shortest telling that reads like a headline: enough words to say something, and none
    /// at its head that points back.
    fn label(&self, members: &[usize]) -> String {
        const ENOUGH: usize = 4;
        let units = || members.iter().map(|&m| &self.story.units[m]);
        let points_back = |u: &Unit| {
            const BACK: [&str; 24] = [
                "er", "sie", "es", "das", "dies", "diese", "dieser", "dieses", "auch", "und", "aber",
                "dabei", "dort", "dorthin", "damit", "darunter", "zudem", "he", "she", "it", "they", "this",
                "that", "but",
            ];
            let first = u.words.first().map(|w| self.story.words(u.article, w.span).to_lowercase());
            first.is_some_and(|w| BACK.contains(&w.as_str()))
        };
        units()
            .min_by_key(|u| (u.content_words() < ENOUGH, points_back(u), u.span.len(), u.article))
            .map(|u| self.story.text(u).split_whitespace().collect::<Vec<_>>().join(" "))
            .unwrap_or_default()
    }

    fn kind(&self, members: &[usize], tellings: &[Telling<'_>]) -> FactKind {
        let units: Vec<&Unit> = members.iter().map(|&m| &self.story.units[m]).collect();
        let half = |count: usize| count * 2 >= units.len().max(1);
        let roles: Vec<MentionRole> = units.iter().map(|u| role(u)).collect();
        let linked = |test: fn(&super::measure::Link) -> bool| {
            members.iter().enumerate().any(|(at, &a)| {
                members[at + 1..].iter().any(|&b| self.story.links.get(a, b).as_ref().is_some_and(test))
            })
        };
        let direct = roles.iter().filter(|r| **r == MentionRole::Direct).count();
        let indirect = roles.iter().filter(|r| **r == MentionRole::Indirect).count();
        if linked(|l| l.quote >= 0.6) || half(direct) && direct > 0 {
            FactKind::Quote
        } else if linked(|l| l.number) || tellings.len() == 1 && has_telling_number(&units) {
            FactKind::Number
        } else if half(direct + indirect) && direct + indirect > 0 {
            FactKind::Position
        } else if half(units.iter().filter(|u| self.is_background(u)).count()) {
            FactKind::Background
        } else {
            FactKind::Event
        }
    }

    /// Told in the past perfect or as long known, and not in the opening.
    fn is_background(&self, unit: &Unit) -> bool {
        const LONG_KNOWN: [&str; 12] = [
            "hatte",
            "hatten",
            "seit",
            "bislang",
            "bisher",
            "langem",
            "ehemals",
            "damals",
            "had",
            "since",
            "previously",
            "earlier",
        ];
        unit.place > 4
            && unit.days == 0
            && unit
                .words
                .iter()
                .any(|w| LONG_KNOWN.contains(&self.story.words(unit.article, w.span).to_lowercase().as_str()))
    }
}

fn has_telling_number(units: &[&Unit]) -> bool {
    units.iter().any(|u| u.numbers.iter().any(super::feature::Number::is_telling))
}

fn mentions(telling: &Telling<'_>) -> Vec<ReportMention> {
    let mut mentions: Vec<ReportMention> =
        telling.units.iter().map(|u| ReportMention { span: u.span, role: role(u) }).collect();
    mentions.sort_by_key(|m| m.span);
    mentions
}

/// How many exact things a telling has: figures, days, names.
fn exactness(telling: &Telling<'_>) -> usize {
    let count = |u: &&Unit| u.numbers.len() + u.times.len() + u.names.len();
    telling.units.iter().map(count).max().unwrap_or(0)
}

fn most_exact(tellings: &[Telling<'_>]) -> usize {
    tellings.iter().map(exactness).max().unwrap_or(0)
}

fn mark(telling: &Telling<'_>, all: &[Telling<'_>], findings: &[Finding], exact: usize) -> Mark {
    if all.len() < 2 {
        return Mark::Only;
    }
    let takes_part = findings
        .iter()
        .any(|f| f.degree == Degree::Clash && f.words.iter().any(|(a, _)| *a == telling.article));
    if takes_part {
        return Mark::Differs;
    }
    // Headlines are short by trade; only an article whose sentences lack most of what another has
    // is called less exact.
    let headline = telling.units.iter().all(|u| u.kind == ParagraphKind::Title);
    if !headline && exactness(telling) * 2 < exact { Mark::Vaguer } else { Mark::Same }
}
