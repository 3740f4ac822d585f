"""Times other readers and writers on the files that nnspec-bench uses; one JSON line per figure.

    python3 Benchmarks/peers/files.py [--rounds N] FILE...

FILE.csv: pandas.read_csv (C engine) and the matrix of float32 made of all columns but the last. FILE.json: Python's json.loads and json.dumps.
"""
import json
import sys
import time


def best(rounds, work):
    """Seconds of the best round, and what it gave."""
    shortest = float("inf")
    for _ in range(rounds):
        start = time.perf_counter()
        result = work()
        shortest = min(shortest, time.perf_counter() - start)
    return shortest, result


def figure(peer, path, byte_count, seconds):
    print(json.dumps({"peer": peer, "file": path, "ms": round(seconds * 1e3, 2), "mb_per_second": round(byte_count / seconds / 1e6, 1)}), flush=True)


def table(path, rounds):
    import os

    import pandas

    seconds, _ = best(rounds, lambda: pandas.read_csv(path, engine="c").iloc[:, :-1].to_numpy("float32"))
    figure("pandas.read_csv", path, os.path.getsize(path), seconds)


def document(path, rounds):
    with open(path, encoding="utf-8") as file:
        text = file.read()
    seconds, value = best(rounds, lambda: json.loads(text))
    figure("json.loads", path, len(text), seconds)
    seconds, _ = best(rounds, lambda: json.dumps(value))
    figure("json.dumps", path, len(text), seconds)


def main(words):
    rounds = 5
    if words[:1] == ["--rounds"]:
        rounds, words = int(words[1]), words[2:]
    if not words:
        sys.exit(__doc__)
    for path in words:
        (document if path.endswith(".json") else table)(path, rounds)


if __name__ == "__main__":
    main(sys.argv[1:])
