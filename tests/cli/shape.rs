//! The JSON of a document, declared a second time and apart from the library:
//! a field that is renamed, moved or added without being declared here fails.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Document {
    pub(crate) id: String,
    pub(crate) title: Option<String>,
    pub(crate) text: Option<String>,
    pub(crate) quotes: Vec<Quote>,
    pub(crate) entities: Vec<Entity>,
    pub(crate) named_entities: Vec<NamedEntity>,
    #[serde(default)]
    pub(crate) not_quotes: Vec<NotQuote>,
    pub(crate) warnings: Vec<Warning>,
    #[serde(default)]
    pub(crate) metadata: BTreeMap<String, Value>,
    pub(crate) produced_by: Option<ProducedBy>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ProducedBy {
    pub(crate) wiezei: String,
    pub(crate) recognizer: String,
    pub(crate) checksum: Option<String>,
    #[serde(default)]
    pub(crate) settings: BTreeMap<String, String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Quote {
    pub(crate) id: String,
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) text: String,
    pub(crate) kind: Kind,
    #[serde(deserialize_with = "Option::deserialize")]
    pub(crate) speaker: Option<Speaker>,
    #[serde(deserialize_with = "Option::deserialize")]
    pub(crate) cue: Option<Words>,
    pub(crate) rule: Option<String>,
    pub(crate) confidence: Option<f64>,
    pub(crate) parent: Option<String>,
    pub(crate) continues: Option<String>,
    #[serde(default)]
    pub(crate) unclosed: bool,
    pub(crate) stance: Option<String>,
    pub(crate) modality: Option<String>,
    pub(crate) medium: Option<Words>,
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Kind {
    Direct,
    Mixed,
    Indirect,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Words {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) text: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Speaker {
    pub(crate) entity: String,
    pub(crate) name: String,
    pub(crate) r#type: Type,
    #[serde(deserialize_with = "Option::deserialize")]
    pub(crate) mention: Option<Mention>,
}

#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Type {
    Person,
    Organisation,
    Group,
    Unnamed,
    Document,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Mention {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) text: String,
    pub(crate) kind: MentionKind,
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum MentionKind {
    Name,
    Pronoun,
    Description,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Entity {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) r#type: Type,
    pub(crate) affiliation: Option<String>,
    pub(crate) gender: Option<Gender>,
    pub(crate) gender_from: Option<String>,
    pub(crate) mentions: Vec<Mention>,
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Gender {
    Female,
    Male,
    Unknown,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NamedEntity {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) text: String,
    pub(crate) label: Label,
    pub(crate) score: f64,
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub(crate) enum Label {
    Per,
    Org,
    Loc,
    Misc,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NotQuote {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) text: String,
    pub(crate) reason: Option<String>,
    pub(crate) rule: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Warning {
    pub(crate) code: String,
    pub(crate) offset: Option<usize>,
    pub(crate) message: String,
}

impl Document {
    /// Every stretch of text that the document repeats: start, end, words.
    fn stretches(&self) -> Vec<(usize, usize, &str)> {
        let mut all = Vec::new();
        for quote in &self.quotes {
            all.push((quote.start, quote.end, &*quote.text));
            let words = [&quote.cue, &quote.medium].into_iter().flatten();
            all.extend(words.map(|words| (words.start, words.end, &*words.text)));
            let mention = quote.speaker.as_ref().and_then(|speaker| speaker.mention.as_ref());
            all.extend(mention.map(|mention| (mention.start, mention.end, &*mention.text)));
        }
        let mentions = self.entities.iter().flat_map(|entity| &entity.mentions);
        all.extend(mentions.map(|mention| (mention.start, mention.end, &*mention.text)));
        all.extend(self.named_entities.iter().map(|name| (name.start, name.end, &*name.text)));
        all.extend(self.not_quotes.iter().map(|not| (not.start, not.end, &*not.text)));
        all
    }

    /// Fails unless every offset counts code points of `text` and every
    /// reference is one to something that is there.
    pub(crate) fn check(&self, text: &str) {
        let characters: Vec<char> = text.chars().collect();
        for (start, end, words) in self.stretches() {
            let slice: String = characters[start..end].iter().collect();
            assert_eq!(slice, words, "at {start}..{end} of {}", self.id);
        }
        for quote in &self.quotes {
            let is_quote = |id: &String| self.quotes.iter().any(|quote| quote.id == *id);
            assert!(quote.parent.iter().chain(&quote.continues).all(is_quote));
            if let Some(speaker) = &quote.speaker {
                let entity = self.entities.iter().find(|entity| entity.id == speaker.entity);
                let entity = entity.expect("the speaker is an entity");
                assert_eq!((&entity.name, entity.r#type), (&speaker.name, speaker.r#type));
            }
            assert_ne!(quote.rule.as_deref(), Some(""));
            assert!(quote.confidence.is_none_or(|sure| (0.0..=1.0).contains(&sure)));
        }
        assert!(self.named_entities.iter().all(|name| (0.0..=1.0).contains(&name.score)));
        assert!(self.not_quotes.iter().all(|not| not.reason.as_deref() != Some("")));
        assert!(self.not_quotes.iter().all(|not| not.rule.as_deref() != Some("")));
        assert!(self.warnings.iter().all(|w| !w.code.is_empty() && !w.message.is_empty()));
        assert!(self.warnings.iter().filter_map(|w| w.offset).all(|at| at <= characters.len()));
    }
}
