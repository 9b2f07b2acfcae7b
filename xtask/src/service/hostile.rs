//! Clients that do harm, for as long as honest ones ask: some hang in the middle of
//! a head or of a body, some send a gigabyte, some send what is no JSON or no UTF-8.

use std::fmt;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use anyhow::Context as _;
use serde_json::Value;

use super::program::{Service, agent};

const HONEST: usize = 4;
/// Articles that each honest client asks for.
const ASKED: usize = 50;
/// Fewer than the service takes connections, many of which they hold.
const HUNG: usize = 200;
const GIGABYTE: usize = 1 << 30;

/// What came of it.
#[derive(Default)]
pub(super) struct Harm {
    answered: usize,
    failed: usize,
    gigabytes: usize,
    refused: usize,
}

impl Harm {
    pub(super) const fn is_none(&self) -> bool {
        self.failed == 0 && self.answered > 0
    }
}

impl fmt::Display for Harm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { answered, failed, gigabytes, refused } = self;
        write!(f, "{answered} articles answered, {failed} not; {gigabytes} gigabytes begun, ")?;
        write!(f, "{refused} bodies refused, {HUNG} clients hung")
    }
}

/// Lets them loose on a service that honest clients ask for articles.
pub(super) fn run(service: &Service, articles: &[Value]) -> anyhow::Result<Harm> {
    let host = service.address.strip_prefix("http://").context("an address")?;
    let hung: Vec<_> = (0..HUNG).map(|n| hang(host, n)).collect::<Result<_, _>>()?;
    let end = AtomicBool::new(false);
    let (gigabytes, refused) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let (answered, failed) = (AtomicUsize::new(0), AtomicUsize::new(0));
    thread::scope(|scope| {
        scope.spawn(|| until(&end, || count(send_gigabyte(host).is_ok(), &gigabytes)));
        for body in [&b"{\"text\": "[..], b"{\"text\": \"Caf\xe9\"}"] {
            let refused = &refused;
            let end = &end;
            scope.spawn(move || until(end, || count(is_refused(host, body), refused)));
        }
        let honest: Vec<_> = (0..HONEST)
            .map(|n| {
                let (answered, failed) = (&answered, &failed);
                scope.spawn(move || {
                    let agent = agent();
                    for article in articles.iter().cycle().skip(n * ASKED).take(ASKED) {
                        let asked = agent
                            .post(format!("{}/v1/attribute", service.address))
                            .content_type("application/json")
                            .send(article.to_string());
                        count(asked.is_ok(), answered);
                        count(asked.is_err(), failed);
                    }
                })
            })
            .collect();
        for client in honest {
            // One that panicked did not get its answers.
            if client.join().is_err() {
                failed.fetch_add(1, Ordering::Relaxed);
            }
        }
        end.store(true, Ordering::Relaxed);
    });
    drop(hung);
    Ok(Harm {
        answered: answered.into_inner(),
        failed: failed.into_inner(),
        gigabytes: gigabytes.into_inner(),
        refused: refused.into_inner(),
    })
}

fn count(is: bool, counter: &AtomicUsize) {
    counter.fetch_add(usize::from(is), Ordering::Relaxed);
}

fn until(end: &AtomicBool, mut work: impl FnMut()) {
    while !end.load(Ordering::Relaxed) {
        work();
        thread::sleep(Duration::from_millis(20));
    }
}

fn head(host: &str, length: usize) -> String {
    format!(
        "POST /v1/attribute HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\n\
         Content-Length: {length}\r\n"
    )
}

/// Says half of what it announced, then nothing; every other one not even the head.
fn hang(host: &str, n: usize) -> std::io::Result<TcpStream> {
    let mut stream = TcpStream::connect(host)?;
    stream.write_all(head(host, 1000).as_bytes())?;
    stream.write_all(if n.is_multiple_of(2) { b"\r\n{\"text\"" } else { b"X-Half: " })?;
    Ok(stream)
}

/// Sends until it is hung up on.
fn send_gigabyte(host: &str) -> std::io::Result<()> {
    let mut stream = TcpStream::connect(host)?;
    stream.write_all(head(host, GIGABYTE).as_bytes())?;
    stream.write_all(b"\r\n")?;
    let block = vec![b'x'; 1 << 16];
    for _ in 0..GIGABYTE / block.len() {
        if stream.write_all(&block).is_err() {
            break;
        }
    }
    Ok(())
}

fn is_refused(host: &str, body: &[u8]) -> bool {
    let ask = || {
        let mut stream = TcpStream::connect(host)?;
        stream.write_all(head(host, body.len()).as_bytes())?;
        stream.write_all(b"Connection: close\r\n\r\n")?;
        stream.write_all(body)?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        std::io::Result::Ok(answer)
    };
    ask().is_ok_and(|answer| answer.starts_with(b"HTTP/1.1 400"))
}
