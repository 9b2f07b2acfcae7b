"""The component for spaCy."""

import doctest

import pytest

import wiezei

spacy = pytest.importorskip("spacy")

TEXT = '"De brug blijft dicht", zegt wethouder Noor Bakker. Volgens haar duurt het lang.'


@pytest.fixture(scope="module")
def nlp():
    nlp = spacy.blank("nl")
    nlp.add_pipe("wiezei")
    return nlp


def test_examples_of_docstrings_run() -> None:
    import wiezei.spacy

    done = doctest.testmod(wiezei.spacy)
    assert done.attempted > 0
    assert done.failed == 0


def test_quotes_are_spans_with_their_speakers(nlp) -> None:
    doc = nlp(TEXT)
    direct, indirect = doc.spans["quotes"]
    assert direct.text == '"De brug blijft dicht"'
    assert (direct.label_, direct._.speaker, direct._.cue.text) == ("direct", "Noor Bakker", "zegt")
    assert (indirect.label_, indirect._.mention.text) == ("indirect", "haar")
    assert indirect._.quote.speaker.name == "Noor Bakker"
    assert 0 < direct._.confidence <= 1
    assert isinstance(doc._.wiezei, wiezei.Document)


def test_many_docs_are_as_many_alone(nlp, articles: dict[str, str]) -> None:
    def spans(doc):
        return [(span.start, span.end, span.label_, span._.speaker) for span in doc.spans["quotes"]]

    texts = [*articles.values(), "", "Het regende."]
    together = [spans(doc) for doc in nlp.pipe(texts, batch_size=3)]
    assert together == [spans(nlp(text)) for text in texts]
    assert sum(map(len, together)) > 10


def test_a_doc_keeps_its_quotes_when_it_is_saved(nlp) -> None:
    doc = nlp(TEXT)
    saved = spacy.tokens.Doc(nlp.vocab).from_bytes(doc.to_bytes(exclude=["user_data"]))
    assert [span.text for span in saved.spans["quotes"]] == [
        span.text for span in doc.spans["quotes"]
    ]


def test_the_component_has_options() -> None:
    nlp = spacy.blank("nl")
    nlp.add_pipe("wiezei", config={"spans_key": "citaten", "threads": 1})
    assert len(nlp(TEXT).spans["citaten"]) == 2
    with pytest.raises(wiezei.ModelFailure, match="nergens"):
        spacy.blank("nl").add_pipe("wiezei", config={"model": "nergens"})
