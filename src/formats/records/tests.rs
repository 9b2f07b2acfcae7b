use std::fs;
use std::io::Write as _;
use std::path::PathBuf;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::*;

const JSONL: &str = "{\"id\":\"a\",\"text\":\"Een.\"}\n\n{\"text\":\"Twee.\",\"bron\":\"krant\"}\n";

struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn write(&self, name: &str, bytes: &[u8]) -> Origin {
        let path: PathBuf = self.0.path().join(name);
        fs::write(&path, bytes).unwrap();
        Origin::Path(path)
    }
}

fn options() -> RecordOptions {
    RecordOptions { form: Form::Auto, columns: Columns::default(), max_bytes: 1000 }
}

/// Identifier and text of each article, or what is wrong, without the file.
fn read(origin: &Origin) -> Vec<Result<(String, String), String>> {
    let records = Records::open(origin, &options()).unwrap();
    let article = |article: Result<Article, Trouble>| match article {
        Ok(Article { document, .. }) => Ok((document.id().to_owned(), document.text().to_owned())),
        Err(Trouble::Record(error) | Trouble::Device(error)) => {
            Err(error.to_string().replace(&error.place.file, "it"))
        }
    };
    records.map(article).collect()
}

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[expect(clippy::unnecessary_wraps, reason = "what `read` gives for it")]
fn article(id: &str, text: &str) -> Result<(String, String), String> {
    Ok((id.into(), text.into()))
}

#[test]
fn every_form_gives_the_same_articles() {
    let folder = Folder::new();
    let wanted = [article("a", "Een."), article("x-3", "Twee.")];
    assert_eq!(read(&folder.write("x.jsonl", JSONL.as_bytes())), wanted);
    assert_eq!(read(&folder.write("x.dat", JSONL.as_bytes())), wanted);
    let list = r#"[{"id":"a","text":"Een."},{"id":"x-3","text":"Twee."}]"#;
    for name in ["x.json", "x.jsonl", "x"] {
        assert_eq!(read(&folder.write(name, list.as_bytes())), wanted, "{name}");
    }
    let table = "nummer;tekst\na;Een.\nx-3;Twee.\n";
    assert_eq!(read(&folder.write("x.csv", table.as_bytes())), wanted);
    assert_eq!(read(&folder.write("x.tsv", table.replace(';', "\t").as_bytes())), wanted);
    assert_eq!(read(&folder.write("stuk.txt", b"Een.")), [article("stuk", "Een.")]);
    assert_eq!(read(&folder.write("x.csv", b"")), []);
}

#[test]
fn every_form_is_unpacked() {
    let folder = Folder::new();
    let wanted = [article("a", "Een."), article("x-3", "Twee.")];
    assert_eq!(read(&folder.write("x.jsonl.gz", &gzipped(JSONL.as_bytes()))), wanted);
    let zstd = zstd::encode_all(JSONL.as_bytes(), 0).unwrap();
    assert_eq!(read(&folder.write("x.jsonl.zst", &zstd)), wanted);
    // Whatever it is called.
    assert_eq!(read(&folder.write("x.jsonl", &zstd)), wanted);
    assert_eq!(read(&folder.write("stuk.txt.gz", &gzipped(b"Een."))), [article("stuk", "Een.")]);
}

#[test]
fn a_truncated_file_gives_what_it_has() {
    let folder = Folder::new();
    let line = |n| format!("{{\"id\":\"{n}\",\"text\":\"Tekst {n} {}.\"}}", n * 7919 % 1000);
    let many = (0..2000).map(line).collect::<Vec<_>>().join(
        "
",
    );
    let packed = gzipped(many.as_bytes());
    let found = read(&folder.write("x.jsonl.gz", &packed[..packed.len() / 2]));
    let (last, articles) = found.split_last().unwrap();
    assert!(articles.len() > 100 && articles.iter().all(Result::is_ok), "{}", articles.len());
    assert!(last.as_ref().unwrap_err().starts_with("it: cannot be unpacked: "), "{last:?}");
    let packed = gzipped(JSONL.as_bytes());
    let found = read(&folder.write("x.jsonl.gz", &packed[..packed.len() - 4]));
    assert_eq!(found[0], article("a", "Een."));
    assert!(found.last().unwrap().is_err(), "{found:?}");
    let found = read(&folder.write("kort.txt.gz", &gzipped(b"Een.")[..12]));
    assert!(found[0].as_ref().unwrap_err().starts_with("it: cannot be unpacked: "), "{found:?}");
}

#[test]
fn what_is_wrong_with_a_record_spoils_no_other() {
    let folder = Folder::new();
    let long = "a".repeat(1001);
    let lines = [
        "{\"id\":\"a\"}".to_owned(),
        "{\"text\":".into(),
        "[1]".into(),
        format!("{{\"id\":\"b\",\"text\":\"{long}\"}}"),
        format!("{{\"id\":\"c\",\"text\":\"{}\"}}", "a".repeat(70_000)),
        "{\"id\":\"d\",\"text\":\"Ja.\"}".into(),
    ];
    let found = read(&folder.write("x.jsonl", lines.join("\n").as_bytes()));
    let errors: Vec<&str> =
        found.iter().filter_map(|it| it.as_ref().err()).map(String::as_str).collect();
    assert_eq!(errors[0], "it, line 1, document a: no column looks like a text; there are: id");
    assert!(errors[1].starts_with("it, line 2: bad JSON at column "));
    assert!(errors[2].starts_with("it, line 3: bad JSON at column "));
    assert_eq!(errors[3], "it, line 4, document b: it has more than 1000 bytes");
    assert_eq!(errors[4], "it, line 5: it has more than 65536 bytes");
    assert_eq!(found[5], article("d", "Ja."));
    let found = read(&folder.write("x.json", b"[{\"text\":1},{\"id\":\"b\",\"text\":\"Ja.\"},{"));
    assert_eq!(
        found[0].as_ref().unwrap_err(),
        "it, record 1, document x-1: `text` is a number, not a text"
    );
    assert_eq!(found[1], article("b", "Ja."));
    assert_eq!(found[2].as_ref().unwrap_err(), "it, record 3: the JSON ends in the middle");
    let found = read(&folder.write("x.txt", long.as_bytes()));
    assert_eq!(found, [Err("it: it has more than 1000 bytes".into())]);
}

#[test]
fn a_table_without_a_text_is_refused_once() {
    let folder = Folder::new();
    let origin = folder.write("x.csv", b"a,b\n1,2\n3,4\n");
    let found = read(&origin);
    assert_eq!(found, [Err("it: no column looks like a text; there are: a, b".into())]);
    let columns = Columns { title: Some("kopp".into()), ..Columns::default() };
    let mut records = Records::open(
        &folder.write("y.csv", b"kop,tekst\n1,2\n"),
        &RecordOptions { columns, ..options() },
    )
    .unwrap();
    let Some(Err(Trouble::Record(error))) = records.next() else { panic!("it was read") };
    assert!(matches!(*error.reason, Reason::NoNamedColumn { .. }));
    assert!(records.next().is_none());
}

#[test]
fn a_file_that_is_gone_is_no_bad_record() {
    let folder = Folder::new();
    let gone = Origin::Path(folder.0.path().join("weg.txt"));
    assert!(Records::open(&gone, &options()).is_err());
    assert!(Records::open(&Origin::Path(folder.0.path().to_owned()), &options()).is_err());
}

#[test]
fn the_encoding_is_told_a_record() {
    let folder = Folder::new();
    let origin = folder.write("x.csv", b"id,tekst\n1,caf\xe9\n2,ja\n");
    let records = Records::open(&origin, &options()).unwrap();
    let encodings: Vec<_> =
        records.map(|it| it.ok().map(|it| (it.document.text().to_owned(), it.encoding))).collect();
    let wanted = [("café", Encoding::Latin1), ("ja", Encoding::Utf8)];
    assert_eq!(encodings, wanted.map(|(text, encoding)| Some((text.to_owned(), encoding))));
}

#[cfg(feature = "parquet")]
mod parquet {
    use std::sync::Arc;

    use ::parquet::arrow::ArrowWriter;
    use arrow_array::{ArrayRef, Int64Array, RecordBatch, StringArray};

    use super::*;

    /// Two row groups of `rows` rows.
    fn file(rows: i64) -> Vec<u8> {
        let texts = |ids: std::ops::Range<i64>| ids.map(|n| format!("Tekst {n}.")).collect();
        of_groups([texts(0..rows), texts(rows..2 * rows)])
    }

    fn of_groups(groups: [Vec<String>; 2]) -> Vec<u8> {
        let mut ids = 0..;
        let groups = groups.map(|texts| {
            let ids = ids.by_ref().take(texts.len());
            RecordBatch::try_from_iter([
                ("nummer", Arc::new(Int64Array::from_iter_values(ids)) as ArrayRef),
                ("tekst", Arc::new(StringArray::from(texts)) as ArrayRef),
            ])
            .unwrap()
        });
        let mut writer = ArrowWriter::try_new(Vec::new(), groups[0].schema(), None).unwrap();
        for group in groups {
            writer.write(&group).unwrap();
            writer.flush().unwrap();
        }
        writer.into_inner().unwrap()
    }

    #[test]
    fn rows_of_all_row_groups_come_plain_and_compressed() {
        let folder = Folder::new();
        let wanted: Vec<_> =
            (0..200).map(|n| article(&n.to_string(), &format!("Tekst {n}."))).collect();
        let bytes = file(100);
        assert_eq!(read(&folder.write("x.parquet", &bytes)), wanted);
        assert_eq!(read(&folder.write("x", &bytes)), wanted);
        assert_eq!(read(&folder.write("x.parquet.gz", &gzipped(&bytes))), wanted);
    }

    #[test]
    fn a_row_that_is_too_long_spoils_no_other() {
        let folder = Folder::new();
        let (long, longer) = ("a".repeat(1001), "b".repeat(70_000));
        let bytes = of_groups([vec!["Een.".into(), longer], vec![long, "Twee.".into()]]);
        let found = read(&folder.write("x.parquet", &bytes));
        let wanted = [
            article("0", "Een."),
            Err("it, record 2: it has more than 65536 bytes".into()),
            Err("it, record 3, document 2: it has more than 1000 bytes".into()),
            article("3", "Twee."),
        ];
        assert_eq!(found, wanted);
    }

    #[test]
    fn what_is_read_of_a_file_is_counted_up_to_its_length() {
        let folder = Folder::new();
        let bytes = file(100);
        for (name, bytes) in [("x.parquet", bytes.clone()), ("x.parquet.gz", gzipped(&bytes))] {
            let origin = folder.write(name, &bytes);
            let mut records = Records::open(&origin, &options()).unwrap();
            let mut last = 0;
            while records.next().is_some() {
                assert!(last <= records.bytes_read(), "{name}");
                last = records.bytes_read();
            }
            assert_eq!(records.bytes_read(), bytes.len() as u64, "{name}");
        }
    }

    #[test]
    fn a_damaged_row_group_spoils_no_other() {
        let folder = Folder::new();
        let mut bytes = file(100);
        // In the pages of the first row group.
        for byte in &mut bytes[4..400] {
            *byte = 0xff;
        }
        let found = read(&folder.write("x.parquet", &bytes));
        let message = found[0].as_ref().unwrap_err();
        assert!(message.starts_with("it, record 1: row group 1 is lost from here on (100 rows)"));
        let wanted: Vec<_> =
            (100..200).map(|n| article(&n.to_string(), &format!("Tekst {n}."))).collect();
        assert_eq!(found[1..], wanted);
    }

    #[test]
    fn a_file_without_its_end_is_refused() {
        let folder = Folder::new();
        let bytes = file(10);
        let found = read(&folder.write("x.parquet", &bytes[..bytes.len() - 20]));
        assert!(found[0].as_ref().unwrap_err().starts_with("it: bad Parquet: "), "{found:?}");
        assert_eq!(found.len(), 1);
    }
}
