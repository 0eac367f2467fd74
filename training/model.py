"""The core's network: hashed features → SRU layers → heads for tags, lemmas, tree and names."""

from __future__ import annotations

import ctypes
import subprocess
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional as F

import features

HERE = Path(__file__).resolve().parent


@dataclass
class Sizes:
    embedding: int = 96
    hidden: int = 256  # per direction
    layers: int = 4
    small: int = 16    # embeddings of shape and place
    tag: int = 256
    lemma: int = 256
    arc: int = 256
    relation: int = 96
    name: int = 160
    tags: int = 0
    scripts: int = 0
    relations: int = 0
    names: int = 9

    dict = asdict


def _library() -> ctypes.CDLL:
    work = HERE / "build"
    work.mkdir(exist_ok=True)
    path, source = work / "sru.so", HERE / "sru.c"
    if not path.exists() or path.stat().st_mtime < source.stat().st_mtime:
        subprocess.run(["cc", "-O3", "-march=native", "-ffast-math", "-shared", "-fPIC", "-o", str(path), str(source),
                        "-lm"], check=True)
    return ctypes.CDLL(str(path))


def _pointer(t: torch.Tensor) -> ctypes.c_void_p:
    return ctypes.c_void_p(t.data_ptr())


class _Scan(torch.autograd.Function):
    library = None

    @staticmethod
    def forward(ctx, u, x, v, b, bounds):
        _Scan.library = _Scan.library or _library()
        u, x = u.contiguous(), x.contiguous()
        h, c, f, r = (torch.empty_like(x) for _ in range(4))
        _Scan.library.forward(_pointer(u), _pointer(x), _pointer(v), _pointer(b), _pointer(bounds),
                              ctypes.c_int64(len(bounds) - 1), ctypes.c_int64(v.shape[-1]), _pointer(h), _pointer(c),
                              _pointer(f), _pointer(r))
        ctx.save_for_backward(u, x, v, c, f, r, bounds)
        return h

    @staticmethod
    def backward(ctx, dh):
        u, x, v, c, f, r, bounds = ctx.saved_tensors
        dh = dh.float().contiguous()
        du, dx, dv, db = torch.empty_like(u), torch.empty_like(x), torch.zeros_like(v), torch.zeros_like(v)
        _Scan.library.backward(_pointer(u), _pointer(x), _pointer(v), _pointer(c), _pointer(f), _pointer(r),
                               _pointer(dh), _pointer(bounds), ctypes.c_int64(len(bounds) - 1),
                               ctypes.c_int64(v.shape[-1]), _pointer(du), _pointer(dx), _pointer(dv), _pointer(db))
        return du, dx, dv, db, None


class Layer(nn.Module):
    def __init__(self, hidden: int):
        super().__init__()
        self.norm = nn.LayerNorm(2 * hidden)
        self.weight = nn.Linear(2 * hidden, 6 * hidden, bias=False)
        self.v = nn.Parameter(torch.randn(2, 2, hidden) * 0.3)
        self.b = nn.Parameter(torch.zeros(2, 2, hidden))

    def forward(self, x, bounds, drop):
        u = self.weight(drop(self.norm(x)))
        return _Scan.apply(u.float(), x.float(), self.v, self.b, bounds)


class Mix(nn.Module):
    """A learned average of the layers (Peters et al. 2018)."""

    def __init__(self, layers: int):
        super().__init__()
        self.w = nn.Parameter(torch.zeros(layers))

    def forward(self, outputs):
        share = torch.softmax(self.w, 0)
        return sum(share[i] * h for i, h in enumerate(outputs))


class Core(nn.Module):
    def __init__(self, sizes: Sizes, drop: float = 0.3, embedding_drop: float = 0.25):
        super().__init__()
        self.sizes = sizes
        wide = 2 * sizes.hidden
        table = features.WORD_ROWS + features.PIECE_ROWS
        self.table = nn.EmbeddingBag(table, sizes.embedding, mode="mean", sparse=True)
        nn.init.normal_(self.table.weight, std=0.3)
        self.shape = nn.Embedding(features.SHAPES, sizes.small)
        self.place = nn.Embedding(features.PLACES, sizes.small)
        entry = features.BAGS * sizes.embedding + 2 * sizes.small
        self.entry = nn.Linear(entry, wide)
        self.layers = nn.ModuleList(Layer(sizes.hidden) for _ in range(sizes.layers))
        self.mix_tag, self.mix_tree, self.mix_name = (Mix(sizes.layers) for _ in range(3))
        self.tag1, self.tag2 = nn.Linear(wide, sizes.tag), nn.Linear(sizes.tag, sizes.tags)
        self.lemma1, self.lemma2 = nn.Linear(wide + entry, sizes.lemma), nn.Linear(sizes.lemma, sizes.scripts)
        self.name1, self.name2 = nn.Linear(wide + entry, sizes.name), nn.Linear(sizes.name, sizes.names)
        self.dep, self.head = nn.Linear(wide, sizes.arc), nn.Linear(wide, sizes.arc)
        self.rel_dep, self.rel_head = nn.Linear(wide, sizes.relation), nn.Linear(wide, sizes.relation)
        self.root = nn.Parameter(torch.randn(wide) * 0.1)
        self.arc = nn.Parameter(torch.randn(sizes.arc, sizes.arc) * (1 / sizes.arc))
        self.arc_bias = nn.Parameter(torch.zeros(sizes.arc))
        self.rel = nn.Parameter(torch.randn(sizes.relations, sizes.relation, sizes.relation) / sizes.relation)
        self.rel_lin_dep = nn.Linear(sizes.relation, sizes.relations)
        self.rel_lin_head = nn.Linear(sizes.relation, sizes.relations, bias=False)
        self.drop, self.embedding_drop = nn.Dropout(drop), nn.Dropout(embedding_drop)

    def encode(self, rows, offsets, shape, place, bounds):
        n = shape.shape[0]
        bags = self.table(rows, offsets).view(n, -1)
        e = self.embedding_drop(torch.cat([bags, self.shape(shape), self.place(place)], 1))
        x = self.entry(e).float()
        outputs = []
        for layer in self.layers:
            x = layer(x, bounds, self.drop)
            outputs.append(x)
        return e, outputs

    def tags(self, outputs):
        return self.tag2(self.drop(F.relu(self.tag1(self.drop(self.mix_tag(outputs))))))

    def lemmas(self, e, outputs):
        return self.lemma2(self.drop(F.relu(self.lemma1(torch.cat([self.drop(self.mix_tag(outputs)), e], 1)))))

    def names(self, e, outputs):
        return self.name2(self.drop(F.relu(self.name1(torch.cat([self.drop(self.mix_name(outputs)), e], 1)))))

    def tree(self, outputs):
        """dep and rel_dep per word; head and rel_head per word with one row more at the end, the root."""
        h = self.drop(self.mix_tree(outputs))
        with_root = torch.cat([h, self.root[None].to(h.dtype)])
        act = lambda layer, x: self.drop(F.leaky_relu(layer(x), 0.1))
        return act(self.dep, h), act(self.head, with_root), act(self.rel_dep, h), act(self.rel_head, with_root)

    def arcs(self, dep, head, root):
        """Scores [words of one sentence][1 + words]: column 0 is the root."""
        heads = torch.cat([root[None], head])
        return dep @ self.arc @ heads.T + heads @ self.arc_bias

    def relations(self, rel_dep, rel_head):
        """Scores [n][relations] for n pairs of a word and its head."""
        n = rel_dep.shape[0]
        left = (rel_dep @ self.rel.permute(1, 0, 2).reshape(rel_dep.shape[1], -1)).view(n, -1, rel_dep.shape[1])
        return (torch.einsum("nrk,nk->nr", left, rel_head) + self.rel_lin_dep(rel_dep) + self.rel_lin_head(rel_head))
