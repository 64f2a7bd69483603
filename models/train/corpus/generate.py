"""Authored templates -> windows: fills slots with names, keeps what passes the filter (relation and types in the schema, both strings in the context)."""
import random
import re
from pathlib import Path

import yaml

from windows import Pair, RelationText, Window

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times as fast where libyaml is
SLOT = re.compile(r"<([htxyzuvw]):([A-Za-z]+)>")
CHOICE = re.compile(r"\{([^{}]*)\}")
PART = re.compile(r"<([A-Za-z01]+)>")
MONTHS = "January February March April May June July August September October November December".split()
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
SYLLABLES = "ka lo mar ven tis or bel dra nor fi zen qua tor mi ra sol hal ex ar cu lum pra vi ost el gra ny tek wex ".split()
PEOPLE_WORDS = "the man;the woman;the manager;the engineer;the old lady;the doctor;the professor;the newcomer;the lawyer;the young man;his sister;her colleague;the captain;the applicant;the founder;the clerk".split(";")
LITERALS = {"date", "number", "quantity", "string", "url", "boolean"}
CODE_NAMES = {"Service", "System", "Software", "Host", "Database", "Cluster", "Network", "Gene", "Machine", "Part", "Paper"}  # small letters stay small at the start of a sentence
PERSON = re.compile(r"person|people|player|author|artist|actor|director|doctor|patient|judge|lawyer|scientist|engineer|politician|coach|officer|employee|student|writer|composer|singer|saint|soldier|chef|pilot|musician|architect|teacher")
PLACE = re.compile(r"place|city|country|region|location|state$|river|mountain|island|town|village|province|territory|lake|continent|sea$|constituency|base$|strait")
BODY = re.compile(r"company|organi|institut|agency|club|party|school|bank|hospital|ministry|government|union|publisher|supplier|vendor|firm|regulator|label|studio|operator|legislature|force$")
DETERMINER = re.compile(r"\b(the|a|an|this|these|his|her|its|their|our|my|your|no|every|each|any)$|['’]s?$", re.I)
BEFORE_NOMINAL = re.compile(r"(?:^|[.!?] |, )$|\b(?:by|of|to|from|with|in|at|for|that|and|into|when|while|after|before|because|whether|if|where|against|about|on) $", re.I)
COORDINATED = re.compile(r"^[\s,;/&+]*(?:and|or|und|as well as|then)?(?:\s*(?:also|by|with|to|from|the|in|of|at|for|on|even))*\s*$")


def load_fields(folder: Path):
    """Fields in order of their names; each relation knows which others may hold of the same pair (overlaps.yaml)."""
    fields = [yaml.load(path.read_text(encoding="utf8"), Loader=LOADER) for path in sorted(folder.glob("*.yaml"))]
    groups = folder.parent / "overlaps.yaml"
    together = {}
    for group in yaml.safe_load(groups.read_text(encoding="utf8")) if groups.exists() else []:
        for one in group: together.setdefault(one, set()).update(group)
    every = frozenset(f"au:{r['id']}" for f in fields for r in f["relations"])
    for field in fields:
        for r in field["relations"]:
            others = {f"au:{o}" for o in together.get(r["id"], ())} - {f"au:{r['id']}"}
            if others: r["checked"] = every - others
    return fields


def means(relation) -> set[str]:
    """Wikidata properties whose meaning the relation shares."""
    return {relation.get("wikidata"), *relation.get("same_as", [])} - {None}


def ends(relation, end: str) -> list[str]:
    return relation[end] if isinstance(relation[end], list) else [relation[end]]


def relation_texts(fields, drop=frozenset()) -> dict[str, RelationText]:
    return {f"au:{r['id']}": RelationText(r["name"], r["description"], r.get("aliases", []), ", ".join(ends(r, "domain")), ", ".join(ends(r, "range")))
            for f in fields for r in f["relations"] if not means(r) & drop}


def outer_split(text: str) -> list[str]:
    """Parts between the semicolons."""
    return [part.strip() for part in text.split(";") if part.strip()]


class Names:
    """Names by type: people, organisations and places from the training data's own mentions and from authored lists of many origins (names.yaml); types without a list get invented words and their own type word."""
    def __init__(self, pools: dict[str, list[str]], chance: random.Random):
        self.pools, self.chance = pools, chance
        lists = yaml.safe_load((Path(__file__).parent / "names.yaml").read_text(encoding="utf8"))
        self.patterns = {kind: outer_split(text) for kind, text in lists["names"].items()}
        self.groups, self.units = lists["groups"], {k: outer_split(v) for k, v in lists["units"].items()}
        self.people = [(p["first"].split(), self.surnames(p["last"])) for p in lists["people"].values()]
        self.years = None

    @staticmethod
    def surnames(text: str) -> list[str]:
        return re.findall(r"(?:van der |van |de |el-|al-|Dela )?[^\s]+", text)

    def chosen(self, text: str) -> str:
        while CHOICE.search(text):
            text = CHOICE.sub(lambda m: self.chance.choice(m.group(1).split("|")), text, count=1)
        return text

    def word(self) -> str:
        return "".join(self.chance.choice(SYLLABLES) for _ in range(self.chance.choice((2, 2, 3)))).capitalize()

    def person(self) -> str:
        c = self.chance
        first, last = c.choice(self.people)
        a, b, form = c.choice(first), c.choice(last), c.random()
        if form < 0.66: return f"{a} {b}"
        if form < 0.72: return f"{a[0]}. {b}"
        if form < 0.8: return f"{c.choice(('Dr', 'Mr', 'Ms', 'Mrs', 'Prof.', 'Dr.'))} {b}"
        if form < 0.86: return f"{a} {c.choice('ABCDEGHJKLMPRST')}. {b}"
        if form < 0.93: return a
        return b

    def part(self, name: str) -> str:
        c = self.chance
        if name == "0": return str(c.randint(0, 9))
        if name == "1": return str(c.randint(1, 9))
        if name == "A": return c.choice("ABCDEFGHKLMNPRSTVXZ")
        if name == "a": return c.choice("abcdefghklmnprstvxz")
        if name == "Year": return str(self.year())
        if name == "Word": return self.word()
        if name == "First": return c.choice(c.choice(self.people)[0])
        if name == "Last": return c.choice(c.choice(self.people)[1])
        if name == "PER": return self.person()
        if name == "LOC": return c.choice(self.patterns["City"][:-1]) if c.random() < 0.6 or not self.pools["LOC"] else c.choice(self.pools["LOC"])
        return c.choice(self.pools["ORG"]) if self.pools["ORG"] else f"{self.word()} Institute"

    def made(self, pattern: str) -> str:
        return PART.sub(lambda m: self.part(m.group(1)), self.chosen(pattern)).strip().strip('"')

    def year(self) -> int:
        if self.years: return self.chance.randint(*self.years)
        return self.chance.randint(1990, 2026) if self.chance.random() < 0.6 else self.chance.randint(1700, 2026)

    def date(self, before: str) -> str:
        """The form follows the preposition: "on" wants a day, "in" a month or a year."""
        c = self.chance
        year, m, day = self.year(), c.randint(1, 12), c.randint(1, 28)
        month, old = MONTHS[m - 1], year < 1850
        days = [f"{day} {month} {year}", f"{month} {day}, {year}", f"the {day}{'th' if 10 < day < 14 else {1: 'st', 2: 'nd', 3: 'rd'}.get(day % 10, 'th')} of {month} {year}"]
        if not old: days += [f"{year}-{m:02}-{day:02}", f"{day:02}.{m:02}.{year}", f"{day} {month[:3]} {year}", f"{c.choice(DAYS)}, {day} {month} {year}", f"{day} {month}"]
        spans = [str(year), str(year), f"{month} {year}"]
        last = re.search(r"(\w+)\W*$", before)
        word = last.group(1).lower() if last else ""
        if re.search(r"\d{4}-$|:\d\d $", before): return f"{year}-{m:02}-{day:02}"
        if word == "on": return c.choice(days)
        if word == "in": return c.choice(spans + ([f"Q{c.randint(1, 4)} {year}", f"the {c.choice(('spring', 'summer', 'autumn'))} of {year}"] if not old else [f"the winter of {year}"]))
        if word in ("the", "of") and word == "the": return f"{day} {month} {year}"
        return c.choice(days[:3] + spans + days[3:5])

    def number(self, low=2, high=None) -> str:
        c = self.chance
        return c.choice((str(c.randint(2, 99)), str(c.randint(100, 999)), f"{c.randint(1, 99)},{c.randint(0, 999):03}", f"{c.randint(1, 9)}.{c.randint(0, 9)} million", c.choice("two three four five seven eleven twelve twenty forty".split()), str(c.randint(1000, 9999))))

    def quantity(self, units) -> str:
        c = self.chance
        unit = c.choice([u for group in units or ("length", "mass", "time", "money", "power", "percent") for u in self.units.get(group, [group])])
        amount = c.choice((str(c.randint(2, 99)), str(c.randint(100, 999)), f"{c.randint(1, 99)}.{c.randint(1, 9)}", f"{c.randint(1, 90)},{c.randint(0, 999):03}"))
        if unit in "%": return f"{c.randint(1, 99)}{c.choice(('', '.' + str(c.randint(1, 9))))}%"
        if unit in ("€", "£", "$"): return unit + amount + c.choice(("", "", "m", " million", "k"))
        if unit in ("percent", "per cent"): return f"{c.randint(1, 99)} {unit}"
        if unit in ("EUR", "USD", "CHF") and c.random() < 0.6: return f"{unit} {amount}"
        if unit in ("years", "weeks", "months", "days", "hours", "minutes") and c.random() < 0.6: return f"{c.choice('two three four six nine ten twelve twenty thirty ninety'.split())} {unit}" if c.random() < 0.6 else f"{c.randint(2, 48)} {unit}"
        return f"{amount} {unit}"

    def string(self, patterns) -> str:
        c = self.chance
        return self.made(c.choice(patterns)) if patterns else f"{c.choice(('v', 'v', '', 'R', 'release '))}{c.randint(1, 19)}.{c.randint(0, 20)}{c.choice(('', '.' + str(c.randint(0, 9)), '-rc' + str(c.randint(1, 3))))}"

    def of(self, kind: str, before: str = "", relation=None, after: str = "") -> str:
        c, low, relation = self.chance, kind.lower(), relation or {}
        if low == "date": return self.date(before)
        if low == "number": return self.made(c.choice(relation["numbers"])) if relation.get("numbers") else self.number()
        if low == "quantity": return self.quantity(relation.get("units"))
        if low in LITERALS: return self.string(relation.get("strings"))
        words = re.sub(r"(?<!^)([A-Z])", r" \1", kind).lower()
        if c.random() < 0.16 and BEFORE_NOMINAL.search(before) and not re.match(r"\s*[:(|]", after):
            return c.choice(PEOPLE_WORDS) if low == "person" else f"{c.choice(('the', 'the', 'the', 'the', 'this', 'the new', 'the other'))} {words}"
        return self.name(kind, low)

    def name(self, kind: str, low: str) -> str:
        c, kind = self.chance, self.groups.get(kind, kind)
        if kind == "LOC": return self.part("LOC")
        patterns = self.patterns.get(kind)
        if PERSON.search(low): return c.choice(self.pools["PER"]) if self.pools["PER"] and c.random() < 0.45 else self.person()
        if patterns and c.random() < (0.95 if kind == "Country" else 0.6 if PLACE.search(low) or BODY.search(low) else 0.9): return self.made(c.choice(patterns))
        if PLACE.search(low): return self.part("LOC")
        if BODY.search(low): return self.part("ORG")
        if patterns: return self.made(c.choice(patterns))
        return self.made(c.choice((*("<Word>",) * 4, "<Word> {One|II|Pro|X|2|Prime}", "<A><A>-<1><0><0>", "<Word>{el|is|on|a} <Word>")) if c.random() < 0.75 or not self.pools["MISC"] else "<Word>") if c.random() < 0.75 else c.choice(self.pools["MISC"] or [self.word()])


def joined(text: str, name: str) -> tuple[str, str]:
    """No doubled articles, "an" before a vowel."""
    if DETERMINER.search(text.rstrip()) and text.endswith(" "):
        name = re.sub(r"^(?:the|a|an|this|our)\s+(?=\S)", "", name, flags=re.I)
    if re.search(r"\b[Aa] $", text) and name[:1] in "aeioAEIO": text = text[:-1] + "n "
    elif re.search(r"\b[Aa]n $", text) and name[:1].lower() not in "aeiou" and name[:1].isalpha(): text = text[:-2] + " "
    return text, name


def fill(template: str, names: Names, chance: random.Random, relation=None):
    """-> (text, {slot letter: span}) or None when an end cannot be told apart."""
    while CHOICE.search(template):
        template = CHOICE.sub(lambda m: chance.choice(m.group(1).split("|")), template, count=1)
    text, spans, at = "", {}, 0
    used = set()
    for match in SLOT.finditer(template):
        text += template[at:match.start()]
        for _ in range(6):
            head, name = joined(text, names.of(match.group(2), text, relation, template[match.end():]))
            if name and name.lower() not in used: break
        if not name or name.lower() in used: return None
        text = head
        if name[:4] in ("the ", "our ") or name[:5] == "this ":
            if not text or re.search(r"[.!?] $", text): name = name[:1].upper() + name[1:]
        used.add(name.lower())
        spans[match.group(1)] = (len(text), len(text) + len(name))
        text += name
        at = match.end()
    text += template[at:]
    first = SLOT.match(template)
    if not first or first.group(2) not in CODE_NAMES: text = text[:1].upper() + text[1:]
    return (text, spans) if "h" in spans and "t" in spans else None


def slot_types(template: str) -> dict[str, str]:
    return {m.group(1): m.group(2) for m in SLOT.finditer(template)}


def fits(template: str, relation, reverse=False) -> bool:
    """The filter's schema half: both ends present, each of a type that the relation allows there."""
    types = slot_types(template)
    h, t = ("t", "h") if reverse else ("h", "t")
    return types.get(h) in ends(relation, "domain") and types.get(t) in ends(relation, "range")


def in_context(text: str, pairs) -> bool:
    """The filter's text half: both ends are non-empty, inside the text, trimmed and apart."""
    inside = lambda s: 0 <= s[0] < s[1] <= len(text) and text[s[0]:s[1]].strip() == text[s[0]:s[1]]
    return all(inside(p.head) and inside(p.tail) and (p.head[1] <= p.tail[0] or p.tail[1] <= p.head[0]) for p in pairs)


def distinct(templates: list[str], most_alike=0.85) -> list[bool]:
    """False where an earlier template has (slots aside) nearly the same words."""
    seen, keep = [], []
    for template in templates:
        words = frozenset(re.findall(r"[\w<>]+", SLOT.sub(r"<\1>", template).lower()))
        alike = any(len(words & s) > most_alike * len(words | s) for s in seen)
        keep.append(not alike)
        if not alike: seen.append(words)
    return keep


def template_rows(field):
    """-> (relation, template, id of the relation that holds or None, reversed?) for all that pass the schema filter and are no near duplicates of another of their relation with the same outcome (a denial differs from its statement by a word)."""
    by_id = {r["id"]: r for r in field["relations"]}
    for relation in field["relations"]:
        rows = [(s, relation["id"], False) for s in relation["statements"]]
        for n in relation["negatives"]:
            holds = n.get("holds") or "none"
            rows.append((n["text"], None if holds == "none" else relation["id"] if holds == "reverse" else holds, holds == "reverse"))
        fresh = {outcome: iter(distinct([t for t, *o in rows if tuple(o) == outcome])) for outcome in {r[1:] for r in rows}}
        for template, holds, reverse in rows:
            if not next(fresh[holds, reverse]) or holds and (holds not in by_id or not fits(template, by_id[holds], reverse)): continue
            yield relation, template, holds, reverse


def field_windows(field, names: Names, chance: random.Random, per_template: int, drop=frozenset()):
    """All relations of a field; every other slot pair of the sentence is a negative, unless it stands in a list with an end; a relation of the same field is known not to hold unless stated."""
    by_id = {r["id"]: r for r in field["relations"]}
    names.years = field.get("years")
    for relation, template, stated, reverse in template_rows(field):
        if means(relation) & drop or stated and means(by_id[stated]) & drop: continue
        key, holds = f"au:{relation['id']}", frozenset([f"au:{stated}"] if stated else [])
        types = slot_types(template)
        for _ in range(per_template):
            made = fill(template, names, chance, by_id[stated or relation["id"]])
            if not made: continue
            text, spans = made
            h, t = (spans["t"], spans["h"]) if reverse else (spans["h"], spans["t"])
            # Where an overlapping relation may hold as well, nobody looked for it.
            looked = by_id[stated].get("checked") if stated else None
            pairs = [Pair(h, t, holds, looked)]
            if holds:
                back = by_id[stated].get("symmetric", False)
                pairs.append(Pair(t, h, holds, looked) if back else Pair(t, h, frozenset(), frozenset([key, *holds])))
            listed = lambda a, b: types[a] == types[b] and COORDINATED.match(text[min(spans[a][1], spans[b][1]):max(spans[a][0], spans[b][0])])
            for other, span in spans.items():
                if other in "ht" or any(listed(other, o) for o in spans if o != other): continue
                pairs.append(Pair(h, span, frozenset(), frozenset([key])))
                if chance.random() < 0.5: pairs.append(Pair(span, t, frozenset(), frozenset([key])))
            if in_context(text, pairs): yield Window(text, pairs, "authored")
