//! What goes wrong, as RFC 9457 has it: a JSON object with a type, a title, a
//! status, and what is wrong with this request.

use std::any::Any;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

/// Seconds after which someone who was turned away may come again.
const RETRY_AFTER: &str = "1";

/// An answer that is an error.
#[derive(Debug, Serialize)]
pub(super) struct Problem {
    /// One of the types that the description of the service lists.
    #[serde(rename = "type")]
    kind: String,
    title: &'static str,
    #[serde(serialize_with = "as_number")]
    status: StatusCode,
    detail: String,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over the field as it is")]
fn as_number<S: serde::Serializer>(status: &StatusCode, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_u16(status.as_u16())
}

/// Every type of problem, as the description of the service lists them.
#[cfg(test)]
pub(super) const KINDS: [&str; 17] = [
    "not-found",
    "method-not-allowed",
    "media-type",
    "not-acceptable",
    "bad-query",
    "bad-json",
    "not-utf8",
    "bad-document",
    "too-large",
    "slow-body",
    "too-busy",
    "out-of-time",
    "forbidden",
    "broken-off",
    "internal",
    "model",
    "storage",
];

impl Problem {
    fn new(status: StatusCode, kind: &str, title: &'static str, detail: impl Into<String>) -> Self {
        Self { kind: format!("urn:wiezei:problem:{kind}"), title, status, detail: detail.into() }
    }

    pub(super) fn not_found() -> Self {
        let detail = "there is nothing here; /v1/openapi.json lists what there is";
        Self::new(StatusCode::NOT_FOUND, "not-found", "Nothing here", detail)
    }

    pub(super) fn method_not_allowed() -> Self {
        let detail = "the header `Allow` of this answer names the methods that are possible";
        let title = "Another method is needed";
        Self::new(StatusCode::METHOD_NOT_ALLOWED, "method-not-allowed", title, detail)
    }

    pub(super) fn media_type(found: &str, known: &str) -> Self {
        let detail = match found {
            "" => format!("the request has no Content-Type; one of these is needed: {known}"),
            found => format!("the body is {found}; one of these is needed: {known}"),
        };
        let title = "A body of another type is needed";
        Self::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "media-type", title, detail)
    }

    pub(super) fn not_acceptable(wanted: &str, known: &str) -> Self {
        let detail = format!("{wanted} is wanted, and the answer can be one of: {known}");
        let title = "No answer of that type";
        Self::new(StatusCode::NOT_ACCEPTABLE, "not-acceptable", title, detail)
    }

    pub(super) fn bad_query(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "bad-query", "Bad query", detail)
    }

    pub(super) fn bad_json(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "bad-json", "Bad JSON", detail)
    }

    pub(super) fn not_utf8(offset: usize) -> Self {
        let detail = format!("the body is no UTF-8 at byte {offset} (counted from 0)");
        Self::new(StatusCode::BAD_REQUEST, "not-utf8", "Not UTF-8", detail)
    }

    pub(super) fn bad_document(detail: impl Into<String>) -> Self {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        Self::new(status, "bad-document", "A document that cannot be read", detail)
    }

    pub(super) fn too_large(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "too-large", "Too much at once", detail)
    }

    pub(super) fn slow_body(seconds: f64) -> Self {
        let detail = format!("the body was not there after {seconds} seconds");
        Self::new(StatusCode::REQUEST_TIMEOUT, "slow-body", "Too slow", detail)
    }

    pub(super) fn broken_off() -> Self {
        let detail = "the body ended before it was whole";
        Self::new(StatusCode::BAD_REQUEST, "broken-off", "Broken off", detail)
    }

    pub(super) fn too_busy(at_once: usize) -> Self {
        let detail = format!(
            "{at_once} requests are being worked on; come again after the seconds in the header \
             `Retry-After`"
        );
        Self::new(StatusCode::TOO_MANY_REQUESTS, "too-busy", "Too busy", detail)
    }

    pub(super) fn out_of_time(seconds: f64) -> Self {
        let detail = format!("the work took more than {seconds} seconds; send less at once");
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "out-of-time", "Out of time", detail)
    }

    pub(super) fn forbidden(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN, "forbidden", "Not from there", detail)
    }

    pub(super) fn internal() -> Self {
        let detail = "the program failed; its log tells more";
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", "Failure", detail)
    }

    pub(super) fn storage(detail: impl Into<String>) -> Self {
        let status = StatusCode::INTERNAL_SERVER_ERROR;
        Self::new(status, "storage", "Labels could not be read or kept", detail)
    }

    pub(super) fn model() -> Self {
        let detail = "the model failed on this request; the log tells more";
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "model", "The model failed", detail)
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = self.status;
        let body = serde_json::to_vec(&self).unwrap_or_default();
        let kind = HeaderValue::from_static("application/problem+json");
        let mut response = (status, [(header::CONTENT_TYPE, kind)], body).into_response();
        if status == StatusCode::TOO_MANY_REQUESTS || status == StatusCode::SERVICE_UNAVAILABLE {
            let after = HeaderValue::from_static(RETRY_AFTER);
            response.headers_mut().insert(header::RETRY_AFTER, after);
        }
        response
    }
}

/// The answer where a handler panicked. What it said may hold words of a text
/// and is not passed on.
pub(super) fn of_panic(_: Box<dyn Any + Send>) -> Response {
    Problem::internal().into_response()
}
