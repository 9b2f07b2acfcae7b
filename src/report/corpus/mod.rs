//! One page on a corpus: who is quoted, how often, in how many words, when,
//! where, together with whom, with which verbs; and every quotation.
//!
//! `fields.rs` finds dates and outlets in the metadata, `columns.rs` lays the
//! quotations out for the page's script, which counts, sorts and draws them;
//! `corrected.rs` puts shares right for the measured mistakes of the system
//! (`measured.tsv`), and the script those of what is filtered. The charts are drawn by Observable Plot, which lies in the
//! page (`templates/vendor`, with its licence).

mod columns;
mod corrected;
mod fields;

use std::io::{self, Write};

use askama::Template;

use super::assets;
use crate::formats::QuotedDocument;
use columns::Columns;
use corrected::{Corrected, Measured};
use fields::Fields;

const STYLE: &str = include_str!("../../../templates/corpus.css");
const SHARES: &str = include_str!("../../../templates/shares.js");
const SCRIPT: &str = include_str!("../../../templates/corpus.js");
const CHARTS: [&str; 2] = [
    include_str!("../../../templates/vendor/d3-7.9.2.min.js"),
    include_str!("../../../templates/vendor/plot-0.6.17.umd.min.js"),
];

/// What is shown, and where the metadata have it.
#[derive(Debug, Clone, Default)]
pub struct CorpusOptions {
    /// What the page is called.
    pub title: String,
    /// The metadata field with the date; found by its name if it is not given.
    pub date_field: Option<String>,
    /// The metadata field with the outlet; found by its name if it is not given.
    pub outlet_field: Option<String>,
    /// Whether the gender of people is counted.
    pub gender: bool,
}

/// What was read, for whoever made the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CorpusReport {
    /// How many documents.
    pub documents: usize,
    /// How many quotations.
    pub quotations: usize,
    /// The metadata field that the dates are from.
    pub date_field: Option<String>,
    /// The metadata field that the outlets are from.
    pub outlet_field: Option<String>,
    /// What the reader of the page is warned of.
    pub warnings: Vec<String>,
}

#[derive(Template)]
#[template(path = "corpus.html")]
struct Page<'a> {
    title: &'a str,
    base: &'static str,
    style: &'static str,
    script: &'static str,
    charts: [&'static str; 2],
    shares: &'static str,
    /// JSON without a character that could end its element.
    data: String,
    corrected: Option<Corrected>,
    warnings: &'a [String],
    measured: String,
    documents: usize,
    quotations: usize,
    gender: bool,
    version: &'static str,
}

/// Writes the page.
///
/// # Errors
///
/// If `out` fails; then with the error of `out`.
pub fn write(
    mut out: impl Write,
    documents: &[QuotedDocument],
    options: &CorpusOptions,
) -> io::Result<CorpusReport> {
    let fields = Fields::of(documents, options);
    let measured = Measured::committed();
    let report = CorpusReport {
        documents: documents.len(),
        quotations: documents.iter().map(|document| document.quotations.len()).sum(),
        date_field: fields.date_field.clone(),
        outlet_field: fields.outlet_field.clone(),
        warnings: corrected::warnings(documents, &fields, &measured),
    };
    let columns = Columns::new(documents, &fields, options.gender);
    let page = Page {
        title: &options.title,
        base: assets::BASE_STYLE,
        style: STYLE,
        script: SCRIPT,
        charts: CHARTS,
        shares: SHARES,
        data: columns.json()?,
        corrected: Corrected::new(documents, columns.genders().as_deref(), &measured),
        warnings: &report.warnings,
        measured: measured.said(),
        documents: report.documents,
        quotations: report.quotations,
        gender: options.gender,
        version: env!("CARGO_PKG_VERSION"),
    };
    page.write_into(&mut out)?;
    out.flush()?;
    Ok(report)
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::formats::{QuotedDocuments, Texts};

    const LINES: &str = concat!(
        r#"{"id":"a","title":"Kop </script>","metadata":{"date":"2019-06-05T10:00:00Z","outlet":"nos"},"#,
        r#""quotes":[{"start":0,"end":9,"text":"„Nee, nu”","kind":"direct","cue":{"start":11,"end":14,"text":"zei"},"stance":"neutral","#,
        r#""speaker":{"entity":"s1","name":"Noor <b>","type":"person","mention":null}},"#,
        r#"{"start":20,"end":26,"text":"dat ja","kind":"indirect","cue":null,"speaker":null}],"#,
        r#""entities":[{"id":"s1","name":"Noor <b>","type":"person","gender":"female","mentions":[]}]}"#,
        "\n",
        r#"{"id":"b","metadata":{"date":"2031-01-02","outlet":"De Bode"},"quotes":[{"start":0,"end":3,"text":"„A”","kind":"mixed","cue":null,"#,
        r#""speaker":{"entity":"s1","name":"Noor <b>","type":"person","mention":null}}],"#,
        r#""entities":[{"id":"s1","name":"Noor <b>","type":"person","gender":"female","mentions":[]}]}"#,
        "\n",
    );

    fn documents() -> Vec<QuotedDocument> {
        let texts = Texts::default();
        QuotedDocuments::new(LINES.as_bytes(), "in", &texts).collect::<Result<_, _>>().unwrap()
    }

    fn page(gender: bool) -> (String, CorpusReport) {
        let options = CorpusOptions { title: "T & co".into(), gender, ..CorpusOptions::default() };
        let mut out = Vec::new();
        let report = write(&mut out, &documents(), &options).unwrap();
        (String::from_utf8(out).unwrap(), report)
    }

    fn data(page: &str) -> Value {
        let (_, rest) = page.split_once("id=\"data\">").unwrap();
        serde_json::from_str(rest.split_once("</script>").unwrap().0).unwrap()
    }

    #[test]
    fn the_page_holds_every_quotation_once() {
        let (page, report) = page(false);
        let data = data(&page);
        assert_eq!((report.documents, report.quotations), (2, 3));
        assert_eq!(data["q"]["words"], serde_json::json!(["„Nee, nu”", "dat ja", "„A”"]));
        assert_eq!(data["q"]["source"], serde_json::json!([0, -1, 0]));
        assert_eq!(data["q"]["length"], serde_json::json!([2, 2, 1]));
        assert_eq!(data["sources"]["name"], serde_json::json!(["Noor <b>"]));
        assert_eq!(data["documents"]["date"], serde_json::json!(["2019-06-05", "2031-01-02"]));
        assert_eq!(data["verbs"], serde_json::json!(["zeggen"]));
    }

    #[test]
    fn nothing_of_an_article_is_markup() {
        let (page, _) = page(false);
        assert!(!page.contains("Kop </script>") && !page.contains("Noor <b>"));
        assert!(page.contains("T &#38; co"));
    }

    #[test]
    fn the_page_asks_nothing_of_a_network() {
        let (page, _) = page(false);
        assert!(page.contains("default-src 'none'"));
        assert!(!page.contains("<link") && !page.contains("<img") && !page.contains("src=\"http"));
    }

    #[test]
    fn gender_is_there_on_request_alone() {
        assert!(!page(false).0.contains("\"gender\":["));
        let page = page(true).0;
        assert_eq!(data(&page)["sources"]["gender"], serde_json::json!(["female"]));
        assert!(page.contains("data-open=\"gender:0\">2</button>"), "of women, found");
    }

    #[test]
    fn who_goes_beyond_what_was_measured_is_warned() {
        let (page, report) = page(false);
        let said = report.warnings.join("\n");
        assert!(said.contains("De Bode") && !said.contains("nos,"), "{said}");
        assert!(said.contains("2031"), "{said}");
        assert!(page.contains("De Bode"));
    }
}
