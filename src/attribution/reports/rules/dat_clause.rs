//! *zegt dat ...*

use super::super::content::{Opening, content_end};
use super::super::introducers::{Introducer, introducers};
use super::super::{Reading, Report};
use super::{Example, Rule};
use crate::lexicon::Frame;
use crate::ner::Label;

/// A reporting verb with a dat-clause.
///
/// # Pattern
///
/// `X zegt dat ...`, `volgens mij heeft X gezegd dat ...`, `X liet weten dat
/// ...`, `vindt het onzin dat ...`: behind a finite reporting verb and its
/// parts, with nothing between but its subject, objects and adverbs, opens a
/// clause with *dat*.
///
/// # Why it holds
///
/// A verb whose frame has a content clause has one when *dat* follows.
///
/// # Where it fails
///
/// A relative *dat* behind a neuter noun (`noemt het huis dat ...`); a clause
/// that belongs to a noun (`meldt het nieuws dat ...`).
pub(super) struct DatClause;

impl Rule for DatClause {
    fn id(&self) -> &'static str {
        "dat-clause"
    }

    fn summary(&self) -> &'static str {
        "A reporting verb is followed by a clause with dat."
    }

    fn fires(&self) -> &'static [Example] {
        &[
            Example {
                text: "Anna de Wit erkent dat inkleuren de dijk mooier kan maken.",
                names: &[("Anna de Wit", Label::Per)],
                content: "dat inkleuren de dijk mooier kan maken",
                source: Some("Anna de Wit"),
            },
            Example {
                text: "De gemeente vindt dat niet de bond, maar de provincie de dijk moet verhogen.",
                names: &[],
                content: "dat niet de bond, maar de provincie de dijk moet verhogen",
                source: Some("de gemeente"),
            },
            Example {
                text: "Anna de Wit zei gisteren dat de dijk het houdt.",
                names: &[("Anna de Wit", Label::Per)],
                content: "dat de dijk het houdt",
                source: Some("Anna de Wit"),
            },
            Example {
                text: "Handelaar Koen Maes vreest dat zijn klanten wegblijven.",
                names: &[("Koen Maes", Label::Per)],
                content: "dat zijn klanten wegblijven",
                source: Some("Koen Maes"),
            },
            Example {
                text: "De voetbalbond is van mening dat de beker blijft.",
                names: &[],
                content: "dat de beker blijft",
                source: Some("de voetbalbond"),
            },
            Example {
                text: "De wethouder verbaasde de raad door te zeggen dat hij opstapt.",
                names: &[],
                content: "dat hij opstapt",
                source: Some("de wethouder"),
            },
            Example {
                text: "De rederij ontkende toen al dat de boot lekte.",
                names: &[],
                content: "dat de boot lekte",
                source: Some("de rederij"),
            },
            Example {
                text: "De minister zou in mei verteld hebben dat de brug open kon.",
                names: &[],
                content: "dat de brug open kon",
                source: Some("de minister"),
            },
            Example {
                text: "De gemeente had te kennen gegeven dat de brug dicht moest.",
                names: &[],
                content: "dat de brug dicht moest",
                source: Some("de gemeente"),
            },
            Example {
                text: "De bond die de actie begon, zegt dat de leden tevreden zijn.",
                names: &[],
                content: "dat de leden tevreden zijn",
                source: Some("de bond"),
            },
            Example {
                text: "De inspectie erkent dat aan elke brug gebreken kleven.",
                names: &[],
                content: "dat aan elke brug gebreken kleven",
                source: Some("de inspectie"),
            },
            Example {
                text: "Zij vertrouwt op het waterschap, dat stelt dat de dijk het houdt.",
                names: &[],
                content: "dat de dijk het houdt",
                source: Some("het waterschap"),
            },
            Example {
                text: "De gemeente zegt dat ook de kade, goed voor tien schepen, zal worden verhoogd.",
                names: &[],
                content: "dat ook de kade, goed voor tien schepen, zal worden verhoogd",
                source: Some("de gemeente"),
            },
            Example {
                text: "De drie partijen denken dat de dienst het weet.",
                names: &[],
                content: "dat de dienst het weet",
                source: Some("de drie partijen"),
            },
            Example {
                text: "Er zijn agenten die zeggen dat ze het niet weten.",
                names: &[],
                content: "dat ze het niet weten",
                source: Some("agenten"),
            },
            Example {
                text: "Zo vindt de buurt dat het mag en Anna de Wit meent dat het niet mag.",
                names: &[("Anna de Wit", Label::Per)],
                content: "dat het mag",
                source: Some("de buurt"),
            },
        ]
    }

    fn silent(&self) -> &'static [Example] {
        &[
            Example {
                text: "Anna de Wit beseft dat de dijk het houdt.",
                names: &[("Anna de Wit", Label::Per)],
                content: "",
                source: None,
            },
            Example {
                text: "De bewoners vinden dat in de binnenstad prima.",
                names: &[],
                content: "",
                source: None,
            },
            Example {
                text: "De gemeente wil dat de bewoner niet aandoen.",
                names: &[],
                content: "",
                source: None,
            },
            Example {
                text: "De schipper reageert laconiek op het gerucht dat de boot lekt.",
                names: &[],
                content: "",
                source: None,
            },
            Example {
                text: "Op de vraag of de schipper denkt dat de boot lekt, lacht hij.",
                names: &[],
                content: "",
                source: None,
            },
            Example {
                text: "Er is een knop waarmee bewoners kunnen aangeven dat de dijk lekt.",
                names: &[],
                content: "",
                source: None,
            },
            Example {
                text: "Als reden geeft zij dat de schepen op de lijst stonden en dat de kade lekt.",
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
            .flat_map(|level| introducers(level, Frame::That))
            .filter_map(|introducer| report(&introducer))
            .collect()
    }
}

fn report(it: &Introducer<'_>) -> Option<Report> {
    let level = it.level;
    let (kind, dat) = it.opening()?;
    let judgement = it.judgement_start(dat);
    // "noemt het vreemd hoe"
    let opens = kind == Opening::That || kind == Opening::Whether && judgement.is_some();
    if !opens || !it.is_asserted(dat) {
        return None;
    }
    // "maakte het bedrag bekend dat": of the object.
    if it.has_neuter_object(dat) {
        return None;
    }
    if judgement.is_none() && it.needs_judgement() {
        return None;
    }
    let start = judgement.unwrap_or(dat);
    let end = content_end(level, dat, it.order());
    Some(it.report(start..end, 0.9))
}
