//! A subordinate clause or a passive around the quotation, its verb behind it.

use super::{Example, Rule};
use crate::attribution::clauses;
use crate::attribution::engine::Verdict;
use crate::attribution::scene::Scene;
use crate::ner::Label;

/// The quotation stands inside a clause whose verb comes behind it.
///
/// # Pattern
///
/// `terwijl X het "..." noemt`; `X, die "nee" zegt`; `dat X "..." zou hebben
/// geroepen`; `door X een "..." te noemen`; `werd door X "..." geroepen`;
/// `hoorde X "..." roepen`.
///
/// # Why it holds
///
/// In a subordinate clause the verb comes last and the subject stands behind
/// the word that opens it, so that the content is between the two; so it is
/// between the auxiliary and the participle of a main clause.
///
/// # Where it fails
///
/// Verbs that belong to a longer clause around this one.
pub(super) struct ClauseAround;

impl Rule for ClauseAround {
    fn id(&self) -> &'static str {
        "clause-around"
    }

    fn summary(&self) -> &'static str {
        "The quotation stands inside a clause whose verb comes behind it."
    }

    fn fires(&self) -> &'static [Example] {
        &[
            Example {
                text: "Dat Anna de Wit de sluis \"een familiebedrijf\" noemde, vindt Bram Kok ongehoord.",
                names: &[("Anna de Wit", Label::Per), ("Bram Kok", Label::Per)],
                span: "\"een familiebedrijf\"",
                source: Some("Anna de Wit"),
            },
            Example {
                text: "„Wij gaan door”, zegt Anna de Wit, terwijl Bram Kok het plan „een ramp voor het dorp” noemt.",
                names: &[("Anna de Wit", Label::Per), ("Bram Kok", Label::Per)],
                span: "„een ramp voor het dorp”",
                source: Some("Bram Kok"),
            },
            Example {
                text: "Wim Maes vraagt het aan Anna de Wit, die 'nee' antwoordt.",
                names: &[("Wim Maes", Label::Per), ("Anna de Wit", Label::Per)],
                span: "'nee'",
                source: Some("Anna de Wit"),
            },
            Example {
                text: "Een getuige beweerde dat Wim Maes «laat hem maar liggen» zou hebben geroepen.",
                names: &[("Wim Maes", Label::Per)],
                span: "«laat hem maar liggen»",
                source: Some("Wim Maes"),
            },
            Example {
                text: "Op het plein werd door supporters \"weg met het bestuur\" geroepen.",
                names: &[],
                span: "\"weg met het bestuur\"",
                source: Some("supporters"),
            },
            Example {
                text: "Zondag is er een koers over wegen die de organisatie een ‘keienfeest’ noemt.",
                names: &[],
                span: "‘keienfeest’",
                source: Some("de organisatie"),
            },
        ]
    }

    fn silent(&self) -> &'static [Example] {
        &[Example {
            text: "\"De dijk houdt het wel\", zei Anna de Wit.",
            names: &[("Anna de Wit", Label::Per)],
            span: "\"De dijk houdt het wel\"",
            source: Some("Anna de Wit"),
        }]
    }

    fn attribute(&self, scene: &Scene<'_>) -> Vec<Verdict> {
        scene.open().filter_map(|candidate| verdict(scene, candidate)).collect()
    }
}

/// Longer fragments are what the inner clause reports.
const MODIFIER: usize = 2;

fn verdict(scene: &Scene<'_>, candidate: usize) -> Option<Verdict> {
    let shape = &scene.shapes[candidate];
    let sentence = scene.sentence(shape.first_sentence).tokens.clone();
    if shape.first_sentence != shape.last_sentence || shape.opens_sentence {
        return None;
    }
    // "Het college schrijft dat het ziekenhuis het "uitdrukkelijk" had beloofd": a word
    // or two that only modify are those of who reports it.
    if shape.words <= MODIFIER && scene.reports_around(candidate).is_some() {
        return None;
    }
    let clause = clauses::around(scene, candidate, sentence)?;
    Some(Verdict::by_clause(scene, candidate, &clause, 0.9))
}
