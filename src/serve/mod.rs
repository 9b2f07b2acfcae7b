//! A service for one machine: quotations over REST, and pages to look at them.
//!
//! * `attribute.rs`: `POST /v1/attribute`; `request.rs` reads what is asked.
//! * `names.rs`: one thread that finds the names of all requests, so that
//!   requests at one time share the model's batches.
//! * `guard.rs`: who may ask what (limits, origins), headers, the log, which
//!   never holds any text.
//! * `listening.rs`: connections, time limits on them, the end of the service.
//! * `problem.rs`: errors as RFC 9457 has them. `metrics.rs`: for Prometheus.
//! * `label/`: where one person corrects what is proposed for a folder.
//! * `pages.rs`: the pages and what they load, all of it from this program.
//!
//! Nothing here decides what is a quotation: that is [`Pipeline`]'s.
//!
//! [`Pipeline`]: crate::pipeline::Pipeline

mod attribute;
mod guard;
mod label;
mod listening;
mod metrics;
mod names;
mod pages;
mod problem;
mod request;
#[cfg(test)]
mod testing;

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{DefaultBodyLimit, State};
use axum::response::IntoResponse;
use axum::routing::{get, post};
use axum::{Router, middleware};
use serde_json::json;
use tokio::sync::Semaphore;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::cors::{Any, CorsLayer};

pub use label::{Desk, DeskError};
pub use listening::{Connections, listen};
pub use names::SharedNames;

use crate::pipeline::Pipeline;
use metrics::Metrics;
use problem::Problem;

/// How much may be asked at once.
#[derive(Debug, Clone)]
pub struct Limits {
    /// The longest body of a request, in bytes.
    pub body: usize,
    /// How many documents one request may hold.
    pub documents: usize,
    /// How many requests for quotations are worked on at one time. More are
    /// told to come again.
    pub at_once: usize,
    /// How long a client may take to send a body.
    pub sending: Duration,
    /// How long the work on a request may take.
    pub working: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            body: 4 << 20,
            documents: 100,
            at_once: 64,
            sending: Duration::from_secs(10),
            working: Duration::from_mins(1),
        }
    }
}

/// Who may ask.
#[derive(Debug, Clone, Default)]
pub struct Access {
    /// Whether only names of this machine are answered to (`localhost`,
    /// `127.0.0.1`, `[::1]`), so that no page of another site can pass itself
    /// off as this one.
    pub local_only: bool,
    /// Origins whose pages may read answers; none unless they are named.
    pub origins: Vec<String>,
}

/// What all requests share.
#[derive(Clone)]
struct Service(Arc<Shared>);

struct Shared {
    names: SharedNames,
    limits: Limits,
    access: Access,
    slots: Arc<Semaphore>,
    metrics: Metrics,
}

impl Service {
    fn pipeline(&self) -> Pipeline {
        Pipeline::new(Box::new(self.0.names.clone()))
    }
}

/// All that the service answers to; with a `desk` also the page for labelling.
///
/// # Panics
///
/// If an origin is none that a header can hold.
pub fn router(names: SharedNames, limits: Limits, access: Access, desk: Option<Desk>) -> Router {
    let cors = cors(&access);
    let longest = DefaultBodyLimit::max(limits.body);
    let service = Service(Arc::new(Shared {
        names,
        slots: Arc::new(Semaphore::new(limits.at_once)),
        limits,
        access,
        metrics: Metrics::default(),
    }));
    let api = Router::new()
        .route("/v1/attribute", post(attribute::attribute))
        .route("/v1/health", get(health))
        .route("/v1/model", get(model))
        .route("/v1/openapi.json", get(pages::openapi))
        .layer(cors);
    Router::new()
        .route("/metrics", get(metrics::metrics))
        .merge(pages::router(desk.is_some()))
        .merge(desk.map_or_else(Router::new, label::router))
        .merge(api)
        .fallback(not_found)
        .method_not_allowed_fallback(method_not_allowed)
        .layer(longest)
        .layer(CatchPanicLayer::custom(problem::of_panic))
        .layer(middleware::from_fn_with_state(service.clone(), guard::check))
        .layer(middleware::from_fn_with_state(service.clone(), guard::record))
        .layer(middleware::map_response(guard::secure))
        .with_state(service)
}

fn cors(access: &Access) -> CorsLayer {
    let origins = access.origins.iter().map(|origin| {
        origin.parse().unwrap_or_else(|_| panic!("{origin:?} cannot stand in a header"))
    });
    if access.origins.is_empty() {
        return CorsLayer::new();
    }
    CorsLayer::new().allow_origin(origins.collect::<Vec<_>>()).allow_methods(Any).allow_headers(Any)
}

async fn health() -> impl IntoResponse {
    request::json(&json!({"status": "ok"}))
}

async fn model(State(service): State<Service>) -> impl IntoResponse {
    let shared = &service.0;
    let produced_by = shared.names.produced_by();
    request::json(&json!({
        "wiezei": produced_by.wiezei,
        "recognizer": produced_by.recognizer,
        "checksum": produced_by.checksum,
        "settings": produced_by.settings,
        "limits": {
            "body_bytes": shared.limits.body,
            "documents": shared.limits.documents,
            "at_once": shared.limits.at_once,
            "seconds": shared.limits.working.as_secs_f64(),
        },
    }))
}

async fn not_found() -> Problem {
    Problem::not_found()
}

async fn method_not_allowed() -> Problem {
    Problem::method_not_allowed()
}

#[cfg(test)]
mod tests {
    use super::testing::{Asked, Desk};

    #[tokio::test]
    async fn health_model_and_metrics() {
        let desk = Desk::new();
        let health = desk.get("/v1/health").await;
        assert_eq!((health.status, &*health.text()), (200, r#"{"status":"ok"}"#));
        let model = desk.get("/v1/model").await.json();
        assert_eq!(model["recognizer"], "recorded");
        assert_eq!(model["wiezei"], env!("CARGO_PKG_VERSION"));
        let metrics = desk.get("/metrics").await;
        assert_eq!(metrics.status, 200);
        let told = "wiezei_requests_total{route=\"/v1/health\",method=\"GET\",status=\"200\"} 1";
        assert!(metrics.text().contains(told), "{}", metrics.text());
    }

    #[tokio::test]
    async fn every_error_is_a_problem() {
        let desk = Desk::new();
        let text = |asked: Asked| asked.header("content-type", "text/plain");
        let post = |body: &'static [u8]| Asked::post("/v1/attribute", body);
        let json = |body: &'static [u8]| post(body).header("content-type", "application/json");
        let cases = [
            (Asked::get("/nergens"), 404, "not-found"),
            (Asked::get("/v1/attribute"), 405, "method-not-allowed"),
            (post(b"x").header("content-type", "image/png"), 415, "media-type"),
            (post(b"x"), 415, "media-type"),
            (text(post(b"x")).header("accept", "image/png"), 406, "not-acceptable"),
            (json(b"{\"text\": "), 400, "bad-json"),
            (json(b"[1]"), 400, "bad-json"),
            (json(b"{\"text\": \"Caf\xe9\"}"), 400, "not-utf8"),
            (text(post(b"Caf\xe9")), 400, "not-utf8"),
            (json(b"{\"tekst\": \"x\"}"), 422, "bad-document"),
            (json(b"{\"documents\": [{\"text\": \"x\"}, {\"text\": 3}]}"), 422, "bad-document"),
            (json(b"{\"documents\": 3}"), 422, "bad-document"),
            (json(b"{\"documents\": []}"), 422, "bad-document"),
            (text(Asked::post("/v1/attribute?kinds=loud", b"x")), 400, "bad-query"),
            (text(Asked::post("/v1/attribute?soorten=direct", b"x")), 400, "bad-query"),
        ];
        for (asked, status, kind) in cases {
            let said = format!("{asked:?}");
            let answer = desk.ask(asked).await;
            assert_eq!(answer.status, status, "{said}: {}", answer.text());
            assert_eq!(answer.header("content-type"), "application/problem+json", "{said}");
            let problem = answer.json();
            assert_eq!(problem["type"], format!("urn:wiezei:problem:{kind}"), "{said}");
            assert_eq!(problem["status"], status, "{said}");
            for field in ["title", "detail"] {
                assert!(problem[field].as_str().is_some_and(|s| !s.is_empty()), "{said}");
            }
        }
    }

    #[tokio::test]
    async fn a_wrong_method_is_told_the_right_one() {
        let desk = Desk::new();
        let answer = desk.get("/v1/attribute").await;
        assert!(answer.header("allow").contains("POST"), "{:?}", answer.headers);
    }

    #[tokio::test]
    async fn every_answer_has_the_headers_that_protect() {
        let desk = Desk::new();
        for path in ["/", "/v1/health", "/nergens"] {
            let answer = desk.get(path).await;
            assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
            assert_eq!(answer.header("x-frame-options"), "DENY", "{path}");
            assert_eq!(answer.header("referrer-policy"), "no-referrer", "{path}");
            assert_eq!(answer.header("access-control-allow-origin"), "", "{path}");
            let policy = answer.header("content-security-policy");
            assert!(
                policy.contains("default-src 'none'") && !policy.contains("unsafe"),
                "{policy}"
            );
        }
    }
}
