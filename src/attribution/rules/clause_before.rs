//! A reporting clause earlier in the same sentence.

use super::{Example, Rule};
use crate::attribution::clauses::Clause;
use crate::attribution::engine::Verdict;
use crate::attribution::scene::Scene;
use crate::lexicon::Frame;
use crate::ner::Label;
use crate::syntax::Class;

/// A reporting clause earlier in the sentence governs the quotation.
///
/// # Pattern
///
/// `X zegt dat het "..." is`; `X noemt het "..."`; `X riep "..."`: the
/// nearest reporting clause before the mark, without a colon.
///
/// # Why it holds
///
/// What follows a verb of saying up to the end of its sentence is usually its
/// content.
///
/// # Where it fails
///
/// Sentences that go on with the reporter's own words behind the content
/// clause.
pub(super) struct ClauseBefore;

impl Rule for ClauseBefore {
    fn id(&self) -> &'static str {
        "clause-before"
    }

    fn summary(&self) -> &'static str {
        "A reporting clause earlier in the sentence governs the quotation."
    }

    fn fires(&self) -> &'static [Example] {
        &[
            Example {
                text: "Koen Maes spreekt volgens Anna de Wit van een \"onaanvaardbare fout\".",
                names: &[("Koen Maes", Label::Per), ("Anna de Wit", Label::Per)],
                span: "\"onaanvaardbare fout\"",
                source: Some("Koen Maes"),
            },
            // What stands between the verb and the mark is called so, and calls nothing so.
            Example {
                text: "Anna de Wit van de sluis, toevallig haar zus, noemt de metingen \"heel precies\".",
                names: &[("Anna de Wit", Label::Per)],
                span: "\"heel precies\"",
                source: Some("Anna de Wit"),
            },
            Example {
                text: "Anna de Wit las een mail voor. Daarin vraagt een ambtenaar om \"iets poëtisch\".",
                names: &[("Anna de Wit", Label::Per)],
                span: "\"iets poëtisch\"",
                source: Some("een ambtenaar"),
            },
            Example {
                text: "De verdachte zei dat hij \"boos was over alles wat er was gebeurd\", zei Anna de Wit.",
                names: &[("Anna de Wit", Label::Per)],
                span: "\"boos was over alles wat er was gebeurd\"",
                source: Some("de verdachte"),
            },
            Example {
                text: "Anna de Wit zei dat de dijk \"zo goed als nieuw\" is.",
                names: &[("Anna de Wit", Label::Per)],
                span: "\"zo goed als nieuw\"",
                source: Some("Anna de Wit"),
            },
            Example {
                text: "In gesprekken met VRO en KRX noemde Anna de Wit het plan \"zo goed als nieuw\".",
                names: &[("VRO", Label::Org), ("KRX", Label::Org), ("Anna de Wit", Label::Per)],
                span: "\"zo goed als nieuw\"",
                source: Some("Anna de Wit"),
            },
            Example {
                text: "De vakbond noemt het voorstel „een klap in het gezicht”.",
                names: &[],
                span: "„een klap in het gezicht”",
                source: Some("de vakbond"),
            },
            Example {
                text: "De politie meldt dat hij zou hebben opgeroepen tot „slopen”. Wim Maes zwijgt.",
                names: &[("Wim Maes", Label::Per)],
                span: "„slopen”",
                source: Some("de politie"),
            },
        ]
    }

    fn silent(&self) -> &'static [Example] {
        &[Example {
            text: "De klok werd \"gerepareerd\" teruggehangen.",
            names: &[],
            span: "\"gerepareerd\"",
            source: None,
        }]
    }

    fn attribute(&self, scene: &Scene<'_>) -> Vec<Verdict> {
        scene.open().filter_map(|candidate| verdict(scene, candidate)).collect()
    }
}

fn verdict(scene: &Scene<'_>, candidate: usize) -> Option<Verdict> {
    let shape = &scene.shapes[candidate];
    let mark = shape.tokens.start;
    let clause = scene
        .clauses_beside(candidate, shape.first_sentence)
        .filter(|clause| clause.cue < mark && clause.subject.is_some())
        .filter(|clause| !is_hearsay_of_verb(scene, clause))
        .rfind(|clause| clause.verb().is_none() || governs(scene, clause, candidate))
        // "..., maar volgens Y is het '...'": a rule of its own.
        .filter(|clause| clause.verb().is_some())?;
    Some(Verdict::by_clause(scene, candidate, clause, 0.9))
}

/// Whether the candidate can be content of the clause.
fn governs(scene: &Scene<'_>, clause: &Clause, candidate: usize) -> bool {
    let Some(verb) = clause.verb() else { return false };
    let shape = &scene.shapes[candidate];
    let mark = shape.tokens.start;
    if clause.negated || is_closed(scene, clause, mark) || is_hearsay(scene, clause) {
        return false;
    }
    let conjunction = (clause.cue + 1..mark)
        .any(|at| matches!(scene.word(at), "dat" | "of" | "om" | "te" | "waarom" | "hoe"));
    let content = verb.takes(Frame::That) || verb.takes(Frame::Whether) || verb.takes(Frame::To);
    if content && (conjunction || !verb.over_triggers && !clause.subordinate) {
        return true;
    }
    if verb.takes(Frame::Fragment) {
        return !verb.over_triggers || is_predicate(scene, clause, mark);
    }
    let beside = verb.takes(Frame::Before) || verb.takes(Frame::Manner);
    // "dicht het 'lek'", "zingt 'Ode aan de vreugde'": no words of anyone.
    let whole = !verb.over_triggers || shape.is_clause() && !is_noun(scene, mark);
    beside && whole && adjoins(scene, clause, mark)
}

/// `Jansen spreekt volgens De Wit van "een fout"`: a *volgens* right behind a verb that
/// reports by itself.
fn is_hearsay_of_verb(scene: &Scene<'_>, clause: &Clause) -> bool {
    clause.verb().is_none()
        && clause.cue.checked_sub(1).and_then(|verb| scene.clause_with_cue(verb)).is_some_and(
            |verb| verb.verb().is_some() && verb.takes(Frame::Fragment) && verb.subject.is_some(),
        )
}

/// `De politie meldt dat hij zou hebben opgeroepen tot "..."`: the words are those of
/// the clause around.
fn is_hearsay(scene: &Scene<'_>, clause: &Clause) -> bool {
    clause.subordinate
        && matches!(scene.word(clause.cue), "zou" | "zouden")
        && clause.cue + 1 < clause.stretch.end
        && matches!(scene.word(clause.cue + 1), "hebben" | "zijn")
}

/// Whether the fragment says what something is called: `noemt het "..."`,
/// `spreekt van een "..."`, not `kwalificeert zich in de "..."`.
fn is_predicate(scene: &Scene<'_>, clause: &Clause, mark: usize) -> bool {
    let article = scene.tagged.class(mark - 1) == Class::Determiner && mark > clause.cue + 1;
    let before = if article { mark - 2 } else { mark - 1 };
    scene.tagged.class(before) != Class::Preposition
        || matches!(scene.word(before), "als" | "van" | "over" | "voor")
}

/// Whether the mark stands where a noun would: behind an article or a
/// preposition.
fn is_noun(scene: &Scene<'_>, mark: usize) -> bool {
    matches!(scene.tagged.class(mark - 1), Class::Determiner | Class::Preposition)
}

/// Whether the clause is over before the mark: `Waar X spreekt van een ramp,
/// ziet Y ...` goes on with a main clause of its own.
fn is_closed(scene: &Scene<'_>, clause: &Clause, mark: usize) -> bool {
    clause.subordinate
        && (clause.cue + 1..mark.saturating_sub(1))
            .any(|at| scene.word(at) == "," && scene.tagged.is_finite(at + 1))
}

/// Whether only the subject and a few words stand between the cue and the
/// mark: `riep hij "..."`.
fn adjoins(scene: &Scene<'_>, clause: &Clause, mark: usize) -> bool {
    const NEAR: usize = 6;
    mark - clause.cue <= NEAR && (clause.cue + 1..mark).all(|at| scene.word(at) != ",")
}
