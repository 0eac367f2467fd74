"""Hashed features of a syntactic word. src/nlp/features.cpp computes the same; both are held to the self-test samples
in the model file.

A word is described by four bags of rows in one embedding table:
    0  the whole word: feature form and cleaned form
    1  its first 1-4 characters        2  its last 1-4 characters
    3  all runs of 3 and 4 characters of "<form>"
and by two small classes of its own: its make-up (shape) and its place among the words of its token.
"""

from __future__ import annotations

from functools import lru_cache

from spelling import clean, feature_form

WORD_ROWS = 1 << 16   # rows for whole words; the sub-words' rows follow
PIECE_ROWS = 1 << 16
BAGS = 4
SHAPES = 32
PLACES = 4
LONGEST = 24  # characters of a word that features look at


def fnv1a(text: str) -> int:
    value = 0xCBF29CE484222325
    for byte in text.encode("utf-8"):
        value = ((value ^ byte) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    return value ^ (value >> 32)


def _word(key: str) -> int:
    return fnv1a(key) % WORD_ROWS


def _piece(key: str) -> int:
    return WORD_ROWS + fnv1a(key) % PIECE_ROWS


def shape(cleaned: str) -> int:
    """Which kinds of characters (Arabic 1, Latin 2, digit 4, other 8), doubled; odd for words of one character."""
    kinds = 0
    for c in cleaned[:LONGEST]:
        if "\u0621" <= c <= "\u06d3":
            kinds |= 1
        elif "0" <= c <= "9":
            kinds |= 4
        elif "A" <= c <= "Z" or "a" <= c <= "z" or "\u00c0" <= c <= "\u024f":
            kinds |= 2
        else:
            kinds |= 8
    return kinds * 2 + (1 if len(cleaned) == 1 else 0)


@lru_cache(maxsize=1 << 20)
def bags(form: str) -> tuple[tuple[int, ...], ...]:
    cleaned = clean(form)[:LONGEST]
    w = feature_form(cleaned)
    whole = (_word("w" + w), _word("c" + cleaned))
    n = len(w)
    starts = tuple(_piece("p" + w[:k]) for k in range(1, 5) if k <= n)
    ends = tuple(_piece("s" + w[n - k:]) for k in range(1, 5) if k <= n)
    edged = "<" + w + ">"
    runs = tuple(_piece("g" + edged[i:i + k]) for k in (3, 4) for i in range(len(edged) - k + 1))
    return whole, starts, ends, runs


def place(index: int, count: int) -> int:
    """0 alone in its token, 1 first, 2 between, 3 last."""
    if count == 1:
        return 0
    return 1 if index == 0 else 3 if index == count - 1 else 2
