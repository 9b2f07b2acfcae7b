//! What was decided of every span in marks, for people: speech or not, and all
//! that was seen for and against it.

use std::io::{self, Write};

use super::cast::Lines;
use super::readable::{DIM, NO_SOURCE, Page, ReadableOptions, SOURCE, TITLE, counted, warnings};
use super::wrapping::clipped;
use crate::annotated::Annotated;
use crate::attribution::{Kind, MarkDecision};

/// Writes one document: its title; then each span in marks, in the order of the
/// text, with what it is, why, and every observation with its weight; then the
/// marks that had to be repaired.
///
/// # Errors
///
/// If `out` fails; then with the error of `out`.
pub fn write(out: impl Write, annotated: &Annotated, options: ReadableOptions) -> io::Result<()> {
    let mut page = Page::new(out, options);
    let document = &annotated.document;
    if let Some(title) = document.title() {
        page.block("", TITLE, document.slice(title))?;
    }
    let all = &annotated.decisions;
    let speech = all.iter().filter(|decision| decision.kind.is_some()).count();
    let spans = counted(all.len(), "span");
    let found = format!("{} · {spans} in marks, {speech} of them speech", document.id());
    let found = clipped(&found, page.width);
    page.line("", DIM, &found)?;
    let lines = Lines::new(document.text());
    for decision in all {
        page.blank()?;
        page.block("", anstyle::Style::new(), document.slice(decision.span))?;
        let style = if decision.kind.is_some() { SOURCE } else { NO_SOURCE };
        let kind = decision.kind.map_or("no speech", Kind::name);
        let kind = page.styled(style, kind);
        let line = lines.of(decision.span.start());
        page.line(&format!("  {kind}"), DIM, &format!(" · line {line} · {}", decision.reason))?;
        page.block("  ", DIM, &seen(decision))?;
    }
    warnings(&mut page, annotated)
}

/// The rule, and the observations from the heaviest on.
fn seen(decision: &MarkDecision) -> String {
    let judgement = &decision.judgement;
    let mut evidence = judgement.evidence.clone();
    evidence.sort_by_key(|one| -one.weight().abs());
    let each = evidence.iter().map(|one| format!("{:+} {}", one.weight(), one.reason()));
    let all = each.collect::<Vec<_>>().join("; ");
    format!("rule {} · {:+} in all: {all}", decision.rule, judgement.score())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ner::Recorded;
    use crate::pipeline::Pipeline;
    use crate::text::Document;

    #[test]
    fn every_span_in_marks_has_its_reason() {
        let text = "Pont\n\nDe “buurtbus” rijdt niet. “Wij wachten”, zegt zij. “Nu nog.";
        let document = Document::new("pont", text).unwrap();
        let found = Pipeline::new(Box::new(Recorded::new())).marks(vec![document]).unwrap();
        let mut out = Vec::new();
        write(&mut out, &found[0], ReadableOptions { width: 60, color: false }).unwrap();
        let out = String::from_utf8(out).unwrap();
        assert!(out.starts_with("Pont\npont · 3 spans in marks, 2 of them speech\n\n"), "{out}");
        assert!(out.contains("\n“buurtbus”\n  no speech · line 3 · "), "{out}");
        let beside = "\n“Wij wachten”\n  direct · line 3 · a reporting verb or its like stands";
        assert!(out.contains(beside), "{out}");
        assert!(out.contains("\nWarnings\n  line 3: "), "{out}");
    }
}
