//! Pronouns for a person, a group or a document, and the *ik* of a narrator.

use super::described::heads_noun;
use super::{Count, Place, Reference};
use crate::lexicon::{self, Number, Person, Pronoun, Role};
use crate::ner::Label;
use crate::sources::{MentionKind, SourceKind};
use crate::syntax::Class;
use crate::text::Span;

/// The pronoun at the place.
pub(super) fn pronoun(place: &Place<'_>) -> Option<Reference> {
    let tagged = place.tagged();
    let written = tagged.word(place.at);
    // "vindt-ie", "-ie"
    let enclitic = written.ends_with("-ie");
    let word = if enclitic { "ie" } else { written };
    if tagged.is_of_text(place.at) {
        return of_text(place);
    }
    // "die", "deze" and "dat" refer to people only as subjects of their own.
    if matches!(word, "het" | "'t" | "dat" | "dit" | "men") {
        return None;
    }
    let readings = if enclitic { lexicon::pronouns(word) } else { tagged.pronouns(place.at) };
    if readings.is_empty() {
        return None;
    }
    let usable = |it: &&Pronoun| it.person == Person::Third && is_usable(word, it.role);
    let third = || readings.iter().filter(usable);
    let first_person = readings.iter().any(|r| {
        r.person == Person::First && r.role == Role::Subject && r.number == Number::Singular
    });
    if third().next().is_none() && !first_person || determines(place, word) {
        return None;
    }
    let any = |count: Number| third().any(|reading| reading.number == count);
    let count = match (any(Number::Singular), any(Number::Plural), any(Number::Both)) {
        (_, false, false) => Count::One,
        (false, true, false) => Count::Many,
        _ => Count::Open,
    };
    let gender = third().find(|r| r.number == Number::Singular).map(|r| r.gender);
    let is = if first_person { SourceKind::Unnamed } else { SourceKind::Person };
    let mention = place.mention(place.at..place.at + 1, MentionKind::Pronoun, is);
    let end = mention.span.end();
    let span = if enclitic { Span::new(end - 2, end) } else { mention.span };
    Some(Reference { span, gender: gender.unwrap_or_default(), count, ..mention })
}

fn is_usable(word: &str, role: Role) -> bool {
    let demonstrative = matches!(word, "die" | "deze") && role == Role::Demonstrative;
    matches!(role, Role::Subject | Role::Object) || demonstrative
}

/// *Daarin staat dat ...*, *Hieruit blijkt ...*: a document spoken of before.
fn of_text(place: &Place<'_>) -> Option<Reference> {
    let tagged = place.tagged();
    let says = |at: usize| {
        let inside = (place.first..place.limit).contains(&at);
        inside
            && (tagged.class(at) == Class::Reporting
                || matches!(
                    tagged.word(at),
                    "staat" | "staan" | "stond" | "blijkt" | "bleek" | "lezen"
                ))
    };
    let beside = says(place.at + 1) || place.at > place.first && says(place.at - 1);
    let mention =
        || place.mention(place.at..place.at + 1, MentionKind::Pronoun, SourceKind::Document);
    beside.then(mention)
}

/// Whether `word` stands before its noun: *haar moeder*, *die man*.
fn determines(place: &Place<'_>, word: &str) -> bool {
    let (tagged, next) = (place.tagged(), place.at + 1);
    if next >= place.limit {
        return false;
    }
    // "wat haar betreft"
    if matches!(tagged.word(next), "betreft" | "aangaat") {
        return false;
    }
    let class = tagged.class(next);
    // "wat haar betreft": a verb.
    let noun = matches!(class, Class::Word | Class::Number) && tagged.word(next) != "betreft";
    match word {
        // "Jansen, die Kok omschreef": a name is no noun of a determiner.
        // "zegt die zacht": no noun either.
        "die" | "deze" => {
            // "Bakker, die premier Vos waarschuwde"
            let relative = place.at > place.first
                && tagged.word(place.at - 1) == ","
                && place.reading.label(next + 1) == Some(Label::Per);
            noun && !relative
                && !tagged.is_capital(next)
                && !is_verb_form(place, next)
                && heads_noun(tagged, next)
        }
        "haar" | "hun" | "zijn" => {
            let source =
                place.at > place.first && matches!(tagged.word(place.at - 1), "volgens" | "aldus");
            (noun || class == Class::Reporting)
                && heads_noun(tagged, next)
                && (!source || is_noun_of(place, next))
        }
        _ => false,
    }
}

/// `volgens haar moeder`, but `volgens haar werken ze door`: whether the word
/// at `at` is a noun, or an adjective before one.
fn is_noun_of(place: &Place<'_>, at: usize) -> bool {
    let tagged = place.tagged();
    let word = tagged.word(at);
    if tagged.function(at).is_some() || tagged.source_noun(at).is_some() {
        return true;
    }
    let after = at + 1;
    if after >= place.limit {
        return true;
    }
    // A noun is followed by the verb of its sentence, or by its complement.
    let verb =
        matches!(tagged.class(after), Class::Auxiliary | Class::Reporting | Class::Preposition);
    let adjective = word.ends_with('e') && tagged.class(after) == Class::Word;
    (verb || adjective) && tagged.class(at) == Class::Word
}

/// Whether the word at `at` looks like a finite verb rather than a noun behind
/// *die*: something of the verb's stands behind it.
fn is_verb_form(place: &Place<'_>, at: usize) -> bool {
    let tagged = place.tagged();
    let (word, after) = (tagged.word(at), at + 1);
    let opens = place.at == place.first || tagged.is_capital(place.at);
    if !opens || after >= place.limit || tagged.function(at).is_some() {
        return false;
    }
    // Few nouns have a determiner or pronoun behind them, few verbs have not.
    let class = tagged.class(after);
    let object = matches!(class, Class::Determiner | Class::Pronoun) && tagged.word(after) != "dat";
    let inflected = word.ends_with('t') || word.ends_with("de") || word.ends_with("te");
    object || inflected && (class == Class::Adverb || tagged.is_capital(after))
}
