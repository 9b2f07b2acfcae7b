//! Stand-ins for the two CUDA libraries that the processor part of a CUDA
//! build still asks for.
//!
//! The `libtorch_cpu.so` of the package index's wheel is linked against
//! libcudart and libcupti, for the profiler. Nothing here profiles, so two
//! libraries that define exactly the wanted symbols, and answer every call
//! with an error, let it load without the 3 GB of CUDA. `libtorch.so` is an
//! empty library that pulls in the others, CUDA's among them; an empty one
//! that pulls in only the processor's takes its place.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context, ensure};

use super::compiler;
use super::elf::Library;

/// The libraries that are replaced. Each has one version of its symbols, of
/// the library's own name.
const REPLACED: [&str; 2] = ["libcudart.so.12", "libcupti.so.12"];

/// The library that wants them, in the folder `lib`.
const WANTING: &str = "libtorch_cpu.so";

/// "Unknown error", in the numbering of both libraries.
const UNKNOWN_ERROR: u32 = 999;

/// The one wanted function that gives back a text and not a number.
const GIVES_TEXT: &str = "cudaGetErrorString";

/// Builds the stand-ins that `libtorch_cpu.so` in the folder `lib` wants, and
/// an empty `libtorch.so`. Gives back how many symbols were stood in for.
///
/// # Errors
///
/// If the library cannot be read, the compiler fails, or what it made does not
/// define what is wanted.
pub(crate) fn build(lib: &Path) -> anyhow::Result<usize> {
    let wanted = wanted(&lib.join(WANTING))?;
    let mut symbols = 0;
    for (library, versions) in &wanted {
        build_stub(lib, library, versions).with_context(|| format!("no stand-in for {library}"))?;
        symbols += versions.values().map(BTreeSet::len).sum::<usize>();
    }
    build_shim(lib).context("no libtorch.so")?;
    Ok(symbols)
}

/// Symbols by the version that they are wanted in.
type Versions = BTreeMap<String, BTreeSet<String>>;

/// What the library at `path` wants of the replaced libraries.
fn wanted(path: &Path) -> anyhow::Result<BTreeMap<String, Versions>> {
    let mut wanted: BTreeMap<String, Versions> = BTreeMap::new();
    for symbol in Library::read(path)?.symbols {
        let (Some(library), Some(version)) = (symbol.wanted_from, symbol.version) else { continue };
        if !symbol.defined && REPLACED.contains(&library.as_str()) {
            let versions = wanted.entry(library).or_default();
            versions.entry(version).or_default().insert(symbol.name);
        }
    }
    Ok(wanted)
}

fn build_stub(lib: &Path, library: &str, versions: &Versions) -> anyhow::Result<()> {
    let mut source = String::new();
    let mut script = String::new();
    for (version, symbols) in versions {
        writeln!(script, "{version} {{\n  global:")?;
        for symbol in symbols {
            writeln!(script, "    {symbol};")?;
            if symbol == GIVES_TEXT {
                writeln!(source, "const char *{symbol}(void) {{ return \"no CUDA here\"; }}")?;
            } else {
                writeln!(source, "int {symbol}(void) {{ return {UNKNOWN_ERROR}; }}")?;
            }
        }
        writeln!(script, "}};")?;
    }
    compile(lib, library, &source, Some(&script), &[])?;

    let made = Library::read(&lib.join(library))?;
    for (version, symbols) in versions {
        let defined: BTreeSet<&str> = made
            .symbols
            .iter()
            .filter(|symbol| symbol.defined && symbol.version.as_ref() == Some(version))
            .map(|symbol| symbol.name.as_str())
            .collect();
        for symbol in symbols {
            ensure!(defined.contains(symbol.as_str()), "{symbol}@{version} is still undefined");
        }
    }
    Ok(())
}

fn build_shim(lib: &Path) -> anyhow::Result<()> {
    let libraries = ["-L.", "-Wl,--no-as-needed", "-ltorch_cpu", "-lc10", "-Wl,-rpath,$ORIGIN"];
    compile(lib, "libtorch.so", "typedef int nothing;\n", None, &libraries)
}

/// Compiles `source` into the shared library `name` of the folder `lib`.
fn compile(
    lib: &Path,
    name: &str,
    source: &str,
    version_script: Option<&str>,
    libraries: &[&str],
) -> anyhow::Result<()> {
    let source_file = format!("{name}.c");
    let script_file = format!("{name}.map");
    fs::write(lib.join(&source_file), source)?;
    let soname = format!("-Wl,-soname,{name}");
    let script_flag = format!("-Wl,--version-script={script_file}");
    let mut arguments = vec!["-shared", "-fPIC", "-o", name, &source_file, &soname];
    if let Some(script) = version_script {
        fs::write(lib.join(&script_file), script)?;
        arguments.push(&script_flag);
    }
    arguments.extend(libraries);
    compiler::run(lib, &arguments)?;
    fs::remove_file(lib.join(&source_file))?;
    if version_script.is_some() {
        fs::remove_file(lib.join(&script_file))?;
    }
    Ok(())
}
