//! The service that is measured: started on a free port, ended when it is let go.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use anyhow::{Context as _, anyhow};
use serde_json::Value;
use ureq::Agent;

/// How long an answer may take before it counts as none.
const PATIENCE: Duration = Duration::from_secs(30);

/// A service with the embedded model.
pub(super) struct Service {
    child: Child,
    /// `http://127.0.0.1:40123`
    pub(super) address: String,
}

impl Service {
    pub(super) fn start(root: &Path, program: &Path) -> anyhow::Result<Self> {
        let mut command = Command::new(program);
        command.current_dir(root).args(["serve", "--port", "0", "--log", "json"]);
        let mut child = command.stderr(Stdio::piped()).spawn().context("the service")?;
        let mut log = BufReader::new(child.stderr.take().context("its log")?).lines();
        let address = log.by_ref().map_while(Result::ok).find_map(|line| {
            let line: Value = serde_json::from_str(&line).ok()?;
            let message = line["message"].as_str()?;
            Some(message[message.find("http://")?..].to_owned())
        });
        // A log that nobody reads would stop who writes it.
        thread::spawn(move || log.map_while(Result::ok).for_each(drop));
        let address = address.context("the service ended before it listened")?;
        Ok(Self { child, address })
    }

    /// Its resident memory in MiB.
    pub(super) fn memory(&self) -> anyhow::Result<f64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kilobytes = line.and_then(|line| line.trim().strip_suffix(" kB"));
        let kilobytes: f64 = kilobytes.context("no VmRSS")?.trim().parse()?;
        Ok(kilobytes / 1024.0)
    }

    /// Asks for its health until the answer is taken.
    pub(super) fn watched(&self, every: Duration) -> Health {
        let end = Arc::new(AtomicBool::new(false));
        let (told, url) = (end.clone(), format!("{}/v1/health", self.address));
        let watching = thread::spawn(move || {
            let agent = agent();
            let (mut asked, mut slowest) = (0, Duration::ZERO);
            while !told.load(Ordering::Relaxed) {
                let begun = Instant::now();
                agent.get(&url).call().context("the service does not answer for its health")?;
                slowest = slowest.max(begun.elapsed());
                asked += 1;
                thread::sleep(every);
            }
            Ok((asked, slowest))
        });
        Health { end, watching }
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Who watches over the health of a service.
pub(super) struct Health {
    end: Arc<AtomicBool>,
    watching: JoinHandle<anyhow::Result<(usize, Duration)>>,
}

impl Health {
    /// How often it was asked, and the slowest answer.
    pub(super) fn end(self) -> anyhow::Result<(usize, Duration)> {
        self.end.store(true, Ordering::Relaxed);
        self.watching.join().map_err(|_| anyhow!("nobody watched"))?
    }
}

/// A client of this machine's.
pub(super) fn agent() -> Agent {
    let settings = Agent::config_builder().proxy(None).timeout_global(Some(PATIENCE));
    settings.build().into()
}
