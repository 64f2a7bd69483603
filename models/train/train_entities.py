"""Trains the entity encoder: names by tagging, types by their descriptions, mention vectors by contrast, antecedents by likelihood.

    python train_entities.py --data DATA --out RUN [--steps N] [--minutes M] [--seed S]

Continues from RUN/last.pt when it is there. Writes RUN/log.jsonl, a line every 50 steps.
"""
import random
import re
import sys
from pathlib import Path

import torch
from torch.nn import functional as F

sys.path.insert(0, str(Path(__file__).parent / "corpus"))
import documents
import entity_windows as source
import generate
from backbone import load_backbone, narrowed
from entity_encoder import TAGS, EntityEncoder, shape_of
from packing import pieces_of, tokenizer
from sampler import DEV_COLLECTIONS, name_pools
from training import Training, fingerprint, options

MOST_PIECES, MOST_TYPED, CHUNK = 256, 10, 12
MIX = dict(docred=14, silver=3, ontogum=4, litbank_chains=2, gap=3, tweets=6, crossner=3, gum=3, litbank=2, bc5cdr=1, authored=5, documents=14, relations=14)
# What is known of a piece's tag: each tag itself, then of an end of a relation: that some name begins, that some name goes on, that none goes on.
BEGINS, GOES_ON, PAST = TAGS, TAGS + 1, TAGS + 2
ALLOWED = torch.stack([*torch.eye(TAGS), *(torch.tensor([float(k in tags) for k in range(TAGS)]) for tags in (range(1, TAGS, 2), range(2, TAGS, 2), (0, *range(1, TAGS, 2))))]).bool()


def encode(model, tok, texts):
    """[(tags, halves, offsets)] in the order of the texts; texts of like length go together."""
    device = next(model.parameters()).device
    encodings = [tok.encode(t) for t in texts]
    order, out = sorted(range(len(texts)), key=lambda i: len(encodings[i].ids)), [None] * len(texts)
    for at in range(0, len(order), CHUNK):
        part = order[at: at + CHUNK]
        ids = [(encodings[i].ids if len(encodings[i].ids) <= MOST_PIECES else encodings[i].ids[: MOST_PIECES - 1] + [102]) for i in part]
        size = max(map(len, ids))
        shapes = [[0 if a == b else shape_of(texts[i][a:b]) for a, b in encodings[i].offsets[: len(row)]] for i, row in zip(part, ids)]
        pad = lambda rows: torch.tensor([r + [0] * (size - len(r)) for r in rows], device=device)
        with narrowed(device.type):
            tags, halves, label = model(pad(ids), pad(shapes), pad([[1] * len(r) for r in ids]))
        for k, i in enumerate(part): out[i] = (tags[k, : len(ids[k])], halves[k, : len(ids[k])], label[k], encodings[i])
    return out


class Sampler:
    def __init__(self, data: Path, corpus: Path, seed: int, dev_fields=()):
        self.chance = random.Random(seed)
        self.pools = {k: [] for k in MIX}
        for w in source.sentences(data): self.pools[w.source].append(w)
        collections = [c for c in documents.load(corpus.parent / "documents") if c.name not in DEV_COLLECTIONS]
        self.types = source.TypeTexts(corpus, collections)
        ends = source.RelationEnds(corpus, self.types)
        for w in source.documents(data, ends): self.pools["litbank_chains" if w.source == "litbank" else w.source].append(w)
        self.pools["relations"] = list(source.by_relations(data, ends))
        self.pools["documents"] = list(source.authored_documents(collections, self.chance))
        names = generate.Names(name_pools(data), self.chance)
        for f in generate.load_fields(corpus):
            if f["field"] not in dev_fields: self.pools["authored"] += authored(f, names, self.chance, self.types)

    def batch(self):
        return [w for name, n in MIX.items() for w in self.chance.choices(self.pools[name], k=n)]


def authored(field, names, chance, types: source.TypeTexts):
    """Sentences of the corpus with the types of their slots, and other words, which are of no type."""
    out, names.years = [], field.get("years")
    by_id = {r["id"]: r for r in field["relations"]}
    for relation, template, stated, _ in generate.template_rows(field):
        made = generate.fill(template, names, chance, by_id[stated or relation["id"]])
        if not made: continue
        text, spans = made
        kinds = generate.slot_types(template)
        w = source.Window(text, "authored", names=[])
        taken = []
        for letter, span in spans.items():
            taken.append(span)
            kind, shown = kinds[letter], text[slice(*span)]
            nominal = bool(re.match(r"(?:the|this|a|an|his|her) \S", shown, re.I)) and not re.search(r"[A-Z]", shown[4:])
            low = kind.lower()
            if low in ("date",): w.names.append((*span, "TIME"))
            elif low in ("number", "quantity"): w.names.append((*span, "NUM"))
            elif low not in generate.LITERALS:
                if not nominal: w.names.append((*span, types.rows.get(kind, {}).get("coarse", "MISC")))
                holds, looked = types.typed(kind)
                if holds: w.typed.append(source.Typed(span, holds, looked))
        all_types = frozenset(f"au:{t}" for t in types.rows)
        free = [m.span() for m in re.finditer(r"(?<![\w-])[a-z]{4,}(?: [a-z]{4,})?(?![\w-])", text)
                if not any(a < m.end() and m.start() < b for a, b in taken) and not set(m.group().split()) & types.nouns]
        for span in chance.sample(free, min(2, len(free))): w.typed.append(source.Typed(span, frozenset(), all_types))
        w.unknown = True
        out.append(w)
    return out


def tag_loss(outs, windows):
    """Mean surprise at the tags that a piece may have; where annotation tells nothing of it, it is left out."""
    logits, targets = [], []
    for (tags, _, _, encoding), w in zip(outs, windows):
        if w.partial:
            logits.append(tags.float()); targets.append(partial_targets(w, encoding, len(tags)))
        if w.names is None: continue
        target = torch.zeros(len(tags), dtype=torch.long)
        for a, b, kind in w.names:
            found = pieces_of(encoding, (a, b))
            if not found or found[1] >= len(tags) - 1: continue
            k = 1 + 2 * source.COARSE.index(kind)
            target[found[0]] = k
            target[found[0] + 1: found[1] + 1] = k + 1
        for i in range(len(tags)):
            a, b = encoding.offsets[i]
            if a == b or (w.unknown and target[i] == 0 and any(c.isupper() or c.isdigit() for c in w.text[a:b])): target[i] = -100
        logits.append(tags.float()); targets.append(target)
    x, known = torch.cat(logits), torch.cat(targets).to(logits[0].device)
    x, known = x[known >= 0], known[known >= 0]
    return (torch.logsumexp(x, 1) - torch.logsumexp(x.masked_fill(~ALLOWED.to(x.device)[known], -1e4), 1)).mean()


def partial_targets(w, encoding, size):
    """Of a sentence in which two names are known and no others: where these begin, go on and end."""
    target = torch.full((size,), -100)
    for a, b, kind in w.partial:
        found = pieces_of(encoding, (a, b))
        if not found or found[1] >= size - 1: continue
        begins, goes_on = (1 + 2 * source.COARSE.index(kind), 2 + 2 * source.COARSE.index(kind)) if kind else (BEGINS, GOES_ON)
        target[found[0] + 1: found[1] + 1] = goes_on
        target[found[0]] = begins
        if found[1] + 1 < size - 1 and target[found[1] + 1] == -100: target[found[1] + 1] = PAST
    return target


def kind_loss(model, outs, windows, tok, types, chance):
    vectors, rows = [], []
    for (tags, halves, _, encoding), w in zip(outs, windows):
        at = [(pieces_of(encoding, t.span), t) for t in w.typed]
        at = [(p, t) for p, t in at if p and p[1] < len(tags) - 1]
        if len(at) > MOST_TYPED: at = chance.sample(at, MOST_TYPED)
        if not at: continue
        first, last = (torch.tensor([p[k] for p, _ in at], device=tags.device) for k in (0, 1))
        vectors.append(model.spans(halves[None], torch.zeros_like(first), first, last)["kind"]); rows += [t for _, t in at]
    u = torch.cat(vectors)
    wanted = sorted({k for t in rows for k in t.holds})
    spare = sorted({k for t in rows for k in t.looked} - set(wanted))
    labels = chance.sample(wanted, min(64, len(wanted))) + chance.sample(spare, min(16, len(spare)))
    v = torch.stack([o[2] for o in encode(model, tok, [types.write(k, chance) for k in labels])])
    z = model.kind_scores(u, v)
    held = torch.tensor([[k in t.holds for k in labels] for t in rows], device=z.device)
    seen = torch.tensor([[k in t.holds or k in t.looked for k in labels] for t in rows], device=z.device)
    positive, negative = held, seen & ~held
    bce = F.binary_cross_entropy_with_logits(z, held.float(), reduction="none")
    hard = torch.softmax(z.detach().masked_fill(~negative, -1e4), -1) * negative
    loss = (bce * positive).sum() / positive.sum().clamp(min=1) + (bce * hard).sum() / negative.any(-1).sum().clamp(min=1)
    has = positive.any(-1)
    everything = torch.logsumexp(torch.cat([torch.zeros_like(z[:, :1]), z.masked_fill(~seen, -1e4)], 1), 1)
    return loss + (everything - torch.logsumexp(z.masked_fill(~positive, -1e4), 1))[has].mean()


def link_loss(model, outs, windows):
    """Antecedents: marginal likelihood over those before a mention; vectors: contrast within the window."""
    links, contrasts = [], []
    for (tags, halves, _, encoding), w in zip(outs, windows):
        at = [(pieces_of(encoding, m.span), m) for m in w.chained]
        at = [(p, m) for p, m in at if p and p[1] < len(tags) - 1][:60]
        if len(at) < 2: continue
        first, last = (torch.tensor([p[k] for p, _ in at], device=tags.device) for k in (0, 1))
        v = model.spans(halves[None], torch.zeros_like(first), first, last)
        members = [m for _, m in at]
        kinds, sentences, chains = (torch.tensor([getattr(m, k) for m in members], device=tags.device) for k in ("kind", "sentence", "chain"))
        words = [w.text[slice(*m.span)].lower() for m in members]
        same = torch.tensor([[float(a == b) for b in words] for a in words], device=tags.device)
        s = model.link_scores(v, kinds, sentences, same)
        before = torch.ones_like(s).tril(-1).bool()
        apart = torch.tensor([[a.span[1] <= b.span[0] or b.span[1] <= a.span[0] for b in members] for a in members], device=s.device)
        one = (chains[:, None] == chains[None]) & before
        usable = before & apart
        if w.source == "gap": usable &= (kinds == 2)[:, None] | one
        gold = one & usable
        none = torch.zeros_like(s[:, :1])
        every = torch.logsumexp(torch.cat([none, s.masked_fill(~usable, -1e4)], 1), 1)
        right = torch.logsumexp(torch.cat([none.masked_fill(gold.any(-1, keepdim=True), -1e4), s.masked_fill(~gold, -1e4)], 1), 1)
        # Where singletons are not annotated, that a mention has no antecedent is known of first members of chains alone, which all are here.
        rows = usable.any(-1)
        if rows.any(): links.append((every - right)[rows])
        sim = (v["mention"] @ v["mention"].T / 0.1).masked_fill(torch.eye(len(s), dtype=torch.bool, device=s.device), -1e4)
        pair = (chains[:, None] == chains[None]) & ~torch.eye(len(s), dtype=torch.bool, device=s.device)
        has = pair.any(-1)
        if has.any(): contrasts.append((torch.logsumexp(sim, 1) - torch.logsumexp(sim.masked_fill(~pair, -1e4), 1))[has])
    return torch.cat(links).mean(), torch.cat(contrasts).mean()


def loss_of(model, sampler, tok):
    windows = sampler.batch()
    outs = encode(model, tok, [w.text for w in windows])
    link, same = link_loss(model, outs, windows)
    losses = dict(tag=tag_loss(outs, windows), kind=kind_loss(model, outs, windows, tok, sampler.types, sampler.chance), link=link, same=same)
    return 2 * losses["tag"] + losses["kind"] + losses["link"] + 0.2 * losses["same"], {name: x.item() for name, x in losses.items()}


def main():
    o = options(steps=6000, rate=2e-4).parse_args()
    torch.manual_seed(o.seed); torch.set_num_threads(o.threads)
    tok, sampler = tokenizer(), Sampler(o.data, o.corpus, o.seed, o.dev_fields.split(","))
    model = EntityEncoder(load_backbone(o.base)).to("cuda" if torch.cuda.is_available() else "cpu")
    facts = dict(data=fingerprint(o, o.corpus.parent / "types.yaml"), windows={k: len(v) for k, v in sampler.pools.items()}, types=len(sampler.types.texts))
    run = Training(o, model, EntityEncoder.load_state_dict, facts)
    run.draw_on(sampler.chance)
    for _ in run: run.learn(*loss_of(model, sampler, tok))


if __name__ == "__main__":
    main()
