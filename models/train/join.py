"""Join the labels of the training articles with their texts.

    python models/train/join.py --texts TEXTS... --out TRAIN

The labels are in the repository, the texts are their publishers' and are not.
TEXTS are files of JSON lines (also `.gz`) with `text`, or with `title` and
`paragraphs`, or folders of JSON files with `text`. A text is known by its SHA-256,
so that its identifier does not matter; what has no text is listed.

    python models/train/join.py --record ARTICLES... > models/train/labels/trained.jsonl

makes the file of labels from folders of labelled articles.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path

LABELS = Path(__file__).parent / "labels" / "trained.jsonl"


def digest(text: str) -> str:
    """SHA-256 of a text in UTF-8."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def records(path: Path) -> Iterator[dict]:
    """The JSON objects of a folder or of a file with one a line."""
    if path.is_dir():
        for file in sorted(path.glob("*.json")):
            yield json.loads(file.read_text(encoding="utf-8"))
        return
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            try:
                yield json.loads(line)
            except ValueError as error:
                raise SystemExit(f"{path}, line {number} is no JSON: {error}") from error


def text_of(record: dict) -> str:
    """The text that the labels count in: title, blank line, paragraphs."""
    if "text" in record:
        return record["text"]
    paragraphs = [record["title"].strip(), *(p.strip() for p in record["paragraphs"])]
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def record(folders: list[Path]) -> None:
    """Print the labels of articles, without their texts."""
    for folder in folders:
        for article in records(folder):
            entities = [[e["start"], e["end"], e["label"]] for e in article["entities"]]
            kept = {"id": article["id"], "sha256": digest(article["text"]), "entities": entities}
            print(json.dumps(kept, ensure_ascii=False, separators=(",", ":")))


def join(labels: Path, texts: list[Path], out: Path) -> int:
    """Write an article a file; the exit code."""
    wanted = {labelled["sha256"]: labelled for labelled in records(labels)}
    missing = dict(wanted)
    out.mkdir(parents=True, exist_ok=True)
    for path in texts:
        for found in records(path):
            text = text_of(found)
            labelled = missing.pop(digest(text), None)
            if labelled is None:
                continue
            entities = [
                {"start": start, "end": end, "label": label}
                for start, end, label in labelled["entities"]
            ]
            article = {"id": labelled["id"], "text": text, "entities": entities}
            file = out / f"{labelled['id']}.json"
            file.write_text(json.dumps(article, ensure_ascii=False), encoding="utf-8")
    for labelled in missing.values():
        print(f"no text for {labelled['id']}", file=sys.stderr)
    print(f"{len(wanted) - len(missing)} of {len(wanted)} articles are in {out}", file=sys.stderr)
    return 1 if missing else 0


def main() -> int:
    """Join, or record."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--texts", type=Path, nargs="+", help="where the texts are")
    parser.add_argument("--out", type=Path, help="folder for the articles with their labels")
    parser.add_argument("--labels", type=Path, default=LABELS, help=f"default: {LABELS.name}")
    parser.add_argument("--record", type=Path, nargs="+", metavar="ARTICLES",
                        help="print the labels of these folders of articles instead")
    options = parser.parse_args()
    if options.record:
        record(options.record)
        return 0
    if not (options.texts and options.out):
        parser.error("--texts and --out are needed")
    return join(options.labels, options.texts, options.out)


if __name__ == "__main__":
    sys.exit(main())
