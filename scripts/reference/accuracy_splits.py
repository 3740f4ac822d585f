#!/usr/bin/env python3
"""The rows that scikit-learn held back in accuracy.py, so that nnspec can be scored on the very same splits.

Writes Tests/Fixtures/accuracy_splits.json: for each data set and seed, the numbers of the test rows, counted from 0.
"""
import json
import pathlib

import pandas as pd
from sklearn.model_selection import train_test_split

ROOT = pathlib.Path(__file__).resolve().parents[2]
peers = json.loads((ROOT / "Tests/Fixtures/accuracy.json").read_text())
splits = {}
for name, peer in peers.items():
    frame = pd.read_csv(ROOT / f"specs/data/{name}.csv")
    target = frame[peer["target"]].values
    splits[name] = []
    for seed in range(10):
        stratify = None if peer["metric"] == "rmse" else target
        _, held_back = train_test_split(range(len(frame)), test_size=0.2, random_state=seed, stratify=stratify)
        splits[name].append(sorted(held_back))
lines = ",\n".join(f' "{name}": [\n  ' + ",\n  ".join(json.dumps(rows) for rows in seeds) + "\n ]" for name, seeds in splits.items())
(ROOT / "Tests/Fixtures/accuracy_splits.json").write_text("{\n" + lines + "\n}\n")
