//! The C and C++ compilers: whether they are there, building small shared
//! libraries with them, and trying whether a libtorch can be linked and
//! loaded.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use anyhow::{Context, bail, ensure};

const HOW_TO_INSTALL: &str = "on Debian and Ubuntu: apt install build-essential";

/// Makes sure that both compilers can be run. A build of `tch` compiles a
/// layer of C++ over libtorch; better to hear now than after the download
/// that the compiler for it is missing.
///
/// # Errors
///
/// If one is missing; the message says how to install it.
pub(crate) fn check() -> anyhow::Result<()> {
    for (program, language) in [(c_compiler(), "C"), (cpp_compiler(), "C++")] {
        let found = Command::new(&program)
            .arg("--version")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|status| status.success());
        ensure!(
            found,
            "there is no {language} compiler: `{} --version` does not run; {HOW_TO_INSTALL}",
            program.display()
        );
    }
    Ok(())
}

fn c_compiler() -> OsString {
    env::var_os("CC").filter(|name| !name.is_empty()).unwrap_or_else(|| "cc".into())
}

fn cpp_compiler() -> OsString {
    env::var_os("CXX").filter(|name| !name.is_empty()).unwrap_or_else(|| "c++".into())
}

/// Runs the C compiler with these arguments in the folder `within`.
///
/// # Errors
///
/// If it is not there, or fails; the message holds what it said.
pub(crate) fn run(within: &Path, arguments: &[&str]) -> anyhow::Result<()> {
    let program = c_compiler();
    let output =
        Command::new(&program).current_dir(within).args(arguments).output().with_context(|| {
            format!("cannot run the C compiler `{}`; {HOW_TO_INSTALL}", program.display())
        })?;
    ensure!(
        output.status.success(),
        "`{} {}` failed: {}",
        program.display(),
        arguments.join(" "),
        said(&output)
    );
    Ok(())
}

/// Links a program that does nothing against the libtorch in `libtorch` and
/// runs it with all symbols bound at once: whatever of libtorch's own
/// libraries is missing, unfit or cut short shows here, and not an hour later.
///
/// # Errors
///
/// If it cannot be linked or does not run.
pub(crate) fn try_loading(libtorch: &Path) -> anyhow::Result<()> {
    // Where this program runs from another may, too; of the folder for
    // temporary files that is not said everywhere.
    let program = env::current_exe().context("cannot tell where this program lies")?;
    let beside = program.parent().context("this program lies nowhere")?;
    let folder = tempfile::tempdir_in(beside)
        .with_context(|| format!("cannot write to {}", beside.display()))?;
    link_and_run(libtorch, folder.path())
}

fn link_and_run(libtorch: &Path, folder: &Path) -> anyhow::Result<()> {
    fs::write(folder.join("load.c"), "int main(void) { return 0; }\n")?;
    let lib = libtorch.join("lib");
    let lib = lib.to_str().with_context(|| format!("{} is not UTF-8", lib.display()))?;
    let search = format!("-L{lib}");
    let rpath = format!("-Wl,-rpath,{lib}");
    let arguments = [
        "load.c",
        "-o",
        "load",
        &search,
        &rpath,
        "-Wl,--no-as-needed",
        "-ltorch",
        "-ltorch_cpu",
        "-lc10",
    ];
    run(folder, &arguments).context("a program cannot be linked against it")?;
    // A search path of the user's would hide what the program itself finds.
    let output = Command::new(folder.join("load"))
        .env("LD_BIND_NOW", "1")
        .env_remove("LD_LIBRARY_PATH")
        .output()
        .context("the linked program cannot be started")?;
    if !output.status.success() {
        bail!("a program linked against it does not start: {}", said(&output));
    }
    Ok(())
}

/// The end of what a program said, standard error first.
fn said(output: &Output) -> String {
    let text = [output.stderr.as_slice(), output.stdout.as_slice()]
        .into_iter()
        .map(|bytes| String::from_utf8_lossy(bytes).trim().to_owned())
        .find(|text| !text.is_empty())
        .unwrap_or_else(|| output.status.to_string());
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(6)..].join("\n")
}
