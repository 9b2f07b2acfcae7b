//! Measures on labelled articles which kinds of quotations and which types of
//! sources the program mistakes for which, for the corrected shares of `wiezei
//! report` (`src/report/corpus/measured.tsv`).
//!
//! ```sh
//! cargo run --release --no-default-features --example measure_mistakes -- \
//!     --gold FOLDER --names NAMES.jsonl --gold FOLDER --names NAMES.jsonl \
//!     --texts FOLDER --out src/report/corpus/measured.tsv
//! ```
//!
//! The table has numbers for articles, and no word of any. The gender of a
//! person counts as known where a labelled mention of them is *hij* or *zij*,
//! and is compared where the speaker is right.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context as _, anyhow, ensure};
use clap::Parser;
use serde_json::Value;
use wiezei::annotated::Annotated;
use wiezei::attribution::Quotation;
use wiezei::formats::{Names, Texts, gold};
use wiezei::lexicon::{Gender, Number, pronouns};
use wiezei::ner::Recorded;
use wiezei::pipeline::Pipeline;
use wiezei::scoring::{Answer, DocumentScore, evaluate};
use wiezei::sources::{SourceIndex, SourceKind};

/// Measures the mistakes of the program by kind and by type of source.
#[derive(Debug, Parser)]
struct Args {
    /// Folders of labelled articles
    #[arg(long, required = true)]
    gold: Vec<PathBuf>,
    /// The named entities of each folder's articles, in the same order
    #[arg(long, required = true)]
    names: Vec<PathBuf>,
    /// The articles' texts, where the labels are without
    #[arg(long)]
    texts: Vec<PathBuf>,
    /// Where the table is written
    #[arg(long)]
    out: PathBuf,
}

const HEADER: &str = "\
# What the program mistakes for what, an article in its lines. Made by `cargo run
# --example measure_mistakes` on labelled news articles; see that file.
# article, outlet, month, aspect, labelled (- for no quotation), given (- for not
# found), how often
";

fn main() -> anyhow::Result<()> {
    let args = Args::parse();
    ensure!(args.gold.len() == args.names.len(), "each folder needs its file of names");
    let (texts, errors) = Texts::read(&args.texts);
    if let Some(error) = errors.first() {
        return Err(anyhow!("{error}"));
    }
    let mut table = HEADER.to_owned();
    let mut article = 0;
    for (folder, names) in args.gold.iter().zip(&args.names) {
        let labelled = gold::read(folder, &texts).map_err(|errors| anyhow!("{}", errors[0]))?;
        let names = Names::read(names)?;
        let mut recorded = Recorded::new();
        for document in &labelled {
            let id = document.document.id();
            let found =
                names.of(&document.document).with_context(|| format!("no names of {id}"))?;
            recorded.insert(id, found?);
        }
        let documents = labelled.iter().map(|document| document.document.clone()).collect();
        let found = Pipeline::new(Box::new(recorded)).annotate(documents)?;
        for document in evaluate(&labelled, &found, None, None)?.documents {
            article += 1;
            write(&mut table, article, &document)?;
        }
    }
    fs::write(&args.out, table).with_context(|| args.out.display().to_string())
}

/// One class of a quotation.
type ClassOf = fn(&Annotated, &Quotation) -> &'static str;

/// The lines of one article.
fn write(table: &mut String, article: usize, score: &DocumentScore<'_>) -> anyhow::Result<()> {
    let metadata = score.gold.document.metadata();
    let word = |name: &str| metadata.get(name).and_then(Value::as_str);
    let outlet = word("outlet").or_else(|| word("source")).unwrap_or("-");
    let month = word("date").and_then(month).unwrap_or_else(|| "-".into());
    let mut counts: BTreeMap<[&str; 3], u32> = BTreeMap::new();
    let mut count = |labelled: Option<(&Annotated, usize)>, given: Option<(&Annotated, usize)>| {
        let aspects: [(&str, ClassOf); 2] =
            [("kind", |_, quotation| quotation.kind.name()), ("type", source_type)];
        for (aspect, of) in aspects {
            let class = |one: Option<(&Annotated, usize)>| {
                one.map_or("-", |(annotated, n)| of(annotated, &annotated.quotations[n]))
            };
            *counts.entry([aspect, class(labelled), class(given)]).or_default() += 1;
        }
    };
    for case in &score.cases {
        let given = score.system.zip(case.predicted.map(|(n, _)| n));
        count(Some((score.gold, case.gold)), given);
    }
    for extra in &score.extras {
        count(None, score.system.map(|system| (system, extra.predicted)));
    }
    for (labelled, given) in genders(score) {
        *counts.entry(["gender", labelled, given]).or_default() += 1;
    }
    if counts.is_empty() {
        counts.insert(["none", "-", "-"], 0);
    }
    for ([aspect, labelled, given], count) in counts {
        writeln!(table, "{article}\t{outlet}\t{month}\t{aspect}\t{labelled}\t{given}\t{count}")?;
    }
    Ok(())
}

/// Of each quotation of a person with the right speaker: the labelled gender,
/// where it is known, and the one given.
fn genders(score: &DocumentScore<'_>) -> Vec<(&'static str, &'static str)> {
    let mut known: BTreeMap<SourceIndex, Gender> = BTreeMap::new();
    for quotation in &score.gold.quotations {
        let Some((source, mention)) = quotation.source.zip(quotation.mention) else { continue };
        let word = score.gold.document.slice(mention.span).to_lowercase();
        let readings = pronouns(&word).iter().filter(|one| one.number == Number::Singular);
        let gender = readings.map(|one| one.gender).find(|gender| *gender != Gender::Unknown);
        if let (Some(gender), SourceKind::Person) = (gender, score.gold.source(source).kind) {
            known.insert(source, gender);
        }
    }
    let mut all = Vec::new();
    for case in score.cases.iter().filter(|case| case.answer == Answer::Right) {
        let labelled =
            score.gold.quotations[case.gold].source.and_then(|source| known.get(&source));
        let given = case
            .predicted
            .zip(score.system)
            .and_then(|((n, _), system)| Some(system.source(system.quotations[n].source?).gender));
        if let (Some(labelled), Some(given)) = (labelled, given) {
            let given = if given == Gender::Unknown { "-" } else { given.name() };
            all.push((labelled.name(), given));
        }
    }
    all
}

fn source_type(annotated: &Annotated, quotation: &Quotation) -> &'static str {
    quotation.source.map_or("none", |source| annotated.source(source).kind.name())
}

/// `2019-06` of `2019-06-05` or `Wed, 05 Jun 2019`.
fn month(date: &str) -> Option<String> {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    if date.as_bytes().get(4) == Some(&b'-') {
        return date.get(..7).map(str::to_owned);
    }
    let words: Vec<&str> = date.split_whitespace().collect();
    let at = words.iter().position(|word| MONTHS.contains(word))?;
    let month = MONTHS.iter().position(|month| *month == words[at])? + 1;
    Some(format!("{}-{month:02}", words.get(at + 1)?))
}
