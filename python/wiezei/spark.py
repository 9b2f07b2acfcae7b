"""Quotations of a Spark data frame of articles.

>>> from pyspark.sql import SparkSession
>>> import wiezei.spark
>>> spark = SparkSession.builder.master("local[1]").getOrCreate()
>>> articles = spark.createDataFrame(
...     [("a", "Volgens Iris Veenstra is het water te hoog."), ("b", "Het regende.")],
...     ["url", "body"],
... )
>>> quotations = wiezei.spark.attribute(articles, text="body", id="url")
>>> [(row.document, row.speaker, row.cue) for row in quotations.collect()]
[('a', 'Iris Veenstra', 'Volgens')]

The model is loaded once in each Python worker. Rows become quotations through
``mapInArrow``, so that nothing is turned into Python objects on the way.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

import pyarrow

from ._pipeline import Pipeline, load

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

#: Bytes of text that are read together, at least one article. More fill the
#: model's batches no better, and less would not fill them.
BATCH_BYTES = 1 << 20

#: The columns of the quotations, as Spark writes a schema. They are those of the
#: program's tables, and stay as they are.
QUOTATIONS = (
    "document string, title string, quotation string, kind string, start bigint, "
    "end bigint, text string, speaker string, speaker_type string, speaker_id string, "
    "affiliation string, gender string, mention string, mention_kind string, "
    "mention_start bigint, mention_end bigint, cue string, cue_start bigint, "
    "cue_end bigint, medium string, medium_start bigint, medium_end bigint, "
    "stance string, modality string, parent string, continues string, "
    "unclosed boolean, rule string, confidence float, not_dutch boolean, warnings string"
)

#: The columns of the documents.
DOCUMENTS = (
    "document string, title string, characters bigint, quotations bigint, "
    "direct bigint, mixed bigint, indirect bigint, with_source bigint, "
    "unclosed bigint, entities bigint, named_entities bigint, not_quotes bigint, "
    "warnings string, json string"
)


def attribute(
    df: DataFrame,
    text: str = "text",
    id: str = "id",
    *,
    documents: bool = False,
    title: str | None = None,
    model: str | None = None,
    threads: int = 1,
) -> DataFrame:
    """The quotations of the articles of ``df``, a row each.

    Parameters
    ----------
    df
        A data frame with an article a row. One whose text is null has no
        quotations, and as a document nothing but its identifier.
    text, id
        The columns with the text and with the identifier, which becomes a string.
    documents
        Give a row a document instead, with what was found in it as counts and,
        whole, as JSON.
    title
        The column with the title, where it is not in the text. Offsets then count
        in the title, a blank line, and the text; a text that begins with its title
        stays as it is.
    model
        Folder of a model on every worker; without it, the one in the package.
    threads
        How many threads the model uses in a task: as many as
        ``spark.task.cpus``.

    The schema of the result is :data:`QUOTATIONS` or :data:`DOCUMENTS`.
    """
    from pyspark.sql import functions

    columns = [functions.col(id).cast("string").alias("id"), functions.col(text).alias("text")]
    if title is not None:
        columns.append(functions.col(title).cast("string").alias("title"))
    work = worker(documents=documents, model=model, threads=threads)
    return df.select(*columns).mapInArrow(work, DOCUMENTS if documents else QUOTATIONS)


def worker(
    *, documents: bool = False, model: str | None = None, threads: int = 1
) -> Callable[[Iterable[pyarrow.RecordBatch]], Iterator[pyarrow.RecordBatch]]:
    """What runs on the workers: batches with ``id``, ``text`` and perhaps
    ``title`` in, batches of quotations or documents out.

    >>> import pyarrow
    >>> texts = ["Volgens Iris Veenstra is het water te hoog.", None]
    >>> batch = pyarrow.RecordBatch.from_pydict({"id": ["a", "b"], "text": texts})
    >>> for found in worker(documents=True)([batch]):
    ...     print(found.select(["document", "quotations"]).to_pylist())
    [{'document': 'a', 'quotations': 1}]
    [{'document': 'b', 'quotations': None}]
    """

    def work(batches: Iterable[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        pipeline = _pipeline(model, threads, os.getpid())
        for batch in batches:
            for part in _by_bytes(batch):
                yield from _read(pipeline, part, documents)

    return work


@lru_cache(maxsize=1)
def _pipeline(model: str | None, threads: int, process: int) -> Pipeline:
    """The model of this process. Spark forks its workers: what one had loaded
    before has no threads in another."""
    return load(model, threads=threads)


def _by_bytes(batch: pyarrow.RecordBatch) -> Iterator[pyarrow.RecordBatch]:
    """A batch in parts of :data:`BATCH_BYTES` of text, or of one article."""
    from pyarrow import compute

    sizes = compute.fill_null(compute.binary_length(batch.column("text")), 0).to_pylist()
    start = filled = 0
    for place, size in enumerate(sizes):
        if place > start and filled + size > BATCH_BYTES:
            yield batch.slice(start, place - start)
            start, filled = place, 0
        filled += size
    if start < batch.num_rows:
        yield batch.slice(start)


def _read(
    pipeline: Pipeline, batch: pyarrow.RecordBatch, documents: bool
) -> Iterator[pyarrow.RecordBatch]:
    from pyarrow import compute

    has_text = compute.is_valid(batch.column("text"))
    articles = batch.filter(has_text)
    titles = articles.column("title").to_pylist() if "title" in batch.schema.names else None
    results = pipeline.attribute(
        articles.column("text").to_pylist(),
        id=[id or "" for id in articles.column("id").to_pylist()],
        title=titles,
    )
    table = results.to_arrow(documents=documents)
    schema = pyarrow.schema([field.with_nullable(True) for field in table.schema])
    for found in table.to_batches():
        yield pyarrow.RecordBatch.from_arrays(found.columns, schema=schema)
    if documents and articles.num_rows < batch.num_rows:
        without = batch.filter(compute.invert(has_text)).column("id").to_pylist()
        rows = [{"document": id} for id in without]
        yield pyarrow.RecordBatch.from_pylist(rows, schema=schema)
