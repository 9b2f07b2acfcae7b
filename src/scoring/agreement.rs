//! How far two annotators agree on the same documents.
//!
//! Neither is right, so everything is counted the same from both sides: F1 for
//! what is found, shares for what is said of quotations that both have.

use super::bootstrap::{Bootstrap, Interval};
use super::document::Answer;
use super::evaluation::{Evaluation, ScoringError, evaluate};
use super::tally::{Cell, Counts, Group, Measure};
use crate::annotated::Annotated;
use crate::attribution::Kind;

/// One thing that annotators can agree on.
#[derive(Debug, Clone, PartialEq)]
pub struct Agreed {
    /// What.
    pub what: Agreement,
    /// Of which quotations.
    pub group: Group,
    /// The counts: `predicted` are those of the second annotator, `gold` those
    /// of the first.
    pub counts: Counts,
    /// F1 or share.
    pub value: Option<f64>,
    /// Its interval over documents.
    pub interval: Option<Interval>,
}

/// What annotators can agree on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Agreement {
    /// That there is a quotation here: F1.
    Spans,
    /// That it has exactly these words: F1.
    ExactSpans,
    /// Whether it is direct or mixed, of the marked ones that both have.
    Kind,
    /// Who spoke, of the quotations that both have: each finds the other's
    /// source right, or neither sees one.
    Speaker,
    /// The words that name the source, of the quotations that both have: F1.
    Mention,
    /// The cue, of the quotations that both have: F1.
    Cue,
    /// What is in marks and no quotation: F1.
    NotQuotations,
}

impl Agreement {
    /// What it is, as reports have it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Spans => "spans",
            Self::ExactSpans => "exact spans",
            Self::Kind => "kind",
            Self::Speaker => "speaker",
            Self::Mention => "mention",
            Self::Cue => "cue",
            Self::NotQuotations => "non-quotations",
        }
    }

    const fn measure(self) -> Measure {
        match self {
            Self::Spans => Measure::Detection,
            Self::ExactSpans => Measure::Exact,
            Self::Kind => Measure::KindAccuracy,
            Self::Speaker => Measure::SpeakerAccuracy,
            Self::Mention => Measure::Mention,
            Self::Cue => Measure::Cue,
            Self::NotQuotations => Measure::Rejected,
        }
    }

    const ALL: [Self; 7] = [
        Self::Spans,
        Self::ExactSpans,
        Self::Kind,
        Self::Speaker,
        Self::Mention,
        Self::Cue,
        Self::NotQuotations,
    ];
}

/// How far two annotators agree.
#[derive(Debug, Clone, PartialEq)]
pub struct AgreementReport {
    /// Documents that both labelled.
    pub documents: usize,
    /// Documents that only the first labelled, which are left out.
    pub only_first: Vec<String>,
    /// Documents that only the second labelled, which are left out.
    pub only_second: Vec<String>,
    /// What they agree on.
    pub agreed: Vec<Agreed>,
    /// Cohen's kappa of direct and mixed, over the marked quotations that both
    /// have; `None` if chance alone explains all.
    pub kind_kappa: Option<f64>,
}

/// Compares two annotators.
///
/// # Errors
///
/// No document that both labelled; two documents with one identifier; other
/// texts.
pub fn agreement(
    first: &[Annotated],
    second: &[Annotated],
    bootstrap: &Bootstrap,
) -> Result<AgreementReport, ScoringError> {
    let ids = |all: &[Annotated]| -> std::collections::BTreeSet<String> {
        all.iter().map(|annotated| annotated.document.id().to_owned()).collect()
    };
    let (of_first, of_second) = (ids(first), ids(second));
    let both = |all: &[Annotated]| -> Vec<Annotated> {
        let in_both = |annotated: &&Annotated| {
            let id = annotated.document.id();
            of_first.contains(id) && of_second.contains(id)
        };
        all.iter().filter(in_both).cloned().collect()
    };
    let (one, other) = (both(first), both(second));
    if one.is_empty() {
        return Err(ScoringError::NothingShared);
    }
    let there = evaluate(&one, &other, None, None)?;
    let back = evaluate(&other, &one, None, None)?;
    let there = with_mutual_speakers(there, &back);
    let intervals = there.intervals(bootstrap);
    let mut agreed = Vec::new();
    for what in Agreement::ALL {
        for group in Group::ALL.into_iter().filter(|&group| what.measure().is_of(group)) {
            let cell = Cell::new(group, what.measure());
            let counts = there.total[cell];
            agreed.push(Agreed {
                what,
                group,
                counts,
                value: counts.f1(),
                interval: intervals.as_ref().and_then(|all| all.of(cell, super::Ratio::F1)),
            });
        }
    }
    Ok(AgreementReport {
        documents: there.documents.len(),
        only_first: of_first.difference(&of_second).cloned().collect(),
        only_second: of_second.difference(&of_first).cloned().collect(),
        agreed,
        kind_kappa: kappa(&there),
    })
}

/// The same evaluation, with the speaker of a pair right only if it is so from
/// the other side too.
fn with_mutual_speakers<'a>(mut there: Evaluation<'a>, back: &Evaluation<'_>) -> Evaluation<'a> {
    let cells = Group::ALL.map(|group| Cell::new(group, Measure::SpeakerAccuracy));
    for (document, reverse) in there.documents.iter_mut().zip(&back.documents) {
        for cell in cells {
            document.tally[cell] = Counts::default();
        }
        for case in &document.cases {
            let Some((predicted, _)) = case.predicted else { continue };
            let reversed = reverse.cases.iter().find(|reversed| reversed.gold == predicted);
            let mutual = case.answer == Answer::Right
                && reversed.is_some_and(|reversed| reversed.answer == Answer::Right);
            let kind = document.gold.quotations[case.gold].kind;
            for cell in cells.into_iter().filter(|cell| cell.group.has(kind)) {
                let counts = &mut document.tally[cell];
                counts.correct += u64::from(mutual);
                counts.predicted += 1;
                counts.gold += 1;
            }
        }
    }
    for cell in cells {
        let mut sum = Counts::default();
        for document in &there.documents {
            sum += document.tally[cell];
        }
        there.total[cell] = sum;
    }
    there
}

/// Cohen's kappa of direct and mixed.
fn kappa(evaluation: &Evaluation<'_>) -> Option<f64> {
    let kinds = [Kind::Direct, Kind::Mixed];
    let count =
        |gold: Kind, predicted: Kind| evaluation.kinds.count(Some(gold), Some(predicted)) as f64;
    let total: f64 = kinds.iter().flat_map(|&a| kinds.map(|b| count(a, b))).sum();
    let observed: f64 = kinds.iter().map(|&kind| count(kind, kind)).sum::<f64>() / total;
    let by_chance: f64 = kinds
        .iter()
        .map(|&kind| {
            let gold: f64 = kinds.iter().map(|&other| count(kind, other)).sum();
            let predicted: f64 = kinds.iter().map(|&other| count(other, kind)).sum();
            gold * predicted / (total * total)
        })
        .sum();
    (total > 0.0 && by_chance < 1.0).then(|| (observed - by_chance) / (1.0 - by_chance))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scoring::testing::{Draft, TEXT, answer, gold};
    use crate::sources::SourceKind;

    const FEW: Bootstrap = Bootstrap { resamples: 20, seed: 1 };

    fn value(report: &AgreementReport, what: Agreement, group: Group) -> Option<f64> {
        let found = report.agreed.iter().find(|a| a.what == what && a.group == group);
        found.expect("that is measured").value
    }

    #[test]
    fn an_annotator_agrees_with_themselves() {
        let labels = [gold("a"), gold("b")];
        let report = agreement(&labels, &labels, &FEW).unwrap();
        let some = report.agreed.iter().filter(|agreed| agreed.value.is_some());
        assert!(some.clone().all(|agreed| agreed.value == Some(1.0)));
        assert!(some.count() > 20);
        assert_eq!(report.kind_kappa, Some(1.0));
    }

    #[test]
    fn a_hand_computed_example_from_both_sides() {
        let (first, second) = ([gold("a"), gold("x")], [answer("a")]);
        let there = agreement(&first, &second, &FEW).unwrap();
        let back = agreement(&second, &first, &FEW).unwrap();
        assert_eq!((there.documents, &*there.only_first), (1, &["x".to_owned()][..]));
        assert_eq!(back.only_second, ["x"]);
        for report in [&there, &back] {
            let marked = |what| value(report, what, Group::Marked);
            // Two quotations in both, of three and four.
            assert_eq!(marked(Agreement::Spans), Some(4.0 / 7.0));
            assert_eq!(marked(Agreement::Kind), Some(0.5));
            assert_eq!(marked(Agreement::Speaker), Some(0.5));
            // One mention in both, of two and one.
            assert_eq!(marked(Agreement::Mention), Some(2.0 / 3.0));
        }
        // Direct and direct, mixed and direct: as often as by chance.
        assert_eq!(there.kind_kappa, Some(0.0));
    }

    #[test]
    fn a_speaker_has_to_be_right_from_both_sides() {
        // Two people of that name for the first, one for the second.
        let draft = || Draft::new("a", TEXT).quote("„De brug blijft dicht”", Kind::Direct);
        let other = |draft: Draft| {
            let draft = draft.quote("„Dat is te lang”", Kind::Direct);
            draft.by("Lotte Bakker", SourceKind::Person).done()
        };
        let first = [other(draft().by("Noor Bakker", SourceKind::Person))];
        let second = [other(draft().by("Bakker", SourceKind::Person))];
        for (one, two) in [(&first, &second), (&second, &first)] {
            let report = agreement(one, two, &FEW).unwrap();
            assert_eq!(value(&report, Agreement::Speaker, Group::All), Some(0.5));
        }
    }

    #[test]
    fn nothing_in_common_is_an_error() {
        let error = agreement(&[gold("a")], &[gold("b")], &FEW).unwrap_err();
        assert_eq!(error.to_string(), "there is no document that both labelled");
    }
}
