//! `wiezei eval GOLD...`: the scores of one system.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::BufWriter;
use std::path::Path;

use anyhow::{Context as _, anyhow};
use serde_json::Value;
use wiezei::annotated::Annotated;
use wiezei::attribution::{reports, rules};
use wiezei::ner::Recorded;
use wiezei::pipeline::Pipeline;
use wiezei::report::write_scores;
use wiezei::scoring::report::{
    Report, Target, at_path, moved, write_cases, write_csv, write_json, write_moved, write_text,
};
use wiezei::scoring::{Cell, Evaluation, Group, Measure, evaluate};

use super::args::{Limit, ScoreArgs, ScoreFormat};
use super::reading::{self, Answers};
use super::{incomparable, print};
use crate::cli::failure::Failure;
use crate::cli::messages::Messages;
use crate::cli::recognizing::Recognizing;
use crate::cli::settings::NamesFrom;

/// Documents that are annotated together.
const CHUNK: usize = 64;

/// What is scored.
struct System {
    name: String,
    answers: Answers,
    /// Answers on the gold quotations.
    given: Option<Vec<Annotated>>,
}

pub(super) fn run(args: &ScoreArgs, messages: &mut Messages) -> Result<(), Failure> {
    // What is found unreadable is counted in `messages`, which ends the run
    // with the exit code for it.
    let Ok(texts) = reading::texts(&args.texts.texts, messages) else { return Ok(()) };
    let Ok(mut labelled) = reading::gold(&args.gold, &texts, messages) else { return Ok(()) };
    let golds = labelled.len();
    let Ok(tune) = reading::gold(&args.tune, &texts, messages) else { return Ok(()) };
    labelled.extend(tune);
    let baseline = args.baseline.as_deref().map(read_baseline).transpose()?;
    check_apart(&labelled, golds)?;
    let Some(mut system) = system(args, &labelled, golds, messages)? else { return Ok(()) };
    let (gold, tune) = labelled.split_at(golds);
    let tuned_ids: HashSet<&str> = tune.iter().map(|document| document.document.id()).collect();
    let (for_tuning, answers): (Vec<_>, Vec<_>) = std::mem::take(&mut system.answers.documents)
        .into_iter()
        .partition(|annotated| tuned_ids.contains(annotated.document.id()));
    let given = system.given.as_deref();
    let mut all = evaluate(gold, &answers, given, None).map_err(incomparable)?;
    note_unlabelled(&mut all, &system.answers.unlabelled);
    let target = match args.target_precision {
        Some(precision) => Some(pick(precision, tune, &for_tuning)?),
        None => None,
    };
    let least = args.min_confidence.or(target.and_then(|target| target.threshold));
    let least = least.map(|least| least as f32);
    let answered;
    let evaluation = if least.is_some() {
        let mut found = evaluate(gold, &answers, given, least).map_err(incomparable)?;
        note_unlabelled(&mut found, &system.answers.unlabelled);
        answered = found;
        &answered
    } else {
        &all
    };
    let known = known_rules(evaluation, args.system.is_none());
    let mut report = Report::new(&*system.name, evaluation, &all, args.output.bootstrap(), &known);
    report.least = least;
    report.target = target;
    let scores = as_value(&report)?;
    let unmet = unmet(&args.fail_under, &scores)?;
    if let Some(path) = &args.cases {
        write_file(path, |out| write_cases(out, evaluation))?;
    }
    if let Some(path) = &args.html {
        write_file(path, |out| write_scores(out, &report))?;
    }
    print(|out| match args.output.format {
        ScoreFormat::Text => write_text(&mut *out, &report),
        ScoreFormat::Json => write_json(&mut *out, &report),
        ScoreFormat::Csv => write_csv(&mut *out, &report),
    })?;
    if let Some(baseline) = baseline {
        tell_moved(&baseline, &scores, args.output.format, messages)?;
    }
    if unmet.is_empty() { Ok(()) } else { Err(Failure::Under(anyhow!(unmet.join("; ")))) }
}

/// A threshold that was picked on the very documents it is reported on says
/// nothing.
fn check_apart(labelled: &[Annotated], golds: usize) -> Result<(), Failure> {
    let (gold, tune) = labelled.split_at(golds);
    let ids: HashSet<&str> = gold.iter().map(|annotated| annotated.document.id()).collect();
    match tune.iter().find(|annotated| ids.contains(annotated.document.id())) {
        Some(both) => Err(Failure::input(
            format!("document {:?} is among both GOLD and --tune", both.document.id()),
            "pick the confidence on other documents than those it is reported on",
        )),
        None => Ok(()),
    }
}

/// The answers to `labelled`, whose first `golds` are scored; `None` if some
/// cannot be read.
fn system(
    args: &ScoreArgs,
    labelled: &[Annotated],
    golds: usize,
    messages: &mut Messages,
) -> Result<Option<System>, Failure> {
    let Some(path) = &args.system else {
        return own(args, labelled, golds, messages).map(Some);
    };
    let Ok(answers) = reading::answers(path, labelled, messages) else { return Ok(None) };
    let given = match &args.given {
        None => None,
        Some(path) => match reading::answers(path, &labelled[..golds], messages) {
            Ok(given) => Some(given.documents),
            Err(reading::Unreadable) => return Ok(None),
        },
    };
    Ok(Some(System { name: path.display().to_string(), answers, given }))
}

/// The answers of this program.
fn own(
    args: &ScoreArgs,
    labelled: &[Annotated],
    golds: usize,
    messages: &mut Messages,
) -> Result<System, Failure> {
    let names = NamesFrom { file: args.names.clone(), model: args.model.clone() };
    let mut recognizing = Recognizing::new(&names)?;
    let mut documents = Vec::with_capacity(labelled.len());
    let mut recognizer = String::new();
    for chunk in labelled.chunks(CHUNK) {
        let texts = chunk.iter().map(|annotated| annotated.document.clone()).collect();
        let (annotated, by) = recognizing.run(Pipeline::annotate, texts, &names, messages)?;
        documents.extend(annotated);
        recognizer = by.recognizer;
    }
    let given = given(&labelled[..golds], &documents)?;
    Ok(System {
        name: format!("wiezei {}, names: {recognizer}", env!("CARGO_PKG_VERSION")),
        answers: Answers { documents, unlabelled: Vec::new() },
        given: Some(given),
    })
}

/// The answers of this program on the marked gold quotations, with the names
/// that were found.
fn given(gold: &[Annotated], found: &[Annotated]) -> Result<Vec<Annotated>, Failure> {
    let mut recorded = Recorded::new();
    for annotated in found {
        recorded.insert(annotated.document.id(), annotated.names.clone());
    }
    let texts = gold.iter().map(|annotated| annotated.document.clone()).collect();
    let marked = |annotated: &Annotated| {
        let marked = annotated.quotations.iter().filter(|quotation| quotation.kind.is_marked());
        marked.map(|quotation| quotation.span).collect::<Vec<_>>()
    };
    let spans: Vec<_> = gold.iter().map(marked).collect();
    Ok(Pipeline::new(Box::new(recorded)).annotate_given(texts, &spans)?)
}

fn pick(precision: f64, tune: &[Annotated], answers: &[Annotated]) -> Result<Target, Failure> {
    let whole = evaluate(tune, answers, None, None).map_err(incomparable)?;
    let threshold = whole.threshold(precision);
    let least = threshold.map(|threshold| threshold as f32);
    let answered = evaluate(tune, answers, None, least).map_err(incomparable)?;
    let there = answered.total[Cell::new(Group::All, Measure::EndToEnd)];
    Ok(Target { precision, threshold, documents: tune.len(), there })
}

fn note_unlabelled(evaluation: &mut Evaluation<'_>, unlabelled: &[String]) {
    evaluation.notes.unlabelled.extend_from_slice(unlabelled);
    evaluation.notes.unlabelled.sort_unstable();
}

/// The rules that could have decided: this program's, if the answers are its.
fn known_rules(evaluation: &Evaluation<'_>, own: bool) -> Vec<&'static str> {
    let known: Vec<&str> = rules::all()
        .map(rules::Rule::id)
        .chain(reports::rules::ORDER.iter().map(|rule| rule.id()))
        .collect();
    let mut quotations = evaluation
        .documents
        .iter()
        .filter_map(|document| document.system)
        .flat_map(|system| &system.quotations);
    let named = quotations
        .any(|quotation| quotation.rule.as_deref().is_some_and(|rule| known.contains(&rule)));
    if own || named { known } else { Vec::new() }
}

fn as_value(report: &Report<'_>) -> Result<Value, Failure> {
    let mut json = Vec::new();
    write_json(&mut json, report).map_err(Failure::output)?;
    serde_json::from_slice(&json).map_err(|error| Failure::Internal(error.into()))
}

/// What is wrong with each score that is lower than it may be.
fn unmet(limits: &[Limit], scores: &Value) -> Result<Vec<String>, Failure> {
    let mut unmet = Vec::new();
    for Limit { path, least } in limits {
        let score = at_path(scores, path).map_err(|error| Failure::Input {
            error: error.into(),
            hint: Some("--format json shows the scores and their paths".into()),
        })?;
        match score {
            Some(score) if score >= *least => {}
            Some(score) => unmet.push(format!("{path} is {score}, under {least}")),
            None => unmet.push(format!("{path} has no cases, so it is not {least} or more")),
        }
    }
    Ok(unmet)
}

fn read_baseline(path: &Path) -> Result<Value, Failure> {
    let hint = "it is what `wiezei eval ... --format json` wrote";
    let name = path.display();
    let text = fs::read_to_string(path)
        .map_err(|error| Failure::input(format!("{name}: cannot be read: {error}"), hint))?;
    serde_json::from_str(&text)
        .map_err(|error| Failure::input(format!("{name}: bad JSON: {error}"), hint))
}

/// What moved: behind the tables, or beside what is no text.
fn tell_moved(
    baseline: &Value,
    scores: &Value,
    format: ScoreFormat,
    messages: &mut Messages,
) -> Result<(), Failure> {
    let moved = moved(baseline, scores);
    if matches!(format, ScoreFormat::Text) {
        return print(|out| {
            writeln!(out)?;
            write_moved(out, &moved)
        });
    }
    let mut text = Vec::new();
    write_moved(&mut text, &moved).map_err(Failure::output)?;
    for line in String::from_utf8_lossy(&text).lines() {
        messages.note(line);
    }
    Ok(())
}

fn write_file(
    path: &Path,
    write: impl FnOnce(BufWriter<File>) -> std::io::Result<()>,
) -> Result<(), Failure> {
    let context = || format!("{}: cannot be written", path.display());
    let file = File::create(path).with_context(context).map_err(Failure::Internal)?;
    write(BufWriter::new(file)).with_context(context).map_err(Failure::Internal)
}
