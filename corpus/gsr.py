#!/usr/bin/env python3
"""Measures isnad on the Arabic gold standard of PROTEST and ASSAULT (GSR), which stays outside the repository.

usage: gsr.py FOLDER [--isnad PATH] [--part tune|rest|all] [--errors]

FOLDER holds gsr-{protest,assault}-detection.csv (a sentence a row: does it tell of an event of that type, and how many
judges accepted and rejected that) and gsr-{protest,assault}-spans.json (what each judge marked as source actor, verb and
target actor). Each sentence is read as an article of its own whose day of publication is not known.

Sentences: those that at least three judges saw and all judged alike, by the counts alone: accept >= 3 and reject = 0 is
a yes, reject >= 3 and accept = 0 a no. The column `label` is not used: it calls sentences "difficult no" that one judge of
three accepted, and "easy no" those that two judges saw.

Two readings of the record are compared with the judges:
  "told"      any event of the type whose status is not negated or denied. The record has every event that a sentence speaks
              of, background and mentions in passing too ("the trial since the murder of X"), so this finds too much.
  "reported"  the event is what the sentence has to report. The judges took what is said to have happened, once, as news of
              this sentence: of the sentences of the tuning part whose only event of the type is planned, demanded, possible
              or conditional they took none, of those in a relative clause or inside a noun phrase hardly any. So: the
              status is occurred; no relative clause stands between the event's word and the clause that it is told in (the
              sentence or the content of its claim); and it is told by a predicate (a finite verb, or a noun that is subject
              or object of one or that a light verb carries: قاموا بالاحتجاج) with a party, or its victims are counted.

Spans: micro F1 over the words of the sentence, source and target apart and together, against each judge in turn (pooled)
and against the words that the gold keeps as the majority's. Words are compared without punctuation and in folded spelling;
a word that a mention of the record covers in part (all but its proclitics) is covered. Judges mark who it is and leave
out how many ("مئات المتظاهرين": المتظاهرين), so numbers, nouns of number and prepositions are left out of both sides
(QUANTITY). Judges mark one event of a sentence, the record has all: where an event's trigger is in what a judge
marked as verb, that event is compared ("aligned"), otherwise all events of the type together ("sentence" takes always all). "matched" has
only the former: what the arguments of the events found are worth.
The last row has each judge against the others.

Parts: by a hash of the article that the sentence is from, so that no article is in both. `tune` may be looked at; the rule
for "reported" was chosen on it, among some fifteen. `rest` only gets figures, and --errors shows nothing of it; but most of
its positive sentences were seen in a listing before the parts were cut, so it is set apart, not blind.
"""

import argparse
import collections
import csv
import hashlib
import json
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TYPES = ("PROTEST", "ASSAULT")
NOT_TOLD = {"negated", "denied"}
JUDGES = 3
CONTENT = {"VERB", "NOUN", "ADJ", "X", "PROPN"}
PREDICATED = {"nsubj", "obj", "root", "ccomp", "parataxis"}
WORD = re.compile(r"[^\W_]+")
MARKS = re.compile("[\u064b-\u0652\u0640\u0670]")
FOLD = str.maketrans("أإآٱىةؤئ", "ااااي" + "ه" + "وي")


def fold(word):
    return MARKS.sub("", word).translate(FOLD)


QUANTITY = set(map(fold, """مئات مائات آلاف الآلاف المئات عشرات العشرات عدد نحو حوالي حوالى زهاء قرابة مجموعة بعض أحد إحدى عدة ملايين مليون
    ألف مئة مائة واحد اثنان اثنين ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة عشرة ثلاث أربع خمس ست سبع ثماني تسع عشر أكثر أقل
    يقل يزيد الأقل من في على عن ما لا""".split()))


def words_of(text):
    """The words of a text with their offsets, without punctuation."""
    return [(match.start(), match.end(), fold(match.group())) for match in WORD.finditer(text)]


def article_of(identity):
    return re.sub(r"[-_]\d+\Z", "", identity)


def part_of(identity):
    return "tune" if hashlib.sha256(article_of(identity).encode()).digest()[0] % 2 == 0 else "rest"


def sentences(folder, kind):
    """(id, text, yes or no) of the sentences that the judges agreed on."""
    with open(folder / f"gsr-{kind.lower()}-detection.csv", encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            accept, reject = int(row["accept"]), int(row["reject"])
            if max(accept, reject) >= JUDGES and min(accept, reject) == 0:
                yield row["id"], row["text"].strip(), accept > 0


def span_sets(folder, kind):
    known = {}
    with open(folder / f"gsr-{kind.lower()}-detection.csv", encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            known[row["text"].strip()] = row["id"]
    for one in json.loads((folder / f"gsr-{kind.lower()}-spans.json").read_text(encoding="utf-8")):
        text = one["text"].strip()
        fallback = one["source"] if re.search(r"\d-\d+\Z", one["source"]) else one["_id"]
        yield known.get(text, fallback), text, one


def light_verbs():
    """(verb, preposition) of those that lend their subject to a noun behind the preposition: قام بـ."""
    rows = (line.split("\t") for line in (ROOT / "data/events/light_verbs.tsv").read_text(encoding="utf-8").splitlines())
    return {(fold(row[0]), fold(row[1])) for row in rows if len(row) == 5 and row[3] == "-" and row[2] != "-"}


LIGHT = light_verbs()


def run(program, texts, form):
    articles = "".join(json.dumps({"id": str(at), "text": text}, ensure_ascii=False) + "\n"
                       for at, text in enumerate(texts))
    done = subprocess.run([program, "read", "--format", form, "-"], input=articles.encode(), capture_output=True)
    if done.returncode != 0:
        sys.exit(f"gsr.py: {program}: {done.stderr.decode()[-500:]}")
    return done.stdout.decode()


class Word:
    """A syntactic word of a tree with the offsets of its written token."""

    def __init__(self, fields, token):
        self.lemma, self.tag, self.relation = fold(fields[2]), fields[3], fields[7].split(":")[0]
        self.indefinite = "Definite=Ind" in fields[5]
        self.begin, self.end = token
        self.head = int(fields[6])  # an index into its sentence, later the word itself


def trees_of(conllu, texts):
    """Per text its words, heads linked."""
    trees, sentence, until, token = collections.defaultdict(list), [], 0, (0, 0)
    for line in conllu.splitlines() + [""]:
        fields = line.split("\t")
        if line.startswith("# newdoc id"):
            text = texts[int(line.split("=")[1])]
        elif len(fields) == 10:
            written = re.search(r"TokenRange=(\d+):(\d+)", fields[9])
            if written:
                token = int(written[1]), int(written[2])
            if fields[0].isdigit():
                sentence.append(Word(fields, token))
        elif not line:
            for word in sentence:
                word.head = sentence[word.head - 1] if word.head else None
            trees[text] += sentence
            sentence = []
    return trees


def read(program, texts):
    records = {}
    for line in run(program, texts, "jsonl").splitlines():
        record = json.loads(line)
        records[texts[int(record["article"]["id"])]] = record
    for text, tree in trees_of(run(program, texts, "conllu"), texts).items():
        records[text]["tree"] = tree
    return records


def told(record, kind):
    return [event for event in record["events"] if event["type"] == kind and event["status"] not in NOT_TOLD]


def reported(record, kind):
    return [event for event in told(record, kind) if is_reported(record, event)]


def is_reported(record, event):
    begin, end = event["trigger"]["at"]
    words = [word for word in record["tree"] if word.begin < end and begin < word.end and word.tag in CONTENT]
    if not words or event["status"] != "occurred":
        return False
    claims = {claim["id"]: claim for claim in record["claims"]}
    first, last = claims[event["chain"][0]]["content"] if event["chain"] else (0, sys.maxsize)
    word = at = words[0]
    while at is not None and first <= at.begin < last:
        if at.relation == "acl" and at.head is not None and first <= at.head.begin < last:
            return False
        at = at.head
    party = bool(event["actors"] or event["recipients"])
    case = next((other.lemma for other in record["tree"] if other.head is word and other.relation == "case"), "")
    carried = word.head is not None and (word.head.lemma, case) in LIGHT
    predicate = word.tag == "VERB" or word.relation in PREDICATED or carried
    return counts_victims(record, event) or (predicate and party)


def counts_victims(record, event):
    """The toll is a number or an indefinite noun: not "the murder of the president"."""
    victims = [toll["at"] for toll in event.get("toll", {}).values() if toll.get("at")]
    return any(word.begin < end and begin < word.end and (word.tag == "NUM" or word.indefinite)
               for word in record["tree"] for begin, end in victims)


class Counts:
    def __init__(self):
        self.right = self.found = self.there = 0

    def add(self, found, there):
        found, there = collections.Counter(found), collections.Counter(there)
        self.right += (found & there).total()
        self.found += found.total()
        self.there += there.total()

    def row(self):
        precision = self.right / self.found if self.found else 0.0
        recall = self.right / self.there if self.there else 0.0
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        return f"P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}   ({self.right} right, {self.found} found, {self.there} there)"


def without_quantity(words):
    return [word for word in words if word not in QUANTITY and not word.isdigit()]


def marked(tokens):
    return without_quantity(word for token in tokens for _, _, word in words_of(token))


def named(mention, record):
    """The mention itself, or for a pronoun or an unexpressed subject the one of the same entity that names it."""
    if mention["kind"] not in ("elided", "pronoun"):
        return mention
    others = [other for other in record["mentions"]
              if other["entity"] == mention["entity"] and other["kind"] not in ("elided", "pronoun")]
    return others[0] if others else {"at": (0, 0)}


def covered(text, record, events, side):
    mentions = {mention["id"]: mention for mention in record["mentions"]}
    spans = [named(mentions[m], record)["at"] for event in events for m in event[side]]
    return without_quantity(word for begin, end, word in words_of(text)
                            if any(b < end and begin < e for b, e in spans))


def matched(text, events, judge):
    verbs = {word for token in judge["verb"] for _, _, word in words_of(token)}
    def trigger(event):
        return {word for begin, end, word in words_of(text)
                if event["trigger"]["at"][0] < end and begin < event["trigger"]["at"][1]}
    return [event for event in events if trigger(event) & verbs]


def aligned(text, events, judge):
    return matched(text, events, judge) or events


SIDES = (("source", "source_actor", "actors"), ("target", "target_actor", "recipients"))


def detection(items, records, kind, select, show):
    counts = Counts()
    for identity, text, yes in items:
        found = bool(select(records[text], kind))
        counts.add(["x"] if found else [], ["x"] if yes else [])
        if found != yes:
            if show:
                seen = ", ".join(f"{text[slice(*e['trigger']['at'])]} {e['type']}/{e.get('mode')} {e['status']}"
                                 for e in records[text]["events"])
                print(f"{'MISSED' if yes else 'WRONG '} {kind} {identity[-24:]}: {text}\n        read: {seen}")
    return counts


def spans(sets, records, kind, show):
    rows = collections.defaultdict(Counts)
    for identity, text, one in sets:
        record, events = records[text], told(records[text], kind)
        for name, gold, side in SIDES:
            whole = covered(text, record, events, side)
            for at, judge in enumerate(one["spans"]):
                there = marked(judge[gold])
                near = covered(text, record, aligned(text, events, judge), side)
                rows["each judge, aligned", name].add(near, there)
                if matched(text, events, judge):
                    rows["each judge, matched", name].add(near, there)
                rows["each judge, sentence", name].add(whole, there)
                for other in one["spans"][:at] + one["spans"][at + 1:]:
                    rows["judge against judge", name].add(marked(other[gold]), there)
            majority = marked(one[f"{name}_gold"].split())
            any_judge = {"verb": [token for judge in one["spans"] for token in judge["verb"]]}
            near = covered(text, record, aligned(text, events, any_judge), side)
            rows["majority, aligned", name].add(near, majority)
            rows["majority, sentence", name].add(whole, majority)
            if show:
                judges = " / ".join(" ".join(marked(judge[gold])) or "-" for judge in one["spans"])
                print(f"{kind} {name}: read {' '.join(near) or '-'} | judges {judges} | {text}")
    return rows


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--isnad", default=str(ROOT / "build" / "isnad"))
    parser.add_argument("--part", choices=("tune", "rest", "all"), default="all")
    parser.add_argument("--errors", action="store_true", help="show the sentences of the tuning part that were misread")
    options = parser.parse_args()
    gold = {kind: (list(sentences(options.folder, kind)), list(span_sets(options.folder, kind))) for kind in TYPES}
    texts = list(dict.fromkeys(item[1] for lists in gold.values() for items in lists for item in items))
    records = read(options.isnad, texts)
    for part in ("tune", "rest") if options.part == "all" else (options.part,):
        show = options.errors and part == "tune"
        print(f"== {part}")
        both = collections.defaultdict(Counts)
        for kind in TYPES:
            inside = lambda items: [item for item in items if part_of(item[0]) == part]
            for select, shown in ((told, False), (reported, show)):
                counts = detection(inside(gold[kind][0]), records, kind, select, shown)
                print(f"{kind:8} sentences, {select.__name__:17} {counts.row()}")
            for (how, name), counts in sorted(spans(inside(gold[kind][1]), records, kind, show).items()):
                print(f"{kind:8} {how:21}{name} {counts.row()}")
                for total in ((how, name), (how, "both  ")):
                    both[total].right += counts.right
                    both[total].found += counts.found
                    both[total].there += counts.there
        for (how, name), counts in sorted(both.items()):
            print(f"{'all':8} {how:21}{name} {counts.row()}")


if __name__ == "__main__":
    main()
