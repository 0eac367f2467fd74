"""The event tables hold to their own checker: codes, modes of their type, prepositions, duplicates, bare lemmas."""

import subprocess
import sys
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


class Tables(unittest.TestCase):
    def test_check_finds_no_error(self):
        done = subprocess.run([sys.executable, str(ROOT / "data/events/check.py")], capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stdout[-2000:] + done.stderr[-2000:])


if __name__ == "__main__":
    unittest.main()
