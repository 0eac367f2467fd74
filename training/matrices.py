"""Weight matrices as the product multiplies by them: eight bits, in the order in which its kernels read.

src/nlp/kernels.hpp is the reader. Only numpy is needed here.
"""

from __future__ import annotations

import numpy as np

PANEL = 16   # outputs that lie together
GROUP = 4    # inputs that lie together
# Pairs of products with an activation of eight bits must fit sixteen: 2 * 255 * 63 < 32768 (vpmaddubsw saturates).
LARGEST = 63


def quantised(matrix: np.ndarray, largest: int = LARGEST) -> tuple[np.ndarray, np.ndarray]:
    """[outputs][inputs] as (int8, scale per output). Of some ranges that clip the largest weights the one that loses
    least is taken, row by row."""
    top = np.maximum(np.abs(matrix).max(1), 1e-8)
    best, least = top / largest, np.full(len(matrix), np.inf)
    for share in np.arange(1.0, 0.59, -0.04):
        scale = top * share / largest
        rounded = np.clip(np.round(matrix / scale[:, None]), -largest, largest) * scale[:, None]
        loss = ((rounded - matrix) ** 2).sum(1)
        best, least = np.where(loss < least, scale, best), np.minimum(loss, least)
    best = best.astype(np.float32)
    return np.clip(np.round(matrix / best[:, None]), -largest, largest).astype(np.int8), best


def packed(name: str, matrix: np.ndarray, bias: np.ndarray | None = None) -> dict[str, np.ndarray]:
    """The sections of one matrix [outputs][inputs]: NAME.weight as [panels][groups][16 outputs][4 inputs], padded with
    zeros, and by output NAME.scale, NAME.bias and NAME.sum, the sum of the output's weights."""
    outputs, inputs = matrix.shape
    weights, scale = quantised(matrix.astype(np.float64))
    full = np.zeros((-(-outputs // PANEL) * PANEL, -(-inputs // GROUP) * GROUP), np.int8)
    full[:outputs, :inputs] = weights
    panels = full.reshape(len(full) // PANEL, PANEL, -1, GROUP).transpose(0, 2, 1, 3)
    by_output = np.zeros((2, len(full)), np.float32)
    by_output[0, :outputs] = scale
    if bias is not None:
        by_output[1, :outputs] = bias
    return {f"{name}.weight": np.ascontiguousarray(panels), f"{name}.scale": by_output[0], f"{name}.bias": by_output[1],
            f"{name}.sum": full.sum(1, dtype=np.int32)}


def core(state: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """All matrices of the core, and what stays in single precision, out of its state [name of model.py] by section."""
    state = dict(state)
    out = {}
    layers = 0
    while f"layers.{layers}.v" in state:
        prefix = f"layers.{layers}."
        # [direction][forget, reset][hidden] -> a bias for each of the three gates, of which the first has none.
        bias = state.pop(prefix + "b")
        bias = np.concatenate([np.zeros_like(bias[:, :1]), bias], 1).reshape(-1)
        out |= packed(f"layers.{layers}.narrow", state.pop(prefix + "narrow.weight"))
        out |= packed(f"layers.{layers}", state.pop(prefix + "weight.weight"), bias)
        for key in ("v", "norm.weight", "norm.bias"):
            out[prefix + key] = state.pop(prefix + key).astype(np.float32)
        layers += 1
    for name in ("entry", "tag1", "tag2", "lemma1", "lemma2", "name1", "name2", "dep", "head", "rel_dep", "rel_head",
                 "rel_lin_dep"):
        out |= packed(name, state.pop(f"{name}.weight"), state.pop(f"{name}.bias"))
    # dep · arc · head + arc_bias · head: the bias is one of the first product.
    out |= packed("arc", state.pop("arc").T, state.pop("arc_bias"))
    # Likewise a relation's linear part of the head is a bias of its bilinear part.
    rel = state.pop("rel")  # [relations][k of word][k of head] -> [relations * k of head][k of word]
    out |= packed("rel", rel.transpose(0, 2, 1).reshape(-1, rel.shape[1]), state.pop("rel_lin_head.weight").reshape(-1))
    for key in ("mix_tag.w", "mix_tree.w", "mix_name.w"):
        w = state.pop(key)
        out[key.removesuffix(".w")] = (np.exp(w) / np.exp(w).sum()).astype(np.float32)
    for key in ("shape.weight", "place.weight", "root"):
        out[key] = state.pop(key).astype(np.float32)
    if state:
        raise ValueError(f"weights that the product does not know: {', '.join(state)}")
    return out
