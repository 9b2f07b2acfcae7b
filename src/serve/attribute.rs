//! `POST /v1/attribute`: documents in, their quotations out.

use std::io;

use axum::body::Bytes;
use axum::extract::{FromRequest as _, Request, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use tokio::time::timeout;

use super::Service;
use super::problem::Problem;
use super::request::{self, AnswerType, BodyType, Sent, Wanted};
use crate::annotated::Annotated;
use crate::error::ModelError;
use crate::formats::{JsonlOptions, ProducedBy, QuotationRows, RowOptions, write_jsonl};
use crate::report::write_article;

/// How many documents an answer is about, for the log.
#[derive(Debug, Clone, Copy)]
pub(super) struct DocumentCount(pub(super) usize);

pub(super) async fn attribute(
    State(service): State<Service>,
    request: Request,
) -> Result<Response, Problem> {
    // What can be refused by its head is not waited for.
    let wanted = Wanted::of(request.uri(), request.headers())?;
    let kind = BodyType::of(request.headers())?;
    let Sent(body) = Sent::from_request(request, &service).await?;
    let limits = &service.0.limits;
    // Only now: who is slow to send takes no place from anyone.
    let slot = service.0.slots.clone().try_acquire_owned();
    let slot = slot.map_err(|_| Problem::too_busy(limits.at_once))?;
    let answer = wanted.answer;
    let work = {
        let service = service.clone();
        move || {
            // Work that has outlived its time limit still fills its place.
            let _slot = slot;
            worked(&service, &body, kind, &wanted)
        }
    };
    let done = timeout(limits.working, tokio::task::spawn_blocking(work)).await;
    let done = done.map_err(|_| Problem::out_of_time(limits.working.as_secs_f64()))?;
    let (documents, body) = done.map_err(|_| Problem::internal())??;
    let mut response = ([(header::CONTENT_TYPE, answer.media_type())], body).into_response();
    response.extensions_mut().insert(DocumentCount(documents));
    Ok(response)
}

/// The number of documents and the answer.
fn worked(
    service: &Service,
    body: &Bytes,
    kind: BodyType,
    wanted: &Wanted,
) -> Result<(usize, Vec<u8>), Problem> {
    let asked = request::documents(body, kind, service.0.limits.documents)?;
    let pipeline = service.pipeline();
    let found = if wanted.explain {
        pipeline.explain(asked.documents)
    } else {
        pipeline.annotate(asked.documents)
    };
    let mut found = found.map_err(|error| failed(&error))?;
    for annotated in &mut found {
        annotated.keep_kinds(&wanted.kinds);
    }
    service.0.metrics.found(&found);
    let produced_by = service.0.names.produced_by();
    let written = written(&found, asked.is_list, wanted, produced_by);
    // Nothing but memory is written to.
    Ok((found.len(), written.map_err(|_| Problem::internal())?))
}

/// A model that failed. Its message does not hold words of a text.
fn failed(error: &ModelError) -> Problem {
    tracing::error!(%error, "the model failed");
    Problem::model()
}

fn written(
    found: &[Annotated],
    is_list: bool,
    wanted: &Wanted,
    produced_by: &ProducedBy,
) -> io::Result<Vec<u8>> {
    let options = JsonlOptions { with_text: wanted.with_text, produced_by: Some(produced_by) };
    let mut out = Vec::new();
    match wanted.answer {
        AnswerType::Json if !is_list => write_jsonl(&mut out, &found[0], options)?,
        AnswerType::Json => {
            out.extend(b"{\"documents\":[");
            for (n, annotated) in found.iter().enumerate() {
                if n > 0 {
                    out.push(b',');
                }
                write_jsonl(&mut out, annotated, options)?;
            }
            out.extend(b"]}");
        }
        AnswerType::JsonLines => {
            for annotated in found {
                write_jsonl(&mut out, annotated, options)?;
            }
        }
        AnswerType::Csv => {
            let mut rows = QuotationRows::new(&mut out, RowOptions::default())?;
            for annotated in found {
                rows.write(annotated, Some(produced_by))?;
            }
            rows.flush()?;
        }
        AnswerType::Html => {
            for (annotated, number) in found.iter().zip(1..) {
                write_article(&mut out, annotated, number)?;
            }
        }
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{ARTICLE, Asked, Desk};
    use super::super::{Access, Limits};
    use serde_json::{Value, json};

    fn post(body: impl Into<Vec<u8>>, kind: &str) -> Asked {
        Asked::post("/v1/attribute", body).header("content-type", kind)
    }

    fn speakers(document: &Value) -> Vec<&str> {
        let quotes = document["quotes"].as_array().unwrap();
        quotes.iter().filter_map(|quote| quote["speaker"]["name"].as_str()).collect()
    }

    #[tokio::test]
    async fn a_text_gets_its_quotations_and_their_sources() {
        let desk = Desk::new();
        let body = json!({"id": "brug", "text": ARTICLE, "krant": "De Bode"}).to_string();
        let answer = desk.ask(post(body, "application/json")).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        let document = answer.json();
        assert_eq!(document["id"], "brug");
        assert_eq!(document["metadata"]["krant"], "De Bode");
        assert_eq!(speakers(&document)[..1], ["Noor Bakker"]);
        assert_eq!(document["produced_by"]["recognizer"], "recorded");
        assert!(document.get("text").is_none());
    }

    #[tokio::test]
    async fn fields_of_a_document_may_be_called_anything() {
        let desk = Desk::new();
        let body = json!({"id": "brug", "text": ARTICLE, "length": "560 woorden", "quotes": 3,
                          "documents": 12, "metadata": {"krant": "De Bode"}});
        let answer = desk.ask(post(body.to_string(), "application/json")).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        let document = answer.json();
        assert_eq!(document["metadata"]["length"], "560 woorden");
        assert_eq!(document["metadata"]["documents"], 12);
        assert_eq!(speakers(&document)[..1], ["Noor Bakker"]);
    }

    #[tokio::test]
    async fn many_documents_come_back_in_their_order() {
        let desk = Desk::new();
        let list = json!({"documents": [{"text": "Niets."}, {"id": "brug", "text": ARTICLE}]});
        let answer = desk.ask(post(list.to_string(), "application/json")).await.json();
        let documents = answer["documents"].as_array().unwrap();
        assert_eq!(documents.len(), 2);
        assert_eq!(documents[0]["id"], "document-1");
        assert_eq!(speakers(&documents[1])[..1], ["Noor Bakker"]);
        let lines = format!("{}\n{}\n", list["documents"][0], list["documents"][1]);
        let asked = post(lines, "application/x-ndjson").header("accept", "application/x-ndjson");
        let answer = desk.ask(asked).await.text();
        let ids: Vec<_> = answer
            .lines()
            .map(|line| serde_json::from_str::<Value>(line).unwrap()["id"].clone())
            .collect();
        assert_eq!(ids, ["document-1", "brug"]);
    }

    #[tokio::test]
    async fn answers_are_json_csv_or_markup() {
        let desk = Desk::new();
        let body = || json!({"id": "brug", "text": ARTICLE}).to_string();
        let ask = |accept: &str| post(body(), "application/json").header("accept", accept);
        let csv = desk.ask(ask("text/csv")).await;
        assert!(csv.header("content-type").starts_with("text/csv"));
        assert!(csv.text().starts_with("document,title,quotation,kind"), "{}", csv.text());
        assert!(csv.text().contains("Noor Bakker"));
        let html = desk.ask(ask("text/html, application/json;q=0.5")).await.text();
        assert!(html.contains("<article class=\"article\"") && html.contains("Noor Bakker"));
        let json = desk.ask(ask("text/csv;q=0.1, */*")).await;
        assert_eq!(json.header("content-type"), "application/json");
    }

    #[tokio::test]
    async fn the_query_says_what_is_wanted() {
        let desk = Desk::new();
        let body = || json!({"id": "brug", "text": ARTICLE}).to_string();
        let ask = |query: &str| {
            Asked::post(&format!("/v1/attribute?{query}"), body())
                .header("content-type", "application/json; charset=UTF-8")
        };
        let document = desk.ask(ask("with_text=true&explain=true&kinds=direct")).await.json();
        assert_eq!(document["text"], ARTICLE);
        let quotes = document["quotes"].as_array().unwrap();
        assert!(!quotes.is_empty() && quotes.iter().all(|quote| quote["kind"] == "direct"));
        assert!(quotes[0]["explanation"]["summary"].is_string());
        let indirect = desk.ask(ask("kinds=indirect")).await.json();
        let quotes = indirect["quotes"].as_array().unwrap();
        assert!(quotes.iter().all(|quote| quote["kind"] == "indirect"));
    }

    #[tokio::test]
    async fn what_is_too_much_is_refused() {
        let limits = Limits { body: 400, documents: 2, ..Limits::default() };
        let desk = Desk::with(limits, Access::default());
        let long = desk.ask(post("x".repeat(401), "text/plain")).await;
        assert_eq!(long.status, 413);
        let three = r#"{"documents": [{"text": "a"}, {"text": "b"}, {"text": "c"}]}"#;
        assert_eq!(desk.ask(post(three, "application/json")).await.status, 413);
        let lines = "{\"text\": \"a\"}\n".repeat(3);
        assert_eq!(desk.ask(post(lines, "application/x-ndjson")).await.status, 413);
    }

    #[tokio::test]
    async fn who_comes_when_all_places_are_taken_is_told_when_to_come_again() {
        let desk = Desk::with(Limits { at_once: 0, ..Limits::default() }, Access::default());
        let answer = desk.ask(post("Tekst.", "text/plain")).await;
        assert_eq!((answer.status, answer.header("retry-after")), (429, "1"));
        assert_eq!(desk.get("/v1/health").await.status, 200, "others are still answered");
    }
}
