//! What the words in the marks look like by themselves.

use super::Evidence;
use crate::attribution::scene::Scene;
use crate::lexicon::Person;
use crate::syntax::Class;
use crate::tokenize::TokenKind;

/// So many words are no name and no term.
const LONG: usize = 7;

pub(super) fn gather(scene: &Scene<'_>, candidate: usize, found: &mut Vec<Evidence>) {
    let shape = &scene.shapes[candidate];
    let inner = shape.inner.clone();
    let mut see = |seen: bool, evidence: Evidence| {
        if seen {
            found.push(evidence);
        }
    };
    let sentence = shape.capital && shape.stopped && shape.words >= 2;
    let clause = shape.verb && shape.words >= 3;
    let introduced = scene.colon_before(candidate).is_some();
    let embedded = !shape.opens_sentence && !introduced;
    see(sentence, Evidence::WholeSentence);
    see(clause, Evidence::Clause);
    see(shape.words >= LONG, Evidence::Long);
    see(shape.words >= 2 && inner.clone().any(|at| is_speaking(scene, at)), Evidence::Spoken);
    see(shape.words >= 2 && !shape.capital && is_cut_out(scene, inner.start), Evidence::CutOut);
    let one = matches!(scene.word(inner.start), "een" | "'n");
    see(shape.words >= 2 && !shape.capital && one, Evidence::Characterises);
    let stop = inner.clone().next_back().map(|at| scene.word(at));
    see(stop.is_some_and(|stop| stop.starts_with(['!', '?'])), Evidence::Exclaimed);
    let all = scene.tokenized.tokens();
    let address = inner.len() <= 2 && inner.clone().any(|at| all[at].kind == TokenKind::Address);
    let name = address || is_name(scene, candidate) && !shape.stopped;
    see(name, Evidence::NameLike);
    let capital = shape.capital && embedded && !shape.stopped && !clause && !name;
    see(capital, Evidence::OneCapital);
    see(shape.words == 1 && !shape.stopped, Evidence::OneNoun);
    see(is_glued(scene, candidate), Evidence::Glued);
    see(is_subject(scene, candidate), Evidence::OpensSentence);
}

/// *ik*, *ons*, *jullie*: somebody speaks, or is spoken to.
fn is_speaking(scene: &Scene<'_>, at: usize) -> bool {
    let readings = scene.tagged.pronouns(at);
    !readings.is_empty() && readings.iter().all(|pronoun| pronoun.person != Person::Third)
}

/// Whether a fragment begins with a small word, as those that are cut out of
/// somebody's sentence do; names and terms seldom do.
fn is_cut_out(scene: &Scene<'_>, first: usize) -> bool {
    matches!(
        scene.tagged.class(first),
        Class::Determiner
            | Class::Adverb
            | Class::Preposition
            | Class::Subordinator
            | Class::Coordinator
            | Class::Pronoun
            | Class::Auxiliary
    )
}

/// `“Het Laatste Veer”`: two words or more, with a capital each but for small
/// words.
fn is_name(scene: &Scene<'_>, candidate: usize) -> bool {
    let inner = scene.shapes[candidate].inner.clone();
    let small = |at: usize| {
        matches!(
            scene.tagged.class(at),
            Class::Determiner
                | Class::Preposition
                | Class::Coordinator
                | Class::Number
                | Class::Punctuation
                | Class::Mark
        ) || scene.word(at).len() <= 2
    };
    let capitals = inner.clone().filter(|&at| scene.tagged.is_capital(at)).count();
    let numbered = capitals == 1
        && inner.clone().any(|at| scene.tagged.class(at) == Class::Number)
        && scene.tagged.is_capital(inner.start);
    (capitals >= 2 || numbered)
        && inner.into_iter().all(|at| scene.tagged.is_capital(at) || small(at))
}

/// Where the closing mark begins, in bytes.
fn closing(scene: &Scene<'_>, candidate: usize) -> usize {
    let shape = &scene.shapes[candidate];
    let mark = shape.tokens.end - 1;
    scene.tokenized.tokens()[mark].span.start() as usize
}

/// `"De Valk" vaart weer`: no sentence, and the sentence that it opens goes on
/// with its verb. Behind speech a comma or a reporting verb does.
fn is_subject(scene: &Scene<'_>, candidate: usize) -> bool {
    let shape = &scene.shapes[candidate];
    let next = shape.tokens.end;
    let limit = scene.sentence(shape.last_sentence).tokens.end;
    shape.opens_sentence
        && !shape.stopped
        && !shape.is_clause()
        && next < limit
        && scene.tagged.is_finite(next)
        && scene.clause_with_cue(next).is_none()
}

/// `"wij"-gevoel`, `post-"waarheid"`.
fn is_glued(scene: &Scene<'_>, candidate: usize) -> bool {
    let text = scene.document.text();
    let span = scene.candidates[candidate].span;
    let letter = |c: char| c.is_alphanumeric();
    let after = &text[span.end() as usize..];
    let before = &text[..span.start() as usize];
    let hyphen = |rest: &str| rest.starts_with('-') && rest[1..].starts_with(letter);
    hyphen(after)
        || before.ends_with(['=', '/', '_'])
        // Before a capital, or behind a space inside, a space went missing.
        || after.starts_with(|c: char| letter(c) && !c.is_uppercase())
            && !text[..closing(scene, candidate)].ends_with(char::is_whitespace)
        || before.ends_with('-') && before[..before.len() - 1].ends_with(letter)
}
