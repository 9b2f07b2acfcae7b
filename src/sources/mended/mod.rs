//! The recognizer's names, mended where grammar or the rest of the document
//! shows it wrong. The layer of names itself stays as it is; what is mended
//! serves the finding of mentions.

mod labels;
mod passed_over;
mod whole;

use rustc_hash::FxHashSet as HashSet;

use crate::ner::{Entity, Label};
use crate::syntax::{Class, Tagged};
use crate::text::Span;
use crate::tokenize::Tokenized;

/// The names, each whole and with its label, and with them those that were
/// passed over.
pub(super) fn mended(
    text: &str,
    tokenized: &Tokenized,
    tagged: &Tagged,
    names: &[Entity],
) -> Vec<Entity> {
    let words = Words { text, tokenized, tagged };
    let whole = whole::names(&words, names);
    let usual = labels::usual(&words, &whole);
    let known = Known::of(&words, &usual);
    let labelled = labels::mended(&words, &known, usual);
    passed_over::with_those(&words, &known, labelled)
}

/// The text as its words.
struct Words<'a> {
    text: &'a str,
    tokenized: &'a Tokenized,
    tagged: &'a Tagged,
}

impl<'a> Words<'a> {
    fn len(&self) -> usize {
        self.tagged.len()
    }

    /// Token `at` as it is written.
    fn written(&self, at: usize) -> &'a str {
        self.tokenized.tokens()[at].span.of_text(self.text)
    }

    fn span(&self, tokens: std::ops::Range<usize>) -> Span {
        let all = self.tokenized.tokens();
        all[tokens.start].span.cover(all[tokens.end - 1].span)
    }

    /// The text between two spans.
    fn between(&self, one: Span, other: Span) -> &'a str {
        let range = one.end() as usize..(other.start() as usize).max(one.end() as usize);
        &self.text[range]
    }

    /// Whether token `at` begins its sentence.
    fn opens(&self, at: usize) -> bool {
        let sentences = self.tokenized.sentences();
        let after = sentences.partition_point(|sentence| sentence.tokens.start <= at);
        after.checked_sub(1).is_some_and(|n| sentences[n].tokens.start == at)
    }

    /// Whether token `at` is a capitalised word that no closed class has.
    fn is_capital_word(&self, at: usize) -> bool {
        at < self.len() && self.tagged.is_capital(at) && self.tagged.class(at) == Class::Word
    }

    /// Whether token `at` is a verb of a closed list.
    fn is_verb(&self, at: usize) -> bool {
        at < self.len() && matches!(self.tagged.class(at), Class::Reporting | Class::Auxiliary)
    }

    fn is_given_name(&self, at: usize) -> bool {
        at < self.len() && self.tagged.given_name(at).is_some()
    }

    fn is_function(&self, at: usize) -> bool {
        self.tagged.function(at).is_some()
    }
}

/// What the document calls whom.
struct Known<'a> {
    /// Surnames of persons with a full name, with their particles, in lower
    /// case: *de beurs*.
    surnames: HashSet<String>,
    /// The given names of persons with a full name.
    given: HashSet<&'a str>,
    /// The last words of persons' names.
    last: HashSet<&'a str>,
    /// Bodies and places whose name is one word.
    bodies: HashSet<&'a str>,
    /// All words of names that are no person's.
    other: HashSet<&'a str>,
}

impl<'a> Known<'a> {
    fn of(words: &Words<'a>, names: &[Entity]) -> Self {
        let mut known = Self {
            surnames: HashSet::default(),
            given: HashSet::default(),
            last: HashSet::default(),
            bodies: HashSet::default(),
            other: HashSet::default(),
        };
        for name in names {
            let parts: Vec<&str> = name.span.of_text(words.text).split_whitespace().collect();
            let Some(&last) = parts.last() else { continue };
            match name.label {
                Label::Per => {
                    if parts.len() > 1 {
                        known.given.insert(parts[0]);
                        known.surnames.insert(parts[1..].join(" ").to_lowercase());
                    }
                    known.last.insert(last);
                }
                Label::Org | Label::Loc => {
                    if parts.len() == 1 {
                        known.bodies.insert(last);
                    }
                    known.other.extend(parts);
                }
                Label::Misc => known.other.extend(parts),
            }
        }
        known
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::tag;
    use crate::tokenize::tokenize;

    #[track_caller]
    fn check(text: &str, names: &[(&str, Label)], expected: &[(&str, Label)]) {
        let tokenized = tokenize(text);
        let mut from = 0;
        let mut entity = |&(name, label): &(&str, Label)| {
            let start = from + text[from..].find(name).unwrap();
            from = start + name.len();
            Entity { span: Span::of(start..from), label, score: 1.0 }
        };
        let names: Vec<Entity> = names.iter().map(&mut entity).collect();
        let mended = mended(text, &tokenized, &tag(text, &tokenized), &names);
        let found: Vec<_> = mended.iter().map(|e| (e.span.of_text(text), e.label)).collect();
        assert_eq!(found, expected, "{text}");
    }

    const PER: Label = Label::Per;
    const LOC: Label = Label::Loc;
    const ORG: Label = Label::Org;
    const MISC: Label = Label::Misc;

    #[test]
    fn a_name_that_breaks_off_is_taken_on() {
        let found = [("Marijke van", PER), ("Osnabrugge", LOC)];
        check("Daar zit Marijke van Osnabrugge.", &found, &[("Marijke van Osnabrugge", PER)]);
        let found = [("Bureau voor de", ORG), ("Visstand", ORG)];
        check("Het Bureau voor de Visstand telt.", &found, &[("Bureau voor de Visstand", ORG)]);
        let found = [("Rowers", ORG), ("Union", ORG)];
        check("De Rowers' Union roept op.", &found, &[("Rowers' Union", ORG)]);
        let found = [("Marijke", PER), ("Osnabrugge", LOC), ("Van Osnabrugge", PER)];
        let whole = [("Marijke van Osnabrugge", PER), ("Van Osnabrugge", PER)];
        check("Daar zit Marijke van Osnabrugge. Van Osnabrugge zwijgt.", &found, &whole);
        let found = [("Van", PER), ("Van 't Hof", PER)];
        let whole = [("Van 't Hof", PER), ("Van 't Hof", PER)];
        check("Dat wist Van 't Hof. Ook Van 't Hof zwijgt.", &found, &whole);
        check("Daar zit Aaltje Bruins.", &[("Aaltje", ORG)], &[("Aaltje Bruins", PER)]);
        let found = [("Aaltje", PER), ("Vander Brug", PER)];
        check("Daar zit Aaltje Vander Brug.", &found, &[("Aaltje Vander Brug", PER)]);
        let found = [("Xandra", PER), ("Vander Brug", PER)];
        check("Daar zit Xandra Vander Brug.", &found, &[("Xandra Vander Brug", PER)]);
        let found = [("E.", PER), ("Aaltje Bruins", PER)];
        check("Daar zit E. Aaltje Bruins.", &found, &[("E. Aaltje Bruins", PER)]);
        let apart = [("Aaltje", PER), ("Peter", PER)];
        check("Daar zitten Aaltje en Peter.", &apart, &apart);
    }

    #[test]
    fn a_name_that_runs_on_is_cut() {
        check("Dat zei Anna Bos gisteren.", &[("Anna Bos gisteren", PER)], &[("Anna Bos", PER)]);
        check("Dat vroeg Anna aan Peter.", &[("Anna aan Peter", PER)], &[("Anna", PER)]);
        let text = "Dat zei minister Bos van Financiën.";
        check(text, &[("Bos van Financiën", PER)], &[("Bos", PER)]);
        let text = "Dat zei Koen Bender van Mercurius Vermogensbeheer.";
        check(text, &[("Koen Bender van Mercurius", PER)], &[("Koen Bender", PER)]);
        let text = "Dat zei Koen de Wit van de Waterbond.";
        check(text, &[("Koen de Wit van de Waterbond", PER)], &[("Koen de Wit", PER)]);
        let text = "Dat zei Koen Bender van de Waterbond.";
        check(text, &[("Koen Bender van de Waterbond", PER)], &[("Koen Bender", PER)]);
        let found = [("Koen Bender", PER), ("Bender van de Waterbond", PER)];
        let cut = [("Koen Bender", PER), ("Bender", PER)];
        check("Koen Bender wacht. Ook Bender van de Waterbond wacht.", &found, &cut);
        let text = "Dat zei minister van Verkeer Anna Bos.";
        check(text, &[("Verkeer Anna Bos", ORG)], &[("Anna Bos", PER)]);
        let found = [("Jill Elis", PER), ("Oranje", ORG), ("Elis Oranje", PER)];
        let two = [("Jill Elis", PER), ("Oranje", ORG), ("Elis", PER)];
        check("Jill Elis zag Oranje. Toen prees Elis Oranje.", &found, &two);
        check("Koude voeten krijgt hij.", &[("Koude", PER)], &[]);
        let text = "Dat zei Jan Peter van Dam.";
        check(text, &[("Jan Peter van Dam", PER)], &[("Jan Peter van Dam", PER)]);
    }

    #[test]
    fn a_function_is_no_name_but_makes_a_person() {
        let found = [("Wethouder", PER), ("Tjeerd Nijboer", PER)];
        check("Wethouder Tjeerd Nijboer wacht.", &found, &[("Tjeerd Nijboer", PER)]);
        let found = [("Openbare Werken", ORG), ("Ali Saad", PER)];
        check("Ook schepen van Openbare Werken Ali Saad wacht.", &found, &[("Ali Saad", PER)]);
        let found = [("Financiën", ORG)];
        check("De minister van Financiën wacht.", &found, &found);
        check("Ook buurman Ali Saad wacht.", &[("Ali Saad", ORG)], &[("Ali Saad", PER)]);
        check("De club Ajax wacht.", &[("Ajax", ORG)], &[("Ajax", ORG)]);
        let found = [("VVX-secretaris", ORG), ("Tjeerd Nijboer", PER)];
        check("Ook VVX-secretaris Tjeerd Nijboer wacht.", &found, &[("Tjeerd Nijboer", PER)]);
        check("Ook vakbondsman De Mol wacht.", &[("De Mol", ORG)], &[("De Mol", PER)]);
        let found = [("Partij voor Zee-leider", MISC), ("Ali Saad", PER)];
        check("Ook Partij voor Zee-leider Ali Saad wacht.", &found, &found);
        let found = [("Vlaams minister", ORG), ("Ali Saad", PER)];
        check("Vlaams minister van Vis Ali Saad wacht.", &found, &[("Ali Saad", PER)]);
        check("Boer over zijn schuur: nee", &[("Boer", PER)], &[]);
        let found = [("Ali Boer", PER), ("Boer", PER)];
        check("Daar zit Ali Boer. Boer wacht.", &found, &found);
    }

    #[test]
    fn the_noun_in_front_bears_a_label_out() {
        let found = [("Vindal", ORG), ("Vindal", PER)];
        let text = "De zoekmachine Vindal groeit. Dat kan Vindal.";
        check(text, &found, &[("Vindal", ORG), ("Vindal", ORG)]);
        let found = [("Bakker", PER), ("Bakker", ORG)];
        check(
            "Dat zei minister Bakker. Bakker zweeg.",
            &found,
            &[("Bakker", PER), ("Bakker", PER)],
        );
    }

    #[test]
    fn a_surname_is_a_persons_wherever_it_stands() {
        let text = "Teun Bakkerus wint. Daarna sprak Bakkerus.";
        check(text, &[("Teun Bakkerus", PER)], &[("Teun Bakkerus", PER), ("Bakkerus", PER)]);
        let text = "Cor de Mol wacht. De Mol zwijgt.";
        let found = [("Cor de Mol", PER), ("Mol", LOC)];
        check(text, &found, &[("Cor de Mol", PER), ("De Mol", PER)]);
        let text = "Hatice Demirel wacht. Demirel zwijgt.";
        let found = [("Hatice Demirel", ORG), ("Demirel", PER)];
        check(text, &found, &[("Hatice Demirel", PER), ("Demirel", PER)]);
        let text = "Dat zegt Lotte Dijkhuis van de bond.";
        check(text, &[("Lotte Dijkhuis", ORG)], &[("Lotte Dijkhuis", PER)]);
        let text = "Lin Bouwhof wacht. Zo zegt Bouwhof. De Bouwhof lacht.";
        let found = [("Lin Bouwhof", PER), ("Bouwhof", PER), ("Bouwhof", ORG)];
        let persons = [("Lin Bouwhof", PER), ("Bouwhof", PER), ("Bouwhof", PER)];
        check(text, &found, &persons);
        let text = "Minister Snel wacht. Snel zegt niets. Snel was het niet.";
        check(text, &[("Snel", PER)], &[("Snel", PER), ("Snel", PER)]);
    }

    #[test]
    fn a_given_name_is_a_persons_who_is_named_in_full() {
        let text = "Anna Bos wacht. Daarna sprak Anna.";
        let found = [("Anna Bos", PER), ("Anna", LOC)];
        check(text, &found, &[("Anna Bos", PER), ("Anna", PER)]);
    }

    #[test]
    fn behind_a_noun_for_a_place_stands_a_place() {
        let text = "Zij vertrokken uit hun woonplaats Merel.";
        check(text, &[("Merel", PER)], &[("Merel", LOC)]);
    }

    #[test]
    fn a_noun_that_opens_a_title_is_no_name() {
        let text = "Hond bijt schapen dood\n\nIn de wei is een hond gezien.";
        check(text, &[("Hond", PER)], &[]);
    }

    #[test]
    fn a_noun_without_a_verb_of_its_own_is_no_name() {
        check("Boegeroep voor Bakkerus.", &[("Boegeroep", PER)], &[]);
        let found = [("Milder", PER), ("Anna Bos", PER)];
        check("Milder oordeelt Anna Bos.", &found, &[("Anna Bos", PER)]);
    }

    #[test]
    fn two_persons_side_by_side_are_not_one() {
        let found = [
            ("Jan Bakkerus", PER),
            ("Max Vedersen", PER),
            ("Bakkerus", PER),
            ("Vedersen", PER),
            ("Bakkerus Vedersen", PER),
        ];
        let text = "Jan Bakkerus en Max Vedersen. Bakkerus lacht, Vedersen ook. Zo zag Bakkerus \
                    Vedersen niet.";
        let mended = [
            ("Jan Bakkerus", PER),
            ("Max Vedersen", PER),
            ("Bakkerus", PER),
            ("Vedersen", PER),
            ("Bakkerus", PER),
            ("Vedersen", PER),
        ];
        check(text, &found, &mended);
        let found = [("Zeezicht", LOC), ("Bakkerus van Zeezicht", PER), ("Bakkerus", PER)];
        let text = "In Zeezicht wacht burgemeester Bakkerus van Zeezicht. Bakkerus lacht.";
        check(text, &found, &[("Zeezicht", LOC), ("Bakkerus", PER), ("Bakkerus", PER)]);
    }

    #[test]
    fn an_age_behind_two_names_makes_a_person() {
        check("Daar zit Sanne Post (16).", &[("Sanne Post", ORG)], &[("Sanne Post", PER)]);
    }

    #[test]
    fn names_that_were_passed_over_are_found() {
        check("Dat zegt Emre Tafelpoot.", &[], &[("Emre Tafelpoot", PER)]);
        check("Dat zegt het OM.", &[], &[("OM", ORG)]);
        check("Volgens WaterPlus mag het.", &[], &[("WaterPlus", ORG)]);
        check("HET OM ZWIJGT IN ALLE TALEN OVER DE ZAAK", &[], &[]);
    }
}
