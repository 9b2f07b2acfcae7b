//! Names made whole: taken on where they break off, cut where they run on,
//! left out where they are a function.

use std::ops::Range;

use rustc_hash::FxHashSet as HashSet;

use super::Words;
use crate::lexicon;
use crate::ner::{Entity, Label};
use crate::syntax::{Class, Pos};

/// The names, each with the words that belong to it.
pub(super) fn names(words: &Words<'_>, names: &[Entity]) -> Vec<Entity> {
    let mut whole: Vec<Entity> = Vec::with_capacity(names.len());
    let surnames = surnames(words, names);
    let last = last_words(words, names);
    let apart = Apart::of(words, names);
    for &entity in names {
        // Taken on already, by the name before it, or begun: "Griet Vander".
        if let Some(last) = whole.last_mut()
            && last.span.overlaps(entity.span)
        {
            if last.label == Label::Per && entity.label == Label::Per {
                last.span = last.span.cover(entity.span);
            }
            continue;
        }
        // "Footballers'" "Association": an apostrophe parted them.
        if let Some(last) = whole.last_mut()
            && matches!(last.label, Label::Org | Label::Misc)
            && entity.label == Label::Org
            && is_parted(words, last, &entity)
        {
            last.span = last.span.cover(entity.span);
            last.label = Label::Org;
            continue;
        }
        let tokens = words.tokenized.tokens_in(entity.span);
        if let Some(last) = whole.last_mut()
            && last.label == Label::Per
            && entity.label == Label::Per
            && is_surname_of(words, last, &entity)
        {
            last.span = last.span.cover(entity.span);
            continue;
        }
        if tokens.is_empty()
            || is_function_alone(words, entity.label, &tokens)
            || is_opening_function(words, entity.label, &tokens, names)
            || is_portfolio_of_named(words, entity.label, &tokens)
        {
            continue;
        }
        let mut label = entity.label;
        let person = behind_portfolio(words, &tokens);
        if person.is_some() {
            label = Label::Per;
        }
        let tokens = person.unwrap_or(tokens);
        if label == Label::Per && (is_common_word(words, &tokens) || is_compound(words, &tokens)) {
            continue;
        }
        let mut tokens = match label {
            Label::Per if apart.are_two(words, &tokens) => tokens.start..tokens.end - 1,
            Label::Per if apart.is_of_place(words, &tokens) => tokens.start..tokens.start + 1,
            Label::Per => {
                with_surname(words, of_person(words, without_body(words, tokens, &last)), &surnames)
            }
            Label::Org | Label::Loc => of_body(words, tokens),
            Label::Misc => tokens,
        };
        if label != Label::Loc && takes_surname(words, &tokens) {
            label = Label::Per;
            tokens.end += 1;
        }
        whole.push(Entity { span: words.span(tokens), label, ..entity });
    }
    whole
}

/// Words that are names by themselves elsewhere in the text.
struct Apart<'a> {
    /// Last words of persons' full names.
    surnames: HashSet<&'a str>,
    /// Persons called by one word.
    single: HashSet<&'a str>,
    /// Bodies and places of one word.
    bodies: HashSet<&'a str>,
}

impl<'a> Apart<'a> {
    fn of(words: &Words<'a>, names: &[Entity]) -> Self {
        let mut apart = Self {
            surnames: HashSet::default(),
            single: HashSet::default(),
            bodies: HashSet::default(),
        };
        for name in names {
            let text = name.span.of_text(words.text);
            match (name.label, text.split_once(' ')) {
                (Label::Per, Some((_, rest))) => {
                    apart.surnames.insert(rest.rsplit(' ').next().unwrap_or(rest));
                }
                (Label::Per, None) => {
                    apart.single.insert(text);
                }
                (Label::Org | Label::Loc, None) => {
                    apart.bodies.insert(text);
                }
                _ => {}
            }
        }
        apart
    }

    /// `Burgemeester Bakker van Zeezicht`: a surname and the place where its bearer is what
    /// the noun in front says, where the text has both apart.
    fn is_of_place(&self, words: &Words<'_>, tokens: &Range<usize>) -> bool {
        let function = tokens.start.checked_sub(1).is_some_and(|before| words.is_function(before));
        tokens.len() == 3
            && function
            && words.tagged.word(tokens.start + 1) == "van"
            && self.single.contains(words.written(tokens.start))
            && self.bodies.contains(words.written(tokens.end - 1))
    }

    /// `prees Elis Oranje`, `verliet Jill Elis Oranje`: a name and a body, taken for
    /// one person.
    fn are_two(&self, words: &Words<'_>, tokens: &Range<usize>) -> bool {
        let last = words.written(tokens.end - 1);
        // "Volgens Bakker Vos niet": two persons whom the text names apart elsewhere, in full
        // and by their surnames.
        let named = |word| self.surnames.contains(word) && self.single.contains(word);
        let persons = tokens.len() > 1
            && !words.is_given_name(tokens.start)
            && named(last)
            && named(words.written(tokens.end - 2));
        if persons {
            return true;
        }
        let initialism = last.len() > 1 && last.chars().all(char::is_uppercase);
        tokens.len() > 1
            && self.bodies.contains(last)
            && (tokens.len() > 2 && initialism
                || tokens.len() == 2 && self.surnames.contains(words.written(tokens.start)))
    }
}

/// Persons who are called by a surname with its particle: *Van Osnabrugge*, in
/// lower case.
fn surnames(words: &Words<'_>, names: &[Entity]) -> HashSet<String> {
    let of_person = names.iter().filter(|name| name.label == Label::Per);
    let text = of_person.map(|name| name.span.of_text(words.text));
    let with_particle = text.filter(|name| {
        let mut parts = name.split_whitespace();
        let first = parts.next().unwrap_or_default();
        lexicon::is_particle(&first.to_lowercase()) && parts.next().is_some()
    });
    with_particle.map(str::to_lowercase).collect()
}

/// The last words of persons' full names that hold no "van".
fn last_words<'a>(words: &Words<'a>, names: &[Entity]) -> HashSet<&'a str> {
    let of_person = names.iter().filter(|name| name.label == Label::Per);
    let plain = of_person.map(|name| name.span.of_text(words.text).split_whitespace());
    plain.filter(|parts| parts.clone().count() == 2).filter_map(|mut parts| parts.nth(1)).collect()
}

/// "Bender van de Waterbond", where the text names Koen Bender: the surname alone.
fn without_body(words: &Words<'_>, tokens: Range<usize>, last: &HashSet<&str>) -> Range<usize> {
    let of = tokens.start + 1;
    let runs_on = of < tokens.end && words.tagged.word(of) == "van";
    let known = runs_on && last.contains(words.written(tokens.start));
    if known { tokens.start..of } else { tokens }
}

/// "Marijke", in "Marijke van Osnabrugge" where the text calls her "Van
/// Osnabrugge": the surname was taken for a place.
fn with_surname(
    words: &Words<'_>,
    tokens: Range<usize>,
    surnames: &HashSet<String>,
) -> Range<usize> {
    /// *van der*.
    const PARTICLES: usize = 2;
    let particle = |at: usize| at < words.len() && lexicon::is_particle(words.written(at));
    let last = (tokens.end..words.len()).find(|&at| !particle(at)).unwrap_or(tokens.end);
    let some = last > tokens.end && last <= tokens.end + PARTICLES;
    if !some || !words.tagged.is_capital(last) {
        return tokens;
    }
    // "Van" alone, in "Van 't Schip", is the first particle itself.
    let lower = |at: usize| lexicon::is_particle(words.tagged.word(at));
    let first = if tokens.clone().all(lower) { tokens.start } else { tokens.end };
    let surname: Vec<&str> = (first..=last).map(|at| words.tagged.word(at)).collect();
    if surnames.contains(&surname.join(" ")) { tokens.start..last + 1 } else { tokens }
}

/// "Wethouder" before a name, at the start of a sentence, "VVX-secretaris",
/// "Vlaams Parlementslid": no name.
fn is_function_alone(words: &Words<'_>, label: Label, tokens: &Range<usize>) -> bool {
    let last = tokens.end - 1;
    let before_name = words.is_capital_word(tokens.end);
    let word = words.tagged.word(last);
    let noun = words.is_function(last)
        || tokens.len() == 1 && lexicon::source_noun(word).is_some() && words.opens(last);
    let hyphen = word.contains('-');
    // "Partij voor het Dorp-leider": what stands before the function is a body's name.
    if hyphen && tokens.len() > 1 && label == Label::Misc {
        return false;
    }
    let compound = hyphen && tokens.len() == 1;
    let given = tokens.len() == 1 && words.is_given_name(last);
    // "Vlaams minister", of "Vlaams minister van Mobiliteit Anna Bos".
    let described = label != Label::Per
        && tokens.len() > 1
        && words.is_function(last)
        && !words.tagged.is_capital(last);
    described
        || noun && !given && (before_name || compound) && (tokens.len() == 1 || label != Label::Per)
}

/// "Vriendin", "Boer", "Boegeroep", "Milder" in "Milder oordeelt Bakker": a noun that
/// begins its sentence, where no other name has it.
fn is_opening_function(
    words: &Words<'_>,
    label: Label,
    tokens: &Range<usize>,
    names: &[Entity],
) -> bool {
    let at = tokens.start;
    let written = words.written(at);
    label == Label::Per
        && tokens.len() == 1
        && words.opens(at)
        && (words.is_function(at) || is_noun_without_verb(words, at, names))
        && !words.is_given_name(at)
        && names
            .iter()
            .filter(|name| name.span.of_text(words.text).split_whitespace().any(|w| w == written))
            .take(2)
            .count()
            == 1
}

/// Whether a noun at the beginning of its sentence has no verb of its own: none
/// stands behind it, or one that has its subject there.
fn is_noun_without_verb(words: &Words<'_>, at: usize, names: &[Entity]) -> bool {
    let (verb, behind) = (at + 1, at + 2);
    if words.tagged.pos(at) != Pos::Noun || behind >= words.len() {
        return false;
    }
    let start = words.tokenized.tokens()[behind].span.start();
    let is_person_here = |it: &Entity| it.span.start() == start && it.label == Label::Per;
    words.tagged.class(verb) == Class::Preposition
        || words.tagged.is_finite(verb) && names.iter().any(is_person_here)
}

/// Whether an apostrophe and a space are all that parts two names.
fn is_parted(words: &Words<'_>, one: &Entity, other: &Entity) -> bool {
    let apostrophe = |text: &str| matches!(text.chars().next_back(), Some('\'' | '’'));
    match words.between(one.span, other.span) {
        " " => apostrophe(one.span.of_text(words.text)),
        between => between.ends_with(' ') && apostrophe(between.trim_end()) && between.len() < 6,
    }
}

/// "Openbare Werken" in "schepen van Openbare Werken Griet Vander Meulen": it
/// parts a function from the name behind it, and is no body that acts.
fn is_portfolio_of_named(words: &Words<'_>, label: Label, tokens: &Range<usize>) -> bool {
    let of = tokens.start.checked_sub(1).is_some_and(|of| {
        matches!(words.tagged.word(of), "van" | "voor") && of > 0 && words.is_function(of - 1)
    });
    label != Label::Per
        && of
        && lexicon::is_portfolio(words.written(tokens.start))
        && words.is_capital_word(tokens.end)
}

/// "Griet" "Vander Meulen": a given name and a surname, taken for two people.
fn is_surname_of(words: &Words<'_>, given: &Entity, surname: &Entity) -> bool {
    let first = words.tokenized.tokens_in(surname.span).start;
    let by_itself = words.tokenized.tokens_in(given.span).len() == 1
        && first < words.len()
        && (lexicon::is_particle(words.tagged.word(first)) || !words.is_given_name(first));
    words.between(given.span, surname.span) == " "
        && (by_itself || is_initial(given.span.of_text(words.text)))
}

/// "E." before "Anna Bos".
fn is_initial(name: &str) -> bool {
    let mut letters = name.strip_suffix('.').unwrap_or_default().chars();
    letters.next().is_some_and(char::is_uppercase) && letters.next().is_none()
}

/// "Mobiliteit Anna Bos": the person of whom a portfolio was taken for a part.
fn behind_portfolio(words: &Words<'_>, tokens: &Range<usize>) -> Option<Range<usize>> {
    let given = (tokens.start + 1..tokens.end).find(|&at| words.is_given_name(at))?;
    let portfolio = lexicon::is_portfolio(words.written(tokens.start));
    (portfolio && given + 1 < tokens.end).then_some(given..tokens.end)
}

/// "Songfestival-gekte": a thing.
fn is_compound(words: &Words<'_>, tokens: &Range<usize>) -> bool {
    let last = words.written(tokens.end - 1).rsplit_once('-').map(|(_, last)| last);
    last.is_some_and(|last| last.starts_with(char::is_lowercase))
}

/// "Hond" in "Hond bijt schapen dood", where the text goes on about "een hond".
fn is_noun_elsewhere(words: &Words<'_>, at: usize) -> bool {
    let word = words.tagged.word(at);
    let determined = |token: usize| {
        token > 0
            && words.tagged.class(token - 1) == Class::Determiner
            && words.written(token) == word
    };
    at == 0 && (1..words.len()).any(determined)
}

/// "Zo", "Koude": a word that only begins its sentence.
fn is_common_word(words: &Words<'_>, tokens: &Range<usize>) -> bool {
    let at = tokens.start;
    let closed = words.tagged.class(at) != Class::Word;
    let adjective = words.tagged.pos(at) == Pos::Adjective && words.tagged.word(at).ends_with('e');
    tokens.len() == 1
        && words.opens(at)
        && (closed || adjective || is_noun_elsewhere(words, at))
        && !words.is_given_name(at)
}

fn of_person(words: &Words<'_>, mut tokens: Range<usize>) -> Range<usize> {
    // "Zus Anna Bos"
    while tokens.len() > 1
        && words.is_function(tokens.start)
        && !words.is_given_name(tokens.start)
        && words.tagged.is_capital(tokens.start + 1)
    {
        tokens.start += 1;
    }
    // "Zure Bakker" at the start of a sentence
    if tokens.len() > 1
        && words.opens(tokens.start)
        && words.tagged.word(tokens.start).ends_with('e')
        && words.tagged.pos(tokens.start) == Pos::Adjective
        && !words.is_given_name(tokens.start)
    {
        tokens.start += 1;
    }
    let particle = |at: usize| lexicon::is_particle(words.written(at));
    // "Koen Bender van Mercurius", "André Smit van de Bond": who has a surname
    // already has no second one behind "van".
    let surname =
        |at: usize| words.tagged.is_capital(at) && !particle(at) && !words.is_given_name(at);
    let second = |&at: &usize| words.tagged.word(at) == "van" && surname(at - 1);
    if let Some(of) = (tokens.start + 2..tokens.end).find(second)
        && words.tagged.is_capital(tokens.start)
    {
        tokens.end = of;
        return tokens;
    }
    // "Marijke van" "Osnabrugge"
    if tokens.len() > 1
        && particle(tokens.end - 1)
        && tokens.end < words.len()
        && words.tagged.is_capital(tokens.end)
    {
        tokens.end += 1;
        return tokens;
    }
    // "Anna Bos gisteren"
    if let Some(last) = tokens.clone().rev().find(|&at| words.tagged.is_capital(at)) {
        tokens.end = last + 1;
    }
    // "vraagt Anna aan Piet"
    let to = (tokens.start + 1..tokens.end)
        .find(|&at| words.tagged.word(at) == "aan" && words.is_given_name(at + 1));
    if let Some(to) = to.filter(|&to| words.is_given_name(to - 1)) {
        tokens.end = to;
    }
    if let Some(of) = (tokens.start + 1..tokens.end).find(|&at| words.tagged.word(at) == "van") {
        // "Bos van Financiën"
        if of + 1 < tokens.end && lexicon::is_portfolio(words.written(of + 1)) {
            tokens.end = of;
        }
    }
    tokens
}

/// "Bureau voor de" "Visstand"
fn of_body(words: &Words<'_>, mut tokens: Range<usize>) -> Range<usize> {
    let capital = |at: usize| words.tagged.is_capital(at);
    if tokens.len() < 2 || capital(tokens.end - 1) {
        return tokens;
    }
    let closed = words.tagged.class(tokens.end - 1) != Class::Word;
    if closed && words.is_capital_word(tokens.end) {
        tokens.end += 1;
    } else if closed && let Some(last) = tokens.clone().rev().find(|&at| capital(at)) {
        tokens.end = last + 1;
    }
    tokens
}

/// "Aaltje" "Bruins": a given name with a capitalised word behind it that is no
/// part of a name.
fn takes_surname(words: &Words<'_>, tokens: &Range<usize>) -> bool {
    tokens.len() == 1
        && words.is_given_name(tokens.start)
        && words.is_capital_word(tokens.end)
        && !words.is_function(tokens.end)
        && !words.opens(tokens.end)
}
