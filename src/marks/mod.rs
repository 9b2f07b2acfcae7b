//! Quotation marks paired and repaired: candidate spans. Whether a candidate
//! is speech is not decided here but in attribution, once cues and names are
//! known.

mod convention;
mod dialogue;
mod glyphs;
mod pairing;
mod paragraph;
#[cfg(test)]
mod tests;

pub use glyphs::Family;

use crate::text::Span;
use crate::tokenize::Tokenized;

/// A span in quotation marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// From the opening mark to the closing mark, both included; without a
    /// closing mark, to the end of the paragraph.
    pub span: Span,
    /// What stands between the marks, without white space at its ends.
    pub inner: Span,
    /// The kind of its opening mark.
    pub family: Family,
    /// Whether the closing mark is missing.
    pub unclosed: bool,
    /// Whether the closing mark is missing because the next paragraph opens
    /// anew: the same quotation goes on there.
    pub reopens: bool,
    /// The candidate that this one lies in, as an index.
    pub parent: Option<usize>,
}

/// What pairing found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marks {
    /// Candidates in order of their start, outer before inner.
    pub candidates: Vec<Candidate>,
    /// Marks that had to be repaired or left over.
    pub repairs: Vec<Repair>,
}

/// A mark that does not stand as it should.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Repair {
    /// First byte of the mark.
    pub offset: u32,
    /// What was done with it.
    pub kind: RepairKind,
}

/// What was done with a mark that does not stand as it should.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RepairKind {
    /// It opens a quotation that is never closed, which was taken to end with
    /// its paragraph.
    Unclosed,
    /// It closes a quotation that was never opened, and was left out.
    Unopened,
    /// It points the wrong way or stands on the wrong side of a space; marks
    /// of that kind were paired in turn.
    Misplaced,
    /// It closes a quotation that another kind of mark opened.
    Unlike,
    /// It is drawn as a mark that closes and opens, or the other way round.
    Turned,
    /// It stands between letters, without the space that would tell which way it
    /// points.
    Glued,
    /// It stands twice, and was taken for one.
    Doubled,
    /// It opens something inside a quotation that ends before it is closed, and
    /// was left out.
    Unmatched,
}

impl RepairKind {
    /// The warning's code in the output.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Unclosed => "unclosed-mark",
            Self::Unopened => "unopened-mark",
            Self::Misplaced => "misplaced-mark",
            Self::Unlike => "unlike-mark",
            Self::Turned => "turned-mark",
            Self::Glued => "glued-mark",
            Self::Doubled => "doubled-mark",
            Self::Unmatched => "unmatched-mark",
        }
    }

    /// The warning in words.
    #[must_use]
    pub const fn message(self) -> &'static str {
        match self {
            Self::Unclosed => {
                "this quotation mark is never closed; the quotation was taken to end with its paragraph"
            }
            Self::Unopened => "this quotation mark closes nothing and was left out",
            Self::Misplaced => {
                "this quotation mark stands on the wrong side of a space; the paragraph's marks were paired in turn"
            }
            Self::Unlike => {
                "this quotation mark does not match the one that opens the quotation; they were paired all the same"
            }
            Self::Turned => "this quotation mark points the wrong way; it was paired all the same",
            Self::Glued => "the space beside this quotation mark is missing",
            Self::Doubled => "this quotation mark stands twice; both were taken for one",
            Self::Unmatched => {
                "this quotation mark opens nothing that ends inside the quotation around it, and was left out"
            }
        }
    }
}

/// Pairs the quotation marks of `text`. Never panics; time is linear in the
/// text.
#[must_use]
pub fn pair(text: &str, tokenized: &Tokenized) -> Marks {
    pairing::pair(text, tokenized)
}
