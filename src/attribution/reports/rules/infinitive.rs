//! *belooft ... te ...*, *roept op om ... te ...*

use super::super::content::{Opening, Order, content_end};
use super::super::introducers::{Introducer, introducers};
use super::super::{Reading, Report};
use super::{Example, Rule};
use crate::lexicon::{Frame, Stance};
use crate::ner::Label;
use crate::sources::{MentionKind, SourceKind};
use crate::syntax::Class;

/// A reporting verb with an infinitive.
///
/// # Pattern
///
/// `X roept op om ... te ...`, `X belooft ... te ...`, `X zegt te hopen`.
///
/// # Why it holds
///
/// A verb whose frame has an infinitive has one when *te* and an infinitive
/// follow in its clause.
///
/// # Where it fails
///
/// Without *om* nothing tells where the reporting clause ends: adverbs and
/// phrases behind the verb are taken for content unless they name a medium.
pub(super) struct Infinitive;

impl Rule for Infinitive {
    fn id(&self) -> &'static str {
        "infinitive"
    }

    fn summary(&self) -> &'static str {
        "A reporting verb is followed by an infinitive with te."
    }

    fn fires(&self) -> &'static [Example] {
        &[
            Example {
                text: "De gemeente roept inwoners op om het water te koken.",
                names: &[],
                content: "om het water te koken",
                source: Some("de gemeente"),
            },
            Example {
                text: "De gemeente zegt zich zorgen te maken over de dijk.",
                names: &[],
                content: "zich zorgen te maken over de dijk",
                source: Some("de gemeente"),
            },
            Example {
                text: "De dirigent vraagt burgemeester Van der Lopen de zaal open te laten.",
                names: &[("Van der Lopen", Label::Per)],
                content: "de zaal open te laten",
                source: Some("de dirigent"),
            },
            Example {
                text: "De dirigent noemt het een eer om mee te doen.",
                names: &[],
                content: "het een eer om mee te doen",
                source: Some("de dirigent"),
            },
            Example {
                text: "De minister vroeg president Bram Kok om verkiezingen uit te schrijven.",
                names: &[("Bram Kok", Label::Per)],
                content: "om verkiezingen uit te schrijven",
                source: Some("de minister"),
            },
            Example {
                text: "Anna de Wit heeft uitgesloten met de bond te gaan praten.",
                names: &[("Anna de Wit", Label::Per)],
                content: "met de bond te gaan praten",
                source: Some("Anna de Wit"),
            },
        ]
    }

    fn silent(&self) -> &'static [Example] {
        &[
            Example {
                text: "De gemeente zegt dat het water te warm is.",
                names: &[],
                content: "dat het water te warm is",
                source: Some("de gemeente"),
            },
            Example {
                text: "De gemeente waarschuwt voor te veel optimisme.",
                names: &[],
                content: "",
                source: None,
            },
            Example {
                text: "De gemeente denkt erover om het bad te sluiten.",
                names: &[],
                content: "",
                source: None,
            },
        ]
    }

    fn find(&self, reading: &Reading<'_>) -> Vec<Report> {
        reading
            .levels
            .iter()
            .flat_map(|level| {
                let reports = introducers(level, Frame::To).filter_map(|it| report(&it));
                let judges = introducers(level, Frame::That).filter_map(|it| judgement(&it));
                reports.chain(judges)
            })
            .collect()
    }
}

fn report(it: &Introducer<'_>) -> Option<Report> {
    let level = it.level;
    let start = match it.opening()? {
        // "denkt erover om", "denkt eraan om": a plan.
        (Opening::To, _) if it.verb.lemma == "denken" => return None,
        (Opening::To, om) => {
            let asks = matches!(
                it.verb.stance,
                Stance::Demand | Stance::Ask | Stance::Warn | Stance::Promise
            );
            if !asks && it.has_object(om) {
                return None;
            }
            om
        }
        (Opening::Bare, te) => bare_start(it, te)?,
        _ => return None,
    };
    if !it.is_asserted(start) {
        return None;
    }
    let end = content_end(level, start, order(it));
    (start..end).any(|at| level.word(at) == "te").then(|| it.report(start..end, 0.8))
}

/// `noemt het een eer om mee te doen`, `vinden het verstandig om te wachten`; *vond
/// het mooi om* tells what someone felt.
fn judgement(it: &Introducer<'_>) -> Option<Report> {
    let level = it.level;
    let (Opening::To, om) = it.opening()? else { return None };
    let start = it.judgement_start(om)?;
    let felt = matches!(level.word(it.cue), "vond" | "vonden");
    if felt || !it.is_asserted(start) {
        return None;
    }
    Some(it.report(start..content_end(level, om, order(it)), 0.8))
}

/// The first word of an infinitive clause without *om*: behind the verb's
/// parts, its subject, and adverbs and phrases that tell when and where it was
/// said.
fn bare_start(it: &Introducer<'_>, te: usize) -> Option<usize> {
    let level = it.level;
    let mut at = it.parts_end + 1;
    if let Some(subject) = it.subject {
        let subject = &level.scene.cast.references[subject];
        if subject.start > it.cue {
            at = at.max(subject.end);
        }
    }
    // "vroeg president Jansen haar vrij te laten": whom it was asked of.
    let asks = matches!(it.verb.stance, Stance::Demand | Stance::Ask);
    let asked = level.scene.cast.references_in(at..at + 1).next();
    if let Some((_, asked)) = asked.filter(|(_, asked)| {
        asks && it.parts_end == it.cue
            && asked.end < te
            && asked.kind != MentionKind::Pronoun
            && asked.source_kind != SourceKind::Document
            && asked.definite
    }) {
        at = asked.end;
    }
    // "zei gisteren in een reactie te twijfelen"
    while at < te && !level.is_opaque(at) {
        let word = level.word(at);
        let adverb = level.class(at) == Class::Adverb
            && !matches!(
                word,
                "niet"
                    | "niets"
                    | "nog"
                    | "vooral"
                    | "graag"
                    | "weer"
                    | "opnieuw"
                    | "beter"
                    | "pas"
                    | "hard"
                    | "er"
                    | "samen"
                    | "meer"
                    | "minder"
                    | "snel"
                    | "alleen"
                    | "daar"
                    | "hier"
                    | "zo"
                    | "geen"
            );
        if adverb {
            at += 1;
        } else if let Some(end) = it.phrase_of_saying(at) {
            at = end;
        } else {
            break;
        }
    }
    // "riep twee weken geleden zich te hebben gedragen": *zich* comes first.
    let at = (at..te).find(|&token| level.get(token) == Some("zich")).unwrap_or(at);
    // "zei ze voor ze het te horen kreeg": a clause with a subject of its own.
    let own = (at..te).any(|token| is_subject(level.get(token).unwrap_or_default()));
    (at <= te && !own && !level.is_finite(te + 2)).then_some(at)
}

fn is_subject(word: &str) -> bool {
    matches!(word, "ik" | "hij" | "ze" | "zij" | "we" | "wij" | "je" | "jij" | "men" | "die")
}

fn order(it: &Introducer<'_>) -> Order {
    if it.order() == Order::Fronted { Order::Fronted } else { Order::Infinitive }
}
