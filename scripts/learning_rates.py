#!/usr/bin/env python3
"""Trains the specs in specs/ with the learning rate that `nnspec find-lr` suggests and with a grid of rates, and compares the final validation losses.

    scripts/learning_rates.py [--binary .build/release/nnspec] [--seeds 5] [--steps 100]

For each spec: the grid's best loss and its rate, and the suggestions for several seeds with the worst loss that one of them comes to.
"""
import argparse, json, math, pathlib, subprocess, tempfile

parser = argparse.ArgumentParser()
parser.add_argument("--binary", default=".build/release/nnspec")
parser.add_argument("--seeds", type=int, default=5)
parser.add_argument("--steps", type=int, default=100)
options = parser.parse_args()
root = pathlib.Path(__file__).resolve().parent.parent
binary = str((root / options.binary).resolve())
GRID = [digit * 10.0**power for power in range(-5, 2) for digit in (1, 2, 5)]


def loss(spec, rate, folder):
    """The final validation loss (train's where there is none); infinite if the training diverges."""
    words = [binary, "train", str(spec), "--quiet", "--set", f"optimizer.learning_rate={rate:g}", "--output", folder]
    if subprocess.run(words, capture_output=True).returncode != 0: return math.inf
    found = json.loads(next(pathlib.Path(folder).glob("*/evaluation.json")).read_text())
    return found.get("validation.loss", found["train.loss"])


print(f"{'spec':14} {'best of the grid':>20}   suggestions and the worst loss with one of them")
for spec in sorted((root / "specs").glob("*.yaml")):
    with tempfile.TemporaryDirectory() as folder:
        best, at = min((loss(spec, rate, folder), rate) for rate in GRID)
        suggested = set()
        for seed in range(1, options.seeds + 1):
            words = [binary, "find-lr", str(spec), "--json", "--steps", str(options.steps), "--set", f"seed={seed}"]
            suggested.add(json.loads(subprocess.run(words, capture_output=True, check=True, text=True).stdout)["suggestion"])
        worst = max(math.inf if rate is None else loss(spec, rate, folder) for rate in suggested)
    rates = ", ".join("none" if rate is None else f"{rate:g}" for rate in sorted(suggested, key=lambda rate: rate or 0))
    print(f"{spec.stem:14} {best:12.4g} at {at:<6g}  {worst:10.4g}   {rates}", flush=True)
