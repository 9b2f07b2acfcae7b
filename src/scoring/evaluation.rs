//! The score of a set of documents.

use std::collections::HashMap;

use rayon::prelude::*;
use thiserror::Error;

use super::confusion::Confusion;
use super::document::{self, DocumentScore, Oddities};
use super::tally::Tally;
use crate::annotated::Annotated;
use crate::attribution::Kind;
use crate::sources::SourceKind;

/// Two sets of documents that cannot be compared.
#[derive(Debug, Error, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ScoringError {
    /// No gold documents at all.
    #[error("there is no gold document")]
    NoGold,
    /// No document that both annotators labelled.
    #[error("there is no document that both labelled")]
    NothingShared,
    /// Two documents of one set with one identifier.
    #[error("two documents {id:?} in {side}")]
    Duplicate {
        /// The set.
        side: Side,
        /// Their identifier.
        id: String,
    },
    /// The offsets of one set mean nothing in the other.
    #[error("document {id:?} has another text in {side} than in the gold labels")]
    OtherText {
        /// The set.
        side: Side,
        /// The document.
        id: String,
    },
}

/// A set of documents, as messages name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The gold labels.
    Gold,
    /// What is scored.
    System,
    /// What the system answers when it is handed the gold quotations.
    Given,
}

impl std::fmt::Display for Side {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Gold => "the gold labels",
            Self::System => "the system's answers",
            Self::Given => "the answers on gold quotations",
        })
    }
}

/// The score of a system on a set of documents.
#[derive(Debug, Clone)]
pub struct Evaluation<'a> {
    /// Documents, by their identifiers.
    pub documents: Vec<DocumentScore<'a>>,
    /// The counts of all documents.
    pub total: Tally,
    /// Kinds of quotations, gold and predicted.
    pub kinds: Confusion<Kind>,
    /// Types of sources, gold and predicted.
    pub types: Confusion<SourceKind>,
    /// Whether the system was also run on the gold quotations.
    pub has_given: bool,
    /// What is peculiar about the input.
    pub notes: Notes,
}

/// What is peculiar about an input and was counted rather than refused.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Notes {
    /// Gold documents that the system gives nothing for: all of their
    /// quotations count as missed.
    pub missing: Vec<String>,
    /// Documents of the system without gold labels, which are left out.
    pub unlabelled: Vec<String>,
    /// Peculiar quotations.
    pub oddities: Oddities,
}

/// Scores `system` against `gold`; the order of documents and of quotations
/// means nothing.
///
/// Predicted quotations of less than `least` confidence are taken as not
/// given; those without a confidence are kept. `given` is what the system
/// answers when it is handed the gold quotations.
///
/// # Errors
///
/// No gold document; two documents with one identifier; a document whose text
/// is not that of the gold labels.
pub fn evaluate<'a>(
    gold: &'a [Annotated],
    system: &'a [Annotated],
    given: Option<&'a [Annotated]>,
    least: Option<f32>,
) -> Result<Evaluation<'a>, ScoringError> {
    if gold.is_empty() {
        return Err(ScoringError::NoGold);
    }
    let golds = by_id(gold, Side::Gold)?;
    let systems = by_id(system, Side::System)?;
    let givens = given.map(|given| by_id(given, Side::Given)).transpose()?;
    check_texts(&golds, &systems, Side::System)?;
    if let Some(givens) = &givens {
        check_texts(&golds, givens, Side::Given)?;
    }
    let mut ids: Vec<&str> = golds.keys().copied().collect();
    ids.sort_unstable();
    let documents: Vec<_> = ids
        .par_iter()
        .map(|id| {
            let given = givens.as_ref().and_then(|givens| givens.get(id)).copied();
            document::score(golds[id], systems.get(id).copied(), given, least)
        })
        .collect();
    let mut evaluation = Evaluation {
        documents,
        total: Tally::default(),
        kinds: Confusion::default(),
        types: Confusion::default(),
        has_given: givens.is_some(),
        notes: Notes::default(),
    };
    evaluation.sum();
    let labelled = |annotated: &&Annotated| !golds.contains_key(annotated.document.id());
    let id = |annotated: &Annotated| annotated.document.id().to_owned();
    evaluation.notes.unlabelled = system.iter().filter(labelled).map(id).collect();
    evaluation.notes.unlabelled.sort_unstable();
    Ok(evaluation)
}

impl Evaluation<'_> {
    fn sum(&mut self) {
        let Self { documents, total, kinds, types, notes, .. } = self;
        for document in documents {
            *total += &document.tally;
            kinds.merge(&document.kinds);
            types.merge(&document.types);
            notes.oddities += document.oddities;
            if document.system.is_none() {
                notes.missing.push(document.gold.document.id().to_owned());
            }
        }
    }
}

type ById<'a> = HashMap<&'a str, &'a Annotated>;

fn by_id(documents: &[Annotated], side: Side) -> Result<ById<'_>, ScoringError> {
    let mut found = HashMap::with_capacity(documents.len());
    for annotated in documents {
        let id = annotated.document.id();
        if found.insert(id, annotated).is_some() {
            return Err(ScoringError::Duplicate { side, id: id.to_owned() });
        }
    }
    Ok(found)
}

fn check_texts(golds: &ById<'_>, others: &ById<'_>, side: Side) -> Result<(), ScoringError> {
    let differs = |id: &&&str| {
        others.get(**id).is_some_and(|other| other.document.text() != golds[**id].document.text())
    };
    match golds.keys().filter(differs).min() {
        Some(id) => Err(ScoringError::OtherText { side, id: (*id).to_owned() }),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::attribution::Quotation;
    use crate::scoring::testing::{Draft, TEXT, answer, gold};
    use crate::scoring::{Answer, Bootstrap, Cell, Counts, Group, Measure, Naming, Ratio};
    use crate::sources::MentionKind;
    use crate::text::{Document, Span};

    const ALL: Group = Group::All;
    const MARKED: Group = Group::Marked;
    const DIRECT: Group = Group::Kind(Kind::Direct);
    const MIXED: Group = Group::Kind(Kind::Mixed);
    const INDIRECT: Group = Group::Kind(Kind::Indirect);

    fn counts(evaluation: &Evaluation<'_>, group: Group, measure: Measure) -> (u64, u64, u64) {
        let Counts { correct, predicted, gold } = evaluation.total[Cell::new(group, measure)];
        (correct, predicted, gold)
    }

    #[test]
    fn a_hand_computed_example() {
        let (gold, system) = ([gold("d")], [answer("d")]);
        let evaluation = evaluate(&gold, &system, None, None).unwrap();
        let counts = |group, measure| counts(&evaluation, group, measure);
        // "Dat is te lang", vindt: 14 of 22 code points, less than 0.8. So two
        // of three marked quotations are found, by two of four.
        assert_eq!(counts(MARKED, Measure::Detection), (2, 4, 3));
        assert_eq!(counts(MARKED, Measure::Exact), (2, 4, 3));
        assert_eq!(counts(DIRECT, Measure::Detection), (1, 3, 2));
        assert_eq!(counts(MIXED, Measure::Detection), (0, 1, 1));
        assert_eq!(counts(INDIRECT, Measure::Detection), (0, 0, 1));
        assert_eq!(counts(ALL, Measure::Detection), (2, 4, 4));
        // Of those two, the first has the right speaker.
        assert_eq!(counts(MARKED, Measure::Speaker), (1, 2, 2));
        assert_eq!(counts(MARKED, Measure::SpeakerAccuracy), (1, 2, 2));
        assert_eq!(counts(MARKED, Measure::EndToEnd), (1, 4, 3));
        assert_eq!(counts(MIXED, Measure::EndToEnd), (0, 1, 1));
        assert_eq!(counts(MARKED, Measure::NoSource), (0, 0, 0));
        assert_eq!(counts(MARKED, Measure::KindAccuracy), (1, 2, 2));
        assert_eq!(counts(MARKED, Measure::TypeAccuracy), (2, 2, 2));
        // "Bakker" is 6 of the 11 code points of "Noor Bakker"; the second
        // quotation's mention and cue were not given.
        assert_eq!(counts(MARKED, Measure::Mention), (1, 1, 2));
        assert_eq!(counts(MARKED, Measure::MentionExact), (0, 1, 2));
        assert_eq!(counts(MARKED, Measure::Cue), (1, 1, 2));
        assert_eq!(counts(MARKED, Measure::CueExact), (1, 1, 2));
        let named = |naming| counts(ALL, Measure::Named(naming));
        assert_eq!(named(Naming::By(MentionKind::Name)), (1, 1, 1));
        assert_eq!(named(Naming::By(MentionKind::Description)), (0, 0, 1));
        assert_eq!(named(Naming::By(MentionKind::Pronoun)), (0, 1, 1));
        assert_eq!(named(Naming::Implicit), (0, 0, 1));
        assert_eq!(counts(ALL, Measure::OfType(SourceKind::Person)), (1, 2, 3));
        assert_eq!(counts(ALL, Measure::OfType(SourceKind::Organisation)), (0, 0, 1));
        assert_eq!(counts(MARKED, Measure::FalseAlarms), (1, 1, 1));
        assert_eq!(counts(MARKED, Measure::Rejected), (0, 0, 1));
        // Marked words: 4 + 3 + 4 in the gold labels; 4 + 3 + 5 + 1 given.
        assert_eq!(counts(MARKED, Measure::Tokens), (11, 13, 11));
        assert_eq!(counts(DIRECT, Measure::Tokens), (8, 12, 8));
        assert_eq!(counts(MIXED, Measure::Tokens), (0, 1, 3));
        assert_eq!(counts(INDIRECT, Measure::Tokens), (0, 0, 5));
        assert_eq!(evaluation.kinds.count(Some(Kind::Mixed), Some(Kind::Direct)), 1);
        assert_eq!(evaluation.kinds.count(Some(Kind::Direct), None), 1);
        assert_eq!(evaluation.kinds.count(None, Some(Kind::Mixed)), 1);
        let answers: Vec<_> = evaluation.documents[0].cases.iter().map(|c| c.answer).collect();
        let (right, wrong, missed) = (Answer::Right, Answer::WrongSource, Answer::Missed);
        assert_eq!(answers, [right, wrong, missed, missed]);
    }

    #[test]
    fn rules_and_rejections_of_that_example() {
        let (gold, mut system) = ([gold("d")], [answer("d")]);
        let rejected = |span: Span| crate::attribution::NotQuotation {
            span,
            reason: Some("a name".into()),
            rule: Some("term".into()),
        };
        // A labelled quotation, and the name of the boat, which is none.
        let spans = [system[0].quotations[0].span, gold[0].not_quotations[0].span];
        system[0].not_quotations.extend(spans.map(rejected));
        let evaluation = evaluate(&gold, &system, None, None).unwrap();
        let table = evaluation.rules(&["clause-after", "heading"]);
        let rule = |name: &str| table.rules.iter().find(|score| score.rule == name).unwrap();
        let last = rule("last-speaker");
        assert_eq!((last.fired, last.right, last.wrong_source, last.no_quotation), (2, 0, 1, 1));
        assert_eq!(rule("clause-after").precision(), Some(1.0));
        assert_eq!((last.wrong(), last.precision()), (2, Some(0.0)));
        assert_eq!(table.silent, ["heading"]);
        let term = rule("term");
        assert_eq!((term.fired, term.right, term.wrongly_rejected), (2, 1, 1));
        assert_eq!((term.wrong(), term.precision()), (1, Some(0.5)));
        assert_eq!((table.rejections[0].count, table.rejections[0].wrong), (2, 1));
    }

    #[test]
    fn a_threshold_leaves_out_what_is_less_sure() {
        let (gold, system) = ([gold("d")], [answer("d")]);
        let evaluation = evaluate(&gold, &system, None, Some(0.65)).unwrap();
        assert_eq!(counts(&evaluation, MARKED, Measure::EndToEnd), (1, 2, 3));
        let evaluation = evaluate(&gold, &system, None, None).unwrap();
        assert_eq!(evaluation.threshold(1.0), Some(f64::from(0.9f32)));
        assert_eq!(evaluation.threshold(0.25), Some(0.5));
        assert_eq!(evaluation.threshold(0.0), Some(0.5));
        let wrong = [Draft::new("d", TEXT).quote("„Zeehond”", Kind::Direct).sure("r", 0.9).done()];
        let evaluation = evaluate(&gold, &wrong, None, None).unwrap();
        assert_eq!(evaluation.threshold(0.5), None);
    }

    #[test]
    fn a_quotation_that_the_text_gives_to_nobody() {
        let nobody = || Draft::new("d", TEXT).quote("„Dat is te lang”", Kind::Direct);
        let somebody = || nobody().by("Noor Bakker", SourceKind::Person);
        let score = |gold: Draft, system: Draft| {
            let (gold, system) = ([gold.done()], [system.done()]);
            let evaluation = evaluate(&gold, &system, None, None).unwrap();
            let answer = evaluation.documents[0].cases[0].answer;
            let none = counts(&evaluation, ALL, Measure::NoSource);
            let speaker = counts(&evaluation, ALL, Measure::Speaker);
            (answer, none, speaker, counts(&evaluation, ALL, Measure::EndToEnd))
        };
        assert_eq!(score(nobody(), nobody()), (Answer::Right, (1, 1, 1), (0, 0, 0), (1, 1, 1)));
        assert_eq!(
            score(nobody(), somebody()),
            (Answer::NeedlessSource, (0, 0, 1), (0, 1, 0), (0, 1, 1))
        );
        assert_eq!(
            score(somebody(), nobody()),
            (Answer::NoSource, (0, 1, 0), (0, 0, 1), (0, 1, 1))
        );
    }

    #[test]
    fn given_gold_quotations_count_only_the_speaker() {
        let (gold, system) = ([gold("d")], [answer("d")]);
        let given = [Draft::new("d", TEXT)
            .quote("„De brug blijft dicht”", Kind::Mixed)
            .by("Noor Bakker", SourceKind::Person)
            .quote("„een hels karwei”", Kind::Direct)
            .quote("„Dat is te lang”", Kind::Direct)
            .by("Noor Bakker", SourceKind::Person)
            .done()];
        let evaluation = evaluate(&gold, &system, Some(&given), None).unwrap();
        assert_eq!(counts(&evaluation, MARKED, Measure::GivenGold), (1, 2, 3));
        assert_eq!(counts(&evaluation, MARKED, Measure::GivenGoldAccuracy), (1, 3, 3));
        assert_eq!(counts(&evaluation, DIRECT, Measure::GivenGold), (1, 2, 2));
        assert!(evaluation.has_given);
    }

    #[test]
    fn equal_to_gold_is_one_everywhere() {
        let gold = [gold("a"), gold("b")];
        let evaluation = evaluate(&gold, &gold, Some(&gold), None).unwrap();
        let intervals = evaluation.intervals(&Bootstrap { resamples: 20, seed: 1 }).unwrap();
        for cell in Cell::all() {
            let counts = evaluation.total[cell];
            if cell.measure == Measure::FalseAlarms {
                assert_eq!((counts.correct, counts.gold), (0, 2));
                continue;
            }
            for ratio in Ratio::ALL {
                if counts.gold > 0 {
                    assert_eq!(counts.ratio(ratio), Some(1.0), "{}", cell.path());
                    let interval = intervals.of(cell, ratio).unwrap();
                    assert!(interval.holds(1.0) && interval.low > 0.999, "{}", cell.path());
                } else {
                    assert_eq!(counts, Counts::default(), "{}", cell.path());
                }
            }
        }
    }

    #[test]
    fn an_empty_system_is_zero_or_nothing() {
        let gold = [gold("a"), gold("b")];
        let empty: Vec<_> = gold.iter().map(|g| Annotated::bare(g.document.clone())).collect();
        for system in [&empty[..], &[]] {
            let evaluation = evaluate(&gold, system, None, None).unwrap();
            for cell in Cell::all() {
                let counts = evaluation.total[cell];
                assert_eq!(counts.correct, 0, "{}", cell.path());
                if !cell.measure.is_share() {
                    assert_eq!(counts.precision(), None, "{}", cell.path());
                    assert!(matches!(counts.recall(), None | Some(0.0)), "{}", cell.path());
                }
            }
            assert_eq!(evaluation.total[Cell::new(ALL, Measure::EndToEnd)].gold, 8);
            assert_eq!(evaluation.calibration(None).error, None);
        }
        let evaluation = evaluate(&gold, &[], None, None).unwrap();
        assert_eq!(evaluation.notes.missing, ["a", "b"]);
    }

    #[test]
    fn peculiar_input_is_counted() {
        let gold = [gold("a")];
        let mut system = [answer("a"), answer("z")];
        let again: Quotation = system[0].quotations[0].clone();
        system[0].quotations.push(Quotation { confidence: Some(1.5), ..again.clone() });
        system[0].quotations.push(Quotation { confidence: None, ..again });
        let evaluation = evaluate(&gold, &system, None, None).unwrap();
        let Notes { missing, unlabelled, oddities } = &evaluation.notes;
        assert!(missing.is_empty());
        assert_eq!(unlabelled, &["z"]);
        assert_eq!((oddities.duplicates, oddities.gold_duplicates), (2, 0));
        assert_eq!((oddities.without_confidence, oddities.bad_confidence), (1, 1));
        // The duplicates pair with nothing.
        assert_eq!(counts(&evaluation, MARKED, Measure::Detection), (2, 6, 3));
    }

    #[test]
    fn sets_that_cannot_be_compared_are_refused() {
        let error = |gold: &[Annotated], system: &[Annotated]| {
            evaluate(gold, system, None, None).unwrap_err().to_string()
        };
        assert_eq!(error(&[], &[]), "there is no gold document");
        let twice = [gold("a"), gold("a")];
        assert_eq!(error(&twice, &[]), "two documents \"a\" in the gold labels");
        assert_eq!(error(&twice[..1], &twice), "two documents \"a\" in the system's answers");
        let other = Annotated::bare(Document::new("a", "Iets anders.").unwrap());
        assert_eq!(
            error(&twice[..1], &[other]),
            "document \"a\" has another text in the system's answers than in the gold labels"
        );
    }

    /// Start and length in words, kind, speaker, confidence in tenths.
    type Quote = (u32, u32, usize, usize, u32);

    /// A document of twenty words and quotations of some of them.
    fn labels() -> impl Strategy<Value = Vec<Annotated>> {
        let quote = (0u32..18, 1u32..6, 0usize..3, 0usize..4, 0u32..=10);
        let document = prop::collection::vec(quote, 0..6);
        prop::collection::vec(document, 1..4).prop_map(|documents| {
            let document = |(n, quotes): (usize, Vec<Quote>)| {
                let text = "ja ".repeat(20);
                let mut draft = Draft::new(&format!("d{n}"), &text);
                for (start, length, kind, speaker, sure) in quotes {
                    draft = draft.quote("ja", Kind::ALL[kind]);
                    if let Some(name) = ["Noor Bakker", "Bakker", "de gemeente"].get(speaker) {
                        let kind =
                            if speaker < 2 { SourceKind::Person } else { SourceKind::Organisation };
                        draft = draft.by(name, kind);
                    }
                    draft = draft.sure("rule", sure as f32 / 10.0);
                    draft = draft.at(Span::new(start * 3, (start + length).min(20) * 3 - 1));
                }
                draft.done()
            };
            documents.into_iter().enumerate().map(document).collect()
        })
    }

    fn shuffled(documents: &[Annotated]) -> Vec<Annotated> {
        let mut shuffled: Vec<_> = documents.iter().rev().cloned().collect();
        for annotated in &mut shuffled {
            annotated.quotations.reverse();
            annotated.not_quotations.reverse();
            let last = annotated.sources.len();
            annotated.sources.reverse();
            for source in annotated.quotations.iter_mut().filter_map(|q| q.source.as_mut()) {
                source.0 = last - 1 - source.0;
            }
        }
        shuffled
    }

    proptest! {
        #[test]
        fn order_means_nothing(gold in labels(), system in labels()) {
            let bootstrap = Bootstrap { resamples: 20, seed: 1 };
            let one = evaluate(&gold, &system, None, None).unwrap();
            let (gold, system) = (shuffled(&gold), shuffled(&system));
            let other = evaluate(&gold, &system, None, None).unwrap();
            prop_assert_eq!(&one.total, &other.total);
            prop_assert_eq!(&one.kinds, &other.kinds);
            prop_assert_eq!(one.intervals(&bootstrap), other.intervals(&bootstrap));
            prop_assert_eq!(
                one.calibration(Some(&bootstrap)), other.calibration(Some(&bootstrap))
            );
            prop_assert_eq!(one.rules(&[]), other.rules(&[]));
        }

        #[test]
        fn swapping_the_sides_swaps_precision_and_recall(gold in labels(), system in labels()) {
            // Documents on one side only are left out, or missing, by rule.
            let both = gold.len().min(system.len());
            let (gold, system) = (&gold[..both], &system[..both]);
            let there = evaluate(gold, system, None, None).unwrap();
            let back = evaluate(system, gold, None, None).unwrap();
            for group in Group::ALL {
                for measure in [Measure::Detection, Measure::Exact, Measure::Tokens] {
                    let cell = Cell::new(group, measure);
                    let (there, back) = (there.total[cell], back.total[cell]);
                    prop_assert_eq!(there.precision(), back.recall());
                    prop_assert_eq!(there.recall(), back.precision());
                    prop_assert_eq!(there.f1(), back.f1());
                }
            }
        }

        #[test]
        fn correct_is_never_more_than_given_or_labelled(gold in labels(), system in labels()) {
            let evaluation = evaluate(&gold, &system, Some(&system), None).unwrap();
            for cell in Cell::all() {
                let counts = evaluation.total[cell];
                prop_assert!(counts.correct <= counts.predicted.min(counts.gold), "{}", cell.path());
            }
            for cell in [Measure::EndToEnd, Measure::Exact] {
                let all = |measure| evaluation.total[Cell::new(ALL, measure)];
                prop_assert!(all(cell).correct <= all(Measure::Detection).correct);
            }
        }

        #[test]
        fn itself_is_right(gold in labels()) {
            let evaluation = evaluate(&gold, &gold, None, None).unwrap();
            let counts = evaluation.total[Cell::new(ALL, Measure::Detection)];
            prop_assert_eq!(counts.correct, counts.gold);
            prop_assert_eq!(counts.correct, counts.predicted);
        }
    }
}
