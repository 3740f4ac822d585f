"""Metrics by scikit-learn in float64, for nnspec to reproduce.

Every part is drawn at random: scores rounded to three digits, so that there are many ties; classes that are rare, classes that are never
predicted, two classes with one output and with two. Where nnspec says "undefined" and scikit-learn has a number (0, 1 or a warning), the
fixture says null and the reason stands beside it.

Writes Tests/Fixtures/metrics.json. Needs numpy and scikit-learn.
Usage: python3 scripts/reference/metrics.py [OUTPUT]
"""
import json
import pathlib
import sys
import warnings

import numpy as np
import sklearn
from sklearn import metrics as m

ROOT = pathlib.Path(__file__).resolve().parents[2]
OUTPUT = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "Tests/Fixtures/metrics.json"
warnings.simplefilter("ignore")
rng = np.random.default_rng(11)


def counted(y, predicted):
    """What follows from the predicted classes."""
    result = dict(
        accuracy=m.accuracy_score(y, predicted), balanced_accuracy=m.balanced_accuracy_score(y, predicted),
        mcc=m.matthews_corrcoef(y, predicted), kappa=m.cohen_kappa_score(y, predicted))
    for average in ("macro", "micro", "weighted"):
        for name, function in (("f1", m.f1_score), ("precision", m.precision_score), ("recall", m.recall_score)):
            result[f"{average}_{name}"] = function(y, predicted, average=average, zero_division=0)
    return result


def binary(rows, share, name):
    y = (rng.random(rows) < share).astype(int)
    y[:2] = 0, 1
    p = np.round(np.clip(.5 * y + rng.random(rows) * .7 - .1, 0, 1), 3)
    predicted = (p > .5).astype(int)
    values = counted(y, predicted)
    values |= dict(
        precision=m.precision_score(y, predicted), recall=m.recall_score(y, predicted), f1=m.f1_score(y, predicted),
        auc_roc=m.roc_auc_score(y, p), average_precision=m.average_precision_score(y, p), log_loss=m.log_loss(y, p),
        brier=m.brier_score_loss(y, p))
    return dict(name=name, kind="binary", width=1, outputs=p.tolist(), classes=y.tolist(), values=values)


def classes(rows, count, name, never=None, absent=None):
    """count classes; `never`: a class that no row is predicted as; `absent`: one without rows."""
    y = rng.integers(0, count, rows)
    if absent is not None:
        y[y == absent] = (absent + 1) % count
    weights = np.round(rng.random((rows, count)) ** 2, 3) + 1e-3
    weights[np.arange(rows), y] += .3 * (rng.random(rows) < .7)
    if never is not None:
        weights[:, never] = 1e-3
    p = weights / weights.sum(1, keepdims=True)
    predicted = p.argmax(1)
    present = [k for k in range(count) if (y == k).any()]
    values = counted(y, predicted)
    # scikit-learn has no mean over the classes that have rows: it refuses, or takes 0.
    two = count == 2
    values["auc_roc"] = m.roc_auc_score(y, p[:, 1]) if two else float(np.mean([m.roc_auc_score(y == k, p[:, k]) for k in present]))
    values["average_precision"] = (
        m.average_precision_score(y, p[:, 1]) if two else float(np.mean([m.average_precision_score(y == k, p[:, k]) for k in present])))
    if not two and absent is None:
        assert abs(values["auc_roc"] - m.roc_auc_score(y, p, multi_class="ovr")) < 1e-13
        assert abs(values["average_precision"] - m.average_precision_score(y, p)) < 1e-13
    values["log_loss"] = m.log_loss(y, p, labels=range(count))
    values["brier"] = m.brier_score_loss(y, p, labels=list(range(count)))
    for k in (2, 3, 5, 10):
        if k < count:
            # No two outputs of a row are equal where the k-th is (checked), so that scikit-learn's rule for ties is of no matter.
            values[f"top_{k}_accuracy"] = m.top_k_accuracy_score(y, p + np.arange(count) * -1e-13, k=k, labels=range(count))
    return dict(name=name, kind="classes", width=count, outputs=p.ravel().tolist(), classes=y.tolist(), values=values)


def numbers(rows, targets, name, zero=False, constant=False):
    y = np.round(rng.normal(3, 2, (rows, targets)), 3)
    y[y == 0] = .5
    if zero:
        y[0, -1] = 0
    if constant:
        y[:, 0] = 7.25
    p = y + np.round(rng.normal(.2, 1, (rows, targets)), 3)
    mean = dict(multioutput="uniform_average")
    values = dict(
        mse=m.mean_squared_error(y, p, **mean), rmse=m.root_mean_squared_error(y, p, **mean), mae=m.mean_absolute_error(y, p, **mean),
        median_ae=m.median_absolute_error(y, p, **mean),
        mape=None if zero else m.mean_absolute_percentage_error(y, p, **mean),
        r2=None if constant else m.r2_score(y, p, **mean),
        explained_variance=None if constant else m.explained_variance_score(y, p, **mean),
        max_error=max(m.max_error(y[:, k], p[:, k]) for k in range(targets)))
    return dict(name=name, kind="numbers", width=targets, outputs=p.ravel().tolist(), targets=y.ravel().tolist(), values=values)


def labels(rows, count, name, never=None, absent=None, empty=None):
    """count labels, each there or not; `never`: one never predicted; `absent`: one that no row has; `empty`: neither."""
    y = (rng.random((rows, count)) < rng.uniform(.2, .8, count)).astype(int)
    p = np.round(np.clip(.4 * y + rng.random((rows, count)) * .8 - .1, 0, 1), 3)
    p[p == .5] = .501
    for label in (never, empty):
        if label is not None:
            p[:, label] = np.minimum(p[:, label], .5)
    for label in (absent, empty):
        if label is not None:
            y[:, label] = 0
    predicted = (p > .5).astype(int)
    # A label that neither occurs nor is predicted has no F1: scikit-learn has 0 or 1 for it, nnspec leaves it out of the mean.
    known = [k for k in range(count) if y[:, k].any() or predicted[:, k].any()]
    values = dict(
        accuracy=m.accuracy_score(y, predicted), macro_f1=m.f1_score(y[:, known], predicted[:, known], average="macro", zero_division=0),
        log_loss=float(np.mean([m.log_loss(y[:, k], p[:, k], labels=[0, 1]) for k in range(count)])))
    assert abs(1 - m.hamming_loss(y, predicted) - (y == predicted).mean()) < 1e-15
    return dict(name=name, kind="labels", width=count, outputs=p.ravel().tolist(), targets=y.ravel().tolist(), values=values)


def undefined(kind, width, outputs, known, values, name):
    key = "targets" if kind == "numbers" else "classes"
    return dict(name=name, kind=kind, width=width, outputs=outputs, values=values) | {key: known}


parts = [
    binary(200, .5, "two classes, one output"), binary(150, .05, "a rare second class"), binary(7, .5, "seven rows"),
    classes(120, 2, "two classes, two outputs"), classes(200, 3, "three classes"), classes(200, 6, "six classes, one never predicted", never=4),
    classes(200, 4, "four classes, one without rows", absent=2), classes(200, 12, "twelve classes"),
    numbers(101, 1, "one target, an odd number of rows"), numbers(80, 1, "an even number of rows"), numbers(60, 3, "three targets"),
    numbers(30, 2, "a target of zero", zero=True), numbers(30, 2, "a target that does not vary", constant=True),
    undefined("binary", 1, [.2, .7, .6], [0, 0, 0], dict(
        accuracy=1 / 3, recall=None, precision=0, f1=0, auc_roc=None, average_precision=None, mcc=None, kappa=0), "no row of the second class"),
    undefined("binary", 1, [.2, .3], [0, 1], dict(precision=None, recall=0, f1=0, auc_roc=1, mcc=None, kappa=0), "none predicted as it"),
    undefined("binary", 1, [.2, .3], [0, 0], dict(
        accuracy=1, precision=None, recall=None, f1=None, macro_f1=1, kappa=None, mcc=None), "neither"),
    undefined("binary", 1, [.8, .9], [1, 1], dict(auc_roc=None, average_precision=1, recall=1), "no row of the first class"),
    undefined("numbers", 1, [2.0], [3.0], dict(mse=1, median_ae=1, r2=None, explained_variance=None, mape=1 / 3), "a single row"),
    labels(150, 3, "three labels"), labels(90, 7, "seven labels, one never predicted", never=2),
    labels(60, 4, "four labels, one that no row has", absent=1), labels(40, 3, "three labels, one neither true nor predicted", empty=0),
    labels(1, 2, "two labels of one row"),
]
OUTPUT.write_text(json.dumps(dict(sklearn=sklearn.__version__, numpy=np.__version__, parts=parts), separators=(",", ":")) + "\n")
print(len(parts), "parts", OUTPUT.stat().st_size, "bytes")
