"""Sentences as numbers, and batches of them laid end to end."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import chain

import numpy as np
import torch

import features
import lemma
from sources import UNKNOWN, Sentence
from spelling import bare, clean

NAMES = ["O"] + [f"{p}-{c}" for c in ("PER", "LOC", "ORG", "MISC") for p in "BI"]


@dataclass
class Labels:
    tags: list[str]       # "NOUN N------S1D"
    scripts: list[str]    # edit trees from the cleaned form to the bare lemma
    relations: list[str]

    @staticmethod
    def learn(treebank: list[Sentence], rare: int) -> "Labels":
        tags, scripts, relations = Counter(), Counter(), Counter()
        for s in treebank:
            tags.update(f"{u} {x}" for u, x in zip(s.upos, s.xpos))
            scripts.update(lemma.tree(clean(f), bare(l)) for f, l in zip(s.forms, s.lemmas))
            relations.update(s.deprels)
        names = lambda c, least: [k for k, n in c.most_common() if n >= least]
        return Labels(names(tags, 1), names(scripts, rare), sorted(relations))


class Encoded:
    """One sentence: feature rows, and targets where it has them (-100 where not)."""

    def __init__(self, s: Sentence, labels: Labels | None, index: dict[str, dict[str, int]] | None):
        n = len(s.forms)
        bags = [features.bags(f) for f in s.forms]
        flat = list(chain.from_iterable(bags))
        self.counts = np.array([len(b) for b in flat], dtype=np.int64)
        self.rows = np.fromiter(chain.from_iterable(flat), dtype=np.int64)
        self.shape = np.array([features.shape(clean(f)) for f in s.forms])
        self.place = np.array([features.place(i, k) for i, k in s.places])
        self.size = n
        self.guide = np.full(n, s.guide)
        ignore = lambda: np.full(n, -100)
        self.tag, self.script, self.head, self.rel, self.name = (ignore() for _ in range(5))
        if s.heads:
            self.head = np.array(s.heads)
            self.rel = np.array([index["relations"].get(r, -100) for r in s.deprels])
            self.tag = np.array([index["tags"].get(f"{u} {x}", -100) for u, x in zip(s.upos, s.xpos)])
            self.script = np.array([index["scripts"].get(lemma.tree(clean(f), bare(l)), -100)
                                    for f, l in zip(s.forms, s.lemmas)])
        if s.names:
            self.name = np.array([-100 if x == UNKNOWN else NAMES.index(x) for x in s.names])


def encode(sentences: list[Sentence], labels: Labels) -> list[Encoded]:
    index = {kind: {v: i for i, v in enumerate(getattr(labels, kind))} for kind in ("tags", "scripts", "relations")}
    return [Encoded(s, labels, index) for s in sentences]


def batches(data: list[Encoded], words: int, random: np.random.Generator) -> list[list[int]]:
    """Sentences of about one length together, `words` words to a batch, in random order."""
    noise = random.uniform(0.8, 1.25, len(data))
    order = np.argsort(np.array([d.size for d in data]) * noise)
    out, current, size = [], [], 0
    for i in order:
        if current and size + data[i].size > words:
            out.append(current)
            current, size = [], 0
        current.append(int(i))
        size += data[i].size
    out.append(current)
    random.shuffle(out)
    return out


def join(data: list[Encoded], word_drop: float = 0.0, random: np.random.Generator | None = None) -> dict:
    """One batch; with `word_drop`, so many words lose their whole-word rows (bag 0) and are known by pieces alone."""
    counts = np.concatenate([d.counts for d in data])
    rows = np.concatenate([d.rows for d in data])
    if word_drop > 0:
        lost = np.zeros(len(counts), dtype=bool)
        lost[::features.BAGS] = random.random(len(counts) // features.BAGS) < word_drop
        rows = rows[~np.repeat(lost, counts)]
        counts = np.where(lost, 0, counts)
    bounds = np.concatenate([[0], np.cumsum([d.size for d in data])])
    t = torch.from_numpy
    batch = {"rows": t(rows), "offsets": t(np.concatenate([[0], np.cumsum(counts)[:-1]])), "bounds": t(bounds)}
    for key in ("shape", "place", "tag", "script", "head", "rel", "name", "guide"):
        batch[key] = t(np.concatenate([getattr(d, key) for d in data]).astype(np.int64))
    return batch
