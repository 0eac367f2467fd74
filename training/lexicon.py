"""What the core knows by heart: features of a tag, vocalised lemmas of bare ones."""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np

import lemma as edit
from features import fnv1a
from sources import Sentence
from spelling import bare, clean


def features_of_tags(treebank: list[Sentence], tags: list[str]) -> list[str]:
    """UD features by tag, in the order of `tags`."""
    seen = defaultdict(Counter)
    for s in treebank:
        for u, x, f in zip(s.upos, s.xpos, s.feats):
            seen[f"{u} {x}"][f] += 1
    return [seen[t].most_common(1)[0][0] if t in seen else "" for t in tags]


def keys(form: str, upos: str, xpos: str, lemma: str) -> list[str]:
    """Where to look a vocalised lemma up, the most telling key first. src/nlp/lemma.cpp builds the same."""
    return [f"{lemma} {upos} {xpos} {form}", f"{lemma} {upos} {xpos[:4]}", f"{lemma} {upos}", lemma]


def vocalised(treebank: list[Sentence]) -> dict[str, str]:
    """Key → vocalised lemma: the most frequent one under each key, leaving out what a broader key says already."""
    levels = [defaultdict(Counter) for _ in range(4)]
    paths: dict[str, list[str]] = {}
    for s in treebank:
        for f, l, u, x in zip(s.forms, s.lemmas, s.upos, s.xpos):
            path = keys(clean(f), u, x, bare(l))
            paths[path[0]] = path
            for level, key in zip(levels, path):
                level[key][l] += 1
    best = [{k: c.most_common(1)[0][0] for k, c in level.items()} for level in levels]
    out: dict[str, str] = {}
    for depth in (3, 2, 1, 0):
        for path in paths.values():
            key, value = path[depth], best[depth][path[depth]]
            broader = next((out[k] for k in path[depth + 1:] if k in out), path[3])
            if value != broader:
                out[key] = value
            elif key in out and out[key] == broader:
                del out[key]
    return out


def context_key(lemma: str, upos: str, following: str) -> str:
    """`following` is the next word's xpos, "" at the end: أن before a verb is أَن, before a noun أَنَّ."""
    return f"+{following[:2]} {lemma} {upos}"


def by_context(treebank: list[Sentence], table: dict[str, str]) -> dict[str, str]:
    """Vocalised lemmas that the next word decides better than `table` does: seen five times, four fifths agreeing,
    and at least three times more often right than wrong where the two differ."""
    seen, gain = defaultdict(Counter), Counter()
    words = [(context_key(bare(l), u, s.xpos[i + 1] if i + 1 < len(s.xpos) else ""), l,
              look_up(table, clean(f), u, x, bare(l)))
             for s in treebank for i, (f, l, u, x) in enumerate(zip(s.forms, s.lemmas, s.upos, s.xpos))]
    for key, lemma, _ in words:
        seen[key][lemma] += 1
    best = {}
    for key, counts in seen.items():
        lemma, n = counts.most_common(1)[0]
        if counts.total() >= 5 and n >= 0.8 * counts.total():
            best[key] = lemma
    for key, lemma, told in words:
        if key in best and told != best[key]:
            gain[key] += 1 if lemma == best[key] else -1
    return {key: best[key] for key, n in gain.items() if n >= 3}


def look_up(table: dict[str, str], form: str, upos: str, xpos: str, lemma: str) -> str:
    for key in keys(form, upos, xpos, lemma):
        if key in table:
            return table[key]
    return lemma


def small_hash(text: str) -> int:
    return fnv1a(text) & 0xFFFFFFFF


def known(treebank: list[Sentence]) -> set[str]:
    """All "bare lemma UPOS"."""
    return {f"{bare(l)} {u}" for s in treebank for l, u in zip(s.lemmas, s.upos)}


def remembered(treebank: list[Sentence], scripts: list[str], known: set[str]) -> dict[str, np.ndarray]:
    """Edit trees of forms that had but one lemma under their tag, by hash of "form upos" or, where that is not enough,
    "form upos xpos"; and hashes of all `known` lemmas, which are preferred to others. Trees that are no class of the
    network are added to `scripts`."""
    by_upos, by_xpos = defaultdict(set), defaultdict(set)
    for s in treebank:
        for f, l, u, x in zip(s.forms, s.lemmas, s.upos, s.xpos):
            by_upos[clean(f), u].add(bare(l))
            by_xpos[clean(f), u, x].add(bare(l))
    number = {script: i for i, script in enumerate(scripts)}
    table: dict[int, int] = {}

    def put(key: str, form: str, lemmas: set[str]) -> None:
        script = edit.tree(form, next(iter(lemmas)))
        if script not in number:
            number[script] = len(scripts)
            scripts.append(script)
        table[small_hash(key)] = number[script]

    for (form, u), lemmas in by_upos.items():
        if len(lemmas) == 1:
            put(f"{form} {u}", form, lemmas)
    for (form, u, x), lemmas in by_xpos.items():
        if len(lemmas) == 1 and len(by_upos[form, u]) > 1:
            put(f"{form} {u} {x}", form, lemmas)
    keys = sorted(table)
    return {"lemma_keys": np.array(keys, dtype=np.uint32),
            "lemma_scripts": np.array([table[k] for k in keys], dtype=np.uint16),
            "lemma_known": np.unique(np.array([small_hash(k) for k in known], dtype=np.uint32))}


# Buckwalter's letters (buckwalter transliteration, 2002), with which the Camel Morph lexicon is written.
_BUCKWALTER = dict(zip("'|>&<}AbptvjHxd*rzs$SDTZEg_fqklmnhwYyFNKaui~o`{", "ءآأؤإئابةتثجحخدذرزسشصضطظعغـفقكلمنهوىيًٌٍَُِّْٰا"))
_SHADDA = "\u0651"
_CAMEL = {"VERB": ["MSA-Verb-LEX-PV.csv"], "ADJ": ["MSA-Adj-LEX.csv", "MSA-Adj-Comp-LEX.csv"]}

# Sound verbs of the derived forms → their masdars: 1, 2, 3 are the radicals.
_MASDARS = [(pattern.replace("C", "([ء-غف-هوي])"), masdar) for pattern, masdar in [
    ("CَCَّC", "تَ12ِي3"), ("CَاCَC", "مُ1َا2َ3َة"), ("أَCCَC", "إِ12َا3"), ("تَCَCَّC", "تَ1َ2ُّ3"), ("تَCَاCَC", "تَ1َا2ُ3"),
    ("اِنCَCَC", "اِن1ِ2َا3"), ("اِCتَCَC", "اِ1تِ2َا3"), ("اِتَّCَC", "اِتِّ1َا2"), ("اِستَCCَC", "اِستِ12َا3")]]


def masdar(verb: str) -> str | None:
    """The masdar of a sound verb of forms II to VIII or X, in the treebank's vowels: اِنتَخَب → اِنتِخَاب."""
    for pattern, form in _MASDARS:
        if found := re.fullmatch(pattern, verb):
            return re.sub(r"[123]", lambda digit: found.group(int(digit[0])), form)
    return None


def _as_in_treebank(lemma: str) -> str:
    """A lemma of Camel Morph as the treebank spells it: no sukun, shadda before its vowel, no class of the imperfect."""
    text = "".join(_BUCKWALTER.get(c, c) for c in lemma.split("-")[0]).replace("\u0652", "")
    return re.sub(f"([\u064b-\u0650]){_SHADDA}", rf"{_SHADDA}\1", text)


def camel(folder: Path) -> dict[str, str]:
    """"bare lemma UPOS" → vocalised lemma of the Camel Morph MSA lexicon (CC BY 4.0), where it has but one. Its table of
    common nouns is missing: participles and other adjectives stand as nouns too, and masdars are made from the verbs.
    Names are left out: the treebank has them bare as often as not."""
    found = defaultdict(set)
    for upos, names in _CAMEL.items():
        for name in names:
            with open(folder / name, encoding="utf-8") as rows:
                for row in csv.DictReader(rows):
                    lemma = _as_in_treebank(row["LEMMA"])
                    found[f"{bare(lemma)} {upos}"].add(lemma)
                    noun = lemma if upos == "ADJ" else masdar(lemma)
                    if noun:
                        found[f"{bare(noun)} NOUN"].add(noun)
    return {key: lemmas.pop() for key, lemmas in found.items() if len(lemmas) == 1}
