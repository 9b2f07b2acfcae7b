//! Reading the dynamic symbols of a shared library: which it defines, and
//! which it wants from whom. 64-bit ELF only, which is what the set-up can
//! fetch.

use std::fs::File;
use std::path::Path;

use anyhow::Context;
use object::Endianness;
use object::elf::{FileHeader64, SHT_DYNSYM};
use object::read::ReadCache;
use object::read::elf::{FileHeader, Sym, Version};

/// What the set-up wants to know of a shared library.
#[derive(Debug)]
pub(crate) struct Library {
    /// Whether its code is for x86-64.
    pub(crate) x86_64: bool,
    /// Its named dynamic symbols.
    pub(crate) symbols: Vec<Symbol>,
}

/// A dynamic symbol.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Symbol {
    /// Its name, mangled as it stands.
    pub(crate) name: String,
    /// Whether the library itself defines it.
    pub(crate) defined: bool,
    /// Its version, if it has one.
    pub(crate) version: Option<String>,
    /// The library that it is wanted from, if it is not defined and its
    /// version says so.
    pub(crate) wanted_from: Option<String>,
}

impl Library {
    /// Reads the library at `path`. The section table of a library stands at
    /// its end, so a file that was cut short fails here.
    ///
    /// # Errors
    ///
    /// If the file cannot be read or is no whole 64-bit ELF library.
    pub(crate) fn read(path: &Path) -> anyhow::Result<Self> {
        let file = File::open(path).with_context(|| format!("cannot open {}", path.display()))?;
        parse(&ReadCache::new(file))
            .with_context(|| format!("{} is no whole ELF library", path.display()))
    }
}

fn parse(data: &ReadCache<File>) -> object::read::Result<Library> {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let header = FileHeader64::<Endianness>::parse(data)?;
    let endian = header.endian()?;
    let sections = header.sections(endian, data)?;
    let table = sections.symbols(endian, data, SHT_DYNSYM)?;
    let versions = sections.versions(endian, data)?.unwrap_or_default();
    let mut symbols = Vec::new();
    for (index, symbol) in table.enumerate() {
        let name = symbol.name(endian, table.strings())?;
        if name.is_empty() {
            continue;
        }
        let version = versions.version(versions.version_index(endian, index).index())?;
        let defined = !symbol.is_undefined(endian);
        symbols.push(Symbol {
            name: text(name),
            defined,
            version: version.map(|version| text(version.name())),
            wanted_from: version.and_then(Version::file).map(text),
        });
    }
    let x86_64 = header.e_machine(endian) == object::elf::EM_X86_64;
    Ok(Library { x86_64, symbols })
}
