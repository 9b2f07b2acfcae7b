//! Getting a model from the Hugging Face Hub, or from a server that answers as
//! it does. The files gather in a hidden folder of the cache; one that was cut
//! off is taken up where it broke; each is compared with its checksum; and only
//! when all are there does the model get its name. The requests are hf-hub's.
//!
//! What a folder must hold to be used is said in the module above.

mod checksums;

use std::path::{Path, PathBuf};
use std::time::Duration;
use std::{env, fs, io, thread};

use hf_hub::api::sync::{Api, ApiBuilder, ApiError, ApiRepo};
use hf_hub::api::{Progress, Siblings};
use hf_hub::{Cache, Repo, RepoType};

use super::cache::{ModelCache, Provenance, is_name};
use super::known::KnownModel;
use super::{CONFIG, OLD_TOKENIZERS, PICKLED_WEIGHTS, TOKENIZER, TOKENIZER_CONFIG, WEIGHTS};
use super::{WORD_LIST, conversion};
use crate::error::FetchError;
use checksums::{Checksum, is_hexadecimal};

/// Where the models are, unless the user names another server.
const HUB: &str = "https://huggingface.co";
const ENDPOINT_VARIABLE: &str = "HF_ENDPOINT";
const OFFLINE_VARIABLE: &str = "HF_HUB_OFFLINE";

/// How often in a row a download may break without a byte more.
const ATTEMPTS: u32 = 4;
/// How long to wait before the first of them; before the next ones longer.
const PAUSE: Duration = Duration::from_millis(500);

/// The card, which says what may be done with a model; got where there is one.
const CARD: &str = "README.md";

/// Which model is to be had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// What it will be called: a short name, or `OWNER/REPOSITORY`.
    pub name: String,
    /// Its repository, `OWNER/REPOSITORY`.
    pub repository: String,
    /// A commit, branch or pull request (`refs/pr/1`) of it.
    pub revision: String,
    /// The SHA-256 that its weights must have, in hexadecimal.
    pub sha256: Option<String>,
}

impl Wanted {
    /// The known model of that name, or the one in the repository of that name.
    ///
    /// # Errors
    ///
    /// [`FetchError::Name`] if it is neither.
    pub fn of(name: &str) -> Result<Self, FetchError> {
        if let Some(known) = KnownModel::of(name) {
            return Ok(Self {
                name: name.to_owned(),
                repository: known.repository.to_owned(),
                revision: known.revision.to_owned(),
                sha256: known.sha256.map(str::to_owned),
            });
        }
        if !is_name(name) || !name.contains('/') {
            return Err(FetchError::Name { name: name.to_owned() });
        }
        Ok(Self {
            name: name.to_owned(),
            repository: name.to_owned(),
            revision: "main".to_owned(),
            sha256: None,
        })
    }

    /// The same model as it is in another revision; a checksum belongs to the
    /// revision that it is known of.
    #[must_use]
    pub fn at(self, revision: String) -> Self {
        let sha256 = self.sha256.filter(|_| revision == self.revision);
        Self { revision, sha256, ..self }
    }
}

/// What happens while a model is fetched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum News<'a> {
    /// Bytes of a file have come.
    Bytes {
        /// The file.
        file: &'a str,
        /// How many of its bytes are there.
        done: u64,
        /// How many it has.
        size: u64,
    },
    /// The connection broke, and the file is taken up where it did.
    Broken {
        /// The file.
        file: &'a str,
        /// How many of its bytes are there.
        done: u64,
        /// Why it broke.
        reason: &'a str,
    },
    /// A file could not be compared with anything.
    Unverified {
        /// The file.
        file: &'a str,
    },
}

/// A server with models.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hub {
    endpoint: String,
}

impl Hub {
    /// The Hugging Face Hub, or the server that the environment variable
    /// `HF_ENDPOINT` names.
    ///
    /// # Errors
    ///
    /// - [`FetchError::Offline`] if `HF_HUB_OFFLINE` says that the network is
    ///   not to be used;
    /// - [`FetchError::Endpoint`] if `HF_ENDPOINT` is no address of a server.
    pub fn from_env() -> Result<Self, FetchError> {
        let variable = |name| env::var(name).ok().filter(|value| !value.is_empty());
        Self::with(variable(ENDPOINT_VARIABLE), variable(OFFLINE_VARIABLE).as_deref())
    }

    fn with(endpoint: Option<String>, offline: Option<&str>) -> Result<Self, FetchError> {
        // The values that the hub's own client takes for yes.
        let yes = ["1", "ON", "YES", "TRUE"];
        if offline.is_some_and(|value| yes.contains(&value.to_ascii_uppercase().as_str())) {
            return Err(FetchError::Offline);
        }
        let Some(value) = endpoint else { return Ok(Self { endpoint: HUB.to_owned() }) };
        let host = value.strip_prefix("https://").or_else(|| value.strip_prefix("http://"));
        if host.is_none_or(|host| host.is_empty() || host.contains(char::is_whitespace)) {
            return Err(FetchError::Endpoint { value });
        }
        Ok(Self { endpoint: value.trim_end_matches('/').to_owned() })
    }

    /// Fetches a model into `cache` and gives the folder that it is in; tells
    /// `tell` how far it is. A fetch that was interrupted is gone on with.
    ///
    /// # Errors
    ///
    /// Those of [`FetchError`]. Nothing is then left in the model's own folder;
    /// what has come so far is kept for the next try, unless it is wrong.
    pub fn fetch(
        &self,
        wanted: &Wanted,
        cache: &ModelCache,
        tell: &mut dyn FnMut(News<'_>),
    ) -> Result<PathBuf, FetchError> {
        let bad_name = || FetchError::Name { name: wanted.name.clone() };
        let place = cache.place(&wanted.name).ok_or_else(bad_name)?;
        if place.exists() {
            return Err(FetchError::There { path: place });
        }
        let workshop = cache.workshop(&place);
        let store = Cache::new(workshop.join("hub"));
        let builder = ApiBuilder::from_cache(store.clone()).with_endpoint(self.endpoint.clone());
        let agent = builder.with_user_agent("wiezei", env!("CARGO_PKG_VERSION"));
        let failing = Failing { endpoint: &self.endpoint, wanted, workshop: &workshop };
        let api = agent.build().map_err(|error| failing.because(error))?;
        let at = |revision: &str| {
            Repo::with_revision(wanted.repository.clone(), RepoType::Model, revision.to_owned())
        };
        let info = api.repo(at(&wanted.revision)).info().map_err(|error| failing.because(error))?;
        let is_commit = |text: &str| text.len() == 40 && is_hexadecimal(text);
        if !is_commit(&info.sha) || is_commit(&wanted.revision) && wanted.revision != info.sha {
            return Err(failing.answer(format!("the commit {:?}", info.sha)));
        }
        let repo = at(&info.sha);
        let download = Download { repo: api.repo(repo.clone()), api, store, commit: repo, failing };
        let mut gathered = Vec::new();
        for file in files(wanted, &info.siblings)? {
            gathered.push((file, download.get(file, tell)?));
        }
        let provenance =
            Provenance { repository: wanted.repository.clone(), commit: info.sha.clone() };
        assemble(&workshop, &gathered, &provenance, &place)
            .map_err(|error| io_error(&workshop, &error))?;
        Ok(place)
    }
}

/// The files of a repository that a model folder is made of.
fn files(wanted: &Wanted, siblings: &[Siblings]) -> Result<Vec<&'static str>, FetchError> {
    let has = |file: &str| siblings.iter().any(|sibling| sibling.rfilename == file);
    let missing = |file, old: &[&'static str]| {
        let repository = wanted.repository.clone();
        let Some(&found) = old.iter().find(|old| has(old)) else {
            return FetchError::MissingFile { repository, file };
        };
        // Both, as the folder that it makes is new.
        let folder = repository.rsplit('/').next().unwrap_or_default();
        let [weights, tokenizer] =
            [WEIGHTS, TOKENIZER].map(|file| conversion(file, &repository, folder));
        let command = format!("{weights} && {tokenizer}");
        FetchError::OldFormat { repository, found, wanted: file, command }
    };
    if !has(CONFIG) {
        return Err(missing(CONFIG, &[]));
    }
    if !has(WEIGHTS) {
        return Err(missing(WEIGHTS, &[PICKLED_WEIGHTS]));
    }
    let tokenizer = [TOKENIZER, WORD_LIST].into_iter().find(|file| has(file));
    let tokenizer = tokenizer.ok_or_else(|| missing(TOKENIZER, &OLD_TOKENIZERS))?;
    let others = [TOKENIZER_CONFIG, CARD].into_iter().filter(|file| has(file));
    // The large file comes last: what is wrong with the small ones shows before.
    Ok([CONFIG, tokenizer].into_iter().chain(others).chain([WEIGHTS]).collect())
}

/// Puts the files together and gives the folder its name, in one step.
fn assemble(
    workshop: &Path,
    gathered: &[(&str, PathBuf)],
    provenance: &Provenance,
    place: &Path,
) -> io::Result<()> {
    let whole = workshop.join("whole");
    if whole.exists() {
        fs::remove_dir_all(&whole)?;
    }
    fs::create_dir_all(&whole)?;
    for (file, path) in gathered {
        let target = whole.join(file);
        // Another name for the same bytes, where the file system has that.
        fs::hard_link(path, &target).or_else(|_| fs::copy(path, &target).map(drop))?;
    }
    provenance.write(&whole)?;
    fs::rename(&whole, place)?;
    fs::remove_dir_all(workshop)
}

/// The downloads of one model.
struct Download<'a> {
    api: Api,
    repo: ApiRepo,
    store: Cache,
    commit: Repo,
    failing: Failing<'a>,
}

impl Download<'_> {
    /// Gets a file, or what is missing of it, and compares it with its
    /// checksum; where it lies then.
    fn get(&self, file: &str, tell: &mut dyn FnMut(News<'_>)) -> Result<PathBuf, FetchError> {
        let because = |error| self.failing.because(error);
        let metadata = self.api.metadata(&self.repo.url(file)).map_err(because)?;
        let (etag, size) = (metadata.etag(), metadata.size() as u64);
        // It becomes the name of a file.
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_/".contains(c);
        if etag.is_empty() || etag.starts_with('/') || !etag.chars().all(is_plain) {
            return Err(self.failing.answer(format!("the ETag {etag:?}")));
        }
        if metadata.commit_hash() != self.commit.revision() {
            return Err(self.failing.answer(format!("the commit {:?}", metadata.commit_hash())));
        }
        let stored = self.store.repo(self.commit.clone());
        let path = if let Some(path) = stored.get(file) {
            path
        } else {
            let part = stored.blob_path(etag).with_extension("part");
            self.get_on(file, &part, size, tell)?
        };
        let told = |error: io::Error| io_error(&path, &error);
        let checksums = self.checksums(file, etag);
        if checksums.is_empty() {
            tell(News::Unverified { file });
        }
        let bytes = fs::canonicalize(&path).map_err(told)?;
        if let Some((expected, found)) =
            checksums::difference(&bytes, size, &checksums).map_err(told)?
        {
            for wrong in [&path, &bytes] {
                // On some systems these two are one.
                let _ = fs::remove_file(wrong);
            }
            return Err(FetchError::WrongBytes { file: file.to_owned(), expected, found });
        }
        Ok(bytes)
    }

    /// What is known of a file: what the user or the table says of the weights,
    /// and what the hub says, whose `ETag` is the checksum of the file in git.
    fn checksums(&self, file: &str, etag: &str) -> Vec<Checksum> {
        let told = self.failing.wanted.sha256.as_deref().filter(|_| file == WEIGHTS);
        let told = told.map(|sum| Checksum::Sha256(sum.to_ascii_lowercase()));
        told.into_iter().chain(Checksum::of_etag(etag)).collect()
    }

    /// Gets a file, or what `part` lacks of it. Where the connection breaks it
    /// goes on, as long as more bytes come.
    fn get_on(
        &self,
        file: &str,
        part: &Path,
        size: u64,
        tell: &mut dyn FnMut(News<'_>),
    ) -> Result<PathBuf, FetchError> {
        let length = || fs::metadata(part).map_or(0, |metadata| metadata.len());
        let mut failures = 0;
        loop {
            let before = length();
            if before >= size && before > 0 {
                // All bytes are there, and no server gives the rest of nothing.
                let shorten =
                    || fs::File::options().write(true).open(part)?.set_len(size.saturating_sub(1));
                shorten().map_err(|error| io_error(part, &error))?;
            }
            let progress = Teller { file, done: 0, size, tell: &mut *tell };
            let error = match self.repo.download_with_progress(file, progress) {
                Ok(path) => return Ok(path),
                Err(error) if is_passing(&error) => error,
                Err(error) => return Err(self.failing.because(error)),
            };
            let (done, reason) = (length(), error.to_string());
            failures = if done > before { 1 } else { failures + 1 };
            if failures > ATTEMPTS {
                return Err(FetchError::Broken { file: file.to_owned(), done, size, reason });
            }
            tell(News::Broken { file, done, reason: &reason });
            thread::sleep(PAUSE * failures);
        }
    }
}

/// Whether the same may go well a moment later.
fn is_passing(error: &ApiError) -> bool {
    match error {
        ApiError::IoError(error) => !matches!(
            error.kind(),
            io::ErrorKind::StorageFull
                | io::ErrorKind::QuotaExceeded
                | io::ErrorKind::FileTooLarge
                | io::ErrorKind::PermissionDenied
                | io::ErrorKind::ReadOnlyFilesystem
                | io::ErrorKind::NotFound
        ),
        ApiError::RequestError(error) => match **error {
            ureq::Error::StatusCode(status) => status == 429 || status >= 500,
            ureq::Error::BadUri(_) | ureq::Error::Tls(_) => false,
            _ => true,
        },
        _ => false,
    }
}

/// Tells of the bytes that come.
struct Teller<'a> {
    file: &'a str,
    done: u64,
    size: u64,
    tell: &'a mut dyn FnMut(News<'_>),
}

impl Progress for Teller<'_> {
    fn init(&mut self, size: usize, _: &str) {
        (self.done, self.size) = (0, size as u64);
    }

    fn update(&mut self, bytes: usize) {
        self.done += bytes as u64;
        (self.tell)(News::Bytes { file: self.file, done: self.done, size: self.size });
    }

    fn finish(&mut self) {}
}

/// What there is to say of a failure.
struct Failing<'a> {
    endpoint: &'a str,
    wanted: &'a Wanted,
    workshop: &'a Path,
}

impl Failing<'_> {
    fn because(&self, error: ApiError) -> FetchError {
        let endpoint = self.endpoint.to_owned();
        match error {
            ApiError::RequestError(error) => match *error {
                ureq::Error::StatusCode(status) => FetchError::Refused {
                    endpoint,
                    repository: self.wanted.repository.clone(),
                    revision: self.wanted.revision.clone(),
                    status,
                },
                error => FetchError::Unreachable { endpoint, reason: error.to_string() },
            },
            ApiError::IoError(error) => io_error(self.workshop, &error),
            ApiError::LockAcquisition(path) => FetchError::Busy { path },
            error => self.answer(error.to_string()),
        }
    }

    fn answer(&self, what: String) -> FetchError {
        FetchError::Answer { endpoint: self.endpoint.to_owned(), what }
    }
}

fn io_error(path: &Path, error: &io::Error) -> FetchError {
    FetchError::Io { path: path.to_owned(), reason: error.to_string() }
}

#[cfg(test)]
mod tests;
