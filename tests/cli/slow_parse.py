"""Parsing and scoring files of fifty megabytes stays within memory, whatever their shape."""

import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

PROGRAM = os.environ.get("ISNAD_PROGRAM", str(Path(__file__).resolve().parents[2] / "build" / "isnad"))
SANITIZED = os.environ.get("ISNAD_SANITIZE") == "ON"
MEBIBYTE = 1 << 20


def measured(*arguments):
    """(exit status, peak resident memory in bytes, standard error) of the program in a child of our own."""
    code = ("import resource, subprocess, sys\n"
            "done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)\n"
            "sys.stderr.buffer.write(done.stderr[:10000])\n"
            "print(done.returncode, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024)\n")
    run = subprocess.run([sys.executable, "-c", code, PROGRAM, *map(str, arguments)], capture_output=True)
    status, peak = run.stdout.split()
    return int(status), int(peak), run.stderr.decode("utf-8", "replace")


@unittest.skipIf(SANITIZED, "the sanitizers keep memory of their own")
class FiftyMegabytes(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def repeat(self, name, piece, size=50 * MEBIBYTE):
        piece = piece.encode("utf-8") if isinstance(piece, str) else piece
        path = self.folder / name
        with open(path, "wb") as out:
            for _ in range(size // len(piece) + 1):
                out.write(piece)
        return path

    def hold(self, path, status, limit=300 * MEBIBYTE):
        got, peak, errors = measured("parse", path)
        self.assertEqual(got, status, errors)
        self.assertLess(peak, limit, path.name)

    def test_one_letter(self):
        self.hold(self.repeat("letter.txt", "و" * 1000), 1)  # one line beyond the limit

    def test_lines_of_one_letter(self):
        self.hold(self.repeat("letters.txt", "و" * 500_000 + "\n"), 0)

    def test_newlines_alone(self):
        self.hold(self.repeat("newlines.txt", "\n" * 1000), 0)

    def test_zeros(self):
        self.hold(self.repeat("zeros.txt", b"\0" * 1000), 1)

    def test_a_paragraph_of_the_shortest_tokens(self):
        path = self.folder / "marks.txt"
        path.write_text("«." * 60_000 + "\n", "utf-8")
        self.hold(path, 0)

    def test_text_of_a_megabyte_takes_no_more_than_of_a_hundred_kilobytes(self):
        line = "وقال متحدث باسم الوفد إن الطرفين اتفقا على مواصلة المحادثات في العاصمة. وأضاف أنهما سيلتقيان غدا.\n"
        _, small, _ = measured("parse", self.repeat("small.txt", line, 100 << 10))
        _, large, _ = measured("parse", self.repeat("large.txt", line, 1 << 20))
        self.assertLess(large - small, 20 * MEBIBYTE)

    def test_comments_alone(self):
        self.hold(self.repeat("comments.conllu", "# newdoc\n" * 100), 1)

    def test_one_sentence(self):
        self.hold(self.repeat("sentence.conllu", "1\tكلمة" + "\t_" * 8 + "\n"), 1)

    def test_scoring(self):
        blank = "\t_\t_\n"
        sentence = "# text = x\n" + "".join(
            f"{i}\tكلمة\tكَلِمَة\tNOUN\tN------S1I\tCase=Nom|Definite=Ind\t{i - 1}\tnmod{blank}" for i in range(1, 31)) + "\n"
        path = self.repeat("gold.conllu", sentence)
        status, peak, errors = measured("score", path, path)
        self.assertEqual(status, 0, errors)
        self.assertLess(peak, 1024 * MEBIBYTE)


if __name__ == "__main__":
    unittest.main()
