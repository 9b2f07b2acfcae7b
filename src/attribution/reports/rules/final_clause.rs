//! *..., zegt X*

use std::ops::Range;

use super::super::content::{has_finite, inserted_end, main_clause_start, sentence_start};
use super::super::introducers::can_report;
use super::super::level::Level;
use super::super::level::opens_subordinate;
use super::super::{Reading, Report};
use super::{Example, Rule};
use crate::attribution::clauses::{Clause, Cue, is_afterthought};
use crate::lexicon::{Frame, Stance, is_question_word};
use crate::ner::Label;
use crate::sources::Reference;
use crate::syntax::{Class, Pos};

/// A reporting clause behind a main clause, or inserted in it.
///
/// # Pattern
///
/// `De dijk is sterk, zegt X`; `De dijk, zegt X, is sterk`; `..., aldus X`;
/// `..., zo meldt X`; `..., zoals X het verwoordt`. The comma may be left out where
/// nothing but the source follows the verb: `De dijk is sterk meldt X.`
///
/// # Why it holds
///
/// A finite verb with its subject behind it, after a comma, is a reporting
/// clause; nothing else in Dutch ends a main clause like that.
///
/// # Where it fails
///
/// A fronted clause (`Als het regent, zegt hij af`).
pub(super) struct FinalClause;

impl Rule for FinalClause {
    fn id(&self) -> &'static str {
        "final-clause"
    }

    fn summary(&self) -> &'static str {
        "A reporting clause ends or interrupts a main clause."
    }

    fn fires(&self) -> &'static [Example] {
        &[
            Example {
                text: "Een kwestie van geluk, vindt Anna de Wit.",
                names: &[("Anna de Wit", Label::Per)],
                content: "Een kwestie van geluk",
                source: Some("Anna de Wit"),
            },
            Example {
                text: "Toen begon de dijk te schuiven, vertelt Anna de Wit.",
                names: &[("Anna de Wit", Label::Per)],
                content: "Toen begon de dijk te schuiven",
                source: Some("Anna de Wit"),
            },
            Example {
                text: "De dijk is sterk, zei Anna de Wit gisteren.",
                names: &[("Anna de Wit", Label::Per)],
                content: "De dijk is sterk",
                source: Some("Anna de Wit"),
            },
            Example {
                text: "Die dijk is sterk, zegt de gemeente.",
                names: &[],
                content: "Die dijk is sterk",
                source: Some("de gemeente"),
            },
            Example {
                text: "De dijk is sterk, dat meldt de gemeente.",
                names: &[],
                content: "De dijk is sterk",
                source: Some("de gemeente"),
            },
            Example {
                text: "De dijk wordt een last, zoals Anna de Wit het verwoordt.",
                names: &[("Anna de Wit", Label::Per)],
                content: "De dijk wordt een last",
                source: Some("Anna de Wit"),
            },
            Example {
                text: "De dijk wordt volgend jaar opgehoogd meldt de gemeente.",
                names: &[],
                content: "De dijk wordt volgend jaar opgehoogd",
                source: Some("de gemeente"),
            },
            Example {
                text: "Omdat de dijk zakt heeft de gemeente besloten te sluiten, vertelt Anna de Wit.",
                names: &[("Anna de Wit", Label::Per)],
                content: "Omdat de dijk zakt heeft de gemeente besloten te sluiten",
                source: Some("Anna de Wit"),
            },
            Example {
                text: "De dijk is „te oud”, vinden de kajakkers.",
                names: &[],
                content: "De dijk is „te oud”",
                source: Some("de kajakkers"),
            },
            Example {
                text: "Om drie uur was de dijk dicht, aldus de gemeente.",
                names: &[],
                content: "Om drie uur was de dijk dicht",
                source: Some("de gemeente"),
            },
        ]
    }

    fn silent(&self) -> &'static [Example] {
        &[
            Example {
                text: "Als het regent, zegt Anna de Wit het feest af.",
                names: &[("Anna de Wit", Label::Per)],
                content: "",
                source: None,
            },
            Example {
                text: "Om de dijk te sparen, vindt de gemeente een andere route.",
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
            .flat_map(|level| level.clauses().filter_map(|clause| report(level, clause)))
            .collect()
    }
}

fn report(level: &Level<'_>, clause: &Clause) -> Option<Report> {
    let scene = level.scene;
    if matches!(clause.kind, Cue::According)
        || !clause.takes(Frame::Inverted)
        || clause.takes(Frame::Manner) && clause.verb().is_some()
    {
        return None;
    }
    let subject = clause.subject?;
    let reference = &scene.cast.references[subject];
    let put = as_one_puts_it(level, clause, reference);
    let comma = put
        .or_else(|| comma_before(level, clause.cue))
        .or_else(|| without_comma(level, clause, reference.end))?;
    // A column's writer may say so; in marks it is known who speaks.
    let first_person = match level.get(reference.start) {
        Some("ik") => level.host.is_some(),
        word => matches!(word, Some("we" | "wij")),
    };
    if first_person || clause.verb().is_some_and(|verb| !can_report(level, verb, subject)) {
        return None;
    }
    if reference.start < clause.cue && put.is_none() {
        return None;
    }
    let start = own_start(level, main_clause_start(level, comma), comma);
    // A dash opens dialogue, which is in marks as it were.
    if matches!(level.get(start), Some("-" | "–" | "—")) {
        return None;
    }
    if !reports_here(level, clause, start..comma, reference.end) {
        return None;
    }
    if is_marked(level, start, comma) || is_fronted_clause(level, start, comma) {
        return None;
    }
    let end = inserted_end(level, start, comma, reference.end).unwrap_or(comma);
    let report =
        Report::new(scene, level.trimmed(start..end), Some(clause.cue), Some(subject), 0.9);
    Some(match clause.verb() {
        Some(verb) => report.with_stance(verb.stance),
        None => report,
    })
}

/// Whether the clause reports `content`, and does not have it for an object or
/// an adverb.
fn reports_here(
    level: &Level<'_>,
    clause: &Clause,
    content: Range<usize>,
    source_end: usize,
) -> bool {
    let Some(verb) = clause.verb() else { return true };
    let end = level.clause_end(clause.cue);
    let denied = (clause.cue..end).any(|at| matches!(level.get(at), Some("niet" | "nooit")));
    // `Op de vraag of hij komt, zegt hij: "..."`
    let asks = (content.clone()).any(|at| level.get(at).is_some_and(opens_subordinate));
    let announces = level.get(end) == Some(":")
        && level.get(end + 1).is_none()
        && (asks || !level.is_main_clause(content.start));
    let opens_more = (clause.cue..end).any(|at| matches!(level.get(at), Some("dat" | "te")));
    let question = level.get(content.start).is_some_and(is_question_word);
    // `Jammer, vindt zij`: a word or two can be all of an opinion.
    let few = content.len() <= 4 && verb.stance == Stance::Feel;
    let short = few || is_noun_phrase(level, content.clone());
    let whole = short
        || has_finite(level, content.clone())
        || content.clone().any(|at| level.is_opaque(at));
    // `In aanloop naar de race, sprak hij zijn twijfels uit`: an adverbial.
    if !level.is_finite(clause.cue) || !whole && end > source_end + 3 {
        return false;
    }
    // `Brieven die te laat kwamen, beantwoordde hij`: an object.
    // "Die dijk is sterk", "in die dijk": before its noun it opens no clause.
    let relative = content.clone().find(|&at| match level.get(at) {
        Some("die") => at > content.start && level.scene.tagged.pos(at) != Pos::Determiner,
        word => matches!(word, Some("wie" | "waar")),
    });
    let object = relative.is_some_and(|at| !has_finite(level, content.start..at));
    // "De badmeester, die al jaren werkt, spuit": its subject, with no verb yet.
    let subject = relative.is_some_and(|at| {
        let comma = at > content.start && level.get(at - 1) == Some(",");
        let verb = (at..content.end).any(|t| level.get(t) == Some(",") && level.is_finite(t + 1));
        object && comma && !verb
    });
    if subject {
        return false;
    }
    let clear = !verb.over_triggers
        || (whole || short) && !question && !object && !matches!(verb.lemma, "staan" | "heten");
    // `..., wist zij het zeker`: more than the source follows.
    let more = verb.lemma == "weten" && level.clause_end(clause.cue) > source_end + 1;
    clear
        && !more
        && !denied
        && !announces
        && !opens_more
        && !verb.proves
        && (!verb.factive || verb.lemma == "weten")
}

/// `Een kwestie van geluk, vindt zij`: whether all that was said is a few words about a
/// noun, with which the sentence opens.
fn is_noun_phrase(level: &Level<'_>, content: Range<usize>) -> bool {
    const LONGEST: usize = 8;
    content.len() <= LONGEST
        && content.start == sentence_start(level)
        && matches!(level.get(content.start), Some("een" | "geen"))
        && !content.clone().any(|at| level.get(at).is_none() || level.get(at) == Some(","))
        && !level.scene.cast.references_in(content.clone()).any(|(_, it)| it.end == content.end)
}

/// The comma that a reporting clause with its cue at `cue` stands behind.
fn comma_before(level: &Level<'_>, cue: usize) -> Option<usize> {
    let mut at = cue.checked_sub(1)?;
    // ", dat meldt X", but ", dat wil zeggen"
    let takes_up = match level.get(at) {
        Some("zo" | "aldus") => true,
        Some("dat") => level.get(cue) != Some("wil"),
        _ => false,
    };
    if takes_up {
        at = at.checked_sub(1)?;
    }
    (level.get(at) == Some(",") && at > level.range.start).then_some(at)
}

/// `De brug is een zorg, zoals de wethouder het verwoordt`: the comma before *zoals*.
fn as_one_puts_it(level: &Level<'_>, clause: &Clause, subject: &Reference) -> Option<usize> {
    let comma = subject.start.checked_sub(2)?;
    let it = matches!(level.get(subject.end), Some("het" | "'t" | "dat"));
    let (as_, behind) = (level.get(comma + 1)?, level.get(clause.cue + 1));
    (level.get(comma) == Some(",")
        && as_ == "zoals"
        && it
        && subject.end + 1 == clause.cue
        && matches!(behind, None | Some("." | ",")))
    .then_some(comma)
}

/// `De brug blijft dicht zegt de gemeente.`: the comma left out, behind a whole main
/// clause and with nothing but the source behind the verb.
fn without_comma(level: &Level<'_>, clause: &Clause, source_end: usize) -> Option<usize> {
    /// A clause with its subject and its verb, and more.
    const SHORTEST: usize = 5;
    let verb = clause.verb().filter(|verb| verb.particles.is_empty())?;
    let start = level.range.start;
    let main = |at: usize| level.get(at).is_some() && level.is_finite(at);
    let first = (start..clause.cue).find(|&at| main(at))?;
    let plain = (start..clause.cue).all(|at| {
        !matches!(
            level.get(at),
            Some("," | ":" | "dat" | "of" | "die" | "als" | "toen" | "wie" | "wat" | "waar")
        )
    });
    // "Gisteren zei ook de gemeente": the verb is the only one; "wie komt zegt".
    let second = first > start && first + 1 < clause.cue && !level.is_opaque(first);
    let ends = matches!(level.get(source_end), None | Some("." | "!"))
        || is_afterthought(level.scene, source_end..level.range.end);
    let touches = level.scene.cast.references_in(clause.cue + 1..clause.cue + 2).next().is_some();
    (verb.takes(Frame::That)
        && !clause.subordinate
        && plain
        && second
        && ends
        && touches
        && clause.cue >= start + SHORTEST)
        .then_some(clause.cue)
}

/// `Hij gelooft dat het kan, maar of het mag, betwijfelt hij`: where something is
/// reported before *maar*, the clause behind it.
fn own_start(level: &Level<'_>, start: usize, comma: usize) -> usize {
    let joins = |at: usize| level.get(at) == Some(",") && level.get(at + 1) == Some("maar");
    let Some(but) = (start..comma).rev().find(|&at| joins(at)) else { return start };
    let reported = (start..but).any(|at| {
        level.scene.clause_with_cue(at).is_some_and(|clause| {
            clause.subject.is_some() && clause.verb().is_some() && clause.takes(Frame::That)
        }) && (at..but).any(|at| matches!(level.get(at), Some("dat" | "of")))
    });
    if reported { but + 2 } else { start }
}

/// Whether what stands before the comma is a quotation in marks.
fn is_marked(level: &Level<'_>, start: usize, comma: usize) -> bool {
    // `Het plan is klaar, „uit voorzorg”, aldus X`
    let candidate = level.scene.host[comma - 1];
    let apart = candidate.filter(|_| level.is_opaque(comma - 1)).is_some_and(|candidate| {
        let first = level.scene.shapes[candidate].tokens.start;
        first > start && level.get(first - 1) == Some(",")
    });
    if apart {
        return true;
    }
    // The comma may stand inside the marks.
    level.is_opaque(start) && (start..comma).all(|at| level.is_opaque(at))
        || level.is_opaque(comma - 1)
            && (level.is_opaque(start) || (start..comma).any(|at| level.get(at) == Some(":")))
}

/// `Als het regent`, `Om dat te halen`: a clause that stands before its main
/// clause. *Die dijk is sterk* and *Om drie uur was hij dicht* are none.
fn is_fronted_clause(level: &Level<'_>, start: usize, comma: usize) -> bool {
    let opens = level.get(start).is_some_and(|word| match word {
        "dat" | "of" | "die" => false,
        // "Toen begon het te regenen": then, not when.
        "toen" | "nu" if level.is_finite(start + 1) => false,
        "om" => {
            level.class(start) != Class::Word
                && (start..comma).any(|at| level.get(at) == Some("te"))
        }
        _ => {
            let pos = level.scene.tagged.pos(start);
            opens_subordinate(word)
                && !is_question_word(word)
                && !matches!(pos, Pos::Adverb | Pos::Adposition)
        }
    });
    // "Omdat het regent heeft hij besloten te gaan": its main clause is there too.
    let main = (start + 1..comma.saturating_sub(1))
        .any(|at| level.is_finite(at) && level.is_finite(at + 1));
    opens && !main && !(start + 1..comma).any(|at| level.get(at) == Some(","))
}
