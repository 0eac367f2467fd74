"""Trains the core on the treebank and the name corpora.

    python training/train_core.py SHARED_DATA [--minutes 20]
writes training/build/core.pt; export_core.py makes a part of the model file of it.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F

import corpus
import decode
import sources
from model import Core, Sizes

WORK = Path(__file__).resolve().parent / "build"


def load(data: Path):
    """Treebank train and dev, name sentences to train on and those set apart."""
    train = sources.read_treebank(data / "treebank/padt-r2.13-train.conllu")
    dev = sources.read_treebank(data / "treebank/padt-r2.13-dev.conllu")
    return (train, dev, *sources.name_sentences(data, train))


def tree_loss(core, outputs, batch):
    dep, head, rel_dep, rel_head = core.tree(outputs)
    bounds, gold = batch["bounds"].tolist(), batch["head"]
    arc_loss, total = 0, gold.shape[0]
    target = torch.full_like(gold, total)  # the root's row
    for a, b in zip(bounds, bounds[1:]):
        scores = core.arcs(dep[a:b], head[a:b], head[-1]).float()
        arc_loss = arc_loss + F.cross_entropy(scores, gold[a:b] + 1, reduction="sum")
        target[a:b] = torch.where(gold[a:b] >= 0, gold[a:b] + a, total)
    relations = core.relations(rel_dep, rel_head[target]).float()
    return arc_loss / total, F.cross_entropy(relations, batch["rel"])


@torch.no_grad()
def evaluate(core, tree_data, name_data, labels):
    core.eval()
    right, words = Counter(), 0
    for i in range(0, len(tree_data), 20):
        part = tree_data[i:i + 20]
        batch = corpus.join(part)
        e, outputs = core.encode(batch["rows"], batch["offsets"], batch["shape"], batch["place"], batch["bounds"])
        tags = core.tags(outputs).argmax(1)
        upos = np.array([t.split()[0] for t in labels.tags])
        right["xpos"] += int((tags == batch["tag"]).sum())
        gold_upos = np.where(batch["tag"] >= 0, upos[batch["tag"].clamp(0)], "")
        right["upos"] += int((upos[tags] == gold_upos).sum())
        right["script"] += int((core.lemmas(e, outputs).argmax(1) == batch["script"]).sum())
        dep, head, rel_dep, rel_head = core.tree(outputs)
        for a, b in zip(batch["bounds"].tolist(), batch["bounds"].tolist()[1:]):
            scores = torch.log_softmax(core.arcs(dep[a:b], head[a:b], head[-1]), 1).numpy()
            found = torch.from_numpy(decode.tree(scores))
            same = found == batch["head"][a:b]
            rows = torch.where(found >= 0, found + a, len(rel_head) - 1)
            rels = core.relations(rel_dep[a:b], rel_head[rows]).argmax(1)
            right["uas"] += int(same.sum())
            right["las"] += int((same & (rels == batch["rel"][a:b])).sum())
        words += len(tags)
    out = {k: round(100 * v / words, 2) for k, v in right.items()}
    hit = found_n = gold_n = 0
    for i in range(0, len(name_data), 20):
        batch = corpus.join(name_data[i:i + 20])
        e, outputs = core.encode(batch["rows"], batch["offsets"], batch["shape"], batch["place"], batch["bounds"])
        scores = torch.log_softmax(core.names(e, outputs), 1).numpy()
        for a, b in zip(batch["bounds"].tolist(), batch["bounds"].tolist()[1:]):
            found = decode.entities(decode.names(scores[a:b], corpus.NAMES))
            gold = decode.entities([corpus.NAMES[j] for j in batch["name"][a:b]])
            hit, found_n, gold_n = hit + len(found & gold), found_n + len(found), gold_n + len(gold)
    out["names"] = round(200 * hit / max(1, found_n + gold_n), 2)
    core.train()
    return out


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("data", type=Path)
    options.add_argument("--minutes", type=float, default=20)
    options.add_argument("--words", type=int, default=2000, help="words a batch")
    options.add_argument("--rate", type=float, default=2e-3)
    options.add_argument("--threads", type=int, default=2)
    options.add_argument("--out", type=Path, default=WORK / "core.pt")
    options.add_argument("--drop", type=float, default=0.3)
    args = options.parse_args()
    torch.manual_seed(7)
    torch.set_num_threads(args.threads)
    random = np.random.default_rng(7)

    train, dev, tagged, apart = load(args.data)
    labels = corpus.Labels.learn(train, rare=2)
    trees, names = corpus.encode(train, labels), corpus.encode(tagged, labels)
    dev_data, apart_data = corpus.encode(dev, labels), corpus.encode(apart, labels)
    sizes = Sizes(tags=len(labels.tags), scripts=len(labels.scripts), relations=len(labels.relations))
    core = Core(sizes, drop=args.drop)
    vectors = WORK / "vectors.npy"
    if vectors.exists():
        table = np.load(vectors)
        core.table.weight.data.copy_(torch.from_numpy(table * (0.5 / table[np.abs(table).max(1) > 0.01].std())))
    dense = [p for n, p in core.named_parameters() if not n.startswith("table")]
    print(f"{sizes} {sum(p.numel() for p in dense) / 1e6:.2f}M dense; {sum(t.size for t in trees)} words in trees, "
          f"{sum(t.size for t in names)} with names", flush=True)
    adam = torch.optim.AdamW(dense, lr=args.rate, betas=(0.9, 0.95), weight_decay=1e-2)
    sparse = torch.optim.SparseAdam([core.table.weight], lr=args.rate, betas=(0.9, 0.95))

    started, step, seen, shown = time.time(), 0, 0, time.time()
    queues: dict[str, list] = {"tree": [], "name": []}
    losses = Counter()
    while (progress := (time.time() - started) / (60 * args.minutes)) < 1:
        for kind, data in (("tree", trees), ("name", names)):
            if not queues[kind]:
                queues[kind] = corpus.batches(data, args.words, random)
        kind = "name" if step % 3 == 2 else "tree"
        source = trees if kind == "tree" else names
        batch = corpus.join([source[i] for i in queues[kind].pop()], 0.12, random)
        rate = args.rate * min(1, (step + 1) / 100) * max(0.0, min(1.0, (1 - progress) / 0.85))
        for optimiser in (adam, sparse):
            for group in optimiser.param_groups:
                group["lr"] = max(rate, 1e-7)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            e, outputs = core.encode(batch["rows"], batch["offsets"], batch["shape"], batch["place"], batch["bounds"])
            if kind == "tree":
                tag = F.cross_entropy(core.tags(outputs).float(), batch["tag"])
                script = F.cross_entropy(core.lemmas(e, outputs).float(), batch["script"])
                arc, rel = tree_loss(core, outputs, batch)
                loss = tag + 0.7 * script + arc + rel
                losses.update(tag=tag.item(), script=script.item(), arc=arc.item(), rel=rel.item())
            else:
                loss = F.cross_entropy(core.names(e, outputs).float(), batch["name"])
                losses.update(name=loss.item())
        adam.zero_grad(set_to_none=True)
        sparse.zero_grad(set_to_none=True)
        (loss if kind == "tree" else 2 * loss).backward()
        torch.nn.utils.clip_grad_norm_(dense, 3.0)
        adam.step()
        sparse.step()
        step, seen = step + 1, seen + len(batch["shape"])
        if time.time() - shown > 60:
            shown = time.time()
            print(f"{step} {shown - started:.0f} s {seen / (shown - started):.0f} words/s "
                  + " ".join(f"{k} {v:.0f}" for k, v in losses.items()), flush=True)
            losses.clear()
            if int((shown - started) / 60) % 4 == 0:
                print(evaluate(core, dev_data, apart_data, labels), flush=True)
    print(evaluate(core, dev_data, apart_data, labels), flush=True)
    torch.save({"sizes": sizes.dict(), "labels": vars(labels), "state": core.state_dict()}, args.out)


if __name__ == "__main__":
    main()
