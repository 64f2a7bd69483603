"""Entity encoder checkpoint -> ONNX bundle, with parity against PyTorch; deploy.py says how it is stored and computed.

    python export_entities.py --model RUN/last.pt --out ../entity-encoder --version 1.0.0        after calibrate_entities.py
"""
import argparse
import hashlib
import json
import shutil
from pathlib import Path

import numpy
import onnxruntime
import torch

from backbone import base_weights
from deploy import deployed, to_int8
from entity_encoder import HALVES, open_entities, shape_of
from entity_windows import COARSE
from packing import tokenizer

SAMPLE = "Ada Lovelace joined Acme Corp in London in 1842; its billing engine, ledger-pg, was hers."


class Exported(torch.nn.Module):
    """One window, without padding: everything is seen."""
    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, ids, shapes):
        return self.model(ids, shapes, torch.ones_like(ids))


def main():
    a = argparse.ArgumentParser()
    a.add_argument("--model", type=Path, required=True); a.add_argument("--out", type=Path, required=True); a.add_argument("--version", default="1.0.0")
    o = a.parse_args()
    (model, saved), tok = open_entities(o.model), tokenizer()
    o.out.mkdir(parents=True, exist_ok=True)
    encoding = tok.encode(SAMPLE)
    ids = torch.tensor([encoding.ids]); shapes = torch.tensor([[0 if a == b else shape_of(SAMPLE[a:b]) for a, b in encoding.offsets]])
    want = [x.detach().numpy() for x in Exported(model)(ids, shapes)]
    fp32, int8 = o.out / "model.fp32.onnx", o.out / "model.int8.onnx"
    torch.onnx.export(Exported(deployed(model)), (ids, shapes), str(fp32), input_names=["input_ids", "shape_ids"], output_names=["tags", "halves", "label"],
                      dynamic_axes={n: {1: "length"} for n in ("input_ids", "shape_ids", "tags", "halves")}, opset_version=17, dynamo=False)
    to_int8(fp32, int8)
    for path in (fp32, int8):
        got = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"]).run(None, {"input_ids": ids.numpy(), "shape_ids": shapes.numpy()})
        print(path.name, "largest difference from PyTorch", [float(numpy.abs(g - w).max()) for g, w in zip(got, want)], path.stat().st_size)
    shutil.copy(base_weights() / "tokenizer.json", o.out / "tokenizer.json")
    calibration = o.model.parent / "calibration.json"
    line = json.loads(calibration.read_text()) if calibration.exists() else dict(slope=1.0, offset=0.0)
    rounded = lambda t: [[round(x, 5) for x in row] for row in t.tolist()] if t.dim() == 2 else [round(x, 5) for x in t.tolist()]
    (o.out / "head.json").write_text(json.dumps(dict(coarse=COARSE, blocks=HALVES,
        kind=dict(gain=round(torch.nn.functional.softplus(model.kind_gain).item(), 5), bias=round(model.kind_bias.item(), 5), slope=line["slope"], offset=line["offset"]),
        link=dict(sameGain=round(model.same_gain.item(), 5), bias=round(model.link_bias.item(), 5), distance=rounded(model.distance.detach()), kinds=rounded(model.kinds.detach()), equal=rounded(model.equal.detach()))), indent=1) + "\n")
    fp32.unlink()
    sha = lambda p: hashlib.sha256(p.read_bytes()).hexdigest()
    (o.out / "manifest.json").write_text(json.dumps(dict(name="entity-encoder", version=o.version, kind="spans", width=sum(HALVES.values()), maxLength=256, steps=saved["step"],
        numerics=dict(int8=dict(model="model.int8.onnx", head="head.json")), files={n: sha(o.out / n) for n in ("model.int8.onnx", "tokenizer.json", "head.json")}), indent=1) + "\n")


if __name__ == "__main__":
    main()
