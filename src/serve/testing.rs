//! A service to ask in tests, without a socket and without a model.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request};
use serde_json::Value;
use tower::ServiceExt as _;

use super::{Access, Limits, SharedNames, router};
use crate::error::ModelError;
use crate::formats::ProducedBy;
use crate::ner::{Entity, Label, Recognizer, Recorded};
use crate::text::Span;

/// The article `brug`, whose names the service knows.
pub(super) const ARTICLE: &str = "Brug blijft dicht\n\n\"De brug blijft dicht\", zegt Noor Bakker. \
                                  Volgens Piet de Wit duurt dat nog een jaar.\n";

pub(super) struct Desk(Router);

/// A request to be.
#[derive(Debug)]
pub(super) struct Asked {
    method: Method,
    path: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Asked {
    pub(super) fn get(path: &str) -> Self {
        Self { method: Method::GET, path: path.into(), headers: Vec::new(), body: Vec::new() }
    }

    pub(super) fn post(path: &str, body: impl Into<Vec<u8>>) -> Self {
        Self { method: Method::POST, body: body.into(), ..Self::get(path) }
    }

    pub(super) fn put(path: &str, body: impl Into<Vec<u8>>) -> Self {
        Self { method: Method::PUT, body: body.into(), ..Self::get(path) }
    }

    pub(super) fn delete(path: &str) -> Self {
        Self { method: Method::DELETE, ..Self::get(path) }
    }

    pub(super) fn with_method(method: &str, path: &str) -> Self {
        Self { method: method.parse().unwrap(), ..Self::get(path) }
    }

    pub(super) fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }
}

pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) headers: HeaderMap,
    body: Vec<u8>,
}

impl Answer {
    pub(super) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub(super) fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }

    pub(super) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|e| panic!("{e}: {}", self.text()))
    }
}

/// Recorded names of the article.
pub(super) fn names() -> SharedNames {
    let name = |words: &str| {
        let start = ARTICLE.find(words).unwrap();
        Entity { span: Span::of(start..start + words.len()), label: Label::Per, score: 1.0 }
    };
    let entities = vec![name("Noor Bakker"), name("Piet de Wit")];
    let load = move || {
        let mut recorded = Recorded::new();
        recorded.insert("brug", entities);
        let recognizer: Box<dyn Recognizer> = Box::new(recorded);
        let produced_by = ProducedBy::new(recognizer.name());
        Ok::<_, ModelError>((recognizer, produced_by))
    };
    SharedNames::start(load).unwrap()
}

impl Desk {
    pub(super) fn new() -> Self {
        Self::with(Limits::default(), Access::default())
    }

    pub(super) fn with(limits: Limits, access: Access) -> Self {
        Self(router(names(), limits, access, None))
    }

    /// One with a page for labelling.
    pub(super) fn labelling(desk: super::Desk) -> Self {
        Self(router(names(), Limits::default(), Access::default(), Some(desk)))
    }

    pub(super) async fn get(&self, path: &str) -> Answer {
        self.ask(Asked::get(path)).await
    }

    pub(super) async fn ask(&self, asked: Asked) -> Answer {
        let mut request = Request::builder().method(asked.method).uri(&asked.path);
        for (name, value) in &asked.headers {
            request = request.header(name, value);
        }
        let request = request.body(Body::from(asked.body)).unwrap();
        let response = self.0.clone().oneshot(request).await.unwrap();
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let body = to_bytes(response.into_body(), usize::MAX).await.unwrap().to_vec();
        Answer { status, headers, body }
    }
}
