"""The model card and the scores file, written together with the weights.

The card is made here and not by hand, so that its figures are always those of
the weights beside it.
"""

from __future__ import annotations

import sys
from dataclasses import asdict, fields
from pathlib import Path

import torch

import score
from data import MAX_LENGTH, OVERLAP, Article
from fit import Settings
from labels import TYPES
from tagger import write_json

TEMPLATE = """---
language:
- nl
license:
{licence_tags}
pipeline_tag: token-classification
library_name: transformers
tags:
- token-classification
- named-entity-recognition
- bert
- dutch
- news
- rust-bert
metrics:
- precision
- recall
- f1
model-index:
- name: nl-news-ner
  results:
  - task:
      type: token-classification
      name: Named entity recognition
    dataset:
      type: private
      name: Dutch news articles, development set
    metrics:
    - type: precision
      value: {all[precision]}
    - type: recall
      value: {all[recall]}
    - type: f1
      value: {all[f1]}
    - type: f1
      name: F1 (PER)
      value: {PER[f1]}
---

# nl-news-ner

Finds the names of people (PER), organisations (ORG), places (LOC) and other names (MISC) in Dutch news. It is the named-entity model that wiezei carries with it: small enough to lie in the program, quick on a CPU, and meant above all to find the people who are quoted.

## Architecture

BertForTokenClassification: {layers} layers, hidden size {hidden}, {heads} heads, feed-forward {feed}, cased WordPiece vocabulary of {vocabulary}; {millions:.1f} million parameters in half precision (`model.safetensors`). Labels: `O` and `B-`/`I-` of the four types. The folder loads with transformers and with rust-bert; the tensors are exactly those that rust-bert's BertForTokenClassification declares (no pooler, no language-model head).

## Feeding it

- A window is the raw text of one {unit}. Paragraphs stand between blank lines; a sentence ends at `.`, `!`, `?` or `…` with any closing marks, before white space. The window is encoded by `tokenizer.json` as one raw string; [CLS] and [SEP] are put around it by its post-processor; all token types are 0.
- At most {length} wordpieces with [CLS] and [SEP]: positions beyond were never trained. What is longer is cut at the last sentence end that fits, else between words; such windows share up to {overlap} wordpieces, and each window answers for its half of the words they share.
- A word (`\\w+(?:[-'’.]\\w+)*|[^\\w\\s]`) takes the scores of its first wordpiece; the scores of other wordpieces mean nothing. A word in which no wordpiece starts is passed over.
- The best sequence in which I-X follows only B-X or I-X (Viterbi, no other transition scores) gives the entities.
- After loading, turn the weights to single precision; the scores below are those of the half-precision file, computed in single precision.

## Intended use

Names in Dutch news, as a step towards who says what. Not meant for deciding anything about a person.

## Training data

- **Names**: {train_articles} Dutch news articles with {train_entities} entities ({train_types}). The labels are the project's own: they were made by a language model that followed written guidelines in the manner of CoNLL-2002, and no person has checked them. The texts are the publishers' property, were used to train on, and are not distributed.
- **Encoder**: pretrained for the project with masked-language modelling on 157 million characters of Dutch: news articles and first paragraphs of news items (publishers' property, not distributed), Dutch and Belgian parliamentary debates (no copyright), government pages and statutes (no copyright or open licences), party manifestos and a blog (no licence stated). Paragraphs of the labelled development articles were left out.
{other_corpora}

## Training

    {command}

{minutes:.1f} minutes on {device}. Settings: {settings}. Every epoch shows the articles anew: a share of the names (`swap`) is replaced by other names of the type from the training articles, and some words are masked. The weights are the mean over the optimisation steps of the last {averaged:.0%} of training. The settings were chosen by cross-validation inside the training articles (at 8 epochs; the few more were not compared).

## Scores

Exact spans with the right type, on {dev_articles} articles with {dev_entities} entities that were neither trained on nor used to choose settings; the interval is the 95% percentile bootstrap over documents. Its labels were made in the same way as those of the training articles, so these figures say how well the model follows the guidelines as the labelling model did, not how often a person would agree.

Windows of one {unit}:

{table}

Windows of one {other}:

{other_table}

## Names by origin

Recall of people in made-up sentences, the same for every name (`origins.py`). Only the differences between the rows mean something.

{origins}

## Limits

- Trained and measured on news of a few Dutch outlets, in edited standard Dutch; other genres, and text in all capitals or without any, were not measured and are likely to do worse.
- Organisations and other names (MISC) are found less surely than people and places. Brands and unfamiliar clubs are at times taken for people, and a capital at a sentence's start (`Van Cristiano Ronaldo`) or a nationality before a name (`Kroaat Borna Coric`) is at times drawn into the name.
- An apostrophe inside a name (`Noor van ’t Veld`) can break it in two, an emoji right after a name can be drawn into it, and a sentence cut at an initial with a space behind it (`Annie M.G. Schmidt`) cuts the name.
- Compounds with a name in them (`D66-leider`) are MISC as a whole, nationality words are MISC, possessives (`Ruttes`) are labelled with their ending: these are the guidelines' choices.
- No nested names; a name that continues over a paragraph's end is not found as one; where two names meet in one word (`Estland-Nederland`) only one is found.
- A sign that the vocabulary lacks (most emoji) makes a wordpiece of unknown content of the whole unspaced stretch it stands in.
- Most names that it misses were not in the training articles, and names of some origins are found less readily than others: see the table above.
"""


# What is said of other corpora, without and with them.
OWN_ALONE = """- No other corpus: neither CoNLL-2002 nor WikiNEuRal, whose licences forbid some uses.

The weights carry the project's licence: Apache-2.0 or MIT, as you choose."""
WITH_OTHERS = """- **Others**: {files}. CoNLL-2002's Dutch part is for research; WikiNEuRal is CC BY-NC-SA 4.0.

**These weights are for research and non-commercial use only**, because of that. The command below without `--columns` trains a model without such a bond."""

# Options that take folders or files of the machine, and what the card shows for them.
PLACES = {
    "--encoder": "ENCODER",
    "--train": "TRAIN",
    "--dev": "DEV",
    "--columns": "COLUMNS",
    "--test-columns": "TEST",
    "--out": "models/nl-news-ner",
}


def command() -> str:
    """The command that ran, with its folders as placeholders."""
    words: list[str] = []
    place = False
    for word in sys.argv[1:]:
        name = word.partition("=")[0]
        if word.startswith("--"):
            place = name in PLACES
            words.append(f"{name} {PLACES[name]}" if place else word)
        elif not place:
            words.append(word)
    return " ".join(["python models/train/train.py", *words])


def write(
    out: Path,
    model: torch.nn.Module,
    train: list[Article],
    dev: list[Article],
    scores: dict,
    settings: Settings,
    unit: str,
    minutes: float,
    columns: list[Path],
    by_origin: str,
) -> None:
    """`README.md` and `scores.json` of the model folder."""

    def amount(articles: list[Article], kind: str) -> int:
        return sum(entity.label == kind for article in articles for entity in article.entities)

    other = next(kind for kind in scores if kind != unit)
    config = model.config
    device = next(model.parameters()).device
    text = TEMPLATE.format(
        **{kind: scores[unit][kind] for kind in ("all", "PER")},
        layers=config.num_hidden_layers,
        hidden=config.hidden_size,
        heads=config.num_attention_heads,
        feed=config.intermediate_size,
        vocabulary=f"{config.vocab_size:,}",
        millions=sum(p.numel() for p in model.parameters()) / 1e6,
        licence_tags="- other" if columns else "- apache-2.0\n- mit",
        other_corpora=WITH_OTHERS.format(files=", ".join(file.name for file in columns))
        if columns
        else OWN_ALONE,
        unit=unit,
        length=MAX_LENGTH,
        overlap=OVERLAP,
        train_articles=len(train),
        train_entities=f"{sum(len(a.entities) for a in train):,}",
        train_types=", ".join(f"{kind} {amount(train, kind):,}" for kind in TYPES),
        command=command(),
        minutes=minutes,
        device=f"{torch.get_num_threads()} CPU threads" if device.type == "cpu" else "a GPU",
        settings=", ".join(
            f"{f.name.replace('_', ' ')} {getattr(settings, f.name)}" for f in fields(settings)
        ),
        averaged=1 - settings.average_from,
        dev_articles=len(dev),
        dev_entities=f"{sum(len(a.entities) for a in dev):,}",
        table=score.markdown(scores[unit]),
        origins=by_origin,
        other=other,
        other_table=score.markdown(scores[other]),
    )
    Path(out, "README.md").write_text(text, encoding="utf-8")
    write_json(
        Path(out, "scores.json"),
        {"articles": len(dev), "windows": unit, "scores": scores, "settings": asdict(settings)},
    )
