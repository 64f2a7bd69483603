"""Fits how the comparison of a pair with an unseen relation's description becomes a probability; export_relations.py takes it along.

    python calibrate_relations.py --data DATA --model RUN/last.pt        writes RUN/calibration.json

Three kinds of relations that training left out, each with the same weight:
- relations of FewRel validation, on Re-DocRED's development articles and on training articles that the seed picks. Every pair of
  mentions in one sentence whose coarse types the relation is ever seen with is a question; what is not annotated is a no.
- relations of the authored corpus's development fields: statements, hard negatives and reversed pairs, asked for the relation and
  for its siblings of one signature.
"""
import argparse
import json
import math
import random
import sys
from collections import Counter, defaultdict
from pathlib import Path

import torch

sys.path.insert(0, str(Path(__file__).parent / "corpus"))
import documents
import generate
import windows as source
from backbone import open_checkpoint
from measure_relations import vectors_of_pairs
from packing import describe, tokenizer
from sampler import DEV_COLLECTIONS, name_pools


def questions(rows, relations, most_documents, seed=3):
    """[(text, [pair])] with, for each pair, {relation: holds} over the relations that its types allow."""
    allowed, chance = defaultdict(Counter), random.Random(seed)
    for row in rows:
        for t in row.get("triples", []):
            if t["relation"] in relations: allowed[t["relation"]][row["chains"][t["head"]]["type"], row["chains"][t["tail"]]["type"]] += 1
    kinds = {r: {k for k, n in c.items() if n >= 0.05 * sum(c.values())} for r, c in allowed.items()}
    items, labels = [], []
    for row in chance.sample(rows, min(most_documents, len(rows))):
        holds = defaultdict(set)
        for t in row.get("triples", []): holds[t["head"], t["tail"]].add(t["relation"])
        for start, end in row["sentences"]:
            inside = [(c, m) for c, chain in enumerate(row["chains"]) for m in chain["mentions"] if start <= m[0] and m[1] <= end]
            pairs, asked = [], []
            for c1, m1 in inside:
                for c2, m2 in inside:
                    if c1 == c2: continue
                    ask = {r: r in holds[c1, c2] for r in relations if (row["chains"][c1]["type"], row["chains"][c2]["type"]) in kinds.get(r, ())}
                    if not ask: continue
                    a, b = source.code_points(row["text"][:end], m1), source.code_points(row["text"][:end], m2)
                    pairs.append(((a[0] - start, a[1] - start), (b[0] - start, b[1] - start))); asked.append(ask)
            for at in range(0, len(pairs), 8):
                items.append((row["text"][start:end], pairs[at: at + 8])); labels.append(asked[at: at + 8])
    return items, labels


def authored_questions(corpus, names, data, seed=3):
    """The same for fields of the authored corpus."""
    chance, items, labels, texts = random.Random(seed), [], [], {}
    fields = [f for f in generate.load_fields(corpus) if f["field"] in names]
    texts = generate.relation_texts(fields, frozenset())
    pool = generate.Names(name_pools(data), chance)
    for field in fields:
        for relation in field["relations"]:
            siblings = [f"au:{r['id']}" for r in field["relations"] if (r["domain"], r["range"]) == (relation["domain"], relation["range"])]
            for w in generate.field_windows(field | dict(relations=[relation]), pool, chance, 1):
                pairs = w.pairs[:8]
                items.append((w.text, [(p.head, p.tail) for p in pairs]))
                labels.append([{r: r in p.holds for r in siblings if p.checked is None or r in p.checked or r in p.holds} for p in pairs])
    return items, labels, texts


def document_questions(folder, names, seed=3):
    """The same for collections of authored documents."""
    chance, items, labels = random.Random(seed), [], []
    collections = [c for c in documents.load(folder) if c.name in names]
    for c in collections:
        for w in documents.windows(c, chance):
            pairs = [p for p in w.pairs if len(p.checked) > 1][:8]
            if not pairs: continue
            items.append((w.text, [(p.head, p.tail) for p in pairs]))
            labels.append([{r: r in p.holds for r in p.checked} for p in pairs])
    return items, labels, documents.relation_texts(collections)


def background(data, corpus, dev_fields, most=500, seed=5):
    """Pairs of training texts that are in no relation, and pairs of authored sentences: their mean vector is what all pairs share."""
    chance = random.Random(seed)
    windows = [*source.document_windows(data / "documents/redocred.train.jsonl"), *source.document_windows(data / "documents/knowledgenet.train.jsonl", "kn:", "knowledgenet")]
    items = [(w.text, [(p.head, p.tail) for p in w.pairs if not p.holds][:2]) for w in chance.sample(windows, most)]
    names = generate.Names(name_pools(data), chance)
    fields = [f for f in generate.load_fields(corpus) if f["field"] not in dev_fields]
    for field in chance.sample(fields, min(20, len(fields))):
        made = list(generate.field_windows(field, names, chance, 1))
        items += [(w.text, [(p.head, p.tail) for p in w.pairs][:2]) for w in chance.sample(made, min(15, len(made)))]
    return [item for item in items if item[1]]


def platt(z, y, weight, steps=200):
    """Slope and offset by Newton's method on the weighted log loss."""
    a, b = torch.tensor(1.0, dtype=torch.float64), torch.tensor(0.0, dtype=torch.float64)
    z, y, weight = z.double(), y.double(), weight.double()
    for _ in range(steps):
        p = torch.sigmoid(a * z + b); w = weight * (p * (1 - p)).clamp(min=1e-9); e = weight * (y - p)
        g = torch.stack([(e * z).sum(), e.sum()]); h = torch.tensor([[(w * z * z).sum(), (w * z).sum()], [(w * z).sum(), w.sum()]], dtype=torch.float64)
        step = torch.linalg.solve(h + 1e-6 * torch.eye(2, dtype=torch.float64), g)
        a, b = a + step[0].clamp(-1, 1), b + step[1].clamp(-2, 2)
        if step.abs().max() < 1e-7: break
    return a.item(), b.item()


def calibration_error(p, y, bins=10):
    at = (p * bins).long().clamp(max=bins - 1)
    return sum(((p[at == k].mean() - y[at == k].float().mean()).abs() * (at == k).float().mean()).item() for k in range(bins) if (at == k).any())


@torch.no_grad()
def main():
    a = argparse.ArgumentParser()
    a.add_argument("--data", type=Path, required=True); a.add_argument("--model", type=Path, required=True); a.add_argument("--documents", type=int, default=120)
    a.add_argument("--line", type=Path, help="calibration.json of the run before --keep-held-out: what was trained on cannot calibrate")
    a.add_argument("--sets", default="real text,authored,documents", help="what the line is fitted on; after --keep-held-out, the relations of real text were trained")
    a.add_argument("--corpus", type=Path, default=Path(__file__).parent / "corpus/fields"); a.add_argument("--dev-fields", default="art,transport")
    o = a.parse_args()
    torch.set_num_threads(1)
    (model, _), tok, texts = open_checkpoint(o.model), tokenizer(), source.relation_texts(o.data)
    rows = list(source.lines(o.data / "documents/redocred.dev.jsonl")) + list(source.lines(o.data / "documents/redocred.train.jsonl"))
    present = Counter(t["relation"] for row in rows for t in row.get("triples", []))
    relations = [r for r in source.HELD_OUT if present[r] >= 20 and r in texts]
    sets = {"real text": (*questions(rows, relations, o.documents if "real text" in o.sets else 1), {r: texts[r] for r in relations}), "authored": authored_questions(o.corpus, o.dev_fields.split(","), o.data),
            "documents": document_questions(o.corpus.parent / "documents", DEV_COLLECTIONS)}
    sets = {name: value for name, value in sets.items() if name in o.sets.split(",")}
    common = vectors_of_pairs(model, tok, background(o.data, o.corpus, o.dev_fields.split(",")))
    centre = torch.stack([common[k] for k in sorted(common)]).mean(0)
    g = torch.nn.functional.softplus(model.gains)
    gain = torch.cat([g[0].expand(model.relation), g[1].expand(model.end), g[2].expand(model.end)])
    report, zs, ys, ws = {}, [], [], []
    for name, (items, labels, words) in sets.items():
        keys = sorted(words)
        found, v = vectors_of_pairs(model, tok, items), vectors_of_pairs(model, tok, [describe(words[r]) for r in keys])
        at = sorted(found)
        described = torch.stack([v[k, 0] for k in range(len(keys))])
        scores = model.scores(torch.stack([found[k] for k in at]), described) - (gain * centre * described).sum(-1)
        asked = [(scores[n, keys.index(r)].item(), holds) for n, (i, p) in enumerate(at) for r, holds in labels[i][p].items()]
        z, y = torch.tensor([a for a, _ in asked]), torch.tensor([b for _, b in asked])
        slope, offset = platt(z, y, torch.ones(len(y)))
        order = z.argsort(descending=True); tp = y[order].float().cumsum(0); precision = tp / torch.arange(1, len(y) + 1)
        report[name] = dict(questions=len(y), stated=int(y.sum()), slope=round(slope, 4), offset=round(offset, 4), calibrationError=round(calibration_error(torch.sigmoid(slope * z + offset), y), 4),
                            averagePrecision=round((precision * y[order]).sum().item() / max(1, y.sum().item()), 4),
                            recallAtPrecision={f"{t:.1f}": round(max([tp[k].item() for k in range(5, len(y)) if precision[k] >= t] or [0]) / max(1, y.sum().item()), 3) for t in (0.9, 0.8, 0.7, 0.5)})
        # Documents hold many more pairs than statements: authored negatives count for the many that nobody writes down.
        w = torch.where(y, 1.0, 2.0 if name == "authored" else 1.0)
        zs.append(z); ys.append(y); ws.append(w / w.sum())
    slope, offset = platt(torch.cat(zs), torch.cat(ys), torch.cat(ws) * 1e4)
    report["both"] = dict(slope=round(slope, 4), offset=round(offset, 4))
    if o.line: report["both"] = json.loads(o.line.read_text())["both"]
    print(json.dumps(report, indent=1))
    (o.model.parent / "calibration.json").write_text(json.dumps(report | dict(centre=[round(x, 6) for x in centre.tolist()])) + "\n")


if __name__ == "__main__":
    main()
