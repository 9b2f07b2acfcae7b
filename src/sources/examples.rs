//! Whom mentions mean in sentences and small texts: names, descriptions,
//! pronouns and several together.

use super::cast::cast;
use crate::marks;
use crate::ner::{Entity, Label};
use crate::syntax::tag;
use crate::text::{Document, Span};
use crate::tokenize::tokenize;

/// The mentions of a text with the name of their member each; `names` are
/// its named entities.
fn members(text: &str, names: &[(&str, Label)]) -> Vec<(String, Option<String>)> {
    let document = Document::new("d", text).unwrap();
    let tokenized = tokenize(text);
    let tagged = tag(text, &tokenized);
    let mut entities: Vec<Entity> = Vec::new();
    for &(name, label) in names {
        for (start, _) in text.match_indices(name) {
            let span = Span::of(start..start + name.len());
            if !entities.iter().any(|other| other.span.overlaps(span)) {
                entities.push(Entity { span, label, score: 1.0 });
            }
        }
    }
    entities.sort_by_key(|entity| entity.span);
    let marks = marks::pair(text, &tokenized);
    let cast = cast(&document, &tokenized, &tagged, &entities, &marks.candidates);
    let name_of = |member: usize| cast.members[member].name.clone();
    cast.references
        .iter()
        .zip(&cast.member_of)
        .map(|(r, member)| (r.span.of_text(text).to_owned(), member.map(name_of)))
        .collect()
}

#[track_caller]
fn check(text: &str, names: &[(&str, Label)], expected: &[(&str, &str)]) {
    let found = members(text, names);
    for (mention, name) in expected {
        let member = found.iter().find(|(words, _)| words == mention);
        let member = member.unwrap_or_else(|| panic!("no {mention:?} in {found:?}"));
        assert_eq!(member.1.as_deref(), Some(*name), "{mention:?} in {found:?}");
    }
}

const PER: Label = Label::Per;
const ORG: Label = Label::Org;

#[test]
fn short_names_go_to_full_names_before_and_behind() {
    check(
        "Bakkerus wint. Teun Bakkerus is blij. Teun lacht.",
        &[("Teun Bakkerus", PER), ("Bakkerus", PER), ("Teun", PER)],
        &[("Bakkerus", "Teun Bakkerus"), ("Teun", "Teun Bakkerus")],
    );
}

#[test]
fn a_surname_of_two_goes_to_whom_the_text_was_about() {
    check(
        "Ineke Tromp staakt. Jeroen Tromp werkt. De bestuurder blijft buiten, zegt zij. \
         Hij blijft binnen, zegt Tromp.",
        &[("Ineke Tromp", PER), ("Jeroen Tromp", PER), ("Tromp", PER)],
        &[("Hij", "Jeroen Tromp"), ("zij", "Ineke Tromp"), ("Tromp", "Jeroen Tromp")],
    );
}

#[test]
fn functions_lead_from_descriptions_to_names() {
    check(
        "Wethouder Anna Bos tekent. Directeur Piet Kwast ook. De wethouder is blij.",
        &[("Anna Bos", PER), ("Piet Kwast", PER)],
        &[("Wethouder Anna Bos", "Anna Bos"), ("De wethouder", "Anna Bos")],
    );
    check(
        "Piet Kwast, directeur van de werf, vertrekt. De directeur was moe.",
        &[("Piet Kwast", PER)],
        &[("directeur van de werf", "Piet Kwast"), ("De directeur", "Piet Kwast")],
    );
}

#[test]
fn several_together_are_one() {
    let names = [("Anna Bos", PER), ("Piet Kwast", PER)];
    check(
        "Anna Bos en Piet Kwast staken. Ze zeggen niets. Hij lacht.",
        &names,
        &[
            ("Anna Bos en Piet Kwast", "Anna Bos en Piet Kwast"),
            ("Ze", "Anna Bos en Piet Kwast"),
            ("Hij", "Piet Kwast"),
        ],
    );
}

#[test]
fn relatives_are_those_of_the_same_surname() {
    check(
        "Anna Bos lacht. Haar broer Piet Bos ook. \"Nee\", zegt zij. Haar broer knikt.",
        &[("Anna Bos", PER), ("Piet Bos", PER)],
        &[("Haar broer Piet Bos", "Piet Bos"), ("Haar broer", "Piet Bos")],
    );
}

#[test]
fn synonyms_and_general_words_lead_to_names() {
    check(
        "Advocaat Anna Bos wacht. Piet Kwast zwijgt. De raadsvrouw lacht.",
        &[("Anna Bos", PER), ("Piet Kwast", PER)],
        &[("De raadsvrouw", "Anna Bos")],
    );
    check(
        "Waterfiets groeit. Het bedrijf zoekt mensen.",
        &[("Waterfiets", ORG)],
        &[("Het bedrijf", "Waterfiets")],
    );
    check(
        "Burgemeester: brug dicht\n\nBurgemeester Anna Bos wacht.",
        &[("Anna Bos", PER)],
        &[("Burgemeester", "Anna Bos")],
    );
    check(
        "Anna Bos lacht. De rechter zwijgt.",
        &[("Anna Bos", PER)],
        &[("De rechter", "de rechter")],
    );
}

#[test]
fn a_report_is_no_part_of_what_it_reports() {
    check(
        "Anna Bos wacht. Eva Kok komt niet, zegt ze. Ze zucht.",
        &[("Anna Bos", PER), ("Eva Kok", PER)],
        &[("ze", "Anna Bos"), ("Ze", "Anna Bos")],
    );
}

#[test]
fn what_is_quoted_is_no_distance() {
    check(
        "Anna Bos wacht. Piet Kwast zegt: \"Ik kom niet. Het is te ver. Ik ben te oud. Nee.\"              Later komt hij toch.",
        &[("Anna Bos", PER), ("Piet Kwast", PER)],
        &[("hij", "Piet Kwast")],
    );
    check(
        "Piet Kwast wacht. Hij zwijgt. Ook een vriend van de schipper: \"Ik kom niet. Het is te              ver\", zegt hij.",
        &[("Piet Kwast", PER)],
        &[("hij", "een vriend van de schipper")],
    );
}

#[test]
fn pronouns_agree_in_gender_and_number() {
    check(
        "Anna Bos sprak met Piet Kwast. Zij lachte. Hij zweeg.",
        &[("Anna Bos", PER), ("Piet Kwast", PER)],
        &[("Zij", "Anna Bos"), ("Hij", "Piet Kwast")],
    );
    check(
        "Omwonenden klagen bij Anna Bos. Ze zeggen dat het stinkt.",
        &[("Anna Bos", PER)],
        &[("Ze", "Omwonenden")],
    );
}

#[test]
fn a_short_form_in_parentheses_is_the_same_body() {
    check(
        "De Bond van Veerlieden (BVV) staakt. De BVV wacht af.",
        &[("Bond van Veerlieden", ORG), ("BVV", ORG)],
        &[("BVV", "Bond van Veerlieden")],
    );
}

#[test]
fn a_spokesperson_speaks_for_somebody() {
    let text = "Een woordvoerder van de gemeente belt. De woordvoerder wacht.";
    let document = Document::new("d", text).unwrap();
    let tokenized = tokenize(text);
    let tagged = tag(text, &tokenized);
    let cast = cast(&document, &tokenized, &tagged, &[], &[]);
    assert_eq!(cast.members.len(), 1, "{:?}", cast.members);
    assert_eq!(cast.members[0].affiliation.as_deref(), Some("de gemeente"));
    assert_eq!(cast.members[0].name, "een woordvoerder van de gemeente");
}

#[test]
fn what_follows_a_shared_surname_tells_whose_it_is() {
    let names = [("Ineke Tromp", PER), ("Jeroen Tromp", PER), ("Tromp", PER)];
    check(
        "Ineke Tromp staakt. Jeroen Tromp werkt. Daarna zweeg Tromp. Zij was moe.",
        &names,
        &[("Tromp", "Ineke Tromp"), ("Zij", "Ineke Tromp")],
    );
    check(
        "Ineke Tromp staakt. Jeroen Tromp werkt. \"Nee\", zegt Tromp aan haar werkbank.",
        &names,
        &[("Tromp", "Ineke Tromp")],
    );
    check(
        "Ineke Tromp staakt. Jeroen Tromp werkt. Daarna zweeg Tromp. Bram Kok lachte. Zij sliep.",
        &[&names[..], &[("Bram Kok", PER)]].concat(),
        &[("Tromp", "Jeroen Tromp")],
    );
}

#[test]
fn a_function_is_of_whom_it_was_told_of() {
    check(
        "Promovendus Piet Kwast telt vissen. Dat duurt lang. Eva Bos lacht. Bos vindt het mooi. \
         Bos zwemt. De promovendus zwijgt.",
        &[("Piet Kwast", PER), ("Eva Bos", PER), ("Bos", PER)],
        &[("De promovendus", "Piet Kwast")],
    );
    check(
        "Minister van Visserij Anna Bos wacht. Piet Kwast ook. De minister zwijgt.",
        &[("Visserij", ORG), ("Anna Bos", PER), ("Piet Kwast", PER)],
        &[("De minister", "Anna Bos")],
    );
    check(
        "De advocaat van de gemeente wacht. De advocaat van de schippers zwijgt. De advocaat knikt.",
        &[],
        &[
            ("De advocaat van de gemeente", "de advocaat van de gemeente"),
            ("De advocaat van de schippers", "de advocaat van de schippers"),
        ],
    );
}

#[test]
fn a_relative_may_be_named_later() {
    check(
        "Kees Bos stookte brand in de kroeg van zijn dochter. Eva Bos slaapt slecht. De dochter \
         huilt.",
        &[("Kees Bos", PER), ("Eva Bos", PER)],
        &[("zijn dochter", "Eva Bos"), ("De dochter", "Eva Bos")],
    );
    check(
        "Zus Piet Kwast woest\n\nPiet Kwast ligt ziek thuis. Dat zegt zijn zus en manager Eva Kwast.",
        &[("Piet Kwast", PER), ("Eva Kwast", PER)],
        &[("Zus Piet Kwast", "Eva Kwast"), ("zijn zus en manager Eva Kwast", "Eva Kwast")],
    );
}

#[test]
fn a_surname_behind_two_given_names_is_of_both() {
    check(
        "Anna (61) en Bert Kwast (63) sluiten de winkel. Anna huilt. Haar man telt de dozen.",
        &[("Anna", PER), ("Bert Kwast", PER)],
        &[("Haar man", "Bert Kwast")],
    );
}

#[test]
fn the_father_is_who_else_is_of_the_family() {
    check(
        "Wim Kwast staat terecht. Zijn zoon Bas (27) ook. Bas Kwast zwijgt. De vader knikt.",
        &[("Wim Kwast", PER), ("Bas", PER), ("Bas Kwast", PER)],
        &[("De vader", "Wim Kwast")],
    );
    check(
        "Wim Kwast wacht. De ex-vriend van Eva Bos zwijgt. De vader knikt.",
        &[("Wim Kwast", PER), ("Eva Bos", PER)],
        &[("De ex-vriend van Eva Bos", "de ex-vriend van Eva Bos")],
    );
}

#[test]
fn a_name_in_a_title_is_nobody_a_pronoun_means() {
    check(
        "Eva Kwast doet haar verhaal. In 'Anna op Zolder' vertelt ze meer.",
        &[("Eva Kwast", PER), ("Anna", PER)],
        &[("ze", "Eva Kwast")],
    );
}

#[test]
fn the_accused_is_of_whom_a_trial_is_told() {
    check(
        "Er is vier jaar cel geëist tegen Kees Bos (58) voor de brand bij Eva Kok. De verdachte zwijgt.",
        &[("Kees Bos", PER), ("Eva Kok", PER)],
        &[("De verdachte", "Kees Bos")],
    );
    check(
        "Kees Bos staat terecht. Ook Eva Kok staat terecht. De verdachte zwijgt.",
        &[("Kees Bos", PER), ("Eva Kok", PER)],
        &[("De verdachte", "de verdachte")],
    );
}

#[test]
fn a_body_inside_a_mention_is_one_to_go_back_to() {
    check(
        "Volgens een woordvoerder van Waterfiets groeit het. Het bedrijf zoekt mensen.",
        &[("Waterfiets", ORG)],
        &[("Het bedrijf", "Waterfiets")],
    );
    check(
        "Anna Bos van het Vismuseum en van het Zeebad Museum wacht. Het museum is dicht.",
        &[("Anna Bos", PER), ("Vismuseum", ORG), ("Zeebad Museum", ORG)],
        &[("Het museum", "Zeebad Museum")],
    );
}

#[test]
fn a_place_is_no_company() {
    check(
        "Anna Bos van Waterfiets is in Zeezicht. Het bedrijf groeit.",
        &[("Anna Bos", PER), ("Waterfiets", ORG), ("Zeezicht", Label::Loc)],
        &[("Het bedrijf", "Waterfiets")],
    );
    check(
        "Zeezicht groeit. De verzekeraar wacht.",
        &[("Zeezicht", Label::Loc)],
        &[("De verzekeraar", "de verzekeraar")],
    );
}

#[test]
fn a_name_tells_less_of_a_gender_than_what_follows() {
    check("De 8-jarige Ben lacht. Zij vindt het mooi.", &[("Ben", PER)], &[("Zij", "Ben")]);
    check(
        "Emre Martina wacht. Ook Martina zwijgt.",
        &[("Emre Martina", PER), ("Martina", PER)],
        &[("Martina", "Emre Martina")],
    );
}

#[test]
fn what_one_is_called_tells_who_he_is() {
    check(
        "Piet Kwast wacht. De arbiter heet Ben Bos. De scheidsrechter zwijgt.",
        &[("Piet Kwast", PER), ("Ben Bos", PER)],
        &[("De arbiter", "Ben Bos"), ("De scheidsrechter", "Ben Bos")],
    );
}

#[test]
fn in_a_quotation_pronouns_go_back_to_whom_it_tells_of() {
    check(
        "Anna Bos vertelt. \"Mijn chef kwam binnen. Hij zei niets\", zegt Anna Bos.",
        &[("Anna Bos", PER)],
        &[("Hij", "mijn chef")],
    );
    check(
        "De klanten wachten. \"Agenten kwamen erbij. Ze zeiden niets\", zegt Anna Bos.",
        &[("Anna Bos", PER)],
        &[("Ze", "Agenten")],
    );
}

#[test]
fn who_is_named_in_a_quotation_does_not_say_it() {
    check(
        "Teun Vos rijdt. Piet Kwast rijdt hem klem. \"Kwast zag mij niet\", zegt hij.",
        &[("Teun Vos", PER), ("Piet Kwast", PER), ("Kwast", PER)],
        &[("hij", "Teun Vos")],
    );
}

#[test]
fn a_body_just_told_of_comes_before_one_called_so_long_ago() {
    check(
        "De grootste krant van het land zwijgt.\n\nHet regent. De dijk is nat. De Havenbode gaat \
         verder. De krant noemt namen.",
        &[("De Havenbode", ORG)],
        &[("De krant", "De Havenbode")],
    );
    check(
        "Waterfiets groeit. Op Facebook vraagt het bedrijf om mensen.",
        &[("Waterfiets", ORG), ("Facebook", ORG)],
        &[("het bedrijf", "Waterfiets")],
    );
}

#[test]
fn what_is_somebody_elses_is_another() {
    check(
        "De advocaat van Piet Kwast zwijgt. Anna Bos wacht. Haar advocaat knikt.",
        &[("Piet Kwast", PER), ("Anna Bos", PER)],
        &[("Haar advocaat", "haar advocaat")],
    );
}

#[test]
fn a_predicate_tells_what_somebody_is() {
    check(
        "Anna Bos (41) werd arts. Noor Vos bleef thuis. De arts lacht.",
        &[("Anna Bos", PER), ("Noor Vos", PER)],
        &[("De arts", "Anna Bos")],
    );
    check(
        "Anna Bos is niet de arts. Noor Vos bleef thuis. De arts lacht.",
        &[("Anna Bos", PER), ("Noor Vos", PER)],
        &[("De arts", "de arts")],
    );
}

#[test]
fn an_age_alone_means_who_was_told_of() {
    check(
        "Anna Bos zingt. Dat hoort zo, vindt de 71-jarige.",
        &[("Anna Bos", PER)],
        &[("de 71-jarige", "Anna Bos")],
    );
}

#[test]
fn die_behind_the_verb_is_another_than_who_spoke() {
    check(
        "Dat de trainer zwijgt, noemt Anna Bos laf. \"Ik heb haar gebeld\", werpt die tegen.",
        &[("Anna Bos", PER)],
        &[("die", "de trainer")],
    );
    check(
        "Piet Kwast belde Waterfiets. Die zei niets.",
        &[("Piet Kwast", PER), ("Waterfiets", ORG)],
        &[("Die", "Waterfiets")],
    );
}

#[test]
fn a_partner_of_the_same_surname_is_meant() {
    check(
        "Teun Vos lacht. Anna Vos ook. Noor Bos wacht. Teun Vos denkt van niet. Zijn vrouw knikt.",
        &[("Teun Vos", PER), ("Anna Vos", PER), ("Noor Bos", PER)],
        &[("Zijn vrouw", "Anna Vos")],
    );
}

#[test]
fn volgens_hem_is_another_than_whom_it_is_about() {
    check(
        "Piet Kwast kijkt. Een jongen rent. De jongen was volgens hem klein.",
        &[("Piet Kwast", PER)],
        &[("hem", "Piet Kwast")],
    );
}

#[test]
fn the_only_one_named_with_a_function_later_is_meant_before() {
    check(
        "\"Komt u verder\", zegt de rechter. Rechter Anna Bos wacht.",
        &[("Anna Bos", PER)],
        &[("de rechter", "Anna Bos")],
    );
    check(
        "\"Komt u verder\", zegt de rechter. Rechter Anna Bos wacht. Rechter Noor Vos ook.",
        &[("Anna Bos", PER), ("Noor Vos", PER)],
        &[("de rechter", "de rechter")],
    );
    check(
        "Wethouder Sociale Zaken Anna Bos wacht. De wethouder lacht.",
        &[("Anna Bos", PER)],
        &[("De wethouder", "Anna Bos")],
    );
}

#[test]
fn a_copula_or_a_comma_tells_who_somebody_is() {
    let names = [("Teun Vos", PER)];
    check("Een van hen is Teun Vos.", &names, &[("Een van hen", "Teun Vos")]);
    check("Een van hen, Teun Vos, lacht.", &names, &[("Een van hen", "Teun Vos")]);
    check("Die gitarist was Teun Vos.", &names, &[("Die gitarist", "Teun Vos")]);
    check("Teun is zijn oudste broer.", &[("Teun", PER)], &[("zijn oudste broer", "Teun")]);
    check("De organisator, Teun Vos, lacht.", &names, &[("De organisator", "Teun Vos")]);
    let text = "Volgens de trainer is Teun Vos er klaar voor.";
    check(text, &names, &[("de trainer", "de trainer")]);
}

#[test]
fn of_two_of_one_surname_it_means_the_one_who_has_no_other_name() {
    let names = [("Noor Vos", PER), ("Corrie Vos", PER), ("Corrie", PER), ("Vos", PER)];
    check(
        "Noor Vos filmde haar moeder Corrie Vos. Corrie melkte koeien. Dat weet Vos.",
        &names,
        &[("Vos", "Noor Vos")],
    );
}

#[test]
fn what_is_somebodys_tells_the_gender_of_the_name_before() {
    let names = [("Wout Vos", PER), ("Anna Vos", PER), ("Vos", PER)];
    check(
        "Anna Vos wacht. Daar staat Wout Vos. \"Ik was er\", zegt Vos. Haar neef zwijgt.",
        &names,
        &[("Vos", "Anna Vos")],
    );
}

#[test]
fn former_offices_and_learned_ones_were_told_of() {
    let names = [("Teun Vos", PER), ("Leiden", Label::Loc)];
    check(
        "Teun Vos wint. De oud-burgemeester van Leiden lacht.",
        &names,
        &[("De oud-burgemeester van Leiden", "Teun Vos")],
    );
    check("Teun Vos wint. De hoogleraar lacht.", &names, &[("De hoogleraar", "Teun Vos")]);
}

#[test]
fn whoever_was_asked_answers() {
    check(
        "Anna Bos wacht. Een meisje vroeg haar of ze kon tekenen. \"Geef maar hier\", zei ze.",
        &[("Anna Bos", PER)],
        &[("ze", "Anna Bos")],
    );
}

#[test]
fn die_means_whom_the_sentence_before_told_of_last() {
    check(
        "Tess Vos vindt het mooi, haar dochter Jill vindt van niet. \"Weg ermee\", appt die.",
        &[("Tess Vos", PER), ("Jill", PER)],
        &[("die", "Jill")],
    );
    check(
        "Zij belandde bij voedselwaakhond Proefbank. Die lieten weten dat het mag.",
        &[("Proefbank", ORG)],
        &[("Die", "Proefbank")],
    );
}

#[test]
fn a_comparison_is_not_about_whom_it_compares_with() {
    check(
        "Teun Bos schrok. Anders dan Teun Bos bleef Anna Vos kalm. Zij zag het.",
        &[("Teun Bos", PER), ("Anna Vos", PER)],
        &[("Zij", "Anna Vos")],
    );
}

#[test]
fn who_signs_a_letter_is_its_ik() {
    check(
        "Brief\n\nIk vind de dijk te laag.\n\nAnna Bos",
        &[("Anna Bos", PER)],
        &[("Ik", "Anna Bos")],
    );
}

#[test]
fn a_party_is_no_chamber() {
    check(
        "Anna Bos van Forum Dijk zit in de Eerste Kamer. Forum Dijk wacht. Volgens Bos wacht de Eerste Kamer. \
         Dat meldt de partij.",
        &[("Anna Bos", PER), ("Forum Dijk", ORG), ("Eerste Kamer", ORG)],
        &[("de partij", "Forum Dijk")],
    );
}

#[test]
fn an_answer_is_of_another_than_who_asked() {
    check(
        "Rik wacht. \"Ben jij het?\", vroeg Jelle aan Rik. \"Nee\", antwoordde hij.",
        &[("Rik", PER), ("Jelle", PER)],
        &[("hij", "Rik")],
    );
}

#[test]
fn what_stands_before_the_verb_is_not_its_pronoun() {
    check(
        "De bewoners klagen. In De Stadsbode schrijven zij een brief.",
        &[("De Stadsbode", ORG)],
        &[("zij", "de bewoners")],
    );
}
