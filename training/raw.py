"""Raw news as syntactic words, for what learns from it without labels: vectors.py and pretrain.py."""

from __future__ import annotations

import hashlib
from array import array
from collections import Counter
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np

import sources
from spelling import clean

NAMES = ["saudinewsnet", "ant", "hespress-aljazeera", "khaleej", "wikipedia-2017"]
TREEBANK = "treebank/padt-r2.13-train.conllu"
BOUNDARY = -1


@dataclass
class Words:
    stream: np.ndarray            # numbers of words, int32; BOUNDARY between paragraphs
    types: list[str]              # cleaned form by number, the most frequent first
    counts: np.ndarray            # occurrences by number
    places: np.ndarray            # class of the word's place in its token (features.place), as long as `stream`


def _tokens(folder: Path, limit: int) -> tuple[np.ndarray, list[str]]:
    number: dict[str, int] = {}
    stream = array("i")
    for text in sources.raw_texts(folder, NAMES):
        stream.extend([number.setdefault(t, len(number)) for t in sources.TOKEN.findall(clean(text))])
        stream.append(BOUNDARY)
        if len(stream) > limit:
            break
    return np.frombuffer(stream, dtype=np.int32), list(number)


def _state(data: Path) -> str:
    """Which data it is, by the names and sizes of the files that are read: others must not be taken from the cache."""
    files = [data / "raw" / f"{name}.jsonl.xz" for name in NAMES] + [data / TREEBANK]
    return hashlib.sha256(repr([(f.name, f.stat().st_size) for f in files]).encode()).hexdigest()[:12]


def load(data: Path, limit: int) -> Words:
    """The first `limit` tokens. About two minutes and 3 GiB for 40 million; kept under training/build."""
    cache = Path(__file__).resolve().parent / f"build/raw-{limit}-{_state(data)}.npz"
    if cache.exists():
        with np.load(cache) as kept:
            return Words(kept["stream"], bytes(kept["types"]).decode().split("\n"), kept["counts"], kept["places"])
    stream, tokens = _tokens(data / "raw", limit)
    seen = np.bincount(stream[stream >= 0], minlength=len(tokens))
    split = sources.Splitter(sources.read_treebank(data / TREEBANK),
                             Counter(dict(zip(tokens, map(int, seen)))))
    pieces = [split(t) for t in tokens]
    found: Counter[str] = Counter()
    for words, n in zip(pieces, seen):
        for w in words:
            found[w] += int(n)
    types = [w for w, _ in found.most_common()]
    number = {w: i for i, w in enumerate(types)}
    # The words of every token end to end; a boundary is a token of its own.
    cut = [[number[w] for w in words] for words in pieces] + [[BOUNDARY]]
    sizes = np.array([len(c) for c in cut])
    flat = np.array(list(chain.from_iterable(cut)), dtype=np.int32)
    place = np.array(list(chain.from_iterable(
        [0] if n == 1 else [1, *[2] * (n - 2), 3] for n in sizes)), dtype=np.uint8)
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    ids = np.where(stream < 0, len(tokens), stream)
    repeat = sizes[ids]
    at = np.repeat(starts[ids] - np.concatenate([[0], np.cumsum(repeat)[:-1]]), repeat) + np.arange(repeat.sum())
    out = Words(flat[at], types, np.array([found[w] for w in types]), place[at])
    cache.parent.mkdir(exist_ok=True)
    np.savez(cache, stream=out.stream, types=np.frombuffer("\n".join(types).encode(), np.uint8), counts=out.counts,
             places=out.places)
    return out
