"""Articles, and the windows of raw text that the model reads.

A window is the raw text of one sentence or of one paragraph (paragraphs stand
between blank lines). What has more than `ROOM` wordpieces is cut into windows that
overlap, at the last sentence end that fits, else between two words. Everything
about feeding text to the model is in this file and `decode.py`; a reader of the
model in another language has to do what these two do.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

from tokenizers import Tokenizer

from labels import TYPES, Entity, bio

MAX_LENGTH = 128  # the encoder has seen no position beyond it
ROOM = MAX_LENGTH - 2  # [CLS] and [SEP]
OVERLAP = 32  # wordpieces that two windows of one paragraph share, at most

WORD = re.compile(r"\w+(?:[-'’.]\w+)*|[^\w\s]")
PARAGRAPH = re.compile(r"(?:(?!\n[^\S\n]*\n).)+", re.DOTALL)
SENTENCE_END = re.compile(r"[.!?…]+[\"”’'»)\]]*(?=\s)")


@dataclass(frozen=True)
class Article:
    """A text with its named entities; offsets in code points."""

    name: str
    text: str
    entities: tuple[Entity, ...]


@dataclass
class Window:
    """A stretch of text as the model reads it.

    `words` are offsets in the article, `first` the place of each word's first
    wordpiece in `ids`, `keep` the words whose scores this window answers for
    (all of them, unless windows overlap).
    """

    ids: list[int]
    words: list[tuple[int, int]]
    first: list[int]
    keep: range
    labels: list[int]


def read_articles(folder: Path) -> list[Article]:
    """All `*.json` of a folder, by name: objects with `text` and `entities`."""
    articles = []
    for path in sorted(Path(folder).glob("*.json")):
        record = json.loads(path.read_text(encoding="utf-8"))
        entities = tuple(
            sorted(Entity(e["start"], e["end"], e["label"]) for e in record["entities"])
        )
        length = len(record["text"])
        for entity in entities:
            if entity.label not in TYPES or not 0 <= entity.start < entity.end <= length:
                raise ValueError(f"{path}: impossible entity {entity}")
        articles.append(Article(path.stem, record["text"], entities))
    if not articles:
        raise ValueError(f"no *.json in {folder}")
    return articles


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Offsets of the paragraphs that hold anything but white space."""
    return [m.span() for m in PARAGRAPH.finditer(text) if m.group().strip()]


def sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Offsets of the sentences of a paragraph, by closing punctuation before white space."""
    cuts = [start + m.end() for m in SENTENCE_END.finditer(text[start:end])]
    bounds = [start, *cuts, end]
    return [(a, b) for a, b in zip(bounds, bounds[1:]) if text[a:b].strip()]


def encode(
    tokenizer: Tokenizer, text: str, start: int, end: int
) -> tuple[list[int], list[tuple[int, int]], list[int]]:
    """Wordpiece ids of `text[start:end]`, its words, and each word's first wordpiece.

    A word in which no wordpiece starts (a zero-width character that the tokenizer
    drops, an emoji inside a longer unknown piece) is left out.
    """
    encoding = tokenizer.encode(text[start:end])
    starts = [
        (start + offsets[0], place)
        for place, (offsets, special) in enumerate(
            zip(encoding.offsets, encoding.special_tokens_mask)
        )
        if not special
    ]
    words, first = [], []
    at = 0
    for match in WORD.finditer(text, start, end):
        while at < len(starts) and starts[at][0] < match.start():
            at += 1
        if at < len(starts) and starts[at][0] < match.end():
            words.append(match.span())
            first.append(starts[at][1])
    return encoding.ids, words, first


def windows(
    tokenizer: Tokenizer, text: str, entities: list[Entity], start: int, end: int
) -> list[Window]:
    """The windows of one paragraph (or of one sentence) of `text`."""
    ids, words, first = encode(tokenizer, text, start, end)
    if not words:
        return []
    if len(ids) <= MAX_LENGTH:
        return [Window(ids, words, first, range(len(words)), bio(words, entities))]

    ends = {b for _, b in sentences(text, start, end)}
    pieces = len(ids) - 1
    # A word begins where its first wordpiece stands; what follows up to the next
    # word's first wordpiece is its own.
    until = first[1:] + [pieces]
    result: list[Window] = []
    begin, owned = 0, 0
    while True:
        stop = begin + 1
        while stop < len(words) and until[stop] - first[begin] <= ROOM:
            stop += 1
        if stop < len(words):
            # Prefer a sentence end, as long as the window stays more than half full.
            for cut in range(stop, begin + 1, -1):
                if until[cut - 1] - first[begin] <= ROOM // 2:
                    break
                if any(words[cut - 1][1] <= e <= words[cut][0] for e in ends):
                    stop = cut
                    break
        a, b = words[begin][0], words[stop - 1][1]
        part_ids, part_words, part_first = encode(tokenizer, text, a, b)
        if len(part_ids) > MAX_LENGTH:  # one word longer than a whole window
            part_ids = part_ids[: MAX_LENGTH - 1] + part_ids[-1:]
        if stop == len(words):
            keep_until, following = stop, stop
        else:
            following = stop
            while following - 1 > begin and first[stop] - first[following - 1] <= OVERLAP:
                following -= 1
            keep_until = (following + stop + 1) // 2
        # `encode` of the part finds the same words: cuts are at word boundaries.
        keep = range(owned - begin, min(keep_until - begin, len(part_words)))
        result.append(
            Window(part_ids, part_words, part_first, keep, bio(part_words, entities))
        )
        if stop == len(words):
            return result
        owned, begin = keep_until, following


def article_windows(
    tokenizer: Tokenizer, text: str, entities: list[Entity], unit: str
) -> list[list[Window]]:
    """The windows of an article, grouped by unit (`paragraph` or `sentence`)."""
    result = []
    for start, end in paragraphs(text):
        parts = [(start, end)] if unit == "paragraph" else sentences(text, start, end)
        for a, b in parts:
            group = windows(tokenizer, text, entities, a, b)
            if group:
                result.append(group)
    return result
