//! Descriptions: noun phrases without a name of their own.

use super::{Place, Reference};
use crate::lexicon::{self, Frame, FunctionKind, Noun, Partitive};
use crate::ner::Label;
use crate::sources::{Gender, MentionKind, SourceKind};
use crate::syntax::{Class, Form, Phrase, Pos, Tagged, complement, phrase_at, with_complement};

/// *de Brit*, *de 21-jarige Monegask*, *een Spaanse*: an inhabitant.
pub(super) fn inhabitant(place: &Place<'_>) -> Option<Reference> {
    let (reading, tagged) = (place.reading, place.tagged());
    if tagged.class(place.at) != Class::Determiner {
        return None;
    }
    let mut head = place.at + 1;
    while head < place.limit && is_age_or_size(place, head) && head < place.at + 3 {
        head += 1;
    }
    let label = reading.label(head);
    let entity = reading.entity(head, place.limit);
    let end = if label.is_some() { entity.end } else { head + 1 };
    if head >= place.limit || !tagged.is_capital(head) || label.is_some() && end != head + 1 {
        return None;
    }
    // "de Belgische premier", "de PvdX-collega Bakker": more of the phrase follows.
    let followed = reading.label(end).is_some()
        || end < place.limit
            && matches!(tagged.class(end), Class::Word | Class::Mark | Class::Number);
    if reading.label(end) == Some(Label::Per) {
        return None;
    }
    let word = tagged.word(head);
    let function = tagged.function(head);
    let known = function.is_some_and(|f| f.kind == FunctionKind::Person);
    let dweller = !followed && label != Some(Label::Per) && is_of_named_place(place, head);
    let several = tagged.source_noun(head) == Some(Noun::Group);
    let compound = word.contains('-') && function.is_some() || word.ends_with("'er");
    // "de Belgische zegt": the adjective stands for a woman.
    let nationality = label == Some(Label::Misc) && !word.contains('-') && !followed;
    let woman = (nationality || dweller) && word.ends_with("se");
    // "de Jeugdmonitor" ends as "de Noor".
    let by_ending = nationality
        && tagged.source_noun(head).is_none()
        && lexicon::person_by_ending(word).is_some();
    if !(known || several || compound || woman || by_ending || dweller) {
        return None;
    }
    let is = if several { SourceKind::Group } else { SourceKind::Unnamed };
    let by_word = function.map_or(Gender::Unknown, |f| f.gender);
    let gender = if woman { Gender::Female } else { by_word };
    Some(Reference {
        head: Some(head),
        gender,
        definite: matches!(tagged.word(place.at), "de" | "deze" | "die"),
        ..place.mention(place.at..end, MentionKind::Description, is)
    })
}

/// *de Overvener*, *de Tilburgse*, where the text names Overveen or Tilburg.
fn is_of_named_place(place: &Place<'_>, at: usize) -> bool {
    let word = place.tagged().word(at);
    let inhabits = ["er", "aar", "ster", "se", "ees", "aan", "iër"];
    inhabits.iter().any(|ending| word.ends_with(ending)) && place.reading.begins_place(word)
}

/// *de 21-jarige Monegask*, *de kleine Vlaming*; not *de trainer Smit*.
fn is_age_or_size(place: &Place<'_>, at: usize) -> bool {
    let tagged = place.tagged();
    place.reading.label(at).is_none()
        && (tagged.class(at) == Class::Number
            || tagged.class(at) == Class::Word
                && (tagged.word(at).ends_with('e') || tagged.word(at) == "geboren")
                && !tagged.is_capital(at)
                && tagged.function(at).is_none())
}

/// *een van de bewoners*, *drie van hen*, *72 procent van de artsen*, *de helft
/// van de scholen*.
pub(super) fn part(place: &Place<'_>) -> Option<Reference> {
    let tagged = place.tagged();
    let counts = |at: usize| {
        at < place.limit && (tagged.class(at) == Class::Number || tagged.partitive(at).is_some())
    };
    let mut at = place.at;
    if matches!(tagged.word(at), "de" | "het" | "'t") && !counts(at) {
        at += 1;
    }
    let first = at;
    while counts(at) && at < first + 3 {
        at += 1;
    }
    if at == first {
        return None;
    }
    if let Some(ratio) = ratio(place, at) {
        return Some(ratio);
    }
    let of = at + 1 < place.limit && tagged.word(at) == "van";
    if !of {
        return None;
    }
    let whole = at + 1;
    let alone = whole + 1 >= place.limit || tagged.pos(whole + 1) != Pos::Noun;
    let end = if matches!(tagged.word(whole), "hen" | "hun" | "ons" | "die") && alone {
        whole + 1
    } else {
        let is_name = |token: usize| place.reading.label(token).is_some();
        let phrase = phrase_at(tagged, whole, place.limit, is_name)?;
        matches!(phrase.noun, Some(Noun::Group | Noun::Organisation)).then_some(phrase.end)?
    };
    let one = at == first + 1 && tagged.partitive(first) == Some(Partitive::One);
    // "een van de scholen"
    let bodies = tagged.source_noun(end - 1) == Some(Noun::Organisation);
    let is = match one {
        true if bodies => SourceKind::Organisation,
        true => SourceKind::Unnamed,
        false => SourceKind::Group,
    };
    Some(Reference {
        head: Some(at - 1),
        definite: false,
        ..place.mention(place.at..end, MentionKind::Description, is)
    })
}

/// *een op de tien*, *drie op de vier agenten*; `op` is the preposition's place.
fn ratio(place: &Place<'_>, op: usize) -> Option<Reference> {
    let tagged = place.tagged();
    let number = op + 2;
    let counts = number < place.limit
        && tagged.word(op) == "op"
        && tagged.word(op + 1) == "de"
        && (tagged.class(number) == Class::Number || tagged.partitive(number).is_some());
    let group = number + 1 < place.limit && tagged.source_noun(number + 1) == Some(Noun::Group);
    let end = number + 1 + usize::from(group);
    counts.then(|| Reference {
        head: Some(number),
        definite: false,
        ..place.mention(place.at..end, MentionKind::Description, SourceKind::Group)
    })
}

/// A noun phrase around a word for a source.
pub(super) fn description(place: &Place<'_>) -> Option<Reference> {
    let (reading, tagged, at) = (place.reading, place.tagged(), place.at);
    // A name inside may only modify: "de Amsterdamse burgemeester"; that of a
    // person behind another is one of its own: "minister van Mobiliteit Bakker".
    let is_name = |token: usize| reading.label(token).is_some() && !reading.parts_names(token);
    let phrase = phrase_at(tagged, at, place.limit, is_name)?;
    // "een handdoek over het hoofd"
    if tagged.word(phrase.head) == "hoofd" && phrase.end == phrase.head + 1 && phrase.head > at {
        return None;
    }
    // "welke artiest", "elke automobilist", "geen fan": nobody in particular.
    if matches!(tagged.word(at), "welke" | "welk" | "elke" | "elk" | "iedere" | "ieder" | "geen") {
        return None;
    }
    let name = phrase.end < place.limit
        && reading.label(phrase.end) == Some(Label::Per)
        && reading.entity(phrase.end, place.limit).start == phrase.end;
    // "Bakker, die premier Vos waarschuwde": a relative pronoun.
    if name && tagged.word(at) == "die" && at > place.first && tagged.word(at - 1) == "," {
        return None;
    }
    // "de commissaris van de koning Jansen": a name with its function before.
    if name && phrase.noun.is_none() {
        return Some(if names_complement(place, &phrase) {
            let end = reading.entity(phrase.end, place.limit).end;
            of_phrase(place, &Phrase { end, ..phrase })
        } else {
            name_behind(place, &phrase)
        });
    }
    // "de Bond van Veerlieden": the noun belongs to the name.
    let inside = reading.label(phrase.head).is_some_and(|label| label != Label::Misc);
    if inside && !tagged.word(phrase.head).contains('-') {
        return None;
    }
    if !is_determined(place, &phrase) && !may_be_bare(place, &phrase) {
        return None;
    }
    Some(of_phrase(place, &phrase))
}

/// `de advocaat van de zieke schipper Jansen`: whether the name belongs to the one
/// behind *van*, and not to the description as in `de commissaris van de koning
/// Jansen`.
fn names_complement(place: &Place<'_>, phrase: &Phrase) -> bool {
    let tagged = place.tagged();
    let last = phrase.end - 1;
    last > phrase.core_end + 1
        && tagged.word(phrase.core_end) == "van"
        && tagged.function(last).is_some()
        && tagged.pos(last - 1) == Pos::Adjective
}

fn name_behind(place: &Place<'_>, phrase: &Phrase) -> Reference {
    let reading = place.reading;
    let name = phrase.end..reading.entity(phrase.end, place.limit).end;
    let by_name = reading.tagged.given_name(name.start).unwrap_or_default();
    let (_, gender) = kind_of(place, phrase);
    Reference {
        gender: gender.or(by_name),
        gender_by_name: gender == Gender::Unknown,
        name: Some(reading.span(name.clone())),
        head: Some(phrase.head),
        ..place.mention(phrase.start..name.end, MentionKind::Name, SourceKind::Person)
    }
}

fn of_phrase(place: &Place<'_>, phrase: &Phrase) -> Reference {
    let (is, gender) = kind_of(place, phrase);
    let body = (phrase.end > phrase.core_end + 1
        && matches!(place.tagged().word(phrase.core_end), "van" | "namens" | "bij"))
    .then(|| place.reading.span(phrase.core_end + 1..phrase.end));
    Reference {
        gender,
        head: Some(phrase.head),
        body,
        definite: phrase.definite,
        ..place.mention(phrase.start..phrase.end, MentionKind::Description, is)
    }
}

fn is_determined(place: &Place<'_>, phrase: &Phrase) -> bool {
    matches!(place.tagged().class(phrase.start), Class::Determiner | Class::Number)
}

/// "Vragen" as the first word of a sentence, "rechter" in a list: a noun
/// without determiner refers only if it is a group, opens its sentence or a
/// headline's part, stands behind a cue or says more of the name before it
/// (`Piet Kwast, directeur van de werf,`).
fn may_be_bare(place: &Place<'_>, phrase: &Phrase) -> bool {
    let (tagged, at) = (place.tagged(), place.at);
    let word = |token: usize| if token < place.limit { tagged.word(token) } else { "" };
    if phrase.noun == Some(Noun::Group) {
        return true;
    }
    let before = if at > place.first { tagged.word(at - 1) } else { "" };
    if phrase.noun == Some(Noun::Document) {
        return matches!(before, "uit" | "volgens")
            || at == place.first && matches!(word(phrase.end), ":" | "over" | "van");
    }
    let opens = at == place.first;
    let label = word(phrase.end) == ":" || matches!(before, "–" | "-" | "—" | "|");
    let says_more =
        before == "," && at >= 2 && place.reading.label(at - 2).is_some() && phrase.noun.is_none();
    let headline = before == "," && place.sentence == 0 && phrase.noun.is_none();
    opens || label || says_more || headline || place.is_behind_cue()
}

fn kind_of(place: &Place<'_>, phrase: &Phrase) -> (SourceKind, Gender) {
    match phrase.noun {
        Some(Noun::Group) => (SourceKind::Group, Gender::Unknown),
        Some(Noun::Organisation) => (SourceKind::Organisation, Gender::Unknown),
        Some(Noun::Document) => (SourceKind::Document, Gender::Unknown),
        None => {
            let function = place.tagged().function(phrase.head);
            (SourceKind::Unnamed, function.map(|f| f.gender).unwrap_or_default())
        }
    }
}

/// `De weerbond meldt dat`, `Een opposant moppert ook: "..."`: a noun phrase that opens
/// a clause is a source where a reporting verb with its *dat*, or with a colon and a
/// mark, stands right behind it.
pub(super) fn before_clause(place: &Place<'_>) -> Option<Reference> {
    /// *De pas opgerichte weerbond*.
    const LONGEST: usize = 4;
    let (tagged, at) = (place.tagged(), place.at);
    let opens = at == place.first
        || matches!(tagged.word(at - 1), "," | ":" | ";" | "en" | "maar" | "want")
        || tagged.class(at - 1) == Class::Mark;
    let determined = tagged.class(at) == Class::Determiner;
    if !opens || !determined && tagged.tag(at).form() != Some(Form::Plural) {
        return None;
    }
    let mut head = if determined { at + 1 } else { at };
    let end = place.limit.min(head + LONGEST);
    // "De 52-jarige wil dat", "De jongste zegt dat": the adjective or participle stands
    // for who is so.
    let modifies = |at: usize| {
        tagged.pos(at) == Pos::Adjective || tagged.tag(at).form() == Some(Form::Participle)
    };
    let stands_alone = |at: usize| {
        let word = tagged.word(at);
        determined
            && (modifies(at) && word.ends_with('e') || word.ends_with("jarige"))
            && at + 1 < place.limit
            && tagged.is_finite(at + 1)
    };
    while head < end && modifies(head) && !stands_alone(head) {
        head += 1;
    }
    let is_head = |at: usize| tagged.pos(at) == Pos::Noun || stands_alone(at);
    if head >= end
        || !is_head(head)
        || tagged.class(head) != Class::Word
        || lexicon::is_time_noun(tagged.word(head))
    {
        return None;
    }
    let is_name = |token: usize| place.reading.label(token).is_some();
    let end = with_complement(tagged, head + 1, place.limit, &is_name, None);
    let reports = |end: usize| reports_clause(place, end) || announces(place, end);
    if reports(end) {
        return Some(of_unknown_noun(place, head, end));
    }
    // "Een politiebron in Suriname zegt dat"
    let placed = end + 1 < place.limit && tagged.word(end) == "in";
    let end = placed.then(|| complement(tagged, end + 1, place.limit, &is_name)).flatten()?;
    (end < place.limit && reports(end)).then(|| of_unknown_noun(place, head, end))
}

/// Whether a verb at `at` reports a clause with *dat*, *of* or *te* behind it: *meldt
/// dat*, *is van mening dat*, *heeft gisteren gezegd dat*, *vroeg of*, *belooft ... te*.
fn reports_clause(place: &Place<'_>, at: usize) -> bool {
    /// What stands between a verb and its clause is seldom longer.
    const REACH: usize = 12;
    let tagged = place.tagged();
    if at + 1 >= place.limit || !tagged.is_finite(at) {
        return false;
    }
    let end = place.limit.min(at + REACH);
    let opens = |token: usize| match tagged.word(token) {
        "dat" => tagged.pos(token) == Pos::SubordinatingConjunction,
        "of" => token == at + 1 || tagged.pos(token) == Pos::SubordinatingConjunction,
        "te" => token + 1 < place.limit && tagged.tag(token + 1).form() == Some(Form::Infinitive),
        _ => false,
    };
    let Some(opening) = (at + 1..end)
        .take_while(|&token| !matches!(tagged.word(token), "," | ":" | ";"))
        .find(|&token| opens(token))
    else {
        return false;
    };
    let frame = match tagged.word(opening) {
        "dat" => Frame::That,
        "of" => Frame::Whether,
        _ => Frame::To,
    };
    // "vond zelf dat"
    let at_once = (at + 1..opening)
        .all(|token| tagged.class(token) == Class::Adverb || tagged.word(token) == "zelf");
    let takes = |verb: &lexicon::Verb| verb.takes(frame) && !verb.factive && !verb.proves;
    let together = |words: &[&str]| {
        (at + 1..opening)
            .any(|start| words.iter().enumerate().all(|(n, word)| tagged.word(start + n) == *word))
    };
    let own = tagged.verbs(at).iter().any(|verb| {
        let plain =
            verb.particles.is_empty() && (frame == Frame::That && at_once || !verb.over_triggers);
        takes(verb) && (plain || verb.particles.iter().any(|words| together(words)))
    });
    let perfect = matches!(tagged.word(at), "heeft" | "hebben" | "had" | "hadden")
        && (at + 1..opening).any(|token| {
            let near = token + 1 == opening;
            let mut verbs = tagged.participle_verbs(token).iter();
            verbs.any(|verb| takes(verb) && (near || !verb.over_triggers))
        });
    own || perfect
}

/// Whether a verb at `at` announces words in marks: *moppert eveneens: "..."*.
fn announces(place: &Place<'_>, at: usize) -> bool {
    /// *zei ook al:*.
    const ADVERBS: usize = 3;
    let tagged = place.tagged();
    let adverb = |&token: &usize| token < place.limit && tagged.class(token) == Class::Adverb;
    if at >= place.limit || !tagged.is_finite(at) {
        return false;
    }
    let colon = (at + 1..place.limit).take(ADVERBS + 1).find(|token| !adverb(token));
    let marked = colon.is_some_and(|colon| {
        tagged.word(colon) == ":"
            && colon + 1 < place.limit
            && tagged.class(colon + 1) == Class::Mark
    });
    let takes = |verb: &&lexicon::Verb| {
        verb.particles.is_empty() && (verb.takes(Frame::Before) || verb.takes(Frame::Manner))
    };
    marked && tagged.verbs(at).iter().any(takes)
}

/// `aldus de mollenvanger`, `antwoordt de weefster`: behind a cue any noun
/// phrase is its source.
pub(super) fn behind_cue(place: &Place<'_>) -> Option<Reference> {
    let (tagged, at) = (place.tagged(), place.at);
    // "zegt die zacht", "kaatste die terug": a pronoun.
    let alone = || {
        let next = at + 1;
        // "vroeg haar lachend om"
        matches!(tagged.word(at), "die" | "deze" | "haar" | "hun")
            && next < place.limit
            && !heads_noun(tagged, next)
    };
    // "volgens dat land"
    let that = tagged.word(at) == "dat"
        && !(at > place.first
            && tagged.word(at - 1) == "volgens"
            && at + 1 < place.limit
            && tagged.pos(at + 1) == Pos::Noun);
    if at > place.first && tagged.word(at - 1) == "volgens" {
        let several = several(place);
        if several.is_some() {
            return several;
        }
    }
    let determined = tagged.class(at) == Class::Determiner && !that && !alone();
    let closing = !place.is_behind_cue();
    // "..., klinkt het": no determiner.
    let closes = || place.is_behind_closing_cue() && tagged.word(at) != "het";
    if !determined || closing && !closes() {
        return None;
    }
    let open = |token: usize| token < place.limit && tagged.class(token) == Class::Word;
    let mut head = at + 1;
    // "volgens de meest recente prognose"
    let modifies = |token: usize| match tagged.pos(token) {
        Pos::Noun => false,
        Pos::Adverb => true,
        _ => tagged.is_adjective_form(token),
    };
    while open(head) && open(head + 1) && modifies(head) {
        head += 1;
    }
    if !open(head) || place.reading.label(head).is_some() {
        return None;
    }
    let is_name = |token: usize| place.reading.label(token).is_some();
    let end = with_complement(tagged, head + 1, place.limit, &is_name, None);
    // "..., dacht een kans te zien" goes on.
    let ends = end >= place.limit
        || matches!(tagged.word(end), "." | "," | "!" | "?")
        || tagged.class(end) == Class::Preposition && !matches!(tagged.word(end), "te" | "om");
    (!closing || ends).then(|| of_unknown_noun(place, head, end))
}

/// Whether a noun stands at `at`, or behind the adjectives there.
pub(super) fn heads_noun(tagged: &Tagged, at: usize) -> bool {
    /// *die pas benoemde, kritische*.
    const ADJECTIVES: usize = 3;
    let modifies =
        |&at: &usize| tagged.pos(at) == Pos::Adjective || tagged.class(at) == Class::Number;
    let head = (at..tagged.len()).take(ADJECTIVES + 1).find(|at| !modifies(at));
    head.is_some_and(|head| {
        matches!(tagged.pos(head), Pos::Noun | Pos::ProperNoun) || tagged.function(head).is_some()
    })
}

/// `volgens doktoren`, `volgens Egyptische functionarissen`: a plural without a
/// determiner.
fn several(place: &Place<'_>) -> Option<Reference> {
    /// *boze buitenlandse*.
    const ADJECTIVES: usize = 2;
    let tagged = place.tagged();
    let modifies = |&at: &usize| {
        at < place.limit && tagged.pos(at) == Pos::Adjective && tagged.word(at).ends_with('e')
    };
    let head = (place.at..).take(ADJECTIVES + 1).find(|at| !modifies(at))?;
    let plural = head < place.limit
        && tagged.class(head) == Class::Word
        && tagged.tag(head).form() == Some(Form::Plural)
        && !tagged.is_capital(head)
        && place.reading.label(head).is_none();
    plural.then(|| of_unknown_noun(place, head, head + 1))
}

/// The mention up to `end` around a noun at `head` that no list knows: its form
/// and the words around it tell what it is.
fn of_unknown_noun(place: &Place<'_>, head: usize, end: usize) -> Reference {
    let (tagged, at) = (place.tagged(), place.at);
    // "zegt de VVD'er en ..."; "een ander", "de twee" count too.
    let word = tagged.word(head);
    let plural =
        word.ends_with("en") || word.ends_with('s') || head > at && tagged.word(head - 1) == "twee";
    let neuter = matches!(tagged.word(at), "het" | "'t" | "dit");
    let according = at > place.first && tagged.word(at - 1) == "volgens";
    let person = lexicon::person_by_ending(word).filter(|_| !neuter);
    let adjective = matches!(tagged.pos(head), Pos::Adjective | Pos::Verb);
    let is = match person {
        Some(_) => SourceKind::Unnamed,
        None if adjective && !plural && !neuter => SourceKind::Unnamed,
        // "de 31-jarige blondine"
        None if (at..=head).any(|token| tagged.word(token).ends_with("jarige")) => {
            SourceKind::Unnamed
        }
        None if according => SourceKind::Document,
        None if plural => SourceKind::Group,
        None => SourceKind::Organisation,
    };
    Reference {
        gender: person.map_or(Gender::Unknown, |f| f.gender),
        head: Some(head),
        definite: !matches!(tagged.word(at), "een" | "geen"),
        ..place.mention(at..end, MentionKind::Description, is)
    }
}
