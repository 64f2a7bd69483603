"""Fits how a span's comparison with a type's description becomes a probability; export_entities.py takes it along.

    python calibrate_entities.py --data DATA --model RUN/last.pt        writes RUN/calibration.json

On the fields of the authored corpus that training left out: every slot is asked for its own type, those above it, the other types of
its field and as many of other fields; words that are no slots are asked for the field's types. And on the authored documents that it left
out: every name and phrase of a type, and other words, are asked for all types of their ontology. Each field and each collection has the same weight.

On the documents alone: what the nearest things of known types, the ends of the collections' examples, add to that (`taught`). Average
precision with and without is of collections that the fit did not see.
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
from weigh_readings import average_precision, fit, predict


def things(model, tok, collection):
    """[(type, vector)]: ends of the collection's examples that can be of one type only; pronouns are none (extract/example.ts)."""
    found = []
    for row in collection.relations.values():
        for example in row.get("examples") or []:
            text, spans = documents.marked(example)
            (tags, halves, _, encoding), = encode(model, tok, [text])
            for letter, end in (("h", "domain"), ("t", "range")):
                at = pieces_of(encoding, spans[letter])
                if len(row[end]) != 1 or row[end][0] not in collection.types or source.kind_of_mention(text[slice(*spans[letter])]) == "pronoun" or not at or at[1] >= len(tags) - 1: continue
                found.append((row[end][0], model.spans(halves[None], *(torch.tensor([k]) for k in (0, *at)))["kind"][0]))
    return found


def nearness(span, kind, shown, collection):
    """(whether things of the type are shown, cosine of the nearest, cosine of the nearest of types that are neither above nor below it)."""
    nearest = lambda holds: max([0.0, *((span @ v).item() for t, v in shown if holds(t))])
    own = any(collection.is_a(t, kind) for t, _ in shown)
    return own, nearest(lambda t: collection.is_a(t, kind)), nearest(lambda t: not collection.is_a(t, kind) and not collection.is_a(kind, t))


def fit_taught(rows):
    """Weights of `taught` from (collection, logit of the description, shown, own, others, holds), and average precision without and with them."""
    y = torch.tensor([float(r[-1]) for r in rows], dtype=torch.float64)
    z, shown, own, others = (torch.tensor([float(r[k]) for r in rows], dtype=torch.float64) for k in (1, 2, 3, 4))
    without, x = z[:, None], torch.stack([z, shown, shown * (own - others), (1 - shown) * others], 1)
    scores = [torch.zeros_like(y), torch.zeros_like(y)]
    for name in sorted({r[0] for r in rows}):
        out = torch.tensor([r[0] == name for r in rows])
        for score, columns in zip(scores, (without, x)): score[out] = predict(fit(columns[~out], y[~out]), columns[out])
    slope, constant, nearer, elsewhere, offset = fit(x, y).tolist()
    return {k: round(v, 4) for k, v in dict(slope=slope, offset=offset, shown=constant, nearer=nearer, elsewhere=elsewhere).items()}, [round(average_precision(p, y), 4) for p in scores]


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
    z, y, weight, best, asked, near = [], [], [], Counter(), Counter(), []
    for name, windows, labels, collection in sets:
        shown = things(model, tok, collection) if collection else []
        v = torch.stack([x[2] for x in encode(model, tok, [types.write(k) for k in labels])])
        before = len(z)
        for w, (tags, halves, _, encoding) in zip(windows, encode(model, tok, [w.text for w in windows])):
            at = [(pieces_of(encoding, t.span), t) for t in w.typed]
            at = [(p, t) for p, t in at if p and p[1] < len(tags) - 1]
            if not at: continue
            first, last = (torch.tensor([p[k] for p, _ in at]) for k in (0, 1))
            spans = model.spans(halves[None], torch.zeros_like(first), first, last)["kind"]
            for row, span, (_, t) in zip(model.kind_scores(spans, v), spans, at):
                known = [k for k, label in enumerate(labels) if label in t.holds or label in t.looked]
                z += [row[k].item() for k in known]; y += [labels[k] in t.holds for k in known]
                if shown: near += [(collection.name, row[k].item(), *nearness(span, labels[k].split(":")[-1], shown, collection), labels[k] in t.holds) for k in known]
                if t.holds:
                    asked[name] += 1
                    best[name] += labels[max(known, key=lambda k: row[k].item())] in t.holds
        weight += [1 / max(1, len(z) - before)] * (len(z) - before)
    z, y = torch.tensor(z), torch.tensor(y)
    slope, offset = platt(z, y, torch.tensor(weight) * len(y) / sum(weight))
    p = torch.sigmoid(slope * z + offset)
    order = z.argsort(descending=True); tp = y[order].float().cumsum(0); precision = tp / torch.arange(1, len(y) + 1)
    taught, precisions = fit_taught(near)
    report = dict(slope=round(slope, 4), offset=round(offset, 4), questions=len(y), holding=int(y.sum()), best={name: round(best[name] / asked[name], 4) for name in asked}, calibrationError=round(calibration_error(p, y), 4),
                  averagePrecision=round((precision * y[order]).sum().item() / y.sum().item(), 4),
                  taught=taught, documentsAveragePrecision=dict(zip(("described", "taught"), precisions)), step=saved["step"])
    (o.model.parent / "calibration.json").write_text(json.dumps(report, indent=1) + "\n")
    print(json.dumps(report))


if __name__ == "__main__":
    main()
