//! What the page for labelling asks: the list of articles, one with its labels
//! or what the system proposes, labels to keep, and those of other programs.

use std::sync::Arc;

use axum::Extension;
use axum::extract::{FromRequest as _, FromRequestParts, Path, Request, State};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};

use super::desk::{Desk, DeskError, UNDECIDED, undecided};
use crate::annotated::Annotated;
use crate::formats::{Place, ReadError, Texts, brat, gold, label_studio};
use crate::serve::Service;
use crate::serve::problem::Problem;
use crate::serve::request::{self, BodyType, Sent};
use crate::text::{CodePoints, Document};

type At = Extension<Arc<Desk>>;

/// What the folder of labels holds, or does not take, is no fault of whoever asks.
impl From<DeskError> for Problem {
    fn from(error: DeskError) -> Self {
        Self::storage(error.to_string())
    }
}

impl From<ReadError> for Problem {
    fn from(error: ReadError) -> Self {
        Self::bad_document(error.to_string())
    }
}

/// The number of an article, in the path; what is no number leads nowhere.
pub(super) struct Number(usize);

impl FromRequestParts<Service> for Number {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, service: &Service) -> Result<Self, Problem> {
        let found = Path::from_request_parts(parts, service).await;
        let Path(number) = found.map_err(|_| Problem::not_found())?;
        Ok(Self(number))
    }
}

fn at(desk: &Desk, number: usize) -> Result<&Document, Problem> {
    let found = number.checked_sub(1).and_then(|place| desk.documents().get(place));
    found.ok_or_else(Problem::not_found)
}

/// All that waits for the disk or the model runs beside the requests.
async fn beside<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    tokio::task::spawn_blocking(work).await.map_err(|_| Problem::internal())?
}

/// The articles, and how far each is.
pub(super) async fn documents(Extension(desk): At) -> Result<Response, Problem> {
    beside(move || {
        let entry = |(n, document): (usize, &Document)| {
            let (state, left) = match desk.labels(document) {
                Ok(None) => ("new", 0),
                Ok(Some(labels)) => match undecided(&labels) {
                    0 => ("done", 0),
                    left => ("begun", left),
                },
                Err(_) => ("unreadable", 0),
            };
            let title = document.title().map(|title| document.slice(title));
            json!({"number": n + 1, "id": document.id(), "title": title, "state": state,
                   "undecided": left})
        };
        let all: Vec<Value> = desk.documents().iter().enumerate().map(entry).collect();
        Ok(request::json(&json!({"documents": all})))
    })
    .await
}

/// An article with its labels; without any, with what the system proposes.
pub(super) async fn document(
    State(service): State<Service>,
    Extension(desk): At,
    Number(number): Number,
) -> Result<Response, Problem> {
    beside(move || {
        let document = at(&desk, number)?;
        let (annotated, is_kept) = match desk.labels(document)? {
            Some(labels) => (labels, true),
            None => (proposed(&service, document)?, false),
        };
        let mut record = as_gold(&annotated)?;
        record.insert("kept".into(), is_kept.into());
        Ok(request::json(&Value::Object(record)))
    })
    .await
}

fn as_gold(annotated: &Annotated) -> Result<Map<String, Value>, Problem> {
    let mut json = Vec::new();
    gold::write(&mut json, annotated).map_err(|_| Problem::internal())?;
    serde_json::from_slice(&json).map_err(|_| Problem::internal())
}

/// What the system finds, all of it undecided.
fn proposed(service: &Service, document: &Document) -> Result<Annotated, Problem> {
    let found = service.pipeline().annotate(vec![document.clone()]);
    let mut found = found.map_err(|error| {
        tracing::error!(%error, "the model failed");
        Problem::model()
    })?;
    let mut annotated = found.pop().ok_or_else(Problem::internal)?;
    let points = CodePoints::new(document.text());
    let spans = annotated.quotations.iter().map(|quotation| json!(points.points(quotation.span)));
    let spans: Vec<Value> = spans.collect();
    if !spans.is_empty() {
        let mut metadata = document.metadata().clone();
        metadata.insert(UNDECIDED.into(), spans.into());
        annotated.document = annotated.document.with_metadata(metadata);
    }
    Ok(annotated)
}

/// Keeps the labels that the page sends.
pub(super) async fn keep(
    Extension(desk): At,
    State(service): State<Service>,
    Number(number): Number,
    request: Request,
) -> Result<Response, Problem> {
    BodyType::Json.needed(request.headers())?;
    let Sent(body) = Sent::from_request(request, &service).await?;
    beside(move || {
        let document = at(&desk, number)?;
        let sent: Map<String, Value> = serde_json::from_str(request::utf8(&body)?)
            .map_err(|error| Problem::bad_json(error.to_string()))?;
        desk.keep(&labelled(document, sent)?)?;
        Ok(StatusCode::NO_CONTENT.into_response())
    })
    .await
}

/// The labels over the article as it is: its text and metadata are never taken
/// from the page, nor read together with the labels, which may have fields of
/// the same names.
fn labelled(document: &Document, mut sent: Map<String, Value>) -> Result<Annotated, Problem> {
    let mut list = |field: &str| match sent.remove(field) {
        Some(list @ Value::Array(_)) => Ok(list),
        None if field == UNDECIDED => Ok(json!([])),
        _ => Err(Problem::bad_document(format!("`{field}` has to be a list"))),
    };
    let record = json!({
        "id": document.id(),
        "text": document.text(),
        "entities": list("entities")?,
        "quotes": list("quotes")?,
        "not_quotes": list("not_quotes")?,
    });
    let mut metadata = document.metadata().clone();
    match list(UNDECIDED)? {
        Value::Array(none) if none.is_empty() => metadata.remove(UNDECIDED),
        some => metadata.insert(UNDECIDED.into(), some),
    };
    let place = Place::named("the labels");
    let mut annotated = gold::parse(&record.to_string(), place, &Texts::default())?;
    annotated.document = document.clone().with_metadata(metadata);
    Ok(annotated)
}

/// Forgets the labels, so that the system proposes anew.
pub(super) async fn forget(
    Extension(desk): At,
    Number(number): Number,
) -> Result<Response, Problem> {
    beside(move || {
        desk.forget(at(&desk, number)?)?;
        Ok(StatusCode::NO_CONTENT.into_response())
    })
    .await
}

/// The labels of an article as brat's `.ann` file.
pub(super) async fn brat(Extension(desk): At, Number(number): Number) -> Result<Response, Problem> {
    beside(move || {
        let labels = desk.labels(at(&desk, number)?)?;
        let labels = labels.ok_or_else(Problem::not_found)?;
        let mut annotations = Vec::new();
        brat::write(&mut annotations, &labels).map_err(|_| Problem::internal())?;
        Ok(([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], annotations).into_response())
    })
    .await
}

/// Takes the labels of an article from brat's `.ann` file.
pub(super) async fn take_brat(
    Extension(desk): At,
    Number(number): Number,
    Sent(body): Sent,
) -> Result<Response, Problem> {
    beside(move || {
        let document = at(&desk, number)?;
        let annotations = request::utf8(&body)?;
        desk.keep(&brat::read_annotations(annotations, "the .ann file", document.clone())?)?;
        Ok(StatusCode::NO_CONTENT.into_response())
    })
    .await
}

/// All labels as tasks of Label Studio.
pub(super) async fn label_studio(Extension(desk): At) -> Result<Response, Problem> {
    beside(move || {
        let labels = desk.documents().iter().filter_map(|one| desk.labels(one).transpose());
        let labels: Vec<Annotated> = labels.collect::<Result<_, _>>()?;
        let mut tasks = Vec::new();
        label_studio::write(&mut tasks, &labels).map_err(|_| Problem::internal())?;
        Ok(([(header::CONTENT_TYPE, "application/json")], tasks).into_response())
    })
    .await
}

/// Takes labels from tasks of Label Studio; with how many.
pub(super) async fn take_label_studio(
    Extension(desk): At,
    Sent(body): Sent,
) -> Result<Response, Problem> {
    beside(move || {
        let tasks = label_studio::read(request::utf8(&body)?, "the tasks")?;
        // All or none.
        for labels in &tasks {
            if !desk.documents().iter().any(|document| label_studio::fits(labels, document)) {
                let id = labels.document.id();
                return Err(Problem::bad_document(format!(
                    "the task {id:?} is of no article here, or of another text"
                )));
            }
        }
        for labels in &tasks {
            desk.keep(labels)?;
        }
        Ok(request::json(&json!({"taken": tasks.len()})))
    })
    .await
}

/// The labelling interface for Label Studio.
pub(super) async fn configuration() -> Response {
    let kind = [(header::CONTENT_TYPE, "application/xml")];
    (kind, label_studio::CONFIGURATION).into_response()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use crate::formats::{Texts, gold};
    use crate::serve::label::Desk;
    use crate::serve::testing::{ARTICLE, Asked, Desk as Service};
    use crate::text::Document;
    use serde_json::{Value, json};

    fn service(folder: &Path) -> Service {
        let other = Document::new("leeg", "Niets.").unwrap();
        let documents = vec![Document::new("brug", ARTICLE).unwrap(), other];
        Service::labelling(Desk::new(documents, folder).unwrap())
    }

    fn put(path: &str, body: &Value) -> Asked {
        Asked::put(path, body.to_string()).header("content-type", "application/json")
    }

    #[tokio::test]
    async fn what_is_proposed_is_undecided_until_it_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        let service = service(folder.path());
        let list = service.get("/label/documents").await.json();
        assert_eq!(list["documents"][0]["state"], "new");
        assert_eq!(list["documents"][0]["title"], "Brug blijft dicht");
        let mut document = service.get("/label/documents/1").await.json();
        assert_eq!(document["kept"], false);
        let quotes = document["quotes"].as_array().unwrap().len();
        assert!(quotes > 0);
        assert_eq!(document["undecided"].as_array().unwrap().len(), quotes);
        document["quotes"] = json!([document["quotes"][0]]);
        document["undecided"] = json!([document["quotes"][0]["span"]]);
        assert_eq!(service.ask(put("/label/documents/1", &document)).await.status, 204);
        let list = service.get("/label/documents").await.json();
        assert_eq!(list["documents"][0]["state"], "begun");
        document["undecided"] = json!([]);
        assert_eq!(service.ask(put("/label/documents/1", &document)).await.status, 204);
        let list = service.get("/label/documents").await.json();
        assert_eq!(list["documents"][0]["state"], "done");
        let kept = service.get("/label/documents/1").await.json();
        assert_eq!((&kept["kept"], &kept["quotes"]), (&json!(true), &document["quotes"]));
        let read = gold::read(folder.path(), &Texts::default()).unwrap();
        assert_eq!(read.len(), 1, "as `wiezei eval` reads them");
        assert_eq!((read[0].quotations.len(), read[0].document.text()), (1, ARTICLE));
        assert!(!read[0].document.metadata().contains_key("undecided"));
        assert_eq!(service.ask(Asked::delete("/label/documents/1")).await.status, 204);
        assert_eq!(service.get("/label/documents/1").await.json()["kept"], false);
    }

    #[tokio::test]
    async fn what_does_not_fit_is_not_kept() {
        let folder = tempfile::tempdir().unwrap();
        let service = service(folder.path());
        let quote = |span: Value| json!({"span": span, "kind": "direct", "speaker": null});
        let labels = |span| json!({"entities": [], "quotes": [quote(span)], "not_quotes": []});
        for (path, body, status) in [
            ("/label/documents/1", labels(json!([0, 9999])), 422),
            ("/label/documents/1", json!({"entities": []}), 422),
            ("/label/documents/1", json!([]), 400),
            ("/label/documents/9", labels(json!([0, 3])), 404),
            ("/label/documents/0", labels(json!([0, 3])), 404),
        ] {
            assert_eq!(service.ask(put(path, &body)).await.status, status, "{path} {body}");
        }
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[tokio::test]
    async fn labels_go_out_to_brat_and_label_studio_and_come_back() {
        let folder = tempfile::tempdir().unwrap();
        let service = service(folder.path());
        let mut document = service.get("/label/documents/1").await.json();
        document["undecided"] = json!([]);
        service.ask(put("/label/documents/1", &document)).await;
        let brat = service.get("/label/documents/1/brat").await.text();
        assert!(brat.contains("\tDirect ") && brat.contains("\tSpeaker Arg1:"), "{brat}");
        let tasks = service.get("/label/label-studio").await.text();
        for (path, body) in [("/label/documents/1/brat", brat), ("/label/label-studio", tasks)] {
            service.ask(Asked::delete("/label/documents/1")).await;
            let answer = service.ask(Asked::put(path, body)).await;
            assert!(answer.status < 300, "{path}: {}", answer.text());
            let back = service.get("/label/documents/1").await.json();
            assert_eq!(back["kept"], true, "{path}");
            assert_eq!(
                back["quotes"].as_array().unwrap().len(),
                document["quotes"].as_array().unwrap().len(),
                "{path}"
            );
        }
        let alien = json!([{"data": {"id": "x", "text": "Iets."}, "annotations": []}]);
        assert_eq!(service.ask(put("/label/label-studio", &alien)).await.status, 422);
    }

    #[tokio::test]
    async fn metadata_may_be_called_as_fields_of_labels_are() {
        let folder = tempfile::tempdir().unwrap();
        let metadata = json!({"length": "560 woorden", "sha256": 7, "entities": "geen",
                              "quotes": 2, "title": false, "krant": "De Bode"});
        let document = Document::new("brug", ARTICLE).unwrap();
        let document = document.with_metadata(metadata.as_object().unwrap().clone());
        let service = Service::labelling(Desk::new(vec![document], folder.path()).unwrap());
        let proposed = service.get("/label/documents/1").await.json();
        assert_eq!((&proposed["krant"], &proposed["kept"]), (&json!("De Bode"), &json!(false)));
        let answer = service.ask(put("/label/documents/1", &proposed)).await;
        assert_eq!(answer.status, 204, "{}", answer.text());
        let kept = service.get("/label/documents/1").await.json();
        assert_eq!((&kept["kept"], &kept["quotes"]), (&json!(true), &proposed["quotes"]));
        let tasks = service.get("/label/label-studio").await.text();
        let answer = service.ask(Asked::put("/label/label-studio", tasks)).await;
        assert_eq!(answer.json(), json!({"taken": 1}));
    }

    #[tokio::test]
    async fn what_is_wrong_is_a_problem_whatever_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let service = service(folder.path());
        let labels = json!({"entities": [], "quotes": [], "not_quotes": []});
        let as_image = Asked::put("/label/documents/1", labels.to_string());
        std::fs::write(folder.path().join("leeg.json"), "{").unwrap();
        for (asked, status, kind) in [
            (Asked::get("/label/documents/een"), 404, "not-found"),
            (Asked::get("/label/documents/-1"), 404, "not-found"),
            (Asked::get("/label/documents/%ff"), 404, "not-found"),
            (Asked::delete("/label/documents/1.5"), 404, "not-found"),
            (Asked::get("/label/documents/x/brat"), 404, "not-found"),
            (put("/label/documents/een", &labels), 404, "not-found"),
            (Asked::delete("/label/documents"), 405, "method-not-allowed"),
            (as_image.header("content-type", "image/png"), 415, "media-type"),
            (Asked::put("/label/documents/1/brat", b"Caf\xe9"), 400, "not-utf8"),
            (Asked::put("/label/label-studio", "{"), 422, "bad-document"),
            (Asked::get("/label/documents/2"), 500, "storage"),
            (Asked::get("/label/label-studio"), 500, "storage"),
        ] {
            let said = format!("{asked:?}");
            let answer = service.ask(asked).await;
            assert_eq!(answer.status, status, "{said}: {}", answer.text());
            assert_eq!(answer.header("content-type"), "application/problem+json", "{said}");
            let problem = answer.json();
            assert_eq!(problem["type"], format!("urn:wiezei:problem:{kind}"), "{said}");
            assert_eq!((status == 405), !answer.header("allow").is_empty(), "{said}");
        }
    }

    #[tokio::test]
    async fn labels_that_cannot_be_kept_are_no_fault_of_who_sends_them() {
        let folder = tempfile::tempdir().unwrap();
        let service = service(folder.path());
        folder.close().unwrap();
        let labels = json!({"entities": [], "quotes": [], "not_quotes": []});
        let answer = service.ask(put("/label/documents/1", &labels)).await;
        assert_eq!(answer.status, 500);
        assert_eq!(answer.json()["type"], "urn:wiezei:problem:storage");
    }

    #[tokio::test]
    async fn without_a_folder_there_is_nothing_to_label() {
        let service = Service::new();
        assert_eq!(service.get("/label").await.status, 404);
        assert_eq!(service.get("/label/documents").await.status, 404);
    }
}
