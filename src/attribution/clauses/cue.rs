//! The finite reporting verb of a clause, and whether a word that looks like
//! one is one where it stands.

use std::ops::Range;

use super::super::scene::Scene;
use super::Clause;
use crate::lexicon::{Frame, Verb};
use crate::sources::MentionKind;
use crate::syntax::{Class, Pos};

/// How far back the edge of a clause is looked for, and its other verbs ahead:
/// longer clauses exist, longer ones with a source that counts do not.
const REACH: usize = 40;

/// The clause around a token, to its left.
pub(super) struct Place {
    /// The word that makes the clause a subordinate one.
    pub(super) subordinator: Option<usize>,
    /// Whether its finite verb has come already.
    has_verb: bool,
}

impl Place {
    /// Whether the finite verb of the clause has come already.
    pub(super) fn has_verb(&self) -> bool {
        self.has_verb
    }
}

/// A finite verb that reports.
pub(super) struct Found {
    pub(super) verb: &'static Verb,
    /// *werd door X genoemd*: the subject is no source.
    pub(super) passive: bool,
}

/// Whether token `at` can be a cue for all that the word lists tell, whatever
/// stands around it: most words cannot.
#[inline]
pub(in super::super) fn may_be_verb(scene: &Scene<'_>, at: usize) -> bool {
    scene.tagged.class(at) == Class::Auxiliary
        || !scene.tagged.verbs(at).is_empty()
        || !scene.tagged.joined_verbs(at).is_empty()
}

/// Looks to the left of token `at` up to the edge of its clause; `earlier` are
/// the clauses already found in the stretch.
pub(super) fn place(
    scene: &Scene<'_>,
    at: usize,
    stretch: &Range<usize>,
    earlier: &[Clause],
) -> Place {
    let first = stretch.start.max(at.saturating_sub(REACH));
    let is_cue = |token: usize| {
        earlier
            .binary_search_by_key(&token, |clause| clause.cue)
            .is_ok_and(|n| earlier[n].verb().is_some())
    };
    let mut place = Place { subordinator: None, has_verb: false };
    let mut inside = 0_usize;
    for token in (first..at).rev() {
        // "Terwijl Bakker (VVX) van Temse zegt": what is in parentheses is no part
        // of the clause.
        match scene.word(token) {
            ")" if opens_before(scene, token, first) => inside += 1,
            "(" if inside > 0 => {
                inside -= 1;
                continue;
            }
            _ => {}
        }
        if inside > 0 {
            continue;
        }
        if subordinates(scene, token, stretch, at) {
            place.subordinator = Some(token);
            break;
        }
        if matches!(scene.word(token), "," | "(" | ")" | "–" | "—" | "en" | "maar" | "want" | "om")
        {
            break;
        }
        place.has_verb |= is_cue(token)
            || is_finite_auxiliary(scene, token, stretch)
            || scene.tagged.is_finite(token);
    }
    place
}

/// Whether a word that opens a subordinate clause stands anywhere near before `at`.
fn is_below(scene: &Scene<'_>, at: usize, stretch: &Range<usize>) -> bool {
    let first = stretch.start.max(at.saturating_sub(REACH));
    (first..at).any(|token| subordinates(scene, token, stretch, at))
}

/// Whether the parenthesis that closes at `at` opens behind `first`, and not far
/// before.
fn opens_before(scene: &Scene<'_>, at: usize, first: usize) -> bool {
    /// *(Justitie en Veiligheid)*.
    const LONGEST: usize = 8;
    (first..at).rev().take(LONGEST).any(|token| scene.word(token) == "(")
}

/// `hebben` behind *te* is none.
fn is_finite_auxiliary(scene: &Scene<'_>, at: usize, stretch: &Range<usize>) -> bool {
    let infinitive = at > stretch.start && scene.word(at - 1) == "te";
    scene.tagged.class(at) == Class::Auxiliary && !infinitive
}

/// Whether the word at `at` opens a subordinate clause that reaches to `verb`.
fn subordinates(scene: &Scene<'_>, at: usize, stretch: &Range<usize>, verb: usize) -> bool {
    let opens = at == stretch.start;
    let next_to_verb = at + 1 == verb;
    match scene.word(at) {
        // "Dat zegt Jansen" and "die man zegt" have a determiner or a pronoun
        // of their own.
        "dat" => !opens && !next_to_verb,
        "die" => !opens && !is_determiner(scene, at),
        "als" | "of" | "wie" | "wat" | "waar" | "hoe" | "waarom" => !next_to_verb,
        _ => scene.tagged.class(at) == Class::Subordinator,
    }
}

fn is_determiner(scene: &Scene<'_>, at: usize) -> bool {
    scene.cast.references_in(at..at + 1).any(|(_, reference)| reference.end > at + 1)
}

/// The reporting verb at token `at`, if that is a finite form of one, or an
/// auxiliary of one.
pub(super) fn verb_at(
    scene: &Scene<'_>,
    at: usize,
    stretch: &Range<usize>,
    place: &Place,
) -> Option<Found> {
    let class = scene.tagged.class(at);
    let finite = scene.tagged.verbs(at);
    let active = |verb| Some(Found { verb, passive: false });
    let has_verb = place.has_verb
        && !follows_content(scene, at, stretch)
        && !ends_its_sentence(scene, at, stretch);
    if class == Class::Auxiliary {
        if has_verb || is_infinitive(scene, at, stretch) {
            return None;
        }
        let own =
            with_particle(scene, finite, at, stretch).or_else(|| plain(scene, finite, at, stretch));
        return own.map_or_else(|| verb_of_auxiliary(scene, at, stretch), active);
    }
    if finite.is_empty() {
        // "toevoegde": only where the verb comes last.
        let verb = scene.tagged.joined_verbs(at).first().copied()?;
        let last = !place.has_verb && is_below(scene, at, stretch) && !is_noun(scene, at, stretch);
        return active(verb).filter(|_| last && !is_infinitive(scene, at, stretch));
    }
    // "uit" is a form of "uiten", "rond" one of "afronden", but both are
    // prepositions first.
    let inverted = at == stretch.start || scene.word(at - 1) == ",";
    // "op YouTube en Instagram": a name that looks like a form.
    if scene.tagged.is_capital(at) && !inverted && is_named(scene, at) {
        return None;
    }
    let preposition = class == Class::Preposition
        && !(inverted && with_particle(scene, finite, at, stretch).is_some());
    if preposition
        || has_verb
        || is_noun(scene, at, stretch)
        || is_infinitive(scene, at, stretch)
        || is_adverb(scene, at, stretch)
    {
        return None;
    }
    // What the tagger takes for no verb at all by the words around it; behind a
    // comma or a mark a form is a verb.
    let doubtful = !inverted && finite.iter().all(|verb| verb.over_triggers);
    if doubtful && !matches!(scene.tagged.pos(at), Pos::Verb | Pos::Auxiliary) {
        return None;
    }
    // The longer phrase is the likelier one: "laat weten" before "laat".
    with_particle(scene, finite, at, stretch)
        .or_else(|| plain(scene, finite, at, stretch))
        .and_then(active)
}

/// `De brug blijft dicht meldt de gemeente.`: whether nothing but the subject of the
/// verb at `at` stands behind it, as in a reporting clause whose comma was left out.
fn ends_its_sentence(scene: &Scene<'_>, at: usize, stretch: &Range<usize>) -> bool {
    let joins = at == stretch.start || matches!(scene.word(at - 1), "en" | "maar" | "of" | "te");
    let subject = scene.cast.references_in(at + 1..at + 2).next();
    let stops = |end: usize| {
        end < stretch.end && scene.word(end) == "." || is_afterthought(scene, end..stretch.end)
    };
    !joins
        && scene.tagged.is_finite(at)
        && scene.tagged.pos(at) == Pos::Verb
        && subject.is_some_and(|(_, it)| stops(it.end))
}

/// `zegt Jansen tegen de krant.`: whether `rest`, which begins behind the source of a
/// reporting clause, is a phrase up to the end of the sentence.
pub(in super::super) fn is_afterthought(scene: &Scene<'_>, rest: Range<usize>) -> bool {
    const LONGEST: usize = 6;
    let near = rest.start..rest.end.min(rest.start + LONGEST);
    let Some(stop) = near.clone().find(|&at| scene.word(at) == ".") else { return false };
    matches!(scene.word(near.start), "tegen" | "in" | "op")
        && !(near.start..stop).any(|at| scene.tagged.is_finite(at))
}

/// `Dat het regende noemde Jansen "..."`: whether a clause of content without a
/// comma behind it opens the sentence, so that the subject of the verb at `at`
/// follows.
fn follows_content(scene: &Scene<'_>, at: usize, stretch: &Range<usize>) -> bool {
    let content = matches!(scene.word(stretch.start), "dat" | "of" | "hoe" | "waarom");
    let opens = scene.sentence(scene.sentence_of(at)).tokens.start == stretch.start;
    content
        && opens
        && at > stretch.start + 2
        && scene.cast.references_in(at + 1..at + 2).next().is_some()
        && (stretch.start + 1..at).all(|token| scene.word(token) != ",")
}

/// Whether the token at `at` is a part of a name.
fn is_named(scene: &Scene<'_>, at: usize) -> bool {
    /// No name that counts is longer.
    const LONGEST: usize = 6;
    let near = at.saturating_sub(LONGEST)..at + 1;
    let mut before = scene.cast.references_in(near).filter(|(_, it)| it.end > at);
    before.any(|(_, it)| it.kind == MentionKind::Name)
}

/// The verb whose particle stands in the clause, the longest one.
fn with_particle(
    scene: &Scene<'_>,
    finite: &'static [&'static Verb],
    at: usize,
    stretch: &Range<usize>,
) -> Option<&'static Verb> {
    finite
        .iter()
        .filter(|verb| !verb.clause_only)
        .filter_map(|verb| Some((particle(scene, verb, at, stretch)?, *verb)))
        .filter(|(_, verb)| !is_reflexive(verb) || has_reflexive(scene, at, stretch))
        .max_by_key(|(words, _)| *words)
        .map(|(_, verb)| verb)
}

/// The verb that has no particle.
fn plain(
    scene: &Scene<'_>,
    finite: &'static [&'static Verb],
    at: usize,
    stretch: &Range<usize>,
) -> Option<&'static Verb> {
    let plain = |verb: &&&'static Verb| verb.particles.is_empty() && !verb.clause_only;
    let mut verbs = finite.iter().filter(plain);
    // "zich verdedigen" where it is that, else "verdedigen".
    let own = verbs.clone().find(|verb| is_reflexive(verb));
    let verb = if own.is_some() && has_reflexive(scene, at, stretch) {
        own
    } else {
        verbs.find(|verb| !is_reflexive(verb))
    };
    let verb = verb.copied()?;
    // "stelt het uit", "geeft op": the verb is another one.
    let separable = verb.over_triggers && ends_in_particle(scene, at, stretch);
    (!separable).then_some(verb)
}

fn is_reflexive(verb: &Verb) -> bool {
    verb.lemma.starts_with("zich ")
}

/// Whether a reflexive pronoun stands around the verb at `at`.
fn has_reflexive(scene: &Scene<'_>, at: usize, stretch: &Range<usize>) -> bool {
    (stretch.start.max(at.saturating_sub(REACH))..stretch.end.min(at + REACH)).any(|token| {
        matches!(scene.word(token), "zich" | "zichzelf" | "me" | "mij" | "mezelf" | "ons" | "je")
    })
}

/// Whether the clause of the verb at `at` ends in a word that splits off verbs.
fn ends_in_particle(scene: &Scene<'_>, at: usize, stretch: &Range<usize>) -> bool {
    let end = (at + 1..stretch.end)
        .find(|&token| matches!(scene.word(token), "," | ":" | ";" | "." | "!" | "?"))
        .unwrap_or(stretch.end);
    end > at + 1
        && matches!(
            scene.word(end - 1),
            "uit"
                | "af"
                | "in"
                | "op"
                | "aan"
                | "bij"
                | "voor"
                | "mee"
                | "om"
                | "door"
                | "terug"
                | "weg"
                | "neer"
                | "samen"
                | "tegen"
        )
}

/// Whether the word at `at`, a particle or a preposition, has a noun phrase
/// behind it: *rekent een euro voor een tas*.
pub(in super::super) fn governs(scene: &Scene<'_>, at: usize, stretch: &Range<usize>) -> bool {
    scene.tagged.class(at) == Class::Preposition
        && at + 1 < stretch.end
        && matches!(
            scene.tagged.class(at + 1),
            Class::Determiner | Class::Word | Class::Number | Class::Pronoun
        )
        && scene.word(at + 1) != "dat"
}

/// Number of words of the verb's particle that stands behind `at`.
fn particle(scene: &Scene<'_>, verb: &Verb, at: usize, stretch: &Range<usize>) -> Option<usize> {
    let found = |words: &Vec<&str>| {
        let last = stretch.end.min(at + REACH).saturating_sub(words.len());
        (at + 1..=last).filter(|&start| scene.tagged.begins_particle(start)).any(|start| {
            words.iter().enumerate().all(|(n, word)| scene.word(start + n) == *word)
                && (words.len() > 1 || !governs(scene, start, stretch))
        })
    };
    verb.particles.iter().filter(|words| found(words)).map(Vec::len).max()
}

/// Auxiliaries of the perfect, of the passive, and of an infinitive.
const PERFECT: [&str; 5] = ["heeft", "hebben", "had", "hadden", "heb"];
const PASSIVE: [&str; 8] = ["werd", "wordt", "werden", "worden", "is", "zijn", "was", "waren"];
const MODAL: [&str; 16] = [
    "wil", "wilde", "willen", "wilden", "kan", "kon", "moet", "moest", "zou", "zouden", "zal",
    "zullen", "mag", "moeten", "moesten", "mocht",
];

/// Whether the auxiliary makes a passive of a participle.
pub(super) fn is_passive(word: &str) -> bool {
    PASSIVE.contains(&word)
}

/// Whether the auxiliary goes with a participle or an infinitive at the end of
/// its clause.
pub(in super::super) fn brackets(word: &str) -> bool {
    PERFECT.contains(&word) || PASSIVE.contains(&word) || MODAL.contains(&word)
}

/// `heeft ... gezegd`, `wil ... benadrukken`, `werd ... genoemd`: the verb at
/// the clause's end, or before the auxiliary in a subordinate clause.
fn verb_of_auxiliary(scene: &Scene<'_>, at: usize, stretch: &Range<usize>) -> Option<Found> {
    let word = scene.word(at);
    let simple =
        |verbs: &'static [&'static Verb]| verbs.iter().find(|verb| !verb.over_triggers).copied();
    let mut rest = at + 1..stretch.end.min(at + REACH);
    let passive = PASSIVE.contains(&word);
    if PERFECT.contains(&word) || passive {
        // "gezegd heeft": the participle comes first.
        let before = at.checked_sub(1).filter(|&before| before >= stretch.start);
        return rest
            .chain(before)
            .find_map(|token| simple(scene.tagged.participle_verbs(token)))
            .map(|verb| Found { verb, passive });
    }
    if !MODAL.contains(&word) {
        return None;
    }
    let verb = rest.find_map(|token| {
        if scene.tagged.class(token) != Class::Reporting {
            // "zou hebben geroepen".
            let verb = simple(scene.tagged.participle_verbs(token));
            return verb.filter(|_| matches!(scene.word(token - 1), "hebben"));
        }
        let verb = simple(scene.tagged.verbs(token))?;
        (verb.lemma == scene.word(token) && verb.takes(Frame::That)).then_some(verb)
    })?;
    Some(Found { verb, passive: false })
}

/// `het bericht`, `een goede start`, `na vierde plaats`: nouns that look like a
/// verb form, behind a determiner or preposition and at most two adjectives.
fn is_noun(scene: &Scene<'_>, at: usize, stretch: &Range<usize>) -> bool {
    const ADJECTIVES: usize = 2;
    let mut before = at;
    for _ in 0..=ADJECTIVES {
        if before == stretch.start {
            return false;
        }
        before -= 1;
        let word = scene.word(before);
        match scene.tagged.class(before) {
            // "dat", "die" and "zijn" are determiners and more; before a verb
            // form that is no noun they are the more.
            Class::Determiner => {
                // "zoals Jansen het verwoordt": the object.
                let object = word == "het"
                    && before + 1 == at
                    && scene.tagged.pos(at) == Pos::Verb
                    && scene
                        .cast
                        .references_in(before.saturating_sub(REACH)..before)
                        .any(|(_, it)| it.end == before);
                if object {
                    return false;
                }
                return !(before + 1 == at
                    && matches!(word, "dat" | "die" | "dit" | "zijn" | "veel" | "alle" | "deze"));
            }
            Class::Preposition => return true,
            // A source is a noun already: "de oude zegt".
            Class::Word | Class::Number
                if word.len() > 3
                    && word.ends_with('e')
                    && !scene.tagged.is_capital(before)
                    && scene
                        .cast
                        .references_in(before.saturating_sub(REACH)..before + 1)
                        .next_back()
                        .is_none_or(|(_, reference)| reference.end <= before) => {}
            _ => return false,
        }
    }
    false
}

/// `’s ochtends vroeg`, `te vroeg`: *vroeg* is an adverb more often than a verb
/// where it stands behind one.
fn is_adverb(scene: &Scene<'_>, at: usize, stretch: &Range<usize>) -> bool {
    scene.word(at) == "vroeg"
        && at > stretch.start
        && (scene.tagged.class(at - 1) == Class::Adverb
            || scene.word(at - 1).ends_with("ochtends")
            || scene.word(at - 1).ends_with("morgens")
            || matches!(scene.word(at - 1), "'s" | "al" | "erg" | "morgen" | "heel"))
        && (at + 1 >= stretch.end || scene.cast.references_in(at + 1..at + 2).next().is_none())
}

/// `te zeggen`, `wil zeggen`: the form is finite only in a clause that has no
/// other finite verb.
fn is_infinitive(scene: &Scene<'_>, at: usize, stretch: &Range<usize>) -> bool {
    let word = scene.word(at);
    let before = at.checked_sub(1).filter(|&before| before >= stretch.start);
    if before.is_some_and(|before| scene.word(before) == "te") {
        return true;
    }
    // "zeggen" behind what is no plural subject, next to a verb: "laten zeggen".
    word.ends_with("en")
        && before.is_some_and(|before| scene.tagged.class(before) == Class::Auxiliary)
}
