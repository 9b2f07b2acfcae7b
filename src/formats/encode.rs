//! An annotated document as the JSON has it.

use super::wire;
use crate::annotated::Annotated;
use crate::attribution::{Kind, MarkDecision};
use crate::ner::Entity;
use crate::sources::{Gender, Mention, Source, SourceKind};
use crate::text::{CodePoints, Span};

/// The wire form of `annotated`, which it borrows from; without `text`,
/// `metadata` only if there is any, and without `produced_by`.
pub(super) fn document(annotated: &Annotated) -> wire::Document<'_> {
    let encoder = Encoder { annotated, points: CodePoints::new(annotated.document.text()) };
    let document = &annotated.document;
    wire::Document {
        id: document.id().into(),
        title: document.title().map(|title| document.slice(title).into()),
        text: None,
        quotes: (0..annotated.quotations.len()).map(|n| encoder.quote(n)).collect(),
        entities: annotated.sources.iter().map(|source| encoder.entity(source)).collect(),
        named_entities: annotated.names.iter().map(|name| encoder.named_entity(name)).collect(),
        not_quotes: encoder.not_quotes(),
        marks: annotated.decisions.iter().map(|decision| encoder.mark(decision)).collect(),
        warnings: encoder.warnings(),
        metadata: std::borrow::Cow::Borrowed(document.metadata()),
        produced_by: None,
    }
}

struct Encoder<'a> {
    annotated: &'a Annotated,
    points: CodePoints,
}

impl<'a> Encoder<'a> {
    fn words(&self, span: Span) -> wire::Words<'a> {
        let (start, end) = self.points.points(span);
        let text = Some(self.annotated.document.slice(span).into());
        wire::Words { start, end, text }
    }

    fn mention(&self, mention: Mention) -> wire::Mention<'a> {
        wire::Mention { words: self.words(mention.span), kind: mention.kind.name().into() }
    }

    fn quote(&self, n: usize) -> wire::Quote<'a> {
        let quotation = &self.annotated.quotations[n];
        let id = |index: usize| self.annotated.quotations[index].id.as_str().into();
        let source = quotation.source.map(|index| self.annotated.source(index));
        wire::Quote {
            id: Some(quotation.id.as_str().into()),
            words: self.words(quotation.span),
            kind: quotation.kind.name().into(),
            speaker: source.map(|source| wire::Speaker {
                entity: source.id.as_str().into(),
                name: Some(source.name.as_str().into()),
                kind: Some(source.kind.name().into()),
                mention: quotation.mention.map(|mention| self.mention(mention)),
            }),
            cue: quotation.cue.map(|cue| self.words(cue)),
            rule: quotation.rule.as_deref().map(Into::into),
            confidence: quotation.confidence,
            parent: quotation.parent.map(id),
            continues: quotation.continues.map(id),
            unclosed: quotation.unclosed,
            stance: quotation.stance.map(|stance| stance.name().into()),
            modality: quotation.modality.map(|modality| modality.name().into()),
            medium: quotation.medium.map(|medium| self.words(medium)),
            explanation: self.explanation(n),
        }
    }

    fn explanation(&self, n: usize) -> Option<wire::Explanation<'a>> {
        let explanation = self.annotated.explanations.iter().find(|it| it.quotation == n)?;
        let lost = explanation.lost.iter().map(|lost| wire::Lost {
            rule: lost.rule,
            speaker: lost.source.as_deref(),
            rejects: lost.rejects,
        });
        let passed_over = explanation.passed_over.iter().map(|passed| wire::PassedOver {
            words: self.words(passed.mention),
            speaker: passed.source.as_deref(),
            why: passed.why,
        });
        let weighed = explanation.likeliest().map(|option| wire::Weighed {
            speaker: option.source.as_ref().map(|source| source.name.as_str()),
            share: (option.share * 1000.0).round() / 1000.0,
        });
        Some(wire::Explanation {
            summary: explanation.summary,
            evidence: explanation.evidence.iter().map(|&span| self.words(span)).collect(),
            lost: lost.collect(),
            passed_over: passed_over.collect(),
            weighed: weighed.collect(),
        })
    }

    fn entity(&self, source: &'a Source) -> wire::Entity<'a> {
        let is_one = matches!(source.kind, SourceKind::Person | SourceKind::Unnamed);
        let has_gender = is_one || source.gender != Gender::Unknown;
        wire::Entity {
            id: source.id.as_str().into(),
            name: source.name.as_str().into(),
            kind: source.kind.name().into(),
            affiliation: source.affiliation.as_deref().map(Into::into),
            gender: has_gender.then(|| source.gender.name().into()),
            gender_from: source.gender_from.map(|evidence| evidence.name().into()),
            mentions: source.mentions.iter().map(|&mention| self.mention(mention)).collect(),
        }
    }

    fn named_entity(&self, entity: &Entity) -> wire::NamedEntity<'a> {
        wire::NamedEntity {
            words: self.words(entity.span),
            label: entity.label.name().into(),
            score: entity.score,
        }
    }

    fn not_quotes(&self) -> Vec<wire::NotQuote<'a>> {
        let all = self.annotated.not_quotations.iter();
        all.map(|not| wire::NotQuote {
            words: self.words(not.span),
            reason: not.reason.as_deref().map(Into::into),
            rule: not.rule.as_deref().map(Into::into),
        })
        .collect()
    }

    fn mark(&self, decision: &'a MarkDecision) -> wire::Mark<'a> {
        let seen = decision.judgement.evidence.iter();
        wire::Mark {
            words: self.words(decision.span),
            decision: decision.kind.map_or("none", Kind::name),
            reason: decision.reason,
            rule: decision.rule,
            score: decision.judgement.score(),
            evidence: seen
                .map(|seen| wire::Evidence { reason: seen.reason(), weight: seen.weight() })
                .collect(),
        }
    }

    fn warnings(&self) -> Vec<wire::Warning<'a>> {
        let all = self.annotated.warnings.iter();
        all.map(|warning| wire::Warning {
            code: (&*warning.code).into(),
            offset: warning.offset.map(|byte| self.points.point(byte)),
            message: warning.message.as_str().into(),
        })
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use std::cmp::Reverse;

    use proptest::prelude::*;
    use proptest::sample::{Index, select};

    use super::super::decode;
    use super::*;
    use crate::annotated::Warning;
    use crate::attribution::{Kind, Modality, NotQuotation, Quotation, Stance};
    use crate::marks::RepairKind;
    use crate::ner::Label;
    use crate::sources::{GenderEvidence, MentionKind, SourceIndex};
    use crate::text::Document;

    /// A text of letters, marks, emoji and anything else, and spans over it.
    fn text_and_spans() -> impl Strategy<Value = (String, Vec<Span>)> {
        let pieces = prop_oneof![
            select(vec!["é", "„", "”", "😀", "a", " ", "\n", "zei", "\u{ad}"])
                .prop_map(str::to_owned),
            any::<char>().prop_map(String::from),
        ];
        let text = prop::collection::vec(pieces, 1..30).prop_map(|pieces| pieces.concat());
        (text, prop::collection::vec(any::<(Index, Index)>(), 0..40)).prop_map(|(text, ends)| {
            let places: Vec<_> =
                text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            let span = |(a, b): (Index, Index)| {
                let (a, b) = (a.index(places.len()), b.index(places.len()));
                (a != b).then(|| Span::of(places[a.min(b)]..places[a.max(b)]))
            };
            let spans = ends.into_iter().filter_map(span).collect();
            (text, spans)
        })
    }

    /// An annotated document in which everything that can be there is there,
    /// made of spans and of numbers that decide.
    fn build(text: String, spans: &[Span], numbers: &[u8]) -> Annotated {
        let mut spans = spans.iter().copied().cycle();
        let mut numbers = numbers.iter().map(|&n| usize::from(n)).cycle();
        let mut number = |below: usize| numbers.next().unwrap_or(0) % below;
        let mut annotated = Annotated::bare(Document::new("d", text).unwrap());
        let Some(first) = spans.next() else {
            return annotated;
        };
        let mut span = || spans.next().unwrap_or(first);
        let kinds = [MentionKind::Name, MentionKind::Pronoun, MentionKind::Description];
        let genders = [Gender::Female, Gender::Male, Gender::Unknown];
        annotated.names = vec![Entity {
            span: span(),
            label: Label::ALL[number(4)],
            score: number(255) as f32 / 254.0,
        }];
        for n in 0..number(4) {
            annotated.sources.push(Source {
                id: format!("s{}", n + 1),
                name: "\"Noor\" Bakker\\".into(),
                kind: SourceKind::ALL[number(5)],
                affiliation: (number(2) == 1).then(|| "de rederij".into()),
                gender: genders[number(3)],
                gender_from: (number(2) == 1).then(|| GenderEvidence::ALL[number(3)]),
                mentions: vec![Mention { span: span(), kind: kinds[number(3)] }; number(3)],
            });
        }
        let count = number(5);
        for _ in 0..count {
            let sources = annotated.sources.len();
            let source = (sources > 0 && number(3) > 0).then(|| SourceIndex(number(sources)));
            let mention = Mention { span: span(), kind: kinds[number(3)] };
            annotated.quotations.push(Quotation {
                id: String::new(),
                span: span(),
                kind: Kind::ALL[number(3)],
                cue: (number(2) == 1).then(&mut span),
                source,
                mention: Some(mention).filter(|_| source.is_some() && number(2) == 1),
                rule: (number(2) == 1).then(|| "verb-after-quotation".into()),
                confidence: (number(2) == 1).then(|| number(255) as f32 / 254.0),
                parent: (number(2) == 1).then(|| number(count)),
                continues: (number(2) == 1).then(|| number(count)),
                unclosed: number(2) == 1,
                stance: (number(2) == 1).then(|| Stance::ALL[number(13)]),
                modality: (number(2) == 1).then(|| Modality::ALL[number(2)]),
                medium: (number(2) == 1).then(&mut span),
            });
        }
        annotated.quotations.sort_by_key(|q| (q.span.start(), Reverse(q.span.end())));
        for (n, quotation) in annotated.quotations.iter_mut().enumerate() {
            quotation.id = format!("q{}", n + 1);
        }
        annotated.not_quotations = vec![NotQuotation {
            span: span(),
            reason: (number(2) == 1).then(|| "a term".into()),
            rule: (number(2) == 1).then(|| "term".into()),
        }];
        let kind = [RepairKind::Unclosed, RepairKind::Unopened][number(2)];
        let offset = Some(span().end());
        annotated.warnings =
            vec![Warning { code: kind.code().into(), offset, message: kind.message().into() }];
        annotated
    }

    proptest! {
        #[test]
        fn what_is_written_is_what_is_read_back(
            (text, spans) in text_and_spans(),
            numbers in prop::collection::vec(any::<u8>(), 60),
        ) {
            let annotated = build(text, &spans, &numbers);
            let json = serde_json::to_string(&document(&annotated)).unwrap();
            let record: wire::Document<'_> = serde_json::from_str(&json).unwrap();
            let back = decode::annotated(record, annotated.document.clone());
            prop_assert_eq!(back.unwrap(), annotated);
        }

        #[test]
        fn words_are_the_slices_at_their_code_points((text, spans) in text_and_spans()) {
            let annotated = build(text.clone(), &spans, &[7, 3, 2, 1]);
            let characters: Vec<char> = text.chars().collect();
            for name in document(&annotated).named_entities {
                let wire::Words { start, end, text } = name.words;
                let slice: String = characters[start as usize..end as usize].iter().collect();
                prop_assert_eq!(text.unwrap(), slice);
            }
        }
    }
}
