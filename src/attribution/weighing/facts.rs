//! What speaks for one whose a quotation could be, and against.

use std::ops::{Index, Range};

use rustc_hash::FxHashMap as HashMap;

use super::utterances::{Utterance, Utterances};
use crate::attribution::engine::{Speech, Verdict};
use crate::attribution::scene::Scene;
use crate::attribution::shape::{Shape, is_heading};
use crate::attribution::weights::{Feature, Topic, logarithm};
use crate::lexicon::{self, Number};
use crate::sources::{MentionKind, Reference, SourceKind};
use crate::syntax::Class;

/// Those mentioned before so many others are not weighed.
const RECENT: usize = 8;
/// So many mentions are looked through to either side.
const MENTIONS: usize = 40;
/// So many mentions behind the quotation are looked at.
const BEHIND: usize = 4;
/// Headings are looked for so many paragraphs back.
const PARAGRAPHS: usize = 8;

/// Of few there are more.
const MANY_FACTS: usize = 32;

/// What can be said of everyone near one quotation.
pub(super) struct Facts<'s, 'a> {
    scene: &'s Scene<'a>,
    utterances: &'s Utterances,
    candidate: usize,
    shape: &'s Shape,
    rule: &'static str,
    /// How strong the rule finds its evidence.
    strength: f32,
    /// What the rule made of it.
    speech: &'s Speech,
    /// How much of a heading each member says elsewhere.
    echoes: &'s HashMap<usize, f32>,
    /// The two utterances before, the last first.
    before: Vec<&'s Utterance>,
    /// The next utterance.
    next: Option<&'s Utterance>,
    /// Those mentioned before, the last first, each with the last mention.
    recent: Vec<(usize, usize)>,
    /// Those of the last sentence that mentions anyone, in its order.
    last_told: Vec<usize>,
    /// That sentence.
    last_sentence: Option<usize>,
    /// Those mentioned behind it, in order, each with the mention.
    behind: Vec<(usize, usize)>,
    /// What the quotation calls who says it.
    calls_itself: Topic,
    /// Whether it opens its paragraph.
    opens: bool,
    /// Whether a colon announces it.
    announced: bool,
    /// Whether the words before it tell of something that words stand on: *een bord*.
    written: bool,
    /// The paragraph of the nearest heading above it.
    heading: Option<usize>,
}

impl<'s, 'a> Facts<'s, 'a> {
    pub(super) fn new(
        scene: &'s Scene<'a>,
        utterances: &'s Utterances,
        candidate: usize,
        verdict: &'s Verdict,
        speech: &'s Speech,
        echoes: &'s HashMap<usize, f32>,
    ) -> Self {
        let shape = &scene.shapes[candidate];
        let (start, end) = (shape.tokens.start, shape.tokens.end);
        let told = |(number, _): &(usize, &Reference)| !scene.cast.quoted[*number];
        let mut recent: Vec<(usize, usize)> = Vec::new();
        let mut last_told = Vec::new();
        let mut last_sentence = None;
        let mentioned = scene.cast.references_in(0..start).rev().take(MENTIONS).filter(told);
        for (number, it) in mentioned {
            let Some(member) = scene.member(number) else { continue };
            if it.sentence == *last_sentence.get_or_insert(it.sentence) {
                last_told.push(member);
            }
            if recent.len() < RECENT && !recent.iter().any(|&(other, _)| other == member) {
                recent.push((member, number));
            }
        }
        last_told.reverse();
        let mentioned = scene.cast.references_in(end..scene.tagged.len()).take(MENTIONS);
        let behind = mentioned
            .filter(told)
            .take(BEHIND)
            .filter_map(|(number, _)| Some((scene.member(number)?, number)))
            .collect();
        let calls_itself = match (
            scene.is_in_first_person(candidate, Number::Singular),
            scene.is_in_first_person(candidate, Number::Plural),
        ) {
            (true, false) => Topic::I,
            (false, true) => Topic::We,
            (true, true) => Topic::IAndWe,
            (false, false) => Topic::NoOne,
        };
        let first = scene.tokenized.paragraphs()[shape.paragraph].sentences.start;
        Self {
            scene,
            utterances,
            candidate,
            shape,
            rule: verdict.rule,
            strength: verdict.confidence,
            speech,
            echoes,
            before: utterances.before(start).take(2).collect(),
            next: utterances.behind(end).next(),
            recent,
            last_told,
            last_sentence,
            behind,
            calls_itself,
            opens: shape.opens_sentence && shape.first_sentence == first,
            announced: scene.colon_before(candidate).is_some(),
            written: is_written(scene, shape),
            heading: (0..=shape.paragraph).rev().take(PARAGRAPHS).find(|&at| is_heading(scene, at)),
        }
    }

    /// Everyone whose the quotation could be: whom the rule names, who speaks near, who
    /// is mentioned near.
    pub(super) fn members(&self) -> Vec<usize> {
        let is_document =
            |member: &usize| self.scene.cast.members[*member].kind == SourceKind::Document;
        let mentioned = self.recent.iter().chain(&self.behind).map(|&(member, _)| member);
        let mut members: Vec<usize> = self
            .speech
            .member
            .into_iter()
            .chain(self.utterances.near(self.shape.tokens.start))
            .chain(mentioned.filter(|member| !is_document(member)))
            .collect();
        members.sort_unstable();
        members.dedup();
        members
    }

    /// Adds what speaks for a member, or for nobody whom the text names; yields where.
    pub(super) fn gather(&self, member: Option<usize>, facts: &mut Gathered) -> Range<usize> {
        let start = facts.0.len();
        if let Some(member) = member {
            self.is(member, facts);
            self.speaks_before(member, facts);
            self.speaks_next(member, facts);
            self.speaks(member, facts);
            self.is_told_of(member, facts);
            self.is_told_of_next(member, facts);
        } else {
            self.nobody(facts);
        }
        start..facts.0.len()
    }

    fn nobody(&self, facts: &mut Gathered) {
        facts.holds(Topic::Nobody, true);
        facts.add(Topic::Nobody, self.rule, true);
        facts.add(Topic::Nobody, self.calls_itself.name(), true);
        facts.holds(Topic::NobodyWritten, self.written);
        facts.holds(Topic::NobodyAlone, self.shape.alone);
        facts.holds(Topic::NobodyNoSpeaker, self.speakers() == 0);
        facts.number(Topic::NobodyWords, logarithm(self.shape.words));
    }

    /// How many members speak elsewhere.
    fn speakers(&self) -> usize {
        let only_here = |member| self.utterances.count(member) == 1;
        self.utterances.members() - usize::from(self.speech.member.is_some_and(only_here))
    }

    /// Who the member is, and whether the rule names it.
    fn is(&self, member: usize, facts: &mut Gathered) {
        let it = &self.scene.cast.members[member];
        let kind = it.kind.name();
        facts.add(Topic::Kind, kind, true);
        facts.add(self.calls_itself, kind, true);
        facts.add(Topic::Once, kind, it.references.len() == 1);
        facts.holds(Topic::Medium, lexicon::is_medium(&it.name));
        facts.holds(Topic::Place, it.is_place());
        facts.holds(Topic::NamedInIt, self.scene.is_named_in(self.candidate, member));
        if self.speech.member == Some(member) {
            facts.holds(Topic::Chosen, true);
            facts.add(Topic::Chosen, self.rule, true);
            facts.holds(Topic::ChosenMentioned, self.speech.mention.is_some());
            facts.number(Topic::Strength, self.strength);
        }
        if let Some(&share) = self.echoes.get(&member) {
            facts.number(Topic::Echoes, share);
            facts.holds(Topic::EchoesMost, self.echoes.values().all(|other| *other <= share));
        }
    }

    /// Whether the member spoke last.
    fn speaks_before(&self, member: usize, facts: &mut Gathered) {
        let own = |n: usize| self.before.get(n).filter(|it| it.member == Some(member));
        let Some(it) = own(0) else {
            let asked = self.before.first().is_some_and(|last| last.asked);
            facts.holds(Topic::SpokeBeforeLast, own(1).is_some());
            facts.holds(Topic::SpokeBeforeLastAsked, own(1).is_some() && asked);
            return;
        };
        let paragraph = self.shape.paragraph;
        let sentence = self.scene.sentence_of(it.end - 1);
        let other = self.scene.sentence(sentence).paragraph;
        facts.holds(Topic::SpokeLast, true);
        facts.holds(Topic::SpokeLastHere, other == paragraph);
        facts.holds(Topic::SpokeLastBefore, other + 1 == paragraph || other + 2 == paragraph);
        facts.holds(Topic::SpokeLastAboveHeading, self.is_above_heading(other));
        facts.holds(Topic::SpokeLastAsked, it.asked);
        facts.holds(Topic::SpokeLastReported, it.candidate.is_none());
        facts.holds(Topic::SpokeLastAlone, self.shape.alone);
        facts.holds(Topic::SpokeLastOpens, self.opens);
        facts.holds(Topic::SpokeLastOpensNext, self.opens && other + 1 == paragraph);
        facts.holds(Topic::SpokeLastAnnounced, self.announced);
        facts
            .number(Topic::SpokeAgo, logarithm(self.shape.first_sentence.saturating_sub(sentence)));
    }

    /// Whether the member speaks next.
    fn speaks_next(&self, member: usize, facts: &mut Gathered) {
        let Some(it) = self.next.filter(|it| it.member == Some(member)) else { return };
        let sentence = self.scene.sentence_of(it.start);
        let paragraph = self.shape.paragraph;
        facts.holds(Topic::SpeaksNext, true);
        facts.holds(Topic::SpeaksNextHere, self.scene.sentence(sentence).paragraph == paragraph);
        facts.holds(Topic::SpeaksNextNamed, it.explicit);
        facts.holds(Topic::SpeaksNextAlone, self.shape.alone);
        facts.holds(Topic::SpeaksNextTitle, paragraph == 0);
        facts.number(
            Topic::SpeaksAhead,
            logarithm(sentence.saturating_sub(self.shape.last_sentence)),
        );
    }

    /// How often the member speaks elsewhere.
    fn speaks(&self, member: usize, facts: &mut Gathered) {
        let here = usize::from(self.speech.member == Some(member));
        let named_here = here * usize::from(self.speech.mention.is_some());
        let spoken = logarithm(self.utterances.count(member) - here);
        facts.holds(Topic::SpeaksNever, spoken == 0.0);
        facts.holds(Topic::SpeaksAlone, spoken > 0.0 && self.speakers() == 1);
        facts.number(Topic::Speaks, spoken);
        facts.number(Topic::SpeaksNamed, logarithm(self.utterances.explicit(member) - named_here));
        if self.shape.alone {
            facts.number(Topic::SpeaksAlone, spoken);
        }
        if self.shape.paragraph == 0 {
            facts.number(Topic::SpeaksTitle, spoken);
        }
    }

    /// Where the member was mentioned last, outside quotations.
    fn is_told_of(&self, member: usize, facts: &mut Gathered) {
        let scene = self.scene;
        let own = &scene.cast.members[member].references;
        let in_title =
            |&n: &usize| scene.sentence(scene.cast.references[n].sentence).paragraph == 0;
        facts.holds(Topic::ToldTitle, own.first().is_some_and(in_title));
        facts.number(Topic::ToldTimes, logarithm(own.len()));
        let Some(rank) = self.recent.iter().position(|&(other, _)| other == member) else {
            facts.holds(Topic::ToldNotBefore, true);
            return;
        };
        let number = self.recent[rank].1;
        let it = &scene.cast.references[number];
        let ago = self.shape.first_sentence.saturating_sub(it.sentence);
        let paragraph = scene.sentence(it.sentence).paragraph;
        let leads = scene.cast.leads(number);
        let oblique = |before: usize| scene.tagged.class(before) == Class::Preposition;
        facts.holds(Topic::ToldInSentence, ago == 0);
        facts.holds(Topic::ToldSentenceBefore, ago == 1);
        facts.holds(Topic::ToldOpens, ago == 1 && self.opens);
        facts.holds(Topic::ToldAnnounced, ago <= 1 && self.announced);
        facts.holds(Topic::ToldParagraph, paragraph == self.shape.paragraph);
        facts.holds(Topic::ToldAboveHeading, self.is_above_heading(paragraph));
        facts.holds(Topic::ToldLast, rank == 0);
        facts.holds(Topic::ToldSecondLast, rank == 1);
        facts.holds(Topic::ToldLeads, leads);
        facts.holds(Topic::ToldLeadsBefore, leads && ago == 1);
        facts.holds(Topic::ToldLeadsLast, leads && rank == 0);
        facts.holds(Topic::ToldPronoun, it.kind == MentionKind::Pronoun);
        facts.holds(Topic::ToldDescription, it.kind == MentionKind::Description);
        facts.holds(Topic::ToldOblique, it.start.checked_sub(1).is_some_and(oblique));
        facts.holds(Topic::ToldReports, scene.is_subject_of_report(number));
        if Some(it.sentence) == self.last_sentence {
            let first = self.last_told.first() == Some(&member);
            let alone = self.last_told.iter().all(|&other| other == member);
            facts.holds(Topic::ToldLastSentence, true);
            facts.holds(Topic::ToldFirstInLast, first);
            facts.holds(Topic::ToldLastInLast, self.last_told.last() == Some(&member));
            facts.holds(Topic::ToldAloneInLast, alone);
            facts.holds(Topic::ToldFirstRightBefore, first && ago == 1);
        }
        facts.number(Topic::ToldAgo, logarithm(ago));
    }

    /// Where the member is mentioned next, outside quotations.
    fn is_told_of_next(&self, member: usize, facts: &mut Gathered) {
        let found = self.behind.iter().position(|&(other, _)| other == member);
        let Some(place) = found else { return };
        let it = &self.scene.cast.references[self.behind[place].1];
        let paragraph = self.scene.sentence(it.sentence).paragraph;
        let ahead = it.sentence.saturating_sub(self.shape.last_sentence);
        facts.holds(Topic::ToldNext, true);
        facts.holds(Topic::ToldNextFirst, place == 0);
        facts.holds(Topic::ToldNextParagraph, paragraph == self.shape.paragraph);
        facts.number(Topic::ToldAhead, logarithm(ahead));
    }

    /// Whether a heading lies between a paragraph before the quotation and its own.
    fn is_above_heading(&self, paragraph: usize) -> bool {
        self.heading.is_some_and(|heading| paragraph < heading)
    }
}

/// Whether the sentence up to the quotation, or one before it that ends in a colon, tells
/// of something that words stand on.
fn is_written(scene: &Scene<'_>, shape: &Shape) -> bool {
    let own = scene.sentence(shape.first_sentence).tokens.start..shape.tokens.start;
    let before = shape.first_sentence.checked_sub(1).map(|it| scene.sentence(it).tokens.clone());
    let before = before.filter(|tokens| scene.word(tokens.end - 1) == ":");
    own.chain(before.unwrap_or_default()).any(|at| {
        let word = scene.word(at);
        lexicon::is_bearer_noun(word) || lexicon::is_inscription_noun(word)
    })
}

/// The facts of all options of one quotation, as they are gathered.
pub(super) struct Gathered(Vec<Feature>);

impl Gathered {
    /// None yet, with room for those of so many options.
    pub(super) fn for_options(options: usize) -> Self {
        Self(Vec::with_capacity(options * MANY_FACTS))
    }

    pub(super) fn into_features(self) -> Vec<Feature> {
        self.0
    }

    fn holds(&mut self, of: Topic, holds: bool) {
        self.add(of, "", holds);
    }

    fn add(&mut self, of: Topic, is: &'static str, holds: bool) {
        if holds {
            self.0.push(Feature::holds(of, is));
        }
    }

    fn number(&mut self, of: Topic, value: f32) {
        self.0.push(Feature::number(of, value));
    }
}

impl Index<Range<usize>> for Gathered {
    type Output = [Feature];

    fn index(&self, places: Range<usize>) -> &[Feature] {
        &self.0[places]
    }
}
