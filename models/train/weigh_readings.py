"""Fits how the evidence of a claim becomes one probability (extract/triples/evidence.ts), on document sets that training left out.

    npx tsx bench/readings.ts SET... > readings.jsonl
    npx tsx bench/readings.ts ORDINARY > many.jsonl      the set that corpus/ordinary_set.py writes: articles under relations with 20 examples
    python weigh_readings.py --readings readings.jsonl --many many.jsonl --calibration RUN/calibration.json      writes "verdict" into it

What the readings themselves weigh is fitted separately for relations with examples and for those by description alone; what stands
beside them is weighed alike. Printed figures are of sets that the fit did not see: each set in turn is left out.
"""
import argparse
import json
import math
from pathlib import Path

import torch

from calibrate_relations import calibration_error

READINGS = ("first", "second")
BESIDE = ("otherTail", "otherTailElsewhere", "otherHead", "otherRelation", "listed", "headLikeness", "tailLikeness", "literal", "nominalHead", "nominalTail", "pronounTail", "across", "underHeading")
# Re-DocRED's chains are of names alone: what it says of other mentions is an artefact of its annotation.
UNKNOWN_THERE = ("nominalHead", "nominalTail", "pronounTail")
SHRINK = 10.0


def fit(x, y, steps=50):
    """Logistic regression by Newton's method on standardised columns, weights shrunk; the last weight is the constant's. Weights of the columns as given."""
    mean, deviation = x.mean(0), x.std(0, correction=0) + 1e-9
    z = torch.cat([(x - mean) / deviation, torch.ones(len(x), 1, dtype=x.dtype)], 1)
    shrink = torch.diag(torch.tensor([SHRINK] * x.shape[1] + [1e-3], dtype=x.dtype))
    w = torch.zeros(z.shape[1], dtype=x.dtype)
    for _ in range(steps):
        p = torch.sigmoid(z @ w)
        step = torch.linalg.solve((z * (p * (1 - p))[:, None]).T @ z + shrink, z.T @ (p - y) + shrink @ w)
        w = w - step
        if step.abs().max() < 1e-8: break
    raw = w[:-1] / deviation
    return torch.cat([raw, (w[-1] - (raw * mean).sum())[None]])


def columns(rows):
    """Readings, readings of taught relations again, whether it is taught, and what stands beside."""
    return torch.tensor([[*(r["evidence"][s] for s in READINGS), *(r["evidence"][s] * r["taught"] for s in READINGS), float(r["taught"]), *(r["evidence"][s] for s in BESIDE)] for r in rows], dtype=torch.float64)


def predict(w, x): return torch.sigmoid(x @ w[:-1] + w[-1])


def average_precision(score, y):
    order = score.argsort(descending=True); hit = y[order].double(); precision = hit.cumsum(0) / torch.arange(1, len(y) + 1)
    return ((precision * hit).sum() / hit.sum().clamp(min=1)).item()


def report(name, p, first, y):
    print(f"{name}: {len(y)} claims, {int(y.sum())} stated; AP of the first reading {average_precision(first, y):.3f}, of all evidence {average_precision(p, y):.3f}; ECE {calibration_error(p, y.bool()):.3f}")
    print("   " + "; ".join(f">= {t}: {int((p >= t).sum())}, {y[p >= t].mean():.2f} right" for t in (0.9, 0.8, 0.7, 0.6, 0.5, 0.4) if (p >= t).any()))


def weights(w):
    beside = {s: round(w[5 + k].item(), 4) for k, s in enumerate(BESIDE)}
    described = dict(first=w[0].item(), second=w[1].item(), offset=w[-1].item())
    few = dict(first=(w[0] + w[2]).item(), second=(w[1] + w[3]).item(), offset=(w[-1] + w[4]).item())
    return {kind: {k: round(v, 4) for k, v in some.items()} | beside for kind, some in (("described", described), ("few", few))}


def many_of(ordinary, few):
    """Halfway between the authored documents, which say what they mean and where rivals exclude one another, and ordinary articles under relations with 20 examples, many of whose facts are implied."""
    names = [s for s in (*READINGS, *BESIDE) if s not in UNKNOWN_THERE]
    x = torch.tensor([[r["evidence"][s] for s in names] for r in ordinary], dtype=torch.float64)
    there = dict(zip((*names, "offset"), fit(x, torch.tensor([float(r["holds"]) for r in ordinary], dtype=torch.float64)).tolist()))
    return {s: round((w + there.get(s, w)) / 2, 4) for s, w in few.items()}


def main():
    a = argparse.ArgumentParser()
    a.add_argument("--readings", type=Path, required=True, nargs="+"); a.add_argument("--many", type=Path, nargs="*", default=[]); a.add_argument("--calibration", type=Path)
    o = a.parse_args()
    rows = [json.loads(line) for path in o.readings for line in path.open(encoding="utf8")]
    x, y = columns(rows), torch.tensor([float(r["holds"]) for r in rows], dtype=torch.float64)
    taught = torch.tensor([bool(r["taught"]) for r in rows])
    left_out = torch.zeros(len(y), dtype=torch.float64)
    for name in sorted({r["set"] for r in rows}):
        out = torch.tensor([r["set"] == name for r in rows])
        left_out[out] = predict(fit(x[~out], y[~out]), x[out])
    for name, some in (("all", torch.ones(len(y), dtype=torch.bool)), ("described", ~taught), ("few", taught)):
        if some.any(): report(name, left_out[some], x[some, 0], y[some])
    verdict = weights(fit(x, y))
    verdict["many"] = many_of([json.loads(line) for path in o.many for line in path.open(encoding="utf8")], verdict["few"]) if o.many else verdict["few"]
    print(json.dumps(verdict))
    if o.calibration:
        saved = json.loads(o.calibration.read_text()); saved["verdict"] = verdict
        o.calibration.write_text(json.dumps(saved) + "\n")


if __name__ == "__main__":
    main()
