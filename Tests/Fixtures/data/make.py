"""Writes the array fixtures of this folder with NumPy, zipfile and gzip, and what NumPy reads in them, bit for bit.

    python3 make.py        # needs numpy; run it in this folder

Every kind of number, in both byte orders and both orders of the indices, is one array of 3 x 2 x 2 in stored.npz and in deflated.npz.
expected.json holds for each the values as float64 in C order, as hexadecimal bit patterns, and its first column as the texts of labels.
"""
import gzip
import json
import struct
import zipfile

import numpy as np

EDGES = {
    "bool": [0, 1, 1, 0], "u1": [0, 1, 127, 255], "i1": [-128, -1, 0, 127], "u2": [0, 1, 65535, 32768], "i2": [-32768, -1, 0, 32767],
    "u4": [0, 1, 2**32 - 1, 2**31], "i4": [-(2**31), -1, 0, 2**31 - 1],
    "u8": [0, 2**53 + 1, 2**64 - 1, 2**63], "i8": [-(2**63), -(2**53) - 1, 2**53 + 1, 2**63 - 1],
    "f2": [0.0, -0.0, 6e-8, 65504.0], "f4": [0.1, -1.5e-45, 3.4028235e38, 16777217.0], "f8": [0.1, -5e-324, 1e308, 9007199254740993.0],
}


def array(kind):
    edges = EDGES[kind]
    values = [edges[(5 * i + i // 4) % len(edges)] for i in range(12)]
    return np.array(values, dtype=kind).reshape(3, 2, 2)


def label(value):
    if value.dtype.kind in "iub":
        return str(int(value))
    if value == np.trunc(value) and abs(value) <= 2**53:
        return str(int(value))
    return None


def npy(values):
    import io
    out = io.BytesIO()
    np.lib.format.write_array(out, values, allow_pickle=True)
    return out.getvalue()


expected = {}
members = {"y": npy(np.arange(3.0))}
for kind in EDGES:
    for order in ("<", ">"):
        for layout in ("C", "F"):
            values = array(kind)
            stored = np.asarray(values, dtype=values.dtype if kind == "bool" else np.dtype(order + kind), order=layout)
            name = f"{kind}_{'little' if order == '<' else 'big'}_{layout}"
            members[name] = npy(stored)
            wide = values.astype(np.float64).ravel()
            labels = [label(v) for v in values[:, 0, 0]]
            expected[name] = {"bits": [f"{struct.unpack('<Q', struct.pack('<d', v))[0]:016x}" for v in wide], "labels": labels}
members["objects"] = npy(np.array([1, "two"], dtype=object))
members["texts"] = npy(np.array(["lily", "rose"]))
members["empty"] = npy(np.zeros((0, 4)))
members["scalar"] = npy(np.array(3.0))
for file, method in (("stored.npz", zipfile.ZIP_STORED), ("deflated.npz", zipfile.ZIP_DEFLATED)):
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, data in members.items():
            info = zipfile.ZipInfo(name + ".npy", (1980, 1, 1, 0, 0, 0))
            info.compress_type = method
            with archive.open(info, "w", force_zip64=file == "stored.npz") as member:
                member.write(data)

codes = {"u1": 0x08, "i1": 0x09, "i2": 0x0B, "i4": 0x0C, "f4": 0x0D, "f8": 0x0E}
for kind, code in codes.items():
    data = bytes([0, 0, code, 3]) + struct.pack(">3I", 3, 2, 2) + array(kind).astype(">" + kind).tobytes()
    with open(f"{kind}.idx", "wb") as file:
        file.write(data)
    with open(f"{kind}.idx.gz", "wb") as file:
        file.write(gzip.compress(data, mtime=0))
with open("expected.json", "w") as file:
    json.dump(expected, file, indent=0)
    file.write("\n")

import os
import sqlite3

if os.path.exists("flowers.db"):
    os.remove("flowers.db")
database = sqlite3.connect("flowers.db")
database.execute("PRAGMA page_size = 512")
database.execute("CREATE TABLE flowers (a, b TEXT, kind TEXT, id INTEGER, photo BLOB)")
rows = [(1, "x", "red", 2**53 + 1, b"\0"), (2.5, "y", "blue", 2**53, b"\1"), (-40.0, "x", "red", 2**53 + 1, None), (1e-7, 'z"q', "blue", None, None),
        (None, "x", "red", None, None)]
database.executemany("INSERT INTO flowers VALUES (?, ?, ?, ?, ?)", rows)
database.commit()
database.close()
