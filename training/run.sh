#!/bin/sh
# Makes models/isnad-ar.model anew: vectors and language model from raw news, the core, the segmenter, the container.
#     training/run.sh DATA [PRETRAINING [TRAINING]]     DATA as training/README.md tells; minutes, 46 and 36 unless told
# PYTHON names an interpreter that has training/requirements.txt; PROCESSES how many cores training may take.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
data=${1:?usage: training/run.sh DATA [PRETRAINING [TRAINING]]}
pretraining=${2:-46}
training=${3:-36}
python=${PYTHON:-python3}
processes=${PROCESSES:-2}
export OMP_NUM_THREADS=1 # the processes share the cores out among themselves

"$python" "$here/vectors.py" "$data" --epochs 2
"$python" "$here/pretrain.py" "$data" --minutes "$pretraining" --processes "$processes"
"$python" "$here/train_core.py" "$data" --minutes "$training" --drop 0.3 --embedding-drop 0.25 \
    --processes "$processes"
# Means of weights along one training: docs/design/language-core.md.
go_on() { # MINUTES RATE DROP SHARE_OF_THE_NEW, of its own and the earlier weights
    cp "$here/build/core.pt" "$here/build/before.pt"
    "$python" "$here/train_core.py" "$data" --core "$here/build/before.pt" --minutes "$1" --rate "$2" --drop "$3" \
        --embedding-drop "$3" --processes "$processes"
    "$python" "$here/mean.py" "$here/build/before.pt" "$here/build/core.pt" "$4"
}
go_on $((training * 2 / 3)) 1.5e-3 0.12 0.65
go_on $((training / 3)) 1e-3 0.22 0.5
# A second turn: the encoder reads on, and the core goes on from what it has learned and the encoder's difference.
cp "$here/build/encoder.pt" "$here/build/encoder-first.pt"
cp "$here/build/core.pt" "$here/build/core-first.pt"
"$python" "$here/pretrain.py" "$data" --minutes "$pretraining" --processes "$processes" --rate 1.5e-3 --seed 12 \
    --encoder "$here/build/encoder-first.pt"
"$python" "$here/carry_over.py" "$here/build/core-first.pt" "$here/build/encoder-first.pt" "$here/build/encoder.pt" \
    "$here/build/core.pt"
go_on $((training * 4 / 3)) 2e-3 0.2 1
go_on $((training / 2)) 1.2e-3 0.14 0.5
"$python" "$here/mean.py" "$here/build/core-first.pt" "$here/build/core.pt" 0.9
"$python" "$here/export_core.py" "$data"
"$python" "$here/segmenter.py" "$data"
"$python" "$here/pack.py"
