"""The textbook system that nnspec must reproduce: one hidden layer, sigmoid twice, squared error (specs/backprop.yaml).

Four steps on a full batch X [rows, inputs], Y [rows, outputs], in float64:
  1 forward    h = s(X W0 + b0); p = s(h W1 + b1); error = Y - p
  2 local gradient of the output layer: d1 = 2 (Y - p) * p (1 - p)
  3 backward   d0 = (d1 W1^T) * h (1 - h)
  4 adjust     W1 += rate h^T d1; W0 += rate X^T d0; b1 += rate sum_rows d1; b0 += rate sum_rows d0
i.e. gradient descent on the SUM over rows and outputs of (Y - p)^2 (`loss: sse`, `optimizer: sgd`, `batch_size: full`).
Many textbooks' short listings leave the biases alone; both variants are written: "with_bias" and "frozen_bias"
(in nnspec: `trainable: [weight]` on each dense layer).

Writes Tests/Fixtures/seed_backprop.json: the start, and the weights and loss after 1, 2, 10, 1000 updates.
Needs numpy. Usage: python3 scripts/reference/seed_backprop.py [OUTPUT]
"""
import csv
import json
import pathlib
import sys

import numpy as np

ROOT = pathlib.Path(__file__).resolve().parents[2]
OUTPUT = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "Tests/Fixtures/seed_backprop.json"

with open(ROOT / "specs/data/xor.csv", newline="") as file:
    TABLE = np.array(list(csv.reader(file))[1:], float)
X, Y = TABLE[:, :2], TABLE[:, 2:]
RATE = 0.5
rng = np.random.default_rng(7)
START = [np.round(rng.normal(0, 1, shape), 3) for shape in [(2, 3), (3,), (3, 1), (1,)]]


def s(z):
    return 1 / (1 + np.exp(-z))


def run(train_bias):
    W0, b0, W1, b1 = (a.copy() for a in START)
    out = {}
    for step in range(1, 1001):
        h = s(X @ W0 + b0)
        p = s(h @ W1 + b1)
        loss = float(((Y - p) ** 2).sum())
        d1 = 2 * (Y - p) * p * (1 - p)
        d0 = (d1 @ W1.T) * h * (1 - h)
        W1 += RATE * h.T @ d1
        W0 += RATE * X.T @ d0
        if train_bias:
            b1 += RATE * d1.sum(0)
            b0 += RATE * d0.sum(0)
        if step in (1, 2, 10, 1000):
            record = dict(loss_before_update=loss, W0=W0.tolist(), b0=b0.tolist(), W1=W1.tolist(), b1=b1.tolist())
            if step == 1:
                record["trace"] = dict(hidden=h.tolist(), output=p.tolist(), local_gradient_output=d1.tolist(),
                                       local_gradient_hidden=d0.tolist())
            out[str(step)] = record
    return out


result = dict(X=X.tolist(), Y=Y.tolist(), learning_rate=RATE,
              start=dict(zip(("W0", "b0", "W1", "b1"), (a.tolist() for a in START))),
              with_bias=run(True), frozen_bias=run(False))
OUTPUT.write_text(json.dumps(result, indent=1))
