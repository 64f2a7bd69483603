"""Refuses a training mix that holds a sentence of an evaluation set.

    python check_mix.py --data DATA --eval EVAL        exit 1 and the sentences where there are any

Compared are sentences of eight words and more, in small letters without punctuation: every text that the two encoders train on
(windows as the trainers cut them, and the authored corpus filled once) against every text that is for measuring only.
"""
import argparse
import random
import re
import sys
from pathlib import Path

import entity_windows  # makes the corpus' modules known
import documents
import generate
import windows
from sampler import name_pools
from train_entities import authored

MEASURED = ["relations/fewrel-val", "relations/fewrel-nyt", "relations/fewrel-pubmed", "relations/semeval.test", "relations/crossre.dev", "relations/crossre.test",
            "mentions/crossner.dev", "mentions/crossner.test", "mentions/wnut17.test", "mentions/btc.test", "documents/crossre.dev", "documents/crossre.test"]
LEAST = 8


def sentences(text):
    for part in re.split(r"(?<=[.!?])\s+|\n+", text):
        words = re.findall(r"\w+", part.lower())
        if len(words) >= LEAST: yield " ".join(words)


def main():
    a = argparse.ArgumentParser()
    a.add_argument("--data", type=Path, required=True); a.add_argument("--eval", type=Path, required=True)
    a.add_argument("--corpus", type=Path, default=Path(__file__).parent / "corpus/fields")
    o = a.parse_args()
    measured = {}
    for name in MEASURED:
        for row in windows.lines(o.data / f"{name}.jsonl"):
            for s in sentences(row["text"]): measured[s] = name
    for path in sorted(o.eval.glob("*/corpus.jsonl")):
        for row in windows.lines(path):
            for s in sentences(row["text"]): measured[s] = f"eval/{path.parent.name}"
    chance = random.Random(1)
    trained, _ = windows.load(o.data, hold_out=False)
    mix = {name: [w.text for w in ws] for name, ws in trained.items()}
    types, names = entity_windows.TypeTexts(o.corpus), generate.Names(name_pools(o.data), chance)
    ends = entity_windows.RelationEnds(o.corpus, types)
    for w in [*entity_windows.sentences(o.data), *entity_windows.documents(o.data, ends), *entity_windows.by_relations(o.data, ends)]: mix.setdefault(f"entities: {w.source}", []).append(w.text)
    mix["authored"] = [w.text for f in generate.load_fields(o.corpus) for w in authored(f, names, chance, types)]
    mix["authored documents"] = [d.text for c in documents.load(o.corpus.parent / "documents") for d in c.documents]
    found = 0
    for name, texts in sorted(mix.items()):
        hits = sorted({s for t in texts for s in sentences(t)} & measured.keys())
        found += len(hits)
        print(f"{name}: {len(texts)} texts, {len(hits)} sentences of evaluation sets")
        for s in hits[:10]: print(f"  [{measured[s]}] {s}")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
