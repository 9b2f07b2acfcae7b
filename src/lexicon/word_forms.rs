//! What the form of a word tells where no list has it: plurals of words for
//! persons, endings of words for persons and of adjectives.

use std::sync::LazyLock;

use rustc_hash::FxHashMap as HashMap;

use super::Gender;
use super::entries::entries;
use super::people::{Function, FunctionKind, function};

/// An ending with the least number of letters before it.
struct Ending {
    letters: &'static str,
    before: usize,
}

impl Ending {
    fn ends(&self, word: &str) -> bool {
        let stem = word.strip_suffix(self.letters);
        stem.is_some_and(|stem| stem.chars().filter(|c| c.is_alphabetic()).count() >= self.before)
    }
}

fn ending(letters: &'static str, before: &str) -> Ending {
    Ending { letters, before: before.parse().unwrap_or(usize::MAX) }
}

static PERSONS: LazyLock<Vec<(Ending, Gender)>> = LazyLock::new(|| {
    let columns = entries(include_str!("data/agent_endings.txt"));
    columns.map(|c| (ending(c[0], c[2]), Gender::from_letter(c[1]))).collect()
});

/// The endings of adjectives by their last letter.
static ADJECTIVES: LazyLock<HashMap<char, Vec<Ending>>> = LazyLock::new(|| {
    let mut endings: HashMap<char, Vec<Ending>> = HashMap::default();
    for columns in entries(include_str!("data/adjective_endings.txt")) {
        let last = columns[0].chars().next_back();
        let ending = ending(columns[0], columns[1]);
        endings.entry(last.unwrap_or_default()).or_default().push(ending);
    }
    endings
});

/// What the noun `word` (lower case) is by its ending, if that is one of words
/// for persons; only to be asked where a person is expected.
#[must_use]
pub fn person_by_ending(word: &str) -> Option<Function> {
    let fits = PERSONS.iter().filter(|(ending, _)| ending.ends(word));
    let (_, gender) = fits.max_by_key(|(ending, _)| ending.letters.len())?;
    Some(Function { gender: *gender, kind: FunctionKind::Function })
}

/// Whether `word` (lower case) can be an adjective by its ending: inflected, or
/// one of the endings without.
#[must_use]
pub fn is_adjective_form(word: &str) -> bool {
    let inflected = word.ends_with('e') && word.chars().count() > 3;
    let of_last = word.chars().next_back().and_then(|last| ADJECTIVES.get(&last));
    inflected || of_last.is_some_and(|endings| endings.iter().any(|ending| ending.ends(word)))
}

/// Whether `word` (lower case) is the plural of a word for a person: *trainers*,
/// *analisten*, *brandweerlieden*, *gedupeerden*.
#[must_use]
pub fn is_plural_person(word: &str) -> bool {
    let is_person =
        |singular: &str| function(singular).is_some_and(|f| f.kind != FunctionKind::Title);
    if let Some(stem) = word.strip_suffix("'s") {
        return is_person(stem);
    }
    if let Some(stem) = word.strip_suffix("lieden").or_else(|| word.strip_suffix("lui")) {
        return is_person(&format!("{stem}man"));
    }
    if let Some(stem) = word.strip_suffix("leden") {
        return is_person(&format!("{stem}lid"));
    }
    if let Some(stem) = word.strip_suffix('s') {
        return is_person(stem);
    }
    if let Some(stem) = word.strip_suffix("nen").filter(|stem| stem.ends_with("in"))
        && is_person(stem)
    {
        return true;
    }
    let Some(stem) = word.strip_suffix("en").or_else(|| word.strip_suffix("ën")) else {
        return false;
    };
    // "gedupeerden": the singular has the e already.
    is_person(&word[..word.len() - 1]) || singulars(stem).iter().any(|singular| is_person(singular))
}

/// The singulars of a plural in *-en*, without it: *analist*, *eigenar* to
/// *eigenaar*, *zuss* to *zus*, *dev* to *deef*.
fn singulars(stem: &str) -> Vec<String> {
    let letters: Vec<char> = stem.chars().collect();
    let is_vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
    let [.., before, vowel, last] = letters[..] else { return Vec::new() };
    if is_vowel(last) {
        return vec![stem.to_owned()];
    }
    let hard = match last {
        'v' => 'f',
        'z' => 's',
        other => other,
    };
    let without = &stem[..stem.len() - last.len_utf8()];
    if vowel == last {
        // "zussen": doubled after a short vowel.
        return vec![without.to_owned(), stem.to_owned()];
    }
    if is_vowel(vowel) && !is_vowel(before) {
        // "eigenaren": one vowel before one consonant is long; "professoren" is
        // not stressed there.
        let mut found = vec![format!("{without}{vowel}{hard}")];
        if vowel == 'o' && last == 'r' {
            found.push(stem.to_owned());
        }
        return found;
    }
    vec![format!("{without}{hard}")]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plurals_of_persons_are_told_from_other_words() {
        for plural in [
            "trainers",
            "analisten",
            "eigenaren",
            "zussen",
            "senatoren",
            "collega's",
            "politielieden",
            "gemeenteraadsleden",
            "gedupeerden",
            "soldaten",
            "vriendinnen",
            "advocaten",
            "buurvrouwen",
        ] {
            assert!(is_plural_person(plural), "{plural}");
        }
        for other in ["koken", "spelen", "huizen", "brillen", "fiets", "wegen", "kansen", "dr.s"] {
            assert!(!is_plural_person(other), "{other}");
        }
    }

    #[test]
    fn endings_tell_persons_and_their_gender() {
        let gender = |word| person_by_ending(word).map(|person| person.gender);
        assert_eq!(gender("mollenvanger"), Some(Gender::Unknown));
        assert_eq!(gender("bloemschikster"), Some(Gender::Female));
        assert_eq!(gender("zwemjuf"), Some(Gender::Female));
        assert_eq!(gender("brug"), None);
    }

    #[test]
    fn adjectives_are_told_by_their_form() {
        assert!(is_adjective_form("politiek") && is_adjective_form("34-jarige"));
        assert!(is_adjective_form("waarnemend") && !is_adjective_form("trainer"));
    }
}
