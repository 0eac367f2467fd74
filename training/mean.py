"""A mean of two cores of one training, weight by weight.

    python training/mean.py BEFORE.pt AFTER.pt SHARE      AFTER gets SHARE of its own weights and the rest of BEFORE's
"""

from __future__ import annotations

import sys

import torch


def main() -> None:
    before, after, share = torch.load(sys.argv[1]), torch.load(sys.argv[2]), float(sys.argv[3])
    kept = before["state"]
    # What the earlier core lacks is taken as it is.
    after["state"] = {k: v if k not in kept else (1 - share) * kept[k] + share * v for k, v in after["state"].items()}
    torch.save(after, sys.argv[2])


if __name__ == "__main__":
    main()
