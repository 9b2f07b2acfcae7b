//! Which of the proposed reports stand: one a cue, one a span, none that
//! crosses another.

use std::cmp::Reverse;

use rustc_hash::FxHashSet as HashSet;

use super::super::scene::Scene;
use super::Report;
use crate::syntax::Class;

/// Keeps the reports that earlier rules do not contradict, in order of their
/// start, outer before inner.
pub(super) fn arrange(scene: &Scene<'_>, proposed: Vec<Report>) -> Vec<Report> {
    let mut cues = HashSet::default();
    let mut spans = HashSet::default();
    let mut kept: Vec<(usize, Report)> = Vec::new();
    for (order, report) in proposed.into_iter().enumerate() {
        if report.tokens.is_empty() || is_in_marks(scene, &report) {
            continue;
        }
        let free = report.cue.is_none_or(|cue| !cues.contains(&cue));
        if free && spans.insert(report.tokens.clone()) {
            cues.extend(report.cue);
            kept.push((order, report));
        }
    }
    kept.sort_by_key(|(order, r)| (r.tokens.start, Reverse(r.tokens.end), *order));
    without_crossing(kept)
}

/// Whether nothing of the content stands outside the marks of quotations in it:
/// then it is no report but what was marked.
fn is_in_marks(scene: &Scene<'_>, report: &Report) -> bool {
    let tokens = &report.tokens;
    let first = scene.host[tokens.start];
    let level = match first {
        Some(host) if scene.shapes[host].tokens.start >= tokens.start => {
            scene.candidates[host].parent
        }
        other => other,
    };
    !tokens.clone().any(|at| {
        scene.host[at] == level
            && !matches!(
                scene.tagged.class(at),
                Class::Mark | Class::Punctuation | Class::Coordinator
            )
    })
}

/// Leaves out what begins inside another report and ends outside of it: the
/// later rule gives way.
fn without_crossing(sorted: Vec<(usize, Report)>) -> Vec<Report> {
    let mut kept: Vec<(usize, Report)> = Vec::new();
    // Those of `kept` that are still open, outermost first.
    let mut open: Vec<usize> = Vec::new();
    let mut dropped = HashSet::default();
    for (order, report) in sorted {
        while open.last().is_some_and(|&at| {
            kept[at].1.tokens.end <= report.tokens.start || dropped.contains(&at)
        }) {
            open.pop();
        }
        let crossed = open.last().copied().filter(|&at| kept[at].1.tokens.end < report.tokens.end);
        if let Some(at) = crossed {
            if kept[at].0 < order {
                continue;
            }
            dropped.insert(at);
            open.pop();
        }
        // "zei dat hij erkent dat": one who reports himself.
        let own = open
            .last()
            .is_some_and(|&at| report.member.is_some() && kept[at].1.member == report.member);
        if own {
            continue;
        }
        open.push(kept.len());
        kept.push((order, report));
    }
    kept.into_iter()
        .enumerate()
        .filter(|(at, _)| !dropped.contains(at))
        .map(|(_, (_, report))| report)
        .collect()
}
