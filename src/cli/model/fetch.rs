//! `wiezei model fetch`: a model from the hub into the cache.

use wiezei::error::FetchError;
use wiezei::ner::models::{Hub, ModelCache, ModelFolder, News, Wanted};

use super::super::failure::Failure;
use super::super::hints;
use super::super::messages::Messages;
use super::args::FetchArgs;
use super::{labels, print};

pub(super) fn run(args: &FetchArgs, messages: &mut Messages) -> Result<(), Failure> {
    let wanted = Wanted::of(&args.name).map_err(failure)?;
    let wanted = match args.revision.clone() {
        Some(revision) => wanted.at(revision),
        None => wanted,
    };
    let wanted = Wanted { sha256: args.sha256.clone().or(wanted.sha256), ..wanted };
    let Some(cache) = ModelCache::of_user() else {
        return Err(Failure::input(
            "there is no folder to keep the model in",
            "set XDG_CACHE_HOME, or HOME, to an absolute path",
        ));
    };
    let hub = Hub::from_env().map_err(failure)?;
    messages.start_download();
    let mut tell = |news: News<'_>| match news {
        News::Bytes { file, done, size } => messages.downloaded(file, done, size),
        News::Broken { file, done, reason } => messages.note(&format!(
            "the connection broke at byte {done} of {file} ({reason}); going on from there"
        )),
        News::Unverified { file } => messages.note(&format!(
            "the server gives no checksum of {file}; that it came right is not known"
        )),
        _ => {}
    };
    let folder = hub.fetch(&wanted, &cache, &mut tell).map_err(failure)?;
    messages.end_progress();
    let name = &wanted.name;
    print(|out| writeln!(out, "{}", folder.display()))?;
    // A model whose labels mean nothing is there all the same.
    let model = ModelFolder::open(&folder)?;
    for note in labels::lost(model.labels()) {
        messages.note(&format!("the model {name}: {note}"));
    }
    messages.note(&format!("use it with --model {name}"));
    Ok(())
}

fn failure(error: FetchError) -> Failure {
    let hint = hints::fetch(&error);
    Failure::Input { error: error.into(), hint: Some(hint) }
}
