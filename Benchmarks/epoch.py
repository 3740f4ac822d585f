#!/usr/bin/env python3
"""What an epoch of the mnist workload costs besides its steps: shuffling, evaluation of validation rows, metrics, writing.

    epoch.py [--rounds N] [--rows N] [--threads N]

Trains on made-up rows of that size, a sixth of them (as 10,000 of mnist's 60,000) for validation. An epoch is the difference between trainings
of 13 and 3 epochs, divided by ten, best of N rounds; its steps are as many as its batches, and nnspec-bench times them and the forward passes
over the validation rows, which are work of their own. Prints one JSON line.
"""
import argparse
import json
import os
import pathlib
import subprocess
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
parser = argparse.ArgumentParser()
parser.add_argument("--rounds", type=int, default=5)
parser.add_argument("--rows", type=int, default=12_000)
parser.add_argument("--threads", type=int, default=2)
options = parser.parse_args()
bench, nnspec = ROOT / ".build/release/nnspec-bench", ROOT / os.environ.get("NNSPEC", ".build/release/nnspec")
subprocess.run([bench, "data", "mnist", "--rows", str(options.rows)], cwd=ROOT, check=True)
held_out = options.rows // 6
trained = options.rows - held_out


def seconds(epochs, split, output):
    start = time.perf_counter()
    subprocess.run(
        [nnspec, "train", "Benchmarks/workloads/mnist.yaml", "--quiet", "--output", output, "--threads", str(options.threads),
         "--set", f"training.epochs={epochs}", "--set", f"data.split={split}"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def epoch(split):
    best = {3: float("inf"), 13: float("inf")}
    with tempfile.TemporaryDirectory() as output:
        for _ in range(options.rounds):
            for epochs in best:
                best[epochs] = min(best[epochs], seconds(epochs, split, output))
    return (best[13] - best[3]) / 10


def figure(what, key):
    command = [bench, what, "mnist", "--threads", str(options.threads)]
    return json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout)[key]


step = min(figure("steps", "us_per_step") for _ in range(2))
forward = held_out / max(figure("inference", "rows_per_second") for _ in range(2))
whole = epoch("{validation: %.6f}" % (held_out / options.rows))
steps = -(-trained // 64) * step * 1e-6
print(json.dumps({
    "workload": "mnist", "rows": trained, "validation_rows": held_out, "threads": options.threads, "epoch_ms": round(whole * 1e3, 3),
    "steps_ms": round(steps * 1e3, 3), "forward_ms": round(forward * 1e3, 3),
    "besides_steps_percent": round((whole / steps - 1) * 100, 2),
    "besides_both_percent": round((whole - steps - forward) / steps * 100, 2)}))
