"""Authored document sets -> evaluation sets (ontology.yaml, corpus.jsonl, gold.jsonl): the sets that training leaves out choose settings.

    python as_sets.py --out DIR [--folds N] [--trained | NAME...]       without names: those that training leaves out; with --trained all others

With folds each collection becomes N sets, a part of its documents in each, where what the other parts state are the examples (examples.jsonl): relations
that no training saw, with some examples.
"""
import argparse
import json
import re
from pathlib import Path

import yaml

import documents
from sampler import DEV_COLLECTIONS


def units(text: str, at: int) -> int:
    """Python's offset -> UTF-16."""
    return len(text[:at].encode("utf-16-le")) // 2


def ontology(c: documents.Collection) -> dict:
    one = lambda kinds: kinds[0] if len(kinds) == 1 else kinds
    types = {n: {k: v for k, v in dict(description=row.get("description"), parents=row["parents"], ner=documents.many(row.get("ner", []))).items() if v} for n, row in c.types.items()}
    relations = {n: {k: v for k, v in dict(label=row.get("name"), description=row["description"], domain=one(row["domain"]), range=one(row["range"]), symmetric=row.get("symmetric"),
                                           examples=row.get("examples"), negatives=row.get("negatives")).items() if v} for n, row in c.relations.items()}
    return dict(name=c.name, version="1.0.0", types=types, relations=relations)


def gold(document: documents.Document) -> dict:
    def end(key):
        mentions = [m for m in document.mentions if m.key == key]
        words = sorted({document.text[m.start:m.end] for m in mentions}, key=lambda w: (not any(ch.isupper() or ch.isdigit() for ch in w), -len(w), w))
        row = dict(names=words, spans=[[units(document.text, m.start), units(document.text, m.end)] for m in mentions])
        kind = document.types[key]
        return row | (dict(literal=kind) if kind in documents.LITERALS else dict(id=f"{document.id}:{key}"))
    return dict(id=document.id, triples=[dict(relation=f.relation, head=end(f.head), tail=end(f.tail)) for f in {(f.head, f.relation, f.tail): f for f in document.facts}.values()])


SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[\"“'(]?[A-Z0-9])|\n")


def example(document: documents.Document, fact: documents.Fact) -> dict:
    """The sentences that a fact's passage touches, with the first mention of each end in the passage."""
    breaks = [0, *(m.end() for m in SENTENCE_END.finditer(document.text)), len(document.text)]
    start = max(b for b in breaks if b <= fact.start)
    text = document.text[start:min(b for b in breaks if b >= fact.end)].rstrip()
    span = lambda key: next([units(text, m.start - start), units(text, m.end - start)] for m in document.mentions if m.key == key and fact.start <= m.start and m.end <= fact.end)
    return dict(relation=fact.relation, text=text, head=span(fact.head), tail=span(fact.tail))


def write(place: Path, c: documents.Collection, **rows) -> None:
    place.mkdir(parents=True, exist_ok=True)
    (place / "ontology.yaml").write_text(yaml.safe_dump(ontology(c), sort_keys=False, allow_unicode=True, width=200), encoding="utf8")
    for file, some in rows.items():
        (place / f"{file}.jsonl").write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in some), encoding="utf8")


def main():
    a = argparse.ArgumentParser()
    a.add_argument("--out", type=Path, required=True); a.add_argument("--folder", type=Path, default=Path(__file__).parent / "documents"); a.add_argument("names", nargs="*")
    a.add_argument("--folds", type=int, default=1); a.add_argument("--trained", action="store_true")
    o = a.parse_args()
    trained = (path.stem for path in sorted(o.folder.glob("*.yaml")) if path.stem not in DEV_COLLECTIONS)
    for name in o.names or (trained if o.trained else DEV_COLLECTIONS):
        c, wrong = documents.read(o.folder / f"{name}.yaml")
        if wrong: raise SystemExit("\n".join(wrong))
        for fold in range(o.folds):
            own = [d for k, d in enumerate(c.documents) if k % o.folds == fold]
            rows = dict(corpus=[dict(id=d.id, text=d.text) for d in own], gold=[gold(d) for d in own])
            if o.folds > 1: rows["examples"] = [example(d, f) for d in c.documents if d not in own for f in d.facts]
            write(o.out / (f"{name}-{fold}" if o.folds > 1 else name), c, **rows)


if __name__ == "__main__":
    main()
