"""The four ways to make a pair's vector out of its slot: its ends, its mask, both of one encoder, or the mask of one beside the ends of another
("Entity or Relation Embeddings?", arXiv 2312.11062). One switch, `--encoding`; measure_encodings.py compares them.

    python train_encodings.py --data DATA --out RUN --encoding ends|mask|joint [--seed S] [--steps N] [--start RUN0/last.pt] [--broad] [--described] [--base BASE] [--teacher RUN1/last.pt]

Trains a backbone on the 64 training relations of FewRel by supervised contrast, and nothing else, so that only the encoding differs. The hybrid is
no run of its own: it reads the mask of a run of `mask` and the ends of a run of `ends`. Continues from RUN/last.pt; writes RUN/log.jsonl.

With --broad half as many sentences again come from the authored corpus, KnowledgeNet and Re-DocRED, without what means the same as a relation of FewRel
validation, and what is kept is the mean of the weights along the way. With --described a relation's name and description are read as one more sentence of it,
whose ends are the names of its types; a sentence is told from the descriptions of other relations, too. With --teacher, a run of this script (of BERT-base, say),
the likenesses that it sees among the sentences and descriptions of a step are learnt as well.
"""
import argparse
import json
import math
import random
import sys
import time
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional as F

sys.path.insert(0, str(Path(__file__).parent / "corpus"))

import windows as source
from backbone import Backbone, load_backbone, narrowed
from packing import describe, pack, tokenizer
from sampler import Sampler

PARTS = {"mask": (4,), "ends": (0, 2), "joint": (4, 0, 2)}  # pieces of a slot whose states make the vector
RELATIONS, SENTENCES, TEMPERATURE, BLANK = 12, 4, 0.1, 0.15
CHUNK = 32
OTHERS = 24  # descriptions of relations that no sentence of a step states
POOLS, OF_POOL, OF_RELATION = 2, 4, 3  # of the broad mix: other pools a step, relations of each, sentences of a relation
KEPT = 0.995  # of the mean of the weights, a step


class PairStates(nn.Module):
    """Sentences with one pair each -> states of the slot's pieces."""
    def __init__(self, backbone):
        super().__init__()
        self.backbone, self.tok = backbone, tokenizer()

    def forward(self, items, parts, chance=None, blank=0.0):
        """[(text, (head, tail))] -> (N, parts, width); zeros where an end lies beyond the piece limit."""
        device = next(self.backbone.parameters()).device
        order = sorted(range(len(items)), key=lambda i: len(items[i][0]))
        found = []
        for at in range(0, len(order), CHUNK):
            tensors, kept = pack([(items[i][0], [items[i][1]]) for i in order[at: at + CHUNK]], self.tok, chance, blank)
            tensors = [t.to(device) for t in tensors]
            with narrowed(device.type): x = self.backbone(*tensors[:4]).float()
            places = (tensors[4][:, :1] + torch.tensor([parts], device=device)).clamp(max=x.shape[1] - 1)
            found.append(x.gather(1, places[..., None].expand(-1, -1, x.shape[-1])) * torch.tensor([float(bool(k)) for k in kept], device=device)[:, None, None])
        return torch.cat(found)[torch.tensor(order, device=device).argsort()]


def joined(states):
    """Unit vector of a pair, each part weighing the same."""
    return F.normalize(states, dim=-1).flatten(1) / math.sqrt(states.shape[1])


def contrast(u, labels):
    """Supervised contrast (Khosla et al. 2020) over the sentences of a step."""
    itself = torch.eye(len(u), dtype=torch.bool, device=u.device)
    same = (labels[:, None] == labels[None]) & ~itself
    likeness = (u @ u.T / TEMPERATURE).masked_fill(itself, -1e4)
    return -((likeness - torch.logsumexp(likeness, 1, keepdim=True)) * same).sum(1).div(same.sum(1).clamp(min=1)).mean()


def tell(u, labels, descriptions):
    """Sentences against descriptions, that of the k-th label in the k-th row (InfoNCE)."""
    return F.cross_entropy(u @ descriptions.T / TEMPERATURE, labels)


def imitation(u, teacher_u):
    """How far the likenesses of the rows to one another are from those that the teacher sees (Kullback & Leibler; what is learnt is relations among rows: Park et al., CVPR 2019)."""
    itself = torch.eye(len(u), dtype=torch.bool, device=u.device)
    likeness, wanted = ((v @ v.T / TEMPERATURE).masked_fill(itself, -1e4) for v in (u, teacher_u))
    return F.kl_div(F.log_softmax(likeness, 1), F.log_softmax(wanted, 1), log_target=True, reduction="batchmean")


def encoding_of(path: Path) -> str:
    """That a run of this script was made with."""
    command = json.loads((path.parent / "log.jsonl").read_text().split("\n", 1)[0])["command"].split()
    return command[command.index("--encoding") + 1]


def description(text, chance=None):
    """A relation's text as an item of PairStates."""
    body, [ends] = describe(text, chance)
    return body, ends


def open_states(path: Path | None, base: Path | None = None) -> PairStates:
    """Of a checkpoint of this script, of pretrain.py or of train_relations.py; without one, of MiniLM as it comes or of the base."""
    if not path: return PairStates(load_backbone(base))
    weights = {name.removeprefix("backbone."): value for name, value in torch.load(path, map_location="cpu")["model"].items() if name.startswith("backbone.")}
    width = weights["words.weight"].shape[1]
    backbone = Backbone(width=width, inner=4 * width, layers=1 + max(int(name.split(".")[1]) for name in weights if name.startswith("layers.")))
    backbone.load_state_dict(weights)
    return PairStates(backbone)


def stated(windows):
    """Relation -> [(text, (head, tail))], of pairs of which one relation holds."""
    by = {}
    for w in windows:
        for pair in w.pairs:
            if len(pair.holds) == 1: by.setdefault(min(pair.holds), []).append((w.text, (pair.head, pair.tail)))
    return by


def pools(s: Sampler):
    """Relations that are told apart in one step, beside FewRel's: those of a field of the authored corpus, of KnowledgeNet, of Re-DocRED."""
    found = [stated(s.windows[name]) for name in ("knowledgenet", "redocred")] + [stated(some) for some in s.authored.values()]
    enough = [{r: items for r, items in pool.items() if len(items) >= OF_RELATION} for pool in found]
    return [pool for pool in enough if len(pool) >= OF_POOL]


def main():
    a = argparse.ArgumentParser()
    a.add_argument("--data", type=Path, required=True); a.add_argument("--out", type=Path, required=True); a.add_argument("--encoding", choices=PARTS, required=True)
    a.add_argument("--steps", type=int, default=160); a.add_argument("--seed", type=int, default=1); a.add_argument("--rate", type=float, default=1e-4)
    a.add_argument("--threads", type=int, default=2); a.add_argument("--start", type=Path); a.add_argument("--base", type=Path, help="ONNX file of bge-small-en-v1.5, or the folder of bert_base.py; without it MiniLM-L6")
    a.add_argument("--teacher", type=Path); a.add_argument("--broad", action="store_true"); a.add_argument("--described", action="store_true"); a.add_argument("--leave", default="", help="relations of FewRel's training side to leave out, P17,P19,…: to choose settings by")
    o = a.parse_args()
    torch.manual_seed(o.seed); torch.set_num_threads(o.threads)
    o.out.mkdir(parents=True, exist_ok=True)
    last, log = o.out / "last.pt", (o.out / "log.jsonl").open("a")
    device = "cuda" if torch.cuda.is_available() else "cpu"
    saved = torch.load(last, map_location=device) if last.exists() else {}
    model, parts, step = open_states(last if saved else o.start, o.base).to(device), PARTS[o.encoding], saved.get("step", 0)
    teacher, teacher_parts = (open_states(o.teacher).to(device).eval(), PARTS[encoding_of(o.teacher)]) if o.teacher else (None, ())
    kept = {name: value.clone() for name, value in model.backbone.state_dict().items()} if o.broad else None
    if "walking" in saved: model.backbone.load_state_dict(saved["walking"])
    model.backbone.words.weight.requires_grad_(False)
    optimizer = torch.optim.AdamW([p for p in model.parameters() if p.requires_grad], lr=o.rate, weight_decay=0.01)
    if "optimizer" in saved: optimizer.load_state_dict(saved["optimizer"])
    by = stated(source.sentence_pairs(o.data / "relations/fewrel.train.jsonl"))
    sampler = Sampler(o.data, Path(__file__).parent / "corpus/fields", o.seed) if o.broad else None
    others, texts = (pools(sampler), sampler.texts) if sampler else ([], source.relation_texts(o.data))
    for pool in (by, *others):
        for r in o.leave.split(","): pool.pop(r, None)
    told = sorted(r for pool in (by, *others) for r in pool if r in texts)
    log.write(json.dumps(dict(command=" ".join(sys.argv[1:]), relations=len(by) + sum(map(len, others)), sentences=sum(len(items) for pool in (by, *others) for items in pool.values()))) + "\n"); log.flush()
    began = time.time()
    while step < o.steps:
        chance = random.Random(o.seed * 1000003 + step)  # of the step alone: all encodings see the same sentences
        for group in optimizer.param_groups: group["lr"] = o.rate * min(1, (step + 1) / 30) * max(0.02, 1 - step / o.steps)
        drawn = {r: chance.sample(by[r], SENTENCES) for r in chance.sample(sorted(by), RELATIONS)}
        for pool in chance.sample(others, min(POOLS, len(others))): drawn |= {r: chance.sample(pool[r], OF_RELATION) for r in chance.sample(sorted(pool), OF_POOL)}
        labels = torch.tensor([k for k, items in enumerate(drawn.values()) for _ in items], device=device)
        read = [item for items in drawn.values() for item in items]
        u = joined(model(read, parts, chance, BLANK))
        loss = contrast(u, labels)
        if o.described:
            asked = [description(texts[r], chance) for r in [*drawn, *chance.sample([r for r in told if r not in drawn], OTHERS)]]
            descriptions = joined(model(asked, parts))
            loss, read, u = loss + tell(u, labels, descriptions), [*read, *asked], torch.cat([u, descriptions])
        if teacher:
            with torch.no_grad(): seen = joined(teacher(read, teacher_parts))
            loss = loss + imitation(u, seen)
        optimizer.zero_grad(); loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step(); step += 1
        now = model.backbone.state_dict()
        if kept:
            share = min(KEPT, step / (step + 10))
            for name, value in now.items(): kept[name].lerp_(value, 1 - share)
        if step % 40 == 0 or step == o.steps:
            log.write(json.dumps(dict(step=step, loss=round(loss.item(), 4), seconds=round(time.time() - began))) + "\n"); log.flush()
            walking = dict(walking=now) if kept else {}
            torch.save(dict(model={f"backbone.{name}": value for name, value in (kept or now).items()}, step=step, optimizer=optimizer.state_dict()) | walking, o.out / "part.pt"); (o.out / "part.pt").rename(last)


if __name__ == "__main__":
    main()
