//! Each observation about words in marks, in a text that has it and in one that
//! just has not.

use super::Evidence;
use crate::attribution::testing::evidence;
use crate::ner::Label;

const NAMES: &[(&str, Label)] =
    &[("Anna de Wit", Label::Per), ("Duitsland", Label::Loc), ("Code Geel", Label::Misc)];

/// The words in square brackets are the span in marks; the brackets are left
/// out of the text.
#[track_caller]
fn seen(marked: &str) -> Vec<Evidence> {
    let (start, end) = (marked.find('[').unwrap(), marked.find(']').unwrap());
    evidence(&marked.replace(['[', ']'], ""), NAMES, &marked[start + 1..end])
}

#[track_caller]
fn check(one: Evidence, in_: &[&str], not_in: &[&str]) {
    for text in in_ {
        let seen = seen(text);
        assert!(seen.contains(&one), "{one:?} is not seen in {text}, but {seen:?}");
    }
    for text in not_in {
        assert!(!seen(text).contains(&one), "{one:?} is seen in {text}");
    }
}

#[test]
fn a_reporting_verb_stands_beside_or_before() {
    check(
        Evidence::SaidBeside,
        &["[\"Het water komt\"], zegt Anna de Wit.", "Wie [\"nee\"] antwoordt, mag naar huis."],
        &["[\"Het water komt\"] is een lied van Anna de Wit."],
    );
    check(
        Evidence::SaidBefore,
        &[
            "Een op de drie antwoordt [\"ja\"] op die vraag.",
            "Bij de eerste bocht vroeg Anna de Wit [\"waar is iedereen?\"].",
        ],
        &["Anna de Wit wil [\"snelle treinen\"] laten rijden."],
    );
}

#[test]
fn a_colon_introduces_speech_or_a_name() {
    check(
        Evidence::Introduced,
        &["Anna de Wit riep van de kade: [\"Gooi los!\"]", "Haar antwoord: [\"Nee.\"]"],
        &["De kleur: [\"blauw\"]."],
    );
    check(Evidence::NamedBefore, &["Anna de Wit: [\"Wij gaan.\"]"], &["Toen: [\"Wij gaan.\"]"]);
    check(Evidence::Announced, &["Het schip kreeg een naam: [\"Zeemeeuw\"]."], &[]);
}

#[test]
fn someone_calls_it_so() {
    check(
        Evidence::Called,
        &[
            "Anna de Wit noemt het plan [\"laf\"].",
            "Anna de Wit bestempelde dat oordeel als [\"te zwaar\"].",
            "Anna de Wit beschouwt de brief als [\"een dreigement\"].",
        ],
        &[
            "Anna de Wit beschouwt de brief met [\"gele rand\"] nog eens.",
            "Anna de Wit noemt niet dat de [\"brug\"] dicht is.",
        ],
    );
    check(
        Evidence::CalledAfter,
        &["Anna de Wit heeft het plan [\"laf\"] genoemd."],
        &["De schipper, aan boord [\"de Raaf\"] genoemd, had een ander plan."],
    );
}

#[test]
fn a_noun_of_saying_speaks_of_it() {
    check(
        Evidence::SpokenOf,
        &[
            "Er kwam een melding van [\"lawaai\"].",
            "Er is sprake van een [\"slepende ruzie\"].",
            "Zij zei dat er sprake was van een [\"slepende ruzie\"].",
        ],
        &["Er kwam een auto van [\"de zaak\"]."],
    );
}

#[test]
fn it_stands_in_what_is_reported() {
    check(
        Evidence::Reported,
        &["Anna de Wit zegt dat de dijk [\"zo lek als een mandje\"] is."],
        &["De dijk is [\"zo lek als een mandje\"]."],
    );
    check(
        Evidence::OpensContent,
        &["Anna de Wit waarschuwde dat [\"Duitsland of zijn buren\"] de sluis dichtdoen."],
        &["Anna de Wit waarschuwde dat de [\"sluis\"] dichtgaat."],
    );
    check(
        Evidence::According,
        &[
            "Volgens Anna de Wit is de dijk [\"lek\"].",
            "De dijk is naar eigen zeggen [\"lek\"].",
            "Dat is wat Anna de Wit betreft [\"uitgesloten\"].",
            "Dat is wat haar betreft [\"uitgesloten\"].",
        ],
        &["Het regende, wat de dijk betreft, [\"pijpenstelen\"]."],
    );
}

#[test]
fn it_can_be_read_or_heard() {
    check(
        Evidence::Shown,
        &[
            "Op de kade staat [\"ga naar huis\"] te lezen.",
            "Anna de Wit zette op Instagram een foto met de tekst [\"Ik kom terug\"].",
        ],
        &["Wij zullen niet lezen, maar [\"heerlijk lui\"] slapen."],
    );
    check(
        Evidence::Uttered,
        &[
            "Op de muur is [\"weg ermee\"] gekalkt.",
            "Zij hoorde de kinderen [\"hup, hup\"] roepen.",
        ],
        &["Op de muur hangt [\"weg ermee\"]."],
    );
    check(
        Evidence::OnObject,
        &["Hij droeg een trui met de tekst [\"Ik kom terug\"]."],
        &["Anna de Wit zette op Instagram een foto met de tekst [\"Ik kom terug\"]."],
    );
}

#[test]
fn a_word_before_announces_a_name_or_title() {
    check(
        Evidence::Announced,
        &[
            "De film [\"Het laatste veer\"] draait.",
            "De serie [\"Nooit meer thuis.\"] begint weer.",
            "De hond heet [\"Bram\"].",
            "Zij staat bekend als [\"de Raaf\"].",
        ],
        &[
            "Hij las in het rapport [\"aanwijzingen dat de brug al jaren is verzakt\"].",
            "In haar boek [\"Ik kon niet meer.\"] staat alles.",
        ],
    );
    check(
        Evidence::OfItsArticle,
        &["De [\"buurtbus\"] rijdt niet."],
        &["Anna de Wit noemt het [\"laf\"]."],
    );
    check(
        Evidence::BehindPreposition,
        &["Zij reist met [\"buurtbus\"] twee."],
        &["Volgens [\"buurtbus\"] twee rijdt hij."],
    );
}

#[test]
fn names_and_terms_look_so() {
    check(
        Evidence::NameLike,
        &["Het bleef bij [\"Code Geel\"].", "Het bleef bij [\"Code 3\"]."],
        &["Het bleef bij [\"code drie\"]."],
    );
    check(
        Evidence::OpensSentence,
        &["[\"Code geel\"] blijft van kracht."],
        &["[\"Kom maar\"], zegt zij.", "[\"Kom maar\"] zegt zij."],
    );
    check(
        Evidence::Glued,
        &["Het [\"wij\"]-gevoel is weg.", "Het [\"wij\"]gevoel is weg."],
        &["Hun [\"vriend\"]Anna de Wit zwijgt.", "Het [\"wij \"]gevoel is weg."],
    );
}

#[test]
fn inside_a_quotation_it_is_someone_elses_or_the_speakers() {
    check(
        Evidence::QuotedInside,
        &[
            "„De schipper zei: [‘Het water komt.’] Toen gingen we”, zegt Anna de Wit.",
            "„De schipper schrijft dat hij [‘niet langer wacht’]”, zegt Anna de Wit.",
        ],
        &[
            "„Ik zei: [‘Het water komt.’] Toen gingen we”, zegt Anna de Wit.",
            "„Daarom heb ik [‘ja’] gezegd”, zegt Anna de Wit.",
            "„De schipper schrijft dat hij [‘zeebenen’] heeft”, zegt Anna de Wit.",
        ],
    );
}

#[test]
fn headings_are_read_with_the_text() {
    let body = "\n\nHet water staat hoog. \"De dijk is lek\", zegt Anna de Wit.";
    let text = |heading: &str| format!("{heading}{body}");
    check(Evidence::WholeHeading, &[&text("[‘De dijk is lek’]")], &[&text("Dijk: [‘Lek’]")]);
    check(Evidence::SaidInBody, &[&text("[‘De dijk is lek’]")], &[&text("[‘Het gras groeit’]")]);
    check(
        Evidence::SourceInHeading,
        &[&text("Dijk lekt, Anna de Wit [‘niet bang’]")],
        &[
            &text("Anna de Wit wil [‘niet bang’] zijn"),
            &text("Dijk lekt, dus lacht Anna de Wit [‘om niets’]"),
        ],
    );
}

#[test]
fn marks_of_another_convention_are_for_terms() {
    let speech = "\"Wij gaan door.\" ".repeat(10);
    check(
        Evidence::OddMarks,
        &[
            &format!("{speech}Dat is [‘mooi’], vindt Anna de Wit."),
            &format!("{speech}‘Hij ook niet.’ Dat is [‘mooi’], vindt Anna de Wit."),
        ],
        &["\"Wij gaan door.\" ‘Hij ook niet.’ Dat is [‘mooi’], vindt Anna de Wit."],
    );
}
