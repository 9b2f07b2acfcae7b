//! The link `.libtorch` in the checkout, to wherever libtorch lies. It is what
//! the committed `.cargo/config.toml` points `LIBTORCH` at, so that a build
//! needs no variable set by hand.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

/// What [`make`] did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Change {
    /// There was no link; now there is.
    Made,
    /// The link pointed to the folder already.
    Kept,
    /// The link pointed elsewhere, to this path.
    Replaced(PathBuf),
}

/// Makes `link` a link to the folder `target`, in place of a link to anything
/// else.
///
/// # Errors
///
/// If something that is no link lies at that place (it is left alone), or the
/// link cannot be written.
pub(crate) fn make(link: &Path, target: &Path) -> anyhow::Result<Change> {
    let change = match read(link)? {
        Some(old) if old == target => return Ok(Change::Kept),
        Some(old) => Change::Replaced(old),
        None => Change::Made,
    };
    // A link cannot be changed in place: the new one is made beside the old
    // one and moved over it, so that there is a link at every moment.
    let beside = link.with_extension("new");
    match fs::remove_file(&beside) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            return Err(error).with_context(|| format!("cannot remove {}", beside.display()));
        }
        _ => {}
    }
    symlink(target, &beside)
        .and_then(|()| fs::rename(&beside, link))
        .with_context(|| format!("cannot make the link {}", link.display()))?;
    Ok(change)
}

/// What `link` points to, whether that is there or not; `None` if there is no
/// link.
///
/// # Errors
///
/// If something that is no link lies at that place.
pub(crate) fn read(link: &Path) -> anyhow::Result<Option<PathBuf>> {
    match fs::symlink_metadata(link) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| format!("cannot look at {}", link.display())),
        Ok(metadata) if metadata.is_symlink() => {
            let target = fs::read_link(link)
                .with_context(|| format!("cannot read the link {}", link.display()))?;
            // A relative target counts from the folder that the link is in.
            Ok(Some(link.parent().map_or_else(|| target.clone(), |folder| folder.join(&target))))
        }
        Ok(_) => bail!(
            "{} is no link, and it is in the way: the set-up makes a link of that name. Move it \
             away; if it is a libtorch, name its new place with `cargo xtask setup --libtorch DIR`",
            link.display()
        ),
    }
}

#[cfg(unix)]
fn symlink(target: &Path, link: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(target, link)
}

#[cfg(windows)]
fn symlink(target: &Path, link: &Path) -> io::Result<()> {
    std::os::windows::fs::symlink_dir(target, link)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn makes_a_link_and_then_keeps_it() {
        let checkout = tempfile::tempdir().unwrap();
        let target = tempfile::tempdir().unwrap();
        let link = checkout.path().join(".libtorch");
        assert_eq!(make(&link, target.path()).unwrap(), Change::Made);
        assert_eq!(link.canonicalize().unwrap(), target.path().canonicalize().unwrap());
        assert_eq!(make(&link, target.path()).unwrap(), Change::Kept);
    }

    #[test]
    fn replaces_a_stale_link() {
        let checkout = tempfile::tempdir().unwrap();
        let target = tempfile::tempdir().unwrap();
        let link = checkout.path().join(".libtorch");
        let gone = checkout.path().join("gone");
        make(&link, &gone).unwrap();
        assert!(!link.exists(), "the link leads nowhere");
        assert_eq!(make(&link, target.path()).unwrap(), Change::Replaced(gone));
        assert!(link.is_dir());
        assert!(!checkout.path().join(".libtorch.new").exists());
    }

    #[test]
    fn goes_on_after_an_interruption_between_its_two_steps() {
        let checkout = tempfile::tempdir().unwrap();
        let target = tempfile::tempdir().unwrap();
        symlink(Path::new("elsewhere"), &checkout.path().join(".libtorch.new")).unwrap();
        let link = checkout.path().join(".libtorch");
        assert_eq!(make(&link, target.path()).unwrap(), Change::Made);
        assert!(link.is_dir());
    }

    #[test]
    fn leaves_a_folder_of_that_name_alone() {
        let checkout = tempfile::tempdir().unwrap();
        let link = checkout.path().join(".libtorch");
        fs::create_dir(&link).unwrap();
        fs::write(link.join("mine"), "").unwrap();
        let message = make(&link, Path::new("/anywhere")).unwrap_err().to_string();
        assert!(message.contains("is no link"), "{message}");
        assert!(message.contains("--libtorch DIR"), "{message}");
        assert!(link.join("mine").exists());
    }
}
