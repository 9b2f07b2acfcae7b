//! The quotations of a corpus in columns, as the page's script has them: what
//! is the same for many stands once, and numbers point at it.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io;

use serde::Serialize;

use super::corrected::GENDERS;
use super::fields::Fields;
use crate::attribution::Kind;
use crate::formats::{Quoted, QuotedDocument, Speaker};
use crate::lexicon::{Gender, Stance, verbs_of_form};
use crate::sources::SourceKind;

/// What stands for none.
const NONE: i32 = -1;

#[derive(Serialize)]
pub(super) struct Columns<'a> {
    kinds: [&'static str; 3],
    types: [&'static str; 5],
    stances: [&'static str; 13],
    outlets: Vec<&'a str>,
    verbs: Vec<Cow<'a, str>>,
    documents: Documents<'a>,
    sources: Sources<'a>,
    /// A place for each quotation.
    q: Quotations<'a>,
}

#[derive(Serialize, Default)]
struct Documents<'a> {
    id: Vec<&'a str>,
    title: Vec<&'a str>,
    date: Vec<Option<&'a str>>,
    outlet: Vec<i32>,
}

/// Sources of one name, type and affiliation are one.
#[derive(Serialize, Default)]
struct Sources<'a> {
    name: Vec<&'a str>,
    #[serde(rename = "type")]
    kind: Vec<usize>,
    affiliation: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    gender: Option<Vec<&'static str>>,
}

#[derive(Serialize, Default)]
struct Quotations<'a> {
    document: Vec<usize>,
    source: Vec<i32>,
    kind: Vec<usize>,
    /// In words.
    length: Vec<usize>,
    verb: Vec<i32>,
    stance: Vec<i32>,
    words: Vec<&'a str>,
    before: Vec<&'a str>,
    after: Vec<&'a str>,
}

/// Gives each value a number, in the order in which they come.
struct Numbers<T>(HashMap<T, i32>);

impl<T: Eq + std::hash::Hash> Numbers<T> {
    /// The number, and whether it is a new one.
    fn of(&mut self, value: T) -> (i32, bool) {
        let next = i32::try_from(self.0.len()).unwrap_or(i32::MAX);
        let mut is_new = false;
        let number = *self.0.entry(value).or_insert_with(|| {
            is_new = true;
            next
        });
        (number, is_new)
    }
}

impl<T> Default for Numbers<T> {
    fn default() -> Self {
        Self(HashMap::new())
    }
}

impl<'a> Columns<'a> {
    pub(super) fn new(documents: &'a [QuotedDocument], fields: &'a Fields, gender: bool) -> Self {
        let mut columns = Self {
            kinds: Kind::ALL.map(Kind::name),
            types: SourceKind::ALL.map(SourceKind::name),
            stances: Stance::ALL.map(Stance::name),
            outlets: Vec::new(),
            verbs: Vec::new(),
            documents: Documents::default(),
            sources: Sources { gender: gender.then(Vec::new), ..Sources::default() },
            q: Quotations::default(),
        };
        let mut outlets = Numbers::default();
        let mut sources = Numbers::default();
        let mut verbs = Numbers::default();
        for (n, document) in documents.iter().enumerate() {
            let outlet = fields.outlets[n].as_deref().map_or(NONE, |outlet| {
                let (number, is_new) = outlets.of(outlet);
                if is_new {
                    columns.outlets.push(outlet);
                }
                number
            });
            columns.documents.id.push(&document.id);
            columns.documents.title.push(document.title.as_deref().unwrap_or_default());
            columns.documents.date.push(fields.dates[n].as_deref());
            columns.documents.outlet.push(outlet);
            for quoted in &document.quotations {
                let source = quoted.speaker.as_ref().map_or(NONE, |speaker| {
                    let affiliation = speaker.affiliation.as_deref().unwrap_or_default();
                    let (number, is_new) = sources.of((&*speaker.name, speaker.kind, affiliation));
                    columns.sources.see(number, is_new, speaker);
                    number
                });
                let verb = quoted.cue.as_deref().map_or(NONE, |cue| {
                    let verb = lemma(cue);
                    let (number, is_new) = verbs.of(verb.clone());
                    if is_new {
                        columns.verbs.push(verb);
                    }
                    number
                });
                columns.q.add(n, source, verb, quoted);
            }
        }
        columns
    }

    /// How many quotations of women and of men there are in each document; `None`
    /// where gender is not counted.
    pub(super) fn genders(&self) -> Option<Vec<Vec<u32>>> {
        let genders = self.sources.gender.as_ref()?;
        let mut counts = vec![vec![0; GENDERS.len()]; self.documents.id.len()];
        for (&document, &source) in self.q.document.iter().zip(&self.q.source) {
            let Ok(source) = usize::try_from(source) else { continue };
            let is_person = self.sources.kind[source] == SourceKind::Person as usize;
            let place = GENDERS.iter().position(|gender| gender.name() == genders[source]);
            if let (true, Some(place)) = (is_person, place) {
                counts[document][place] += 1;
            }
        }
        Some(counts)
    }

    /// As JSON in which no character can end the element that it stands in.
    pub(super) fn json(&self) -> io::Result<String> {
        Ok(serde_json::to_string(self)?.replace('<', "\\u003c"))
    }
}

impl<'a> Sources<'a> {
    fn see(&mut self, number: i32, is_new: bool, speaker: &'a Speaker) {
        if is_new {
            self.name.push(&speaker.name);
            self.kind.push(speaker.kind as usize);
            self.affiliation.push(speaker.affiliation.as_deref().unwrap_or_default());
        }
        let Some(genders) = &mut self.gender else { return };
        if is_new {
            genders.push(Gender::Unknown.name());
        }
        // One document may show what another does not.
        let known = usize::try_from(number).ok().and_then(|number| genders.get_mut(number));
        if let Some(known) = known
            && speaker.gender != Gender::Unknown
        {
            *known = speaker.gender.name();
        }
    }
}

impl<'a> Quotations<'a> {
    fn add(&mut self, document: usize, source: i32, verb: i32, quoted: &'a Quoted) {
        let stance = quoted.stance.and_then(|stance| {
            Stance::ALL.iter().position(|one| *one == stance).and_then(|at| i32::try_from(at).ok())
        });
        self.document.push(document);
        self.source.push(source);
        self.kind.push(quoted.kind as usize);
        self.length.push(words(&quoted.words));
        self.verb.push(verb);
        self.stance.push(stance.unwrap_or(NONE));
        self.words.push(&quoted.words);
        let (before, after) = quoted.context.as_ref().map_or(("", ""), |(a, b)| (&**a, &**b));
        self.before.push(before);
        self.after.push(after);
    }
}

/// How many words: what stands between white space and holds a letter or digit.
fn words(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count()
}

/// The infinitive of a cue that is a form of one verb; else the cue itself, in
/// lower case.
fn lemma(cue: &str) -> Cow<'_, str> {
    let form = cue.to_lowercase();
    // The verb of a form that stands alone comes before those with a particle.
    let verbs = verbs_of_form(&form);
    let alone = verbs.iter().find(|verb| verb.particles.is_empty());
    match alone.or_else(|| verbs.first()) {
        Some(verb) => Cow::Borrowed(verb.lemma),
        None => Cow::Owned(form),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_letters_or_digits() {
        assert_eq!(words("„Ja – dat is 3 keer zo'n eind …”"), 7);
        assert_eq!(words("…"), 0);
    }

    #[test]
    fn verbs_are_counted_by_their_infinitive() {
        assert_eq!(lemma("Zegt"), "zeggen");
        assert_eq!(lemma("zei"), "zeggen");
        assert_eq!(lemma("Volgens"), "volgens");
    }
}
