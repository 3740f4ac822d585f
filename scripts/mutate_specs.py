#!/usr/bin/env python3
"""Breaks every spec in specs/ at random and looks how `nnspec check` takes it.

Mutations: swap, drop, duplicate, retype, reindent, truncate, misspell, splice, in lines, tokens and bytes; one to four of them
at once. None may end in a crash, a hang, exit 70, an internal word in a message, an error without a code, the same message twice, or a key
that is silently ignored: every key of an accepted spec has to stand in the same place of what `nnspec render` makes of it.

Usage: scripts/mutate_specs.py COUNT [SEED]     NNSPEC names the binary; otherwise .build/release/nnspec.
Exit 1 with the offending text if something is found. Needs Python 3.8, nothing else.
"""
import json
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[1]
BINARY = str(pathlib.Path(os.environ.get("NNSPEC") or ROOT / ".build/release/nnspec").resolve())
TOKENS = ["true", "no", "null", "~", "1e999", ".nan", "-1", "0", "010", "1_000", "'", '"', "[", "]", "{", "}", ":", ": ", "- ", "&a", "*a", "<<: *a", "!!str ",
          "---\n", "...\n", "#", "|", ">", "%", "@", "\t", "  ", "\r", "\x00", "\xff", "\u2028", "ünï", "😀", "9" * 40, "x-", "extends: iris.yaml\n", "auto", "all",
          "none", "{}", "[]", "? ", "lr: 0.1\n", "dense", "dropout", "softmax", "1.5", "0.2"]
INTERNAL = re.compile(r"internal error|Fatal error|Swift/|\.swift|precondition|Optional\(|nil\b|yaml_|libyaml|Resolved|YAMLNode|SourceRange")


def mutate(text, rng):
    lines = text.split("\n")
    kind = rng.randrange(12)
    at = rng.randrange(len(lines))
    if kind == 0:
        other = rng.randrange(len(lines))
        lines[at], lines[other] = lines[other], lines[at]
    elif kind == 1:
        del lines[at]
    elif kind == 2:
        lines.insert(rng.randrange(len(lines) + 1), lines[at])
    elif kind == 3:
        lines[at] = " " * rng.randrange(6) + lines[at].lstrip()
    elif kind == 4:
        return text[:rng.randrange(len(text) + 1)]
    elif kind == 5:
        lines[at] = re.sub(r"[\w.]+", lambda m: rng.choice(TOKENS) if rng.random() < 0.3 else m[0], lines[at])
    elif kind == 6:
        place = rng.randrange(len(text) + 1)
        return text[:place] + rng.choice(TOKENS) + text[place:]
    elif kind == 7:
        words = re.findall(r"\w+", text)
        if words:
            word = rng.choice(words)
            wrong = list(word)
            i = rng.randrange(len(wrong))
            wrong[i:i + 1] = rng.choice([[], [wrong[i], wrong[i]], [rng.choice("aeioxz_-")], [wrong[i].upper()]])
            return text.replace(word, "".join(wrong), 1)
    elif kind == 8:
        words = list(re.finditer(r"[\w.]+", text))
        if len(words) > 1:
            a, b = sorted(rng.sample(range(len(words)), 2))
            a, b = words[a], words[b]
            return text[:a.start()] + b[0] + text[a.end():b.start()] + a[0] + text[b.end():]
    elif kind == 9:
        start = rng.randrange(len(text) + 1)
        return text[:start] + text[start + rng.randrange(30):]
    elif kind == 10:
        start = rng.randrange(len(text) + 1)
        piece = text[start:start + rng.randrange(60)]
        place = rng.randrange(len(text) + 1)
        return text[:place] + piece + text[place:]
    else:
        place = rng.randrange(len(text) + 1)
        return text[:place] + chr(rng.randrange(1, 256)) + text[place + 1:]
    return "\n".join(lines)


def tree(lines, indent=0):
    """The tree that `plan --emit nodes` prints: dictionaries and lists of its keys, None for scalars."""
    kind = lines.pop(0)[indent:].split("  ")[0]
    margin = " " * (indent + 2)
    if kind == "mapping":
        found = {}
        while lines and lines[0].startswith(margin) and lines[0][indent + 2] != " ":
            key = re.sub(r":  \S+:\d+:\d+$", "", lines.pop(0)[indent + 2:])
            found[json.loads(key) if key.startswith('"') else key] = tree(lines, indent + 4)
        return found
    if kind == "sequence":
        found = []
        while lines and lines[0].startswith(margin) and lines[0][indent + 2] != " ":
            found.append(tree(lines, indent + 2))
        return found
    return None


def ignored(written, rendered, path=""):
    """The path of a key that the rendered spec does not have; None if it has all."""
    if isinstance(written, dict):
        for key, value in written.items():
            if not path and key.startswith("x-"):
                continue
            if not isinstance(rendered, dict) or key not in rendered:
                return f"{path}.{key}"
            found = ignored(value, rendered[key], f"{path}.{key}")
            if found:
                return found
    elif isinstance(written, list):
        for index, value in enumerate(written):
            # [4] may stand for 4.
            if isinstance(rendered, list) and index < len(rendered):
                found = ignored(value, rendered[index], f"{path}[{index}]")
                if found:
                    return found
    return None


def run(*words, cwd):
    return subprocess.run([BINARY, *words], cwd=cwd, stdin=subprocess.DEVNULL, capture_output=True, timeout=10)


def judge(path, folder):
    """What is wrong with how the spec was taken; None if nothing is."""
    try:
        return judged(path, folder)
    except subprocess.TimeoutExpired:
        return "no answer within 10 seconds"


def judged(path, folder):
    done = run("check", path.name, "--json", cwd=folder)
    errors = done.stderr.decode("utf-8", "replace")
    if done.returncode not in (0, 3, 4, 6):
        return f"exit {done.returncode}: {errors}"
    # Words of the spec itself are quoted in messages: look at the messages only.
    words = "\n".join(line for line in errors.splitlines() if line.startswith(("error", "warning", "note")) or " = " in line)
    if INTERNAL.search(re.sub(r"`[^`]*`|\"[^\"]*\"", "", words)):
        return f"an internal word: {errors}"
    if done.returncode != 0:
        if not re.search(r"^error\[E\d{4}\]: ", errors, re.M):
            return f"an error without a code: {errors}"
        told = [(d["file"], d["byteStart"], d["byteEnd"], d["message"]) for d in json.loads(done.stdout)["diagnostics"]]
        if len(set(told)) < len(told):
            return f"the same message twice: {errors}"
        return None
    nodes = run("plan", path.name, "--emit", "nodes", cwd=folder).stdout.decode("utf-8")
    rendered = json.loads(run("render", path.name, "--json", cwd=folder).stdout)
    # splitlines() would split at U+2028 too.
    found = ignored(tree(nodes.rstrip("\n").split("\n")), rendered)
    return f"the key `{found[1:]}` was accepted and is ignored" if found else None


def main():
    if len(sys.argv) not in (2, 3) or not all(word.isascii() and word.isdigit() for word in sys.argv[1:]):
        sys.exit(f"usage: {sys.argv[0]} COUNT [SEED]")
    count = int(sys.argv[1])
    rng = random.Random(int(sys.argv[2]) if len(sys.argv) == 3 else 1)
    specs = sorted((ROOT / "specs").glob("*.yaml"))
    texts = [spec.read_text() for spec in specs]
    outcomes = {}
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        (folder / "data").symlink_to(ROOT / "specs/data")
        for spec, text in zip(specs, texts):
            (folder / spec.name).write_text(text)
        path = folder / "broken.yaml"
        for number in range(count):
            text = texts[number % len(texts)]
            for _ in range(rng.randrange(1, 5)):
                text = mutate(text, rng)
            path.write_bytes(text.encode("utf-8", "surrogatepass") if rng.random() < 0.97 else text.encode("latin-1", "replace"))
            wrong = judge(path, folder)
            if wrong:
                print(f"mutation {number} of {specs[number % len(texts)].name}: {wrong}\n--- the text\n{text}")
                sys.exit(1)
            outcomes[number % len(texts)] = outcomes.get(number % len(texts), 0) + 1
            if number % 10_000 == 9_999:
                print(f"{number + 1} broken specs, nothing found", flush=True)
    print(f"{count} broken specs of {len(specs)}: each was refused with a code or is a right spec")


if __name__ == "__main__":
    main()
