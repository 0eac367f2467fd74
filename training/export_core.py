"""Makes the part "core" of the model file from training/build/core.pt.

    python training/export_core.py SHARED_DATA [--core training/build/core.pt]
Embeddings and matrices are stored in eight bits with a scale a row, the latter in the layout of the product's kernels.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Callable

import numpy as np
import torch

import container
import corpus
import decode
import features
import lemma
import lexicon
import matrices
import sources
from model import Core, Sizes
from spelling import clean

HERE = Path(__file__).resolve().parent

# Our own words; what the product must make of them on any machine.
SAMPLES = ["قال وزير الخارجية المصري إن المحادثات كانت مثمرة .", "قتل ثلاثة جنود في هجوم شنه مسلحون قرب بغداد أمس .",
           "و أكدت الشرطة اعتقال خمسة متظاهرين .", "نفى المتحدث باسم الأمم المتحدة هذه الأنباء ، 25 % منها ل محمد علي"]
FORMS = ["وَزِيرٌ", "الأمم", "ﻻعب", "٢٠٢٤", "مـــدينة", "على", "UN-5", "،", "آمن", "ی"]

NEAR = 0.1    # scores this far apart may change places between here and the product
TRIALS = 200


def rounded_table(table: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Eight bits and a scale a row, itself in half precision."""
    scale = (np.maximum(np.abs(table).max(1), 1e-4) / 127).astype(np.float16)
    return np.clip(np.round(table / scale[:, None].astype(np.float32)), -127, 127).astype(np.int8), scale


def arrays_of(core: Core) -> dict[str, np.ndarray]:
    """Sections by name."""
    state = {k.removeprefix("encoder."): v.detach().float().numpy() for k, v in core.state_dict().items()
             if not k.startswith("guides.")}
    table, scale = rounded_table(state.pop("table.weight"))
    return {"table": table, "table_scale": scale} | matrices.core(state)


def rounded(x: torch.Tensor) -> torch.Tensor:
    """Activations as the product's kernels round them: eight bits a row, the range that of the row and 0."""
    low, high = x.amin(-1, keepdim=True).clamp(max=0), x.amax(-1, keepdim=True).clamp(min=0)
    scale = (high - low).clamp(min=1e-20) / 255
    zero = torch.round(-low / scale)
    return scale * ((torch.round(x / scale) + zero).clamp(0, 255) - zero)


def round_core(core: Core, arrays: dict[str, np.ndarray]) -> None:
    """Makes the network compute with what is shipped: samples must not be those of weights before rounding."""
    table = arrays["table"].astype(np.float32) * arrays["table_scale"][:, None].astype(np.float32)
    core.encoder.table.weight.data.copy_(torch.from_numpy(table))
    for name, module in core.named_modules():
        if isinstance(module, torch.nn.Linear):
            module.register_forward_pre_hook(lambda _, inputs: (rounded(inputs[0]),))
    for name, weights in ((name.removeprefix("encoder."), weights) for name, weights in core.named_parameters()):
        if weights.dim() > 1 and not name.startswith(("guides", "table", "shape", "place", "root")) and not name[-2:] in (".v", ".b"):
            flat = weights.data.numpy()
            if name == "arc":
                flat = flat.T
            elif name == "rel":
                flat = flat.transpose(0, 2, 1).reshape(-1, flat.shape[1])
            elif name == "rel_lin_head.weight":
                continue  # a bias, see matrices.core
            kept, scale = matrices.quantised(flat.astype(np.float64))
            kept = torch.from_numpy(kept * scale[:, None])
            if name == "arc":
                kept = kept.T
            elif name == "rel":
                kept = kept.view(weights.shape[0], weights.shape[2], weights.shape[1]).transpose(1, 2)
            weights.data.copy_(kept)


def arcs_of(core: Core, dep: torch.Tensor, head: torch.Tensor, root: torch.Tensor) -> torch.Tensor:
    """Core.arcs as the product computes it: in eight bits, the heads as if they were weights."""
    heads = torch.cat([root[None], head])
    scale = heads.abs().amax(1, keepdim=True).clamp(min=1e-20) / matrices.LARGEST
    return rounded(rounded(dep) @ core.arc + core.arc_bias) @ (torch.round(heads / scale) * scale).T


def steady(decide: Callable[[np.ndarray], list], scores: np.ndarray, undecided: int | str) -> list:
    """What `decide` makes of the scores, `undecided` where it hangs on less than what the order of sums and rounding
    change: the product must not fail its self-test over a near tie. For any way to decide, trees too, where one arc
    may turn others."""
    random = np.random.default_rng(5)
    out = decide(scores)
    for _ in range(TRIALS):
        other = decide(scores + random.uniform(-NEAR, NEAR, scores.shape).astype(scores.dtype))
        out = [a if a == b else undecided for a, b in zip(out, other)]
    return out


@torch.no_grad()
def outcome(core: Core, labels: corpus.Labels, sentence: str) -> dict:
    """What the network says of a sample, as labels; "?", and -2 for a head, where that is a near tie."""
    forms = sentence.split()
    s = sources.Sentence(forms=forms, places=[(0, 1)] * len(forms))
    read = core.encode(corpus.join([corpus.Encoded(s, None, None)]))
    dep, head, _, _ = core.tree(read)
    heads = steady(lambda scores: decode.tree(scores).tolist(), arcs_of(core, dep, head[:-1], head[-1]).numpy(), -2)
    tags = steady(lambda scores: [labels.tags[i] for i in scores.argmax(1)], core.tags(read).numpy(), "?")
    names = steady(lambda scores: list(decode.names(scores, corpus.NAMES)),
                   torch.log_softmax(core.names(read), 1).numpy(), "?")
    return {"words": forms, "tags": tags, "heads": heads, "names": names}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("data", type=Path)
    options.add_argument("--core", type=Path, default=HERE / "build/core.pt")
    args = options.parse_args()
    saved = torch.load(args.core)
    sizes, labels = Sizes(**saved["sizes"]), corpus.Labels(**saved["labels"])
    core = Core(sizes)
    core.load_state_dict(saved["state"], strict=False)
    core.eval()
    arrays = arrays_of(core)
    round_core(core, arrays)

    treebank = sources.read_treebank(args.data / "treebank/padt-r2.13-train.conllu")
    vowels = lexicon.vocalised(treebank)
    vowels |= lexicon.by_context(treebank, vowels)
    known = lexicon.known(treebank)
    more = {key: lemma for key, lemma in lexicon.camel(args.data / "lexicon").items() if key not in known}
    vowels |= more
    arrays["vowels.txt"] = container.text_section([f"{k}\t{v}" for k, v in sorted(vowels.items())])
    arrays["tags.txt"] = container.text_section(labels.tags)
    arrays["feats.txt"] = container.text_section(lexicon.features_of_tags(treebank, labels.tags))
    scripts = list(labels.scripts)
    arrays |= lexicon.remembered(treebank, scripts, known | set(more))
    arrays["scripts.txt"] = container.text_section(scripts)
    arrays["relations.txt"] = container.text_section(labels.relations)
    arrays["names.txt"] = container.text_section(corpus.NAMES)
    meta = {"sizes": sizes.dict() | {"word_rows": features.WORD_ROWS, "piece_rows": features.PIECE_ROWS},
            "self_test": {"features": [{"form": f, "clean": clean(f), "shape": features.shape(clean(f)),
                                        "bags": features.bags(f)} for f in FORMS],
                          "sentences": [outcome(core, labels, s) for s in SAMPLES]}}
    container.save_part(HERE / "build/parts/core.npz", meta, arrays)
    total = sum(a.nbytes for a in arrays.values())
    print(f"core: {total / 1e6:.1f} MB, {len(vowels)} keys of vocalised lemmas, {len(more)} of them Camel Morph's, "
          f"{len(arrays['lemma_keys'])} forms by heart, {len(scripts)} edit trees")
    for sample in meta["self_test"]["sentences"]:
        print([f"{w}/{t.split()[0]}/{h}/{n}" for w, t, h, n in zip(*(sample[k] for k in ("words", "tags", "heads", "names")))])


if __name__ == "__main__":
    main()
