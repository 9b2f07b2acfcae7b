//! One thread that finds names for whoever asks. Those who ask at one time
//! are answered from one call of the recognizer, which so fills its batches
//! with the sentences of all of them.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::thread;

use crate::error::ModelError;
use crate::formats::ProducedBy;
use crate::ner::{Entity, Input, Recognizer};
use crate::text::Document;
use crate::tokenize::Tokenized;

/// Requests that may wait for the thread. Who comes later waits to be let in.
const WAITING: usize = 256;
/// Documents after which a call of the recognizer is full; more fill no batch
/// better and keep the first waiting.
const DOCUMENTS: usize = 64;
/// Bytes of text after which it is full, however few the documents are.
const BYTES: usize = 1 << 20;

/// A recognizer that hands all its work to one thread. Clones share it.
#[derive(Clone)]
pub struct SharedNames {
    jobs: SyncSender<Job>,
    produced_by: Arc<ProducedBy>,
}

struct Job {
    inputs: Vec<(Document, Tokenized)>,
    answer: Sender<Result<Vec<Vec<Entity>>, ModelError>>,
}

impl SharedNames {
    /// Starts the thread. `load` runs in it, so that the recognizer never has
    /// to leave it; the thread ends when the last clone is gone.
    ///
    /// # Errors
    ///
    /// The error of `load`.
    ///
    /// # Panics
    ///
    /// If the system has no thread left, or `load` panics.
    pub fn start<E: Send + 'static>(
        load: impl FnOnce() -> Result<(Box<dyn Recognizer>, ProducedBy), E> + Send + 'static,
    ) -> Result<Self, E> {
        let (jobs, waiting) = sync_channel(WAITING);
        let (loaded, told) = channel();
        thread::Builder::new()
            .name("names".into())
            .spawn(move || match load() {
                Ok((recognizer, produced_by)) => {
                    let _ = loaded.send(Ok(produced_by));
                    answer_all(&*recognizer, &waiting);
                }
                Err(error) => {
                    let _ = loaded.send(Err(error));
                }
            })
            .expect("a thread");
        let produced_by = told.recv().expect("the recognizer is loaded or tells why not")?;
        Ok(Self { jobs, produced_by: Arc::new(produced_by) })
    }

    /// What makes the answers.
    #[must_use]
    pub fn produced_by(&self) -> &ProducedBy {
        &self.produced_by
    }
}

impl Recognizer for SharedNames {
    /// Waits for the thread: not to be called where waiting is forbidden.
    fn recognize(&self, inputs: &[Input<'_>]) -> Result<Vec<Vec<Entity>>, ModelError> {
        let gone = || ModelError::Inference("the thread that finds names has ended".into());
        let own = |input: &Input<'_>| (input.document.clone(), input.tokenized.clone());
        let (answer, answered) = channel();
        let job = Job { inputs: inputs.iter().map(own).collect(), answer };
        self.jobs.send(job).map_err(|_| gone())?;
        answered.recv().map_err(|_| gone())?
    }

    fn name(&self) -> String {
        self.produced_by.recognizer.clone()
    }
}

fn answer_all(recognizer: &dyn Recognizer, waiting: &Receiver<Job>) {
    while let Ok(first) = waiting.recv() {
        let mut jobs = vec![first];
        while !is_full(&jobs) {
            let Ok(next) = waiting.try_recv() else { break };
            jobs.push(next);
        }
        answer(recognizer, jobs);
    }
}

fn is_full(jobs: &[Job]) -> bool {
    let documents = || jobs.iter().flat_map(|job| &job.inputs);
    documents().count() >= DOCUMENTS
        || documents().map(|(document, _)| document.text().len()).sum::<usize>() >= BYTES
}

/// Answers jobs together. If that fails, one of them is at fault, and each is
/// tried alone.
fn answer(recognizer: &dyn Recognizer, jobs: Vec<Job>) {
    match names_of(recognizer, &jobs) {
        Ok(names) => {
            let mut names = names.into_iter();
            for job in jobs {
                // Who asked may have given up.
                let _ = job.answer.send(Ok(names.by_ref().take(job.inputs.len()).collect()));
            }
        }
        Err(error) if jobs.len() == 1 => {
            let _ = jobs[0].answer.send(Err(error));
        }
        Err(_) => jobs.into_iter().for_each(|job| answer(recognizer, vec![job])),
    }
}

fn names_of(recognizer: &dyn Recognizer, jobs: &[Job]) -> Result<Vec<Vec<Entity>>, ModelError> {
    let inputs: Vec<Input<'_>> = jobs
        .iter()
        .flat_map(|job| &job.inputs)
        .map(|(document, tokenized)| Input { document, tokenized })
        .collect();
    // The thread outlives whatever a text may do to the model.
    catch_unwind(AssertUnwindSafe(|| recognizer.recognize(&inputs)))
        .unwrap_or_else(|_| Err(ModelError::Inference("it panicked".into())))
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;
    use crate::ner::Label;
    use crate::text::Span;
    use crate::tokenize::tokenize;

    /// Takes the first word for a name; knows how many documents each call had;
    /// waits for leave; fails on a text with "stuk", panics on one with "paniek".
    struct FirstWord {
        calls: Arc<Mutex<Vec<usize>>>,
        leave: Mutex<Receiver<()>>,
    }

    impl Recognizer for FirstWord {
        fn recognize(&self, inputs: &[Input<'_>]) -> Result<Vec<Vec<Entity>>, ModelError> {
            let _ = self.leave.lock().unwrap().recv();
            self.calls.lock().unwrap().push(inputs.len());
            let has = |word| inputs.iter().any(|input| input.document.text().contains(word));
            assert!(!has("paniek"));
            if has("stuk") {
                return Err(ModelError::Inference("stuk".into()));
            }
            let name = |input: &Input<'_>| {
                let span = input.tokenized.tokens()[0].span;
                vec![Entity { span, label: Label::Per, score: 1.0 }]
            };
            Ok(inputs.iter().map(name).collect())
        }

        fn name(&self) -> String {
            "first words".into()
        }
    }

    fn ask(names: &SharedNames, text: &str) -> Result<Vec<Vec<Entity>>, ModelError> {
        let document = Document::new("d", text).unwrap();
        let tokenized = tokenize(document.text());
        names.recognize(&[Input { document: &document, tokenized: &tokenized }])
    }

    fn start() -> (SharedNames, Arc<Mutex<Vec<usize>>>, Sender<()>) {
        let calls = Arc::default();
        let (give, leave) = channel();
        let shared = Arc::clone(&calls);
        let names = SharedNames::start(move || {
            let recognizer: Box<dyn Recognizer> =
                Box::new(FirstWord { calls: shared, leave: Mutex::new(leave) });
            Ok::<_, ModelError>((recognizer, ProducedBy::new("first-word")))
        });
        (names.unwrap(), calls, give)
    }

    #[test]
    fn requests_that_wait_share_a_call_and_get_their_own_names() {
        let (names, calls, leave) = start();
        let texts = ["Noor komt.", "Al gaat.", "Barend blijft.", "Z zwijgt."];
        let asking: Vec<_> = texts
            .map(|text| {
                let names = names.clone();
                let asking = thread::spawn(move || ask(&names, text).unwrap());
                // So that they queue in this order.
                thread::sleep(std::time::Duration::from_millis(60));
                asking
            })
            .into();
        drop(leave);
        let found: Vec<_> = asking.into_iter().map(|one| one.join().unwrap()[0][0].span).collect();
        assert_eq!(found, [4, 2, 6, 1].map(|end| Span::new(0, end)));
        let calls = calls.lock().unwrap();
        assert_eq!(calls.iter().sum::<usize>(), 4);
        assert!(calls.len() < 4, "{calls:?}");
    }

    #[test]
    fn who_breaks_the_model_harms_nobody_else() {
        let (names, _, leave) = start();
        let asking: Vec<_> = ["Noor komt.", "stuk", "paniek", "Al gaat."]
            .map(|text| {
                let names = names.clone();
                thread::spawn(move || ask(&names, text).map(|found| found[0].len()).ok())
            })
            .into();
        thread::sleep(std::time::Duration::from_millis(60));
        drop(leave);
        let found: Vec<_> = asking.into_iter().map(|one| one.join().unwrap()).collect();
        assert_eq!(found, [Some(1), None, None, Some(1)]);
        assert_eq!(ask(&names, "Barend blijft.").unwrap().len(), 1);
    }

    #[test]
    fn a_recognizer_that_cannot_be_loaded_says_why() {
        let failed =
            SharedNames::start(|| Err::<(Box<dyn Recognizer>, ProducedBy), _>("geen model"));
        assert_eq!(failed.err(), Some("geen model"));
    }
}
