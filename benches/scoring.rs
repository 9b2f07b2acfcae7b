//! How long scores with intervals take: 10,000 documents of eight quotations
//! each, 2,000 resamples.

use divan::Bencher;
use wiezei::annotated::Annotated;
use wiezei::attribution::{Kind, Quotation};
use wiezei::scoring::report::Report;
use wiezei::scoring::{Bootstrap, compare, evaluate};
use wiezei::sources::{Gender, Mention, MentionKind, Source, SourceIndex, SourceKind};
use wiezei::text::{Document, Span};

fn main() {
    divan::main();
}

const DOCUMENTS: usize = 10_000;
const QUOTATIONS: usize = 8;

/// Names of the sources of a document, one after the other.
const NAMES: [&str; 4] =
    ["Noor van der Aa", "Joris De Meulder", "een woordvoerder van de gemeente", "Lotte Bakker"];

/// Documents of eight paragraphs, each with a quotation and its clause. Of the
/// quotations, one in `skipped` is left out and one in `wrong` has the next
/// source; 0 is none.
fn documents(skipped: usize, wrong: usize) -> Vec<Annotated> {
    (0..DOCUMENTS).map(|n| document(n, skipped, wrong)).collect()
}

fn document(n: usize, skipped: usize, wrong: usize) -> Annotated {
    let mut text = String::from("De brug over de vaart\n\n");
    let mut quotations = Vec::new();
    let is_nth = |n: usize, nth: usize| nth > 0 && n.is_multiple_of(nth);
    for q in 0..QUOTATIONS {
        let who = (n + q) % NAMES.len();
        let name = NAMES[who];
        text.push_str(
            "Aan de vaart wordt al maanden gewerkt, en nog steeds is het einde niet in zicht. ",
        );
        let start = text.len();
        let kind = Kind::ALL[q % 3];
        let (open, close) = if kind.is_marked() { ("„", "”") } else { ("", "") };
        text.extend([open, "De brug blijft tot in het najaar dicht, zó is het nu eenmaal", close]);
        let span = Span::of(start..text.len());
        text.push_str(", zei ");
        let cue = Span::of(text.len() - 4..text.len() - 1);
        let at = text.len();
        text.push_str(name);
        let mention = Span::of(at..text.len());
        text.push_str(
            " op een avond voor bewoners van de kade. Daar waren er veel van gekomen.\n\n",
        );
        if is_nth(n * QUOTATIONS + q, skipped) {
            continue;
        }
        let who = if is_nth(n + q, wrong) { (who + 1) % NAMES.len() } else { who };
        quotations.push(Quotation {
            id: format!("q{q}"),
            span,
            kind,
            cue: Some(cue),
            source: Some(SourceIndex(who)),
            mention: Some(Mention { span: mention, kind: MentionKind::Name }),
            rule: Some("clause-after".into()),
            confidence: Some(0.5 + (q as f32) / 20.0),
            parent: None,
            continues: None,
            unclosed: false,
            stance: None,
            modality: None,
            medium: None,
        });
    }
    let source = |(n, name): (usize, &&str)| {
        let mentions = quotations
            .iter()
            .filter(|quotation: &&Quotation| quotation.source == Some(SourceIndex(n)))
            .filter_map(|quotation| quotation.mention);
        Source {
            id: format!("s{n}"),
            name: (*name).to_owned(),
            kind: if n == 2 { SourceKind::Unnamed } else { SourceKind::Person },
            affiliation: None,
            gender: Gender::Unknown,
            gender_from: None,
            mentions: mentions.collect(),
        }
    };
    let sources = NAMES.iter().enumerate().map(source).collect();
    let document = Document::new(format!("d{n}"), text).expect("a short text");
    Annotated { sources, quotations, ..Annotated::bare(document) }
}

#[divan::bench(sample_count = 3)]
fn scores_with_intervals(bencher: Bencher) {
    let (gold, system) = (documents(0, 0), documents(7, 5));
    bencher.bench_local(|| {
        let evaluation = evaluate(&gold, &system, None, None).expect("one set of documents");
        let bootstrap = Some(Bootstrap::default());
        let report = Report::new("system", &evaluation, &evaluation, bootstrap, &[]);
        assert!(report.intervals.is_some());
        report.calibration.cases
    });
}

#[divan::bench(sample_count = 3)]
fn scores_alone(bencher: Bencher) {
    let (gold, system) = (documents(0, 0), documents(7, 5));
    bencher.bench_local(|| evaluate(&gold, &system, None, None).expect("one set").total);
}

#[divan::bench(sample_count = 1)]
fn comparison(bencher: Bencher) {
    let (gold, one, other) = (documents(0, 0), documents(7, 5), documents(9, 4));
    bencher.bench_local(|| {
        let one = evaluate(&gold, &one, None, None).expect("one set");
        let other = evaluate(&gold, &other, None, None).expect("one set");
        compare(&one, &other, &Bootstrap::default())
    });
}
