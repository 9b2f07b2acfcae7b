//! Labels as Label Studio has them: a list of tasks, each with its text and the
//! results of one annotation.
//!
//! * A quotation is a region with the label `Direct`, `Mixed` or `Indirect`;
//!   words in marks that are none, `NotQuotation`; a cue, `Cue`; words that name
//!   a source, `Mention`.
//! * A relation leads from the quotation to its cue and to the mention of its
//!   source.
//! * Of a quotation, the text `source` is the source's name, and the choice
//!   `type` its type. Sources of one name and type are one.
//!
//! [`CONFIGURATION`] is the labelling interface that goes with it. `start` and
//! `end` are code points, half-open.

use std::collections::HashMap;
use std::io::{self, Write};

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::error::{Place, ReadError, Reason};
use super::gold;
use super::texts::Texts;
use crate::annotated::Annotated;
use crate::attribution::Kind;
use crate::text::{CodePoints, Document, Span};

/// The labelling interface of a project that takes these tasks.
pub const CONFIGURATION: &str = r##"<View>
  <Relations><Relation value="cue"/><Relation value="mention"/></Relations>
  <Labels name="label" toName="text">
    <Label value="Direct" background="#2a6fdb"/>
    <Label value="Mixed" background="#e08a1e"/>
    <Label value="Indirect" background="#3f9a57"/>
    <Label value="NotQuotation" background="#8a929c"/>
    <Label value="Cue" background="#7d5bd0"/>
    <Label value="Mention" background="#c2407f"/>
  </Labels>
  <Text name="text" value="$text"/>
  <TextArea name="source" toName="text" perRegion="true" maxSubmissions="1"/>
  <Choices name="type" toName="text" perRegion="true" choice="single">
    <Choice value="person"/><Choice value="organisation"/><Choice value="group"/>
    <Choice value="unnamed"/><Choice value="document"/>
  </Choices>
</View>
"##;

const NOT_QUOTATION: &str = "NotQuotation";
const CUE: &str = "Cue";
const MENTION: &str = "Mention";

/// The label of a quotation.
const fn label_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Direct => "Direct",
        Kind::Mixed => "Mixed",
        Kind::Indirect => "Indirect",
    }
}

/// Writes documents as one list of tasks.
///
/// # Errors
///
/// If `out` fails; then with the error of `out`.
pub fn write(mut out: impl Write, documents: &[Annotated]) -> io::Result<()> {
    let tasks: Vec<Value> = documents.iter().map(task).collect();
    serde_json::to_writer(&mut out, &tasks)?;
    out.write_all(b"\n")
}

fn task(annotated: &Annotated) -> Value {
    let document = &annotated.document;
    let mut data = document.metadata().clone();
    data.insert("id".into(), document.id().into());
    data.insert("text".into(), document.text().into());
    let mut results = Results {
        annotated,
        points: CodePoints::new(document.text()),
        all: Vec::new(),
        words: HashMap::new(),
    };
    for (n, quotation) in annotated.quotations.iter().enumerate() {
        let id = format!("q{}", n + 1);
        results.region(&id, label_of(quotation.kind), quotation.span);
        if let Some(source) = quotation.source.map(|index| annotated.source(index)) {
            results.value(&id, "source", "textarea", "text", quotation.span, &source.name);
            results.value(&id, "type", "choices", "choices", quotation.span, source.kind.name());
        }
        results.related(&id, "cue", CUE, quotation.cue);
        results.related(&id, "mention", MENTION, quotation.mention.map(|mention| mention.span));
    }
    for (n, not) in annotated.not_quotations.iter().enumerate() {
        results.region(&format!("n{}", n + 1), NOT_QUOTATION, not.span);
    }
    json!({"data": data, "annotations": [{"result": results.all}]})
}

struct Results<'a> {
    annotated: &'a Annotated,
    points: CodePoints,
    all: Vec<Value>,
    /// Cues and mentions that are there; several quotations may share one.
    words: HashMap<(&'static str, Span), String>,
}

impl Results<'_> {
    fn region(&mut self, id: &str, label: &str, span: Span) {
        self.value(id, "label", "labels", "labels", span, label);
    }

    fn value(&mut self, id: &str, from: &str, kind: &str, field: &str, span: Span, value: &str) {
        let (start, end) = self.points.points(span);
        let mut inner = serde_json::Map::new();
        inner.insert("start".into(), start.into());
        inner.insert("end".into(), end.into());
        if field == "labels" {
            inner.insert("text".into(), self.annotated.document.slice(span).into());
        }
        inner.insert(field.into(), json!([value]));
        self.all.push(json!({"id": id, "from_name": from, "to_name": "text", "type": kind,
                             "value": inner}));
    }

    fn related(&mut self, from: &str, relation: &str, label: &'static str, span: Option<Span>) {
        let Some(span) = span else { return };
        let next = format!("w{}", self.words.len() + 1);
        let id = if let Some(id) = self.words.get(&(label, span)) {
            id.clone()
        } else {
            self.region(&next, label, span);
            self.words.insert((label, span), next.clone());
            next
        };
        self.all.push(json!({"type": "relation", "from_id": from, "to_id": id,
                             "direction": "right", "labels": [relation]}));
    }
}

#[derive(Deserialize)]
struct Task {
    data: serde_json::Map<String, Value>,
    #[serde(default)]
    annotations: Vec<Annotation>,
}

#[derive(Deserialize)]
struct Annotation {
    result: Vec<ResultOf>,
}

/// A region, a value of one, or a relation.
#[derive(Deserialize)]
struct ResultOf {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    id: String,
    #[serde(default)]
    value: Inner,
    #[serde(default)]
    from_id: String,
    #[serde(default)]
    to_id: String,
}

#[derive(Deserialize, Default)]
struct Inner {
    #[serde(default)]
    start: u32,
    #[serde(default)]
    end: u32,
    #[serde(default)]
    labels: Vec<String>,
    #[serde(default)]
    choices: Vec<String>,
    /// Of a region its words, of a text what was typed.
    text: Option<Value>,
}

#[derive(Serialize)]
struct Entity<'a> {
    id: String,
    name: &'a str,
    #[serde(rename = "type")]
    kind: &'a str,
}

/// Reads the tasks of an export; of several annotations of a task the last one
/// counts. `name` is what messages call the file.
///
/// # Errors
///
/// Bad JSON; a task without `id` or `text` in its data; a region that does not
/// fit its text.
pub fn read(tasks: &str, name: &str) -> Result<Vec<Annotated>, ReadError> {
    let place = Place::named(name);
    let tasks: Vec<Task> = match serde_json::from_str(tasks) {
        Ok(tasks) => tasks,
        Err(error) => return Err(place.at_line(error.line() as u64).error(Reason::json(&error))),
    };
    tasks.iter().map(|task| annotated(task, &place)).collect()
}

fn annotated(task: &Task, place: &Place) -> Result<Annotated, ReadError> {
    let word = |field: &'static str| match task.data.get(field) {
        Some(Value::String(word)) => Ok(word.clone()),
        Some(Value::Number(number)) if field == "id" => Ok(number.to_string()),
        _ => Err(place.clone().error(Reason::NoField { field })),
    };
    let id = word("id")?;
    let place = place.clone().in_document(&*id);
    let results = task.annotations.last().map_or(&[][..], |annotation| &annotation.result);
    let mut record = labels(results);
    record.insert("id".into(), id.into());
    record.insert("text".into(), word("text")?.into());
    let mut annotated = gold::parse(&Value::Object(record).to_string(), place, &Texts::default())?;
    // Apart from the labels, which have fields that other data may be called as.
    let mut metadata = task.data.clone();
    metadata.retain(|key, _| key != "id" && key != "text");
    annotated.document = annotated.document.with_metadata(metadata);
    Ok(annotated)
}

/// The results as a gold document has them.
fn labels(results: &[ResultOf]) -> serde_json::Map<String, Value> {
    let label = |result: &ResultOf| result.value.labels.first().cloned().unwrap_or_default();
    let regions: HashMap<&str, &ResultOf> = results
        .iter()
        .filter(|result| result.kind == "labels")
        .map(|result| (&*result.id, result))
        .collect();
    let range = |result: &ResultOf| json!([result.value.start, result.value.end]);
    let value_of = |id: &str, kind: &str| {
        let of = |result: &&ResultOf| result.id == id && result.kind == kind;
        let value = &results.iter().find(of)?.value;
        match &value.text {
            Some(Value::Array(words)) => words.first()?.as_str(),
            Some(Value::String(words)) => Some(words.as_str()),
            _ => value.choices.first().map(String::as_str),
        }
    };
    let related = |id: &str, wanted: &str| {
        let leads = |result: &&ResultOf| result.kind == "relation" && result.from_id == id;
        let to = results.iter().filter(leads).filter_map(|result| regions.get(&*result.to_id));
        to.into_iter().find(|region| label(region) == wanted).map(|region| range(region))
    };
    let mut entities: Vec<Entity<'_>> = Vec::new();
    let (mut quotes, mut not_quotes) = (Vec::new(), Vec::new());
    for result in results.iter().filter(|result| result.kind == "labels") {
        let kind = Kind::ALL.into_iter().find(|&kind| label(result) == label_of(kind));
        let Some(kind) = kind else {
            if label(result) == NOT_QUOTATION {
                not_quotes.push(json!({"span": range(result)}));
            }
            continue;
        };
        let speaker = value_of(&result.id, "textarea").map(|name| {
            let of = value_of(&result.id, "choices").unwrap_or("person");
            let known = entities.iter().find(|entity| entity.name == name && entity.kind == of);
            if let Some(entity) = known {
                return entity.id.clone();
            }
            let id = format!("e{}", entities.len() + 1);
            entities.push(Entity { id: id.clone(), name, kind: of });
            id
        });
        quotes.push(json!({
            "span": range(result), "kind": kind.name(), "speaker": speaker,
            "mention": related(&result.id, MENTION), "cue": related(&result.id, CUE),
        }));
    }
    let mut record = serde_json::Map::new();
    record.insert("entities".into(), json!(entities));
    record.insert("quotes".into(), quotes.into());
    record.insert("not_quotes".into(), not_quotes.into());
    record
}

/// Whether the labels of a task are of this text.
#[must_use]
pub fn fits(annotated: &Annotated, document: &Document) -> bool {
    annotated.document.id() == document.id() && annotated.document.text() == document.text()
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOLD: &str = r#"{"id": "d", "krant": "De Bode",
      "text": "Kop\n\n😀 „Nee”, zei Noor. Zij vindt van niet. „Zeehond” heet zij.",
      "entities": [{"id": "e1", "name": "Noor", "type": "person"}],
      "quotes": [
        {"span": [7, 12], "kind": "direct", "speaker": "e1", "mention": [18, 22], "cue": [14, 17]},
        {"span": [34, 42], "kind": "indirect", "speaker": null, "mention": null, "cue": [28, 33]}],
      "not_quotes": [{"span": [44, 53]}]}"#;

    fn labelled() -> Annotated {
        gold::parse(GOLD, Place::named("gold"), &Texts::default()).unwrap()
    }

    #[test]
    fn what_is_written_is_read_back() {
        let mut tasks = Vec::new();
        write(&mut tasks, &[labelled()]).unwrap();
        let tasks = String::from_utf8(tasks).unwrap();
        assert!(tasks.contains(r#""labels":["Direct"]"#), "{tasks}");
        let found = read(&tasks, "in").unwrap();
        assert_eq!(found, [labelled()]);
        assert!(fits(&found[0], &labelled().document));
    }

    #[test]
    fn a_region_beyond_the_text_is_told() {
        let mut tasks = Vec::new();
        write(&mut tasks, &[labelled()]).unwrap();
        let tasks = String::from_utf8(tasks).unwrap().replace(r#""end":42"#, r#""end":420"#);
        let said = read(&tasks, "in").unwrap_err().to_string();
        assert!(said.contains("document d, quote 2: 34..420 reaches beyond"), "{said}");
        assert!(read("{", "in").unwrap_err().to_string().starts_with("in, line 1: bad JSON"));
    }

    #[test]
    fn the_configuration_has_every_label() {
        for kind in Kind::ALL {
            assert!(CONFIGURATION.contains(label_of(kind)));
        }
        for label in [NOT_QUOTATION, CUE, MENTION] {
            assert!(CONFIGURATION.contains(&format!("value=\"{label}\"")));
        }
    }
}
