"""The label set, and the step from labelled character spans to one BIO label a word.

Words carry the labels, not wordpieces: a word takes part in training and in
decoding through its first wordpiece alone.
"""

from __future__ import annotations

from typing import NamedTuple

TYPES = ("PER", "ORG", "LOC", "MISC")
LABELS = ("O",) + tuple(f"{prefix}-{kind}" for kind in TYPES for prefix in "BI")
LABEL_ID = {label: index for index, label in enumerate(LABELS)}
OUTSIDE = LABEL_ID["O"]


class Entity(NamedTuple):
    """A named entity: half-open offsets in code points, and its type."""

    start: int
    end: int
    label: str


def may_follow(previous: str, label: str) -> bool:
    """Whether `label` may stand after `previous`: I-X only after B-X or I-X."""
    return not label.startswith("I-") or previous[1:] == label[1:]


def bio(words: list[tuple[int, int]], entities: list[Entity]) -> list[int]:
    """One label id a word.

    An entity covers every word that it overlaps; where two entities meet in one
    word (`Estland-Nederland`), the first one has it.
    """
    labels = []
    previous = None
    entities = sorted(entities)
    at = 0
    for start, end in words:
        while at < len(entities) and entities[at].end <= start:
            at += 1
        entity = entities[at] if at < len(entities) and entities[at].start < end else None
        if entity is None:
            labels.append(OUTSIDE)
        else:
            labels.append(LABEL_ID[("I-" if entity is previous else "B-") + entity.label])
        previous = entity
    return labels
