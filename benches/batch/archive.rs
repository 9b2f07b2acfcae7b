//! The articles that everybody reads, as documents and as a file.

use std::io::Write as _;
use std::path::PathBuf;
use std::time::Instant;

use anyhow::{Result, ensure};
use tempfile::TempDir;
use wiezei::annotated::Annotated;
use wiezei::batch::{self, Change, Naming, OutputFormat, Progress, Settings, Target};
use wiezei::formats::records::{Columns, Form, RecordOptions};
use wiezei::formats::{Corpus, Cursor, Origin, Packing, ProducedBy, Shard};
use wiezei::ner::Recognizer;
use wiezei::text::Document;

/// The articles.
pub(crate) struct Archive {
    pub(crate) documents: Vec<Document>,
    folder: TempDir,
}

fn options() -> RecordOptions {
    RecordOptions { form: Form::Auto, columns: Columns::default(), max_bytes: 4_000_000 }
}

impl Archive {
    /// `count` articles, spread evenly over all of `texts`, or those over and
    /// over.
    pub(crate) fn gather(texts: &[PathBuf], count: usize) -> Result<Self> {
        let corpus = Corpus::find(texts.iter().cloned().map(Origin::Path), |_| false)?;
        let mut all = Vec::new();
        for item in corpus.read(options(), Shard::WHOLE, Cursor::default()) {
            all.extend(item?.content.ok().map(|article| article.document));
        }
        ensure!(!all.is_empty(), "there are no articles");
        let step = (all.len() / count).max(1);
        let picked = all.iter().step_by(step).cycle().take(count);
        let folder = tempfile::tempdir()?;
        let mut file =
            std::io::BufWriter::new(std::fs::File::create(folder.path().join("in.jsonl"))?);
        let mut documents = Vec::new();
        for (n, document) in picked.enumerate() {
            let document = Document::new(n.to_string(), document.text())?;
            let record = serde_json::json!({ "id": document.id(), "text": document.text() });
            writeln!(file, "{record}")?;
            documents.push(document);
        }
        file.flush()?;
        Ok(Self { documents, folder })
    }

    pub(crate) fn bytes(&self) -> usize {
        self.documents.iter().map(|document| document.text().len()).sum()
    }

    /// The file with all of them.
    pub(crate) fn path(&self) -> PathBuf {
        self.folder.path().join("in.jsonl")
    }

    /// A batch run over all of them; how many seconds it takes.
    pub(crate) fn run(
        &self,
        recognizer: &dyn Recognizer,
        workers: usize,
        batch: usize,
        progress: &Progress,
    ) -> Result<f64> {
        let keep = |_: &mut Annotated| ();
        let settings = Settings {
            target: Target {
                output: self.folder.path().join("out.jsonl"),
                format: OutputFormat::Jsonl(Packing::None),
                resume: false,
                overwrite: true,
            },
            with_text: false,
            records: options(),
            shard: Shard::WHOLE,
            change: Change { name: "none", apply: &keep },
            produced_by: ProducedBy::new(recognizer.name()),
            workers,
            batch,
            part: 1000,
            strict: true,
        };
        let start = Instant::now();
        let corpus = Corpus::find([Origin::Path(self.path())], |_| false)?;
        batch::run(&corpus, &Naming::Model(recognizer), &settings, progress)?;
        Ok(start.elapsed().as_secs_f64())
    }
}
