//! Whether a text is Dutch at all: rules made for Dutch find little in another
//! language, and what they find is wrong. Not a part of any stage; the pipeline
//! warns.
//!
//! A text with enough of the small words that only Dutch has is Dutch. Of the
//! others, one news article in thirteen, trigrams tell (the crate `whatlang`), which
//! need no model but cost more than half of what the sources of an article do. By
//! small words alone a list of names and results could be in any language.

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
/// Words of Dutch that neither Afrikaans nor any other language of the list has.
const DUTCH_ALONE: [&str; 12] =
    ["een", "niet", "zijn", "naar", "bij", "wordt", "deze", "heeft", "werd", "hij", "zij", "jij"];
/// Of a hundred words so many, and at least as many at all, make a text Dutch.
const DUTCH_OF_HUNDRED: usize = 3;
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
    if is_plainly_dutch(start) {
        return None;
    }
    let found = Detector::with_allowlist(LANGUAGES.to_vec()).detect(start)?;
    (found.lang() != Lang::Nld && found.is_reliable()).then(|| found.lang().eng_name())
}

/// Whether the small words that only Dutch has are enough of a text.
fn is_plainly_dutch(text: &str) -> bool {
    let (mut words, mut dutch) = (0, 0);
    for word in text.split_ascii_whitespace() {
        words += 1;
        dutch += usize::from(DUTCH_ALONE.iter().any(|own| word.eq_ignore_ascii_case(own)));
    }
    dutch >= DUTCH_OF_HUNDRED && dutch * 100 >= words * DUTCH_OF_HUNDRED
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

    #[test]
    fn small_words_tell_dutch_from_its_neighbours() {
        assert!(is_plainly_dutch(&format!("{DUTCH} Een pont heeft hij niet.")));
        let afrikaans = "Die brug oor die hawe bly tot die lente gesluit, sê raadslid Noor Bakker. \
            \"Ons sou verkies het dat die aannemer die staal betyds lewer, maar dit het nie gebeur \
            nie\", aldus die raadslid. Inwoners aan die ander kant van die water moet so lank \
            ompad ry, en die veerboot vaar net bedags. Naar is dit vir een van hulle.";
        assert!(!is_plainly_dutch(afrikaans));
    }
}
