//! Forms of strong and irregular verbs, which no ending tells.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};

use super::entries::{entries, words};

/// A form of a strong verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StrongForm {
    /// *klom*
    PastSingular,
    /// *klommen*
    PastPlural,
    /// *geklommen*
    Participle,
    /// *klimmen*, also the plural of the present.
    Infinitive,
}

static FORMS: LazyLock<HashMap<&str, StrongForm>> = LazyLock::new(|| {
    let mut forms = HashMap::default();
    for columns in entries(include_str!("data/strong_verbs.txt")) {
        let kinds = [
            StrongForm::Infinitive,
            StrongForm::PastSingular,
            StrongForm::PastPlural,
            StrongForm::Participle,
        ];
        for (form, kind) in columns.into_iter().zip(kinds) {
            forms.entry(form).or_insert(kind);
        }
    }
    forms
});

static PREFIXES: LazyLock<HashSet<&str>> =
    LazyLock::new(|| words(include_str!("data/verb_prefixes.txt")).collect());

/// The form of a strong verb that `word` (lower case) is, alone or behind a
/// prefix: *lag*, *klaarlag*. A word of another kind that looks the same (*de
/// bond*) has it too.
#[must_use]
pub fn strong_form(word: &str) -> Option<StrongForm> {
    /// Longer than any prefix.
    const LONGEST: usize = 9;
    if let Some(form) = FORMS.get(word) {
        return Some(*form);
    }
    (2..=LONGEST.min(word.len())).find_map(|cut| {
        let (prefix, verb) = word.split_at_checked(cut)?;
        if PREFIXES.contains(prefix) { FORMS.get(verb).copied() } else { None }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_known_behind_prefixes() {
        assert_eq!(strong_form("klom"), Some(StrongForm::PastSingular));
        assert_eq!(strong_form("klaarlag"), Some(StrongForm::PastSingular));
        assert_eq!(strong_form("verdwenen"), Some(StrongForm::PastPlural));
        assert_eq!(strong_form("toegegeven"), Some(StrongForm::Participle));
        assert_eq!(strong_form("brug"), None);
        assert_eq!(strong_form("één"), None);
    }

    #[test]
    fn every_line_has_four_forms() {
        for columns in entries(include_str!("data/strong_verbs.txt")) {
            assert_eq!(columns.len(), 4, "{columns:?}");
        }
    }
}
