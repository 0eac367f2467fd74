#!/bin/sh
# Makes models/isnad-ar.model anew: vectors and language model from raw news, the core, the segmenter, the container.
#     training/run.sh DATA [PRETRAINING [TRAINING]]     DATA as training/README.md tells; minutes, 46 and 38 unless told
# PYTHON names an interpreter that has training/requirements.txt; PROCESSES how many cores training may take.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
data=${1:?usage: training/run.sh DATA [PRETRAINING [TRAINING]]}
pretraining=${2:-46}
training=${3:-38}
python=${PYTHON:-python3}
processes=${PROCESSES:-2}
export OMP_NUM_THREADS=1 # the processes share the cores out among themselves

"$python" "$here/vectors.py" "$data" --epochs 2
"$python" "$here/pretrain.py" "$data" --minutes "$pretraining" --processes "$processes"
"$python" "$here/train_core.py" "$data" --minutes "$training" --processes "$processes"
"$python" "$here/export_core.py" "$data"
"$python" "$here/segmenter.py" "$data"
"$python" "$here/pack.py"
