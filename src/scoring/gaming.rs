//! Systems made to score without answering: each has a trick that other scorers
//! have fallen for, and gets nothing by it.

use super::evaluation::evaluate;
use super::tally::{Cell, Counts, Group, Measure};
use super::testing::{Draft, TEXT, gold};
use crate::annotated::Annotated;
use crate::attribution::Kind;
use crate::sources::{Mention, MentionKind, SourceIndex, SourceKind};
use crate::text::Span;

/// Correct, predicted and labelled over all quotations.
fn score(gold: &Annotated, system: Annotated, measure: Measure) -> (u64, u64, u64) {
    let (gold, system) = ([gold.clone()], [system]);
    let evaluation = evaluate(&gold, &system, None, None).unwrap();
    let Counts { correct, predicted, gold } = evaluation.total[Cell::new(Group::All, measure)];
    (correct, predicted, gold)
}

/// The gold labels of the text, all given to one source of that name.
fn all_by(name: &str) -> Annotated {
    let mut system = gold("d");
    system.sources.truncate(1);
    name.clone_into(&mut system.sources[0].name);
    for quotation in &mut system.quotations {
        quotation.source = Some(SourceIndex(0));
    }
    system
}

#[test]
fn all_names_at_once_are_nobodys() {
    let gold = gold("d");
    for name in [
        "Noor Bakker, Joris De Meulder, de gemeente",
        "Noor Bakker Joris De Meulder de gemeente",
        "Noor Bakker en Joris De Meulder",
        "Noor Bakker / de gemeente",
        "Bakker De Meulder",
        TEXT,
        "e",
        "N. J.",
        "De",
        "",
    ] {
        assert_eq!(score(&gold, all_by(name), Measure::EndToEnd), (0, 4, 4), "{name}");
    }
    assert_eq!(score(&gold, all_by("Noor Bakker"), Measure::EndToEnd).0, 2, "hers alone");
}

#[test]
fn a_part_of_a_description_is_another_source() {
    let text = "„De weg is vrij”, zegt een woordvoerder van de politie in Zeezicht.";
    let said = |name: &str, kind| {
        Draft::new("d", text).quote("„De weg is vrij”", Kind::Direct).by(name, kind)
    };
    let name = "een woordvoerder van de politie in Zeezicht";
    let gold = said(name, SourceKind::Unnamed).named(name).done();
    for name in ["politie", "de politie", "de politie in Zeezicht", "Zeezicht", "van de politie"] {
        for kind in SourceKind::ALL {
            let system = said(name, kind).done();
            assert_eq!(score(&gold, system, Measure::EndToEnd), (0, 1, 1), "{name}");
        }
    }
    let right = said("de woordvoerder van de politie", SourceKind::Unnamed).done();
    assert_eq!(score(&gold, right, Measure::EndToEnd), (1, 1, 1));
}

#[test]
fn one_character_of_a_quotation_finds_nothing() {
    let gold = gold("d");
    let with_spans = |span: fn(Span) -> Span| {
        let mut system = gold.clone();
        for quotation in &mut system.quotations {
            // The mark at the beginning is three bytes.
            quotation.span = span(quotation.span);
        }
        score(&gold, system, Measure::Detection)
    };
    assert_eq!(with_spans(|span| Span::new(span.start() + 3, span.start() + 4)), (0, 4, 4));
    assert_eq!(
        with_spans(|span| Span::new(span.start(), span.end() - 8)),
        (1, 4, 4),
        "the indirect"
    );
    assert_eq!(with_spans(|_| Span::new(0, TEXT.len() as u32)), (0, 4, 4));
    assert_eq!(with_spans(|span| span), (4, 4, 4));
}

#[test]
fn one_character_of_a_mention_or_a_cue_names_nothing() {
    let gold = gold("d");
    let mut system = gold.clone();
    let first = |span: Span| Span::new(span.start(), span.start() + 1);
    for quotation in &mut system.quotations {
        quotation.cue = quotation.cue.map(first);
        quotation.mention = quotation.mention.map(|it| Mention { span: first(it.span), ..it });
    }
    assert_eq!(score(&gold, system.clone(), Measure::Mention), (0, 3, 3));
    assert_eq!(score(&gold, system, Measure::Cue), (0, 3, 3));
}

#[test]
fn a_letter_of_a_mention_does_not_choose_between_two_of_one_name() {
    let text = "„Ja”, zei Noor Bakker. „Nee”, zei Lotte Bakker.";
    let said = |name: &str| {
        Draft::new("d", text).quote("„Nee”", Kind::Direct).by(name, SourceKind::Person)
    };
    let gold = said("Lotte Bakker")
        .named("Lotte Bakker")
        .quote("„Ja”", Kind::Direct)
        .by("Noor Bakker", SourceKind::Person)
        .named("Noor Bakker")
        .done();
    let system = |words: &str| {
        let mut system = said("Bakker").done();
        let start = text.find("Lotte Bakker").unwrap() + "Lotte Bakker".find(words).unwrap();
        let span = Span::of(start..start + words.len());
        system.quotations[0].mention = Some(Mention { span, kind: MentionKind::Name });
        score(&gold, system, Measure::EndToEnd).0
    };
    for part in ["L", "e", "akke", "tte B"] {
        assert_eq!(system(part), 0, "{part}");
    }
    assert_eq!((system("Bakker"), system("Lotte Bakker")), (1, 1));
}

#[test]
fn saying_it_again_with_every_speaker_does_not_help() {
    let gold = gold("d");
    let mut system = gold.clone();
    for (n, quotation) in gold.quotations.iter().enumerate() {
        let sources = 0..gold.sources.len();
        let wrong = sources.filter(|&source| quotation.source != Some(SourceIndex(source)));
        for (again, source) in wrong.enumerate() {
            let mut other = quotation.clone();
            other.id = format!("{n}-{again}");
            other.source = Some(SourceIndex(source));
            system.quotations.insert(0, other);
        }
    }
    // Of equal spans one is paired, whichever is right, and not the best.
    assert_eq!(score(&gold, system.clone(), Measure::EndToEnd), (1, 12, 4));
    assert_eq!(score(&gold, system, Measure::Detection), (4, 12, 4));
}
