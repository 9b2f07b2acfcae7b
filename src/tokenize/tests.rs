//! Tokens of words and signs by themselves; whole passages are in
//! `tests/golden/tokens`.

use super::TokenKind;
use super::words::tokens;

fn split(text: &str) -> Vec<&str> {
    tokens(text).iter().map(|token| token.span.of_text(text)).collect()
}

#[track_caller]
fn keeps(kind: TokenKind, words: &[&str]) {
    for word in words {
        let text = format!("Zie {word} daar");
        assert_eq!(split(&text), ["Zie", word, "daar"]);
        assert_eq!(tokens(&text)[1].kind, kind, "{word}");
    }
}

#[test]
fn apostrophes_stay_in_their_words() {
    keeps(
        TokenKind::Word,
        &[
            "foto's",
            "zo’n",
            "d'r",
            "m’n",
            "'s-Hertogenbosch",
            "’t",
            "50Plus'ers",
            "d'Hondt",
            "Hans'",
            "Matthias’",
            "rock-'n-roll",
            "A4'tje",
        ],
    );
    keeps(TokenKind::Number, &["'90", "’53"]);
}

#[test]
fn a_genitive_closes_no_mark_that_is_open() {
    assert_eq!(split("'Dat is ons' zei hij"), ["'", "Dat", "is", "ons", "'", "zei", "hij"]);
    assert_eq!(split("'Ja' riep Hans' zus"), ["'", "Ja", "'", "riep", "Hans'", "zus"]);
    assert_eq!(split("dat is Hans'."), ["dat", "is", "Hans", "'", "."]);
}

#[test]
fn abbreviations_and_initials_keep_their_stops() {
    keeps(
        TokenKind::Word,
        &["o.a.", "t.a.v.", "dhr.", "J.P.", "St.", "EU-landen", "H&M", "St.-Janstraat", "n.Chr."],
    );
    assert_eq!(split("Zij zag het."), ["Zij", "zag", "het", "."]);
}

#[test]
fn words_that_are_abbreviations_before_numbers_only() {
    assert_eq!(split("max. 3, zei Max. Daar"), ["max.", "3", ",", "zei", "Max", ".", "Daar"]);
}

#[test]
fn a_letter_at_the_end_of_a_sentence_is_no_initial() {
    assert_eq!(split("vitamine D. Daarna"), ["vitamine", "D", ".", "Daarna"]);
    assert_eq!(split("groep B. De rest"), ["groep", "B", ".", "De", "rest"]);
    assert_eq!(split("minister B. De Smet"), ["minister", "B.", "De", "Smet"]);
    assert_eq!(split("Jan D. Hij"), ["Jan", "D.", "Hij"]);
}

#[test]
fn numbers_stay_whole() {
    keeps(
        TokenKind::Number,
        &[
            "1.250.000",
            "3,5",
            "20.15",
            "2-1",
            "12:30",
            "2021/22",
            "-5",
            "41,5%",
            "20°C",
            "1e",
            "100ste",
            "11–9",
            "15,-",
            "12,--",
            "08.00u",
            "4x100",
            "04-05-2024",
            "1995-...",
        ],
    );
    keeps(TokenKind::Word, &["24-jarige", "18+-film", "19e-eeuwse", "A4"]);
    assert_eq!(split("€5 of 5 %"), ["€", "5", "of", "5", "%"]);
}

#[test]
fn punctuation_inside_a_word_belongs_to_it() {
    keeps(
        TokenKind::Word,
        &[
            "en/of",
            "CD&V/N-VA",
            "leraar(s)",
            "(oud-)leerlingen",
            "Disney+",
            "C++",
            "Yahoo!-team",
            "k*t",
            "Cura?ao",
            "a(b+c)",
            "al-'Iskandariyyah",
        ],
    );
    assert_eq!(split("Piet(52) (45) (d.w.z. zo)").len(), 4 + 3 + 4);
    assert_eq!(split("EU-'baas' klaar.De"), ["EU", "-", "'", "baas", "'", "klaar", ".", "De"]);
}

#[test]
fn a_slash_parts_names_of_several_words() {
    assert_eq!(
        split("van Noor Bakker/Bram de Wit"),
        ["van", "Noor", "Bakker", "/", "Bram", "de", "Wit"]
    );
    assert_eq!(split("foto: Beeldje/Noor Bakker").len(), 6);
    assert_eq!(split("De CD&V/N-VA").len(), 2);
    assert_eq!(split("van Aalst/Gent naar Brugge").len(), 4);
}

#[test]
fn addresses_stay_whole() {
    keeps(
        TokenKind::Address,
        &[
            "https://www.example.nl/a?b=1",
            "info@example.be",
            "@wiezei",
            "#wiezei",
            "example.nl",
            "https://nl.example.org/wiki/Pont_(schip)",
            "www.café.example",
        ],
    );
    assert_eq!(split("Zie example.nl."), ["Zie", "example.nl", "."]);
    assert_eq!(split("(www.example.nl)’"), ["(", "www.example.nl", ")", "’"]);
    assert_eq!(split("klaar.nltekst")[0], "klaar.nltekst");
}

#[test]
fn marks_stand_alone() {
    assert_eq!(split("„Ja”, zei ze."), ["„", "Ja", "”", ",", "zei", "ze", "."]);
    assert_eq!(split("'Kom', riep hij"), ["'", "Kom", "'", ",", "riep", "hij"]);
    assert_eq!(split(",,Ja'' zei ze"), [",,", "Ja", "''", "zei", "ze"]);
    assert_eq!(split("zei ze,,,en"), ["zei", "ze", ",", ",,", "en"]);
    assert_eq!(split("'Het is klaar'"), ["'", "Het", "is", "klaar", "'"]);
}

#[test]
fn stops_and_dashes_run_together() {
    assert_eq!(split("Ja... nee?! -- goed"), ["Ja", "...", "nee", "?!", "--", "goed"]);
    assert_eq!(split("voor- en nadelen"), ["voor-", "en", "nadelen"]);
    assert_eq!(split("dan krijgt -ie -een"), ["dan", "krijgt", "-ie", "-", "een"]);
}

#[test]
fn emoji_are_one_token_each() {
    assert_eq!(split("ja 👩‍🚒 👍🏽!"), ["ja", "👩‍🚒", "👍🏽", "!"]);
    assert_eq!(split("🇳🇱🇧🇪 1️⃣ ❤️"), ["🇳🇱", "🇧🇪", "1️⃣", "❤️"]);
}

#[test]
fn soft_hyphens_and_combining_accents_do_not_split() {
    keeps(TokenKind::Word, &["dijk\u{ad}versterking", "cafe\u{301}"]);
}
