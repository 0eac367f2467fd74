"""Other encoders beside the one that is shipped: what each has learned of raw news after the same time on one core.

    python training/compare.py SHARED_DATA [--minutes 5] [--kinds KIND …]
prints for each kind the multiplications a word and the last report of pretrain.py. The text of docs/design/language-core.md
has what came of it.
"""

from __future__ import annotations

import torch
from torch import nn
from torch.nn import functional as F

import pretrain
import raw
from model import Encoder, Layer, Sizes, _Scan


def beside(bounds, sizes):
    """Sentences laid end to end → where each word stands in [sentences][longest]."""
    sentence = torch.repeat_interleave(torch.arange(len(sizes)), sizes)
    return sentence, torch.arange(int(bounds[-1])) - bounds[:-1][sentence]


class Full(nn.Module):
    """A recurrent layer whose gates see all of its input."""

    def __init__(self, hidden: int, _rank: int):
        super().__init__()
        self.norm = nn.LayerNorm(2 * hidden)
        self.weight = nn.Linear(2 * hidden, 6 * hidden, bias=False)
        self.v, self.b = nn.Parameter(torch.randn(2, 2, hidden) * 0.3), nn.Parameter(torch.zeros(2, 2, hidden))

    def forward(self, x, bounds, sizes, drop):
        return _Scan.apply(self.weight(drop(self.norm(x), sizes)).float(), x.float(), self.v, self.b, bounds)


class Convolution(nn.Module):
    """A gated convolution over five words (Dauphin et al. 2017), a channel at a time, between two narrow products."""

    def __init__(self, hidden: int, rank: int):
        super().__init__()
        self.norm = nn.LayerNorm(2 * hidden)
        self.narrow, self.wide = nn.Linear(2 * hidden, 2 * rank), nn.Linear(2 * rank, 4 * hidden)
        self.over = nn.Conv1d(2 * rank, 2 * rank, 5, padding=2, groups=2 * rank)

    def forward(self, x, bounds, sizes, drop):
        z = F.gelu(self.narrow(drop(self.norm(x), sizes)))
        at = beside(bounds, sizes)
        padded = z.new_zeros(len(sizes), int(sizes.max()), z.shape[1])
        padded[at] = z
        z = self.over(padded.transpose(1, 2)).transpose(1, 2)[at]
        return x + F.glu(self.wide(F.gelu(z))).float()


class Attention(nn.Module):
    """A small transformer's layer (Vaswani et al. 2017), normalised first, with a bias by distance (Shaw et al. 2018)."""

    HEADS, REACH = 8, 24

    def __init__(self, hidden: int, rank: int):
        super().__init__()
        wide = 2 * hidden
        self.norm, self.norm2 = nn.LayerNorm(wide), nn.LayerNorm(wide)
        self.into, self.out = nn.Linear(wide, 3 * rank), nn.Linear(rank, wide)
        self.up, self.down = nn.Linear(wide, 2 * rank), nn.Linear(2 * rank, wide)
        self.far = nn.Parameter(torch.zeros(self.HEADS, 2 * self.REACH + 1))

    def forward(self, x, bounds, sizes, drop):
        z = self.into(drop(self.norm(x), sizes))
        at, longest = beside(bounds, sizes), int(sizes.max())
        padded = z.new_zeros(len(sizes), longest, z.shape[1])
        padded[at] = z
        q, k, v = (part.unflatten(2, (self.HEADS, -1)).transpose(1, 2) for part in padded.chunk(3, 2))
        steps = torch.arange(longest)
        bias = self.far[:, (steps[None] - steps[:, None]).clamp(-self.REACH, self.REACH) + self.REACH]
        mask = (steps[None] >= sizes[:, None])[:, None, None].float() * -1e4
        z = F.scaled_dot_product_attention(q, k, v, (bias[None] + mask).to(q.dtype))
        x = x + self.out(z.transpose(1, 2).flatten(2)[at]).float()
        return x + self.down(F.gelu(self.up(drop(self.norm2(x), sizes)))).float()


KINDS = {"narrow": (Layer, 6), "full": (Full, 3), "convolution": (Convolution, 6), "attention": (Attention, 4)}


def main() -> None:
    options = pretrain.arguments(__doc__, minutes=5)
    options.add_argument("--kinds", nargs="+", help=", ".join(KINDS))
    options.set_defaults(processes=1, every=1e9)
    args = options.parse_args()
    corpus = pretrain.Corpus(raw.load(args.data, args.tokens))
    for kind in args.kinds or KINDS:
        torch.manual_seed(11)
        layer, layers = KINDS[kind]
        encoder = Encoder(Sizes(layers=layers), drop=0.05, embedding_drop=0.05, layer=layer)
        products = sum(p.numel() for n, p in encoder.named_parameters() if p.dim() == 2 and ("entry" in n or "layers" in n))
        print(f"{kind}, {layers} layers, {products / 1e6:.2f}M products a word: ", end="", flush=True)
        pretrain.learn(corpus, encoder, args, print)


if __name__ == "__main__":
    main()
