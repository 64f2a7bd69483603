"""Self-supervision before any label: chains that two sentences share, and spans that are masked.

    python pretrain.py --data DATA --out RUN --encoding mask|ends|joint [--minutes M] [--seed S] [--spans-only]

Two sentences of a document that mention the same two chains are taken to speak of one relation ("Entity or Relation Embeddings?", arXiv 2312.11062, after
Matching the Blanks, arXiv 1906.03158): InfoNCE against all other sentences of a step, ends blanked at random. A chain counts where CoreNLP's neural and its
statistical resolver agree, or where people marked it. Beside it the language model of masked spans with TKRE's weights (arXiv 2505.12236): .5 of the pieces
of ends, .8 between them, .2 elsewhere. Continues from RUN/last.pt; writes RUN/log.jsonl.
"""
import argparse
import json
import random
import sys
import time
from itertools import combinations
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional as F

import windows as source
from backbone import MASK, narrowed
from train_encodings import PARTS, joined, open_states
from packing import pack, pieces_of

GROUPS, TEMPERATURE, BLANK = 24, 0.07, 0.5
SPANS = dict(end=0.5, between=0.8, elsewhere=0.2)
SPAN_WEIGHT, SPAN_ITEMS = 0.3, 16
MOST_CHARACTERS, MOST_MENTION = 350, 60


def agreed(row):
    """Mentions of a document that both resolvers put into one chain, chain by chain."""
    theirs = {tuple(m[:2]): k for k, chain in enumerate(row["statistical"]) for m in chain}
    for chain in row["neural"]:
        groups = {}
        for start, end, kind in chain:
            if kind != "list" and end - start <= MOST_MENTION and (start, end) in theirs: groups.setdefault(theirs[start, end], []).append((start, end))
        yield from (mentions for mentions in groups.values() if len(mentions) > 1)


def shared_pairs(text, sentences, chains):
    """Lists of (sentence, (end, end)) that mention the same two chains, no two of one sentence."""
    placed = [{k: m for m in reversed(mentions) for k, (a, b) in enumerate(sentences) if a <= m[0] and m[1] <= b} for mentions in chains]
    for one, other in combinations(placed, 2):
        both = [k for k in sorted(set(one) & set(other)) if one[k][1] <= other[k][0] or other[k][1] <= one[k][0]]
        cut = lambda k: (text[sentences[k][0]:sentences[k][1]], tuple((m[k][0] - sentences[k][0], m[k][1] - sentences[k][0]) for m in (one, other)))
        items = [cut(k) for k in both if sentences[k][1] - sentences[k][0] <= MOST_CHARACTERS]
        if len({text for text, _ in items}) > 1: yield items


def load(data: Path):
    """Groups of sentences that share two chains. Texts outside the first plane are left out: offsets count UTF-16."""
    silver = {(row["file"], row["id"]): row for row in source.lines(data / "silver/corenlp.jsonl")}
    plain = lambda text: max(text, default="a") <= "\uffff"
    groups = []
    for name in ("docred-chains.train", "redocred.train", "knowledgenet.train", "gap.train"):
        for row in source.lines(data / f"documents/{name}.jsonl"):
            if not plain(row["text"]): continue
            said = silver.get((name, row["id"]))
            marked = [[tuple(m) for m in chain["mentions"]] for chain in row["chains"] if len(chain["mentions"]) > 1] if "docred" in name else []
            groups += shared_pairs(row["text"], row["sentences"], marked)
            if said: groups += shared_pairs(row["text"], said["sentences"], list(agreed(said)))
    for at, text in enumerate((data / "text/wikitext2.txt").read_text(encoding="utf8").split("\n"), 1):
        said = silver.get(("wikitext2", f"line:{at}"))
        if said and plain(text): groups += shared_pairs(text, said["sentences"], list(agreed(said)))
    return groups


class SpanHead(nn.Module):
    """Predicts pieces; its last matrix is the table of the vocabulary."""
    def __init__(self, backbone):
        super().__init__()
        self.table = backbone.words
        self.transform, self.norm, self.bias = nn.Linear(backbone.width, backbone.width), nn.LayerNorm(backbone.width), nn.Parameter(torch.zeros(backbone.words.num_embeddings))

    def forward(self, states):
        return self.norm(F.gelu(self.transform(states))) @ self.table.weight.T + self.bias


def span_loss(model, head, items, chance):
    """Cross-entropy of masked pieces, of which eight in ten are hidden, one is another piece and one stays."""
    tensors, kept = pack([(text, [pair]) for text, pair in items], model.tok)
    ids, wanted = tensors[0].clone(), torch.full_like(tensors[0], -1)
    for row, (text, pair) in enumerate(items):
        if not kept[row]: continue
        encoding = model.tok.encode(text)
        ends = sorted(pieces_of(encoding, end) for end in pair)
        for k in range(1, min(len(encoding.ids) - 1, int((tensors[3][row] == 0).sum()) - 1)):
            where = "end" if any(a <= k <= b for a, b in ends) else "between" if ends[0][1] < k < ends[1][0] else "elsewhere"
            if chance.random() >= SPANS[where]: continue
            wanted[row, k], draw = ids[row, k], chance.random()
            if draw < 0.9: ids[row, k] = MASK if draw < 0.8 else chance.randrange(999, model.backbone.words.num_embeddings)
    device = head.bias.device
    ids, wanted, *rest = (t.to(device) for t in (ids, wanted, *tensors[1:4]))
    with narrowed(device.type): states = model.backbone(ids, *rest).float()
    return F.cross_entropy(head(states[wanted >= 0]), wanted[wanted >= 0])


def chain_loss(u):
    """InfoNCE: neighbours of a step are two sentences of one group."""
    likeness = (u @ u.T / TEMPERATURE).masked_fill(torch.eye(len(u), dtype=torch.bool, device=u.device), -1e4)
    return F.cross_entropy(likeness, torch.arange(len(u), device=u.device) ^ 1)


def main():
    a = argparse.ArgumentParser()
    a.add_argument("--data", type=Path, required=True); a.add_argument("--out", type=Path, required=True); a.add_argument("--encoding", choices=PARTS, default="joint")
    a.add_argument("--minutes", type=float, default=20); a.add_argument("--seed", type=int, default=1); a.add_argument("--rate", type=float, default=1e-4)
    a.add_argument("--threads", type=int, default=2); a.add_argument("--spans-only", action="store_true")
    o = a.parse_args()
    torch.manual_seed(o.seed); torch.set_num_threads(o.threads)
    o.out.mkdir(parents=True, exist_ok=True)
    last, log = o.out / "last.pt", (o.out / "log.jsonl").open("a")
    device = "cuda" if torch.cuda.is_available() else "cpu"
    model = open_states(last if last.exists() else None).to(device)
    head = SpanHead(model.backbone).to(device)
    saved = torch.load(last, map_location=device) if last.exists() else dict(step=0, spent=0.0)
    if "head" in saved: head.load_state_dict(saved["head"])
    step, spent = saved["step"], saved["spent"]
    own = [p for n, p in head.named_parameters() if not n.startswith("table")]
    optimizer = torch.optim.AdamW([dict(params=list(model.backbone.parameters()), lr=o.rate), dict(params=own, lr=4 * o.rate)], weight_decay=0.01)
    groups = load(o.data)
    log.write(json.dumps(dict(command=" ".join(sys.argv[1:]), groups=len(groups), sentences=sum(map(len, groups)))) + "\n"); log.flush()
    tick = time.time()
    while spent / 60 < o.minutes:
        chance = random.Random(o.seed * 1000003 + step)
        scale = min(1, (step + 1) / 50) * max(0.02, 1 - spent / 60 / o.minutes)
        for group, base in zip(optimizer.param_groups, (o.rate, 4 * o.rate)): group["lr"] = base * scale
        items = [item for group in chance.sample(groups, GROUPS) for item in chance.sample(group, 2)]
        losses = dict(spans=span_loss(model, head, chance.sample(items, SPAN_ITEMS), chance))
        if not o.spans_only: losses["chains"] = chain_loss(joined(model(items, PARTS[o.encoding], chance, BLANK)))
        loss = losses["spans"] if o.spans_only else losses["chains"] + SPAN_WEIGHT * losses["spans"]
        optimizer.zero_grad(); loss.backward()
        nn.utils.clip_grad_norm_([*model.parameters(), *own], 1.0)
        optimizer.step(); step += 1
        spent, tick = spent + min(60, time.time() - tick), time.time()
        if step % 25 == 0 or spent / 60 >= o.minutes:
            log.write(json.dumps(dict(step=step, **{name: round(value.item(), 4) for name, value in losses.items()}, seconds=round(spent))) + "\n"); log.flush()
            torch.save(dict(model={f"backbone.{name}": value for name, value in model.backbone.state_dict().items()}, head=head.state_dict(), step=step, spent=spent), last)


if __name__ == "__main__":
    main()
