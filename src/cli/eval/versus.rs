//! `wiezei eval compare` and `wiezei eval agreement`: two against each other.

use std::slice;

use wiezei::scoring::report::{
    write_agreement, write_agreement_csv, write_agreement_json, write_comparison,
    write_comparison_csv, write_comparison_json,
};
use wiezei::scoring::{self, Bootstrap, Evaluation, evaluate};

use super::args::{AgreementArgs, CompareArgs, ScoreFormat};
use super::{incomparable, print, reading};
use crate::cli::failure::Failure;
use crate::cli::messages::Messages;

pub(super) fn compare(args: &CompareArgs, messages: &mut Messages) -> Result<(), Failure> {
    let Ok(texts) = reading::texts(&args.texts.texts, messages) else { return Ok(()) };
    let Ok(gold) = reading::gold(&args.gold, &texts, messages) else { return Ok(()) };
    let first = reading::answers(&args.first, &gold, messages);
    let second = reading::answers(&args.second, &gold, messages);
    let (Ok(first), Ok(second)) = (first, second) else { return Ok(()) };
    let one = evaluate(&gold, &first.documents, None, None).map_err(incomparable)?;
    let other = evaluate(&gold, &second.documents, None, None).map_err(incomparable)?;
    let names = [&args.first, &args.second].map(|path| path.display().to_string());
    for (evaluation, name) in [(&one, &names[0]), (&other, &names[1])] {
        note_missing(evaluation, name, messages);
    }
    let bootstrap = Bootstrap { resamples: args.output.resamples, seed: args.output.seed };
    let comparison = scoring::compare(&one, &other, &bootstrap);
    let names = (&*names[0], &*names[1]);
    print(|out| match args.output.format {
        ScoreFormat::Text => write_comparison(out, &comparison, names, gold.len(), &bootstrap),
        ScoreFormat::Json => write_comparison_json(out, &comparison, names, gold.len(), &bootstrap),
        ScoreFormat::Csv => write_comparison_csv(out, &comparison),
    })
}

fn note_missing(evaluation: &Evaluation<'_>, name: &str, messages: &mut Messages) {
    let missing = evaluation.notes.missing.len();
    if missing > 0 {
        messages.note(&format!(
            "{name} has no answer for {missing} of the {} gold documents; their quotations count \
             as missed",
            evaluation.documents.len(),
        ));
    }
}

pub(super) fn agreement(args: &AgreementArgs, messages: &mut Messages) -> Result<(), Failure> {
    let Ok(texts) = reading::texts(&args.texts.texts, messages) else { return Ok(()) };
    let first = reading::gold(slice::from_ref(&args.first), &texts, messages);
    let second = reading::gold(slice::from_ref(&args.second), &texts, messages);
    let (Ok(first), Ok(second)) = (first, second) else { return Ok(()) };
    let bootstrap = Bootstrap { resamples: args.output.resamples, seed: args.output.seed };
    let report = scoring::agreement(&first, &second, &bootstrap).map_err(incomparable)?;
    print(|out| match args.output.format {
        ScoreFormat::Text => write_agreement(out, &report),
        ScoreFormat::Json => write_agreement_json(out, &report),
        ScoreFormat::Csv => write_agreement_csv(out, &report),
    })
}
