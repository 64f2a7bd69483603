"""Compares the encodings of a pair on relations and sets that their runs never saw: a table, means over seeds.

    python measure_encodings.py --data DATA --run "mask=m1/last.pt,m2/last.pt" --run "hybrid=m1/last.pt+e1/last.pt,…" [--episodes 1000] [--white] [--described]

A run is a name and, for each seed, a checkpoint of train_encodings.py whose folder names its encoding (log.jsonl), or two, which are joined: the hybrid.
With --white directions count less in which sentences of one training relation differ (few_shot.py). With --described a relation's name and description, as an
ontology has them, are two examples more of it in a second line, for runs that were --described; of PubMed's relations there is the name alone.
"""
import argparse
import json
from functools import lru_cache
from pathlib import Path
from statistics import mean, stdev

import torch
from torch.nn import functional as F

import windows as source
from few_shot import few_shot, few_shot_or_none, k_shot, whitening
from measure_relations import macro_f1, official_f1, sample, semeval_items
from train_encodings import PARTS, description, encoding_of, joined, open_states

SHOWN = 40  # sentences of each training relation that tell how sentences of one relation differ
SHRINKAGE, DESCRIBED = 6.0, 2.0  # chosen with 16 of the training relations left out of training
MOST_SHOWN = 64  # sentences of a class that K are drawn from


def vectors(paths, items):
    """(N, D) of unit length: all states that the checkpoints' encodings take, side by side."""
    return joined(torch.cat([states_of(path, tuple(items)) for path in paths], 1))


@lru_cache(maxsize=None)
@torch.no_grad()
def states_of(path, items):
    return open_states(path).eval()(items, PARTS[encoding_of(path)])


@lru_cache(maxsize=None)
def trained(data):
    """Sentences of the training relations, and the relation of each."""
    windows = sample(data / "relations/fewrel.train.jsonl", SHOWN)
    return [(w.text, (w.pairs[0].head, w.pairs[0].tail)) for w in windows], [min(w.pairs[0].holds) for w in windows]


def wordings(text):
    """A relation in full, by its name, by its description and by each alias, as the product words it (extract/prototypes/describe.ts)."""
    short = [text.name, *([text.description] if text.description else []), *text.aliases[:4]]
    return [text, *(source.RelationText(words, "", [], text.head, text.tail) for words in short)]


def told(paths, texts):
    """(relations, D): of each the mean over its wordings, the full one counting as much as all others together."""
    each = [wordings(text) for text in texts]
    u = vectors(paths, [description(text) for some in each for text in some])
    return torch.stack([F.normalize(part[0] + part[1:].mean(0), dim=-1) for part in u.split([len(some) for some in each])])


def views(paths, data, texts, white):
    """Two functions: sentences -> vectors, and relations -> vectors of what is said of them."""
    sentences = lambda items: vectors(paths, items)
    relations = lambda names: told(paths, [texts.get(name) or source.RelationText(name.replace("_", " "), "") for name in names])
    if not white: return sentences, relations
    items, labels = trained(data)
    known = sentences(items)
    root = whitening(known, labels, SHRINKAGE)
    around = lambda centre: lambda u: F.normalize((u - centre) @ root.T, dim=-1)
    whiten, whiten_relations = around(known.mean(0)), around(relations(sorted(set(labels))).mean(0))
    return lambda items: whiten(sentences(items)), lambda names: whiten_relations(relations(names))


def measured(paths, data, episodes, white, described):
    texts = source.relation_texts(data)
    sentences, relations = views(paths, data, texts, white)
    report = {}
    for name, file in (("FewRel", "fewrel-val"), ("PubMed", "fewrel-pubmed")):
        windows = sample(data / f"relations/{file}.jsonl", 60)
        u, labels = sentences([(w.text, (w.pairs[0].head, w.pairs[0].tail)) for w in windows]), [min(w.pairs[0].holds) for w in windows]
        each = sorted(set(labels))
        said = relations(each) if described else None
        known = dict(described=dict(zip(each, said)), weight=DESCRIBED) if described else {}
        for ways, shots in ((5, 1), (5, 5), (10, 1), (10, 5)): report[f"{name} {ways}-way {shots}-shot"] = few_shot(u, labels, ways, shots, episodes, **known)
        if name == "FewRel":
            report["FewRel 5-way 5-shot, half of none"] = few_shot_or_none(u, labels, 5, 5, episodes, **known)
            if described: report["FewRel zero-shot macro-F1"] = macro_f1(labels, [each[i] for i in (u @ said.T).argmax(1).tolist()])
    (shown, labels), (asked, truths) = (semeval_items(data / f"relations/semeval.{part}.jsonl", most) for part, most in (("train", MOST_SHOWN), ("test", None)))
    every = sentences(shown + asked)
    u, tests = every[: len(shown)], every[len(shown):]
    classes = sorted(set(labels), key=str)
    for shots in (8, 16, 32):
        scores = [official_f1(sorted({c[0] for c in classes if c}), truths, k_shot(u, labels, tests, truths, shots, seed, classes)) for seed in range(5)]
        report[f"SemEval {shots}-shot"] = mean(scores)
    return report


def main():
    a = argparse.ArgumentParser()
    a.add_argument("--data", type=Path, required=True); a.add_argument("--run", action="append", required=True); a.add_argument("--episodes", type=int, default=1000); a.add_argument("--threads", type=int, default=2)
    a.add_argument("--white", action="store_true"); a.add_argument("--described", action="store_true")
    o = a.parse_args()
    torch.set_num_threads(o.threads)
    for run in o.run:
        name, seeds = run.split("=")
        for described in (False, True) if o.described else (False,):
            reports = [measured([Path(p) for p in seed.split("+")], o.data, o.episodes, o.white, described) for seed in seeds.split(",")]
            print(f"| {name}{', described' if described else ''} | " + " | ".join(f"{mean(r[key] for r in reports):.1f}" + (f" ± {stdev(r[key] for r in reports):.1f}" if len(reports) > 1 else "") for key in reports[0]) + " |", flush=True)
        if run == o.run[-1]: print("columns:", ", ".join(reports[0]))


if __name__ == "__main__":
    main()
