//! The score of one document: what was paired with what, whether the speaker is
//! right, and the counts that follow.

use std::cmp::Reverse;

use super::confusion::Confusion;
use super::identity::{Fits, GoldSources};
use super::overlap::{Extent, Overlap, Ruler, Threshold};
use super::pairing::{self, Pair};
use super::tally::{Cell, Counts, Group, Measure, Naming, Tally};
use crate::annotated::Annotated;
use crate::attribution::{Kind, NotQuotation, Quotation};
use crate::sources::{SourceIndex, SourceKind};
use crate::text::Span;
use crate::tokenize::{TokenKind, tokenize};

/// The score of one document.
#[derive(Debug, Clone)]
pub struct DocumentScore<'a> {
    /// The gold labels.
    pub gold: &'a Annotated,
    /// What the system gives; `None` if it gives nothing for this document.
    pub system: Option<&'a Annotated>,
    /// The counts.
    pub tally: Tally,
    /// One a gold quotation, in order of their start.
    pub cases: Vec<Case>,
    /// Predicted quotations that are paired with none, in order of their start.
    pub extras: Vec<Extra>,
    /// Kinds of quotations: of pairs; of what is left over, where a marked one
    /// covers at least half of a reported one or the other way round; and of
    /// the rest with none.
    pub kinds: Confusion<Kind>,
    /// Types of sources, of the quotations found.
    pub types: Confusion<SourceKind>,
    /// Quotations of the document that were not scored or counted as wrong for
    /// a reason of form.
    pub oddities: Oddities,
}

/// What became of a gold quotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Case {
    /// Index into the gold document's quotations.
    pub gold: usize,
    /// Index of the predicted quotation that is paired with it, and what they
    /// share.
    pub predicted: Option<(usize, Overlap)>,
    /// Whether it was found, and given to the right source.
    pub answer: Answer,
}

/// Whether a gold quotation was found and given to the right source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Answer {
    /// Found, with the right source, or rightly none.
    Right,
    /// Found, with another source.
    WrongSource,
    /// Found, with no source, though the text tells it.
    NoSource,
    /// Found, with a source, though the text tells none.
    NeedlessSource,
    /// Not found.
    Missed,
}

impl Answer {
    /// The answer as reports have it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Right => "right",
            Self::WrongSource => "wrong source",
            Self::NoSource => "no source given",
            Self::NeedlessSource => "source given where the text tells none",
            Self::Missed => "missed",
        }
    }
}

/// A predicted quotation that is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Extra {
    /// Index into the system's quotations.
    pub predicted: usize,
    /// Index of the labelled non-quotation that it was made of.
    pub false_alarm: Option<usize>,
}

/// Counted peculiarities of an input, for warnings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Oddities {
    /// Gold quotations on the words of another of the same sort (marked or
    /// not), punctuation at the ends aside.
    pub gold_duplicates: u64,
    /// Predicted quotations of that sort. They can pair with nothing and count
    /// as wrong.
    pub duplicates: u64,
    /// Predicted quotations without a confidence.
    pub without_confidence: u64,
    /// Confidences outside 0 to 1, which are taken for none.
    pub bad_confidence: u64,
}

impl std::ops::AddAssign for Oddities {
    fn add_assign(&mut self, other: Self) {
        self.gold_duplicates += other.gold_duplicates;
        self.duplicates += other.duplicates;
        self.without_confidence += other.without_confidence;
        self.bad_confidence += other.bad_confidence;
    }
}

/// The confidence of a quotation, if it is one: from 0 to 1.
pub(super) fn confidence(quotation: &Quotation) -> Option<f32> {
    quotation.confidence.filter(|confidence| (0.0..=1.0).contains(confidence))
}

/// Scores `system` against `gold`. Quotations of less than `least` confidence
/// are taken as not given. `given` is what the system answers when it is handed
/// the gold quotations.
pub(super) fn score<'a>(
    gold: &'a Annotated,
    system: Option<&'a Annotated>,
    given: Option<&Annotated>,
    least: Option<f32>,
) -> DocumentScore<'a> {
    let nothing;
    let predicted = if let Some(system) = system {
        system
    } else {
        nothing = Annotated::bare(gold.document.clone());
        &nothing
    };
    let ruler = Ruler::new(gold.document.text());
    let sources = GoldSources::new(gold);
    let mut scorer = Scorer {
        ruler: &ruler,
        gold,
        system: predicted,
        speakers: Speakers::new(&sources, predicted),
        tally: Tally::default(),
        kinds: Confusion::default(),
        types: Confusion::default(),
    };
    let golds = Sorted::new(gold, &ruler, |_| true);
    let is_given = |q: &Quotation| confidence(q).is_none_or(|c| least.is_none_or(|l| c >= l));
    let predictions = Sorted::new(predicted, &ruler, is_given);
    let pairs = scorer.pair(&golds, &predictions);
    let cases = scorer.cases(&golds, &pairs);
    let extras = scorer.extras(&predictions, &pairs);
    scorer.count_tokens(&golds, &predictions);
    scorer.count_rejected();
    scorer.confuse_leftovers(&golds, &predictions, &pairs);
    if let Some(given) = given {
        scorer.count_given(&golds, given, &sources);
    }
    let oddities = Oddities {
        gold_duplicates: golds.duplicates(),
        duplicates: predictions.duplicates(),
        without_confidence: count(&predicted.quotations, |q| q.confidence.is_none()),
        bad_confidence: count(&predicted.quotations, |q| q.confidence != confidence(q)),
    };
    let Scorer { tally, kinds, types, .. } = scorer;
    DocumentScore { gold, system, tally, cases, extras, kinds, types, oddities }
}

fn count<T>(all: &[T], is: impl Fn(&T) -> bool) -> u64 {
    all.iter().filter(|it| is(it)).count() as u64
}

/// The quotations of one side, marked and not, each in an order that does not
/// depend on that of the input.
struct Sorted {
    marked: Side,
    indirect: Side,
}

/// Quotations of one sort: indices and extents, in order.
#[derive(Default)]
struct Side {
    indices: Vec<usize>,
    extents: Vec<Extent>,
}

impl Sorted {
    fn new(annotated: &Annotated, ruler: &Ruler<'_>, keep: impl Fn(&Quotation) -> bool) -> Self {
        let mut all: Vec<_> = annotated
            .quotations
            .iter()
            .enumerate()
            .filter(|(_, quotation)| keep(quotation))
            .map(|(n, quotation)| (ruler.extent(quotation.span), quotation, n))
            .collect();
        all.sort_by_cached_key(|(extent, quotation, n)| {
            let name = quotation.source.map(|index| annotated.source(index).name.clone());
            let mention = quotation.mention.map(|mention| mention.span);
            let confidence = confidence(quotation).map(f32::to_bits);
            let words = (name, mention, quotation.cue);
            ((extent.start(), Reverse(extent.end())), quotation.kind, words, confidence, *n)
        });
        let side = |marked: bool| {
            let of_sort =
                all.iter().filter(|(_, quotation, _)| quotation.kind.is_marked() == marked);
            let (extents, indices) = of_sort.map(|&(extent, _, n)| (extent, n)).unzip();
            Side { indices, extents }
        };
        Self { marked: side(true), indirect: side(false) }
    }

    fn side(&self, marked: bool) -> &Side {
        if marked { &self.marked } else { &self.indirect }
    }

    fn duplicates(&self) -> u64 {
        let same = |side: &Side| side.extents.windows(2).filter(|two| two[0] == two[1]).count();
        (same(&self.marked) + same(&self.indirect)) as u64
    }
}

/// Pairs as indices into the quotations of the two documents.
struct Pairs {
    found: Vec<(usize, usize, Overlap)>,
}

impl Pairs {
    fn has_gold(&self, gold: usize) -> bool {
        self.found.iter().any(|pair| pair.0 == gold)
    }

    fn has_predicted(&self, predicted: usize) -> bool {
        self.found.iter().any(|pair| pair.1 == predicted)
    }
}

/// What each source of a system fits.
struct Speakers<'a> {
    sources: &'a GoldSources<'a>,
    system: &'a Annotated,
    fits: Vec<Fits>,
}

impl<'a> Speakers<'a> {
    fn new(sources: &'a GoldSources<'a>, system: &'a Annotated) -> Self {
        let mut speaks = vec![false; system.sources.len()];
        for source in system.quotations.iter().filter_map(|quotation| quotation.source) {
            speaks[source.0] = true;
        }
        let fits = system.sources.iter().zip(speaks).map(|(source, speaks)| {
            if speaks { sources.fits(&source.name) } else { Fits::default() }
        });
        Self { sources, system, fits: fits.collect() }
    }

    fn answer(&self, gold: &Quotation, predicted: &Quotation) -> Answer {
        match (gold.source, predicted.source) {
            (None, None) => Answer::Right,
            (None, Some(_)) => Answer::NeedlessSource,
            (Some(_), None) => Answer::NoSource,
            (Some(right), Some(SourceIndex(given))) => {
                let fits = &self.fits[given];
                let is_right = self.sources.is_right(right, fits, self.system, predicted);
                if is_right { Answer::Right } else { Answer::WrongSource }
            }
        }
    }
}

struct Scorer<'a> {
    ruler: &'a Ruler<'a>,
    gold: &'a Annotated,
    system: &'a Annotated,
    speakers: Speakers<'a>,
    tally: Tally,
    kinds: Confusion<Kind>,
    types: Confusion<SourceKind>,
}

impl Scorer<'_> {
    /// Marked with marked, indirect with indirect.
    fn pair(&self, golds: &Sorted, predictions: &Sorted) -> Pairs {
        let mut found = Vec::new();
        for (marked, threshold) in [(true, Threshold::MARKED), (false, Threshold::LOOSE)] {
            let (gold, predicted) = (golds.side(marked), predictions.side(marked));
            let kind_of = |g: usize, p: usize| {
                let gold = self.gold.quotations[gold.indices[g]].kind;
                gold == self.system.quotations[predicted.indices[p]].kind
            };
            let pairs = pairing::pair(&gold.extents, &predicted.extents, threshold, kind_of);
            found.extend(pairs.into_iter().map(|pair| {
                (gold.indices[pair.gold], predicted.indices[pair.predicted], pair.overlap)
            }));
        }
        Pairs { found }
    }

    fn groups(kind: Kind) -> impl Iterator<Item = Group> {
        Group::ALL.into_iter().filter(move |group| group.has(kind))
    }

    /// Adds one to the counts of `measure` in the groups of `kind`.
    fn add(
        &mut self,
        kind: Kind,
        measure: Measure,
        (correct, predicted, gold): (bool, bool, bool),
    ) {
        for group in Self::groups(kind).filter(|&group| measure.is_of(group)) {
            let counts = &mut self.tally[Cell::new(group, measure)];
            counts.correct += u64::from(correct);
            counts.predicted += u64::from(predicted);
            counts.gold += u64::from(gold);
        }
    }

    /// The same of a share: one answer, right or not.
    fn add_share(&mut self, kind: Kind, measure: Measure, right: bool) {
        self.add(kind, measure, (right, true, true));
    }

    /// Adds a pair to the counts of `measure`: in groups of several kinds it is
    /// right wherever it is, in that of one kind only with the right one.
    fn add_pair(&mut self, gold: Kind, predicted: Kind, measure: Measure) {
        for group in Self::groups(gold).filter(|group| group.has(predicted)) {
            self.tally[Cell::new(group, measure)].correct += 1;
        }
    }

    fn cases(&mut self, golds: &Sorted, pairs: &Pairs) -> Vec<Case> {
        let (gold, system) = (self.gold, self.system);
        for measure in [Measure::Detection, Measure::Exact, Measure::EndToEnd] {
            for side in [&golds.marked, &golds.indirect] {
                for &n in &side.indices {
                    self.add(gold.quotations[n].kind, measure, (false, false, true));
                }
            }
        }
        let mut cases: Vec<Case> = Vec::with_capacity(gold.quotations.len());
        for side in [&golds.marked, &golds.indirect] {
            for &n in &side.indices {
                let found = pairs.found.iter().find(|pair| pair.0 == n);
                let quotation = &gold.quotations[n];
                let answer = found.map_or(Answer::Missed, |&(_, predicted, overlap)| {
                    self.count_pair(quotation, &system.quotations[predicted], overlap)
                });
                self.count_source(quotation, found.map(|pair| &system.quotations[pair.1]), answer);
                let predicted = found.map(|&(_, predicted, overlap)| (predicted, overlap));
                cases.push(Case { gold: n, predicted, answer });
            }
        }
        cases.sort_by_key(|case| {
            let span = gold.quotations[case.gold].span;
            (span.start(), Reverse(span.end()))
        });
        cases
    }

    /// Counts what a pair of quotations has right.
    fn count_pair(&mut self, gold: &Quotation, predicted: &Quotation, overlap: Overlap) -> Answer {
        let answer = self.speakers.answer(gold, predicted);
        let right = answer == Answer::Right;
        self.add_pair(gold.kind, predicted.kind, Measure::Detection);
        if overlap.is_exact() {
            self.add_pair(gold.kind, predicted.kind, Measure::Exact);
        }
        if right {
            self.add_pair(gold.kind, predicted.kind, Measure::EndToEnd);
        }
        let kind = gold.kind;
        self.kinds.add(Some(kind), Some(predicted.kind));
        self.add_share(kind, Measure::KindAccuracy, kind == predicted.kind);
        let sources = (gold.source.is_some(), predicted.source.is_some());
        self.add_share(kind, Measure::SpeakerAccuracy, right);
        self.add(kind, Measure::Speaker, (right && sources.0, sources.1, sources.0));
        let none = (!sources.0 && !sources.1, !sources.1, !sources.0);
        self.add(kind, Measure::NoSource, none);
        let types = (
            gold.source.map(|index| self.gold.source(index).kind),
            predicted.source.map(|index| self.system.source(index).kind),
        );
        self.types.add(types.0, types.1);
        if let (Some(gold), Some(predicted)) = types {
            self.add_share(kind, Measure::TypeAccuracy, gold == predicted);
        }
        let mentions = (gold.mention.map(|m| m.span), predicted.mention.map(|m| m.span));
        self.count_words(kind, mentions, (Measure::Mention, Measure::MentionExact));
        self.count_words(kind, (gold.cue, predicted.cue), (Measure::Cue, Measure::CueExact));
        answer
    }

    fn count_words(
        &mut self,
        kind: Kind,
        (gold, predicted): (Option<Span>, Option<Span>),
        (loose, exact): (Measure, Measure),
    ) {
        let overlap = gold
            .zip(predicted)
            .map(|(gold, predicted)| self.ruler.extent(gold).overlap(self.ruler.extent(predicted)));
        let given = (predicted.is_some(), gold.is_some());
        let right = overlap.is_some_and(|overlap| overlap.reaches(Threshold::LOOSE));
        self.add(kind, loose, (right, given.0, given.1));
        let right = overlap.is_some_and(Overlap::is_exact);
        self.add(kind, exact, (right, given.0, given.1));
    }

    /// Counts a gold quotation by how its source is named and of what type it
    /// is.
    fn count_source(&mut self, gold: &Quotation, found: Option<&Quotation>, answer: Answer) {
        let Some(source) = gold.source else { return };
        let naming = gold.mention.map_or(Naming::Implicit, |mention| Naming::By(mention.kind));
        let answered = found.is_some_and(|predicted| predicted.source.is_some());
        let counts = (answer == Answer::Right, answered, true);
        self.add(gold.kind, Measure::Named(naming), counts);
        self.add(gold.kind, Measure::OfType(self.gold.source(source).kind), counts);
    }

    /// Counts all predicted quotations, and lists those that pair with none.
    fn extras(&mut self, predictions: &Sorted, pairs: &Pairs) -> Vec<Extra> {
        for measure in [Measure::Detection, Measure::Exact, Measure::EndToEnd] {
            for side in [&predictions.marked, &predictions.indirect] {
                for &n in &side.indices {
                    let kind = self.system.quotations[n].kind;
                    self.add(kind, measure, (false, true, false));
                }
            }
        }
        let mut left: Side = Side::default();
        for (&n, &extent) in predictions.marked.indices.iter().zip(&predictions.marked.extents) {
            if !pairs.has_predicted(n) {
                left.indices.push(n);
                left.extents.push(extent);
            }
        }
        let (labels, extents) = self.not_quotations(&self.gold.not_quotations);
        let alarms = pairing::pair(&extents, &left.extents, Threshold::MARKED, |_, _| true);
        self.tally[Cell::new(Group::Marked, Measure::FalseAlarms)] = Counts {
            correct: alarms.len() as u64,
            predicted: labels.len() as u64,
            gold: labels.len() as u64,
        };
        let alarm_of = |at: usize| {
            alarms.iter().find(|pair| pair.predicted == at).map(|pair| labels[pair.gold])
        };
        let marked = left.indices.iter().enumerate();
        let marked = marked.map(|(at, &n)| Extra { predicted: n, false_alarm: alarm_of(at) });
        let indirect = predictions.indirect.indices.iter().filter(|&&n| !pairs.has_predicted(n));
        let indirect = indirect.map(|&n| Extra { predicted: n, false_alarm: None });
        let mut extras: Vec<_> = marked.chain(indirect).collect();
        extras.sort_by_key(|extra| {
            let span = self.system.quotations[extra.predicted].span;
            (span.start(), Reverse(span.end()), extra.predicted)
        });
        extras
    }

    /// Indices and extents of non-quotations, in order.
    fn not_quotations(&self, all: &[NotQuotation]) -> (Vec<usize>, Vec<Extent>) {
        let mut all: Vec<_> =
            all.iter().enumerate().map(|(n, not)| (self.ruler.extent(not.span), n)).collect();
        all.sort_unstable();
        all.into_iter().map(|(extent, n)| (n, extent)).unzip()
    }

    fn count_rejected(&mut self) {
        let (_, gold) = self.not_quotations(&self.gold.not_quotations);
        let (_, predicted) = self.not_quotations(&self.system.not_quotations);
        let pairs = pairing::pair(&gold, &predicted, Threshold::MARKED, |_, _| true);
        self.tally[Cell::new(Group::Marked, Measure::Rejected)] = Counts {
            correct: pairs.len() as u64,
            predicted: predicted.len() as u64,
            gold: gold.len() as u64,
        };
    }

    fn count_tokens(&mut self, golds: &Sorted, predictions: &Sorted) {
        let tokenized = tokenize(self.gold.document.text());
        let cover = |sorted: &Sorted, quotations: &[Quotation]| {
            let mut covered = vec![0u8; tokenized.tokens().len()];
            for &n in sorted.marked.indices.iter().chain(&sorted.indirect.indices) {
                let Quotation { span, kind, .. } = quotations[n];
                covered[tokenized.tokens_in(span)].iter_mut().for_each(|bits| *bits |= bit(kind));
            }
            covered
        };
        let in_gold = cover(golds, &self.gold.quotations);
        let in_system = cover(predictions, &self.system.quotations);
        let masks = Group::ALL.map(|group| {
            let kinds = Kind::ALL.into_iter().filter(|&kind| group.has(kind));
            (group, kinds.map(bit).fold(0, std::ops::BitOr::bitor))
        });
        // How often each combination of the two occurs: 8 times 8.
        let mut combinations = [0u64; 64];
        for (token, (&gold, &system)) in
            tokenized.tokens().iter().zip(in_gold.iter().zip(&in_system))
        {
            if matches!(token.kind, TokenKind::Word | TokenKind::Number | TokenKind::Address) {
                combinations[usize::from(gold << 3 | system)] += 1;
            }
        }
        for (both, &count) in combinations.iter().enumerate() {
            for (group, mask) in masks {
                let gold = both >> 3 & usize::from(mask) != 0;
                let predicted = both & usize::from(mask) != 0;
                let counts = &mut self.tally[Cell::new(group, Measure::Tokens)];
                counts.correct += if gold && predicted { count } else { 0 };
                counts.predicted += if predicted { count } else { 0 };
                counts.gold += if gold { count } else { 0 };
            }
        }
    }

    /// Kinds of what is left over by pairing.
    fn confuse_leftovers(&mut self, golds: &Sorted, predictions: &Sorted, pairs: &Pairs) {
        for marked in [true, false] {
            let left = |side: &Side, taken: &dyn Fn(usize) -> bool| {
                let all = side.indices.iter().zip(&side.extents);
                let (indices, extents) =
                    all.filter(|(n, _)| !taken(**n)).unzip::<_, _, Vec<_>, Vec<_>>();
                Side { indices, extents }
            };
            let gold = left(golds.side(marked), &|n| pairs.has_gold(n));
            let predicted = left(predictions.side(!marked), &|n| pairs.has_predicted(n));
            let crossed =
                pairing::pair(&gold.extents, &predicted.extents, Threshold::LOOSE, |_, _| true);
            for (at, &n) in gold.indices.iter().enumerate() {
                let other = crossed.iter().find(|pair| pair.gold == at);
                let other = other.map(|pair| predicted.indices[pair.predicted]);
                let kind = other.map(|n| self.system.quotations[n].kind);
                self.kinds.add(Some(self.gold.quotations[n].kind), kind);
            }
            for (at, &n) in predicted.indices.iter().enumerate() {
                if !crossed.iter().any(|pair: &Pair| pair.predicted == at) {
                    self.kinds.add(None, Some(self.system.quotations[n].kind));
                }
            }
        }
    }

    /// Counts the speakers of a run that was handed the gold quotations.
    fn count_given(&mut self, golds: &Sorted, given: &Annotated, sources: &GoldSources<'_>) {
        let speakers = Speakers::new(sources, given);
        let answers = Sorted::new(given, self.ruler, |_| true);
        let (gold, answered) = (&golds.marked, &answers.marked);
        let pairs = pairing::pair(&gold.extents, &answered.extents, Threshold::MARKED, |_, _| true);
        for (at, &n) in gold.indices.iter().enumerate() {
            let quotation = &self.gold.quotations[n];
            let answer = pairs.iter().find(|pair| pair.gold == at);
            let answer = answer.map(|pair| &given.quotations[answered.indices[pair.predicted]]);
            let right =
                answer.is_some_and(|answer| speakers.answer(quotation, answer) == Answer::Right);
            let named = answer.is_some_and(|answer| answer.source.is_some());
            let told = quotation.source.is_some();
            self.add(quotation.kind, Measure::GivenGold, (right && told, named, told));
            self.add_share(quotation.kind, Measure::GivenGoldAccuracy, right);
        }
    }
}

/// The bit of a kind in a set of kinds.
fn bit(kind: Kind) -> u8 {
    1 << kind as u8
}
