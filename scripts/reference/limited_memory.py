"""Minima found by SciPy's BFGS and L-BFGS-B in float64, for nnspec's lbfgs to reproduce.

Data: 24 rows of two numbers with a smooth target and three classes, written into the fixture. The objectives are those of nnspec: mse (mean over rows
and outputs) or cross entropy (mean over rows), plus weight_decay / 2 times the sum of the squares of the weights, biases left out. Each is
minimised by BFGS with exact gradients by hand and polished by Newton steps on a numeric Hessian of these, so that the weights are good to about 1e-10;
`scipy` has the loss that BFGS and L-BFGS-B came to by themselves. Weights are stored as [inputs][units] (y = x W + b).

Writes Tests/Fixtures/limited_memory.json. Needs numpy and scipy.
Usage: python3 scripts/reference/limited_memory.py [OUTPUT]
"""
import json
import pathlib
import sys

import numpy as np
import scipy
from scipy.optimize import minimize

ROOT = pathlib.Path(__file__).resolve().parents[2]
OUTPUT = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "Tests/Fixtures/limited_memory.json"

rng = np.random.default_rng(11)
X = np.round(rng.normal(0, 1, (24, 2)), 3)
Y = np.round(np.sin(1.5 * X[:, :1]) + 0.4 * X[:, 1:] ** 2 + rng.normal(0, 0.1, (24, 1)), 3)
C = (np.digitize(X[:, 0] + 0.5 * X[:, 1] + rng.normal(0, 0.6, 24), [-0.5, 0.5])).astype(int)


def unpack(w, sizes):
    layers, at = [], 0
    for a, b in zip(sizes, sizes[1:]):
        layers.append((w[at:at + a * b].reshape(a, b), w[at + a * b:at + a * b + b]))
        at += a * b + b
    return layers


def pack(layers):
    return np.concatenate([np.concatenate([W.ravel(), b]) for W, b in layers])


def objective(w, sizes, kind, decay):
    layers = unpack(w, sizes)
    values = [X]
    for index, (W, b) in enumerate(layers):
        z = values[-1] @ W + b
        values.append(np.tanh(z) if index + 1 < len(layers) else z)
    z = values[-1]
    if kind == "mse":
        loss, dz = np.mean((z - Y) ** 2), 2 * (z - Y) / Y.size
    else:
        z = z - z.max(1, keepdims=True)
        p = np.exp(z) / np.exp(z).sum(1, keepdims=True)
        loss = -np.mean(np.log(p[np.arange(len(C)), C]))
        dz = (p - np.eye(3)[C]) / len(C)
    gradients = []
    for index in reversed(range(len(layers))):
        W, b = layers[index]
        gradients.append((values[index].T @ dz + decay * W, dz.sum(0)))
        if index:
            dz = (dz @ W.T) * (1 - values[index] ** 2)
    penalty = sum(decay / 2 * (W ** 2).sum() for W, _ in layers)
    return loss + penalty, pack(gradients[::-1]), loss


def polished(w, arguments):
    for _ in range(8):
        h, H = 1e-5, np.zeros((w.size, w.size))
        for i in range(w.size):
            e = np.zeros(w.size)
            e[i] = h
            H[i] = (objective(w + e, *arguments)[1] - objective(w - e, *arguments)[1]) / (2 * h)
        # The shortest step: softmax does not see a constant added to all units, and biases, which no decay holds, keep the sum they start with.
        w = w - np.linalg.lstsq((H + H.T) / 2, objective(w, *arguments)[1], rcond=1e-8)[0]
    values = np.linalg.eigvalsh((H + H.T) / 2)
    print("largest gradient", np.abs(objective(w, *arguments)[1]).max(), "eigenvalues of the Hessian", values.min(), values.max())
    return w


cases = []
for name, kind, sizes, decay in [
    ("ridge", "mse", [2, 1], 0.05), ("least squares", "mse", [2, 1], 0), ("softmax regression", "cross_entropy", [2, 3], 0.02),
    ("two layers", "mse", [2, 2, 1], 0.01),
]:
    start = pack([(np.round(rng.normal(0, 0.5, (a, b)), 2), np.zeros(b)) for a, b in zip(sizes, sizes[1:])])
    arguments = (sizes, kind, decay)
    found = {
        method: minimize(lambda w: objective(w, *arguments)[:2], start, jac=True, method=method, options=options)
        for method, options in [("BFGS", dict(gtol=1e-9, maxiter=10000)), ("L-BFGS-B", dict(gtol=1e-10, ftol=1e-16, maxiter=10000))]
    }
    best = polished(found["BFGS"].x, arguments)
    value, _, loss = objective(best, *arguments)
    cases.append(dict(
        name=name, loss=kind, sizes=sizes, weight_decay=decay,
        start=[dict(weight=W.tolist(), bias=b.tolist()) for W, b in unpack(start, sizes)],
        minimum=dict(objective=value, loss=loss, layers=[dict(weight=W.tolist(), bias=b.tolist()) for W, b in unpack(best, sizes)]),
        scipy={method: dict(objective=result.fun, iterations=int(result.nit), evaluations=int(result.nfev)) for method, result in found.items()}))
    print(name, value, {m: (r.fun, r.nit, r.nfev, np.abs(r.x - best).max()) for m, r in found.items()})

text = json.dumps(dict(
    made_by="scripts/reference/limited_memory.py", numpy=np.__version__, scipy=scipy.__version__,
    inputs=X.tolist(), targets=Y.ravel().tolist(), classes=C.tolist(), cases=cases), indent=1)
OUTPUT.write_text(text + "\n")
