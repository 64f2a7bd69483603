"""Prints how well both readings tell what the left-out authored documents state, with the annotated mentions, or with those that the product finds.

    python measure_verdicts.py --model RUN/last.pt [--most 400] [--asked FILE]      FILE: of bench/asked.ts, on the sets of corpus/as_sets.py
"""
import argparse
import json
import random
import sys
from pathlib import Path

import torch

sys.path.insert(0, str(Path(__file__).parent / "corpus"))
import asked
import documents
from backbone import open_checkpoint
from calibrate_relations import document_questions
from measure_relations import vectors_of_pairs
from packing import describe, encode, tokenizer
from sampler import DEV_COLLECTIONS
from weigh_readings import average_precision


def found_questions(path, folder):
    """As `document_questions`, of mentions as they are found."""
    collections = [c for c in documents.load(folder) if c.name in DEV_COLLECTIONS]
    windows = [w for some in asked.windows([path], collections, random.Random(1)).values() for w in some]
    return [(w.text, [(p.head, p.tail) for p in w.pairs[:8]]) for w in windows], [[{r: r in p.holds for r in sorted(p.checked)} for p in w.pairs[:8]] for w in windows], documents.relation_texts(collections)


@torch.no_grad()
def main():
    a = argparse.ArgumentParser()
    a.add_argument("--model", type=Path, required=True); a.add_argument("--most", type=int, default=400); a.add_argument("--corpus", type=Path, default=Path(__file__).parent / "corpus/documents")
    a.add_argument("--asked", type=Path)
    o = a.parse_args()
    torch.set_num_threads(1)
    (model, saved), tok = open_checkpoint(o.model), tokenizer()
    items, labels, texts = found_questions(o.asked, o.corpus) if o.asked else document_questions(o.corpus, DEV_COLLECTIONS)
    kept = sorted(random.Random(1).sample(range(len(items)), min(o.most, len(items))))
    items, labels = [items[i] for i in kept], [labels[i] for i in kept]
    keys = sorted(texts)
    found, v = vectors_of_pairs(model, tok, items), vectors_of_pairs(model, tok, [describe(texts[r]) for r in keys])
    described = torch.stack([v[k, 0] for k in range(len(keys))])
    first, questions, holds = [], [], []
    for (i, p), u in sorted(found.items()):
        z = model.scores(u[None], described)[0]
        for r, h in sorted(labels[i][p].items()): first.append(z[keys.index(r)].item()); questions.append((i, p, r)); holds.append(h)
    x, y = torch.tensor(first), torch.tensor(holds)
    top = x.argsort(descending=True)[: max(4 * int(y.sum()), 200)].tolist()  # what is worth a second reading
    again = encode(model, tok, [(items[questions[k][0]][0], [items[questions[k][0]][1][questions[k][1]]], describe(texts[questions[k][2]])[0]) for k in top], verdicts=True)
    verdict = torch.tensor([again[n, 0].item() if (n, 0) in again else -12.0 for n in range(len(top))])
    print(json.dumps(dict(step=saved["step"], questions=len(y), stated=int(y.sum()), firstAP=round(average_precision(x, y), 3), askedAgain=len(top), statedAmongThem=int(y[top].sum()),
                          firstAPthere=round(average_precision(x[top], y[top]), 3), verdictAPthere=round(average_precision(verdict, y[top]), 3),
                          bothAPthere=round(max(average_precision(w * x[top] / x[top].std() + verdict / verdict.std(), y[top]) for w in (0.3, 0.6, 1.0)), 3))))


if __name__ == "__main__":
    main()
