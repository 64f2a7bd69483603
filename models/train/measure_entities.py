"""Measures of an entity encoder checkpoint: names by coarse type, and pronouns given their candidates.

    python measure_entities.py --data DATA --model RUN/last.pt

Names: exact span and type, micro F1, on Re-DocRED's development articles and the WNUT17 test (corporation and group as ORG, product and
creative work as MISC). GAP development: of two names or neither, which the pronoun means; F1 over the links.
"""
import argparse
import json
from pathlib import Path

import torch

import entity_windows as source
from entity_encoder import open_entities
from train_entities import encode
from packing import pieces_of, tokenizer


def decode(tags, encoding, text):
    """Names as the product reads them (extract/views/names.ts): words are whole."""
    found, open_, best = [], None, tags.float().argmax(-1).tolist()
    def close(last):
        nonlocal open_
        if open_: found.append((encoding.offsets[open_[0]][0], encoding.offsets[last][1], source.COARSE[open_[1]]))
        open_ = None
    last = None
    for k in range(1, len(tags) - 1):
        a, b = encoding.offsets[k]
        if last is not None and encoding.offsets[last][1] == a and text[a - 1].isalnum() and text[a].isalnum():
            last = k
            continue
        kind = (best[k] - 1) // 2 if best[k] else None
        if open_ and kind == open_[1] and best[k] % 2 == 0: last = k; continue
        if last is not None: close(last)
        if kind is not None: open_ = (k, kind)
        last = k
    if last is not None: close(last)
    return found


def f1(found, gold):
    right = sum(len(f & g) for f, g in zip(found, gold)); p = right / max(1, sum(map(len, found))); r = right / max(1, sum(map(len, gold)))
    return dict(precision=round(100 * p, 1), recall=round(100 * r, 1), f1=round(200 * p * r / max(1e-9, p + r), 1))


def names(model, tok, windows, kinds):
    found, gold = [], []
    for w, (tags, _, _, encoding) in zip(windows, encode(model, tok, [w.text for w in windows])):
        found.append({n for n in decode(tags, encoding, w.text) if n[2] in kinds}); gold.append({n for n in w.names if n[2] in kinds})
    return f1(found, gold)


def gap(model, tok, rows):
    right = said = wanted = 0
    for row, (tags, halves, _, encoding) in zip(rows, encode(model, tok, [r["text"] for r in rows])):
        members = [(source.code_points(row["text"], m), source.KINDS.index(k), c) for c, chain in enumerate(row["chains"]) for m, k in zip(chain["mentions"], chain["kinds"])]
        members = [(s, k, c, pieces_of(encoding, s)) for s, k, c in sorted(members)]
        if any(not p or p[1] >= len(tags) - 1 for *_, p in members): continue
        bounds = [source.code_points(row["text"], s) for s in row["sentences"]]
        first, last = (torch.tensor([p[k] for *_, p in members]) for k in (0, 1))
        v = model.spans(halves[None], torch.zeros_like(first), first, last)
        sentences = torch.tensor([next(n for n, (a, b) in enumerate(bounds) if s[0] < b or n == len(bounds) - 1) for s, *_ in members])
        words = [row["text"][slice(*s)].lower() for s, *_ in members]
        s = model.link_scores(v, torch.tensor([k for _, k, *_ in members]), sentences, torch.tensor([[float(a == b) for b in words] for a in words]))
        pronoun = next(i for i, m in enumerate(members) if m[1] == 2)
        names = [i for i in range(len(members)) if i != pronoun]
        wanted += sum(members[i][2] == members[pronoun][2] for i in names)
        best = max(names, key=lambda i: s[pronoun, i].item())
        if s[pronoun, best] > 0:
            said += 1; right += members[best][2] == members[pronoun][2]
    p, r = right / max(1, said), right / max(1, wanted)
    return dict(precision=round(100 * p, 1), recall=round(100 * r, 1), f1=round(200 * p * r / max(1e-9, p + r), 1))


@torch.no_grad()
def main():
    a = argparse.ArgumentParser()
    a.add_argument("--data", type=Path, required=True); a.add_argument("--model", type=Path, required=True)
    o = a.parse_args()
    torch.set_num_threads(1)
    (model, saved), tok = open_entities(o.model), tokenizer()
    docred = [w for row in source.lines(o.data / "documents/redocred.dev.jsonl")
              for w in source.spread(row, "docred", [(*source.code_points(row["text"], m), c["type"]) for c in row["chains"] for m in c["mentions"] if c["type"] in source.COARSE])]
    wnut = [source.tagged(row, None, "tweets") for row in source.lines(o.data / "mentions/wnut17.test.jsonl")]
    report = dict(step=saved["step"], redocredDev=names(model, tok, docred, source.COARSE), wnutTest=names(model, tok, wnut, source.COARSE[:4]), gapDev=gap(model, tok, list(source.lines(o.data / "documents/gap.dev.jsonl"))))
    print(json.dumps(report))


if __name__ == "__main__":
    main()
