//! Features with their weights, by which the models of [`weighing`](super::weighing)
//! and of [`confidence`](super::confidence) decide.

use std::fmt;

/// Names the topics once: as variants, and as the lists of weights have them.
macro_rules! topics {
    ($($topic:ident => $name:literal,)+) => {
        /// What a feature tells of.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub(super) enum Topic {
            $($topic,)+
        }

        impl Topic {
            const ALL: &[(Self, &str)] = &[$((Self::$topic, $name),)+];
        }
    };
}

topics! {
    Bias => "bias",
    Chosen => "chosen",
    ChosenMentioned => "chosen-mentioned",
    Cue => "cue",
    CueToContent => "cue-to-content",
    CueToMention => "cue-to-mention",
    DescriptionOfNamed => "description-of-named",
    Doubt => "doubt",
    Echoes => "echoes",
    EchoesMost => "echoes-most",
    Fragment => "fragment",
    Guessed => "guessed",
    Heading => "heading",
    I => "i",
    IAndWe => "i-and-we",
    Kind => "kind",
    Medium => "medium",
    Mention => "mention",
    Mentions => "mentions",
    NamedInIt => "named-in-it",
    NamesItself => "names-itself",
    Nested => "nested",
    NoOne => "no-one",
    Nobody => "nobody",
    NobodyAlone => "nobody-alone",
    NobodyNoSpeaker => "nobody-no-speaker",
    NobodyWords => "nobody-words",
    NobodyWritten => "nobody-written",
    OddMarks => "odd-marks",
    Once => "once",
    OneWordName => "one-word-name",
    Others => "others",
    Place => "place",
    Previous => "previous",
    Rule => "rule",
    SinceMentioned => "since-mentioned",
    Source => "source",
    Speaks => "speaks",
    SpeaksAhead => "speaks-ahead",
    SpeaksAlone => "speaks-alone",
    SpeaksNamed => "speaks-named",
    SpeaksNever => "speaks-never",
    SpeaksNext => "speaks-next",
    SpeaksNextAlone => "speaks-next-alone",
    SpeaksNextHere => "speaks-next-here",
    SpeaksNextNamed => "speaks-next-named",
    SpeaksNextTitle => "speaks-next-title",
    SpeaksTitle => "speaks-title",
    Speeches => "speeches",
    SpokeAgo => "spoke-ago",
    SpokeBeforeLast => "spoke-before-last",
    SpokeBeforeLastAsked => "spoke-before-last-asked",
    SpokeLast => "spoke-last",
    SpokeLastAboveHeading => "spoke-last-above-heading",
    SpokeLastAlone => "spoke-last-alone",
    SpokeLastAnnounced => "spoke-last-announced",
    SpokeLastAsked => "spoke-last-asked",
    SpokeLastBefore => "spoke-last-before",
    SpokeLastHere => "spoke-last-here",
    SpokeLastOpens => "spoke-last-opens",
    SpokeLastOpensNext => "spoke-last-opens-next",
    SpokeLastReported => "spoke-last-reported",
    Strength => "strength",
    Told => "told",
    ToldAboveHeading => "told-above-heading",
    ToldAgo => "told-ago",
    ToldAhead => "told-ahead",
    ToldAloneInLast => "told-alone-in-last",
    ToldAnnounced => "told-announced",
    ToldDescription => "told-description",
    ToldFirstInLast => "told-first-in-last",
    ToldFirstRightBefore => "told-first-right-before",
    ToldInSentence => "told-in-sentence",
    ToldLast => "told-last",
    ToldLastInLast => "told-last-in-last",
    ToldLastSentence => "told-last-sentence",
    ToldLeads => "told-leads",
    ToldLeadsBefore => "told-leads-before",
    ToldLeadsLast => "told-leads-last",
    ToldNext => "told-next",
    ToldNextFirst => "told-next-first",
    ToldNextParagraph => "told-next-paragraph",
    ToldNotBefore => "told-not-before",
    ToldOblique => "told-oblique",
    ToldOpens => "told-opens",
    ToldParagraph => "told-paragraph",
    ToldPronoun => "told-pronoun",
    ToldReports => "told-reports",
    ToldSecondLast => "told-second-last",
    ToldSentenceBefore => "told-sentence-before",
    ToldTimes => "told-times",
    ToldTitle => "told-title",
    Unclosed => "unclosed",
    We => "we",
    Weighed => "weighed",
    Words => "words",
}

impl Topic {
    /// The topic as the lists of weights have it.
    pub(super) fn name(self) -> &'static str {
        Self::ALL[self as usize].1
    }
}

/// One thing that an answer rests on, with how much of it there is. It is printed
/// as its name alone: `rule:clause-after`, `mentions`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Feature {
    pub(super) of: Topic,
    /// Empty for one that its topic has only once.
    pub(super) is: &'static str,
    /// How much of it there is: 1 for what just holds, the logarithm of a count.
    pub value: f32,
}

impl Feature {
    pub(super) fn number(of: Topic, value: f32) -> Self {
        Self { of, is: "", value }
    }

    pub(super) fn holds(of: Topic, is: &'static str) -> Self {
        Self { of, is, value: 1.0 }
    }
}

impl fmt::Display for Feature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let of = self.of.name();
        if self.is.is_empty() { f.write_str(of) } else { write!(f, "{of}:{}", self.is) }
    }
}

/// What each feature weighs.
#[derive(Debug)]
pub(super) struct Weights {
    /// Of those that are one of their kind, by their topic.
    single: [f32; Topic::ALL.len()],
    /// Of the others, by their topic, with what they are: some dozens at most.
    of_several: [Vec<(&'static str, f32)>; Topic::ALL.len()],
}

impl Weights {
    /// Reads a feature, a tab and its weight a line; lines that begin with `#` are remarks.
    pub(super) fn read(list: &'static str) -> Self {
        let of_several = [const { Vec::new() }; Topic::ALL.len()];
        let mut weights = Self { single: [0.0; Topic::ALL.len()], of_several };
        let lines = list.lines().filter(|line| !line.starts_with('#'));
        for (feature, weight) in lines.filter_map(|line| line.split_once('\t')) {
            let (name, is) = feature.split_once(':').unwrap_or((feature, ""));
            let topic = Topic::ALL.iter().find(|(_, other)| *other == name);
            let (Some(&(of, _)), Ok(weight)) = (topic, weight.trim().parse()) else { continue };
            if is.is_empty() {
                weights.single[of as usize] = weight;
            } else {
                weights.of_several[of as usize].push((is, weight));
            }
        }
        weights
    }

    /// What `features` weigh together; those without a weight weigh nothing.
    pub(super) fn sum(&self, features: &[Feature]) -> f32 {
        let weight = |it: &Feature| {
            if it.is.is_empty() {
                self.single[it.of as usize]
            } else {
                let mut known = self.of_several[it.of as usize].iter();
                known.find(|(is, _)| *is == it.is).map_or(0.0, |&(_, weight)| weight)
            }
        };
        features.iter().map(|feature| weight(feature) * feature.value).sum()
    }
}

/// Distances and counts tell less the larger they are.
pub(super) fn logarithm(count: usize) -> f32 {
    (count as f32).ln_1p()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_line_of_the_lists_is_read() {
        for list in [include_str!("confidence.tsv"), include_str!("weighing/weights.tsv")] {
            let lines = list.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
            for line in lines {
                let (feature, weight) = line.split_once('\t').expect("a feature and its weight");
                let name = feature.split(':').next().unwrap_or_default();
                assert!(Topic::ALL.iter().any(|(_, other)| *other == name), "{name}");
                assert!(weight.parse::<f32>().is_ok_and(f32::is_finite), "{line}");
            }
            assert!(list.contains(":person\t"), "and there are some");
        }
    }

    #[test]
    fn what_has_no_weight_weighs_nothing() {
        let weights = Weights::read("# A remark.\nmentions\t0.5\nkind:person\t-2\n");
        let features = [
            Feature::number(Topic::Mentions, 3.0),
            Feature::holds(Topic::Kind, "person"),
            Feature::holds(Topic::Kind, "group"),
            Feature::holds(Topic::Place, ""),
        ];
        assert!((weights.sum(&features) + 0.5).abs() < 1e-6);
        let names = features.map(|it| it.to_string());
        assert_eq!(names, ["mentions", "kind:person", "kind:group", "place"]);
    }
}
