//! `cargo xtask dist`: a tarball that runs wherever it is unpacked: the program,
//! libtorch beside it, the model, the licences. It is unpacked and run before it
//! counts as made.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

use anyhow::{Context, bail, ensure};
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use serde_json::Value;

use crate::checkout::Checkout;
use crate::setup;

/// What `build.rs` has to write into the program, so that it looks for libtorch
/// in the folder `lib` beside itself and nowhere else.
const BESIDE: (&str, &str) = ("WIEZEI_LIBTORCH_BESIDE", "lib");
const MODEL: &str = "models/nl-news-ner";
const PLATFORM: &str = "x86_64-linux";
const LIBTORCH_LICENCE: &str = "xtask/licences/libtorch-2.4.0.txt";
const ARTICLE: &str =
    "De brug blijft dicht\n\n\"Dat duurt tot mei\", zegt wethouder Noor Bakker.\n";

/// Sets up if needed, builds, packs and checks the tarball in `target/dist`.
///
/// # Errors
///
/// If a step fails, or what was packed does not run by itself.
pub(crate) fn run(checkout: &Checkout) -> anyhow::Result<ExitCode> {
    setup::ensure(checkout)?;
    eprintln!("$ cargo build --release");
    let built = checkout.cargo(&["build", "--release"]).env(BESIDE.0, BESIDE.1).status()?;
    ensure!(built.success(), "the program could not be built");
    let program = checkout.root().join("target/release/wiezei");
    let libraries = libraries(&program, &checkout.link().join("lib"))?;

    let folder = checkout.root().join("target/dist");
    let name = format!("wiezei-{}-{PLATFORM}", env!("CARGO_PKG_VERSION"));
    let staged = folder.join(&name);
    if staged.exists() {
        fs::remove_dir_all(&staged)?;
    }
    stage(checkout, &program, &libraries, &staged)?;
    let tarball = folder.join(format!("{name}.tar.gz"));
    pack(&staged, &name, &tarball)?;
    fs::remove_dir_all(&staged)?;
    check(&tarball, &name)?;
    let size = fs::metadata(&tarball)?.len() / 1_000_000;
    eprintln!("{} ({size} MB) was unpacked into an empty folder and ran there", tarball.display());
    Ok(ExitCode::SUCCESS)
}

/// The libraries of libtorch that the program loads.
fn libraries(program: &Path, lib: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let loaded = loaded(Command::new(program).env("LD_LIBRARY_PATH", lib))?;
    let lib = lib.canonicalize()?;
    let mut found = Vec::new();
    for (name, path) in loaded {
        let Some(path) = path else { bail!("the program needs {name}, which is nowhere") };
        // By the name that it is loaded by, which may be a link.
        let at = lib.join(&name);
        if path.canonicalize()?.starts_with(&lib) {
            found.push(at);
        }
    }
    ensure!(!found.is_empty(), "the program loads nothing from {}", lib.display());
    Ok(found)
}

/// What a program loads, by name, and where it is found; as the loader says
/// instead of running it.
fn loaded(command: &mut Command) -> anyhow::Result<Vec<(String, Option<PathBuf>)>> {
    let output = command.env("LD_TRACE_LOADED_OBJECTS", "1").output()?;
    ensure!(output.status.success(), "the loader cannot list what the program loads");
    let text = String::from_utf8(output.stdout)?;
    let library = |line: &str| {
        let (name, rest) = line.trim().split_once(" => ")?;
        let path = rest.split(" (").next().filter(|path| path.starts_with('/'));
        Some((name.to_owned(), path.map(PathBuf::from)))
    };
    Ok(text.lines().filter_map(library).collect())
}

fn stage(
    checkout: &Checkout,
    program: &Path,
    libraries: &[PathBuf],
    staged: &Path,
) -> anyhow::Result<()> {
    let copy = |from: &Path, to: &str| -> anyhow::Result<()> {
        let to = staged.join(to);
        fs::create_dir_all(to.parent().context("a file has a folder")?)?;
        fs::copy(from, &to).with_context(|| format!("cannot copy {}", from.display()))?;
        Ok(())
    };
    copy(program, "wiezei")?;
    for library in libraries {
        let name = library.file_name().unwrap_or_default().to_string_lossy();
        copy(library, &format!("lib/{name}"))?;
    }
    let root = checkout.root();
    for entry in fs::read_dir(root.join(MODEL))? {
        let entry = entry?;
        copy(&entry.path(), &format!("{MODEL}/{}", entry.file_name().to_string_lossy()))?;
    }
    for file in ["README.md", "CHANGELOG.md", "LICENSE-APACHE", "LICENSE-MIT"] {
        copy(&root.join(file), file)?;
    }
    copy(&root.join("docs/tables.md"), "docs/tables.md")?;
    copy(&root.join("models/nl-tagger/README.md"), "licences/nl-tagger.md")?;
    copy(&root.join(LIBTORCH_LICENCE), "licences/libtorch.txt")?;
    fs::write(staged.join("licences/crates.txt"), crates(checkout)?)?;
    Ok(())
}

/// The crates in the program, with their licences and where their texts are.
fn crates(checkout: &Checkout) -> anyhow::Result<String> {
    let arguments = ["metadata", "--format-version", "1", "--locked"];
    let output = checkout.cargo(&arguments).stderr(Stdio::inherit()).output()?;
    ensure!(output.status.success(), "cargo metadata failed");
    let metadata: Value = serde_json::from_slice(&output.stdout)?;
    let packages = metadata["packages"].as_array().context("cargo metadata has no packages")?;
    let text = |value: &Value| value.as_str().unwrap_or("?").to_owned();
    let mut lines: Vec<String> = packages
        .iter()
        .filter(|package| !package["source"].is_null())
        .map(|package| {
            let of = |field: &str| text(&package[field]);
            format!("{} {}: {}, {}", of("name"), of("version"), of("license"), of("repository"))
        })
        .collect();
    lines.sort();
    Ok(format!(
        "The crates that wiezei and its build are made of, with their licences; the texts are in \
         each crate's repository.\n\n{}\n",
        lines.join("\n")
    ))
}

fn pack(staged: &Path, name: &str, tarball: &Path) -> anyhow::Result<()> {
    let encoder = GzEncoder::new(File::create(tarball)?, Compression::default());
    let mut tar = tar::Builder::new(encoder);
    tar.mode(tar::HeaderMode::Deterministic);
    tar.append_dir_all(name, staged)?;
    tar.into_inner()?.finish()?.sync_all()?;
    Ok(())
}

/// Unpacks the tarball into an empty folder and runs the program there, with no
/// variable of this environment: it has to find its libraries and its model in
/// what was unpacked.
fn check(tarball: &Path, name: &str) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    tar::Archive::new(GzDecoder::new(File::open(tarball)?)).unpack(folder.path())?;
    let home = folder.path().join(name).canonicalize()?;
    let clean = || {
        let mut command = Command::new(home.join("wiezei"));
        command.env_clear().current_dir(folder.path());
        command
    };
    for (library, path) in loaded(&mut clean())? {
        let Some(path) = path else { bail!("{library} is not found when it is unpacked") };
        let is_torch = ["libtorch", "libc10", "libgomp-"].iter().any(|it| library.starts_with(it));
        let is_inside = path.canonicalize()?.starts_with(&home);
        ensure!(is_inside || !is_torch, "{library} is taken from {}", path.display());
    }
    let mut child = clean()
        .args(["attribute", "--format", "jsonl"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    child.stdin.take().context("no standard input")?.write_all(ARTICLE.as_bytes())?;
    let output = child.wait_with_output()?;
    ensure!(output.status.success(), "the program fails when it is unpacked");
    let answer: Value = serde_json::from_slice(&output.stdout)?;
    let speaker = &answer["quotes"][0]["speaker"]["name"];
    ensure!(speaker == "Noor Bakker", "the program finds {speaker} when it is unpacked");
    Ok(())
}
