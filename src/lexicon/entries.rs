//! The one format of all word lists: a line an entry, columns separated by
//! tabs, `#` for comments.

/// The entries of an embedded list, each as its columns.
pub(super) fn entries(list: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    list.lines()
        .filter(|line| !line.starts_with('#') && !line.trim().is_empty())
        .map(|line| line.split('\t').map(str::trim).collect())
}

/// The first column of each entry.
pub(super) fn words(list: &'static str) -> impl Iterator<Item = &'static str> {
    entries(list).map(|columns| columns[0])
}
