//! The way out of each error, in words for whoever has to find it.

use std::path::{Path, PathBuf};

#[cfg(feature = "fetch")]
use wiezei::error::FetchError;
use wiezei::error::ModelError;
use wiezei::formats::{ReadError, Reason};
use wiezei::ner::models::KnownModel;

const RECORD: &str = r#"each line is one article: {"id": "a1", "text": "..."}"#;
const NAMES_RECORD: &str = r#"each line has the names of one article: {"id": "a1", "named_entities": [{"start": 0, "end": 4, "label": "PER"}]}"#;

/// What to do about an input that cannot be read.
pub(super) fn read(error: &ReadError) -> Option<String> {
    let file = quoted(&error.place.file);
    let hint = match &*error.reason {
        Reason::NotFound => "check the name; it counts from the folder you are in".into(),
        Reason::Io(_) => "check that you may read it, and that it is a file or a folder".into(),
        Reason::NothingInFolder { .. } => {
            "put articles there as .txt or .jsonl files; a file that is named itself is read \
             whatever it is called"
                .into()
        }
        Reason::NotUtf8 { offset, byte } => {
            // A byte order mark of UTF-16 tells; otherwise it is most likely
            // the old encoding of Windows, which has Latin-1 in it.
            let is_utf16 = *offset == 0 && matches!(byte, 0xfe | 0xff);
            let encoding = if is_utf16 { "UTF-16" } else { "WINDOWS-1252" };
            format!("convert it, perhaps with: iconv -f {encoding} -t UTF-8 {file} > converted")
        }
        Reason::Json { .. } => {
            format!("{RECORD}; objects over several lines become such lines with: jq -c . {file}")
        }
        Reason::NoField { .. } | Reason::NotString { .. } => {
            format!("{RECORD}; rename the field that holds the article")
        }
        Reason::Text(_) => "split it into articles".into(),
        Reason::Duplicate { .. } => {
            "with --names, every article and every line needs an id of its own".into()
        }
        Reason::BeyondText { .. }
        | Reason::Reversed { .. }
        | Reason::Empty { .. }
        | Reason::OtherWords { .. } => {
            "offsets count code points of the article's text (title and blank line included, \
             byte order mark not); find the names again in the text as it is now"
                .into()
        }
        Reason::Overlap { .. } => "keep one entity of those that overlap".into(),
        Reason::UnknownValue { .. } => "map it to one of those that are known".into(),
        _ => return None,
    };
    Some(hint)
}

/// What to do about a file of names that cannot be read.
pub(super) fn names(error: &ReadError) -> Option<String> {
    if matches!(*error.reason, Reason::Json { .. }) {
        return Some(NAMES_RECORD.into());
    }
    read(error)
}

const GOLD_RECORD: &str = r#"a gold document is one JSON object: {"id": "a1", "text": "...", "entities": [{"id": "e1", "name": "Noor Bakker", "type": "person"}], "quotes": [{"span": [0, 4], "kind": "direct", "speaker": "e1", "mention": null, "cue": null}]}"#;
const ANSWER_RECORD: &str = r#"each line has the answers for one document: {"id": "a1", "quotes": [{"start": 0, "end": 4, "kind": "direct"}]}"#;

/// Whether a file's name has that extension.
fn is_called(file: &str, wanted: &str) -> bool {
    Path::new(file).extension().is_some_and(|extension| extension.eq_ignore_ascii_case(wanted))
}

/// What to do about gold documents or a system's answers that cannot be read.
pub(super) fn labels(error: &ReadError) -> Option<String> {
    let hint = match &*error.reason {
        Reason::Json { .. } if is_called(&error.place.file, "json") => GOLD_RECORD.into(),
        Reason::Json { .. } => ANSWER_RECORD.into(),
        Reason::NothingInFolder { .. } => {
            "put labels there: gold documents as .json, brat's .ann and .txt files, or a .csv"
                .into()
        }
        Reason::TextMissing | Reason::TextsMissing { .. } => {
            "name the file or folder that has the text with --texts; of a .csv it may also stand \
             beside it, as ID.txt"
                .into()
        }
        Reason::TextDiffers { .. } => {
            "the labels count in the text as it was labelled: title, blank line, paragraphs with \
             a blank line between them; only the sort of line breaks and white space at its end \
             may differ"
                .into()
        }
        Reason::TwoTexts => "leave one of them out".into(),
        Reason::UnknownValue { .. } if is_called(&error.place.file, "ann") => {
            "give it the name of one of those, in brat or with: sed -i".into()
        }
        Reason::Csv { .. } | Reason::NoColumn { .. } => {
            "the least is a row a quotation, under document,kind,start,end,speaker; `wiezei \
             attribute --format csv` shows every column"
                .into()
        }
        Reason::NotFound if is_called(&error.place.file, "txt") => {
            "the text of an .ann file stands beside it, as .txt".into()
        }
        Reason::Duplicate { .. } => "give each its own identifier, or leave one out".into(),
        Reason::OtherText => {
            "the answers have to be about the very text that the gold labels count in".into()
        }
        Reason::UnknownId { .. } => "every source of a quotation has to stand in `entities`".into(),
        Reason::BeyondText { .. }
        | Reason::Reversed { .. }
        | Reason::Empty { .. }
        | Reason::OtherWords { .. } => {
            "offsets count code points of the text, from 0, the end not included".into()
        }
        _ => return read(error),
    };
    Some(hint)
}

/// What to do about a model that cannot be used.
pub(super) fn model(error: &ModelError) -> Option<String> {
    let hint = match error {
        ModelError::NotFound { tried } if known(tried).is_some() => {
            return Some(format!("get it first: wiezei model fetch {}", known(tried)?));
        }
        ModelError::NotFound { .. } => {
            "name its folder with --model FOLDER, or in the environment variable WIEZEI_MODEL; \
             it holds config.json, tokenizer.json and model.safetensors; `wiezei model list` \
             shows the models that are there"
        }
        ModelError::MissingFile { .. } => {
            "put the file there, or name another folder with --model FOLDER"
        }
        ModelError::NoCuda => {
            "leave --device out, or name a libtorch 2.4.0 with CUDA in `cargo xtask setup \
             --libtorch DIR` and build again"
        }
        ModelError::BadFile { .. } => {
            "get the file again, or name another folder with --model FOLDER"
        }
        _ => return None,
    };
    Some(hint.into())
}

/// The name of a model that can be fetched, if it is what was looked for.
fn known(tried: &[PathBuf]) -> Option<&str> {
    let name = tried.first()?.to_str()?;
    KnownModel::of(name).map(|_| name)
}

/// What to do about a model that could not be fetched.
#[cfg(feature = "fetch")]
pub(super) fn fetch(error: &FetchError) -> String {
    match error {
        FetchError::There { path } => format!(
            "use it with --model and its name; to fetch it anew, delete it first: rm -r {}",
            quoted(&path.to_string_lossy())
        ),
        FetchError::OldFormat { command, .. } => format!(
            "make a folder of it with {command}, and name the folder with --model; or see whether \
             a pull request of the repository has the file, and name that: --revision refs/pr/1"
        ),
        other => match other {
            FetchError::Name { .. } => {
                "`wiezei model list` shows the names; a repository is named as on the hub, \
                 GroNLP/bert-base-dutch-cased"
            }
            FetchError::Offline => {
                "take HF_HUB_OFFLINE out of the environment, or put the files of the model into a \
                 folder yourself and name it with --model FOLDER"
            }
            FetchError::Endpoint { .. } => {
                "take HF_ENDPOINT out of the environment, or set it to something like \
                 https://huggingface.co"
            }
            FetchError::Unreachable { .. } => {
                "see that there is a network; behind a proxy, set HTTPS_PROXY; where a mirror of \
                 the hub is to be used, set HF_ENDPOINT"
            }
            FetchError::Refused { status: 429 | 500.., .. } => "try again later",
            FetchError::Refused { .. } => {
                "check the names of the repository and the revision; those that only some may see \
                 cannot be fetched"
            }
            FetchError::Broken { .. } => {
                "give the same command again: it goes on with what has come"
            }
            FetchError::WrongBytes { .. } => {
                "give the same command again; if it ends so again, the server or what stands \
                 between is at fault, or the checksum that was asked for"
            }
            FetchError::Busy { .. } => "wait for it, and use the model that it fetches",
            FetchError::Io { .. } => {
                "see that there is room and that you may write there, or name another cache \
                 folder with XDG_CACHE_HOME"
            }
            FetchError::MissingFile { .. } => {
                "it is no model that can be used here; `wiezei model list` shows some that can"
            }
            _ => "see that HF_ENDPOINT, if it is set, names a mirror of the Hugging Face Hub",
        }
        .to_owned(),
    }
}

/// A file's name as a shell takes it.
fn quoted(file: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "/._-+,@".contains(c);
    if !file.is_empty() && file.chars().all(is_plain) {
        return file.to_owned();
    }
    format!("'{}'", file.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use wiezei::formats::Place;

    fn hint(file: &str, offset: u64, byte: u8) -> String {
        read(&Place::named(file).error(Reason::NotUtf8 { offset, byte })).unwrap()
    }

    #[test]
    fn the_encoding_is_guessed_from_the_byte() {
        assert!(hint("a.txt", 0, 0xff).contains("iconv -f UTF-16 -t UTF-8 a.txt"));
        assert!(hint("a.txt", 7, 0xe9).contains("iconv -f WINDOWS-1252 -t UTF-8 a.txt"));
    }

    #[test]
    fn a_name_with_spaces_can_be_pasted_into_a_shell() {
        assert!(hint("mijn stuk's.txt", 7, 0xe9).contains(r"'mijn stuk'\''s.txt'"));
    }
}
