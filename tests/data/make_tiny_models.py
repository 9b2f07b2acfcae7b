"""Makes tests/data/tiny-{roberta,xlm-roberta,distilbert}: random models of two
layers in Hugging Face layout, each with reference.json: the wordpiece ids and
logits that transformers computes for a few texts. The BERT is made by
make_tiny_bert.py; `cargo xtask tiny-models` runs both.

Needs torch and transformers as models/train/requirements.txt has them.
"""

import json
import string
from pathlib import Path

import torch
from tokenizers import (
    AddedToken,
    Tokenizer,
    decoders,
    models,
    normalizers,
    pre_tokenizers,
    processors,
)
from transformers import (
    AutoTokenizer,
    BertConfig,
    BertForTokenClassification,
    DistilBertConfig,
    DistilBertForTokenClassification,
    RobertaConfig,
    RobertaForTokenClassification,
    XLMRobertaConfig,
    XLMRobertaForTokenClassification,
)

LABELS = ["O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC", "B-MISC", "I-MISC"]
TEXTS = [
    "Noé staat daar.",
    "„Dit is fijn”, vond Iris.",
    "a",
    "Een zin die met opzet langer is.",
    "Zij zei het in Zuid-Holland: ‘Ik kom niet, nee.’",
]
LONGEST = 40  # wordpieces at once
LETTERS = [*string.ascii_lowercase, "é"]
SIGNS = "NDIEZHK.,:-’‘„”"


def word_list():
    """Letters, as BERT cuts them where it knows no longer piece."""
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    return [*special, *LETTERS, *("##" + letter for letter in LETTERS), *SIGNS, *"##sta ##ij".split()]


def wordpieces():
    """BERT's tokenizer, which keeps capitals and accents."""
    tokenizer = Tokenizer(
        models.WordPiece({p: n for n, p in enumerate(word_list())}, unk_token="[UNK]")
    )
    tokenizer.add_special_tokens(word_list()[:5])
    tokenizer.normalizer = normalizers.BertNormalizer(
        clean_text=True, handle_chinese_chars=False, strip_accents=False, lowercase=False
    )
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    return tokenizer


ROBERTA_SPECIAL = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]


def bytes_in_pairs():
    """RoBERTa's tokenizer: bytes, some of which are put together."""
    vocabulary = [*ROBERTA_SPECIAL, *sorted(pre_tokenizers.ByteLevel.alphabet())]
    merges = [("s", "t"), ("Ġ", "d"), ("a", "a"), ("st", "aa"), ("i", "j")]
    vocabulary += [a + b for a, b in merges]
    tokenizer = Tokenizer(
        models.BPE({p: n for n, p in enumerate(vocabulary)}, merges, unk_token="<unk>")
    )
    tokenizer.add_special_tokens([AddedToken(t, special=True) for t in ROBERTA_SPECIAL])
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=True)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.post_processor = processors.RobertaProcessing(
        ("</s>", 2), ("<s>", 0), trim_offsets=True, add_prefix_space=True
    )
    return tokenizer


def unigrams():
    """XLM-RoBERTa's tokenizer: the likeliest pieces, spaces marked."""
    pieces = [(piece, 0.0) for piece in ROBERTA_SPECIAL[:4]]
    pieces += [("▁", -2.0), ("▁d", -3.0), ("aa", -3.0), ("▁i", -3.5), ("ij", -3.2), ("sta", -2.5)]
    pieces += [(letter, -5.0 - n / 10) for n, letter in enumerate([*LETTERS, *SIGNS])]
    tokenizer = Tokenizer(models.Unigram(pieces, unk_id=3, byte_fallback=False))
    tokenizer.add_special_tokens([AddedToken(t, special=True) for t in ROBERTA_SPECIAL])
    tokenizer.normalizer = normalizers.NFKC()
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    return tokenizer


def sizes(vocabulary, **more):
    names = {
        "id2label": dict(enumerate(LABELS)),
        "label2id": {label: n for n, label in enumerate(LABELS)},
    }
    return {"vocab_size": vocabulary, "initializer_range": 0.3, **names, **more}


BERTLIKE = {
    "hidden_size": 16,
    "num_hidden_layers": 2,
    "num_attention_heads": 2,
    "intermediate_size": 32,
}


def write(folder, model, tokenizer_json, tokenizer_config):
    folder.mkdir(parents=True, exist_ok=True)
    model = model.half()
    with torch.no_grad():
        for parameter in model.parameters():
            if parameter.dim() == 1:  # biases and norms start as constants
                parameter.add_(torch.randn(parameter.shape).half() * 0.2)
    model.save_pretrained(folder)
    if tokenizer_json is not None:
        text = tokenizer_json.to_str()
        (folder / "tokenizer.json").write_text(text, encoding="utf-8")
    config = {"model_max_length": LONGEST, **tokenizer_config}
    (folder / "tokenizer_config.json").write_text(json.dumps(config) + "\n", encoding="utf-8")
    # What transformers itself makes of the folder, not of the objects above.
    tokenizer = AutoTokenizer.from_pretrained(folder)
    model = type(model).from_pretrained(folder, torch_dtype=torch.float32).eval()
    reference = []
    for text in TEXTS:
        ids = tokenizer(text)["input_ids"]
        with torch.no_grad():
            logits = model(input_ids=torch.tensor([ids])).logits[0]
        rounded = [[round(x, 6) for x in row] for row in logits.tolist()]
        reference.append({"text": text, "ids": ids, "logits": rounded})
    text = json.dumps(reference, ensure_ascii=False)
    (folder / "reference.json").write_text(text + "\n", encoding="utf-8")


def main():
    folder = Path(__file__).parent
    torch.manual_seed(21)
    tokenizer = bytes_in_pairs()
    config = RobertaConfig(
        **sizes(tokenizer.get_vocab_size()), **BERTLIKE, max_position_embeddings=LONGEST + 34,
        type_vocab_size=1, layer_norm_eps=1e-5, pad_token_id=1, bos_token_id=0, eos_token_id=2,
    )
    write(
        folder / "tiny-roberta",
        RobertaForTokenClassification(config),
        tokenizer,
        {"tokenizer_class": "RobertaTokenizerFast", "add_prefix_space": True},
    )
    tokenizer = unigrams()
    config = XLMRobertaConfig(
        **sizes(tokenizer.get_vocab_size()), **BERTLIKE, max_position_embeddings=LONGEST + 34,
        type_vocab_size=1, layer_norm_eps=1e-5, pad_token_id=1, hidden_act="gelu_new",
    )
    write(
        folder / "tiny-xlm-roberta",
        XLMRobertaForTokenClassification(config),
        tokenizer,
        {"tokenizer_class": "PreTrainedTokenizerFast"},
    )
    words = word_list()
    config = DistilBertConfig(
        **sizes(len(words)), dim=16, hidden_dim=32, n_layers=2, n_heads=2,
        max_position_embeddings=LONGEST + 8, activation="relu",
    )
    distilbert = folder / "tiny-distilbert"
    distilbert.mkdir(parents=True, exist_ok=True)
    (distilbert / "vocab.txt").write_text("\n".join(words) + "\n", encoding="utf-8")
    write(
        distilbert,
        DistilBertForTokenClassification(config),
        None,
        {"tokenizer_class": "DistilBertTokenizer", "do_lower_case": True, "strip_accents": False},
    )


main()
