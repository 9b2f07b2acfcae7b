//! Names of one person put together: surname to full name, given name to full
//! name, the genitive's *s* left out.

use crate::lexicon;

/// A name cut into its parts for comparison.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct NameParts {
    /// Parts in lower case, without the genitive of the last one.
    parts: Vec<String>,
}

impl NameParts {
    pub(super) fn new(name: &str) -> Self {
        let mut parts: Vec<String> =
            name.split_whitespace().map(|part| straight(part.to_lowercase())).collect();
        if let Some(last) = parts.last_mut() {
            // Hans' and Trump's; Ruttes is compared with and without its s.
            let stem = last.strip_suffix("'s").or_else(|| last.strip_suffix('\'')).unwrap_or(last);
            last.truncate(stem.len());
        }
        Self { parts }
    }

    pub(super) fn len(&self) -> usize {
        self.parts.len()
    }

    /// The first word.
    pub(super) fn first(&self) -> &str {
        self.parts.first().map_or("", String::as_str)
    }

    /// The last word of a full name.
    pub(super) fn surname(&self) -> Option<&str> {
        self.parts.last().filter(|_| self.parts.len() > 1).map(String::as_str)
    }

    /// The last word, as it may stand in a short form: with and without a
    /// genitive's *s*, and each half of a double name.
    pub(super) fn last_words(&self) -> Vec<String> {
        let Some(last) = self.parts.last() else { return Vec::new() };
        let mut words = vec![last.clone()];
        words.extend(self.without_genitive().and_then(|own| own.parts.last().cloned()));
        words.extend(halves(last).map(str::to_owned));
        words
    }

    /// The name as one string, with and without a genitive's *s*.
    pub(super) fn forms(&self) -> impl Iterator<Item = String> {
        let without = self.without_genitive().map(|own| own.parts.join(" "));
        std::iter::once(self.parts.join(" ")).chain(without)
    }

    /// Whether the name is a surname alone: `Jansen`, `van der Berg`.
    pub(super) fn is_surname_of(&self, full: &Self) -> bool {
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
        let half =
            || self.len() == 1 && halves(&full.parts[full.len() - 1]).any(|h| h == self.parts[0]);
        whole(&self.parts) || self.without_genitive().is_some_and(|own| whole(&own.parts)) || half()
    }

    /// Whether the name is `full` with an initial: `N. Bakker`.
    fn is_initial_of(&self, full: &Self) -> bool {
        let [initial, own @ ..] = &self.parts[..] else { return false };
        let [given, surname @ ..] = &full.parts[..] else { return false };
        let letter = initial.strip_suffix('.').filter(|letter| letter.chars().count() == 1);
        letter.is_some_and(|letter| given.len() > 2 && given.starts_with(letter))
            && !own.is_empty()
            && own == surname
    }

    /// Whether the name is the given name of `full`.
    pub(super) fn is_given_name_of(&self, full: &Self) -> bool {
        self.len() == 1 && full.len() > 1 && full.parts[0] == self.parts[0]
    }

    /// Whether this name can stand for `full`.
    pub(super) fn is_short_for(&self, full: &Self) -> bool {
        self.is_surname_of(full) || self.is_given_name_of(full) || self.is_initial_of(full)
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

fn straight(part: String) -> String {
    if part.contains('’') { part.replace('’', "'") } else { part }
}

/// The two names of a double one: `broekers-knol`.
fn halves(name: &str) -> impl Iterator<Item = &str> {
    /// Shorter halves are part of one name: *el-Sisi*.
    const SHORTEST: usize = 4;
    let long = |half: &str| half.chars().count() >= SHORTEST;
    let double = name.split('-').count() == 2 && name.split('-').all(long);
    name.split('-').filter(move |_| double)
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
        assert!(short("Bakker", "Elly Bakker-Visser") && short("Visser", "Elly Bakker-Visser"));
        assert!(short("'t Hooft", "Elly 't Hooft"));
        assert!(short("E. van der Plas", "Elly van der Plas"));
    }

    #[test]
    fn other_parts_do_not() {
        assert!(!short("der Plas", "Elly van der Plas"));
        assert!(!short("Jan Jansen", "Jansen"));
        assert!(!short("Bakker", "Jan Jansen"));
    }

    #[test]
    fn genitives_are_the_same_name() {
        let same = |a: &str, b: &str| {
            let other: Vec<String> = NameParts::new(b).forms().collect();
            NameParts::new(a).forms().any(|form| other.contains(&form))
        };
        assert!(same("Hans'", "Hans"));
        assert!(same("Ruttes", "Rutte"));
        assert!(!same("Smit", "Smits"), "four letters and an s are too few to tell");
    }
}
