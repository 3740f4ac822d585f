"""Scaling and encoding by scikit-learn in float64, for nnspec to reproduce.

Columns are drawn so that quartiles fall between values, on values and on many equal ones; some have outliers, some no spread. Every number is
written with a few decimals, so that a CSV file holds exactly what scikit-learn was given.

Writes Tests/Fixtures/preprocessing.json. Needs numpy and scikit-learn.
Usage: python3 scripts/reference/preprocessing.py [OUTPUT]
"""
import json
import pathlib
import sys

import numpy as np
import sklearn
from sklearn.preprocessing import MinMaxScaler, OneHotEncoder, OrdinalEncoder, RobustScaler, StandardScaler

ROOT = pathlib.Path(__file__).resolve().parents[2]
OUTPUT = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "Tests/Fixtures/preprocessing.json"
rng = np.random.default_rng(23)

columns = {
    "four rows": [1, 2, 4, 8], "five rows": [3, -1, 7.5, 2, 100], "one row": [2.5], "two rows": [1, 2], "no spread": [5, 5, 5, 5],
    "half alike": [5, 5, 5, 5, 8, 5, -3], "many ties": rng.integers(0, 4, 101).tolist(),
    "normal": np.round(rng.normal(10, 3, 200), 3).tolist(), "heavy tails": np.round(rng.standard_t(1.5, 149) * 10, 2).tolist(),
    "large numbers": np.round(rng.normal(1e6, 5, 50), 1).tolist(), "negative": np.round(-rng.exponential(4, 67), 3).tolist(),
}
scalers = {"zscore": StandardScaler, "minmax": MinMaxScaler, "robust": RobustScaler}


def scaled(values):
    column = np.array(values, dtype=float)[:, None]
    return {name: scaler().fit_transform(column)[:, 0].tolist() for name, scaler in scalers.items()}


texts = {
    "words": ["red", "blue", "Red", "green", "blue", "a b", "red"], "accents": ["\u00e9", "e", "z", "\u00e9", "\U0001f600", "\uff5a"],
    "one": ["x", "x"], "digits among words": ["10", "9", "x", "9", "100"],
}
numbers = {"whole numbers": [10, 9, 2, 100, 9], "decimals": [0.5, -1.25, 3, 0.5, -10]}


def encoded(values, as_numbers):
    column = np.array(values, dtype=float if as_numbers else object)[:, None]
    ordinal = OrdinalEncoder()
    places = ordinal.fit_transform(column)[:, 0].tolist()
    hot = OneHotEncoder(sparse_output=False).fit_transform(column)
    return dict(places=places, one_hot=hot.ravel().tolist(), count=len(ordinal.categories_[0]))


document = dict(
    sklearn=sklearn.__version__, numpy=np.__version__,
    scaled=[dict(name=name, values=values, results=scaled(values)) for name, values in columns.items()],
    encoded=[dict(name=name, values=values, **encoded(values, False)) for name, values in texts.items()]
    + [dict(name=name, values=[f"{v:g}" for v in values], **encoded(values, True)) for name, values in numbers.items()])
OUTPUT.write_text(json.dumps(document, separators=(",", ":")) + "\n")
print(len(document["scaled"]), "scaled and", len(document["encoded"]), "encoded columns,", OUTPUT.stat().st_size, "bytes")
