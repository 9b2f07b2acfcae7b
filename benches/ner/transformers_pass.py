"""Runs batches through transformers each time that a line with a number of
threads comes in, and answers with the seconds that it took.

usage: transformers_pass.py MODEL BATCHES.json f32|bf16
"""

import json
import sys
import time

import torch
from safetensors.torch import load_file
from transformers import AutoConfig, AutoModelForTokenClassification

folder, batches, precision = sys.argv[1:]
config = AutoConfig.from_pretrained(folder)
model = AutoModelForTokenClassification.from_config(config, attn_implementation="sdpa")
model.load_state_dict(load_file(f"{folder}/model.safetensors"))
model = model.to(torch.bfloat16 if precision == "bf16" else torch.float32).eval()
padded = []
for inputs in json.load(open(batches, encoding="utf-8")):
    length = max(map(len, inputs))
    padding = model.config.pad_token_id or 0
    ids = torch.tensor([ids + [padding] * (length - len(ids)) for ids in inputs])
    mask = torch.tensor([[1] * len(ids) + [0] * (length - len(ids)) for ids in inputs])
    padded.append((ids, mask))

for line in sys.stdin:
    torch.set_num_threads(int(line))
    with torch.inference_mode():
        start = time.perf_counter()
        for ids, mask in padded:
            model(input_ids=ids, attention_mask=mask).logits.float()
        print(time.perf_counter() - start, flush=True)
