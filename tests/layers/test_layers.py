"""Data flows one way: a layer includes only layers before it, itself, and what CMakeLists.txt lets it use.

The order and the uses are read from CMakeLists.txt, so that there is one place that says them.
"""

import re
import sys
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
INCLUDE = re.compile(r'^\s*#\s*include\s*"([^"]+)"', re.M)
LAYER = re.compile(r"^isnad_layer\((\w+)(?:\s+USES\s+([\w\s]*?))?(?:\s+LIBS\s[^)]*)?\)", re.M)


def declared_layers():
    """Layer → layers it may use, in the order of CMakeLists.txt."""
    return {name: uses.split() for name, uses in LAYER.findall((ROOT / "CMakeLists.txt").read_text("utf-8"))}


def includes_of(folder):
    """(file relative to the root, what it includes) for every source below `folder`."""
    for path in sorted(folder.rglob("*")):
        if path.suffix in {".cpp", ".hpp"}:
            for included in INCLUDE.findall(path.read_text("utf-8")):
                yield path.relative_to(ROOT), included


def violations(layers, sources):
    """What breaks the order, as lines for people. `sources`: (layer, file, included)."""
    for layer, path, included in sources:
        target = included.split("/")[0]
        if target in layers and target != layer and target not in layers[layer]:
            yield f"{path}: layer {layer} includes {included}, which it may not use (it may use: {' '.join(layers[layer])})"


def cycle(edges):
    """One cycle of the graph {node: set of nodes} as a list of nodes, or None."""
    state, trail = {}, []

    def visit(node):
        state[node] = "open"
        trail.append(node)
        for successor in sorted(edges.get(node, ())):
            if state.get(successor) == "open":
                return trail[trail.index(successor):] + [successor]
            if successor not in state:
                found = visit(successor)
                if found:
                    return found
        state[node] = "done"
        trail.pop()
        return None

    for start in sorted(edges):
        if start not in state:
            found = visit(start)
            if found:
                return found
    return None


class Layers(unittest.TestCase):
    def setUp(self):
        self.layers = declared_layers()

    def sources(self):
        for layer in self.layers:
            for path, included in includes_of(ROOT / "src" / layer):
                yield layer, path, included

    def test_every_folder_is_a_declared_layer(self):
        folders = {path.name for path in (ROOT / "src").iterdir() if path.is_dir() and any(path.iterdir())}
        self.assertEqual(folders - set(self.layers), set(), "folders of src/ that CMakeLists.txt does not declare")

    def test_layers_use_only_earlier_ones(self):
        order = list(self.layers)
        for layer, uses in self.layers.items():
            for used in uses:
                self.assertLess(order.index(used), order.index(layer), f"{layer} is declared before {used}, which it uses")

    def test_includes_keep_to_the_order(self):
        self.assertEqual(list(violations(self.layers, self.sources())), [])

    def test_public_headers_use_only_base_and_plain_types(self):
        allowed = {"base/result.hpp", "base/span.hpp", "nlp/sentence.hpp"}
        wrong = [f"{path} includes {included}" for path, included in includes_of(ROOT / "include")
                 if not included.startswith("isnad/") and included not in allowed]
        self.assertEqual(wrong, [])

    def test_the_library_does_not_know_its_faces(self):
        faces = ("cli/", "../", "commands.hpp", "CLI/")
        wrong = [f"{path} includes {included}" for path, included in includes_of(ROOT / "src") if included.startswith(faces)]
        self.assertEqual(wrong, [])

    def test_the_library_neither_prints_nor_exits(self):
        words = re.compile(r"std::(cout|cerr|clog|exit|abort|terminate|quick_exit)\b|\b(printf|puts|exit|abort)\s*\(|<iostream>")
        wrong = []
        for path in sorted((ROOT / "src").rglob("*.[ch]pp")):
            for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
                if words.search(line.split("//")[0]):
                    wrong.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()}")
        self.assertEqual(wrong, [])

    def test_headers_do_not_include_one_another_in_a_ring(self):
        edges = {}
        for folder, prefix in ((ROOT / "src", ""), (ROOT / "include", "")):
            for path, included in includes_of(folder):
                edges.setdefault(prefix + str(path.relative_to(folder.relative_to(ROOT))), set()).add(included)
        self.assertIsNone(cycle(edges))

    def test_the_checks_can_fail(self):
        self.assertEqual(cycle({"a": {"b"}, "b": {"c"}, "c": {"a"}}), ["a", "b", "c", "a"])
        layers = {"base": [], "text": ["base"]}
        self.assertEqual(len(list(violations(layers, [("base", "src/base/x.hpp", "text/fold.hpp")]))), 1)
        self.assertEqual(list(violations(layers, [("text", "src/text/x.hpp", "base/span.hpp")])), [])
        self.assertIn("base", self.layers)
        self.assertIn("text", self.layers["nlp"])


if __name__ == "__main__":
    sys.exit(unittest.main())
