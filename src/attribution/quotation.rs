//! What attribution yields: quotations, and marked spans that are none.

use std::borrow::Cow;
use std::fmt;

use crate::lexicon::Stance;
use crate::sources::{Mention, SourceIndex};
use crate::text::Span;

/// How a quotation stands in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Whole sentences or clauses in quotation marks (or after a dash).
    Direct,
    /// A fragment in quotation marks inside the reporter's sentence.
    Mixed,
    /// Content reported without marks.
    Indirect,
}

impl Kind {
    /// All kinds, in the order of reports.
    pub const ALL: [Self; 3] = [Self::Direct, Self::Mixed, Self::Indirect];

    /// The kind as JSON has it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Mixed => "mixed",
            Self::Indirect => "indirect",
        }
    }

    /// The kind of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Whether the quotation stands in quotation marks.
    #[must_use]
    pub const fn is_marked(self) -> bool {
        matches!(self, Self::Direct | Self::Mixed)
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What a report says of its own truth, beyond the attitude of its verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Modality {
    /// *zou*: said to be so, and not vouched for.
    Hedged,
    /// The reporting verb is negated: *denkt niet dat*.
    Negated,
}

impl Modality {
    /// All modalities.
    pub const ALL: [Self; 2] = [Self::Hedged, Self::Negated];

    /// The modality as JSON has it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Hedged => "hedged",
            Self::Negated => "negated",
        }
    }

    /// The modality of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|modality| modality.name() == name)
    }
}

/// Words that the text attributes to a source.
///
/// Of a gold quotation `rule` and `confidence` are `None`.
#[derive(Debug, Clone, PartialEq)]
pub struct Quotation {
    /// Identifier inside its document.
    pub id: String,
    /// The content: with its marks, if it has any.
    pub span: Span,
    /// How it stands in the text.
    pub kind: Kind,
    /// The finite reporting verb, or *volgens*, *aldus*.
    pub cue: Option<Span>,
    /// Who said it; `None` if the text does not tell.
    pub source: Option<SourceIndex>,
    /// The words of the reporting clause that name the source.
    pub mention: Option<Mention>,
    /// The rule that decided.
    pub rule: Option<Cow<'static, str>>,
    /// How sure the rule is, from 0 to 1.
    pub confidence: Option<f32>,
    /// The quotation that this one lies in, as an index.
    pub parent: Option<usize>,
    /// The quotation that this one takes up again, as an index.
    pub continues: Option<usize>,
    /// Whether its closing mark is missing.
    pub unclosed: bool,
    /// Attitude of the reporting verb.
    pub stance: Option<Stance>,
    /// Whether the report is held at a distance or denied.
    pub modality: Option<Modality>,
    /// To whom or where it was said, if that is a medium: *tegen de NOS*.
    pub medium: Option<Span>,
}

/// A span in quotation marks that is not speech.
#[derive(Debug, Clone, PartialEq)]
pub struct NotQuotation {
    /// The span, marks included.
    pub span: Span,
    /// Why it is none; gold files give no reason.
    pub reason: Option<Cow<'static, str>>,
    /// The rule that decided; of a gold one `None`.
    pub rule: Option<Cow<'static, str>>,
}
