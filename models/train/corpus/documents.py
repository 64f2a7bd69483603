"""Reads and checks the authored documents: an ontology a file, texts with marked mentions, and the facts that each text states.

    python documents.py FILE...     checks, prints what is wrong and what was counted; exit status 1 where something is wrong
"""
import random
import re
import sys
from dataclasses import dataclass
from pathlib import Path

import yaml

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from windows import Pair, RelationText, Window

LITERALS = ("date", "number", "quantity", "string")
MARK = re.compile(r"\[([^\[\]|]+)\|([A-Za-z0-9_-]+)(?::([A-Za-z]+))?\]")
END = re.compile(r"</?([ht])>")


@dataclass(frozen=True)
class Mention:
    start: int
    end: int
    key: str


@dataclass(frozen=True)
class Fact:
    head: str
    relation: str
    tail: str
    start: int  # of the passage that states it
    end: int


@dataclass
class Document:
    id: str
    kind: str
    text: str
    mentions: list[Mention]
    types: dict[str, str]  # key -> type or literal kind
    facts: list[Fact]


@dataclass
class Collection:
    name: str
    types: dict[str, dict]  # name -> description, parents, ner
    relations: dict[str, dict]
    documents: list[Document]

    def is_a(self, kind: str, ancestor: str) -> bool:
        return kind == ancestor or any(self.is_a(p, ancestor) for p in self.types.get(kind, {}).get("parents", []))

    def allows(self, relation: str, head: str, tail: str) -> bool:
        row = self.relations[relation]
        def fits(h, t): return any(self.is_a(h, d) for d in row["domain"]) and any(self.is_a(t, r) for r in row["range"])
        return fits(head, tail) or (row.get("symmetric", False) and fits(tail, head))


def many(value):
    return list(value) if isinstance(value, list) else [value]


def read_text(marked: str, wrong) -> tuple[str, list[Mention], dict[str, str]]:
    text, mentions, types, at = "", [], {}, 0
    for m in MARK.finditer(marked):
        text += marked[at:m.start()]
        mentions.append(Mention(len(text), len(text) + len(m[1]), m[2]))
        text, at = text + m[1], m.end()
        if m[3] and types.setdefault(m[2], m[3]) != m[3]: wrong(f"{m[2]} is called {types[m[2]]} and {m[3]}")
    text += marked[at:]
    for bad in re.findall(r".{0,20}[\[\]].{0,20}", text): wrong(f"bracket left in the text: {bad!r}")
    for m in mentions:
        if m.key not in types: wrong(f"[{text[m.start:m.end]}|{m.key}] has no type at any mention")
    return text, mentions, types


def read(path: Path) -> tuple[Collection, list[str]]:
    errors: list[str] = []
    raw = yaml.safe_load(path.read_text(encoding="utf8"))
    types = {n: (dict(description=t) if isinstance(t, str) else dict(t)) for n, t in raw["types"].items()}
    for row in types.values(): row["parents"] = many(row.get("parents", []))
    relations = {}
    for row in raw["relations"]: relations[row["id"]] = dict(row, domain=many(row["domain"]), range=many(row["range"]))
    found = Collection(path.stem, types, relations, [])
    known = {*types, *LITERALS}
    for name, row in types.items():
        for p in row["parents"]:
            if p not in types: errors.append(f"type {name}: parent {p} is unknown")
    for name, row in relations.items():
        if not row.get("description"): errors.append(f"relation {name}: no description")
        for kind in (*row["domain"], *row["range"]):
            if kind not in known: errors.append(f"relation {name}: type {kind} is unknown")
        for example in (*row.get("examples", []), *row.get("negatives", [])):
            if sorted(END.findall(example)) != ["h", "h", "t", "t"]: errors.append(f"relation {name}: example lacks <h>..</h> or <t>..</t>: {example}")
    for row in raw["documents"]:
        where = f"{path.stem} {row['id']}"
        wrong = lambda what, where=where: errors.append(f"{where}: {what}")
        text, mentions, kinds = read_text(row["text"].strip(), wrong)
        for key, kind in kinds.items():
            if kind not in known: wrong(f"type {kind} of {key} is unknown")
        document = Document(row["id"], row.get("kind", ""), text, mentions, kinds, [])
        for fact in row.get("facts") or []:
            if not isinstance(fact, list) or len(fact) != 4: wrong(f"a fact is [head, RELATION, tail, passage]: {fact}"); continue
            head, relation, tail, passage = fact
            flat = re.sub(r"\s+", " ", str(passage)).strip()
            hit = re.search(r"\s+".join(map(re.escape, flat.split(" "))), text)
            if relation not in relations: wrong(f"relation {relation} is unknown"); continue
            if head not in kinds or tail not in kinds: wrong(f"{head if head not in kinds else tail} of {relation} is not marked in the text"); continue
            if kinds[head] in known and kinds[tail] in known and not found.allows(relation, kinds[head], kinds[tail]): wrong(f"{relation} does not allow {kinds[head]} -> {kinds[tail]} ({head}, {tail})"); continue
            if not hit: wrong(f"passage of {head} {relation} {tail} is not in the text: {flat!r}"); continue
            inside = lambda key: any(m.key == key and m.start >= hit.start() and m.end <= hit.end() for m in mentions)
            lacking = [key for key in (head, tail) if not inside(key)]
            if lacking: wrong(f"passage of {head} {relation} {tail} holds no mention of {', '.join(lacking)}: {flat!r}"); continue
            document.facts.append(Fact(head, relation, tail, hit.start(), hit.end()))
        found.documents.append(document)
    return found, errors


def load(folder: Path) -> list[Collection]:
    """All collections in order of their names; fails where one is wrong."""
    found = [read(path) for path in sorted(folder.glob("*.yaml"))]
    wrong = [e for _, errors in found for e in errors]
    if wrong: raise SystemExit("\n".join(wrong))
    return [collection for collection, _ in found]


def words(kind: str) -> str:
    """`SoftwareProduct` -> `software product`, as a description is worded when it is read."""
    return re.sub(r"[_-]+", " ", re.sub(r"(?<=[a-z\d])(?=[A-Z])", " ", kind)).lower()


def relation_texts(collections) -> dict[str, RelationText]:
    return {f"ad:{c.name}:{r}": RelationText(row.get("name", r), row["description"], row.get("aliases", []), ", ".join(map(words, row["domain"])), ", ".join(map(words, row["range"])))
            for c in collections for r, row in c.relations.items()}


BREAK = re.compile(r"\n+|(?<=[.!?])[\"'”’»)]*\s+(?=[\"'“‘«(]*[A-Z0-9ÀÁÅÄÉÖØÜŠŽ])")
SHORTENED = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Prof|St|No|Nr|vs|approx|ca|e\.g|i\.e|Inc|Ltd|Co|[A-Z])\.$")


def sentences(text: str) -> list[tuple[int, int]]:
    """Lines, and in them what stops and capital letters part."""
    found, start = [], 0
    for m in BREAK.finditer(text):
        end = m.start() + len(m[0]) - len(m[0].lstrip("\"'”’»)")) if "\n" not in m[0] else m.start()
        if "\n" not in m[0] and SHORTENED.search(text[:m.start()]): continue
        if text[start:end].strip(): found.append((start, end))
        start = m.end()
    if text[start:].strip(): found.append((start, len(text)))
    return found


def windows(collection: Collection, chance: random.Random):
    """Sentences, neighbours on a line, and lines under the name that they speak of, as a document is read; every allowed pair is stated, unstated or left out."""
    scheme = {r: f"ad:{collection.name}:{r}" for r in collection.relations}
    for name, row in collection.relations.items():
        for example, holds in [(e, True) for e in row.get("examples", [])] + [(e, False) for e in row.get("negatives", [])]:
            yield from taught(example, scheme[name], holds)
    for document in collection.documents:
        bounds = sentences(document.text)
        same_line = lambda k: "\n" not in document.text[bounds[k][1]:bounds[k + 1][0]]
        units = [(a, b) for a, b in bounds] + [(bounds[k][0], bounds[k + 1][1]) for k in range(len(bounds) - 1) if same_line(k)]
        for start, end in units:
            inside = [m for m in document.mentions if start <= m.start and m.end <= end]
            across = (start, end) not in bounds
            pairs = list(judged(collection, document, inside, inside, scheme))
            if across: pairs = [(p, h, t) for p, h, t in pairs if p.holds or chance.random() < 0.3]
            yield from packed(document.text[start:end], [(p, h.start - start, h.end - start, t.start - start, t.end - start) for p, h, t in pairs], chance)
        for (start, end), label, cell in cells(document.text, bounds):
            first = [m for m in document.mentions if start <= m.start and m.end <= start + len(document.text[start:end].split(";")[0])]
            there = [m for m in document.mentions if cell[0] <= m.start and m.end <= cell[1]]
            row = document.text[start:cell[0]] + label + ": " + document.text[cell[0]:end]
            at = lambda m: (m.start - start + (len(label) + 2) * (m.start >= cell[0]), m.end - start + (len(label) + 2) * (m.start >= cell[0]))
            pairs = [*judged(collection, document, first, there, scheme), *judged(collection, document, there, first, scheme)]
            yield from packed(row, [(p, *at(h), *at(t)) for p, h, t in pairs], chance)
        for k, (start, end) in enumerate(bounds[1:], 1):
            if "\n" not in document.text[bounds[k - 1][1]:start] and chance.random() < 0.7: continue
            above = [m for m in document.mentions if bounds[max(0, k - 8)][0] <= m.start < start and document.types[m.key] not in LITERALS]
            here = [m for m in document.mentions if start <= m.start and m.end <= end]
            topics = {f.head for f in document.facts if f.start < start < f.end} | {f.tail for f in document.facts if f.start < start < f.end}
            named = [m for m in above if m.key in topics] or above[:1]
            for topic in {m.key: m for m in named if m.key not in {h.key for h in here}}.values():
                title = document.text[topic.start:topic.end] + ". "
                at = lambda m: (0, len(title) - 2) if m is topic else (m.start - start + len(title), m.end - start + len(title))
                pairs = [*judged(collection, document, [topic], here, scheme), *judged(collection, document, here, [topic], scheme)]
                yield from packed(title + document.text[start:end], [(p, *at(h), *at(t)) for p, h, t in pairs], chance)


def cells(text: str, bounds):
    """(row, heading of the column, cell) of tables whose cells are parted by semicolons, for every cell but the first."""
    header = None
    for start, end in bounds:
        parts = [m.span() for m in re.finditer(r"[^;]+", text[start:end])] if text[start:end].count(" ; ") > 1 else []
        if not parts: header = None; continue
        labels = [text[start + a:start + b].strip(" ()|") for a, b in parts]
        if header is None or len(header) != len(parts): header = labels; continue
        for (a, b), label in list(zip(parts, header))[1:]:
            lead = len(text[start + a:start + b]) - len(text[start + a:start + b].lstrip())
            yield (start, end), label, (start + a + lead, start + b)


def marked(example: str) -> tuple[str, dict[str, tuple[int, int]]]:
    """(text, spans of `h` and `t`) of an example with marks."""
    at, text, ends = 0, "", {}
    for m in END.finditer(example):
        text += example[at:m.start()]
        ends.setdefault(m[1], []).append(len(text))
        at = m.end()
    return text + example[at:], {letter: tuple(span) for letter, span in ends.items()}


def taught(example: str, relation: str, holds: bool):
    """An example of the ontology: what it states of its ends, and the reverse."""
    text, ends = marked(example)
    yield Window(text, [Pair(ends["h"], ends["t"], frozenset([relation] if holds else []), frozenset([relation]))], "documents")


def judged(collection, document, heads, tails, scheme):
    """(pair without places, head mention, tail mention) for ordered pairs that some relation allows."""
    for h in heads:
        for t in tails:
            if h.key == t.key or (h.start < t.end and t.start < h.end): continue
            kinds = document.types[h.key], document.types[t.key]
            allowed = [r for r in collection.relations if collection.allows(r, *kinds)]
            if not allowed: continue
            holds, open_ = set(), set()
            for f in document.facts:
                ends = {(f.head, f.tail), (f.tail, f.head)} if collection.relations[f.relation].get("symmetric") else {(f.head, f.tail)}
                if (h.key, t.key) not in ends: continue
                stated = all(f.start <= m.start and m.end <= f.end for m in (h, t))
                (holds if stated else open_).add(f.relation)
            yield Pair((0, 0), (0, 0), frozenset(scheme[r] for r in holds), frozenset(scheme[r] for r in collection.relations if r not in open_ - holds)), h, t


def packed(text, placed, chance, most=12):
    """At most `most` pairs a window, stated ones first; none where nothing is asked."""
    pairs = [Pair((a, b), (c, d), p.holds, p.checked) for p, a, b, c, d in placed]
    stated, rest = [p for p in pairs if p.holds], [p for p in pairs if not p.holds]
    chance.shuffle(stated); chance.shuffle(rest)
    kept = stated[: most * 2 // 3]
    kept += rest[: most - len(kept)]
    if kept: yield Window(text, kept, "documents")


def main():
    failed = False
    for name in sys.argv[1:]:
        found, errors = read(Path(name))
        for e in errors: print("WRONG", e)
        used = {f.relation for d in found.documents for f in d.facts}
        facts, words = sum(len(d.facts) for d in found.documents), sum(len(d.text.split()) for d in found.documents)
        print(f"{found.name}: {len(found.types)} types, {len(found.relations)} relations ({len(found.relations.keys() - used)} unused: {', '.join(sorted(found.relations.keys() - used))}), "
              f"{len(found.documents)} documents, {words} words, {sum(len(d.mentions) for d in found.documents)} mentions, {facts} facts")
        failed |= bool(errors)
    sys.exit(failed)


if __name__ == "__main__":
    main()
