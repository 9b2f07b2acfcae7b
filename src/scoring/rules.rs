//! What each rule is worth: how often it decided, and how often it was right.

use std::collections::BTreeMap;

use super::document::Answer;
use super::evaluation::Evaluation;
use super::overlap::{Ruler, Threshold};
use super::pairing;
use crate::attribution::NotQuotation;

/// The marked spans and the reported ones that one rule decided.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RuleScore {
    /// Identifier of the rule.
    pub rule: String,
    /// What it decided: quotations, and spans in marks that it took for none.
    pub fired: u64,
    /// Quotations that are found and have the right speaker, and rejected spans
    /// that are no quotation in the gold labels either.
    pub right: u64,
    /// Quotations that are found and have another.
    pub wrong_source: u64,
    /// Quotations that are none in the gold labels.
    pub no_quotation: u64,
    /// Rejected spans that are marked quotations in the gold labels.
    pub wrongly_rejected: u64,
}

impl RuleScore {
    /// Those that are not right.
    #[must_use]
    pub const fn wrong(&self) -> u64 {
        self.wrong_source + self.no_quotation + self.wrongly_rejected
    }

    /// The share that is right.
    #[must_use]
    pub fn precision(&self) -> Option<f64> {
        (self.fired > 0).then(|| self.right as f64 / self.fired as f64)
    }
}

/// Marked spans that the system rejects for one reason.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rejection {
    /// The reason, as the system gives it.
    pub reason: String,
    /// How many.
    pub count: u64,
    /// Those that are marked quotations in the gold labels.
    pub wrong: u64,
}

/// What each rule is worth.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RuleTable {
    /// Rules that decided something, by how often, the most first.
    pub rules: Vec<RuleScore>,
    /// Known rules that decided nothing, in the order given.
    pub silent: Vec<String>,
    /// Reasons for which marked spans were rejected, the most frequent first.
    pub rejections: Vec<Rejection>,
}

impl Evaluation<'_> {
    /// What each rule is worth; `known` are the rules that could have decided.
    /// What names no rule is left out.
    #[must_use]
    pub fn rules(&self, known: &[&str]) -> RuleTable {
        let mut scores: BTreeMap<&str, RuleScore> = BTreeMap::new();
        for document in &self.documents {
            let Some(system) = document.system else { continue };
            let rule = |predicted: usize| system.quotations[predicted].rule.as_deref();
            for case in &document.cases {
                let Some(rule) = case.predicted.and_then(|(predicted, _)| rule(predicted)) else {
                    continue;
                };
                let score = scores.entry(rule).or_default();
                score.fired += 1;
                if case.answer == Answer::Right {
                    score.right += 1;
                } else {
                    score.wrong_source += 1;
                }
            }
            for extra in &document.extras {
                let Some(rule) = rule(extra.predicted) else { continue };
                let score = scores.entry(rule).or_default();
                score.fired += 1;
                score.no_quotation += 1;
            }
        }
        for (not, is_wrong) in self.rejected() {
            let Some(rule) = not.rule.as_deref() else { continue };
            let score = scores.entry(rule).or_default();
            score.fired += 1;
            score.right += u64::from(!is_wrong);
            score.wrongly_rejected += u64::from(is_wrong);
        }
        let silent = known.iter().filter(|rule| !scores.contains_key(**rule));
        let silent = silent.map(|rule| (*rule).to_owned()).collect();
        let mut rules: Vec<_> = scores
            .into_iter()
            .map(|(rule, score)| RuleScore { rule: rule.to_owned(), ..score })
            .collect();
        rules.sort_by_key(|score| std::cmp::Reverse(score.fired));
        RuleTable { rules, silent, rejections: self.rejections() }
    }

    /// The marked spans that the system rejects, and whether each is a marked
    /// quotation in the gold labels.
    fn rejected(&self) -> Vec<(&NotQuotation, bool)> {
        let mut found = Vec::new();
        for document in &self.documents {
            let Some(system) = document.system else { continue };
            if system.not_quotations.is_empty() {
                continue;
            }
            let ruler = Ruler::new(document.gold.document.text());
            let marked = document.gold.quotations.iter().filter(|q| q.kind.is_marked());
            let mut gold: Vec<_> = marked.map(|q| ruler.extent(q.span)).collect();
            gold.sort_unstable();
            let mut rejected: Vec<_> =
                system.not_quotations.iter().map(|not| (ruler.extent(not.span), not)).collect();
            rejected.sort_by_key(|(extent, _)| *extent);
            let extents: Vec<_> = rejected.iter().map(|&(extent, _)| extent).collect();
            let pairs = pairing::pair(&gold, &extents, Threshold::MARKED, |_, _| true);
            let mut is_wrong = vec![false; rejected.len()];
            for pair in &pairs {
                is_wrong[pair.predicted] = true;
            }
            found.extend(rejected.into_iter().map(|(_, not)| not).zip(is_wrong));
        }
        found
    }

    fn rejections(&self) -> Vec<Rejection> {
        let mut found: BTreeMap<&str, Rejection> = BTreeMap::new();
        for (not, is_wrong) in self.rejected() {
            let rejection = found.entry(not.reason.as_deref().unwrap_or("")).or_default();
            rejection.count += 1;
            rejection.wrong += u64::from(is_wrong);
        }
        let mut found: Vec<_> = found
            .into_iter()
            .map(|(reason, rejection)| Rejection { reason: reason.to_owned(), ..rejection })
            .collect();
        found.sort_by_key(|rejection| std::cmp::Reverse(rejection.count));
        found
    }
}
