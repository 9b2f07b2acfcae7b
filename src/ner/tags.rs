//! What a model's labels mean: each name in its `id2label` (`B-PER`, `I-per`,
//! `PERSON`) read as one of the nine tags that decoding knows. Types that have
//! no place among [`Label`]s count as outside and are kept by name, so that a
//! caller can say so.

use super::Label;

/// What a token is to an entity: the BIO scheme over [`Label`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tag {
    /// In no entity.
    Outside,
    /// First token of an entity.
    Begin(Label),
    /// Later token of an entity.
    Inside(Label),
}

impl Tag {
    /// How many tags there are.
    pub const COUNT: usize = 1 + 2 * Label::ALL.len();

    /// All tags, each at its own [`Tag::index`].
    pub const ALL: [Self; Self::COUNT] = [
        Self::Outside,
        Self::Begin(Label::Per),
        Self::Inside(Label::Per),
        Self::Begin(Label::Org),
        Self::Inside(Label::Org),
        Self::Begin(Label::Loc),
        Self::Inside(Label::Loc),
        Self::Begin(Label::Misc),
        Self::Inside(Label::Misc),
    ];

    /// The tag's place in [`Tag::ALL`].
    #[must_use]
    pub const fn index(self) -> usize {
        match self {
            Self::Outside => 0,
            Self::Begin(label) => 1 + 2 * label as usize,
            Self::Inside(label) => 2 + 2 * label as usize,
        }
    }

    /// The type of the entity that the token is in.
    #[must_use]
    pub const fn label(self) -> Option<Label> {
        match self {
            Self::Outside => None,
            Self::Begin(label) | Self::Inside(label) => Some(label),
        }
    }
}

/// The labels of one model, in the order of its output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LabelScheme {
    tags: Vec<Tag>,
    unknown: Vec<String>,
}

impl LabelScheme {
    /// Reads the names of a model's labels, in the order of its output.
    ///
    /// Capitals do not matter; a prefix of BIO, BILOU or BIOES does, and a name
    /// without one is read as *inside*. Types of other schemes go where
    /// CoNLL-2002 has them: `GPE` to LOC, `NORP`, events, products and works to MISC.
    ///
    /// Returns `None` if not one of the names is a type that we know.
    #[must_use]
    pub fn parse<S: AsRef<str>>(names: &[S]) -> Option<Self> {
        let mut unknown = Vec::new();
        let mut tags = Vec::with_capacity(names.len());
        for name in names {
            let tag = tag(name.as_ref());
            if tag.is_none() {
                unknown.push(name.as_ref().to_owned());
            }
            tags.push(tag.unwrap_or(Tag::Outside));
        }
        tags.iter().any(|tag| tag.label().is_some()).then_some(Self { tags, unknown })
    }

    /// What each output of the model means.
    #[must_use]
    pub fn tags(&self) -> &[Tag] {
        &self.tags
    }

    /// Names that stand for no [`Label`]. Their outputs count as outside.
    #[must_use]
    pub fn unknown(&self) -> &[String] {
        &self.unknown
    }

    /// Types of name that the model has no label for, and so never finds.
    #[must_use]
    pub fn missing(&self) -> Vec<Label> {
        let is_missing = |&label: &Label| !self.tags.iter().any(|tag| tag.label() == Some(label));
        Label::ALL.into_iter().filter(is_missing).collect()
    }

    /// Whether an entity of that type may begin with an *inside* tag: so in
    /// models that have no *begin* tag for it.
    #[must_use]
    pub fn begins_inside(&self, label: Label) -> bool {
        !self.tags.contains(&Tag::Begin(label))
    }
}

fn tag(name: &str) -> Option<Tag> {
    let name = name.trim().to_ascii_uppercase();
    if name == "O" {
        return Some(Tag::Outside);
    }
    let (prefix, kind) = match name.split_once(['-', '_']) {
        Some((prefix @ ("B" | "I" | "E" | "L" | "M" | "S" | "U"), kind)) => (prefix, kind),
        _ => ("I", name.as_str()),
    };
    let label = match kind {
        "PER" | "PERS" | "PERSON" => Label::Per,
        "ORG" | "ORGANISATION" | "ORGANIZATION" => Label::Org,
        "LOC" | "LOCATION" | "GPE" | "FAC" => Label::Loc,
        "MISC" | "MISCELLANEOUS" | "NORP" | "EVE" | "EVENT" | "PRO" | "PRODUCT" | "WORK_OF_ART"
        | "LAW" | "LANGUAGE" => Label::Misc,
        _ => return None,
    };
    Some(match prefix {
        "B" | "S" | "U" => Tag::Begin(label),
        _ => Tag::Inside(label),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_stands_at_its_index() {
        for (place, tag) in Tag::ALL.into_iter().enumerate() {
            assert_eq!(tag.index(), place);
        }
    }

    #[test]
    fn the_names_of_several_schemes_are_read() {
        assert_eq!(tag("B-PER"), Some(Tag::Begin(Label::Per)));
        assert_eq!(tag("I-per"), Some(Tag::Inside(Label::Per)));
        assert_eq!(tag("PERSON"), Some(Tag::Inside(Label::Per)));
        assert_eq!(tag("U-org"), Some(Tag::Begin(Label::Org)));
        assert_eq!(tag("E-LOC"), Some(Tag::Inside(Label::Loc)));
        assert_eq!(tag("B-WORK_OF_ART"), Some(Tag::Begin(Label::Misc)));
        assert_eq!(tag("B-GPE"), Some(Tag::Begin(Label::Loc)));
        assert_eq!(tag("o"), Some(Tag::Outside));
        assert_eq!(tag("B-DATE"), None);
        assert_eq!(tag("LABEL_3"), None);
    }

    #[test]
    fn types_without_a_place_are_kept_by_name() {
        let scheme = LabelScheme::parse(&["O", "B-PER", "I-PER", "B-DATE"]).unwrap();
        assert_eq!(scheme.unknown(), ["B-DATE"]);
        assert_eq!(scheme.tags()[3], Tag::Outside);
        assert_eq!(scheme.missing(), [Label::Org, Label::Loc, Label::Misc]);
    }

    #[test]
    fn a_model_of_other_things_is_refused() {
        assert_eq!(LabelScheme::parse(&["LABEL_0", "LABEL_1"]), None);
        assert_eq!(LabelScheme::parse::<&str>(&[]), None);
    }

    #[test]
    fn without_a_begin_tag_an_entity_may_start_inside() {
        let plain = LabelScheme::parse(&["O", "PER", "B-ORG", "I-ORG"]).unwrap();
        assert!(plain.begins_inside(Label::Per));
        assert!(!plain.begins_inside(Label::Org));
    }
}
