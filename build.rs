//! Writes into the binaries, tests and benchmarks where libtorch lies, so that
//! they find it without `LD_LIBRARY_PATH`, also when they are moved. With
//! feature `bert` alone; without it there is nothing to do.

use std::env;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// The folder beside the program in which libtorch is to be looked for.
const BESIDE: &str = "WIEZEI_LIBTORCH_BESIDE";

fn main() -> ExitCode {
    println!("cargo::rerun-if-changed=build.rs");
    // Who builds only the documentation has, and needs, no libtorch.
    if env::var_os("CARGO_FEATURE_BERT").is_none() || env::var_os("DOCS_RS").is_some() {
        return ExitCode::SUCCESS;
    }
    for name in ["LIBTORCH", "LIBTORCH_LIB", BESIDE] {
        println!("cargo::rerun-if-env-changed={name}");
    }
    // Without either, as when another workspace depends on this package,
    // torch-sys finds or fetches a libtorch itself and tells nobody where.
    let Some(folder) = env::var_os("LIBTORCH_LIB").or_else(|| env::var_os("LIBTORCH")) else {
        return ExitCode::SUCCESS;
    };
    // What is packed for elsewhere looks beside itself, and nowhere else.
    if let Some(beside) = env::var_os(BESIDE) {
        println!("cargo::rustc-link-arg=-Wl,-rpath,$ORIGIN/{}", Path::new(&beside).display());
        return ExitCode::SUCCESS;
    }
    let lib = PathBuf::from(folder).join("lib");
    match lib.canonicalize() {
        Ok(canonical) => {
            link_to(&lib, &canonical);
            ExitCode::SUCCESS
        }
        Err(error) => {
            println!(
                "cargo::error=there is no libtorch at {} ({error}): run `cargo xtask setup`, or \
                 build without the transformer: `cargo build --no-default-features`",
                lib.display()
            );
            ExitCode::FAILURE
        }
    }
}

/// Has programs look for libtorch at its canonical place: the link in the
/// checkout may come to point elsewhere, and binaries are copied out of it.
fn link_to(lib: &Path, canonical: &Path) {
    println!("cargo::rerun-if-changed={}", lib.display());
    let unix = env::var_os("CARGO_CFG_UNIX").is_some();
    if unix {
        println!("cargo::rustc-link-arg=-Wl,-rpath,{}", canonical.display());
    }
}
