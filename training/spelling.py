"""Spelling as the product sees it: the Python mirror of src/text/fold.hpp, and the form that features are made of."""

from __future__ import annotations

import unicodedata

_DROPPED = (set(range(0x0610, 0x061B)) | set(range(0x064B, 0x0660)) | {0x0640, 0x0670, 0x061C, 0x00AD, 0xFEFF}
            | (set(range(0x06D6, 0x06EE)) - {0x06DD, 0x06DE, 0x06E5, 0x06E6, 0x06E9})
            | set(range(0x200B, 0x2010)) | set(range(0x202A, 0x202F)) | set(range(0x2060, 0x2065))
            | set(range(0x2066, 0x2070)) | set(range(0xFE00, 0xFE10)))
_CLEAN = {code: None for code in _DROPPED}
_CLEAN |= {0x0660 + d: ord("0") + d for d in range(10)} | {0x06F0 + d: ord("0") + d for d in range(10)}
_CLEAN |= {0x06CC: "ي", 0x06A9: "ك"}
_COMPATIBILITY = range(0xFB50, 0xFF00)
_FEATURE = {ord("أ"): "ا", ord("إ"): "ا", ord("آ"): "ا", ord("ٱ"): "ا", ord("ى"): "ي"}
_FEATURE |= {ord(str(d)): "0" for d in range(1, 10)}
_FEATURE |= {ord("A") + i: chr(ord("a") + i) for i in range(26)}


def clean(text: str) -> str:
    """text::clean: no decoration; hamza, ى and ة stay."""
    if any(ord(c) in _COMPATIBILITY for c in text):
        text = "".join(unicodedata.normalize("NFKC", c) if ord(c) in _COMPATIBILITY else c for c in text)
    return text.translate(_CLEAN)


def feature_form(cleaned: str) -> str:
    """Plain alef, ي for ى, all digits one, Latin lower case."""
    return cleaned.translate(_FEATURE)


def bare(lemma: str) -> str:
    """A lemma without its vowels."""
    return clean(lemma)
