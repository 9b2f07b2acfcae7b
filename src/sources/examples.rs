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
