"""From scores to trees and names. The product does the same in src/nlp/tree.cpp and src/nlp/names.cpp."""

from __future__ import annotations

import numpy as np


def _contract(scores: np.ndarray) -> np.ndarray:
    """Chu-Liu-Edmonds: best head of each node 1..n for scores[dependent][head], node 0 the root."""
    size = len(scores)
    scores = scores.copy()
    np.fill_diagonal(scores, -np.inf)
    scores[0] = -np.inf
    heads = scores.argmax(1)
    heads[0] = -1
    color = np.zeros(size, dtype=int)
    cycle: list[int] = []
    for start in range(1, size):
        node, path = start, []
        while node > 0 and color[node] == 0:
            color[node] = start
            path.append(node)
            node = heads[node]
        if node > 0 and color[node] == start:
            cycle = path[path.index(node):]
            break
    if not cycle:
        return heads
    inside = np.zeros(size, dtype=bool)
    inside[cycle] = True
    outside = np.flatnonzero(~inside)
    new = len(outside)
    small = np.full((new + 1, new + 1), -np.inf)
    small[:new, :new] = scores[np.ix_(outside, outside)]
    cycle_array = np.array(cycle)
    leave = scores[np.ix_(outside, cycle_array)]
    from_cycle = leave.argmax(1)
    small[:new, new] = leave.max(1)
    gain = scores[np.ix_(cycle_array, outside)] - scores[cycle_array, heads[cycle_array]][:, None]
    into = gain.argmax(0)
    small[new, :new] = gain.max(0)
    small_heads = _contract(small)
    for i, node in enumerate(outside):
        if node == 0:
            continue
        h = small_heads[i]
        heads[node] = cycle_array[from_cycle[i]] if h == new else outside[h]
    entry = small_heads[new]
    heads[cycle_array[into[entry]]] = outside[entry]
    return heads


def tree(scores: np.ndarray) -> np.ndarray:
    """The best tree with one root: heads of the words (-1 the root) for scores [n][1 + n], column 0 the root. An arc
    from the root costs more than the others can gain, so that there is but one."""
    n = len(scores)
    full = np.full((n + 1, n + 1), -np.inf)
    full[1:] = scores
    full[1:, 0] -= 1e9
    return _contract(full)[1:] - 1


def names(scores: np.ndarray, labels: list[str]) -> list[str]:
    """Viterbi over log-probabilities [n][labels] where I-X may only follow B-X or I-X."""
    k = len(labels)
    allowed = np.zeros((k, k))
    first = np.zeros(k)
    for j, label in enumerate(labels):
        if label.startswith("I"):
            first[j] = -1e9
            for i, before in enumerate(labels):
                if before[1:] != label[1:]:
                    allowed[i, j] = -1e9
    best, back = scores[0] + first, []
    for row in scores[1:]:
        paths = best[:, None] + allowed
        back.append(paths.argmax(0))
        best = paths.max(0) + row
    at = int(best.argmax())
    out = [labels[at]]
    for step in reversed(back):
        at = int(step[at])
        out.append(labels[at])
    return out[::-1]


def entities(labels: list[str]) -> set[tuple[int, int, str]]:
    out, start = set(), None
    for i, label in enumerate(labels + ["O"]):
        if start is not None and not (label.startswith("I") and label[2:] == kind):
            out.add((start, i, kind))
            start = None
        if label.startswith("B"):
            start, kind = i, label[2:]
    return out
