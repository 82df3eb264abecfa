//! The mood of German verbs: the present subjunctive marks reported speech without any verb of saying.

use std::sync::LazyLock;

use super::unit::Unit;
use crate::model::Language;
use crate::text::quick::QuickSet;

static VERBS: &str = include_str!("../../../assets/lexicon/subjunctive_verbs.txt");

/// Third persons of the present subjunctive: infinitives without their -n; `ärgere`, `handele`.
static FORMS: LazyLock<QuickSet<String>> = LazyLock::new(|| {
    VERBS
        .lines()
        .filter(|l| !l.starts_with('#'))
        .filter_map(|v| v.strip_suffix('n'))
        .map(|stem| if stem.ends_with('e') { stem.to_owned() } else { format!("{stem}e") })
        .collect()
});

/// Forms that do not follow the rule, and plurals that differ from the indicative.
const IRREGULAR: &[&str] = &["sei", "seien", "tue", "wisse", "müsse"];

const INSEPARABLE: &[&str] = &["be", "er", "ver", "ent", "zer", "miss", "über", "unter", "wider", "hinter"];

const SEPARABLE: &[&str] = &[
    "ab", "an", "auf", "aus", "bei", "ein", "fest", "fort", "her", "hin", "mit", "nach", "nieder", "vor",
    "weg", "weiter", "wieder", "zu", "zurück", "zusammen", "heraus", "hinaus", "statt", "teil", "bereit",
    "dar", "durch", "um",
];

/// The first word outside quotations whose form says that the words are somebody else's.
pub(super) fn reported(unit: &Unit<'_>) -> Option<usize> {
    // Reported speech shifts the first person away.
    if unit.language != Language::German || unit.items.iter().any(|i| i.low == "ich") {
        return None;
    }
    (0..unit.items.len()).find(|&at| is_reported(unit, at))
}

fn is_reported(unit: &Unit<'_>, at: usize) -> bool {
    let Some(item) = unit.item(at).filter(|i| i.is_word() && !i.is_capital()) else { return false };
    if !is_present_subjunctive(&item.low) {
        return false;
    }
    let near = |offset: usize| at.checked_sub(offset).map_or("", |b| unit.low(b));
    let (before, after) = (near(1), unit.low(at + 1));
    // Wishes and fixed phrases.
    if before == "ich"
        || after == "ich"
        || after == "dank"
        || before == "dank"
        || before == "auch" && near(2) == "wie"
    {
        return false;
    }
    if item.low == "sei" && after == "denn" {
        return false;
    }
    if item.low == "sei"
        && (after == "es" && matches!(unit.low(at + 2), "denn" | "nun" | "durch" | "im" | "in" | "bei")
            || before == "gott")
    {
        return false;
    }
    if matches!(before, "als" | "als ob")
        || (0..at).rev().take(8).any(|b| unit.low(b) == "als" && unit.low(b + 1) == "ob")
    {
        return false;
    }
    // `Daran sei erinnert`: the writer asks it.
    let asked =
        ["erinnert", "gesagt", "erwähnt", "hingewiesen", "angemerkt", "verwiesen", "empfohlen", "gedankt"];
    if item.low == "sei" && unit.items.iter().rev().take(2).any(|i| asked.contains(&i.low.as_ref())) {
        return false;
    }
    // Between an article and a noun it is an adjective.
    let adjective = unit.item(at + 1).is_some_and(super::unit::Item::is_capital)
        && matches!(before, "die" | "das" | "eine" | "der" | "diese" | "keine" | "seine" | "ihre" | "alle");
    let regular = !matches!(
        item.low.as_ref(),
        "sei" | "seien" | "habe" | "werde" | "könne" | "müsse" | "solle" | "wolle" | "dürfe"
    );
    !(adjective && regular)
}

fn is_present_subjunctive(low: &str) -> bool {
    // All forms end so; most words do not.
    if !low.ends_with('e') && !matches!(low, "sei" | "seien") {
        return false;
    }
    if IRREGULAR.contains(&low) || FORMS.contains(low) {
        return true;
    }
    if low.len() > 6 && low.ends_with("iere") {
        return true;
    }
    let stem =
        |prefix: &&str| low.strip_prefix(*prefix).is_some_and(|rest| rest.len() > 3 && FORMS.contains(rest));
    INSEPARABLE.iter().chain(SEPARABLE).any(stem)
}

/// Whether a form outside quotations can stand for the subjunctive: `würde`, `hätten`, `wären`.
/// By itself it may as well be a wish or a condition.
pub(super) fn conditional(unit: &Unit<'_>) -> bool {
    const FORMS: &[&str] = &[
        "würde", "würden", "hätte", "hätten", "wäre", "wären", "käme", "kämen", "gäbe", "gäben", "ginge",
        "gingen", "ließe", "ließen", "läge", "lägen", "stünde", "stünden", "blieben",
    ];
    unit.language == Language::German
        && !unit.items.iter().any(|i| i.is_word() && matches!(i.low.as_ref(), "wenn" | "falls" | "sonst"))
        && unit.items.iter().any(|i| i.is_word() && FORMS.contains(&i.low.as_ref()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_subjunctive_differs_from_the_indicative() {
        for form in
            ["sei", "habe", "gebe", "beitrete", "reagiere", "ärgere", "unterstütze", "vorgehe", "wisse"]
        {
            assert!(is_present_subjunctive(form), "{form}");
        }
        for form in
            ["ist", "heute", "eine", "seine", "meine", "alle", "hatte", "sagte", "gerade", "gute", "bitte"]
        {
            assert!(!is_present_subjunctive(form), "{form}");
        }
    }
}
