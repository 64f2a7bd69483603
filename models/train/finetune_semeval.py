"""A whole encoder fitted to SemEval-2010 Task 8: its training side, or K examples of each class (TKRE's setting, IJCAI 2025, arXiv 2505.12236).

    python finetune_semeval.py --data DATA --out RUN --encoding ends|mask|joint [--shots 8,16,32] [--seeds 5] [--start RUN0/last.pt]

What the product does with examples moves no weight of an encoder; this says what its weights are worth where they may move. A linear map on a slot's states names one of
nineteen classes: nine relations in two directions, and Other. Without --shots on all of the training side. Prints the official macro-F1 of the test side, in which nothing was
chosen, for each number of shots and seed; RUN/log.jsonl has the same. What stands there is not done again, and a fit that was stopped goes on behind its last epoch. A checkpoint to begin with is one of train_encodings.py, pretrain.py or train_relations.py.
"""
import argparse
import json
import random
import sys
import time
from pathlib import Path
from statistics import mean, stdev

import torch
from torch import nn
from torch.nn import functional as F

from few_shot import by_label
from measure_relations import official_f1, semeval_items
from train_encodings import CHUNK, PARTS, open_states

WARM, DROPOUT, DECAY = 0.1, 0.1, 0.01
HEAD = 10  # how much faster the map learns, which begins from nothing


class Classifier(nn.Module):
    def __init__(self, states, parts, classes: int):
        super().__init__()
        self.states, self.parts = states, parts
        self.name = nn.Linear(len(parts) * states.backbone.width, classes)

    def forward(self, items):  # [(text, (head, tail))] -> (N, classes)
        return self.name(F.dropout(self.states(items, self.parts).flatten(1), DROPOUT if self.training else 0.0))


def fitted(start, parts, items, labels, classes, seed, epochs, batch, rate, last: Path):
    """Encoder and map after so many epochs; `labels` index `classes`; `last` keeps what each epoch leaves."""
    torch.manual_seed(seed)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    chance, model = random.Random(seed), Classifier(open_states(start), parts, classes).to(device)
    model.states.backbone.dropout = DROPOUT
    model.states.backbone.words.weight.requires_grad_(False)
    for layer in model.states.backbone.layers: layer.dropout = DROPOUT
    groups = [dict(params=[p for p in model.states.parameters() if p.requires_grad], lr=rate, base=rate), dict(params=model.name.parameters(), lr=HEAD * rate, base=HEAD * rate)]
    optimizer, steps, step = torch.optim.AdamW(groups, weight_decay=DECAY), epochs * -(-len(items) // batch), 0
    model.train()
    saved = torch.load(last, map_location=device, weights_only=False) if last.exists() else {}
    if saved:
        model.load_state_dict(saved["model"]); optimizer.load_state_dict(saved["optimizer"]); chance.setstate(saved["chance"]); torch.set_rng_state(saved["noise"].cpu()); step = saved["step"]
    for epoch in range(saved.get("epoch", 0), epochs):
        order = chance.sample(range(len(items)), len(items))
        for at in range(0, len(order), batch):
            some = order[at: at + batch]
            for group in optimizer.param_groups: group["lr"] = group["base"] * min((step + 1) / max(1, WARM * steps), (steps - step) / ((1 - WARM) * steps))
            loss = F.cross_entropy(model([items[i] for i in some]), torch.tensor([labels[i] for i in some], device=device))
            optimizer.zero_grad(); loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step(); step += 1
        torch.save(dict(model=model.state_dict(), optimizer=optimizer.state_dict(), chance=chance.getstate(), noise=torch.get_rng_state(), step=step, epoch=epoch + 1), last.with_suffix(".part"))
        last.with_suffix(".part").rename(last)
    return model.eval()


@torch.no_grad()
def guessed(model, items):
    return [k for at in range(0, len(items), 16 * CHUNK) for k in model(items[at: at + 16 * CHUNK]).argmax(1).tolist()]


def drawn(labels, shots, seed):
    """Rows of K examples of each class, as the seed draws them; all rows without K."""
    if shots is None: return list(range(len(labels)))
    chance, by = random.Random(seed), by_label(labels)
    return [i for label in sorted(by) for i in chance.sample(by[label], min(shots, len(by[label])))]


def main():
    a = argparse.ArgumentParser()
    a.add_argument("--data", type=Path, required=True); a.add_argument("--out", type=Path, required=True); a.add_argument("--encoding", choices=PARTS, default="joint"); a.add_argument("--start", type=Path)
    a.add_argument("--shots", type=lambda text: [int(n) for n in text.split(",")], default=[None]); a.add_argument("--seeds", type=int, default=1)
    a.add_argument("--epochs", type=int); a.add_argument("--batch", type=int, default=32); a.add_argument("--rate", type=float, default=1e-4); a.add_argument("--threads", type=int, default=2)
    o = a.parse_args()
    torch.set_num_threads(o.threads)
    o.out.mkdir(parents=True, exist_ok=True)
    path = o.out / "log.jsonl"
    rows = [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []
    settings = {name: str(value) for name, value in vars(o).items() if name in ("encoding", "start", "epochs", "batch", "rate")}
    for row in rows:
        if row.get("settings", settings) != settings: raise SystemExit(f"{o.out} holds fits with {row['settings']}, and these are with {settings}: take another --out.")
    done = {(row["shots"], row["seed"]): row["f1"] for row in rows if "f1" in row}
    log = path.open("a")
    log.write(json.dumps(dict(command=" ".join(sys.argv[1:]), settings=settings)) + "\n"); log.flush()
    (shown, labels), (asked, truths) = (semeval_items(o.data / f"relations/semeval.{part}.jsonl") for part in ("train", "test"))
    classes = sorted(set(labels), key=str)
    numbers, relations = [classes.index(label) for label in labels], sorted({c[0] for c in classes if c})
    for shots in o.shots:
        scores = []
        for seed in range(1, o.seeds + 1):
            if (shots, seed) in done:
                scores.append(done[shots, seed]); continue
            last = o.out / f"{shots or 'all'}-{seed}.pt"
            began, rows = time.time(), drawn(numbers, shots, seed)
            epochs = o.epochs or (5 if shots is None else max(8, 320 // shots))
            model = fitted(o.start, PARTS[o.encoding], [shown[i] for i in rows], [numbers[i] for i in rows], len(classes), seed, epochs, o.batch, o.rate, last)
            scores.append(official_f1(relations, truths, [classes[k] for k in guessed(model, asked)]))
            line = json.dumps(dict(shots=shots, seed=seed, examples=len(rows), epochs=epochs, f1=round(scores[-1], 2), seconds=round(time.time() - began)))
            log.write(line + "\n"); log.flush(); print(line, flush=True)
            last.unlink()
        print(json.dumps(dict(shots=shots, f1=round(mean(scores), 1), deviation=round(stdev(scores), 1) if len(scores) > 1 else None)), flush=True)


if __name__ == "__main__":
    main()
