#!/usr/bin/env python3
"""One table of nnspec against its peers, measured in turn in the same run.

    compare.py [--threads N] [--rounds N] [--engines jax,torch,sklearn,onnxruntime] [--write docs/performance.md] [NAME...]

For every workload and round nnspec-bench and each engine run one after the other, and the best round of each counts, so that a disturbance of the
machine hits all of them alike. --write puts the table between the marks `<!-- table N -->` and `<!-- end -->` of a file.
"""
import argparse
import datetime
import importlib.metadata
import json
import pathlib
import platform
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
NAMES = ["xor", "iris", "tabular", "mnist", "mnist-adam", "medium", "large"]
PACKAGES = {"jax": "jax", "torch": "torch", "sklearn": "scikit-learn", "onnxruntime": "onnxruntime"}


def lines(command):
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}\n{done.stderr}")
    return [json.loads(line) for line in done.stdout.splitlines()]


def processor():
    for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":")[1].strip()
    return platform.processor()


def version(engine):
    return importlib.metadata.version(PACKAGES[engine])


def installed(engine):
    try:
        version(engine)
        return True
    except importlib.metadata.PackageNotFoundError:
        return False


def measure(options, engines, pin):
    """The best microseconds per step by workload and engine, and the peak in GFLOP/s."""
    bench, threads = ROOT / ".build/release/nnspec-bench", str(options.threads)
    best = {}
    peak = 0
    for turn in range(options.rounds):
        peak = max(peak, lines([*pin, bench, "peak", "--threads", threads])[0]["gflops"])
        for name in options.names:
            measured = {"nnspec": lines([*pin, bench, "steps", name, "--threads", threads])[0]}
            for engine in engines:
                # What takes a hundred times as long need not be measured again and again.
                if turn > 0 and engine != "jax" and best[name][engine] > 3 * best[name]["nnspec"]:
                    continue
                measured[engine] = lines([sys.executable, ROOT / "Benchmarks/peers/steps.py", engine, threads, name])[0]
            for engine, line in measured.items():
                key = best.setdefault(name, {})
                if line["us_per_step"] < key.get(engine, float("inf")):
                    key[engine] = line["us_per_step"]
                    if engine == "nnspec":
                        key["gflops"] = line["gflops"]
            print(name, best[name], file=sys.stderr, flush=True)
    return best, peak


def measure_inference(options, engines, pin):
    """The most rows per second by workload and engine."""
    bench, threads = ROOT / ".build/release/nnspec-bench", str(options.threads)
    best = {name: {} for name in options.names}
    for turn in range(options.rounds):
        for name in options.names:
            measured = {"nnspec": lines([*pin, bench, "inference", name, "--threads", threads])[0]}
            for engine in engines:
                if turn > 0 and best[name][engine] * 3 < best[name]["nnspec"]:
                    continue
                measured[engine] = lines([sys.executable, ROOT / "Benchmarks/peers/inference.py", engine, threads, name])[0]
            for engine, line in measured.items():
                best[name][engine] = max(line["rows_per_second"], best[name].get(engine, 0))
            print(name, best[name], file=sys.stderr, flush=True)
    return best


def table(rows):
    return "\n".join("| " + " | ".join(row) + " |" for row in rows) + "\n"


def number(value):
    return f"{value:,.4g}" if value < 1000 else f"{value:,.0f}"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("names", nargs="*", default=NAMES)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--engines", default="jax,torch,sklearn,onnxruntime")
    parser.add_argument("--write")
    options = parser.parse_args()
    engines = [engine for engine in options.engines.split(",") if installed(engine)]
    # onnxruntime does not train.
    trainers = [engine for engine in engines if engine != "onnxruntime"]
    pin = ["taskset", "-c", "0"] if options.threads == 1 else []
    best, peak = measure(options, trainers, pin)
    inference = measure_inference(options, engines, pin)

    header = ["workload", "nnspec", *trainers, "best peer / nnspec", "GFLOP/s", "of the peak"]
    rows = [header, ["---"] + ["---:"] * (len(header) - 1)]
    for name in options.names:
        found = best[name]
        ratio = min(found[engine] for engine in trainers) / found["nnspec"] if trainers else float("nan")
        rows.append(
            [name, *[number(found[engine]) for engine in ["nnspec", *trainers]], f"{ratio:.2f}", f"{found['gflops']:.1f}",
             f"{found['gflops'] / peak * 100:.0f} %"])
    steps = table(rows)

    header = ["workload", "nnspec", *engines, "nnspec / best peer"]
    rows = [header, ["---"] + ["---:"] * (len(header) - 1)]
    for name in options.names:
        found = inference[name]
        ratio = found["nnspec"] / max(found[engine] for engine in engines) if engines else float("nan")
        rows.append([name, *[f"{found[engine]:,.0f}" for engine in ["nnspec", *engines]], f"{ratio:.2f}"])

    versions = ", ".join(f"{engine} {version(engine)}" for engine in engines)
    plural = "s" if options.threads > 1 else ""
    title = (
        f"Microseconds per step, {options.threads} thread{plural}, best of {options.rounds} round{'s' if options.rounds > 1 else ''} in turn; "
        f"{datetime.date.today().isoformat()}, {processor()}, {peak:.0f} GFLOP/s at most; {versions}.")
    text = f"{title}\n\n{steps}\nRows per second of inference, 256 rows at a time (of xor 200), in the same run:\n\n{table(rows)}"
    print(text)
    if options.write:
        file = pathlib.Path(options.write)
        page = file.read_text()
        begin, end = f"<!-- table {options.threads} -->\n", "<!-- end -->"
        head, rest = page.split(begin, 1)
        file.write_text(head + begin + text + end + rest.split(end, 1)[1])


main()
