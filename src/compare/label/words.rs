//! Closed lists of words for the phrases around names.

static ARTICLES: &str = "der die das den dem des ein eine einen einem eines einer kein keine sein seine seinen seinem seines \
     seiner ihr ihre ihren ihrem ihres ihrer dieser diese dieses diesen diesem unser unsere unseren im \
     vom zum zur am beim aller beider vieler the a an his her its their";

static NO_TITLES: &str = "montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag januar februar märz april mai \
     juni juli august september oktober november dezember jahr ende mitte anfang uhr monat woche abend \
     morgen mittag nach vor seit mit ohne gegen für bei von aus auf über unter zwischen neben trotz wegen \
     laut auch aber doch denn dass als wenn weil wie was wer warum während nachdem obwohl zuvor zuletzt \
     dabei damit dann danach dort hier heute gestern jetzt nun zudem inzwischen bereits schon erst nur \
     noch allerdings dagegen hingegen deshalb daher darum trotzdem sogar selbst weder sowohl und oder so \
     ob da durch um in an zu er sie es wir ich hat ist will kann soll muss wird for when while after \
     before but and with said on at from as if that this monday tuesday wednesday thursday friday \
     saturday sunday earlier meanwhile however";

static PERSONS: &str = "er or ist ent chef in haber mann frau rat könig erin minister präsident präsidenten sprecher \
     vorsitzende vorsitzender general senator star profi kollege kollegen experte experten herr herrn \
     papst papstes kanzlers isten";

static KINDS: &str = "stadt land lands staat provinz region republik enklave kanton kreis bezirk insel dorf gemeinde \
     metropole staates regime regimes regierung city province state";

static OFFICES: &str = "chef chefin minister ministerin sprecher sprecherin präsident präsidentin politiker politikerin \
     trainer trainerin kanzler kanzlerin";

/// Articles, words like them, and contracted prepositions, in lower case.
pub(super) fn is_article(low: &str) -> bool {
    ARTICLES.split_ascii_whitespace().any(|w| w == low)
}

/// Words that open sentences with a capital, and nouns of time: no titles.
pub(super) fn is_no_title(low: &str) -> bool {
    NO_TITLES.split_ascii_whitespace().any(|w| w == low)
}

/// Whether a noun in lower case ends like one for a person.
pub(super) fn ends_like_person(low: &str) -> bool {
    PERSONS.split_ascii_whitespace().any(|w| low.ends_with(w))
}

/// Whether a noun in lower case is a kind of place: `Flughafen X` is not what X is called.
pub(super) fn is_kind_of_place(low: &str) -> bool {
    KINDS.split_ascii_whitespace().any(|w| low.ends_with(w))
}

/// Whether a noun in lower case names an office.
pub(super) fn is_office(low: &str) -> bool {
    let base = low.strip_suffix("en").or_else(|| low.strip_suffix(['s', 'n'])).unwrap_or(low);
    OFFICES.split_ascii_whitespace().any(|o| low.ends_with(o) || base.ends_with(o))
}
