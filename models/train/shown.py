"""Examples of a relation in the words of a claim: what stands around two marked ends, each called by its side, so that a second reading sees what the description means."""
import random
import re
from dataclasses import dataclass

WORD = re.compile(r"\S+")
BEFORE, AFTER, BETWEEN = 6, 7, 24  # words; of a longer stretch between the ends its two halves are shown
MOST_IN_POOL = 300
PRONOUN = re.compile(r"(?i)(i|he|she|it|they|we|you|him|her|them|us|this|that|which|who|whom|whose|his|hers|its|their|theirs|our|ours|my|mine|one|both|each)$")


@dataclass(frozen=True)
class Shown:
    """One example."""
    words: str
    head: str
    tail: str
    stems: frozenset[str]


def stems(text):
    return frozenset(w[:6] for w in re.findall(r"[a-z]{3,}", text.lower()))


def excerpt(text, head, tail):
    """`… In 1998 the head Ada joined the tail Acme.` of a text with two marked ends; extract/prototypes/shown.ts writes the same."""
    (first, called), (second, called_second) = sorted([(head, "the head"), (tail, "the tail")])
    before = [m.start() for m in WORD.finditer(text, 0, first[0])][-BEFORE:]
    after = [m.end() for m in WORD.finditer(text, max(first[1], second[1]))][:AFTER]
    between = text[first[1]:max(first[1], second[0])]
    inner = [m.span() for m in WORD.finditer(between)]
    if len(inner) > BETWEEN: between = f"{between[:inner[BETWEEN // 2 - 1][1]]} ... {between[inner[-BETWEEN // 2][0]:]}"
    end = max(first[1], second[1])
    return re.sub(r"\s+", " ", f"{text[before[0] if before else first[0]:first[0]]}{called} {text[slice(*first)]}{between}{called_second} {text[slice(*second)]}{text[end:after[-1] if after else end]}")


def pool_of(windows, chance: random.Random):
    """{relation: examples} of what windows state."""
    found = {}
    for w in windows:
        for p in w.pairs:
            if p.head[0] < p.tail[1] and p.tail[0] < p.head[1] or any(PRONOUN.match(w.text[slice(*end)]) for end in (p.head, p.tail)): continue
            for r in p.holds: found.setdefault(r, []).append((w.text, p.head, p.tail))
    return {r: [Shown(excerpt(t, h, l), t[slice(*h)], t[slice(*l)], stems(t[: h[0]] + t[h[1]:])) for t, h, l in sorted(chance.sample(some, min(MOST_IN_POOL, len(some))))] for r, some in sorted(found.items())}


def nearest(pool, text, most, chance=None):
    """The `most` examples that share most words with the text, of a few drawn ones where `chance` is given; none that the text may hold itself."""
    some = [s for s in (chance.sample(pool, min(len(pool), chance.choice((2, 4, 12)))) if chance else pool) if not (s.head in text and s.tail in text)]
    own = stems(text)
    return sorted(some, key=lambda s: (-len(own & s.stems) / (4 + len(s.stems)), s.words))[:most]


def with_examples(claim, examples):
    """A claim and what shows it."""
    return claim + "".join(f" ; as in : {s.words}" for s in examples)
