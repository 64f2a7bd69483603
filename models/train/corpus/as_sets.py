"""Authored document sets -> evaluation sets (ontology.yaml, corpus.jsonl, gold.jsonl): the sets that training leaves out choose settings.

    python as_sets.py --out DIR [NAME...]       without names: those that training leaves out
    python as_sets.py --out DIR --taught        each in four parts, the facts of the other three as examples for one
"""
import argparse
import json
from pathlib import Path

import yaml

import documents
from sampler import DEV_COLLECTIONS

MOST_EXAMPLES, PARTS = 20, 4


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


def examples(c: documents.Collection, shown) -> list[dict]:
    """What documents state, at most MOST_EXAMPLES a relation, as the sentences that hold the passage and the mentions in it that stand nearest to each other."""
    found = {}
    for d in shown:
        for f in d.facts:
            inside = lambda key: [m for m in d.mentions if m.key == key and f.start <= m.start and m.end <= f.end]
            head, tail = min(((h, t) for h in inside(f.head) for t in inside(f.tail)), key=lambda pair: abs(pair[0].start - pair[1].start))
            around = [(a, b) for a, b in documents.sentences(d.text) if a < f.end and f.start < b]
            start, end = min([f.start, *(a for a, _ in around)]), max([f.end, *(b for _, b in around)])
            span = lambda m: [units(d.text[start:m.start], m.start - start), units(d.text[start:m.end], m.end - start)]
            found.setdefault(f.relation, []).append(dict(relation=f.relation, text=d.text[start:end], head=span(head), tail=span(tail)))
    return [e for r in sorted(found) for e in found[r][:: max(1, len(found[r]) // MOST_EXAMPLES)][:MOST_EXAMPLES]]


def main():
    a = argparse.ArgumentParser()
    a.add_argument("--out", type=Path, required=True); a.add_argument("--folder", type=Path, default=Path(__file__).parent / "documents"); a.add_argument("names", nargs="*")
    a.add_argument("--taught", action="store_true")
    o = a.parse_args()
    for name in o.names or DEV_COLLECTIONS:
        c, wrong = documents.read(o.folder / f"{name}.yaml")
        if wrong: raise SystemExit("\n".join(wrong))
        parts = [(f"{name}-{k}", c.documents[k::PARTS], [d for n, d in enumerate(c.documents) if n % PARTS != k]) for k in range(PARTS)] if o.taught else [(name, c.documents, [])]
        for folder, measured, shown in parts:
            place = o.out / folder
            place.mkdir(parents=True, exist_ok=True)
            (place / "ontology.yaml").write_text(yaml.safe_dump(ontology(c), sort_keys=False, allow_unicode=True, width=200), encoding="utf8")
            files = dict(corpus=[dict(id=d.id, text=d.text) for d in measured], gold=[gold(d) for d in measured]) | (dict(examples=examples(c, shown)) if o.taught else {})
            for file, rows in files.items(): (place / f"{file}.jsonl").write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf8")


if __name__ == "__main__":
    main()
