"""Training in several processes that share one embedding table and keep alike copies of all other weights. Threads
inside one process gain next to nothing on products of this size."""

from __future__ import annotations

import os
import threading
import time
import traceback
from typing import Callable, NoReturn

import torch
import torch.multiprocessing as mp


class Team:
    """One process's hold on what is shared. `clock` is the first process's, so that all see the same time."""

    def __init__(self, count: int, dense: list[torch.Tensor]):
        self.count, self.dense, self.rank = count, dense, 0
        size = sum(p.numel() for p in dense)
        self.gradients = torch.zeros(2, count, size).share_memory_()  # in turns, so that one barrier a step will do
        self.time = torch.zeros(2, dtype=torch.float64).share_memory_()
        self.barrier = mp.get_context("fork").Barrier(count)
        self.turn, self.started, self.clock = 0, time.time(), 0.0

    def average(self) -> None:
        """The mean of all processes' gradients, in `grad` of each dense parameter."""
        mine, at = self.gradients[self.turn, self.rank], 0
        for p in self.dense:
            part = mine[at:at + p.numel()]
            part.zero_() if p.grad is None else part.copy_(p.grad.flatten())
            at += p.numel()
        if self.rank == 0:
            self.time[self.turn] = time.time() - self.started
        self.barrier.wait()
        self.clock = self.time[self.turn].item()
        mean, at = self.gradients[self.turn].mean(0), 0
        for p in self.dense:
            p.grad = mean[at:at + p.numel()].view_as(p)
            at += p.numel()
        self.turn = 1 - self.turn

    def run(self, work: Callable[["Team"], None]) -> None:
        """`work` in `count` processes, of which this is the first."""
        torch.set_num_threads(1)
        self.started = time.time()
        others = []
        for rank in range(1, self.count):
            if (child := os.fork()) == 0:
                self.rank = rank
                self._end(work)
            others.append(child)
        try:
            work(self)
        except threading.BrokenBarrierError:
            pass  # another process has failed, and has said why
        except BaseException:
            self.barrier.abort()  # or the others would wait for this one for ever
            raise
        broken = self.barrier.broken
        failed = [child for child in others if os.waitpid(child, 0)[1] != 0]
        if failed or broken:
            raise RuntimeError(f"{len(failed)} of {self.count - 1} training processes failed; see above")

    def _end(self, work: Callable[["Team"], None]) -> NoReturn:
        """`work` in a child, which must not go on to what the parent does afterwards."""
        status = 1
        try:
            work(self)
            status = 0
        except threading.BrokenBarrierError:
            pass
        except BaseException:
            traceback.print_exc()
            self.barrier.abort()
        finally:
            os._exit(status)


class RowAdam:
    """Adam on the rows that had a gradient (as torch's SparseAdam) of a table that processes share. They may write the
    same row at once; rows are many, so that it hardly ever matters (Niu et al. 2011)."""

    def __init__(self, table: torch.Tensor, betas: tuple[float, float]):
        self.table = table.share_memory_()
        self.mean, self.square = torch.zeros_like(table).share_memory_(), torch.zeros_like(table).share_memory_()
        self.betas, self.steps = betas, 0

    @torch.no_grad()
    def step(self, gradient: torch.Tensor, rate: float) -> None:
        self.steps += 1
        gradient = gradient.coalesce()
        rows, g = gradient.indices()[0], gradient.values()
        a, b = self.betas
        mean = self.mean[rows].mul_(a).add_(g, alpha=1 - a)
        square = self.square[rows].mul_(b).addcmul_(g, g, value=1 - b)
        self.mean[rows], self.square[rows] = mean, square
        size = rate * (1 - b ** self.steps) ** 0.5 / (1 - a ** self.steps)
        self.table.index_add_(0, rows, mean / (square.sqrt() + 1e-8), alpha=-size)
