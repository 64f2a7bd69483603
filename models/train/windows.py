"""Training records of all sources in one shape: a window of text with pairs, each with the relations that hold."""
import json
import random
import re
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

HELD_OUT = "P25 P26 P40 P59 P155 P177 P206 P361 P364 P410 P412 P413 P463 P641 P921 P2094".split()
SAME_AS_HELD_OUT = {"kn:SPOUSE", "kn:CHILD_OF"}


@dataclass
class Pair:
    head: tuple[int, int]
    tail: tuple[int, int]
    holds: frozenset[str]
    checked: frozenset[str] | None = None  # None: every relation was looked for


@dataclass
class Window:
    text: str
    pairs: list[Pair]
    source: str


@dataclass
class RelationText:
    name: str
    description: str
    aliases: list[str] = field(default_factory=list)
    head: str = ""
    tail: str = ""


def lines(path: Path):
    with path.open(encoding="utf8") as file:
        for line in file:
            yield json.loads(line)


@lru_cache(maxsize=256)
def has_pairs(text: str) -> bool:
    """Whether UTF-16 needs two units for some character."""
    return not text.isascii() and max(text) > "\uffff"


def code_points(text: str, span):
    """UTF-16 offsets -> Python's."""
    if not has_pairs(text):
        return tuple(span)
    raw = text.encode("utf-16-le")
    return tuple(len(raw[: 2 * at].decode("utf-16-le")) for at in span)


def relation_texts(data: Path) -> dict[str, RelationText]:
    texts = {}
    for prefix, name in (("", "relations"), ("kn:", "knowledgenet"), ("se:", "semeval")):
        for key, row in json.loads((data / "relations" / f"{name}.json").read_text()).items():
            kind = lambda end: ", ".join([row[end]] if isinstance(row.get(end), str) else row.get(end) or [])
            texts[prefix + key] = RelationText(row["name"], row.get("description", ""), list(row.get("aliases", []))[:8], kind("domain"), kind("range"))
    return texts


def sentence_pairs(path: Path, prefix="", source="fewrel", allowed=None):
    for row in lines(path):
        relation = prefix + row["relation"]
        if allowed is not None and relation not in allowed:
            continue
        none = row["relation"].lower() in ("other", "none")
        yield Window(row["text"], [Pair(code_points(row["text"], (row["head"]["start"], row["head"]["end"])),
                                        code_points(row["text"], (row["tail"]["start"], row["tail"]["end"])),
                                        frozenset() if none else frozenset([relation]), frozenset(["se:*"]) if prefix == "se:" and none else None)], source)


def document_windows(path: Path, prefix="", source="redocred", most_pairs=12, seed=0, drop=frozenset()):
    """Windows of one or two sentences of documents whose chains and triples are annotated; unlabelled ordered pairs are negatives."""
    chance = random.Random(seed)
    for row in lines(path):
        holds, proofs, text = {}, {}, row["text"]
        for triple in row.get("triples", []):
            holds.setdefault((triple["head"], triple["tail"]), set()).add(prefix + triple["relation"])
            proofs.setdefault((triple["head"], triple["tail"]), []).append(frozenset(triple.get("evidence") or ()))
        sentence_of = lambda m: next((k for k, (a, b) in enumerate(row["sentences"]) if a <= m[0] < b), -1)
        passages = row.get("passages")
        units = [(p["start"], p["end"], frozenset(prefix + c for c in p["checked"])) for p in passages] if passages else \
                [(row["sentences"][i][0], row["sentences"][min(i + w, len(row["sentences"])) - 1][1], None) for i in range(len(row["sentences"])) for w in (1, 2) if i + w <= len(row["sentences"])]
        for start, end, checked in units:
            inside = [(c, m) for c, chain in enumerate(row["chains"]) for m in chain["mentions"] if start <= m[0] and m[1] <= end]
            positive, negative = [], []
            for c1, m1 in inside:
                for c2, m2 in inside:
                    if c1 == c2 or (m1[0] < m2[1] and m2[0] < m1[1]):
                        continue
                    found = frozenset(holds.get((c1, c2), ()))
                    if found & drop:
                        continue
                    # Labels of a whole document say that something holds, not that this window states it.
                    if found and not passages:
                        shown = {k for k, (a, b) in enumerate(row["sentences"]) if start <= a and b <= end}
                        if not any(proof <= shown if proof else sentence_of(m1) == sentence_of(m2) for proof in proofs[c1, c2]):
                            continue
                    shift = lambda m: code_points(text[0:end], m)
                    a, b = shift(m1), shift(m2)
                    (positive if found else negative).append(Pair((a[0] - start, a[1] - start), (b[0] - start, b[1] - start), found, checked))
            chance.shuffle(positive)
            chance.shuffle(negative)
            pairs = positive[: most_pairs // 2]
            pairs += negative[: most_pairs - len(pairs)]
            if pairs and (positive or chance.random() < 0.3):
                yield Window(text[start:end], pairs, source)


def load(data: Path, hold_out=True):
    texts = relation_texts(data)
    out = set(HELD_OUT) if hold_out else set()
    drop = frozenset(out | (SAME_AS_HELD_OUT if hold_out else set()))
    usable = {r for r in texts if r not in out}
    windows = {
        "fewrel": list(sentence_pairs(data / "relations/fewrel.train.jsonl", allowed=usable)),
        "semeval": list(sentence_pairs(data / "relations/semeval.train.jsonl", "se:", "semeval")),
        "knowledgenet": list(document_windows(data / "documents/knowledgenet.train.jsonl", "kn:", "knowledgenet", drop=drop)),
        "redocred": list(document_windows(data / "documents/redocred.train.jsonl", "", "redocred", drop=drop)),
    }
    return windows, {r: t for r, t in texts.items() if r not in drop}
