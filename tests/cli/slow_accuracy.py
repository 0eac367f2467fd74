"""The reading of the hand-made corpus does not fall below what was promised.

The floors are the project's first promises, far below the figures of the README, so that they fail when something broke
and not when a rule was weighed otherwise.
"""

import json
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("ISNAD_PROGRAM", str(ROOT / "build" / "isnad"))


def scored(part):
    """The table of `isnad score` as JSON for one part of the corpus."""
    with tempfile.TemporaryDirectory() as folder:
        gold, articles, read = (str(Path(folder) / name) for name in ("gold.jsonl", "articles.jsonl", "read.jsonl"))
        subprocess.run([sys.executable, str(ROOT / "corpus/compile.py"), str(ROOT / "corpus" / part), "--quiet", "-o", gold,
                        "--articles", articles], check=True, stdout=subprocess.DEVNULL)
        subprocess.run([PROGRAM, "read", "--format", "jsonl", articles, "-o", read], check=True)
        done = subprocess.run([PROGRAM, "score", gold, read, "--json"], check=True, capture_output=True)
        return json.loads(done.stdout)


class Accuracy(unittest.TestCase):
    def hold(self, part):
        report = scored(part)
        self.assertGreaterEqual(report["events"]["trigger_type"]["f1"], 0.55)
        self.assertGreaterEqual(report["event_fields"]["source"]["accuracy"], 0.70)
        self.assertGreaterEqual(report["times"]["value"]["accuracy"], 0.85)

    def test_development_part(self):
        self.hold("dev")

    def test_set_apart_part(self):
        self.hold("heldout")

    def test_time_expressions(self):
        for part in ("dev", "heldout"):
            done = subprocess.run([sys.executable, str(ROOT / "corpus/times/score.py"), str(ROOT / f"corpus/times/{part}.tsv"),
                                   "--program", PROGRAM, "--json"], check=True, capture_output=True)
            figures = json.loads(done.stdout)
            with self.subTest(part=part):
                self.assertGreaterEqual(figures["f1"], 0.93)
                self.assertGreaterEqual(figures["value"], 0.93)
                self.assertGreaterEqual(figures["days"], 0.93)


if __name__ == "__main__":
    unittest.main()
