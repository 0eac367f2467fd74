"""Puts the parts under training/build/parts together into one model file.

    python training/pack.py [--parts training/build/parts] [--out models/isnad-ar.model] [--version 0.1.0]
"""

from __future__ import annotations

import argparse
from pathlib import Path

import container


def main() -> None:
    here = Path(__file__).resolve().parent
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--parts", type=Path, default=here / "build/parts")
    options.add_argument("--out", type=Path, default=here.parent / "models/isnad-ar.model")
    options.add_argument("--version", default="0.1.0")
    args = options.parse_args()

    header = {"format": container.FORMAT, "name": "isnad-ar", "version": args.version, "created_by": "isnad training/pack.py",
              "licence": "CC BY-NC-SA 3.0", "parts": {}}
    sections = {}
    for path in sorted(args.parts.glob("*.npz")):
        meta, arrays = container.load_part(path)
        header["parts"][path.stem] = meta
        for name, array in arrays.items():
            sections[f"{path.stem}/{name}"] = array
    args.out.parent.mkdir(parents=True, exist_ok=True)
    digest = container.write(args.out, header, sections)
    print(f"{args.out}: {', '.join(header['parts'])}; {args.out.stat().st_size / 1e6:.1f} MB; sha256 {digest}")


if __name__ == "__main__":
    main()
