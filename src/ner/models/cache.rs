//! Where fetched models lie: a folder a model, whole or not there at all, in
//! the cache folder of the user. How they get there is up to `fetch`.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

use serde::{Deserialize, Serialize};

/// The file of a fetched model that says where it is from.
const PROVENANCE: &str = "provenance.json";

/// The folder of fetched models.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelCache {
    folder: PathBuf,
}

/// Where a fetched model is from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provenance {
    /// The repository on the hub, `OWNER/REPOSITORY`.
    pub repository: String,
    /// The commit of it.
    pub commit: String,
}

/// A fetched model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetched {
    /// What it is called, for `--model`.
    pub name: String,
    /// Its folder.
    pub path: PathBuf,
    /// Where it is from, if its folder still says so.
    pub provenance: Option<Provenance>,
    /// The bytes of its files.
    pub bytes: u64,
}

impl ModelCache {
    /// That of the user: `wiezei/models` in the folder that the environment
    /// variable `XDG_CACHE_HOME` names, else in `.cache` of the home folder.
    /// `None` where neither is known.
    #[must_use]
    pub fn of_user() -> Option<Self> {
        Self::below(env::var_os("XDG_CACHE_HOME").map(PathBuf::from), env::home_dir())
    }

    fn below(xdg: Option<PathBuf>, home: Option<PathBuf>) -> Option<Self> {
        // The XDG specification has relative paths ignored.
        let absolute = |path: &PathBuf| path.is_absolute();
        let caches =
            xdg.filter(absolute).or_else(|| Some(home.filter(absolute)?.join(".cache")))?;
        Some(Self::at(caches.join("wiezei/models")))
    }

    /// The one in `folder`, which need not be there yet.
    #[must_use]
    pub fn at(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into() }
    }

    /// The folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Where the model `name` lies once it is fetched: a short name, or
    /// `OWNER/REPOSITORY`. `None` if it is no such name.
    #[must_use]
    pub fn place(&self, name: &str) -> Option<PathBuf> {
        is_name(name).then(|| self.folder.join(name.replace('/', SLASH)))
    }

    /// The models that are there, by name.
    ///
    /// # Errors
    ///
    /// If the folder is there and cannot be read.
    pub fn models(&self) -> io::Result<Vec<Fetched>> {
        let mut models = Vec::new();
        let entries = match fs::read_dir(&self.folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(models),
            entries => entries?,
        };
        for entry in entries {
            let path = entry?.path();
            let name = path.file_name().and_then(|name| name.to_str());
            // What is hidden is still being fetched.
            let Some(name) = name.filter(|name| !name.starts_with('.') && path.is_dir()) else {
                continue;
            };
            models.push(Fetched {
                name: name.replace(SLASH, "/"),
                provenance: provenance(&path),
                bytes: bytes(&path)?,
                path,
            });
        }
        models.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(models)
    }

    /// Where the files of the model in `place` are gathered.
    #[cfg(feature = "fetch")]
    pub(super) fn workshop(&self, place: &Path) -> PathBuf {
        let name = place.file_name().unwrap_or_default().to_string_lossy();
        self.folder.join(format!(".{name}.partial"))
    }
}

impl Provenance {
    /// Writes it into the folder of its model.
    #[cfg(feature = "fetch")]
    pub(super) fn write(&self, folder: &Path) -> io::Result<()> {
        let text = serde_json::to_string_pretty(self)?;
        fs::write(folder.join(PROVENANCE), text + "\n")
    }
}

/// What a slash in a name is in the name of a folder.
const SLASH: &str = "--";

/// Whether it is a short name or an `OWNER/REPOSITORY` of the hub: letters,
/// digits, `-`, `_` and `.`, and no folder elsewhere.
pub(super) fn is_name(name: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let is_part = |part: &str| {
        part.starts_with(|c: char| c.is_ascii_alphanumeric()) && part.chars().all(is_plain)
    };
    name.split('/').count() <= 2 && name.split('/').all(is_part)
}

fn provenance(folder: &Path) -> Option<Provenance> {
    serde_json::from_slice(&fs::read(folder.join(PROVENANCE)).ok()?).ok()
}

/// The bytes of the files of a folder.
fn bytes(folder: &Path) -> io::Result<u64> {
    fs::read_dir(folder)?.map(|entry| Ok(entry?.metadata()?.len())).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cache_is_where_the_system_has_caches() {
        let below = |xdg: &str, home: &str| {
            let path = |text: &str| Some(PathBuf::from(text)).filter(|p| !p.as_os_str().is_empty());
            ModelCache::below(path(xdg), path(home)).map(|cache| cache.folder)
        };
        assert_eq!(below("/x", "/h"), Some("/x/wiezei/models".into()));
        assert_eq!(below("", "/h"), Some("/h/.cache/wiezei/models".into()));
        assert_eq!(below("x", "/h"), Some("/h/.cache/wiezei/models".into()));
        assert_eq!(below("", ""), None);
    }

    #[test]
    fn a_name_leads_nowhere_else() {
        let cache = ModelCache::at("/c");
        assert_eq!(cache.place("bertje"), Some("/c/bertje".into()));
        assert_eq!(cache.place("GroNLP/bert-base_v2.1"), Some("/c/GroNLP--bert-base_v2.1".into()));
        for name in ["", ".", "..", "../b", "a/..", "/a", "a/b/c", ".a.partial", "a b", "é", "a\\b"]
        {
            assert_eq!(cache.place(name), None, "{name}");
        }
    }

    #[test]
    fn what_is_whole_is_listed() {
        let folder = tempfile::tempdir().unwrap();
        let cache = ModelCache::at(folder.path().join("models"));
        assert_eq!(cache.models().unwrap(), []);
        for (name, bytes) in [("b", 3), ("a--c", 4), (".d.partial", 5)] {
            let model = cache.folder().join(name);
            fs::create_dir_all(&model).unwrap();
            fs::write(model.join("file"), vec![0; bytes]).unwrap();
        }
        fs::write(cache.folder().join("no-folder"), "").unwrap();
        let models = cache.models().unwrap();
        let seen: Vec<_> = models.iter().map(|m| (m.name.as_str(), m.bytes)).collect();
        assert_eq!(seen, [("a/c", 4), ("b", 3)]);
        assert_eq!(cache.place("a/c"), Some(models[0].path.clone()));
    }
}
