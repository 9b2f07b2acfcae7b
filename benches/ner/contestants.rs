//! Who runs against whom, and the rounds.

use std::fmt;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Instant;

use anyhow::{Result, anyhow};
use tch::Kind;
use wiezei::error::ModelError;
use wiezei::ner::bert::reference::Reference;
use wiezei::ner::bert::{BertOptions, BertRecognizer, Precision};
use wiezei::ner::models::ModelFolder;
use wiezei::ner::{Input, Recognizer as _};

use crate::python::Python;
use crate::shapes::{self, Products};

/// What is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// The whole stage: tokenizer, batches, forward pass, decoding.
    Stage,
    /// Its forward pass.
    Own,
    /// rust-bert's forward pass.
    RustBert,
    /// The forward pass of Python transformers.
    Python,
    /// Products of matrices, as many operations as the forward pass has.
    Peak,
}

/// A contestant.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Name {
    part: Part,
    precision: Precision,
    threads: usize,
}

impl Name {
    pub(crate) fn is(self, part: Part, precision: Precision, threads: usize) -> bool {
        (self.part, self.precision, self.threads) == (part, precision, threads)
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let part = match self.part {
            Part::Stage => "wiezei, the whole stage",
            Part::Own => "wiezei, forward",
            Part::RustBert => "rust-bert, forward",
            Part::Python => "transformers, forward",
            Part::Peak => "matrix product",
        };
        write!(f, "{part}, {}, threads: {}", name(self.precision), self.threads)
    }
}

/// How a precision is called.
pub(crate) const fn name(precision: Precision) -> &'static str {
    match precision {
        Precision::F32 => "f32",
        Precision::Bf16 => "bf16",
    }
}

/// One that runs and says how many seconds it took.
type Pass<'a> = Box<dyn FnMut() -> Result<f64> + 'a>;

/// The contestants.
pub(crate) struct Contest<'a>(Vec<(Name, Pass<'a>)>);

impl<'a> Contest<'a> {
    pub(crate) const fn new() -> Self {
        Self(Vec::new())
    }

    /// Enters all that run in this process.
    pub(crate) fn enter(
        &mut self,
        folder: &ModelFolder,
        inputs: &'a [Input<'a>],
        batches: &'a [Vec<Vec<i64>>],
        precision: Precision,
        threads: usize,
    ) -> Result<()> {
        let options = BertOptions { threads, precision, ..BertOptions::default() };
        let recognizer = std::rc::Rc::new(BertRecognizer::load(folder, options)?);
        let stage = std::rc::Rc::clone(&recognizer);
        let name = |part| Name { part, precision, threads };
        let stage = move || timed(|| stage.recognize(inputs).map(drop).map_err(Into::into));
        self.0.push((name(Part::Stage), Box::new(stage)));
        let own = move || timed(|| recognizer.logits(batches).map(drop).map_err(Into::into));
        self.0.push((name(Part::Own), Box::new(own)));

        let load = |_| Reference::load(folder, precision);
        let models: Vec<Reference> = (0..threads).map(load).collect::<Result<_, ModelError>>()?;
        let mut models = models;
        let rust_bert = move || timed(|| side_by_side(&mut models, batches));
        self.0.push((name(Part::RustBert), Box::new(rust_bert)));

        let kind = match precision {
            Precision::F32 => Kind::Float,
            Precision::Bf16 => Kind::BFloat16,
        };
        let lengths: Vec<usize> = batches.iter().flatten().map(Vec::len).collect();
        let work = shapes::operations(folder, &lengths);
        let products = (0..threads).map(|_| Products::new(folder, kind));
        let mut products = products.collect::<Result<Vec<_>>>()?;
        let peak = move || {
            let peaks: Vec<Result<f64>> = thread::scope(|scope| {
                let threads: Vec<_> = products
                    .iter_mut()
                    .map(|products| scope.spawn(move || products.peak()))
                    .collect();
                let died = |_| Err(anyhow!("a thread died"));
                threads.into_iter().map(|thread| thread.join().unwrap_or_else(died)).collect()
            });
            Ok(work / peaks.into_iter().sum::<Result<f64>>()?)
        };
        self.0.push((name(Part::Peak), Box::new(peak)));
        Ok(())
    }

    /// Enters Python transformers, with one thread and with two.
    pub(crate) fn enter_python(
        &mut self,
        python: &Path,
        folder: &ModelFolder,
        batches: &[Vec<Vec<i64>>],
        precision: Precision,
    ) -> Result<()> {
        let python = Python::start(python, folder, batches, name(precision))?;
        let python = std::rc::Rc::new(std::cell::RefCell::new(python));
        for threads in [1, 2] {
            let python = std::rc::Rc::clone(&python);
            let pass = move || python.borrow_mut().pass(threads);
            self.0.push((Name { part: Part::Python, precision, threads }, Box::new(pass)));
        }
        Ok(())
    }

    /// Has everyone run once to warm up, and then in turn, `rounds` times. Each
    /// round begins with another contestant.
    pub(crate) fn run(mut self, rounds: usize) -> Result<Vec<(Name, Vec<f64>)>> {
        for (_, pass) in &mut self.0 {
            pass()?;
        }
        let count = self.0.len();
        let mut times = vec![Vec::with_capacity(rounds); count];
        for round in 0..rounds {
            for n in 0..count {
                let n = (n + round * 3) % count;
                times[n].push((self.0[n].1)()?);
            }
        }
        Ok(self.0.into_iter().map(|(name, _)| name).zip(times).collect())
    }
}

fn timed(work: impl FnOnce() -> Result<()>) -> Result<f64> {
    let start = Instant::now();
    work()?;
    Ok(start.elapsed().as_secs_f64())
}

/// Runs the batches on as many threads as there are models.
fn side_by_side(models: &mut [Reference], batches: &[Vec<Vec<i64>>]) -> Result<()> {
    let next = AtomicUsize::new(0);
    thread::scope(|scope| {
        let next = &next;
        let threads: Vec<_> = models
            .iter_mut()
            .map(|model| {
                scope.spawn(move || -> Result<()> {
                    tch::set_num_threads(1);
                    while let Some(batch) = batches.get(next.fetch_add(1, Ordering::Relaxed)) {
                        let inputs: Vec<&[i64]> = batch.iter().map(Vec::as_slice).collect();
                        model.logits(&inputs)?;
                    }
                    Ok(())
                })
            })
            .collect();
        threads
            .into_iter()
            .try_for_each(|thread| thread.join().map_err(|_| anyhow!("a thread died"))?)
    })
}
