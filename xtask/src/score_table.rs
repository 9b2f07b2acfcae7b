//! The table of scores in the README, made from `eval/scores.json`.

use anyhow::Context;
use serde_json::{Map, Value};

/// What stands before and behind the table.
const START: &str = "<!-- made by `cargo xtask scores` with --news or --novels -->\n";
const END: &str = "<!-- end -->\n";

/// The sets: their name in the scores, and what they are.
const SETS: [(&str, &str); 4] = [
    ("news", "news, development: 104 articles of NOS, De Telegraaf, 7Days, NOS/EenVandaag"),
    ("gold_dev", "`eval/gold/dev`: 36 articles, full of hard cases"),
    ("gold_test", "`eval/gold/test`: 36 others, which no rule was made from"),
    ("novels", "OpenBoek: openings of six Dutch novels"),
];

/// `readme` with the table of these scores.
///
/// # Errors
///
/// If it does not say where the table stands.
pub(crate) fn renew(readme: &str, scores: &Map<String, Value>) -> anyhow::Result<String> {
    let place = "the README does not say where its table of scores stands";
    let (before, rest) = readme.split_once(START).context(place)?;
    let (_, after) = rest.split_once(END).context(place)?;
    Ok(format!("{before}{START}\n{}\n{END}{after}", table(scores)))
}

fn table(scores: &Map<String, Value>) -> String {
    let mut table = String::from(
        "| set | quotations | found, F1 | end to end, F1 |\n| --- | --- | --- | --- |\n",
    );
    for (name, title) in SETS {
        let mut title = title;
        for (group, label) in [("marked", "in marks"), ("indirect", "reported")] {
            let score = |measure: &str| &scores.get(name).unwrap_or(&Value::Null)[group][measure];
            let count = score("detection")["gold"].as_u64().unwrap_or_default();
            if count > 0 {
                let cells = [score("detection"), score("end_to_end")].map(percent);
                let [found, right] = cells;
                let row = format!("| {title} | {count} {label} | {found} | {right} |\n");
                table.push_str(&row);
                title = "";
            }
        }
    }
    table
}

/// F1 in percent, with its interval.
fn percent(score: &Value) -> String {
    let of = |value: &Value| value.as_f64().map_or("–".into(), |it| format!("{:.1}", 100.0 * it));
    let f1 = of(&score["f1"]);
    match &score["intervals"]["f1"] {
        Value::Array(ends) if ends.len() == 2 => {
            format!("{f1} [{}, {}]", of(&ends[0]), of(&ends[1]))
        }
        _ => f1,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_row_for_what_is_labelled() {
        let score =
            |f1: f64, gold: u64| json!({"f1": f1, "gold": gold, "intervals": {"f1": [0.5, 1.0]}});
        let set = json!({
            "marked": {"detection": score(0.9612, 500), "end_to_end": score(0.8, 500)},
            "indirect": {"detection": score(0.0, 0), "end_to_end": score(0.0, 0)},
        });
        let scores = [("novels".to_owned(), set)].into_iter().collect();
        let readme = format!("a\n{START}old\n{END}b\n");
        let renewed = renew(&readme, &scores).unwrap();
        let row = "| OpenBoek: openings of six Dutch novels | 500 in marks | 96.1 [50.0, 100.0] | \
                   80.0 [50.0, 100.0] |\n";
        assert!(renewed.contains(row) && !renewed.contains("old"), "{renewed}");
        assert!(renewed.starts_with("a\n") && renewed.ends_with("b\n"));
        assert_eq!(renew(&renewed, &scores).unwrap(), renewed);
        assert!(renew("nothing", &scores).is_err());
    }
}
