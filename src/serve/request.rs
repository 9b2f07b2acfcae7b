//! What a request asks: documents, in one of three types of body; what is
//! wanted of them, in the query; and as what, in `Accept`.

use axum::body::Bytes;
use axum::extract::{FromRequest, Query, Request};
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::Value;

use super::problem::Problem;
use super::{Limits, Service};
use crate::attribution::Kind;
use crate::formats::{Documents, InputFormat, document_of_object};
use crate::text::{Document, Metadata};

/// The types of bodies that are read.
const BODIES: &str = "application/json, application/x-ndjson, text/plain";
/// The types that an answer can have.
const ANSWERS: &str = "application/json, application/x-ndjson, text/csv, text/html";

/// How a body holds its documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BodyType {
    Json,
    JsonLines,
    Text,
}

/// How the answer is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AnswerType {
    Json,
    JsonLines,
    Csv,
    /// The markup of the articles, as a part of a page.
    Html,
}

/// What is wanted of the documents.
#[derive(Debug)]
pub(super) struct Wanted {
    pub(super) kinds: Vec<Kind>,
    pub(super) with_text: bool,
    pub(super) explain: bool,
    pub(super) answer: AnswerType,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Options {
    kinds: Option<String>,
    #[serde(default)]
    with_text: bool,
    #[serde(default)]
    explain: bool,
}

/// The documents of a request, and whether they came as a list.
#[derive(Debug)]
pub(super) struct Asked {
    pub(super) documents: Vec<Document>,
    pub(super) is_list: bool,
}

impl BodyType {
    pub(super) fn of(headers: &HeaderMap) -> Result<Self, Problem> {
        let found = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let (kind, parameters) = split(found.unwrap_or_default());
        if let Some(charset) = parameter(parameters, "charset")
            && !charset.eq_ignore_ascii_case("utf-8")
            && !charset.eq_ignore_ascii_case("us-ascii")
        {
            return Err(Problem::media_type(&format!("in {charset}"), "UTF-8"));
        }
        match &*kind.to_ascii_lowercase() {
            "application/json" => Ok(Self::Json),
            "application/x-ndjson" | "application/jsonl" => Ok(Self::JsonLines),
            "text/plain" => Ok(Self::Text),
            _ => Err(Problem::media_type(kind, BODIES)),
        }
    }

    /// Refuses bodies of another type than this.
    pub(super) fn needed(self, headers: &HeaderMap) -> Result<(), Problem> {
        if Self::of(headers)? == self {
            return Ok(());
        }
        let found = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        Err(Problem::media_type(found.unwrap_or_default(), self.media_type()))
    }

    const fn media_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::JsonLines => "application/x-ndjson",
            Self::Text => "text/plain",
        }
    }
}

/// The first part of a header's value, and the parameters behind it.
fn split(value: &str) -> (&str, &str) {
    let (kind, parameters) = value.split_once(';').unwrap_or((value, ""));
    (kind.trim(), parameters)
}

fn parameter<'a>(parameters: &'a str, name: &str) -> Option<&'a str> {
    let mut pairs = parameters.split(';').filter_map(|pair| pair.split_once('='));
    let (_, value) = pairs.find(|(key, _)| key.trim().eq_ignore_ascii_case(name))?;
    Some(value.trim().trim_matches('"'))
}

impl AnswerType {
    /// The best of the types that the client takes.
    fn of(headers: &HeaderMap) -> Result<Self, Problem> {
        let values = headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok());
        let values: Vec<_> = values.flat_map(|value| value.split(',')).collect();
        if values.is_empty() {
            return Ok(Self::Json);
        }
        let mut best: Option<(f32, Self)> = None;
        for value in &values {
            let (kind, parameters) = split(value);
            let weight = parameter(parameters, "q").and_then(|q| q.parse().ok()).unwrap_or(1.0);
            let answer = match &*kind.to_ascii_lowercase() {
                "application/json" | "application/*" | "*/*" => Self::Json,
                "application/x-ndjson" | "application/jsonl" => Self::JsonLines,
                "text/csv" => Self::Csv,
                "text/html" | "text/*" => Self::Html,
                _ => continue,
            };
            if weight > 0.0 && best.is_none_or(|(most, _)| weight > most) {
                best = Some((weight, answer));
            }
        }
        let wanted = || values.join(",");
        best.map(|(_, answer)| answer).ok_or_else(|| Problem::not_acceptable(&wanted(), ANSWERS))
    }

    pub(super) const fn media_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::JsonLines => "application/x-ndjson",
            Self::Csv => "text/csv; charset=utf-8",
            Self::Html => "text/html; charset=utf-8",
        }
    }
}

impl Wanted {
    pub(super) fn of(uri: &Uri, headers: &HeaderMap) -> Result<Self, Problem> {
        let Query(options) = Query::<Options>::try_from_uri(uri)
            .map_err(|error| Problem::bad_query(error.body_text()))?;
        let kinds = match &options.kinds {
            None => Kind::ALL.to_vec(),
            Some(names) => names.split(',').map(kind).collect::<Result<_, _>>()?,
        };
        let answer = AnswerType::of(headers)?;
        Ok(Self { kinds, with_text: options.with_text, explain: options.explain, answer })
    }
}

fn kind(name: &str) -> Result<Kind, Problem> {
    Kind::from_name(name).ok_or_else(|| {
        let known: Vec<_> = Kind::ALL.iter().map(|kind| kind.name()).collect();
        Problem::bad_query(format!("there is no kind {name:?}; known: {}", known.join(", ")))
    })
}

/// The whole body, if it comes in time and is not too long.
pub(super) struct Sent(pub(super) Bytes);

impl FromRequest<Service> for Sent {
    type Rejection = Problem;

    async fn from_request(request: Request, service: &Service) -> Result<Self, Problem> {
        let Limits { body: most, sending, .. } = service.0.limits;
        let too_large = || Problem::too_large(format!("a body may have {most} bytes"));
        let length = request.headers().get(header::CONTENT_LENGTH);
        let length = length.and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
        if length.is_some_and(|length| length > most as u64) {
            return Err(too_large());
        }
        let read = Bytes::from_request(request, &());
        match tokio::time::timeout(sending, read).await {
            Err(_) => Err(Problem::slow_body(sending.as_secs_f64())),
            Ok(Ok(bytes)) => Ok(Self(bytes)),
            Ok(Err(error)) if error.status() == StatusCode::PAYLOAD_TOO_LARGE => Err(too_large()),
            Ok(Err(_)) => Err(Problem::broken_off()),
        }
    }
}

/// The documents of a body.
pub(super) fn documents(body: &[u8], kind: BodyType, most: usize) -> Result<Asked, Problem> {
    let text = utf8(body)?;
    let asked = match kind {
        BodyType::Text => Asked { documents: vec![plain(text)?], is_list: false },
        BodyType::JsonLines => {
            let lines = Documents::new(text.as_bytes(), "the body", "document", InputFormat::Jsonl);
            // One more than is allowed shows that there are too many.
            let documents = lines.take(most + 1).collect::<Result<_, _>>();
            let documents = documents.map_err(|error| Problem::bad_document(error.to_string()))?;
            Asked { documents, is_list: true }
        }
        BodyType::Json => of_json(text, most)?,
    };
    if asked.documents.len() > most {
        return Err(Problem::too_large(format!("a request may hold {most} documents")));
    }
    if asked.documents.is_empty() {
        return Err(Problem::bad_document("the request holds no document"));
    }
    Ok(asked)
}

pub(super) fn utf8(body: &[u8]) -> Result<&str, Problem> {
    let text = std::str::from_utf8(body).map_err(|error| Problem::not_utf8(error.valid_up_to()))?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
}

fn plain(text: &str) -> Result<Document, Problem> {
    Document::new("document", text).map_err(|error| Problem::bad_document(error.to_string()))
}

/// One document, or `documents`.
fn of_json(text: &str, most: usize) -> Result<Asked, Problem> {
    let mut object: Metadata =
        serde_json::from_str(text).map_err(|error| Problem::bad_json(error.to_string()))?;
    let one = |object: Metadata, id: &str| {
        document_of_object(object, id)
            .map_err(|reason| Problem::bad_document(format!("{id}: {reason}")))
    };
    // What has a text is a document, whatever its other fields are called.
    let list = if object.contains_key("text") { None } else { object.remove("documents") };
    let Some(list) = list else {
        return Ok(Asked { documents: vec![one(object, "document")?], is_list: false });
    };
    let Value::Array(list) = list else {
        return Err(Problem::bad_document("`documents` is no list"));
    };
    let documents = list.into_iter().take(most + 1).enumerate().map(|(n, item)| {
        let id = format!("document-{}", n + 1);
        match item {
            Value::Object(object) => one(object, &id),
            _ => Err(Problem::bad_document(format!("{id}: it is no object"))),
        }
    });
    Ok(Asked { documents: documents.collect::<Result<_, _>>()?, is_list: true })
}

/// An answer of JSON.
pub(super) fn json(value: &Value) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], value.to_string()).into_response()
}
