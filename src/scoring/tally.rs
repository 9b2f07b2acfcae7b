//! Counts, and the ratios made of them at the very end.
//!
//! A [`Tally`] holds the counts of every [`Measure`] for every [`Group`] of
//! quotations. Tallies are added, over documents or over a resample of them;
//! a ratio whose denominator is zero is `None`, never 0 or 1.

use std::ops::{AddAssign, Index, IndexMut, Sub};

use crate::attribution::Kind;
use crate::sources::{MentionKind, SourceKind};

/// What a measure counts. Precision is over `predicted`, recall over `gold`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// What is right, in both.
    pub correct: u64,
    /// What the system gives.
    pub predicted: u64,
    /// What the gold labels have.
    pub gold: u64,
}

impl Counts {
    /// What is given and not right.
    #[must_use]
    pub const fn wrong(self) -> u64 {
        self.predicted - self.correct
    }

    /// What is in the gold labels and was not given, or not right.
    #[must_use]
    pub const fn missed(self) -> u64 {
        self.gold - self.correct
    }

    /// The share of what is given that is right.
    #[must_use]
    pub fn precision(self) -> Option<f64> {
        ratio(self.correct, self.predicted)
    }

    /// The share of the gold labels that is found.
    #[must_use]
    pub fn recall(self) -> Option<f64> {
        ratio(self.correct, self.gold)
    }

    /// The harmonic mean of precision and recall; 0 where one of the two has
    /// no denominator, `None` where neither has.
    #[must_use]
    pub fn f1(self) -> Option<f64> {
        ratio(2 * self.correct, self.predicted + self.gold)
    }

    /// One of the three.
    #[must_use]
    pub fn ratio(self, ratio: Ratio) -> Option<f64> {
        match ratio {
            Ratio::Precision => self.precision(),
            Ratio::Recall => self.recall(),
            Ratio::F1 => self.f1(),
        }
    }
}

fn ratio(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.correct += other.correct;
        self.predicted += other.predicted;
        self.gold += other.gold;
    }
}

impl Sub for Counts {
    type Output = Self;

    /// What is left of these counts without a part of them.
    fn sub(self, part: Self) -> Self {
        Self {
            correct: self.correct - part.correct,
            predicted: self.predicted - part.predicted,
            gold: self.gold - part.gold,
        }
    }
}

/// A ratio of [`Counts`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ratio {
    /// Correct of predicted.
    Precision,
    /// Correct of gold.
    Recall,
    /// The harmonic mean of the two.
    F1,
}

impl Ratio {
    /// All of them, in the order of reports.
    pub const ALL: [Self; 3] = [Self::Precision, Self::Recall, Self::F1];

    /// The ratio as the JSON has it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Precision => "precision",
            Self::Recall => "recall",
            Self::F1 => "f1",
        }
    }
}

/// Which quotations are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// All quotations.
    All,
    /// Those in quotation marks, whether taken for direct or for mixed.
    Marked,
    /// Those of one kind.
    Kind(Kind),
}

impl Group {
    /// All groups, in the order of reports.
    pub const ALL: [Self; 5] = [
        Self::All,
        Self::Marked,
        Self::Kind(Kind::Direct),
        Self::Kind(Kind::Mixed),
        Self::Kind(Kind::Indirect),
    ];

    /// The group as the JSON has it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Marked => "marked",
            Self::Kind(kind) => kind.name(),
        }
    }

    /// Whether quotations of `kind` belong to it.
    #[must_use]
    pub fn has(self, kind: Kind) -> bool {
        match self {
            Self::All => true,
            Self::Marked => kind.is_marked(),
            Self::Kind(own) => own == kind,
        }
    }

    fn index(self) -> usize {
        match self {
            Self::All => 0,
            Self::Marked => 1,
            Self::Kind(Kind::Direct) => 2,
            Self::Kind(Kind::Mixed) => 3,
            Self::Kind(Kind::Indirect) => 4,
        }
    }
}

/// How the text names the source of a gold quotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Naming {
    /// By a mention of that kind in the reporting clause.
    By(MentionKind),
    /// By none: the source follows from the context.
    Implicit,
}

impl Naming {
    /// All ways, in the order of reports.
    pub const ALL: [Self; 4] = [
        Self::By(MentionKind::Name),
        Self::By(MentionKind::Pronoun),
        Self::By(MentionKind::Description),
        Self::Implicit,
    ];

    /// The way as the JSON has it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::By(kind) => kind.name(),
            Self::Implicit => "implicit",
        }
    }
}

/// What is measured of a group of quotations.
///
/// A gold and a predicted quotation are *paired* if they overlap enough
/// (module [`scoring`](crate::scoring)); "found" means that a gold quotation
/// is paired.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Measure {
    /// Quotations found. In the group of one kind, the kind has to be right.
    Detection,
    /// As detection, with equal spans (marks and punctuation at the ends
    /// aside).
    Exact,
    /// Words and numbers that lie in a quotation.
    Tokens,
    /// Quotations found *and* given the right speaker (or rightly none). In the
    /// group of one kind, the kind has to be right too.
    EndToEnd,
    /// The speaker, of the quotations found: over those that have one in the
    /// answer, and over those that have one in the gold labels.
    Speaker,
    /// A share: the answers to who spoke, "nobody is named" among them, that
    /// are right, of the quotations found.
    SpeakerAccuracy,
    /// As [`Speaker`](Self::Speaker), of a run that was handed the gold
    /// quotations.
    GivenGold,
    /// As [`SpeakerAccuracy`](Self::SpeakerAccuracy), of that run.
    GivenGoldAccuracy,
    /// The answer that the text does not tell who spoke, of the quotations
    /// found.
    NoSource,
    /// The words that name the source, of the quotations found: half of the
    /// two mentions together is shared.
    Mention,
    /// As mention, with equal spans.
    MentionExact,
    /// The reporting verb or *volgens*, of the quotations found: half of the
    /// two cues together is shared.
    Cue,
    /// As cue, with equal spans.
    CueExact,
    /// A share: quotations found whose kind is right.
    KindAccuracy,
    /// A share: quotations found, with a source in both, whose source is of
    /// the right type.
    TypeAccuracy,
    /// The speaker of gold quotations whose source is named in that way: over
    /// all of them, and, for precision, over those found and answered.
    Named(Naming),
    /// The speaker of gold quotations whose source is of that type: over all
    /// of them, and, for precision, over those found and answered.
    OfType(SourceKind),
    /// A share: labelled non-quotations that the system takes for marked
    /// quotations. The lower, the better.
    FalseAlarms,
    /// Marked spans that the system itself lists as no quotations.
    Rejected,
}

impl Measure {
    /// All measures, in the order of reports.
    pub const ALL: [Self; 26] = [
        Self::Detection,
        Self::Exact,
        Self::Tokens,
        Self::EndToEnd,
        Self::Speaker,
        Self::SpeakerAccuracy,
        Self::GivenGold,
        Self::GivenGoldAccuracy,
        Self::NoSource,
        Self::Mention,
        Self::MentionExact,
        Self::Cue,
        Self::CueExact,
        Self::KindAccuracy,
        Self::TypeAccuracy,
        Self::Named(Naming::By(MentionKind::Name)),
        Self::Named(Naming::By(MentionKind::Pronoun)),
        Self::Named(Naming::By(MentionKind::Description)),
        Self::Named(Naming::Implicit),
        Self::OfType(SourceKind::Person),
        Self::OfType(SourceKind::Organisation),
        Self::OfType(SourceKind::Group),
        Self::OfType(SourceKind::Unnamed),
        Self::OfType(SourceKind::Document),
        Self::FalseAlarms,
        Self::Rejected,
    ];

    /// Where the JSON has it, inside its group.
    #[must_use]
    pub const fn path(self) -> &'static str {
        match self {
            Self::Detection => "detection",
            Self::Exact => "exact",
            Self::Tokens => "tokens",
            Self::EndToEnd => "end_to_end",
            Self::Speaker => "speaker",
            Self::SpeakerAccuracy => "speaker_accuracy",
            Self::GivenGold => "given_gold",
            Self::GivenGoldAccuracy => "given_gold_accuracy",
            Self::NoSource => "no_source",
            Self::Mention => "mention",
            Self::MentionExact => "mention_exact",
            Self::Cue => "cue",
            Self::CueExact => "cue_exact",
            Self::KindAccuracy => "kind_accuracy",
            Self::TypeAccuracy => "type_accuracy",
            Self::Named(Naming::By(MentionKind::Name)) => "named.name",
            Self::Named(Naming::By(MentionKind::Pronoun)) => "named.pronoun",
            Self::Named(Naming::By(MentionKind::Description)) => "named.description",
            Self::Named(Naming::Implicit) => "named.implicit",
            Self::OfType(SourceKind::Person) => "of_type.person",
            Self::OfType(SourceKind::Organisation) => "of_type.organisation",
            Self::OfType(SourceKind::Group) => "of_type.group",
            Self::OfType(SourceKind::Unnamed) => "of_type.unnamed",
            Self::OfType(SourceKind::Document) => "of_type.document",
            Self::FalseAlarms => "false_alarms",
            Self::Rejected => "rejected",
        }
    }

    /// Whether it is one share of one whole, so that precision, recall and F1
    /// are all that share.
    #[must_use]
    pub const fn is_share(self) -> bool {
        matches!(
            self,
            Self::SpeakerAccuracy
                | Self::GivenGoldAccuracy
                | Self::KindAccuracy
                | Self::TypeAccuracy
                | Self::FalseAlarms
        )
    }

    /// Whether it is measured of `group`.
    #[must_use]
    pub fn is_of(self, group: Group) -> bool {
        match self {
            Self::FalseAlarms | Self::Rejected => group == Group::Marked,
            Self::GivenGold | Self::GivenGoldAccuracy => {
                !matches!(group, Group::All | Group::Kind(Kind::Indirect))
            }
            Self::KindAccuracy => {
                matches!(group, Group::Marked | Group::Kind(Kind::Direct | Kind::Mixed))
            }
            _ => true,
        }
    }

    fn index(self) -> usize {
        match self {
            Self::Detection => 0,
            Self::Exact => 1,
            Self::Tokens => 2,
            Self::EndToEnd => 3,
            Self::Speaker => 4,
            Self::SpeakerAccuracy => 5,
            Self::GivenGold => 6,
            Self::GivenGoldAccuracy => 7,
            Self::NoSource => 8,
            Self::Mention => 9,
            Self::MentionExact => 10,
            Self::Cue => 11,
            Self::CueExact => 12,
            Self::KindAccuracy => 13,
            Self::TypeAccuracy => 14,
            Self::Named(Naming::By(MentionKind::Name)) => 15,
            Self::Named(Naming::By(MentionKind::Pronoun)) => 16,
            Self::Named(Naming::By(MentionKind::Description)) => 17,
            Self::Named(Naming::Implicit) => 18,
            Self::OfType(SourceKind::Person) => 19,
            Self::OfType(SourceKind::Organisation) => 20,
            Self::OfType(SourceKind::Group) => 21,
            Self::OfType(SourceKind::Unnamed) => 22,
            Self::OfType(SourceKind::Document) => 23,
            Self::FalseAlarms => 24,
            Self::Rejected => 25,
        }
    }
}

/// A measure of a group: one cell of the score table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cell {
    /// The quotations.
    pub group: Group,
    /// What is measured of them.
    pub measure: Measure,
}

/// How many cells a tally has, those that are never filled among them.
pub(super) const CELLS: usize = Group::ALL.len() * Measure::ALL.len();

impl Cell {
    /// The cell of `measure` in `group`.
    #[must_use]
    pub const fn new(group: Group, measure: Measure) -> Self {
        Self { group, measure }
    }

    /// All cells that can be filled, in the order of reports.
    pub fn all() -> impl Iterator<Item = Self> {
        let cells = |group| Measure::ALL.map(|measure| Self { group, measure });
        Group::ALL.into_iter().flat_map(cells).filter(|cell| cell.measure.is_of(cell.group))
    }

    /// Where the JSON has it: `marked.end_to_end`.
    #[must_use]
    pub fn path(self) -> String {
        format!("{}.{}", self.group.name(), self.measure.path())
    }

    pub(super) fn index(self) -> usize {
        self.group.index() * Measure::ALL.len() + self.measure.index()
    }
}

/// The counts of all cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    cells: Vec<Counts>,
}

impl Default for Tally {
    fn default() -> Self {
        Self { cells: vec![Counts::default(); CELLS] }
    }
}

impl Tally {
    /// The counts of every cell, in the order of [`Cell::index`].
    pub(super) fn counts(&self) -> &[Counts] {
        &self.cells
    }
}

impl Index<Cell> for Tally {
    type Output = Counts;

    fn index(&self, cell: Cell) -> &Counts {
        &self.cells[cell.index()]
    }
}

impl IndexMut<Cell> for Tally {
    fn index_mut(&mut self, cell: Cell) -> &mut Counts {
        &mut self.cells[cell.index()]
    }
}

impl AddAssign<&Tally> for Tally {
    fn add_assign(&mut self, other: &Self) {
        for (own, &counts) in self.cells.iter_mut().zip(&other.cells) {
            *own += counts;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn ratios_of_a_hand_computed_example() {
        // Three of four given are right; the labels have six.
        let counts = Counts { correct: 3, predicted: 4, gold: 6 };
        assert_eq!((counts.wrong(), counts.missed()), (1, 3));
        assert_eq!(counts.precision(), Some(0.75));
        assert_eq!(counts.recall(), Some(0.5));
        assert_eq!(counts.f1(), Some(0.6));
    }

    #[test]
    fn no_denominator_is_no_ratio() {
        let silent = Counts { correct: 0, predicted: 0, gold: 6 };
        assert_eq!(
            (silent.precision(), silent.recall(), silent.f1()),
            (None, Some(0.0), Some(0.0))
        );
        assert_eq!(Counts::default().f1(), None);
    }

    #[test]
    fn every_cell_has_a_place_and_a_path_of_its_own() {
        let cells: Vec<_> = Cell::all().collect();
        let places: BTreeSet<_> = cells.iter().map(|cell| cell.index()).collect();
        let paths: BTreeSet<_> = cells.iter().map(|cell| cell.path()).collect();
        assert_eq!((places.len(), paths.len()), (cells.len(), cells.len()));
        assert!(places.iter().all(|&place| place < CELLS));
        for (n, measure) in Measure::ALL.into_iter().enumerate() {
            assert_eq!(measure.index(), n);
        }
    }

    #[test]
    fn tallies_add_cell_by_cell() {
        let cell = Cell::new(Group::Marked, Measure::Speaker);
        let mut one = Tally::default();
        one[cell] = Counts { correct: 1, predicted: 2, gold: 3 };
        let mut sum = one.clone();
        sum += &one;
        assert_eq!(sum[cell], Counts { correct: 2, predicted: 4, gold: 6 });
        assert_eq!(sum[Cell::new(Group::All, Measure::Speaker)], Counts::default());
    }
}
