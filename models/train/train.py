"""Train the Dutch news NER model: from labelled articles and an encoder to a model folder.

    python models/train/train.py --encoder ENCODER --train TRAIN --dev DEV --out models/nl-news-ner

With `--folds K` nothing is written: the settings are scored by cross-validation
inside the training articles instead. The development articles are only scored.

`--columns` adds corpora with a word a line to the training. Those at hand
(CoNLL-2002, WikiNEuRal) are for research or non-commercial use, and so is a
model trained on them: the model that wiezei carries is not.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from dataclasses import asdict, fields
from pathlib import Path

import torch

import card
import origins
import score
import tagger
from columns import read_columns
from data import read_articles
from evaluate import evaluate
from fit import Settings, fit


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--encoder", type=Path, required=True,
                        help="pretrained BERT in Hugging Face layout")
    parser.add_argument("--train", type=Path, required=True, nargs="+",
                        help="folders of JSON articles with `text` and `entities`, to train on")
    parser.add_argument("--columns", type=Path, nargs="*", default=[],
                        help="files with a word a line (CoNLL-2002, WikiNEuRal) to train on too")
    parser.add_argument("--test-columns", type=Path, nargs="*", default=[],
                        help="the same, only to measure the finished model on")
    parser.add_argument("--dev", type=Path,
                        help="the same, to measure the finished model on")
    parser.add_argument("--out", type=Path, help="model folder to write")
    parser.add_argument("--folds", type=int, default=0,
                        help="cross-validate with this many folds instead of writing a model")
    parser.add_argument("--use-folds", type=int, default=0,
                        help="stop after this many of the folds (0: all)")
    parser.add_argument("--predict-units", choices=("paragraph", "sentence"), default="sentence",
                        help="what a window is when the model is used (default: sentence)")
    parser.add_argument("--threads", type=int, default=2, help="CPU threads (default: 2)")
    parser.add_argument("--device", help="torch device (default: a GPU if there is one)")
    for field in fields(Settings):
        choices = ("paragraph", "sentence", "both") if field.name == "units" else None
        parser.add_argument("--" + field.name.replace("_", "-"), type=type(field.default),
                            default=field.default, choices=choices,
                            help=f"default: {field.default}")
    options = parser.parse_args()
    if not options.folds and not (options.dev and options.out):
        parser.error("--dev and --out are needed, unless --folds is given")
    return options


def cross_validate(options, settings, tokenizer, articles, columns, device) -> None:
    """Print the scores over the held-out folds, for both kinds of window."""
    shuffled = list(articles)
    random.Random(0).shuffle(shuffled)
    counted: dict[str, list] = {"paragraph": [], "sentence": []}
    for fold in range(options.use_folds or options.folds):
        held_out = shuffled[fold :: options.folds]
        rest = [a for i, a in enumerate(shuffled) if i % options.folds != fold]
        model = fit(
            options.encoder, tokenizer, rest + columns, settings, device, f"fold {fold + 1}"
        )
        for unit, counts in counted.items():
            counts += evaluate(model, tokenizer, held_out, unit)
    for unit, counts in counted.items():
        print(f"\nwindows of one {unit}:\n{score.markdown(score.summary(counts))}", flush=True)


def main() -> None:
    """Train, measure, write; or cross-validate."""
    options = arguments()
    settings = Settings(**{f.name: getattr(options, f.name) for f in fields(Settings)})
    print(json.dumps(asdict(settings)), file=sys.stderr)
    torch.set_num_threads(options.threads)
    device = torch.device(options.device or ("cuda" if torch.cuda.is_available() else "cpu"))
    tokenizer = tagger.load_tokenizer(options.encoder)
    articles = [article for folder in options.train for article in read_articles(folder)]
    columns = [article for file in options.columns for article in read_columns(file)]

    if options.folds:
        cross_validate(options, settings, tokenizer, articles, columns, device)
        return

    began = time.time()
    model = fit(options.encoder, tokenizer, articles + columns, settings, device)
    minutes = (time.time() - began) / 60
    tagger.round_to_half(model)
    tagger.write_folder(model, tokenizer, options.out)
    dev = read_articles(options.dev)
    scores = {
        unit: score.summary(evaluate(model, tokenizer, dev, unit))
        for unit in ("sentence", "paragraph")
    }
    card.write(
        options.out, model, articles, dev, scores, settings, options.predict_units, minutes,
        options.columns, origins.markdown(model, tokenizer),
    )
    for unit, table in scores.items():
        print(f"\nwindows of one {unit}:\n{score.markdown(table)}")
    for file in options.test_columns:
        # A paragraph of these is a sentence.
        counted = evaluate(model, tokenizer, read_columns(file), "paragraph")
        print(f"\n{file.name}:\n{score.markdown(score.summary(counted))}")
    print(f"{minutes:.1f} minutes, written to {options.out}", file=sys.stderr)


if __name__ == "__main__":
    main()
