"""Prints the relation encoder's numbers on sets that it was not trained on.

    python measure_relations.py --data DATA --model RUN/last.pt [--episodes 500] [--per-relation 60]
"""
import argparse
import json
import random
from pathlib import Path

import torch

import windows as source
from backbone import RelationEncoder, load_backbone, narrowed, open_checkpoint
from few_shot import few_shot, few_shot_or_none, k_shot
from packing import describe, pack, tokenizer


@torch.no_grad()
def vectors_of_pairs(model, tok, items, batch=32):
    """[(text, pairs)] -> {(item, pair): vector}; at most 8 pairs an item."""
    order = sorted(range(len(items)), key=lambda i: len(items[i][0]))
    out = {}
    for at in range(0, len(order), batch):
        part = order[at: at + batch]
        tensors, kept = pack([items[i] for i in part], tok)
        with narrowed("cpu"):
            u = model(*tensors)[0]
        for row, i in enumerate(part):
            for slot, p in enumerate(kept[row]): out[i, p] = u[row, slot].float()
    return out


@torch.no_grad()
def vectors(model, tok, items, batch=32):
    order = sorted(range(len(items)), key=lambda i: len(items[i][0]))
    out = [None] * len(items)
    for at in range(0, len(order), batch):
        part = order[at: at + batch]
        tensors, kept = pack([items[i] for i in part], tok)
        with narrowed("cpu"):
            u = model(*tensors)[0]
        for row, i in enumerate(part): out[i] = u[row, 0].float() if kept[row] else torch.zeros(u.shape[-1])
    return torch.stack(out)


def weighted(model, u):
    """Vectors whose inner product is the model's own weighted sum of cosines."""
    g, r = torch.nn.functional.softplus(model.gains).sqrt(), model.relation
    return torch.cat([u[:, :r] * g[0], u[:, r:r + model.end] * g[1], u[:, r + model.end:] * g[2]], -1)


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
def semeval(model, tok, data, texts):
    """Macro-F1 over the nine directed relations without Other: both directions of a pair are asked, none above the boundary is Other."""
    rows = list(source.lines(data / "relations/semeval.test.jsonl"))
    keys = sorted(r for r in texts if r.startswith("se:") and r.lower() not in ("se:other", "se:none"))
    v = vectors(model, tok, [describe(texts[r]) for r in keys])
    span = lambda row, end: (row[end]["start"], row[end]["end"])
    there = vectors(model, tok, [(row["text"], [(span(row, "head"), span(row, "tail"))]) for row in rows])
    back = vectors(model, tok, [(row["text"], [(span(row, "tail"), span(row, "head"))]) for row in rows])
    z = torch.stack([model.scores(there, v), model.scores(back, v)], 1)  # (rows, directions, relations)
    best, at = z.flatten(1).max(1)
    guess = [None if b < 0 else (keys[a % len(keys)][3:], "there" if a < len(keys) else "back") for b, a in zip(best.tolist(), at.tolist())]
    truth = [None if row["relation"] == "Other" else (row["relation"], "there") for row in rows]
    return official_f1([key[3:] for key in keys], truth, guess)


def semeval_items(path, most=None):
    """Pairs in the order of the text with their class of nineteen: relation and direction, or None; at most `most` of a class."""
    items, labels = [], []
    for row in source.lines(path):
        ends = [source.code_points(row["text"], (row[end]["start"], row[end]["end"])) for end in ("head", "tail")]
        forward = ends[0] < ends[1]
        items.append((row["text"], tuple(sorted(ends)))); labels.append(None if row["relation"] == "Other" else (row["relation"], "there" if forward else "back"))
    if most is None: return items, labels
    order = random.Random(0).sample(range(len(items)), len(items))
    kept = sorted(i for c in set(labels) for i in [k for k in order if labels[k] == c][:most])
    return [items[i] for i in kept], [labels[i] for i in kept]


@torch.no_grad()
def semeval_by_examples(model, tok, data):
    """The same by logistic regression on the vectors of the whole training side, its classes as examples show them."""
    (shown, labels), (asked, truths) = (semeval_items(data / f"relations/semeval.{part}.jsonl") for part in ("train", "test"))
    u = vectors(model, tok, [(text, [ends]) for text, ends in shown + asked])
    classes = sorted(set(labels), key=str)
    return official_f1(sorted({c[0] for c in classes if c}), truths, k_shot(u[: len(shown)], labels, u[len(shown):], truths, len(shown), 0, classes))


def official_f1(relations, truth, guess):
    """Macro-F1 over relations with direction: of each, a guess of the other direction is wrong. None is Other."""
    total = 0
    for r in relations:
        tp = sum(t == g and t is not None and t[0] == r for t, g in zip(truth, guess))
        total += 2 * tp / max(1, sum(g is not None and g[0] == r for g in guess) + sum(t is not None and t[0] == r for t in truth))
    return 100 * total / len(relations)


@torch.no_grad()
def main():
    a = argparse.ArgumentParser()
    a.add_argument("--data", type=Path, required=True); a.add_argument("--model", type=Path); a.add_argument("--episodes", type=int, default=500); a.add_argument("--per-relation", type=int, default=60)
    o = a.parse_args()
    torch.set_num_threads(2)
    tok, report = tokenizer(), {}
    model = open_checkpoint(o.model)[0] if o.model else RelationEncoder(load_backbone()).eval()
    texts = source.relation_texts(o.data)
    for name, file in (("fewrel", "fewrel-val"), ("pubmed", "fewrel-pubmed")):
        items = sample(o.data / f"relations/{file}.jsonl", o.per_relation)
        u = vectors(model, tok, [(w.text, [(w.pairs[0].head, w.pairs[0].tail)]) for w in items])
        labels = [next(iter(w.pairs[0].holds)) for w in items]
        v, u = u, weighted(model, u)
        for ways, shots in ((5, 1), (5, 5), (10, 1), (10, 5)): report[f"{name} {ways}-way {shots}-shot"] = round(few_shot(u, labels, ways, shots, o.episodes), 1)
        if name == "fewrel": report["fewrel 5-way 5-shot, half of none"] = round(few_shot_or_none(torch.nn.functional.normalize(u, dim=-1), labels, 5, 5, o.episodes), 1)
        known = sorted(set(labels) & set(texts))
        if len(known) == len(set(labels)):
            z = model.scores(v, vectors(model, tok, [describe(texts[r]) for r in known]))
            report[f"{name} zero-shot macro-F1"] = round(macro_f1(labels, [known[i] for i in z.argmax(1).tolist()]), 1)
    report["semeval macro-F1, directed"] = round(semeval(model, tok, o.data, texts), 1)
    report["semeval macro-F1, directed, by all examples"] = round(semeval_by_examples(model, tok, o.data), 1)
    print(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
