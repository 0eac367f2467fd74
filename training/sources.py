"""Readers of the data that the core learns from: the treebank, the name corpora, raw news."""

from __future__ import annotations

import hashlib
import json
import lzma
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from spelling import clean

NAME_CLASSES = {"PERS": "PER", "PER": "PER", "LOC": "LOC", "ORG": "ORG", "MISC": "MISC", "MIS": "MISC", "GPE": "LOC"}
GUIDES = ["ANERcorp", "AQMAR", "Wojood"]  # each drew the line around names in its own way; the first is what is shipped
UNKNOWN = "?"  # a label that says nothing
# Classes of Wojood that are no names here; what is neither here nor in NAME_CLASSES may or may not be MISC.
NO_NAMES = {"DATE", "TIME", "OCC", "ORDINAL", "CARDINAL", "MONEY", "PERCENT", "QUANTITY", "UNIT", "CURR"}


@dataclass
class Sentence:
    forms: list[str] = field(default_factory=list)
    places: list[tuple[int, int]] = field(default_factory=list)  # index in its token, words of that token
    tokens: list[str] = field(default_factory=list)  # written tokens
    upos: list[str] = field(default_factory=list)
    xpos: list[str] = field(default_factory=list)
    feats: list[str] = field(default_factory=list)
    lemmas: list[str] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)  # -1 for the root
    deprels: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    guide: int = 0  # whose idea of a name the labels follow: a number of GUIDES


def read_treebank(path: Path) -> list[Sentence]:
    """Basic trees only: empty nodes ("8.1") are left out; multiword tokens give each word its place."""
    out, current, group_end, group = [], Sentence(), 0, (1, 1)
    for line in Path(path).read_text(encoding="utf-8").split("\n"):
        if not line:
            if current.forms:
                out.append(current)
            current, group_end = Sentence(), 0
            continue
        if line.startswith("#"):
            continue
        columns = line.split("\t")
        number = columns[0]
        if "." in number:
            continue
        if "-" in number:
            first, last = map(int, number.split("-"))
            group, group_end = (first, last - first + 1), last
            current.tokens.append(columns[1])
            continue
        index = int(number)
        if index <= group_end:
            current.places.append((index - group[0], group[1]))
        else:
            current.places.append((0, 1))
            current.tokens.append(columns[1])
        lemma = columns[2] if columns[2] != "_" else columns[1]
        for values, value in ((current.forms, columns[1]), (current.lemmas, lemma), (current.upos, columns[3]),
                              (current.xpos, columns[4]), (current.deprels, columns[7]),
                              (current.feats, "" if columns[5] == "_" else columns[5])):
            values.append(value)
        current.heads.append(int(columns[6]) - 1)
    if current.forms:
        out.append(current)
    return out


def _label(written: str) -> str:
    if "-" not in written:
        return written
    position, kind = written.split("-", 1)
    if kind in NAME_CLASSES:
        return f"{position}-{NAME_CLASSES[kind]}"
    return "O" if kind in NO_NAMES else UNKNOWN


def read_names(path: Path) -> list[list[tuple[str, str]]]:
    """Sentences of (written token, label): BIO with the classes PER LOC ORG MISC, or UNKNOWN. Of nested labels the
    first counts, the outermost."""
    out, current = [], []
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        columns = line.split()
        if len(columns) < 2:
            if current:
                out.append(current)
            current = []
            continue
        current.append((columns[0], _label(columns[1])))
    if current:
        out.append(current)
    return out


def set_apart(sentence: list[tuple[str, str]]) -> bool:
    """The tenth of ANERcorp's sentences that is never trained on, chosen by the sentence's own hash."""
    text = " ".join(token for token, _ in sentence)
    return int.from_bytes(hashlib.sha256(text.encode("utf-8")).digest()[:4], "big") % 10 == 0


TOKEN = re.compile(r"\d+(?:[.,٫]\d+)*|[^\W\d_]+|[^\w\s]")


class Splitter:
    """Cuts a written token into its syntactic words: the treebank's most frequent analysis, and for what the treebank
    does not know, the clitics whose removal leaves a word that is seen more often. Enough for vectors and for carrying
    name labels over; the product's own segmenter is learned."""

    SUFFIXES = ("هما", "ها", "هم", "هن", "نا", "كم", "ه")

    def __init__(self, treebank: list[Sentence], counts: Counter):
        seen = defaultdict(Counter)
        for sentence in treebank:
            at = 0
            for token in sentence.tokens:
                size = sentence.places[at][1]
                seen[clean(token)][tuple(clean(f) for f in sentence.forms[at:at + size])] += 1
                at += size
        self.known = {token: analyses.most_common(1)[0][0] for token, analyses in seen.items()}
        self.counts = counts
        self.cache: dict[str, tuple[str, ...]] = {}

    def __call__(self, token: str) -> tuple[str, ...]:
        found = self.cache.get(token)
        if found is None:
            found = self.cache[token] = self._split(token)
        return found

    def _split(self, token: str) -> tuple[str, ...]:
        if token in self.known:
            return self.known[token]
        n, counts = self.counts[token], self.counts
        if token[:1] in "وف" and len(token) > 3 and counts[token[1:]] > n:
            return (token[0],) + self(token[1:])
        if token.startswith("لل") and len(token) > 4 and counts["ال" + token[2:]] > 0:
            return ("ل", "ال" + token[2:])
        if token[:1] in "بلك" and len(token) > 3:
            rest = token[1:]
            if (rest.startswith("ال") and counts[rest] > 0) or counts[rest] > 5 * n:
                return (token[0],) + self(rest)
        for suffix in self.SUFFIXES:
            stem = token[:-len(suffix)]
            if token.endswith(suffix) and len(stem) >= 3 and not stem.startswith("ال"):
                if stem.endswith("ت") and counts[stem[:-1] + "ة"] > 2 * n:
                    return (stem[:-1] + "ة", suffix)
                if counts[stem] > 2 * n:
                    return (stem, suffix)
        return (token,)


def raw_texts(folder: Path, names: list[str]):
    """Paragraphs of raw news."""
    for name in names:
        with lzma.open(folder / f"{name}.jsonl.xz", "rt", encoding="utf-8") as lines:
            for line in lines:
                record = json.loads(line)
                yield from record.get("text", "").split("\n")


def names_as_words(sentence: list[tuple[str, str]], split) -> Sentence:
    """Label of a written token to its words: the stem carries it; conjunctions and prepositions before a name stay
    outside, pronouns after it too."""
    outside = {"و", "ف", "ب", "ل", "ك", "س", "ه", "ها", "هم", "هما", "هن", "نا", "كم", "ي", "ك"}
    out = Sentence()
    for token, label in sentence:
        words = split(clean(token) or token)  # a lone tatweel is a token too
        out.tokens.append(token)
        opened = False
        for i, form in enumerate(words):
            out.forms.append(form)
            out.places.append((i, len(words)))
            if label == UNKNOWN or label == "O" or (len(words) > 1 and form in outside and label.startswith("B")):
                out.names.append(label if label == UNKNOWN else "O")
            elif label.startswith("I") or not opened:
                out.names.append(label)
                opened = True
            else:
                out.names.append("I" + label[1:])
    return out


def name_sentences(data: Path, treebank: list[Sentence]) -> tuple[list[Sentence], list[Sentence]]:
    """Sentences of the name corpora as words: to train on, and set apart. `treebank` is its training part, which knows
    how tokens are split."""
    anercorp = read_names(data / "ner/anercorp-camel-train.txt")
    aqmar = [s for part in ("train", "dev", "test") for s in read_names(data / f"ner/aqmar-{part}.txt")]
    wojood = [s for part in ("train", "val", "test") for s in read_names(data / f"ner/wojood-sample-{part}.txt")]
    counts = Counter(clean(t) for s in treebank for t in s.tokens)
    counts.update(clean(t) for s in anercorp for t, _ in s)
    split = Splitter(treebank, counts)

    def pieces(sentences: list, guide: int = 0) -> list[Sentence]:
        # A sentence of the name corpora may run to thousands of words where no full stop was marked.
        out = [names_as_words(s[i:i + 120], split) for s in sentences for i in range(0, len(s), 120)]
        for one in out:
            one.guide = guide
        return out

    tagged = pieces([s for s in anercorp if not set_apart(s)]) + pieces(aqmar, 1) + pieces(wojood, 2)
    return tagged, pieces([s for s in anercorp if set_apart(s)])
