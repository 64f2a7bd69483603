"""One pass over a window -> for every piece: tag scores and the two halves of every vector that a span can have.

A span's vector is the first piece's `start` half plus the last piece's `end` half, so any span of the window is had without another pass.
"""
import math
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional as F

from backbone import Backbone

SHAPES = 9  # special, lower, Capital, CAPITALS, single capital, miXed, digits, digits with letters, other
TAGS = 13  # O, then B and I of PER ORG LOC MISC TIME NUM
HALVES = dict(kind=128, mention=64, antecedent=96, anaphor=96)
DISTANCES = 6  # sentences between: 0, 1, 2, 3, 4 to 5, more


def shape_of(text: str) -> int:
    """Letter case of a piece: the vocabulary has none."""
    letters = [c for c in text if c.isalpha()]
    if not letters: return 6 if any(c.isdigit() for c in text) else 8
    if any(c.isdigit() for c in text): return 7
    upper = [c.isupper() for c in letters]
    if not any(upper): return 1
    if all(upper): return 4 if len(letters) == 1 else 3
    return 2 if upper[0] and not any(upper[1:]) else 5


class EntityEncoder(nn.Module):
    def __init__(self, backbone: Backbone):
        super().__init__()
        width = backbone.width
        self.backbone, self.shapes = backbone, nn.Embedding(SHAPES, width)
        nn.init.normal_(self.shapes.weight, std=0.02)
        self.tag = nn.Linear(width, TAGS)
        self.start, self.end = (nn.ModuleDict({k: nn.Linear(width, d) for k, d in HALVES.items()}) for _ in range(2))
        self.label = nn.Linear(width, HALVES["kind"])
        self.kind_gain, self.kind_bias = nn.Parameter(torch.tensor(math.log(math.expm1(10.0)))), nn.Parameter(torch.tensor(-4.0))
        self.same_gain, self.link_bias = nn.Parameter(torch.tensor(2.0)), nn.Parameter(torch.tensor(-1.0))
        self.distance, self.kinds, self.equal = nn.Parameter(torch.zeros(3, DISTANCES)), nn.Parameter(torch.zeros(3, 3)), nn.Parameter(torch.zeros(3))

    def forward(self, ids, shapes, mask):  # (B, S) each -> tags (B, S, 13), halves (B, S, 2 * 384), label (B, 128) of the first piece
        b = self.backbone
        x = b.norm(b.words(ids) + b.positions(torch.arange(ids.shape[1], device=ids.device))[None] + b.types(torch.zeros_like(ids)) + self.shapes(shapes))
        x = F.dropout(x, b.dropout if self.training else 0.0)
        bias = torch.where(mask > 0, 0.0, -1e4)[:, None, None]
        for layer in b.layers: x = layer(x, bias)
        halves = torch.cat([f[k](x) for f in (self.start, self.end) for k in HALVES], -1)
        return self.tag(x), halves, F.normalize(self.label(x[:, 0]).float(), dim=-1)

    def spans(self, halves, row, first, last):
        """Vectors of spans: {name: (N, d)}; `kind` and `mention` of unit length."""
        total, at, found = sum(HALVES.values()), 0, {}
        a, b = halves[row, first].float(), halves[row, last].float()
        for name, d in HALVES.items():
            v = a[:, at:at + d] + b[:, total + at:total + at + d]
            found[name] = F.normalize(v, dim=-1) if name in ("kind", "mention") else v
            at += d
        return found

    def kind_scores(self, spans, labels):
        return F.softplus(self.kind_gain) * spans @ labels.T + self.kind_bias

    def link_scores(self, v, kinds, sentences, same):
        """(N, N): how much row's mention speaks for column's being its antecedent; 0 is no antecedent. `same`: equal words."""
        far = (sentences[:, None] - sentences[None]).clamp(min=0)
        bucket = torch.where(far > 5, 5, torch.where(far > 3, 4, far))
        s = v["anaphor"] @ v["antecedent"].T / math.sqrt(HALVES["anaphor"]) + self.same_gain * v["mention"] @ v["mention"].T
        return s + self.link_bias + self.distance[kinds[:, None].expand_as(bucket), bucket] + self.kinds[kinds[:, None], kinds[None]] + self.equal[kinds][:, None] * same


def open_entities(path: Path) -> tuple[EntityEncoder, dict]:
    """Trained entity encoder; dropout off."""
    saved = torch.load(path, map_location="cpu")
    layers = 1 + max(int(name.split(".")[2]) for name in saved["model"] if name.startswith("backbone.layers."))
    model = EntityEncoder(Backbone(layers=layers, dropout=0.0))
    model.load_state_dict(saved["model"])
    return model.eval(), saved
