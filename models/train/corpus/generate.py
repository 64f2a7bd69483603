"""Authored templates -> windows: fills slots with names, keeps what passes the filter (relation and types in the schema, both strings in the context)."""
import random
import re
from pathlib import Path

import yaml

from windows import Pair, RelationText, Window

SLOT = re.compile(r"<([htxyzuvw]):([A-Za-z]+)>")
CHOICE = re.compile(r"\{([^{}]*)\}")
MONTHS = "January February March April May June July August September October November December".split()
SYLLABLES = "ka lo mar ven tis or bel dra nor fi zen qua tor mi ra sol hal ex ar cu lum pra vi ost el gra ny tek wex ".split()


def load_fields(folder: Path):
    return [yaml.safe_load(path.read_text(encoding="utf8")) for path in sorted(folder.glob("*.yaml"))]


def relation_texts(fields, drop=frozenset()) -> dict[str, RelationText]:
    words = lambda types: ", ".join(types if isinstance(types, list) else [types])
    return {f"au:{r['id']}": RelationText(r["name"], r["description"], r.get("aliases", []), words(r["domain"]), words(r["range"]))
            for f in fields for r in f["relations"] if r.get("wikidata") not in drop}


class Names:
    """Names by type: people, organisations and places from the training data's own mentions, others invented from syllables and type words."""
    def __init__(self, pools: dict[str, list[str]], chance: random.Random):
        self.pools, self.chance = pools, chance

    def invented(self) -> str:
        c = self.chance
        word = "".join(c.choice(SYLLABLES) for _ in range(c.choice((2, 2, 3)))).capitalize()
        form = c.random()
        if form < 0.15: return f"{word.lower()}-{c.choice(('api', 'db', 'core', 'svc', 'hub', 'gate'))}"
        if form < 0.3: return f"{word} {c.choice(('One', 'II', 'Pro', 'Plus', 'X', '2', 'Prime'))}"
        if form < 0.45: return word + "".join(c.choice(SYLLABLES) for _ in range(2)).capitalize()
        if form < 0.55: return f"{word[:2].upper()}-{c.randint(2, 990)}"
        return word

    def of(self, kind: str) -> str:
        c, low = self.chance, kind.lower()
        if low == "date":
            year, month, day = c.randint(1860, 2026), c.choice(MONTHS), c.randint(1, 28)
            return c.choice((str(year), f"{month} {year}", f"{day} {month} {year}", f"{month} {day}, {year}", f"{year}-{MONTHS.index(month) + 1:02}-{day:02}", f"{day} {month}"))
        if low == "number":
            return c.choice((str(c.randint(2, 99)), f"{c.randint(1, 99)},{c.randint(0, 999):03}", f"{c.randint(1, 9)}.{c.randint(0, 9)} million", c.choice("two three four five eleven twenty forty".split())))
        if low == "quantity":
            return f"{c.choice((c.randint(2, 999), c.randint(10, 99) / 10))} {c.choice(('km', 'metres', 'kg', 'tonnes', 'MW', 'percent', 'litres', 'hours', 'days', 'GB', 'million euros', 'dollars'))}"
        if low in ("string", "url"):
            return f"{c.choice('vrRA')}{c.randint(1, 9)}.{c.randint(0, 20)}.{c.randint(0, 9)}"
        words = re.sub(r"(?<!^)([A-Z])", r" \1", kind).lower()
        if c.random() < 0.12: return f"the {words}"
        pool = self.pools["MISC"]
        if re.search(r"person|people|player|author|artist|actor|director|doctor|patient|judge|lawyer|scientist|engineer|politician|coach|monarch|officer|employee|student|writer|composer|singer|saint|soldier|chef|pilot|musician|architect", low): pool = self.pools["PER"]
        elif re.search(r"company|organi|institut|agency|team|club|party|university|school|bank|court|hospital|ministry|band|church|government|union|publisher|supplier|vendor|department|firm|fund|regulator|label|studio|museum|airline|operator", low): pool = self.pools["ORG"]
        elif re.search(r"place|city|country|region|location|state|river|mountain|island|town|village|province|territory|lake|continent|sea", low): pool = self.pools["LOC"]
        elif c.random() < 0.7: return self.invented()
        return c.choice(pool)


def fill(template: str, names: Names, chance: random.Random):
    """-> (text, {slot letter: span}) or None when an end cannot be told apart."""
    while CHOICE.search(template):
        template = CHOICE.sub(lambda m: chance.choice(m.group(1).split("|")), template, count=1)
    text, spans, at = "", {}, 0
    used = set()
    for match in SLOT.finditer(template):
        text += template[at:match.start()]
        name = names.of(match.group(2))
        for _ in range(5):
            if name.lower() not in used: break
            name = names.of(match.group(2))
        if name.lower() in used: return None
        used.add(name.lower())
        spans[match.group(1)] = (len(text), len(text) + len(name))
        text += name
        at = match.end()
    text += template[at:]
    text = text[:1].upper() + text[1:]
    return (text, spans) if "h" in spans and "t" in spans else None


def field_windows(field, names: Names, chance: random.Random, per_template: int, drop=frozenset()):
    """All relations of a field; every other slot pair of the sentence is a negative; a relation of the same field is known not to hold unless stated."""
    ids = {r["id"] for r in field["relations"]}
    for relation in field["relations"]:
        if relation.get("wikidata") in drop: continue
        key = f"au:{relation['id']}"
        rows = [(s, frozenset([key]), False) for s in relation["statements"]]
        for n in relation["negatives"]:
            holds = n.get("holds") or "none"
            rows.append((n["text"], frozenset([f"au:{holds}"]) if holds in ids else frozenset([key]) if holds == "reverse" else frozenset(), holds == "reverse"))
        for template, holds, reverse in rows:
            for _ in range(per_template):
                made = fill(template, names, chance)
                if not made: continue
                text, spans = made
                h, t = (spans["t"], spans["h"]) if reverse else (spans["h"], spans["t"])
                pairs = [Pair(h, t, holds)]
                if holds: pairs.append(Pair(t, h, frozenset(), frozenset([key])))
                for other, span in spans.items():
                    if other not in "ht":
                        pairs.append(Pair(h, span, frozenset(), frozenset([key])))
                        if chance.random() < 0.5: pairs.append(Pair(span, t, frozenset(), frozenset([key])))
                yield Window(text, pairs, "authored")
