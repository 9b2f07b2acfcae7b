//! A server on this machine that answers as the Hugging Face Hub does, with one
//! tiny model, and that can be told to fail.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use std::{fs, thread};

use sha1::Sha1;
use sha2::{Digest as _, Sha256};

pub(crate) const WEIGHTS: &str = "model.safetensors";

/// What the server does wrong, and with what it answers.
#[derive(Clone)]
pub(crate) struct Plan {
    pub(crate) repository: &'static str,
    /// The revision that it has, besides its commit.
    pub(crate) revision: &'static str,
    pub(crate) commit: &'static str,
    pub(crate) files: BTreeMap<String, Vec<u8>>,
    /// The file whose bytes come spoilt.
    pub(crate) spoilt: Option<&'static str>,
    /// How many times the weights break off, after how many bytes each.
    pub(crate) breaks: (usize, usize),
    /// Whether the connection stays open where the weights break off.
    pub(crate) stalls: bool,
    /// Whether files come with an `ETag` that says nothing of their bytes.
    pub(crate) vague: bool,
}

/// The server; it runs as long as the test does.
pub(crate) struct Hub {
    pub(crate) address: String,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Plan {
    /// The tiny BERT, served as it should be.
    pub(crate) fn tiny() -> Self {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/tiny-bert");
        let names = ["config.json", "tokenizer.json", "tokenizer_config.json", WEIGHTS];
        let file = |name: &str| (name.to_owned(), fs::read(format!("{folder}/{name}")).unwrap());
        let mut files: BTreeMap<_, _> = names.into_iter().map(file).collect();
        files.insert("README.md".to_owned(), b"A card.\n".to_vec());
        files.insert("pytorch_model.bin".to_owned(), b"not asked for".to_vec());
        Self {
            repository: "iemand/klein-model",
            revision: "main",
            commit: "0123456789abcdef0123456789abcdef01234567",
            files,
            spoilt: None,
            breaks: (0, 0),
            stalls: false,
            vague: false,
        }
    }

    pub(crate) fn without(mut self, file: &str) -> Self {
        self.files.remove(file).unwrap();
        self
    }

    fn etag(&self, file: &str) -> String {
        let bytes = &self.files[file];
        if self.vague {
            return format!("v{}", bytes.len());
        }
        if file == WEIGHTS {
            return format!("{:x}", Sha256::digest(bytes));
        }
        let blob = [format!("blob {}\0", bytes.len()).as_bytes(), bytes].concat();
        format!("{:x}", Sha1::digest(blob))
    }
}

impl Hub {
    pub(crate) fn start(plan: Plan) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let requests = Arc::new(Mutex::new(Vec::new()));
        let hub =
            Self { address: format!("http://127.0.0.1:{port}"), requests: Arc::clone(&requests) };
        let broken = Arc::new(Mutex::new(0));
        thread::spawn(move || {
            for stream in listener.incoming() {
                let Ok(stream) = stream else { return };
                let (plan, requests) = (plan.clone(), Arc::clone(&requests));
                let broken = Arc::clone(&broken);
                thread::spawn(move || answer(stream, &plan, port, &requests, &broken));
            }
        });
        hub
    }

    /// The requests so far: path and, behind a space, the range.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }

    /// From which byte on the weights were asked for, each time; looks at their
    /// size aside.
    pub(crate) fn starts(&self) -> Vec<usize> {
        let start = |request: &String| {
            let range = request.strip_prefix(&format!("/elsewhere/{WEIGHTS} bytes="))?;
            range.strip_suffix('-')?.parse().ok()
        };
        self.requests().iter().filter_map(start).collect()
    }
}

/// Answers one request. A client that is gone is not told.
fn answer(
    stream: TcpStream,
    plan: &Plan,
    port: u16,
    requests: &Mutex<Vec<String>>,
    broken: &Mutex<usize>,
) {
    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines().map_while(Result::ok);
    let Some(first) = lines.next() else { return };
    let path = first.split(' ').nth(1).unwrap_or_default().to_owned();
    let range = lines.take_while(|line| !line.is_empty()).find_map(|line| {
        let (name, value) = line.split_once(": ")?;
        name.eq_ignore_ascii_case("range").then(|| value.to_owned())
    });
    let request = format!("{path} {}", range.as_deref().unwrap_or_default());
    requests.lock().unwrap().push(request.trim_end().to_owned());
    let Plan { repository, commit, .. } = plan;
    let file_of =
        |before: String| path.strip_prefix(&before).filter(|f| plan.files.contains_key(*f));
    let info = |revision| format!("/api/models/{repository}/revision/{revision}");
    if path == info(plan.revision.replace('/', "%2F")) || path == info((*commit).to_owned()) {
        let siblings: Vec<_> =
            plan.files.keys().map(|file| serde_json::json!({"rfilename": file})).collect();
        let body = serde_json::json!({"sha": commit, "siblings": siblings}).to_string();
        send(stream, "200 OK", &[], body.len(), body.as_bytes());
    } else if let Some(file) = file_of(format!("/{repository}/resolve/{commit}/")) {
        let etag = format!("\"{}\"", plan.etag(file));
        let commit = ("X-Repo-Commit", (*commit).to_owned());
        if file == WEIGHTS {
            // Large files lie on another host.
            let location = format!("http://localhost:{port}/elsewhere/{file}");
            let headers = [commit, ("X-Linked-Etag", etag), ("Location", location)];
            send(stream, "302 Found", &headers, 0, b"");
        } else {
            part(stream, plan, file, range, vec![commit, ("ETag", etag)], None);
        }
    } else if let Some(file) = file_of("/elsewhere/".to_owned()) {
        let mut broken = broken.lock().unwrap();
        let breaks = *broken < plan.breaks.0 && range.as_deref() != Some("bytes=0-0");
        *broken += usize::from(breaks);
        drop(broken);
        part(stream, plan, file, range, vec![], breaks.then_some(plan.breaks.1));
    } else {
        send(stream, "404 Not Found", &[], 0, b"");
    }
}

/// Sends the bytes of `range`; the first `most` of them, if it is to break off.
fn part(
    stream: TcpStream,
    plan: &Plan,
    file: &str,
    range: Option<String>,
    mut headers: Vec<(&str, String)>,
    most: Option<usize>,
) {
    let mut bytes = plan.files[file].clone();
    if plan.spoilt == Some(file) {
        bytes[3] ^= 1;
    }
    let range = range.expect("a range");
    let (start, end) = range.strip_prefix("bytes=").and_then(|r| r.split_once('-')).unwrap();
    let start: usize = start.parse().unwrap();
    let end = end.parse().map_or(bytes.len(), |end: usize| end + 1);
    if start >= bytes.len() {
        return send(stream, "416 Range Not Satisfiable", &[], 0, b"");
    }
    headers.push(("Content-Range", format!("bytes {start}-{}/{}", end - 1, bytes.len())));
    let body = &bytes[start..end];
    let sent = &body[..most.unwrap_or(body.len()).min(body.len())];
    let held = stream.try_clone().unwrap();
    send(stream, "206 Partial Content", &headers, body.len(), sent);
    if most.is_some() && plan.stalls {
        thread::sleep(Duration::from_mins(1));
    }
    drop(held);
}

fn send(
    mut stream: TcpStream,
    status: &str,
    headers: &[(&str, String)],
    length: usize,
    body: &[u8],
) {
    let first = format!("HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {length}\r\n");
    let lines: Vec<_> =
        headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    let head = first + &lines.concat() + "\r\n";
    let _ = stream.write_all(&[head.as_bytes(), body].concat());
}
