"""Corpora with a word a line: CoNLL-2002, and WikiNEuRal's CoNLL-U-like files.

Their words are set as text with a space between each two, sentences on lines of
their own, so that they are read as any article is; the scores count their spans.
"""

from __future__ import annotations

import gzip
from pathlib import Path

from data import Article
from labels import TYPES, Entity

SENTENCES = 40  # of a corpus that does not say where a document begins


def read_columns(path: Path) -> list[Article]:
    """The documents of one file, plain or `.gz`; the last column has the BIO label."""
    opened = gzip.open if path.suffix == ".gz" else open
    documents: list[list[list[tuple[str, str]]]] = [[[]]]
    marked = False
    with opened(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            columns = line.split()
            if columns and columns[0] == "-DOCSTART-":
                marked = True
                documents.append([[]])
            elif not columns:
                documents[-1].append([])
            elif len(columns) < 2:
                raise ValueError(f"{path}, line {number}: a word without a label")
            else:
                # CoNLL-2002: word, part of speech, label. WikiNEuRal: number, word, label.
                word = columns[1] if columns[0].isdigit() and "\t" in line else columns[0]
                documents[-1][-1].append((word, columns[-1]))
    sentences = [[s for s in document if s] for document in documents]
    if not marked:
        flat = sentences[0]
        sentences = [flat[at : at + SENTENCES] for at in range(0, len(flat), SENTENCES)]
    return [
        article(f"{path.name}-{number}", document)
        for number, document in enumerate(sentences)
        if document
    ]


def article(name: str, sentences: list[list[tuple[str, str]]]) -> Article:
    """Sentences as paragraphs, with the spans that their labels spell."""
    text = ""
    entities: list[Entity] = []
    for sentence in sentences:
        text += "\n\n" if text else ""
        begun: list | None = None
        for at, (word, label) in enumerate(sentence):
            text += " " if at else ""
            prefix, _, kind = label.partition("-")
            if begun and not (prefix == "I" and kind == begun[2]):
                entities.append(Entity(*begun))
                begun = None
            if kind in TYPES:
                begun = begun or [len(text), 0, kind]
                begun[1] = len(text) + len(word)
            text += word
        if begun:
            entities.append(Entity(*begun))
    return Article(name, text, tuple(entities))
