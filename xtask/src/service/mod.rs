//! `cargo xtask bench serve`: whether the service keeps up with the batch run, in
//! bounded time and memory, and what it does under more than it can bear.
//!
//! `load.rs` makes the load, by oha; `program.rs` is the service that is measured;
//! `hostile.rs` has the clients that do harm.

mod hostile;
mod load;
mod program;

use std::fs::{self, File};
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};
use serde_json::{Value, json};

use crate::checkout::Checkout;
use load::{Load, Oha};
use program::Service;

/// Of the speed of a batch run, by 32 clients at one time.
const SHARE_OF_BATCH: f64 = 0.8;
/// The 99th percentile at half of the load that the service can bear.
const P99: f64 = 1.5;
/// Memory that may come to the service between the first quarter of the requests
/// and the last: what an allocator keeps differs by so much from one to the next.
const GROWTH: f64 = 1.05;
const CLIENTS: usize = 32;
/// Articles of about 250 words.
const WORDS: std::ops::RangeInclusive<usize> = 200..=300;

/// The arguments of the measurement.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Articles with `id` and `text`, of which those of 200 to 300 words are taken
    #[arg(value_name = "FILE.jsonl")]
    articles: PathBuf,
    /// oha, which makes the load: `cargo install oha --locked` gets it
    #[arg(long, value_name = "PATH", default_value = "oha")]
    oha: PathBuf,
    /// Measure this program, with the embedded model, instead of building one
    #[arg(long, value_name = "PATH")]
    pub(crate) program: Option<PathBuf>,
    /// Rounds in which the batch run and the service run once
    #[arg(long, value_name = "N", default_value_t = 5)]
    runs: usize,
    /// Articles of a round, spread over the file
    #[arg(long, value_name = "N", default_value_t = 512)]
    count: usize,
    /// Requests with short texts over which memory is watched
    #[arg(long, value_name = "N", default_value_t = 100_000)]
    requests: usize,
    /// How long the load at half and at ten times of what it can bear lasts
    #[arg(long, value_name = "SECONDS", default_value_t = 30)]
    seconds: u64,
}

/// Sets up if needed, builds, measures; fails where a bar is not held.
///
/// # Errors
///
/// If the set-up or the build fails, oha is not there, or the articles are too few.
pub(crate) fn run(checkout: &Checkout, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    ensure!(arguments.runs > 0, "--runs is at least 1");
    ensure!(
        arguments.count > 1,
        "--count is at least 2: a round needs more than what it takes to begin"
    );
    let program = match &arguments.program {
        Some(program) => std::path::absolute(program)?,
        None => built(checkout)?,
    };
    let folder = tempfile::tempdir()?;
    let oha = Oha::at(&arguments.oha)?;
    let articles = chosen(&arguments.articles, arguments.count)?;
    let bodies = lines(folder.path(), "articles.jsonl", &articles)?;
    let service = Service::start(checkout.root(), &program)?;
    let attribute = |bodies, amount, clients| Load { service: &service, bodies, amount, clients };
    eprintln!("{} articles of {WORDS:?} words", articles.len());

    let mut bars = Bars::default();
    let one = lines(folder.path(), "one.jsonl", &articles[..1])?;
    let (mut ratios, mut speeds) = (Vec::new(), Vec::new());
    for run in 1..=arguments.runs {
        // What it takes to begin is no part of the speed.
        let begin = batch(checkout.root(), &program, &one, folder.path())?;
        let whole = batch(checkout.root(), &program, &bodies, folder.path())?;
        let of_batch = (articles.len() - 1) as f64 / (whole.saturating_sub(begin)).as_secs_f64();
        let served =
            oha.run(&attribute(&bodies, load::Amount::Requests(articles.len()), CLIENTS))?;
        served.only_ok()?;
        eprintln!("round {run}: batch {of_batch:.1}/s, service {:.1}/s", served.per_second);
        ratios.push(served.per_second / of_batch);
        speeds.push(served.per_second);
    }
    let (ratio, speed) = (median(&mut ratios), median(&mut speeds));
    bars.at_least("service to batch, median of the rounds", ratio, SHARE_OF_BATCH);

    let last = Duration::from_secs(arguments.seconds);
    let half = load::Amount::Paced { per_second: speed / 2.0, last };
    let half = oha.run(&attribute(&bodies, half, CLIENTS))?;
    half.only_ok()?;
    eprintln!("half of that load: {:.1}/s, p50 {:.3} s", half.per_second, half.p50);
    bars.at_most("p99 at half of the load, seconds", half.p99, P99);

    let short = lines(folder.path(), "short.jsonl", &short())?;
    let mut memory = vec![service.memory()?];
    for _ in 0..4 {
        let quarter = load::Amount::Requests(arguments.requests / 4);
        oha.run(&attribute(&short, quarter, CLIENTS))?.only_ok()?;
        memory.push(service.memory()?);
    }
    eprintln!("resident, MiB, at the start and after each quarter: {memory:.1?}");
    bars.at_most("memory at the end to that after a quarter", memory[4] / memory[1], GROWTH);

    let flood = load::Amount::Paced { per_second: speed * 10.0, last };
    let health = service.watched(Duration::from_millis(200));
    let flood = oha.run(&attribute(&bodies, flood, CLIENTS * 10))?;
    let (asked, slowest) = health.end()?;
    eprintln!(
        "ten times the load: {:?}; {asked} times asked for its health, slowest answer {:.3} s",
        flood.statuses,
        slowest.as_secs_f64()
    );
    bars.holds("429 where it is too much", flood.has_only(&["200", "429"]) && flood.has("429"));

    let harmed = hostile::run(&service, &articles)?;
    eprintln!("beside clients that do harm: {harmed}");
    bars.holds("honest clients get their answers", harmed.is_none());
    Ok(bars.end())
}

fn built(checkout: &Checkout) -> anyhow::Result<PathBuf> {
    let built = checkout.run_cargo(&["build", "--quiet", "--release"])?;
    ensure!(built == ExitCode::SUCCESS, "wiezei could not be built");
    Ok(checkout.root().join("target/release/wiezei"))
}

/// What has to hold, and whether all of it did.
#[derive(Default)]
struct Bars {
    broken: usize,
}

impl Bars {
    fn at_least(&mut self, what: &str, value: f64, bar: f64) {
        self.told(&format!("{what}: {value:.3}, at least {bar}"), value >= bar);
    }

    fn at_most(&mut self, what: &str, value: f64, bar: f64) {
        self.told(&format!("{what}: {value:.3}, at most {bar}"), value <= bar);
    }

    fn holds(&mut self, what: &str, holds: bool) {
        self.told(what, holds);
    }

    fn told(&mut self, what: &str, holds: bool) {
        eprintln!("{} {what}", if holds { "holds: " } else { "BROKEN:" });
        self.broken += usize::from(!holds);
    }

    fn end(self) -> ExitCode {
        if self.broken == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }
}

/// Articles of the length that is wanted, spread over the file.
fn chosen(path: &Path, count: usize) -> anyhow::Result<Vec<Value>> {
    let text = fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let mut fitting = Vec::new();
    for (line, n) in text.lines().zip(1..) {
        let record: Value =
            serde_json::from_str(line).with_context(|| format!("{}, line {n}", path.display()))?;
        let text = record["text"].as_str().unwrap_or_default();
        if WORDS.contains(&text.split_whitespace().count()) {
            fitting.push(json!({"id": n.to_string(), "text": text}));
        }
    }
    let all = fitting.len();
    ensure!(all >= count, "{}: {all} articles of {WORDS:?} words", path.display());
    Ok((0..count).map(|n| fitting[n * all / count].clone()).collect())
}

/// Texts that cost little, so that many can be asked for.
fn short() -> Vec<Value> {
    let text = |n: usize| format!("\"De brug gaat om {n} uur open\", zegt Noor Bakker.");
    (0..24).map(|n| json!({"id": n.to_string(), "text": text(n)})).collect()
}

fn lines(folder: &Path, name: &str, records: &[Value]) -> anyhow::Result<PathBuf> {
    let path = folder.join(name);
    let mut file = BufWriter::new(File::create(&path)?);
    for record in records {
        writeln!(file, "{record}")?;
    }
    file.flush()?;
    Ok(path)
}

/// How long a batch run takes.
fn batch(root: &Path, program: &Path, input: &Path, folder: &Path) -> anyhow::Result<Duration> {
    let output = folder.join("quotations.jsonl");
    if output.exists() {
        fs::remove_file(&output)?;
    }
    let begun = Instant::now();
    let mut command = Command::new(program);
    command.current_dir(root).arg("batch").arg(input).arg("--output").arg(&output);
    let ended = command.stderr(Stdio::null()).status()?;
    ensure!(ended.success(), "wiezei batch failed: {ended}");
    Ok(begun.elapsed())
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
