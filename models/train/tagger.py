"""The model itself: starting it from the encoder, running it, writing its folder."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import save
from tokenizers import Tokenizer
from transformers import BertConfig, BertForTokenClassification

import decode
from data import MAX_LENGTH, Article, Window, article_windows
from labels import LABEL_ID, LABELS, Entity

PREDICT_BATCH = 32


def load_tokenizer(encoder: Path) -> Tokenizer:
    """The encoder's tokenizer, made to put [CLS] and [SEP] around a text."""
    specification = json.loads((Path(encoder) / "tokenizer.json").read_text(encoding="utf-8"))
    identifier = {t["content"]: t["id"] for t in specification["added_tokens"]}
    special = {
        token: {"id": token, "ids": [identifier[token]], "tokens": [token]}
        for token in ("[CLS]", "[SEP]")
    }

    def piece(name: str, kind: str, segment: int) -> dict:
        return {kind: {"id": name, "type_id": segment}}

    specification["truncation"] = None
    specification["padding"] = None
    specification["post_processor"] = {
        "type": "TemplateProcessing",
        "single": [
            piece("[CLS]", "SpecialToken", 0),
            piece("A", "Sequence", 0),
            piece("[SEP]", "SpecialToken", 0),
        ],
        "pair": [
            piece("[CLS]", "SpecialToken", 0),
            piece("A", "Sequence", 0),
            piece("[SEP]", "SpecialToken", 0),
            piece("B", "Sequence", 1),
            piece("[SEP]", "SpecialToken", 1),
        ],
        "special_tokens": special,
    }
    return Tokenizer.from_str(json.dumps(specification, ensure_ascii=False))


def from_encoder(encoder: Path, dropout: float) -> BertForTokenClassification:
    """A token classifier with a fresh output layer over the pretrained encoder."""
    config = BertConfig.from_pretrained(
        encoder,
        num_labels=len(LABELS),
        id2label=dict(enumerate(LABELS)),
        label2id=LABEL_ID,
        hidden_dropout_prob=dropout,
        attention_probs_dropout_prob=dropout,
    )
    return BertForTokenClassification.from_pretrained(
        encoder, config=config, torch_dtype=torch.float32
    )


def from_folder(folder: Path) -> tuple[BertForTokenClassification, Tokenizer]:
    """A finished model folder, its weights in single precision."""
    model = BertForTokenClassification.from_pretrained(folder, torch_dtype=torch.float32)
    return model.eval(), Tokenizer.from_file(str(Path(folder) / "tokenizer.json"))


def collate(
    rows: list[list[int]], device: torch.device, pad_id: int = 0
) -> tuple[torch.Tensor, torch.Tensor]:
    """Padded ids and their attention mask."""
    width = max(map(len, rows))
    ids = torch.full((len(rows), width), pad_id, dtype=torch.long)
    mask = torch.zeros((len(rows), width), dtype=torch.long)
    for index, row in enumerate(rows):
        ids[index, : len(row)] = torch.tensor(row)
        mask[index, : len(row)] = 1
    return ids.to(device), mask.to(device)


@torch.no_grad()
def word_scores(model: BertForTokenClassification, windows: list[Window]) -> list[np.ndarray]:
    """Log-probabilities of the labels (words x labels) of each window, in full precision."""
    model.eval()
    device = next(model.parameters()).device
    order = sorted(range(len(windows)), key=lambda i: len(windows[i].ids))
    result: list[np.ndarray] = [np.empty(0)] * len(windows)
    for at in range(0, len(order), PREDICT_BATCH):
        chosen = order[at : at + PREDICT_BATCH]
        ids, mask = collate([windows[i].ids for i in chosen], device)
        scores = torch.log_softmax(model(input_ids=ids, attention_mask=mask).logits, dim=-1)
        scores = scores.cpu().double().numpy()
        for row, i in enumerate(chosen):
            places = np.minimum(windows[i].first, len(windows[i].ids) - 1)
            result[i] = scores[row, places]
    return result


def predict(
    model: BertForTokenClassification, tokenizer: Tokenizer, articles: list[Article], unit: str
) -> list[list[Entity]]:
    """The entities of each article, read window by window.

    Where windows overlap, a word's scores come from the window that keeps it;
    the best sequence is then sought over the whole paragraph (or sentence).
    """
    grouped = [article_windows(tokenizer, a.text, [], unit) for a in articles]
    flat = [window for groups in grouped for group in groups for window in group]
    scores = iter(word_scores(model, flat))
    found = []
    for groups in grouped:
        entities: list[Entity] = []
        for group in groups:
            words: list[tuple[int, int]] = []
            rows = []
            for window in group:
                rows.append(next(scores)[window.keep.start : window.keep.stop])
                words += window.words[window.keep.start : window.keep.stop]
            entities += decode.entities(words, decode.viterbi(np.concatenate(rows)))
        found.append(entities)
    return found


def round_to_half(model: BertForTokenClassification) -> None:
    """Round the weights to what half precision holds, so that scores are those of the file."""
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.copy_(parameter.half().float())


def write_folder(model: BertForTokenClassification, tokenizer: Tokenizer, out: Path) -> None:
    """`config.json`, `tokenizer.json`, `tokenizer_config.json` and `model.safetensors` (fp16).

    The tensors are those that rust-bert's BertForTokenClassification declares: no
    pooler, no language-model head, no position-id buffer.
    """
    out = Path(out)
    out.mkdir(parents=True, exist_ok=True)
    tensors = {
        name: tensor.detach().cpu().half().contiguous()
        for name, tensor in model.named_parameters()
    }
    # Not `save_file`, which makes a file that only its owner may read.
    (out / "model.safetensors").write_bytes(save(tensors, metadata={"format": "pt"}))
    config = model.config.to_diff_dict()
    for field in ("_name_or_path", "_attn_implementation_autoset", "use_cache"):
        config.pop(field, None)
    config.update(
        architectures=["BertForTokenClassification"],
        torch_dtype="float16",
        id2label={str(i): label for i, label in enumerate(LABELS)},
        label2id=LABEL_ID,
    )
    # rust-bert reads these without a default, whether they differ from BERT's or not.
    for field in (
        "attention_probs_dropout_prob", "hidden_act", "hidden_dropout_prob", "hidden_size",
        "initializer_range", "intermediate_size", "layer_norm_eps", "max_position_embeddings",
        "num_attention_heads", "num_hidden_layers", "type_vocab_size", "vocab_size",
        "pad_token_id", "model_type",
    ):
        config[field] = getattr(model.config, field)
    write_json(out / "config.json", dict(sorted(config.items())))
    write_json(
        out / "tokenizer_config.json",
        {
            "tokenizer_class": "BertTokenizerFast",
            "model_max_length": MAX_LENGTH,
            "do_lower_case": False,
            "strip_accents": False,
            "tokenize_chinese_chars": False,
            "cls_token": "[CLS]",
            "sep_token": "[SEP]",
            "pad_token": "[PAD]",
            "unk_token": "[UNK]",
            "mask_token": "[MASK]",
        },
    )
    (out / "tokenizer.json").write_text(tokenizer.to_str(pretty=False) + "\n", encoding="utf-8")


def write_json(path: Path, value: dict) -> None:
    """JSON as a person would like to read it."""
    path.write_text(json.dumps(value, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
