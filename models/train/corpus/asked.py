"""What the product asks about the authored documents (bench/asked.ts) -> training records: mentions, types and texts as they are found, not as they are marked."""
import random
from pathlib import Path

import documents
from windows import Pair, Window, code_points, lines

HALF = 0.5  # of the longer of a mention as found and as marked


def windows(files: list[Path], collections, chance: random.Random):
    """Collection -> windows in which a pair is asked for no more than the relations that its found types allow."""
    by_name, found = {c.name: c for c in collections}, {}
    read = {(c.name, d.id): d for c in collections for d in c.documents}
    for row in (row for path in files for row in lines(path)):
        if row["set"] not in by_name: continue
        document, scheme = read[row["set"], row["document"]], {r: f"ad:{row['set']}:{r}" for r in by_name[row["set"]].relations}
        placed = [(judged(by_name[row["set"]], document, row["window"], pair, scheme), *code_points(row["text"], pair["head"]), *code_points(row["text"], pair["tail"])) for pair in row["pairs"]]
        found.setdefault(row["set"], []).extend(documents.packed(row["text"], placed, chance))
    return found


def judged(collection, document, window, pair, scheme):
    """Stated is what a fact says of the ends, found at half their length at least, whose passage reaches into the window and holds one of them; of other places and lesser parts nothing is known."""
    span = lambda some: code_points(document.text, some)
    shared = lambda a, b: min(a[1], b[1]) - max(a[0], b[0])
    window, head, tail = span(window), span(pair["headAt"]), span(pair["tailAt"])
    (heads, some_heads), (tails, some_tails) = (keys(document, end) for end in (head, tail))
    holds, known = set(), set()
    for f in document.facts:
        ends = [(f.head, f.tail), *([(f.tail, f.head)] if collection.relations[f.relation].get("symmetric") else [])]
        if not any(h in some_heads and t in some_tails for h, t in ends): continue
        known.add(f.relation)
        there = shared((f.start, f.end), window) > 0 and any(shared((f.start, f.end), end) > 0 for end in (head, tail))
        if there and any(h in heads and t in tails for h, t in ends): holds.add(f.relation)
    checked = [r for r in pair["relations"] if r in scheme and (r in holds or r not in known)]
    return Pair((0, 0), (0, 0), frozenset(scheme[r] for r in holds), frozenset(scheme[r] for r in checked))


def keys(document, end) -> tuple[set[str], set[str]]:
    """What is marked at a span: at half the length at least, and at all."""
    found = [(m.key, (min(m.end, end[1]) - max(m.start, end[0])) / max(m.end - m.start, end[1] - end[0])) for m in document.mentions if m.start < end[1] and end[0] < m.end]
    return {key for key, share in found if share >= HALF}, {key for key, _ in found}
