"""What the core knows by heart: features of a tag, vocalised lemmas of bare ones."""

from __future__ import annotations

from collections import Counter, defaultdict

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


def look_up(table: dict[str, str], form: str, upos: str, xpos: str, lemma: str) -> str:
    for key in keys(form, upos, xpos, lemma):
        if key in table:
            return table[key]
    return lemma
