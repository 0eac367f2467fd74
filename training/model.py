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
import sources

HERE = Path(__file__).resolve().parent


@dataclass
class Sizes:
    embedding: int = 96
    hidden: int = 256  # per direction
    rank: int = 192    # what a layer's input is brought down to before its gates
    layers: int = 6
    small: int = 16    # embeddings of shape and place
    tag: int = 192
    lemma: int = 160
    arc: int = 192
    relation: int = 64
    name: int = 128
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
        subprocess.run(["cc", "-O3", "-march=native", "-ffast-math", "-fopenmp", "-shared", "-fPIC", "-o", str(path), str(source),
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


class Drop(nn.Module):
    """Dropout of whole features of a sentence (Gal & Ghahramani 2016): one mask for all of its words."""

    def __init__(self, share: float):
        super().__init__()
        self.share = share

    def forward(self, x, sizes):
        if not self.training or self.share == 0:
            return x
        keep = (torch.rand(len(sizes), x.shape[1]) >= self.share).to(x.dtype) / (1 - self.share)
        return x * torch.repeat_interleave(keep, sizes, 0)


class Layer(nn.Module):
    """A recurrent layer whose gates see its input through a narrow product: half the arithmetic of a full one."""

    def __init__(self, hidden: int, rank: int):
        super().__init__()
        self.norm = nn.LayerNorm(2 * hidden)
        self.narrow = nn.Linear(2 * hidden, rank, bias=False)
        self.weight = nn.Linear(rank, 6 * hidden, bias=False)
        nn.init.normal_(self.narrow.weight, std=(2 * hidden) ** -0.5)
        nn.init.normal_(self.weight.weight, std=rank ** -0.5)
        self.v = nn.Parameter(torch.randn(2, 2, hidden) * 0.3)
        self.b = nn.Parameter(torch.zeros(2, 2, hidden))

    def forward(self, x, bounds, sizes, drop):
        u = self.weight(self.narrow(drop(self.norm(x), sizes)))
        return _Scan.apply(u.float(), x.float(), self.v, self.b, bounds)


class Mix(nn.Module):
    """A learned average of the layers (Peters et al. 2018)."""

    def __init__(self, layers: int):
        super().__init__()
        self.w = nn.Parameter(torch.zeros(layers))

    def forward(self, outputs):
        share = torch.softmax(self.w, 0)
        return sum(share[i] * h for i, h in enumerate(outputs))


class Encoder(nn.Module):
    """Features of words → the outputs of all layers. `bounds` has the first word of each sentence and then the number
    of words."""

    def __init__(self, sizes: Sizes, drop: float = 0.0, embedding_drop: float = 0.0, layer: type[nn.Module] = Layer):
        super().__init__()
        wide = 2 * sizes.hidden
        table = features.WORD_ROWS + features.PIECE_ROWS
        self.table = nn.EmbeddingBag(table, sizes.embedding, mode="mean", sparse=True)
        nn.init.normal_(self.table.weight, std=0.3)
        self.shape = nn.Embedding(features.SHAPES, sizes.small)
        self.place = nn.Embedding(features.PLACES, sizes.small)
        self.size = features.BAGS * sizes.embedding + 2 * sizes.small
        self.entry = nn.Linear(self.size, wide)
        self.layers = nn.ModuleList(layer(sizes.hidden, sizes.rank) for _ in range(sizes.layers))
        self.drop, self.embedding_drop = Drop(drop), Drop(embedding_drop)

    def forward(self, rows, offsets, shape, place, bounds):
        """The entry of each word and a list of layers' outputs, [words][...]."""
        sizes = bounds[1:] - bounds[:-1]
        bags = self.table(rows, offsets).view(len(shape), -1)
        e = self.embedding_drop(torch.cat([bags, self.shape(shape), self.place(place)], 1), sizes)
        x = self.entry(e).float()
        outputs = []
        for layer in self.layers:
            x = layer(x, bounds, sizes, self.drop)
            outputs.append(x)
        return e, outputs


class Core(nn.Module):
    def __init__(self, sizes: Sizes, drop: float = 0.3, embedding_drop: float = 0.25):
        super().__init__()
        self.sizes = sizes
        wide = 2 * sizes.hidden
        self.encoder = Encoder(sizes, drop, embedding_drop)
        entry = self.encoder.size
        self.mix_tag, self.mix_tree, self.mix_name = (Mix(sizes.layers) for _ in range(3))
        self.tag1, self.tag2 = nn.Linear(wide, sizes.tag), nn.Linear(sizes.tag, sizes.tags)
        self.lemma1, self.lemma2 = nn.Linear(wide + entry, sizes.lemma), nn.Linear(sizes.lemma, sizes.scripts)
        self.name1, self.name2 = nn.Linear(wide + entry, sizes.name), nn.Linear(sizes.name, sizes.names)
        # How the other guides of names would label; for training alone.
        self.guides = nn.ModuleList(nn.Linear(sizes.name, sizes.names) for _ in sources.GUIDES[1:])
        self.dep, self.head = nn.Linear(wide, sizes.arc), nn.Linear(wide, sizes.arc)
        self.rel_dep, self.rel_head = nn.Linear(wide, sizes.relation), nn.Linear(wide, sizes.relation)
        self.root = nn.Parameter(torch.randn(wide) * 0.1)
        self.arc = nn.Parameter(torch.randn(sizes.arc, sizes.arc) * (1 / sizes.arc))
        self.arc_bias = nn.Parameter(torch.zeros(sizes.arc))
        self.rel = nn.Parameter(torch.randn(sizes.relations, sizes.relation, sizes.relation) / sizes.relation)
        self.rel_lin_dep = nn.Linear(sizes.relation, sizes.relations)
        self.rel_lin_head = nn.Linear(sizes.relation, sizes.relations, bias=False)
        self.drop = Drop(drop)

    def encode(self, batch):
        """What the heads take: the entries, the outputs of the layers and the sizes of the sentences."""
        bounds = batch["bounds"]
        e, outputs = self.encoder(batch["rows"], batch["offsets"], batch["shape"], batch["place"], bounds)
        return e, outputs, bounds[1:] - bounds[:-1]

    def _two(self, first, second, x, sizes):
        return second(self.drop(F.relu(first(x)), sizes))

    def tags(self, read):
        _, outputs, sizes = read
        return self._two(self.tag1, self.tag2, self.drop(self.mix_tag(outputs), sizes), sizes)

    def lemmas(self, read):
        e, outputs, sizes = read
        return self._two(self.lemma1, self.lemma2, torch.cat([self.drop(self.mix_tag(outputs), sizes), e], 1), sizes)

    def names(self, read, guide=None):
        """Scores by the guide that is shipped or, for each word, by guide number `guide`."""
        e, outputs, sizes = read
        h = F.relu(self.name1(torch.cat([self.drop(self.mix_name(outputs), sizes), e], 1)))
        h = self.drop(h, sizes)
        scores = self.name2(h)
        if guide is not None:
            for number, other in enumerate(self.guides, 1):
                scores = torch.where((guide == number)[:, None], other(h), scores)
        return scores

    def tree(self, read):
        """dep and rel_dep per word; head and rel_head per word with one row more at the end, the root."""
        _, outputs, sizes = read
        h = self.drop(self.mix_tree(outputs), sizes)
        with_root = torch.cat([h, self.root[None].to(h.dtype)])
        more = torch.cat([sizes, torch.ones(1, dtype=sizes.dtype)])
        act = lambda layer, x, n: self.drop(F.leaky_relu(layer(x), 0.1), n)
        return (act(self.dep, h, sizes), act(self.head, with_root, more),
                act(self.rel_dep, h, sizes), act(self.rel_head, with_root, more))

    def arcs(self, dep, head, root):
        """Scores [words of one sentence][1 + words]: column 0 is the root."""
        heads = torch.cat([root[None], head])
        return dep @ self.arc @ heads.T + heads @ self.arc_bias

    def relations(self, rel_dep, rel_head):
        """Scores [n][relations] for n pairs of a word and its head."""
        n = rel_dep.shape[0]
        left = (rel_dep @ self.rel.permute(1, 0, 2).reshape(rel_dep.shape[1], -1)).view(n, -1, rel_dep.shape[1])
        return (torch.einsum("nrk,nk->nr", left, rel_head) + self.rel_lin_dep(rel_dep) + self.rel_lin_head(rel_head))
