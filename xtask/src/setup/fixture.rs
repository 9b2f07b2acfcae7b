//! Small stand-ins for libtorch, its archive and its wheel, built with the C
//! compiler, for the tests of the set-up.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::compiler;
use super::libtorch::Demands;

/// What these small folders can be held to.
pub(crate) const DEMANDS: Demands = Demands { torch_cpu_bytes: 1000 };

const VERSION_H: &str = "#define TORCH_VERSION_MAJOR 2\n#define TORCH_VERSION_MINOR 4\n\
                         #define TORCH_VERSION_PATCH 0\n";

/// libc10's function that takes a `std::string`, mangled by the old ABI.
const OLD_ABI: &str = "void _ZN3c106detail14torchCheckFailEPKcS2_jRKSs(void) {}\n";

/// The same by the new one.
const NEW_ABI: &str = "void _ZN3c106detail14torchCheckFailEPKcS2_jRKNSt7__cxx1112basic_\
                       stringIcSt11char_traitsIcESaIcEEE(void) {}\n";

/// A folder that passes for a libtorch of the old ABI.
pub(crate) fn libtorch(folder: &Path) {
    headers(&folder.join("include"));
    fs::write(folder.join("build-version"), "2.4.0+cpu\n").unwrap();
    let lib = folder.join("lib");
    library(&lib, "libc10.so", OLD_ABI, &[]);
    library(&lib, "libtorch_cpu.so", "int tensor(void) { return 1; }\n", &["-lc10"]);
    library(&lib, "libtorch.so", "", &["-ltorch_cpu"]);
}

/// Puts a libc10 of the new ABI into the folder.
pub(crate) fn c10_of_new_abi(folder: &Path) {
    library(&folder.join("lib"), "libc10.so", NEW_ABI, &[]);
}

/// Makes the folder's libtorch ask for a library that is nowhere.
pub(crate) fn torch_that_wants_another(folder: &Path) {
    let lib = folder.join("lib");
    library(&lib, "libother.so", "int other(void) { return 1; }\n", &[]);
    library(&lib, "libtorch.so", "", &["-ltorch_cpu", "-lother"]);
    fs::remove_file(lib.join("libother.so")).unwrap();
}

/// A zip with a libtorch as the official archives have it; its path.
pub(crate) fn archive(folder: &Path) -> PathBuf {
    let tree = folder.join("archive/libtorch");
    libtorch(&tree);
    fs::write(tree.join("lib/libstatic.a"), "static").unwrap();
    fs::create_dir_all(tree.join("share/cmake")).unwrap();
    fs::write(tree.join("share/cmake/Torch.cmake"), "").unwrap();
    zip(&folder.join("archive"), &folder.join("archive.zip"))
}

/// A zip with a libtorch as wheels with CUDA have it; its path. Its
/// `libtorch_cpu.so` wants symbols of two CUDA libraries that are not in it.
pub(crate) fn wheel(folder: &Path) -> PathBuf {
    let tree = folder.join("wheel/torch");
    let cuda = folder.join("cuda");
    let lib = tree.join("lib");
    headers(&tree.join("include"));
    versioned(&cuda, "libcudart.so.12", &["cudaGetDeviceCount", "cudaGetErrorString"]);
    versioned(&cuda, "libcupti.so.12", &["cuptiSubscribe"]);
    library(&lib, "libc10.so", OLD_ABI, &[]);
    let source = "int cudaGetDeviceCount(void), cuptiSubscribe(void);\n\
                  const char *cudaGetErrorString(int);\n\
                  int tensor(void) {\n\
                    return cudaGetDeviceCount() + cuptiSubscribe() + *cudaGetErrorString(1);\n\
                  }\n";
    let search = format!("-L{}", cuda.display());
    let libraries = ["-lc10", &search, "-l:libcudart.so.12", "-l:libcupti.so.12"];
    library(&lib, "libtorch_cpu.so", source, &libraries);
    library(&lib, "libtorch_cuda.so", "int kernel(void) { return 2; }\n", &[]);
    library(&lib, "libtorch.so", "", &["-ltorch_cpu", "-ltorch_cuda"]);
    zip(&folder.join("wheel"), &folder.join("small.whl"))
}

fn headers(include: &Path) {
    let api = include.join("torch/csrc/api/include/torch");
    let files = [
        (api.join("version.h"), VERSION_H),
        (api.join("torch.h"), ""),
        (include.join("torch/csrc/autograd/engine.h"), ""),
        (include.join("ATen/ATen.h"), ""),
    ];
    for (path, text) in files {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

/// Builds a shared library that finds others beside it, as libtorch's do.
fn library(folder: &Path, name: &str, source: &str, arguments: &[&str]) {
    fs::create_dir_all(folder).unwrap();
    let file = format!("{name}.c");
    fs::write(folder.join(&file), source).unwrap();
    let soname = format!("-Wl,-soname,{name}");
    let mut all = vec!["-shared", "-fPIC", "-o", name, &file, &soname, "-L."];
    all.extend(["-Wl,--no-as-needed", "-Wl,-rpath,$ORIGIN"]);
    all.extend(arguments);
    compiler::run(folder, &all).unwrap();
    fs::remove_file(folder.join(&file)).unwrap();
}

/// Builds a library whose functions have its own name as their version.
fn versioned(folder: &Path, name: &str, functions: &[&str]) {
    fs::create_dir_all(folder).unwrap();
    let source: Vec<_> =
        functions.iter().map(|name| format!("int {name}(void) {{ return 0; }}")).collect();
    let script = format!("{name} {{ global: *; }};\n");
    fs::write(folder.join("versions.map"), script).unwrap();
    library(folder, name, &source.join("\n"), &["-Wl,--version-script=versions.map"]);
}

/// Packs the files below `folder`; gives back `path`.
fn zip(folder: &Path, path: &Path) -> PathBuf {
    let mut zip = ZipWriter::new(File::create(path).unwrap());
    add(&mut zip, folder, "");
    zip.finish().unwrap();
    path.to_owned()
}

fn add(zip: &mut ZipWriter<File>, folder: &Path, prefix: &str) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = format!("{prefix}{}", entry.file_name().into_string().unwrap());
        if entry.file_type().unwrap().is_dir() {
            add(zip, &entry.path(), &format!("{name}/"));
        } else {
            zip.start_file(name, SimpleFileOptions::default()).unwrap();
            zip.write_all(&fs::read(entry.path()).unwrap()).unwrap();
        }
    }
}
