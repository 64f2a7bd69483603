"""Fits how a span's comparison with a type's description becomes a probability; export_entities.py takes it along.

    python calibrate_entities.py --data DATA --model RUN/last.pt        writes RUN/calibration.json

On the fields of the authored corpus that training left out: every slot is asked for its own type, those above it, the other types of
its field and as many of other fields; words that are no slots are asked for the field's types. And on the authored documents that it left
out: every name and phrase of a type, and other words, are asked for all types of their ontology. Each field and each collection has the same weight.

On the documents alone: average precision with and without what things of known types, the ends of the collections' examples, add to that (extract/views/line.ts).
"""
import argparse
import json
import random
import sys
from collections import Counter
from pathlib import Path

import torch

sys.path.insert(0, str(Path(__file__).parent / "corpus"))
import documents
import entity_windows as source
import generate
from calibrate_relations import calibration_error, platt
from entity_encoder import open_entities
from packing import pieces_of, tokenizer
from sampler import DEV_COLLECTIONS, name_pools
from train_entities import authored, encode
from weigh_readings import average_precision


def things(model, tok, collection):
    """[(types, vector)]: ends of the collection's examples, of one of the types each; pronouns are none (extract/example.ts)."""
    found = []
    for row in collection.relations.values():
        for example in row.get("examples") or []:
            text, spans = documents.marked(example)
            (tags, halves, _, encoding), = encode(model, tok, [text])
            for letter, end in (("h", "domain"), ("t", "range")):
                types = [t for t in row[end] if t in collection.types]
                at = pieces_of(encoding, spans[letter])
                if not types or source.kind_of_mention(text[slice(*spans[letter])]) == "pronoun" or not at or at[1] >= len(tags) - 1: continue
                found.append((types, model.spans(halves[None], *(torch.tensor([k]) for k in (0, *at)))["kind"][0]))
    return found


def line(x, y, prior, variance=6.0, constant=0.5, steps=25):
    """As extract/views/line.ts: what things that are (y = 1) and are not of a type add to a prior logit. -> (width + 1), the last the constant's."""
    scale = torch.tensor([variance ** 0.5] * x.shape[1] + [constant ** 0.5], dtype=torch.float64)
    x = torch.cat([x.double(), torch.ones(len(x), 1, dtype=torch.float64)], 1) * scale
    w = torch.zeros(x.shape[1], dtype=torch.float64)
    for _ in range(steps):
        p = torch.sigmoid(prior + x @ w)
        step = torch.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + torch.eye(len(w), dtype=torch.float64), x.T @ (y - p) - w)
        far = (x @ step).abs().max().item()
        w = w + step * min(1, 4 / max(far, 1e-9))
        if far < 1e-6: break
    return w * scale


def lines_of(shown, kinds, described, collection, a, b):
    """Line of each type; described: their vectors' logits for the things, (things, types)."""
    if not shown: return [None] * len(kinds)
    x, found = torch.stack([v for _, v in shown]), []
    for k, kind in enumerate(kinds):
        holds = [all(collection.is_a(t, kind) for t in types) for types, _ in shown]
        known = [i for i, (types, _) in enumerate(shown) if holds[i] or not any(collection.is_a(t, kind) or collection.is_a(kind, t) for t in types)]
        found.append(line(x[known], torch.tensor([float(holds[i]) for i in known], dtype=torch.float64), a * described[known, k].double() + b) if known else None)
    return found


@torch.no_grad()
def main():
    a = argparse.ArgumentParser()
    a.add_argument("--data", type=Path, required=True); a.add_argument("--model", type=Path, required=True)
    a.add_argument("--corpus", type=Path, default=Path(__file__).parent / "corpus/fields"); a.add_argument("--dev-fields", default="art,transport")
    a.add_argument("--most", type=int, default=400)
    o = a.parse_args()
    torch.set_num_threads(1)
    (model, saved), tok, chance = open_entities(o.model), tokenizer(), random.Random(7)
    collections = [c for c in documents.load(o.corpus.parent / "documents") if c.name in DEV_COLLECTIONS]
    types, names = source.TypeTexts(o.corpus, collections), generate.Names(name_pools(o.data), chance)
    sets = []
    for field in (f for f in generate.load_fields(o.corpus) if f["field"] in o.dev_fields.split(",")):
        own = sorted({f"au:{t}" for r in field["relations"] for e in ("domain", "range") for t in generate.ends(r, e) if t in types.rows})
        windows = authored(field, names, chance, types)
        sets.append(("sentences", chance.sample(windows, min(o.most, len(windows))), own + chance.sample(sorted(set(f"au:{t}" for t in types.rows) - set(own)), len(own)), None))
    for c in collections: sets.append(("documents", list(source.authored_documents([c], chance)), sorted(f"ad:{c.name}:{t}" for t in c.types), c))
    z, y, weight, best, asked, near = [], [], [], Counter(), Counter(), []  # near: of each collection with examples what decides its lines, and its questions
    for name, windows, labels, collection in sets:
        shown = things(model, tok, collection) if collection else []
        v = torch.stack([x[2] for x in encode(model, tok, [types.write(k) for k in labels])])
        before, questions = len(z), []
        for w, (tags, halves, _, encoding) in zip(windows, encode(model, tok, [w.text for w in windows])):
            at = [(pieces_of(encoding, t.span), t) for t in w.typed]
            at = [(p, t) for p, t in at if p and p[1] < len(tags) - 1]
            if not at: continue
            first, last = (torch.tensor([p[k] for p, _ in at]) for k in (0, 1))
            spans = model.spans(halves[None], torch.zeros_like(first), first, last)["kind"]
            for row, span, (_, t) in zip(model.kind_scores(spans, v), spans, at):
                known = [k for k, label in enumerate(labels) if label in t.holds or label in t.looked]
                z += [row[k].item() for k in known]; y += [labels[k] in t.holds for k in known]
                questions += [(span, k, row[k].item(), labels[k] in t.holds) for k in known]
                if t.holds:
                    asked[name] += 1
                    best[name] += labels[max(known, key=lambda k: row[k].item())] in t.holds
        weight += [1 / max(1, len(z) - before)] * (len(z) - before)
        if shown: near.append((shown, [label.split(":")[-1] for label in labels], model.kind_scores(torch.stack([vector for _, vector in shown]), v), collection, questions))
    z, y = torch.tensor(z), torch.tensor(y)
    slope, offset = platt(z, y, torch.tensor(weight) * len(y) / sum(weight))
    p = torch.sigmoid(slope * z + offset)
    order = z.argsort(descending=True); tp = y[order].float().cumsum(0); precision = tp / torch.arange(1, len(y) + 1)
    held = torch.tensor([float(holds) for *_, questions in near for *_, holds in questions], dtype=torch.float64)
    without = torch.tensor([score for *_, questions in near for _, _, score, _ in questions], dtype=torch.float64) * slope + offset
    added = []
    for shown, kinds, described, collection, questions in near:
        lines = lines_of(shown, kinds, described, collection, slope, offset)
        added += [0.0 if lines[k] is None else (span.double() @ lines[k][:-1] + lines[k][-1]).item() for span, k, _, _ in questions]
    taught = without + torch.tensor(added, dtype=torch.float64)
    report = dict(slope=round(slope, 4), offset=round(offset, 4), questions=len(y), holding=int(y.sum()), best={name: round(best[name] / asked[name], 4) for name in asked}, calibrationError=round(calibration_error(p, y), 4),
                  averagePrecision=round((precision * y[order]).sum().item() / y.sum().item(), 4),
                  documents={name: dict(averagePrecision=round(average_precision(score, held), 4), calibrationError=round(calibration_error(torch.sigmoid(score), held.bool()), 4)) for name, score in dict(described=without, taught=taught).items()}, step=saved["step"])
    (o.model.parent / "calibration.json").write_text(json.dumps(report, indent=1) + "\n")
    print(json.dumps(report))


if __name__ == "__main__":
    main()
