//! A reporting clause right behind the quotation.

use super::{Example, Rule};
use crate::attribution::clauses::Clause;
use crate::attribution::engine::Decision;
use crate::attribution::engine::Verdict;
use crate::attribution::scene::Scene;
use crate::lexicon::Frame;
use crate::ner::Label;
use crate::syntax::Class;

/// The quotation is followed by a reporting verb and its subject.
///
/// # Pattern
///
/// `"...", zegt X`; `"...!" riep X`; `"...", zo liet X weten`: after the
/// closing mark and a comma come, adverbs aside, a finite reporting verb and
/// the subject. `"...", noemt X dat`: what is called so stands behind the subject.
///
/// # Why it holds
///
/// Inversion after a fronted quotation is the commonest form of Dutch
/// reporting clauses; the subject cannot stand elsewhere.
///
/// # Where it fails
///
/// Titles that are themselves the subject (`"Het veer" vertelt ...`): without
/// a comma and a stop the verb must have its subject behind it.
pub(super) struct ClauseAfter;

impl Rule for ClauseAfter {
    fn id(&self) -> &'static str {
        "clause-after"
    }

    fn summary(&self) -> &'static str {
        "The quotation is followed by a reporting verb and its subject."
    }

    fn fires(&self) -> &'static [Example] {
        &[
            Example {
                text: "Koen Maes zwijgt. \"Heel Leiden kent mij wel\", citeert de krant hem.",
                names: &[("Koen Maes", Label::Per), ("Leiden", Label::Loc)],
                span: "\"Heel Leiden kent mij wel\"",
                source: Some("Koen Maes"),
            },
            Example {
                text: "\"Een lijkwade over het land\", zo noemt Anna de Wit de overkapping.",
                names: &[("Anna de Wit", Label::Per)],
                span: "\"Een lijkwade over het land\"",
                source: Some("Anna de Wit"),
            },
            Example {
                text: "\"De dijk houdt het wel\", zei Anna de Wit.",
                names: &[("Anna de Wit", Label::Per)],
                span: "\"De dijk houdt het wel\"",
                source: Some("Anna de Wit"),
            },
            Example {
                text: "\"Er zijn fouten gemaakt\", staat in de brief van het OM.",
                names: &[("OM", Label::Org)],
                span: "\"Er zijn fouten gemaakt\"",
                source: Some("de brief van het OM"),
            },
            Example {
                text: "‘Een wonder’, noemt Anna de Wit dat.",
                names: &[("Anna de Wit", Label::Per)],
                span: "‘Een wonder’",
                source: Some("Anna de Wit"),
            },
            Example {
                text: "Wim Maes wacht. \"De dijk houdt het wel\", vindt-ie.",
                names: &[("Wim Maes", Label::Per)],
                span: "\"De dijk houdt het wel\"",
                source: Some("Wim Maes"),
            },
            Example {
                text: "‘Weg hier!’ riep een agent. De straat liep leeg.",
                names: &[],
                span: "‘Weg hier!’",
                source: Some("een agent"),
            },
            Example {
                text: "„Er komt geen nieuwe brug”, liet een woordvoerder van de gemeente gisteren weten.",
                names: &[],
                span: "„Er komt geen nieuwe brug”",
                source: Some("een woordvoerder van de gemeente"),
            },
            Example {
                text: "«Wij spelen voor de titel», klonk het bij trainer Wim Maes.",
                names: &[("Wim Maes", Label::Per)],
                span: "«Wij spelen voor de titel»",
                source: Some("Wim Maes"),
            },
        ]
    }

    fn silent(&self) -> &'static [Example] {
        &[
            Example {
                text: "Terwijl Anna de Wit spreekt van „een wonder”, vraagt Bram Kok om uitleg.",
                names: &[("Anna de Wit", Label::Per), ("Bram Kok", Label::Per)],
                span: "„een wonder”",
                source: Some("Anna de Wit"),
            },
            Example {
                text: "Terwijl schepen Anna de Wit (Groen) van Leie spreekt van „een wonder”, vraagt Bram Kok om uitleg.",
                names: &[
                    ("Anna de Wit", Label::Per),
                    ("Leie", Label::Loc),
                    ("Bram Kok", Label::Per),
                ],
                span: "„een wonder”",
                source: Some("Anna de Wit"),
            },
            Example {
                text: "\"Het veer\" vertelt over een dorp aan de Maas.",
                names: &[],
                span: "\"Het veer\"",
                source: None,
            },
            Example {
                text: "Anna de Wit zei: \"De dijk houdt het wel.\"",
                names: &[("Anna de Wit", Label::Per)],
                span: "\"De dijk houdt het wel.\"",
                source: Some("Anna de Wit"),
            },
        ]
    }

    fn attribute(&self, scene: &Scene<'_>) -> Vec<Verdict> {
        scene.open().filter_map(|candidate| verdict(scene, candidate)).collect()
    }
}

fn verdict(scene: &Scene<'_>, candidate: usize) -> Option<Verdict> {
    let shape = &scene.shapes[candidate];
    let first = scene.word_after(candidate, ",")?;
    // `X riep "...", schrijft de krant`: who uttered it stands before it.
    let uttered = shape.tokens.start.checked_sub(1).and_then(|at| scene.clause_with_cue(at));
    if uttered.is_some_and(|clause| clause.subject.is_some() && clause.verb().is_some()) {
        return None;
    }
    // `De verdachte zei dat hij "..." was, zegt Y`: Y only passed the words on.
    let passed_on = !shape.opens_sentence && scene.reports_around(candidate).is_some();
    if passed_on || is_governed_before(scene, candidate) {
        return None;
    }
    let comma = first > shape.tokens.end || scene.ends_with_comma(candidate);
    let clause = scene
        .clauses_beside(candidate, shape.last_sentence)
        .find(|clause| clause.cue >= first && clause.verb().is_some())?;
    let near = (first..clause.cue).all(|at| {
        scene.tagged.class(at) == Class::Adverb || matches!(scene.word(at), "aldus" | "dus")
    });
    let quotes = clause.takes(Frame::Inverted) || clause.takes(Frame::Manner);
    if !near || !(quotes || comma && calls(scene, clause)) {
        return None;
    }
    match clause.subject.map(|subject| &scene.cast.references[subject]) {
        Some(subject) if subject.start >= clause.cue => {
            // "..., citeert de krant hem": whose words they are.
            if let Some(cited) = cited(scene, clause, subject.end) {
                return Some(Verdict::by_mention(scene, candidate, cited, 0.9));
            }
            Some(Verdict::by_clause(scene, candidate, clause, 0.98))
        }
        // `klinkt het`, `luidt het`: speech, the source stands elsewhere.
        _ if comma || shape.stopped => impersonal(scene, candidate, clause),
        _ => None,
    }
}

/// `"Een wonder", noemt Jansen dat`: what is called so stands behind the subject.
fn calls(scene: &Scene<'_>, clause: &Clause) -> bool {
    let subject = clause.subject.map(|subject| scene.cast.references[subject].end);
    let object = subject.filter(|&at| at < clause.stretch.end);
    clause.takes(Frame::Fragment)
        && object.is_some_and(|at| {
            matches!(scene.word(at), "dat" | "dit" | "het" | "'t")
                || scene.tagged.class(at) == Class::Determiner
        })
}

/// `"...", klinkt het bij de bonden`: the source stands behind a preposition;
/// else it is whom the sentence before reports or is about, or the last
/// speaker.
fn impersonal(scene: &Scene<'_>, candidate: usize, clause: &Clause) -> Option<Verdict> {
    const REACH: usize = 6;
    let behind = clause.cue + 1;
    if !(behind < clause.stretch.end && matches!(scene.word(behind), "het" | "'t")) {
        return None;
    }
    let governed = scene
        .cast
        .references_in(behind..clause.stretch.end.min(behind + REACH))
        .find(|(_, reference)| is_governed(scene, reference.start))
        .map(|(number, _)| number);
    let before = scene.sentence_before(candidate);
    let reported = before.and_then(|sentence| scene.report_of(candidate, sentence)?.subject);
    let clause = Clause { subject: governed.or(reported), ..clause.clone() };
    let mut verdict = Verdict::by_clause(scene, candidate, &clause, 0.7);
    if clause.subject.is_none()
        && let Decision::Speech(speech) = &mut verdict.decision
    {
        let lead = before.and_then(|sentence| scene.lead(candidate, sentence));
        speech.member = lead.and_then(|lead| scene.member(lead)).or_else(|| {
            scene.last_speech_before(candidate).and_then(|earlier| scene.speaker(earlier))
        });
    }
    Some(verdict)
}

/// `Terwijl X spreekt van "...", vraagt Y`: the words belong to the fronted
/// clause.
fn is_governed_before(scene: &Scene<'_>, candidate: usize) -> bool {
    /// `spreekt van een "..."`: the verb stands at once.
    const NEAR: usize = 4;
    let shape = &scene.shapes[candidate];
    let mark = shape.tokens.start;
    scene.clauses_beside(candidate, shape.first_sentence).any(|clause| {
        let fragment = clause.verb().is_some_and(|verb| verb.takes(Frame::Fragment));
        let near = clause.cue < mark && clause.stretch.end == mark && mark - clause.cue <= NEAR;
        clause.subordinate && fragment && near && clause.subject.is_some()
    })
}

/// Whether a preposition that points to a source stands before the mention
/// that starts at `start`, its article aside.
fn is_governed(scene: &Scene<'_>, start: usize) -> bool {
    let article = matches!(scene.word(start - 1), "de" | "het");
    let before = if article { start - 2 } else { start - 1 };
    matches!(scene.word(before), "bij" | "van" | "door" | "uit" | "vanuit" | "in")
}

/// The mention right behind the subject of a verb of citing.
fn cited(scene: &Scene<'_>, clause: &Clause, end: usize) -> Option<usize> {
    clause.verb().filter(|verb| matches!(verb.lemma, "citeren" | "aanhalen"))?;
    let (number, _) = scene.cast.references_in(end..end + 1).next()?;
    scene.member(number).map(|_| number)
}
