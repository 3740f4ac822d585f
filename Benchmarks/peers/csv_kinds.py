"""Compares reading CSV files with pandas' C reader, for every ordinary kind of number; prints a table.

    python3 Benchmarks/peers/csv_kinds.py FOLDER [--rounds N] [--megabytes N] [--only WORD]

FOLDER takes the files, which are made once. pandas.read_csv(path) against `nnspec-bench columns`, in turn, best of N rounds each: from the
path to columns of 64-bit numbers, the file being in the system's cache. NNSPEC_BENCH names the benchmark's binary. Needs numpy and pandas.
"""
import argparse
import json
import os
import pathlib
import subprocess
import time

import numpy
import pandas

ROOT = pathlib.Path(__file__).resolve().parents[2]
BENCH = os.environ.get("NNSPEC_BENCH") or str(ROOT / ".build/release/nnspec-bench")
COLUMNS = [4, 30, 785]


def pixels(random, count):
    """Four of five are 0, as in pictures of digits."""
    return [str(v) for v in numpy.where(random.random(count) < 0.8, 0, random.integers(0, 256, count))]


KINDS = {
    "pixels, mostly 0": pixels,
    "integers 0 to 255": lambda random, count: [str(v) for v in random.integers(0, 256, count)],
    "decimals as 5.1": lambda random, count: [f"{v:.1f}" for v in random.uniform(0, 10, count)],
    "6 digits behind the point, signed": lambda random, count: [f"{v:.6f}" for v in random.normal(0, 1, count)],
    "floats of 9 digits, signed": lambda random, count: [f"{v:.9g}" for v in random.normal(0, 1, count)],
    "doubles of 16 or 17 digits": lambda random, count: [repr(float(v)) for v in random.random(count)],
    "exponents as -1.234567e-05": lambda random, count: [f"{v:.6e}" for v in random.normal(0, 1, count) * 10.0 ** random.integers(-9, 9, count)],
}


def make(path, kind, columns, byte_count):
    random = numpy.random.default_rng(len(kind) * 1000 + columns)
    sample = KINDS[kind](random, 200_000)
    rows = max(byte_count // (columns * (sum(map(len, sample)) / len(sample) + 1)), 2)
    with open(path, "w", encoding="ascii") as file:
        file.write(",".join(f"c{i}" for i in range(columns)) + "\n")
        done = 0
        while done < rows:
            texts = KINDS[kind](random, 4096 * columns if columns < 100 else 256 * columns)
            file.writelines(",".join(texts[at : at + columns]) + "\n" for at in range(0, len(texts), columns))
            done += len(texts) // columns


def peer(path):
    start = time.perf_counter()
    pandas.read_csv(path, engine="c")
    return time.perf_counter() - start


def ours(path, threads):
    words = [BENCH, "columns", path, "--threads", str(threads), "--rounds", "3"]
    return json.loads(subprocess.run(words, check=True, capture_output=True, text=True).stdout)["mb_per_second"]


def main():
    words = argparse.ArgumentParser()
    words.add_argument("folder")
    words.add_argument("--rounds", type=int, default=5)
    words.add_argument("--megabytes", type=int, default=32)
    words.add_argument("--only", default="")
    words = words.parse_args()
    os.makedirs(words.folder, exist_ok=True)
    print("| numbers | columns | pandas | nnspec, 1 thread | 2 threads | 2 threads / pandas |")
    print("|---|---:|---:|---:|---:|---:|")
    for kind in KINDS:
        for columns in COLUMNS:
            if words.only not in f"{kind}/{columns}":
                continue
            path = os.path.join(words.folder, f"{kind.replace(' ', '_').replace(',', '')}_{columns}.csv")
            if not os.path.exists(path):
                make(path, kind, columns, words.megabytes * 1_000_000)
            size = os.path.getsize(path) / 1e6
            best = [0.0, 0.0, 0.0]
            for _ in range(words.rounds):
                rates = [max(size / peer(path) for _ in range(2)), ours(path, 1), ours(path, 2)]
                best = [max(pair) for pair in zip(best, rates)]
            print(f"| {kind} | {columns} | {best[0]:,.0f} | {best[1]:,.0f} | {best[2]:,.0f} | {best[2] / best[0]:.1f} |", flush=True)


if __name__ == "__main__":
    main()
