"""Loading a model, and reading texts with it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import overload

from ._results import Document, Results
from ._wiezei import Reader

#: Environment variable that names a model folder, as for the program.
MODEL_VARIABLE = "WIEZEI_MODEL"

#: The model that comes with the package.
EMBEDDED = Path(__file__).parent / "models" / "nl-news-ner"


def load(
    model: str | os.PathLike[str] | None = None,
    *,
    threads: int | None = None,
    label_map: str | None = None,
) -> Pipeline:
    """Load a model, with the pipeline over it.

    Parameters
    ----------
    model
        Folder of a model for named entities in Hugging Face layout, of type BERT,
        RoBERTa, XLM-RoBERTa or DistilBERT. Without it, the folder that the
        environment variable ``WIEZEI_MODEL`` names, else the model that comes
        with the package.
    threads
        How many threads the model may use; as many as there are cores if not
        given.
    label_map
        What the model's labels mean, where their names do not say it:
        ``"LABEL_0=O,LABEL_1=B-PER,LABEL_2=I-PER"``.

    Raises
    ------
    wiezei.ModelFailure
        If there is no such folder, or it holds no model that can be run; the
        message says which file is at fault.

    Examples
    --------
    >>> import wiezei
    >>> wiezei.load(threads=1).model
    'nl-news-ner'
    """
    if threads is not None and threads < 1:
        raise ValueError(f"threads is {threads}; at least one is needed")
    folder = model if model is not None else os.environ.get(MODEL_VARIABLE) or EMBEDDED
    return Pipeline(Reader(os.fspath(folder), threads, label_map))


class Pipeline:
    """A loaded model with all that reads a text; made by :func:`load`.

    May be used from several threads; the interpreter's lock is released while
    texts are read.
    """

    __slots__ = ("_reader",)

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def __repr__(self) -> str:
        return f"<wiezei.Pipeline with the model {self.model}>"

    @property
    def model(self) -> str:
        """The name of the model."""
        return self._reader.model

    # A `str` is an iterable of `str` too; the first signature that fits counts.
    @overload
    def attribute(  # type: ignore[overload-overlap]
        self, text: str, *, id: str | None = None, title: str | None = None
    ) -> Document: ...

    @overload
    def attribute(
        self,
        text: Iterable[str],
        *,
        id: Sequence[str] | None = None,
        title: Sequence[str | None] | None = None,
    ) -> Results: ...

    def attribute(self, text, *, id=None, title=None):
        """Find the quotations of a text, or of many, and who said them.

        Many texts at once take less time than one after the other.

        Parameters
        ----------
        text
            An article, or articles in any iterable.
        id
            The identifier of the article, or one for each; else they are
            numbered from ``"0"``.
        title
            The title of the article, or one (or ``None``) for each, where it is
            not in the text. Offsets then count in ``document.text``: the title, a
            blank line, the text; a text that begins with its title stays as it is.
            Without it, a first paragraph with no full stop is the title.

        Returns
        -------
        Document or Results
            A document for a text; for many the results, a sequence of documents
            that can also become a table.

        Examples
        --------
        >>> import wiezei
        >>> pipeline = wiezei.load()
        >>> results = pipeline.attribute([
        ...     "Volgens Iris Veenstra is het water te hoog.",
        ...     "Het regende de hele dag.",
        ... ], id=["a", "b"])
        >>> [(document.id, len(document.quotes)) for document in results]
        [('a', 1), ('b', 0)]
        """
        if isinstance(text, str):
            return self._read([text], [id or "0"], [title])[0]
        texts = list(text)
        for place, one in enumerate(texts):
            if not isinstance(one, str):
                kind = type(one).__name__
                raise TypeError(f"text {place} is of type {kind}; it must be a str")
        ids = [str(n) for n in range(len(texts))] if id is None else list(id)
        titles = [None] * len(texts) if title is None else list(title)
        for name, given in (("id", ids), ("title", titles)):
            if len(given) != len(texts):
                raise ValueError(f"{name} has {len(given)} entries for {len(texts)} texts")
        return self._read(texts, ids, titles)

    def _read(self, texts: list[str], ids: list[str], titles: list[str | None]) -> Results:
        return Results(self._reader.read(ids, titles, texts))
