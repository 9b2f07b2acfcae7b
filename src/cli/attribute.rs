//! `wiezei attribute`: articles in, quotations out.

use wiezei::annotated::Annotated;
use wiezei::attribution::Kind;
use wiezei::formats::{RowOptions, write_readable};
use wiezei::pipeline::Pipeline;

use super::args::{AttributeArgs, QuotationFormat};
use super::failure::Failure;
use super::messages::Messages;
use super::settings::{Output, Settings, Wanted};
use super::streaming::{self, Work};

/// Reads, annotates and prints everything that the arguments name.
pub(super) fn run(args: AttributeArgs, messages: &mut Messages) -> Result<(), Failure> {
    let wanted = wanted(&args)?;
    let settings = Settings::writing(args.reading, wanted)?;
    let work = Work {
        stages: Pipeline::annotate,
        write_text: |out, article, options| write_readable(out, article, options),
    };
    streaming::run(&settings, work, messages, |annotated| keep_kinds(annotated, &args.kinds))
}

/// What the arguments want written.
fn wanted(args: &AttributeArgs) -> Result<Wanted, Failure> {
    let with_text = args.with_text;
    let output = match (args.reading.format, &args.output) {
        (QuotationFormat::Brat, Some(folder)) => Output::Brat(folder.clone()),
        (QuotationFormat::Brat, None) => {
            return Err(Failure::input(
                "--format brat writes a folder, and none is named",
                "name it with --output DIR",
            ));
        }
        (_, Some(_)) => {
            return Err(Failure::input(
                "--output names a folder, and only --format brat writes one",
                "send what is written to a file with > FILE",
            ));
        }
        (QuotationFormat::Auto, None) => return Ok(Wanted::Auto { with_text }),
        (QuotationFormat::Text, None) => return Ok(Wanted::Text),
        (QuotationFormat::Jsonl, None) => Output::Jsonl { with_text },
        (QuotationFormat::Csv, None) => {
            Output::Csv(RowOptions { byte_order_mark: args.bom, as_labels: false })
        }
    };
    Ok(Wanted::Definite(output))
}

/// Leaves out the quotations of other kinds. The others keep their identifiers;
/// what refers to one that is left out no longer refers to any.
pub(super) fn keep_kinds(annotated: &mut Annotated, kinds: &[Kind]) {
    let mut places = Vec::with_capacity(annotated.quotations.len());
    let mut kept = 0;
    for quotation in &annotated.quotations {
        let is_kept = kinds.contains(&quotation.kind);
        places.push(is_kept.then_some(kept));
        kept += usize::from(is_kept);
    }
    annotated.quotations.retain(|quotation| kinds.contains(&quotation.kind));
    for quotation in &mut annotated.quotations {
        quotation.parent = quotation.parent.and_then(|index| places[index]);
        quotation.continues = quotation.continues.and_then(|index| places[index]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wiezei::attribution::Quotation;
    use wiezei::text::{Document, Span};

    fn quotation(id: &str, kind: Kind, parent: Option<usize>) -> Quotation {
        Quotation {
            id: id.into(),
            span: Span::new(0, 1),
            kind,
            cue: None,
            source: None,
            mention: None,
            rule: None,
            confidence: None,
            parent,
            continues: None,
            unclosed: false,
            stance: None,
            modality: None,
            medium: None,
        }
    }

    #[test]
    fn references_follow_the_quotations_that_are_kept() {
        let mut annotated = Annotated::bare(Document::new("d", "x").unwrap());
        annotated.quotations = vec![
            quotation("q1", Kind::Indirect, None),
            quotation("q2", Kind::Direct, Some(0)),
            quotation("q3", Kind::Mixed, Some(1)),
        ];
        keep_kinds(&mut annotated, &[Kind::Direct, Kind::Mixed]);
        let kept: Vec<_> = annotated.quotations.iter().map(|q| (q.id.as_str(), q.parent)).collect();
        assert_eq!(kept, [("q2", None), ("q3", Some(0))]);
    }
}
