//! Names of persons: which part of a full name stands for all of it.

use super::words::{Words, pieces};
use crate::lexicon;

/// The name of a person, or what a system gives for one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PersonName {
    words: Words,
    /// The name without the titles and functions before it, where it has any.
    bare: Option<Words>,
    /// The bare name up to a *van* that may belong to the function: *minister
    /// Bakker van Visserij*.
    cut: Option<Words>,
    /// Whether it names several: *Bakker en De Wit*, *Bakker, De Wit*.
    several: bool,
}

impl PersonName {
    pub(super) fn new(name: &str) -> Self {
        let written: Vec<String> = pieces(name).collect();
        let words = Words::new(name);
        let titles = titles(&written);
        let bare = (titles > 0).then(|| Words::from(&words.as_slice()[titles..]));
        let cut = bare.as_ref().and_then(before_preposition);
        let several = name.contains([',', ';', '/', '|', '&', '+'])
            || words.as_slice().iter().any(|word| matches!(&**word, "en" | "of" | "and" | "et"));
        Self { words, bare, cut, several }
    }

    pub(super) fn words(&self) -> &Words {
        &self.words
    }

    /// Whether the name can be told by `word`: any but a particle.
    pub(super) fn tells(&self, word: &str) -> bool {
        !lexicon::is_particle(word) && self.words.contains(word)
    }

    /// Whether the bearer of this name is called `given`, which is not the
    /// same name; `in_text` says whether the text has it in these words.
    pub(super) fn is_called(&self, given: &Self, in_text: impl Fn() -> bool) -> bool {
        if given.several {
            return false;
        }
        let own = self.words.as_slice();
        let whole = [Some(&given.words), given.bare.as_ref()];
        let shorter = |words: &Words| {
            let words = words.as_slice();
            words == own
                || is_surname(words, own)
                || is_given_name(words, own)
                || is_short(words, own)
        };
        if whole.into_iter().flatten().any(shorter) {
            return true;
        }
        if let Some(cut) = &given.cut
            && (cut.as_slice() == own || is_surname(cut.as_slice(), own))
        {
            return true;
        }
        let longer = |words: &Words| {
            let words = words.as_slice();
            is_surname(own, words) || is_short(own, words)
        };
        whole.into_iter().flatten().any(longer) && in_text()
    }
}

/// How many words before the name are titles or functions; never all.
fn titles(written: &[String]) -> usize {
    let is_small =
        |word: &String| word.starts_with(char::is_lowercase) && !lexicon::is_particle(word);
    // With a capital it is one only at the start: *Bakker* is a surname too.
    let is_title = |at: usize| {
        let compound = |word: &String| {
            word.rsplit_once('-').is_some_and(|(_, head)| head.starts_with(char::is_lowercase))
        };
        let word = &written[at];
        is_small(word) || (at == 0 || compound(word)) && lexicon::function(word).is_some()
    };
    // Articles are particles too: *de gewonde schipper Bakker*.
    let article = |at: usize| {
        matches!(&*written[at], "de" | "het" | "een" | "De" | "Het" | "Een")
            && written.get(at + 1).is_some_and(is_small)
    };
    let mut at = 0;
    while at + 1 < written.len() && (is_title(at) || article(at)) {
        at += 1;
    }
    at
}

/// The words before the first preposition behind a name.
fn before_preposition(words: &Words) -> Option<Words> {
    let words = words.as_slice();
    let at = (1..words.len()).find(|&at| {
        !lexicon::is_particle(&words[at - 1]) && matches!(&*words[at], "van" | "voor" | "uit")
    });
    // The first one may belong to the surname, and a second one not.
    let later = at.and_then(|at| (at + 1..words.len()).rfind(|&at| words[at] == "van"));
    later.or(at).map(|at| Words::from(&words[..at]))
}

/// Whether `part` is the surname in `full`: its end, from a particle on or
/// without all of them, but not from between two.
fn is_surname(part: &[String], full: &[String]) -> bool {
    let Some(start) = full.len().checked_sub(part.len()).filter(|&start| start > 0) else {
        return false;
    };
    let Some(last) = part.last().filter(|last| is_name(last)) else { return false };
    let between = part.len() > 1 && lexicon::is_particle(&full[start - 1]);
    part == &full[start..] && !between && !lexicon::is_particle(last)
}

/// Whether `part` is the given name, or the first ones, in `full`.
fn is_given_name(part: &[String], full: &[String]) -> bool {
    let (Some(first), Some(last)) = (part.first(), part.last()) else { return false };
    part.len() < full.len()
        && full.starts_with(part)
        && is_name(first)
        && !lexicon::is_particle(first)
        && !lexicon::is_particle(last)
}

/// Whether `part` is given name and surname of `full` with something left out
/// or put as an initial: *J. Bakker* and *Jan Bakker* of *Jan Piet Bakker*.
fn is_short(part: &[String], full: &[String]) -> bool {
    (1..part.len()).any(|given| {
        let (given, surname) = part.split_at(given);
        if !is_surname(surname, full) {
            return false;
        }
        // Particles may be left out with the surname's beginning.
        let mut before = full[..full.len() - surname.len()].iter();
        let first = before.clone().next();
        stands_for(&given[0], first)
            && given.iter().all(|word| before.any(|own| stands_for(word, Some(own))))
    })
}

/// Whether `word` is `own` or its initial.
fn stands_for(word: &str, own: Option<&String>) -> bool {
    let Some(own) = own else { return false };
    let mut letters = word.chars();
    match (letters.next(), letters.next()) {
        (Some(initial), None) => own.starts_with(initial),
        _ => word == own,
    }
}

/// More than an initial.
fn is_name(word: &str) -> bool {
    word.chars().nth(1).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn called(name: &str, given: &str) -> bool {
        PersonName::new(name).is_called(&PersonName::new(given), || false)
    }

    #[test]
    fn initials_and_names_left_out() {
        assert!(called("Jan Piet Bakker", "J.P. Bakker"));
        assert!(called("Jan Piet Bakker", "Jan Bakker"));
        assert!(called("Jan Piet Bakker", "J. Bakker"));
        assert!(called("Jan Piet Bakker", "Piet Bakker"));
        assert!(!called("Jan Piet Bakker", "P. Bakker"), "the first initial has to be there");
        assert!(!called("Jan Piet Bakker", "Piet Jan Bakker"));
        assert!(!called("Jan Bakker", "K. Bakker"));
    }

    #[test]
    fn titles_and_functions_are_left_out() {
        for given in [
            "mevrouw Bakker",
            "dr. Bakker",
            "oud-burgemeester Bakker",
            "de gewonde schipper Bakker",
            "Burgemeester Noor Bakker",
            "VVX-leider Bakker",
            "burgemeester Bakker van Zeezicht",
        ] {
            assert!(called("Noor Bakker", given), "{given}");
        }
        assert!(called("Noor van der Aa", "minister Van der Aa van Visserij"));
        assert!(!called("Elly Jansen", "minister Elly van der Aa"));
    }

    #[test]
    fn several_are_no_person() {
        assert!(!called("Noor Bakker", "Jansen en Bakker"));
        assert!(!called("Noor Bakker", "Jansen, Bakker"));
    }
}
