"""Trained encoder -> ONNX as it is shipped. For CPUs: integer arithmetic inside the layers, and attention in which nothing that is masked leaves a trace.
For GPUs: matrices and tables stored in fp16, computed in fp32, which every WebGPU adapter has and CUDA is not held up by.

The products of the layers multiply int8 weights (a scale an output channel) with uint8 rows (a scale a row, the row's own largest value): the
per-token scheme of SmoothQuant (Xiao et al., arXiv 2211.10438). A scale of a whole tensor would let one pair of a window change another's vector,
and FFN rows that hold a value of 26 beside hundreds near 0.1 would drown the others. Heads and tables are stored as int8 and computed in fp32.

Softmax is written as exp, product and division, so that its sums run over the pieces in their order: zeros of masked pieces then add nothing
at all, where a kernel that sums in lanes rounds differently with the length, and a rounding that differs tips an integer.
"""
import math
from pathlib import Path

import numpy
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

from backbone import Layer

CENTRE = 128  # of uint8


class DeployedLayer(Layer):
    """The same function of the same weights, for inference."""
    def forward(self, x, bias):  # x (B, S, D), bias (B, 1, 1 or S, S)
        B, S, D = x.shape
        q, k, v = (f(x).view(B, S, self.heads, D // self.heads).transpose(1, 2) for f in (self.query, self.key, self.value))
        scores = q @ k.transpose(-1, -2) / math.sqrt(D // self.heads) + bias
        e = torch.exp(scores - scores.amax(-1, keepdim=True))
        a = e @ torch.cat([v, torch.ones_like(v[..., :1])], -1)  # the last column is the sum
        x = self.attention_norm(x + self.output((a[..., :-1] / a[..., -1:]).transpose(1, 2).reshape(B, S, D)))
        return self.norm(x + self.down(torch.nn.functional.gelu(self.up(x))))


def deployed(model):
    """The model with its layers as they are shipped; not for training any more."""
    for layer in model.backbone.layers: layer.__class__ = DeployedLayer
    return model.eval()


def scaled(weight, axis):
    """int8 and its scale along an axis."""
    scale = (numpy.abs(weight).max(axis=axis, keepdims=True) / 127).clip(1e-12).astype(numpy.float32)
    return numpy.rint(weight / scale).clip(-127, 127).astype(numpy.int8), scale


def to_int8(source: Path, target: Path) -> None:
    """An fp32 graph -> the same with matrices and tables as int8, the layers' products in integers."""
    model = onnx.load(str(source))
    graph, values = model.graph, {i.name: i for i in model.graph.initializer}
    constant = lambda name, value: numpy_helper.from_array(value, name)
    stored, rows, nodes = {}, set(), []

    def store(name, axis, flat):
        weight, scale = scaled(numpy_helper.to_array(values[name]), axis)
        stored.setdefault(name, [constant(name + ".int8", weight), constant(name + ".scale", scale.reshape(-1) if flat else scale)])

    def in_steps(x):
        """Each row of x divided by its largest value, in steps of a 127th."""
        if x not in rows:
            rows.add(x)
            nodes.extend([helper.make_node("Abs", [x], [x + ".size"]), helper.make_node("ReduceMax", [x + ".size"], [x + ".top"], axes=[-1], keepdims=1), helper.make_node("Div", [x, x + ".top"], [x + ".share"]),
                          helper.make_node("QuantizeLinear", [x + ".share", "step", "centre"], [x + ".steps"]), helper.make_node("DequantizeLinear", [x + ".steps", "step", "centre"], [x + ".row"])])
        return x + ".row"

    for node in graph.node:
        at = 1 if node.op_type == "MatMul" else 0 if node.op_type == "Gather" else None
        name = node.input[at] if at is not None else None
        if name not in values or values[name].data_type != TensorProto.FLOAT or len(values[name].dims) != 2 or values[name].dims[0] < 2: nodes.append(node); continue
        x, out = node.input[1 - at], node.output[0]
        if node.op_type == "Gather":  # a table stays small in memory: only the rows that are looked up grow
            store(name, 1, False)
            nodes += [helper.make_node("Gather", [name + ".int8", x], [out + ".rows"], name=node.name), helper.make_node("Gather", [name + ".scale", x], [out + ".scales"]),
                      helper.make_node("Cast", [out + ".rows"], [out + ".cast"], to=TensorProto.FLOAT), helper.make_node("Mul", [out + ".cast", out + ".scales"], [out])]
            continue
        inside = "/layers." in node.name
        store(name, 0, inside)
        if inside:
            nodes += [helper.make_node("DequantizeLinear", [name + ".int8", name + ".scale"], [node.name + ".weight"], axis=1),
                      helper.make_node("MatMul", [in_steps(x), node.name + ".weight"], [out + ".share"], name=node.name), helper.make_node("Mul", [out + ".share", x + ".top"], [out])]
        else:
            nodes += [helper.make_node("Cast", [name + ".int8"], [out + ".cast"], to=TensorProto.FLOAT), helper.make_node("Mul", [out + ".cast", name + ".scale"], [node.name + ".weight"]),
                      helper.make_node("MatMul", [x, node.name + ".weight"], [out], name=node.name)]
    kept = [i for i in graph.initializer if i.name not in stored] + [i for some in stored.values() for i in some]
    if rows: kept += [constant("step", numpy.array(1 / 127, numpy.float32)), constant("centre", numpy.array(CENTRE, numpy.uint8))]
    del graph.node[:], graph.initializer[:]
    graph.node.extend(nodes); graph.initializer.extend(kept)
    onnx.checker.check_model(model)
    onnx.save(model, str(target))


def to_fp16(source: Path, target: Path) -> None:
    """An fp32 graph -> the same with matrices and tables stored in fp16; the runtime grows them when it loads the file, so that no kernel need know fp16."""
    model = onnx.load(str(source))
    graph = model.graph
    stored = [i for i in graph.initializer if i.data_type == TensorProto.FLOAT and len(i.dims) == 2 and i.dims[0] > 1]
    kept = [i for i in graph.initializer if i not in stored] + [numpy_helper.from_array(numpy_helper.to_array(i).astype(numpy.float16), i.name + ".fp16") for i in stored]
    nodes = [helper.make_node("Cast", [i.name + ".fp16"], [i.name], to=TensorProto.FLOAT) for i in stored] + list(graph.node)
    del graph.node[:], graph.initializer[:]
    graph.node.extend(nodes); graph.initializer.extend(kept)
    onnx.checker.check_model(model)
    onnx.save(model, str(target))
