#!/usr/bin/env python3
"""Learns what speaks for and against a word that could tell of an event → data/events/evidence.tsv.

    python training/evidence.py ISNAD [--out data/events/evidence.tsv]
Reads corpus/dev with the program ISNAD (`read --format candidates`): whole articles and, so that short texts are judged as well,
every paragraph as an article of its own.

A logistic regression with a penalty on the square of each weight. A candidate is right where the gold has an event of its type
on an overlapping trigger. What merged into another candidate that is right counts neither way. Threshold and penalty
are chosen by cross-validation over articles, and so is the calibration that is printed: no article is judged by weights
learned from it.
"""

from __future__ import annotations

import argparse
import collections
import json
import subprocess
import tempfile
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
HEAD = ("# What speaks for and against a word that could tell of an event: weights of a logistic regression, learned by "
        "training/evidence.py\n# from corpus/dev. A candidate's evidence is made by src/events/evidence.cpp; `isnad read "
        "--format candidates` prints it.\nfeature\tweight\n")


def overlap(a: list[int], b: list[int]) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def paragraphs(articles: list[dict]) -> list[dict]:
    """Each paragraph as an article; the id tells where it begins."""
    out = []
    for article in articles:
        at = 0
        for text in article["text"].split("\n"):
            if text.strip():
                out.append({**article, "id": f"{article['id']}@{at}", "text": text})
            at += len(text) + 1
    return out


def candidates_of(isnad: Path, articles: list[dict]) -> list[dict]:
    """What the program takes into account, offsets in the whole article."""
    text = "".join(json.dumps(a, ensure_ascii=False) + "\n" for a in articles)
    read = subprocess.run([isnad, "read", "--format", "candidates", "-"],
                          input=text, capture_output=True, text=True, check=True).stdout
    out = []
    for line in read.splitlines():
        record = json.loads(line)
        name, _, begin = record["id"].partition("@")
        for candidate in record["candidates"]:
            candidate["at"] = [offset + int(begin or 0) for offset in candidate["at"]]
            out.append(candidate | {"article": name, "whole": not begin})
    return out


def load(isnad: Path, part: Path):
    """Features, whether right, article number, whether of a whole article; the number of gold events."""
    with tempfile.TemporaryDirectory() as scratch:
        gold_path, articles_path = Path(scratch) / "gold", Path(scratch) / "articles"
        subprocess.run(["python3", ROOT / "corpus/compile.py", part, "-o", gold_path, "--articles", articles_path, "--quiet"],
                       check=True)
        gold = [json.loads(line) for line in gold_path.open(encoding="utf-8")]
        articles = [json.loads(line) for line in articles_path.open(encoding="utf-8")]
    events = {r["article"]["id"]: [(e["trigger"]["at"], e["type"]) for e in r["events"]] for r in gold}
    number = {r["article"]["id"]: n for n, r in enumerate(gold)}
    features, right, article, whole = [], [], [], []
    for candidate in candidates_of(isnad, articles) + candidates_of(isnad, paragraphs(articles)):
        hit = any(overlap(candidate["at"], at) and candidate["type"] == kind for at, kind in events[candidate["article"]])
        if not hit and candidate.get("fate", "").startswith("one happening"):
            continue
        features.append(sorted(set(candidate["evidence"])))
        right.append(hit)
        article.append(number[candidate["article"]])
        whole.append(candidate["whole"])
    total = sum(len(e) for e in events.values())
    return features, np.array(right, dtype=float), np.array(article), np.array(whole), total


class Matrix:
    """Features as a sparse matrix, [candidates][features]; column 0 is always on."""

    def __init__(self, features: list[list[str]], least: int):
        count = collections.Counter(name for row in features for name in row)
        self.names = ["always"] + sorted(name for name, n in count.items() if n >= least)
        place = {name: i for i, name in enumerate(self.names)}
        self.rows = [np.array([0] + [place[name] for name in row if name in place]) for row in features]

    def fit(self, right: np.ndarray, which: np.ndarray, penalty: float, rounds: int = 30) -> np.ndarray:
        """Weights, by Newton's method with conjugate gradients."""
        columns = np.concatenate([self.rows[i] for i in which])
        owner = np.repeat(np.arange(len(which)), [len(self.rows[i]) for i in which])
        y, n, m = right[which], len(which), len(self.names)
        pull = np.full(m, penalty)
        pull[0] = 1e-3
        w = np.zeros(m)
        times = lambda v: np.bincount(owner, weights=v[columns], minlength=n)
        back = lambda u: np.bincount(columns, weights=u[owner], minlength=m)
        for _ in range(rounds):
            p = 1 / (1 + np.exp(-times(w)))
            gradient = back(p - y) + pull * w
            if np.abs(gradient).max() < 1e-4:
                break
            curve = p * (1 - p) + 1e-9
            step, r = np.zeros(m), -gradient
            d, rr = r.copy(), (gradient ** 2).sum()
            for _ in range(60):
                hd = back(curve * times(d)) + pull * d
                a = rr / (d @ hd)
                step += a * d
                r -= a * hd
                new = (r ** 2).sum()
                if new < 1e-10:
                    break
                d, rr = r + new / rr * d, new
            w += step
        return w

    def chance(self, w: np.ndarray, which: np.ndarray) -> np.ndarray:
        return 1 / (1 + np.exp(-np.array([w[self.rows[i]].sum() for i in which])))


def crossed(matrix: Matrix, right: np.ndarray, article: np.ndarray, penalty: float, parts: int = 10) -> np.ndarray:
    out = np.zeros(len(right))
    for part in range(parts):
        out_of_it = np.flatnonzero(article % parts != part)
        within = np.flatnonzero(article % parts == part)
        out[within] = matrix.chance(matrix.fit(right, out_of_it, penalty), within)
    return out


def best_threshold(chance: np.ndarray, right: np.ndarray, total: int) -> tuple[float, float]:
    """F1 of trigger and type before merging, and the threshold that gives it."""
    order = np.argsort(-chance)
    hits = np.cumsum(right[order])
    f1 = 2 * hits / (np.arange(1, len(order) + 1) + total)
    best = int(f1.argmax())
    return float(f1[best]), float(chance[order[best]])


def calibration_error(chance: np.ndarray, right: np.ndarray) -> float:
    bins = np.clip((chance * 10).astype(int), 0, 9)
    return float(sum(abs(chance[bins == b].sum() - right[bins == b].sum()) for b in range(10)) / len(chance))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("isnad", type=Path)
    options.add_argument("--least", type=int, default=3, help="candidates that must have a feature")
    options.add_argument("--out", type=Path)
    args = options.parse_args()
    features, right, article, whole, total = load(args.isnad, ROOT / "corpus/dev")
    matrix = Matrix(features, args.least)
    print(f"{whole.sum()} candidates, {int(right[whole].sum())} right, {total} gold events, {len(matrix.names)} features")
    best = None
    for penalty in (1.0, 2.0, 4.0, 8.0):
        chance = crossed(matrix, right, article, penalty)
        for name, which in (("articles", whole), ("paragraphs", ~whole)):
            c, r = chance[which], right[which]
            f1, threshold = best_threshold(c, r, total)
            kept = c >= threshold
            loss = -np.mean(np.log(np.where(r > 0, c, 1 - c) + 1e-9))
            print(f"penalty {penalty:g}, {name}: F1 {100 * f1:.2f} at {threshold:.3f} (P {100 * r[kept].mean():.1f} R "
                  f"{100 * r[kept].sum() / total:.1f}), log loss {loss:.4f}, calibration error of what is kept "
                  f"{calibration_error(c[kept], r[kept]):.3f}")
            if which is whole and (best is None or loss < best[0]):
                best = (loss, penalty, threshold)
    _, penalty, threshold = best
    w = matrix.fit(right, np.arange(len(right)), penalty)
    if args.out:
        with args.out.open("w", encoding="utf-8") as out:
            out.write(HEAD)
            out.write(f"least confidence\t{threshold:.3f}\n")
            for name, weight in zip(matrix.names, w):
                if abs(weight) >= 0.005:
                    out.write(f"{name}\t{weight:.3f}\n")


if __name__ == "__main__":
    main()
