#!/usr/bin/env python3
"""Writes ids of data/knowledge into links.blind.tsv: [words|NAME|XXX] becomes [words|id|XXX], or [words|-|XXX] where the base has no row
for NAME, as links.blind.ids.tsv says (by hand). Marks with ids stay. Fails, and writes nothing, where a mark is malformed, a NAME has no
row or an id is not in the base; prints counts."""

import re
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
KNOWLEDGE = HERE.parents[1] / "data" / "knowledge"
FILES = ("persons", "organizations", "media", "countries", "peoples", "places", "gazetteer")
MARK = re.compile(r"\[([^][|]+)\|([^][|]+)\|([A-Z]{3}|-)\]")
LINE = re.compile(r"\d{4}-\d\d-\d\d\t(?:[^][|]|%s)+" % MARK.pattern.replace("(", "(?:", 3))


def rows(path):
    for line in path.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


def known_ids():
    ids = {row[0] for name in FILES for row in rows(KNOWLEDGE / f"{name}.tsv")}
    states = {id.removeprefix("country/") for id in ids if id.startswith("country/")}
    return ids | {f"body/{row[0]}/{state}" for row in rows(KNOWLEDGE / "bodies.tsv") for state in states}


def main():
    known = known_ids()
    chosen = dict(rows(HERE / "links.blind.ids.tsv"))
    wrong = [f"{name}: no id {id} in the base" for name, id in chosen.items() if id != "-" and id not in known]
    counts = {"marks": 0, "with an id": 0, "with a state or IGO": 0}

    def resolved(mark):
        words, what, state = mark.groups()
        if what != "-" and what not in known:
            if what not in chosen:
                wrong.append(f"{what}: no row in links.blind.ids.tsv, no id of the base")
            what = chosen.get(what, what)
        counts["marks"] += 1
        counts["with an id"] += what != "-"
        counts["with a state or IGO"] += state != "-"
        return f"[{words}|{what}|{state}]"

    links = HERE / "links.blind.tsv"
    lines = links.read_text("utf-8").splitlines()
    wrong += [f"links.blind.tsv:{at}: malformed" for at, line in enumerate(lines, 1) if not LINE.fullmatch(line)]
    out = "".join(MARK.sub(resolved, line) + "\n" for line in lines)
    if wrong:
        sys.exit("\n".join(wrong))
    links.write_text(out, "utf-8")
    print(f"{len(lines)} sentences, " + ", ".join(f"{count} {what}" for what, count in counts.items()))


if __name__ == "__main__":
    main()
