#!/usr/bin/env python3
"""Reads a part of the times corpus with isnad and scores the time expressions that it finds.

  corpus/times/score.py corpus/times/dev.tsv --program build/isnad [--errors]

Prints the F1 of exact spans and, of the spans found, how many have the right type, value and mod, and the right first and
last day. --errors shows each difference; it refuses the part that is set apart. Standard library only.
"""

import argparse
import calendar
import datetime
import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

TYPES = {"DATE", "TIME", "DURATION", "SET"}
MODS = {"START", "MID", "END", "APPROX", "BEFORE", "AFTER"}
DAY = r"\d{4}-\d{2}-\d{2}"


class Slip(Exception):
    """A row that breaks the format; its text says how."""


def whole_of(value, published):
    """The days that a value names by itself: all of a day, week, month or year; nothing of any other value."""
    if value == "PRESENT_REF" and published:
        return published, published
    if re.match(DAY, value):
        return value[:10], value[:10]
    if match := re.fullmatch(r"(\d{4})-W(\d{2})", value):
        monday = datetime.date.fromisocalendar(int(match[1]), int(match[2]), 1)
        return monday.isoformat(), (monday + datetime.timedelta(6)).isoformat()
    if match := re.fullmatch(r"(\d{4})-(\d{2})", value):
        last = calendar.monthrange(int(match[1]), int(match[2]))[1]
        return f"{value}-01", f"{value}-{last:02}"
    if re.fullmatch(r"\d{4}", value):
        return f"{value}-01-01", f"{value}-12-31"
    return "", ""


def expected_of(text, published):
    """(type, value, mod, first, last) of "[TYPE] value [MOD] [first..last]"."""
    words = text.split()
    kind = words.pop(0) if words and words[0] in TYPES else "DATE"
    if not words:
        raise Slip(f"no value in {text!r}")
    value = words.pop(0)
    mod = words.pop(0) if words and words[0] in MODS else ""
    first, last = whole_of(value, published) if kind in {"DATE", "TIME"} else ("", "")
    if words:
        days = re.fullmatch(rf"({DAY})\.\.({DAY})", words.pop(0))
        if not days or words:
            raise Slip(f"expected first..last at the end of {text!r}")
        first, last = days.groups()
    return kind, value, mod, first, last


def parse(line, where):
    """One row: (category, published, text, [(begin, end, expected)])."""
    cells = line.split("\t")
    if len(cells) != 4:
        raise Slip(f"{where}: four cells expected, {len(cells)} found")
    category, published, marked, times = cells
    published = "" if published == "-" else published
    text, spans, begin = "", [], None
    for letter in marked:
        if letter == "[":
            begin = len(text)
        elif letter == "]":
            spans.append((begin, len(text)))
        else:
            text += letter
    wanted = [] if times == "-" else times.split(" ; ")
    if len(spans) != len(wanted):
        raise Slip(f"{where}: {len(spans)} expressions are marked and {len(wanted)} described")
    return category, published, text, [(*at, expected_of(w, published)) for at, w in zip(spans, wanted)]


def rows_of(path):
    lines = Path(path).read_text(encoding="utf-8").splitlines()
    content = [(i, line) for i, line in enumerate(lines, 1) if line and not line.startswith("#")]
    return [parse(line, f"{path}:{i}") for i, line in content[1:]]


def read_with(program, rows):
    """The times of each row as isnad reads them."""
    articles = ""
    for i, (_, published, text, _) in enumerate(rows):
        article = {"id": str(i), "text": text, **({"published": published} if published else {})}
        articles += json.dumps(article, ensure_ascii=False) + "\n"
    done = subprocess.run([program, "read", "--format", "jsonl", "-"], input=articles, text=True, encoding="utf-8",
                          capture_output=True, check=False)
    if done.returncode != 0:
        raise Slip(f"{program} failed: {done.stderr.strip()}")
    found = {}
    for line in done.stdout.splitlines():
        record = json.loads(line)
        found[int(record["article"]["id"])] = {
            tuple(t["at"]): (t["type"], t["value"], t.get("mod", ""), t.get("first", ""), t.get("last", ""))
            for t in record["times"]}
    return [found.get(i, {}) for i in range(len(rows))]


def score(rows, found):
    counts, errors = Counter(), []
    for (category, _, text, gold), read in zip(rows, found):
        read = dict(read)
        counts["rows"] += 1
        counts["gold"] += len(gold)
        counts["read"] += len(read)
        for begin, end, want in gold:
            got = read.pop((begin, end), None)
            if got is None:
                errors.append((category, "missed", text[begin:end], " ".join(want), text))
                continue
            counts["spans"] += 1
            counts["values"] += got[:3] == want[:3]
            counts["days"] += got[3:] == want[3:]
            if got != want:
                errors.append((category, "wrong", text[begin:end], f"{' '.join(want)} | {' '.join(got)}", text))
        for (begin, end), got in read.items():
            errors.append((category, "spurious", text[begin:end], " ".join(got), text))
    return counts, errors


def figures_of(c):
    def share(part, whole):
        return part / whole if whole else 0.0

    precision, recall = share(c["spans"], c["read"]), share(c["spans"], c["gold"])
    return {"precision": precision, "recall": recall, "f1": share(2 * precision * recall, precision + recall),
            "value": share(c["values"], c["spans"]), "days": share(c["days"], c["spans"])}


def report(name, c, figures):
    print(f"times {name}: {c['rows']} sentences, {c['gold']} expressions; exact span P {figures['precision']:.3f} "
          f"R {figures['recall']:.3f} F1 {figures['f1']:.3f}; of the spans found, type, value and mod "
          f"{figures['value']:.3f}, first and last day {figures['days']:.3f}")


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("file")
    options.add_argument("--program", default="build/isnad")
    options.add_argument("--errors", action="store_true", help="show what differs")
    options.add_argument("--json", action="store_true", help="print the figures as JSON")
    chosen = options.parse_args()
    name = Path(chosen.file).stem
    if chosen.errors and name.endswith("heldout"):
        sys.exit("score.py: the part that is set apart is scored, not looked at: leave --errors out")
    try:
        rows = rows_of(chosen.file)
        counts, errors = score(rows, read_with(chosen.program, rows))
    except (OSError, Slip) as problem:
        sys.exit(f"score.py: {problem}")
    if chosen.errors:
        for error in errors:
            print("\t".join(error))
    figures = figures_of(counts)
    if chosen.json:
        print(json.dumps(figures))
    else:
        report(name, counts, figures)


if __name__ == "__main__":
    main()
