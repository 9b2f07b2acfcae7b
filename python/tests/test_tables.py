"""Results as tables: pyarrow, pandas, polars, and whatever else reads Arrow."""

import importlib
import json
import re
import sys
from pathlib import Path

import pytest
from conftest import ENGLISH

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


def of_the_page(table: str) -> dict[str, str]:
    """The columns of the program's table with what their cells are, by the page
    that a test of the program holds to its code."""
    page = (Path(__file__).parents[2] / "docs" / "tables.md").read_text("utf-8")
    section = re.split(r"^## ", page, flags=re.MULTILINE)
    rows = next(part for part in section if part.startswith(f"{table}\n")).splitlines()
    return dict(re.match(r"\| `(\w+)` \| (\w+) \|", row).groups() for row in rows if "`" in row[:4])


@pytest.mark.parametrize("documents", [False, True])
def test_the_columns_are_those_of_the_program(results: wiezei.Results, documents: bool) -> None:
    """All of its tables but what stands in an archive's records, and is of the run."""
    pytest.importorskip("pyarrow")
    expected = of_the_page("documents" if documents else "quotations")
    for name in ("date", "metadata", "produced_by", *(["text"] if documents else [])):
        del expected[name]
    if documents:
        expected["json"] = "string"
    cells = {"float": "float32"}
    schema = results.to_arrow(documents=documents).schema
    found = {field.name: cells.get(str(field.type), str(field.type)) for field in schema}
    assert list(found.items()) == list(expected.items())
    # As Spark calls them.
    spark = pytest.importorskip("wiezei.spark")
    names = {"bigint": "int64", "boolean": "bool", "float": "float32"}
    ddl = spark.DOCUMENTS if documents else spark.QUOTATIONS
    columns = [column.split() for column in ddl.split(", ")]
    assert [(name, names.get(kind, kind)) for name, kind in columns] == list(expected.items())


def test_warnings_are_in_the_tables(pipeline: wiezei.Pipeline) -> None:
    pytest.importorskip("pyarrow")
    results = pipeline.attribute([ENGLISH, 'Volgens Iris is het "klaar. Dat zegt zij.'])
    rows = results.to_arrow(documents=True).to_pylist()
    for row, document in zip(rows, results, strict=True):
        assert json.loads(row["warnings"]) == [
            {"code": it.code, "offset": it.offset, "message": it.message}
            for it in document.warnings
        ] != []
    assert (results[0].not_dutch, results[1].not_dutch) == (True, False)
    codes = [" ".join(dict.fromkeys(it.code for it in document.warnings)) for document in results]
    columns = ("document", "not_dutch", "warnings")
    rows = {tuple(row[name] for name in columns) for row in results.to_arrow().to_pylist()}
    assert rows == {("0", True, codes[0]), ("1", False, codes[1])}
    (sure,) = pipeline.attribute(["Volgens Iris is het klaar."]).to_arrow().to_pylist()
    assert sure["warnings"] is None


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
