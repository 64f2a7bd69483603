"""Shipped bundle -> checkpoint to train on from, where the run that it came out of is gone. Matrices come back as int8 rounded them.

    python restore_relations.py --bundle ../relation-encoder --out RUN/last.pt
"""
import argparse
import json
from pathlib import Path

import onnx
import torch
from onnx import numpy_helper

from backbone import Backbone, RelationEncoder


def restore(bundle: Path) -> RelationEncoder:
    """Encoder with the weights of a bundle; the projections' biases and the head come back exactly."""
    graph = onnx.load(str(bundle / "model.int8.onnx")).graph
    values = {i.name: torch.tensor(numpy_helper.to_array(i)) for i in graph.initializer}
    grown = lambda name: values[f"{name}.int8"].float() * values[f"{name}.scale"]
    state = {name: value for name, value in values.items() if not name.endswith((".int8", ".scale")) and name.endswith((".weight", ".bias"))}
    state |= {name.removesuffix(".int8"): grown(name.removesuffix(".int8")) for name in values if name.endswith(".int8") and name.startswith("backbone.") and ".weight" in name}
    for node in graph.node:  # the matrices of products lost their names: their nodes have kept them
        if node.op_type == "Mul" and node.output[0].endswith("/MatMul.weight"):
            state[node.output[0].removesuffix("/MatMul.weight").lstrip("/").replace("/", ".") + ".weight"] = grown(node.input[1].removesuffix(".scale")).T.contiguous()
    head = json.loads((bundle / "head.json").read_text())
    layers = 1 + max(int(name.split(".")[2]) for name in state if name.startswith("backbone.layers."))
    model = RelationEncoder(Backbone(layers=layers), head["relation"], head["end"])
    state |= {"gains": torch.log(torch.expm1(torch.tensor(head["gains"]))), "bias": torch.tensor(head["bias"]), "no_relation": torch.tensor(head["noRelation"])}
    missing, unexpected = model.load_state_dict(state, strict=False)
    if missing: raise SystemExit(f"the bundle lacks {missing}; it has {unexpected} beyond them")
    return model


if __name__ == "__main__":
    a = argparse.ArgumentParser()
    a.add_argument("--bundle", type=Path, required=True); a.add_argument("--out", type=Path, required=True)
    o = a.parse_args()
    o.out.parent.mkdir(parents=True, exist_ok=True)
    torch.save(dict(model=restore(o.bundle).state_dict(), step=json.loads((o.bundle / "manifest.json").read_text())["steps"], spent=0.0), o.out)
