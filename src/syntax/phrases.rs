//! Noun phrases whose head is a word for a source: *de politie*, *een
//! woordvoerder van de gemeente*, *twee ooggetuigen*.

use super::{Class, Tagged};
use crate::lexicon::{self, FunctionKind, Noun};

/// How many words may stand between the determiner and the head: *de nog
/// altijd zeer populaire zangeres*.
const LONGEST_MODIFIER: usize = 5;

/// A noun phrase that can name a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Phrase {
    /// Its first token.
    pub start: usize,
    /// Its head noun.
    pub head: usize,
    /// One past its last token, the phrase with *van* included.
    pub end: usize,
    /// One past the last token before the phrase with *van*.
    pub core_end: usize,
    /// What the head names, if it is no single person.
    pub noun: Option<Noun>,
    /// Whether it begins with *de*, *het*, *deze* or the like.
    pub definite: bool,
}

/// The noun phrase that begins at token `at`, within tokens up to `limit`.
/// `is_name` tells which tokens belong to a named entity.
pub fn phrase_at(
    tagged: &Tagged,
    at: usize,
    limit: usize,
    is_name: impl Fn(usize) -> bool,
) -> Option<Phrase> {
    // "dat mensen klagen": a conjunction.
    let determined = tagged.class(at) == Class::Determiner && tagged.word(at) != "dat";
    let counted = tagged.class(at) == Class::Number;
    if tagged.word(at) == "dat" {
        return None;
    }
    let mut head = if determined || counted { at + 1 } else { at };
    let last = limit.min(head + LONGEST_MODIFIER + 1);
    let noun = loop {
        if head >= last {
            return None;
        }
        if let Some(noun) = source_head(tagged, head, determined || counted || head > at) {
            break noun;
        }
        let modifies = determined && can_modify(tagged, at, head)
            || counted && tagged.class(head) == Class::Word && is_adjective(tagged.word(head))
            || head == at && tagged.class(at) == Class::Word && is_adjective(tagged.word(at));
        if !modifies || (is_name(head) && !tagged.word(head).ends_with('e')) {
            return None;
        }
        head += 1;
    };
    // A head without determiner is a group, or stands at the start of a
    // headline: "Politie: ..."; the caller judges that.
    let core_end = head + 1;
    let end = with_complement(tagged, core_end, limit, &is_name);
    let definite = determined
        && matches!(
            tagged.word(at),
            "de" | "het" | "'t" | "deze" | "die" | "dit" | "dezelfde" | "beide"
        );
    Some(Phrase { start: at, head, end, core_end, noun, definite })
}

/// Whether token `at` is a noun for a source; `Some(None)` for one person.
#[expect(clippy::option_option, reason = "no head at all differs from a head that is one person")]
fn source_head(tagged: &Tagged, at: usize, inside: bool) -> Option<Option<Noun>> {
    let word = tagged.word(at);
    match tagged.class(at) {
        Class::Word => {}
        // "het bericht", "de vraag": nouns that look like verb forms.
        Class::Reporting if inside => {}
        _ => return None,
    }
    if let Some(noun) = lexicon::source_noun(word) {
        return Some(Some(noun));
    }
    let function = lexicon::function(word)?;
    (function.kind != FunctionKind::Title || inside).then_some(None)
}

/// Inflected adjectives and participles, the materials in *-en* left out: too
/// many plurals look like them.
fn is_adjective(word: &str) -> bool {
    word.len() > 3 && (word.ends_with('e') || word.ends_with("jarig"))
}

/// Whether token `at` can stand between the determiner at `start` and the head
/// noun.
fn can_modify(tagged: &Tagged, start: usize, at: usize) -> bool {
    let word = tagged.word(at);
    // "een Nederlands bedrijf", "geen groot bestuur": uninflected.
    let bare = matches!(tagged.word(start), "een" | "geen" | "elk" | "ieder" | "zo'n");
    let next = at + 1 < tagged.len();
    match tagged.class(at) {
        Class::Word | Class::Reporting => is_adjective(word) || bare && at == start + 1,
        Class::Number => true,
        // "de nog jonge trainer": an adverb belongs to an adjective.
        Class::Adverb => {
            next && tagged.class(at + 1) == Class::Word && is_adjective(tagged.word(at + 1))
        }
        // "de twee agenten", "al de buren"; "van" would begin another phrase.
        Class::Determiner => matches!(
            word,
            "twee"
                | "drie"
                | "vier"
                | "vijf"
                | "zes"
                | "zeven"
                | "acht"
                | "negen"
                | "tien"
                | "beide"
                | "vele"
                | "andere"
        ),
        _ => false,
    }
}

/// Takes in *van de politie*, *rond het kabinet*, *uit Zwolle*.
fn with_complement(
    tagged: &Tagged,
    mut end: usize,
    limit: usize,
    is_name: &impl Fn(usize) -> bool,
) -> usize {
    /// *de voorzitter van de raad van bestuur van de bank*.
    const LONGEST_CHAIN: usize = 3;
    for _ in 0..LONGEST_CHAIN {
        if end + 1 >= limit || !matches!(tagged.word(end), "van" | "rond" | "rondom" | "namens") {
            break;
        }
        let Some(next) = complement(tagged, end + 1, limit, is_name) else { break };
        end = next;
    }
    end
}

/// One past the noun phrase that begins at `at`, after a preposition.
fn complement(
    tagged: &Tagged,
    at: usize,
    limit: usize,
    is_name: &impl Fn(usize) -> bool,
) -> Option<usize> {
    let mut end = at;
    if tagged.class(end) == Class::Determiner {
        end += 1;
    }
    while end < limit {
        if is_name(end) {
            while end < limit && is_name(end) {
                end += 1;
            }
            // "van de Edese politie": an adjective of place before its noun.
            let adjective = tagged.word(end - 1).ends_with('e');
            let noun = end < limit && tagged.class(end) == Class::Word && !tagged.is_capital(end);
            return Some(if adjective && noun { end + 1 } else { end });
        }
        match tagged.class(end) {
            Class::Word => {}
            Class::Number if end + 1 < limit => {}
            // "de raad", "het bericht": after a determiner it is no verb.
            Class::Reporting if end > at => {}
            _ => return None,
        }
        let more = end + 1 < limit && tagged.class(end + 1) == Class::Word;
        if !(more && is_adjective(tagged.word(end))) {
            return Some(end + 1);
        }
        end += 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::tag;
    use crate::tokenize::tokenize;

    fn phrase(text: &str, names: &[&str]) -> Option<String> {
        let tokenized = tokenize(text);
        let tagged = tag(text, &tokenized);
        let tokens = tokenized.tokens();
        let is_name = |at: usize| names.contains(&tokens[at].span.of_text(text));
        let found = phrase_at(&tagged, 0, tagged.len(), is_name)?;
        let span = tokens[found.start].span.cover(tokens[found.end - 1].span);
        Some(span.of_text(text).to_owned())
    }

    #[test]
    fn phrases_end_before_the_verb() {
        for (text, expected) in [
            ("de politie meldt dat", "de politie"),
            ("een woordvoerder van de gemeente zegt", "een woordvoerder van de gemeente"),
            ("de 21-jarige zanger lacht", "de 21-jarige zanger"),
            ("omwonenden klagen", "omwonenden"),
            ("twee ooggetuigen zeggen", "twee ooggetuigen"),
            ("bezorgde ouders vragen", "bezorgde ouders"),
            ("het onderzoeksrapport stelt", "het onderzoeksrapport"),
            ("de voorzitter van de raad van bestuur zegt", "de voorzitter van de raad van bestuur"),
        ] {
            assert_eq!(phrase(text, &[]).as_deref(), Some(expected));
        }
    }

    #[test]
    fn names_end_a_complement() {
        let text = "een woordvoerder van Rijkswaterstaat weten";
        assert_eq!(
            phrase(text, &["Rijkswaterstaat"]).as_deref(),
            Some("een woordvoerder van Rijkswaterstaat")
        );
    }

    #[test]
    fn other_phrases_are_left_alone() {
        assert_eq!(phrase("de brug is open", &[]), None);
        assert_eq!(phrase("de straat met de politie", &[]), None);
        assert_eq!(phrase("een", &[]), None);
    }
}
