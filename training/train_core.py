"""Trains the core on the treebank and the name corpora.

    python training/train_core.py SHARED_DATA [--minutes 40]
goes on from training/build/encoder.pt (pretrain.py) and writes training/build/core.pt; export_core.py makes a part of the model file of it.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F

import corpus
import decode
import sources
from model import Core, Sizes
from parallel import RowAdam, Team

WORK = Path(__file__).resolve().parent / "build"


def load(data: Path):
    """Treebank train and dev, name sentences to train on and those set apart."""
    train = sources.read_treebank(data / "treebank/padt-r2.13-train.conllu")
    dev = sources.read_treebank(data / "treebank/padt-r2.13-dev.conllu")
    return (train, dev, *sources.name_sentences(data, train))


def tree_loss(core, read, batch):
    """Cross-entropy of heads (over the words of the sentence and the root) and of relations under the right heads."""
    dep, head, rel_dep, rel_head = core.tree(read)
    bounds, gold = batch["bounds"], batch["head"]
    total, sizes = len(gold), read[2]
    longest = int(sizes.max())
    # Sentences side by side, [sentences][longest]; what is beyond a sentence's end shows row `total`, the root.
    within = torch.arange(longest)[None].expand(len(sizes), -1)
    beyond = within >= sizes[:, None]
    at = torch.where(beyond, total, bounds[:-1, None] + within)
    deps = F.embedding(torch.clamp(at, max=total - 1), dep)
    heads = F.embedding(torch.cat([torch.full((len(sizes), 1), total), at], 1), head)
    scores = (deps @ core.arc) @ heads.transpose(1, 2) + (heads @ core.arc_bias)[:, None]
    scores = scores.float().masked_fill(torch.cat([torch.zeros(len(sizes), 1, dtype=torch.bool), beyond], 1)[:, None], -1e9)
    arc = F.cross_entropy(scores[~beyond], gold + 1)
    first = torch.repeat_interleave(bounds[:-1], sizes)
    relations = core.relations(rel_dep, F.embedding(torch.where(gold >= 0, gold + first, total), rel_head)).float()
    return arc, F.cross_entropy(relations, batch["rel"])


@torch.no_grad()
def evaluate(core, tree_data, name_data, labels):
    core.eval()
    right, words = Counter(), 0
    for i in range(0, len(tree_data), 20):
        part = tree_data[i:i + 20]
        batch = corpus.join(part)
        read = core.encode(batch)
        tags = core.tags(read).argmax(1)
        upos = np.array([t.split()[0] for t in labels.tags])
        right["xpos"] += int((tags == batch["tag"]).sum())
        gold_upos = np.where(batch["tag"] >= 0, upos[batch["tag"].clamp(0)], "")
        right["upos"] += int((upos[tags] == gold_upos).sum())
        right["script"] += int((core.lemmas(read).argmax(1) == batch["script"]).sum())
        dep, head, rel_dep, rel_head = core.tree(read)
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
        scores = torch.log_softmax(core.names(core.encode(batch)), 1).numpy()
        for a, b in zip(batch["bounds"].tolist(), batch["bounds"].tolist()[1:]):
            found = decode.entities(decode.names(scores[a:b], corpus.NAMES))
            gold = decode.entities([corpus.NAMES[j] for j in batch["name"][a:b]])
            hit, found_n, gold_n = hit + len(found & gold), found_n + len(found), gold_n + len(gold)
    out["names"] = round(200 * hit / max(1, found_n + gold_n), 2)
    core.train()
    return out


class Mean:
    """An exponential moving average of weights; what is shipped (Polyak & Juditsky 1992)."""

    def __init__(self, parameters: list[torch.Tensor], decay: float = 0.998):
        self.parameters, self.decay, self.steps = parameters, decay, 0
        self.kept = [p.detach().clone() for p in parameters]

    @torch.no_grad()
    def step(self) -> None:
        self.steps += 1
        decay = min(self.decay, self.steps / (self.steps + 10))
        torch._foreach_lerp_(self.kept, [p.detach() for p in self.parameters], 1 - decay)

    @torch.no_grad()
    def swap(self) -> None:
        """Exchanges the mean with the weights."""
        for mine, theirs in zip(self.kept, self.parameters):
            held = mine.clone()
            mine.copy_(theirs)
            theirs.copy_(held)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("data", type=Path)
    options.add_argument("--minutes", type=float, default=40)
    options.add_argument("--words", type=int, default=1200, help="words a batch, of which each process takes one")
    options.add_argument("--rate", type=float, default=2e-3, help="of the heads; the encoder's is half of it")
    options.add_argument("--processes", type=int, default=2)
    options.add_argument("--every", type=float, default=600, help="seconds between looks at the development part")
    options.add_argument("--encoder", type=Path, default=WORK / "encoder.pt", help="pretrain.py's; none: from scratch")
    options.add_argument("--core", type=Path, help="a core to go on from instead")
    options.add_argument("--out", type=Path, default=WORK / "core.pt")
    options.add_argument("--drop", type=float, default=0.1)
    options.add_argument("--embedding-drop", type=float, default=0.1)
    args = options.parse_args()
    torch.manual_seed(7)

    train, dev, tagged, apart = load(args.data)
    labels = corpus.Labels.learn(train, rare=2)
    data = {"tree": corpus.encode(train, labels), "name": corpus.encode(tagged, labels)}
    dev_data, apart_data = corpus.encode(dev, labels), corpus.encode(apart, labels)
    earlier = args.core or args.encoder
    learned = torch.load(earlier) if args.core or earlier.exists() else {"sizes": {}, "state": None}
    sizes = Sizes(**learned["sizes"] | {"tags": len(labels.tags), "scripts": len(labels.scripts),
                                        "relations": len(labels.relations)})
    core = Core(sizes, drop=args.drop, embedding_drop=args.embedding_drop)
    if args.core:
        core.load_state_dict(learned["state"], strict=False)
    elif learned["state"]:
        core.encoder.load_state_dict(learned["state"])
    table = core.encoder.table.weight
    old = [p for n, p in core.encoder.named_parameters() if not n.startswith("table")]
    new = [p for n, p in core.named_parameters() if not n.startswith("encoder.")]
    dense = old + new
    print(f"{sizes} {sum(p.numel() for p in dense) / 1e6:.2f}M dense; "
          f"{sum(t.size for t in data['tree'])} words in trees, {sum(t.size for t in data['name'])} with names", flush=True)
    adam = torch.optim.AdamW([{"params": old, "share": 0.5 if learned["state"] else 1.0}, {"params": new, "share": 1.0}],
                             lr=args.rate, betas=(0.9, 0.95), weight_decay=1e-2)
    rows = RowAdam(table.data, betas=(0.9, 0.95))
    mean = Mean(dense)

    def loss_of(batch: dict, kind: str) -> dict[str, torch.Tensor]:
        read = core.encode(batch)
        if kind == "name":
            return {"name": 2 * F.cross_entropy(core.names(read, batch["guide"]).float(), batch["name"])}
        arc, rel = tree_loss(core, read, batch)
        return {"tag": F.cross_entropy(core.tags(read).float(), batch["tag"]),
                "script": 0.7 * F.cross_entropy(core.lemmas(read).float(), batch["script"]), "arc": arc, "rel": rel}

    def work(team: Team) -> None:
        random = np.random.default_rng(100 + team.rank)
        torch.manual_seed(100 + team.rank)
        queues: dict[str, list] = {"tree": [], "name": []}
        shown, told, seen, step, losses = 0.0, 0.0, 0, 0, Counter()
        while (progress := team.clock / (60 * args.minutes)) < 1:
            kind = "name" if step % 3 == 2 else "tree"
            if not queues[kind]:
                queues[kind] = corpus.batches(data[kind], args.words, random)
            batch = corpus.join([data[kind][i] for i in queues[kind].pop()], 0.12, random)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                parts = loss_of(batch, kind)
            losses.update({k: v.item() for k, v in parts.items()})
            adam.zero_grad(set_to_none=True)
            table.grad = None
            sum(parts.values()).backward()
            team.average()
            torch.nn.utils.clip_grad_norm_(dense, 3.0)
            rate = args.rate * min(1, (step + 1) / 200) * max(0.0, min(1.0, (1 - progress) / 0.85))
            for group in adam.param_groups:
                group["lr"] = rate * group["share"]
            adam.step()
            rows.step(table.grad, rate * adam.param_groups[0]["share"])
            step, seen = step + 1, seen + team.count * len(batch["shape"])
            if team.rank > 0:
                continue
            mean.step()
            if team.clock - shown > 60:
                shown = team.clock
                print(f"{step} {shown:.0f} s {seen / shown:.0f} words/s " + " ".join(
                    f"{k} {v:.0f}" for k, v in losses.items()), flush=True)
                losses.clear()
            if team.clock - told > args.every:
                told = team.clock
                mean.swap()
                print(evaluate(core, dev_data, apart_data, labels), flush=True)
                mean.swap()

    Team(args.processes, dense).run(work)
    mean.swap()
    print(evaluate(core, dev_data, apart_data, labels), flush=True)
    torch.save({"sizes": sizes.dict(), "labels": vars(labels), "state": core.state_dict()}, args.out)


if __name__ == "__main__":
    main()
