//! `wiezei serve`: the service and its pages.

use std::future::Future;
use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context as _, anyhow};
use clap::ValueEnum;
use tokio::net::TcpListener;
use tracing::Level;
use wiezei::formats::{InputFormat, Inputs, Origin};
use wiezei::serve::{Access, Connections, Desk, DeskError, Limits, SharedNames, listen, router};

use super::args::{ColorArg, ModelArgs};
use super::failure::Failure;
use super::messages::Messages;
use super::recognizing;
use super::settings::NamesFrom;

pub(super) const EXAMPLES: &str = "\
Examples:
  Look at articles in the browser, at http://127.0.0.1:8080:
    wiezei serve

  Ask it:
    curl --data-binary @article.txt -H 'Content-Type: text/plain' \\
      http://127.0.0.1:8080/v1/attribute

  Many at once, as a table:
    curl --data-binary @articles.jsonl -H 'Content-Type: application/x-ndjson' \\
      -H 'Accept: text/csv' http://127.0.0.1:8080/v1/attribute

  Correct what is proposed for a folder of articles, at http://127.0.0.1:8080/label,
  and score the program on the result:
    wiezei serve --label articles/ --labels labels/
    wiezei eval labels/

/v1/openapi.json describes all of it; /metrics is for Prometheus. There is no
password: whoever reaches the port may ask. No text is logged or kept. SIGTERM
or Ctrl-C ends the service once it has finished what it took.";

/// The arguments of `serve`.
#[derive(Debug, clap::Args)]
pub(super) struct ServeArgs {
    /// Port to listen on; 0 for any that is free
    #[arg(long, value_name = "PORT", default_value_t = 8080)]
    pub(super) port: u16,

    /// Address to listen on; any other than this machine's own lets others in
    #[arg(long, value_name = "ADDRESS", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    pub(super) host: IpAddr,

    /// Articles to label at /label, as `attribute` reads them
    #[arg(long, value_name = "FILE|DIR", num_args = 1.., requires = "labels")]
    pub(super) label: Vec<PathBuf>,

    /// Folder of the labels, a JSON file an article, as `eval` reads them
    #[arg(long, value_name = "DIR", requires = "label")]
    pub(super) labels: Option<PathBuf>,

    /// Let pages of this site read answers (CORS); may be given more than once
    #[arg(long, value_name = "ORIGIN", value_parser = origin)]
    pub(super) allow_origin: Vec<String>,

    /// The longest request, in mebibytes
    #[arg(long, value_name = "MIB", default_value = "4", help_heading = LIMITS)]
    pub(super) max_body: NonZeroUsize,

    /// How many documents a request may hold
    #[arg(long, value_name = "N", default_value = "100", help_heading = LIMITS)]
    pub(super) max_documents: NonZeroUsize,

    /// How many requests are worked on at one time; others get 429
    #[arg(long, value_name = "N", default_value = "64", help_heading = LIMITS)]
    pub(super) max_at_once: NonZeroUsize,

    /// How many seconds the work on a request may take
    #[arg(long, value_name = "SECONDS", default_value = "60", help_heading = LIMITS)]
    pub(super) max_seconds: NonZeroUsize,

    #[command(flatten)]
    pub(super) model: ModelArgs,

    /// Take names from this JSONL file instead of the model
    ///
    /// As for `attribute`: articles are told apart by their `id`, and one that
    /// is not in the file has no names.
    #[arg(long, value_name = "FILE.jsonl")]
    pub(super) names: Option<PathBuf>,

    /// How the log is written, on standard error
    #[arg(long, value_enum, default_value_t)]
    pub(super) log: LogFormat,

    /// Colour in messages
    #[arg(long, value_enum, value_name = "WHEN", default_value_t)]
    pub(super) color: ColorArg,

    /// Log warnings and errors alone
    #[arg(short, long)]
    pub(super) quiet: bool,
}

/// Over which the limits stand.
const LIMITS: &str = "Limits";

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
pub(super) enum LogFormat {
    /// A line for people
    #[default]
    Text,
    /// A JSON object a line
    Json,
}

/// An origin as browsers send it: scheme, host, and the port where it is no
/// usual one.
fn origin(given: &str) -> Result<String, String> {
    let wrong = "an origin is a scheme and a host, without a path: https://example.org";
    let (scheme, host) = given.split_once("://").ok_or(wrong)?;
    let is_plain = |c: char| c.is_ascii_alphanumeric() || ".-_:[]".contains(c);
    if !matches!(scheme, "http" | "https") || host.is_empty() || !host.chars().all(is_plain) {
        return Err(wrong.into());
    }
    Ok(given.to_owned())
}

/// Serves until it is told to end.
pub(super) fn run(args: ServeArgs, messages: &mut Messages) -> Result<(), Failure> {
    log(&args);
    let desk = desk(&args, messages)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.context("cannot start").map_err(Failure::Internal)?;
    runtime.block_on(serve(args, desk))
}

fn log(args: &ServeArgs) {
    let level = if args.quiet { Level::WARN } else { Level::INFO };
    let log = tracing_subscriber::fmt()
        .with_max_level(level)
        .with_target(false)
        .with_ansi(false)
        .with_writer(io::stderr);
    // A second one in a process is none of a user's concerns.
    let _ = match args.log {
        LogFormat::Text => log.try_init(),
        LogFormat::Json => log.json().flatten_event(true).try_init(),
    };
}

async fn serve(args: ServeArgs, desk: Option<Desk>) -> Result<(), Failure> {
    // First of all: a port that is taken is to be told at once, and a signal
    // that comes while the model is loading is not to be missed.
    let address = SocketAddr::new(args.host, args.port);
    let listener = TcpListener::bind(address).await.map_err(|error| taken(address, &error))?;
    let end = told_to_end().context("cannot wait for signals").map_err(Failure::Internal)?;
    let access = Access { local_only: args.host.is_loopback(), origins: args.allow_origin.clone() };
    let limits = Limits {
        body: args.max_body.get() << 20,
        documents: args.max_documents.get(),
        at_once: args.max_at_once.get(),
        working: Duration::from_secs(args.max_seconds.get() as u64),
        ..Limits::default()
    };
    let from = NamesFrom { file: args.names, model: args.model };
    let load = move || {
        let loaded = recognizing::recognizer(&from, |said| tracing::warn!("{said}"))?;
        Ok::<_, Failure>((loaded.recognizer, loaded.produced_by))
    };
    let names = SharedNames::start(load)?;
    let address = listener.local_addr().unwrap_or(address);
    if !args.host.is_loopback() {
        tracing::warn!("whoever reaches {address} may ask: there is no password");
    }
    tracing::info!(recognizer = names.produced_by().recognizer, "listening on http://{address}");
    let connections = Connections { grace: limits.working, ..Connections::default() };
    listen(listener, router(names, limits, access, desk), connections, end).await;
    tracing::info!("ended");
    Ok(())
}

/// The articles to label; of those that cannot be read, `messages` tells.
fn desk(args: &ServeArgs, messages: &mut Messages) -> Result<Option<Desk>, Failure> {
    let Some(labels) = &args.labels else { return Ok(None) };
    let origins = args.label.iter().cloned().map(Origin::Path);
    let (inputs, missing) = Inputs::find(origins, InputFormat::Auto);
    for error in &missing {
        messages.unreadable(error);
    }
    let mut documents = Vec::new();
    for document in inputs {
        match document {
            Ok(document) => documents.push(document),
            Err(error) => messages.unreadable(&error),
        }
    }
    if documents.is_empty() {
        return Err(Failure::input("there is no article to label", "name some with --label"));
    }
    match Desk::new(documents, labels) {
        Ok(desk) => Ok(Some(desk)),
        Err(error @ DeskError::Duplicate { .. }) => Err(Failure::input(
            error.to_string(),
            "their labels would be one file; rename one of them",
        )),
        Err(error) => Err(Failure::input(error.to_string(), "name another folder with --labels")),
    }
}

fn taken(address: SocketAddr, error: &io::Error) -> Failure {
    let said = format!("cannot listen on {address}: {error}");
    match error.kind() {
        io::ErrorKind::AddrInUse => {
            Failure::input(said, "another program does; choose another port with --port")
        }
        io::ErrorKind::AddrNotAvailable => {
            Failure::input(said, "name an address of this machine with --host")
        }
        io::ErrorKind::PermissionDenied => {
            Failure::input(said, "choose a port from 1024 upwards with --port")
        }
        _ => Failure::Internal(anyhow!(said)),
    }
}

/// Ends when the user or the system wants the program to.
fn told_to_end() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};

    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
        tracing::info!("ending: what was begun is finished first");
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_has_no_path() {
        assert!(origin("https://example.org:8443").is_ok());
        for wrong in ["example.org", "https://example.org/", "ftp://x", "https://", "*"] {
            assert!(origin(wrong).is_err(), "{wrong}");
        }
    }
}
