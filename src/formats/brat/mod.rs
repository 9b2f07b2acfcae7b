//! Labels in the stand-off form of brat: `NAME.txt` with the text, `NAME.ann`
//! with an annotation a line.
//!
//! * Quotations are `Direct`, `Mixed` and `Indirect`; words in marks that are
//!   none, `NotQuotation`; the reporting verb or *volgens*, `Cue`; the words
//!   that name a source, by its type, `Person`, `Organisation`, `Group`,
//!   `Unnamed`, `Document`; and `Unknown` those of one that the text does not
//!   tell, such as a pronoun that could be anybody's.
//! * Relations lead from the quotation: `Speaker` to the words that name its
//!   source beside it; `Implicit` to words elsewhere, where none beside it do;
//!   `HasCue` to the cue.
//! * What mentions are of one source: those of one `Reference` (brat's
//!   normalisation, which also gives the source's full name), those that `*`
//!   joins, and those without a reference that are written alike. A source that
//!   is named nowhere in the text has its reference on the quotation itself,
//!   and its type as the attribute `SourceType`.
//! * The attribute `Unclosed` says that the closing mark is missing. Notes and
//!   other attributes are passed over. What brat has no place for (rules,
//!   confidence, parents, stance, media, metadata) is at most a note.
//!
//! brat knows no span over a line break, and cuts it into fragments there.
//! These are put together again; fragments with words between them are refused.

mod read;
mod sources;
mod write;

pub use read::read_annotations;
pub(super) use read::{is_brat, read};
pub use write::{BratFolder, write};

use crate::attribution::Kind;
use crate::sources::SourceKind;

const NOT_QUOTATION: &str = "NotQuotation";
const CUE: &str = "Cue";
const HAS_CUE: &str = "HasCue";
const UNKNOWN: &str = "Unknown";
const SPEAKER: &str = "Speaker";
const IMPLICIT: &str = "Implicit";
const UNCLOSED: &str = "Unclosed";
const SOURCE_TYPE: &str = "SourceType";
/// What references begin with, as brat wants the name of a list of things.
const LIST: &str = "wiezei";

/// The type of a quotation.
const fn type_of_kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Direct => "Direct",
        Kind::Mixed => "Mixed",
        Kind::Indirect => "Indirect",
    }
}

/// The type of the words that name a source.
const fn type_of_source(kind: SourceKind) -> &'static str {
    match kind {
        SourceKind::Person => "Person",
        SourceKind::Organisation => "Organisation",
        SourceKind::Group => "Group",
        SourceKind::Unnamed => "Unnamed",
        SourceKind::Document => "Document",
    }
}

/// All types of annotations that are words of the text.
fn types() -> impl Iterator<Item = &'static str> {
    let quotations = Kind::ALL.into_iter().map(type_of_kind);
    let sources = SourceKind::ALL.into_iter().map(type_of_source);
    quotations.chain([NOT_QUOTATION, CUE]).chain(sources).chain([UNKNOWN])
}

/// Where brat, which is written in Python, sees the end of a line.
fn is_line_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{1c}'..='\u{1e}' | '\u{85}')
        || matches!(c, '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests;
