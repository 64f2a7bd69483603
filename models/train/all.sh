#!/usr/bin/env bash
# Both encoders, from base weights to bundles: every stage in its order. What is there already is not done again, a run that was stopped goes on.
#
#   bash models/train/all.sh DATA OUT [MINUTES]      MINUTES: of each encoder's training (default 240); a tenth of it goes to self-supervision before
#
# The bundles come to lie in OUT/models; the repository's own stay as they are. Needs npm ci and models/train/requirements.txt. The same on a CPU and, untried yet, on a GPU.
set -euo pipefail
[ $# -ge 2 ] || { sed -n '2,7p' "$0"; exit 2; }
mkdir -p "$2"
data="$(realpath "$1")" out="$(realpath "$2")" minutes="${3:-240}"
cd "$(dirname "$0")"
threads="$(nproc)"

once() { # FILE COMMAND...: runs the command unless FILE is there
  local file="$1"; shift
  [ -e "$file" ] && return
  printf '\n== %s\n' "$*"
  "$@"
  touch "$file"
}
first_weights() { # the weights of the readings and the curves, which the product fits later, are the shipped ones at first
  python3 - "$1" <<'PY'
import json, sys
from pathlib import Path
path, shipped = Path(sys.argv[1]), json.loads(Path("../relation-encoder/head.json").read_text())
path.write_text(json.dumps(dict(verdict=shipped["verdict"], operating=shipped["operating"]) | json.loads(path.read_text())) + "\n")
PY
}
readings() { # MODELS FILE SET...: what bundles say of annotated sets
  local models="$1" file="$2"; shift 2
  (cd ../.. && npx tsx bench/readings.ts "$@" --models "$models") > "$file.part" && mv "$file.part" "$file"
}
asked() { # MODELS FILE SET...: what is asked about annotated sets, by the entity encoder of MODELS; its relation encoder is opened and not used
  local models="$1" file="$2"; shift 2
  [ -e "$models/relation-encoder" ] || cp -r ../relation-encoder "$models"
  (cd ../.. && npx tsx bench/asked.ts "$@" --models "$models") > "$file.part" && mv "$file.part" "$file"
}
for_gpus_on_cpu() { # FROM TO: the bundles with the files for GPUs in place of those for CPUs
  mkdir -p "$2" && cp -r "$1"/* "$2"
  python3 - "$2" <<'PY'
import json, sys
from pathlib import Path
for path in Path(sys.argv[1]).glob("*/manifest.json"):
    saved = json.loads(path.read_text())
    saved["numerics"]["int8"] = saved["numerics"]["fp16"]
    path.write_text(json.dumps(saved))
PY
}

once "$out/mix.done" python3 check_mix.py --data "$data" --eval "${EVAL:-$data/../eval}"

once "$out/entities.done" python3 train_entities.py --data "$data" --out "$out/entities" --minutes "$minutes" --threads "$threads"
once "$out/entities-calibrated.done" python3 calibrate_entities.py --data "$data" --model "$out/entities/last.pt"
once "$out/entities-exported.done" python3 export_entities.py --model "$out/entities/last.pt" --out "$out/models/entity-encoder"

once "$out/trained.done" python3 corpus/as_sets.py --out "$out/trained" --trained
once "$out/asked.done" asked "$out/models" "$out/asked.jsonl" "$out"/trained/*

once "$out/chains.done" python3 pretrain.py --data "$data" --out "$out/chains" --minutes "$((minutes / 10 + 1))" --threads "$threads"
once "$out/relations.done" python3 train_relations.py --data "$data" --out "$out/relations" --start "$out/chains/last.pt" --minutes "$minutes" --threads "$threads" --keep-held-out --asked "$out/asked.jsonl"
once "$out/relations-calibrated.done" python3 calibrate_relations.py --data "$data" --model "$out/relations/last.pt" --sets authored,documents
once "$out/relations-first.done" first_weights "$out/relations/calibration.json"
once "$out/relations-exported.done" python3 export_relations.py --model "$out/relations/last.pt" --out "$out/models/relation-encoder"

once "$out/sets.done" python3 corpus/as_sets.py --out "$out/left-out"
once "$out/folds.done" python3 corpus/as_sets.py --out "$out/folds" --folds 4
once "$out/ordinary.done" python3 corpus/ordinary_set.py --data "$data" --out "$out/ordinary"
once "$out/passages.done" python3 corpus/ordinary_set.py --data "$data" --out "$out/passages" --passages 700
once "$out/few.done" readings "$out/models" "$out/few.jsonl" "$out"/left-out/*
once "$out/many.done" readings "$out/models" "$out/many.jsonl" "$out"/folds/* "$out/ordinary" "$out/passages"
once "$out/weighed.done" python3 weigh_readings.py --readings "$out/few.jsonl" --examples "$out/many.jsonl" --counted passages --bundle "$out/models/relation-encoder"
for encoder in entity relation; do once "$out/$encoder-gpu.done" python3 export_gpu.py --bundle "$out/models/$encoder-encoder"; done
once "$out/fp16.done" for_gpus_on_cpu "$out/models" "$out/models-fp16"
once "$out/few-fp16.done" readings "$out/models-fp16" "$out/few-fp16.jsonl" "$out"/left-out/*
once "$out/many-fp16.done" readings "$out/models-fp16" "$out/many-fp16.jsonl" "$out"/folds/* "$out/ordinary" "$out/passages"
once "$out/weighed-fp16.done" python3 weigh_readings.py --readings "$out/few-fp16.jsonl" --examples "$out/many-fp16.jsonl" --counted passages --bundle "$out/models/relation-encoder" --numeric fp16

python3 measure_entities.py --data "$data" --model "$out/entities/last.pt"
python3 measure_relations.py --data "$data" --model "$out/relations/last.pt"
python3 measure_verdicts.py --model "$out/relations/last.pt" --most 250
