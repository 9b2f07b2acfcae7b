//! Mentions that sentences have, and those that they have not.

use super::{Reading, find};
use crate::ner::{Entity, Label};
use crate::syntax::tag;
use crate::text::Span;
use crate::tokenize::tokenize;

const PER: Label = Label::Per;
const ORG: Label = Label::Org;
const LOC: Label = Label::Loc;
const MISC: Label = Label::Misc;

/// The mentions of a text in which `names` are the named entities.
#[track_caller]
fn check(text: &str, names: &[(&str, Label)], expected: &[&str]) {
    let tokenized = tokenize(text);
    let tagged = tag(text, &tokenized);
    let entity = |&(name, label): &(&str, Label)| {
        let start = text.find(name).unwrap();
        Entity { span: Span::of(start..start + name.len()), label, score: 1.0 }
    };
    let mut names: Vec<Entity> = names.iter().map(entity).collect();
    names.sort_by_key(|name| name.span);
    let reading = Reading::new(text, &tokenized, &tagged, &names);
    let found: Vec<_> = find(&reading).iter().map(|r| r.span.of_text(text).to_owned()).collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn names_have_what_stands_before_them() {
    let bakker = [("Noor Bakker", PER)];
    check(
        "Politiek verslaggever Noor Bakker lacht.",
        &bakker,
        &["Politiek verslaggever Noor Bakker"],
    );
    check(
        "Dat zegt hoogleraar bestuurskunde Noor Bakker.",
        &bakker,
        &["hoogleraar bestuurskunde Noor Bakker"],
    );
    check("Dat zegt mollenvanger Noor Bakker.", &bakker, &["mollenvanger Noor Bakker"]);
    check("Dat zegt haar PvdX-collega Noor Bakker.", &bakker, &["haar PvdX-collega Noor Bakker"]);
    check("Dat zegt dr. Noor Bakker.", &bakker, &["dr. Noor Bakker"]);
    let two = "Dat zegt zijn zus en manager Noor Bakker.";
    check(two, &bakker, &["zijn zus en manager Noor Bakker"]);
    check("Die tilde Noor Bakker op.", &bakker, &["Die", "Noor Bakker"]);
    let names = [("Hoge Raad", ORG), ("Bakker", PER)];
    let text = "Daarvoor waarschuwt de Hoge Raad minister Bakker.";
    check(text, &names, &["de Hoge Raad", "minister Bakker"]);
    check("Dat zegt de 8-jarige Noor Bakker.", &bakker, &["de 8-jarige Noor Bakker"]);
    let text = "De bedenker van Waterfiets Noor Bakker lacht.";
    let names = [("Waterfiets", ORG), ("Noor Bakker", PER)];
    check(text, &names, &["De bedenker van Waterfiets Noor Bakker"]);
}

#[test]
fn names_have_the_body_behind_them() {
    let names = [("Noor Bakker", PER), ("Waterfiets", ORG)];
    for mention in [
        "Noor Bakker van Waterfiets",
        "Noor Bakker van de rederij",
        "onderzoeker Noor Bakker van actiegroep Waterfiets",
        "minister Noor Bakker van Visserij en Natuur",
    ] {
        let names: Vec<_> = names.iter().copied().filter(|(n, _)| mention.contains(n)).collect();
        check(&format!("„Nee”, zegt {mention}."), &names, &[mention]);
    }
    check("Bakker van de week lacht.", &[("Bakker", PER)], &["Bakker"]);
}

#[test]
fn bodies_have_their_article_and_their_noun() {
    check("Volgens de VVX mag het.", &[("VVX", ORG)], &["de VVX"]);
    check(
        "De Britse vakbond Row staakt.",
        &[("Britse", MISC), ("Row", ORG)],
        &["De Britse vakbond Row"],
    );
    check("Dat meldt de gemeente Zeezicht.", &[("Zeezicht", LOC)], &["de gemeente Zeezicht"]);
    check("De VVX Kamerleden lachen.", &[("VVX", ORG)], &["De VVX Kamerleden"]);
}

#[test]
fn persons_are_described_in_many_ways() {
    for mention in [
        "een van de bewoners",
        "drie van hen",
        "72 procent van de artsen",
        "de helft van de scholen",
        "de 34-jarige Amsterdammer",
        "de onbekende ontvanger",
        "een Vlaamse",
        "Iraanse en Libanese media",
        "artsen en verplegers",
        "bezorgde buurtgenoten",
        "vijf oud-werknemers",
        "een meisje uit Zeezicht",
        "een woordvoerder van de politie",
        "de ingewijde",
    ] {
        let names: Vec<_> = [("Vlaamse", MISC), ("Libanese", MISC), ("Zeezicht", LOC)]
            .into_iter()
            .filter(|(name, _)| mention.contains(name))
            .collect();
        check(&format!("„Nee”, zeggen {mention}."), &names, &[mention]);
    }
}

#[test]
fn behind_a_cue_any_noun_is_a_source() {
    check("„Nee”, aldus de mollenvanger.", &[], &["de mollenvanger"]);
    check("„Nee”, antwoordt de weefster.", &[], &["de weefster"]);
    check("„Nee”, staat op de gevel.", &[], &[]);
    check("De politie bevestigt de aanhouding.", &[], &["De politie"]);
    check("„Nee”, luidde het korte bescheid.", &[], &[]);
}

#[test]
fn inhabitants_are_known_by_their_place() {
    let names = [("Overveen", LOC)];
    check(
        "Jan komt uit Overveen. „Nee”, aldus de Overvener.",
        &names,
        &["Overveen", "de Overvener"],
    );
    let names = [("Tilburg", LOC)];
    let expected = ["Zij", "Tilburg", "de geboren Tilburgse"];
    check("Zij komt uit Tilburg. „Nee”, aldus de geboren Tilburgse.", &names, &expected);
}

#[test]
fn verbs_and_ordinals_are_no_words_of_a_mention() {
    check("Er zijn ochtendmensen.", &[], &["ochtendmensen"]);
    check("Ook was er een vierde plaats.", &[], &[]);
    check("Een van die bewoners lacht.", &[], &["Een van die bewoners"]);
}

#[test]
fn some_are_not_told_apart() {
    check("„Nee”, roept iemand.", &[], &["iemand"]);
    check("„Nee”, schrijft een ander.", &[], &["een ander"]);
    check("Sommigen zeggen nee.", &[], &["Sommigen"]);
    check("Daarvoor waarschuwt de tweede kamer.", &[], &["de tweede kamer"]);
    check("Er liep iemand langs.", &[], &[]);
}

#[test]
fn relatives_and_servants_belong_to_a_name() {
    check("„Nee”, zei Bakkers moeder.", &[("Bakkers", PER)], &["Bakkers moeder"]);
    check("Zo zei Hans directeur te zijn.", &[("Hans", PER)], &["Hans"]);
}

#[test]
fn documents_speak_where_something_stands_in_them() {
    check("Dat blijkt uit onderzoek van Zeebad.", &[("Zeebad", ORG)], &["onderzoek van Zeebad"]);
    check("Zo staat in een brief aan de Kamer.", &[], &["een brief aan de Kamer"]);
    check("Volgens dat rapport mag het.", &[], &["dat rapport"]);
    check("Daarin staat dat het mag.", &[], &["Daarin"]);
    check("Hij deed onderzoek.", &[], &["Hij"]);
}

#[test]
fn pronouns_are_told_from_determiners() {
    check("Volgens haar werken de agenten niet.", &[], &["haar", "de agenten"]);
    check("Volgens haar moeder werkt het.", &[], &["haar moeder"]);
    check("Die beriep zich op zijn zwijgrecht.", &[], &["Die"]);
    check("Die brug is dicht.", &[], &[]);
    check("Hij zag dat mensen klaagden.", &[], &["Hij", "mensen"]);
}

#[test]
fn someone_without_a_name_or_noun_counts_beside_a_reporting_verb() {
    check("'Kan dat zomaar?', vraagt iemand.", &[], &["iemand"]);
    check("Een ander schrijft: 'Mooi.'", &[], &["Een ander"]);
    check("'Nooit meer', reageert er een.", &[], &["er een"]);
    check("Dat is te duur, vinden velen.", &[], &["velen"]);
    check("Het kan beter, vindt 59 procent.", &[], &["59 procent"]);
    check("Er liep iemand over het dak.", &[], &[]);
    check("De prijs steeg 3 procent.", &[], &[]);
}

#[test]
fn behind_a_preposition_nothing_is_a_verb_or_a_conjunction() {
    check("Volgens getuigen reed de tram door.", &[], &["getuigen"]);
    check("Volgens dat rapport reed de tram door.", &[], &["dat rapport"]);
}

#[test]
fn indefinite_sources_stand_behind_adverbs_and_at_the_head() {
    check("Dat stelt weer iemand anders.", &[], &["iemand anders"]);
    check("Velen zijn bang: het regent.", &[], &["Velen"]);
    check("Ook is het merendeel van mening dat het mag.", &[], &["het merendeel"]);
}

#[test]
fn unknown_nouns_are_sources_beside_verbs_of_saying() {
    check("\"Mooi\", lacht de maker.", &[], &["de maker"]);
    check("Een andere opposant moppert ook: \"Het mag niet.\"", &[], &["Een andere opposant"]);
    check("De brexiteer heeft toegezegd mee te doen.", &[], &["De brexiteer"]);
    check("De vedette vraagt of het mag.", &[], &["De vedette"]);
    check("De 52-jarige wil dat het mag.", &[], &["De 52-jarige"]);
    check("De 52-jarige weefster zegt dat het mag.", &[], &["De 52-jarige weefster"]);
}

#[test]
fn a_document_leaves_the_function_to_the_name_behind_it() {
    let names = [("Noor Bakker", PER)];
    let text = "Daar hangt de brief van minister Noor Bakker.";
    check(text, &names, &["de brief", "minister Noor Bakker"]);
}

#[test]
fn pronouns_beside_adverbs_are_no_determiners() {
    check("\"Nee\", zegt die zacht.", &[], &["die"]);
    check("\"Nee\", kaatste die terug.", &[], &["die"]);
    check("\"Nee\", zegt die vrouw.", &[], &["die vrouw"]);
    check(
        "Noor Bakker vroeg haar lachend om hulp.",
        &[("Noor Bakker", PER)],
        &["Noor Bakker", "haar"],
    );
}

#[test]
fn nobody_is_meant_by_what_is_denied_or_is_a_part_of_the_body() {
    check("Zij ziet in hem geen fan.", &[], &["Zij", "hem"]);
    check("Zij had een doek over het hoofd.", &[], &["Zij"]);
    check("Dat zegt het hoofd van de school.", &[], &["het hoofd van de school"]);
}

#[test]
fn ordinals_and_superlatives_stand_before_a_noun() {
    check("Uit de laatste cijfers blijkt dat het lekt.", &[], &["de laatste cijfers"]);
    check("Volgens de meest recente prognose lekt het.", &[], &["de meest recente prognose"]);
    check("Volgens dat land lekt het.", &[], &["dat land"]);
}

#[test]
fn behind_a_fronted_phrase_the_verb_has_its_subject_to_come() {
    let text = "In een brief schrijft de top van het veerbedrijf dat het lekt.";
    check(text, &[], &["een brief", "de top van het veerbedrijf"]);
    check("Toch denkt maar een derde dat het lekt.", &[], &["een derde"]);
    check("Slechts enkelen willen dat het lekt.", &[], &["enkelen"]);
    let text = "Dat staat in het verslag in de notulen.";
    check(text, &[], &["het verslag in de notulen"]);
}

#[test]
fn adjectives_stand_for_people_before_what_they_report() {
    check("De jongste zegt dat het lekt.", &[], &["De jongste"]);
    check("Een politiebron in de stad zegt dat het lekt.", &[], &["Een politiebron in de stad"]);
    check("Volgens boze functionarissen lekt het.", &[], &["boze functionarissen"]);
}

#[test]
fn a_relative_pronoun_is_no_determiner_of_a_name() {
    let names = [("Noor Bakker", PER), ("Vos", PER)];
    let text = "Noor Bakker, die premier Vos waarschuwde, wacht.";
    check(text, &names, &["Noor Bakker", "die", "premier Vos"]);
}

#[test]
fn a_surname_that_is_a_small_word_is_a_name() {
    let names = [("Jan Boven", PER), ("meent Boven", PER)];
    let text = "Jan Boven wacht.";
    check(text, &names[..1], &["Jan Boven"]);
    let text = "Zo wacht de minister voor Landbouw.";
    check(text, &[], &["de minister voor Landbouw"]);
}
