"""Prints the relation encoder's numbers on sets that it was not trained on.

    python measure_relations.py --data DATA --model RUN/last.pt [--episodes 500] [--per-relation 60]
"""
import argparse
import json
import random
from pathlib import Path

import torch

import windows as source
from backbone import RelationEncoder, load_backbone
from train_relations import describe, pack, tokenizer


@torch.no_grad()
def vectors(model, tok, items, batch=32):
    order = sorted(range(len(items)), key=lambda i: len(items[i][0]))
    out = [None] * len(items)
    for at in range(0, len(order), batch):
        part = order[at: at + batch]
        tensors, kept = pack([items[i] for i in part], tok)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            u = model(*tensors)
        for row, i in enumerate(part): out[i] = u[row, 0].float() if kept[row] else torch.zeros(u.shape[-1])
    return torch.stack(out)


def few_shot(u, labels, ways, shots, episodes, seed=7):
    chance, by = random.Random(seed), {}
    for i, l in enumerate(labels): by.setdefault(l, []).append(i)
    right = 0
    for _ in range(episodes):
        classes = chance.sample(sorted(by), ways)
        picked = [chance.sample(by[c], shots + 1) for c in classes]
        prototypes = torch.stack([u[p[:shots]].mean(0) for p in picked])
        right += (u[[p[shots] for p in picked]] @ prototypes.T).argmax(1).eq(torch.arange(ways)).sum().item()
    return 100 * right / (episodes * ways)


def macro_f1(truth, guess):
    total = 0
    for l in set(truth):
        tp = sum(t == g == l for t, g in zip(truth, guess)); p = sum(g == l for g in guess); r = sum(t == l for t in truth)
        total += 2 * tp / (p + r) if p + r else 0
    return 100 * total / len(set(truth))


def sample(path, per, seed=5):
    by = {}
    for w in source.sentence_pairs(path): by.setdefault(next(iter(w.pairs[0].holds), None), []).append(w)
    chance = random.Random(seed)
    return [w for r in sorted(k for k in by if k) for w in chance.sample(by[r], min(per, len(by[r])))]


@torch.no_grad()
def main():
    a = argparse.ArgumentParser()
    a.add_argument("--data", type=Path, required=True); a.add_argument("--model", type=Path); a.add_argument("--episodes", type=int, default=500); a.add_argument("--per-relation", type=int, default=60)
    o = a.parse_args()
    torch.set_num_threads(2)
    model, tok, report = RelationEncoder(load_backbone()), tokenizer(), {}
    if o.model: model.load_state_dict(torch.load(o.model, map_location="cpu")["model"])
    model.eval()
    texts = source.relation_texts(o.data)
    for name, file in (("fewrel", "fewrel-val"), ("pubmed", "fewrel-pubmed")):
        items = sample(o.data / f"relations/{file}.jsonl", o.per_relation)
        u = vectors(model, tok, [(w.text, [(w.pairs[0].head, w.pairs[0].tail)]) for w in items])
        labels = [next(iter(w.pairs[0].holds)) for w in items]
        for ways, shots in ((5, 1), (5, 5), (10, 1), (10, 5)): report[f"{name} {ways}-way {shots}-shot"] = round(few_shot(u, labels, ways, shots, o.episodes), 1)
        known = sorted(set(labels) & set(texts))
        if len(known) == len(set(labels)):
            v = vectors(model, tok, [describe(texts[r]) for r in known])
            z = model.scores(u, v)
            report[f"{name} zero-shot macro-F1"] = round(macro_f1(labels, [known[i] for i in z.argmax(1).tolist()]), 1)
    print(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
