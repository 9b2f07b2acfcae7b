//! Parts of speech: an averaged perceptron that reads a sentence from left to
//! right (Collins 2002), over the word, its ending, its neighbours and the
//! cluster of words it keeps company with.
//!
//! It is trained on treebanks (`models/nl-tagger/README.md` tells on which, and how
//! well it does) and knows nothing of the encoder that finds names.

mod clusters;
mod features;
mod tags;
mod training;
mod weights;

pub use tags::{Form, Pos, Tag};
pub use training::{Sentence, predict, train};
pub use weights::Weights;

pub(super) use features::{Word, word};

use features::History;

/// The part of speech of each word of a sentence. `known` gives the tags of
/// tokens that need no guess, such as punctuation, index for index.
pub(super) fn tags(weights: &Weights, words: &[Word], known: &[Option<Tag>], out: &mut Vec<Tag>) {
    let mut history = History::default();
    let mut rows = Vec::with_capacity(features::COUNT);
    for at in 0..words.len() {
        let tag = known[at].unwrap_or_else(|| {
            rows.clear();
            features::rows(words, at, &history, &mut rows);
            weights.best(&rows)
        });
        history.push(tag, words[at].is_clause_edge());
        out.push(tag);
    }
}
