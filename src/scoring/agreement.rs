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
