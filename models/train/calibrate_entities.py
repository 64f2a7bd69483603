"""Fits how a span's comparison with a type's description becomes a probability; export_entities.py takes it along.

    python calibrate_entities.py --data DATA --model RUN/last.pt        writes RUN/calibration.json

On the fields of the authored corpus that training left out: every slot is asked for its own type, those above it, the other types of
its field and as many of other fields; words that are no slots are asked for the field's types.
"""
import argparse
import json
import random
from pathlib import Path

import torch

import entity_windows as source
from calibrate_relations import calibration_error, platt
from entity_encoder import open_entities
from train_entities import authored, encode, generate
from train_relations import name_pools, pieces_of, tokenizer


@torch.no_grad()
def main():
    a = argparse.ArgumentParser()
    a.add_argument("--data", type=Path, required=True); a.add_argument("--model", type=Path, required=True)
    a.add_argument("--corpus", type=Path, default=Path(__file__).parent / "corpus/fields"); a.add_argument("--dev-fields", default="art,transport")
    a.add_argument("--most", type=int, default=400)
    o = a.parse_args()
    torch.set_num_threads(1)
    (model, saved), tok, types, chance = open_entities(o.model), tokenizer(), source.TypeTexts(o.corpus), random.Random(7)
    names = generate.Names(name_pools(o.data), chance)
    z, y, best, asked = [], [], 0, 0
    for field in (f for f in generate.load_fields(o.corpus) if f["field"] in o.dev_fields.split(",")):
        own = sorted({f"au:{t}" for r in field["relations"] for e in ("domain", "range") for t in generate.ends(r, e) if t in types.rows})
        others = chance.sample(sorted(set(f"au:{t}" for t in types.rows) - set(own)), len(own))
        labels = own + others
        v = torch.stack([x[2] for x in encode(model, tok, [types.write(k) for k in labels])])
        windows = authored(field, names, chance, types)
        windows = chance.sample(windows, min(o.most, len(windows)))
        for w, (tags, halves, _, encoding) in zip(windows, encode(model, tok, [w.text for w in windows])):
            at = [(pieces_of(encoding, t.span), t) for t in w.typed]
            at = [(p, t) for p, t in at if p and p[1] < len(tags) - 1]
            if not at: continue
            first, last = (torch.tensor([p[k] for p, _ in at]) for k in (0, 1))
            scores = model.kind_scores(model.spans(halves[None], torch.zeros_like(first), first, last)["kind"], v)
            for row, (_, t) in zip(scores, at):
                known = [k for k, label in enumerate(labels) if label in t.holds or label in t.looked]
                z += [row[k].item() for k in known]; y += [labels[k] in t.holds for k in known]
                if t.holds:
                    asked += 1
                    best += labels[max(known, key=lambda k: row[k].item())] in t.holds
    z, y = torch.tensor(z), torch.tensor(y)
    slope, offset = platt(z, y, torch.ones(len(y)))
    p = torch.sigmoid(slope * z + offset)
    order = z.argsort(descending=True); tp = y[order].float().cumsum(0); precision = tp / torch.arange(1, len(y) + 1)
    report = dict(slope=round(slope, 4), offset=round(offset, 4), questions=len(y), holding=int(y.sum()), best=round(best / asked, 4), calibrationError=round(calibration_error(p, y), 4),
                  averagePrecision=round((precision * y[order]).sum().item() / y.sum().item(), 4), step=saved["step"])
    (o.model.parent / "calibration.json").write_text(json.dumps(report, indent=1) + "\n")
    print(json.dumps(report))


if __name__ == "__main__":
    main()
