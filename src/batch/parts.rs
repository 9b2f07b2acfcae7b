//! The parts of an output on the disk: begun, gone on with, closed one after the
//! other, put together at the end.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::error::BatchError;
use super::halting::{self, Point};
use super::manifest::{Counts, End, Job, Manifest, Part};
use super::output::{self, PartFile, Taken};
use super::settings::Settings;
use super::target::{Paths, Standing};
use super::{durable, rejects};
use crate::annotated::Annotated;
use crate::formats::{Cursor, Place, ReadError, Reason};

const REJECTS: &str = "rejects.jsonl";

/// What there is to do.
pub(super) enum Beginning<'a> {
    /// Nothing: the output is whole.
    Whole(Counts),
    /// What is not in these.
    Parts(Box<Parts<'a>>),
}

/// The parts of one output.
pub(super) struct Parts<'a> {
    settings: &'a Settings<'a>,
    paths: Paths,
    manifest: Manifest,
    open: Option<Open>,
    taken: Taken,
    /// Held as long as the parts are written to.
    _lock: File,
}

/// The part that is being written.
struct Open {
    path: PathBuf,
    file: PartFile,
    rejects: String,
    counts: Counts,
    end: Cursor,
}

impl<'a> Parts<'a> {
    /// Begins, or goes on where a run was cut off.
    ///
    /// # Errors
    ///
    /// If there is something that must not be written over, or that does not
    /// belong to `job`, or if nothing can be written.
    pub(super) fn begin(settings: &'a Settings<'a>, job: Job) -> Result<Beginning<'a>, BatchError> {
        let paths = Paths::new(&settings.target.output);
        output::remove(&paths.spent).map_err(BatchError::output(&paths.spent))?;
        if let Standing::Whole(manifest) = settings.target.standing()? {
            check(&manifest, &job, &paths.output)?;
            return Ok(Beginning::Whole(manifest.counts));
        }
        let lock = paths.lock()?;
        // Again: from now on nobody else changes it.
        let (manifest, is_new) = match settings.target.standing()? {
            Standing::Parts(manifest) => {
                check(&manifest, &job, &paths.parts)?;
                check_files(&manifest, &paths.parts)?;
                (manifest, false)
            }
            // Another run has made it whole in between.
            Standing::Whole(manifest) => {
                check(&manifest, &job, &paths.output)?;
                output::remove(&paths.parts).map_err(BatchError::output(&paths.parts))?;
                return Ok(Beginning::Whole(manifest.counts));
            }
            Standing::Nothing => {
                paths.clear().map_err(BatchError::output(&paths.parts))?;
                (Manifest::new(job), true)
            }
        };
        let mut parts =
            Self { settings, paths, manifest, open: None, taken: Taken::default(), _lock: lock };
        if is_new {
            parts.write_manifest()?;
        }
        if settings.target.format.is_folder() {
            let folders = parts.files();
            parts.taken = Taken::of(&folders).map_err(BatchError::output(&parts.paths.parts))?;
        }
        Ok(Beginning::Parts(Box::new(parts)))
    }

    /// Where the input goes on.
    pub(super) fn start(&self) -> Cursor {
        self.manifest.parts.last().map_or_else(Cursor::default, |part| part.end.into())
    }

    /// What is in the parts that are closed.
    pub(super) const fn counts(&self) -> Counts {
        self.manifest.counts
    }

    /// Writes an article, or why it was not; with what there is more of now.
    pub(super) fn add(
        &mut self,
        record: &Result<Annotated, ReadError>,
        end: Cursor,
    ) -> Result<Counts, BatchError> {
        let mut duplicate = None;
        if let Ok(annotated) = record
            && self.settings.target.format.is_folder()
            && !self.taken.take(annotated.document.id())
        {
            let id = annotated.document.id().to_owned();
            let place = Place::named(self.paths.output.display().to_string()).in_document(&*id);
            duplicate = Some(place.error(Reason::Duplicate { what: "article", id }));
        }
        if let Some(error) = duplicate.as_ref().or(record.as_ref().err())
            && self.settings.strict
        {
            return Err(BatchError::Strict(error.to_string()));
        }
        let settings = self.settings;
        let open = self.open()?;
        let counts = match (record, duplicate) {
            (Ok(annotated), None) => {
                let written = open.file.write(annotated, settings);
                written.map_err(BatchError::output(&open.path))?;
                Counts::of(annotated)
            }
            (Ok(_), Some(error)) => open.reject(&error),
            (Err(error), _) => open.reject(error),
        };
        open.counts += counts;
        open.end = end;
        if open.counts.records() >= settings.part {
            self.close()?;
        }
        Ok(counts)
    }

    /// Ends the last part.
    pub(super) fn finish(&mut self) -> Result<(), BatchError> {
        // An output without articles is an output.
        if self.manifest.parts.is_empty() {
            self.open()?;
        }
        self.close()
    }

    fn open(&mut self) -> Result<&mut Open, BatchError> {
        if self.open.is_none() {
            let number = self.manifest.parts.len() + 1;
            let extension = self.settings.target.format.extension();
            let path = self.paths.parts.join(format!("part-{number:05}{extension}"));
            let file = PartFile::create(&path, self.settings).map_err(BatchError::output(&path))?;
            self.open = Some(Open {
                path,
                file,
                rejects: String::new(),
                counts: Counts::default(),
                end: self.start(),
            });
        }
        Ok(self.open.as_mut().expect("it was opened"))
    }

    fn close(&mut self) -> Result<(), BatchError> {
        let Some(Open { path, file, rejects, counts, end }) = self.open.take() else {
            return Ok(());
        };
        file.finish().map_err(BatchError::output(&path))?;
        let rejects = if rejects.is_empty() {
            None
        } else {
            let name = format!("part-{:05}.rejects.jsonl", self.manifest.parts.len() + 1);
            let path = self.paths.parts.join(&name);
            write_whole(&path, rejects.as_bytes()).map_err(BatchError::output(&path))?;
            Some((name, rejects.len() as u64))
        };
        durable::sync_folder(&self.paths.parts).map_err(BatchError::output(&self.paths.parts))?;
        halting::at(Point::PartWritten);
        let size = output::size(&path).map_err(BatchError::output(&path))?;
        let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        self.manifest.parts.push(Part { file, size, rejects, end: End::from(end), counts });
        self.manifest.counts += counts;
        self.write_manifest()
    }

    fn write_manifest(&self) -> Result<(), BatchError> {
        let path = self.paths.parts_manifest();
        let halt = || halting::at(Point::ManifestWritten);
        durable::write(&path, &json(&self.manifest), halt).map_err(BatchError::output(&path))?;
        halting::at(Point::ManifestRenamed);
        Ok(())
    }

    fn files(&self) -> Vec<PathBuf> {
        self.manifest.parts.iter().map(|part| self.paths.parts.join(&part.file)).collect()
    }

    /// Puts the parts together under the output's name, and removes them.
    pub(super) fn assemble(self) -> Result<(), BatchError> {
        let Paths { output, manifest, rejects, parts, spent } = &self.paths;
        let format = self.settings.target.format;
        let whole = Manifest { is_whole: true, ..self.manifest.clone() };
        // A folder cannot be written over: either a run that was cut off has put
        // it there, or somebody else has, while this one went on.
        let is_there = format.is_folder() && output.symlink_metadata().is_ok();
        if is_there && !self.paths.is_put_there(&whole) {
            return Err(BatchError::Exists { path: output.clone() });
        }
        if !is_there {
            let assembled = self.paths.assembled();
            output::assemble(&self.files(), &assembled, format)
                .map_err(BatchError::output(&assembled))?;
            halting::at(Point::Assembled);
            self.assemble_rejects().map_err(BatchError::output(rejects))?;
            halting::at(Point::RejectsRenamed);
            durable::write(manifest, &json(&whole), || ()).map_err(BatchError::output(manifest))?;
            durable::rename(&assembled, output).map_err(BatchError::output(output))?;
            halting::at(Point::OutputRenamed);
        }
        durable::rename(parts, spent).map_err(BatchError::output(spent))?;
        halting::at(Point::PartsMoved);
        fs::remove_dir_all(spent).map_err(BatchError::output(spent))
    }

    fn assemble_rejects(&self) -> io::Result<()> {
        let files = self.manifest.parts.iter().filter_map(|part| part.rejects.as_ref());
        let files: Vec<PathBuf> = files.map(|(name, _)| self.paths.parts.join(name)).collect();
        if files.is_empty() {
            // Those of an output that is written over.
            return output::remove(&self.paths.rejects);
        }
        let path = self.paths.parts.join(REJECTS);
        let mut all = File::create(&path)?;
        for file in files {
            io::copy(&mut File::open(file)?, &mut all)?;
        }
        all.sync_all()?;
        durable::rename(&path, &self.paths.rejects)
    }
}

impl Open {
    fn reject(&mut self, error: &ReadError) -> Counts {
        self.rejects += &rejects::line(error);
        Counts { rejects: 1, ..Counts::default() }
    }
}

fn json(manifest: &Manifest) -> Vec<u8> {
    let mut json = serde_json::to_vec_pretty(manifest).expect("a manifest is JSON");
    json.push(b'\n');
    json
}

fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Whether a run with this manifest is the same as `job`.
pub(super) fn check(manifest: &Manifest, job: &Job, path: &Path) -> Result<(), BatchError> {
    match job.difference(&manifest.job) {
        None => Ok(()),
        Some((what, before, now)) => {
            Err(BatchError::Changed { path: path.to_owned(), what, before, now })
        }
    }
}

/// Whether everything that the manifest counts is there.
fn check_files(manifest: &Manifest, parts: &Path) -> Result<(), BatchError> {
    let files = manifest.parts.iter().flat_map(|part| {
        let rejects = part.rejects.as_ref().map(|(name, size)| (name, *size));
        [Some((&part.file, part.size)), rejects]
    });
    for (name, wanted) in files.flatten() {
        let path = parts.join(name);
        if output::size(&path).ok() != Some(wanted) {
            return Err(BatchError::Damaged { path, what: "is damaged or missing".into() });
        }
    }
    Ok(())
}
