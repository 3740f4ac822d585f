"""Metrics with `sample_weight` by scikit-learn in float64, for nnspec to reproduce.

Weights of many sizes, some of them 0, whole numbers whose halves are met exactly (weighted medians), and all 1. Where nnspec says "undefined" the
fixture says null.

Writes Tests/Fixtures/weighted_metrics.json. Needs numpy and scikit-learn.
Usage: python3 scripts/reference/weighted_metrics.py [OUTPUT]
"""
import json
import pathlib
import sys
import warnings

import numpy as np
import sklearn
from sklearn import metrics as m
from sklearn.utils.class_weight import compute_class_weight

ROOT = pathlib.Path(__file__).resolve().parents[2]
OUTPUT = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "Tests/Fixtures/weighted_metrics.json"
warnings.simplefilter("ignore")
rng = np.random.default_rng(5)


def drawn(rows, kind):
    if kind == "ones":
        return np.ones(rows)
    if kind == "whole":
        return rng.integers(0, 4, rows).astype(float)
    weights = np.round(rng.random(rows) ** 3 * 7, 4)
    weights[rng.random(rows) < .1] = 0
    return weights


def counted(y, predicted, w):
    result = dict(
        accuracy=m.accuracy_score(y, predicted, sample_weight=w), balanced_accuracy=m.balanced_accuracy_score(y, predicted, sample_weight=w),
        mcc=m.matthews_corrcoef(y, predicted, sample_weight=w), kappa=m.cohen_kappa_score(y, predicted, sample_weight=w))
    for average in ("macro", "micro", "weighted"):
        for name, function in (("f1", m.f1_score), ("precision", m.precision_score), ("recall", m.recall_score)):
            result[f"{average}_{name}"] = function(y, predicted, average=average, zero_division=0, sample_weight=w)
    return result


def binary(rows, share, kind, name):
    y = (rng.random(rows) < share).astype(int)
    y[:2] = 0, 1
    w = drawn(rows, kind)
    w[:2] = 1, 2
    p = np.round(np.clip(.5 * y + rng.random(rows) * .7 - .1, 0, 1), 2)
    predicted = (p > .5).astype(int)
    values = counted(y, predicted, w)
    values |= dict(
        precision=m.precision_score(y, predicted, sample_weight=w), recall=m.recall_score(y, predicted, sample_weight=w),
        f1=m.f1_score(y, predicted, sample_weight=w), auc_roc=m.roc_auc_score(y, p, sample_weight=w),
        average_precision=m.average_precision_score(y, p, sample_weight=w), log_loss=m.log_loss(y, p, sample_weight=w),
        brier=m.brier_score_loss(y, p, sample_weight=w))
    return dict(name=name, kind="binary", width=1, outputs=p.tolist(), weights=w.tolist(), classes=y.tolist(), values=values)


def classes(rows, count, kind, name, never=None):
    y = rng.integers(0, count, rows)
    y[:count] = range(count)
    w = drawn(rows, kind)
    w[:count] = 1.5
    outputs = np.round(rng.random((rows, count)) ** 2, 2) + 1e-3
    outputs[np.arange(rows), y] += .3 * (rng.random(rows) < .7)
    if never is not None:
        outputs[:, never] = 1e-3
    p = outputs / outputs.sum(1, keepdims=True)
    predicted = p.argmax(1)
    values = counted(y, predicted, w)
    own = [((y == k).astype(int), p[:, k]) for k in (range(count) if count > 2 else [1])]
    values["auc_roc"] = float(np.mean([m.roc_auc_score(a, b, sample_weight=w) for a, b in own]))
    values["average_precision"] = float(np.mean([m.average_precision_score(a, b, sample_weight=w) for a, b in own]))
    if count > 2:
        assert abs(values["auc_roc"] - m.roc_auc_score(y, p, multi_class="ovr", sample_weight=w)) < 1e-13
        assert abs(values["average_precision"] - m.average_precision_score(y, p, sample_weight=w)) < 1e-13
    values["log_loss"] = m.log_loss(y, p, labels=range(count), sample_weight=w)
    values["brier"] = m.brier_score_loss(y, p, labels=list(range(count)), sample_weight=w)
    for k in (2, 3, 5, 10):
        if k < count:
            values[f"top_{k}_accuracy"] = m.top_k_accuracy_score(
                y, p + np.arange(count) * -1e-13, k=k, labels=range(count), sample_weight=w)
    balanced = compute_class_weight("balanced", classes=np.arange(count), y=y, sample_weight=w)
    return dict(
        name=name, kind="classes", width=count, outputs=p.ravel().tolist(), weights=w.tolist(), classes=y.tolist(), values=values,
        balanced=balanced.tolist())


def labels(rows, count, kind, name):
    y = (rng.random((rows, count)) < .4).astype(int)
    w = drawn(rows, kind)
    p = np.round(np.clip(.4 * y + rng.random((rows, count)) * .7 - .05, 0, 1), 3)
    predicted = (p > .5).astype(int)
    values = dict(
        accuracy=m.accuracy_score(y, predicted, sample_weight=w), macro_f1=m.f1_score(y, predicted, average="macro", sample_weight=w),
        log_loss=float(np.mean([m.log_loss(y[:, k], p[:, k], sample_weight=w) for k in range(count)])))
    return dict(name=name, kind="labels", width=count, outputs=p.ravel().tolist(), weights=w.tolist(), targets=y.ravel().tolist(), values=values)


def numbers(rows, targets, kind, name, zero=False):
    y = np.round(rng.normal(3, 2, (rows, targets)), 3)
    y[y == 0] = .5
    w = drawn(rows, kind)
    w[:2] = 2, 3
    if zero:
        # A target of 0 in a row that weighs nothing: scikit-learn divides by the smallest number, and multiplies by 0.
        y[5, 0], w[5] = 0, 0
    p = y + np.round(rng.normal(.2, 1, (rows, targets)), 1)
    mean = dict(multioutput="uniform_average", sample_weight=w)
    values = dict(
        mse=m.mean_squared_error(y, p, **mean), rmse=m.root_mean_squared_error(y, p, **mean), mae=m.mean_absolute_error(y, p, **mean),
        median_ae=m.median_absolute_error(y, p, **mean), mape=m.mean_absolute_percentage_error(y, p, **mean), r2=m.r2_score(y, p, **mean),
        explained_variance=m.explained_variance_score(y, p, **mean), max_error=max(m.max_error(y[:, k], p[:, k]) for k in range(targets)))
    return dict(name=name, kind="numbers", width=targets, outputs=p.ravel().tolist(), weights=w.tolist(), targets=y.ravel().tolist(), values=values)


def small(errors, w, name):
    """A median by hand: targets 0, so that errors are the predictions."""
    y, p = np.zeros(len(errors)), np.array(errors, float)
    return dict(
        name=name, kind="numbers", width=1, outputs=p.tolist(), weights=[float(x) for x in w], targets=y.tolist(),
        values=dict(median_ae=m.median_absolute_error(y, p, sample_weight=w), mape=None, r2=None))


parts = [
    binary(200, .5, "any", "two classes, one output"), binary(150, .05, "any", "a rare second class"), binary(90, .4, "whole", "whole weights"),
    classes(120, 2, "any", "two classes, two outputs"), classes(200, 4, "any", "four classes"),
    classes(180, 6, "whole", "six classes, one never predicted", never=4), classes(200, 12, "any", "twelve classes"),
    classes(60, 3, "ones", "three classes, all 1"), labels(80, 3, "any", "three labels"), labels(40, 2, "whole", "two labels"),
    numbers(101, 1, "any", "one target"), numbers(60, 3, "whole", "three targets"), numbers(80, 2, "ones", "two targets, all 1"),
    numbers(50, 1, "any", "a zero that weighs nothing", zero=True),
    small([1, 2, 3, 4], [1, 1, 1, 1], "median of four"), small([1, 2, 3, 4], [3, 1, 1, 1], "half at the first"),
    small([4, 1, 9, 2], [2, 0, 0, 2], "a gap of nothing in the middle"), small([5, 7], [1, 0], "nothing behind"),
    small([3, 8, 1], [1, 5, 1], "a heavy one"),
]
OUTPUT.write_text(json.dumps(dict(sklearn=sklearn.__version__, numpy=np.__version__, parts=parts), separators=(",", ":")) + "\n")
print(len(parts), "parts", OUTPUT.stat().st_size, "bytes")
