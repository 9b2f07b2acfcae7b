"""Makes tests/data/tiny-bert: a random BERT of two layers in Hugging Face layout,
and reference.json with the wordpiece ids and logits that transformers computes for
a few texts from the half-precision weights turned to single precision.

It knows nothing; it is there so that loading and the forward pass can be tested.

    pip install torch==2.4.0 transformers==4.46.3
    python tests/data/make_tiny_bert.py
"""

import json
import string
from pathlib import Path

import torch
from safetensors.torch import save_file
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
from transformers import BertConfig, BertForTokenClassification

OUT = Path(__file__).parent / "tiny-bert"
LABELS = ["O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC", "B-MISC", "I-MISC"]
TEXTS = [
    "Daar staat Noé.",
    "„Dat is fijn”, vond Iris Kroon’s nicht 😀.",
    "a",
    "Een zin die met opzet langer is.",
]

special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
letters = [*string.ascii_lowercase, "é"]
pieces = [*special, *letters, *("##" + c for c in letters), *"NDI.,’„”"]
vocabulary = {piece: index for index, piece in enumerate(pieces)}
tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))
tokenizer.add_special_tokens(special)
tokenizer.normalizer = normalizers.BertNormalizer(
    clean_text=True, handle_chinese_chars=False, strip_accents=False, lowercase=False
)
tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
tokenizer.post_processor = processors.TemplateProcessing(
    single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
)

torch.manual_seed(20)
config = BertConfig(
    vocab_size=len(vocabulary),
    hidden_size=16,
    num_hidden_layers=2,
    num_attention_heads=2,
    intermediate_size=32,
    max_position_embeddings=48,
    initializer_range=0.5,
    id2label=dict(enumerate(LABELS)),
    label2id={label: index for index, label in enumerate(LABELS)},
)
model = BertForTokenClassification(config).half()
with torch.no_grad():
    for parameter in model.parameters():
        if parameter.dim() == 1:  # biases and norms start as constants
            parameter.add_(torch.randn(parameter.shape).half() * 0.2)

OUT.mkdir(exist_ok=True)
tensors = {name: tensor.contiguous() for name, tensor in model.state_dict().items()}
save_file(tensors, OUT / "model.safetensors", metadata={"format": "pt"})
tokenizer.save(str(OUT / "tokenizer.json"), pretty=False)
config.architectures = ["BertForTokenClassification"]
config.torch_dtype = "float16"
(OUT / "config.json").write_text(config.to_json_string(), encoding="utf-8")
(OUT / "tokenizer_config.json").write_text(
    json.dumps({"tokenizer_class": "BertTokenizerFast", "model_max_length": 32}) + "\n"
)

model = model.float().eval()
reference = []
for text in TEXTS:
    ids = tokenizer.encode(text).ids
    with torch.no_grad():
        logits = model(torch.tensor([ids])).logits[0]
    rows = [[round(value, 6) for value in row] for row in logits.tolist()]
    reference.append({"text": text, "ids": ids, "logits": rows})
(OUT / "reference.json").write_text(
    json.dumps(reference, ensure_ascii=False) + "\n", encoding="utf-8"
)
