//! Turns of a dialogue with dashes.

use super::{Example, Rule};
use crate::attribution::engine::Verdict;
use crate::attribution::scene::Scene;
use crate::marks::Family;
use crate::ner::Label;

/// Two who speak in turn, each on a line with a dash.
///
/// # Pattern
///
/// Lines with dashes that follow each other: of two lines with one between, the
/// speakers are the same. Who they are is told by a reporting clause in one of
/// the lines; else by the sentence before them, which mentions two people, the
/// first speaker first.
///
/// # Why it holds
///
/// The dash stands for a change of speaker.
///
/// # Where it fails
///
/// Conversations of three, and lines that carry on the one before.
pub(super) struct Alternating;

impl Rule for Alternating {
    fn id(&self) -> &'static str {
        "alternating"
    }

    fn summary(&self) -> &'static str {
        "Two who speak in turn, each on a line with a dash."
    }

    fn fires(&self) -> &'static [Example] {
        &[
            Example {
                text: "Anna de Wit belt Bram Kok.\n\n– Kom je nog?\n\n– Nee, het regent.",
                names: &[("Anna de Wit", Label::Per), ("Bram Kok", Label::Per)],
                span: "– Nee, het regent.",
                source: Some("Bram Kok"),
            },
            Example {
                text: "De straat is leeg.\n\n– Kom je nog? vraagt Anna de Wit.\n\n– Nee, zegt Bram Kok.\n\n– Dan niet.",
                names: &[("Anna de Wit", Label::Per), ("Bram Kok", Label::Per)],
                span: "– Dan niet.",
                source: Some("Anna de Wit"),
            },
        ]
    }

    fn silent(&self) -> &'static [Example] {
        &[Example {
            text: "\"Kom je nog?\" vraagt Anna de Wit.\n\n\"Nee\", zegt Bram Kok.",
            names: &[("Anna de Wit", Label::Per), ("Bram Kok", Label::Per)],
            span: "\"Nee\"",
            source: Some("Bram Kok"),
        }]
    }

    fn attribute(&self, scene: &Scene<'_>) -> Vec<Verdict> {
        dialogues(scene).iter().flat_map(|turns| verdicts(scene, turns)).collect()
    }
}

/// The candidates of each line with a dash, line after line of each dialogue.
fn dialogues(scene: &Scene<'_>) -> Vec<Vec<Vec<usize>>> {
    let mut found: Vec<Vec<Vec<usize>>> = Vec::new();
    let dashed = (0..scene.candidates.len())
        .filter(|&candidate| scene.candidates[candidate].family == Family::Dash);
    let mut last = None;
    for candidate in dashed {
        let shape = &scene.shapes[candidate];
        let opens = matches!(scene.word(shape.tokens.start), "-" | "–" | "—" | "--");
        let follows = last.is_some_and(|last| shape.paragraph <= last + 1);
        last = Some(shape.paragraph);
        match found.last_mut() {
            Some(turns) if follows && opens => turns.push(vec![candidate]),
            Some(turns) if follows => {
                if let Some(turn) = turns.last_mut() {
                    turn.push(candidate);
                }
            }
            _ => found.push(vec![vec![candidate]]),
        }
    }
    found
}

fn verdicts(scene: &Scene<'_>, turns: &[Vec<usize>]) -> Vec<Verdict> {
    let Some(speakers) = speakers(scene, turns).filter(|_| turns.len() > 1) else {
        return Vec::new();
    };
    let open = |candidate: &usize| scene.settled[*candidate].is_none();
    let of_turn = |(place, turn): (usize, &Vec<usize>)| {
        let member = Some(speakers[place % 2]);
        let open: Vec<usize> = turn.iter().copied().filter(open).collect();
        open.into_iter().map(move |candidate| Verdict::by_member(candidate, member, 0.8))
    };
    turns.iter().enumerate().flat_map(of_turn).collect()
}

/// The speaker of the first line and of the second.
fn speakers(scene: &Scene<'_>, turns: &[Vec<usize>]) -> Option<[usize; 2]> {
    let mut known: [Option<usize>; 2] = [None; 2];
    for (place, turn) in turns.iter().enumerate() {
        let speaker = turn.iter().find_map(|&candidate| scene.speaker(candidate));
        let own = &mut known[place % 2];
        if own.is_some() && speaker.is_some() && *own != speaker {
            return None;
        }
        *own = own.or(speaker);
    }
    let [first, second] = match known {
        [Some(first), Some(second)] => [first, second],
        [first, second] => {
            let told = introduced(scene, turns.first()?.first().copied()?);
            let other = |one: usize| told.iter().rev().copied().find(|&member| member != one);
            match (first, second) {
                (Some(first), _) => [first, other(first)?],
                (_, Some(second)) => [other(second)?, second],
                _ => match told[..] {
                    [first, second] => [first, second],
                    _ => return None,
                },
            }
        }
    };
    (first != second).then_some([first, second])
}

/// The people whom the sentence before a candidate mentions, each once.
fn introduced(scene: &Scene<'_>, candidate: usize) -> Vec<usize> {
    let Some(before) = scene.shapes[candidate].first_sentence.checked_sub(1) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for (number, reference) in scene.cast.references_in(scene.sentence(before).tokens.clone()) {
        let told = scene.host[reference.start].is_none() && scene.is_person(number);
        if let Some(member) = scene.member(number).filter(|_| told)
            && !found.contains(&member)
        {
            found.push(member);
        }
    }
    found
}
