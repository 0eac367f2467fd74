#!/usr/bin/env python3
"""Draws how often the events of each confidence are right, from the figures of `isnad score`.

    isnad score --json GOLD READ | corpus/reliability.py docs/images/reliability.svg
Standard library only.
"""

import json
import sys
from pathlib import Path

SIZE, EDGE = 320, 40  # of the square and of what is around it


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    calibration = json.load(sys.stdin)["calibration"]
    place = lambda share: EDGE + SIZE * share
    across = lambda share: EDGE + SIZE * (1 - share)
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIZE + 2 * EDGE} {SIZE + 2 * EDGE}" font-family="sans-serif" '
           'font-size="11">', f'<rect width="100%" height="100%" fill="white"/>',
           f'<rect x="{EDGE}" y="{EDGE}" width="{SIZE}" height="{SIZE}" fill="none" stroke="#999"/>',
           f'<line x1="{EDGE}" y1="{EDGE + SIZE}" x2="{EDGE + SIZE}" y2="{EDGE}" stroke="#bbb" stroke-dasharray="4"/>']
    for tenth in range(0, 11, 2):
        share = tenth / 10
        out.append(f'<text x="{place(share)}" y="{EDGE + SIZE + 15}" text-anchor="middle">{share:.1f}</text>')
        out.append(f'<text x="{EDGE - 6}" y="{across(share) + 4}" text-anchor="end">{share:.1f}</text>')
    most = max(one["events"] for one in calibration["bins"])
    for one in calibration["bins"]:
        if one["events"]:
            radius = 3 + 9 * (one["events"] / most) ** 0.5
            out.append(f'<circle cx="{place(one["mean_confidence"]):.1f}" cy="{across(one["right"] / one["events"]):.1f}" r="{radius:.1f}" fill="#1f6f8b" '
                       f'fill-opacity="0.75"><title>{one["events"]} events</title></circle>')
    out += [f'<text x="{EDGE + SIZE / 2}" y="{SIZE + 2 * EDGE - 6}" text-anchor="middle">confidence given</text>',
            f'<text x="12" y="{EDGE + SIZE / 2}" text-anchor="middle" transform="rotate(-90 12 {EDGE + SIZE / 2})">share right</text>',
            f'<text x="{EDGE + 8}" y="{EDGE + 16}">expected calibration error {calibration["ece"]:.3f}</text>', "</svg>"]
    Path(sys.argv[1]).parent.mkdir(parents=True, exist_ok=True)
    Path(sys.argv[1]).write_text("\n".join(out) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
