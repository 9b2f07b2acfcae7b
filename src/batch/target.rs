//! Where a run writes to: the output, what lies beside it, and what may not be
//! there. All of it can be told without a look into the input.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use super::durable::{self, folder_of};
use super::error::BatchError;
use super::manifest::Manifest;
use super::output::OutputFormat;
use crate::formats::{Corpus, Origin};

const MANIFEST: &str = "manifest.json";
const LOCK: &str = "lock";
/// Everything that is written beside an output, behind its name.
const MANIFEST_BESIDE: &str = ".manifest.json";
const REJECTS_BESIDE: &str = ".rejects.jsonl";
const PARTS_BESIDE: &str = ".parts";
const SPENT_BESIDE: &str = ".parts-spent";

/// What is written, and what becomes of what is there already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The file or folder that is written.
    pub output: PathBuf,
    /// What is written.
    pub format: OutputFormat,
    /// Whether a run that was cut off goes on.
    pub resume: bool,
    /// Whether an output that is there already is written over.
    pub overwrite: bool,
}

/// What there is already.
#[derive(Debug)]
pub(super) enum Standing {
    /// Nothing that counts.
    Nothing,
    /// Parts of a run that goes on.
    Parts(Manifest),
    /// An output that is whole, and that was asked for again.
    Whole(Manifest),
}

impl Target {
    /// Whether a run can begin: whether it would write over its own input, or
    /// over something that has to stay, or beside another run. Looks at names
    /// and manifests alone.
    ///
    /// # Errors
    ///
    /// If it cannot.
    pub fn check(&self, corpus: &Corpus) -> Result<(), BatchError> {
        let is_own = self.own();
        for file in corpus.files() {
            if let Origin::Path(path) = &file.origin
                && is_own(path)
            {
                return Err(BatchError::OwnInput { path: path.clone() });
            }
        }
        let paths = Paths::new(&self.output);
        if paths.are_held() {
            return Err(BatchError::Busy { path: paths.parts });
        }
        match self.standing()? {
            Standing::Parts(_) if corpus.bytes().is_none() => Err(BatchError::NotAgain),
            _ => Ok(()),
        }
    }

    /// Tells whether a path is the output, inside of it, or one of the files that
    /// are written beside it.
    pub fn own(&self) -> impl Fn(&Path) -> bool + use<> {
        let paths = Paths::new(&self.output);
        let own: Vec<PathBuf> = match folder_of(&self.output).canonicalize() {
            Ok(folder) => paths.all().map(|own| folder.join(name(own))).collect(),
            // Nothing lies in a folder that is not there.
            Err(_) => Vec::new(),
        };
        move |path| {
            // By its own name, and by that of what it points to.
            let named = folder_of(path).canonicalize().map(|folder| folder.join(name(path)));
            let mut named = [named, path.canonicalize()].into_iter().flatten();
            named.any(|path| own.iter().any(|own| path.starts_with(own)))
        }
    }

    /// What is there already, and may be gone on with or written over.
    ///
    /// # Errors
    ///
    /// If it may not.
    pub(super) fn standing(&self) -> Result<Standing, BatchError> {
        let paths = Paths::new(&self.output);
        let is_anew = self.overwrite && !self.resume;
        let unfinished = match Manifest::read(&paths.parts_manifest()) {
            // Nothing of it is asked for.
            Err(_) if is_anew => None,
            read => read?,
        };
        let is_there = paths.output.symlink_metadata().is_ok();
        if is_there && self.format.is_folder() {
            // A folder is never written over.
            let is_put_there =
                unfinished.as_ref().is_some_and(|manifest| paths.is_put_there(manifest));
            let may_stay = self.resume && (unfinished.is_none() || is_put_there);
            if !may_stay {
                return Err(BatchError::Exists { path: paths.output });
            }
        }
        match unfinished {
            Some(manifest) if self.resume => return Ok(Standing::Parts(manifest)),
            Some(_) if self.overwrite => return Ok(Standing::Nothing),
            Some(manifest) => {
                let records = manifest.counts.records();
                return Err(BatchError::Unfinished { path: paths.parts, records });
            }
            None if !is_there => return Ok(Standing::Nothing),
            None => {}
        }
        match Manifest::read(&paths.manifest) {
            Ok(Some(manifest)) if self.resume && manifest.is_whole => Ok(Standing::Whole(manifest)),
            _ if self.overwrite && !self.format.is_folder() => Ok(Standing::Nothing),
            _ => Err(BatchError::Exists { path: paths.output }),
        }
    }
}

/// Where everything lies.
#[derive(Debug)]
pub(super) struct Paths {
    pub(super) output: PathBuf,
    /// The manifest of an output that is whole.
    pub(super) manifest: PathBuf,
    pub(super) rejects: PathBuf,
    pub(super) parts: PathBuf,
    /// The parts, when they are no longer needed.
    pub(super) spent: PathBuf,
}

impl Paths {
    pub(super) fn new(output: &Path) -> Self {
        let beside = |suffix| durable::beside(output, suffix);
        Self {
            output: output.to_owned(),
            manifest: beside(MANIFEST_BESIDE),
            rejects: beside(REJECTS_BESIDE),
            parts: beside(PARTS_BESIDE),
            spent: beside(SPENT_BESIDE),
        }
    }

    fn all(&self) -> impl Iterator<Item = &Path> {
        let Self { output, manifest, rejects, parts, spent } = self;
        [output, manifest, rejects, parts, spent].into_iter().map(PathBuf::as_path)
    }

    /// The manifest of the parts.
    pub(super) fn parts_manifest(&self) -> PathBuf {
        self.parts.join(MANIFEST)
    }

    /// All parts as one, before they get the output's name.
    pub(super) fn assembled(&self) -> PathBuf {
        self.parts.join("assembled")
    }

    /// Whether the folder that is there was put there by the run of `manifest`,
    /// which was cut off behind that: its manifest comes before, and what was
    /// renamed is gone from the parts.
    pub(super) fn is_put_there(&self, manifest: &Manifest) -> bool {
        let whole = Manifest { is_whole: true, ..manifest.clone() };
        self.output.symlink_metadata().is_ok()
            && !self.assembled().exists()
            && matches!(Manifest::read(&self.manifest), Ok(Some(there)) if there == whole)
    }

    /// The folder of the parts, made if it is not there, and held.
    pub(super) fn lock(&self) -> Result<File, BatchError> {
        let failed = |error| BatchError::Output { path: self.parts.clone(), error };
        match fs::create_dir(&self.parts) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
                return Err(failed(error));
            }
            _ => {}
        }
        let lock = File::create(self.parts.join(LOCK)).map_err(failed)?;
        match lock.try_lock() {
            Err(TryLockError::WouldBlock) => Err(BatchError::Busy { path: self.parts.clone() }),
            // Or on a file system without locks.
            Ok(()) | Err(TryLockError::Error(_)) => Ok(lock),
        }
    }

    /// Whether another run writes to the parts.
    fn are_held(&self) -> bool {
        let Ok(lock) = File::open(self.parts.join(LOCK)) else { return false };
        matches!(lock.try_lock(), Err(TryLockError::WouldBlock))
    }

    /// Removes everything of a run that is begun anew.
    pub(super) fn clear(&self) -> io::Result<()> {
        // The manifest first: without it nothing else counts.
        super::output::remove(&self.parts_manifest())?;
        for entry in fs::read_dir(&self.parts)? {
            let entry = entry?;
            if entry.file_name() != LOCK {
                super::output::remove(&entry.path())?;
            }
        }
        Ok(())
    }
}

fn name(path: &Path) -> &std::ffi::OsStr {
    path.file_name().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::Packing;

    fn target(output: PathBuf) -> Target {
        let format = OutputFormat::Jsonl(Packing::None);
        Target { output, format, resume: false, overwrite: false }
    }

    #[test]
    fn what_is_written_is_its_own_and_no_more() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::create_dir_all(at("uit.jsonl.parts")).unwrap();
        let is_own = target(at("uit.jsonl")).own();
        let own = [
            "uit.jsonl",
            "uit.jsonl.manifest.json",
            "uit.jsonl.rejects.jsonl",
            "uit.jsonl.parts/part-00001.jsonl",
            "uit.jsonl.parts-spent",
        ];
        for own in own {
            assert!(is_own(&at(own)), "{own}");
        }
        let others = ["uit.txt", "uit.jsonl2", "in/uit.jsonl", "a.jsonl"];
        let alike = ["uit.jsonl.gz", "uit.jsonl.2023.jsonl", "uit.jsonl.partsx/a.jsonl"];
        for other in others.iter().chain(&alike) {
            assert!(!is_own(&at(other)), "{other}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_to_the_output_is_the_output() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::write(at("uit.jsonl"), "").unwrap();
        std::os::unix::fs::symlink(at("uit.jsonl"), at("link.jsonl")).unwrap();
        for output in ["uit.jsonl", "link.jsonl"] {
            assert!(target(at(output)).own()(&at("link.jsonl")), "{output}");
        }
    }
}
