//! Which language a text is written in: German, English, or another.

use std::sync::LazyLock;

use super::quick::QuickMap;
use crate::model::Language;

/// Words looked at; more change nothing.
const WORDS: usize = 2_000;

/// Language by function words: [`Language::Other`] where neither German nor English has clear
/// evidence, which includes texts too short to tell.
#[must_use]
pub fn language(text: &str) -> Language {
    let mut hits = [0_usize; 3];
    let mut words = 0_usize;
    let letters = |c: char| !c.is_alphabetic() && c != '\'' && c != '’';
    for word in text.split(letters).filter(|w| !w.is_empty()).take(WORDS) {
        words += 1;
        // No function word is longer.
        if word.len() > 12 {
            continue;
        }
        if let Some(&marks) = FUNCTION_WORDS.get(word.to_lowercase().as_str()) {
            for (index, hit) in hits.iter_mut().enumerate() {
                *hit += usize::from(marks & (1 << index) != 0);
            }
        }
    }
    let [german, english, foreign] = hits;
    let is_clear = |mine: usize, other: usize| {
        mine >= 2 && mine * 10 >= words && mine * 2 >= 3 * other && mine * 2 >= 3 * foreign
    };
    if is_clear(german, english) {
        Language::German
    } else if is_clear(english, german) {
        Language::English
    } else {
        Language::Other
    }
}

/// Function word to the languages that have it: bit 0 German, 1 English, 2 any of the neighbours.
static FUNCTION_WORDS: LazyLock<QuickMap<&'static str, u8>> = LazyLock::new(|| {
    let mut table = QuickMap::default();
    for (bit, list) in [GERMAN, ENGLISH, NEIGHBOURS].into_iter().enumerate() {
        for word in list.split_whitespace() {
            *table.entry(word).or_default() |= 1 << bit;
        }
    }
    table
});

const GERMAN: &str = "der die das des dem den ein eine einen einem einer eines und oder aber sondern denn \
    in im ins an am auf aus bei beim mit nach von vom vor zu zum zur für gegen ohne um über unter durch \
    zwischen wegen seit bis ist sind war waren wird werden wurde wurden worden hat haben hatte hatten sei \
    seien habe kann können könnte soll sollen sollte muss müssen will wollen wollte nicht kein keine nur \
    auch noch schon sehr mehr als wie wenn dass daß weil ob er sie es wir ich ihr ihre sein seine seiner \
    ihrer sich dieser diese dieses diesem diesen man was wer wo hier dort dann so da nun jetzt damit dabei \
    dazu davon";
const ENGLISH: &str = "the a an and or but of in on at to for from by with without into over under after \
    before between against about during is are was were be been being has have had will would can could \
    should may might must not no only also still already very more than as if that because whether he she \
    it we i they his her its their our your this these those who what where when which there here then so \
    now said says up out";
/// French, Dutch, Spanish, Italian, Portuguese, Danish, Swedish, Norwegian and Polish, so that
/// words shared with them count for nobody.
const NEIGHBOURS: &str = "le la les un une des du de et ou mais dans sur avec pour par est sont pas que qui \
    au aux ce cette il elle nous vous ne se son sa ses plus het een van en op met voor niet zijn dat ook \
    aan bij naar uit door wordt heeft maar el los las del y o pero para por con es no se su una como más \
    al lo il gli di che e non per con del della nel è sono una questo os as do da em um uma não com og i \
    at det til af på ikke som er han hun med har var ett att och är inte för av w z na do nie się że jest \
    od po";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn function_words_decide() {
        for (text, language_of_it) in [
            ("Die Regierung hat am Freitag neue Pläne für den Haushalt vorgestellt.", Language::German),
            ("Kooperation im Streit um die Fischerei", Language::German),
            ("The government presented its new plans for the budget on Friday.", Language::English),
            ("Le gouvernement a présenté vendredi les nouveaux projets pour le budget.", Language::Other),
            ("De regering heeft vrijdag nieuwe plannen voor de begroting gepresenteerd.", Language::Other),
            ("El gobierno presentó el viernes los nuevos planes para el presupuesto.", Language::Other),
            ("Washington", Language::Other),
            ("", Language::Other),
        ] {
            assert_eq!(language(text), language_of_it, "{text}");
        }
    }
}
