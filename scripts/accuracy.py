#!/usr/bin/env python3
"""Does nnspec learn as well as scikit-learn? Five data sets, ten seeds each, the same protocol on both sides.

Protocol (scripts/reference/accuracy.py made the other side, Tests/Fixtures/accuracy.json): a stratified 80/20 split
(random for the regression), features standardised on the training rows, hidden layers with ReLU, Adam at 0.001, batches
of 32, a fixed number of epochs, the last weights, scored on the 20 % part. The two sides draw different splits and
different initial weights, so the means differ by chance; the verdict is "ok" if nnspec's mean is better than
scikit-learn's or worse by at most one standard error of it (its sd / sqrt(10)).

Usage: scripts/accuracy.py [SEEDS]       how many seeds, 10 if not said
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
PEER_SEEDS = 10

SPEC = """\
nnspec: 1
name: {name}
task: {task}
data:
  path: {path}
  target: {target}
  normalize: zscore
  normalize_target: {normalize_target}
  split: {{train: 0.8, validation: 0, test: 0.2, method: {method}}}
model: {{layers: [{layers}, auto], activation: relu}}
optimizer: {{type: adam, learning_rate: 0.001}}
training: {{epochs: {epochs}, batch_size: 32, keep: last}}
"""


def spec_text(name, peer):
    is_regression = peer["metric"] == "rmse"
    return SPEC.format(
        name=name, target=peer["target"], epochs=peer["epochs"], layers=", ".join(map(str, peer["hidden"])),
        path=json.dumps(str(ROOT / f"specs/data/{name}.csv")),
        task="regression" if is_regression else "classification",
        method="random" if is_regression else "stratified",
        normalize_target="zscore" if is_regression else "none")


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


def seed_count():
    if len(sys.argv) < 2:
        return PEER_SEEDS
    if len(sys.argv) > 2 or not sys.argv[1].isascii() or not sys.argv[1].isdigit() or int(sys.argv[1]) < 1:
        sys.exit(f"usage: {sys.argv[0]} [SEEDS]   with SEEDS 1 or more")
    return int(sys.argv[1])


def main():
    seeds = seed_count()
    if not os.access(BINARY, os.X_OK):
        sys.exit(f"accuracy: no binary at {BINARY}; run `make build`, or name one in NNSPEC")
    peers = json.loads((ROOT / "Tests/Fixtures/accuracy.json").read_text())
    print(f"{'data set':<14} {'metric':<9} {'nnspec':>9} {'sd':>8} {'sklearn':>9} {'std err':>8} {'gap/se':>7}  verdict   ({seeds} seeds)")
    misses = 0
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        for name, peer in peers.items():
            spec = folder / f"{name}.yaml"
            spec.write_text(spec_text(name, peer))
            scores = [score(spec, name, peer["metric"], seed, folder) for seed in range(seeds)]
            mean, sd = statistics.fmean(scores), statistics.pstdev(scores)
            error = peer["sd"] / math.sqrt(PEER_SEEDS)
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
