#!/bin/sh
# Makes models/isnad-ar.model anew: vectors from raw news, the core, the segmenter, the container.
#     training/run.sh DATA [MINUTES]     DATA as training/README.md tells; MINUTES for the core, 24 unless told
# PYTHON names an interpreter that has training/requirements.txt; THREADS how many cores training may take.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
data=${1:?usage: training/run.sh DATA [MINUTES]}
minutes=${2:-24}
python=${PYTHON:-python3}
threads=${THREADS:-2}

"$python" "$here/vectors.py" "$data" --epochs 5
"$python" "$here/train_core.py" "$data" --minutes "$minutes" --threads "$threads"
"$python" "$here/export_core.py" "$data"
"$python" "$here/segmenter.py" "$data"
"$python" "$here/pack.py"
