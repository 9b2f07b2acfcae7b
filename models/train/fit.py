"""Fine-tuning: the settings, the batches of an epoch, the optimisation."""

from __future__ import annotations

import random
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from transformers import BertForTokenClassification

import augment
from data import Article, Window, article_windows
from labels import LABELS
from tagger import collate, from_encoder

IGNORED = -100  # a position that is no word's first wordpiece


@dataclass(frozen=True)
class Settings:
    """All that decides the outcome besides the data and the encoder.

    `embedding_rate` scales the learning rate of the word embeddings: a few hundred
    articles move the vectors of the words they hold away from all others', and of
    all settings tried a small rate made the largest difference.
    """

    units: str = "both"
    epochs: int = 10
    learning_rate: float = 3e-4
    embedding_rate: float = 0.03
    batch: int = 16
    dropout: float = 0.1
    weight_decay: float = 0.01
    label_smoothing: float = 0.0
    swap: float = 0.3
    mask_entity: float = 0.1
    mask_other: float = 0.03
    average_from: float = 0.6
    seed: int = 1


@dataclass
class Example:
    """One row of a batch: ids and, at first wordpieces, label ids."""

    ids: list[int]
    labels: list[int]


def epoch_examples(
    articles: list[Article],
    pool: dict[str, list[str]],
    tokenizer: Tokenizer,
    settings: Settings,
    rng: random.Random,
) -> list[Example]:
    """The training windows of one epoch, freshly augmented."""
    mask_id = tokenizer.token_to_id("[MASK]")
    examples = []
    for article in articles:
        unit = settings.units
        if unit == "both":
            unit = rng.choice(("paragraph", "sentence"))
        shown = augment.swap_mentions(article, pool, settings.swap, rng)
        for group in article_windows(tokenizer, shown.text, list(shown.entities), unit):
            for window in group:
                ids = augment.mask_words(
                    window, mask_id, settings.mask_entity, settings.mask_other, rng
                )
                examples.append(Example(ids, position_labels(window)))
    return examples


def position_labels(window: Window) -> list[int]:
    """A label id at every word's first wordpiece, `IGNORED` elsewhere."""
    labels = [IGNORED] * len(window.ids)
    for place, label in zip(window.first, window.labels):
        if place < len(labels):
            labels[place] = label
    return labels


def batches(examples: list[Example], size: int, rng: random.Random) -> list[list[Example]]:
    """Batches of alike lengths, of `size` full windows' worth of wordpieces, in random order."""
    order = list(examples)
    rng.shuffle(order)
    budget = size * 64
    result = []
    for at in range(0, len(order), size * 30):
        batch: list[Example] = []
        for example in sorted(order[at : at + size * 30], key=lambda e: len(e.ids)):
            if batch and (len(batch) + 1) * len(example.ids) > budget:
                result.append(batch)
                batch = []
            batch.append(example)
        result.append(batch)
    rng.shuffle(result)
    return result


def fit(
    encoder: Path,
    tokenizer: Tokenizer,
    articles: list[Article],
    settings: Settings,
    device: torch.device,
    name: str = "train",
) -> BertForTokenClassification:
    """A model fine-tuned on the articles; its weights are the mean over the last epochs' steps."""
    random.seed(settings.seed)
    np.random.seed(settings.seed)
    torch.manual_seed(settings.seed)
    rng = random.Random(settings.seed)

    model = from_encoder(encoder, settings.dropout).to(device)
    embeddings, plain, decayed = [], [], []
    for key, parameter in model.named_parameters():
        if "word_embeddings" in key:
            embeddings.append(parameter)
        elif parameter.ndim == 1:
            plain.append(parameter)
        else:
            decayed.append(parameter)
    groups = [
        {"params": decayed, "weight_decay": settings.weight_decay, "scale": 1.0},
        {"params": plain, "weight_decay": 0.0, "scale": 1.0},
        {"params": embeddings, "weight_decay": 0.0, "scale": settings.embedding_rate},
    ]
    optimizer = torch.optim.AdamW(groups, lr=settings.learning_rate, fused=True)
    loss_of = torch.nn.CrossEntropyLoss(
        ignore_index=IGNORED, label_smoothing=settings.label_smoothing
    )
    pool = augment.mention_pool(articles)

    average: dict[str, torch.Tensor] = {}
    averaged = 0
    began = time.time()
    model.train()
    for epoch in range(settings.epochs):
        epoch_batches = batches(
            epoch_examples(articles, pool, tokenizer, settings, rng), settings.batch, rng
        )
        losses = []
        for at, batch in enumerate(epoch_batches):
            progress = (epoch + at / len(epoch_batches)) / settings.epochs
            factor = min(progress / 0.1 + 1e-3, (1.0 - progress) / 0.9)
            for group in optimizer.param_groups:
                group["lr"] = settings.learning_rate * factor * group["scale"]
            ids, mask = collate([e.ids for e in batch], device)
            labels = torch.full(ids.shape, IGNORED, dtype=torch.long)
            for row, example in enumerate(batch):
                labels[row, : len(example.labels)] = torch.tensor(example.labels)
            with torch.autocast(device.type, dtype=torch.bfloat16):
                logits = model(input_ids=ids, attention_mask=mask).logits
            loss = loss_of(logits.float().view(-1, len(LABELS)), labels.to(device).view(-1))
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            losses.append(loss.item())
            if progress >= settings.average_from and at % 5 == 0:
                averaged += 1
                for key, parameter in model.named_parameters():
                    value = parameter.detach()
                    if key in average:
                        average[key] += (value - average[key]) / averaged
                    else:
                        average[key] = value.clone()
        print(
            f"{name}: epoch {epoch + 1}/{settings.epochs}, loss {np.mean(losses):.4f}, "
            f"{time.time() - began:.0f} s",
            file=sys.stderr,
            flush=True,
        )
    if average:
        with torch.no_grad():
            for key, parameter in model.named_parameters():
                parameter.copy_(average[key])
    return model.eval()
