"""Windows of text with pairs -> the packed rows that the encoder reads (docs/models.md has the layout), and back to a vector and a verdict a pair."""
import torch
from tokenizers import Tokenizer

import windows as source
from backbone import BLANK, DESCRIPTION, END_HEAD, END_TAIL, MASK, REL_POSITION, SLOT, START_HEAD, START_TAIL, base_weights, narrowed

MOST_PIECES, MOST_CLAIM, MOST_PAIRS = 160, 72, 8
CHUNK = 32  # windows of like length in one pass: padding costs more than passes


def tokenizer():
    t = Tokenizer.from_file(str(base_weights() / "tokenizer.json"))
    t.no_padding(); t.no_truncation()
    return t


def pieces_of(encoding, span):
    """Index of first and last piece that overlap a span of characters."""
    inside = [i for i, (a, b) in enumerate(encoding.offsets) if a < span[1] and b > span[0] and b > a]
    return (inside[0], inside[-1]) if inside else None


def pack(items, tok, chance=None, blank=0.0):
    """[(text, pairs)] or [(text, pairs, claim)] -> tensors; pairs whose ends fall outside the piece limit are left out and returned in `kept`.

    A claim is the description of one relation: it stands behind the text, where the text's pieces and the slots see it.
    """
    rows, kept = [], []
    for text, pairs, *claim in items:
        encoding = tok.encode(text)
        ids = encoding.ids[: MOST_PIECES - 1]
        ids = ids if ids[-1] == 102 else ids + [102]
        text_end = len(ids) - 1
        if claim: ids = ids + [DESCRIPTION] + tok.encode(claim[0]).ids[1:-1][:MOST_CLAIM] + [102]
        row = dict(ids=list(ids), positions=list(range(len(ids))), types=[0] * len(ids), slots=[0] * len(ids), first=[])
        keep, blanked = [], set()
        for p, pair in enumerate(pairs):
            if len(keep) == MOST_PAIRS: break
            h, t = pieces_of(encoding, pair[0]), pieces_of(encoding, pair[1])
            if not h or not t or h[1] >= text_end or t[1] >= text_end: continue
            if chance and blank:
                for end in (h, t):
                    if end not in blanked and chance.random() < blank:
                        for i in range(end[0], end[1] + 1): row["ids"][i] = BLANK
                    blanked.add(end)
            k = len(keep)
            row["first"].append(len(row["ids"]))
            row["ids"] += [START_HEAD, END_HEAD, START_TAIL, END_TAIL, MASK]
            row["positions"] += [h[0], h[1], t[0], t[1], REL_POSITION]
            row["types"] += [1] * SLOT
            row["slots"] += [k + 1] * SLOT
            keep.append(p)
        rows.append(row); kept.append(keep)
    S, P = max(len(r["ids"]) for r in rows), max(1, max(len(r["first"]) for r in rows))
    pad = lambda name, value, size: torch.tensor([r[name] + [value] * (size - len(r[name])) for r in rows])
    return (pad("ids", 0, S), pad("positions", 0, S), pad("types", 0, S), pad("slots", -1, S), pad("first", 0, P)), kept


def encode(model, tok, items, chance=None, blank=0.0, verdicts=False):
    """Items as in `pack` -> {(item, pair): vector}, or {(item, pair): verdict}; items of like length go together."""
    device = next(model.parameters()).device
    order = sorted(range(len(items)), key=lambda i: sum(map(len, (items[i][0], *items[i][2:]))) + 20 * len(items[i][1]))
    found = {}
    for at in range(0, len(order), CHUNK):
        part = order[at: at + CHUNK]
        tensors, kept = pack([items[i] for i in part], tok, chance, blank)
        with narrowed(device.type):
            out = model(*(x.to(device) for x in tensors))[1 if verdicts else 0]
        for row, i in enumerate(part):
            for slot, p in enumerate(kept[row]): found[i, p] = out[row, slot]
    return found


def describe(text: source.RelationText, chance=None):
    """Words of a relation and the spans of its two type names; parts are dropped at random in training."""
    head, tail = text.head or "head", text.tail or "tail"
    parts = [text.name, text.description, ", ".join(text.aliases[:4])]
    if chance:
        r = chance.random()
        parts = [parts[0]] if r < 0.25 else [parts[1] or parts[0]] if r < 0.45 else [chance.choice(text.aliases)] if r < 0.6 and text.aliases else parts[:2] if r < 0.8 else parts
        if chance.random() < 0.4: head, tail = "head", "tail"
    body = f"{head} ; {tail} : " + " ; ".join(p for p in parts if p)
    return body, [((0, len(head)), (len(head) + 3, len(head) + 3 + len(tail)))]
