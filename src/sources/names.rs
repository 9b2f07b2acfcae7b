//! Names of one person put together: surname to full name, given name to full
//! name, the genitive's *s* left out.

use crate::lexicon;

/// A name as its words, for comparison.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct NameParts {
    /// Its words in lower case with a space between, without the genitive of the last
    /// one.
    words: String,
    /// How many they are.
    len: usize,
    /// Where the last one begins, in bytes.
    last: usize,
}

impl NameParts {
    pub(super) fn new(name: &str) -> Self {
        if is_plain(name) {
            let len = 1 + name.bytes().filter(|&byte| byte == b' ').count();
            let last = name.rfind(' ').map_or(0, |space| space + 1);
            return Self::without_apostrophe(name.to_ascii_lowercase(), len, last);
        }
        let mut words = String::with_capacity(name.len());
        let (mut len, mut last) = (0, 0);
        for word in name.split_whitespace() {
            if len > 0 {
                words.push(' ');
            }
            last = words.len();
            push_straight(word, &mut words);
            len += 1;
        }
        Self::without_apostrophe(words, len, last)
    }

    fn without_apostrophe(mut words: String, len: usize, last: usize) -> Self {
        // Hans' and Trump's; Ruttes is compared with and without its s.
        let stem = words.strip_suffix("'s").or_else(|| words.strip_suffix('\'')).unwrap_or(&words);
        words.truncate(stem.len());
        Self { words, len, last }
    }

    pub(super) fn len(&self) -> usize {
        self.len
    }

    /// The first word.
    pub(super) fn first(&self) -> &str {
        self.words.split(' ').next().unwrap_or_default()
    }

    fn last(&self) -> &str {
        &self.words[self.last..]
    }

    /// The last word of a full name.
    pub(super) fn surname(&self) -> Option<&str> {
        (self.len > 1).then(|| self.last())
    }

    /// The last word, as it may stand in a short form: with and without a
    /// genitive's *s*, and each half of a double name.
    pub(super) fn last_words(&self) -> impl Iterator<Item = &str> {
        let without = self.without_genitive().map(|words| &words[self.last..]);
        std::iter::once(self.last()).chain(without).chain(halves(self.last()))
    }

    /// The name with and without a genitive's *s*.
    pub(super) fn forms(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.words.as_str()).chain(self.without_genitive())
    }

    /// Whether the name is a surname alone: `Jansen`, `van der Berg`.
    pub(super) fn is_surname_of(&self, full: &Self) -> bool {
        if self.len >= full.len {
            return false;
        }
        let whole = |own: &str| {
            let before = full.words.strip_suffix(own).and_then(|rest| rest.strip_suffix(' '));
            before.is_some_and(|rest| {
                let particle = rest.rsplit(' ').next().is_some_and(lexicon::is_particle);
                self.len == 1 || !particle
            })
        };
        let half = || self.len == 1 && halves(full.last()).any(|half| half == self.words);
        self.forms().any(whole) || half()
    }

    /// Whether the name is `full` with an initial: `N. Bakker`.
    fn is_initial_of(&self, full: &Self) -> bool {
        let Some((initial, own)) = self.words.split_once(' ') else { return false };
        let Some((given, surname)) = full.words.split_once(' ') else { return false };
        let letter = initial.strip_suffix('.').filter(|letter| letter.chars().count() == 1);
        letter.is_some_and(|letter| given.len() > 2 && given.starts_with(letter)) && own == surname
    }

    /// Whether the name is the given name of `full`.
    pub(super) fn is_given_name_of(&self, full: &Self) -> bool {
        self.len == 1 && full.len > 1 && full.first() == self.words
    }

    /// Whether this name can stand for `full`.
    pub(super) fn is_short_for(&self, full: &Self) -> bool {
        self.is_surname_of(full) || self.is_given_name_of(full) || self.is_initial_of(full)
    }

    /// `ruttes` without its last letter; a name of five letters keeps it.
    fn without_genitive(&self) -> Option<&str> {
        let stem = self.last().strip_suffix('s')?;
        (stem.chars().count() > 4).then(|| &self.words[..self.words.len() - 1])
    }
}

/// Adds a word in lower case, its apostrophes straight.
fn push_straight(word: &str, words: &mut String) {
    let straight = |c: char| if c == '’' { '\'' } else { c };
    if word.is_ascii() {
        words.extend(word.chars().map(|c| c.to_ascii_lowercase()));
    } else {
        words.extend(word.to_lowercase().chars().map(straight));
    }
}

/// Whether a text has no letters but those of ASCII, and one space between its words:
/// most names.
fn is_plain(text: &str) -> bool {
    let graphic = text.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic());
    let spaced = text.starts_with(' ') || text.ends_with(' ') || text.contains("  ");
    graphic && !spaced && !text.is_empty()
}

/// The words of a text with one space between each.
pub(super) fn with_single_spaces(text: &str) -> String {
    if is_plain(text) {
        return text.to_owned();
    }
    let mut words = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(word);
    }
    words
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
            let (one, other) = (NameParts::new(a), NameParts::new(b));
            one.forms().any(|form| other.forms().any(|it| it == form))
        };
        assert!(same("Hans'", "Hans"));
        assert!(same("Ruttes", "Rutte"));
        assert!(!same("Smit", "Smits"), "four letters and an s are too few to tell");
    }
}
