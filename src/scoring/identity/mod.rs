//! Is the predicted source the gold source? A speaker is right if it is the
//! same entity, and that is judged by what it is called.
//!
//! The rule:
//!
//! 1. The name that the system gives is compared with **every** gold entity of
//!    the document. Case, accents' encoding, apostrophes and a genitive's *s*
//!    are evened out first.
//! 2. A **person** fits if the names are equal; if the given one is a part of
//!    the gold one by which people are called, the surname with or without its
//!    particles (*Van der Aa*, *Aa*, not *der Aa*), the given name, an initial
//!    with the surname; or if it has a title or function more (*minister Van
//!    der Aa*). A name *longer* than the gold one fits only if the text has it
//!    in these words.
//! 3. **Any other** source fits if the name, or a labelled mention of it, has
//!    the same head noun and shares at least half of the words of the two
//!    together, articles and prepositions aside. *De politie* is not *een
//!    woordvoerder van de politie*: the head is another.
//! 4. No name fits that has words of another gold entity in it which the gold
//!    one has not: all names joined, or every surname, fit nobody.
//! 5. Where the name fits two or more gold entities, the **mention** decides:
//!    the words that the system says the source is named by overlap, by whole
//!    words, a labelled mention of one of them. If they overlap none or
//!    several, an equal name decides for its entity.
//!
//! Where the gold label says that the text does not tell who spoke, the right
//! answer is no source.

mod people;
mod phrases;
mod words;

use crate::annotated::Annotated;
use crate::attribution::Quotation;
use crate::scoring::overlap::trimmed;
use crate::sources::{MentionKind, Source, SourceIndex, SourceKind};
use crate::text::Span;

use people::PersonName;
use phrases::Phrase;
use words::Words;

/// The gold entities of one document, ready to be compared with.
pub(super) struct GoldSources<'a> {
    entities: Vec<Entity>,
    text: &'a str,
}

struct Entity {
    person: bool,
    /// The name, and of those that are no persons every labelled mention.
    forms: Vec<Form>,
    mentions: Vec<Span>,
}

struct Form {
    name: PersonName,
    phrase: Phrase,
}

impl Form {
    fn new(words: &str) -> Self {
        Self { name: PersonName::new(words), phrase: Phrase::new(words) }
    }
}

/// Which gold entities a name fits, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Fits {
    all: Vec<SourceIndex>,
    equal: Vec<SourceIndex>,
}

impl<'a> GoldSources<'a> {
    pub(super) fn new(gold: &'a Annotated) -> Self {
        let text = gold.document.text();
        let entities = gold.sources.iter().map(|source| Entity::new(source, text)).collect();
        Self { entities, text }
    }

    /// The gold entities that `name` fits.
    pub(super) fn fits(&self, name: &str) -> Fits {
        let given = Given { form: Form::new(name), words: Words::new(name) };
        let mut fits = Fits::default();
        for (n, entity) in self.entities.iter().enumerate() {
            match self.fit(&given, n, entity) {
                Fit::None => continue,
                Fit::Equal => fits.equal.push(SourceIndex(n)),
                Fit::Loose => {}
            }
            fits.all.push(SourceIndex(n));
        }
        fits
    }

    fn fit(&self, given: &Given, n: usize, entity: &Entity) -> Fit {
        let own = &entity.forms[0];
        if given.words.is_empty() {
            return Fit::None;
        }
        if given.words == *own.name.words() || given.form.phrase.equals(&own.phrase) {
            return Fit::Equal;
        }
        let loose = if entity.person {
            own.name.is_called(&given.form.name, || given.words.stand_in(self.text))
        } else {
            entity.forms.iter().any(|form| {
                form.phrase.is_like(&given.form.phrase, || given.words.stand_in(self.text))
            })
        };
        if loose && !self.names_another(given, n) { Fit::Loose } else { Fit::None }
    }

    /// Whether a name has a word that tells of another entity and that entity
    /// `n` has not: any word of another person, or the head of what is none.
    ///
    /// What follows a preposition may name another: *een woordvoerder van de
    /// politie*; but nobody's own name has another person in it.
    fn names_another(&self, given: &Given, n: usize) -> bool {
        let entity = &self.entities[n];
        let leading = given.form.phrase.leading();
        let strange = |word: &&String| {
            (entity.person || leading.contains(*word))
                && !entity.forms.iter().any(|form| form.name.words().contains(word))
        };
        let others = || self.entities.iter().enumerate().filter(|&(other, _)| other != n);
        given.words.as_slice().iter().filter(strange).any(|word| {
            others().any(|(_, other)| {
                let Form { name, phrase } = &other.forms[0];
                if other.person {
                    name.tells(word)
                } else {
                    leading.contains(word) && phrase.has_head(word)
                }
            })
        })
    }

    /// Whether `predicted` of `system` has the source `gold`.
    ///
    /// `fits` is what the name of its source fits.
    pub(super) fn is_right(
        &self,
        gold: SourceIndex,
        fits: &Fits,
        system: &Annotated,
        predicted: &Quotation,
    ) -> bool {
        if !fits.all.contains(&gold) {
            return false;
        }
        if fits.all.len() == 1 {
            return true;
        }
        let named: Vec<Span> = match (predicted.mention, predicted.source) {
            (Some(mention), _) => vec![mention.span],
            (None, Some(source)) => {
                system.source(source).mentions.iter().map(|mention| mention.span).collect()
            }
            (None, None) => Vec::new(),
        };
        let overlaps = |entity: SourceIndex| {
            let labelled = &self.entities[entity.0].mentions;
            labelled.iter().any(|&label| named.iter().any(|&span| self.same_words(label, span)))
        };
        let mut mentioned = fits.all.iter().filter(|&&entity| overlaps(entity));
        match (mentioned.next(), mentioned.next()) {
            (Some(only), None) => *only == gold,
            _ => fits.equal == [gold],
        }
    }

    /// Whether two mentions are of the same words: at least half of the shorter
    /// one lies in the other, and what they share is whole words.
    fn same_words(&self, a: Span, b: Span) -> bool {
        let (a, b) = (trimmed(self.text, a), trimmed(self.text, b));
        let (start, end) = (a.start().max(b.start()), a.end().min(b.end()));
        let shared = end.saturating_sub(start);
        let is_cut = |at: u32| {
            let (before, after) = self.text.split_at(at as usize);
            before.ends_with(char::is_alphanumeric) && after.starts_with(char::is_alphanumeric)
        };
        shared > 0 && 2 * shared >= a.len().min(b.len()) && !is_cut(start) && !is_cut(end)
    }
}

impl Entity {
    fn new(source: &Source, text: &str) -> Self {
        let mut forms = vec![Form::new(&source.name)];
        let person = source.kind == SourceKind::Person;
        if !person {
            let said = source.mentions.iter().filter(|m| m.kind != MentionKind::Pronoun);
            let mut said: Vec<_> = said.map(|mention| mention.span.of_text(text)).collect();
            said.sort_unstable();
            said.dedup();
            forms.extend(said.into_iter().map(Form::new));
        }
        let mentions = source.mentions.iter().map(|mention| mention.span).collect();
        Self { person, forms, mentions }
    }
}

/// The name that a system gives.
struct Given {
    form: Form,
    words: Words,
}

enum Fit {
    None,
    Loose,
    Equal,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attribution::Kind;
    use crate::sources::{Gender, Mention};
    use crate::text::Document;

    const TEXT: &str = "Minister Noor van der Aa zei iets. Joris De Meulder ook. \
        Een woordvoerder van de politie zweeg. Lotte van der Aa zei: nee. De politie, \
        het OM en de bewoners. Havenbedrijf Zeezicht en de gemeente. Van der Aa bleef.";

    fn source(name: &str, kind: SourceKind, mentions: &[&str]) -> Source {
        let mention = |words: &&str| {
            let start = TEXT.find(words).expect("a mention stands in the text");
            let kind = MentionKind::guess(words, name);
            Mention { span: Span::of(start..start + words.len()), kind }
        };
        Source {
            id: name.into(),
            name: name.into(),
            kind,
            affiliation: None,
            gender: Gender::Unknown,
            gender_from: None,
            mentions: mentions.iter().map(mention).collect(),
        }
    }

    fn document(sources: Vec<Source>) -> Annotated {
        Annotated { sources, ..Annotated::bare(Document::new("d", TEXT).unwrap()) }
    }

    fn person(name: &str) -> Source {
        source(name, SourceKind::Person, &[])
    }

    /// Whether `given`, with a mention of these words, is taken for the first
    /// of `gold`.
    fn right_by(gold: &[Source], given: &str, mention: Option<&str>) -> bool {
        let gold = document(gold.to_vec());
        let system = document(vec![person(given)]);
        let mention = mention.map(person_mention);
        let quotation = Quotation {
            id: "q1".into(),
            span: Span::new(0, 1),
            kind: Kind::Direct,
            cue: None,
            source: Some(SourceIndex(0)),
            mention,
            rule: None,
            confidence: None,
            parent: None,
            continues: None,
            unclosed: false,
            stance: None,
            modality: None,
            medium: None,
        };
        let sources = GoldSources::new(&gold);
        sources.is_right(SourceIndex(0), &sources.fits(given), &system, &quotation)
    }

    fn person_mention(words: &str) -> Mention {
        let start = TEXT.rfind(words).expect("a mention stands in the text");
        Mention { span: Span::of(start..start + words.len()), kind: MentionKind::Name }
    }

    fn right(gold: &[Source], given: &str) -> bool {
        right_by(gold, given, None)
    }

    #[test]
    fn parts_by_which_people_are_called_fit() {
        for given in [
            "Noor van der Aa",
            "noor Van Der Aa",
            "Van der Aa",
            "van der Aa",
            "Aa",
            "Noor",
            "Noor Aa",
            "N. van der Aa",
            "minister Noor van der Aa",
            "Minister Van der Aa",
            "demissionair minister Van der Aa",
            "Noor van der Aa's",
            "minister Van der Aa van Visserij",
        ] {
            assert!(right(&[person("Noor van der Aa")], given), "{given}");
        }
        for given in [
            "der Aa",
            "van der",
            "van",
            "Noor van",
            "N.",
            "Noor Bakker",
            "Lotte van der Aa",
            "L. van der Aa",
            "minister",
            "zij",
            "",
            "„”",
            "de minister",
        ] {
            assert!(!right(&[person("Noor van der Aa")], given), "{given}");
        }
    }

    #[test]
    fn flemish_particles_are_part_of_the_surname() {
        let cases: &[(&str, &[&str], &[&str])] = &[
            (
                "Joris De Meulder",
                &["De Meulder", "de Meulder", "Meulder", "Joris"],
                &["De", "Joris De"],
            ),
            (
                "Lotte Van den Eynde",
                &["Van den Eynde", "Van Den Eynde", "Eynde", "VAN DEN EYNDE"],
                &["den Eynde", "Vanden", "Van den"],
            ),
            ("Ward Vanden Broeck", &["Vanden Broeck", "Broeck", "Ward"], &["Vanden", "Van Broeck"]),
            ("Gijs van ’t Zand", &["Van 't Zand", "van ’t Zand", "Zand"], &["'t Zand", "’t"]),
            ("Elio Di Noto", &["Di Noto", "Noto"], &["Di"]),
            ("Jan-Willem d’Hondt", &["d'Hondt", "D’Hondt", "Jan-Willem"], &["Jan", "Hondt-Jan"]),
        ];
        for (gold, fit, unfit) in cases {
            for given in *fit {
                assert!(right(&[person(gold)], given), "{given} for {gold}");
            }
            for given in *unfit {
                assert!(!right(&[person(gold)], given), "{given} for {gold}");
            }
        }
    }

    #[test]
    fn a_longer_name_has_to_stand_in_the_text() {
        assert!(right(&[person("De Meulder")], "Joris De Meulder"));
        assert!(right(&[person("De Meulder")], "minister De Meulder"), "a function is no name");
        assert!(!right(&[person("De Meulder")], "Karel De Meulder"));
        assert!(!right(&[person("De Meulder")], "Noor van der Aa Joris De Meulder"));
    }

    #[test]
    fn joined_names_are_nobody() {
        let gold = [person("Noor van der Aa"), person("Joris De Meulder"), person("Bakker")];
        for given in [
            "Noor van der Aa Joris De Meulder Bakker",
            "Noor van der Aa, Joris De Meulder",
            "Noor van der Aa en Joris De Meulder",
            "Noor van der Aa / Joris De Meulder",
            "Aa Meulder Bakker",
            "Meulder Aa",
            "Noor Meulder",
            "minister De Meulder Van der Aa",
            "Bakker Noor van der Aa",
            "Bakker van der Aa",
        ] {
            assert!(!right(&gold, given), "{given}");
        }
        // A surname alone as the gold name does not open the door either.
        let short = [person("Bakker"), person("De Meulder")];
        for given in ["De Meulder Bakker", "Joris Bakker De Meulder", "Joris De Meulder Bakker"] {
            assert!(!right(&short, given), "{given}");
        }
        let lone = [person("De Meulder")];
        assert!(!right(&lone, "Van der Aa De Meulder"), "nobody is called so in the text");
    }

    #[test]
    fn a_name_that_fits_two_needs_a_mention() {
        let gold = [
            source("Noor van der Aa", SourceKind::Person, &["Minister Noor van der Aa"]),
            source("Lotte van der Aa", SourceKind::Person, &["Lotte van der Aa"]),
        ];
        assert!(!right(&gold, "Van der Aa"));
        assert!(right(&gold, "Noor van der Aa"));
        assert!(right_by(&gold, "Van der Aa", Some("Noor van der Aa")));
        assert!(!right_by(&gold, "Van der Aa", Some("Lotte van der Aa")));
        assert!(
            !right_by(&gold, "Van der Aa", Some("Van der Aa bleef")),
            "a mention without label"
        );
        assert!(!right_by(&gold, "Van der Aa", Some(TEXT)), "all of the text overlaps both");
        assert!(!right_by(&gold, "Lotte", Some("Noor van der Aa")), "the name has to fit");
    }

    #[test]
    fn an_equal_name_decides_for_its_entity() {
        let gold = [person("Van der Aa"), person("Noor van der Aa")];
        assert!(right(&gold, "Van der Aa"));
        assert!(right(&[gold[1].clone(), gold[0].clone()], "Noor van der Aa"));
        assert!(!right(&[gold[1].clone(), gold[0].clone()], "Van der Aa"));
        let two = source("een bewoner", SourceKind::Unnamed, &[]);
        assert!(!right(&[two.clone(), two], "een bewoner"), "two of that name");
    }

    #[test]
    fn others_need_the_head_and_half_of_the_words() {
        let spokesperson = || source("een woordvoerder van de politie", SourceKind::Unnamed, &[]);
        for given in [
            "een woordvoerder van de politie",
            "Een woordvoerder van de politie",
            "woordvoerder van politie",
            "de woordvoerder",
            "de woordvoerder van de Zeelandse politie",
        ] {
            assert!(right(&[spokesperson()], given), "{given}");
        }
        for given in [
            "politie",
            "de politie",
            "van de politie",
            "een woordvoerder van het OM",
            "de woordvoerder van de gemeente",
            "een agent van de politie",
            "woordvoerder politie OM bewoners",
        ] {
            assert!(!right(&[spokesperson()], given), "{given}");
        }
    }

    #[test]
    fn organisations_and_groups() {
        let organisation = |name: &str| source(name, SourceKind::Organisation, &[]);
        assert!(right(&[organisation("de politie")], "Politie"));
        assert!(right(&[organisation("de Zeelandse politie")], "de politie"));
        assert!(right(&[organisation("De Telegraaf")], "Telegraaf"));
        assert!(right(&[organisation("Havenbedrijf Zeezicht")], "het havenbedrijf"));
        assert!(right(&[organisation("gemeente Zeezicht")], "de gemeente"));
        assert!(!right(&[organisation("de Zeelandse politie")], "de Friese politie"));
        assert!(!right(&[organisation("VVX")], "D67"));
        let group = source("Rutger en Bakker", SourceKind::Group, &[]);
        assert!(right(std::slice::from_ref(&group), "Bakker en Rutger"));
        assert!(!right(&[group], "Bakker"));
    }

    #[test]
    fn a_labelled_mention_counts_as_a_name_of_others() {
        let gold = source("Havenbedrijf Zeezicht", SourceKind::Organisation, &["de gemeente"]);
        assert!(right(&[gold], "gemeente"));
        let gold = source("Noor van der Aa", SourceKind::Person, &["Een woordvoerder"]);
        assert!(!right(&[gold], "een woordvoerder"), "persons have names");
    }

    #[test]
    fn bodies_joined_are_nobody() {
        let gold = [
            source("de politie", SourceKind::Organisation, &[]),
            source("het OM", SourceKind::Organisation, &[]),
            source("de bewoners", SourceKind::Group, &[]),
        ];
        for given in [
            "de politie en het OM",
            "politie OM",
            "OM politie",
            "politie bewoners",
            "politie, OM, bewoners",
            "de politie van het OM en de bewoners",
            "OM-politie",
        ] {
            assert!(!right(&gold, given), "{given}");
        }
        let lone = [source("de politie", SourceKind::Organisation, &[])];
        assert!(!right(&lone, "OM politie"), "no body is called so in the text");
    }
}
