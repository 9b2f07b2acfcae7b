//! What a folder must be to pass for libtorch 2.4.0: its version, libraries,
//! headers and C++ ABI.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail, ensure};

use super::elf::Library;
use super::{archive, platform};

/// The version that `tch` 0.17 compiles against; no other one does.
pub(crate) const VERSION: &str = "2.4.0";

/// The file with the version in the official archives, which `torch-sys`
/// reads too.
pub(crate) const VERSION_FILE: &str = "build-version";

/// The header with the version, in archives and wheels alike.
const VERSION_HEADER: &str = "include/torch/csrc/api/include/torch/version.h";

/// Headers that `torch-sys` includes.
const HEADERS: [&str; 3] = [
    "include/torch/csrc/api/include/torch/torch.h",
    "include/torch/csrc/autograd/engine.h",
    "include/ATen/ATen.h",
];

/// How large `torch_cpu` is at the least, in bytes: it has 490 MB in the wheel;
/// a build for one processor alone may well be smaller, a broken copy is.
const LEAST_TORCH_CPU: u64 = 100_000_000;

/// What a folder is held to.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Demands {
    /// Bytes of the library `torch_cpu`, at the least.
    pub(crate) torch_cpu_bytes: u64,
}

impl Demands {
    /// What real folders are held to.
    pub(crate) const REAL: Self = Self { torch_cpu_bytes: LEAST_TORCH_CPU };
}

/// How `std::string` is passed: the choice is made when libtorch is compiled,
/// and code that uses it must be compiled with the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum CppAbi {
    /// As before C++11: that of wheels, and of the archives without
    /// `cxx11-abi` in their name.
    Old,
    /// As since C++11.
    New,
}

/// Makes sure that `folder` holds libtorch 2.4.0, whole as far as its files'
/// names, sizes and structure tell, and fit for this machine.
///
/// # Errors
///
/// If it does not; the message says in what.
pub(crate) fn check(folder: &Path, demands: Demands) -> anyhow::Result<()> {
    ensure!(folder.is_dir(), "there is no folder {}", folder.display());
    check_version(folder)?;
    for header in HEADERS {
        ensure!(folder.join(header).is_file(), "{header} is missing");
    }
    for (name, least) in [("torch", 0), ("c10", 1), ("torch_cpu", demands.torch_cpu_bytes)] {
        let library = library_path(name);
        let Ok(metadata) = fs::metadata(folder.join(&library)) else {
            bail!("{} is missing", library.display());
        };
        ensure!(
            metadata.len() >= least,
            "{} has only {} bytes: it was cut short",
            library.display(),
            metadata.len()
        );
    }
    if platform::is_x86_64_linux() {
        check_libraries(folder)?;
    }
    Ok(())
}

/// The size of all files below `folder`, in bytes. What cannot be read counts
/// for nothing: the size is shown, never decided on.
pub(crate) fn size(folder: &Path) -> u64 {
    let Ok(entries) = fs::read_dir(folder) else { return 0 };
    entries
        .flatten()
        .map(|entry| match entry.metadata() {
            Ok(metadata) if metadata.is_dir() => size(&entry.path()),
            Ok(metadata) => metadata.len(),
            Err(_) => 0,
        })
        .sum()
}

fn library_path(name: &str) -> PathBuf {
    use std::env::consts::{DLL_PREFIX, DLL_SUFFIX};
    Path::new("lib").join(format!("{DLL_PREFIX}{name}{DLL_SUFFIX}"))
}

/// The version file is in archives alone, the header in wheels too; what is
/// there must agree, and something must be there.
fn check_version(folder: &Path) -> anyhow::Result<()> {
    let file = fs::read_to_string(folder.join(VERSION_FILE)).ok();
    let header = fs::read_to_string(folder.join(VERSION_HEADER)).ok();
    let found = [
        (VERSION_FILE, file.map(|text| number(text.trim()).to_owned())),
        (VERSION_HEADER, header.and_then(|text| version_in_header(&text))),
    ];
    let mut known = false;
    for (place, version) in found {
        let Some(version) = version else { continue };
        ensure!(
            version == VERSION,
            "it is libtorch {version} (so says {place}), and tch 0.17 needs {VERSION} exactly"
        );
        known = true;
    }
    ensure!(
        known,
        "it does not say its version: neither {VERSION_FILE} nor {VERSION_HEADER} is there"
    );
    Ok(())
}

/// `2.4.0` of `2.4.0+cpu`.
fn number(version: &str) -> &str {
    version.split('+').next().unwrap_or(version)
}

/// The three numbers of the header's `#define TORCH_VERSION_MAJOR 2` and so on.
fn version_in_header(text: &str) -> Option<String> {
    let part = |name: &str| {
        text.lines().find_map(|line| {
            let mut words = line.split_whitespace();
            (words.next() == Some("#define") && words.next() == Some(name)).then(|| words.next())?
        })
    };
    let major = part("TORCH_VERSION_MAJOR")?;
    let minor = part("TORCH_VERSION_MINOR")?;
    Some(format!("{major}.{minor}.{}", part("TORCH_VERSION_PATCH")?))
}

fn check_libraries(folder: &Path) -> anyhow::Result<()> {
    // Its sections are read for the sake of a file that was cut short.
    Library::read(&folder.join(library_path("torch_cpu")))?;
    let c10 = folder.join(library_path("c10"));
    let library = Library::read(&c10)?;
    ensure!(library.x86_64, "{} is not for x86-64", c10.display());
    let abi = cpp_abi(&library)
        .with_context(|| format!("cannot tell the C++ ABI of {}", c10.display()))?;
    ensure!(
        abi == CppAbi::Old,
        "it is built for the {abi}, and .cargo/config.toml has wiezei built for the {}: take the \
         archive without `cxx11-abi` in its name, {}",
        CppAbi::Old,
        archive::URL
    );
    Ok(())
}

impl fmt::Display for CppAbi {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Old => "C++ ABI before C++11",
            Self::New => "C++ ABI since C++11",
        })
    }
}

/// The ABI shows in the mangled name of any function that takes a string.
/// libc10 may hold functions of the standard library's own under both, so a
/// function of libtorch's is looked at: the one that a failed check calls.
fn cpp_abi(c10: &Library) -> Option<CppAbi> {
    let of_name = |name: &str| {
        let arguments = name.strip_prefix("_ZN3c106detail14torchCheckFail")?;
        if arguments.contains("7__cxx1112basic_string") {
            Some(CppAbi::New)
        } else {
            arguments.ends_with("RKSs").then_some(CppAbi::Old)
        }
    };
    c10.symbols.iter().filter(|symbol| symbol.defined).find_map(|symbol| of_name(&symbol.name))
}

#[cfg(test)]
mod tests {
    use super::super::fixture;
    use super::*;

    fn refusal(folder: &Path) -> String {
        check(folder, fixture::DEMANDS).unwrap_err().to_string()
    }

    #[test]
    fn a_whole_folder_passes() {
        let folder = tempfile::tempdir().unwrap();
        fixture::libtorch(folder.path());
        check(folder.path(), fixture::DEMANDS).unwrap();
        assert!(size(folder.path()) > 10_000);
    }

    #[test]
    fn a_folder_without_a_version_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        fixture::libtorch(folder.path());
        fs::remove_file(folder.path().join(VERSION_FILE)).unwrap();
        check(folder.path(), fixture::DEMANDS).expect("the header has the version, as in a wheel");
        fs::remove_file(folder.path().join(VERSION_HEADER)).unwrap();
        assert!(refusal(folder.path()).contains("does not say its version"));
    }

    #[test]
    fn another_version_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        fixture::libtorch(folder.path());
        fs::write(folder.path().join(VERSION_FILE), "2.5.1+cpu\n").unwrap();
        let message = refusal(folder.path());
        assert!(message.contains("libtorch 2.5.1"), "{message}");
        assert!(message.contains("needs 2.4.0 exactly"), "{message}");
    }

    #[test]
    fn a_missing_or_short_library_is_refused_by_name() {
        let folder = tempfile::tempdir().unwrap();
        fixture::libtorch(folder.path());
        let c10 = folder.path().join("lib/libc10.so");
        let whole = fs::read(&c10).unwrap();
        fs::write(&c10, &whole[..whole.len() - 100]).unwrap();
        assert!(refusal(folder.path()).contains("libc10.so is no whole ELF library"));
        fs::remove_file(&c10).unwrap();
        assert_eq!(refusal(folder.path()), "lib/libc10.so is missing");

        fixture::libtorch(folder.path());
        let demands = Demands { torch_cpu_bytes: 1_000_000 };
        let message = check(folder.path(), demands).unwrap_err().to_string();
        assert!(message.starts_with("lib/libtorch_cpu.so has only"), "{message}");
    }

    #[test]
    fn the_new_abi_is_refused_and_the_right_archive_named() {
        let folder = tempfile::tempdir().unwrap();
        fixture::libtorch(folder.path());
        fixture::c10_of_new_abi(folder.path());
        let message = refusal(folder.path());
        assert!(message.contains("C++ ABI since C++11"), "{message}");
        assert!(message.contains("libtorch-shared-with-deps-2.4.0%2Bcpu.zip"), "{message}");
    }

    #[test]
    fn the_version_in_the_header_is_read_whole() {
        let header = "#define TORCH_VERSION_MAJOR 2\n#define TORCH_VERSION_MINOR 4\n";
        assert_eq!(version_in_header(header), None);
        let header = format!("{header}#define TORCH_VERSION_PATCH 1\n");
        assert_eq!(version_in_header(&header).as_deref(), Some("2.4.1"));
    }
}
