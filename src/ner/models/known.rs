//! The models on the Hugging Face Hub that have a short name here: the table
//! `known.tsv`. Getting them is up to `fetch`.

use std::sync::LazyLock;

/// A model on the hub that is known by a short name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KnownModel {
    /// The short name, that of its folder once it is fetched.
    pub name: &'static str,
    /// Its repository on the hub, `OWNER/REPOSITORY`.
    pub repository: &'static str,
    /// The revision: a commit, or a branch where none is known.
    pub revision: &'static str,
    /// The SHA-256 of its weights in hexadecimal, where it is known.
    pub sha256: Option<&'static str>,
    /// The size of its weights in megabytes.
    pub megabytes: u32,
    /// What it is, in words.
    pub what: &'static str,
}

impl KnownModel {
    /// All of them, in the order of the table.
    #[must_use]
    pub fn all() -> &'static [Self] {
        static ALL: LazyLock<Vec<KnownModel>> = LazyLock::new(|| {
            let lines = include_str!("known.tsv").lines();
            lines.filter(|line| !line.starts_with('#')).filter_map(KnownModel::read).collect()
        });
        &ALL
    }

    /// The model of that short name.
    #[must_use]
    pub fn of(name: &str) -> Option<&'static Self> {
        Self::all().iter().find(|model| model.name == name)
    }

    fn read(line: &'static str) -> Option<Self> {
        let fields: Vec<&str> = line.split('\t').collect();
        let [name, repository, revision, sha256, megabytes, what] = fields.try_into().ok()?;
        let sha256 = Some(sha256).filter(|&sum| sum != "-");
        Some(Self { name, repository, revision, sha256, megabytes: megabytes.parse().ok()?, what })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ner::models::cache::is_name;

    #[test]
    fn every_line_of_the_table_is_a_model() {
        let lines = include_str!("known.tsv").lines().filter(|line| !line.starts_with('#'));
        assert_eq!(KnownModel::all().len(), lines.count());
        let hexadecimal = |text: &str| text.bytes().all(|b| b.is_ascii_hexdigit());
        for model in KnownModel::all() {
            assert!(is_name(model.name) && !model.name.contains('/'), "{model:?}");
            assert!(is_name(model.repository) && model.repository.contains('/'), "{model:?}");
            assert!(
                model.revision == "main"
                    || model.revision.len() == 40 && hexadecimal(model.revision),
                "{model:?}"
            );
            assert!(model.sha256.is_none_or(|sum| sum.len() == 64 && hexadecimal(sum)));
            assert_eq!(KnownModel::of(model.name), Some(model), "two of one name");
        }
    }

    #[test]
    fn a_checksum_is_read_where_there_is_one() {
        let model = KnownModel::read("a\tb/c\tmain\tabc\t3\twhat").unwrap();
        assert_eq!((model.sha256, model.megabytes), (Some("abc"), 3));
        assert_eq!(KnownModel::read("a\tb/c\tmain\t-\tthree\twhat"), None);
    }
}
