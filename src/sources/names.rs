//! Names of one person put together: surname to full name, given name to full
//! name, the genitive's *s* left out.

use crate::lexicon;

/// A name cut into its parts for comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NameParts {
    /// Parts in lower case, without the genitive of the last one.
    parts: Vec<String>,
}

impl NameParts {
    pub(super) fn new(name: &str) -> Self {
        let mut parts: Vec<String> =
            name.split_whitespace().map(|part| part.to_lowercase().replace('’', "'")).collect();
        if let Some(last) = parts.last_mut() {
            // Hans' and Trump's; Ruttes is compared with and without its s.
            let stem = last.strip_suffix("'s").or_else(|| last.strip_suffix('\'')).unwrap_or(last);
            *last = stem.to_owned();
        }
        Self { parts }
    }

    pub(super) fn len(&self) -> usize {
        self.parts.len()
    }

    /// Whether the name is a surname alone: `Jansen`, `van der Berg`.
    fn is_surname_of(&self, full: &Self) -> bool {
        if self.len() >= full.len() {
            return false;
        }
        let tail = &full.parts[full.len() - self.len()..];
        let whole = |own: &[String]| {
            let starts_a_surname = full.len() == self.len()
                || !lexicon::is_particle(&full.parts[full.len() - self.len() - 1])
                || own.len() == 1;
            own == tail && starts_a_surname
        };
        whole(&self.parts) || self.without_genitive().is_some_and(|own| whole(&own.parts))
    }

    /// Whether the name is the given name of `full`.
    fn is_given_name_of(&self, full: &Self) -> bool {
        self.len() == 1 && full.len() > 1 && full.parts[0] == self.parts[0]
    }

    /// Whether this name can stand for `full`.
    pub(super) fn is_short_for(&self, full: &Self) -> bool {
        self.is_surname_of(full) || self.is_given_name_of(full)
    }

    /// Whether the two are one name, the genitive aside.
    pub(super) fn same(&self, other: &Self) -> bool {
        let without = |name: &Self| name.without_genitive();
        self == other
            || without(self).is_some_and(|own| own == *other)
            || without(other).is_some_and(|theirs| theirs == *self)
    }

    /// `ruttes` without its last letter; a name of five letters keeps it.
    fn without_genitive(&self) -> Option<Self> {
        let last = self.parts.last()?;
        let stem = last.strip_suffix('s').filter(|stem| stem.chars().count() > 4)?;
        let mut parts = self.parts.clone();
        stem.clone_into(parts.last_mut()?);
        Some(Self { parts })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn short(name: &str, full: &str) -> bool {
        NameParts::new(name).is_short_for(&NameParts::new(full))
    }

    #[test]
    fn surnames_and_given_names_stand_for_full_names() {
        assert!(short("Van der Plas", "Elly van der Plas"));
        assert!(short("Jansen", "Jan Jansen"));
        assert!(short("Jansens", "Jan Jansen"));
        assert!(short("Elly", "Elly van der Plas"));
        assert!(short("Vander Linden", "Piet Vander Linden"));
        assert!(short("Plas", "Elly van der Plas"));
    }

    #[test]
    fn other_parts_do_not() {
        assert!(!short("der Plas", "Elly van der Plas"));
        assert!(!short("Jan Jansen", "Jansen"));
        assert!(!short("Bakker", "Jan Jansen"));
    }

    #[test]
    fn genitives_are_the_same_name() {
        let same = |a: &str, b: &str| NameParts::new(a).same(&NameParts::new(b));
        assert!(same("Hans'", "Hans"));
        assert!(same("Ruttes", "Rutte"));
        assert!(!same("Smit", "Smits"), "four letters and an s are too few to tell");
    }
}
