#!/usr/bin/env python3
"""One table of nnspec against its peers, measured in turn in the same run.

    compare.py [--threads N] [--rounds N] [--engines jax,torch,sklearn] [--write docs/performance.md] [NAME...]

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
PACKAGES = {"jax": "jax", "torch": "torch", "sklearn": "scikit-learn"}


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


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("names", nargs="*", default=NAMES)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--engines", default="jax,torch,sklearn")
    parser.add_argument("--write")
    options = parser.parse_args()
    engines = [engine for engine in options.engines.split(",") if installed(engine)]
    bench = ROOT / ".build/release/nnspec-bench"
    threads = str(options.threads)
    pin = ["taskset", "-c", "0"] if options.threads == 1 else []
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

    header = ["workload", "nnspec", *engines, "best peer / nnspec", "GFLOP/s", "of the peak"]
    rows = [header, ["---"] + ["---:"] * (len(header) - 1)]
    for name in options.names:
        found = best[name]
        ratio = min(found[engine] for engine in engines) / found["nnspec"] if engines else float("nan")
        rows.append(
            [name, *[f"{found[engine]:,.4g}" if found[engine] < 1000 else f"{found[engine]:,.0f}" for engine in ["nnspec", *engines]],
             f"{ratio:.2f}", f"{found['gflops']:.1f}", f"{found['gflops'] / peak * 100:.0f} %"])
    date = datetime.date.today().isoformat()
    versions = ", ".join(f"{engine} {version(engine)}" for engine in engines)
    text = "\n".join("| " + " | ".join(row) + " |" for row in rows)
    title = (
        f"Microseconds per step, {threads} thread{'s' if options.threads > 1 else ''}, best of {options.rounds} rounds in turn; {date}, "
        f"{processor()}, {peak:.0f} GFLOP/s at most; {versions}.")
    text = f"{title}\n\n{text}\n"
    print(text)
    if options.write:
        file = pathlib.Path(options.write)
        page = file.read_text()
        begin, end = f"<!-- table {threads} -->\n", "<!-- end -->"
        head, rest = page.split(begin, 1)
        file.write_text(head + begin + text + end + rest.split(end, 1)[1])


main()
