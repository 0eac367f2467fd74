#!/bin/sh
# Measures a model on gold words: the treebank's development part, and the tenth of ANERcorp that was set apart.
#     training/eval.sh DATA BUILD [MODEL]     BUILD a build folder with the program test_nlp_slow
set -eu
here=$(cd "$(dirname "$0")" && pwd)
data=${1:?usage: training/eval.sh DATA BUILD [MODEL]}
build=${2:?usage: training/eval.sh DATA BUILD [MODEL]}
mkdir -p "$here/build"
"${PYTHON:-python3}" "$here/set_apart.py" "$data" "$here/build/names.conllu"
ISNAD_MODEL=${3:-$here/../models/isnad-ar.model} ISNAD_GOLD=$data/treebank/padt-r2.13-dev.conllu \
    ISNAD_NAMES=$here/build/names.conllu "$build/tests/test_nlp_slow" '--gtest_filter=measure.*'
