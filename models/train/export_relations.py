"""Relation encoder checkpoint -> ONNX bundle (fp32, int8), with parity against PyTorch.

    python export_relations.py --model RUN/last.pt --out ../relation-encoder --version 0.1.0
"""
import argparse
import hashlib
import json
import shutil
from pathlib import Path

import numpy
import onnxruntime
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from backbone import RelationEncoder, base_weights, load_backbone
from train_relations import pack, tokenizer

SAMPLE = [("Ada Lovelace joined Acme Corp in London in 1842.", [((0, 12), (20, 29)), ((20, 29), (33, 39))])]


def main():
    a = argparse.ArgumentParser()
    a.add_argument("--model", type=Path, required=True); a.add_argument("--out", type=Path, required=True); a.add_argument("--version", default="0.1.0")
    o = a.parse_args()
    model, tok = RelationEncoder(load_backbone(dropout=0.0)), tokenizer()
    saved = torch.load(o.model, map_location="cpu")
    model.load_state_dict(saved["model"]); model.eval()
    o.out.mkdir(parents=True, exist_ok=True)
    tensors, _ = pack(SAMPLE, tok)
    names = ["input_ids", "position_ids", "token_type_ids", "slot_ids", "slot_starts"]
    axes = {n: {0: "batch", 1: "length"} for n in names[:4]} | {"slot_starts": {0: "batch", 1: "pairs"}, "vectors": {0: "batch", 1: "pairs"}}
    fp32 = o.out / "model.fp32.onnx"
    torch.onnx.export(model, tuple(tensors), str(fp32), input_names=names, output_names=["vectors"], dynamic_axes=axes, opset_version=17, dynamo=False)
    int8 = o.out / "model.int8.onnx"
    quantize_dynamic(str(fp32), str(int8), weight_type=QuantType.QInt8, per_channel=True, reduce_range=False)
    want = model(*tensors).detach().numpy()
    feed = {n: t.numpy().astype(numpy.int64) for n, t in zip(names, tensors)}
    for path in (fp32, int8):
        got = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"]).run(None, feed)[0]
        print(path.name, "largest difference from PyTorch", float(abs(got - want).max()), path.stat().st_size)
    shutil.copy(base_weights() / "tokenizer.json", o.out / "tokenizer.json")
    g = torch.nn.functional.softplus(model.gains).tolist()
    (o.out / "head.json").write_text(json.dumps(dict(relation=model.relation, end=model.end, gains=[round(x, 6) for x in g], bias=round(model.bias.item(), 6),
        noRelation=[[round(x, 6) for x in row] for row in torch.nn.functional.normalize(model.no_relation, dim=-1).tolist()])))
    sha = lambda p: hashlib.sha256(p.read_bytes()).hexdigest()
    (o.out / "manifest.json").write_text(json.dumps(dict(name="relation-encoder", version=o.version, kind="packed-pairs", numeric="int8", width=model.relation + 2 * model.end, maxPieces=160,
        steps=saved["step"], files={n: sha(o.out / n) for n in ("model.int8.onnx", "tokenizer.json", "head.json")}), indent=1) + "\n")


if __name__ == "__main__":
    main()
