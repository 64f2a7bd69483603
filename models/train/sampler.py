"""Which windows and which relations one step of training sees."""
import random
from pathlib import Path

import asked
import documents
import generate
import windows as source


def name_pools(data: Path):
    pools = {"PER": set(), "ORG": set(), "LOC": set(), "MISC": set()}
    for name in ("redocred.train", "docred-chains.train"):
        for row in source.lines(data / "documents" / f"{name}.jsonl"):
            for chain in row["chains"]:
                if chain["type"] in pools:
                    for m in chain["mentions"][:1]:
                        word = row["text"][m[0]:m[1]]
                        if 2 < len(word) < 40: pools[chain["type"]].add(word)
    return {k: sorted(v) for k, v in pools.items()}


# Left out of training: settings are chosen and scores are calibrated on them.
DEV_COLLECTIONS = ("care-home", "corporate-loans", "patent-filings", "helpdesk-tickets", "water-utility", "herbarium", "restaurant-guide", "ency-universities",
                   *sorted(path.stem for path in (Path(__file__).parent / "corpus/documents").glob("dev-*.yaml")))

OF_COLLECTION, OF_ASKED = 6, 2  # windows of a collection in a step; of those that the product asks, as many that state something, and as many that do not


class Sampler:
    def __init__(self, data: Path, corpus: Path, seed: int, authored=True, hold_out=True, dev_fields=(), asked_files=()):
        self.chance = random.Random(seed)
        self.windows, self.texts = source.load(data, hold_out)
        self.drop = frozenset(source.HELD_OUT) if hold_out else frozenset()
        self.by_relation = {}
        for w in self.windows["fewrel"]: self.by_relation.setdefault(next(iter(w.pairs[0].holds)), []).append(w)
        self.fields = [f for f in generate.load_fields(corpus) if f["field"] not in dev_fields] if authored else []
        self.texts |= generate.relation_texts(self.fields, self.drop)
        self.names = generate.Names(name_pools(data), self.chance)
        self.authored = {}
        for field in self.fields:
            for w in generate.field_windows(field, self.names, self.chance, 3, self.drop):
                self.authored.setdefault(field["field"], []).append(w)
        self.collections = [c for c in documents.load(corpus.parent / "documents") if c.name not in DEV_COLLECTIONS] if authored else []
        self.texts |= documents.relation_texts(self.collections)
        self.read = {c.name: list(documents.windows(c, self.chance)) for c in self.collections}
        self.asked = asked.windows(asked_files, self.collections, self.chance)

    def drawn(self, windows, stating):
        """Windows of what the product asks that state something, or that state nothing."""
        some = [w for w in windows if any(p.holds for p in w.pairs) == stating]
        return self.chance.sample(some, min(OF_ASKED, len(some)))

    def batch(self):
        """Windows, and the relations whose descriptions they are compared with."""
        c = self.chance
        picked = [w for r in c.sample(sorted(self.by_relation), 2) for w in c.sample(self.by_relation[r], 2)]
        for field in c.sample(sorted(self.authored), min(2, len(self.authored))): picked += c.sample(self.authored[field], 3)
        chosen = c.sample(self.collections, min(5, len(self.collections)))
        for collection in chosen:
            found = self.asked.get(collection.name, [])
            as_found = [*self.drawn(found, True), *self.drawn(found, False)]
            picked += as_found + c.sample(self.read[collection.name], OF_COLLECTION - len(as_found))
        picked += c.sample(self.windows["knowledgenet"], 3) + c.sample(self.windows["redocred"], 3) + c.sample(self.windows["semeval"], 1)
        labels = {r for w in picked for p in w.pairs for r in p.holds if r in self.texts}
        for collection in chosen: labels |= {f"ad:{collection.name}:{r}" for r in c.sample(sorted(collection.relations), min(5, len(collection.relations)))}
        if self.authored: labels |= set(c.sample(sorted(self.texts), 4))
        return picked, sorted(c.sample(sorted(labels), min(44, len(labels))))
