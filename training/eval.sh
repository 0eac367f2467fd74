#!/bin/sh
# Measures a model with the program's own parser and scorer: the treebank's development part from raw text (a paragraph a
# line) and from gold words, and names on the tenth of ANERcorp that was set apart.
#     training/eval.sh DATA BUILD [MODEL]     BUILD a build folder with the program isnad
set -eu
here=$(cd "$(dirname "$0")" && pwd)
data=${1:?usage: training/eval.sh DATA BUILD [MODEL]}
isnad=${2:?usage: training/eval.sh DATA BUILD [MODEL]}/isnad
model=${3:-$here/../models/isnad-ar.model}
python=${PYTHON:-python3}
gold=$data/treebank/padt-r2.13-dev.conllu
work=$here/build
mkdir -p "$work"

"$python" "$here/paragraphs.py" "$gold" "$work/dev.txt"
"$isnad" parse --model "$model" "$work/dev.txt" -o "$work/dev.raw.conllu"
printf '== treebank, from raw text ==\n'
"$isnad" score "$gold" "$work/dev.raw.conllu"

"$isnad" parse --model "$model" "$gold" -o "$work/dev.words.conllu"
printf '\n== treebank, from gold words ==\n'
"$isnad" score "$gold" "$work/dev.words.conllu"

"$python" "$here/set_apart.py" "$data" "$work/names.conllu"
"$isnad" parse --model "$model" "$work/names.conllu" -o "$work/names.read.conllu"
printf '\n== names, from gold words ==\n'
"$isnad" score "$work/names.conllu" "$work/names.read.conllu"
