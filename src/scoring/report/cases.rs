//! One row a gold quotation, so that a change of a single answer shows where
//! the file is compared with an earlier one. No column of numbers that could
//! move without a case moving.

use std::io::{self, Write};

use crate::annotated::Annotated;
use crate::attribution::Quotation;
use crate::scoring::document::Answer;
use crate::scoring::evaluation::Evaluation;
use crate::text::CodePoints;

/// Writes the cases as CSV, by document and place. Offsets are code points;
/// an empty speaker is none.
///
/// # Errors
///
/// If `out` fails; then with the error of `out`.
pub fn write_cases(out: impl Write, evaluation: &Evaluation<'_>) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record([
        "document",
        "quotation",
        "start",
        "end",
        "kind",
        "speaker",
        "predicted_kind",
        "predicted_speaker",
        "rule",
        "result",
        "reason",
    ])?;
    for document in &evaluation.documents {
        let gold = document.gold;
        let points = CodePoints::new(gold.document.text());
        for case in &document.cases {
            let quotation = &gold.quotations[case.gold];
            let system = document.system.zip(case.predicted);
            let predicted = system.map(|(system, (n, _))| (system, &system.quotations[n]));
            let (start, end) = points.points(quotation.span);
            let of = |part: fn(&Quotation) -> Option<String>| {
                predicted.and_then(|(_, quotation)| part(quotation)).unwrap_or_default()
            };
            csv.write_record([
                gold.document.id(),
                &quotation.id,
                &start.to_string(),
                &end.to_string(),
                quotation.kind.name(),
                speaker(gold, quotation),
                &of(|quotation| Some(quotation.kind.name().to_owned())),
                predicted.map_or("", |(system, predicted)| speaker(system, predicted)),
                &of(|quotation| quotation.rule.as_deref().map(str::to_owned)),
                if case.answer == Answer::Right { "right" } else { "wrong" },
                if case.answer == Answer::Right { "" } else { case.answer.name() },
            ])?;
        }
    }
    csv.flush()
}

fn speaker<'a>(annotated: &'a Annotated, quotation: &Quotation) -> &'a str {
    quotation.source.map_or("", |index| &annotated.source(index).name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scoring::evaluate;
    use crate::scoring::testing::{answer, gold};

    #[test]
    fn a_row_for_every_gold_quotation() {
        let (gold, system) = ([gold("d")], [answer("d")]);
        let evaluation = evaluate(&gold, &system, None, None).unwrap();
        let mut out = Vec::new();
        write_cases(&mut out, &evaluation).unwrap();
        let expected = "\
document,quotation,start,end,kind,speaker,predicted_kind,predicted_speaker,rule,result,reason
d,q1,0,22,direct,Noor Bakker,direct,Bakker,clause-after,right,
d,q2,69,86,mixed,Noor Bakker,direct,Joris De Meulder,last-speaker,wrong,wrong source
d,q3,106,132,indirect,de gemeente,,,,wrong,missed
d,q4,134,150,direct,Joris De Meulder,,,,wrong,missed
";
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }
}
