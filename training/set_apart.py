"""Writes the name sentences that were set apart as CoNLL-U: words, multi-word tokens and NE=, nothing else.

    python training/set_apart.py DATA OUT.conllu
"""

from __future__ import annotations

import sys
from pathlib import Path

import sources


def main() -> None:
    data = Path(sys.argv[1])
    _, apart = sources.name_sentences(data, sources.read_treebank(data / "treebank/padt-r2.13-train.conllu"))
    with open(sys.argv[2], "w", encoding="utf-8") as out:
        for sentence in apart:
            tokens = iter(sentence.tokens)
            for i, (form, (index, count), name) in enumerate(zip(sentence.forms, sentence.places, sentence.names)):
                if index == 0:
                    token = next(tokens)
                    if count > 1:
                        out.write(f"{i + 1}-{i + count}\t{token}" + "\t_" * 8 + "\n")
                misc = "_" if name == "O" else f"NE={name}"
                out.write(f"{i + 1}\t{form}" + "\t_" * 7 + f"\t{misc}\n")
            out.write("\n")


if __name__ == "__main__":
    main()
