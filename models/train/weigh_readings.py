"""Fits how the evidence of a claim becomes one probability (extract/triples/evidence.ts), on document sets that training left out.

    npx tsx bench/readings.ts SET... > readings.jsonl
    npx tsx bench/readings.ts ORDINARY... > many.jsonl   the sets that corpus/ordinary_set.py writes: prose under relations with 20 examples
    python weigh_readings.py --readings readings.jsonl --many many.jsonl --counted KNOWLEDGENET --calibration RUN/calibration.json      writes "verdict" and "operating" into it

What the readings themselves weigh is fitted separately for relations with examples and for those by description alone; what stands
beside them is weighed alike. Relations with many examples have weights of their own, of the ordinary sets, each set counting alike.
Printed figures are of what the fit did not see: each set in turn is left out, or, of the ordinary sets, a fifth of the documents.

"operating" says from which score on facts (all claims of one pair of entities) keep a precision: the least at which Wilson's lower bound
(1927, one side, 90 %) of all that have it or more is not below.
"""
import argparse
import hashlib
import json
import math
from collections import Counter
from pathlib import Path

import torch

from calibrate_relations import calibration_error

READINGS = ("first", "second")
BESIDE = ("otherTail", "otherTailElsewhere", "otherHead", "otherRelation", "listed", "headLikeness", "tailLikeness", "literal", "nominalHead", "nominalTail", "pronounTail", "across", "underHeading")
SHRINK = 10.0
TARGETS = (0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95)
Z, LEAST_FACTS = 1.2816, 20


def fit(x, y, counts=None, given=None, steps=50):
    """Logistic regression by Newton's method on standardised columns, weights shrunk; the last weight is the constant's. Weights of the columns as given. `counts`: what each row counts; `given`: the part of its logit that is known."""
    c, given = torch.ones_like(y) if counts is None else counts, 0 if given is None else given
    mean, deviation = x.mean(0), x.std(0, correction=0) + 1e-9
    z = torch.cat([(x - mean) / deviation, torch.ones(len(x), 1, dtype=x.dtype)], 1)
    shrink = torch.diag(torch.tensor([SHRINK] * x.shape[1] + [1e-3], dtype=x.dtype))
    w = torch.zeros(z.shape[1], dtype=x.dtype)
    for _ in range(steps):
        p = torch.sigmoid(z @ w + given)
        step = torch.linalg.solve((z * (c * p * (1 - p))[:, None]).T @ z + shrink, z.T @ (c * (p - y)) + shrink @ w)
        w = w - step / max(1.0, step.abs().max().item())  # far from the end a whole step may overshoot
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


def many_of(rows, few):
    """Weights of the readings for relations with many examples, out of ordinary sets, and what they make of documents that the fit did not see. What stands beside the readings is
    weighed as with few: two sets have too few types and kinds of text to tell that."""
    x = torch.tensor([[r["evidence"][s] for s in READINGS] for r in rows], dtype=torch.float64)
    beside = torch.tensor([sum(few[s] * r["evidence"][s] for s in BESIDE) for r in rows], dtype=torch.float64)
    y = torch.tensor([float(r["holds"]) for r in rows], dtype=torch.float64)
    sets = Counter(r["set"] for r in rows)
    counts = torch.tensor([len(rows) / len(sets) / sets[r["set"]] for r in rows], dtype=torch.float64)
    fold = torch.tensor([int(hashlib.sha256(r["fact"].split(" ")[0].encode()).hexdigest(), 16) % 5 for r in rows])
    unseen = torch.zeros_like(y)
    for k in range(5):
        there, left = fold != k, fold == k
        w = fit(x[there], y[there], counts[there], beside[there])
        unseen[left] = torch.sigmoid(x[left] @ w[:-1] + w[-1] + beside[left])
    for name in sorted(sets):
        some = torch.tensor([r["set"] == name for r in rows])
        report(f"many, {Path(name).name}", unseen[some], x[some, 0], y[some])
    return few | {s: round(w, 4) for s, w in zip((*READINGS, "offset"), fit(x, y, counts, beside).tolist())}, unseen


def pooled(scores):
    """As extract/triples/pool.ts makes one score of a fact's claims."""
    logits = [math.log(s / (1 - s)) for s in (min(0.9999, max(0.0001, s)) for s in scores)]
    best = max(logits)
    total = sum(math.exp((l - best) / 0.5) for l in logits if l == best or l > 0)
    return 1 / (1 + math.exp(-(best + 0.5 * math.log(min(total, 3)))))


def operating(rows, p, name):
    """[[precision, score]] over facts; where the facts do not reach a precision, halfway from the score before to 1."""
    facts = {}
    for r, score in zip(rows, p.tolist()): facts.setdefault((r["set"], r["fact"]), []).append((score, r["holds"]))
    found = sorted(((pooled([s for s, _ in claims]), any(h for _, h in claims)) for claims in facts.values()), reverse=True)
    curve, kept = [], []
    lower = lambda right, n: (right / n + Z * Z / 2 / n - Z * math.sqrt(right / n * (1 - right / n) / n + Z * Z / 4 / n / n)) / (1 + Z * Z / n)
    right = 0
    bounds = []
    for n, (score, holds) in enumerate(found, 1):
        right += holds
        if n >= LEAST_FACTS: bounds.append((lower(right, n), score, n, right))
    for target in TARGETS:
        held = [(score, n, right) for bound, score, n, right in bounds if bound >= target]
        before = curve[-1][1] if curve else 0.0
        score, n, right = min(held) if held else (before + (1 - before) / 2, 0, 0)
        curve.append([target, round(min(0.99, max(score, before)), 4)])
        kept.append(f"{target}: >= {curve[-1][1]:.2f}, {right} of {n}")
    print(f"{name}, {len(found)} facts: " + "; ".join(kept))
    return curve


def main():
    a = argparse.ArgumentParser()
    a.add_argument("--readings", type=Path, required=True, nargs="+"); a.add_argument("--many", type=Path, nargs="*", default=[]); a.add_argument("--calibration", type=Path)
    a.add_argument("--counted", nargs="*", default=[], help="ordinary sets that operating curves are counted on; Re-DocRED lacks many facts that its articles state")
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
    is_taught = [bool(r["taught"]) for r in rows]
    curves = {kind: operating([r for r, t in zip(rows, is_taught) if t == taught_], left_out[taught == taught_], kind) for kind, taught_ in (("described", False), ("few", True))}
    ordinary = [json.loads(line) for path in o.many for line in path.open(encoding="utf8")]
    if ordinary:
        verdict["many"], unseen = many_of(ordinary, verdict["few"])
        sure = torch.tensor([Path(r["set"]).name in o.counted or not o.counted for r in ordinary])
        curves["many"] = operating([r for r, s in zip(ordinary, sure.tolist()) if s], unseen[sure], "many")
    else: verdict["many"], curves["many"] = verdict["few"], curves["few"]
    print(json.dumps(dict(verdict=verdict, operating=curves)))
    if o.calibration:
        saved = json.loads(o.calibration.read_text()); saved["verdict"], saved["operating"] = verdict, curves
        o.calibration.write_text(json.dumps(saved) + "\n")


if __name__ == "__main__":
    main()
