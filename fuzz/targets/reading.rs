//! Reads all records of a file, as the targets for them do.

use std::cell::OnceCell;
use std::fs;

use tempfile::TempDir;
use wiezei::formats::Origin;
use wiezei::formats::records::{Columns, Form, RecordOptions, Records, Trouble};

const MOST: usize = 2000;
/// How many bytes one byte can unpack to: Zstandard repeats one for a whole block.
const UNPACKED: usize = 1 << 15;

thread_local! {
    static FOLDER: OnceCell<TempDir> = const { OnceCell::new() };
}

/// Reads `input` as a file of that form: it ends, no article is longer than it
/// may be, and no error is the device's.
pub fn all(input: &[u8], form: Form) {
    let file = FOLDER.with(|folder| {
        folder.get_or_init(|| tempfile::tempdir().expect("a folder")).path().join("any")
    });
    fs::write(&file, input).expect("the input");
    let options = RecordOptions { form, columns: Columns::default(), max_bytes: MOST };
    let records = Records::open(&Origin::Path(file), &options).expect("it is there");
    for (number, record) in records.enumerate() {
        assert!(number <= input.len() * UNPACKED, "more records than bytes");
        match record {
            Ok(article) => {
                let text = article.document.text();
                assert!(!text.trim().is_empty() && text.len() <= MOST);
                if let Some(title) = article.document.title() {
                    let _ = article.document.slice(title);
                }
            }
            Err(Trouble::Record(error)) => drop(error.to_string()),
            Err(Trouble::Device(error)) => panic!("{error}"),
        }
    }
}
