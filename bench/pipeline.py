"""The whole program on one core: words a second and peak memory.

    python3 bench/pipeline.py [--program build/isnad] [--words 100000] [--json]

Reads the articles of the development corpus over and over as JSON Lines; a word is what stands between blanks. The time
includes starting the program; the figure without it stands beside. Needs PyYAML for the corpus (python3-yaml).
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent


def articles():
    for path in sorted((ROOT / "corpus" / "dev").glob("*.yaml")):
        one = yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)
        yield {key: one[key] for key in ("id", "outlet", "published", "title", "text")}


def write_input(path, least_words):
    """Articles in turn until there are `least_words`; gives back (articles, words)."""
    base, count, words = list(articles()), 0, 0
    with open(path, "w", encoding="utf-8") as out:
        while words < least_words:
            one = dict(base[count % len(base)])
            one["id"] = f"{one['id']}-{count}"
            out.write(json.dumps(one, ensure_ascii=False) + "\n")
            words += len(one["text"].split())
            count += 1
    return count, words


def run(program, source):
    """(seconds, peak bytes of any run so far) of reading `source` on one core."""
    begun = time.monotonic()
    subprocess.run([program, "read", "--format", "jsonl", source], stdout=subprocess.DEVNULL, check=True)
    return time.monotonic() - begun, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--program", default=str(ROOT / "build" / "isnad"))
    options.add_argument("--words", type=int, default=100_000)
    options.add_argument("--json", action="store_true")
    args = options.parse_args()
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    with tempfile.TemporaryDirectory() as folder:
        source, single = os.path.join(folder, "in.jsonl"), os.path.join(folder, "one.jsonl")
        count, words = write_input(source, args.words)
        write_input(single, 1)
        startup, _ = run(args.program, single)
        seconds, peak = run(args.program, source)
    figures = {"articles": count, "words": words, "seconds": round(seconds, 2), "words_per_second": round(words / seconds),
               "words_per_second_after_start": round(words / max(seconds - startup, 1e-9)),
               "start_seconds": round(startup, 3), "peak_mib": round(peak / (1 << 20), 1)}
    if args.json:
        print(json.dumps(figures))
        return
    print(f"{count} articles, {words} words in {seconds:.2f} s on one core: {words / seconds:.0f} words/s")
    print(f"start {startup:.3f} s; without it {words / max(seconds - startup, 1e-9):.0f} words/s")
    print(f"peak memory {peak / (1 << 20):.0f} MiB")


if __name__ == "__main__":
    sys.exit(main())
