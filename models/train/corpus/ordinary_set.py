"""Ordinary prose under relations with many examples -> an evaluation set (ontology.yaml, corpus.jsonl, gold.jsonl, examples.jsonl).

    python ordinary_set.py --data DATA --out DIR [--articles N]         Re-DocRED's development articles
    python ordinary_set.py --data DATA --out DIR --passages N           passages of KnowledgeNet's training side, with what was looked for in each

Examples are sentences of other articles that hold both ends, at most 20 a relation; relations with fewer than five are left out. The passages were trained
on, a few times each: what is said of them is a little surer than of others.
"""
import argparse
import json
from collections import Counter
from pathlib import Path

import yaml

MOST_EXAMPLES, LEAST_EXAMPLES = 20, 5
TYPES = {
    "PER": ("Person", "A human being, real or invented."), "ORG": ("Organization", "A company, institution, team, party or band."),
    "LOC": ("Place", "A country, region, town, building or piece of nature."), "MISC": ("Thing", "A work, event, product, language, people or other named thing."),
}
LITERALS = {"TIME": "date", "NUM": "number"}


def plain(text: str) -> bool:
    """Whether Python counts its characters as UTF-16 does."""
    return max(map(ord, text)) < 0x10000


def lines(path: Path): return [json.loads(line) for line in path.open(encoding="utf8")]


def signature(relation, articles):
    """Types of the heads, and of the tails or their one literal kind; rare ones are slips of annotation."""
    ends = [Counter(row["chains"][t[end]]["type"] for row in articles for t in row["triples"] if t["relation"] == relation) for end in ("head", "tail")]
    heads, tails = [{k for k, n in c.items() if 10 * n >= sum(c.values())} for c in ends]
    literal = ends[1].most_common(1)[0][0]
    return sorted(heads & TYPES.keys()), LITERALS[literal] if literal in LITERALS else sorted(tails & TYPES.keys())


def examples(relation, articles):
    """Sentences with one mention of each end that hold them both, shortest first: the clearest."""
    found = []
    for row in articles:
        for t in row["triples"]:
            if t["relation"] != relation: continue
            for start, end in row["sentences"]:
                head, tail = ([m for m in row["chains"][t[e]]["mentions"] if start <= m[0] and m[1] <= end] for e in ("head", "tail"))
                if head and tail and plain(row["text"]):
                    found.append(dict(relation=relation, text=row["text"][start:end], head=[x - start for x in head[0]], tail=[x - start for x in tail[0]]))
                    break
    return sorted(found, key=lambda e: (len(e["text"]), e["text"]))[:MOST_EXAMPLES]


def passages(rows):
    """Each passage as an article of its own, with the mentions that stand in it."""
    for row in rows:
        for at, p in enumerate(row["passages"]):
            inside = lambda m: p["start"] <= m[0] and m[1] <= p["end"]
            chains = [c | dict(mentions=[[x - p["start"] for x in m] for m in c["mentions"] if inside(m)]) for c in row["chains"]]
            triples = [t for t in row["triples"] if chains[t["head"]]["mentions"] and chains[t["tail"]]["mentions"]]
            yield dict(id=f"{row['id']}:{at}", text=row["text"][p["start"]:p["end"]], sentences=[[0, p["end"] - p["start"]]], chains=chains, triples=triples, checked=p["checked"])


def redocred(o):
    """Articles to be measured, articles to be shown, texts of relations, domain and range of one, declared types."""
    train, measured = (lines(o.data / "documents" / f"redocred.{part}.jsonl") for part in ("train", "dev"))
    measured = [row for row in measured if plain(row["text"])][: o.articles]
    name = lambda kinds: kinds if isinstance(kinds, str) else [TYPES[k][0] for k in kinds]
    def ends(relation): return [name(kinds) for kinds in signature(relation, train)]
    return measured, train, json.loads((o.data / "relations/relations.json").read_text()), ends, {name: dict(description=text, ner=[hint]) for hint, (name, text) in TYPES.items()}


def knowledgenet(o):
    """The same of passages: every third row is measured, the others show."""
    rows = [row for row in lines(o.data / "documents/knowledgenet.train.jsonl") if plain(row["text"])]
    texts = json.loads((o.data / "relations/knowledgenet.json").read_text())
    measured = [p for p in passages(rows[::3]) if p["checked"]]
    kinds = {"Person": dict(description="A human being.", ner=["PER"]), "Organization": dict(description="A company, school, party or other body.", ner=["ORG"]),
             "Place": dict(description="A place on a map.", ner=["LOC"]), "Nationality": dict(description="A people, as its members are called.")}
    def ends(relation): return [texts[relation][end] for end in ("domain", "range")]
    return measured[:: max(1, len(measured) // o.passages)], list(passages([row for k, row in enumerate(rows) if k % 3])), texts, ends, kinds


def main():
    a = argparse.ArgumentParser()
    a.add_argument("--data", type=Path, required=True); a.add_argument("--out", type=Path, required=True)
    a.add_argument("--articles", type=int, default=26); a.add_argument("--passages", type=int)
    o = a.parse_args()
    measured, shown, texts, ends, types = (knowledgenet if o.passages else redocred)(o)
    kept, relations = [], {}
    for relation in sorted({t["relation"] for row in measured for t in row["triples"]}):
        some, (domain, range_) = examples(relation, shown), ends(relation)
        if len(some) < LEAST_EXAMPLES or relation not in texts or not domain or not range_: continue
        kept += some
        relations[relation] = dict(label=texts[relation]["name"], description=texts[relation]["description"], aliases=texts[relation]["aliases"][:6], domain=domain, range=range_)
    ontology = dict(name="ordinary", version="1.0.0", types=types, relations=relations)
    gold = [dict(id=row["id"], annotated=sorted(relations.keys() & set(row.get("checked", relations))), triples=[
        dict(relation=t["relation"], **{end: dict(names=sorted({row["text"][a:b] for a, b in row["chains"][t[end]]["mentions"]}), spans=row["chains"][t[end]]["mentions"]) for end in ("head", "tail")})
        for t in row["triples"] if t["relation"] in relations]) for row in measured]
    o.out.mkdir(parents=True, exist_ok=True)
    (o.out / "ontology.yaml").write_text(yaml.safe_dump(ontology, sort_keys=False, allow_unicode=True, width=200), encoding="utf8")
    for file, rows in (("corpus", [dict(id=row["id"], text=row["text"]) for row in measured]), ("gold", gold), ("examples", kept)):
        (o.out / f"{file}.jsonl").write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf8")


if __name__ == "__main__":
    main()
