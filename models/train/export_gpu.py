"""Shipped bundle -> its file for GPUs beside that for CPUs: the same weights, as int8 has rounded them, stored in fp16.

    python export_gpu.py --bundle ../relation-encoder [--head head.fp16.json]        after export_relations.py or export_entities.py

The head is the CPU's own where none is given.
"""
import argparse
import hashlib
import json
from pathlib import Path

import numpy
import onnxruntime
import torch

import export_entities
import export_relations
from deploy import to_fp16
from entity_encoder import shape_of
from packing import pack, tokenizer
from restore import restore


def sample(kind):
    """A window of each kind of model, as its inputs by name, and what of its axes varies."""
    tok = tokenizer()
    if kind == "packed-pairs":
        tensors, _ = pack(export_relations.SAMPLE, tok)
        names = ["input_ids", "position_ids", "token_type_ids", "slot_ids", "slot_starts"]
        return dict(zip(names, tensors)), ["vectors", "verdicts"], {n: {1: "length"} for n in names[:4]} | {n: {1: "pairs"} for n in ("slot_starts", "vectors", "verdicts")}
    encoding = tok.encode(export_entities.SAMPLE)
    shapes = [0 if a == b else shape_of(export_entities.SAMPLE[a:b]) for a, b in encoding.offsets]
    return dict(input_ids=torch.tensor([encoding.ids]), shape_ids=torch.tensor([shapes])), ["tags", "halves", "label"], {n: {1: "length"} for n in ("input_ids", "shape_ids", "tags", "halves")}


def main():
    a = argparse.ArgumentParser()
    a.add_argument("--bundle", type=Path, required=True); a.add_argument("--head", type=Path)
    o = a.parse_args()
    manifest = json.loads((o.bundle / "manifest.json").read_text())
    model = restore(o.bundle).eval()
    if manifest["kind"] == "spans": model = export_entities.Exported(model)
    feed, outputs, axes = sample(manifest["kind"])
    want = [x.detach().numpy() for x in model(*feed.values())]
    fp32, fp16 = o.bundle / "model.fp32.onnx", o.bundle / "model.fp16.onnx"
    torch.onnx.export(model, tuple(feed.values()), str(fp32), input_names=list(feed), output_names=outputs, dynamic_axes=axes, opset_version=17, dynamo=False)
    to_fp16(fp32, fp16)
    fp32.unlink()
    for path in (fp16, o.bundle / "model.int8.onnx"):
        got = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"]).run(None, {n: x.numpy().astype(numpy.int64) for n, x in feed.items()})
        print(path.name, "largest difference from PyTorch", [float(numpy.abs(g - w).max()) for g, w in zip(got, want)], path.stat().st_size)
    if o.head: (o.bundle / "head.fp16.json").write_bytes(o.head.read_bytes())
    head = "head.fp16.json" if (o.bundle / "head.fp16.json").exists() else "head.json"
    manifest["numerics"] |= {"fp16": dict(model=fp16.name, head=head)}
    for name in {fp16.name, head}: manifest["files"][name] = hashlib.sha256((o.bundle / name).read_bytes()).hexdigest()
    (o.bundle / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n")


if __name__ == "__main__":
    main()
