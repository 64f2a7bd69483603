"""Fits how the evidence of a claim becomes one probability (extract/triples/evidence.ts), on document sets that training left out.

    npx tsx bench/readings.ts SET... > readings.jsonl
    npx tsx bench/readings.ts FOLD... ORDINARY... > examples.jsonl   the same documents in folds, with what the other folds state as examples (corpus/as_sets.py --folds), and the sets
                                                                     that corpus/ordinary_set.py writes: prose under relations with 20 examples
    python weigh_readings.py --readings readings.jsonl --examples examples.jsonl --counted KNOWLEDGENET --bundle ../relation-encoder --version 1.1.0      writes "verdict" and "operating" into its head
    … --numeric fp16      into that of its file for GPUs, by readings taken with this

By description alone, and with few examples, what the readings themselves weigh is fitted separately and what stands beside them is weighed alike. From there the weights go straight to those of many
examples, with the trust that a relation's examples have (extract/prototypes/teach.ts): these are fitted on the second file, where the folds and each ordinary set count alike. The folds'
relations and texts are unseen, those of the ordinary sets were trained on; either alone makes weights that the other does not bear out.
Printed figures are of what no fit saw: each collection in turn is left out, or, of the second file, a fifth of the collections, which the weights for few have not seen then either, and of the ordinary sets' documents.

"operating" says from which score on facts (all claims of one pair of entities) keep a precision: the least at which Wilson's lower bound
(1927, one side, 80 %) of all that have it or more is not below.
"""
import argparse
import hashlib
import json
import math
import re
from collections import Counter
from pathlib import Path

import torch

from calibrate_relations import calibration_error

READINGS = ("first", "second")
BESIDE = ("otherTail", "otherTailElsewhere", "otherHead", "otherRelation", "listed", "headLikeness", "tailLikeness", "literal", "nominalHead", "nominalTail", "pronounTail", "across", "underHeading")
SHRINK = 10.0
TARGETS = (0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95)
Z, LEAST_FACTS = 0.8416, 20
PARTS = 5  # of the collections, each in turn left out of the fits
HEARD = 0.8  # trust from which on a relation's examples are many


def fit(x, y, counts=None, given=None, trust=None, steps=50):
    """Logistic regression by Newton's method on standardised columns, weights shrunk; the last weight is the constant's. Weights of the columns as given. `counts`: what each row counts;
    `given`: the part of its logit that is known; `trust`: how far what is fitted is heard there."""
    c, given, t = torch.ones_like(y) if counts is None else counts, 0 if given is None else given, torch.ones_like(y) if trust is None else trust
    mean, deviation = x.mean(0), x.std(0, correction=0) + 1e-9
    z = torch.cat([(x - mean) / deviation, torch.ones(len(x), 1, dtype=x.dtype)], 1) * t[:, None]
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


def collection(r):
    """What may be left out as one: a collection of documents with all its folds; of an ordinary set a document."""
    return re.sub(r"-\d+$", "", Path(r["set"]).name) if is_fold(r) else r["fact"].split(" ")[0]


def part_of(name): return int(hashlib.sha256(name.encode()).hexdigest(), 16) % PARTS


def is_fold(r): return re.search(r"-\d+$", r["set"]) is not None


def many_of(rows, few, few_without):
    """Weights for relations with many examples, where those with some lie between `few` and these by their trust; and the probabilities of claims that neither fit saw (`few_without`: of each part)."""
    x = torch.tensor([[r["evidence"][s] for s in (*READINGS, *BESIDE)] for r in rows], dtype=torch.float64)
    given_by = lambda start: x @ torch.tensor([start[s] for s in (*READINGS, *BESIDE)], dtype=torch.float64) + start["offset"]
    trust = torch.tensor([r["trust"] for r in rows], dtype=torch.float64)
    y = torch.tensor([float(r["holds"]) for r in rows], dtype=torch.float64)
    source = ["folds" if is_fold(r) else r["set"] for r in rows]
    sizes = Counter(source)
    counts = torch.tensor([len(rows) / len(sizes) / sizes[s] for s in source], dtype=torch.float64)
    part = torch.tensor([part_of(collection(r)) for r in rows])
    unseen = torch.zeros_like(y)
    for k in range(PARTS):
        there, left, given = part != k, part == k, given_by(few_without[k])
        w = fit(x[there], y[there], counts[there], given[there], trust[there])
        unseen[left] = torch.sigmoid(given[left] + trust[left] * (x[left] @ w[:-1] + w[-1]))
    for name in sorted(sizes):
        some = torch.tensor([s == name for s in source])
        report(f"examples, {Path(name).name}", unseen[some], x[some, 0], y[some])
    w = fit(x, y, counts, given_by(few), trust)
    return {s: round(few[s] + d, 4) for s, d in zip((*READINGS, *BESIDE, "offset"), w.tolist())}, unseen


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


def rewrite(bundle, said, version, numeric):
    """Head of a numeric type and manifest of a bundle, whose models stay as they are; what is not weighed here is the same for all types."""
    head, manifest = bundle / ("head.json" if numeric == "int8" else f"head.{numeric}.json"), bundle / "manifest.json"
    head.write_text(json.dumps(json.loads((bundle / "head.json").read_text()) | said))
    saved = json.loads(manifest.read_text())
    saved["numerics"][numeric]["head"] = head.name
    saved["files"][head.name] = hashlib.sha256(head.read_bytes()).hexdigest()
    manifest.write_text(json.dumps(saved | dict(version=version or saved["version"]), indent=1) + "\n")


def main():
    a = argparse.ArgumentParser()
    a.add_argument("--readings", type=Path, required=True, nargs="+")
    a.add_argument("--examples", type=Path, nargs="*", default=[]); a.add_argument("--bundle", type=Path); a.add_argument("--version", help="of the bundle from now on: other weights give other scores")
    a.add_argument("--numeric", default="int8", help="type of the numbers that the readings were taken with, on the models of a bundle whose manifest names those files")
    a.add_argument("--counted", nargs="*", default=[], help="ordinary sets that the curve of many examples is counted on beside the folds; Re-DocRED lacks many facts that its articles state")
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
    shown = [row for path in o.examples for row in map(json.loads, path.open(encoding="utf8")) if row["taught"]]
    if shown:
        part = torch.tensor([part_of(Path(r["set"]).name) for r in rows])
        verdict["many"], unseen = many_of(shown, verdict["few"], [weights(fit(x[part != k], y[part != k]))["few"] for k in range(PARTS)])
        # Many examples of unseen relations, and of an ordinary set that holds all that its texts state.
        sure = torch.tensor([r["trust"] >= HEARD if is_fold(r) else Path(r["set"]).name in o.counted for r in shown])
        curves["many"] = operating([r for r, s in zip(shown, sure.tolist()) if s], unseen[sure], "many")
    else: verdict["many"], curves["many"] = verdict["few"], curves["few"]
    print(json.dumps(dict(verdict=verdict, operating=curves)))
    if o.bundle: rewrite(o.bundle, dict(verdict=verdict, operating=curves), o.version, o.numeric)


if __name__ == "__main__":
    main()
