//! Dialogue whose turns a dash opens at the start of a line, without marks.
//!
//! A dash opens a list item as often as a turn. Lines with dashes that follow
//! each other are read as a dialogue if each of them ends as a sentence does
//! and one of them asks, exclaims or holds a reporting clause. One line alone is
//! a turn if it holds a reporting clause, or asks or exclaims behind a colon.
//! Inside a turn the reporting clause is the reporter's (`– Kom, zegt zij. Nu.`
//! has two stretches of speech).

use std::ops::Range;

use super::{Candidate, Family};
use crate::lexicon::{self, Frame};
use crate::text::Span;
use crate::tokenize::{TokenKind, Tokenized};

/// The stretches of speech of all dialogues, in order.
pub(super) fn turns(text: &str, tokenized: &Tokenized) -> Vec<Candidate> {
    let reading = Reading { text, tokenized };
    let mut found = Vec::new();
    let mut run: Vec<Range<usize>> = Vec::new();
    let mut introduced = false;
    for line in reading.lines() {
        if reading.is_dash(line.start) {
            run.push(line);
        } else {
            reading.dialogue(&std::mem::take(&mut run), introduced, &mut found);
            introduced = !line.is_empty() && reading.word(line.end - 1) == ":";
        }
    }
    reading.dialogue(&run, introduced, &mut found);
    found
}

struct Reading<'a> {
    text: &'a str,
    tokenized: &'a Tokenized,
}

impl<'a> Reading<'a> {
    fn word(&self, at: usize) -> &'a str {
        self.tokenized.tokens()[at].span.of_text(self.text)
    }

    /// The tokens of each paragraph, cut where a line begins with a dash.
    fn lines(&self) -> Vec<Range<usize>> {
        let mut lines = Vec::new();
        for paragraph in self.tokenized.paragraphs() {
            let tokens = self.tokenized.tokens_in(paragraph.span);
            let mut start = tokens.start;
            for at in tokens.start + 1..tokens.end {
                if self.is_dash(at) && self.begins_line(at) {
                    lines.push(start..at);
                    start = at;
                }
            }
            lines.push(start..tokens.end);
        }
        lines
    }

    fn begins_line(&self, at: usize) -> bool {
        let tokens = self.tokenized.tokens();
        Span::new(tokens[at - 1].span.end(), tokens[at].span.start())
            .of_text(self.text)
            .contains(['\n', '\r'])
    }

    /// A dash with a space behind it.
    fn is_dash(&self, at: usize) -> bool {
        let tokens = self.tokenized.tokens();
        let spaced =
            tokens.get(at + 1).is_some_and(|next| next.span.start() > tokens[at].span.end());
        spaced && matches!(self.word(at), "-" | "–" | "—" | "--")
    }

    /// Adds the speech of lines with dashes that follow each other, behind a colon
    /// or not, if they are a dialogue.
    fn dialogue(&self, lines: &[Range<usize>], introduced: bool, found: &mut Vec<Candidate>) {
        let ends = |line: &Range<usize>| {
            line.len() > 1 && self.word(line.end - 1).ends_with(['.', '!', '?', '…'])
        };
        let marked = |line: &Range<usize>| {
            line.clone().any(|at| self.tokenized.tokens()[at].kind == TokenKind::Mark)
        };
        let calls =
            |line: &Range<usize>| line.clone().any(|at| self.word(at).starts_with(['!', '?']));
        let reported = |line: &Range<usize>| {
            self.sentences(line).iter().any(|sentence| self.report(sentence).is_some())
        };
        let lively = lines.iter().any(|line| calls(line) || reported(line));
        let alone = lines.len() == 1 && !lines.iter().all(reported) && !introduced;
        if lines.is_empty() || alone || !lively || !lines.iter().all(ends) {
            return;
        }
        if lines.iter().any(marked) {
            return;
        }
        for line in lines {
            self.turn(line, found);
        }
    }

    /// The sentences of a line, the dash left out.
    fn sentences(&self, line: &Range<usize>) -> Vec<Range<usize>> {
        let sentences = self.tokenized.sentences();
        let first = sentences.partition_point(|sentence| sentence.tokens.end <= line.start + 1);
        sentences[first..]
            .iter()
            .take_while(|sentence| sentence.tokens.start < line.end)
            .map(|sentence| {
                sentence.tokens.start.max(line.start + 1)..sentence.tokens.end.min(line.end)
            })
            .filter(|tokens| !tokens.is_empty())
            .collect()
    }

    /// The stretches of one line between its reporting clauses.
    fn turn(&self, line: &Range<usize>, found: &mut Vec<Candidate>) {
        let mut open: Option<Range<usize>> = None;
        for sentence in self.sentences(line) {
            let start = open.as_ref().map_or(sentence.start, |open| open.start);
            if let Some(end) = self.report(&sentence) {
                found.push(self.candidate(line.start, start..end));
                open = None;
            } else {
                open = Some(start..sentence.end);
            }
        }
        if let Some(open) = open {
            found.push(self.candidate(line.start, open));
        }
    }

    fn candidate(&self, dash: usize, tokens: Range<usize>) -> Candidate {
        let all = self.tokenized.tokens();
        let inner = all[tokens.start].span.cover(all[tokens.end - 1].span);
        let first = tokens.start == dash + 1;
        let span = if first { all[dash].span.cover(inner) } else { inner };
        Candidate {
            span,
            inner,
            family: Family::Dash,
            unclosed: false,
            reopens: false,
            parent: None,
        }
    }

    /// Where the speech of a sentence ends, if a reporting clause follows it:
    /// `..., zegt zij`, `...? vraagt hij`.
    fn report(&self, sentence: &Range<usize>) -> Option<usize> {
        (sentence.start + 1..sentence.end.saturating_sub(1)).find_map(|at| {
            let mark = self.word(at);
            let verbs = lexicon::verbs_of_form(self.word(at + 1));
            let says =
                verbs.iter().any(|verb| verb.takes(Frame::Inverted) || verb.takes(Frame::Manner));
            let subject = at + 2 < sentence.end
                && matches!(
                    self.tokenized.tokens()[at + 2].kind,
                    TokenKind::Word | TokenKind::Number
                );
            let ends = mark == "," || mark.starts_with(['!', '?', '…']) || mark == "...";
            (ends && says && subject).then_some(if mark == "," { at } else { at + 1 })
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::marks::{Family, pair};
    use crate::tokenize::tokenize;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found = pair(text, &tokenize(text)).candidates;
        let dashes = found.iter().filter(|candidate| candidate.family == Family::Dash);
        let spans: Vec<_> = dashes.map(|candidate| candidate.span.of_text(text)).collect();
        assert_eq!(spans, expected, "{text}");
    }

    #[test]
    fn turns_end_before_their_reporting_clause() {
        check(
            "Aan de kade gaat het zo.\n\n– Gooi los, roept de schipper naar voren. Nu!\n\n– Waar is de haak? vraagt zijn dochter.\n\n— Onderin.\n\nDan vaart hij.",
            &["– Gooi los", "Nu!", "– Waar is de haak?", "— Onderin."],
        );
    }

    #[test]
    fn turns_may_stand_on_lines() {
        check("Wie is daar?\n- Ik.\n- Wie is ik?\n", &["- Ik.", "- Wie is ik?"]);
    }

    #[test]
    fn a_colon_may_open_one_turn() {
        check(
            "De buurman ziet dat anders:\n\n— Ik rij elke dag om. Wie betaalt dat?\n\nDan lacht hij.",
            &["— Ik rij elke dag om. Wie betaalt dat?"],
        );
    }

    #[test]
    fn lists_are_no_dialogue() {
        check("Wat er nodig is:\n\n- twee planken\n\n- een hamer", &[]);
        check("Het plan:\n\n– De brug gaat dicht.\n\n– De pont vaart vaker.", &[]);
        check("– Eén regel met een streepje.", &[]);
        check("De vraag:\n\n– Het plan van nu.", &[]);
        check("– Hij noemt het „mooi”, zegt zij.\n\n– Echt?", &[]);
    }
}
