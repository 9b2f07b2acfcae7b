//! Scores against those of an earlier run, and single scores by their path.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde_json::Value;
use thiserror::Error;

use super::table::Table;

/// A number that is not what it was.
#[derive(Debug, Clone, PartialEq)]
pub struct Moved {
    /// Where the JSON has it: `marked.end_to_end.f1`.
    pub path: String,
    /// What it was; `None` if it was not there, or `null`.
    pub was: Option<f64>,
    /// What it is.
    pub is: Option<f64>,
}

/// Differences below this are rounding.
const ROUNDING: f64 = 1e-6;

/// The numbers of two score files that differ, by path. Intervals are left
/// out: they follow.
#[must_use]
pub fn moved(baseline: &Value, scores: &Value) -> Vec<Moved> {
    let (mut was, mut is) = (BTreeMap::new(), BTreeMap::new());
    numbers(baseline, String::new(), &mut was);
    numbers(scores, String::new(), &mut is);
    let paths: std::collections::BTreeSet<&String> = was.keys().chain(is.keys()).collect();
    paths
        .into_iter()
        .map(|path| Moved {
            path: path.clone(),
            was: was.get(path).copied(),
            is: is.get(path).copied(),
        })
        .filter(|moved| match (moved.was, moved.is) {
            (Some(was), Some(is)) => (was - is).abs() > ROUNDING,
            _ => true,
        })
        .collect()
}

fn numbers(value: &Value, path: String, found: &mut BTreeMap<String, f64>) {
    let inner =
        |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                if !name.ends_with("interval") && name != "intervals" {
                    numbers(value, inner(name), found);
                }
            }
        }
        Value::Array(items) => {
            for (n, value) in items.iter().enumerate() {
                numbers(value, inner(&n.to_string()), found);
            }
        }
        Value::Number(number) => {
            if let Some(number) = number.as_f64() {
                found.insert(path, number);
            }
        }
        _ => {}
    }
}

/// A path that scores do not have.
#[derive(Debug, Error, Clone, PartialEq, Eq)]
#[error("the scores have no number at {path:?}{}", at(.known))]
pub struct NoSuchPath {
    /// The path.
    pub path: String,
    /// What there is where the path leaves the scores.
    pub known: Vec<String>,
}

fn at(known: &[String]) -> String {
    if known.is_empty() { String::new() } else { format!("; there is: {}", known.join(", ")) }
}

/// The number at a dotted path of a score file; `None` if it is `null`, a ratio
/// without a denominator.
///
/// # Errors
///
/// If there is no number and no `null` at that path.
pub fn at_path(scores: &Value, path: &str) -> Result<Option<f64>, NoSuchPath> {
    let mut value = scores;
    for name in path.split('.') {
        let next = match value {
            Value::Object(fields) => fields.get(name),
            Value::Array(items) => name.parse().ok().and_then(|n: usize| items.get(n)),
            _ => None,
        };
        value = next.ok_or_else(|| no_such_path(path, value))?;
    }
    match value {
        Value::Null => Ok(None),
        Value::Number(number) => Ok(number.as_f64()),
        _ => Err(no_such_path(path, value)),
    }
}

fn no_such_path(path: &str, value: &Value) -> NoSuchPath {
    let known = match value {
        Value::Object(fields) => fields.keys().cloned().collect(),
        _ => Vec::new(),
    };
    NoSuchPath { path: path.to_owned(), known }
}

/// Writes what moved, for people.
///
/// # Errors
///
/// If `out` fails; then with the error of `out`.
pub fn write_moved(mut out: impl Write, moved: &[Moved]) -> io::Result<()> {
    if moved.is_empty() {
        return writeln!(out, "Nothing moved against the baseline.");
    }
    writeln!(out, "Moved against the baseline")?;
    let number = |value: Option<f64>| {
        value.map_or_else(
            || "–".to_owned(),
            |value| if value.fract() == 0.0 { format!("{value}") } else { format!("{value:.4}") },
        )
    };
    let mut table = Table::new(["", "was", "is", "change"]);
    for Moved { path, was, is } in moved {
        let change = was.zip(*is).map(|(was, is)| is - was);
        let change = change.map_or_else(String::new, |change| {
            if change.fract() == 0.0 { format!("{change:+}") } else { format!("{change:+.4}") }
        });
        table.row([path.clone(), number(*was), number(*is), change]);
    }
    table.write(&mut out)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_moved_is_told_and_intervals_are_not() {
        let was = json!({"a": {"f1": 0.5, "intervals": {"f1": [0.1, 0.2]}, "n": 3}, "gone": 1});
        let is = json!({"a": {"f1": 0.75, "intervals": {"f1": [0.3, 0.4]}, "n": 3}, "b": null});
        let moved = moved(&was, &is);
        let paths: Vec<_> = moved.iter().map(|m| (m.path.as_str(), m.was, m.is)).collect();
        assert_eq!(paths, [("a.f1", Some(0.5), Some(0.75)), ("gone", Some(1.0), None)]);
        let mut out = Vec::new();
        write_moved(&mut out, &moved).unwrap();
        assert!(String::from_utf8(out).unwrap().contains("a.f1  0.5000  0.7500  +0.2500"));
    }

    #[test]
    fn a_path_leads_to_a_number_or_says_what_there_is() {
        let scores = json!({"marked": {"end_to_end": {"f1": 0.5, "precision": null}}});
        assert_eq!(at_path(&scores, "marked.end_to_end.f1"), Ok(Some(0.5)));
        assert_eq!(at_path(&scores, "marked.end_to_end.precision"), Ok(None));
        let said = at_path(&scores, "marked.endtoend.f1").unwrap_err().to_string();
        assert_eq!(
            said,
            "the scores have no number at \"marked.endtoend.f1\"; there is: end_to_end"
        );
        assert!(at_path(&scores, "marked").is_err());
        assert!(at_path(&scores, "marked.end_to_end.f1.x").is_err());
    }
}
