//! The recognizer's names, mended where grammar or the rest of the document
//! shows it wrong. The layer of names itself stays as it is; what is mended
//! serves the finding of mentions.

use std::collections::BTreeSet;

use crate::lexicon;
use crate::ner::{Entity, Label};
use crate::syntax::Tagged;
use crate::tokenize::Tokenized;

/// The names, each whole, and with them those that were passed over.
pub(super) fn mended(
    text: &str,
    tokenized: &Tokenized,
    tagged: &Tagged,
    names: &[Entity],
) -> Vec<Entity> {
    repeated(text, tokenized, tagged, &whole_names(text, tokenized, tagged, names))
}

/// The names, mended where grammar shows the recognizer wrong: a person's name
/// that breaks off at a particle (`Marijke van`) is taken on to the surname
/// behind it, one that runs on into a word without capital (`Anna Bos
/// gisteren`) is cut, and what follows a function and begins with a given name
/// (`buurman Ali Saïd`) is a person.
fn whole_names(
    text: &str,
    tokenized: &Tokenized,
    tagged: &Tagged,
    names: &[Entity],
) -> Vec<Entity> {
    let tokens = tokenized.tokens();
    let mut whole: Vec<Entity> = Vec::with_capacity(names.len());
    for &entity in names {
        // Taken on already, by the name before it.
        if whole.last().is_some_and(|last| last.span.overlaps(entity.span)) {
            continue;
        }
        let range = tokenized.tokens_in(entity.span);
        if range.is_empty() {
            continue;
        }
        // "Wethouder" before a name, at the start of a sentence: no name.
        let function = entity.label == Label::Per
            && range.end < tokens.len()
            && tagged.is_capital(range.end)
            && lexicon::function(tagged.word(range.start)).is_some()
            && lexicon::given_name(tokens[range.start].span.of_text(text)).is_none();
        if function && range.len() == 1 {
            continue;
        }
        let breaks_off = entity.label == Label::Per
            && range.len() > 1
            && lexicon::is_particle(tokens[range.end - 1].span.of_text(text));
        let surname = range.end < tokens.len() && tagged.is_capital(range.end);
        let last = range.clone().rev().find(|&at| tagged.is_capital(at));
        let span = match last {
            _ if breaks_off && surname => entity.span.cover(tokens[range.end].span),
            Some(last) if entity.label == Label::Per => {
                tokens[range.start].span.cover(tokens[last].span)
            }
            _ => entity.span,
        };
        let first = tokens[range.start].span.of_text(text);
        let introduced =
            range.start > 0 && lexicon::function(tagged.word(range.start - 1)).is_some();
        let person = introduced && range.len() > 1 && lexicon::given_name(first).is_some();
        let label = if person { Label::Per } else { entity.label };
        whole.push(Entity { span, label, ..entity });
    }
    whole
}

/// The names, and with them the places where the surname of a person whose
/// full name is known stands again and the recognizer passed it over.
fn repeated(text: &str, tokenized: &Tokenized, tagged: &Tagged, names: &[Entity]) -> Vec<Entity> {
    /// Shorter surnames are words too often: *Bos*, *Vos*, *Kok*.
    const SHORTEST: usize = 5;
    let mut surnames = BTreeSet::new();
    let mut other = BTreeSet::new();
    for entity in names {
        let words: Vec<&str> = entity.span.of_text(text).split_whitespace().collect();
        match (entity.label, words.as_slice()) {
            (Label::Per, [_, .., last]) if last.chars().count() >= SHORTEST => {
                surnames.insert(*last);
            }
            (Label::Per, _) => {}
            (_, words) => other.extend(words.iter().copied()),
        }
    }
    let mut all = names.to_vec();
    let mut next = 0;
    for (at, token) in tokenized.tokens().iter().enumerate() {
        while names.get(next).is_some_and(|entity| entity.span.end() <= token.span.start()) {
            next += 1;
        }
        let word = token.span.of_text(text);
        let free = names.get(next).is_none_or(|entity| !entity.span.overlaps(token.span));
        if free && tagged.is_capital(at) && surnames.contains(word) && !other.contains(word) {
            all.push(Entity { span: token.span, label: Label::Per, score: 0.5 });
        }
    }
    all.sort_by_key(|entity| entity.span);
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::tag;
    use crate::text::Span;
    use crate::tokenize::tokenize;

    #[track_caller]
    fn check(text: &str, names: &[(&str, Label)], expected: &[(&str, Label)]) {
        let tokenized = tokenize(text);
        let entity = |&(name, label): &(&str, Label)| {
            let start = text.find(name).unwrap();
            Entity { span: Span::of(start..start + name.len()), label, score: 1.0 }
        };
        let names: Vec<Entity> = names.iter().map(entity).collect();
        let mended = mended(text, &tokenized, &tag(text, &tokenized), &names);
        let found: Vec<_> = mended.iter().map(|e| (e.span.of_text(text), e.label)).collect();
        assert_eq!(found, expected);
    }

    const PER: Label = Label::Per;
    const LOC: Label = Label::Loc;
    const ORG: Label = Label::Org;

    #[test]
    fn a_name_that_breaks_off_is_taken_on() {
        let found = [("Marijke van", PER), ("Osnabrugge", LOC)];
        check("Daar zit Marijke van Osnabrugge.", &found, &[("Marijke van Osnabrugge", PER)]);
    }

    #[test]
    fn a_name_that_runs_on_is_cut() {
        check("Dat zei Anna Bos gisteren.", &[("Anna Bos gisteren", PER)], &[("Anna Bos", PER)]);
    }

    #[test]
    fn a_function_is_no_name_but_makes_a_person() {
        let found = [("Wethouder", PER), ("Tjeerd Nijboer", PER)];
        check("Wethouder Tjeerd Nijboer wacht.", &found, &[("Tjeerd Nijboer", PER)]);
        check("Ook buurman Ali Saad wacht.", &[("Ali Saad", ORG)], &[("Ali Saad", PER)]);
        check("De club Ajax wacht.", &[("Ajax", ORG)], &[("Ajax", ORG)]);
    }

    #[test]
    fn a_surname_that_was_passed_over_is_found() {
        let text = "Teun Bakkerus wint. Daarna sprak Bakkerus.";
        check(text, &[("Teun Bakkerus", PER)], &[("Teun Bakkerus", PER), ("Bakkerus", PER)]);
    }
}
