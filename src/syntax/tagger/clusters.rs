//! Groups of words that stand between the same words, made without labels from
//! unlabelled Dutch (`models/nl-tagger/clusters.py`): what the treebanks never
//! show is like something that they do.

use std::sync::LazyLock;

use rustc_hash::FxHashMap as HashMap;

/// The clusters of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cluster {
    pub(super) fine: u16,
    pub(super) coarse: u8,
}

/// What a word has that was too rare to be grouped.
pub(super) const UNKNOWN: Cluster = Cluster { fine: u16::MAX, coarse: u8::MAX };

static CLUSTERS: LazyLock<HashMap<&str, Cluster>> = LazyLock::new(|| {
    include_str!("../../../models/nl-tagger/clusters.txt")
        .lines()
        .filter_map(|line| {
            let (word, numbers) = line.split_once('\t')?;
            let (fine, coarse) = numbers.split_once('\t')?;
            Some((word, Cluster { fine: fine.parse().ok()?, coarse: coarse.parse().ok()? }))
        })
        .collect()
});

/// The clusters of `word`, which is in lower case.
pub(super) fn cluster(word: &str) -> Cluster {
    CLUSTERS.get(word).copied().unwrap_or(UNKNOWN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_one_kind_stand_together() {
        assert_eq!(cluster("maandag").fine, cluster("dinsdag").fine);
        assert_ne!(cluster("maandag").coarse, cluster("van").coarse);
        assert_eq!(cluster("qqqq"), UNKNOWN);
    }
}
