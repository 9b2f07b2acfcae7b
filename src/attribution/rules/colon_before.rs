//! A reporting clause and a colon before the quotation.

use super::{Example, Rule};
use crate::attribution::clauses::Clause;
use crate::attribution::engine::Verdict;
use crate::attribution::scene::Scene;
use crate::ner::Label;
use crate::sources::Reference;
use crate::syntax::{Class, Pos};

/// A reporting clause with a colon introduces the quotation.
///
/// # Pattern
///
/// `X zegt: "..."`; `Volgens X is dat lastig: "..."`: the sentence before the
/// mark ends in a colon and holds a reporting clause.
///
/// # Why it holds
///
/// A colon before a mark announces the words of whoever the clause names.
///
/// # Where it fails
///
/// Clauses inside clauses (`X denkt dat Y zegt: ...`), where the first is
/// taken.
pub(super) struct ColonBefore;

impl Rule for ColonBefore {
    fn id(&self) -> &'static str {
        "colon-before"
    }

    fn summary(&self) -> &'static str {
        "A reporting clause with a colon introduces the quotation."
    }

    fn fires(&self) -> &'static [Example] {
        &[
            Example {
                text: "In het rapport staat: \"Er is niets veranderd in al die jaren.\"",
                names: &[],
                span: "\"Er is niets veranderd in al die jaren.\"",
                source: Some("het rapport"),
            },
            Example {
                text: "Een buurvrouw verklaarde dat Bram Kok had geroepen: \"Ik rij je nog eens plat!\"",
                names: &[("Bram Kok", Label::Per)],
                span: "\"Ik rij je nog eens plat!\"",
                source: Some("Bram Kok"),
            },
            Example {
                text: "Anna de Wit zegt: \"De dijk houdt het wel.\"",
                names: &[("Anna de Wit", Label::Per)],
                span: "\"De dijk houdt het wel.\"",
                source: Some("Anna de Wit"),
            },
            Example {
                text: "Volgens de burgemeester is haast geboden: ‘Het water stijgt nog.’",
                names: &[],
                span: "‘Het water stijgt nog.’",
                source: Some("de burgemeester"),
            },
            Example {
                text: "Anna de Wit citeerde de schipper Bram Kok: ‘Het water stijgt nog.’",
                names: &[("Anna de Wit", Label::Per), ("Bram Kok", Label::Per)],
                span: "‘Het water stijgt nog.’",
                source: Some("Bram Kok"),
            },
            Example {
                text: "De voorzitter liet gisteren weten: „Wij gaan in beroep.”",
                names: &[],
                span: "„Wij gaan in beroep.”",
                source: Some("de voorzitter"),
            },
            Example {
                text: "Anna de Wit wacht. Eva Kok lacht. ‘Zij zei: “Kom toch mee.” Dus ik ging’, zegt Kok.",
                names: &[("Anna de Wit", Label::Per), ("Eva Kok", Label::Per), ("Kok", Label::Per)],
                span: "“Kom toch mee.”",
                source: Some("Anna de Wit"),
            },
        ]
    }

    fn silent(&self) -> &'static [Example] {
        &[Example {
            text: "Anna de Wit: \"De dijk houdt het wel.\"",
            names: &[("Anna de Wit", Label::Per)],
            span: "\"De dijk houdt het wel.\"",
            source: Some("Anna de Wit"),
        }]
    }

    fn attribute(&self, scene: &Scene<'_>) -> Vec<Verdict> {
        scene.open().filter_map(|candidate| verdict(scene, candidate)).collect()
    }
}

fn verdict(scene: &Scene<'_>, candidate: usize) -> Option<Verdict> {
    let shape = &scene.shapes[candidate];
    let colon = scene.colon_before(candidate)?;
    let clauses = || {
        scene
            .clauses_beside(candidate, shape.first_sentence)
            .filter(|clause| clause.subject.is_some() && clause.cue < colon)
    };
    let plain = |clause: &&Clause| clause.verb().is_none_or(|verb| !verb.over_triggers);
    let main = |clause: &&Clause| !clause.subordinate;
    // "..., waarop zijn zus roept:": the clause whose verb or subject the colon
    // follows; then the main clause that it ends, then any of the sentence.
    let ends_here = |clause: &&Clause| clause.stretch.end == shape.tokens.start;
    let adjoins = |clause: &&Clause| {
        let subject = clause.subject.map(|n| scene.cast.references[n].end);
        clause.cue + 1 == colon || clause.cue < colon && subject == Some(colon)
    };
    // "... dat hij had geroepen:": the clause whose verbs come last.
    let last = clauses().next_back().filter(|clause| {
        clause.subordinate && ends_here(clause) && scene.tagged.pos(colon - 1) == Pos::Verb
    });
    let clause = last
        .or_else(|| clauses().rfind(adjoins))
        .or_else(|| clauses().rfind(|clause| ends_here(clause) && plain(clause) && main(clause)))
        .or_else(|| clauses().rfind(|clause| ends_here(clause) && main(clause)))
        .or_else(|| clauses().find(|clause| ends_here(clause) && plain(clause)))
        .or_else(|| clauses().rfind(ends_here))
        .or_else(|| clauses().find(plain))?;
    // "A", zegt ze, en haar broer: "B": the one before the colon has the word.
    let last = scene.cast.references_in(clause.cue + 1..colon).next_back();
    let handed_over = last.is_some_and(|(number, reference)| {
        reference.end == colon
            && matches!(scene.word(reference.start - 1), "en" | "maar" | "waarop")
            && matches!(scene.word(reference.start.saturating_sub(2)), "," | ";")
            && scene.member(number) != clause.subject.and_then(|subject| scene.member(subject))
    });
    if let Some(cited) = cited(scene, clause, colon) {
        return Some(Verdict::by_mention(scene, candidate, cited, 0.85));
    }
    let left_to_body =
        clause.subject.is_some_and(|subject| scene.is_left_to_body(candidate, subject));
    (!handed_over && !left_to_body).then(|| Verdict::by_clause(scene, candidate, clause, 0.95))
}

/// `Jansen citeerde de dichter Kok: "..."`: the one whose words are taken over.
fn cited(scene: &Scene<'_>, clause: &Clause, colon: usize) -> Option<usize> {
    clause.verb().filter(|verb| matches!(verb.lemma, "citeren" | "aanhalen"))?;
    let subject = clause.subject?;
    let behind = clause.cue.max(scene.cast.references[subject].start) + 1;
    let free = |(number, reference): &(usize, &Reference)| {
        *number != subject
            && scene.is_person(*number)
            && scene.tagged.class(reference.start - 1) != Class::Preposition
    };
    scene.cast.references_in(behind..colon).find(free).map(|(number, _)| number)
}
