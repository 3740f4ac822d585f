#!/usr/bin/env python3
"""Kills trainings with SIGKILL at random moments, resumes them, and compares what they come to with runs that were left alone.

    scripts/kill_campaign.py [COUNT=100] [--spec one|folds|lbfgs] [--seed N] [--binary .build/release/nnspec]

A third of the kills comes when a temporary file is seen, that is amid a write, and a third while the files of a run are being renamed. Two runs of
different seeds take turns in one folder. `--spec folds` kills a cross-validation, with folds done, begun and not begun. After every kill the folder has to hold either no run or one whole run: never the files of two. Every training has to come to the bytes of its reference.
"""
import argparse, collections, pathlib, random, shutil, signal, subprocess, sys, tempfile, time

parser = argparse.ArgumentParser()
parser.add_argument("count", nargs="?", type=int, default=100)
parser.add_argument("--spec", choices=("one", "folds", "lbfgs"), default="one")
parser.add_argument("--seed", type=int, default=1)
parser.add_argument("--binary", default=".build/release/nnspec")
options = parser.parse_args()
binary = str(pathlib.Path(options.binary).resolve())
dice = random.Random(options.seed)
FOLDS = 4 if options.spec == "folds" else 0
OF_RUN = ("weights.json", "metrics.csv", "evaluation.json")
OF_FOLDS = ("metrics.csv", "evaluation.json") + tuple(f"fold-{fold}/{name}" for fold in range(1, FOLDS + 1) for name in OF_RUN)
FILES = OF_FOLDS if FOLDS else OF_RUN

STEPS = "optimizer: {type: adam, learning_rate: 0.001}\ntraining: {epochs: EPOCHS, batch_size: 16, schedule: {cosine: {warmup_epochs: 2}}}"
SEARCH = "optimizer: {type: lbfgs, tolerance_change: 0, tolerance_grad: 0}\ntraining: {epochs: EPOCHS, precision: float64}"
SPEC = f"""nnspec: 1
data: {{path: data.csv, target: y, split: {"{folds: 4}" if FOLDS else "{train: 0.8, validation: 0.2}"}}}
model: {{layers: {"[60, {dropout: 0.2}, 60, 1]" if FOLDS else "[200, 200, 1]" if options.spec == "lbfgs" else "[200, {dropout: 0.2}, 200, 1]"}}}
task: regression
{SEARCH if options.spec == "lbfgs" else STEPS}
"""


def command(seed, *more):
    return [binary, "train", "spec.yaml", "--quiet", "--set", f"seed={seed}", *more]


def fail(text):
    print("FAIL", text)
    sys.exit(1)


def contents(run):
    return tuple((run / name).read_bytes() if (run / name).exists() else None for name in FILES)


def campaign(folder):
    rows = [",".join(f"{dice.random():.4f}" for _ in range(6)) for _ in range(400)]
    (folder / "data.csv").write_text("a,b,c,d,e,y\n" + "\n".join(rows) + "\n")
    epochs, took = 40, 0.0
    while took < 1.5:  # long enough for a few checkpoints
        epochs *= 2
        (folder / "spec.yaml").write_text(SPEC.replace("EPOCHS", str(epochs)))
        began = time.monotonic()
        subprocess.run(command(1, "--output", "reference1"), cwd=folder, check=True)
        took = time.monotonic() - began
    subprocess.run(command(2, "--output", "reference2"), cwd=folder, check=True)
    references = {seed: contents(folder / f"reference{seed}" / "spec") for seed in (1, 2)}
    run = folder / "runs" / "spec"
    seen = collections.Counter()
    kills, turn = 0, 0
    while kills < options.count:
        seed, resumes = 1 + turn % 2, False
        turn += 1
        while True:
            words = ["--threads", str(dice.randint(1, 2))] + (["--resume"] if resumes else [])
            process = subprocess.Popen(command(seed, *words), cwd=folder, stderr=subprocess.PIPE)
            isKilled = False
            if kills < options.count:
                delay, kind = dice.uniform(0, took * 1.1), dice.choice(("any", "write", "rename"))
                limit = {"any": delay, "write": delay + 0.6, "rename": took * 20}[kind]
                began = time.monotonic()
                while process.poll() is None:
                    waited = time.monotonic() - began
                    isWriting = kind == "write" and waited > delay / 2 and any(run.glob("**/.*.tmp"))
                    if isWriting or waited > limit or kind == "rename" and (run / ".replacing").exists():
                        process.send_signal(signal.SIGKILL)
                        isKilled = True
                        seen["amid a write" if isWriting else "at the renames" if kind == "rename" else "at any time"] += 1
                        break
                    time.sleep({"any": 0.002, "write": 0.0001, "rename": 0}[kind])
            errors = process.communicate()[1].decode()
            if process.returncode == 4 and resumes and ("E1721" in errors or "E1723" in errors):
                # Killed before its first checkpoint: there is none, or one of the run before.
                seen["begun anew"] += 1
                resumes = False
                continue
            if process.returncode == -signal.SIGKILL and isKilled:
                kills += 1
                seen["between two renames"] += (run / ".replacing").exists()
                if (run / "evaluation.json").exists():
                    if subprocess.run([binary, "inspect", "runs/spec/fold-1" if FOLDS else "runs/spec"], cwd=folder, capture_output=True).returncode != 0:
                        fail(f"kill {kills}: the run cannot be read")
                    if contents(run) not in references.values(): fail(f"kill {kills}: the folder holds the files of two runs")
                resumes = True
                continue
            if process.returncode != 0: fail(f"exit {process.returncode} after {kills} kills: {errors}")
            if "W1721" in errors: fail(f"a checkpoint was damaged by kill {kills}: {errors}")
            break
        if contents(run) != references[seed]: fail(f"after {kills} kills the files are not those of the run that was left alone")
        states = [len(list(folder.glob("*.safetensors"))) for folder in run.glob("**/checkpoint")]
        # Killed between the renames and the end, a single run keeps the state before its last.
        if max(states) > (1 if FOLDS else 2) or sum(states) < max(1, FOLDS): fail(f"states that stay: {states}")
        if any(run.glob("**/.*.tmp")) or (run / ".replacing").exists(): fail(f"temporary files stay: {sorted(run.glob('**/.*'))}")
        seen["trainings compared"] += 1
        shutil.rmtree(run) if dice.random() < 0.2 else None
    print(f"{kills} kills:", ", ".join(f"{number} {name}" for name, number in sorted(seen.items())) + "; every training came to the same bytes")


with tempfile.TemporaryDirectory() as path:
    campaign(pathlib.Path(path))
