"""What a user gets from scikit-learn on the same data and network: mean and spread over 10 seeds.

Protocol: stratified 80/20 split (random for regression), features standardised on the training rows, hidden layers
as listed with ReLU, Adam at 0.001, batch 32, a fixed number of epochs, last weights, scored on the 20 % part.

Writes Tests/Fixtures/accuracy.json, which scripts/accuracy.py compares nnspec with. Needs numpy, pandas, scikit-learn.
Usage: python3 scripts/reference/accuracy.py [OUTPUT]
"""
import json
import pathlib
import sys
import warnings

import numpy as np
import pandas as pd
from sklearn.model_selection import train_test_split
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.preprocessing import StandardScaler

ROOT = pathlib.Path(__file__).resolve().parents[2]
OUTPUT = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "Tests/Fixtures/accuracy.json"
CASES = [("iris", "species", (16,), 200), ("wine", "cultivar", (32,), 100), ("breast_cancer", "diagnosis", (32,), 100),
         ("digits", "digit", (64,), 60), ("diabetes", "progression", (32,), 200)]

warnings.filterwarnings("ignore")  # "maximum iterations reached": the number of epochs is fixed on purpose


def score(values, targets, hidden, epochs, is_regression, seed):
    a, b, ya, yb = train_test_split(values, targets, test_size=0.2, random_state=seed, stratify=None if is_regression else targets)
    scaler = StandardScaler().fit(a)
    a, b = scaler.transform(a), scaler.transform(b)
    settings = dict(hidden_layer_sizes=hidden, batch_size=32, max_iter=epochs, n_iter_no_change=10**6, alpha=0, random_state=seed)
    if is_regression:
        mean, sd = ya.mean(), ya.std()
        predictions = MLPRegressor(**settings).fit(a, (ya - mean) / sd).predict(b) * sd + mean
        return float(np.sqrt(((predictions - yb) ** 2).mean()))
    return float((MLPClassifier(**settings).fit(a, ya).predict(b) == yb).mean())


result = {}
for name, target, hidden, epochs in CASES:
    frame = pd.read_csv(ROOT / f"specs/data/{name}.csv")
    y = frame.pop(target)
    is_regression = name == "diabetes"
    scores = [score(frame.values, y.values, hidden, epochs, is_regression, seed) for seed in range(10)]
    result[name] = dict(target=target, hidden=hidden, epochs=epochs, metric="rmse" if is_regression else "accuracy",
                        mean=round(float(np.mean(scores)), 4), sd=round(float(np.std(scores)), 4))
    print(name, result[name], flush=True)
OUTPUT.write_text(json.dumps(result, indent=1))
