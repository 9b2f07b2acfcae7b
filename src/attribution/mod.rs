//! Which candidates are speech, and whose: ordered rules over a frozen scene.

mod quotation;

pub use quotation::{Kind, NotQuotation, Quotation};

pub use crate::lexicon::Stance;
