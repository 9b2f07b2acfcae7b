"""Ways to show the model the same labelled article differently in every epoch.

Two hundred articles repeat the same few hundred names; without this the model
learns the names by heart instead of the places where names stand.
"""

from __future__ import annotations

import random

from data import Article, Window
from labels import OUTSIDE, Entity

# A person for a person makes a sentence that could have been written, and so, mostly,
# do the other two; `Duitse` for `Songfestival` does not, so MISC stays as it is.
SWAPPED = ("PER", "ORG", "LOC")
RECOMBINED = 0.5  # share of the swapped-in full names made of two people's names


def mention_pool(articles: list[Article]) -> dict[str, list[str]]:
    """Every different mention of each type, in a fixed order."""
    pool: dict[str, dict[str, None]] = {kind: {} for kind in SWAPPED}
    for article in articles:
        for entity in article.entities:
            if entity.label in pool:
                pool[entity.label][article.text[entity.start : entity.end]] = None
    return {kind: list(mentions) for kind, mentions in pool.items()}


def other_name(kind: str, pool: dict[str, list[str]], rng: random.Random) -> str:
    """A mention of the type; for people, often one's first name with another's last name."""
    name = rng.choice(pool[kind])
    if kind == "PER" and " " in name and rng.random() < RECOMBINED:
        given = name.split(" ", 1)[0]
        donor = rng.choice(pool[kind])
        name = given + " " + donor.split(" ", 1)[-1]
    return name


def swap_mentions(
    article: Article, pool: dict[str, list[str]], rate: float, rng: random.Random
) -> Article:
    """The article with a share of its mentions replaced by others of their type."""
    parts: list[str] = []
    entities: list[Entity] = []
    at = length = 0
    for entity in article.entities:
        before = article.text[at : entity.start]
        mention = article.text[entity.start : entity.end]
        if entity.label in pool and rng.random() < rate:
            mention = other_name(entity.label, pool, rng)
        parts += [before, mention]
        length += len(before)
        entities.append(Entity(length, length + len(mention), entity.label))
        length += len(mention)
        at = entity.end
    parts.append(article.text[at:])
    return Article(article.name, "".join(parts), tuple(entities))


def mask_words(
    window: Window, mask_id: int, entity_rate: float, other_rate: float, rng: random.Random
) -> list[int]:
    """The window's ids with all wordpieces of some words masked."""
    ids = list(window.ids)
    until = window.first[1:] + [len(ids) - 1]
    for first, end, label in zip(window.first, until, window.labels):
        if rng.random() < (other_rate if label == OUTSIDE else entity_rate):
            ids[first:end] = [mask_id] * (end - first)
    return ids
