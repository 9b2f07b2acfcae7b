//! `wiezei explain`: articles in, why each quotation has its source out.

use wiezei::annotated::Annotated;
use wiezei::formats::write_explained;
use wiezei::pipeline::Pipeline;

use super::args::ExplainArgs;
use super::failure::Failure;
use super::messages::Messages;
use super::settings::Settings;
use super::streaming::{self, Work};

/// Reads everything that the arguments name and explains what it says.
pub(super) fn run(args: ExplainArgs, messages: &mut Messages) -> Result<(), Failure> {
    let settings = Settings::new(args.reading, false)?;
    let work = Work {
        stages: Pipeline::explain,
        write_text: |out, article, options| write_explained(out, article, options),
    };
    streaming::run(&settings, work, messages, |annotated| {
        if let Some(number) = args.quote {
            keep_one(annotated, number.get() - 1);
        }
    })
}

/// Leaves out all quotations but the one at `index`.
fn keep_one(annotated: &mut Annotated, index: usize) {
    let quotation = annotated.quotations.get(index).cloned();
    annotated.quotations = quotation.into_iter().collect();
    annotated.explanations.retain(|explanation| explanation.quotation == index);
    for explanation in &mut annotated.explanations {
        explanation.quotation = 0;
    }
    // What it refers to is no longer there.
    for quotation in &mut annotated.quotations {
        quotation.parent = None;
        quotation.continues = None;
    }
}
