"""Training records of all sources for the entity encoder in one shape: a window of text with names, typed spans and chains."""
import random
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path

import yaml

sys.path.insert(0, str(Path(__file__).parent / "corpus"))
import documents as authored
from windows import code_points, lines

COARSE = ["PER", "ORG", "LOC", "MISC", "TIME", "NUM"]
KINDS = ["name", "nominal", "pronoun"]
LONGEST = 900  # characters of a window


@dataclass
class Typed:
    span: tuple[int, int]
    holds: frozenset[str]  # none: a phrase that is of no type
    looked: frozenset[str]  # types that were looked for: those of them that are not in `holds` do not hold


@dataclass
class Chained:
    span: tuple[int, int]
    kind: int
    sentence: int
    chain: int


@dataclass
class Window:
    text: str
    source: str
    names: list[tuple[int, int, str]] | None = None  # None: names were not annotated
    partial: list[tuple[int, int, str | None]] = field(default_factory=list)  # names that are known where the others are not, with the coarse type where that is known
    unknown: bool = False  # a capital letter outside of names says nothing: the annotation misses some
    typed: list[Typed] = field(default_factory=list)
    chained: list[Chained] = field(default_factory=list)
    complete: bool = False  # every mention that could be an antecedent is annotated


# Type -> (name, descriptions). The schemes of the open sets, described for this folder; the authored corpus has types.yaml.
TYPES = {
    "rd:PER": ("Person", ["A human being, real or invented.", "people"]), "rd:ORG": ("Organization", ["A company, institution, party, team or other body of people.", "group of people with a name and a purpose"]),
    "rd:LOC": ("Location", ["A country, town, region, river, building or other place.", "somewhere that one can be"]),
    "gum:person": ("person", ["A human being or a group of people.", "someone"]), "gum:place": ("place", ["A location: country, town, room, landscape, address.", "where something is or happens"]),
    "gum:organization": ("organization", ["A company, institution, government or other organised body."]), "gum:event": ("event", ["Something that happens: an action, process, meeting, accident or change.", "happening"]),
    "gum:object": ("object", ["A thing that can be touched and was mostly made: tool, vehicle, garment, book.", "concrete thing"]), "gum:substance": ("substance", ["A material, liquid, food or chemical that is measured rather than counted."]),
    "gum:animal": ("animal", ["A living creature that is not human."]), "gum:plant": ("plant", ["A tree, flower, crop or a part of one."]), "gum:time": ("time", ["A date, duration or moment."]),
    "gum:abstract": ("abstract", ["An idea, quality, amount, field or other thing that cannot be touched.", "concept"]),
    "lb:PER": ("person", ["A character or group of people in a story.", "human"]), "lb:FAC": ("facility", ["A building, room, street or other place that people made.", "man-made place"]), "lb:LOC": ("natural place", ["A sea, hill, forest, region or other place that no government owns as such."]),
    "lb:GPE": ("geopolitical entity", ["A town, country or state: a place with people and a government."]), "lb:VEH": ("vehicle", ["A ship, carriage, train or other means of moving people."]), "lb:ORG": ("organization", ["A church, company, army or other formal body."]),
    "bc:Chemical": ("chemical", ["A chemical compound, element or drug.", "substance given as a medicine or used in an experiment"]), "bc:Disease": ("disease", ["A disease, symptom, injury or other disorder.", "what a patient suffers from"]),
    "wn:person": ("person", ["A real or invented human being."]), "wn:location": ("location", ["A place: city, country, building, park."]), "wn:corporation": ("corporation", ["A company that sells things or services."]),
    "wn:group": ("group", ["A band, sports team or other group that is not a company."]), "wn:product": ("product", ["A thing with a brand that is sold: phone, game console, car, software."]), "wn:creative-work": ("creative work", ["A film, song, book, show or game."]),
    "cn:politician": ("politician", ["A person who holds or seeks political office."]), "cn:politicalparty": ("political party", ["An organisation that puts up candidates in elections."]), "cn:election": ("election", ["A vote for an office or a parliament."]),
    "cn:person": ("person", ["A human being."]), "cn:organisation": ("organisation", ["A company, institution or other body."]), "cn:location": ("location", ["A place of any kind."]), "cn:country": ("country", ["A sovereign state, of today or former times."]), "cn:event": ("event", ["An occasion or occurrence with a name."]),
    "cn:award": ("award", ["A prize, medal or honour that is given."]), "cn:writer": ("writer", ["A person who writes books, poems or plays."]), "cn:scientist": ("scientist", ["A person who does natural science."]), "cn:researcher": ("researcher", ["A person who does research in computing or a related field."]),
    "cn:astronomicalobject": ("astronomical object", ["A star, planet, moon, galaxy or other body in space."]), "cn:musicalartist": ("musical artist", ["A singer, player or composer."]), "cn:band": ("band", ["A group that plays music together."]), "cn:book": ("book", ["A novel, study or other book with a title."]),
    "cn:university": ("university", ["A school of higher learning."]), "cn:album": ("album", ["A collection of recordings that came out under one title."]), "cn:algorithm": ("algorithm", ["A named procedure or model that computes something."]), "cn:chemicalcompound": ("chemical compound", ["A substance of two or more elements."]),
    "cn:musicgenre": ("music genre", ["A style of music."]), "cn:protein": ("protein", ["A large molecule of amino acids with a function in the cell."]), "cn:task": ("task", ["A problem that computer systems are built to solve, as speech recognition."]), "cn:product": ("product", ["A system, tool or device that someone made."]),
    "cn:poem": ("poem", ["A work in verse."]), "cn:field": ("field", ["An area of research or engineering."]), "cn:literarygenre": ("literary genre", ["A kind of writing, as satire."]), "cn:academicjournal": ("academic journal", ["A periodical that publishes research."]), "cn:metrics": ("metric", ["A measure by which results are judged."]),
    "cn:programlang": ("programming language", ["A language in which programs are written."]), "cn:conference": ("conference", ["A meeting where researchers present work."]), "cn:enzyme": ("enzyme", ["A protein that speeds up a reaction."]), "cn:discipline": ("discipline", ["A branch of science."]), "cn:song": ("song", ["A single piece of music with a title."]),
    "cn:magazine": ("magazine", ["A periodical for many readers."]), "cn:chemicalelement": ("chemical element", ["A substance of one sort of atom."]), "cn:theory": ("theory", ["A named explanation or law of science."]), "cn:musicalinstrument": ("musical instrument", ["A thing that music is played on."]),
}
CROSSNER_ABOVE = {"politician": "person", "writer": "person", "scientist": "person", "researcher": "person", "musicalartist": "person", "country": "location", "politicalparty": "organisation", "band": "organisation", "university": "organisation", "enzyme": "protein"}
TAG_OF = {"person": "PER", "politician": "PER", "writer": "PER", "scientist": "PER", "researcher": "PER", "musicalartist": "PER", "location": "LOC", "country": "LOC", "organisation": "ORG", "politicalparty": "ORG", "band": "ORG", "university": "ORG",
          "corporation": "ORG", "group": "ORG", "product": "MISC", "creative-work": "MISC", "PER": "PER", "ORG": "ORG", "LOC": "LOC",
          "PERSON": "PER", "ORGANIZATION": "ORG", "LOCATION": "LOC", "MISC": "MISC", "DATE": "TIME", "TIME": "TIME", "DURATION": "TIME", "NUMBER": "NUM", "ORDINAL": "NUM", "MONEY": "NUM", "PERCENT": "NUM"}


def of_scheme(prefix: str) -> frozenset[str]:
    return frozenset(t for t in TYPES if t.startswith(prefix))


def sentences(data: Path):
    """Single sentences with typed mentions: tweets, CrossNER, GUM, LitBank; abstracts of BC5CDR."""
    for row in lines(data / "mentions/wnut17.train.jsonl"): yield tagged(row, "wn:", "tweets")
    for row in lines(data / "mentions/btc.train.jsonl"): yield tagged(row, None, "tweets", unknown=True)
    for row in lines(data / "mentions/crossner.train.jsonl"):
        w = tagged(row, None, "crossner")
        scheme = frozenset(f"cn:{m['type']}" for m in row["mentions"]) | DOMAIN_TYPES.get(row["domain"], frozenset())
        for m in row["mentions"]:
            key = f"cn:{m['type']}"
            if key not in TYPES: continue
            above = CROSSNER_ABOVE.get(m["type"])
            w.typed.append(Typed(code_points(row["text"], (m["start"], m["end"])), frozenset([key, f"cn:{above}"] if above else [key]), frozenset(scheme & TYPES.keys()) | {key}))
        yield w
    for name, prefix in (("gum", "gum:"), ("litbank", "lb:")):
        scheme = of_scheme(prefix)
        for row in lines(data / f"mentions/{name}.train.jsonl"):
            w = Window(row["text"], name)
            for m in row["mentions"]:
                if m["end"] - m["start"] < 60: w.typed.append(Typed(code_points(row["text"], (m["start"], m["end"])), frozenset([prefix + m["type"]]), scheme))
            if w.typed: yield w
    scheme = of_scheme("bc:")
    for row in lines(data / "mentions/bc5cdr.train.jsonl"):
        end = row["text"].find(". ", 500) + 1 or len(row["text"])
        w = Window(row["text"][:end], "bc5cdr")
        for m in row["mentions"]:
            span = code_points(row["text"], (m["start"], m["end"]))
            if span[1] <= end and "bc:" + m["type"] in TYPES: w.typed.append(Typed(span, frozenset(["bc:" + m["type"]]), scheme))
        yield w


DOMAIN_TYPES = {
    "politics": frozenset("cn:" + t for t in "politician person organisation politicalparty event election country location".split()),
    "science": frozenset("cn:" + t for t in "scientist person university organisation country location discipline enzyme protein chemicalcompound chemicalelement event astronomicalobject academicjournal award theory".split()),
    "music": frozenset("cn:" + t for t in "musicgenre song band album musicalartist musicalinstrument award event country location organisation person".split()),
    "literature": frozenset("cn:" + t for t in "book writer award poem event magazine person location organisation country literarygenre".split()),
    "ai": frozenset("cn:" + t for t in "field task product algorithm researcher metrics university country person organisation location programlang conference".split()),
}


def tagged(row, prefix, source, unknown=False) -> Window:
    w = Window(row["text"], source, names=[], unknown=unknown)
    for m in row["mentions"]:
        span = code_points(row["text"], (m["start"], m["end"]))
        w.names.append((*span, TAG_OF.get(m["type"], "MISC")))
        if prefix: w.typed.append(Typed(span, frozenset([prefix + m["type"]]), of_scheme(prefix)))
    return w


def spread(row, source: str, names=None, chains=None, complete=False, typed=(), unknown=False):
    """A document in windows of whole sentences, the next beginning in the middle of the last."""
    text, bounds = row["text"], [code_points(row["text"], s) for s in row["sentences"]]
    at = 0
    while at < len(bounds):
        to = at
        while to + 1 < len(bounds) and bounds[to + 1][1] - bounds[at][0] <= LONGEST: to += 1
        start, end = bounds[at][0], bounds[to][1]
        inside = lambda s: start <= s[0] and s[1] <= min(end, start + LONGEST)
        w = Window(text[start:min(end, start + LONGEST)], source, complete=complete, unknown=unknown)
        if names is not None: w.names = [(a - start, b - start, t) for a, b, t in names if inside((a, b))]
        for c, mentions in enumerate(chains or []):
            for span, kind in mentions:
                if inside(span) and kind in KINDS:
                    w.chained.append(Chained((span[0] - start, span[1] - start), KINDS.index(kind), next(k for k, (a, b) in enumerate(bounds) if span[0] < b or k == len(bounds) - 1), c))
        w.chained.sort(key=lambda m: m.span)
        w.typed = [Typed((t.span[0] - start, t.span[1] - start), t.holds, t.looked) for t in typed if inside(t.span)]
        if w.names or w.chained or names is not None: yield w
        if to + 1 >= len(bounds): break
        at = max(at + 1, (at + to + 1) // 2 if chains else to + 1)


def by_relations(data: Path, ends: "RelationEnds"):
    """Sentences whose two ends have the types of their relation, and are names by their capitals: of open sets, where these are kept."""
    for name, prefix in (("fewrel.train", ""), ("knowledgenet.train", "kn:")):
        for row in lines(data / "relations" / f"{name}.jsonl"):
            if not row.get("cased", True): continue
            w = Window(row["text"], "relations")
            for k, end in enumerate(("head", "tail")):
                span = code_points(row["text"], (row[end]["start"], row[end]["end"]))
                found, shown = ends.typed([(prefix + row["relation"], k)]), row["text"][slice(*span)]
                if found and kind_of_mention(shown) != "pronoun": w.typed.append(Typed(span, *found))
                if re.search(r"[A-Z]", shown) and kind_of_mention(shown) == "name": w.partial.append((*span, ends.coarse(prefix + row["relation"], k)))
            if w.typed or w.partial: yield w


def typed_chains(row, ends: "RelationEnds", points):
    """Mentions of a document's names with their coarse types, and with the types that its relations tell."""
    said = {}
    for t in row.get("triples", []):
        for k, end in enumerate(("head", "tail")): said.setdefault(t[end], []).append((t["relation"], k))
    for c, chain in enumerate(row["chains"]):
        found = ends.typed(said.get(c, []))
        for m in chain["mentions"]:
            if f"rd:{chain['type']}" in TYPES: yield Typed(points(m), frozenset([f"rd:{chain['type']}"]), of_scheme("rd:"))
            if found and chain["type"] not in ("TIME", "NUM"): yield Typed(points(m), *found)


def documents(data: Path, ends: "RelationEnds"):
    """Windows of documents with chains, gold and silver."""
    read = lambda name: lines(data / "documents" / f"{name}.jsonl")
    spans = lambda row, c: [(code_points(row["text"], m), k) for m, k in zip(c["mentions"], c.get("kinds") or ["name"] * len(c["mentions"]))]
    for name in ("redocred.train", "docred-chains.train"):
        for row in read(name):
            names = [(*code_points(row["text"], m), c["type"]) for c in row["chains"] for m in c["mentions"] if c["type"] in COARSE]
            typed = list(typed_chains(row, ends, lambda m: code_points(row["text"], m)))
            yield from spread(row, "docred", names, [spans(row, c) for c in row["chains"] if c["type"] not in ("TIME", "NUM")], typed=typed)
    for name in ("ontogum.train", "litbank.train"):
        for row in read(name): yield from spread(row, name.split(".")[0], None, [spans(row, c) for c in row["chains"]], complete=name.startswith("litbank"))
    texts = {}
    for row in read("gap.train"):
        texts[row["id"]] = row
        yield from spread(row, "gap", None, [spans(row, c) for c in row["chains"]], complete=True)
    for row in read("knowledgenet.train"): texts[row["id"]] = row
    for row in read("docred-chains.train"): texts[row["id"]] = row
    for row in read("redocred.train"): texts[row["id"]] = row
    wiki = (data / "text/wikitext2.txt").read_text(encoding="utf8").split("\n")
    for row in lines(data / "silver/corenlp.jsonl"):
        if row["file"] == "wikitext2": text = wiki[int(row["id"].split(":")[-1]) - 1]
        elif row["id"] in texts: text = texts[row["id"]]["text"]
        else: continue
        both = agreed(row)
        doc = dict(text=text, sentences=row["sentences"])
        points = lambda s: code_points(text, s)
        names = None if row["file"].startswith(("docred", "redocred")) else [(*points(m[:2]), TAG_OF[m[2]]) for m in row["mentions"] if m[2] in TAG_OF]
        yield from spread(doc, "silver", names, [[(points(m[:2]), m[2]) for m in chain] for chain in both], unknown=True)


def agreed(row):
    """Chains of links that the two resolvers share; maximal noun phrases are cut to what stands before the first comma."""
    def links(chains):
        found = {}
        for chain in chains:
            members = [tuple(m) for m in chain if m[2] in KINDS]
            for m in members: found.setdefault(m[:2], set()).update(x[:2] for x in members if x is not m)
        return found
    a, b = links(row["neural"]), links(row["statistical"])
    kind = {tuple(m[:2]): m[2] for chain in row["neural"] for m in chain}
    left, chains = sorted(a.keys() & b.keys()), []
    seen = set()
    for m in left:
        if m in seen: continue
        group, stack = [], [m]
        while stack:
            x = stack.pop()
            if x in seen: continue
            seen.add(x); group.append(x)
            stack += [y for y in a.get(x, set()) & b.get(x, set()) if y not in seen]
        if len(group) > 1: chains.append([(*x, kind[x]) for x in sorted(group) if x[1] - x[0] < 50])
    return chains


PRONOUN = re.compile(r"(?:i|me|my|mine|myself|you|your|yours|he|him|his|himself|she|her|hers|herself|it|its|itself|we|us|our|ours|ourselves|they|them|their|theirs|themselves|who|whom|whose|which|that|this|these|those|the (?:former|latter))", re.I)
NOMINAL = re.compile(r"(?:the|this|that|these|those|a|an|his|her|its|our|their|my|your|both|each|every|no|some|all|one)\b", re.I)
WORDS = re.compile(r"(?<![\w-])[a-z]{4,}(?: [a-z]{4,})?(?![\w-])")


def kind_of_mention(shown: str) -> str:
    """Name, nominal or pronoun, by its looks."""
    if PRONOUN.fullmatch(shown): return "pronoun"
    return "nominal" if NOMINAL.match(shown) or re.fullmatch(r"[a-z' -]+", shown) and "-" not in shown else "name"


def authored_documents(collections, chance: random.Random):
    """Windows of the authored documents, in which every mention of every type is marked: other words are of no type."""
    for c in collections:
        scheme = {t: f"ad:{c.name}:{t}" for t in c.types}
        every = frozenset(scheme.values())
        coarse = {t: next((n for a in c.types if c.is_a(t, a) for n in authored.many(c.types[a].get("ner", []))), None) for t in c.types}
        for d in c.documents:
            bounds = authored.sentences(d.text)
            keys = {k: n for n, k in enumerate(d.types)}
            named = lambda m: kind_of_mention(d.text[m.start:m.end]) == "name"
            literal = {"date": "TIME", "number": "NUM", "quantity": "NUM"}
            names = [(m.start, m.end, coarse[d.types[m.key]]) for m in d.mentions if coarse.get(d.types[m.key]) and named(m)] + [(m.start, m.end, literal[d.types[m.key]]) for m in d.mentions if d.types[m.key] in literal]
            chains = [[((m.start, m.end), kind_of_mention(d.text[m.start:m.end])) for m in d.mentions if m.key == key] if d.types[key] in coarse else [] for key in keys]
            for w in spread(dict(text=d.text, sentences=bounds), "documents", sorted(names), chains, unknown=True):
                at = d.text.index(w.text)
                inside = [m for m in d.mentions if at <= m.start and m.end <= at + len(w.text)]
                for m in inside:
                    kind = d.types[m.key]
                    if kind in coarse and not PRONOUN.fullmatch(d.text[m.start:m.end]):
                        w.typed.append(Typed((m.start - at, m.end - at), frozenset(scheme[t] for t in c.types if c.is_a(kind, t)), every))
                free = [m.span() for m in WORDS.finditer(w.text) if not any(x.start - at < m.end() and m.start() < x.end - at for x in inside)]
                w.typed += [Typed(span, frozenset(), every) for span in chance.sample(free, min(4, len(free)))]
                yield w


class TypeTexts:
    """Names, descriptions and kinship of all types."""
    def __init__(self, corpus: Path, collections=()):
        read = lambda name: yaml.safe_load((corpus.parent / name).read_text(encoding="utf8"))
        self.rows = read("types.yaml") | read("wikidata.yaml")["types"]
        self.nouns = {w for row in self.rows.values() for n in row.get("nouns", []) for w in n.lower().split()}
        self.texts = {**{k: ([n], d) for k, (n, d) in TYPES.items()}, **{f"au:{k}": ([k, *row.get("aliases", [])], row["descriptions"]) for k, row in self.rows.items()}}
        self.texts |= {f"ad:{c.name}:{t}": ([t], [row["description"]]) for c in collections for t, row in c.types.items()}
        self.above = {k: self.closure(k) for k in self.rows}
        self.below = {k: {o for o in self.rows if k in self.above[o]} for k in self.rows}

    def closure(self, kind):
        seen, stack = set(), [kind]
        while stack:
            for p in self.rows.get(stack.pop(), {}).get("parents", []):
                if p not in seen: seen.add(p); stack.append(p)
        return seen

    def typed(self, kind: str) -> tuple[frozenset[str], frozenset[str]]:
        """(types that hold, types that were looked for) of a slot."""
        if kind not in self.rows: return frozenset(), frozenset()
        holds = {kind} | self.above[kind]
        open_ = set(self.below[kind]) | set(self.rows[kind].get("also", []))
        return frozenset(f"au:{t}" for t in holds), frozenset(f"au:{t}" for t in self.rows if t not in open_ - holds)

    def write(self, key: str, chance: random.Random | None = None) -> str:
        """What a user's ontology might say of a type; all of it when no chance is given."""
        names, descriptions = self.texts[key]
        word = lambda n: re.sub(r"(?<=[a-z])(?=[A-Z])", " ", n)
        if chance is None: return f"{word(names[0])} : {descriptions[0]}"
        name, description, r = word(chance.choice(names)), chance.choice(descriptions), chance.random()
        # Many an ontology says no more of a type than its name.
        return name if r < 0.2 else description if r < 0.3 else f"{name} : {'An' if name[:1] in 'AEIOUaeio' else 'A'} {name.lower()}." if r < 0.45 else f"{name} : {description}"


class RelationEnds:
    """Types of the ends of the open sets' relations."""
    def __init__(self, corpus: Path, types: TypeTexts):
        self.types = types
        self.ends = {r: [None if end == "-" else end for end in row] for r, row in yaml.safe_load((corpus.parent / "wikidata.yaml").read_text(encoding="utf8"))["ends"].items()}

    def coarse(self, relation: str, k: int) -> str | None:
        return self.types.rows.get(self.ends.get(relation, (None, None))[k], {}).get("coarse")

    def typed(self, roles) -> tuple[frozenset[str], frozenset[str]] | None:
        """(types that hold, types that were looked for) of what stands at the given ends, [(relation, 0 or 1)]; None where none tells."""
        told = [self.types.typed(kind) for relation, k in roles if (kind := self.ends.get(relation, (None, None))[k])]
        if not told: return None
        holds = frozenset().union(*(h for h, _ in told))
        return holds, frozenset.intersection(*(looked for _, looked in told)) - holds | holds
