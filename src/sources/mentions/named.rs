//! Names, each with the title, function or noun that stands before it and the
//! body behind *van*: *de Britse spelersvakbond X*, *directeur Y van Z*.

use std::ops::Range;

use super::{Place, Reference};
use crate::lexicon::{self, Function, FunctionKind, Noun};
use crate::ner::Label;
use crate::sources::{Gender, MentionKind, SourceKind};
use crate::syntax::{Class, complement, with_complement};
use crate::text::Span;

/// How many words may stand before the head noun: *voormalig plaatsvervangend
/// politiek verslaggever*.
const LONGEST_FRONT: usize = 5;

/// What stands before a name.
struct Front {
    /// The first token of the name.
    name: usize,
    /// The noun before it.
    head: Option<usize>,
    /// What that noun is, if it is no person.
    noun: Option<Noun>,
}

/// The name, with what belongs to it, that begins at the place.
pub(super) fn name(place: &Place<'_>) -> Option<Reference> {
    let front = front(place)?;
    let reading = place.reading;
    let entity = reading.entity(front.name, place.limit);
    // A name that an earlier mention ate into is no mention of its own.
    if entity.start != front.name {
        return None;
    }
    let relative = of_genitive(place, &entity).or_else(|| of_heading(place, &front, &entity));
    if relative.is_some() {
        return relative;
    }
    match (reading.label(front.name)?, front.noun) {
        (Label::Misc, None | Some(Noun::Group)) => None,
        (Label::Per, None | Some(Noun::Group)) => Some(person(place, &front, entity)),
        (_, noun) => Some(body(place, &front, entity, noun)),
    }
}

/// `Bakkers woordvoerder`, `Noors moeder`: somebody of the one who is named.
fn of_genitive(place: &Place<'_>, entity: &Range<usize>) -> Option<Reference> {
    let (reading, tagged) = (place.reading, place.tagged());
    let (last, noun) = (entity.end - 1, entity.end);
    let genitive = matches!(tagged.word(last).chars().next_back(), Some('s' | '\''))
        && reading.tagged.given_name(last).is_none();
    let fits = genitive
        && entity.start == place.at
        && reading.label(place.at) == Some(Label::Per)
        && noun < place.limit
        && reading.is_person_noun(noun)
        && reading.label(noun + 1).is_none();
    let gender = || tagged.function(noun).map_or(Gender::Unknown, |f| f.gender);
    fits.then(|| Reference {
        gender: gender(),
        head: Some(noun),
        definite: false,
        body: Some(reading.span(entity.clone())),
        ..place.mention(place.at..noun + 1, MentionKind::Description, SourceKind::Unnamed)
    })
}

/// `Zus Noor Bakker boos`, in a title: the sister of the one who is named in full.
fn of_heading(place: &Place<'_>, front: &Front, entity: &Range<usize>) -> Option<Reference> {
    let (reading, tagged) = (place.reading, place.tagged());
    let head = front.head?;
    let function = tagged.function(head)?;
    let stopped = matches!(tagged.word(place.limit - 1), "." | "!" | "?");
    let fits = place.sentence == 0
        && !stopped
        && place.at == place.first
        && head == place.at
        && function.kind == FunctionKind::Relation
        && entity.start == head + 1
        && entity.len() > 1
        && reading.label(entity.start) == Some(Label::Per);
    fits.then(|| Reference {
        gender: function.gender,
        head: Some(head),
        definite: false,
        body: Some(reading.span(entity.clone())),
        ..place.mention(place.at..entity.end, MentionKind::Description, SourceKind::Unnamed)
    })
}

fn person(place: &Place<'_>, front: &Front, entity: Range<usize>) -> Reference {
    let reading = place.reading;
    let head = front.head.map(|head| reading.tagged.word(head));
    let by_name = reading.tagged.given_name(entity.start).unwrap_or_default();
    let by_function = head.and_then(person_noun).map_or(Gender::Unknown, |f| f.gender);
    let (end, body) = with_body(place, entity.end);
    Reference {
        gender: by_function.or(by_name),
        gender_by_name: by_function == Gender::Unknown,
        name: Some(reading.span(entity)),
        head: front.head,
        body,
        ..place.mention(place.at..end, MentionKind::Name, SourceKind::Person)
    }
}

/// A word for a person, also one that only its ending shows.
fn person_noun(word: &str) -> Option<Function> {
    lexicon::function(word).or_else(|| lexicon::person_by_ending(word))
}

fn body(place: &Place<'_>, front: &Front, entity: Range<usize>, noun: Option<Noun>) -> Reference {
    let reading = place.reading;
    let is = match noun {
        Some(Noun::Document) => SourceKind::Document,
        _ => SourceKind::Organisation,
    };
    // "de gemeente Zeezicht" is no Zeezicht, but "spelersvakbond X" is X.
    let place_name = reading.label(front.name) == Some(Label::Loc);
    let start = front.head.filter(|_| place_name || is == SourceKind::Document);
    let name = start.unwrap_or(entity.start)..entity.end;
    Reference {
        name: Some(reading.span(name)),
        head: front.head,
        ..place.mention(place.at..entity.end, MentionKind::Name, is)
    }
}

/// Takes in `van de rederij`, `van burgerrechtenorganisatie X`, `van Financiën`
/// behind a person's name that ends at `end`.
fn with_body(place: &Place<'_>, end: usize) -> (usize, Option<Span>) {
    let tagged = place.tagged();
    if end + 1 >= place.limit || tagged.word(end) != "van" {
        return (end, None);
    }
    let is_name = |token: usize| place.reading.label(token).is_some();
    let Some(first) = complement(tagged, end + 1, place.limit, &is_name) else {
        return (end, None);
    };
    let portfolio = lexicon::is_portfolio(place.reading.written(end + 1));
    let is_body = |token: usize| match place.reading.label(token) {
        Some(Label::Per) => false,
        Some(_) => true,
        None => matches!(tagged.source_noun(token), Some(Noun::Organisation)),
    };
    if !portfolio && !(end + 1..first).any(is_body) {
        return (end, None);
    }
    // "van Justitie en Veiligheid"
    let mut last = first;
    if portfolio {
        while last + 1 < place.limit
            && (matches!(tagged.word(last), "en" | "," | "&") && tagged.is_capital(last + 1)
                || tagged.is_capital(last) && tagged.class(last) == Class::Word)
        {
            last += 1 + usize::from(!tagged.is_capital(last));
        }
    } else {
        last = with_complement(tagged, last, place.limit, &is_name, None);
    }
    (last, Some(place.reading.span(end + 1..last)))
}

/// What stands before a name, if one begins at the place or behind words that
/// can belong to it.
fn front(place: &Place<'_>) -> Option<Front> {
    let (reading, tagged, at) = (place.reading, place.tagged(), place.at);
    if !reading.has_name(at..place.limit.min(at + LONGEST_FRONT + 1)) {
        return None;
    }
    let named =
        |token: usize| matches!(reading.label(token), Some(Label::Per | Label::Org | Label::Loc));
    if named(at) && !modifies(place, at) {
        return Some(Front { name: at, head: None, noun: None });
    }
    let determined = tagged.class(at) == Class::Determiner && tagged.word(at) != "dat";
    // "Bakker, die premier Vos waarschuwde": a relative pronoun.
    if tagged.word(at) == "die" && at > place.first && tagged.word(at - 1) == "," {
        return None;
    }
    let mut head: Option<usize> = None;
    let mut noun = None;
    let mut token = at + usize::from(determined);
    while token < place.limit && token <= at + LONGEST_FRONT {
        if reading.label(token).is_some() {
            let end = reading.entity(token, place.limit).end;
            // "de Britse vakbond X"
            let adjective = head.is_none()
                && end == token + 1
                && reading.label(token) == Some(Label::Misc)
                && tagged.is_adjective_form(token);
            // "correspondent Zuid-Amerika Noor Bakker"
            let portfolio = head.is_some()
                && noun.is_none()
                && reading.label(token) != Some(Label::Per)
                && reading.label(end) == Some(Label::Per);
            // "Partij voor het Dorp-leider Noor Bakker"
            let titled = head.is_none()
                && reading.label(token) == Some(Label::Misc)
                && reading.label(end) == Some(Label::Per)
                && reading.is_person_noun(end - 1);
            if titled {
                head = Some(end - 1);
            }
            if adjective || portfolio || titled || modifies(place, token) {
                token = end;
                continue;
            }
            return fits(place, determined, head, noun, token).then_some(Front {
                name: token,
                head,
                noun,
            });
        }
        let word = tagged.word(token);
        // "dr. Bakker": the stop is a token of its own.
        if word == "." && head.is_some() {
            token += 1;
            continue;
        }
        if word == "en" && head.is_some() && noun.is_none() && joins_functions(place, token) {
            token += 1;
            continue;
        }
        let found = noun_before(place, token);
        if let Some(found) = found {
            head = Some(token);
            noun = found;
        } else {
            let field = head.is_some() && noun.is_none() && is_field(place, token);
            if !field && (head.is_some() || !is_modifier(place, token)) {
                return None;
            }
        }
        token += 1;
    }
    None
}

/// `zijn zus en manager Noor Bakker`, `Vriendin en presentatrice Noor Bakker`: whether
/// the *en* at `token` joins two functions of the one who is named behind them.
/// Two behind one article can be two people.
fn joins_functions(place: &Place<'_>, token: usize) -> bool {
    let (reading, next) = (place.reading, token + 1);
    let article = matches!(place.tagged().word(place.at), "de" | "het" | "deze" | "die");
    !article
        && next < place.limit
        && reading.is_person_noun(next)
        && reading.label(next + 1) == Some(Label::Per)
}

/// What the noun at `token` names, if it can stand before a name; `Some(None)`
/// for one person.
#[expect(clippy::option_option, reason = "no noun at all differs from a noun for one person")]
fn noun_before(place: &Place<'_>, token: usize) -> Option<Option<Noun>> {
    let (reading, tagged) = (place.reading, place.tagged());
    if tagged.class(token) != Class::Word {
        return None;
    }
    // "het bedrijf", "de krant"
    if let Some(noun) = tagged.source_noun(token).filter(|&noun| noun != Noun::Group) {
        // "producent", "eigenaar": a person before a person's name.
        let person =
            reading.label(token + 1) == Some(Label::Per) && tagged.function(token).is_some();
        return Some(if person { None } else { Some(noun) });
    }
    if tagged.function(token).is_some() {
        return Some(None);
    }
    // "mollenvanger Tjerk": only right before a person's name.
    let before_name = reading.label(token + 1) == Some(Label::Per);
    let is_name = tagged.is_capital(token) && token != place.first;
    (before_name && !is_name && lexicon::person_by_ending(tagged.word(token)).is_some())
        .then_some(None)
}

/// Whether the name at `token` can follow what was found before it.
fn fits(
    place: &Place<'_>,
    determined: bool,
    head: Option<usize>,
    noun: Option<Noun>,
    token: usize,
) -> bool {
    let (reading, tagged) = (place.reading, place.tagged());
    let end = reading.entity(token, place.limit).end;
    // "de VVD Kamerleden", "de Shell directie": the name says more of a noun.
    let says_more = end < place.limit
        && tagged.class(end) == Class::Word
        && reading.label(end).is_none()
        && reading.label(end + 1) != Some(Label::Per)
        && (tagged.function(end).is_some() || tagged.source_noun(end).is_some());
    match (reading.label(token), head) {
        (Some(Label::Per), Some(_)) => true,
        // "de gewonde Bakker"; "De Bakkers" are no mention of one, and "Die tilde
        // Bakker op" has a pronoun and its verb.
        (Some(Label::Per), None) => {
            determined && token > place.at + 1 && tagged.word(place.at) != "die"
        }
        (Some(Label::Org | Label::Loc), None) => {
            determined
                && !says_more
                && (token == place.at + 1 || reading.label(token) == Some(Label::Org))
        }
        (Some(_), Some(head)) => noun.is_some() && head + 1 == token && !says_more,
        (Some(Label::Misc), None) | (None, _) => false,
    }
}

/// Whether the noun at `at` tells the field of the function before it, right
/// before a person's name: *hoogleraar bestuurskunde Noor Bakker*, *wethouder Sociale
/// Zaken Noor Bakker*.
fn is_field(place: &Place<'_>, at: usize) -> bool {
    /// *Ruimtelijke Ordening*.
    const LONGEST: usize = 3;
    let (reading, tagged) = (place.reading, place.tagged());
    if tagged.is_capital(at) {
        let capital = |&at: &usize| tagged.is_capital(at) && tagged.function(at).is_none();
        let first = (place.at..=at).rev().take_while(capital).last();
        let named = |at: &usize| *at >= place.limit || reading.label(*at).is_some();
        let end = (at..).take(LONGEST).find(named);
        return first.is_some_and(|first| lexicon::is_portfolio(reading.written(first)))
            && end.is_some_and(|end| reading.label(end) == Some(Label::Per));
    }
    tagged.class(at) == Class::Word
        && !tagged.is_finite(at)
        && at + 1 < place.limit
        && reading.label(at + 1) == Some(Label::Per)
}

/// Whether the name at `at` stands before a function: *Ajax trainer*. *de Hoge Raad*
/// is whole without one.
fn modifies(place: &Place<'_>, at: usize) -> bool {
    let reading = place.reading;
    let end = reading.entity(at, place.limit).end;
    let article = at > place.first && matches!(place.tagged().word(at - 1), "de" | "het");
    let whole = article && reading.label(at) == Some(Label::Org) && end > at + 1;
    reading.label(at) != Some(Label::Per)
        && !whole
        && end + 1 < place.limit
        && reading.is_person_noun(end)
        && reading.label(end + 1) == Some(Label::Per)
}

/// Words that stand before a function: adjectives, numbers, *nog altijd*.
fn is_modifier(place: &Place<'_>, token: usize) -> bool {
    let tagged = place.tagged();
    match tagged.class(token) {
        Class::Number | Class::Adverb => token > place.at,
        Class::Word => tagged.is_adjective_form(token),
        _ => false,
    }
}
