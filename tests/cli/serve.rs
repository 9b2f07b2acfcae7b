//! `wiezei serve`, over a real socket.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, ChildStderr, Command, Stdio};
use std::thread;
use std::time::Duration;

use crate::{Folder, Ran};

const ARTICLE: &str = "\"De brug blijft dicht\", zegt wethouder Noor Geheim.";

/// A service that was started for one test.
struct Service {
    child: Child,
    log: BufReader<ChildStderr>,
    address: SocketAddr,
    _folder: Folder,
}

impl Service {
    fn start(args: &[&str]) -> Self {
        let folder = Folder::new(&[]);
        let mut child = Command::new(assert_cmd::cargo::cargo_bin("wiezei"))
            .current_dir(folder.path())
            .args(["serve", "--port", "0", "--names", "namen", "--log", "json"])
            .args(args)
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program");
        let mut log = BufReader::new(child.stderr.take().expect("standard error"));
        let mut said = String::new();
        let address = loop {
            said.clear();
            assert!(log.read_line(&mut said).expect("a line") > 0, "it ended before it listened");
            let line: serde_json::Value = serde_json::from_str(&said).expect("JSON");
            if let Some(address) = line["message"].as_str().and_then(|m| m.split("http://").nth(1))
            {
                break address.parse().expect("an address");
            }
        };
        Self { child, log, address, _folder: folder }
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).expect("a connection");
        stream.set_read_timeout(Some(Duration::from_secs(30))).expect("a limit");
        stream
    }

    /// Status and body of the answer to a request.
    fn ask(&self, head: &str, body: &[u8]) -> (u16, String) {
        let mut stream = self.connect();
        let length = body.len();
        let host = self.address;
        write!(stream, "{head}\r\nHost: {host}\r\nContent-Length: {length}\r\n").expect("sent");
        stream.write_all(b"Connection: close\r\n\r\n").expect("sent");
        // A body that is refused may not be read to its end.
        let _ = stream.write_all(body);
        answer(&mut stream)
    }

    fn attribute(&self, body: &[u8]) -> (u16, String) {
        self.ask("POST /v1/attribute HTTP/1.1\r\nContent-Type: text/plain", body)
    }

    fn signal(&self, name: &str) {
        let mut kill = Command::new("kill");
        let sent = kill.args([name, &self.child.id().to_string()]).status().expect("kill");
        assert!(sent.success());
    }

    /// Waits for the end; with the exit code and the rest of the log.
    fn end(mut self) -> (Option<i32>, String) {
        let mut log = String::new();
        self.log.read_to_string(&mut log).expect("the log");
        (self.child.wait().expect("an end").code(), log)
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn answer(stream: &mut TcpStream) -> (u16, String) {
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes);
    let text = String::from_utf8(bytes).expect("UTF-8");
    let status = text.split(' ').nth(1).and_then(|status| status.parse().ok());
    let body = text.split_once("\r\n\r\n").map_or("", |(_, body)| body);
    (status.unwrap_or_else(|| panic!("no answer: {text:?}")), body.to_owned())
}

#[test]
fn it_answers_until_it_is_told_to_end_and_logs_no_text() {
    let service = Service::start(&[]);
    let (status, body) = service.attribute(ARTICLE.as_bytes());
    assert_eq!(status, 200, "{body}");
    let document: serde_json::Value = serde_json::from_str(&body).expect("JSON");
    assert_eq!(document["quotes"][0]["text"], "\"De brug blijft dicht\"");
    let path = "GET /geheim/Noor?q=Noor HTTP/1.1";
    assert_eq!(service.ask(path, b"").0, 404);
    service.signal("-TERM");
    let (code, log) = service.end();
    assert_eq!(code, Some(0), "{log}");
    assert!(
        log.contains("\"route\":\"/v1/attribute\"") && log.contains("\"documents\":1"),
        "{log}"
    );
    assert!(!log.contains("Noor") && !log.contains("brug") && !log.contains("eheim"), "{log}");
}

#[test]
fn what_was_begun_is_finished() {
    let service = Service::start(&[]);
    let mut stream = service.connect();
    let (first, rest) = ARTICLE.as_bytes().split_at(10);
    let head = format!(
        "POST /v1/attribute HTTP/1.1\r\nHost: {}\r\nContent-Type: text/plain\r\n\
         Content-Length: {}\r\n\r\n",
        service.address,
        ARTICLE.len()
    );
    stream.write_all(head.as_bytes()).expect("sent");
    stream.write_all(first).expect("sent");
    thread::sleep(Duration::from_millis(300));
    service.signal("-INT");
    thread::sleep(Duration::from_millis(300));
    assert!(TcpStream::connect(service.address).is_err(), "nobody else is let in");
    stream.write_all(rest).expect("sent");
    let (status, body) = answer(&mut stream);
    assert_eq!(status, 200, "{body}");
    assert_eq!(service.end().0, Some(0));
}

#[test]
fn clients_that_do_harm_harm_nobody_else() {
    let service = Service::start(&["--max-body", "1"]);
    let head = "POST /v1/attribute HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\n";
    let hung: Vec<_> = (0..100)
        .map(|n| {
            let mut stream = service.connect();
            let more = if n % 2 == 0 { "Content-Length: 100\r\n\r\nhalf" } else { "X-Half: " };
            stream.write_all(format!("{head}{more}").as_bytes()).expect("sent");
            stream
        })
        .collect();
    thread::scope(|scope| {
        let honest: Vec<_> = (0..4)
            .map(|_| {
                let ask = || service.attribute(ARTICLE.as_bytes()).0;
                scope.spawn(move || (0..20).map(|_| ask()).collect::<Vec<_>>())
            })
            .collect();
        let json = "POST /v1/attribute HTTP/1.1\r\nContent-Type: application/json";
        for _ in 0..5 {
            send_too_much(&service, head);
            assert_eq!(service.attribute(b"Caf\xe9").0, 400);
            assert_eq!(service.ask(json, b"{").0, 400);
        }
        for client in honest {
            assert_eq!(client.join().expect("answers"), [200; 20]);
        }
    });
    drop(hung);
}

/// Sends what is announced as a gigabyte, until the service hangs up.
fn send_too_much(service: &Service, head: &str) {
    let mut large = service.connect();
    large.write_all(format!("{head}Content-Length: 1000000000\r\n\r\n").as_bytes()).expect("sent");
    let mut stream = large.try_clone().expect("another hand on it");
    let sending = thread::spawn(move || {
        let block = vec![b'x'; 1 << 16];
        while stream.write_all(&block).is_ok() {}
    });
    let mut start = [0; 12];
    large.read_exact(&mut start).expect("an answer");
    assert_eq!(&start, b"HTTP/1.1 413");
    drop(large);
    sending.join().expect("the service hung up on who sends too much");
}

#[test]
fn a_port_that_is_taken_is_told() {
    let service = Service::start(&[]);
    let folder = Folder::new(&[]);
    let mut command = folder.wiezei();
    let port = service.address.port().to_string();
    let ran = Ran::of(command.args(["serve", "--names", "namen", "--port", &port]));
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(
        ran.err.contains("cannot listen on 127.0.0.1") && ran.err.contains("--port"),
        "{ran:?}"
    );
}

#[test]
fn names_that_cannot_be_read_are_told() {
    let folder = Folder::new(&[("stuk", b"{")]);
    let ran = Ran::of(folder.wiezei().args(["serve", "--port", "0", "--names", "stuk"]));
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(ran.err.contains("stuk, line 1: bad JSON"), "{ran:?}");
}

#[test]
fn articles_to_label_need_a_folder_for_the_labels() {
    let folder = Folder::new(&[("a.txt", ARTICLE.as_bytes()), ("b/a.txt", b"Tekst.")]);
    let serve = |args: &[&str]| {
        let mut command = folder.wiezei();
        Ran::of(command.args(["serve", "--port", "0", "--names", "namen"]).args(args))
    };
    assert!(serve(&["--label", "a.txt"]).err.contains("--labels <DIR>"));
    let ran = serve(&["--label", "a.txt", "b/a.txt", "--labels", "labels"]);
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(ran.err.contains("two articles are called \"a\""), "{ran:?}");
    let ran = serve(&["--label", "weg.txt", "--labels", "labels"]);
    assert!(ran.err.contains("weg.txt: no such file") && ran.code == Some(2), "{ran:?}");
}
