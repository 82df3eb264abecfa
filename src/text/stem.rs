//! Light stems, for comparing words; the search does without.

use crate::model::Language;

/// The stem of a folded word: inflectional endings fall off, at least four letters stay.
#[must_use]
pub fn stem(word: &str, language: Language) -> &str {
    let endings: &[&str] = match language {
        // The -t joins the forms of a verb (`fordert`, `forderte`, `fordern`); no noun is lost by it
        // that four letters would not still tell from others.
        Language::German => &["ern", "em", "en", "er", "es", "te", "et", "e", "s", "n", "t"],
        Language::English => &["ings", "ing", "ies", "ied", "ed", "es", "s", "y", "e"],
        Language::Other => &[],
    };
    for ending in endings {
        if let Some(stem) = word.strip_suffix(ending)
            && stem.chars().count() >= 4
        {
            return stem;
        }
    }
    word
}

/// Whether a folded word carries grammar rather than content: articles, pronouns, prepositions,
/// conjunctions, auxiliaries and the plain verbs of saying.
///
/// Own list, German and English, from the closed word classes of both grammars.
#[must_use]
pub fn is_function_word(word: &str, language: Language) -> bool {
    match language {
        Language::German => GERMAN.binary_search(&word).is_ok(),
        Language::English => ENGLISH.binary_search(&word).is_ok(),
        Language::Other => false,
    }
}

#[rustfmt::skip]
const GERMAN: [&str; 352] = [
    "aber", "alle", "allem", "allen", "aller", "alles", "als", "also", "am", "an", "ander", "andere",
    "anderem", "anderen", "anderer", "anderes", "auch", "auf", "aus", "ausser", "bei", "beide", "beiden",
    "beider", "beim", "bereits", "betonte", "betonten", "bin", "bis", "bist", "da", "dabei", "dadurch",
    "dafur", "dagegen", "daher", "dahin", "damals", "damit", "danach", "daneben", "dann", "daran", "darauf",
    "daraus", "darf", "darin", "daruber", "darum", "darunter", "das", "dass", "davon", "davor", "dazu",
    "dein", "deine", "deinem", "deinen", "deiner", "dem", "den", "denen", "denn", "dennoch", "deren",
    "derer", "derzeit", "des", "deshalb", "dessen", "desto", "deswegen", "dich", "die", "dies", "diese",
    "dieselbe", "dieselben", "diesem", "diesen", "dieser", "dieses", "dir", "doch", "dort", "du", "durch",
    "durfe", "durfen", "durfte", "durften", "ein", "eine", "einem", "einen", "einer", "eines", "einig",
    "einige", "einigem", "einigen", "einiger", "einiges", "einmal", "er", "erklart", "erklarte",
    "erklarten", "erst", "es", "etwa", "etwas", "euch", "euer", "eure", "falls", "fur", "ganz", "gar",
    "gegen", "gegenuber", "gemass", "genau", "gerade", "gesagt", "gewesen", "geworden", "gibt", "hab",
    "habe", "haben", "hat", "hatte", "hatten", "heisst", "her", "hier", "hiess", "hin", "hinter", "ich",
    "ihm", "ihn", "ihnen", "ihr", "ihre", "ihrem", "ihren", "ihrer", "ihres", "im", "immer", "in", "indem",
    "indessen", "infolge", "innerhalb", "ins", "inzwischen", "irgend", "ist", "ja", "je", "jede", "jedem",
    "jeden", "jeder", "jedes", "jedoch", "jemand", "jene", "jenem", "jenen", "jener", "jenes", "jetzt",
    "kann", "kaum", "kein", "keine", "keinem", "keinen", "keiner", "keines", "konne", "konnen", "konnte",
    "konnten", "kunftig", "lassen", "laut", "liess", "machen", "macht", "mal", "man", "manche", "manchem",
    "manchen", "mancher", "manches", "mehr", "mein", "meine", "meinem", "meinen", "meiner", "meines",
    "mich", "mir", "mit", "mitteilte", "mittlerweile", "muss", "musse", "mussen", "musste", "mussten",
    "nach", "nachdem", "neben", "nein", "nicht", "nichts", "noch", "nun", "nur", "ob", "oder", "ohne",
    "per", "pro", "sagen", "sagt", "sagte", "sagten", "schon", "sehr", "sei", "seien", "sein", "seine",
    "seinem", "seinen", "seiner", "seines", "seit", "seitdem", "selber", "selbst", "sich", "sie", "sind",
    "so", "sobald", "sofern", "sogar", "solange", "solch", "solche", "solchem", "solchen", "solcher",
    "solches", "soll", "solle", "sollen", "sollte", "sollten", "sondern", "sonst", "soweit", "sowie",
    "sowohl", "statt", "teilte", "trotz", "trotzdem", "uber", "um", "und", "uns", "unser", "unsere",
    "unserem", "unseren", "unserer", "unter", "viel", "viele", "vielen", "vieler", "vom", "von", "vor",
    "vorher", "wahrend", "wann", "war", "ware", "waren", "warum", "was", "weder", "weg", "wegen", "weil",
    "weiter", "weiterhin", "welche", "welchem", "welchen", "welcher", "welches", "wem", "wen", "wenn",
    "wer", "werde", "werden", "wessen", "wie", "wieder", "wieso", "will", "wir", "wird", "wo", "wobei",
    "wodurch", "wolle", "wollen", "wollte", "wollten", "womit", "worden", "wozu", "wurde", "wurden", "zu",
    "zudem", "zufolge", "zum", "zumindest", "zunachst", "zur", "zuruck", "zuvor", "zwar", "zwischen",
];

#[rustfmt::skip]
const ENGLISH: [&str; 169] = [
    "a", "about", "above", "after", "again", "against", "all", "also", "although", "am", "among", "an",
    "and", "another", "any", "are", "as", "at", "be", "because", "been", "before", "being", "below",
    "between", "both", "but", "by", "can", "cannot", "could", "did", "do", "does", "doing", "down",
    "during", "each", "either", "else", "ever", "every", "few", "for", "from", "further", "had", "has",
    "have", "having", "he", "her", "here", "hers", "herself", "him", "himself", "his", "how", "however",
    "i", "if", "in", "into", "is", "it", "its", "itself", "just", "least", "less", "many", "may", "me",
    "might", "more", "most", "much", "must", "my", "myself", "neither", "no", "nor", "not", "now", "of",
    "off", "on", "once", "one", "only", "onto", "or", "other", "others", "ought", "our", "ours", "out",
    "over", "own", "per", "quite", "rather", "said", "same", "say", "saying", "says", "shall", "she",
    "should", "since", "so", "some", "still", "such", "than", "that", "the", "their", "theirs", "them",
    "themselves", "then", "there", "therefore", "these", "they", "this", "those", "though", "through",
    "thus", "to", "told", "too", "toward", "towards", "under", "until", "up", "upon", "us", "very", "via",
    "was", "we", "were", "what", "when", "where", "whether", "which", "while", "who", "whom", "whose",
    "why", "will", "with", "within", "without", "would", "yet", "you", "your", "yours",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inflected_forms_share_a_stem() {
        for form in ["gesprache", "gesprachen", "gespraches"] {
            assert_eq!(stem(form, Language::German), "gesprach");
        }
        assert_eq!(stem("fordert", Language::German), stem("forderte", Language::German));
        assert_eq!(stem("talks", Language::English), "talk");
        assert_eq!(stem("agencies", Language::English), stem("agency", Language::English));
        assert_eq!(stem("rom", Language::German), "rom");
    }

    #[test]
    fn function_words_are_sorted_and_folded() {
        for list in [&GERMAN[..], &ENGLISH[..]] {
            assert!(list.is_sorted_by(|a, b| a < b), "a binary search needs order");
            assert!(list.iter().all(|w| crate::text::fold::fold(w) == *w));
        }
        assert!(is_function_word("wurden", Language::German));
        assert!(!is_function_word("minister", Language::German));
        assert!(is_function_word("the", Language::English));
    }
}
