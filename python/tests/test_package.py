"""The package as a user meets it: loading, reading, results, errors."""

import dataclasses
import doctest
import importlib
import importlib.metadata
import importlib.util
import json
import subprocess
import sys
import threading
import time

import pytest
from conftest import ENGLISH

import wiezei

TEXT = '😀 "De brug blijft dicht", zegt wethouder Noor Bakker. Volgens haar duurt het lang.'


@pytest.mark.parametrize("module", ["wiezei", "wiezei._pipeline", "wiezei._results"])
def test_examples_of_docstrings_run(module: str) -> None:
    for needed in ("pyarrow", "pandas"):
        pytest.importorskip(needed)
    done = doctest.testmod(importlib.import_module(module))
    assert done.attempted > 0
    assert done.failed == 0


def test_offsets_are_code_points(pipeline: wiezei.Pipeline) -> None:
    document = pipeline.attribute(TEXT)
    assert document.text == TEXT
    direct, indirect = document.quotes
    for words in (direct, direct.cue, direct.speaker.mention, indirect, indirect.cue):
        assert TEXT[words.start : words.end] == words.text
    assert (direct.kind, direct.speaker.name) == ("direct", "Noor Bakker")
    assert (indirect.kind, indirect.speaker.mention.kind) == ("indirect", "pronoun")
    assert document.entity(indirect.speaker).name == "Noor Bakker"
    assert [name.label for name in document.named_entities] == ["PER"]
    assert 0.9 < document.named_entities[0].score <= 1


def test_every_field_of_the_json_is_in_the_objects(
    pipeline: wiezei.Pipeline, articles: dict[str, str]
) -> None:
    for document in pipeline.attribute(articles.values(), id=list(articles)):
        fields = document.to_dict()
        assert json.loads(document.to_json()) == fields
        assert len(document.quotes) == len(fields["quotes"]) > 0
        for quote, expected in zip(document.quotes, fields["quotes"], strict=True):
            for name, value in expected.items():
                assert hasattr(quote, name), f"{name} of {document.id} is nowhere"
                if not isinstance(value, dict):
                    assert getattr(quote, name) == value
        for name in ("entities", "named_entities", "not_quotes", "warnings"):
            objects, expected = getattr(document, name), fields.get(name, [])
            assert len(objects) == len(expected)
            for one, of_it in zip(objects, expected, strict=True):
                as_dict = dataclasses.asdict(one)
                # Lists in JSON, tuples in objects.
                assert json.loads(json.dumps({key: as_dict[key] for key in of_it})) == of_it
        assert document.title == fields.get("title")
        assert all(hasattr(document, name) for name in fields)


def test_what_shows_a_gender_is_told(pipeline: wiezei.Pipeline) -> None:
    document = pipeline.attribute(TEXT)
    speaker = document.entity(document.quotes[0].speaker)
    assert (speaker.gender, speaker.gender_from) in {
        ("female", "given-name"),
        ("female", "pronoun"),
    }


def test_fields_that_are_not_known_yet_are_in_nobodys_way(pipeline: wiezei.Pipeline) -> None:
    """A later program may write more."""
    known = pipeline.attribute(f"{TEXT} 'Puur Natuur' heet het „project.")

    def later(value):
        if isinstance(value, list):
            return [later(one) for one in value]
        if isinstance(value, dict):
            return {name: later(one) for name, one in value.items()} | {"new_here": 1}
        return value

    document = wiezei.Document(known.id, known.text, json.dumps(later(known.to_dict())))
    assert document.quotes == known.quotes
    assert document.entities == known.entities
    assert document.named_entities == known.named_entities
    assert document.not_quotes == known.not_quotes
    assert document.warnings == known.warnings
    assert all([document.not_quotes, document.warnings, document.entities])
    assert document.to_dict()["quotes"][0]["new_here"] == 1


def test_another_language_is_told(pipeline: wiezei.Pipeline) -> None:
    assert pipeline.attribute(ENGLISH).not_dutch
    assert not pipeline.attribute(TEXT).not_dutch


def test_many_texts_are_as_many_alone(
    pipeline: wiezei.Pipeline, articles: dict[str, str]
) -> None:
    results = pipeline.attribute(articles.values(), id=list(articles))
    assert [document.id for document in results] == list(articles)
    for name, document in zip(articles, results, strict=True):
        assert pipeline.attribute(articles[name], id=name) == document
    assert results[-1] == results[len(results) - 1]
    assert results[:2] == list(results)[:2]
    with pytest.raises(IndexError):
        results[len(results)]
    assert list(pipeline.attribute([])) == []


def test_a_title_stands_before_the_text(pipeline: wiezei.Pipeline) -> None:
    document = pipeline.attribute("Het regende.", title="Nat.")
    assert (document.title, document.text) == ("Nat.", "Nat.\n\nHet regende.")
    several = pipeline.attribute(["Een.", "Twee."], title=[None, "Kop"])
    assert [document.title for document in several] == [None, "Kop"]
    for title in ("", " "):
        document = pipeline.attribute("Het regende.", title=title)
        assert (document.title, document.text) == (None, "Het regende.")


def test_a_title_that_the_text_begins_with_stands_there_once(pipeline: wiezei.Pipeline) -> None:
    document = pipeline.attribute("Nat.\n\nHet regende.", title="Nat.")
    assert (document.title, document.text) == ("Nat.", "Nat.\n\nHet regende.")


def test_wrong_arguments_are_told_of(pipeline: wiezei.Pipeline, tmp_path) -> None:
    with pytest.raises(TypeError, match="text 1 is of type int"):
        pipeline.attribute(["Een.", 2])
    with pytest.raises(ValueError, match="id has 1 entries for 2 texts"):
        pipeline.attribute(["Een.", "Twee."], id=["a"])
    with pytest.raises(ValueError, match="threads is 0"):
        wiezei.load(threads=0)
    with pytest.raises(wiezei.ModelFailure, match="nergens"):
        wiezei.load(tmp_path / "nergens")
    with pytest.raises(wiezei.ModelFailure, match="config.json"):
        wiezei.load(tmp_path)
    with pytest.raises(ValueError, match="label_map"):
        wiezei.load(label_map="zin")


def test_a_model_can_be_named_by_the_environment(monkeypatch, tmp_path) -> None:
    monkeypatch.setenv("WIEZEI_MODEL", str(tmp_path / "elders"))
    with pytest.raises(wiezei.ModelFailure, match="elders"):
        wiezei.load()


def test_other_threads_run_while_texts_are_read(
    pipeline: wiezei.Pipeline, articles: dict[str, str]
) -> None:
    """While one thread reads, this one goes on counting."""
    texts = list(articles.values()) * 10
    done = threading.Event()
    reading = threading.Thread(target=lambda: (pipeline.attribute(texts), done.set()))
    reading.start()
    turns = 0
    while not done.is_set():
        turns += 1
        time.sleep(0.001)
    reading.join()
    assert turns > 20, f"{turns} turns while {len(texts)} articles were read"


def test_what_is_installed_is_whole() -> None:
    files = {str(file) for file in importlib.metadata.files("wiezei")}
    for file in ("wiezei/py.typed", "wiezei/_wiezei.pyi"):
        assert file in files
    model = {"config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json"}
    assert {f"wiezei/models/nl-news-ner/{file}" for file in model} <= files
    assert wiezei.__version__ == importlib.metadata.version("wiezei")


def test_torch_may_be_there_already() -> None:
    """libtorch in the same process is in nobody's way, whichever comes first."""
    if importlib.util.find_spec("torch") is None:
        pytest.skip("torch is not installed here")
    for first, second in (("torch", "wiezei"), ("wiezei", "torch")):
        code = (
            f"import {first}, {second}\n"
            "torch.ones(64, 64) @ torch.ones(64, 64)\n"
            f"found = wiezei.load().attribute({TEXT!r})\n"
            "assert found.quotes[0].speaker.name == 'Noor Bakker'\n"
            "torch.ones(64, 64) @ torch.ones(64, 64)\n"
        )
        subprocess.run([sys.executable, "-c", code], check=True)


def test_examples_of_the_readme_run() -> None:
    for needed in ("pandas", "spacy"):
        pytest.importorskip(needed)
    done = doctest.testfile("../README.md", encoding="utf-8")
    assert done.attempted > 0
    assert done.failed == 0
