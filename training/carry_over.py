"""Carries what a core has learned of labels over to an encoder that has since read more raw news: its weights plus the
difference of the two encoders (Ilharco et al. 2023). A start to train from, no more.

    python training/carry_over.py CORE.pt ENCODER_BEFORE.pt ENCODER_AFTER.pt OUT.pt
"""

from __future__ import annotations

import sys

import torch


def main() -> None:
    core, before, after = (torch.load(path) for path in sys.argv[1:4])
    for name, weights in after["state"].items():
        core["state"]["encoder." + name] += weights - before["state"][name]
    torch.save(core, sys.argv[4])


if __name__ == "__main__":
    main()
