//! Closed classes of words, German and English together: no form has two meanings that matter here.

use std::sync::LazyLock;

use crate::text::quick::QuickSet;

type Words = LazyLock<QuickSet<&'static str>>;

static SUBJECT_ARTICLES: Words = LazyLock::new(|| {
    "der die das ein eine kein keine sein seine ihr ihre unser unsere dieser diese dieses jener jene \
     mehrere viele einige manche beide zahlreiche alle andere weitere zwei drei vier deren dessen jeder \
     jede etliche einzelne the a an his her its their several many"
        .split_ascii_whitespace()
        .collect()
});

static OBJECT_ARTICLES: Words = LazyLock::new(|| {
    "den dem des einen einem eines einer keinen keinem seinen seinem seiner seines ihren ihrem ihrer \
     ihres diesen diesem unseren unserem unserer deinen aller beider mehrerer"
        .split_ascii_whitespace()
        .collect()
});

static GENITIVE_ARTICLES: Words = LazyLock::new(|| {
    "des der eines einer seines seiner ihres ihrer beider dieses dieser mehrerer aller deren"
        .split_ascii_whitespace()
        .collect()
});

static PREPOSITIONS: Words = LazyLock::new(|| {
    "in im ins an am ans auf aus bei beim mit nach von vom zu zum zur für gegen über unter vor vorm durch \
     ohne um seit während wegen trotz zwischen hinter neben gegenüber laut bis ab per via anlässlich \
     angesichts of to with from at on by for against about after before into as during since under \
     without within through than"
        .split_ascii_whitespace()
        .collect()
});

static CONJUNCTIONS: Words = LazyLock::new(|| {
    "und oder aber sondern denn dass ob wie als weil wenn sowie and or but that which who"
        .split_ascii_whitespace()
        .collect()
});

static ADVERBS: Words = LazyLock::new(|| {
    "man wir ich es niemand dies seitens zuletzt zuvor dabei dazu damit darum deshalb daher dennoch trotzdem allerdings außerdem ausserdem \
     zudem ferner weiter weiterhin auch so nun jetzt heute gestern morgen inzwischen mittlerweile bereits \
     schon erst noch nur dann danach daraufhin später früher einst dort hier da dagegen hingegen jedoch \
     doch insgesamt generell grundsätzlich offiziell offenbar angeblich gleichzeitig zugleich schließlich \
     schliesslich letztlich endlich kürzlich jüngst unterdessen derweil wörtlich nicht vielmehr \
     stattdessen immer wieder erneut kurz lange bislang bisher seitdem ebenso ebenfalls gegenüber sogar \
     selbst vielleicht natürlich mehrfach mehrmals wiederholt einerseits andererseits darüber dafür davon \
     davor darin daran darauf hinzu konkret zwar what however"
        .split_ascii_whitespace()
        .collect()
});

static TIMES: Words = LazyLock::new(|| {
    "montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag ende mitte anfang januar \
     februar märz april mai juni juli august september oktober november dezember tag"
        .split_ascii_whitespace()
        .collect()
});

/// Articles and words like them that can lead a subject.
pub(super) fn is_subject_article(low: &str) -> bool {
    SUBJECT_ARTICLES.contains(low)
}

/// Articles that lead no subject.
pub(super) fn is_object_article(low: &str) -> bool {
    OBJECT_ARTICLES.contains(low)
}

/// Articles of a genitive that hangs on the noun before it.
pub(super) fn is_genitive_article(low: &str) -> bool {
    GENITIVE_ARTICLES.contains(low)
}

/// Prepositions, contracted ones included.
pub(super) fn is_preposition(low: &str) -> bool {
    PREPOSITIONS.contains(low)
}

/// Words that open a clause.
pub(super) fn is_conjunction(low: &str) -> bool {
    CONJUNCTIONS.contains(low)
}

/// Words that open a sentence with a capital and are no nouns.
pub(super) fn is_adverb(low: &str) -> bool {
    ADVERBS.contains(low)
}

/// Nouns of time: nobody speaks by them.
pub(super) fn is_time(low: &str) -> bool {
    TIMES.contains(low)
}
