//! Counts and times for Prometheus, in the text format of `OpenMetrics`.

use std::sync::Mutex;
use std::time::Duration;

use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};

use super::Service;
use super::problem::Problem;
use crate::annotated::Annotated;

/// Upper ends of the classes of times, in seconds.
const SECONDS: [f64; 12] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 1.5, 2.5, 5.0, 10.0];

type Labels = Vec<(&'static str, String)>;

/// All that is counted.
pub(super) struct Metrics {
    registry: Mutex<Registry>,
    requests: Family<Labels, Counter>,
    times: Family<Labels, Histogram>,
    at_work: Gauge,
    documents: Counter,
    bytes: Counter,
    quotations: Family<Labels, Counter>,
}

impl Default for Metrics {
    fn default() -> Self {
        let mut registry = Registry::with_prefix("wiezei");
        let requests = Family::default();
        registry.register("requests", "Requests answered", requests.clone());
        let times = Family::new_with_constructor(times as fn() -> Histogram);
        let help = "Time from the first byte of a request to its answer";
        registry.register_with_unit("request_duration", help, Unit::Seconds, times.clone());
        let at_work = Gauge::default();
        registry.register("requests_at_work", "Requests being answered", at_work.clone());
        let documents = Counter::default();
        registry.register("documents", "Documents annotated", documents.clone());
        let bytes = Counter::default();
        registry.register_with_unit("text", "Text annotated", Unit::Bytes, bytes.clone());
        let quotations = Family::default();
        registry.register("quotations", "Quotations found", quotations.clone());
        let registry = Mutex::new(registry);
        Self { registry, requests, times, at_work, documents, bytes, quotations }
    }
}

fn times() -> Histogram {
    Histogram::new(SECONDS)
}

/// A request that is being answered.
pub(super) struct AtWork(Gauge);

impl Drop for AtWork {
    fn drop(&mut self) {
        self.0.dec();
    }
}

impl Metrics {
    pub(super) fn begin(&self) -> AtWork {
        self.at_work.inc();
        AtWork(self.at_work.clone())
    }

    pub(super) fn answered(&self, route: &str, method: &str, status: u16, took: Duration) {
        let labels = vec![
            ("route", route.to_owned()),
            ("method", method.to_owned()),
            ("status", status.to_string()),
        ];
        self.requests.get_or_create(&labels).inc();
        let route = vec![("route", route.to_owned())];
        self.times.get_or_create(&route).observe(took.as_secs_f64());
    }

    pub(super) fn found(&self, all: &[Annotated]) {
        self.documents.inc_by(all.len() as u64);
        for annotated in all {
            self.bytes.inc_by(annotated.document.text().len() as u64);
            for quotation in &annotated.quotations {
                let kind = vec![("kind", quotation.kind.name().to_owned())];
                self.quotations.get_or_create(&kind).inc();
            }
        }
    }

    fn text(&self) -> Option<String> {
        let mut text = String::new();
        let registry = self.registry.lock().ok()?;
        encode(&mut text, &registry).ok()?;
        Some(text)
    }
}

pub(super) async fn metrics(State(service): State<Service>) -> Result<impl IntoResponse, Problem> {
    let text = service.0.metrics.text().ok_or_else(Problem::internal)?;
    let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    Ok(([(header::CONTENT_TYPE, kind)], text))
}
