#!/usr/bin/env python3
"""Breaks data files of every format and looks how nnspec takes them.

Whole files of all formats are made first: csv, tsv, jsonl, npy, npz (stored and deflated), idx, sqlite, and those that may be gzipped also so.
nnspec has to read each of them. Then, COUNT times, one of them is changed: bytes overwritten, cut out, doubled or put in, numbers of its
headers replaced by extreme ones, its end cut off. `nnspec check --data` has to read the file or to refuse it with a code, by exit status 0 or 4:
no crash, no exit 70, no hang, no more than 1 GB of memory.

Usage: scripts/fuzz_data.py COUNT|MINUTESm [SEED] [READER]     NNSPEC names the binary; otherwise .build/release/nnspec.
READER is one of csv, tsv, jsonl, npy, npz, idx, sqlite, gz: only files of it are broken.
Exit 1 with a file that shows it if something is found. Needs Python 3.8 and nothing else.
"""
import gzip
import os
import pathlib
import random
import resource
import sqlite3
import struct
import subprocess
import sys
import tempfile
import time
import zipfile
import io

ROOT = pathlib.Path(__file__).resolve().parents[1]
BINARY = str(pathlib.Path(os.environ.get("NNSPEC") or ROOT / ".build/release/nnspec").resolve())
ROWS = 12
EXTREMES = [0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF, 0x7FFFFFFFFFFFFFFF, 0xFFFFFFFFFFFFFFFF]


def npy(code, shape, payload, fortran=False, version=1):
    text = f"{{'descr': '{code}', 'fortran_order': {fortran}, 'shape': {shape}, }}".encode()
    size = 10 if version == 1 else 12
    text += b" " * (-(len(text) + size + 1) % 64) + b"\n"
    return b"\x93NUMPY" + bytes([version, 0]) + struct.pack("<H" if version == 1 else "<I", len(text)) + text + payload


def npz(members, method):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in members:
            archive.writestr(zipfile.ZipInfo(name), data, method)
    return out.getvalue()


def database(folder):
    path = os.path.join(folder, "whole.db")
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE t (a REAL, b INTEGER, y TEXT)")
    connection.executemany("INSERT INTO t VALUES (?, ?, ?)", [(i / 3, i, "pq"[i % 2]) for i in range(ROWS)])
    connection.commit()
    connection.close()
    with open(path, "rb") as file:
        return file.read()


def whole_files(folder):
    """Name, bytes and the inside of the data section."""
    floats = struct.pack(f"<{2 * ROWS}d", *[i / 7 for i in range(2 * ROWS)])
    x, y = npy("<f8", (ROWS, 2), floats), npy("|u1", (ROWS,), bytes(i % 3 for i in range(ROWS)))
    halves = npy(">f2", (ROWS, 2), bytes(range(4 * ROWS)), fortran=True, version=2)
    idx = bytes([0, 0, 8, 3]) + struct.pack(">3I", ROWS, 2, 2) + bytes(range(4 * ROWS))
    csv = "a,b,y\n" + "".join(f'{i / 3},"{i}",{"pq"[i % 2]}\n' for i in range(ROWS))
    lines = "".join(f'{{"a": {i / 3}, "b": "{i}\\u0031", "y": "{"pq"[i % 2]}", "z": [1, {{}}]}}\n' for i in range(ROWS))
    table, arrays = "path: {}, target: y", "inputs: {}, targets: y.npy"
    files = [
        ("t.csv", csv.encode(), table), ("t.tsv", csv.replace(",", "\t").encode(), table),
        ("t.jsonl", lines.encode(), table + ", exclude: [z]"), ("x.npy", x, arrays), ("h.npy", halves, arrays), ("x.idx", idx, arrays),
    ]
    files += [(name + ".gz", gzip.compress(data, mtime=0), data_section) for name, data, data_section in files]
    members = [("x.npy", x), ("y.npy", y)]
    files += [(f"{name}.npz", npz(members, method), "inputs: {}#x, targets: {}#y")
              for name, method in (("stored", zipfile.ZIP_STORED), ("deflated", zipfile.ZIP_DEFLATED))]
    files.append(("t.db", database(folder), "path: {}, query: 'SELECT * FROM t', target: y"))
    with open(os.path.join(folder, "y.npy"), "wb") as file:
        file.write(y)
    return files


def reader(name):
    """Which reader a whole file is for."""
    ending = name.rsplit(".", 1)[1]
    return "sqlite" if ending == "db" else ending


def damaged(data, dice):
    data = bytearray(data)
    for _ in range(dice.choice([1, 1, 1, 2, 3, 8])):
        at = dice.randrange(len(data)) if data else 0
        # Headers are short, and most of what can go wrong is there.
        if dice.random() < 0.5:
            at = min(at, dice.randrange(100))
        kind = dice.randrange(7)
        if kind == 0 and data:
            data[at] ^= 1 << dice.randrange(8)
        elif kind == 1 and data:
            data[at] = dice.randrange(256)
        elif kind == 2:
            del data[at:at + dice.choice([1, 2, 8, 50])]
        elif kind == 3:
            data[at:at] = bytes(dice.randrange(256) for _ in range(dice.choice([1, 4, 30])))
        elif kind == 4:
            size = dice.choice([1, 2, 4, 8])
            data[at:at + size] = (dice.choice(EXTREMES) & (1 << 8 * size) - 1).to_bytes(size, dice.choice(["little", "big"]))
        elif kind == 5:
            del data[at:]
        else:
            data[at:at] = dice.choice([b'"', b",", b"\n", b"\r", b"\0", b"{", b"[[[[", b"\\u", b"9" * 400, b"PK\1\2", b"\xff\xfe", b"nan"])
    return bytes(data)


def limits():
    # Threads reserve addresses that they never touch, so this is far above what is used.
    resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))


def check(folder, name, data, section):
    with open(os.path.join(folder, name), "wb") as file:
        file.write(data)
    with open(os.path.join(folder, "f.yaml"), "w") as file:
        file.write(f"nnspec: 1\ndata: {{{section.format(*[name] * 2)}, split: none}}\nmodel: {{layers: [auto]}}\n")
    try:
        done = subprocess.run([BINARY, "check", "--data", "f.yaml"], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=20,
                              preexec_fn=limits)
    except subprocess.TimeoutExpired:
        return None, "it hangs"
    errors = done.stderr.decode("utf-8", "replace")
    # 3: what the data say about the network. 6: the system has no memory for what the file claims.
    if done.returncode not in (0, 3, 4, 6):
        return None, f"exit {done.returncode}: {errors[-300:]}"
    if done.returncode != 0 and "error[E" not in errors:
        return None, f"exit {done.returncode} without a code: {errors[-300:]}"
    return done.returncode, errors


def main():
    if len(sys.argv) not in (2, 3, 4) or not sys.argv[1].rstrip("m").isdigit():
        sys.exit(__doc__)
    is_time = sys.argv[1].endswith("m")
    limit = int(sys.argv[1].rstrip("m"))
    seed = int(sys.argv[2]) if len(sys.argv) >= 3 else random.randrange(1 << 32)
    wanted = sys.argv[3] if len(sys.argv) == 4 else None
    dice = random.Random(seed)
    end = time.monotonic() + 60 * limit
    with tempfile.TemporaryDirectory() as folder:
        files = [file for file in whole_files(folder) if wanted in (None, reader(file[0]))]
        if not files:
            sys.exit(__doc__)
        for name, data, section in files:
            status, words = check(folder, name, data, section)
            if status != 0:
                sys.exit(f"fuzz_data: {name} is whole, and not read: {words}")
        count, read = 0, 0
        while time.monotonic() < end if is_time else count < limit:
            name, data, section = dice.choice(files)
            broken = damaged(data, dice)
            status, words = check(folder, name, broken, section)
            if words == "it hangs":
                # Twice, or the machine only stood still for a while.
                status, words = check(folder, name, broken, section)
            if status is None:
                kept = pathlib.Path(tempfile.gettempdir()) / f"fuzz_data-{seed}-{count}-{name}"
                kept.write_bytes(broken)
                sys.exit(f"fuzz_data: seed {seed}, file {count}: {words}\n  the file is kept as {kept}, the data section is {{{section.format(*[name] * 2)}}}")
            count += 1
            read += status == 0
    kind = f" for {wanted}" if wanted else ""
    print(f"fuzz_data: {count} broken data files{kind} (seed {seed}), {read} of them still right, the others refused")


if __name__ == "__main__":
    main()
