//! Noun phrases whose head is a word for a source: *de politie*, *een
//! woordvoerder van de gemeente*, *twee ooggetuigen*.

use super::{Class, Form, Pos, Tagged};
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
    // "dat mensen klagen": a conjunction, unless before a noun like "rapport"
    // that needs a determiner.
    let that = tagged.word(at) == "dat";
    if that && !(at + 1 < limit && needs_determiner(tagged, at + 1) || is_governed(tagged, at)) {
        return None;
    }
    let determined = tagged.class(at) == Class::Determiner;
    let counted = tagged.class(at) == Class::Number;
    let mut head = if determined || counted { at + 1 } else { at };
    let last = limit.min(head + LONGEST_MODIFIER + 1);
    let noun = loop {
        if head >= last {
            return None;
        }
        // "volgens getuigen": behind a preposition it is no verb.
        let inside = determined || counted || head > at || is_governed(tagged, at);
        if let Some(noun) = source_head(tagged, head, inside)
            && !(head + 1 < last && stands_for_adjective(tagged, head))
        {
            break noun;
        }
        let modifies = determined && can_modify(tagged, at, head)
            || counted && tagged.class(head) == Class::Word && is_adjective(tagged.word(head))
            || !determined && !counted && is_bare_modifier(tagged, at, head);
        // "de Zeezichtse politie", "de VVX Kamerleden"
        let name = is_name(head) && !tagged.word(head).ends_with('e');
        if !modifies && !name || name && !determined {
            return None;
        }
        head += 1;
    };
    // A head without determiner is a group, or stands at the start of a
    // headline: "Politie: ..."; the caller judges that.
    let mut core_end = head + 1;
    let mut joined = noun;
    if let Some((other, noun)) = joined_head(tagged, at, head, limit, noun) {
        core_end = other + 1;
        joined = Some(noun);
    }
    let end = with_complement(tagged, core_end, limit, &is_name, joined);
    let definite = determined && is_definite(tagged.word(at));
    Some(Phrase { start: at, head, end, core_end, noun: joined, definite })
}

/// Whether a preposition stands right before token `at`.
fn is_governed(tagged: &Tagged, at: usize) -> bool {
    at.checked_sub(1).is_some_and(|before| tagged.class(before) == Class::Preposition)
}

fn is_definite(determiner: &str) -> bool {
    matches!(
        determiner,
        "de" | "het"
            | "'t"
            | "deze"
            | "die"
            | "dit"
            | "dat"
            | "dezelfde"
            | "hetzelfde"
            | "datzelfde"
            | "diezelfde"
            | "beide"
            | "zijn"
            | "z'n"
            | "haar"
            | "hun"
            | "diens"
            | "mijn"
            | "m'n"
            | "ons"
            | "onze"
            | "jouw"
            | "uw"
    )
}

/// Whether the noun at `at` is a body or document in the singular, which has
/// a determiner before it.
fn needs_determiner(tagged: &Tagged, at: usize) -> bool {
    let word = tagged.word(at);
    let noun = tagged.source_noun(at);
    tagged.class(at) == Class::Word
        && matches!(noun, Some(Noun::Organisation | Noun::Document))
        && !word.ends_with("en")
        && !word.ends_with('s')
}

/// *de onbekende ontvanger*: a word that is a person by itself modifies the
/// noun behind it.
fn stands_for_adjective(tagged: &Tagged, at: usize) -> bool {
    is_adjective(tagged.word(at))
        && tagged.pos(at) != Pos::Noun
        && !tagged.is_capital(at + 1)
        && tagged.class(at + 1) == Class::Word
        && (source_head(tagged, at + 1, true).is_some()
            || lexicon::person_by_ending(tagged.word(at + 1)).is_some())
}

/// *Iraanse en Libanese media*, *bezorgde ouders*: adjectives before a noun
/// that has no determiner.
fn is_bare_modifier(tagged: &Tagged, start: usize, at: usize) -> bool {
    let adjective = |at: usize| tagged.class(at) == Class::Word && is_adjective(tagged.word(at));
    let joins = matches!(tagged.word(at), "en" | "of") && at > start;
    if joins {
        return adjective(at - 1) && at + 1 < tagged.len() && adjective(at + 1);
    }
    // "Vlaams minister", "politiek verslaggever"
    let of_function = at + 1 < tagged.len()
        && tagged.function(at + 1).is_some()
        && tagged.class(at) == Class::Word
        && tagged.is_adjective_form(at);
    (adjective(at) || of_function) && at < start + 4
}

/// *artsen en verplegers*, *coalitie en oppositie*: the second of two heads that
/// share a determiner or have none, and what the two together are.
fn joined_head(
    tagged: &Tagged,
    start: usize,
    head: usize,
    limit: usize,
    noun: Option<Noun>,
) -> Option<(usize, Noun)> {
    let bare = start == head;
    let mut at = head + 2;
    if at >= limit || !matches!(tagged.word(head + 1), "en" | "of") {
        return None;
    }
    if at + 1 < limit && tagged.class(at) == Class::Word && is_adjective(tagged.word(at)) {
        at += 1;
    }
    if tagged.class(at) != Class::Word || tagged.is_capital(at) {
        return None;
    }
    let other = tagged.source_noun(at);
    match (noun?, other?) {
        (Noun::Group, Noun::Group) => Some((at, Noun::Group)),
        (Noun::Organisation, Noun::Organisation) if bare => Some((at, Noun::Organisation)),
        (Noun::Document, Noun::Document) => Some((at, Noun::Document)),
        _ => None,
    }
}

/// Whether token `at` is a noun for a source; `Some(None)` for one person.
#[expect(clippy::option_option, reason = "no head at all differs from a head that is one person")]
fn source_head(tagged: &Tagged, at: usize, inside: bool) -> Option<Option<Noun>> {
    match tagged.class(at) {
        Class::Word => {}
        // "het bericht", "de vraag": nouns that look like verb forms.
        Class::Reporting if inside || tagged.tag(at).form() == Some(Form::Plural) => {}
        _ => return None,
    }
    if let Some(noun) = tagged.source_noun(at) {
        return Some(Some(noun));
    }
    let function = tagged.function(at)?;
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
        Class::Word | Class::Reporting => {
            is_adjective(word)
                || bare && at == start + 1
                || tagged.class(at) == Class::Word
                    && (tagged.is_adjective_form(at) || tagged.pos(at) == Pos::Adjective)
        }
        Class::Number => true,
        // "de laatste cijfers"
        Class::Pronoun => tagged.pos(at) == Pos::Adjective && at > start,
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

/// One past the complements that begin at `end`: *van de politie*, *rond het
/// kabinet*; of a document (`noun`) also *aan de Kamer*, of people *uit Zwolle*,
/// of bodies *in Zeeland*.
pub fn with_complement(
    tagged: &Tagged,
    mut end: usize,
    limit: usize,
    is_name: &impl Fn(usize) -> bool,
    noun: Option<Noun>,
) -> usize {
    /// *de voorzitter van de raad van bestuur van de bank*.
    const LONGEST_CHAIN: usize = 3;
    for _ in 0..LONGEST_CHAIN {
        if end + 1 >= limit || !takes(tagged, end, limit, is_name, noun) {
            break;
        }
        let Some(next) = complement(tagged, end + 1, limit, is_name) else { break };
        // "de brief van minister van Cultuur Bakker": the function belongs to the name.
        let bare = noun == Some(Noun::Document)
            && tagged.word(end) == "van"
            && tagged.class(end + 1) == Class::Word
            && tagged.function(end + 1).is_some()
            && !is_name(end + 1);
        if bare && next < limit && (tagged.is_capital(next) || tagged.word(next) == "van") {
            break;
        }
        end = next;
    }
    end
}

/// Whether the preposition at `at` begins a complement of `noun`, and no phrase
/// of the verb's.
fn takes(
    tagged: &Tagged,
    at: usize,
    limit: usize,
    is_name: &impl Fn(usize) -> bool,
    noun: Option<Noun>,
) -> bool {
    let determined = tagged.class(at + 1) == Class::Determiner;
    let name = is_name(at + 1) || determined && at + 2 < limit && is_name(at + 2);
    match tagged.word(at) {
        "van" | "rond" | "rondom" | "namens" => true,
        "aan" | "over" | "naar" | "onder" | "bij" | "op" => noun == Some(Noun::Document),
        "uit" => noun != Some(Noun::Document),
        // "de minister voor Landbouw"
        "voor" => {
            let function = at.checked_sub(1).and_then(|head| tagged.function(head));
            function.is_some_and(|f| f.kind == FunctionKind::Function)
                && !determined
                && matches!(tagged.pos(at + 1), Pos::Noun | Pos::ProperNoun)
        }
        "in" => {
            let place = name && noun == Some(Noun::Organisation);
            // "het verslag in de parochiebode"
            let text = noun == Some(Noun::Document)
                && determined
                && at + 2 < limit
                && tagged.source_noun(at + 2) == Some(Noun::Document);
            place || text
        }
        _ => false,
    }
}

/// One past the noun phrase that begins at `at`, after a preposition.
pub fn complement(
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
        // "van actiegroep X"
        let body = tagged.source_noun(end) == Some(Noun::Organisation);
        if body && end + 1 < limit && is_name(end + 1) && tagged.is_capital(end + 1) {
            return Some((end + 1..limit).find(|&at| !is_name(at)).unwrap_or(limit));
        }
        // "van justitie verhuurde de schuur": a verb that the lexicon does not know.
        let more = end + 1 < limit
            && tagged.class(end + 1) == Class::Word
            && tagged.pos(end + 1) != Pos::Verb;
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
