//! The words of a name, evened out for comparison.

use unicode_normalization::UnicodeNormalization as _;

/// Words in lower case, composed, with plain apostrophes, without the
/// punctuation around them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Words {
    words: Vec<String>,
}

impl Words {
    /// The words of `name`. Initials are words of their own (*J.P.* is two),
    /// and the last word has lost a genitive's *'s*.
    pub(super) fn new(name: &str) -> Self {
        let mut words: Vec<String> = pieces(name).map(|piece| even(&piece)).collect();
        if let Some(last) = words.last_mut() {
            let stem = last.strip_suffix("'s").or_else(|| last.strip_suffix('\''));
            if let Some(stem) = stem.filter(|stem| !stem.is_empty()) {
                *last = stem.to_owned();
            }
        }
        Self { words }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    pub(super) fn contains(&self, word: &str) -> bool {
        self.words.iter().any(|own| own == word)
    }

    pub(super) fn as_slice(&self) -> &[String] {
        &self.words
    }

    /// Whether `text` has these words one after the other.
    pub(super) fn stand_in(&self, text: &str) -> bool {
        let text = Self { words: pieces(text).map(|piece| even(&piece)).collect() };
        text.words.windows(self.words.len()).any(|window| window == self.words)
    }
}

impl From<&[String]> for Words {
    fn from(words: &[String]) -> Self {
        Self { words: words.to_vec() }
    }
}

/// The words of `text` as they are written, without the punctuation around
/// them.
pub(super) fn pieces(text: &str) -> impl Iterator<Item = String> {
    let composed: String = text.nfc().collect();
    let words: Vec<String> = composed
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '/' | '|' | '(' | ')'))
        .flat_map(initials)
        .map(|word| trim(&word).to_owned())
        .filter(|word| !word.is_empty())
        .collect();
    words.into_iter()
}

/// `J.P.` as `J` and `P`; other words as they are.
fn initials(word: &str) -> Vec<String> {
    let parts: Vec<&str> = word.split('.').collect();
    let single = |part: &&str| part.chars().count() == 1;
    if parts.len() > 2 && parts[..parts.len() - 1].iter().all(single) {
        return parts.into_iter().filter(|part| !part.is_empty()).map(str::to_owned).collect();
    }
    vec![word.to_owned()]
}

/// Apostrophes may begin a word (*'t*) and end one (*Hans'*).
fn trim(word: &str) -> &str {
    let outer = |c: char| !c.is_alphanumeric() && !is_apostrophe(c) && c != '&';
    let word = word.trim_matches(outer);
    if word.chars().all(is_apostrophe) { "" } else { word }
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | '`' | '´')
}

fn even(word: &str) -> String {
    word.to_lowercase().replace(is_apostrophe, "'")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(name: &str) -> Vec<String> {
        Words::new(name).words
    }

    #[test]
    fn case_apostrophes_and_accents_are_evened_out() {
        assert_eq!(words("Gijs van ’t Zand"), words("GIJS VAN 'T ZAND"));
        assert_eq!(words("Rene\u{301}"), words("René"));
        assert_ne!(words("René"), words("Rene"), "another letter is another name");
        assert_eq!(words("„Noor” (Bakker)"), ["noor", "bakker"]);
        assert_eq!(words("Noor Bakkers"), ["noor", "bakkers"]);
        assert_eq!(words("Hans’"), ["hans"]);
        assert_eq!(words("J.P. de Wit"), ["j", "p", "de", "wit"]);
        assert!(words("„’ ” – .").is_empty());
    }

    #[test]
    fn words_stand_in_a_text_one_after_the_other() {
        let text = "Gisteren zei Noor\nvan der Aa: “Nee.”";
        assert!(Words::new("noor Van der Aa").stand_in(text));
        assert!(!Words::new("Noor Aa").stand_in(text));
    }
}
