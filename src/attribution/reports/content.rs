//! Where reported content begins behind its reporting verb, and where it ends.

use std::ops::Range;

use super::conjunction::{belongs_to_noun, is_conjunction};
use super::level::{Level, opens_subordinate};
use crate::lexicon::{self, is_question_word};
use crate::syntax::{Class, Form, Pos};

/// What opens the content behind a reporting verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Opening {
    /// *dat*.
    That,
    /// *of* or a question word.
    Whether,
    /// *om*, before an infinitive.
    To,
    /// *te*, without *om* before it.
    Bare,
    /// A colon.
    Colon,
}

/// The word order of content, which tells where it ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    /// A subordinate clause: its finite verb stands last, and one behind *en*
    /// belongs to the sentence around it.
    Subordinate,
    /// An infinitive: it has no finite verb of its own.
    Infinitive,
    /// A subordinate clause that stands before its main clause, so that
    /// a comma with a finite verb ends it (`Toen hij vroeg waar de klok was, bleek
    /// ...`).
    Fronted,
    /// A main clause that begins with its finite verb: so may what is joined to
    /// it.
    VerbFirst,
}

/// How far behind its verb content may begin: *concludeerde vorige maand, toen
/// hij de samenvatting publiceerde, al dat*.
const REACH: usize = 40;

/// The first word behind token `from` that opens content. Tokens up to
/// `parts_end` may belong to the verb.
pub(super) fn opening(
    level: &Level<'_>,
    from: usize,
    parts_end: usize,
) -> Option<(Opening, usize)> {
    let end = level.range.end.min(from + REACH);
    let mut at = from;
    while at < end {
        if level.is_opaque(at) {
            at += 1;
            continue;
        }
        match level.word(at) {
            "dat" if is_conjunction(level, from, parts_end, at) => {
                // "dat zij daar stonden en dat hij dat wil": the clause around goes on.
                if level.get(at - 1) == Some("en") && level.is_in_clause(from) {
                    return None;
                }
                let clause = at <= parts_end + 1 || !belongs_to_noun(level, from, at);
                return clause.then_some((Opening::That, at));
            }
            "of" if at > parts_end => {
                let clause = !joins_nouns(level, at) && !belongs_to_noun(level, from, at);
                return clause.then_some((Opening::Whether, at));
            }
            // "verwacht niet te veel"
            "te" if at > parts_end && is_verbal(level, at + 1) => {
                return Some((Opening::Bare, at));
            }
            // Not "het OM".
            "om" if level.class(at) != Class::Word && infinitive_follows(level, at) => {
                return Some((Opening::To, at));
            }
            ":" => return Some((Opening::Colon, at)),
            "," => {
                let next = at + 1;
                let opens = level.get(next).is_some_and(|word| {
                    // ", wat", ", wanneer": relative.
                    matches!(word, "dat" | "of" | "om")
                        || is_question_word(word) && !matches!(word, "wat" | "wanneer")
                });
                // "dat hij dit wil, dat hij dat wil": the clause around goes on.
                let joined = opens && level.is_in_clause(from);
                // "kondigde de verkoop aan, dat": of the noun.
                let noun =
                    |t: usize| level.get(t).is_some() && level.scene.tagged.pos(t) == Pos::Noun;
                let relative = level.get(next) == Some("dat")
                    && (from..at).any(noun)
                    && !(from..at).any(|t| level.get(t) == Some(","));
                if joined || relative || level.get(next) == Some("maar") {
                    return None;
                }
                // ", toen hij kwam, ", ", directeur van de werf, "
                at = if opens {
                    next
                } else {
                    let close = (next..end).find(|&t| level.get(t) == Some(","))?;
                    close + 1
                };
                continue;
            }
            "(" => at = (at..end).find(|&t| level.get(t) == Some(")"))?,
            ";" | "." | "!" | "?" | "-" | "–" | "—" => return None,
            word if at > parts_end && is_question_word(word) => {
                let clause = !is_relative(level, at) && !belongs_to_noun(level, from, at);
                return clause.then_some((Opening::Whether, at));
            }
            // "zegt zich zorgen te maken": a noun that looks like a plural verb.
            _ if at > parts_end
                && level.get(at + 1) == Some("te")
                && is_verbal(level, at + 2)
                && level.word(at).ends_with("en") => {}
            // "vroeg president Van der Bellen": a name.
            _ if level.scene.tagged.is_capital(at) => {}
            _ if at > parts_end && (level.is_finite(at) || is_infinitive(level, at)) => {
                return None;
            }
            word if at > parts_end
                && opens_subordinate(word)
                && !matches!(word, "als" | "die")
                // "ontkende toen al dat", "zegt sinds gisteren dat"
                && !matches!(level.scene.tagged.pos(at), Pos::Adverb | Pos::Adposition) =>
            {
                return None;
            }
            _ => {}
        }
        at += 1;
    }
    None
}

fn is_verbal(level: &Level<'_>, at: usize) -> bool {
    level.get(at).is_some() && matches!(level.scene.tagged.pos(at), Pos::Verb | Pos::Auxiliary)
}

pub(super) fn is_infinitive(level: &Level<'_>, at: usize) -> bool {
    at < level.range.end && level.scene.tagged.tag(at).form() == Some(Form::Infinitive)
}

/// `het rapport waarin`, `de manier hoe`: the word before is a noun.
fn is_relative(level: &Level<'_>, at: usize) -> bool {
    let waar = level.word(at).starts_with("waar") && level.word(at) != "waarom";
    let before = at.checked_sub(1).filter(|&before| before >= level.range.start);
    waar && before.is_some_and(|before| {
        matches!(level.scene.tagged.pos(before), Pos::Noun | Pos::ProperNoun)
            || level.get(before) == Some(",")
    })
}

/// *Jansen of De Wit*.
fn joins_nouns(level: &Level<'_>, at: usize) -> bool {
    let tagged = level.scene.tagged;
    at == level.range.start
        || at + 1 >= level.range.end
        || tagged.is_capital(at - 1)
            && tagged.is_capital(at + 1)
            && !is_followed_by_verb(level, at + 1)
        // "een nabestaande of direct betrokkene": no verb follows. In a list of
        // subjects (`of de vader, de moeder en het kind komen`) it is far.
        || !has_finite(level, at + 1..level.clause_end(at + 1))
            && (level.scene.tagged.pos(at - 1) == Pos::Noun || !has_finite(level, at + 1..level.range.end))
}

/// `vroeg de advocaat van Jansen of De Wit komt`: whether a verb stands behind the mention at
/// `at`.
fn is_followed_by_verb(level: &Level<'_>, at: usize) -> bool {
    let subject = level.scene.cast.references_in(at..at + 1).next();
    subject.is_some_and(|(_, it)| level.is_finite(it.end))
}

/// Whether an infinitive with *te* follows before the clause is over.
pub(super) fn infinitive_follows(level: &Level<'_>, at: usize) -> bool {
    const REACH: usize = 30;
    (at + 1..level.range.end.min(at + REACH))
        .take_while(|&token| !matches!(level.word(token), ":" | ";" | "." | "?" | "!"))
        .any(|token| level.word(token) == "te" && token + 1 < level.range.end)
}

/// One past the last token of the content that begins at `start`.
pub(super) fn content_end(level: &Level<'_>, start: usize, order: Order) -> usize {
    let end = level.range.end;
    let mut at = start + 1;
    while at < end {
        if level.is_opaque(at) {
            at += 1;
            continue;
        }
        let stops = match level.word(at) {
            // "is er een verschil: de een zingt mee": what follows explains it.
            ":" if order == Order::VerbFirst => {
                (start..=at + 1).any(|token| level.get(token).is_none())
                    || reports_again(level, at + 1)
            }
            ":" | ";" => true,
            // "#Actie-leden": no dash without space.
            "-" if !level.stands_apart(at) => false,
            "-" | "–" | "—" => match (at + 1..end).find(|&t| is_dash(level, t)) {
                Some(close) => {
                    at = close;
                    false
                }
                None => true,
            },
            "." => at + 1 < end && level.is_opaque(at + 1),
            "," => stops_at_comma(level, start, at, order),
            "en" if order == Order::Infinitive => level.is_main_clause(at + 1),
            "en" | "maar" | "of" if order != Order::VerbFirst => {
                level.is_finite(at + 1) && level.is_main_clause(at + 1)
                    || another_reports(level, at + 1)
            }
            _ => false,
        };
        if stops {
            break;
        }
        at += 1;
    }
    level.trimmed(start..at.min(end)).end
}

/// `vinden dat het mag en de buren menen dat ...`: whether a source stands at `at` with
/// its verb and a *dat* right behind it.
fn another_reports(level: &Level<'_>, at: usize) -> bool {
    let source = level.scene.cast.references_in(at..at + 1).next();
    source.is_some_and(|(_, it)| {
        level.get(it.end).is_some()
            && level.class(it.end) == Class::Reporting
            && level.is_finite(it.end)
            && level.get(it.end + 1) == Some("dat")
    })
}

fn is_dash(level: &Level<'_>, at: usize) -> bool {
    level.get(at).is_some_and(|word| matches!(word, "-" | "–" | "—"))
}

fn stops_at_comma(level: &Level<'_>, start: usize, comma: usize, order: Order) -> bool {
    let next = comma + 1;
    let Some(word) = level.get(next) else { return false };
    match word {
        "want" | "al" => order != Order::VerbFirst,
        // ", zie de foto": the reader is told something.
        "aldus" | "zie" => true,
        "maar" | "en" | "dus" | "doch" => {
            // "Volgens hem is A, maar is B": both are his.
            !(order == Order::VerbFirst && level.is_finite(next + 1))
                && level.is_main_clause(next + 1)
        }
        "zo" => level.is_finite(next + 1),
        _ => {
            is_inverted_report(level, next)
                // "dat de boot, hoe oud ook, kan varen": its own verb has come.
                || order == Order::Fronted
                    && level.is_finite(next)
                    && (start..comma).any(|at| is_verbal(level, at))
                || order == Order::Subordinate && is_spliced(level, start, comma)
        }
    }
}

/// `dat hij gaat, de commissie moet hem helpen`: a main clause with nothing to
/// join it, behind a clause that its verb has closed.
fn is_spliced(level: &Level<'_>, start: usize, comma: usize) -> bool {
    // "dat als hij komt, de gevolgen groot zijn": a clause is still open.
    let opened = (start..comma).filter(|&at| level.get(at).is_some_and(opens_subordinate)).count();
    let closed = (start..comma).filter(|&at| level.is_finite(at)).count();
    if closed < opened {
        return false;
    }
    let verbal = |at: usize| {
        level.get(at).is_some() && matches!(level.scene.tagged.pos(at), Pos::Verb | Pos::Auxiliary)
    };
    let first = level.scene.tagged.pos(comma + 1);
    verbal(comma - 1)
        && matches!(first, Pos::Determiner | Pos::Pronoun | Pos::ProperNoun | Pos::Noun)
        && !matches!(level.word(comma + 1), "dat" | "die" | "wat" | "wie")
        && level.is_main_clause(comma + 1)
}

/// `, zegt hij`: the end of what is reported.
pub(super) fn is_inverted_report(level: &Level<'_>, at: usize) -> bool {
    level.scene.clause_with_cue(at).is_some_and(|clause| {
        clause.verb().is_some()
            && clause.takes(lexicon::Frame::Inverted)
            && clause.subject.is_some_and(|subject| level.scene.cast.references[subject].start > at)
    })
}

/// How far back the beginning of content is looked for.
const BACK: usize = 80;

/// The main clause that ends before token `before`: behind the last colon, or
/// from the sentence's first word.
pub(super) fn main_clause_start(level: &Level<'_>, before: usize) -> usize {
    let start = sentence_start(level).max(before.saturating_sub(BACK));
    (start..before)
        .rev()
        .find(|&at| matches!(level.get(at), Some(":" | ";")))
        .map_or(start, |at| at + 1)
}

/// The clause around a phrase with *volgens* at `at`: a relative or adverbial
/// clause, or the main clause behind *maar* or *en* (`Het ging goed, maar het
/// viel volgens haar niet mee`).
pub(super) fn clause_around(level: &Level<'_>, at: usize) -> (usize, Order) {
    let start = main_clause_start(level, at);
    let mut finite = false;
    for token in (start..at).rev() {
        let Some(word) = level.get(token) else { continue };
        finite |= level.is_finite(token);
        // ", wat volgens haar niet meevalt": of what stands before the comma.
        if word == "wat" && token + 1 == at && token > start && level.get(token - 1) == Some(",") {
            return (token, Order::Fronted);
        }
        if token > start && !finite && matches!(word, "die" | "dat" | "waardoor") {
            if word == "waardoor" || opens_relative(level, token) {
                return (token, Order::Fronted);
            }
        } else if !finite && is_conjunction_of_adverbial(level, token) {
            return (token + 1, Order::Fronted);
        }
        let joins = matches!(word, "maar" | "en" | "want" | "dus" | "doch");
        if joins && finite && level.is_main_clause(token + 1) && has_finite(level, start..token) {
            return (token + 1, Order::VerbFirst);
        }
    }
    (start, Order::VerbFirst)
}

/// *omdat*, *aangezien*, *hoewel*: the reporter's own, and no part of what the
/// source says.
fn is_conjunction_of_adverbial(level: &Level<'_>, at: usize) -> bool {
    level.class(at) == Class::Subordinator
        && level.scene.tagged.pos(at) == Pos::SubordinatingConjunction
        && !level.get(at).is_some_and(|word| matches!(word, "dat" | "of" | "om"))
}

/// `iets dat ze`, `Smit, die volgens`: *die* and *dat* of a relative clause, and
/// not before their noun.
fn opens_relative(level: &Level<'_>, at: usize) -> bool {
    let next = level.get(at + 1);
    let noun = level.class(at + 1) == Class::Word && !level.scene.tagged.is_capital(at + 1);
    next.is_some() && !noun
}

pub(super) fn has_finite(level: &Level<'_>, range: Range<usize>) -> bool {
    range.into_iter().any(|at| level.is_finite(at))
}

/// The first word of the level's sentence, behind a dateline (`UTRECHT (ANP)
/// -`) or a time (`15.20 uur –`).
pub(super) fn sentence_start(level: &Level<'_>) -> usize {
    const LONGEST: usize = 9;
    let start = level.range.start;
    let end = level.range.end.min(start + LONGEST);
    // A dash that opens a sentence opens dialogue, which is no report.
    let dash = (start + 1..end).find(|&at| is_dash(level, at) || level.get(at) == Some("|"));
    let Some(dash) = dash else { return start };
    let heads = (start..dash).all(|at| {
        level.scene.tagged.is_capital(at)
            || matches!(level.class(at), Class::Number | Class::Punctuation)
            || matches!(level.word(at), "uur" | "u")
    });
    if heads && dash + 1 < level.range.end { dash + 1 } else { start }
}

/// The end of content that goes on behind an inserted reporting clause; `start`
/// to `comma` is what stands before it, `from` one past its subject.
pub(super) fn inserted_end(
    level: &Level<'_>,
    start: usize,
    comma: usize,
    from: usize,
) -> Option<usize> {
    /// Seldom more words of the reporting clause stand behind its subject.
    const REST: usize = 8;
    let limit = level.range.end.min(from + REST);
    let close = (from..limit).find(|&at| matches!(level.get(at), Some("," | ";" | ":")))?;
    let next = close + 1;
    // "A, zegt hij: «B»": what stands in marks is no more of A.
    let quoted = level.get(close) == Some(":") && level.get(next).is_none();
    if next >= level.range.end || quoted {
        return None;
    }
    // "De brand is, meldt de brandweer, ...": what stands before is no clause yet.
    let unfinished = !has_finite(level, start..comma)
        || level.is_finite(comma - 1)
        || waits_for_verb(level, start, comma);
    let goes_on = match level.get(next) {
        _ if matches!(level.get(close), Some(";" | ":")) => !reports_again(level, next),
        Some("die" | "dat" | "wie" | "waar") => false,
        Some("maar" | "want") => !reports_again(level, next),
        Some("omdat" | "zodat" | "terwijl" | "hoewel" | "tenzij" | "als" | "zoals") => true,
        _ => unfinished || level.is_finite(next),
    };
    goes_on.then(|| level.trimmed(next..level.range.end).end)
}

/// `De coalitie zou het, zo zeggen bronnen, eens zijn`: an auxiliary whose verb
/// is still to come.
fn waits_for_verb(level: &Level<'_>, start: usize, comma: usize) -> bool {
    let tagged = level.scene.tagged;
    let auxiliary = (start..comma).find(|&at| {
        matches!(
            level.get(at),
            Some("zou" | "zouden" | "heeft" | "hebben" | "had" | "hadden" | "zal" | "zullen")
        )
    });
    let verbal = |at: usize| matches!(tagged.pos(at), Pos::Verb | Pos::Auxiliary);
    auxiliary.is_some_and(|at| !(at + 1..comma).any(verbal))
}

/// Whether what goes on is reported of another.
fn reports_again(level: &Level<'_>, from: usize) -> bool {
    let clause = |at: usize| level.scene.clause_with_cue(at);
    (from..level.range.end).any(|at| clause(at).is_some_and(|it| it.subject.is_some()))
}
