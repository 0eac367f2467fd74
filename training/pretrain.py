"""Teaches the encoder the language before it sees a label: it reads raw news with some words hidden and tells which
words they are (Devlin et al. 2019), by sampled softmax (Jean et al. 2015).

    python training/pretrain.py SHARED_DATA [--minutes 60]
starts from training/build/vectors.npy where that exists and writes training/build/encoder.pt, which train_core.py
goes on from.
"""

from __future__ import annotations

import argparse
from itertools import chain
from pathlib import Path
from typing import Callable

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

import features
import raw
from model import Encoder, Sizes
from parallel import RowAdam, Team

WORK = Path(__file__).resolve().parent / "build"
HIDDEN_SHAPE = features.SHAPES - 1  # no word has it: kinds of characters all at once, and but one character
LONGEST = 120                       # words of a piece of text
LEAST = 4


class Corpus:
    """Raw words with the feature rows of each type, cut into pieces."""

    def __init__(self, words: raw.Words):
        self.words = words
        bags = [features.bags(w) for w in words.types]
        flat = list(chain.from_iterable(bags))
        self.bag_sizes = np.array([len(b) for b in flat]).reshape(-1, features.BAGS)
        self.rows = np.fromiter(chain.from_iterable(chain.from_iterable(flat) for flat in bags), dtype=np.int32)
        sizes = self.bag_sizes.sum(1)
        self.first = np.concatenate([[0], np.cumsum(sizes)[:-1]])
        self.sizes = sizes
        self.shape = np.array([features.shape(w) for w in words.types])
        ends = np.flatnonzero(words.stream == raw.BOUNDARY)
        begins = np.concatenate([[0], ends[:-1] + 1])
        cuts = [np.arange(b, e, LONGEST) for b, e in zip(begins, ends) if e - b >= LEAST]
        self.begins = np.concatenate(cuts)
        self.ends = np.concatenate([np.append(c[1:], e) for c, (b, e) in
                                    zip(cuts, ((b, e) for b, e in zip(begins, ends) if e - b >= LEAST))])

    def batch(self, pieces: np.ndarray, share: float, vocabulary: int, random: np.random.Generator) -> dict:
        """Pieces end to end, a `share` of the words hidden or (one in ten of these) another word."""
        sizes = self.ends[pieces] - self.begins[pieces]
        at = np.repeat(self.begins[pieces] - np.concatenate([[0], np.cumsum(sizes)[:-1]]), sizes) + np.arange(sizes.sum())
        ids = self.words.stream[at]
        asked = (random.random(len(ids)) < share) & (ids < vocabulary)
        fate = random.random(len(ids))
        shown = np.where(asked & (fate >= 0.9), random.integers(0, vocabulary, len(ids)), ids)
        hidden = asked & (fate < 0.9)
        bags = np.where(hidden[:, None], 0, self.bag_sizes[shown])
        # Some words are known by their pieces alone, as in train_core.py.
        bags_lost = (random.random(len(ids)) < 0.1) & ~hidden
        n = np.where(hidden, 0, self.sizes[shown])
        rows_at = np.repeat(self.first[shown] - np.concatenate([[0], np.cumsum(n)[:-1]]), n) + np.arange(n.sum())
        rows = self.rows[rows_at]
        if bags_lost.any():
            whole = np.where(bags_lost, bags[:, 0], 0)
            within = np.arange(n.sum()) - np.repeat(np.concatenate([[0], np.cumsum(n)[:-1]]), n)
            rows = rows[within >= np.repeat(whole, n)]
            bags[:, 0] = np.where(bags_lost, 0, bags[:, 0])
        counts = bags.reshape(-1)
        t = torch.from_numpy
        return {"rows": t(rows.astype(np.int64)), "offsets": t(np.concatenate([[0], np.cumsum(counts)[:-1]])),
                "shape": t(np.where(hidden, HIDDEN_SHAPE, self.shape[shown]).astype(np.int64)),
                "place": t(self.words.places[at].astype(np.int64)),
                "bounds": t(np.concatenate([[0], np.cumsum(sizes)])), "asked": t(np.flatnonzero(asked)),
                "target": t(ids[asked].astype(np.int64))}


class Guess(nn.Module):
    """Scores of the asked words' true form and of `sample` others, drawn by the square root of their frequency."""

    def __init__(self, wide: int, counts: np.ndarray, sample: int, size: int = 192):
        super().__init__()
        self.narrow, self.norm = nn.Linear(wide, size), nn.LayerNorm(size)
        self.out = nn.Embedding(len(counts), size)
        nn.init.normal_(self.out.weight, std=size ** -0.5)
        self.bias = nn.Parameter(torch.log(torch.from_numpy(counts / counts.sum()).float()))
        share = np.sqrt(counts)
        self.chance = torch.from_numpy(share / share.sum()).float()
        self.sample = sample

    def forward(self, x, target):
        z = self.norm(F.gelu(self.narrow(x)))
        others = torch.unique(torch.multinomial(self.chance, self.sample, replacement=True))
        # How likely a word is among the others, which are drawn with repetition but count once.
        expected = torch.log(-torch.expm1(self.sample * torch.log1p(-self.chance)))
        scores = z @ self.out.weight[others].T.to(z.dtype) + (self.bias - expected)[others]
        true = (z * self.out.weight[target].to(z.dtype)).sum(1) + self.bias[target] - expected[target]
        scores = scores.float().masked_fill(others[None] == target[:, None], -1e9)
        return F.cross_entropy(torch.cat([true.float()[:, None], scores], 1), torch.zeros_like(target))

    @torch.no_grad()
    def right(self, x, target):
        z = self.norm(F.gelu(self.narrow(x)))
        scores = (z @ self.out.weight.T + self.bias).float()
        return F.cross_entropy(scores, target).item(), (scores.argmax(1) == target).float().mean().item()


def arguments(description: str, minutes: float) -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(description=description)
    options.add_argument("data", type=Path)
    options.add_argument("--minutes", type=float, default=minutes)
    options.add_argument("--tokens", type=int, default=45_000_000)
    options.add_argument("--words", type=int, default=1600, help="words a batch, of which each process takes one")
    options.add_argument("--rate", type=float, default=2e-3)
    options.add_argument("--share", type=float, default=0.25, help="of words that are asked for")
    options.add_argument("--vocabulary", type=int, default=24_000)
    options.add_argument("--sample", type=int, default=4096)
    options.add_argument("--processes", type=int, default=2)
    options.add_argument("--every", type=float, default=120, help="seconds between reports")
    options.add_argument("--encoder", type=Path, help="an encoder to go on from")
    options.add_argument("--seed", type=int, default=11, help="of the order in which pieces are read")
    return options


def learn(corpus: Corpus, encoder: Encoder, args: argparse.Namespace, report: Callable[[str], None]) -> None:
    """Trains `encoder` for `args.minutes`; `report` gets a line from time to time and at the end."""
    if args.encoder:
        encoder.load_state_dict(torch.load(args.encoder)["state"])
    elif (WORK / "vectors.npy").exists():
        table = np.load(WORK / "vectors.npy")
        encoder.table.weight.data.copy_(torch.from_numpy(table * (0.5 / table[np.abs(table).max(1) > 0.01].std())))
    guess = Guess(encoder.entry.out_features, corpus.words.counts[:args.vocabulary].astype(np.float64), args.sample)
    dense = [p for n, p in encoder.named_parameters() if not n.startswith("table")] + list(guess.parameters())
    adam = torch.optim.AdamW(dense, lr=args.rate, betas=(0.9, 0.98), weight_decay=1e-2)
    rows = RowAdam(encoder.table.weight.data, betas=(0.9, 0.98))
    order = np.random.default_rng(11).permutation(len(corpus.begins))
    held, order = order[:200], np.random.default_rng(args.seed).permutation(order[200:])
    exam = corpus.batch(held, args.share, args.vocabulary, np.random.default_rng(3))

    def outputs_of(batch):
        return encoder(batch["rows"], batch["offsets"], batch["shape"], batch["place"], batch["bounds"])[1][-1]

    def work(team: Team) -> None:
        random = np.random.default_rng(100 * args.seed + team.rank)
        torch.manual_seed(100 * args.seed + team.rank)
        at = step = seen = 0
        shown = total = steps = 0.0

        def tell() -> None:
            encoder.eval()
            with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
                told, right = guess.right(outputs_of(exam)[exam["asked"]], exam["target"])
            encoder.train()
            report(f"{step} {team.clock:.0f} s {seen / 1e6:.2f}M words, {seen / team.clock:.0f} a second; loss "
                   f"{total / max(steps, 1):.3f}; held out {told:.3f}, right {100 * right:.1f} %")

        while (progress := team.clock / (60 * args.minutes)) < 1:
            mine, size = [], 0
            while size < args.words:
                piece = order[(team.rank + team.count * at) % len(order)]
                mine.append(piece)
                size += corpus.ends[piece] - corpus.begins[piece]
                at += 1
            batch = corpus.batch(np.array(mine), args.share, args.vocabulary, random)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                loss = guess(outputs_of(batch)[batch["asked"]], batch["target"])
            adam.zero_grad(set_to_none=True)
            encoder.table.weight.grad = None
            loss.backward()
            team.average()
            nn.utils.clip_grad_norm_(dense, 1.0)
            rate = args.rate * min(1, (step + 1) / 200) * max(0.02, min(1.0, (1 - progress) / 0.7))
            adam.param_groups[0]["lr"] = rate
            adam.step()
            rows.step(encoder.table.weight.grad, rate)
            total, steps, step, seen = total + loss.item(), steps + 1, step + 1, seen + size * team.count
            if team.rank == 0 and team.clock - shown > args.every:
                shown = team.clock
                tell()
                total = steps = 0.0
        if team.rank == 0:
            tell()

    Team(args.processes, dense).run(work)


def main() -> None:
    options = arguments(__doc__, minutes=46)
    options.add_argument("--layers", type=int, default=Sizes.layers)
    options.add_argument("--rank", type=int, default=Sizes.rank)
    options.add_argument("--hidden", type=int, default=Sizes.hidden)
    options.add_argument("--out", type=Path, default=WORK / "encoder.pt")
    args = options.parse_args()
    torch.manual_seed(11)
    sizes = Sizes(layers=args.layers, rank=args.rank, hidden=args.hidden)
    encoder = Encoder(sizes, drop=0.05, embedding_drop=0.05)

    def report(line: str) -> None:
        print(line, flush=True)
        torch.save({"sizes": sizes.dict(), "state": encoder.state_dict()}, args.out)

    learn(Corpus(raw.load(args.data, args.tokens)), encoder, args, report)


if __name__ == "__main__":
    main()
