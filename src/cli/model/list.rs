//! `wiezei model list`: the embedded model, the fetched ones, the known ones.

use std::io;

use wiezei::ner::models::{KnownModel, MODEL_VARIABLE, ModelCache, ModelFolder};

use super::super::failure::Failure;
use super::{megabytes, print};

/// How wide the column of names is.
const NAMES: usize = 30;

pub(super) fn run() -> Result<(), Failure> {
    let cache = ModelCache::of_user();
    let fetched = match &cache {
        None => Vec::new(),
        Some(cache) => cache.models().map_err(|error| {
            let folder = cache.folder().display();
            Failure::input(
                format!("{folder}: {error}"),
                "see that you may read the folder, or name another cache folder with \
                 XDG_CACHE_HOME",
            )
        })?,
    };
    print(|out| {
        writeln!(out, "Embedded; used unless --model or {MODEL_VARIABLE} names another:")?;
        match ModelFolder::embedded() {
            Ok(model) => row(out, &model.name(), &model.path().display().to_string())?,
            Err(error) => writeln!(out, "  none: {error}")?,
        }
        if let Some(model) = std::env::var_os(MODEL_VARIABLE).filter(|model| !model.is_empty()) {
            writeln!(out, "\n{MODEL_VARIABLE} names {}.", model.to_string_lossy())?;
        }
        if let Some(cache) = cache.as_ref().filter(|_| !fetched.is_empty()) {
            writeln!(out, "\nFetched, in {}; --model NAME:", cache.folder().display())?;
            for model in &fetched {
                let from = model.provenance.as_ref().map_or(String::new(), |from| {
                    format!(", {} at {:.7}", from.repository, from.commit)
                });
                row(out, &model.name, &format!("{}{from}", megabytes(model.bytes)))?;
            }
        }
        writeln!(out, "\nTo be had with `wiezei model fetch NAME`:")?;
        for known in KnownModel::all() {
            if !fetched.iter().any(|model| model.name == known.name) {
                row(out, known.name, &format!("{} MB, {}", known.megabytes, known.what))?;
            }
        }
        row(out, "OWNER/REPOSITORY", "any token classifier of the Hugging Face Hub")
    })
}

fn row(out: &mut dyn io::Write, name: &str, what: &str) -> io::Result<()> {
    writeln!(out, "  {name:NAMES$}{what}")
}
