"""Learns to split clitics: candidate analyses of each written token, ranked by a log-linear model.

    python training/segmenter.py SHARED_DATA [--epochs 10]      writes training/build/parts/segmenter.npz

A candidate is proclitics + stem + pronoun suffix, with the spelling that the stem has as a word of its own
(مدرسته → مدرسة + ه, للعدالة → ل + العدالة, واضاف → و + أضاف). What no rule derives (مما → من + ما) comes from a closed
table. How often a candidate's stem stands alone in raw news is what lets it split stems that the treebank lacks
(Monroe et al. 2014 rank characters, we rank whole analyses). The predictor is src/nlp/segmenter.cpp; both hash feature
strings by FNV-1a 64.
"""

from __future__ import annotations

import argparse
import collections
import json
import lzma
import re
from pathlib import Path

import numba
import numpy as np

import container
from spelling import clean

HERE = Path(__file__).resolve().parent
TABLE_BITS = 19
LARGEST = 4.0  # weights beyond are cut off when they become bytes
LONGEST = 40  # letters; what is longer is no word
SUFFIXES = ["هما", "كما", "ها", "هم", "هن", "كم", "كن", "نا", "ني", "ه", "ك", "ي"]
FIRST, SECOND = ["و", "ف"], ["ب", "ل", "ك", "س"]
CLITIC_LETTERS = "وفبلكس"
ARABIC = re.compile("^[\u0621-\u064a\u0671-\u06d3]+$")
TOKEN = re.compile("[\u0621-\u064a\u0671-\u06d3]+")


def treebank(path: Path):
    """Sentences of (clean token, [clean words])."""
    sentence, end = [], 0
    for line in open(path, encoding="utf-8"):
        if line.startswith("#"):
            continue
        cells = line.rstrip("\n").split("\t")
        if len(cells) < 8:
            if sentence:
                yield sentence
            sentence, end = [], 0
        elif "-" in cells[0]:
            end = int(cells[0].split("-")[1])
            sentence.append((clean(cells[1]), []))
        elif "." not in cells[0]:
            if int(cells[0]) <= end:
                sentence[-1][1].append(clean(cells[1]))
            else:
                sentence.append((clean(cells[1]), [clean(cells[1])]))


def raw_counts(folder: Path) -> dict[str, int]:
    """How often each written token occurs in the raw news, kept under training/build."""
    cache = HERE / "build/token_counts.tsv"
    if not cache.exists():
        counts: collections.Counter[str] = collections.Counter()
        for path in sorted(folder.glob("*.xz")):
            for line in lzma.open(path, "rt", encoding="utf-8"):
                counts.update(TOKEN.findall(clean(json.loads(line)["text"])))
        cache.parent.mkdir(parents=True, exist_ok=True)
        with open(cache, "w", encoding="utf-8") as out:
            for word, count in counts.most_common():
                if count < 3:
                    break
                out.write(f"{word}\t{count}\n")
    rows = (line.rstrip("\n").split("\t") for line in open(cache, encoding="utf-8"))
    return {word: int(count) for word, count in rows if int(count) >= 3}


class Analyser:
    """Candidates and their features; mirrored by src/nlp/segmenter.cpp."""

    def __init__(self, counts: dict[str, int], closed: dict[str, list[list[str]]], respelled: dict[str, str]):
        self.counts, self.closed, self.respelled = counts, closed, respelled
        self.level_of: dict[str, int] = {word: level(n) for word, n in counts.items()}

    def level(self, word: str) -> int:
        """How often a word stands alone in raw news, in quarters of doublings."""
        return self.level_of.get(word, 0)

    def bucket(self, word: str) -> int:
        return min(15, self.level_of.get(word, 0) // 4)

    def spelled(self, stem: str) -> str:
        """The usual spelling of a stem written carelessly: اضاف → أضاف, الامم → الأمم, الذى → الذي."""
        known = self.respelled.get(stem)
        if known:
            return known
        if len(stem) < 3:
            return stem
        best, most = stem, self.level(stem)
        at = 2 if stem.startswith("ال") and len(stem) > 4 else 0
        others = [stem[:at] + alef + stem[at + 1:] for alef in "أإآ"] if stem[at] == "ا" else []
        if stem[-1] == "ى":
            others.append(stem[:-1] + "ي")
        for other in others:
            if self.level(other) > most:
                best, most = other, self.level(other)
        return best

    def stems(self, rest: str, article: bool, suffix: str) -> list[tuple[str, str]]:
        """Spellings that the middle of a token can have as a word: (word, rule)."""
        if article:
            return [(self.spelled("ا" + rest), "l"), (self.spelled("ال" + rest), "L")]
        out = [(self.spelled(rest), "")]
        if rest == "ان":
            out = [("أن", "a"), ("إن", "i")]
        if suffix:
            last = {"ت": "ة", "ا": "ى", "ئ": "ء", "ؤ": "ء"}.get(rest[-1])
            if last:
                out.append((self.spelled(rest[:-1] + last), last))
            if rest[-1] == "و":
                out.append((self.spelled(rest + "ا"), "و"))
        return out

    def candidates(self, token: str) -> list[tuple[tuple[str, ...], str, str, str, str]]:
        """(proclitics, stem word, suffix, rule, letters of the stem); the whole token first."""
        out = [((), token, "", "", token)]
        if not ARABIC.match(token) or not 2 <= len(token) <= LONGEST:
            return out
        for first in ["", *FIRST]:
            rest = token[len(first):]
            if token.startswith(first) and rest in self.closed:
                for k, _ in enumerate(self.closed[rest]):
                    out.append(((first,) if first else (), rest, "", f"={k}", rest))
        fronts: list[tuple[tuple[str, ...], str, bool]] = []
        for first in ["", *FIRST]:
            if not token.startswith(first):
                continue
            rest = token[len(first):]
            one = (first,) if first else ()
            fronts.append((one, rest, False))
            for second in SECOND:
                if rest.startswith(second) and len(rest) > 1:
                    after = rest[1:]
                    fronts.append(((*one, second), after, False))
                    if second == "ل" and after.startswith("ل") and len(after) > 2:
                        fronts.append(((*one, second), after, True))
        for proclitics, rest, article in fronts:
            for suffix in ["", *SUFFIXES]:
                if suffix and not rest.endswith(suffix):
                    continue
                middle = rest[: len(rest) - len(suffix)]
                if not middle or (not proclitics and not suffix) or (suffix and article):
                    continue
                for stem, rule in self.stems(middle, article, suffix):
                    out.append((proclitics, stem, suffix, rule, middle))
        return out

    def features(self, token: str, candidate, before: str, after: str) -> list[str]:
        proclitics, stem, suffix, rule, middle = candidate
        p, s = "".join(proclitics), suffix + rule
        own, whole = self.bucket(stem), self.bucket(token)
        ps = p + "|" + s
        definite = self.bucket("ال" + stem)
        sibling = self.bucket(middle + ("ه" if suffix == "ها" else "ها"))
        clitic_like = len(stem) > 2 and stem[0] in CLITIC_LETTERS  # what if its first letter were a clitic too?
        shorter = self.bucket(stem[1:]) if clitic_like else 0
        head = stem[0] if clitic_like else ""
        return [
            "a" + p, "b" + s, "c" + ps,
            f"d{p}|{own}", f"e{s}|{own}", f"f{ps}|{own}", f"g{p}|{own - whole}", f"h{ps}|{own - whole}",
            f"i{p}|{definite}", f"j{ps}|{whole}",
            f"k{p}|{stem[:2]}", f"l{p}|{stem[:3]}", f"m{s}|{stem[-2:]}", f"n{s}|{stem[-3:]}",
            f"o{ps}|{min(len(stem), 9)}",
            f"p{before}|{p}", f"q{before[-2:]}|{ps}", f"r{after[:3]}|{p}", f"s{after}|{s}",
            f"w{ps}|{self.bucket('و' + token)}", f"x{ps}|{self.bucket('ال' + token)}",
            f"y{s}|{sibling}", f"z{ps}|{definite}", f"A{before}|{stem if len(stem) < 4 else ''}", f"B{after[:2]}|{ps}",
            f"C{head}|{shorter - own if clitic_like else 0}", f"D{stem[:2] if clitic_like else ''}|{shorter}",
            f"t{stem}", f"u{stem}|{p}", f"v{token}|{ps}",
        ]

    MEMORY = 3  # the last features name the very word; dropped at times so that the others learn to do without

    def words_of(self, candidate) -> list[str]:
        proclitics, stem, suffix, rule, _ = candidate
        if rule.startswith("="):
            return [*proclitics, *self.closed[stem][int(rule[1:])]]
        return [*proclitics, stem, *([suffix] if suffix else [])]


def level(count: int) -> int:
    return min(63, round(4 * float(np.log2(count + 1))))


@numba.njit(cache=True)
def hash_all(data, ends, mask):
    out = np.empty(len(ends), np.int32)
    start = 0
    for i in range(len(ends)):
        h = np.uint64(14695981039346656037)
        for k in range(start, ends[i]):
            h = (h ^ np.uint64(data[k])) * np.uint64(1099511628211)
        start = ends[i]
        out[i] = np.int32((h ^ (h >> np.uint64(32))) & np.uint64(mask))
    return out


@numba.njit(cache=True)
def train_epoch(order, tok_start, gold, feats, width, memory, weights, squares, rate, decay, drop, seed):
    """One pass of AdaGrad on the log-loss of the right candidate."""
    np.random.seed(seed)
    scores = np.empty(512)
    for n in order:
        a, b = tok_start[n], tok_start[n + 1]
        if gold[n] < 0 or b - a < 2:
            continue
        used = width - memory if np.random.random() < drop else width
        top = -1e30
        for c in range(a, b):
            value = 0.0
            for k in range(used):
                value += weights[feats[c, k]]
            scores[c - a] = value
            top = max(top, value)
        z = 0.0
        for c in range(b - a):
            scores[c] = np.exp(scores[c] - top)
            z += scores[c]
        for c in range(b - a):
            step = -scores[c] / z
            if c == gold[n]:
                step += 1.0
            if abs(step) > 1e-3:
                for k in range(used):
                    f = feats[a + c, k]
                    g = step - decay * weights[f]
                    squares[f] += g * g
                    weights[f] += rate * g / np.sqrt(squares[f] + 1.0)


@numba.njit(cache=True)
def best_of(tok_start, feats, width, weights):
    out = np.zeros(len(tok_start) - 1, np.int32)
    for n in range(len(out)):
        top = -1e30
        for c in range(tok_start[n], tok_start[n + 1]):
            value = 0.0
            for k in range(width):
                value += weights[feats[c, k]]
            if value > top:
                top, out[n] = value, c - tok_start[n]
    return out


class Data:
    """All tokens of some sentences with hashed features of all their candidates."""

    def __init__(self, analyser: Analyser, sentences):
        self.tokens, self.gold_words, self.lists = [], [], []
        start, gold, data, ends = [0], [], bytearray(), []
        for sentence in sentences:
            for i, (token, words) in enumerate(sentence):
                before = sentence[i - 1][0] if i else ""
                after = sentence[i + 1][0] if i + 1 < len(sentence) else "."
                many = analyser.candidates(token)
                made = [analyser.words_of(c) for c in many]
                target = made.index(words) if words in made else -1
                if target < 0:  # the right split with another spelling is still the better lesson
                    sizes = [len(w) for w in words]
                    target = next((k for k, ws in enumerate(made) if [len(w) for w in ws] == sizes), -1)
                self.tokens.append(token)
                self.gold_words.append(words)
                self.lists.append(many)
                gold.append(target)
                for candidate in many:
                    for feature in analyser.features(token, candidate, before, after):
                        data += feature.encode("utf-8")
                        ends.append(len(data))
                start.append(start[-1] + len(many))
        hashes = hash_all(np.frombuffer(bytes(data), np.uint8), np.array(ends, np.int64), (1 << TABLE_BITS) - 1)
        self.width = len(hashes) // max(start[-1], 1)
        self.feats = hashes.reshape(-1, self.width)
        self.start, self.gold = np.array(start, np.int64), np.array(gold, np.int32)

    def score(self, analyser: Analyser, weights) -> float:
        """Words F1 given the tokens, as the CoNLL 2018 task aligns: by position inside a token, then by form."""
        chosen = best_of(self.start, self.feats, self.width, weights)
        right = system = gold = 0
        for token, words, many, k in zip(self.tokens, self.gold_words, self.lists, chosen):
            found = analyser.words_of(many[k])
            system += len(found)
            gold += len(words)
            right += len(words) if found == words else common(found, words)
        return 2 * right / (system + gold)


def common(a: list[str], b: list[str]) -> int:
    """Length of the longest common subsequence; whole tokens that both leave whole always agree."""
    if len(a) == len(b) == 1:
        return 1
    row = [0] * (len(b) + 1)
    for x in a:
        last = 0
        for j, y in enumerate(b):
            last, row[j + 1] = row[j + 1], last + 1 if x == y else max(row[j + 1], row[j])
    return row[-1]


def closed_table(sentences, analyser: Analyser) -> dict[str, list[list[str]]]:
    """Tokens that no rule derives, with the words that they stand for."""
    seen: dict[str, collections.Counter] = collections.defaultdict(collections.Counter)
    for sentence in sentences:
        for token, words in sentence:
            if len(words) > 1:
                seen[token][tuple(words)] += 1
    out: dict[str, list[list[str]]] = {}
    for token, ways in sorted(seen.items()):
        derived = [analyser.words_of(c) for c in analyser.candidates(token)]
        lengths = [[len(w) for w in words] for words in derived]
        ways = [list(w) for w, n in ways.most_common() if n >= 2 and [len(x) for x in w] not in lengths]
        if ways:
            out[token] = ways[:2]
    return {token: ways for token, ways in out.items() if token[1:] not in out or token[0] not in FIRST}


def respelled_table(sentences, analyser: Analyser) -> dict[str, str]:
    """Stems that the treebank spells otherwise than the counts of raw news would."""
    seen: dict[str, collections.Counter] = collections.defaultdict(collections.Counter)
    for sentence in sentences:
        for token, words in sentence:
            if len(words) < 2:
                continue
            for candidate in analyser.candidates(token):
                proclitics, stem, suffix, rule, middle = candidate
                made = analyser.words_of(candidate)
                k = len(proclitics)
                if rule in ("a", "i") or rule[:1] == "=" or [len(w) for w in made] != [len(w) for w in words]:
                    continue
                if made[:k] == words[:k] and made[k + 1:] == words[k + 1:] and blurred(stem) == blurred(words[k]):
                    raw = {"l": "ا", "L": "ال"}.get(rule, "") + middle
                    raw = raw + "ا" if rule == "و" else raw[:-1] + rule if rule and rule not in "lL" else raw
                    seen[raw][words[k]] += 1
    out = {}
    for raw, ways in sorted(seen.items()):
        (word, count), = ways.most_common(1)
        if count >= 2 and count > 0.5 * sum(ways.values()) and analyser.spelled(raw) != word:
            out[raw] = word
    return out


def blurred(word: str) -> str:
    return re.sub("[أإآ]", "ا", word).replace("ى", "ي").replace("ؤ", "ئ").replace("ئ", "ء")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("shared", type=Path)
    options.add_argument("--epochs", type=int, default=10)
    args = options.parse_args()
    counts = raw_counts(args.shared / "raw")
    train = list(treebank(next((args.shared / "treebank").glob("*-train.conllu"))))
    dev = list(treebank(next((args.shared / "treebank").glob("*-dev.conllu"))))
    analyser = Analyser(counts, {}, {})
    analyser.respelled = respelled_table(train, analyser)
    analyser.closed = closed_table(train, analyser)
    lessons, exam = Data(analyser, train), Data(analyser, dev)
    print(f"{len(counts)} counted forms, {len(analyser.closed)} closed, {len(analyser.respelled)} respelled, {lessons.feats.shape} features, "
          f"{(lessons.gold < 0).mean():.4f} underivable", flush=True)
    weights = np.zeros(1 << TABLE_BITS, np.float32)
    squares, mean = np.zeros_like(weights), np.zeros_like(weights)
    order = np.arange(len(lessons.gold))
    for epoch in range(args.epochs):
        np.random.default_rng(epoch).shuffle(order)
        rate = 0.2 * (1 - epoch / args.epochs) + 0.01
        train_epoch(order, lessons.start, lessons.gold, lessons.feats, lessons.width, Analyser.MEMORY, weights,
                    squares, rate, 0.01, 0.3, epoch)
        if epoch >= args.epochs * 2 // 5:
            mean += weights
        print(f"epoch {epoch}: dev words F1 {100 * exam.score(analyser, weights):.2f}", flush=True)
    mean /= args.epochs - args.epochs * 2 // 5
    quantised = np.clip(np.round(mean * (127 / LARGEST)), -127, 127).astype(np.int8)
    print(f"average: {100 * exam.score(analyser, mean):.2f}, "
          f"as int8: {100 * exam.score(analyser, quantised.astype(np.float32)):.2f}")
    words = sorted(counts)
    keys = hash_words(words)
    rank = np.argsort(keys, kind="stable")
    levels = np.array([analyser.level(word) for word in words], np.uint8)
    container.save_part(HERE / "build/parts/segmenter.npz", {"samples": samples(analyser, quantised)}, {
        "weights": quantised, "level_keys": keys[rank], "levels": levels[rank],
        "closed.txt": container.text_section(["\t".join([token, *map(" ".join, ways)]) for token, ways in
                                              sorted(analyser.closed.items())]),
        "respelled.txt": container.text_section([f"{raw}\t{word}" for raw, word in
                                                 sorted(analyser.respelled.items())]),
    })


SAMPLES = """وقال الناطق إنه سيلتقي بهم ولن يفاوضهم
لكنها لم تعلن عما ستفعله بالمساعدات للاجئين وأسرهم
فالحكومة واللجنة تبحثان مع مسؤوليها مدى قدرتهم
واضاف ان وزراءه ابلغوها بانهم سيعودون للعاصمة
وليد وزير في بغداد وكابول ولندن وفرنسا""".splitlines()


def samples(analyser: Analyser, weights: np.ndarray) -> list[list[str]]:
    """Sentences of our own with what this trainer makes of them; the predictor is held to it."""
    data = Data(analyser, [[(token, [token]) for token in line.split()] for line in SAMPLES])
    chosen = best_of(data.start, data.feats, data.width, weights.astype(np.float32))
    words = iter(" ".join(analyser.words_of(many[k])) for many, k in zip(data.lists, chosen))
    return [[line, "|".join(next(words) for _ in line.split())] for line in SAMPLES]


def hash_words(words: list[str]) -> np.ndarray:
    """The upper half of each word's FNV-1a 64."""
    out = np.empty(len(words), np.uint32)
    for i, word in enumerate(words):
        h = 14695981039346656037
        for byte in word.encode("utf-8"):
            h = ((h ^ byte) * 1099511628211) & 0xFFFFFFFFFFFFFFFF
        out[i] = h >> 32
    return out


if __name__ == "__main__":
    main()
