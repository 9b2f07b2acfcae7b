//! The pages, and the styles and scripts that they load: all of it lies in
//! this program.

use askama::Template;
use axum::Router;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use super::Service;
use super::problem::Problem;
use crate::report::assets;

/// The page where one pastes an article.
#[derive(Template)]
#[template(path = "look.html")]
struct Look {
    /// Whether there is a folder to label.
    labels: bool,
}

/// The page where one corrects labels.
#[derive(Template)]
#[template(path = "label.html")]
struct Label;

const LOOK_STYLE: &str = include_str!("../../templates/look.css");
const LOOK_SCRIPT: &str = include_str!("../../templates/look.js");
const LABEL_STYLE: &str = include_str!("../../templates/label.css");
const LABEL_SCRIPT: &str = include_str!("../../templates/label.js");
const OPENAPI: &str = include_str!("../../templates/openapi.json");

/// The pages; that for labelling only where there is something to label.
pub(super) fn router(labels: bool) -> Router<Service> {
    let look_style = || style(&[assets::BASE_STYLE, assets::ARTICLE_STYLE, LOOK_STYLE]);
    let pages = Router::new()
        .route("/", get(async move || page(&Look { labels })))
        .route("/assets/look.css", get(async move || look_style()))
        .route("/assets/look.js", get(async || script(&[assets::ARTICLE_SCRIPT, LOOK_SCRIPT])))
        .route("/favicon.ico", get(icon));
    if !labels {
        return pages;
    }
    let label_style = || style(&[assets::BASE_STYLE, assets::ARTICLE_STYLE, LABEL_STYLE]);
    pages
        .route("/label", get(async || page(&Label)))
        .route("/assets/label.css", get(async move || label_style()))
        .route("/assets/label.js", get(async || script(&[LABEL_SCRIPT])))
}

fn page(page: &impl Template) -> Result<Response, Problem> {
    let html = page.render().map_err(|_| Problem::internal())?;
    Ok(([(header::CONTENT_TYPE, "text/html; charset=utf-8")], html).into_response())
}

fn style(parts: &[&str]) -> Response {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], parts.concat()).into_response()
}

fn script(parts: &[&str]) -> Response {
    ([(header::CONTENT_TYPE, "text/javascript; charset=utf-8")], parts.concat()).into_response()
}

/// A browser asks for one of its own accord.
async fn icon() -> Response {
    const ICON: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#1d5bbf"/><text x="16" y="22" font-family="Georgia,serif" font-size="34" font-weight="700" fill="#fff" text-anchor="middle">„</text></svg>"##;
    ([(header::CONTENT_TYPE, "image/svg+xml")], ICON).into_response()
}

/// The description of the service.
pub(super) async fn openapi() -> Response {
    let version = OPENAPI.replace("{{version}}", env!("CARGO_PKG_VERSION"));
    ([(header::CONTENT_TYPE, "application/json")], version).into_response()
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::super::problem::KINDS;
    use super::super::testing::{ARTICLE, Asked, Desk};

    /// A validator for one of the schemas of the description.
    fn schema(openapi: &Value, name: &str) -> jsonschema::Validator {
        let mut schema = openapi["components"]["schemas"][name].clone();
        schema["components"] = openapi["components"].clone();
        jsonschema::validator_for(&schema).unwrap()
    }

    fn valid(schema: &jsonschema::Validator, value: &Value) {
        let errors: Vec<_> = schema.iter_errors(value).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{errors:?} in {value}");
    }

    #[tokio::test]
    async fn answers_are_what_the_description_says() {
        let desk = Desk::new();
        let openapi = desk.get("/v1/openapi.json").await.json();
        assert_eq!(openapi["info"]["version"], env!("CARGO_PKG_VERSION"));
        valid(&schema(&openapi, "Health"), &desk.get("/v1/health").await.json());
        valid(&schema(&openapi, "Model"), &desk.get("/v1/model").await.json());
        valid(&schema(&openapi, "Problem"), &desk.get("/nergens").await.json());
        let ask = |body: Value| {
            Asked::post("/v1/attribute?explain=true&with_text=true", body.to_string())
                .header("content-type", "application/json")
        };
        let one = serde_json::json!({"id": "brug", "text": ARTICLE, "krant": "De Bode"});
        let list = serde_json::json!({"documents": [one]});
        valid(&schema(&openapi, "Document"), &one);
        valid(&schema(&openapi, "Documents"), &list);
        valid(&schema(&openapi, "Annotated"), &desk.ask(ask(one)).await.json());
        valid(&schema(&openapi, "AnnotatedList"), &desk.ask(ask(list)).await.json());
    }

    #[tokio::test]
    async fn the_description_lists_every_path_and_problem() {
        let desk = Desk::new();
        let openapi = desk.get("/v1/openapi.json").await.json();
        for (path, methods) in openapi["paths"].as_object().unwrap() {
            for method in methods.as_object().unwrap().keys() {
                let asked = if method == "get" { Asked::get(path) } else { Asked::post(path, "") };
                let status = desk.ask(asked).await.status;
                assert!(status != 404 && status != 405, "{method} {path}: {status}");
            }
        }
        let kinds =
            openapi["components"]["schemas"]["Problem"]["properties"]["type"]["enum"].clone();
        let known: Vec<_> = KINDS.iter().map(|kind| format!("urn:wiezei:problem:{kind}")).collect();
        assert_eq!(kinds, serde_json::json!(known));
    }

    #[tokio::test]
    async fn pages_load_nothing_but_from_here() {
        let folder = tempfile::tempdir().unwrap();
        let labels = crate::serve::Desk::new(Vec::new(), folder.path()).unwrap();
        let desk = Desk::labelling(labels);
        for path in ["/", "/label"] {
            let page = desk.get(path).await;
            assert_eq!(page.status, 200, "{path}");
            let page = page.text();
            assert!(!page.contains("http:") && !page.contains("https:"), "{path}");
            assert!(!page.contains("style=") && !page.contains("<style"), "the policy forbids it");
            for part in page.split(['"', '\'']).filter(|part| part.starts_with("/assets/")) {
                let asset = desk.get(part).await;
                assert_eq!(asset.status, 200, "{part}");
                let kind = asset.header("content-type");
                assert!(kind.starts_with("text/css") || kind.starts_with("text/javascript"));
            }
        }
    }
}
