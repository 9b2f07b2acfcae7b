//! Every reporting verb introduces speech, in all its finite forms; and those
//! that commonly mean something else stay silent where they do.

use std::collections::BTreeSet;

use wiezei::annotated::Annotated;
use wiezei::lexicon::{Frame, Verb, reporting_verbs};
use wiezei::ner::{Entity, Label, Recorded};
use wiezei::pipeline::Pipeline;
use wiezei::text::{Document, Span};

const SOURCE: &str = "Anna de Wit";

fn annotate(texts: Vec<String>) -> Vec<Annotated> {
    let mut recorded = Recorded::new();
    let mut documents = Vec::new();
    for (n, text) in texts.into_iter().enumerate() {
        let id = n.to_string();
        let names = text.match_indices(SOURCE).map(|(start, name)| Entity {
            span: Span::of(start..start + name.len()),
            label: Label::Per,
            score: 1.0,
        });
        recorded.insert(&id, names.collect());
        documents.push(Document::new(&id, text).unwrap());
    }
    Pipeline::new(Box::new(recorded)).annotate(documents).unwrap()
}

/// A sentence in which `form` introduces what its subject says, in the first
/// frame that the verb has.
fn sentence(verb: &Verb, form: &str) -> String {
    // "omwonenden van wal": the particle is no complement of the subject.
    let van = verb.particles.first().is_some_and(|words| words[0] == "van");
    let who = if van { SOURCE } else { subject(form) };
    let zich = if verb.lemma.starts_with("zich ") { " zich" } else { "" };
    let particle = verb.particles.first().map_or(String::new(), |words| words.join(" "));
    let apart = if particle.is_empty() { String::new() } else { format!(" {particle}") };
    if verb.takes(Frame::Inverted) || verb.takes(Frame::Manner) {
        format!("\"De dijk houdt het nog wel even\", {form} {who}{zich}{apart}.")
    } else if verb.takes(Frame::Before) {
        format!("{who} {form}{zich}{apart}: \"De dijk houdt het nog wel even.\"")
    } else if verb.takes(Frame::That) {
        format!("{who} {form}{zich}{apart} dat de dijk \"nog wel even meegaat\".")
    } else if verb.takes(Frame::Whether) {
        format!("{who} {form}{zich}{apart} of de dijk \"nog wel even meegaat\".")
    } else if verb.takes(Frame::To) {
        format!("{who} {form}{zich}{apart} om de dijk \"nog een paar jaar\" te laten liggen.")
    } else {
        format!("{who} {form}{zich} hem{apart} als \"een dijk die het nog wel even houdt\".")
    }
}

/// Who can be the subject of a form.
fn subject(form: &str) -> &'static str {
    if form.ends_with("en") { "omwonenden" } else { SOURCE }
}

/// The forms but for the first person where it is one of its own ("bewijs", a
/// noun first), and for "uit" and "rond", which are prepositions first.
fn forms(verb: &'static Verb) -> impl Iterator<Item = &'static str> {
    let first = verb.forms().first().copied().unwrap_or_default();
    let own = verb.forms().get(1).is_some_and(|second| *second == format!("{first}t"));
    let left_out =
        move |form: &str| matches!(form, "ben" | "bent" | "uit" | "rond") || own && form == first;
    verb.forms().iter().copied().filter(move |form| !left_out(form))
}

/// Verbs that introduce words in marks; others introduce clauses alone.
fn verbs() -> impl Iterator<Item = &'static Verb> {
    reporting_verbs().iter().filter(|verb| !verb.clause_only)
}

#[test]
fn every_verb_introduces_speech_in_all_its_forms() {
    let cases: Vec<(&str, &str)> =
        verbs().flat_map(|verb| forms(verb).map(move |form| (verb.lemma, form))).collect();
    let texts = verbs().flat_map(|verb| forms(verb).map(|form| sentence(verb, form))).collect();
    let mut silent = Vec::new();
    for ((lemma, form), annotated) in cases.into_iter().zip(annotate(texts)) {
        let text = annotated.document.text();
        let found = annotated.quotations.iter().any(|quotation| {
            let source = quotation.source.map(|source| annotated.source(source).name.as_str());
            let cue = quotation.cue.map(|cue| cue.of_text(text));
            source.is_some() && cue == Some(form)
        });
        if !found {
            silent.push(format!("{lemma}: {text}"));
        }
    }
    assert!(silent.is_empty(), "no speech in\n{}", silent.join("\n"));
}

#[test]
fn verbs_stay_silent_where_they_mean_something_else() {
    let list = include_str!("data/silent_verbs.txt");
    let cases: Vec<(&str, &str)> = list
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .map(|line| line.split_once('\t').expect("a lemma, a tab, a text"))
        .collect();
    let tried: BTreeSet<&str> = cases.iter().map(|(lemma, _)| *lemma).collect();
    let over: BTreeSet<&str> =
        reporting_verbs().iter().filter(|v| v.over_triggers).map(|v| v.lemma).collect();
    let untried: Vec<_> = over.difference(&tried).collect();
    assert!(untried.is_empty(), "no example for {untried:?}");
    let texts = cases.iter().map(|(_, text)| (*text).to_owned()).collect();
    let mut wrong = Vec::new();
    for ((lemma, text), annotated) in cases.into_iter().zip(annotate(texts)) {
        let cues = annotated.quotations.iter().filter_map(|quotation| quotation.cue);
        if let Some(cue) = cues.map(|cue| cue.of_text(text)).next() {
            wrong.push(format!("{lemma}: {cue} in {text}"));
        }
    }
    assert!(wrong.is_empty(), "speech in\n{}", wrong.join("\n"));
}
