"""The program end to end: what it says, to whom, and with which exit status, on good and on ugly input."""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

PROGRAM = os.environ.get("ISNAD_PROGRAM", str(Path(__file__).resolve().parents[2] / "build" / "isnad"))
ROOT = Path(__file__).resolve().parents[2]
SANITIZED = os.environ.get("ISNAD_SANITIZE") == "ON"
GIBIBYTE = 1 << 30

GOOD = "أعلنت وزارة الخارجية التونسية أن الوزير زار الجزائر أمس. وقال متحدث باسم الوزارة إن الطرفين وقعا اتفاقا."


def isnad(*arguments, stdin=b"", **environment):
    if isinstance(stdin, str):
        stdin = stdin.encode("utf-8")
    return subprocess.run([PROGRAM, *map(str, arguments)], input=stdin, capture_output=True, timeout=300,
                          env={**os.environ, **environment})


def measured(*arguments):
    """(finished process, peak resident memory of the child in bytes): run in a child of our own, so that the figure is its."""
    code = ("import resource, subprocess, sys\n"
            "done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)\n"
            "sys.stderr.buffer.write(done.stderr)\n"
            "print(done.returncode, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024)\n")
    run = subprocess.run([sys.executable, "-c", code, PROGRAM, *map(str, arguments)], capture_output=True, timeout=300)
    status, peak = run.stdout.split()
    return int(status), int(peak), run.stderr.decode("utf-8", "replace")


def line(ident, text, **more):
    return json.dumps({"id": ident, "text": text, **more}, ensure_ascii=False) + "\n"


def errors_of(run):
    return run.stderr.decode("utf-8").splitlines()


class Program(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def file(self, name, content):
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return path

    def records(self, run):
        return [json.loads(row) for row in run.stdout.decode("utf-8").splitlines()]

    def assert_one_error(self, run, *words):
        self.assertEqual(run.returncode, 1, run.stderr)
        lines = errors_of(run)
        self.assertEqual(len(lines), 1, lines)
        self.assertTrue(lines[0].startswith("isnad: "), lines[0])
        self.assertRegex(lines[0], r"\(.+\)$", "a remedy stands at the end")
        for word in words:
            self.assertIn(word, lines[0])


class Usage(Program):
    def test_version_and_help(self):
        run = isnad("--version")
        self.assertEqual(run.returncode, 0)
        self.assertRegex(run.stdout.decode(), r"^isnad \d+\.\d+\.\d+\n$")
        for arguments in (["--help"], ["read", "--help"], ["score", "--help"], ["model", "check", "--help"]):
            self.assertEqual(isnad(*arguments).returncode, 0, arguments)
        self.assertIn("Examples:", isnad("--help").stdout.decode())

    def test_wrong_usage_is_status_2(self):
        for arguments in ([], ["frobnicate"], ["read", "--format", "pdf"], ["read", "--no-such-option"], ["score", "one"],
                          ["read", "--published", "yesterday"], ["read", "--color", "blue"], ["model"]):
            run = isnad(*arguments)
            self.assertEqual(run.returncode, 2, f"{arguments}: {run.stderr.decode()}")
            self.assertEqual(run.stdout, b"", arguments)

    def test_a_slip_in_a_command_is_named(self):
        self.assertIn("did you mean 'isnad read'?", isnad("raed").stderr.decode())
        self.assertIn("isnad --help", isnad("publish").stderr.decode())

    def test_the_man_page_names_every_long_option(self):
        page = (ROOT / "docs/man/isnad.1").read_text("utf-8")
        for command in (["read"], ["parse"], ["lookup"], ["score"], ["knowledge", "check"], ["knowledge", "compile"],
                        ["model", "check"]):
            for option in re.findall(r"--([a-z-]+)", isnad(*command, "--help").stdout.decode().split("Examples:")[0]):
                if option != "help":
                    self.assertIn(f"Fl Fl {option}", page, f"--{option} of {command}")


class Reading(Program):
    def test_a_text_file_gives_one_record(self):
        path = self.file("a.txt", GOOD)
        run = isnad("read", path, "--format", "jsonl", "--published", "2020-03-02", "--outlet", "المدار")
        self.assertEqual((run.returncode, run.stderr), (0, b""))
        (record,) = self.records(run)
        self.assertEqual(record["schema"], "isnad/1")
        self.assertEqual(record["article"]["id"], "a")
        self.assertEqual(record["article"]["published"], "2020-03-02")
        self.assertEqual(record["article"]["outlet"], "المدار")

    def test_the_command_line_does_not_overrule_the_article(self):
        run = isnad("read", "-", "--published", "2001-01-01", "--outlet", "س",
                    stdin=line("1", GOOD, published="2020-03-02", outlet="المدار"))
        (record,) = self.records(run)
        self.assertEqual((record["article"]["published"], record["article"]["outlet"]), ("2020-03-02", "المدار"))

    def test_standard_input_may_be_text_or_json(self):
        self.assertEqual(self.records(isnad("read", stdin=GOOD))[0]["article"]["id"], "stdin")
        self.assertEqual(self.records(isnad("read", "-", stdin=line("7", GOOD)))[0]["article"]["id"], "7")

    def test_spans_lie_within_the_text_as_given(self):
        text = "\ufeff" + GOOD + "\r\n" + "وقال «مصدر» إنّ الوفد وصل إلى القاهرة في ٣ مايو/ أيار ٢٠٢٠ 🙂." + "\u200f\n"
        (record,) = self.records(isnad("read", stdin=text.encode("utf-8")))
        spans = []

        def walk(node, where):
            if isinstance(node, dict):
                for key, value in node.items():
                    walk(value, where + "." + key)
                if "at" in node and "text" in node:
                    begin, end = node["at"]
                    self.assertEqual(text[begin:end], node["text"], where)
            elif isinstance(node, list):
                if len(node) == 2 and all(type(item) is int for item in node):
                    spans.append((where, node))
                else:
                    for item in node:
                        walk(item, where + "[]")

        walk(record, "record")
        self.assertTrue(any("sentences" in where for where, _ in spans))
        for where, (begin, end) in spans:
            self.assertTrue(0 <= begin < end <= len(text), f"{where}: [{begin}, {end}) of {len(text)}")

    def test_reading_twice_gives_the_same_whatever_stands_before(self):
        once = isnad("read", "-", stdin=line("1", GOOD, published="2020-03-02"))
        other = (ROOT / "examples/sample.jsonl").read_text("utf-8")
        after = isnad("read", "-", stdin=other + line("1", GOOD, published="2020-03-02"))
        self.assertEqual(once.stdout, after.stdout.splitlines(keepends=True)[1])

    def test_text_view_has_one_field_a_line_with_the_arabic_last(self):
        run = isnad("read", "--format", "text", ROOT / "examples/sample.jsonl")
        self.assertEqual(run.returncode, 0, run.stderr)
        shown = run.stdout.decode("utf-8")
        self.assertNotIn("\x1b", shown)
        events = [row for row in shown.splitlines() if row.startswith("    ")]
        self.assertTrue(events, shown)
        for row in events:
            after_arabic = re.split(r"[\u0600-\u06ff]", row)
            if len(after_arabic) > 1:
                self.assertNotRegex(after_arabic[-1], r"[A-Za-z]{3}", f"Latin words after Arabic scramble: {row!r}")

    def test_colour_only_where_wanted(self):
        sample = ROOT / "examples/sample.jsonl"
        self.assertIn(b"\x1b[", isnad("read", "--format", "text", "--color", "always", sample).stdout)
        self.assertNotIn(b"\x1b[", isnad("read", "--format", "text", "--color", "never", sample).stdout)

    def test_explain_names_what_made_each_event(self):
        plain = isnad("read", "--format", "text", ROOT / "examples/sample.jsonl").stdout.decode()
        run = isnad("read", "--explain", ROOT / "examples/sample.jsonl")
        events = re.findall(r"^    ▸ ", plain, re.M)
        self.assertGreater(len(events), 0)
        self.assertGreaterEqual(run.stdout.decode().count("because"), len(events))

    def test_conllu_is_well_formed(self):
        text = "وقال متحدث باسمها: «سنلتقي به غدا»، بحسب رويترز."
        run = isnad("read", "--format", "conllu", stdin=text)
        self.assertEqual(run.returncode, 0, run.stderr)
        covered = 0
        for block in run.stdout.decode("utf-8").strip().split("\n\n"):
            rows = [row.split("\t") for row in block.splitlines() if not row.startswith("#")]
            words = [row for row in rows if "-" not in row[0]]
            self.assertTrue(all(len(row) == 10 and all(row) for row in rows), block)
            self.assertEqual([row[0] for row in words], [str(i + 1) for i in range(len(words))])
            heads = [int(row[6]) for row in words]
            self.assertTrue(all(0 <= head <= len(words) for head in heads))
            self.assertEqual(heads.count(0), 1, "one root")
            for row in rows:
                if found := re.search(r"TokenRange=(\d+):(\d+)", row[9]):
                    self.assertGreaterEqual(int(found[1]), covered)
                    covered = int(found[2])
                    self.assertEqual(text[int(found[1]):covered].strip(), text[int(found[1]):covered])
        self.assertEqual(covered, len(text))

    def test_output_file(self):
        out = self.folder / "out.jsonl"
        run = isnad("read", ROOT / "examples/sample.jsonl", "-o", out)
        self.assertEqual((run.returncode, run.stdout), (0, b""))
        self.assertEqual(json.loads(out.read_text("utf-8"))["article"]["id"], "sample")
        self.assertEqual(isnad("read", ROOT / "examples/sample.jsonl", "-o", self.folder / "no/such").returncode, 1)

    def test_a_reader_that_leaves_early_is_no_failure(self):
        path = self.file("many.jsonl", "".join(line(str(i), GOOD) for i in range(200)))
        with subprocess.Popen([PROGRAM, "read", str(path)], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as run:
            run.stdout.read(10)
            run.stdout.close()
            errors = run.stderr.read()
        self.assertEqual((run.returncode, errors), (0, b""))


def blocks(conllu):
    """Sentences as (comments, rows)."""
    for block in conllu.decode("utf-8").strip().split("\n\n"):
        lines = block.splitlines()
        yield [x for x in lines if x.startswith("#")], [x.split("\t") for x in lines if not x.startswith("#")]


class Parsing(Program):
    def test_text_becomes_trees_with_places_in_the_text(self):
        text = "وصل محمد علي لبغداد.\nثم قال: «سنعود».\n"
        run = isnad("parse", self.file("خبر.txt", text))
        self.assertEqual((run.returncode, run.stderr), (0, b""))
        first, second = blocks(run.stdout)
        self.assertEqual(first[0], ["# newdoc id = خبر", "# newpar", "# sent_id = خبر-1", "# text = وصل محمد علي لبغداد."])
        self.assertEqual(second[0], ["# newpar", "# sent_id = خبر-2", "# text = ثم قال: «سنعود»."])
        for _, rows in (first, second):
            words = [row for row in rows if "-" not in row[0]]
            self.assertEqual([row[6] for row in words].count("0"), 1)
            for row in rows:
                self.assertEqual(len(row), 10)
                if found := re.search(r"TokenRange=(\d+):(\d+)", row[9]):
                    self.assertEqual(text[int(found[1]):int(found[2])], row[1])
        self.assertIn(["3", "علي"], [row[:2] for row in first[1]])
        self.assertIn("NE=I-PER", [row for row in first[1] if row[0] == "3"][0][9])

    def test_given_words_come_back_and_heads_can_be_left_out(self):
        given = "# sent_id = 7\n1-2\tلبغداد\t_\t_\t_\t_\t_\t_\t_\tA=b\n1\tل\t" + "\t".join("_" * 8) + "\n2\tبغداد\t" + "\t".join("_" * 8) + "\n\n"
        run = isnad("parse", "--input", "conllu", "--heads", "tag,ner", stdin=given)
        self.assertEqual((run.returncode, run.stderr), (0, b""))
        (comments, rows), = blocks(run.stdout)
        self.assertEqual(comments, ["# sent_id = 7"])
        self.assertEqual(rows[0], given.splitlines()[1].split("\t"))
        self.assertEqual([row[:2] for row in rows[1:]], [["1", "ل"], ["2", "بغداد"]])
        self.assertEqual([row[6:8] for row in rows], [["_", "_"]] * 3)
        self.assertEqual(rows[1][3], "ADP")
        path = self.file("given.txt", given)
        names = list(blocks(isnad("parse", "-i", "conllu", "--heads", "ner", path).stdout))[0][1]
        self.assertEqual(names[1][2:], ["_"] * 8)

    def test_one_writer_for_articles_and_parses(self):
        article = isnad("read", "--format", "conllu", ROOT / "examples/sample.txt")
        self.assertEqual(isnad("parse", ROOT / "examples/sample.txt").stdout, article.stdout)

    def test_what_cannot_be_read_is_reported_and_the_rest_is_read(self):
        run = isnad("parse", self.file("a.txt", GOOD.encode() + b"\n\xff\xfe\n" + GOOD.encode() + b"\n"))
        self.assert_one_error(run, "a.txt:2: ")
        self.assertEqual(run.stdout.count(b"# newpar"), 2)
        run = isnad("parse", self.file("b.conllu", "1\tنعم\n\n1\tنعم" + "\t_" * 8 + "\n"), self.folder / "none.txt")
        self.assertEqual(run.returncode, 1)
        self.assertEqual(len(errors_of(run)), 2)
        self.assertIn("b.conllu:1: ", errors_of(run)[0])
        self.assertIn("none.txt", errors_of(run)[1])
        self.assertEqual(run.stdout.count(b"\n\n"), 1)
        self.assert_one_error(isnad("parse", stdin=GOOD.encode("utf-16")), "UTF-16")

    def test_wrong_usage(self):
        self.assertEqual(isnad("parse", "--heads", "tags", stdin=GOOD).returncode, 2)
        self.assertEqual(isnad("parse", "--input", "html", stdin=GOOD).returncode, 2)

    def test_nothing_in_nothing_out(self):
        for empty in ("", "\n", " \n\n\t\n"):
            for kind in ("text", "conllu"):
                run = isnad("parse", "--input", kind, stdin=empty)
                self.assertEqual((run.returncode, run.stdout, run.stderr), (0, b"", b""))

    def test_hostile_texts(self):
        surrogates = b"\xed\xa0\xbd\xed\xb8\x80"  # CESU-8
        for text, status in ((b"a\xd9", 1), (surrogates, 1), (b"\0" * 1000, 1), (("\u202e\u200f\u2067" * 3000).encode(), 0),
                             (("قال X " + "漢字" * 50 + " 😀 ѣ ").encode() * 200, 0), ("ّ".encode() * 5000, 0),
                             ("و".encode() * 500_000, 0), (b"x" * 1_000_000, 0), ("وقال الوفد إن ".encode() * 1000, 0)):
            run = isnad("parse", stdin=text)
            self.assertEqual(run.returncode, status, text[:20])
            self.assertEqual(len(errors_of(run)), status)
            for _, rows in blocks(run.stdout) if run.stdout else ():
                self.assertEqual([row[6] for row in rows].count("0"), 1)

    @unittest.skipIf(SANITIZED, "the sanitizers keep memory of their own")
    def test_memory_is_bounded_for_hostile_shapes(self):
        row = "\t".join(["_"] * 8)
        sentence = "".join(f"{i + 1}\tكلمة\t{row}\n" for i in range(10_000))
        wide = "".join(f"{i + 1}\tكلمة\t{row}\n" for i in range(1000)) + "\n"
        for name, content, status in (("long.conllu", sentence, 1), ("most.conllu", wide, 0),
                                      ("claims.conllu", f"1-900000\tا\t{row}\n1\tا\t{row}\n", 1),
                                      ("comments.conllu", "# x\n" * 1_000_000, 1), ("words.txt", "كلمة " * 10_000, 0),
                                      ("marks.txt", "«.،" * 3000, 0), ("line.txt", "ا" * 5_000_000, 1)):
            got, peak, errors = measured("parse", self.file(name, content))
            self.assertEqual(got, status, name + errors)
            self.assertLess(peak, 300 << 20, name)


class BadInput(Program):
    def test_the_good_among_the_bad_are_read(self):
        path = self.file("mixed.jsonl", line("1", GOOD) + '{"id": "2", "text"\n' + line("3", "") +
                         line("4", "The minister went to Paris on Monday.") + line("5", GOOD))
        run = isnad("read", path, self.folder / "missing.txt", self.file("last.txt", GOOD))
        self.assertEqual(run.returncode, 1)
        self.assertEqual([record["article"]["id"] for record in self.records(run)], ["1", "5", "last"])
        errors = errors_of(run)
        self.assertEqual(len(errors), 4, errors)
        for error, where in zip(errors, (":2:", ":3:", ":4:", "missing.txt")):
            self.assertIn(where, error)

    def test_empty(self):
        self.assert_one_error(isnad("read", self.file("e.txt", "")), "e.txt:1:", "empty")
        self.assert_one_error(isnad("read", self.file("e.jsonl", "")), "e.jsonl:", "nothing to read")
        self.assert_one_error(isnad("read"), "stdin:1:")

    def test_not_arabic(self):
        self.assert_one_error(isnad("read", stdin="Nothing here is Arabic, not a word."), "stdin:1:", "Arabic")

    def test_binary(self):
        self.assert_one_error(isnad("read", self.file("b.txt", bytes(range(256)) * 100)), "b.txt:1:", "binary")

    def test_invalid_utf8_is_found_at_its_line(self):
        content = (GOOD + "\n" + GOOD + "\n").encode() + b"\xd9\x20" + GOOD.encode()
        self.assert_one_error(isnad("read", self.file("u.txt", content)), "u.txt:3:", "0xD9")

    def test_windows_1256_is_recognised(self):
        self.assert_one_error(isnad("read", self.file("w.txt", GOOD.encode("cp1256"))), "w.txt:1:", "windows-1256", "iconv")

    def test_utf16_is_recognised(self):
        self.assert_one_error(isnad("read", self.file("w.txt", GOOD.encode("utf-16"))), "UTF-16", "iconv")

    def test_a_folder(self):
        self.assert_one_error(isnad("read", self.folder), "folder")

    def test_tables_and_model_that_are_not_there(self):
        self.assert_one_error(isnad("read", stdin=GOOD, ISNAD_HOME=str(self.folder)), "ISNAD_HOME")
        self.assert_one_error(isnad("read", "--model", self.folder / "none.model", stdin=GOOD), "none.model")
        self.assert_one_error(isnad("model", "check", "--model", self.file("bad.model", b"x" * 1000)), "bad.model")

    def test_a_damaged_model_is_refused(self):
        shipped = (ROOT / "models/isnad-ar.model").read_bytes()
        damaged = bytearray(shipped)
        damaged[len(damaged) // 2] ^= 0xFF
        self.assert_one_error(isnad("model", "check", "--model", self.file("bad.model", bytes(damaged))), "bad.model")
        self.assert_one_error(isnad("read", "--model", self.file("cut.model", shipped[:len(shipped) // 2]), stdin=GOOD))
        self.assertEqual(isnad("model", "check").returncode, 0)

    @unittest.skipIf(SANITIZED, "the sanitizers keep memory of their own")
    def test_a_line_of_fifty_megabytes_is_skipped_within_memory(self):
        path = self.folder / "long.jsonl"
        with open(path, "wb") as out:
            out.write(line("1", GOOD).encode())
            out.write(b'{"id":"2","text":"')
            for _ in range(50):
                out.write(b"x" * (1 << 20))
            out.write(b'"}\n' + line("3", GOOD).encode())
        status, peak, errors = measured("read", path)
        self.assertEqual(status, 1)
        self.assertIn("long.jsonl:2:", errors)
        self.assertIn("max_line_bytes", errors)
        self.assertLess(peak, GIBIBYTE)
        self.assertEqual([record["article"]["id"] for record in self.records(isnad("read", path))], ["1", "3"])

    @unittest.skipIf(SANITIZED, "the sanitizers keep memory of their own")
    def test_the_longest_line_allowed_stays_within_memory(self):
        inner = "[" * 500 + "]" * 500 + ","
        path = self.file("wide.jsonl", '{"id":"1","text":"' + GOOD + '","more":[' + inner * 15_000 + "0]}\n")
        self.assertGreater(path.stat().st_size, 14 << 20)
        status, peak, errors = measured("read", path)
        self.assertEqual((status, errors), (0, ""))
        self.assertLess(peak, GIBIBYTE)

    @unittest.skipIf(SANITIZED, "the sanitizers keep memory of their own")
    def test_a_sentence_of_five_thousand_words(self):
        words = "قال الوزير إن الوفد الذي وصل إلى العاصمة بحث مع الرئيس ملف الحدود".split()
        text = " ".join(words[i % len(words)] for i in range(5000))
        path = self.file("s.txt", text)
        status, peak, errors = measured("read", path)
        self.assertEqual((status, errors), (0, ""))
        self.assertLess(peak, GIBIBYTE)

    def test_odd_but_legal_texts_do_not_break_anything(self):
        odd = ["و" * 3000, "«" * 2000 + GOOD, GOOD + "\u202e\u200f\u200b" * 500, "ـ" * 5000 + " " + GOOD, "\u064b" * 4000 + "ا",
               GOOD.replace(" ", ""), "ﷺ ﷲ ﻻ " + GOOD, "٣" * 4000 + " يوما", ("(" * 300) + "قال" + (")" * 300), "\n".join("قال"
               for _ in range(3000)), "أ.ف.ب. " * 500, "".join(chr(c) for c in range(0x0621, 0x0653)) * 20]
        run = isnad("read", "-", stdin="".join(line(str(i), text) for i, text in enumerate(odd)))
        self.assertEqual((run.returncode, run.stderr), (0, b""))
        self.assertEqual(len(self.records(run)), len(odd))


class Explaining(Program):
    def explained(self, text, *more):
        run = isnad("read", "--explain", *more, stdin=text)
        self.assertEqual((run.returncode, run.stderr), (0, b""))
        return run.stdout.decode("utf-8").splitlines()

    def passed_over(self, text):
        """Word → why it made no event."""
        lines = [row.split("· ", 1)[1] for row in self.explained(text) if row.startswith("    · ")]
        return dict(row.split("  ", 1) for row in lines)

    def test_a_word_that_made_no_event_says_why(self):
        self.assertIn("part of a name", self.passed_over("زار رئيس لجنة المصالحة بيروت.")["المصالحة"])
        self.assertIn("known name: مجلس التعاون", self.passed_over("عقد مجلس التعاون الخليجي جلسة.")["التعاون"])
        self.assertIn("treat, fails obj=", self.passed_over("بحث الأطباء عن علاج جديد.")["علاج"])

    def test_an_event_that_was_merged_names_the_other(self):
        passed = self.passed_over("قصف الجيش السوري المدينة أمس مما أدى إلى مقتل خمسة مدنيين.")
        self.assertIn("one happening", passed["مقتل"])
        self.assertIn("قصف", passed["مقتل"])

    def test_the_record_does_not_change(self):
        self.assertEqual(isnad("read", "--explain", "--format", "jsonl", stdin=GOOD).stdout,
                         isnad("read", "--format", "jsonl", stdin=GOOD).stdout)
        self.assertNotIn(b"passed_over", isnad("read", "--explain", "--format", "jsonl", stdin=GOOD).stdout)


class Lexicon(Program):
    def home(self):
        """A home whose event tables can be changed."""
        home = self.folder / "home"
        shutil.copytree(ROOT / "data", home / "data")
        (home / "models").symlink_to(ROOT / "models")
        knowledge = Path(PROGRAM).parent / "share/isnad/knowledge.base"
        if knowledge.exists():
            (home / "knowledge.base").symlink_to(knowledge)
        return home

    def append(self, home, table, row):
        with open(home / "data/events" / table, "a", encoding="utf-8") as out:
            out.write(row + "\n")

    def said(self, *arguments, status=0):
        run = isnad("lexicon", *arguments)
        self.assertEqual((run.returncode, run.stderr), (status, b""))
        return run.stdout.decode("utf-8")

    def test_check_names_each_slip_and_passes_ours(self):
        ours = isnad("lexicon", "check")
        self.assertEqual(ours.returncode, 0)
        self.assertEqual([row for row in errors_of(ours) if ": warning: " not in row], [])
        self.assertIn("0 errors", ours.stdout.decode())
        home = self.home()
        self.append(home, "frames.tsv", "one\tفعل")
        self.append(home, "cues.tsv", "كتبر\t-\t-\tshout\tأن\tsubj\t-\t-\tstrong\tكتبر الرجل")
        for where in (("--home", home), ("--data", home / "data")):
            run = isnad("lexicon", "check", *where)
            self.assertEqual(run.returncode, 1)
            self.assertIn("2 errors", run.stdout.decode())
            errors = "\n".join(errors_of(run))
            self.assertRegex(errors, r"frames\.tsv:\d+: 2 cells for 14 columns \(.+\)")
            self.assertRegex(errors, r"cues\.tsv:\d+: stance .shout. is unknown \(.+\)")

    def test_test_says_which_example_does_not_fire(self):
        home = self.home()
        sense = "\tاستهبر\t-\tCONSULT\tvisit\t042\tactor\trecipient\t-\tactor\t-\t-\t-\t"
        visit = "\tزار\t-\tCONSULT\tvisit\t042\tactor\trecipient\t-\tactor\t-\tobj=مدرسة\t-\t"
        self.append(home, "frames.tsv", "never" + sense + "وصل الولد إلى البيت")
        self.append(home, "frames.tsv", "lab" + visit + "زار الوزير المدرسة أمس | !زار الوزير القاهرة أمس")
        self.append(home, "frames.tsv", "lab-wrong" + visit.replace("مدرسة", "جامعة") + "زار الوزير الجامعة أمس | !زار الوزير الجامعة اليوم")
        self.assertIn("2 of 2 examples", self.said("test", "lab", "--home", home))
        self.assertIn("never does not fire", self.said("test", "never", "--home", home, status=1))
        wrong = self.said("test", "lab-wrong", "--home", home, status=1)
        self.assertIn("lab-wrong fires and must not: زار الوزير الجامعة اليوم", wrong)
        self.assertIn("1 of 2 examples", wrong)
        self.assert_one_error(isnad("lexicon", "test", "nobody"), "no row or table")

    def test_most_examples_of_ours_fire(self):
        """Below these shares a change has broken more than it mended; raise them as the tables get better."""
        least = {"frames": 0.65, "cues": 0.65, "light_verbs": 0.7, "scope": 0.7}
        text = isnad("lexicon", "test").stdout.decode("utf-8")
        found = {table: int(passed) / int(all_of)
                 for table, passed, all_of in re.findall(r"^(\w+) +(\d+) of (\d+) examples", text, re.M)}
        for table, share in least.items():
            self.assertGreaterEqual(found[table], share, table)

    def test_stats_counts_what_is_there_and_names_what_is_missing(self):
        home = self.home()
        frames = home / "data/events/frames.tsv"
        rows = [row for row in frames.read_text("utf-8").splitlines() if "\tsuicide-attack\t" not in row]
        frames.write_text("\n".join(rows) + "\n", "utf-8")
        ours, less = self.said("stats"), self.said("stats", "--home", home)
        self.assertIn("without a row: none", ours)
        self.assertIn("without a row: ASSAULT/suicide-attack", less)
        self.assertGreater(self.said("stats", "--list").count("\n"), 500)

    def test_why_shows_senses_in_any_spelling(self):
        for word in ("يلتقي", "التقى", "التقي", "الْتَقَى"):
            self.assertIn("  meet\n", self.said("why", word))
        self.assertIn("the sentence has none of: مباراة", self.said("why", "لقاء"))
        self.assertIn("stance deny", self.said("why", "نفى"))
        self.assertIn("nothing under this word", self.said("why", "قبعة", status=1))

    def test_why_says_what_a_sentence_makes_of_the_word(self):
        won = self.said("why", "قصف", "--in", "قصف الطيران الحربي المدينة أمس.")
        self.assertRegex(won, r"▸ bomb-air +won")
        self.assertRegex(won, r"✗ the sentence has none of: .*طائرة")
        self.assertIn("ASSAULT/aerial occurred", won)
        merged = self.said("why", "مقتل", "--in", "قصف الجيش السوري المدينة أمس مما أدى إلى مقتل خمسة مدنيين.")
        self.assertRegex(merged, r"no event +is told as one happening.* with قصف")
        claim = self.said("why", "نفى", "--in", "نفى الوزير أن يكون الجيش قد انسحب.")
        self.assertRegex(claim, r"claim +deny, cue نفى")
        self.assert_one_error(isnad("lexicon", "why", "قصف", "--in", "وصل الوفد إلى المدينة."), "does not have")


class Knowledge(Program):
    def own_tables(self, **files):
        folder = self.folder / "own"
        folder.mkdir()
        for name, rows in files.items():
            (folder / f"{name}.tsv").write_text(rows, "utf-8")
        return folder

    def test_an_office_is_looked_up_by_the_day(self):
        run = isnad("lookup", "وزير الدفاع الروسي", "--date", "2016-10-04", "--json")
        self.assertEqual(run.returncode, 0, run.stderr)
        found = json.loads(run.stdout)
        self.assertEqual(found[0]["id"], "person/sergei-shoigu")
        self.assertTrue(any(held["held"] and held["office"] == "defence-minister" for held in found[0]["offices"]))
        text = isnad("lookup", "شويغو").stdout.decode()
        self.assertIn("person/sergei-shoigu", text)
        self.assertIn("why", text)

    def test_what_nobody_knows_is_status_1(self):
        run = isnad("lookup", "كلام لا يعرفه أحد")
        self.assertEqual(run.returncode, 1)
        self.assertIn("nothing is known", run.stdout.decode())
        self.assertEqual(isnad("lookup", "شويغو", "--date", "yesterday").returncode, 2)

    def test_tables_of_ones_own_add_to_ours(self):
        folder = self.own_tables(persons="id\tname\tnames\ten\tkind\tcountry\tsectors\n"
                                         "person/fulan-al-allani\tفلان العلاني\t-\tFulan\tperson\tLBY\tMIL\n")
        run = isnad("read", "--knowledge", folder, "--every-mention", "--format", "jsonl", stdin="زار فلان العلاني مدينة بنغازي أمس.")
        self.assertEqual(run.returncode, 0, run.stderr)
        linked = [entity.get("links", {}).get("isnad") for entity in self.records(run)[0]["entities"]]
        self.assertIn("person/fulan-al-allani", linked)

    def test_a_slip_in_ones_own_tables_is_named(self):
        folder = self.own_tables(persons="id\tname\tnames\ten\tkind\tcountry\tsectors\n"
                                         "person/x\tفلان\t-\tX\tperson\tXXX\tMIL\n")
        self.assert_one_error(isnad("read", "--knowledge", folder, stdin=GOOD), "persons.tsv:2", "XXX")
        self.assert_one_error(isnad("knowledge", "check", "--knowledge", folder), "persons.tsv:2", "XXX")
        self.assert_one_error(isnad("lookup", "شويغو", "--knowledge", self.folder / "none"), "none")

    def test_our_tables_are_clean_and_compile(self):
        self.assertEqual(isnad("knowledge", "check").returncode, 0)
        out = self.folder / "knowledge.base"
        self.assertEqual(isnad("knowledge", "compile", "-o", out).returncode, 0)
        self.assertGreater(out.stat().st_size, 1 << 20)


class Scoring(Program):
    def setUp(self):
        super().setUp()
        self.read = self.file("read.jsonl", isnad("read", "--format", "jsonl", ROOT / "examples/sample.jsonl").stdout)

    def test_records_agree_with_themselves(self):
        run = isnad("score", self.read, self.read, "--json")
        self.assertEqual((run.returncode, run.stderr), (0, b""))
        figures = json.dumps(json.loads(run.stdout))
        self.assertIn("trigger", figures)
        self.assertNotIn('"f1": 0', figures)
        table = isnad("score", self.read, self.read)
        self.assertEqual(table.returncode, 0)
        self.assertIn("trigger", table.stdout.decode())

    def test_errors_are_listed_with_the_words_of_the_articles(self):
        record = json.loads(self.read.read_text("utf-8"))
        lost = record["events"].pop()
        less = self.file("less.jsonl", json.dumps(record, ensure_ascii=False) + "\n")
        run = isnad("score", self.read, less, "--errors", "--articles", ROOT / "examples/sample.jsonl")
        self.assertEqual(run.returncode, 0, run.stderr)
        text = json.loads((ROOT / "examples/sample.jsonl").read_text("utf-8"))["text"]
        begin, end = lost["trigger"]["at"]
        self.assertIn("missed", run.stdout.decode())
        self.assertIn(text[begin:end], run.stdout.decode())

    def test_trees_agree_with_themselves_and_less_with_others(self):
        gold = self.file("gold.conllu", isnad("parse", ROOT / "examples/sample.txt").stdout)
        same = json.loads(isnad("score", gold, gold, "--json").stdout)
        self.assertEqual(same["las"]["f1"], 1)
        self.assertEqual(same["tokens"]["gold"], same["tokens"]["right"])
        flat = self.file("flat.txt", gold.read_text("utf-8").replace("nsubj", "obj"))
        less = isnad("score", "--as", "conllu", gold, flat)
        self.assertEqual(less.returncode, 0, less.stderr)
        figures = {row.split()[0]: row.split()[-6:] for row in less.stdout.decode().splitlines()[1:]}
        self.assertEqual(figures["UAS"][2], "100.00")
        self.assertLess(float(figures["LAS"][2]), 100)

    def test_trees_over_other_texts_are_refused(self):
        row = "\t_\tX\t_\t_\t0\troot\t_\t_\n\n"
        one, other = self.file("a.conllu", "1\tنعم" + row), self.file("b.conllu", "1\tلا" + row)
        self.assert_one_error(isnad("score", one, other), "b.conllu:1", "a.conllu:1")
        self.assertEqual(isnad("score", one, one, "--errors").returncode, 2)

    def test_files_that_are_missing_or_broken(self):
        self.assert_one_error(isnad("score", self.read, self.folder / "none.jsonl"), "none.jsonl")
        self.assert_one_error(isnad("score", self.read, self.file("broken.jsonl", "{\n")), "broken.jsonl:1")

    def test_links_and_states_of_marks(self):
        def country(text):
            run = isnad("score-linking", "--links", self.file("links.tsv", "2016-10-04\t" + text + "\n"))
            self.assertEqual((run.returncode, run.stderr), (0, b""))
            figures = {row[:34].strip(): row[34:].split() for row in run.stdout.decode().splitlines()}
            self.assertEqual(figures["links: recall"][0], "100.00")
            return figures.get("country of parties")

        met = "التقى [خليفة حفتر|person/khalifa-haftar%s] المسؤولين في [موسكو|place/moscow%s]."
        self.assertEqual(country(met % ("", "")), ["100.00", "1", "of", "1"])
        self.assertEqual(country(met % ("|LBY", "|RUS")), ["100.00", "2", "of", "2"])
        self.assertEqual(country(met % ("|EGY", "|RUS")), ["50.00", "1", "of", "2"])
        self.assertIsNone(country(met % ("|-", "|-")))
        self.assertEqual(country("قال [بان كي مون|person/ban-ki-moon|IGO] إن الحل سياسي."), ["100.00", "1", "of", "1"])


if __name__ == "__main__":
    unittest.main()
