"""Spelling as the product sees it: the Python mirror of src/text/fold.hpp, and the form that features are made of."""

from __future__ import annotations

import unicodedata

_DROPPED = (set(range(0x0610, 0x061B)) | set(range(0x064B, 0x0660)) | {0x0640, 0x0670, 0x061C, 0x00AD, 0xFEFF}
            | set(range(0x06D6, 0x06DD)) | set(range(0x06DF, 0x06E9)) | set(range(0x06EA, 0x06EE))
            | set(range(0x200B, 0x2010)) | set(range(0x202A, 0x202F)) | set(range(0x2060, 0x206A)))
_CLEAN = {code: None for code in _DROPPED}
_CLEAN |= {0x0660 + d: ord("0") + d for d in range(10)} | {0x06F0 + d: ord("0") + d for d in range(10)}
_CLEAN |= {0x06CC: "ي", 0x06A9: "ك", 0x06C1: "ه", 0x06D5: "ه"}
_MARKED = {"\u0627\u0653": "آ", "\u0627\u0654": "أ", "\u0648\u0654": "ؤ", "\u064a\u0654": "ئ", "\u0627\u0655": "إ"}
_FEATURE = {ord("أ"): "ا", ord("إ"): "ا", ord("آ"): "ا", ord("ٱ"): "ا", ord("ى"): "ي"}
_FEATURE |= {ord(str(d)): "0" for d in range(1, 10)}
_FEATURE |= {ord("A") + i: chr(ord("a") + i) for i in range(26)}


def _compatible(c: str) -> str:
    code = ord(c)
    changes = code >= 0xFB00 or 0x2000 <= code < 0x2010 or code in (0x2011, 0x00A0)
    return unicodedata.normalize("NFKC", c) if changes and code not in _DROPPED else c


def clean(text: str) -> str:
    """text::clean: no decoration; hamza, ى and ة stay."""
    for marked, whole in _MARKED.items():
        text = text.replace(marked, whole)
    if any(ord(c) > 0x9F and not 0x600 <= ord(c) < 0x700 for c in text):
        text = "".join(map(_compatible, text))
    return text.translate(_CLEAN)


def feature_form(cleaned: str) -> str:
    """Plain alef, ي for ى, all digits one, Latin lower case."""
    return cleaned.translate(_FEATURE)


def bare(lemma: str) -> str:
    """A lemma without its vowels."""
    return clean(lemma)
