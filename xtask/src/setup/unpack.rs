//! Unpacking the wanted part of a zip archive (a wheel is one, too).

use std::fs::{self, File};
use std::io::{self, BufReader, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};
use zip::ZipArchive;

use super::progress::Progress;

const BUFFER: usize = 1 << 20;

/// Unpacks those files of `archive` for whose name `place` has a place under
/// `into`. The checksum that the archive has of each file is checked.
///
/// # Errors
///
/// If the archive cannot be read, is not whole, or a file cannot be written.
pub(crate) fn unpack(
    archive: &Path,
    into: &Path,
    place: impl Fn(&str) -> Option<PathBuf>,
) -> anyhow::Result<()> {
    let file = File::open(archive).with_context(|| format!("cannot open {}", archive.display()))?;
    let mut zip = ZipArchive::new(BufReader::with_capacity(BUFFER, file))
        .with_context(|| format!("{} is no whole zip archive", archive.display()))?;
    let mut wanted = Vec::new();
    let mut total = 0;
    for index in 0..zip.len() {
        let entry = zip.by_index_raw(index)?;
        // `enclosed_name` is `None` for a name that leads out of the folder.
        let name = entry.enclosed_name();
        let Some(place) = name.as_deref().and_then(Path::to_str).and_then(&place) else { continue };
        if entry.is_file() {
            total += entry.size();
            wanted.push((index, place));
        }
    }
    ensure!(!wanted.is_empty(), "{} has nothing of libtorch in it", archive.display());

    let mut progress = Progress::new("unpacking", Some(total));
    let mut buffer = vec![0; BUFFER];
    for (index, place) in wanted {
        let mut entry = zip.by_index(index)?;
        let path = into.join(place);
        write(&mut entry, &path, &mut buffer, &mut progress)
            .with_context(|| format!("cannot unpack {}", path.display()))?;
    }
    Ok(())
}

fn write(
    from: &mut impl Read,
    path: &Path,
    buffer: &mut [u8],
    progress: &mut Progress,
) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut file = File::create(path)?;
    loop {
        let count = from.read(buffer)?;
        if count == 0 {
            return Ok(());
        }
        file.write_all(&buffer[..count])?;
        progress.add(count as u64);
    }
}

#[cfg(test)]
mod tests {
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    fn archive(folder: &Path, files: &[(&str, &str)]) -> PathBuf {
        let path = folder.join("some.zip");
        let mut zip = ZipWriter::new(File::create(&path).unwrap());
        for (name, text) in files {
            zip.start_file(*name, SimpleFileOptions::default()).unwrap();
            zip.write_all(text.as_bytes()).unwrap();
        }
        zip.finish().unwrap();
        path
    }

    fn below_lib(name: &str) -> Option<PathBuf> {
        name.strip_prefix("torch/").filter(|name| name.starts_with("lib/")).map(PathBuf::from)
    }

    #[test]
    fn unpacks_what_is_wanted_and_no_more() {
        let folder = tempfile::tempdir().unwrap();
        let zip = archive(folder.path(), &[("torch/lib/a.so", "aaa"), ("torch/nn.py", "bbb")]);
        let into = folder.path().join("into");
        unpack(&zip, &into, below_lib).unwrap();
        assert_eq!(fs::read_to_string(into.join("lib/a.so")).unwrap(), "aaa");
        assert!(!into.join("nn.py").exists());
    }

    #[test]
    fn an_archive_cut_short_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let zip = archive(folder.path(), &[("torch/lib/a.so", "aaa")]);
        let whole = fs::read(&zip).unwrap();
        fs::write(&zip, &whole[..whole.len() - 30]).unwrap();
        let error = unpack(&zip, folder.path(), below_lib).unwrap_err();
        assert!(error.to_string().contains("no whole zip archive"), "{error}");
    }

    #[test]
    fn a_name_that_leads_out_of_the_folder_is_not_unpacked() {
        let folder = tempfile::tempdir().unwrap();
        let zip = archive(folder.path(), &[("torch/lib/a", "a"), ("torch/lib/../../../b", "b")]);
        let into = folder.path().join("x/into");
        unpack(&zip, &into, |name| Some(PathBuf::from(name))).unwrap();
        assert!(into.join("torch/lib/a").exists());
        assert!(!folder.path().join("b").exists() && !folder.path().join("x/b").exists());
    }
}
