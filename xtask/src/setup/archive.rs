//! libtorch from the project that makes it: the official CPU archive.

use std::fs::File;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, ensure};
use sha2::{Digest, Sha256};
use ureq::Agent;
use ureq::tls::{RootCerts, TlsConfig};

use super::cache::Workshop;
use super::progress::{Progress, megabytes};
use super::unpack::unpack;
use super::{Source, hex};

/// The archive for the C++ ABI before C++11, the one that wheels have too, so
/// that `LIBTORCH_CXX11_ABI=0` of `.cargo/config.toml` is right for either.
pub(crate) const URL: &str =
    "https://download.pytorch.org/libtorch/cpu/libtorch-shared-with-deps-2.4.0%2Bcpu.zip";

/// A closed network shall be noticed soon, for the next source's turn.
const CONNECT: Duration = Duration::from_secs(10);

/// A connection that is silent for so long is dead.
const SILENCE: Duration = Duration::from_mins(1);

/// The archive and what is unpacked from it.
const SPACE: u64 = 1_200_000_000;

const BUFFER: usize = 1 << 16;

/// The archive at an address.
#[derive(Debug)]
pub(crate) struct Archive {
    url: String,
}

impl Archive {
    /// The official one.
    pub(crate) fn official() -> Self {
        Self { url: URL.into() }
    }

    fn download(&self, path: &Path) -> anyhow::Result<String> {
        let tls = TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).build();
        let agent: Agent = Agent::config_builder()
            .tls_config(tls)
            .timeout_resolve(Some(CONNECT))
            .timeout_connect(Some(CONNECT))
            .timeout_recv_response(Some(SILENCE))
            .timeout_per_read(Some(SILENCE))
            .build()
            .into();
        let mut response = agent.get(&self.url).call()?;
        let total = response.body().content_length();
        if let Some(total) = total {
            eprintln!("  fetching {}", megabytes(total));
        }
        let mut progress = Progress::new("fetching", total);
        let mut reader = response.body_mut().as_reader();
        let mut file = File::create(path)?;
        let mut hash = Sha256::new();
        let mut buffer = vec![0; BUFFER];
        let mut bytes = 0;
        loop {
            let count = reader.read(&mut buffer).context("the connection broke")?;
            if count == 0 {
                break;
            }
            hash.update(&buffer[..count]);
            file.write_all(&buffer[..count])?;
            bytes += count as u64;
            progress.add(count as u64);
        }
        let total = total.unwrap_or(bytes);
        ensure!(bytes == total, "the connection broke after {bytes} of {total} bytes");
        Ok(hex(&hash.finalize()))
    }
}

impl Source for Archive {
    fn name(&self) -> String {
        format!("the official CPU archive {}", self.url)
    }

    fn space(&self) -> u64 {
        SPACE
    }

    fn make(&self, workshop: &Workshop) -> anyhow::Result<String> {
        let path = workshop.scratch.join("libtorch.zip");
        // The archive's publisher states no checksum for it, and this project
        // has none of its own, so there is nothing to compare with: the
        // connection's certificate, each file's checksum inside the archive,
        // and the checks on what was unpacked must do. The checksum is shown
        // and written down for whoever wants to compare it.
        let checksum = self.download(&path)?;
        eprintln!("  its SHA-256 is {checksum} (the publisher states none to compare it with)");
        unpack(&path, &workshop.tree, place)?;
        Ok(format!("{}\nSHA-256 {checksum}", self.url))
    }
}

/// Everything but the static libraries, which are of no use here, and the
/// folders for other build systems.
fn place(name: &str) -> Option<PathBuf> {
    let name = name.strip_prefix("libtorch/")?;
    let wanted = match name.split_once('/') {
        Some(("lib", file)) => file.contains(".so"),
        Some((folder, _)) => folder == "include",
        None => true,
    };
    wanted.then(|| PathBuf::from(name))
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io::{BufRead, BufReader};
    use std::net::TcpListener;
    use std::thread;

    use super::super::cache::Cache;
    use super::super::{fixture, libtorch};
    use super::*;

    /// Answers one request with `body`, announced as `length` bytes; gives
    /// back the address.
    fn serve_once(status: &'static str, body: Vec<u8>, length: usize) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/libtorch.zip", listener.local_addr().unwrap());
        thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
            while lines.next().is_some_and(|line| !line.unwrap().is_empty()) {}
            let head = format!("HTTP/1.1 {status}\r\nContent-Length: {length}\r\n\r\n");
            stream.write_all(head.as_bytes()).unwrap();
            stream.write_all(&body).unwrap();
        });
        url
    }

    fn make(url: String, cache: &Cache) -> anyhow::Result<()> {
        let lock = cache.lock()?;
        cache.make(&lock, 0, |workshop| {
            Archive { url }.make(workshop)?;
            libtorch::check(&workshop.tree, fixture::DEMANDS)
        })
    }

    #[test]
    fn an_archive_is_fetched_unpacked_and_whole() {
        let folder = tempfile::tempdir().unwrap();
        let zip = fs::read(fixture::archive(folder.path())).unwrap();
        let length = zip.len();
        let cache = Cache::at(&folder.path().join("cache"));
        make(serve_once("200 OK", zip, length), &cache).unwrap();
        assert!(cache.libtorch().join("build-version").exists());
        assert!(!cache.libtorch().join("lib/libstatic.a").exists());
        assert!(!cache.libtorch().join("share").exists());
    }

    #[test]
    fn a_broken_connection_leaves_nothing_and_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let zip = fs::read(fixture::archive(folder.path())).unwrap();
        let length = zip.len();
        let cache = Cache::at(&folder.path().join("cache"));
        let half = zip[..length / 2].to_vec();
        let error = make(serve_once("200 OK", half, length), &cache).unwrap_err();
        assert!(format!("{error:#}").contains("the connection broke"), "{error:#}");
        assert!(!cache.libtorch().exists());
        make(serve_once("200 OK", zip, length), &cache).expect("the second try is whole");
    }

    #[test]
    fn an_answer_that_is_no_success_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::at(&folder.path().join("cache"));
        let error = make(serve_once("403 Forbidden", Vec::new(), 0), &cache).unwrap_err();
        assert!(format!("{error:#}").contains("403"), "{error:#}");
    }

    #[test]
    fn headers_shared_libraries_and_versions_are_kept() {
        let kept = |name| place(name).is_some();
        assert!(kept("libtorch/lib/libtorch_cpu.so"));
        assert!(kept("libtorch/lib/libgomp-98b21ff3.so.1"));
        assert!(kept("libtorch/include/ATen/ATen.h"));
        assert!(kept("libtorch/build-version"));
        assert!(!kept("libtorch/lib/libprotobuf.a"));
        assert!(!kept("libtorch/share/cmake/Torch/TorchConfig.cmake"));
        assert!(!kept("other/build-version"));
    }
}
