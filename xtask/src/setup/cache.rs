//! The folder in the user's cache where libtorch is kept, for all checkouts,
//! and how it comes to be there: made whole in a sibling folder, then moved
//! into place in one step, by one process at a time. An interruption leaves at
//! worst the sibling folder, which the next run clears; a finished download
//! in it is taken up again.

use std::env;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};
use fs4::{FileExt, TryLockError};

use super::libtorch::VERSION;
use super::progress::megabytes;

/// The project's folder in the user's cache.
#[derive(Debug, Clone)]
pub(crate) struct Cache {
    folder: PathBuf,
}

/// Held by the one process that may change the cache. The system takes it
/// back when the process ends, however it ends.
#[derive(Debug)]
pub(crate) struct Lock {
    _file: File,
}

/// Where a libtorch is being made.
#[derive(Debug)]
pub(crate) struct Workshop {
    /// Finished downloads; they outlive an interruption.
    pub(crate) downloads: PathBuf,
    /// Anything that is of no use once the process is gone.
    pub(crate) scratch: PathBuf,
    /// The libtorch itself, not whole yet.
    pub(crate) tree: PathBuf,
}

impl Cache {
    /// The cache of the user who runs this.
    ///
    /// # Errors
    ///
    /// If neither `XDG_CACHE_HOME` nor the home folder is known.
    pub(crate) fn of_user() -> anyhow::Result<Self> {
        let xdg = env::var_os("XDG_CACHE_HOME").map(PathBuf::from);
        Self::below(xdg, env::home_dir())
            .context("no cache folder: neither XDG_CACHE_HOME nor HOME is set to an absolute path")
    }

    fn below(xdg: Option<PathBuf>, home: Option<PathBuf>) -> Option<Self> {
        // The XDG specification has relative paths ignored.
        let absolute = |path: &PathBuf| path.is_absolute();
        let caches =
            xdg.filter(absolute).or_else(|| Some(home.filter(absolute)?.join(".cache")))?;
        Some(Self { folder: caches.join("wiezei") })
    }

    /// The cache in `folder`.
    #[cfg(test)]
    pub(crate) fn at(folder: &Path) -> Self {
        Self { folder: folder.to_owned() }
    }

    fn sibling(&self, suffix: &str) -> PathBuf {
        self.folder.join(format!("libtorch-{VERSION}-cpu{suffix}"))
    }

    /// Where the finished libtorch lies.
    pub(crate) fn libtorch(&self) -> PathBuf {
        self.sibling("")
    }

    /// Waits until no other process changes the cache.
    ///
    /// # Errors
    ///
    /// If the folder cannot be made or its file system has no locks.
    pub(crate) fn lock(&self) -> anyhow::Result<Lock> {
        let path = self.sibling(".lock");
        let open = || {
            fs::create_dir_all(&self.folder)?;
            File::options().create(true).write(true).truncate(false).open(&path)
        };
        let file = open().with_context(|| format!("cannot write to {}", self.folder.display()))?;
        match FileExt::try_lock(&file) {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                eprintln!("another set-up is at work in {}; waiting for it", self.folder.display());
                FileExt::lock(&file).with_context(|| format!("cannot lock {}", path.display()))?;
            }
            Err(TryLockError::Error(error)) => {
                return Err(error).with_context(|| {
                    format!(
                        "cannot lock {}; name a cache folder on another disk with XDG_CACHE_HOME",
                        path.display()
                    )
                });
            }
        }
        Ok(Lock { _file: file })
    }

    /// Makes the libtorch anew: `make` fills the workshop's tree, which then
    /// takes the place of what was there. Needs `space` bytes while at it.
    ///
    /// # Errors
    ///
    /// If there is less space, `make` fails, or the tree cannot be moved.
    pub(crate) fn make(
        &self,
        _lock: &Lock,
        space: u64,
        make: impl FnOnce(&Workshop) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        let partial = self.sibling(".partial");
        let workshop = Workshop {
            downloads: partial.join("downloads"),
            scratch: partial.join("scratch"),
            tree: partial.join("tree"),
        };
        clear(&workshop.tree)?;
        clear(&workshop.scratch)?;
        for folder in [&workshop.downloads, &workshop.scratch, &workshop.tree] {
            fs::create_dir_all(folder)
                .with_context(|| format!("cannot make {}", folder.display()))?;
        }
        if let Ok(free) = fs4::available_space(&partial) {
            ensure!(
                free >= space,
                "it takes {} of disk space while at it, and {} has {}; free some, or name a cache \
                 folder on another disk with XDG_CACHE_HOME",
                megabytes(space),
                self.folder.display(),
                megabytes(free)
            );
        }
        make(&workshop)?;

        let libtorch = self.libtorch();
        // Only a copy that was found unfit can still be there. It goes into
        // the sibling folder first: moving is one step, deleting is not.
        let unfit = workshop.scratch.join("unfit");
        match fs::rename(&libtorch, &unfit) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => fs::rename(&workshop.tree, &libtorch),
        }
        .with_context(|| format!("cannot move libtorch to {}", libtorch.display()))?;
        clear(&partial)
    }
}

fn clear(folder: &Path) -> anyhow::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot remove {}", folder.display()))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;
    use std::thread;
    use std::time::Duration;

    use anyhow::bail;

    use super::*;

    #[test]
    fn lies_where_the_xdg_specification_says() {
        let at = |xdg: Option<&str>, home: Option<&str>| {
            Cache::below(xdg.map(PathBuf::from), home.map(PathBuf::from))
                .map(|cache| cache.libtorch())
        };
        let of_home = PathBuf::from("/home/an/.cache/wiezei/libtorch-2.4.0-cpu");
        let of_xdg = PathBuf::from("/big/wiezei/libtorch-2.4.0-cpu");
        assert_eq!(at(None, Some("/home/an")), Some(of_home.clone()));
        assert_eq!(at(Some(""), Some("/home/an")), Some(of_home.clone()));
        assert_eq!(at(Some("relative"), Some("/home/an")), Some(of_home));
        assert_eq!(at(Some("/big"), Some("/home/an")), Some(of_xdg));
        assert_eq!(at(None, None), None);
    }

    #[test]
    fn an_interrupted_unpacking_is_never_in_place_and_is_cleared() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::at(folder.path());
        let lock = cache.lock().unwrap();
        let interrupted = cache.make(&lock, 0, |workshop| {
            fs::write(workshop.tree.join("half"), "")?;
            fs::write(workshop.downloads.join("whole.whl"), "wheel")?;
            bail!("interrupted")
        });
        assert!(interrupted.is_err());
        assert!(!cache.libtorch().exists());

        cache
            .make(&lock, 0, |workshop| {
                assert!(!workshop.tree.join("half").exists(), "the half-made tree is cleared");
                assert!(workshop.downloads.join("whole.whl").exists(), "the download is kept");
                fs::write(workshop.tree.join("all"), "")?;
                Ok(())
            })
            .unwrap();
        assert!(cache.libtorch().join("all").exists());
        assert!(!cache.sibling(".partial").exists(), "nothing is left over");
    }

    #[test]
    fn an_unfit_copy_is_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::at(folder.path());
        fs::create_dir_all(cache.libtorch()).unwrap();
        fs::write(cache.libtorch().join("old"), "").unwrap();
        let lock = cache.lock().unwrap();
        cache.make(&lock, 0, |workshop| Ok(fs::write(workshop.tree.join("new"), "")?)).unwrap();
        assert!(cache.libtorch().join("new").exists());
        assert!(!cache.libtorch().join("old").exists());
    }

    #[test]
    fn a_full_disk_is_known_before_anything_is_fetched() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::at(folder.path());
        let lock = cache.lock().unwrap();
        let error = cache.make(&lock, u64::MAX, |_| panic!("nothing is to be made")).unwrap_err();
        assert!(error.to_string().contains("XDG_CACHE_HOME"), "{error}");
    }

    #[test]
    fn two_at_once_take_turns() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::at(folder.path());
        let lock = cache.lock().unwrap();
        let (sender, receiver) = mpsc::channel();
        let other = cache.clone();
        let thread = thread::spawn(move || {
            let lock = other.lock().unwrap();
            sender.send(()).unwrap();
            drop(lock);
        });
        let early = receiver.recv_timeout(Duration::from_millis(200));
        assert!(early.is_err(), "the second waits");
        drop(lock);
        receiver.recv_timeout(Duration::from_secs(20)).expect("the second goes on");
        thread.join().unwrap();
    }
}
