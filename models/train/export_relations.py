"""Relation encoder checkpoint -> ONNX bundle, with parity against PyTorch; deploy.py says how it is stored and computed.

    python export_relations.py --model RUN/last.pt --out ../relation-encoder --version 1.0.0        after calibrate_relations.py
"""
import argparse
import hashlib
import json
import shutil
from pathlib import Path

import numpy
import onnxruntime
import torch

from backbone import base_weights, open_checkpoint
from deploy import deployed, to_int8
from packing import pack, tokenizer

SAMPLE = [("Ada Lovelace joined Acme Corp in London in 1842.", [((0, 12), (20, 29)), ((20, 29), (33, 39))], "person ; organization : works for ; the head is employed by the tail")]


def main():
    a = argparse.ArgumentParser()
    a.add_argument("--model", type=Path, required=True); a.add_argument("--out", type=Path, required=True); a.add_argument("--version", default="1.0.0")
    o = a.parse_args()
    (model, saved), tok = open_checkpoint(o.model), tokenizer()
    o.out.mkdir(parents=True, exist_ok=True)
    tensors, _ = pack(SAMPLE, tok)
    want = [x.detach().numpy() for x in model(*tensors)]
    names = ["input_ids", "position_ids", "token_type_ids", "slot_ids", "slot_starts"]
    axes = {n: {0: "batch", 1: "length"} for n in names[:4]} | {"slot_starts": {0: "batch", 1: "pairs"}, "vectors": {0: "batch", 1: "pairs"}, "verdicts": {0: "batch", 1: "pairs"}}
    fp32 = o.out / "model.fp32.onnx"
    torch.onnx.export(deployed(model), tuple(tensors), str(fp32), input_names=names, output_names=["vectors", "verdicts"], dynamic_axes=axes, opset_version=17, dynamo=False)
    int8 = o.out / "model.int8.onnx"
    to_int8(fp32, int8)
    feed = {n: t.numpy().astype(numpy.int64) for n, t in zip(names, tensors)}
    for path in (fp32, int8):
        got = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"]).run(None, feed)
        print(path.name, "largest difference from PyTorch", *(float(abs(g - w).max()) for g, w in zip(got, want)), path.stat().st_size)
    shutil.copy(base_weights() / "tokenizer.json", o.out / "tokenizer.json")
    g = torch.nn.functional.softplus(model.gains).tolist()
    calibration = json.loads((o.model.parent / "calibration.json").read_text())
    (o.out / "head.json").write_text(json.dumps(dict(relation=model.relation, end=model.end, gains=[round(x, 6) for x in g], bias=round(model.bias.item(), 6), calibration=calibration["both"], verdict=calibration["verdict"], operating=calibration["operating"], centre=calibration["centre"],
        noRelation=[[round(x, 6) for x in row] for row in torch.nn.functional.normalize(model.no_relation, dim=-1).tolist()])))
    fp32.unlink()
    sha = lambda p: hashlib.sha256(p.read_bytes()).hexdigest()
    (o.out / "manifest.json").write_text(json.dumps(dict(name="relation-encoder", version=o.version, kind="packed-pairs", width=model.relation + 2 * model.end, maxLength=256, steps=saved["step"],
        numerics=dict(int8=dict(model="model.int8.onnx", head="head.json")), files={n: sha(o.out / n) for n in ("model.int8.onnx", "tokenizer.json", "head.json")}), indent=1) + "\n")


if __name__ == "__main__":
    main()
