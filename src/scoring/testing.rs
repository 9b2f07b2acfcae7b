//! Small annotated documents for tests.

use crate::annotated::Annotated;
use crate::attribution::{Kind, NotQuotation, Quotation};
use crate::sources::{Gender, Mention, MentionKind, Source, SourceIndex, SourceKind};
use crate::text::{Document, Span};

/// Four quotations, one of each kind and a second direct one, and words in
/// marks that are none.
pub(in crate::scoring) const TEXT: &str = "„De brug blijft dicht”, zei Noor Bakker. \
    Volgens haar is het herstel „een hels karwei”. De gemeente meldt dat het werk \
    maanden duurt. „Dat is te lang”, vindt Joris De Meulder. Zijn boot heet „Zeehond”.";

/// An annotated document in the making.
pub(in crate::scoring) struct Draft {
    annotated: Annotated,
}

impl Draft {
    pub(in crate::scoring) fn new(id: &str, text: &str) -> Self {
        Self { annotated: Annotated::bare(Document::new(id, text).unwrap()) }
    }

    fn span(&self, words: &str) -> Span {
        let text = self.annotated.document.text();
        let start = text.find(words).unwrap_or_else(|| panic!("{words} stands in the text"));
        Span::of(start..start + words.len())
    }

    /// A quotation of these words.
    pub(in crate::scoring) fn quote(mut self, words: &str, kind: Kind) -> Self {
        let quotation = Quotation {
            id: format!("q{}", self.annotated.quotations.len() + 1),
            span: self.span(words),
            kind,
            cue: None,
            source: None,
            mention: None,
            rule: None,
            confidence: None,
            parent: None,
            continues: None,
            unclosed: false,
            stance: None,
            modality: None,
            medium: None,
        };
        self.annotated.quotations.push(quotation);
        self
    }

    fn last(&mut self) -> &mut Quotation {
        self.annotated.quotations.last_mut().expect("a quotation")
    }

    /// The source of the last quotation.
    pub(in crate::scoring) fn by(mut self, name: &str, kind: SourceKind) -> Self {
        let known = self.annotated.sources.iter().position(|source| source.name == name);
        let index = known.unwrap_or_else(|| {
            self.annotated.sources.push(Source {
                id: format!("s{}", self.annotated.sources.len() + 1),
                name: name.into(),
                kind,
                affiliation: None,
                gender: Gender::Unknown,
                gender_from: None,
                mentions: Vec::new(),
            });
            self.annotated.sources.len() - 1
        });
        self.last().source = Some(SourceIndex(index));
        self
    }

    /// The mention of the last quotation; one of its source.
    pub(in crate::scoring) fn named(mut self, words: &str) -> Self {
        let span = self.span(words);
        let source = self.last().source.expect("a source is mentioned").0;
        let kind = MentionKind::guess(words, &self.annotated.sources[source].name);
        let mention = Mention { span, kind };
        self.last().mention = Some(mention);
        self.annotated.sources[source].mentions.push(mention);
        self
    }

    /// The cue of the last quotation.
    pub(in crate::scoring) fn cue(mut self, words: &str) -> Self {
        let span = self.span(words);
        self.last().cue = Some(span);
        self
    }

    /// Rule and confidence of the last quotation.
    pub(in crate::scoring) fn sure(mut self, rule: &'static str, confidence: f32) -> Self {
        let last = self.last();
        last.rule = Some(rule.into());
        last.confidence = Some(confidence);
        self
    }

    /// Other bytes for the last quotation.
    pub(in crate::scoring) fn at(mut self, span: Span) -> Self {
        self.last().span = span;
        self
    }

    /// Words in marks that are no quotation.
    pub(in crate::scoring) fn not(mut self, words: &str) -> Self {
        let span = self.span(words);
        self.annotated.not_quotations.push(NotQuotation { span, reason: None, rule: None });
        self
    }

    pub(in crate::scoring) fn done(self) -> Annotated {
        self.annotated
    }
}

/// The gold labels of [`TEXT`].
pub(in crate::scoring) fn gold(id: &str) -> Annotated {
    Draft::new(id, TEXT)
        .quote("„De brug blijft dicht”", Kind::Direct)
        .by("Noor Bakker", SourceKind::Person)
        .named("Noor Bakker")
        .cue("zei")
        .quote("„een hels karwei”", Kind::Mixed)
        .by("Noor Bakker", SourceKind::Person)
        .named("haar")
        .cue("Volgens")
        .quote("dat het werk maanden duurt", Kind::Indirect)
        .by("de gemeente", SourceKind::Organisation)
        .named("De gemeente")
        .cue("meldt")
        .quote("„Dat is te lang”", Kind::Direct)
        .by("Joris De Meulder", SourceKind::Person)
        .not("„Zeehond”")
        .done()
}

/// An answer to [`TEXT`] that is wrong in several ways: the second quotation
/// is taken for direct and given to the wrong person, the reported one is not
/// found, the last has no source, and a name is taken for a quotation.
pub(in crate::scoring) fn answer(id: &str) -> Annotated {
    Draft::new(id, TEXT)
        .quote("„De brug blijft dicht”", Kind::Direct)
        .by("Bakker", SourceKind::Person)
        .named("Bakker")
        .cue("zei")
        .sure("clause-after", 0.9)
        .quote("een hels karwei", Kind::Direct)
        .by("Joris De Meulder", SourceKind::Person)
        .sure("last-speaker", 0.6)
        .quote("„Dat is te lang”, vindt", Kind::Direct)
        .sure("no-source", 0.5)
        .quote("„Zeehond”", Kind::Mixed)
        .by("Joris De Meulder", SourceKind::Person)
        .sure("last-speaker", 0.7)
        .done()
}
