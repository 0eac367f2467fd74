"""Writes the name sentences that were set apart as CoNLL-U (words, NER= labels, flat dummy trees) for the measurement.

    python training/set_apart.py SHARED_DATA OUT.conllu
"""

from __future__ import annotations

import sys
from pathlib import Path

import train_core


def main() -> None:
    _, _, _, apart = train_core.load(Path(sys.argv[1]))
    with open(sys.argv[2], "w", encoding="utf-8") as out:
        for sentence in apart:
            tokens = iter(sentence.tokens)
            for i, (form, (index, count), name) in enumerate(zip(sentence.forms, sentence.places, sentence.names)):
                if index == 0:
                    token = next(tokens)
                    if count > 1:
                        out.write(f"{i + 1}-{i + count}\t{token}" + "\t_" * 8 + "\n")
                misc = "_" if name == "O" else f"NER={name}"
                out.write(f"{i + 1}\t{form}\t_\tX\t_\t_\t{i}\t{'dep' if i else 'root'}\t_\t{misc}\n")
            out.write("\n")


if __name__ == "__main__":
    main()
