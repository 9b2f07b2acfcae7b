"""Results as tables: pyarrow, pandas, polars, and whatever else reads Arrow."""

import importlib
import json
import sys

import pytest

import wiezei


@pytest.fixture(scope="module")
def results(pipeline: wiezei.Pipeline, articles: dict[str, str]) -> wiezei.Results:
    return pipeline.attribute(articles.values(), id=list(articles))


def test_a_row_is_a_quotation(results: wiezei.Results) -> None:
    pytest.importorskip("pyarrow")
    table = results.to_arrow()
    assert table.equals(importlib.import_module("pyarrow").table(results))
    quotes = [(document, quote) for document in results for quote in document.quotes]
    assert table.num_rows == len(quotes) > 10
    for row, (document, quote) in zip(table.to_pylist(), quotes, strict=True):
        assert row["document"] == document.id
        assert row["quotation"] == quote.id
        for name in ("start", "end", "text", "kind", "rule", "parent", "continues", "unclosed"):
            assert row[name] == getattr(quote, name)
        assert row["confidence"] == pytest.approx(quote.confidence)
        speaker = quote.speaker
        assert row["speaker"] == (speaker.name if speaker else None)
        mention = speaker.mention if speaker else None
        for column, words in (("mention", mention), ("cue", quote.cue), ("medium", quote.medium)):
            assert row[column] == (words.text if words else None)
            assert row[f"{column}_start"] == (words.start if words else None)
            assert row[f"{column}_end"] == (words.end if words else None)


def test_a_row_is_a_document(results: wiezei.Results) -> None:
    pytest.importorskip("pyarrow")
    rows = results.to_arrow(documents=True).to_pylist()
    for row, document in zip(rows, results, strict=True):
        assert row["document"] == document.id
        assert row["characters"] == len(document.text)
        assert row["quotations"] == len(document.quotes)
        assert row["direct"] + row["mixed"] + row["indirect"] == row["quotations"]
        assert json.loads(row["json"]) == document.to_dict()


def test_pandas_and_polars_have_the_same_rows(results: wiezei.Results) -> None:
    pytest.importorskip("pandas")
    pytest.importorskip("polars")
    rows = results.to_arrow().to_pylist()
    assert results.to_polars().to_dicts() == rows
    assert results.to_pandas()["text"].tolist() == [row["text"] for row in rows]
    assert len(results.to_pandas(documents=True)) == len(results)
    assert len(results.to_polars(documents=True)) == len(results)


def test_arrow_is_not_copied(pipeline: wiezei.Pipeline, articles: dict[str, str]) -> None:
    """pyarrow counts what it allocates: for a table of ours, next to nothing."""
    pyarrow = pytest.importorskip("pyarrow")
    results = pipeline.attribute(list(articles.values()) * 50)
    before = pyarrow.total_allocated_bytes()
    table = results.to_arrow(documents=True)
    assert table.nbytes > 200_000
    assert pyarrow.total_allocated_bytes() - before < table.nbytes // 100


def test_no_quotations_are_a_table_all_the_same(pipeline: wiezei.Pipeline) -> None:
    pytest.importorskip("pyarrow")
    filled = pipeline.attribute(["Volgens Iris is het klaar."]).to_arrow()
    for texts in ([], ["Het regende."]):
        table = pipeline.attribute(texts).to_arrow()
        assert table.num_rows == 0
        assert table.schema == filled.schema


@pytest.mark.parametrize("module", ["pyarrow", "pandas", "polars"])
def test_what_is_not_installed_comes_with_the_way_to_get_it(
    results: wiezei.Results, monkeypatch, module: str
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    method = {"pyarrow": results.to_arrow, "pandas": results.to_pandas, "polars": results.to_polars}
    with pytest.raises(ImportError, match=rf"pip install 'wiezei\[{module.removeprefix('py')}\]'"):
        method[module]()
