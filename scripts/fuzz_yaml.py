#!/usr/bin/env python3
"""Writes random trees as YAML in every style it has and looks whether nnspec reads the same trees, each node at its place.

Two games, by turns:
- trees: mappings, lists and scalars, written plain, quoted, literal and folded, in blocks and in flow, with anchors, aliases, comments, odd
  indentation and all of Unicode, a hundred to a file. `nnspec plan --emit nodes` has to print exactly the tree that was written.
- damage: such a file with a few characters changed. It has to be read or refused with a code and a place, without a crash, exit 70 or a
  hang; and what both nnspec and PyYAML (or ruamel.yaml) read has to be the same tree.

Usage: scripts/fuzz_yaml.py COUNT|MINUTESm [SEED]     NNSPEC names the binary; otherwise .build/release/nnspec.
Exit 1 with a file that shows it if something is found. Needs Python 3.8; PyYAML or ruamel.yaml is asked for its opinion if it is there.
"""
import json
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[1]
BINARY = str(pathlib.Path(os.environ.get("NNSPEC") or ROOT / ".build/release/nnspec").resolve())
HEAD = "nnspec: 1\ndata: {path: a.csv, target: y}\nmodel: {layers: [auto]}\n"
HEAD_NODES = """mapping  f.yaml:{0}:1
  nnspec:  f.yaml:{0}:1
    scalar 1  f.yaml:{0}:9
  data:  f.yaml:{1}:1
    mapping  f.yaml:{1}:7
      path:  f.yaml:{1}:8
        scalar a.csv  f.yaml:{1}:14
      target:  f.yaml:{1}:21
        scalar y  f.yaml:{1}:29
  model:  f.yaml:{2}:1
    mapping  f.yaml:{2}:8
      layers:  f.yaml:{2}:9
        sequence  f.yaml:{2}:17
          scalar auto  f.yaml:{2}:18
"""
WORDS = ["a", "b", "key", "layers", "0", "1", "-1", "+1", "010", "1e-3", ".5", "1_000", "0x1F", "0o17", ".inf", "-.Inf", ".nan", "true", "True", "no", "off", "y",
         "null", "Null", "~", "=", "<", "2001-01-01", "1:30", "http://x.y/z?a=b#c", "a:b", "a#b", "-a", "?a", ":a", "a-b", "a'b", 'a"b', "a\\b", "a\\nb", "x, y", "[a]",
         "{a: b}", "&a", "*a", "!!str a", "!a", "|", ">", "%a", "@a", "`a`", "# a", "a # b", "a: b", "- a", "? a", ": a", "---", "...", "--- a", "a:", "''", '""', "'", '"',
         "ä", "é", "e\u0301", "名前", "한국어", "😀", "👨‍👩‍👧", "\U0001f1e9\U0001f1ea", "\u00a0", "\u3000", "ﷺ", "ا", "\u200d", "\U0010fffd", "\ud7ff", "\ue000"]
SPACES = [" ", " ", " ", "  ", "\t", "\n", "\n\n", "\n \n", " \n"]
CONTROLS = ["\x00", "\x01", "\x07", "\x1b", "\x7f", "\x85", "\u2028", "\u2029", "\ufeff", "\r"]


class Scalar:
    def __init__(self, text, plain):
        self.text, self.plain, self.at, self.is_empty = text, plain, None, False


class Branch:
    """A list, or a mapping whose items are pairs."""

    def __init__(self, items, is_mapping):
        self.items, self.is_mapping, self.at = items, is_mapping, None


def has(text, characters):
    return any(c in characters for c in text)


def is_printable(text):
    return not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\ufffe\uffff\u2028\u2029]", text)


class Writer:
    """Invents a tree and writes it; offsets count code points of the text so far."""

    def __init__(self, rng):
        self.rng = rng
        self.parts = []
        self.length = 0
        self.anchors = []
        self.names = 0

    def put(self, text):
        self.parts.append(text)
        self.length += len(text)

    def chance(self, p):
        return self.rng.random() < p

    # Texts.

    def text(self):
        rng = self.rng
        if self.chance(0.03):
            return ""
        if self.chance(0.5):
            return rng.choice(WORDS)
        words = [rng.choice(WORDS + CONTROLS) if self.chance(0.1) else rng.choice(WORDS) for _ in range(rng.randrange(1, 8))]
        text = words[0]
        for word in words[1:]:
            text += rng.choice(SPACES) + word
        if self.chance(0.1):
            text = rng.choice(SPACES) + text
        if self.chance(0.1):
            text += rng.choice(SPACES)
        return text * 20 if self.chance(0.02) else text

    def can_be_plain(self, text, in_flow, is_key):
        if not text or text != text.strip(" \t\n") or not is_printable(text) or "\t" in text:
            return False
        if has(text[0], "#&*!|>'\"%@`,[]{}"):
            return False
        if has(text[0], "-?:") and (len(text) == 1 or not text[1].isalnum()):
            return False
        if text[0] in "-?:" and in_flow:
            return False
        if re.search(r":(\s|$)|\s#", text) or text.startswith(("---", "...")):
            return False
        # A folded text may begin a line with any of its words.
        if re.search(r"[\s](---|\.\.\.)", text):
            return False
        if in_flow and (has(text, ",[]{}?") or re.search(r":[^\w]", text)):
            return False
        return not (is_key and ("\n" in text or len(text) > 100))

    # Scalars.

    def fold(self, text, indent, quote):
        """Single blanks may become line ends, and line ends become empty lines."""
        lines = []
        pieces = re.split(r"(\n+| )", text)
        result = ""
        for i, piece in enumerate(pieces):
            before = result[-1:]
            after = pieces[i + 1][:1] if i + 1 < len(pieces) else ""
            if piece.startswith("\n"):
                result += "\n" * (len(piece) + 1) + " " * indent
            elif piece == " " and before not in ("", " ", "\t", "\n") and after not in ("", " ", "\t", "\n") and after != "#" and self.chance(0.15):
                result += "\n" + " " * (indent + self.rng.randrange(3))
            else:
                result += piece
        return result

    def can_fold(self, text):
        """No blanks beside line ends, which would be lost, and none at the ends of the text."""
        return not re.search(r"[ \t]\n|\n[ \t]", text) and text == text.strip("\n")

    def double_quoted(self, text, indent, can_break):
        out = '"'
        names = {"\x00": "\\0", "\x07": "\\a", "\x08": "\\b", "\t": "\\t", "\n": "\\n", "\x0b": "\\v", "\x0c": "\\f", "\r": "\\r", "\x1b": "\\e", '"': '\\"', "\\": "\\\\",
                 "\x85": "\\N", "\u00a0": "\\_", "\u2028": "\\L", "\u2029": "\\P"}
        for i, c in enumerate(text):
            must = c in names and c not in "\t\u00a0" or not is_printable(c)
            if must or self.chance(0.05):
                if c in names and self.chance(0.7):
                    out += names[c]
                elif ord(c) < 256 and self.chance(0.5):
                    out += f"\\x{ord(c):02x}"
                elif ord(c) < 65536 and self.chance(0.8):
                    out += f"\\u{ord(c):04X}"
                else:
                    out += f"\\U{ord(c):08x}"
            else:
                out += c
            # An escaped line end is nothing; blanks at the start of the next line would not be read.
            if can_break and self.chance(0.03) and i + 1 < len(text) and text[i + 1] not in " \t":
                out += "\\\n" + " " * indent
        return out + '"'

    def block_text(self, scalar, indent):
        """Literal or folded; False if the text cannot be one."""
        text = scalar.text
        if not text or not is_printable(text) or not text.strip("\n \t"):
            return False
        is_folded = self.chance(0.5)
        body = text.rstrip("\n")
        ends = len(text) - len(body)
        lines = body.split("\n")
        if any(line != line.rstrip(" \t") and not line.strip(" \t") for line in lines) or lines[0].startswith("\t"):
            return False
        if is_folded and any(line[:1] in (" ", "\t") for line in lines):
            return False
        step = self.rng.randrange(1, 5)
        header = ">" if is_folded else "|"
        first = next((line for line in lines if line), "")
        needs_indent = lines[0][:1] == " " or (lines[0] == "" and first[:1] == " ")
        marks = ["-" if ends == 0 else "" if ends == 1 else "+"]
        if needs_indent or self.chance(0.1):
            if indent + step - self.parent > 9 or self.parent < 0:
                return False
            marks.append(str(indent + step - self.parent))
        self.rng.shuffle(marks)
        self.put(header + "".join(marks) + (" # note" if self.chance(0.1) else "") + "\n")
        margin = " " * (indent + step)
        if is_folded:
            # A line end is an empty line more, and blanks may become line ends.
            out = []
            for line in lines:
                out.append(line)
            shown = []
            for i, line in enumerate(out):
                pieces = line.split(" ")
                folded = pieces[0]
                for piece in pieces[1:]:
                    can = folded and folded[-1] not in " \t" and piece and piece[0] not in " \t"
                    folded += ("\n" + margin if can and self.chance(0.1) else " ") + piece
                shown.append(folded)
            written = ""
            for i, line in enumerate(shown):
                if i == 0:
                    written += margin + line if line else ""
                else:
                    # The line end of a line with ink before another one with ink is folded to a blank, unless an empty line follows.
                    both = shown[i - 1] and line
                    written += ("\n\n" if both else "\n") + (margin + line if line else "")
            if re.search(r"(^|\n)\n", body) and any(not line for line in lines):
                written = self.folded_lines(lines, margin)
            self.put(written + "\n" * max(ends, 1))
        else:
            self.put("\n".join(margin + line if line else "" for line in lines) + "\n" * max(ends, 1))
        self.at_line_start = True
        return True

    def folded_lines(self, lines, margin):
        """Lines of a folded text with empty ones among them: n line ends between two lines with ink are written as n + 1."""
        out, pending, seen = "", 0, False
        for line in lines:
            if not line:
                pending += 1
                continue
            if seen:
                out += "\n" * (pending + 2)
            else:
                out += "\n" * pending
            out += margin + line
            seen, pending = True, 0
        return out

    def scalar(self, indent, in_flow, is_key):
        """A scalar at the place that has been reached; indent is what its further lines are written under."""
        rng = self.rng
        text = self.key_text() if is_key else self.text()
        styles = ["plain"] * 3 + ["single", "double"] + ([] if in_flow or is_key else ["block"])
        rng.shuffle(styles)
        for style in styles:
            node = Scalar(text, style == "plain")
            start = self.length
            if style == "plain" and self.can_be_plain(text, in_flow, is_key) and (is_key or self.can_fold(text)):
                self.put(text if is_key else self.fold(text, indent, None))
            elif style == "single" and is_printable(text) and (not is_key or "\n" not in text) and self.can_fold(text):
                self.put("'" + (text if is_key else self.fold(text, indent, "'")).replace("'", "''") + "'")
            elif style == "double":
                self.put(self.double_quoted(text, indent, not is_key))
            elif style == "block" and self.block_text(node, indent):
                pass
            else:
                continue
            node.at = start
            return node
        node = Scalar(text, False)
        node.at = self.length
        self.put(self.double_quoted(text, indent, False))
        return node

    def key_text(self):
        for _ in range(20):
            text = self.text()
            if len(text) < 100 and text != "<<":
                break
        else:
            text = "k"
        return text

    def key(self, indent, in_flow, seen):
        """A key that the mapping does not have yet. Equal as people see it counts as equal."""
        import unicodedata
        while True:
            mark = len(self.parts), self.length
            node = self.scalar(indent, in_flow, True)
            form = unicodedata.normalize("NFC", node.text)
            if form not in seen and node.text != "<<":
                seen.add(form)
                return node
            del self.parts[mark[0]:]
            self.length = mark[1]

    # Branches.

    def blank(self):
        """What may stand between two tokens of a line in flow."""
        return self.rng.choice(["", "", "", " ", "  ", "\t"])

    def flow_gap(self, indent):
        if self.chance(0.1):
            self.put((" # c\n" if self.chance(0.3) else "\n") + " " * (indent + self.rng.randrange(3)))
        else:
            self.put(self.blank())

    def properties(self, indent, in_flow):
        """An anchor now and then; its name, or None."""
        if not self.chance(0.06):
            return None
        self.names += 1
        name = f"n{self.names}" + self.rng.choice(["", "-x", "_y"])
        self.put("&" + name)
        return name

    def alias(self):
        if not self.anchors or not self.chance(0.08):
            return None
        name, node, size = self.rng.choice(self.anchors)
        self.size += size
        if self.size > 60000:
            return None
        self.put("*" + name)
        return node

    def flow(self, depth, indent, is_first=False):
        """A node in flow; the first one has had its anchor."""
        found = None if is_first else self.alias()
        if found:
            # Else a colon or a comma behind it would be part of the name.
            self.put(" ")
            return found
        before = self.size
        name = None if is_first else self.properties(indent, True)
        if name:
            self.put(" ")
        if depth > 4 or self.chance(0.6):
            node = self.scalar(indent, True, False)
            self.size += 1
        else:
            is_mapping = self.chance(0.5)
            node = Branch([], is_mapping)
            node.at = self.length
            self.put("{" if is_mapping else "[")
            seen = set()
            for _ in range(self.rng.randrange(4)):
                self.flow_gap(indent)
                if is_mapping:
                    key = self.key(indent, True, seen)
                    self.put(self.blank() + ":")
                    # Behind a quote the colon needs no blank.
                    self.put(" " if key.plain or self.chance(0.7) else "")
                    if self.chance(0.05):
                        value = Scalar("", True)
                        value.is_empty = True
                        self.put(" ")
                    else:
                        self.flow_gap(indent)
                        value = self.flow(depth + 1, indent)
                    node.items.append((key, value))
                else:
                    node.items.append(self.flow(depth + 1, indent))
                self.flow_gap(indent)
                self.put(",")
            self.flow_gap(indent)
            self.put("}" if is_mapping else "]")
            self.size += 1 + 2 * len(node.items)
        if name:
            self.anchors.append((name, node, self.size - before))
        return node

    def end_line(self, mark=":"):
        if self.at_line_start:
            # Behind a literal text whatever is indented belongs to it.
            self.at_line_start = False
            return
        self.put(self.rng.choice(["", "", "", " ", "\t" if mark == ":" else "", " # comment", "  #", " # ä: {[ 😀"]) + "\n")
        if self.chance(0.05):
            self.put(self.rng.choice(["\n", "# c\n", "   # c: d\n", "\n\n"]))

    def value(self, depth, indent, mark=":"):
        """What follows `key:` or `- `: a node on the same line or on the next ones, and the end of its line. The parent stands at indent."""
        self.size += 1
        if self.chance(0.04):
            node = Scalar("", True)
            node.is_empty = True
            self.end_line(mark)
            return node
        # libyaml wants no tab behind a dash.
        self.put(self.rng.choice([" ", " ", "  ", "\t" if mark == ":" else " "]))
        found = self.alias()
        if found:
            self.end_line()
            return found
        before = self.size
        name = self.properties(indent, False)
        kind = self.rng.random()
        self.parent = indent
        if depth > 5 or kind < 0.45:
            if name:
                self.put(" ")
            # A scalar may begin on the next line.
            if self.chance(0.08):
                self.put("\n" + " " * (indent + 1 + self.rng.randrange(3)))
            node = self.scalar(indent + 1, False, False)
            self.end_line()
        elif kind < 0.65:
            if name:
                self.put(" ")
            node = self.flow(depth + 1, indent + 1, is_first=True)
            self.end_line()
        else:
            self.end_line(mark)
            node = self.block(depth + 1, indent + self.rng.randrange(1, 5))
        if name:
            self.anchors.append((name, node, self.size - before))
        return node

    def block(self, depth, column, has_begun=False):
        """A list or a mapping in a block whose entries begin at a column; the line before it has been ended."""
        is_mapping = self.chance(0.6)
        node = Branch([], is_mapping)
        seen = set()
        for index in range(self.rng.randrange(1, 5)):
            if index > 0 or not has_begun:
                self.put(" " * column)
            if node.at is None:
                node.at = self.length
            if is_mapping:
                is_explicit = self.chance(0.03)
                if is_explicit:
                    self.put("? ")
                    key = self.key(column + 2, False, seen)
                    self.put("\n" + " " * column + ":")
                else:
                    key = self.key(column + 1, False, seen)
                    self.put(self.rng.choice([":", ":", ":", " :"]))
                node.items.append((key, self.value(depth, column, "-" if is_explicit else ":")))
            else:
                self.put("-")
                if depth < 5 and self.chance(0.2):
                    # A collection may begin behind the dash.
                    width = self.rng.randrange(1, 4)
                    self.put(" " * width)
                    node.items.append(self.block(depth + 1, column + 1 + width, has_begun=True))
                else:
                    node.items.append(self.value(depth, column, "-"))
        return node

    def file(self, count):
        """A whole spec with some trees in it: text and the dump that is expected."""
        rng = self.rng
        lead = rng.choice(["", "", "", "# c\n", "---\n", "%YAML 1.2\n---\n", "\n\n"])
        bom = rng.choice(["", "", "", "\ufeff"])
        self.put(lead + HEAD)
        trees = []
        for index in range(count):
            self.size = 0
            at = self.length
            self.at_line_start = False
            self.put(f"x-{index}:")
            trees.append((at, self.value(0, 0)))
        self.put(rng.choice(["", "", "...\n", "# end\n"]))
        text = "".join(self.parts)
        return bom + text, self.dump(text, lead.count("\n") + 1, trees)

    def dump(self, text, line, trees):
        starts = [0] + [m.end() for m in re.finditer("\n", text)]
        import bisect

        def place(offset):
            found = bisect.bisect_right(starts, offset)
            return f"f.yaml:{found}:{offset - starts[found - 1] + 1}"

        lines = []

        def walk(node, indent):
            margin = "  " * indent
            if isinstance(node, Scalar):
                lines.append(f"{margin}scalar {shown(node)}  {'*' if node.is_empty else place(node.at)}")
            elif node.is_mapping:
                lines.append(f"{margin}mapping  {place(node.at)}")
                for key, value in node.items:
                    lines.append(f"{margin}  {shown(key)}:  {place(key.at)}")
                    walk(value, indent + 2)
            else:
                lines.append(f"{margin}sequence  {place(node.at)}")
                for item in node.items:
                    walk(item, indent + 1)

        for index, (at, node) in enumerate(trees):
            lines.append(f"  x-{index}:  {place(at)}")
            walk(node, 2)
        return HEAD_NODES.format(line, line + 1, line + 2) + "".join(entry + "\n" for entry in lines)


def shown(node):
    """A scalar as `plan --emit nodes` prints it."""
    if node.plain and "\n" not in node.text and not node.text.startswith('plain "'):
        return node.text
    return ("plain " if node.plain else "") + quoted(node.text)


def quoted(text):
    out = '"'
    for c in text:
        if c in '"\\':
            out += "\\" + c
        elif c in "\n\r\t":
            out += {"\n": "\\n", "\r": "\\r", "\t": "\\t"}[c]
        elif ord(c) < 32 or 0x7F <= ord(c) < 0xA0:
            out += f"\\u{ord(c):04x}"
        else:
            out += c
    return out + '"'


def without_places(dump, empties_only=False):
    """Lines without their places; of empty plain scalars only, where those of the others are compared."""
    pattern = r"^( *scalar )  \S+$" if empties_only else r"  (f\.yaml:\d+:\d+|\*)$"
    return re.sub(pattern, r"\1  *" if empties_only else "", dump, flags=re.M)


# Other opinions.

def opinions():
    found = []
    try:
        import yaml

        def compose(text):
            return yaml.compose(text, Loader=yaml.SafeLoader)
        found.append(("PyYAML", compose, Exception))
    except ImportError:
        pass
    try:
        from ruamel.yaml import YAML

        def compose_1_2(text):
            reader = YAML(pure=True)
            reader.allow_duplicate_keys = True
            return reader.compose(text)
        found.append(("ruamel.yaml", compose_1_2, Exception))
    except ImportError:
        pass
    return found


def dump_of(node, indent=0):
    """The tree of another reader in the form of our dump, without places."""
    margin = "  " * indent
    kind = type(node).__name__
    if kind == "ScalarNode":
        text = Scalar(node.value, not node.style)
        return f"{margin}scalar {shown(text)}\n"
    if kind == "SequenceNode":
        return f"{margin}sequence\n" + "".join(dump_of(item, indent + 1) for item in node.value)
    lines = f"{margin}mapping\n"
    for key, value in node.value:
        if type(key).__name__ != "ScalarNode":
            raise ValueError("a key that is no text")
        lines += f"{margin}  {shown(Scalar(key.value, not key.style))}:\n" + dump_of(value, indent + 2)
    return lines


# The games.

class Finding(Exception):
    pass


def run(folder, *words):
    try:
        done = subprocess.run([BINARY, *words], cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, timeout=10)
    except subprocess.TimeoutExpired:
        raise Finding("no answer within 10 seconds")
    errors = done.stderr.decode("utf-8", "replace")
    if done.returncode not in (0, 3) or "Sanitizer" in errors:
        raise Finding(f"exit {done.returncode}: {errors[:3000]}")
    if done.returncode != 0 and not re.search(r"^error\[E\d{4}\]: ", errors, re.M):
        raise Finding(f"an error without a code: {errors[:3000]}")
    return done.returncode, done.stdout.decode("utf-8", "replace"), errors


def first_difference(a, b):
    for number, (x, y) in enumerate(zip(a.split("\n"), b.split("\n"))):
        if x != y:
            return f"line {number + 1} of the dump: expected `{x}`, found `{y}`"
    return "one dump is longer than the other"


def write(folder, text, rng):
    data = text.encode("utf-8", "surrogatepass")
    if rng.random() < 0.1 and "\r" not in text:
        data = data.replace(b"\n", b"\r\n")
    (folder / "f.yaml").write_bytes(data)


def play_trees(folder, rng, readers):
    text, expected = Writer(rng).file(rng.choice([1, 5, 100]))
    if len(text.encode()) > 1_000_000:
        return
    write(folder, text, rng)
    status, output, errors = run(folder, "plan", "f.yaml", "--emit", "nodes")
    if status != 0:
        raise Finding("a right file is refused: " + errors[:3000])
    if without_places(output, True) != without_places(expected, True):
        raise Finding(first_difference(without_places(expected, True), without_places(output, True)))


def play_damage(folder, rng, readers):
    text, _ = Writer(rng).file(rng.choice([1, 3]))
    start = text.index("x-0:") + 4
    for _ in range(rng.randrange(1, 4)):
        at = rng.randrange(start, len(text) + 1)
        kind = rng.randrange(4)
        if kind == 0:
            text = text[:at] + text[at + rng.randrange(1, 4):]
        elif kind == 1:
            text = text[:at] + rng.choice(list(" \n\t:-?,[]{}#&*!|>'\"%@`\\~=<") + WORDS + CONTROLS[:5] + ["\r", "\x85", "\u2028"]) + text[at:]
        elif kind == 2:
            end = min(len(text), at + rng.randrange(1, 30))
            to = rng.randrange(start, len(text) + 1)
            text = text[:to] + text[at:end] + text[to:]
        else:
            text = text[:at] + " " * rng.randrange(1, 5) + text[at:]
    write(folder, text, rng)
    status, output, errors = run(folder, "plan", "f.yaml", "--emit", "nodes")
    if status != 0 or has(text, "\x85\u2028\u2029\r"):
        return
    plain = without_places(output)
    told = []
    for name, compose, failure in readers:
        try:
            told.append((name, dump_of(compose(text))))
        except failure:
            return
    if told and all(dump != plain for _, dump in told):
        raise Finding(f"{' and '.join(name for name, _ in told)} read another tree: " + first_difference(told[0][1], plain))


def main():
    if len(sys.argv) not in (2, 3) or not re.fullmatch(r"\d+m?", sys.argv[1]):
        sys.exit(f"usage: {sys.argv[0]} COUNT|MINUTESm [SEED]")
    amount = int(sys.argv[1].rstrip("m"))
    end = time.monotonic() + amount * 60 if sys.argv[1].endswith("m") else None
    seed = int(sys.argv[2]) if len(sys.argv) == 3 else 1
    readers = opinions()
    print("other opinions: " + (", ".join(name for name, _, _ in readers) or "none, install PyYAML or ruamel.yaml"), flush=True)
    number = 0
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        while time.monotonic() < end if end else number < amount:
            rng = random.Random(seed * 1_000_000_007 + number)
            game = play_trees if number % 4 == 0 else play_damage
            try:
                game(folder, rng, readers)
            except Finding as finding:
                saved = pathlib.Path(tempfile.gettempdir()) / f"nnspec-fuzz-{seed}-{number}.yaml"
                saved.write_bytes((folder / "f.yaml").read_bytes())
                print(f"{game.__name__} {number} of seed {seed}: {finding}\nthe file is kept as {saved}")
                sys.exit(1)
            number += 1
            if number % 10_000 == 0:
                print(f"{number} files, nothing found", flush=True)
    print(f"{number} files of seed {seed}: each was read as it was written, or refused with a code")


if __name__ == "__main__":
    main()
