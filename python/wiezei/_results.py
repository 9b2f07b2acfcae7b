"""What is found in documents, as objects and as tables.

The objects have the fields of the program's JSON, whose names and meaning stay as
they are. Offsets are code points, half-open, as Python counts them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, TypeVar, overload

from ._wiezei import Found

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow
    from _typeshed import DataclassInstance

Kind = Literal["direct", "mixed", "indirect"]

T = TypeVar("T", bound="DataclassInstance")


@dataclass(frozen=True, slots=True)
class Words:
    """A stretch of the text: ``document.text[start:end]`` is ``text``."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Mention(Words):
    """Words that mean a source: its name, a pronoun, or a description."""

    kind: Literal["name", "pronoun", "description"]


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who said something: ``entity`` is the id of an :class:`Entity`."""

    entity: str
    name: str
    type: str
    #: The words beside the quotation that name the speaker, if any do.
    mention: Mention | None = None


@dataclass(frozen=True, slots=True)
class Quote(Words):
    """Words that the text attributes to someone."""

    id: str
    kind: Kind
    #: ``None`` if the text does not tell.
    speaker: Speaker | None = None
    #: The reporting verb, *volgens* or *aldus*.
    cue: Words | None = None
    #: The rule that decided.
    rule: str | None = None
    #: How sure the answer is, from 0 to 1.
    confidence: float | None = None
    #: The id of the quotation that this one lies in.
    parent: str | None = None
    #: The id of the quotation that this one takes up again.
    continues: str | None = None
    #: Whether its closing mark is missing.
    unclosed: bool = False
    stance: str | None = None
    modality: str | None = None
    #: To whom or where it was said: *tegen de NOS*.
    medium: Words | None = None


@dataclass(frozen=True, slots=True)
class Entity:
    """A source: someone or something that speaks or is spoken of."""

    id: str
    name: str
    type: str
    #: The body that a spokesperson speaks for.
    affiliation: str | None = None
    #: ``"female"``, ``"male"`` or ``"unknown"``.
    gender: str | None = None
    #: What shows the gender: ``"given-name"``, ``"function"`` or ``"pronoun"``.
    gender_from: str | None = None
    mentions: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class NamedEntity(Words):
    """A name, with its type (PER, ORG, LOC, MISC) and how sure the model is."""

    label: str
    score: float


@dataclass(frozen=True, slots=True)
class NotQuote(Words):
    """Words in quotation marks that are no quotation, and why."""

    reason: str | None = None
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class Warning:
    """What makes a result less certain, and where in the text."""

    code: str
    message: str
    offset: int | None = None


@dataclass(frozen=True)
class Document:
    """An article with all that was found in it."""

    id: str
    #: What offsets count in; begins with the title, if there is one.
    text: str = field(repr=False)
    _json: str = field(repr=False)

    def to_dict(self) -> dict[str, Any]:
        """The document as the program's JSON has it, without its text.

        >>> import wiezei
        >>> document = wiezei.load().attribute("Het regende.", id="a")
        >>> document.to_dict()["quotes"]
        []
        """
        return json.loads(self._json)

    def to_json(self) -> str:
        """The line that ``wiezei attribute --format jsonl`` prints."""
        return self._json

    @cached_property
    def _fields(self) -> dict[str, Any]:
        return self.to_dict()

    @property
    def title(self) -> str | None:
        """The title, if the text has one."""
        return self._fields.get("title")

    @cached_property
    def quotes(self) -> tuple[Quote, ...]:
        """The quotations, in order of their start, outer before inner."""
        return tuple(_quote(quote) for quote in self._fields["quotes"])

    @cached_property
    def entities(self) -> tuple[Entity, ...]:
        """The sources, in order of their first mention."""
        return tuple(
            _of(Entity, {**entity, "mentions": tuple(_of(Mention, m) for m in entity["mentions"])})
            for entity in self._fields["entities"]
        )

    @cached_property
    def named_entities(self) -> tuple[NamedEntity, ...]:
        """The names that the model found."""
        return tuple(_of(NamedEntity, name) for name in self._fields["named_entities"])

    @cached_property
    def not_quotes(self) -> tuple[NotQuote, ...]:
        """What stands in quotation marks and is no quotation."""
        return tuple(_of(NotQuote, words) for words in self._fields.get("not_quotes", ()))

    @cached_property
    def warnings(self) -> tuple[Warning, ...]:
        """What makes the result less certain."""
        return tuple(_of(Warning, warning) for warning in self._fields["warnings"])

    @property
    def produced_by(self) -> dict[str, Any]:
        """The version, the model with its checksum, and the settings.

        >>> import wiezei
        >>> wiezei.load().attribute("Het regende.").produced_by["recognizer"]
        'nl-news-ner'
        """
        return self._fields["produced_by"]

    @property
    def not_dutch(self) -> bool:
        """Whether the text looks like another language. Fewer than 250 letters tell
        nothing.

        >>> import wiezei
        >>> text = "The bridge across the harbour will stay closed until spring. " * 6
        >>> wiezei.load().attribute(text).not_dutch
        True
        """
        return any(warning.code == "not-dutch" for warning in self.warnings)

    def entity(self, speaker: Speaker) -> Entity:
        """The source that a speaker of this document is.

        >>> import wiezei
        >>> text = "Volgens dijkgraaf Iris Veenstra is het water te hoog."
        >>> document = wiezei.load().attribute(text)
        >>> document.entity(document.quotes[0].speaker).mentions[0].text
        'dijkgraaf Iris Veenstra'
        """
        for entity in self.entities:
            if entity.id == speaker.entity:
                return entity
        raise KeyError(f"the document {self.id} has no source {speaker.entity}")


def _of(kind: type[T], given: dict[str, Any]) -> T:
    """An object with what it has of the fields that are given. A later program may
    write more of them, which ``to_dict`` has."""
    return kind(**{one.name: given[one.name] for one in fields(kind) if one.name in given})


def _quote(given: dict[str, Any]) -> Quote:
    built = dict(given)
    for name in ("cue", "medium"):
        if words := built.get(name):
            built[name] = _of(Words, words)
    if speaker := built.get("speaker"):
        mention = speaker.get("mention")
        built["speaker"] = _of(
            Speaker, {**speaker, "mention": _of(Mention, mention) if mention else None}
        )
    return _of(Quote, built)


class Results(Sequence[Document]):
    """What was found in many documents: a sequence of them, and a table.

    ``pyarrow.table(results)``, and whatever else knows the Arrow PyCapsule interface,
    reads the quotations without copying them.

    >>> import wiezei
    >>> results = wiezei.load().attribute(["Volgens Iris is het klaar."], id=["a"])
    >>> table = results.to_arrow()
    >>> table.column("speaker").to_pylist()
    ['Iris']
    >>> results.to_arrow(documents=True).column("quotations").to_pylist()
    [1]
    """

    __slots__ = ("_found",)

    def __init__(self, found: Found) -> None:
        self._found = found

    def __len__(self) -> int:
        return len(self._found)

    @overload
    def __getitem__(self, index: int) -> Document: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Document]: ...

    def __getitem__(self, index):
        if isinstance(index, slice):
            return [self[n] for n in range(*index.indices(len(self)))]
        place = index + len(self) if index < 0 else index
        if not 0 <= place < len(self):
            raise IndexError(f"there is no document {index} among {len(self)}")
        line = self._found.json(place)
        return Document(json.loads(line)["id"], self._found.text(place), line)

    def __iter__(self) -> Iterator[Document]:
        return (self[n] for n in range(len(self)))

    def __repr__(self) -> str:
        return f"<wiezei.Results of {len(self)} documents>"

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """The quotations, a row each, for readers of Arrow."""
        return self._found.quotations()

    def to_arrow(self, *, documents: bool = False) -> pyarrow.Table:
        """The quotations as a table of pyarrow, a row each, not copied; with
        ``documents``, a row a document."""
        pyarrow = _needed("pyarrow", "arrow")
        return pyarrow.table(self._table(documents))

    def to_pandas(self, *, documents: bool = False) -> pandas.DataFrame:
        """The quotations as a data frame of pandas, a row each; with
        ``documents``, a row a document.

        >>> import wiezei
        >>> results = wiezei.load().attribute(["Volgens Iris is het klaar."])
        >>> results.to_pandas()[["kind", "speaker", "cue"]].values.tolist()
        [['indirect', 'Iris', 'Volgens']]
        """
        _needed("pandas", "pandas")
        return self.to_arrow(documents=documents).to_pandas()

    def to_polars(self, *, documents: bool = False) -> polars.DataFrame:
        """The quotations as a data frame of polars, a row each; with
        ``documents``, a row a document."""
        return _needed("polars", "polars").DataFrame(self._table(documents))

    def _table(self, documents: bool) -> _Table:
        return _Table(self._found.documents if documents else self._found.quotations)


class _Table:
    """A table for readers of Arrow, and nothing else: polars would take a sequence
    for rows."""

    def __init__(self, stream: Callable[[], object]) -> None:
        self._stream = stream

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return self._stream()


def _needed(module: str, extra: str) -> Any:
    """A module of another package, or an error that says how to get it."""
    import importlib

    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise ImportError(f"{module} is needed: pip install 'wiezei[{extra}]'") from error
