"""Recall of people by where their names come from.

    python models/train/origins.py --model models/nl-news-ner

Every name stands in every sentence, so that origins differ in nothing but names.
The sentences are made up; recall in them is not recall in news, only the
differences between the rows mean something.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path

import numpy as np
import torch

import tagger
from data import Article
from labels import Entity

NAMES = Path(__file__).parent / "origins.txt"
PEOPLE = 60  # names of each origin
SENTENCES = (
    "Volgens {} is de brug voorlopig niet veilig.",
    '"We hebben hier jaren op gewacht", zegt {} bij de opening van het buurthuis.',
    "Wethouder {} stelde het besluit een week uit.",
    "De rechtbank veroordeelde {} tot een taakstraf van zestig uur.",
    "{} won de slotrit na een vlucht van veertig kilometer.",
    "In de kantine schenkt {} al twintig jaar de koffie.",
    "Het boek van {} verschijnt in het najaar.",
    "De raad van bestuur benoemde gisteren {} tot directeur.",
    "„Dat was nooit de afspraak”, reageerde {} na afloop.",
    "De politie zoekt getuigen die {} die avond hebben gezien.",
    "Trainer {} moest twee spelers missen.",
    "Onderzoeker {} ({}) leidde de metingen op zee.",
)


def people(names: Path) -> dict[str, list[str]]:
    """Full names by origin, drawn the same way each time."""
    found = {}
    for line in names.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        origin, given, family = line.split("\t")
        pairs = [(g, f) for g in given.split(", ") for f in family.split(", ")]
        chosen = random.Random(1).sample(pairs, PEOPLE)
        # Between a given and a family name, a Dutch particle has no capital.
        lower = origin == "Netherlands"
        found[origin] = [
            f"{g} {f[0].lower() + f[1:] if lower and ' ' in f else f}" for g, f in chosen
        ]
    return found


def articles(names: list[str]) -> list[Article]:
    """An article a name and sentence."""
    made = []
    for name in names:
        for sentence in SENTENCES:
            start = sentence.index("{}")
            text = sentence.format(name, 41)
            made.append(Article(name, text, (Entity(start, start + len(name), "PER"),)))
    return made


def recall(model, tokenizer, names: list[str]) -> tuple[float, float, float]:
    """Share of the names found exactly, with its 95% interval over names."""
    read = articles(names)
    predicted = tagger.predict(model, tokenizer, read, "sentence")
    right = np.array([a.entities[0] in p for a, p in zip(read, predicted)], dtype=float)
    by_name = right.reshape(len(names), -1).mean(axis=1)
    picks = np.random.default_rng(0).integers(len(names), size=(2000, len(names)))
    low, high = np.percentile(by_name[picks].mean(axis=1), [2.5, 97.5])
    return float(by_name.mean()), float(low), float(high)


def markdown(model, tokenizer) -> str:
    """The recall of each origin as a Markdown table."""
    lines = ["| names from | recall | 95% interval |", "| --- | --- | --- |"]
    for origin, names in people(NAMES).items():
        share, low, high = recall(model, tokenizer, names)
        lines.append(f"| {origin} | {share:.3f} | {low:.3f}-{high:.3f} |")
    return "\n".join(lines)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--model", type=Path, required=True, help="finished model folder")
    parser.add_argument("--threads", type=int, default=2, help="CPU threads (default: 2)")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    print(markdown(*tagger.from_folder(options.model)))


if __name__ == "__main__":
    main()
