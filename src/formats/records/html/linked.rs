//! What a page says about its article in JSON-LD, in the words of schema.org.

use serde_json::Value;

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Facts {
    pub(super) headline: Option<String>,
    pub(super) date: Option<String>,
    pub(super) author: Option<String>,
    pub(super) section: Option<String>,
    pub(super) publisher: Option<String>,
}

impl Facts {
    /// Reads one script. What is no JSON, or about something else, says nothing.
    pub(super) fn read(&mut self, json: &str) {
        let Ok(value) = serde_json::from_str::<Value>(json.trim()) else { return };
        let graph = value.get("@graph").unwrap_or(&value);
        let things = graph.as_array().map_or(std::slice::from_ref(graph), Vec::as_slice);
        let Some(article) = things.iter().find(|thing| is_article(thing)) else { return };
        let text = |key: &str| article.get(key)?.as_str().map(str::to_owned);
        let known = [
            (&mut self.headline, text("headline")),
            (&mut self.date, text("datePublished")),
            (&mut self.author, article.get("author").and_then(names)),
            (&mut self.section, article.get("articleSection").and_then(names)),
            (&mut self.publisher, article.get("publisher").and_then(names)),
        ];
        for (known, found) in known {
            if known.is_none() {
                *known = found;
            }
        }
    }
}

/// Whether a thing is an article, of whatever sort: `NewsArticle`, `LiveBlogPosting`.
fn is_article(thing: &Value) -> bool {
    let is = |kind: &Value| {
        let kind = kind.as_str().unwrap_or_default();
        kind.ends_with("Article") || kind.ends_with("BlogPosting")
    };
    match thing.get("@type") {
        Some(Value::Array(kinds)) => kinds.iter().any(is),
        Some(kind) => is(kind),
        None => false,
    }
}

/// A name, that of a thing, or those of several.
fn names(value: &Value) -> Option<String> {
    match value {
        Value::String(name) => Some(name.clone()),
        Value::Object(thing) => thing.get("name")?.as_str().map(str::to_owned),
        Value::Array(several) => {
            let one = |value: &Value| if value.is_array() { None } else { names(value) };
            let all: Vec<_> = several.iter().filter_map(one).collect();
            (!all.is_empty()).then(|| all.join(", "))
        }
        _ => None,
    }
}
