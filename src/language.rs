//! Whether a text is Dutch at all: rules made for Dutch find little in another
//! language, and what they find is wrong. Not a part of any stage; the pipeline
//! warns.
//!
//! By trigrams (the crate `whatlang`), which need no model and some ten
//! microseconds a kilobyte. A list of Dutch stop words would do as well against
//! English, but not against Afrikaans and German.

use whatlang::{Detector, Lang};

/// Languages that an article in a Dutch archive may be in by mistake. The fewer,
/// the surer.
const LANGUAGES: [Lang; 12] = [
    Lang::Nld,
    Lang::Eng,
    Lang::Deu,
    Lang::Fra,
    Lang::Afr,
    Lang::Spa,
    Lang::Ita,
    Lang::Por,
    Lang::Dan,
    Lang::Swe,
    Lang::Pol,
    Lang::Tur,
];
/// Fewer letters tell nothing: a list of results, a caption, a headline.
const LEAST_LETTERS: usize = 250;
/// More bytes tell nothing more.
const MOST_BYTES: usize = 6000;

/// The language of a text that is surely not Dutch, in English; `None` of one
/// that is, or may be.
#[must_use]
pub fn other_than_dutch(text: &str) -> Option<&'static str> {
    let start = &text[..text.floor_char_boundary(MOST_BYTES)];
    let letters = start.chars().filter(|c| c.is_alphabetic()).take(LEAST_LETTERS).count();
    if letters < LEAST_LETTERS {
        return None;
    }
    let found = Detector::with_allowlist(LANGUAGES.to_vec()).detect(start)?;
    (found.lang() != Lang::Nld && found.is_reliable()).then(|| found.lang().eng_name())
}

#[cfg(test)]
mod tests {
    use super::*;

    const DUTCH: &str = "De brug over de haven blijft tot het voorjaar dicht, zegt wethouder Noor \
        Bakker. \"Wij hadden liever gezien dat de aannemer het staal op tijd leverde, maar dat is \
        niet gelukt\", aldus de wethouder. Bewoners aan de overkant van het water moeten zolang \
        omrijden, en de veerpont vaart alleen overdag.";

    #[test]
    fn other_languages_are_told() {
        let english = "The bridge across the harbour will stay closed until spring, said alderman \
            Noor Bakker. \"We would have preferred that the contractor had delivered the steel in \
            time, but that did not happen\", according to the alderman. Residents on the other \
            side of the water will have to take the long way round, and the ferry only sails \
            during the day.";
        let german = "Die Brücke über den Hafen bleibt bis zum Frühjahr geschlossen, sagt die \
            Stadträtin Noor Bakker. \"Wir hätten lieber gesehen, dass der Unternehmer den Stahl \
            rechtzeitig geliefert hätte, aber das ist nicht gelungen\", so die Stadträtin. Die \
            Anwohner auf der anderen Seite des Wassers müssen so lange einen Umweg machen.";
        assert_eq!(other_than_dutch(english), Some("English"));
        assert_eq!(other_than_dutch(german), Some("German"));
    }

    #[test]
    fn dutch_and_what_is_too_short_are_not() {
        assert_eq!(other_than_dutch(DUTCH), None);
        assert_eq!(other_than_dutch("The bridge is closed"), None);
        assert_eq!(other_than_dutch(&"1 2 - 3 ".repeat(500)), None);
        assert_eq!(
            other_than_dutch(&format!("\"We will be back\", the manager said. {DUTCH}")),
            None
        );
        assert_eq!(other_than_dutch(&"é".repeat(MOST_BYTES)), None);
    }
}
