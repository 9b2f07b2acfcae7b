"""A component for spaCy.

>>> import spacy
>>> nlp = spacy.blank("nl")
>>> _ = nlp.add_pipe("wiezei")
>>> doc = nlp('"De brug blijft dicht", zegt wethouder Noor Bakker.')
>>> [(span.text, span._.speaker) for span in doc.spans["quotes"]]
[('"De brug blijft dicht"', 'Noor Bakker')]

Each span of ``doc.spans["quotes"]`` is labelled with its kind (``direct``,
``mixed``, ``indirect``) and has these extensions:

``span._.quote``
    The :class:`wiezei.Quote`; its offsets are characters of ``doc.text``.
``span._.speaker``
    The name of the speaker, or ``None``.
``span._.mention``, ``span._.cue``
    The words that name the speaker and the reporting verb, as spans, or ``None``.
``span._.confidence``
    How sure the answer is, from 0 to 1.

``doc._.wiezei`` is the whole :class:`wiezei.Document`. spaCy's tokens are not
those of wiezei: where a quotation begins or ends inside one of spaCy's, its span
takes in the whole token. Other components are neither needed nor changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from spacy.language import Language
from spacy.tokens import Doc, Span

from ._pipeline import Pipeline, load
from ._results import Document, Quote, Words

#: Where a doc keeps its spans.
SPANS_KEY = "quotes"

#: Texts that are read together.
BATCH = 64


def _words(span: Span, words: Words | None) -> Span | None:
    if words is None:
        return None
    return span.doc.char_span(words.start, words.end, alignment_mode="expand")


def _speaker(span: Span) -> str | None:
    quote: Quote | None = span._.quote
    return quote.speaker.name if quote and quote.speaker else None


def _mention(span: Span) -> Span | None:
    quote: Quote | None = span._.quote
    return _words(span, quote.speaker.mention if quote and quote.speaker else None)


def _cue(span: Span) -> Span | None:
    quote: Quote | None = span._.quote
    return _words(span, quote.cue if quote else None)


def _confidence(span: Span) -> float | None:
    quote: Quote | None = span._.quote
    return quote.confidence if quote else None


def _set_extensions() -> None:
    if not Doc.has_extension("wiezei"):
        Doc.set_extension("wiezei", default=None)
    if not Span.has_extension("quote"):
        Span.set_extension("quote", default=None)
    computed = {
        "speaker": _speaker,
        "mention": _mention,
        "cue": _cue,
        "confidence": _confidence,
    }
    for name, getter in computed.items():
        if not Span.has_extension(name):
            Span.set_extension(name, getter=getter)


class Component:
    """Fills ``doc.spans["quotes"]`` and the extensions."""

    def __init__(self, pipeline: Pipeline, spans_key: str) -> None:
        self.pipeline = pipeline
        self.spans_key = spans_key
        _set_extensions()

    def __call__(self, doc: Doc) -> Doc:
        return self._fill(doc, self.pipeline.attribute(doc.text))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = BATCH) -> Iterator[Doc]:
        """Many docs, read together."""
        docs = iter(stream)
        while batch := list(islice(docs, batch_size)):
            results = self.pipeline.attribute([doc.text for doc in batch])
            yield from map(self._fill, batch, results)

    def _fill(self, doc: Doc, document: Document) -> Doc:
        spans = []
        for quote in document.quotes:
            span = doc.char_span(
                quote.start, quote.end, label=quote.kind, alignment_mode="expand"
            )
            if span is not None:
                span._.quote = quote
                spans.append(span)
        doc.spans[self.spans_key] = spans
        doc._.wiezei = document
        return doc


@Language.factory(
    "wiezei",
    assigns=["doc.spans", "doc._.wiezei"],
    default_config={"model": None, "threads": None, "spans_key": SPANS_KEY},
)
def make_component(
    nlp: Language,
    name: str,
    model: str | None,
    threads: int | None,
    spans_key: str,
) -> Component:
    """The component, by what ``nlp.add_pipe("wiezei", config=...)`` gives it."""
    return Component(load(model, threads=threads), spans_key)
