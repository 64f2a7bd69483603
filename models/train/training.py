"""One training run in a folder: rates that warm up and fall, a log line every 50 steps, a checkpoint every two minutes. A run that was stopped goes on from there."""
import argparse
import hashlib
import json
import sys
import time
from pathlib import Path

import torch
from torch import nn

WARM, LEAST_RATE = 100, 0.02  # steps until the full rate; the share of it that the last steps have
OF_HEADS = 4  # how much faster heads learn, which begin from nothing
LOGGED, SAVED = 50, 120  # steps between lines of the log; seconds between checkpoints


def options(steps: int, rate: float) -> argparse.ArgumentParser:
    """Those that the training of either encoder has."""
    a = argparse.ArgumentParser()
    a.add_argument("--data", type=Path, required=True); a.add_argument("--out", type=Path, required=True)
    a.add_argument("--corpus", type=Path, default=Path(__file__).parent / "corpus/fields")
    a.add_argument("--steps", type=int, default=steps); a.add_argument("--minutes", type=float, default=1e9); a.add_argument("--seed", type=int, default=1)
    a.add_argument("--rate", type=float, default=rate); a.add_argument("--threads", type=int, default=2)
    a.add_argument("--base", type=Path, help="ONNX file of bge-small-en-v1.5; without it MiniLM-L6")
    a.add_argument("--start", type=Path, help="checkpoint whose weights the run begins with: of another run, or of restore.py")
    a.add_argument("--keep-words", action="store_true", help="the table of the vocabulary stays as it is: half of all weights, steps take a sixth less without them")
    a.add_argument("--dev-fields", default="art,transport", help="fields of the authored corpus that are kept for calibration")
    return a


def fingerprint(o, *others: Path) -> str:
    """Of the data, the corpus and the other files that a run reads: their names and sizes, as 16 hexadecimal digits."""
    files = [*o.data.rglob("*.jsonl"), *o.corpus.glob("*.yaml"), *(o.corpus.parent / "documents").glob("*.yaml"), *others]
    return hashlib.sha256("".join(sorted(f"{path.name}:{path.stat().st_size}" for path in files)).encode()).hexdigest()[:16]


class Training:
    """`for _ in Training(…)` gives steps until their number or the minutes are used up; each must end in `learn`."""
    def __init__(self, o, model: nn.Module, load, facts: dict):
        """`load` puts the weights of `--start` into the model; `facts` of the data go into the first line of the log, beside command and seed."""
        self.o, self.model, self.last = o, model, o.out / "last.pt"
        model.backbone.words.weight.requires_grad_(not o.keep_words)
        heads = [p for name, p in model.named_parameters() if not name.startswith("backbone")]
        groups = [dict(params=[p for p in model.backbone.parameters() if p.requires_grad], lr=o.rate), dict(params=heads, lr=OF_HEADS * o.rate)]
        self.optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
        self.step, self.spent = 0, 0.0
        o.out.mkdir(parents=True, exist_ok=True)
        device = next(model.parameters()).device
        if self.last.exists():
            saved = torch.load(self.last, map_location=device)
            model.load_state_dict(saved["model"]); self.optimizer.load_state_dict(saved["optimizer"]); self.step, self.spent = saved["step"], saved["spent"]
        elif o.start: load(model, torch.load(o.start, map_location=device)["model"])
        self.log = (o.out / "log.jsonl").open("a")
        self.write(command=" ".join(sys.argv[1:]), seed=o.seed, **facts)

    def draw_on(self, chance):
        """What a run that goes on draws is other than what it drew at its start."""
        if self.step: chance.seed(self.o.seed * 1000003 + self.step)

    def __iter__(self):
        self.began = self.tick = mark = time.time()
        while self.step < self.o.steps and self.spent / 60 < self.o.minutes:
            progress = max(self.step / self.o.steps, self.spent / 60 / self.o.minutes)
            scale = min(1, (self.step + 1) / WARM) * max(LEAST_RATE, 1 - progress)
            for group, base in zip(self.optimizer.param_groups, (self.o.rate, OF_HEADS * self.o.rate)): group["lr"] = base * scale
            self.model.train()
            yield self.step
            if time.time() - mark > SAVED:
                mark = time.time()
                self.save()
        self.save()

    def learn(self, loss: torch.Tensor, parts: dict[str, float]):
        """One step down the loss; its parts are for the log."""
        self.optimizer.zero_grad(); loss.backward()
        nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimizer.step(); self.step += 1
        self.spent, self.tick = self.spent + min(60, time.time() - self.tick), time.time()  # a run that was stopped meanwhile did not train
        if self.step % LOGGED == 0:
            self.write(step=self.step, loss=round(loss.item(), 4), **{name: round(x, 4) for name, x in parts.items()}, seconds=round(time.time() - self.began))

    def save(self):
        part = self.o.out / "part.pt"
        torch.save(dict(model=self.model.state_dict(), optimizer=self.optimizer.state_dict(), step=self.step, spent=self.spent), part)
        part.rename(self.last)

    def write(self, **line):
        self.log.write(json.dumps(line) + "\n"); self.log.flush()
