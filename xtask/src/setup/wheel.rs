//! libtorch from the package index, through pip: where only package indexes
//! can be reached, torch's wheel still can. It is the CUDA build; the part for
//! the processor is cut out of it.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use anyhow::{Context, bail, ensure};
use sha2::{Digest, Sha256};

use super::cache::Workshop;
use super::libtorch::{self, VERSION, VERSION_FILE};
use super::progress::{Progress, megabytes};
use super::unpack::unpack;
use super::{Source, hex, stubs};

/// The wheel's name. Any Python's would do, since nothing of Python is kept;
/// the program that fetches it need not be of that version.
const FILE: &str = "torch-2.4.0-cp311-cp311-manylinux1_x86_64.whl";

/// The wheel's checksum, of the file as the index has had it since its
/// release in July 2024.
const SHA256: &str = "e743adadd8c8152bb8373543964551a7cb7cc20ba898dc8f9c0cdbe47c283de0";

/// The wheel's size.
const BYTES: u64 = 797_262_052;

/// The wheel, twice while pip moves it, and a margin; what is unpacked comes
/// when the second copy is gone.
const SPACE: u64 = 1_700_000_000;

/// What keeps pip to that one file, whatever Python it runs under.
const PIP: [&str; 13] = [
    "-m",
    "pip",
    "download",
    "--quiet",
    "--progress-bar=off",
    "--disable-pip-version-check",
    // The wheel is kept in this project's cache, cut down; 797 MB more in
    // pip's own would serve nobody.
    "--no-cache-dir",
    "--no-deps",
    "--only-binary=:all:",
    "--python-version=3.11",
    "--platform=manylinux1_x86_64",
    "torch==2.4.0",
    "--dest",
];

const LOOK_EVERY: Duration = Duration::from_millis(200);

/// A wheel of torch that pip can get.
#[derive(Debug)]
pub(crate) struct Wheel {
    python: OsString,
    file: String,
    sha256: String,
    bytes: u64,
    space: u64,
}

impl Wheel {
    /// The one wheel of torch 2.4.0 whose checksum this program knows.
    pub(crate) fn pinned() -> Self {
        Self {
            python: "python3".into(),
            file: FILE.into(),
            sha256: SHA256.into(),
            bytes: BYTES,
            space: SPACE,
        }
    }

    /// Has pip put the wheel into the workshop, unless it is there from an
    /// earlier run.
    fn download(&self, workshop: &Workshop) -> anyhow::Result<PathBuf> {
        let wheel = workshop.downloads.join(&self.file);
        if wheel.is_file() && self.verify(&wheel).is_ok() {
            eprintln!("  it was fetched by an earlier run");
            return Ok(wheel);
        }
        eprintln!(
            "  fetching {}, of which the part for the processor is kept",
            megabytes(self.bytes)
        );
        let child = Command::new(&self.python)
            .args(PIP)
            .arg(&workshop.scratch)
            // pip's first copy goes where it is cleared with the rest, and
            // where there is space: a /tmp in memory may have less.
            .env("TMPDIR", &workshop.scratch)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .with_context(|| format!("cannot run {}", self.python.display()))?;
        self.follow(child, &workshop.scratch)?;
        let fetched = workshop.scratch.join(&self.file);
        ensure!(fetched.is_file(), "pip fetched something, but not {}", self.file);
        fs::rename(&fetched, &wheel)
            .with_context(|| format!("cannot move the wheel to {}", wheel.display()))?;
        if let Err(why) = self.verify(&wheel) {
            fs::remove_file(&wheel)
                .with_context(|| format!("cannot remove {}", wheel.display()))?;
            return Err(why);
        }
        Ok(wheel)
    }

    /// Waits for pip while showing how much of the wheel is in its folder.
    fn follow(&self, mut pip: Child, folder: &Path) -> anyhow::Result<()> {
        // pip may say more than a pipe holds, and would wait for a reader.
        let stderr = pip.stderr.take();
        let reader = thread::spawn(move || {
            let mut said = String::new();
            if let Some(mut stderr) = stderr {
                // Whatever was read until an error is all there is to show.
                let _ = stderr.read_to_string(&mut said);
            }
            said
        });
        let mut progress = Progress::new("fetching", Some(self.bytes));
        let status = loop {
            if let Some(status) = pip.try_wait().context("lost sight of pip")? {
                break status;
            }
            progress.set(libtorch::size(folder).min(self.bytes));
            thread::sleep(LOOK_EVERY);
        };
        drop(progress);
        let said = reader.join().unwrap_or_default();
        if !status.success() {
            bail!("pip could not fetch it: {}", last_error(&said));
        }
        Ok(())
    }

    fn verify(&self, wheel: &Path) -> anyhow::Result<()> {
        let mut file =
            File::open(wheel).with_context(|| format!("cannot open {}", wheel.display()))?;
        let mut progress = Progress::new("checking", Some(self.bytes));
        let mut hash = Sha256::new();
        let mut buffer = vec![0; 1 << 20];
        loop {
            let count = file.read(&mut buffer)?;
            if count == 0 {
                break;
            }
            hash.update(&buffer[..count]);
            progress.add(count as u64);
        }
        let found = hex(&hash.finalize());
        ensure!(
            found == self.sha256,
            "{} has the wrong checksum: SHA-256 {found}, and {} is expected",
            self.file,
            self.sha256
        );
        Ok(())
    }
}

impl Source for Wheel {
    fn name(&self) -> String {
        format!("the package index's torch {VERSION} wheel, by pip")
    }

    fn space(&self) -> u64 {
        self.space
    }

    fn make(&self, workshop: &Workshop) -> anyhow::Result<String> {
        let wheel = self.download(workshop)?;
        unpack(&wheel, &workshop.tree, place)?;
        // Archives have this file and wheels do not; torch-sys reads it.
        fs::write(workshop.tree.join(VERSION_FILE), format!("{VERSION}+cpu\n"))?;
        let symbols = stubs::build(&workshop.tree.join("lib"))?;
        eprintln!("  {symbols} CUDA symbols that the profiler asks for are stood in for");
        Ok(format!(
            "{}\nSHA-256 {}\nThe part for the processor, with stand-ins for {symbols} symbols of \
             libcudart and libcupti",
            self.file, self.sha256
        ))
    }
}

/// The libraries for the processor and all headers. The wheel's `libtorch.so`
/// would pull in CUDA's libraries: another one is built in its place.
fn place(name: &str) -> Option<PathBuf> {
    let wanted = match name.strip_prefix("torch/")?.split_once('/')? {
        ("include", _) => true,
        ("lib", file) => {
            matches!(file, "libc10.so" | "libtorch_cpu.so")
                || (file.starts_with("libgomp") && file.contains(".so"))
        }
        _ => false,
    };
    wanted.then(|| PathBuf::from(name.trim_start_matches("torch/")))
}

/// What of pip's words tells why it failed: its first line of an error, and if
/// there is none, its last line.
fn last_error(said: &str) -> String {
    let lines = || said.lines().map(str::trim).filter(|line| !line.is_empty());
    lines()
        .find(|line| line.starts_with("ERROR:"))
        .or_else(|| lines().next_back())
        .unwrap_or("it did not say why")
        .trim_start_matches("ERROR:")
        .trim()
        .to_owned()
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::super::cache::Cache;
    use super::super::{compiler, fixture};
    use super::*;

    /// A program in place of Python that does what `script` says with the
    /// folder that pip is to put the wheel into, `$dest`, and counts its runs.
    fn python(folder: &Path, script: &str) -> OsString {
        let path = folder.join("python");
        let runs = folder.join("runs");
        let text = format!(
            "#!/bin/sh\nfor dest; do :; done\necho run >> '{}'\n{script}\n",
            runs.display()
        );
        fs::write(&path, text).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        path.into()
    }

    fn runs(folder: &Path) -> usize {
        fs::read_to_string(folder.join("runs")).map_or(0, |runs| runs.lines().count())
    }

    /// A small wheel, and the source that gets it by copying.
    fn small(folder: &Path) -> Wheel {
        let wheel = fixture::wheel(folder);
        let bytes = fs::read(&wheel).unwrap();
        let copy = format!("cp '{}' \"$dest/{FILE}\"", wheel.display());
        Wheel {
            python: python(folder, &copy),
            file: FILE.into(),
            sha256: hex(&Sha256::digest(&bytes)),
            bytes: bytes.len() as u64,
            space: 0,
        }
    }

    fn make(wheel: &Wheel, cache: &Cache) -> anyhow::Result<()> {
        let lock = cache.lock()?;
        cache.make(&lock, 0, |workshop| {
            wheel.make(workshop)?;
            libtorch::check(&workshop.tree, fixture::DEMANDS)
        })
    }

    #[test]
    fn a_cuda_wheel_becomes_a_libtorch_that_loads_without_cuda() {
        let folder = tempfile::tempdir().unwrap();
        let wheel = small(folder.path());
        let cache = Cache::at(&folder.path().join("cache"));
        make(&wheel, &cache).unwrap();
        let lib = cache.libtorch().join("lib");
        let mut names: Vec<_> = fs::read_dir(&lib)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort_unstable();
        let expected = ["libc10.so", "libcudart.so.12", "libcupti.so.12", "libtorch.so"];
        assert_eq!(names[..4], expected);
        assert_eq!(names[4..], ["libtorch_cpu.so"]);
        compiler::try_loading(&cache.libtorch()).unwrap();

        fs::remove_file(lib.join("libcupti.so.12")).unwrap();
        let error = compiler::try_loading(&cache.libtorch()).unwrap_err();
        assert!(format!("{error:#}").contains("libcupti.so.12"), "{error:#}");
    }

    #[test]
    fn a_wrong_checksum_is_refused_and_nothing_kept() {
        let folder = tempfile::tempdir().unwrap();
        let mut wheel = small(folder.path());
        let right = std::mem::replace(&mut wheel.sha256, SHA256.into());
        let cache = Cache::at(&folder.path().join("cache"));
        let error = make(&wheel, &cache).unwrap_err().to_string();
        assert!(error.contains("wrong checksum"), "{error}");
        assert!(error.contains(SHA256) && error.contains(&right), "{error}");
        assert!(!cache.libtorch().exists());
        wheel.sha256 = right;
        make(&wheel, &cache).unwrap();
        assert_eq!(runs(folder.path()), 2, "the refused wheel was not used again");
    }

    #[test]
    fn an_interrupted_unpacking_is_redone_from_the_fetched_wheel() {
        let folder = tempfile::tempdir().unwrap();
        let wheel = small(folder.path());
        let cache = Cache::at(&folder.path().join("cache"));
        let lock = cache.lock().unwrap();
        let interrupted = cache.make(&lock, 0, |workshop| {
            wheel.download(workshop)?;
            fs::create_dir_all(workshop.tree.join("lib"))?;
            fs::write(workshop.tree.join("lib/libc10.so"), "half")?;
            bail!("interrupted")
        });
        assert!(interrupted.is_err());
        assert!(!cache.libtorch().exists());
        drop(lock);
        make(&wheel, &cache).unwrap();
        assert_eq!(runs(folder.path()), 1, "pip ran once");
    }

    #[test]
    fn what_pip_says_is_passed_on() {
        let folder = tempfile::tempdir().unwrap();
        let mut wheel = small(folder.path());
        let cache = Cache::at(&folder.path().join("cache"));
        let script = "echo 'WARNING: old' >&2; echo 'ERROR: No matching one' >&2; exit 1";
        wheel.python = python(folder.path(), script);
        let error = make(&wheel, &cache).unwrap_err().to_string();
        assert_eq!(error, "pip could not fetch it: No matching one");

        wheel.python = folder.path().join("no-python").into();
        let error = make(&wheel, &cache).unwrap_err().to_string();
        assert!(error.contains("cannot run") && error.contains("no-python"), "{error}");
    }

    #[test]
    fn only_the_processors_libraries_are_kept() {
        let kept = |name| place(name).is_some();
        assert!(kept("torch/lib/libtorch_cpu.so"));
        assert!(kept("torch/lib/libgomp-a34b3233.so.1"));
        assert!(kept("torch/include/torch/csrc/api/include/torch/torch.h"));
        assert!(!kept("torch/lib/libtorch_cuda.so"));
        assert!(!kept("torch/lib/libtorch_python.so"));
        assert!(!kept("torch/lib/libtorch.so"));
        assert!(!kept("torch/nn/functional.py"));
        assert!(!kept("torchgen/include/x"));
    }
}
