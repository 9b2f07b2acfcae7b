"""Makes products.pt beside this file: oneDNN's products with laid-out weights as
a TorchScript module, which is how libtorch has them (`products.rs` runs it).

    python src/ner/bert/products.py

Needs torch as models/train/requirements.txt has it. The module has no numbers.
"""

import tempfile
import zipfile
from pathlib import Path

import torch
from torch import Tensor


class Products(torch.nn.Module):
    def forward(self, input: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
        return torch.ops.mkldnn._linear_pointwise(input, weight, bias, "none", [], "")

    @torch.jit.export
    def gelu(self, input: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
        """And the activation of what comes out, by the error function."""
        return torch.ops.mkldnn._linear_pointwise(input, weight, bias, "gelu", [], "none")

    @torch.jit.export
    def add(self, input: Tensor, weight: Tensor, bias: Tensor, sum: Tensor) -> Tensor:
        """And the sum of what comes out and `sum`."""
        return torch.ops.mkldnn._linear_pointwise(input, sum, weight, bias, "add")

    @torch.jit.export
    def lay_out(self, weight: Tensor) -> Tensor:
        """The weight, a row an output, as the others take it."""
        return torch.ops.mkldnn._reorder_linear_weight(weight)


with tempfile.TemporaryDirectory() as folder:
    made = Path(folder) / "products.pt"
    torch.jit.script(Products()).save(str(made))
    with zipfile.ZipFile(made) as old:
        with zipfile.ZipFile(Path(__file__).with_suffix(".pt"), "w") as new:
            for entry in old.infolist():
                # Where the source lies is nobody's business.
                if not entry.filename.endswith(".debug_pkl"):
                    new.writestr(entry, old.read(entry))
