"""Fits how the evidence of a claim becomes one probability (extract/triples/weigh.ts), on document sets that training left out: a line, and trees that are added to its logit.

    npx tsx bench/readings.ts SET... > readings.jsonl
    npx tsx bench/readings.ts FOLD... ORDINARY... > examples.jsonl   the same documents in folds, with what the other folds state as examples (corpus/as_sets.py --folds), and the sets
                                                                     that corpus/ordinary_set.py writes: prose under relations with 20 examples
    python weigh_readings.py --readings readings.jsonl --examples examples.jsonl --counted KNOWLEDGENET --bundle ../relation-encoder --version 1.1.0      writes "verdict", "trees" and "operating" into its head
    … --numeric fp16      into that of its file for GPUs, by readings taken with this

The line: by description alone, and with few examples, what the readings themselves weigh is fitted separately and what stands beside them is weighed alike. From there the weights go straight to those of
many examples, with the trust that a relation's examples have (extract/prototypes/teach.ts): these are fitted on the second file, where the folds and each ordinary set count alike. The folds'
relations and texts are unseen, those of the ordinary sets were trained on; either alone makes weights that the other does not bear out. The trees (grow_trees.py) learn from both files what the line
leaves, each claim counting alike: with sources that did, the prose that training has seen would have most of the say.
Printed figures are of what no fit saw: a fifth of the collections, and of the ordinary sets' documents, in turn is left out of all of them.

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
from grow_trees import added, asked, grow, written

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


def average_precision(score, y):
    order = score.argsort(descending=True); hit = y[order].double(); precision = hit.cumsum(0) / torch.arange(1, len(y) + 1)
    return ((precision * hit).sum() / hit.sum().clamp(min=1)).item()


def report(name, rows, by_line, p):
    y, first = holds(rows), torch.tensor([r["evidence"]["first"] for r in rows])
    print(f"{name}: {len(y)} claims, {int(y.sum())} stated; AP of the first reading {average_precision(first, y):.3f}, by the line {average_precision(by_line, y):.3f}, with trees {average_precision(p, y):.3f}; ECE {calibration_error(p, y.bool()):.3f}")
    print("   " + "; ".join(f">= {t}: {int((p >= t).sum())}, {y[p >= t].mean():.2f} right" for t in (0.9, 0.8, 0.7, 0.6, 0.5, 0.4) if (p >= t).any()))


def holds(rows): return torch.tensor([float(r["holds"]) for r in rows], dtype=torch.float64)


def weights(w):
    beside = {s: round(w[5 + k].item(), 4) for k, s in enumerate(BESIDE)}
    described = dict(first=w[0].item(), second=w[1].item(), offset=w[-1].item())
    few = dict(first=(w[0] + w[2]).item(), second=(w[1] + w[3]).item(), offset=(w[-1] + w[4]).item())
    return {kind: {k: round(v, 4) for k, v in some.items()} | beside for kind, some in (("described", described), ("few", few))}


def is_fold(r): return re.search(r"-\d+$", r["set"]) is not None


def source(r):
    """What claims are counted with: all folds are one, an ordinary set stands for itself."""
    return "folds" if is_fold(r) else r["set"]


def part_of(collection): return int(hashlib.sha256(collection.encode()).hexdigest(), 16) % PARTS


def alike(sources):
    """(N): what each row counts, so that all sources do as much."""
    sizes = Counter(sources)
    return torch.tensor([len(sources) / len(sizes) / sizes[s] for s in sources], dtype=torch.float64)


def signs(rows):
    """(N, signs of the line)."""
    return torch.tensor([[r["evidence"][s] for s in (*READINGS, *BESIDE)] for r in rows], dtype=torch.float64)


def logits(weighing, rows):
    """Of claims, by one line."""
    return signs(rows) @ torch.tensor([weighing[s] for s in (*READINGS, *BESIDE)], dtype=torch.float64) + weighing["offset"]


def many_of(rows, few):
    """Weights for relations with many examples, where those with some lie between `few` and these by their trust."""
    w = fit(signs(rows), holds(rows), alike([source(r) for r in rows]), logits(few, rows), torch.tensor([r["trust"] for r in rows], dtype=torch.float64))
    return {s: round(few[s] + d, 4) for s, d in zip((*READINGS, *BESIDE, "offset"), w.tolist())}


def verdict_of(rows, shown):
    """The three lines."""
    verdict = weights(fit(columns(rows), holds(rows)))
    return verdict | dict(many=many_of(shown, verdict["few"]) if shown else verdict["few"])


def by_lines(verdict, rows):
    """Logits of claims, each by the line that its relation has in the product."""
    taught, trust = (torch.tensor([float(r[s]) for r in rows], dtype=torch.float64) for s in ("taught", "trust"))
    described, few, many = (logits(verdict[kind], rows) for kind in ("described", "few", "many"))
    return torch.where(taught > 0, few + trust * (many - few), described)


def fitted(rows, shown):
    """The lines, and the trees for what they leave."""
    verdict, both = verdict_of(rows, shown), [*rows, *shown]
    return verdict, grow(asked(both), holds(both).numpy(), by_lines(verdict, both).numpy())


def unseen_by(rows, shown, part):
    """Logits of all claims by lines and trees that did not see them: by the lines alone, and by both."""
    both = [*rows, *shown]
    line, total = torch.zeros(len(both), dtype=torch.float64), torch.zeros(len(both), dtype=torch.float64)
    for k in range(PARTS):
        left = part == k
        verdict, trees = fitted(*([r for r, there in zip(some, stays) if there] for some, stays in ((rows, ~left[:len(rows)]), (shown, ~left[len(rows):]))))
        out = [r for r, there in zip(both, left) if there]
        line[left] = by_lines(verdict, out)
        total[left] = line[left] + torch.from_numpy(added(trees, asked(out)))
    return line, total


def operating(rows, p, name):
    """[[precision, score]] over facts; where the facts do not reach a precision, halfway from the score before to 1."""
    facts = {}
    for r, score in zip(rows, p.tolist()): facts.setdefault((r["set"], r["fact"]), []).append((score, r["holds"]))
    found = sorted(((max(s for s, _ in claims), any(h for _, h in claims)) for claims in facts.values()), reverse=True)
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
    shown = [row for path in o.examples for row in map(json.loads, path.open(encoding="utf8")) if row["taught"]]
    # What may be left out as one: a collection of documents with all its folds; of an ordinary set a document.
    collections = [*(Path(r["set"]).name for r in rows), *(re.sub(r"-\d+$", "", Path(r["set"]).name) if is_fold(r) else r["fact"].split(" ")[0] for r in shown)]
    line, total = unseen_by(rows, shown, torch.tensor([part_of(name) for name in collections]))
    p = torch.sigmoid(total)
    # The curve of many examples is counted on such of unseen relations, and on an ordinary set that holds all that its texts state.
    kinds = [*("few" if r["taught"] else "described" for r in rows), *("many" if (r["trust"] >= HEARD if is_fold(r) else Path(r["set"]).name in o.counted) else "" for r in shown)]
    names = [*(kind for kind in kinds[:len(rows)]), *(Path(source(r)).name for r in shown)]
    both, curves = [*rows, *shown], {}
    of = lambda marks, mark: [k for k, each in enumerate(marks) if each == mark]
    for name in dict.fromkeys(names): report(name, [both[k] for k in of(names, name)], line[of(names, name)], p[of(names, name)])
    for kind in ("described", "few", "many"):
        some = of(kinds, kind)
        curves[kind] = operating([both[k] for k in some], p[some], kind) if some else curves["few"]
    verdict, trees = fitted(rows, shown)
    said = dict(verdict=verdict, trees=written(trees), operating=curves)
    print(json.dumps(said | dict(trees=len(said["trees"]))))
    if o.bundle: rewrite(o.bundle, said, o.version, o.numeric)


if __name__ == "__main__":
    main()
