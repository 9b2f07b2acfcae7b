//! Files that are whole or not there, whenever the program or the machine ends.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// `name` with `suffix` behind it: `uit.jsonl` and `.parts` make
/// `uit.jsonl.parts`.
pub(super) fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

/// Writes a file so that it has either its old contents or all of the new;
/// `before_renaming` runs when the new ones are on the disk under another name.
pub(super) fn write(path: &Path, bytes: &[u8], before_renaming: impl FnOnce()) -> io::Result<()> {
    let other = beside(path, ".tmp");
    let mut file = File::create(&other)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    before_renaming();
    rename(&other, path)
}

/// Renames, for good.
pub(super) fn rename(from: &Path, to: &Path) -> io::Result<()> {
    fs::rename(from, to)?;
    sync_folder_of(to)
}

/// Makes sure that the name of a file is on the disk, too.
pub(super) fn sync_folder_of(path: &Path) -> io::Result<()> {
    sync_folder(folder_of(path))
}

/// The folder that a file lies in.
pub(super) fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// Makes sure that the names in a folder are on the disk.
#[cfg(unix)]
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// Elsewhere a folder cannot be opened, and its names are kept with the files.
#[cfg(not(unix))]
pub(super) fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}
