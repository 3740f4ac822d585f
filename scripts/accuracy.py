#!/usr/bin/env python3
"""Does nnspec learn as well as scikit-learn? Five data sets, ten seeds each, the same protocol on both sides.

Protocol (scripts/reference/accuracy.py made the other side, Tests/Fixtures/accuracy.json): the very splits that
scikit-learn drew (80/20, stratified for classes; Tests/Fixtures/accuracy_splits.json), features standardised on the
training rows, hidden layers with ReLU and Glorot's uniform initial weights as scikit-learn has them, Adam at 0.001,
batches of 32, a fixed number of epochs, the last weights, scored on the 20 % part. Initial weights and the order of rows
differ, so the means differ by chance; the verdict is "ok" if nnspec's mean is better than scikit-learn's or worse by at
most one standard error of it (its sd / sqrt(10)).

Usage: scripts/accuracy.py [INITIALIZER]     glorot_uniform if not said
NNSPEC names the binary; otherwise .build/release/nnspec. Exit 1 if a data set is not ok. Needs Python 3.8, nothing else.
"""
import json
import math
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[1]
BINARY = os.environ.get("NNSPEC") or str(ROOT / ".build/release/nnspec")
SEEDS = 10

SPEC = """\
nnspec: 1
name: {name}
task: {task}
data:
  train: train.csv
  test: test.csv
  target: {target}
  normalize: zscore
  normalize_target: {normalize_target}
model: {{layers: [{layers}, auto], activation: relu, initializer: {initializer}}}
optimizer: {{type: adam, learning_rate: 0.001}}
training: {{epochs: {epochs}, batch_size: 32, keep: last}}
"""


def spec_text(name, peer, initializer):
    is_regression = peer["metric"] == "rmse"
    return SPEC.format(
        name=name, target=peer["target"], epochs=peer["epochs"], layers=", ".join(map(str, peer["hidden"])),
        initializer=initializer, task="regression" if is_regression else "classification",
        normalize_target="zscore" if is_regression else "none")


def write_parts(name, held_back, folder):
    """The data set as train.csv and test.csv."""
    lines = (ROOT / f"specs/data/{name}.csv").read_text().splitlines()
    test = set(held_back)
    for file, wanted in (("train.csv", False), ("test.csv", True)):
        rows = [line for number, line in enumerate(lines[1:]) if (number in test) == wanted]
        (folder / file).write_text("\n".join(lines[:1] + rows) + "\n")


def score(spec, name, metric, seed, folder):
    """The metric on the test rows after one training."""
    command = [BINARY, "train", str(spec), "--set", f"seed={seed}", "--output", str(folder), "--quiet"]
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    if done.returncode != 0:
        sys.exit(f"{done.stderr}accuracy: nnspec train {name} with seed {seed} ended with exit code {done.returncode}")
    evaluation = json.loads((folder / name / "evaluation.json").read_text())
    value = evaluation.get(f"test.{metric}")
    if not isinstance(value, (int, float)) or not math.isfinite(value):
        sys.exit(f"accuracy: {name}: evaluation.json holds no number test.{metric}")
    return value


def main():
    if len(sys.argv) > 2:
        sys.exit(f"usage: {sys.argv[0]} [INITIALIZER]")
    initializer = sys.argv[1] if len(sys.argv) == 2 else "glorot_uniform"
    if not os.access(BINARY, os.X_OK):
        sys.exit(f"accuracy: no binary at {BINARY}; run `make build`, or name one in NNSPEC")
    peers = json.loads((ROOT / "Tests/Fixtures/accuracy.json").read_text())
    splits = json.loads((ROOT / "Tests/Fixtures/accuracy_splits.json").read_text())
    print(f"{'data set':<14} {'metric':<9} {'nnspec':>9} {'sd':>8} {'sklearn':>9} {'std err':>8} {'gap/se':>7}  verdict   ({initializer})")
    misses = 0
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        for name, peer in peers.items():
            spec = folder / f"{name}.yaml"
            spec.write_text(spec_text(name, peer, initializer))
            scores = []
            for seed in range(SEEDS):
                write_parts(name, splits[name][seed], folder)
                scores.append(score(spec, name, peer["metric"], seed, folder))
            mean, sd = statistics.fmean(scores), statistics.pstdev(scores)
            error = peer["sd"] / math.sqrt(SEEDS)
            # How much worse than scikit-learn; a lower rmse is better, a higher accuracy is.
            gap = mean - peer["mean"] if peer["metric"] == "rmse" else peer["mean"] - mean
            is_met = gap <= error
            misses += not is_met
            verdict = "better" if gap <= 0 else "ok" if is_met else "WORSE"
            print(f"{name:<14} {peer['metric']:<9} {mean:>9.4f} {sd:>8.4f} {peer['mean']:>9.4f} {error:>8.4f} {gap / error:>7.2f}  {verdict}", flush=True)
    if misses:
        print(f"{misses} of {len(peers)} data sets are more than one standard error behind", file=sys.stderr)
    sys.exit(1 if misses else 0)


if __name__ == "__main__":
    main()
