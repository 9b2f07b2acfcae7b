//! Which scores stand under which heading, and what is said in words: the same
//! in every report for people, whatever it is written as.

use super::Report;
use crate::attribution::Kind;
use crate::scoring::evaluation::Notes;
use crate::scoring::tally::{Cell, Group, Measure, Naming};
use crate::sources::{MentionKind, SourceKind};

/// Scores under one heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// The heading.
    pub title: &'static str,
    /// What the numbers mean, where the heading does not tell; else empty.
    pub explanation: &'static str,
    /// Whether each row is one share, and not precision, recall and F1.
    pub is_share: bool,
    /// A label and what is counted under it. Never empty, and no row of nothing.
    pub rows: Vec<(String, Cell)>,
}

impl Report<'_> {
    /// The scores, by heading, in the order of reports; without those that
    /// nothing was counted for.
    #[must_use]
    pub fn sections(&self) -> Vec<Section> {
        let mut sections = Vec::new();
        let mut add = |title, explanation, rows: Vec<(String, Cell)>| {
            let filled = |(_, cell): &(String, Cell)| self.is_filled(*cell);
            let rows: Vec<_> = rows.into_iter().filter(filled).collect();
            if let Some((_, Cell { measure, .. })) = rows.first() {
                let is_share = measure.is_share();
                sections.push(Section { title, explanation, is_share, rows });
            }
        };
        add(
            "End to end: found, and the right speaker",
            "precision over everything predicted, recall over everything labelled",
            by_group(Measure::EndToEnd),
        );
        add(
            "Quotations found",
            "by overlap: 0.8 in marks, 0.5 without; direct, mixed: of the right kind",
            by_group(Measure::Detection),
        );
        add("Quotations found with exactly these words", "", by_group(Measure::Exact));
        add("Words inside quotations", "", by_group(Measure::Tokens));
        add("Speaker, of the quotations found", "", by_group(Measure::Speaker));
        if self.evaluation.has_given {
            add(
                "Speaker, where the gold quotations are given",
                "marked ones; reported speech was not attempted",
                by_group(Measure::GivenGold),
            );
        }
        add(
            "Speaker, by how the text names it",
            "recall over all labelled ones; precision over those found and answered",
            by_naming(),
        );
        add("Speaker, by what it is", "counted as in the table above", by_type());
        add(
            "The answer that nobody is named, of the quotations found",
            "",
            vec![("no source".into(), Cell::new(Group::All, Measure::NoSource))],
        );
        add(
            "Words that name the speaker and the cue, of the quotations found",
            "",
            mentions_and_cues(),
        );
        add("Right, of the quotations found", "", shares());
        let marked = |measure| Cell::new(Group::Marked, measure);
        add(
            "In marks, but no quotation",
            "the lower, the better",
            vec![("taken for a quotation".into(), marked(Measure::FalseAlarms))],
        );
        // Where the system lists none, that is no answer that could be wrong.
        if self.evaluation.total[marked(Measure::Rejected)].predicted > 0 {
            add(
                "Listed as no quotation by the system",
                "",
                vec![("no quotation".into(), marked(Measure::Rejected))],
            );
        }
        sections
    }

    /// What was scored and how, in a few lines.
    #[must_use]
    pub fn summary(&self) -> Vec<String> {
        let documents = &self.evaluation.documents;
        let quotations = || documents.iter().flat_map(|document| &document.gold.quotations);
        let kinds: Vec<_> = Kind::ALL
            .into_iter()
            .map(|kind| {
                let count = quotations().filter(|quotation| quotation.kind == kind).count();
                format!("{count} {kind}")
            })
            .collect();
        let not: usize = documents.iter().map(|document| document.gold.not_quotations.len()).sum();
        let mut lines = vec![
            format!("System: {}", self.system),
            format!(
                "Gold: {}, {} ({}), {not} in marks that are none",
                plural(documents.len(), "document"),
                plural(quotations().count(), "quotation"),
                kinds.join(", "),
            ),
        ];
        if let Some(least) = self.least {
            lines.push(format!("Answers of a confidence under {least} are left out."));
        }
        lines.push(match (&self.intervals, self.bootstrap) {
            (Some(_), Some(bootstrap)) => format!(
                "Percentages; [95% interval] by {} bootstrap resamples of documents, seed {}",
                bootstrap.resamples, bootstrap.seed
            ),
            (None, Some(_)) => "Percentages; one document has no intervals".into(),
            (_, None) => "Percentages".into(),
        });
        lines
    }
}

impl Notes {
    /// The notes in words, one a line.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        let names = |ids: &[String]| {
            let more = if ids.len() > 5 { ", ..." } else { "" };
            format!("{}{more}", ids[..ids.len().min(5)].join(", "))
        };
        if !self.missing.is_empty() {
            let count = plural(self.missing.len(), "gold document");
            lines.push(format!(
                "{count} without an answer, all of whose quotations count as missed: {}",
                names(&self.missing)
            ));
        }
        if !self.unlabelled.is_empty() {
            let count = plural(self.unlabelled.len(), "document");
            lines.push(format!("{count} without labels, left out: {}", names(&self.unlabelled)));
        }
        let odd = self.oddities;
        for (count, what) in [
            (odd.gold_duplicates, "gold quotations on the words of another"),
            (odd.duplicates, "predicted quotations on the words of another, counted as wrong"),
            (odd.without_confidence, "predicted quotations without a confidence"),
            (odd.bad_confidence, "confidences outside 0 to 1, taken for none"),
        ] {
            if count > 0 {
                lines.push(format!("{count} {what}"));
            }
        }
        lines
    }
}

/// A count and what is counted: `1 document`, `2 documents`.
pub(crate) fn plural(count: usize, thing: &str) -> String {
    if count == 1 { format!("1 {thing}") } else { format!("{count} {thing}s") }
}

fn by_group(measure: Measure) -> Vec<(String, Cell)> {
    let groups = Group::ALL.into_iter().filter(|&group| measure.is_of(group));
    groups.map(|group| (group.name().to_owned(), Cell::new(group, measure))).collect()
}

const APART: [Group; 2] = [Group::Marked, Group::Kind(Kind::Indirect)];

fn by_naming() -> Vec<(String, Cell)> {
    let words = |naming: Naming| match naming {
        Naming::By(MentionKind::Name) => "a name",
        Naming::By(MentionKind::Pronoun) => "a pronoun",
        Naming::By(MentionKind::Description) => "a description",
        Naming::Implicit => "context",
    };
    let row = |group: Group, way: Naming| {
        (format!("{}, by {}", group.name(), words(way)), Cell::new(group, Measure::Named(way)))
    };
    APART.into_iter().flat_map(|group| Naming::ALL.map(|way| row(group, way))).collect()
}

fn by_type() -> Vec<(String, Cell)> {
    let cell = |kind| Cell::new(Group::All, Measure::OfType(kind));
    SourceKind::ALL.into_iter().map(|kind| (kind.name().to_owned(), cell(kind))).collect()
}

fn mentions_and_cues() -> Vec<(String, Cell)> {
    let measures = [
        (Measure::Mention, "mention"),
        (Measure::MentionExact, "mention, exactly"),
        (Measure::Cue, "cue"),
        (Measure::CueExact, "cue, exactly"),
    ];
    let row = |group: Group, (measure, label): (Measure, &str)| {
        (format!("{}, {label}", group.name()), Cell::new(group, measure))
    };
    APART.into_iter().flat_map(|group| measures.map(|measure| row(group, measure))).collect()
}

fn shares() -> Vec<(String, Cell)> {
    [
        (Group::All, Measure::SpeakerAccuracy, "speaker, or rightly none"),
        (Group::Marked, Measure::KindAccuracy, "direct or mixed"),
        (Group::All, Measure::TypeAccuracy, "type of the speaker"),
    ]
    .into_iter()
    .map(|(group, measure, label)| (label.to_owned(), Cell::new(group, measure)))
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scoring::evaluate;
    use crate::scoring::testing::{answer, gold};

    #[test]
    fn a_section_has_rows_of_one_sort_and_none_is_empty() {
        let (gold, system) = ([gold("d")], [answer("d")]);
        let evaluation = evaluate(&gold, &system, None, None).unwrap();
        let report = Report::new("s", &evaluation, &evaluation, None, &[]);
        let sections = report.sections();
        assert!(sections.iter().all(|section| !section.rows.is_empty()));
        for (section, (_, cell)) in
            sections.iter().flat_map(|section| section.rows.iter().map(move |row| (section, row)))
        {
            assert_eq!(cell.measure.is_share(), section.is_share, "{}", section.title);
            assert!(report.is_filled(*cell), "{}", section.title);
        }
        // Not run on gold quotations, and no list of what is none.
        assert!(!sections.iter().any(|section| section.title.contains("are given")));
        assert!(!sections.iter().any(|section| section.title.starts_with("Listed")));
        assert_eq!(report.summary()[0], "System: s");
    }
}
