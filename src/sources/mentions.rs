//! Every place where the text refers to someone or something that can speak.

use super::{Gender, Mention, MentionKind, SourceKind};
use crate::lexicon::{self, FunctionKind, Noun, Number, Person, Role};
use crate::ner::{Entity, Label};
use crate::syntax::{Class, Phrase, Tagged, phrase_at};
use crate::text::Span;
use crate::tokenize::Tokenized;

/// How many a mention refers to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Count {
    /// One person or one body.
    One,
    /// Several people.
    Many,
    /// The words do not tell: *ze*.
    Open,
}

/// A mention with all that its own words tell.
#[derive(Debug, Clone, PartialEq)]
pub struct Reference {
    /// Its bytes.
    pub span: Span,
    /// Its first token.
    pub start: usize,
    /// One past its last token.
    pub end: usize,
    /// How it refers.
    pub kind: MentionKind,
    /// What it can refer to; of a pronoun, a person or a group.
    pub source_kind: SourceKind,
    /// Gender, where the words show it.
    pub gender: Gender,
    /// One or many.
    pub count: Count,
    /// The name alone, in a mention that has one.
    pub name: Option<Span>,
    /// The token of the head noun, or of the function before a name.
    pub head: Option<usize>,
    /// Whether it begins with *de* or another definite determiner.
    pub definite: bool,
    /// The sentence it stands in.
    pub sentence: usize,
}

impl Reference {
    /// The mention alone.
    #[must_use]
    pub fn mention(&self) -> Mention {
        Mention { span: self.span, kind: self.kind }
    }
}

/// What mentions are read from.
pub(super) struct Reading<'a> {
    pub(super) text: &'a str,
    pub(super) tokenized: &'a Tokenized,
    pub(super) tagged: &'a Tagged,
    pub(super) names: &'a [Entity],
}

impl Reading<'_> {
    fn span(&self, start: usize, end: usize) -> Span {
        let tokens = self.tokenized.tokens();
        tokens[start].span.cover(tokens[end - 1].span)
    }
}

/// All mentions of a document, in order of their start, without overlap.
pub(super) fn find(reading: &Reading<'_>) -> Vec<Reference> {
    let mut found = Vec::new();
    // The entity at each token, for the noun phrases around names.
    let mut named: Vec<Option<usize>> = vec![None; reading.tagged.len()];
    for (at, entity) in reading.names.iter().enumerate() {
        let tokens = reading.tokenized.tokens_in(entity.span);
        // "van de": a slip of the recognizer.
        if tokens.clone().all(|token| {
            !reading.tagged.is_capital(token) || is_function_word(reading.tagged, token)
        }) {
            continue;
        }
        for token in tokens {
            named[token] = Some(at);
        }
    }
    for (number, sentence) in reading.tokenized.sentences().iter().enumerate() {
        let mut at = sentence.tokens.start;
        while at < sentence.tokens.end {
            let limit = sentence.tokens.end;
            let reference = nationality_at(reading, &named, at, limit, number)
                .or_else(|| name_at(reading, &named, at, limit, number))
                .or_else(|| description_at(reading, &named, at, limit, number))
                .or_else(|| pronoun_at(reading, at, limit, number));
            match reference {
                Some(reference) => {
                    at = reference.end;
                    found.push(reference);
                }
                None => at += 1,
            }
        }
    }
    found
}

fn is_function_word(tagged: &Tagged, at: usize) -> bool {
    matches!(
        tagged.class(at),
        Class::Determiner | Class::Preposition | Class::Coordinator | Class::Pronoun
    )
}

/// How many words of function may stand before a name: *voormalig
/// plaatsvervangend politiek verslaggever*.
const LONGEST_FUNCTION: usize = 5;

/// A name, with the function or title directly before it, that begins at `at`.
fn name_at(
    reading: &Reading<'_>,
    named: &[Option<usize>],
    at: usize,
    limit: usize,
    sentence: usize,
) -> Option<Reference> {
    let (name_start, head) = name_after_function(reading, named, at, limit)?;
    let entity = reading.names[named[name_start]?];
    let tokens = reading.tokenized.tokens_in(entity.span);
    // A name that an earlier mention ate into is no mention of its own.
    let (start, end) = (at.min(tokens.start), tokens.end.min(limit));
    if tokens.start < at {
        return None;
    }
    let function = head.and_then(|head| lexicon::function(reading.tagged.word(head)));
    let (source_kind, gender) = match entity.label {
        Label::Per => {
            let first = reading.tokenized.tokens()[tokens.start].span.of_text(reading.text);
            let by_name = lexicon::given_name(first).unwrap_or_default();
            (SourceKind::Person, function.map(|f| f.gender).unwrap_or_default().or(by_name))
        }
        Label::Org | Label::Loc => (SourceKind::Organisation, Gender::Unknown),
        // Compounds, nationalities, works: not by themselves.
        Label::Misc => return None,
    };
    Some(Reference {
        span: reading.span(start, end),
        start,
        end,
        kind: MentionKind::Name,
        source_kind,
        gender,
        count: Count::One,
        name: Some(reading.span(tokens.start, end)),
        head,
        definite: true,
        sentence,
    })
}

/// The first token of the name that begins at `at` or after the function that
/// does, and the token of that function.
fn name_after_function(
    reading: &Reading<'_>,
    named: &[Option<usize>],
    at: usize,
    limit: usize,
) -> Option<(usize, Option<usize>)> {
    let tagged = reading.tagged;
    let label = |token: usize| named[token].map(|n| reading.names[n].label);
    if matches!(label(at), Some(Label::Per | Label::Org | Label::Loc))
        && !(label(at) != Some(Label::Per) && modifies_function(reading, named, at, limit))
    {
        return Some((at, None));
    }
    let mut head = None;
    let mut token = at;
    while token < limit && token <= at + LONGEST_FUNCTION {
        match label(token) {
            Some(Label::Per) => return head.map(|head| (token, Some(head))),
            Some(Label::Org | Label::Loc)
                if head.is_none() && !modifies_function(reading, named, token, limit) =>
            {
                return None;
            }
            _ => {}
        }
        let word = tagged.word(token);
        let is_function = lexicon::function(word).is_some() && tagged.class(token) == Class::Word;
        let stop = word == "." && head == Some(token.wrapping_sub(1));
        let modifier =
            matches!(tagged.class(token), Class::Word | Class::Number | Class::Determiner)
                || label(token).is_some();
        // "politiek verslaggever", "oud-minister": modifiers stand before the
        // function, nothing but the name after it.
        if is_function {
            head = Some(token);
        } else if head.is_some() && !stop || !modifier {
            return None;
        }
        token += 1;
    }
    None
}

/// Whether the name at `at` stands before a function: *T-Mobile-topman*
/// written apart, *Ajax trainer*.
fn modifies_function(
    reading: &Reading<'_>,
    named: &[Option<usize>],
    at: usize,
    limit: usize,
) -> bool {
    let mut end = at;
    while end < limit && named[end].is_some() && named[end] == named[at] {
        end += 1;
    }
    end + 1 < limit
        && reading.tagged.class(end) == Class::Word
        && lexicon::function(reading.tagged.word(end)).is_some()
        && named[end + 1].is_some_and(|n| reading.names[n].label == Label::Per)
}

/// *de Brit*, *de 21-jarige Monegask*: a nationality that stands for a person.
fn nationality_at(
    reading: &Reading<'_>,
    named: &[Option<usize>],
    at: usize,
    limit: usize,
    sentence: usize,
) -> Option<Reference> {
    let tagged = reading.tagged;
    if tagged.class(at) != Class::Determiner {
        return None;
    }
    let mut head = at + 1;
    while head < limit && named[head].is_none() && is_plain_modifier(tagged, head) && head < at + 3
    {
        head += 1;
    }
    let entity = reading.names[(*named.get(head)?)?];
    let tokens = reading.tokenized.tokens_in(entity.span);
    // A person's name has no article; what has one is a kind of person.
    let single = entity.label == Label::Per && tokens.len() == 1;
    if !(entity.label == Label::Misc || single) {
        return None;
    }
    let end = tokens.end.min(limit);
    let word = tagged.word(end - 1);
    let goes_on = end < limit && matches!(tagged.class(end), Class::Word | Class::Mark);
    let person = !word.contains('-') && !word.ends_with("se") && !goes_on || is_person_noun(word);
    let count = if word.ends_with("en") || word.ends_with('s') { Count::Many } else { Count::One };
    person.then(|| Reference {
        span: reading.span(at, end),
        start: at,
        end,
        kind: MentionKind::Description,
        source_kind: if count == Count::Many { SourceKind::Group } else { SourceKind::Unnamed },
        gender: Gender::Unknown,
        count,
        name: None,
        head: Some(end - 1),
        definite: matches!(tagged.word(at), "de" | "deze" | "die"),
        sentence,
    })
}

/// `VVD'er`, `VVD-Kamerlid`: compounds that are a person.
fn is_person_noun(word: &str) -> bool {
    word.ends_with("'er") || word.contains('-') && lexicon::function(word).is_some()
}

/// *de 21-jarige Monegask*, *de kleine Vlaming*; not *de trainer Smit*.
fn is_plain_modifier(tagged: &Tagged, at: usize) -> bool {
    tagged.class(at) == Class::Number
        || tagged.class(at) == Class::Word
            && tagged.word(at).ends_with('e')
            && lexicon::function(tagged.word(at)).is_none()
}

/// A noun phrase around a word for a source that begins at `at`.
fn description_at(
    reading: &Reading<'_>,
    named: &[Option<usize>],
    at: usize,
    limit: usize,
    sentence: usize,
) -> Option<Reference> {
    let tagged = reading.tagged;
    // A name inside may only modify: "de Amsterdamse burgemeester".
    let is_name = |token: usize| named[token].is_some();
    let phrase = phrase_at(tagged, at, limit, is_name)?;
    let name = named.get(phrase.end).copied().flatten().filter(|&n| {
        phrase.end < limit && reading.names[n].label == Label::Per && phrase.noun.is_none()
    });
    // "de commissaris van de koning Jansen": a name with its function before.
    if let Some(name) = name {
        let end = reading.tokenized.tokens_in(reading.names[name].span).end.min(limit);
        let first = reading.tokenized.tokens()[phrase.end].span.of_text(reading.text);
        let (_, gender, count) = kind_of(tagged, &phrase);
        return Some(Reference {
            span: reading.span(phrase.start, end),
            start: phrase.start,
            end,
            kind: MentionKind::Name,
            source_kind: SourceKind::Person,
            gender: gender.or(lexicon::given_name(first).unwrap_or_default()),
            count,
            name: Some(reading.span(phrase.end, end)),
            head: Some(phrase.head),
            definite: true,
            sentence,
        });
    }
    // "de Bond van Veerlieden": the noun belongs to the name.
    let inside = named[phrase.head].is_some_and(|n| reading.names[n].label != Label::Misc);
    if inside {
        return None;
    }
    // "Vragen" as the first word of a sentence, "rechter" in a list: a single
    // bare noun refers only if it is a group, opens its sentence, or says more
    // of the name before it (`Piet Kwast, directeur van de werf,`).
    let bare = !matches!(tagged.class(at), Class::Determiner | Class::Number);
    let opens = reading.tokenized.sentences()[sentence].tokens.start == at;
    let says_more = at >= 2 && tagged.word(at - 1) == "," && named[at - 2].is_some();
    let may_be_bare = phrase.noun == Some(Noun::Group)
        || opens && phrase.noun != Some(Noun::Document)
        || says_more && phrase.noun.is_none();
    if bare && !may_be_bare {
        return None;
    }
    let (source_kind, gender, count) = kind_of(tagged, &phrase);
    Some(Reference {
        span: reading.span(phrase.start, phrase.end),
        start: phrase.start,
        end: phrase.end,
        kind: MentionKind::Description,
        source_kind,
        gender,
        count,
        name: None,
        head: Some(phrase.head),
        definite: phrase.definite,
        sentence,
    })
}

fn kind_of(tagged: &Tagged, phrase: &Phrase) -> (SourceKind, Gender, Count) {
    match phrase.noun {
        Some(Noun::Group) => (SourceKind::Group, Gender::Unknown, Count::Many),
        Some(Noun::Organisation) => (SourceKind::Organisation, Gender::Unknown, Count::One),
        Some(Noun::Document) => (SourceKind::Document, Gender::Unknown, Count::One),
        None => {
            let function = lexicon::function(tagged.word(phrase.head));
            (SourceKind::Unnamed, function.map(|f| f.gender).unwrap_or_default(), Count::One)
        }
    }
}

/// A pronoun for a person or a group, or `ik` of a narrator.
fn pronoun_at(
    reading: &Reading<'_>,
    at: usize,
    limit: usize,
    sentence: usize,
) -> Option<Reference> {
    let word = reading.tagged.word(at);
    // "die", "deze" and "dat" refer to people only as subjects of their own.
    if matches!(word, "het" | "'t" | "dat" | "dit" | "men") {
        return None;
    }
    let readings = lexicon::pronouns(word);
    let demonstrative = matches!(word, "die" | "deze");
    let usable = |role: Role| {
        matches!(role, Role::Subject | Role::Object) || demonstrative && role == Role::Demonstrative
    };
    let third: Vec<_> = readings
        .iter()
        .filter(|reading| reading.person == Person::Third && usable(reading.role))
        .collect();
    let first_person = readings.iter().any(|r| {
        r.person == Person::First && r.role == Role::Subject && r.number == Number::Singular
    });
    if third.is_empty() && !first_person {
        return None;
    }
    // "haar moeder", "die man": a determiner, not a pronoun.
    if matches!(word, "haar" | "hun" | "die" | "deze" | "zijn") && at + 1 < limit {
        let next = reading.tagged.class(at + 1);
        // "Jansen, die Kok omschreef": a name is no noun of a determiner.
        let name = reading.tagged.is_capital(at + 1) && matches!(word, "die" | "deze");
        let noun = !name && matches!(next, Class::Word | Class::Number)
            || next == Class::Reporting && word != "die" && word != "deze";
        if noun {
            return None;
        }
    }
    let any = |count: Number| third.iter().any(|reading| reading.number == count);
    let count = match (any(Number::Singular), any(Number::Plural), any(Number::Both)) {
        (_, false, false) => Count::One,
        (false, true, false) => Count::Many,
        _ => Count::Open,
    };
    let gender = third.iter().find(|r| r.number == Number::Singular).map(|r| r.gender);
    Some(Reference {
        span: reading.span(at, at + 1),
        start: at,
        end: at + 1,
        kind: MentionKind::Pronoun,
        source_kind: if first_person { SourceKind::Unnamed } else { SourceKind::Person },
        gender: gender.unwrap_or_default(),
        count,
        name: None,
        head: None,
        definite: true,
        sentence,
    })
}

/// Whether the head of a description is a word for a person that tells no
/// more than that: *de man*, *de vrouw*.
pub(super) fn is_plain_person(word: &str) -> bool {
    lexicon::function(word).is_some_and(|f| f.kind == FunctionKind::Person)
}
