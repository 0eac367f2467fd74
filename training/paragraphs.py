"""Writes the paragraphs of a treebank as raw text, one a line: its sentences' "# text" with a space between.

    python training/paragraphs.py TREEBANK.conllu OUT.txt
"""

from __future__ import annotations

import sys


def paragraphs(lines):
    current = []
    for line in lines:
        if line.startswith(("# newpar", "# newdoc")) and current:
            yield " ".join(current)
            current = []
        elif line.startswith("# text = "):
            current.append(line[len("# text = "):].strip())
    if current:
        yield " ".join(current)


def main() -> None:
    with open(sys.argv[1], encoding="utf-8") as treebank, open(sys.argv[2], "w", encoding="utf-8") as out:
        for paragraph in paragraphs(treebank):
            out.write(paragraph + "\n")


if __name__ == "__main__":
    main()
