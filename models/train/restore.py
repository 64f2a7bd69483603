"""Shipped bundle of either encoder -> checkpoint to train on from, where the run that it came out of is gone. Matrices come back as int8 rounded them.

    python restore.py --bundle ../relation-encoder --out RUN/last.pt
    python restore.py --bundle ../entity-encoder --out RUN2/last.pt
"""
import argparse
import json
import re
from pathlib import Path

import onnx
import torch
from onnx import numpy_helper

from backbone import Backbone, RelationEncoder
from entity_encoder import HALVES, EntityEncoder


def restore(bundle: Path) -> torch.nn.Module:
    """Encoder with the weights of a bundle; the projections' biases and the head come back as they were written."""
    state, head = weights(bundle), json.loads((bundle / "head.json").read_text())
    backbone = Backbone(layers=1 + max(int(name.split(".")[2]) for name in state if name.startswith("backbone.layers.")))
    model, state = relations(backbone, state, head) if "noRelation" in head else entities(backbone, state, head)
    missing, unexpected = model.load_state_dict(state, strict=False)
    if missing: raise SystemExit(f"the bundle lacks {missing}; it has {unexpected} beyond them")
    return model


def relations(backbone, state, head):
    return RelationEncoder(backbone, head["relation"], head["end"]), state | {
        "gains": inverse(head["gains"]), "bias": torch.tensor(head["bias"]), "no_relation": torch.tensor(head["noRelation"])}


def entities(backbone, state, head):
    kind, link = head["kind"], head["link"]
    # Both halves have the same names; the second is the one with a number.
    state = {re.sub(r"^(%s)(_1)?\." % "|".join(HALVES), lambda m: f"{'end' if m[2] else 'start'}.{m[1]}.", name): value for name, value in state.items()}
    return EntityEncoder(backbone), state | {
        "kind_gain": inverse(kind["gain"]), "kind_bias": torch.tensor(kind["bias"]), "same_gain": torch.tensor(link["sameGain"]), "link_bias": torch.tensor(link["bias"]),
        "distance": torch.tensor(link["distance"]), "kinds": torch.tensor(link["kinds"]), "equal": torch.tensor(link["equal"])}


def inverse(gain):
    """Of softplus, as gains are kept."""
    return torch.log(torch.expm1(torch.tensor(gain)))


def weights(bundle: Path) -> dict[str, torch.Tensor]:
    graph = onnx.load(str(bundle / "model.int8.onnx")).graph
    values = {i.name: torch.tensor(numpy_helper.to_array(i)) for i in graph.initializer}
    grown = lambda name: values[f"{name}.int8"].float() * values[f"{name}.scale"]
    state = {name: value for name, value in values.items() if not name.endswith((".int8", ".scale")) and name.endswith((".weight", ".bias"))}
    state |= {name.removesuffix(".int8"): grown(name.removesuffix(".int8")) for name in values if name.endswith(".int8") and ".weight" in name and "MatMul" not in name}
    for node in graph.node:  # the matrices of products lost their names: their nodes have kept them
        if node.op_type in ("DequantizeLinear", "Mul") and node.output[0].endswith("/MatMul.weight"):
            # The parts of a sequence carry its name twice.
            path = node.output[0].removesuffix("/MatMul.weight").lstrip("/").replace("/", ".")
            state[re.sub(r"^(\w+)\.(?=\1\.)", "", path) + ".weight"] = grown(node.input[1].removesuffix(".scale")).T.contiguous()
    # The exported entity encoder is a shell around the model, and its layers are called from outside the backbone.
    return {re.sub(r"^layers\.", "backbone.layers.", name.removeprefix("model.")): value for name, value in state.items()}


if __name__ == "__main__":
    a = argparse.ArgumentParser()
    a.add_argument("--bundle", type=Path, required=True); a.add_argument("--out", type=Path, required=True)
    o = a.parse_args()
    o.out.parent.mkdir(parents=True, exist_ok=True)
    torch.save(dict(model=restore(o.bundle).state_dict(), step=json.loads((o.bundle / "manifest.json").read_text())["steps"], spent=0.0), o.out)
