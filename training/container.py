"""The model file: one self-describing container for everything the language core has learned.

Layout, all numbers little-endian:
    8 bytes   magic "ISNADM1\\n"
    8 bytes   length of the header, u64; 16 + length is a multiple of 64
    header    JSON, padded with blanks
    sections  each at a multiple of 64 bytes; `offset` in the header counts from the end of the header
    32 bytes  SHA-256 of everything before

The reader in C++ is src/nlp/container.hpp. A section is a dense array in row-major order; text tables are sections of
type "utf8" that hold one entry a line.
"""

from __future__ import annotations

import hashlib
import json
import struct
from pathlib import Path

import numpy as np

MAGIC = b"ISNADM1\n"
FORMAT = 2  # the header's "format": 2 since matrices are laid out as matrices.py has them
ALIGN = 64
DTYPES = {"float32": "f32", "float16": "f16", "int32": "i32", "uint32": "u32", "uint64": "u64", "int8": "i8",
          "uint8": "u8", "uint16": "u16", "int16": "i16"}


def text_section(lines: list[str]) -> np.ndarray:
    """Lines as one utf8 section; save it under a name that ends in ".txt"."""
    for line in lines:
        if "\n" in line:
            raise ValueError("a text table's entry may not hold a newline")
    return np.frombuffer("".join(line + "\n" for line in lines).encode("utf-8"), dtype=np.uint8)


def _pad(size: int) -> int:
    return -size % ALIGN


def write(path: Path, header: dict, sections: dict[str, np.ndarray]) -> str:
    """Writes the container and gives back its SHA-256 in hex."""
    table, offset = [], 0
    for name, array in sections.items():
        kind = "utf8" if name.endswith(".txt") else DTYPES[array.dtype.name]
        table.append({"name": name, "dtype": kind, "shape": list(array.shape), "offset": offset,
                      "bytes": int(array.nbytes)})
        offset += array.nbytes + _pad(array.nbytes)
    text = json.dumps({**header, "sections": table}, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
    text += b" " * _pad(16 + len(text))
    digest = hashlib.sha256()
    with open(path, "wb") as out:
        def put(data: bytes) -> None:
            digest.update(data)
            out.write(data)
        put(MAGIC + struct.pack("<Q", len(text)) + text)
        for array in sections.values():
            data = np.ascontiguousarray(array).tobytes()
            put(data + b"\0" * _pad(len(data)))
        out.write(digest.digest())
    return digest.hexdigest()


def save_part(path: Path, meta: dict, arrays: dict[str, np.ndarray]) -> None:
    """A part of a model on its way into the container: training/build/parts/NAME.npz. `meta` (labels, sizes, self-test
    samples: anything JSON) ends up as header["parts"][NAME], an array `x` as the section "NAME/x"."""
    path.parent.mkdir(parents=True, exist_ok=True)
    blob = np.frombuffer(json.dumps(meta, ensure_ascii=False).encode("utf-8"), dtype=np.uint8)
    np.savez(path, __meta__=blob, **arrays)


def load_part(path: Path) -> tuple[dict, dict[str, np.ndarray]]:
    with np.load(path) as file:
        arrays = {name: file[name] for name in file.files}
    return json.loads(arrays.pop("__meta__").tobytes()), arrays


def read(path: Path) -> tuple[dict, dict[str, np.ndarray]]:
    """Header and sections of a container; ValueError when it is damaged."""
    data = Path(path).read_bytes()
    if data[:8] != MAGIC or hashlib.sha256(data[:-32]).digest() != data[-32:]:
        raise ValueError(f"{path}: not a whole model file")
    (size,) = struct.unpack("<Q", data[8:16])
    header = json.loads(data[16:16 + size])
    kinds = {short: long for long, short in DTYPES.items()} | {"utf8": "uint8"}
    arrays = {}
    for entry in header["sections"]:
        at = 16 + size + entry["offset"]
        arrays[entry["name"]] = np.frombuffer(data[at:at + entry["bytes"]], kinds[entry["dtype"]]).reshape(entry["shape"])
    return header, arrays
