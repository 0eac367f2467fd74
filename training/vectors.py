"""Rows of the embedding table learned from raw news, to start the encoder from.

    python training/vectors.py SHARED_DATA [--words 45000000] [--epochs 1]
writes training/build/vectors.npy (rows x 96, float32).
"""

from __future__ import annotations

import argparse
import ctypes
import subprocess
import time
from itertools import chain
from pathlib import Path

import numpy as np

import features
import raw

WIDTH = 96


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("data", type=Path)
    options.add_argument("--words", type=int, default=45_000_000)
    options.add_argument("--epochs", type=int, default=1)
    options.add_argument("--seconds", type=float, default=1e9, help="stop after this long")
    args = options.parse_args()
    work = Path(__file__).resolve().parent / "build"
    work.mkdir(exist_ok=True)

    started = time.time()
    words = raw.load(args.data, args.words)
    size = int((words.counts[:150_000] >= 5).sum())
    vocabulary = words.types[:size]
    # -2 marks a word too rare to learn from: no target, no context, but no boundary either.
    tokens = np.where(words.stream < size, words.stream, -2).astype(np.int32)
    print(f"{len(tokens)} words, {size} in the vocabulary, {time.time() - started:.0f} s", flush=True)

    rows = [list(chain.from_iterable(features.bags(w))) for w in vocabulary]
    first = np.concatenate([[0], np.cumsum([len(r) for r in rows])]).astype(np.int64)
    rows = np.array(list(chain.from_iterable(rows)), dtype=np.int32)
    n = words.counts[:size].astype(np.float64)
    share = n / n.sum()
    keep = np.minimum(1, np.sqrt(1e-4 / share) + 1e-4 / share).astype(np.float32)
    noise_share = n ** 0.75 / (n ** 0.75).sum()
    noise = np.repeat(np.arange(len(vocabulary)), np.ceil(noise_share * 4_000_000).astype(int)).astype(np.int32)

    library = work / "vectors.so"
    subprocess.run(["cc", "-O3", "-march=native", "-ffast-math", "-shared", "-fPIC", "-o", str(library),
                    str(Path(__file__).with_suffix(".c")), "-lm"], check=True)
    train = ctypes.CDLL(str(library)).train
    random = np.random.default_rng(1)
    table = random.uniform(-0.5 / WIDTH, 0.5 / WIDTH,
                           (features.WORD_ROWS + features.PIECE_ROWS, WIDTH)).astype(np.float32)
    targets = np.zeros((len(vocabulary), WIDTH), dtype=np.float32)
    pointer = lambda a: ctypes.c_void_p(a.ctypes.data)
    chunks = np.array_split(np.arange(len(tokens)), max(1, len(tokens) // 500_000))
    total = len(chunks) * args.epochs
    learning = time.time()
    for step in range(total):
        chunk = chunks[step % len(chunks)]
        part = tokens[chunk[0]:chunk[-1] + 1]
        # When time is short the learning rate falls with the clock, so that it still ends at zero.
        done = max(step / total, (time.time() - learning) / args.seconds)
        if done >= 1:
            break
        after = min(1.0, done + max(1 / total, 0))
        train(pointer(part), ctypes.c_int64(len(part)), pointer(first), pointer(rows), pointer(keep), pointer(noise),
              ctypes.c_int64(len(noise)), pointer(table), pointer(targets), ctypes.c_float(0.05), ctypes.c_float(done),
              ctypes.c_float(after), 5, 5, ctypes.c_uint64(step + 1))
        if step % 10 == 0:
            print(f"{step}/{total} {time.time() - learning:.0f} s |row| {np.abs(table[:2000]).mean():.4f}", flush=True)
    np.save(work / "vectors.npy", table)
    unit = np.stack([table[rows[first[i]:first[i + 1]]].mean(0) for i in range(20000)])
    unit /= np.linalg.norm(unit, axis=1, keepdims=True)
    number = {w: i for i, w in enumerate(vocabulary[:20000])}
    for w in ("وزير", "القاهرة", "قال", "هجوم", "اعتقل", "محمد"):
        near = np.argsort(-unit @ unit[number[w]])[1:9]
        print(w, "→", " ".join(vocabulary[i] for i in near))


if __name__ == "__main__":
    main()
