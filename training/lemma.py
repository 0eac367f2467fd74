"""Lemmas as edit trees (Chrupala 2008): a word's bare lemma is told by how its spelling changes, so that unseen words
get one too. src/nlp/lemma.cpp applies the same trees.

A tree is written as text:  "."  nothing from nothing  ·  "[a|b]"  exactly a becomes b  ·  "(i,j L R)"  keep the middle,
L rewrites the first i characters, R the last j.
"""

from __future__ import annotations

from functools import lru_cache


def _common(a: str, b: str) -> tuple[int, int, int]:
    """Start in a, start in b and length of the longest common substring; the leftmost of the longest."""
    best = (0, 0, 0)
    row = [0] * (len(b) + 1)
    for i in range(len(a)):
        previous = 0
        for j in range(len(b)):
            previous, row[j + 1] = row[j + 1], previous + 1 if a[i] == b[j] else 0
            if row[j + 1] > best[2]:
                best = (i - row[j + 1] + 1, j - row[j + 1] + 1, row[j + 1])
    return best


@lru_cache(maxsize=1 << 18)
def tree(form: str, lemma: str) -> str:
    if not form and not lemma:
        return "."
    i, j, size = _common(form, lemma)
    if size == 0:
        return f"[{form}|{lemma}]"
    left = tree(form[:i], lemma[:j])
    right = tree(form[i + size:], lemma[j + size:])
    return f"({i},{len(form) - i - size} {left} {right})"


def _apply(text: str, at: int, form: str) -> tuple[str | None, int]:
    """The rewritten form, or None when the tree does not fit; and where the tree's text ends."""
    if text[at] == ".":
        return ("" if not form else None), at + 1
    if text[at] == "[":
        end = text.index("]", at)
        old, new = text[at + 1:end].split("|")
        return (new if form == old else None), end + 1
    comma, blank = text.index(",", at), text.index(" ", at)
    first, last = int(text[at + 1:comma]), int(text[comma + 1:blank])
    fits = first + last <= len(form)
    middle = len(form) - last if fits else 0
    left, at = _apply(text, blank + 1, form[:first] if fits else "")
    right, at = _apply(text, at + 1, form[middle:] if fits else "")
    if not fits or left is None or right is None:
        return None, at + 1
    return left + form[first:middle] + right, at + 1


def apply(script: str, form: str) -> str | None:
    return _apply(script, 0, form)[0]
