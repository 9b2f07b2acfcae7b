"""`wiezei.spark` on a real Spark: a master and two workers on loopback.

`--articles` says how many (20,000 if not given). The rows are compared with
those of the program, which the variable WIEZEI names; the differences, if there
are any, are printed."""

from __future__ import annotations

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
from invented import articles  # noqa: E402
from pyspark.sql import SparkSession  # noqa: E402

import wiezei.spark  # noqa: E402

#: Tasks that the articles are dealt out to.
PARTITIONS = 24

#: What is compared of a quotation.
KEY = ("document", "start", "end", "kind", "text", "speaker", "rule")


@pytest.fixture(scope="module")
def texts(request) -> dict[str, str]:
    return dict(articles(request.config.getoption("--articles")))


@pytest.fixture(scope="module")
def parquet(texts: dict[str, str], tmp_path_factory) -> Path:
    """A folder of Parquet: the articles, and one that has no text."""
    folder = tmp_path_factory.mktemp("articles")
    ids, bodies = [*texts, "zonder"], [*texts.values(), None]
    pyarrow.parquet.write_table(pyarrow.table({"url": ids, "body": bodies}), folder / "0.parquet")
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
def programs(texts: dict[str, str], tmp_path_factory) -> set[tuple]:
    """The quotations as the program finds them."""
    program = os.environ.get("WIEZEI")
    if not program:
        pytest.fail("the variable WIEZEI names no program to compare with")
    path = tmp_path_factory.mktemp("program") / "articles.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for id, text in texts.items():
            print(json.dumps({"id": id, "text": text}), file=file)
    command = [program, "attribute", "--quiet", "--format", "jsonl", str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8") as run:
        rows = {row for line in run.stdout for row in rows_of(json.loads(line))}
    assert run.returncode == 0
    return rows


def rows_of(document: dict) -> list[tuple]:
    return [
        (
            document["id"],
            quote["start"],
            quote["end"],
            quote["kind"],
            quote["text"],
            (quote["speaker"] or {}).get("name"),
            quote.get("rule"),
        )
        for quote in document["quotes"]
    ]


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


def test_a_cluster_finds_what_the_program_finds(spark, parquet, texts, programs) -> None:
    df = spark.read.parquet(str(parquet)).repartition(PARTITIONS)
    started = time.monotonic()
    found = wiezei.spark.attribute(df, text="body", id="url")
    assert found.schema.simpleString() == simple(spark, wiezei.spark.QUOTATIONS)
    table = found.toArrow()
    seconds = time.monotonic() - started
    print(f"{len(texts) / seconds / 2:.0f} articles a second and core, start-up included")
    check_same(keys(table), programs)


def test_a_worker_may_die_in_the_middle(cluster, spark, parquet, programs) -> None:
    df = spark.read.parquet(str(parquet)).repartition(PARTITIONS)
    found: list[pyarrow.Table] = []
    job = threading.Thread(
        target=lambda: found.append(wiezei.spark.attribute(df, text="body", id="url").toArrow())
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


def test_a_row_can_be_a_document(spark, parquet, texts) -> None:
    df = spark.read.parquet(str(parquet)).limit(200).unionByName(
        spark.createDataFrame([("zonder", None)], "url string, body string")
    )
    found = wiezei.spark.attribute(df, text="body", id="url", documents=True)
    assert found.schema.simpleString() == simple(spark, wiezei.spark.DOCUMENTS)
    rows = {row.document: row for row in found.collect()}
    without = rows.pop("zonder").asDict()
    assert set(without.values()) == {"zonder", None}
    assert len(rows) == 200
    for id, row in rows.items():
        document = json.loads(row.json)
        assert document["id"] == id
        assert row.characters == len(texts[id])
        assert row.quotations == len(document["quotes"]) > 0


def test_the_job_file_turns_a_folder_into_a_folder(cluster, parquet, tmp_path) -> None:
    output = tmp_path / "quotations"
    job = Path(__file__).parents[1] / "jobs" / "attribute_parquet.py"
    submit = Path(pyspark.__file__).parent / "bin" / "spark-submit"
    few = tmp_path / "few"
    few.mkdir()
    table = pyarrow.parquet.read_table(parquet).slice(0, 100)
    pyarrow.parquet.write_table(table, few / "0.parquet")
    command = [submit, "--master", cluster.url, "--conf", "spark.driver.host=127.0.0.1"]
    command += ["--conf", "spark.executor.memory=512m", job, "--input", few, "--output", output]
    command += ["--id", "url", "--text", "body", "--partitions", "3"]
    subprocess.run(list(map(str, command)), check=True)
    written = pyarrow.parquet.read_table(output)
    assert len(list(output.glob("*.parquet"))) == 3
    assert len(set(written.column("document").to_pylist())) > 90


def simple(spark, ddl: str) -> str:
    return spark.createDataFrame([], ddl).schema.simpleString()


def test_batches_are_cut_by_bytes(monkeypatch) -> None:
    monkeypatch.setattr(wiezei.spark, "BATCH_BYTES", 10)
    texts = ["x" * 4, "x" * 6, "x" * 1, None, "é" * 30, "", "x"]
    batch = pyarrow.RecordBatch.from_pydict({"id": list("abcdefg"), "text": texts})
    parts = [part.column("id").to_pylist() for part in wiezei.spark._by_bytes(batch)]
    assert parts == [["a", "b"], ["c", "d"], ["e"], ["f", "g"]]
    nothing = batch.slice(0, 0)
    assert list(wiezei.spark._by_bytes(nothing)) == []
