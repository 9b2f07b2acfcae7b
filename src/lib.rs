//! **wiezei** ("wie zei?", who said?) reads Dutch news text, finds every
//! quotation in it and says who said it.
//!
//! Text flows through stages that each add one layer over the same text:
//! [`tokenize`] (paragraphs, sentences, tokens), [`ner`] (named entities),
//! [`marks`] (candidate spans in quotation marks), [`sources`] (who is who)
//! and [`attribution`] (which candidates are speech, and whose). [`pipeline`]
//! puts them together into one [`annotated::Annotated`] document.
//!
//! A module uses only modules of floors below its own; `docs/architecture.md`
//! is the map, and a test holds the code to it.

pub mod annotated;
pub mod attribution;
pub mod batch;
pub mod error;
pub mod formats;
pub mod language;
pub mod lexicon;
pub mod marks;
pub mod ner;
pub mod pipeline;
pub mod report;
pub mod scoring;
#[cfg(feature = "serve")]
pub mod serve;
pub mod sources;
pub mod syntax;
pub mod text;
pub mod tokenize;
