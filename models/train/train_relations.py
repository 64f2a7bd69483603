"""Trains the relation encoder: descriptions as labels, sigmoid with a learned boundary, same-signature hard negatives, supervised contrast;
and verdicts: does the window state of the pair what the description behind it says?

    python train_relations.py --data DATA --out RUN [--steps N] [--minutes M] [--seed S] [--no-authored] [--keep-held-out] [--asked FILE...]

Continues from RUN/last.pt when it is there. Writes RUN/log.jsonl, a line every 50 steps.
"""
import sys
from pathlib import Path

import torch
from torch.nn import functional as F

sys.path.insert(0, str(Path(__file__).parent / "corpus"))
from backbone import RelationEncoder, load_backbone, load_weights
from packing import describe, encode, tokenizer
from sampler import Sampler
from training import Training, fingerprint, options

# (window, relation) pairs of a step that verdicts are asked for: mostly of documents, which are what the second reading will read, and of all other sources together.
MOST_OF_DOCUMENTS, MOST_OF_OTHERS = 36, 10


PREFIX = {"fewrel": ("P",), "semeval": ("se:",), "knowledgenet": ("kn:",), "redocred": ("P",), "authored": ("au:",), "documents": ("ad:",)}


def is_known(pair, source, relation):
    """Whether the pair's annotation says yes or no of the relation."""
    if relation in pair.holds: return True
    if pair.checked is not None: return relation in pair.checked or ("se:*" in pair.checked and relation.startswith("se:"))
    return relation.startswith(PREFIX[source])


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
    seen = torch.tensor([[is_known(p, s, r) for r in labels] for p, s in zip(pairs, sources)], device=z.device)
    asked = hardest(z.detach(), held, seen, [w for w, _ in found], picked, c)
    losses = dict(**comparison_losses(model, z, u, held, seen, pairs, labels), verdict=verdict_loss(model, sampler, tok, picked, [(w, labels[l]) for w, l in asked]))
    return losses["bce"] + losses["choose"] + 0.3 * losses["across"] + 0.3 * losses["contrast"] + 2 * losses["verdict"], {name: x.item() for name, x in losses.items()}


def comparison_losses(model, z, u, held, seen, pairs, labels):
    bce = F.binary_cross_entropy_with_logits(z, held.float(), reduction="none")
    positive, negative = held & seen, ~held & seen
    hard = torch.softmax(z.detach().masked_fill(~negative, -1e4), -1) * negative  # the nearest wrong relation weighs most
    rows = negative.any(-1)
    l_bce = (bce * positive).sum() / positive.sum().clamp(min=1) + (bce * hard).sum() / rows.sum().clamp(min=1)
    stated = positive.any(-1)
    everything = torch.logsumexp(torch.cat([torch.zeros_like(z[:, :1]), z.masked_fill(~(seen | held), -1e4)], 1), 1)
    l_choose = (everything - torch.logsumexp(z.masked_fill(~positive, -1e4), 1))[stated].mean()
    l_across = (torch.logsumexp(z, 1) - torch.logsumexp(z.masked_fill(~positive, -1e4), 1))[stated].mean()  # weak: relations of other sources
    key = torch.tensor([labels.index(min(p.holds)) if p.holds and min(p.holds) in labels else -1 for p in pairs], device=z.device)
    itself = torch.eye(len(u), dtype=torch.bool, device=z.device)
    r = u[:, : model.relation]
    sim = (r @ r.T / 0.1).masked_fill(itself, -1e4)
    same = (key[:, None] == key[None]) & (key[:, None] >= 0) & ~itself
    has = same.any(-1)
    l_contrast = ((torch.logsumexp(sim, 1) - torch.logsumexp(sim.masked_fill(~same, -1e4), 1))[has]).mean()
    return dict(bce=l_bce, choose=l_choose, across=l_across, contrast=l_contrast)


def hardest(z, held, seen, window_of, picked, chance):
    """[(window, label)]: of each window a relation that it states and one of the three that it does not state but looks most like; of documents twice as many."""
    documents, others, rows = [], [], {}
    for n, w in enumerate(window_of): rows.setdefault(w, []).append(n)
    for w, some in rows.items():
        turns, asked = (2, documents) if picked[w].source == "documents" else (1, others)
        stated = [l for l in range(z.shape[1]) if held[some, l].any()]
        asked += [(w, l) for l in chance.sample(stated, min(turns, len(stated)))]
        wrong = (seen[some] & ~held[some]).any(0) & ~held[some].any(0)
        top = z[some].masked_fill(~(seen[some] & ~held[some]), -1e4).max(0).values.masked_fill(~wrong, -1e4).topk(min(3 * turns, z.shape[1])).indices.tolist()
        top = [l for l in top if wrong[l]]
        if chance.random() < 0.8: asked += [(w, l) for l in chance.sample(top, min(turns, len(top)))]
    return [ask for asked, most in ((documents, MOST_OF_DOCUMENTS), (others, MOST_OF_OTHERS)) for ask in chance.sample(asked, min(most, len(asked)))]


def verdict_loss(model, sampler, tok, picked, asked):
    c = sampler.chance
    items = [(picked[w].text, [(p.head, p.tail) for p in picked[w].pairs], describe(sampler.texts[r], c)[0]) for w, r in asked]
    found = encode(model, tok, items, c, blank=0.1, verdicts=True)
    said, holds = [], []
    for (i, p), verdict in found.items():
        (w, relation), pair = asked[i], picked[asked[i][0]].pairs[p]
        if is_known(pair, picked[w].source, relation): said.append(verdict); holds.append(relation in pair.holds)
    x, y = torch.stack(said), torch.tensor(holds, device=said[0].device)
    each = F.binary_cross_entropy_with_logits(x, y.float(), reduction="none")
    weight = (0.2 + torch.sigmoid(x.detach())) * ~y  # most pairs of a window are easily told apart
    return (each * y).sum() / y.sum().clamp(min=1) + (each * weight).sum() / weight.sum().clamp(min=1e-6)


def main():
    a = options(steps=4000, rate=1.5e-4)
    a.add_argument("--no-authored", action="store_true"); a.add_argument("--keep-held-out", action="store_true")
    a.add_argument("--asked", type=Path, nargs="*", default=[], help="what bench/asked.ts says of the authored collections (corpus/as_sets.py)")
    o = a.parse_args()
    torch.manual_seed(o.seed); torch.set_num_threads(o.threads)
    tok = tokenizer()
    sampler = Sampler(o.data, o.corpus, o.seed, not o.no_authored, not o.keep_held_out, o.dev_fields.split(","), o.asked)
    model = RelationEncoder(load_backbone(o.base)).to("cuda" if torch.cuda.is_available() else "cpu")
    run = Training(o, model, load_weights, dict(data=fingerprint(o, *o.asked), relations=len(sampler.texts), authored=sum(map(len, sampler.authored.values())), documents=sum(map(len, sampler.read.values())), asked=sum(map(len, sampler.asked.values()))))
    run.draw_on(sampler.chance)
    for _ in run: run.learn(*loss_of(model, sampler, tok))


if __name__ == "__main__":
    main()
