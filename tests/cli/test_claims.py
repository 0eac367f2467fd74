#!/usr/bin/env python3
"""Constructions of attribution, each in a sentence of its own, and the examples of the tables of cues."""
import json
import os
import pathlib
import subprocess
import unittest

PROGRAM = os.environ.get("ISNAD_PROGRAM", "build/isnad")
TABLES = pathlib.Path(__file__).resolve().parents[2] / "data" / "events"


def read(texts):
    """Records of the texts, in order."""
    lines = "".join(json.dumps({"id": str(n), "text": text, "published": "2021-05-04"}, ensure_ascii=False) + "\n"
                    for n, text in enumerate(texts))
    done = subprocess.run([PROGRAM, "read", "--format", "jsonl", "-"], input=lines, capture_output=True, text=True,
                          encoding="utf-8", check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


class Constructions(unittest.TestCase):
    def claims(self, text):
        record, = read([text])
        mentions = {mention["id"]: mention["text"] for mention in record["mentions"]}
        return [{"cue": text[slice(*claim["cue"])] if claim.get("cue") else None, "stance": claim["stance"],
                 "kind": claim["source_kind"], "sources": [mentions[s] for s in claim["sources"]],
                 "content": text[slice(*claim["content"])]} for claim in record["claims"]]

    def only(self, text):
        claims = self.claims(text)
        self.assertEqual(len(claims), 1, claims)
        return claims[0]

    def test_relative_clause_gives_what_it_is_about(self):
        claims = self.claims("قال الوزير إن الجيش انسحب من البلدة، الأمر الذي نفته الحركة.")
        self.assertEqual([(c["stance"], c["cue"]) for c in claims], [("state", "قال"), ("deny", "نفته")])
        self.assertEqual(claims[1]["content"], "الأمر")

    def test_withheld_name_is_no_demand(self):
        claim = self.only("قال مسؤول كبير، طلب عدم كشف هويته، إن الجيش سينسحب من البلدة.")
        self.assertEqual((claim["cue"], claim["kind"]), ("قال", "anonymous"))

    def test_hour_of_a_live_page_is_no_speaker(self):
        claim = self.only("10:31 وزير الدفاع: قواتنا انسحبت من البلدة.")
        self.assertEqual(claim["content"], "قواتنا انسحبت من البلدة")

    def test_aside_stands_inside_its_clause(self):
        claim = self.only("رفضت الحكومة، على ما يقول دبلوماسيون، إرسال قوات إلى الحدود.".replace("رفضت", "أرسلت"))
        self.assertEqual(claim["cue"], "يقول")
        self.assertTrue(claim["content"].startswith("أرسلت"))
        self.assertTrue(claim["content"].endswith("الحدود"))

    def test_clause_set_against_a_claim_ends_it(self):
        claims = self.claims("دعا الوزير إلى وقف القتال، فيما اتهمت الحركة الجيش بقصف القرى.")
        self.assertEqual(claims[0]["content"], "وقف القتال")

    def test_hope_is_read_at_its_verb_once(self):
        claim = self.only("أعرب المبعوث عن أمله في أن تستأنف المحادثات قريبا.")
        self.assertEqual((claim["cue"], claim["stance"]), ("أعرب", "expect"))

    def test_blame_has_its_noun(self):
        self.assertEqual(self.only("حمّل الحزب الحكومة مسؤولية الانهيار.")["stance"], "accuse")
        self.assertEqual(self.claims("حمل الجنود الذخيرة إلى المخيم."), [])

    def test_doubt_under_a_negation_is_expected(self):
        self.assertEqual(self.only("استبعد الوزير أن تندلع الحرب.")["stance"], "doubt")
        self.assertEqual(self.only("لا يستبعد الوزير أن تندلع الحرب.")["stance"], "expect")

    def test_body_that_speaks_in_writing(self):
        self.assertEqual(self.only("قالت وزارة الدفاع في بيان إن قواتها انسحبت من البلدة.")["kind"], "document")

    def test_name_behind_a_comma(self):
        claim = self.only("قال المتحدث باسم الجيش، العميد يحيى سريع، إن القوات انسحبت من البلدة.")
        self.assertEqual(claim["kind"], "named")

    def test_refusal_of_words_says_nothing(self):
        self.assertEqual(self.claims("رفضت وزارة الخارجية التعليق على القرار."), [])

    def test_untrue(self):
        claim = self.only("مصدر أمني: لا صحة لخبر استقالة المحافظ.")
        self.assertEqual((claim["cue"], claim["stance"]), ("لا صحة", "deny"))

    def test_outlet_that_passes_on_from_a_source(self):
        claims = self.claims("نقلت صحيفة «الميدان» عن مصدر عسكري قوله إن القوات انسحبت من البلدة.")
        self.assertEqual([c["kind"] for c in claims], ["media", "anonymous"])


class Examples(unittest.TestCase):
    def test_rows_are_read_as_they_say(self):
        rows = []
        for name in ("cues.tsv", "prep_cues.tsv"):
            header = None
            for line in (TABLES / name).read_text(encoding="utf-8").splitlines():
                if not line or line.startswith("#"):
                    continue
                cells = line.split("\t")
                if header is None:
                    header = cells
                elif (row := dict(zip(header, cells)))["flags"] not in ("verb", "position", "joins"):
                    rows.append(row)
        right = 0
        for row, record in zip(rows, read([row["example"] + "." for row in rows])):
            words = {word for column in ("verb", "noun", "participle", "phrase") for word in row.get(column, "-").split("|")}
            right += any(claim.get("cue_lemma") in words and claim["stance"] == row["stance"]
                         for claim in record["claims"])
        self.assertGreater(right / len(rows), 0.88)


if __name__ == "__main__":
    unittest.main()
