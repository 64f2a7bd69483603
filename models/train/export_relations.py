"""Relation encoder checkpoint -> ONNX bundle, with parity against PyTorch.

Weights are stored as int8 with a scale a channel and become fp32 when the session folds its constants: dynamic int8 was
1.3 times as fast, but it moved cosines by .01 and let the pairs of a window change one another's vectors.

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
import onnx
from onnx import TensorProto, helper, numpy_helper

from backbone import base_weights, open_checkpoint
from packing import pack, tokenizer

SAMPLE = [("Ada Lovelace joined Acme Corp in London in 1842.", [((0, 12), (20, 29)), ((20, 29), (33, 39))], "person ; organization : works for ; the head is employed by the tail")]


def shrink(source: Path, target: Path):
    """Matrices of products and tables of look-ups -> int8 with a scale for each output channel or row."""
    model = onnx.load(str(source))
    graph, values = model.graph, {i.name: i for i in model.graph.initializer}
    before, stored = [], []
    for node in graph.node:
        at = 1 if node.op_type == "MatMul" else 0 if node.op_type == "Gather" else None
        name = node.input[at] if at is not None else None
        if name not in values or values[name].data_type != TensorProto.FLOAT or len(values[name].dims) != 2 or values[name].dims[0] < 2: continue
        weight = numpy_helper.to_array(values[name])
        scale = (numpy.abs(weight).max(axis=0 if at == 1 else 1, keepdims=True) / 127).clip(1e-12).astype(numpy.float32)
        small = numpy.rint(weight / scale).clip(-127, 127).astype(numpy.int8)
        stored += [name]
        if name + ".int8" not in {i.name for i in graph.initializer}:
            graph.initializer.extend([numpy_helper.from_array(small, name + ".int8"), numpy_helper.from_array(scale, name + ".scale")])
        out = node.name
        if at == 1:
            before.append((node, [helper.make_node("Cast", [name + ".int8"], [out + ".cast"], to=TensorProto.FLOAT), helper.make_node("Mul", [out + ".cast", name + ".scale"], [out + ".weight"])]))
            node.input[1] = out + ".weight"
        else:  # a table stays small in memory: only the rows that are looked up grow
            result, rows = node.output[0], node.input[1]
            node.input[0], node.output[0] = name + ".int8", out + ".rows"
            before.append((node, []))
            after = [helper.make_node("Gather", [name + ".scale", rows], [out + ".scales"]), helper.make_node("Cast", [out + ".rows"], [out + ".cast"], to=TensorProto.FLOAT),
                     helper.make_node("Mul", [out + ".cast", out + ".scales"], [result])]
            before.append((("after", node), after))
    nodes, extra = [], {id(n): new for n, new in before if not isinstance(n, tuple)}
    behind = {id(n[1]): new for n, new in before if isinstance(n, tuple)}
    for node in graph.node: nodes += extra.get(id(node), []) + [node] + behind.get(id(node), [])
    kept = [i for i in graph.initializer if i.name not in set(stored)]
    del graph.node[:], graph.initializer[:]
    graph.node.extend(nodes); graph.initializer.extend(kept)
    onnx.checker.check_model(model)
    onnx.save(model, str(target))


def main():
    a = argparse.ArgumentParser()
    a.add_argument("--model", type=Path, required=True); a.add_argument("--out", type=Path, required=True); a.add_argument("--version", default="1.0.0")
    o = a.parse_args()
    (model, saved), tok = open_checkpoint(o.model), tokenizer()
    o.out.mkdir(parents=True, exist_ok=True)
    tensors, _ = pack(SAMPLE, tok)
    names = ["input_ids", "position_ids", "token_type_ids", "slot_ids", "slot_starts"]
    axes = {n: {0: "batch", 1: "length"} for n in names[:4]} | {"slot_starts": {0: "batch", 1: "pairs"}, "vectors": {0: "batch", 1: "pairs"}, "verdicts": {0: "batch", 1: "pairs"}}
    fp32 = o.out / "model.fp32.onnx"
    torch.onnx.export(model, tuple(tensors), str(fp32), input_names=names, output_names=["vectors", "verdicts"], dynamic_axes=axes, opset_version=17, dynamo=False)
    int8 = o.out / "model.int8.onnx"
    shrink(fp32, int8)
    want = [x.detach().numpy() for x in model(*tensors)]
    feed = {n: t.numpy().astype(numpy.int64) for n, t in zip(names, tensors)}
    for path in (fp32, int8):
        got = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"]).run(None, feed)
        print(path.name, "largest difference from PyTorch", *(float(abs(g - w).max()) for g, w in zip(got, want)), path.stat().st_size)
    shutil.copy(base_weights() / "tokenizer.json", o.out / "tokenizer.json")
    g = torch.nn.functional.softplus(model.gains).tolist()
    calibration = json.loads((o.model.parent / "calibration.json").read_text())
    (o.out / "head.json").write_text(json.dumps(dict(relation=model.relation, end=model.end, gains=[round(x, 6) for x in g], bias=round(model.bias.item(), 6), calibration=calibration["both"], verdict=calibration["verdict"], centre=calibration["centre"],
        noRelation=[[round(x, 6) for x in row] for row in torch.nn.functional.normalize(model.no_relation, dim=-1).tolist()])))
    sha = lambda p: hashlib.sha256(p.read_bytes()).hexdigest()
    (o.out / "manifest.json").write_text(json.dumps(dict(name="relation-encoder", version=o.version, kind="packed-pairs", numeric="int8", width=model.relation + 2 * model.end, maxLength=256, model="model.int8.onnx",
        steps=saved["step"], files={n: sha(o.out / n) for n in ("model.int8.onnx", "tokenizer.json", "head.json")}), indent=1) + "\n")


if __name__ == "__main__":
    main()
