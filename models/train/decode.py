"""From scores per word to entities: the best BIO sequence that is allowed.

The only transition scores are 0 (allowed) and minus infinity (an I-X that does
not continue an X), so this is the most likely well-formed sequence under
independent word scores. Nothing here is learnt.
"""

from __future__ import annotations

import numpy as np

from labels import LABELS, Entity, may_follow

FORBIDDEN = -1e9
TRANSITION = np.array(
    [[0.0 if may_follow(a, b) else FORBIDDEN for b in LABELS] for a in LABELS]
)
START = np.array([FORBIDDEN if label.startswith("I-") else 0.0 for label in LABELS])


def viterbi(scores: np.ndarray) -> list[int]:
    """The best allowed label sequence for `scores` (words x labels, log-probabilities)."""
    if len(scores) == 0:
        return []
    best = START + scores[0]
    back = []
    for row in scores[1:]:
        candidates = best[:, None] + TRANSITION
        back.append(candidates.argmax(axis=0))
        best = candidates.max(axis=0) + row
    path = [int(best.argmax())]
    for pointers in reversed(back):
        path.append(int(pointers[path[-1]]))
    return path[::-1]


def entities(words: list[tuple[int, int]], labels: list[int]) -> list[Entity]:
    """The entities that a well-formed label sequence over `words` spells."""
    found: list[Entity] = []
    for (start, end), label in zip(words, labels):
        prefix, _, kind = LABELS[label].partition("-")
        if prefix == "B":
            found.append(Entity(start, end, kind))
        elif prefix == "I":
            found[-1] = found[-1]._replace(end=end)
    return found
