"""Score a model folder on labelled articles, by exact spans.

    python models/train/evaluate.py --model models/nl-news-ner --articles DEV
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch
from tokenizers import Tokenizer
from transformers import BertForTokenClassification

import score
import tagger
from data import Article, read_articles


def evaluate(
    model: BertForTokenClassification, tokenizer: Tokenizer, articles: list[Article], unit: str
) -> list:
    """Counts of each article, as `score.counts` gives them."""
    predicted = tagger.predict(model, tokenizer, articles, unit)
    return [score.counts(list(a.entities), p) for a, p in zip(articles, predicted)]


def main() -> None:
    """Print the scores as a table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--model", type=Path, required=True, help="finished model folder")
    parser.add_argument("--articles", type=Path, required=True,
                        help="folder of JSON articles with `text` and `entities`")
    parser.add_argument("--predict-units", choices=("paragraph", "sentence"), default="sentence",
                        help="what a window is (default: sentence)")
    parser.add_argument("--threads", type=int, default=2, help="CPU threads (default: 2)")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    model, tokenizer = tagger.from_folder(options.model)
    counted = evaluate(model, tokenizer, read_articles(options.articles), options.predict_units)
    print(score.markdown(score.summary(counted)))


if __name__ == "__main__":
    main()
