//! Load, by oha: <https://github.com/hatoo/oha>.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context as _, bail, ensure};
use serde_json::Value;

use super::program::Service;

/// The program that makes the load.
pub(super) struct Oha(PathBuf);

/// Requests to `/v1/attribute`.
pub(super) struct Load<'a> {
    pub(super) service: &'a Service,
    /// A body a line.
    pub(super) bodies: &'a Path,
    pub(super) amount: Amount,
    /// How many wait for an answer at one time.
    pub(super) clients: usize,
}

pub(super) enum Amount {
    /// So many, as fast as they are answered.
    Requests(usize),
    /// So many a second, whether they are answered or not; for so long.
    Paced { per_second: f64, last: Duration },
}

/// What came of it.
pub(super) struct Served {
    pub(super) per_second: f64,
    /// Seconds within which half of the answers came.
    pub(super) p50: f64,
    pub(super) p99: f64,
    /// How often there was each status, and each failure.
    pub(super) statuses: BTreeMap<String, u64>,
}

impl Oha {
    pub(super) fn at(path: &Path) -> anyhow::Result<Self> {
        let asked = Command::new(path).arg("--version").stdout(Stdio::null()).status();
        let told = || {
            let path = path.display();
            format!("{path} does not run; `cargo install oha --locked` gets it, --oha names it")
        };
        ensure!(asked.with_context(told)?.success(), told());
        Ok(Self(path.to_owned()))
    }

    pub(super) fn run(&self, load: &Load<'_>) -> anyhow::Result<Served> {
        let mut command = Command::new(&self.0);
        command.args(["--no-tui", "--output-format", "json", "--method", "POST"]);
        command.args(["-H", "Content-Type: application/json"]);
        command.args(["-c", &load.clients.to_string()]);
        command.arg("-Z").arg(load.bodies);
        match load.amount {
            Amount::Requests(requests) => command.args(["-n", &requests.to_string()]),
            Amount::Paced { per_second, last } => command
                .args(["-z", &format!("{}s", last.as_secs())])
                .args(["-q", &format!("{:.0}", per_second.max(1.0))])
                // Who waits for a place waits for the answer.
                .arg("--latency-correction"),
        };
        command.arg(format!("{}/v1/attribute", load.service.address));
        let done = command.stderr(Stdio::inherit()).output()?;
        ensure!(done.status.success(), "oha failed: {}", done.status);
        Served::of(&serde_json::from_slice(&done.stdout).context("what oha says")?)
    }
}

impl Served {
    fn of(told: &Value) -> anyhow::Result<Self> {
        let number = |value: &Value, what: &str| {
            value.as_f64().with_context(|| format!("oha tells no {what}"))
        };
        let mut statuses = BTreeMap::new();
        for kind in ["statusCodeDistribution", "errorDistribution"] {
            let counts = told[kind].as_object().into_iter().flatten();
            let counts = counts.filter_map(|(name, count)| Some((name.clone(), count.as_u64()?)));
            // What was under way when the time was up is no failure.
            statuses.extend(counts.filter(|(name, _)| !name.contains("deadline")));
        }
        Ok(Self {
            per_second: number(&told["summary"]["requestsPerSec"], "speed")?,
            p50: number(&told["latencyPercentiles"]["p50"], "p50")?,
            p99: number(&told["latencyPercentiles"]["p99"], "p99")?,
            statuses,
        })
    }

    pub(super) fn has(&self, status: &str) -> bool {
        self.statuses.contains_key(status)
    }

    pub(super) fn has_only(&self, known: &[&str]) -> bool {
        !self.statuses.is_empty() && self.statuses.keys().all(|one| known.contains(&one.as_str()))
    }

    /// Fails where something else than an answer came.
    pub(super) fn only_ok(&self) -> anyhow::Result<()> {
        if !self.has_only(&["200"]) {
            bail!("not all was answered: {:?}", self.statuses);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_oha_says_is_read() {
        let told = json!({
            "summary": {"requestsPerSec": 12.5},
            "latencyPercentiles": {"p50": 0.5, "p99": 1.25},
            "statusCodeDistribution": {"200": 7, "429": 2},
            "errorDistribution": {"aborted due to deadline": 3}
        });
        let served = Served::of(&told).unwrap();
        assert_eq!((served.per_second, served.p50, served.p99), (12.5, 0.5, 1.25));
        assert!(served.has_only(&["200", "429"]) && served.has("429"));
        assert!(served.only_ok().is_err());
        assert!(Served::of(&json!({})).is_err());
    }
}
