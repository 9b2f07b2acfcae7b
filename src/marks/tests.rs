//! Pairing as a whole: conventions, apostrophes, repairs.

use proptest::prelude::*;

use crate::marks::{Marks, RepairKind, pair};
use crate::tokenize::tokenize;

fn marks(text: &str) -> Marks {
    pair(text, &tokenize(text))
}

/// Each mark that was repaired, and what was done with it.
fn repaired(text: &str) -> Vec<(&str, RepairKind)> {
    let mark = |offset: u32| {
        let rest = &text[offset as usize..];
        &rest[..rest.chars().next().map_or(0, char::len_utf8)]
    };
    let repairs = marks(text).repairs;
    repairs.iter().map(|repair| (mark(repair.offset), repair.kind)).collect()
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let found = marks(text);
    let spans: Vec<_> = found.candidates.iter().map(|c| c.span.of_text(text)).collect();
    assert_eq!(spans, expected, "{text}");
}

#[test]
fn every_convention_pairs() {
    for (open, close) in [
        ("\"", "\""),
        ("“", "”"),
        ("„", "”"),
        ("„", "“"),
        ("‘", "’"),
        ("’", "’"),
        ("'", "'"),
        ("«", "»"),
        (",,", "''"),
        ("„", "\""),
        ("'", "’"),
        ("”", "”"),
        ("❝", "❞"),
        ("❛", "❜"),
        ("″", "″"),
        ("＂", "＂"),
        ("´", "´"),
    ] {
        let one = format!("{open}De brug blijft dicht{close}");
        let two = format!("{open}Echt waar.{close}");
        check(&format!("{one}, zegt de wethouder. {two}"), &[&one, &two]);
    }
}

#[test]
fn apostrophes_are_no_marks() {
    check("'s Avonds zijn foto's en zo'n d'r van opa's in '90 stil.", &[]);
    check("’s Avonds zijn foto’s en zo’n d’r van opa’s in ’90 stil.", &[]);
    check("Hans' fiets en Ajax' doel.", &[]);
    check("‘Dat was in ’98’, zegt ze.", &["‘Dat was in ’98’"]);
    check("Het scherm van 27\" kost veel; zij liep 3'12\".", &[]);
    check("Een buis van 5″ past; zij liep 3′12″.", &[]);
    check("\"Zij werd 27\", zegt ze.", &["\"Zij werd 27\""]);
    check("'Hans' fiets is weg', zei 't meisje.", &["'Hans' fiets is weg'"]);
    check("'Ons huis' staat er, 'ons dorp' ook.", &["'Ons huis'", "'ons dorp'"]);
    check("’Die foto’s zijn z’n trots’, zegt ze.", &["’Die foto’s zijn z’n trots’"]);
}

#[test]
fn nested_marks_have_a_parent() {
    let text = "\"Hij riep 'brand' en liep weg\", zegt ze.";
    let found = marks(text);
    assert_eq!(found.candidates.len(), 2);
    assert_eq!(found.candidates[1].parent, Some(0));
    check("‘Hij riep “brand” en liep’, zegt ze.", &["‘Hij riep “brand” en liep’", "“brand”"]);
}

#[test]
fn a_quotation_may_run_over_paragraphs() {
    let text = "\"Het is klaar. En goed.\n\nWij gaan door.\n\nTot het eind.\" Zij lacht.";
    check(text, &["\"Het is klaar. En goed.\n\nWij gaan door.\n\nTot het eind.\""]);
    assert!(marks(text).repairs.is_empty());
}

#[test]
fn a_quotation_may_reopen_each_paragraph() {
    let text = "“Het is klaar.\n\n“En het is goed”, zegt ze.";
    let found = marks(text);
    check(text, &["“Het is klaar.", "“En het is goed”"]);
    assert!(found.candidates[0].reopens && found.repairs.is_empty());
}

#[test]
fn a_mark_that_is_never_closed_ends_with_its_paragraph() {
    let text = "Zij zegt: \"Het is klaar.\n\nDe brug is open. Een “term” hier.";
    let found = marks(text);
    check(text, &["\"Het is klaar.", "“term”"]);
    assert!(found.candidates[0].unclosed && !found.candidates[0].reopens);
    assert_eq!(found.repairs[0].kind, RepairKind::Unclosed);
}

#[test]
fn a_mark_on_the_wrong_side_of_a_space_is_repaired() {
    let text = "\"Het is klaar \"zegt ze. \"En goed.\"";
    check(text, &["\"Het is klaar \"", "\"En goed.\""]);
    assert_eq!(marks(text).repairs[0].kind, RepairKind::Misplaced);
}

#[test]
fn a_quotation_may_be_closed_by_another_kind_of_mark() {
    let text = "'Het is echt klaar\", zegt ze. \"En goed.\"";
    check(text, &["'Het is echt klaar\"", "\"En goed.\""]);
    assert_eq!(repaired(text), [("\"", RepairKind::Unlike)]);
}

#[test]
fn a_single_mark_on_the_wrong_side_of_a_space_is_repaired() {
    let text = "'Het is klaar 'zegt ze. 'En goed.'";
    check(text, &["'Het is klaar '", "'En goed.'"]);
    assert_eq!(repaired(text), [("'", RepairKind::Misplaced)]);
    // Apostrophes at the end of words are none.
    check("Kessels' plan en Ajax' doel.", &[]);
}

#[test]
fn a_mark_whose_space_went_missing_closes() {
    let text = "Hun ’lieve vriend’Karel zwijgt over d’Hondt. ’Zo is ’t’, zegt ze.";
    check(text, &["’lieve vriend’", "’Zo is ’t’"]);
    assert_eq!(repaired(text), [("’", RepairKind::Glued)]);
}

#[test]
fn marks_that_stand_twice_are_one() {
    let text = "\"\"Kom\"\", zegt ze. „„Ga je mee?””";
    check(text, &["\"\"Kom\"\"", "„„Ga je mee?””"]);
    let kinds: Vec<_> = repaired(text).iter().map(|(_, kind)| *kind).collect();
    assert_eq!(kinds, [RepairKind::Doubled; 4]);
    // One inside another, which end together.
    check("\"\"Kom\", zei hij\", zegt ze.", &["\"\"Kom\", zei hij\"", "\"Kom\""]);
}

#[test]
fn pairs_that_do_not_match_are_told() {
    assert_eq!(repaired("„Kom\", zegt ze."), [("\"", RepairKind::Unlike)]);
    assert_eq!(repaired("'Kom’, zegt ze."), [("’", RepairKind::Unlike)]);
    assert_eq!(repaired("“Kom“, zegt ze."), [("“", RepairKind::Turned)]);
    let text = "“Kom”, zegt ze. “Ga”, zegt hij. ”Nee”, zegt ze.";
    assert_eq!(repaired(text), [("”", RepairKind::Turned)]);
}

#[test]
fn what_a_document_always_prints_is_its_convention() {
    for (open, close) in [("„", "\""), ("’", "’"), ("”", "”"), ("»", "«"), ("'", "’")]
    {
        let text = format!("{open}Kom mee{close}, zegt ze. ").repeat(3);
        assert_eq!(marks(&text).candidates.len(), 3, "{text}");
        assert_eq!(repaired(&text), [], "{text}");
    }
}

#[test]
fn a_quotation_never_holds_one_in_its_own_straight_marks() {
    let text = "\"Nee, zegt ze. \"Ik ga niet mee.\"";
    check(text, &["\"Nee, zegt ze.", "\"Ik ga niet mee.\""]);
    assert_eq!(repaired(text), [("\"", RepairKind::Unclosed)]);
}

#[test]
fn a_lone_single_mark_in_a_text_of_double_ones_is_an_apostrophe() {
    let double = "\"Kom\", zegt ze. \"Ga\", zegt hij. \"Nee\", zegt ze. ";
    assert_eq!(marks(&format!("{double}De 'Uver is dicht.")).candidates.len(), 3);
    check("De 'Uver is dicht.", &["'Uver is dicht."]);
}

#[test]
fn what_opens_inside_a_quotation_and_stays_open_is_told() {
    assert_eq!(repaired("«Hij zei „nee en ging», zegt ze."), [("„", RepairKind::Unmatched)]);
}

#[test]
fn inches_are_left_alone() {
    check("Een scherm van 27\" kost wat.", &[]);
    assert_eq!(marks("Een scherm van 27\" kost wat.").repairs[0].kind, RepairKind::Unopened);
}

proptest! {
    #[test]
    fn any_string_of_marks_pairs(text in "[ \n.,:A-Ca-c'\"“”„‘’«»é😀]{0,80}") {
        let found = marks(&text);
        for candidate in &found.candidates {
            prop_assert!(candidate.span.contains(candidate.inner));
            let _ = candidate.span.of_text(&text);
            let _ = candidate.inner.of_text(&text);
            if let Some(parent) = candidate.parent {
                prop_assert!(found.candidates[parent].span.contains(candidate.span));
            }
        }
    }
}
