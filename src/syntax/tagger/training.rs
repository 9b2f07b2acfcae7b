//! Training: averaged perceptron updates over labelled sentences. Runs once, by
//! `examples/train_tagger.rs`; the same features as at use.

use super::features::{self, COUNT, History, ROWS, Word};
use super::tags::Tag;
use super::weights::{COLUMNS, Weights};
use crate::syntax::forms::push_lower;

/// A labelled sentence: the words, and the tag of each.
#[derive(Debug, Clone, Default)]
pub struct Sentence {
    /// The words as they stand in the text.
    pub words: Vec<String>,
    /// Their tags, index for index.
    pub tags: Vec<Tag>,
}

/// Trains on sentences in an order that `seed` shuffles, `epochs` times.
#[must_use]
pub fn train(sentences: &[Sentence], epochs: usize, seed: u64) -> Weights {
    let read: Vec<Vec<Word>> = sentences.iter().map(|s| read_words(&s.words)).collect();
    let mut learner = Learner::new();
    let mut order: Vec<usize> = (0..sentences.len()).collect();
    let mut state = seed;
    for _ in 0..epochs {
        shuffle(&mut order, &mut state);
        for &at in &order {
            learner.learn(&read[at], &sentences[at].tags);
        }
    }
    Weights::rounded(&learner.average())
}

/// The tags that `weights` give a sentence of words, index for index. What has
/// no letter and no digit is punctuation.
#[must_use]
pub fn predict(weights: &Weights, words: &[String]) -> Vec<Tag> {
    let mut tags = Vec::with_capacity(words.len());
    let known = |word: &String| {
        let plain = !word.chars().any(char::is_alphanumeric);
        plain.then_some(Tag::PUNCTUATION)
    };
    let known: Vec<Option<Tag>> = words.iter().map(known).collect();
    super::tags(weights, &read_words(words), &known, &mut tags);
    tags
}

fn read_words(words: &[String]) -> Vec<Word> {
    let read = |word: &String| {
        let mut lower = String::new();
        push_lower(word, &mut lower);
        features::word(word, &lower, features::names_source(&lower))
    };
    words.iter().map(read).collect()
}

/// Fisher and Yates' shuffle by a linear congruential generator, so that a seed
/// means the same everywhere.
fn shuffle(order: &mut [usize], state: &mut u64) {
    for last in (1..order.len()).rev() {
        *state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        order.swap(last, (*state >> 33) as usize % (last + 1));
    }
}

struct Learner {
    weights: Vec<[f32; COLUMNS]>,
    /// The weights times how long they stood, and since when they stand.
    totals: Vec<[f32; COLUMNS]>,
    since: Vec<[u32; COLUMNS]>,
    step: u32,
}

impl Learner {
    fn new() -> Self {
        Self {
            weights: vec![[0.0; COLUMNS]; ROWS],
            totals: vec![[0.0; COLUMNS]; ROWS],
            since: vec![[0; COLUMNS]; ROWS],
            step: 0,
        }
    }

    fn learn(&mut self, words: &[Word], tags: &[Tag]) {
        let mut history = History::default();
        let mut rows = Vec::with_capacity(COUNT);
        for (at, &right) in tags.iter().enumerate() {
            self.step += 1;
            if right == Tag::PUNCTUATION {
                // At use the tokenizer tells.
                history.push(right, words[at].is_clause_edge());
                continue;
            }
            rows.clear();
            features::rows(words, at, &history, &mut rows);
            let guess = self.best(&rows);
            if guess != right {
                for &row in &rows {
                    self.add(row, right, 1.0);
                    self.add(row, guess, -1.0);
                }
            }
            // The history is the learner's own, as it will be at use.
            history.push(guess, words[at].is_clause_edge());
        }
    }

    fn best(&self, rows: &[u16]) -> Tag {
        let score = |number: usize| -> f32 {
            rows.iter().map(|&row| self.weights[usize::from(row)][number]).sum()
        };
        let scores: Vec<f32> = (0..Tag::COUNT).map(score).collect();
        let best =
            (1..Tag::COUNT).fold(0, |best, n| if scores[n] > scores[best] { n } else { best });
        Tag::numbered(best)
    }

    fn add(&mut self, row: u16, tag: Tag, change: f32) {
        let (row, column) = (usize::from(row), usize::from(tag.number));
        let stood = (self.step - self.since[row][column]) as f32;
        self.totals[row][column] += stood * self.weights[row][column];
        self.since[row][column] = self.step;
        self.weights[row][column] += change;
    }

    fn average(mut self) -> Vec<[f32; COLUMNS]> {
        let steps = self.step.max(1) as f32;
        for row in 0..ROWS {
            for column in 0..COLUMNS {
                let stood = (self.step - self.since[row][column]) as f32;
                self.totals[row][column] += stood * self.weights[row][column];
                self.totals[row][column] /= steps;
            }
        }
        self.totals
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentence(words: &str, tags: &[&str]) -> Sentence {
        Sentence {
            words: words.split(' ').map(str::to_owned).collect(),
            tags: tags.iter().map(|pos| Tag::from_treebank(pos, "_").unwrap()).collect(),
        }
    }

    #[test]
    fn what_was_learnt_is_told_again_and_the_same_each_time() {
        let sentences = [
            sentence("de brug ligt daar .", &["DET", "NOUN", "VERB", "ADV", "PUNCT"]),
            sentence("daar ligt de brug .", &["ADV", "VERB", "DET", "NOUN", "PUNCT"]),
        ];
        let weights = train(&sentences, 5, 1);
        for sentence in &sentences {
            assert_eq!(predict(&weights, &sentence.words), sentence.tags);
        }
        assert_eq!(train(&sentences, 5, 1), weights);
    }
}
