"""Exact-span precision, recall and F1, with bootstrap intervals over documents.

Counts are kept per document and added up last, so that one pass serves the
point estimate and every bootstrap sample.
"""

from __future__ import annotations

import numpy as np

from labels import TYPES, Entity

ROWS = TYPES + ("all",)


def counts(gold: list[Entity], predicted: list[Entity]) -> np.ndarray:
    """Counts of one document: a row for each of `ROWS`; correct, predicted, gold."""
    table = np.zeros((len(ROWS), 3), dtype=np.int64)
    for index, kind in enumerate(ROWS):
        wanted = {e for e in gold if kind in (e.label, "all")}
        given = {e for e in predicted if kind in (e.label, "all")}
        table[index] = len(wanted & given), len(given), len(wanted)
    return table


def ratios(table: np.ndarray) -> np.ndarray:
    """Precision, recall and F1 in the last axis, for counts in the last axis."""
    correct, predicted, gold = (table[..., i].astype(float) for i in range(3))
    return np.stack(
        [
            correct / np.maximum(predicted, 1),
            correct / np.maximum(gold, 1),
            2 * correct / np.maximum(predicted + gold, 1),
        ],
        axis=-1,
    )


def summary(documents: list[np.ndarray], samples: int = 2000, seed: int = 0) -> dict:
    """Scores per type with the 95% interval of F1 (percentiles over resampled documents)."""
    stacked = np.stack(documents)
    total = stacked.sum(axis=0)
    picks = np.random.default_rng(seed).integers(len(stacked), size=(samples, len(stacked)))
    resampled = ratios(np.stack([stacked[pick].sum(axis=0) for pick in picks]))[..., 2]
    low, high = np.percentile(resampled, [2.5, 97.5], axis=0)
    point = ratios(total)
    return {
        kind: {
            "precision": round(float(point[i, 0]), 4),
            "recall": round(float(point[i, 1]), 4),
            "f1": round(float(point[i, 2]), 4),
            "f1_interval": [round(float(low[i]), 4), round(float(high[i]), 4)],
            "correct": int(total[i, 0]),
            "predicted": int(total[i, 1]),
            "gold": int(total[i, 2]),
        }
        for i, kind in enumerate(ROWS)
    }


def markdown(scores: dict) -> str:
    """The scores as a Markdown table."""
    lines = [
        "| type | precision | recall | F1 | 95% interval of F1 | labelled | found | correct |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for kind, row in scores.items():
        low, high = row["f1_interval"]
        lines.append(
            f"| {kind} | {row['precision']:.3f} | {row['recall']:.3f} | {row['f1']:.3f} "
            f"| {low:.3f}-{high:.3f} | {row['gold']} | {row['predicted']} | {row['correct']} |"
        )
    return "\n".join(lines)
