"""Tests of corpus/compile.py: python3 -m unittest tests/record/test_compile.py"""

import importlib.util
import json
import sys
import tempfile
import unittest
from pathlib import Path

if importlib.util.find_spec("yaml") is None:  # the programs do not need it, only the corpus does
    print("PyYAML is not installed: the corpus compiler is not tested")
    sys.exit(0)

ROOT = Path(__file__).resolve().parents[2]
SPEC = importlib.util.spec_from_file_location("corpus_compile", ROOT / "corpus" / "compile.py")
corpus = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(corpus)

EXAMPLE = json.loads((ROOT / "docs/reference/record.example.json").read_text(encoding="utf-8"))
HEAD = "id: x\noutlet: مثال\npublished: 2020-03-02\ntitle: عنوان\n"


def compiled(yaml_text):
    """(record, errors, warnings) of one document."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.yaml"
        path.write_text(yaml_text, encoding="utf-8")
        schema = json.loads(corpus.SCHEMA.read_text(encoding="utf-8"))
        schema.pop("$id")
        record, _, errors, warnings = corpus.compile_file(path, corpus.Ontology(), schema)
        return record, errors, warnings


class Spans(unittest.TestCase):
    text = "زار الوزير الجزائر، ثم زار نظيره الجزائري. وقال إنه سيزور تونس."

    def found(self, spec):
        begin, end = corpus.resolve(self.text, spec)
        return begin, self.text[begin:end]

    def test_forms(self):
        self.assertEqual(self.found("الوزير"), (4, "الوزير"))
        self.assertEqual(self.found("زار#2"), (23, "زار"))
        self.assertEqual(self.found("زار@ثم زار"), (23, "زار"))
        self.assertEqual(self.found("يزور@سيزور"), (self.text.index("سيزور") + 1, "يزور"))
        self.assertEqual(self.found("الوزير…زار"), (4, "الوزير الجزائر، ثم زار"))
        self.assertEqual(self.found("زار#2…الجزائري")[1], "زار نظيره الجزائري")
        self.assertEqual(self.found("الوزير…الجزائر#2")[1], "الوزير الجزائر، ثم زار نظيره الجزائر")
        self.assertEqual(self.found("ه@إنه")[1], "ه")

    def test_failures_say_the_remedy(self):
        for spec, word in [("زار", "occurs 2 times"), ("زار#3", "occurs 2 time"), ("الوزيرة", "departs"), ("", "wanted"),
                           ("تونس@زار نظيره", "does not occur in"), ("تونس…زار", "after “تونس”")]:
            with self.assertRaises(corpus.SpanError) as caught:
                corpus.resolve(self.text, spec)
            self.assertIn(word, str(caught.exception))

    def test_sentences(self):
        spans = corpus.default_sentences("قال د. سامي نعم. ثم «مضى.» وعاد؟ نعم\nسطر")
        text = "قال د. سامي نعم. ثم «مضى.» وعاد؟ نعم\nسطر"
        self.assertEqual([text[b:e] for b, e in spans], ["قال د. سامي نعم.", "ثم «مضى.»", "وعاد؟", "نعم", "سطر"])


class Files(unittest.TestCase):
    def test_reference_example(self):
        """The example of the reference, written in the authoring format, compiles to the reference's record."""
        want = EXAMPLE["record"]
        text, spec = EXAMPLE["text"], {}

        def string(at):
            begin, end = at
            return f"{text[begin:end]}@{text}" if text.count(text[begin:end]) == 1 else (
                f"{text[begin:end]}#{corpus.occurrences(text, text[begin:end]).index(begin) + 1}")

        spec.update({k: v for k, v in want["article"].items()}, text=text)
        spec["entities"] = {e["id"]: {k: v for k, v in e.items() if k != "id"} for e in want["entities"]}
        spec["mentions"] = {m["id"]: {"at": string(m["at"]), "of": m["entity"], "kind": m["kind"]} for m in want["mentions"]}
        spec["times"] = {t["id"]: {**{k: v for k, v in t.items() if k not in ("id", "text")}, "at": string(t["at"])} for t in want["times"]}
        spec["places"] = {p["id"]: {"at": string(p["at"]), "of": p["entity"], "lat": p["lat"], "lon": p["lon"], "precision": p["precision"]} for p in want["places"]}
        spec["claims"] = {c["id"]: {"kind": c["source_kind"], "lemma": c["cue_lemma"], "cue": string(c["cue"]), "content": string(c["content"]),
                                    **{k: v for k, v in c.items() if k in ("parent", "sources", "stance", "direct", "about")}} for c in want["claims"]}
        spec["events"] = {v["id"]: {**{k: x for k, x in v.items() if k not in ("id", "confidence", "trigger", "theme")},
                                    "trigger": string(v["trigger"]["at"]), "lemma": v["trigger"]["lemma"], "theme": string(v["theme"])} for v in want["events"]}
        record, errors, _ = compiled(json.dumps(spec, ensure_ascii=False))
        self.assertEqual(errors, [])
        self.assertEqual(record, {**want, "article": record["article"]})

    def test_every_error_is_reported_with_its_place(self):
        _, errors, _ = compiled(HEAD + """text: |-
  قال الوزير إن بلاده سترسل مساعدات. وأضاف أنها سترسل أطباء.
entities:
  e1: {kind: persons, name: الوزير, country: TUNIS, sectors: [GOVT]}
mentions:
  m1: {at: الوزير, of: e2, kind: title}
times:
  t1: {at: قال, type: DATE, value: 2020-01-02, first: 2020-01-02, last: 2020-01-01}
claims:
  c1: {sources: [m9], kind: office, cue: قال, lemma: قال, stance: says, content: "بلاده…مساعدات"}
  c2: {parent: c1, kind: hidden, stance: state, content: "أنها…أطباء"}
events:
  v1: {type: AID, mode: visit, trigger: ترسل, lemma: أرسل, status: planned, chain: [c2]}
  v2: {type: HELP, trigger: ترسل#2, lemma: أرسل, status: planned, colour: red}
""")
        text = "\n".join(errors)
        for part in ["entities.e1.kind: “persons”", "entities.e1.country: “TUNIS”", "entities.e1.sectors: “GOVT”", "mentions.m1.of: there is no “e2”",
                     "times.t1: first 2020-01-02 is after last", "claims.c1.sources: there is no “m9”", "claims.c1.stance: “says”",
                     "events.v1.mode: “visit” is no mode of AID", "events.v1.trigger: “ترسل” occurs 2 times", "events.v2.type: “HELP”",
                     "events.v2.colour: unknown key", "events.v1.chain: [c2] is not the way from c2 outwards along `parent`, which is [c2, c1]"]:
            self.assertIn(part, text)

    def test_strings_are_not_guessed_at(self):
        record, errors, _ = compiled(HEAD + """text: زار الوزير النرويج
entities:
  e1: {kind: place, name: النرويج, country: NOR}
mentions:
  m1: {at: النرويج, of: e1, kind: name}
events:
  v1: {type: CONSULT, mode: visit, cameo: 042, trigger: زار, lemma: زار, recipients: [m1], status: occurred, toll: {killed: 3, wounded: {low: 40}}}
""")
        self.assertEqual(errors, [])
        self.assertEqual(record["events"][0]["cameo"], "042")
        self.assertEqual(record["events"][0]["toll"], {"killed": {"low": 3, "high": 3}, "wounded": {"low": 40}})
        self.assertEqual(record["entities"][0]["code"], "NOR")
        self.assertEqual(record["article"]["published"], "2020-03-02")

    def test_own_schema_check_agrees_with_the_example(self):
        schema = json.loads(corpus.SCHEMA.read_text(encoding="utf-8"))
        record = EXAMPLE["record"]
        self.assertEqual(list(corpus.light_check(record, schema, schema, "")), [])
        for path, value in [("schema", "isnad/2"), ("sentences", [[0, 1, 2]]), ("sentences", [[0, -1]]), ("claims", [{}]), ("events", "none")]:
            self.assertNotEqual(list(corpus.light_check({**record, path: value}, schema, schema, "")), [])

    def test_a_key_given_twice_is_an_error(self):
        _, errors, _ = compiled(HEAD + "text: نص\nid: y\n")
        self.assertIn("is given twice", errors[0])


if __name__ == "__main__":
    unittest.main()
