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

LEAST = 1e-6  # least probability that is told from none

def decode(tags, encoding, text):
    """[(start, end, log beliefs in each type)]: names as the product reads them (extract/views/names.ts): words are whole, and where names begin and end is settled before what they are."""
    words = []
    for k in range(1, len(tags) - 1):
        a, b = encoding.offsets[k]
        if words and encoding.offsets[words[-1][-1]][1] == a and text[a - 1].isalnum() and text[a].isalnum(): words[-1].append(k)
        else: words.append([k])
    if not words: return []
    beliefs = torch.softmax(tags.float(), -1)[[word[0] for word in words]]
    course, of_type, found = likeliest_course(torch.stack([beliefs[:, 0], beliefs[:, 1::2].sum(1), beliefs[:, 2::2].sum(1)], 1)), (beliefs[:, 1::2] + beliefs[:, 2::2]).clamp(min=LEAST).log(), []
    for at in (at for at, role in enumerate(course) if role == 1):
        last = next((k for k in range(at + 1, len(course)) if course[k] != 2), len(course)) - 1
        found.append((encoding.offsets[words[at][0]][0], encoding.offsets[words[last][-1]][1], of_type[at: last + 1].sum(0)))
    return found


def typed(windows, found):
    """{(start, end, type)} of each window of one text: equal names of a text are of one type, as the product takes them
    (extract/mentions/naming.ts; one sense a discourse: Gale, Church & Yarowsky 1992)."""
    beliefs = {}
    name = lambda w, n: w.text[n[0]:n[1]].lower()
    for w, some in zip(windows, found):
        for n in some: beliefs[name(w, n)] = beliefs.get(name(w, n), 0) + n[2]
    return [{(n[0], n[1], source.COARSE[beliefs[name(w, n)].argmax()]) for n in some} for w, some in zip(windows, found)]


def likeliest_course(roles):
    """(N, 3) probabilities of outside, beginning and inside -> role of each word; nothing is inside without a beginning (Viterbi 1967)."""
    first = torch.stack([roles[0, 0], roles[0, 1] + roles[0, 2], torch.zeros(())])
    best, came = first.clamp(min=1e-30).log(), []
    barred = torch.tensor([[0.0, 0.0, -1e9], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]])
    for row in roles[1:].clamp(min=LEAST).log():
        best, before = (best[:, None] + barred).max(0)
        best, came = best + row, [*came, before]
    course = [best.argmax().item()]
    for before in reversed(came): course.insert(0, before[course[0]].item())
    return course


def f1(found, gold):
    right = sum(len(f & g) for f, g in zip(found, gold)); p = right / max(1, sum(map(len, found))); r = right / max(1, sum(map(len, gold)))
    return dict(precision=round(100 * p, 1), recall=round(100 * r, 1), f1=round(200 * p * r / max(1e-9, p + r), 1))


def names(model, tok, texts, kinds):
    """`texts`: the windows of each."""
    windows, found = [w for text in texts for w in text], []
    read = iter(encode(model, tok, [w.text for w in windows]))
    for text in texts: found += typed(text, [decode(tags, encoding, w.text) for w, (tags, _, _, encoding) in zip(text, read)])
    only = lambda some: {n for n in some if n[2] in kinds}
    return f1(list(map(only, found)), [only(w.names) for w in windows])


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
    docred = [list(source.spread(row, "docred", [(*source.code_points(row["text"], m), c["type"]) for c in row["chains"] for m in c["mentions"] if c["type"] in source.COARSE]))
              for row in source.lines(o.data / "documents/redocred.dev.jsonl")]
    wnut = [[source.tagged(row, None, "tweets")] for row in source.lines(o.data / "mentions/wnut17.test.jsonl")]
    report = dict(step=saved["step"], redocredDev=names(model, tok, docred, source.COARSE), wnutTest=names(model, tok, wnut, source.COARSE[:4]), gapDev=gap(model, tok, list(source.lines(o.data / "documents/gap.dev.jsonl"))))
    print(json.dumps(report))


if __name__ == "__main__":
    main()
