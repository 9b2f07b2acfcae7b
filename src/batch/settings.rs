//! How a run is done.

use std::collections::BTreeMap;

use super::manifest::{Input, Job};
use super::target::Target;
use crate::annotated::Annotated;
use crate::formats::records::RecordOptions;
use crate::formats::{Corpus, ProducedBy, Shard};

/// What is done to an article before it is written; with its name, by which a
/// run knows that it is the same.
#[derive(Clone, Copy)]
pub struct Change<'a> {
    /// What it does.
    pub name: &'a str,
    /// Does it.
    pub apply: &'a (dyn Fn(&mut Annotated) + Sync),
}

/// How a run is done.
pub struct Settings<'a> {
    /// Where it writes to.
    pub target: Target,
    /// Whether the text is written too, where the format has a place for it.
    pub with_text: bool,
    /// How the input is read.
    pub records: RecordOptions,
    /// Which part of the input.
    pub shard: Shard,
    /// What is done to each article before it is written.
    pub change: Change<'a>,
    /// What the answers are produced by.
    pub produced_by: ProducedBy,
    /// Threads for everything but the model.
    pub workers: usize,
    /// Articles whose names are found together.
    pub batch: usize,
    /// Records of a part: how much is lost at most when a run is cut off.
    pub part: u64,
    /// Whether the first bad record is the end.
    pub strict: bool,
}

impl Settings<'_> {
    /// What the output depends on, and no more; what is in the input is to be
    /// added.
    pub(super) fn job(&self, corpus: &Corpus) -> Job {
        let RecordOptions { form, columns, max_bytes } = &self.records;
        let mut settings = BTreeMap::new();
        let mut set = |name: &str, value: String| settings.insert(name.to_owned(), value);
        set("format", self.target.format.to_string());
        set("with-text", self.with_text.to_string());
        set("change", self.change.name.to_owned());
        set("input-format", format!("{form:?}").to_lowercase());
        set("max-document-size", max_bytes.to_string());
        set("part", self.part.to_string());
        set("shard", format!("{}/{}", self.shard.index + 1, self.shard.count));
        let columns = [
            ("id-column", &columns.id),
            ("text-column", &columns.text),
            ("title-column", &columns.title),
            ("date-column", &columns.date),
        ];
        for (name, column) in columns {
            if let Some(column) = column {
                set(name, column.clone());
            }
        }
        let input = Input { fingerprint: None, files: corpus.files().len(), bytes: corpus.bytes() };
        Job { input, produced_by: self.produced_by.clone(), settings }
    }
}
