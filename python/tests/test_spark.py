"""`wiezei.spark` on a real Spark: a master and two workers on loopback.

`--articles` says how many (20,000 if not given). The rows are compared with
those of `wiezei batch`, the program of which the variable WIEZEI names; the
differences, if there are any, are printed."""

from __future__ import annotations

import doctest
import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

pyspark = pytest.importorskip("pyspark")

import pyarrow  # noqa: E402
import pyarrow.parquet  # noqa: E402
from cluster import Cluster  # noqa: E402
from invented import Article, articles  # noqa: E402
from pyspark.sql import SparkSession  # noqa: E402

import wiezei.spark  # noqa: E402

#: Tasks that the articles are dealt out to.
PARTITIONS = 24

#: What is compared of a quotation.
KEY = ("document", "title", "start", "end", "kind", "text", "speaker", "speaker_type", "rule")

#: The article that has no text.
WITHOUT = "zonder"

#: How `wiezei.spark` is told what stands where in the articles.
COLUMNS = {"id": "url", "text": "body", "title": "headline"}


@pytest.fixture(scope="module")
def given(request) -> dict[str, Article]:
    return {article.id: article for article in articles(request.config.getoption("--articles"))}


@pytest.fixture(scope="module")
def parquet(given: dict[str, Article], tmp_path_factory) -> Path:
    """A folder of Parquet: the articles, and one that has no text."""
    folder = tmp_path_factory.mktemp("articles")
    rows = [
        *({"url": it.id, "headline": it.title, "body": it.text} for it in given.values()),
        {"url": WITHOUT, "headline": None, "body": None},
    ]
    schema = pyarrow.schema([(name, pyarrow.string()) for name in ("url", "headline", "body")])
    table = pyarrow.Table.from_pylist(rows, schema=schema)
    pyarrow.parquet.write_table(table, folder / "0.parquet")
    return folder


@pytest.fixture
def cluster(tmp_path, monkeypatch):
    # The workers run the Python that the driver says, and not its own.
    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
    with Cluster(tmp_path, workers=2) as cluster:
        yield cluster


@pytest.fixture
def spark(cluster: Cluster):
    session = (
        SparkSession.builder.master(cluster.url)
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.executor.memory", "512m")
        .config("spark.executor.cores", "1")
        .config("spark.ui.enabled", "false")
        .getOrCreate()
    )
    yield session
    session.stop()


@pytest.fixture(scope="module")
def programs(parquet: Path, tmp_path_factory) -> set[tuple]:
    """The quotations as `wiezei batch` finds them in the same folder."""
    program = os.environ.get("WIEZEI")
    if not program:
        pytest.fail("the variable WIEZEI names no program to compare with")
    output = tmp_path_factory.mktemp("program") / "quotations.parquet"
    command = [program, "batch", parquet, "--output", output, "--quiet"]
    command += ["--id-column", "url", "--text-column", "body", "--title-column", "headline"]
    started = time.monotonic()
    done = subprocess.run(list(map(str, command)))
    # The article without a text is refused, and all others are done.
    assert done.returncode == 3
    rejects = (output.parent / f"{output.name}.rejects.jsonl").read_text("utf-8").splitlines()
    assert len(rejects) == 1
    print(f"the program took {time.monotonic() - started:.0f} s")
    return set(keys(pyarrow.parquet.read_table(output)))


def keys(table: pyarrow.Table) -> list[tuple]:
    return list(zip(*(table.column(name).to_pylist() for name in KEY), strict=True))


def check_same(found: list[tuple], expected: set[tuple]) -> None:
    """At least 99.9 % of the quotations are the same; all others are printed."""
    assert len(found) == len(set(found)), "a row came twice"
    lost, new = sorted(expected - set(found)), sorted(set(found) - expected)
    for row in lost:
        print("only the program:", row)
    for row in new:
        print("only Spark:", row)
    same = len(expected) - len(lost)
    print(f"{same} of {len(expected)} quotations are the same, {len(new)} others")
    assert same > len(expected) // 2
    assert max(len(lost), len(new)) * 1000 <= len(expected)


def test_a_cluster_finds_what_the_program_finds(spark, parquet, given, programs) -> None:
    df = spark.read.parquet(str(parquet)).repartition(PARTITIONS)
    started = time.monotonic()
    found = wiezei.spark.attribute(df, **COLUMNS)
    assert found.schema.simpleString() == simple(spark, wiezei.spark.QUOTATIONS)
    table = found.toArrow()
    seconds = time.monotonic() - started
    print(f"{len(given) / seconds / 2:.0f} articles a second and core, start-up included")
    check_same(keys(table), programs)


def test_a_worker_may_die_in_the_middle(cluster, spark, parquet, programs) -> None:
    df = spark.read.parquet(str(parquet)).repartition(PARTITIONS)
    found: list[pyarrow.Table] = []
    job = threading.Thread(
        target=lambda: found.append(wiezei.spark.attribute(df, **COLUMNS).toArrow())
    )
    job.start()
    tracker = spark.sparkContext.statusTracker()

    def completed() -> int:
        stages = [tracker.getStageInfo(stage) for stage in tracker.getActiveStageIds()]
        return max((s.numCompletedTasks for s in stages if s and s.numTasks == PARTITIONS), default=0)

    while job.is_alive() and completed() < PARTITIONS // 4:
        time.sleep(0.05)
    assert job.is_alive(), "all was done before a worker could be killed"
    done = completed()
    cluster.kill_worker(0)
    print(f"killed a worker when {done} of {PARTITIONS} tasks were done")
    job.join()
    check_same(keys(found[0]), programs)


def test_a_row_can_be_a_document(spark, parquet, given) -> None:
    df = spark.read.parquet(str(parquet))
    df = df.where(df.body.isNotNull()).limit(200).unionByName(df.where(df.body.isNull()))
    found = wiezei.spark.attribute(df, **COLUMNS, documents=True)
    assert found.schema.simpleString() == simple(spark, wiezei.spark.DOCUMENTS)
    rows = {row.document: row for row in found.collect()}
    without = rows.pop(WITHOUT).asDict()
    assert set(without.values()) == {WITHOUT, None}
    assert len(rows) == 200
    for id, row in rows.items():
        document = json.loads(row.json)
        assert document["id"] == id
        title, text = given[id].title, given[id].text
        assert row.characters == len(text if title is None else f"{title}\n\n{text}")
        assert row.quotations == len(document["quotes"]) > 0
        assert json.loads(row.warnings) == [
            {"offset": None} | warning for warning in document["warnings"]
        ]


@pytest.mark.parametrize("documents", [False, True])
def test_the_job_file_turns_a_folder_into_a_folder(
    cluster, parquet, tmp_path, documents: bool
) -> None:
    output = tmp_path / "output"
    job = Path(__file__).parents[1] / "jobs" / "attribute_parquet.py"
    submit = Path(pyspark.__file__).parent / "bin" / "spark-submit"
    few = tmp_path / "few"
    few.mkdir()
    table = pyarrow.parquet.read_table(parquet)
    # The last one has no text. One is far too long.
    table = pyarrow.concat_tables([table.slice(0, 100), table.slice(table.num_rows - 1)])
    long = pyarrow.table({"url": ["lang"], "headline": [None], "body": ["Nee. " * 2000]}, table.schema)
    pyarrow.parquet.write_table(pyarrow.concat_tables([table, long]), few / "0.parquet")
    command = [submit, "--master", cluster.url, "--conf", "spark.driver.host=127.0.0.1"]
    command += ["--conf", "spark.executor.memory=512m", job, "--input", few, "--output", output]
    command += ["--id", "url", "--text", "body", "--title", "headline", "--partitions", "3"]
    command += ["--longest", "5000", *(["--documents"] if documents else [])]
    subprocess.run(list(map(str, command)), check=True)
    written = pyarrow.parquet.read_table(output)
    assert len(list(output.glob("*.parquet"))) == 3
    found = set(written.column("document").to_pylist())
    assert "lang" not in found
    if documents:
        assert found == set(table.column("url").to_pylist())
    else:
        assert len(found) > 90
        assert WITHOUT not in found


def simple(spark, ddl: str) -> str:
    return spark.createDataFrame([], ddl).schema.simpleString()


def test_examples_of_docstrings_run(monkeypatch) -> None:
    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
    monkeypatch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
    try:
        done = doctest.testmod(wiezei.spark)
    finally:
        if session := SparkSession.getActiveSession():
            session.stop()
    assert done.attempted > 0
    assert done.failed == 0


def test_batches_are_cut_by_bytes(monkeypatch) -> None:
    monkeypatch.setattr(wiezei.spark, "BATCH_BYTES", 10)
    texts = ["x" * 4, "x" * 6, "x" * 1, None, "é" * 30, "", "x"]
    batch = pyarrow.RecordBatch.from_pydict({"id": list("abcdefg"), "text": texts})
    parts = [part.column("id").to_pylist() for part in wiezei.spark._by_bytes(batch)]
    assert parts == [["a", "b"], ["c", "d"], ["e"], ["f", "g"]]
    nothing = batch.slice(0, 0)
    assert list(wiezei.spark._by_bytes(nothing)) == []
