"""Trains the relation encoder: descriptions as labels, sigmoid with a learned boundary, same-signature hard negatives, supervised contrast.

    python train_relations.py --data DATA --out RUN [--steps N] [--minutes M] [--seed S] [--no-authored] [--keep-held-out]

Continues from RUN/last.pt when it is there. Writes RUN/log.jsonl, a line every 50 steps.
"""
import argparse
import hashlib
import json
import random
import sys
import time
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch.nn import functional as F

sys.path.insert(0, str(Path(__file__).parent / "corpus"))
import generate
import windows as source
from backbone import BLANK, DESCRIPTION, END_HEAD, END_TAIL, MASK, REL_POSITION, SLOT, START_HEAD, START_TAIL, RelationEncoder, base_weights, load_backbone

MOST_PIECES, MOST_PAIRS = 160, 12
CHUNK = 16  # windows of like length in one pass: padding costs more than passes


def tokenizer():
    t = Tokenizer.from_file(str(base_weights() / "tokenizer.json"))
    t.no_padding(); t.no_truncation()
    return t


def pieces_of(encoding, span):
    """Index of first and last piece that overlap a span of characters."""
    inside = [i for i, (a, b) in enumerate(encoding.offsets) if a < span[1] and b > span[0] and b > a]
    return (inside[0], inside[-1]) if inside else None


def pack(texts, tok, chance=None, blank=0.0):
    """[(text, pairs)] -> tensors; pairs whose ends fall outside the piece limit are left out and returned in `kept`."""
    rows, kept = [], []
    for text, pairs in texts:
        encoding = tok.encode(text)
        ids = encoding.ids[: MOST_PIECES - 1]
        ids = ids if ids[-1] == 102 else ids + [102]
        row = dict(ids=list(ids), positions=list(range(len(ids))), types=[0] * len(ids), slots=[0] * len(ids), first=[])
        keep, blanked = [], set()
        for p, pair in enumerate(pairs):
            if len(keep) == MOST_PAIRS: break
            h, t = pieces_of(encoding, pair[0]), pieces_of(encoding, pair[1])
            if not h or not t or h[1] >= len(ids) - 1 or t[1] >= len(ids) - 1: continue
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


def encode(model, tok, items, chance=None, blank=0.0):
    """[(text, pairs)] -> ({(item, pair): vector}); items of like length go together."""
    device = next(model.parameters()).device
    order = sorted(range(len(items)), key=lambda i: len(items[i][0]) + 20 * len(items[i][1]))
    vectors = {}
    for at in range(0, len(order), CHUNK):
        part = order[at: at + CHUNK]
        tensors, kept = pack([items[i] for i in part], tok, chance, blank)
        with torch.autocast(device.type, dtype=torch.bfloat16):
            u = model(*(x.to(device) for x in tensors))
        for row, i in enumerate(part):
            for slot, p in enumerate(kept[row]): vectors[i, p] = u[row, slot]
    return vectors


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


class Sampler:
    def __init__(self, data: Path, corpus: Path, seed: int, authored=True, hold_out=True, dev_fields=()):
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

    def batch(self):
        c = self.chance
        picked = [w for r in c.sample(sorted(self.by_relation), 10) for w in c.sample(self.by_relation[r], 2)]
        for field in c.sample(sorted(self.authored), min(3, len(self.authored))): picked += c.sample(self.authored[field], 10)
        picked += c.sample(self.windows["knowledgenet"], 8) + c.sample(self.windows["redocred"], 12) + c.sample(self.windows["semeval"], 4)
        labels = sorted({r for w in picked for p in w.pairs for r in p.holds if r in self.texts})
        if self.authored: labels += [r for r in c.sample(sorted(self.texts), 6) if r not in labels]
        return picked, labels[:64]


def loss_of(model, sampler, tok):
    c = sampler.chance
    picked, labels = sampler.batch()
    found = encode(model, tok, [(w.text, [(p.head, p.tail) for p in w.pairs]) for w in picked], c, blank=0.15)
    described = encode(model, tok, [describe(sampler.texts[r], c) for r in labels])
    v = torch.stack([described[l, 0] for l in range(len(labels))])
    pairs, sources = [picked[w].pairs[p] for w, p in found], [picked[w].source for w, _ in found]
    u = torch.stack(list(found.values()))
    z = model.scores(u, v)  # (N, L)
    held = torch.tensor([[r in p.holds for r in labels] for p in pairs], device=z.device)
    prefix = {"fewrel": ("P",), "semeval": ("se:",), "knowledgenet": ("kn:",), "redocred": ("P",), "authored": ("au:",)}
    def known(p, s, r):
        if r in p.holds: return True
        if p.checked is not None: return r in p.checked or ("se:*" in p.checked and r.startswith("se:"))
        return r.startswith(prefix[s])
    seen = torch.tensor([[known(p, s, r) for r in labels] for p, s in zip(pairs, sources)], device=z.device)
    bce = F.binary_cross_entropy_with_logits(z, held.float(), reduction="none")
    positive, negative = held & seen, ~held & seen
    hard = torch.softmax(z.detach().masked_fill(~negative, -1e4), -1) * negative  # the nearest wrong relation weighs most
    rows = negative.any(-1)
    l_bce = (bce * positive).sum() / positive.sum().clamp(min=1) + (bce * hard).sum() / rows.sum().clamp(min=1)
    stated = positive.any(-1)
    everything = torch.logsumexp(torch.cat([torch.zeros_like(z[:, :1]), z.masked_fill(~(seen | held), -1e4)], 1), 1)
    l_choose = (everything - torch.logsumexp(z.masked_fill(~positive, -1e4), 1))[stated].mean()
    across = torch.logsumexp(z, 1) - torch.logsumexp(z.masked_fill(~positive, -1e4), 1)  # weak: relations of other sources
    l_across = across[stated].mean()
    key = torch.tensor([labels.index(min(p.holds)) if p.holds and min(p.holds) in labels else -1 for p in pairs], device=z.device)
    r = u[:, : model.relation]
    sim = (r @ r.T / 0.1).masked_fill(torch.eye(len(r), dtype=torch.bool, device=z.device), -1e4)
    same = (key[:, None] == key[None]) & (key[:, None] >= 0) & ~torch.eye(len(r), dtype=torch.bool, device=z.device)
    has = same.any(-1)
    l_contrast = ((torch.logsumexp(sim, 1) - torch.logsumexp(sim.masked_fill(~same, -1e4), 1))[has]).mean()
    return l_bce + l_choose + 0.3 * l_across + 0.3 * l_contrast, dict(bce=l_bce.item(), choose=l_choose.item(), contrast=l_contrast.item())


def main():
    a = argparse.ArgumentParser()
    a.add_argument("--data", type=Path, required=True); a.add_argument("--out", type=Path, required=True)
    a.add_argument("--corpus", type=Path, default=Path(__file__).parent / "corpus/fields")
    a.add_argument("--steps", type=int, default=4000); a.add_argument("--minutes", type=float, default=1e9); a.add_argument("--seed", type=int, default=1)
    a.add_argument("--rate", type=float, default=1.5e-4); a.add_argument("--threads", type=int, default=2)
    a.add_argument("--base", type=Path, help="ONNX file of bge-small-en-v1.5; without it MiniLM-L6")
    a.add_argument("--start", type=Path, help="checkpoint whose weights the run begins with: of another run, or of restore_relations.py")
    a.add_argument("--dev-fields", default="art,transport", help="fields of the authored corpus that are kept for calibration")
    a.add_argument("--no-authored", action="store_true"); a.add_argument("--keep-held-out", action="store_true")
    o = a.parse_args()
    torch.manual_seed(o.seed); torch.set_num_threads(o.threads)
    o.out.mkdir(parents=True, exist_ok=True)
    tok = tokenizer()
    sampler = Sampler(o.data, o.corpus, o.seed, not o.no_authored, not o.keep_held_out, o.dev_fields.split(","))
    device = "cuda" if torch.cuda.is_available() else "cpu"
    model = RelationEncoder(load_backbone(o.base)).to(device)
    heads = [p for n, p in model.named_parameters() if not n.startswith("backbone")]
    optimizer = torch.optim.AdamW([dict(params=model.backbone.parameters(), lr=o.rate), dict(params=heads, lr=4 * o.rate)], weight_decay=0.01)
    step, spent = 0, 0.0
    last = o.out / "last.pt"
    if o.start and not last.exists(): model.load_state_dict(torch.load(o.start, map_location=device)["model"])
    if last.exists():
        saved = torch.load(last, map_location=device)
        model.load_state_dict(saved["model"]); optimizer.load_state_dict(saved["optimizer"]); step, spent = saved["step"], saved["spent"]
        sampler.chance.seed(o.seed * 1000003 + step)
    log = (o.out / "log.jsonl").open("a")
    fingerprint = hashlib.sha256("".join(sorted(f"{p.name}:{p.stat().st_size}" for p in [*o.data.rglob("*.jsonl"), *o.corpus.glob("*.yaml")])).encode()).hexdigest()[:16]
    log.write(json.dumps(dict(command=" ".join(sys.argv[1:]), seed=o.seed, data=fingerprint, relations=len(sampler.texts), authored=sum(map(len, sampler.authored.values())))) + "\n"); log.flush()
    began = mark = tick = time.time()
    while step < o.steps and spent / 60 < o.minutes:
        progress = max(step / o.steps, spent / 60 / o.minutes)
        scale = min(1, (step + 1) / 100) * max(0.02, 1 - progress)
        for g, base in zip(optimizer.param_groups, (o.rate, 4 * o.rate)): g["lr"] = base * scale
        model.train()
        loss, parts = loss_of(model, sampler, tok)
        optimizer.zero_grad(); loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step(); step += 1
        spent, tick = spent + min(60, time.time() - tick), time.time()  # a run that was stopped meanwhile did not train
        if step % 50 == 0:
            log.write(json.dumps(dict(step=step, loss=round(loss.item(), 4), **{k: round(x, 4) for k, x in parts.items()}, seconds=round(time.time() - began))) + "\n"); log.flush()
        if time.time() - mark > 120:
            mark = time.time()
            torch.save(dict(model=model.state_dict(), optimizer=optimizer.state_dict(), step=step, spent=spent), o.out / "part.pt"); (o.out / "part.pt").rename(last)
    torch.save(dict(model=model.state_dict(), optimizer=optimizer.state_dict(), step=step, spent=spent), last)


if __name__ == "__main__":
    main()
