"""Checkpoints of one run and its continuation -> their weighted mean: it kept the first reading of the one and gained the verdicts of the other.

    python average.py --of R6/last.pt=0.3 R7/last.pt=0.7 --out RUN/last.pt
"""
import argparse
from pathlib import Path

import torch


def average(parts):
    """[(checkpoint, weight)] -> the checkpoint to calibrate and export; steps are those of the last."""
    saved = [(torch.load(path, map_location="cpu"), weight) for path, weight in parts]
    if abs(sum(weight for _, weight in saved) - 1) > 1e-6: raise SystemExit("the weights do not add up to 1")
    last = saved[-1][0]
    mean = {name: sum(weight * one["model"][name].float() for one, weight in saved).to(value.dtype) for name, value in last["model"].items()}
    return dict(model=mean, step=last["step"], spent=0.0)


def part(text: str):
    path, _, weight = text.rpartition("=")
    return Path(path), float(weight)


if __name__ == "__main__":
    a = argparse.ArgumentParser()
    a.add_argument("--of", type=part, nargs="+", required=True); a.add_argument("--out", type=Path, required=True)
    o = a.parse_args()
    o.out.parent.mkdir(parents=True, exist_ok=True)
    torch.save(average(o.of), o.out)
