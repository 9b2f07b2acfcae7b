//! What every request and answer passes through: who may ask, the log and the
//! counts, and the headers that protect a browser.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::http::uri::Authority;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::Service;
use super::attribute::DocumentCount;
use super::problem::Problem;

/// Nothing is loaded but from this program, and nothing is sent elsewhere.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
                      connect-src 'self'; base-uri 'none'; form-action 'none'; \
                      frame-ancestors 'none'";

const HEADERS: [(HeaderName, &str); 7] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()"),
];

static REQUESTS: AtomicU64 = AtomicU64::new(1);

/// Adds the headers that protect a browser. Answers hold texts, so that nobody
/// keeps them unless the answer says otherwise.
pub(super) async fn secure(mut response: Response) -> Response {
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

/// Logs and counts a request. No text, no query and no name of a document is
/// in the log.
pub(super) async fn record(
    State(service): State<Service>,
    request: Request,
    next: Next,
) -> Response {
    let begun = Instant::now();
    let number = REQUESTS.fetch_add(1, Ordering::Relaxed);
    let method = known(request.method());
    let route = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());
    // A path that is none of ours is not told: it may be anything.
    let route = route.unwrap_or_else(|| "other".to_owned());
    let length = |headers: &HeaderMap| -> Option<u64> {
        headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
    };
    let bytes = length(request.headers());
    let at_work = service.0.metrics.begin();
    let response = next.run(request).await;
    drop(at_work);
    let took = begun.elapsed();
    let status = response.status().as_u16();
    service.0.metrics.answered(&route, method, status, took);
    let documents = response.extensions().get::<DocumentCount>().map(|count| count.0 as u64);
    let milliseconds = took.as_micros() as f64 / 1000.0;
    tracing::info!(number, method, route, status, milliseconds, bytes, documents, "answered");
    response
}

/// The name of a method. A client may make up others; they are one, so that nobody
/// can fill the log and the counts with words of its own.
fn known(method: &Method) -> &'static str {
    const KNOWN: [&str; 9] =
        ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT"];
    KNOWN.into_iter().find(|name| *name == method.as_str()).unwrap_or("other")
}

/// Turns away pages of other sites, which a browser lets send requests to this
/// machine even where it does not let them read the answers.
pub(super) async fn check(
    State(service): State<Service>,
    request: Request,
    next: Next,
) -> Response {
    match checked(&service, request.headers(), request.uri()) {
        Ok(()) => next.run(request).await,
        Err(problem) => problem.into_response(),
    }
}

fn checked(service: &Service, headers: &HeaderMap, uri: &Uri) -> Result<(), Problem> {
    let access = &service.0.access;
    let named = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let host = named(header::HOST).or_else(|| uri.authority().map(Authority::as_str));
    if access.local_only && !host.is_some_and(is_local) {
        let detail = "the header `Host` names no address of this machine; to be asked under \
                      another name, the service has to be started with --host";
        return Err(Problem::forbidden(detail));
    }
    let Some(origin) = named(header::ORIGIN) else { return Ok(()) };
    let is_own = origin.split_once("://").map(|(_, authority)| authority) == host;
    if is_own || access.origins.iter().any(|allowed| allowed == origin) {
        return Ok(());
    }
    let detail = "pages of other sites may not ask; --allow-origin can allow it";
    Err(Problem::forbidden(detail))
}

/// Whether the name, port aside, is one of this machine.
fn is_local(host: &str) -> bool {
    let name = match host.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((address, _)) => address,
        None => host.rsplit_once(':').map_or(host, |(name, _)| name),
    };
    name.eq_ignore_ascii_case("localhost")
        || name.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Asked, Desk};
    use super::super::{Access, Limits};
    use super::*;

    #[test]
    fn names_of_this_machine() {
        for name in ["localhost", "localhost:8080", "127.0.0.1:80", "127.1.2.3", "[::1]:8080"] {
            assert!(is_local(name), "{name}");
        }
        for name in ["example.org", "localhost.example.org:80", "10.0.0.1", "[::2]:1", ""] {
            assert!(!is_local(name), "{name}");
        }
    }

    #[tokio::test]
    async fn methods_that_are_made_up_are_counted_as_one() {
        let desk = Desk::new();
        for method in ["BREW", "GEHEIM", "brew"] {
            let asked = Asked::with_method(method, "/v1/health");
            assert_eq!(desk.ask(asked).await.status, 405, "{method}");
        }
        desk.get("/v1/health").await;
        let metrics = desk.get("/metrics").await.text();
        assert!(metrics.contains(r#"method="other",status="405"} 3"#), "{metrics}");
        assert!(metrics.contains(r#"method="GET",status="200"} 1"#), "{metrics}");
        assert!(!metrics.contains("BREW") && !metrics.contains("GEHEIM"), "{metrics}");
    }

    #[tokio::test]
    async fn pages_of_other_sites_are_turned_away() {
        let access = |origins: &[&str]| Access {
            local_only: true,
            origins: origins.iter().map(|&origin| origin.to_owned()).collect(),
        };
        let ask = |host: &str, origin: &str| {
            let asked = Asked::get("/v1/health").header("host", host);
            if origin.is_empty() { asked } else { asked.header("origin", origin) }
        };
        let desk = Desk::with(Limits::default(), access(&[]));
        let own = ("127.0.0.1:8080", "http://127.0.0.1:8080");
        for (host, origin, status) in [
            (own.0, "", 200),
            (own.0, own.1, 200),
            (own.0, "http://127.0.0.1:9000", 403),
            (own.0, "null", 403),
            ("krant.example", "", 403),
        ] {
            assert_eq!(desk.ask(ask(host, origin)).await.status, status, "{host} {origin}");
        }
        let open = Desk::with(Limits::default(), access(&["https://krant.example"]));
        let answer = open.ask(ask(own.0, "https://krant.example")).await;
        assert_eq!(answer.status, 200);
        assert_eq!(answer.header("access-control-allow-origin"), "https://krant.example");
    }
}
