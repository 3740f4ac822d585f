extension Explanation {
    static let yaml: [Explanation] = [
        Explanation(
            "E0101 not YAML",
            "The text breaks a rule of YAML, so it cannot be read at all. The usual reasons are a tab in the indentation, a bracket or quote that "
                + "is never closed, or a colon and a blank inside a text without quotes. The mistake is often on the line before the one shown.",
            .yaml("data: ⟦{⟧path: flowers.csv, target: species"), .yaml("data: {path: flowers.csv, target: species}")),
        Explanation(
            "E0102 empty spec", "The file holds nothing, or comments only. A spec names at least the version, the data and the layers.",
            .yaml("⟦⟧# to be written"),
            .yaml("nnspec: 1\ndata: {path: flowers.csv, target: species}\nmodel: {layers: [8, auto]}")),
        Explanation(
            "E0103 no mapping at the top", "A spec is a mapping of settings, `key: value`. Here the file holds a list or a single value.",
            .yaml("⟦- nnspec: 1\n- model: {layers: [8, auto]}⟧"),
            .yaml("nnspec: 1\ndata: {path: flowers.csv, target: species}\nmodel: {layers: [8, auto]}")),
        Explanation(
            "E0104 second document",
            "`---` begins another document, and a spec is one document. Two experiments are two files; what they share can "
                + "stand in a third one that both name with `extends`.",
            .yaml("seed: 1\n⟦---⟧\nseed: 2"), .yaml("seed: 1")),
        Explanation(
            "E0105 key set twice",
            "A key stands twice in the same mapping. Many YAML readers silently take the last one; here it is an error, since you could not tell "
                + "from the file which one counts.",
            .yaml("⟪seed⟫: 1\n⟦seed⟧: 2"), .yaml("seed: 2")),
        Explanation(
            "E0106 merge key",
            "`<<` was a proposal for YAML 1.1 and is no part of YAML 1.2. Write the settings out, or put the common ones into a "
                + "spec of their own and name it with `extends: base.yaml`.",
            .yaml("x-adam: &adam {type: adam}\noptimizer: {⟦<<⟧: *adam, learning_rate: 0.01}"),
            .yaml("optimizer: {type: adam, learning_rate: 0.01}")),
        Explanation(
            "E0107 tag", "A tag such as `!!int` tells a YAML reader which type to make of a value. In a spec the setting decides that.",
            .yaml("seed: ⟦!!int⟧ 7"), .yaml("seed: 7")),
        Explanation(
            "E0108 key that is no text",
            "The key of a mapping is a list or another mapping. The usual reason is a template such as `{{ seed }}`, which YAML reads as a mapping "
                + "in a mapping: a spec is never filled in. Give the value at the command line instead: `--set seed=7`.",
            .yaml("seed: {⟦{ seed }⟧}"), .yaml("seed: 7")),
        Explanation(
            "E0109 unknown alias",
            "`*name` stands for the value that `&name` marked earlier in the same file, and there is no such mark before it. "
                + "Top-level keys that begin with `x-` are a good home for marked values.",
            .yaml("model: {layers: [⟦*hidden⟧, auto]}"), .yaml("x-layer: &hidden {dense: 8}\nmodel: {layers: [*hidden, auto]}")),
        Explanation(
            "E0110 alias inside its own value", "The alias stands for a value that contains the alias, which would never end.",
            .yaml("x-layers: &layers [8, ⟦*layers⟧]"), .yaml("x-layers: &layers [8, 8]")),
        Explanation(
            "E0111 nested too deep",
            "Lists and mappings may stand in one another up to 64 levels deep, far more than any spec needs. Brackets that "
                + "are opened and never closed are the usual reason.",
            .text("a list in a list in a list, 65 times"), .text("the same list without the brackets around it")),
        Explanation(
            "E0112 too many nodes",
            "A spec has at most 100,000 keys and values, and each use of an alias counts as all that it stands for. A few nested aliases are "
                + "enough for billions of nodes; the limit keeps such a file from filling the memory.",
            .yaml(
                """
                x-a: &a [0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
                x-b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]
                x-c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]
                x-d: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c]
                x-e: [*d, *d, *d, *d, *d, *d, *d, ⟦*d⟧, *d, *d]
                """),
            .yaml("x-a: &a [0, 0, 0]\nx-b: [*a, *a]")),
        Explanation(
            "E0113 line end that not all programs see",
            "A carriage return alone, U+0085, U+2028 or U+2029 ends a line in some programs and not in others. What your editor shows as a "
                + "comment could be a setting, so a spec has none of them.",
            .text("a comment with U+2028 in it, copied from a page of the web"), .text("the comment without it")),
        Explanation(
            "E0121 spec file that cannot be read",
            "The file does not exist, or you may not read it. On the command line a path is relative to the folder you are in; in `extends` it is "
                + "relative to the file that says so.",
            .sh("nnspec train flower.yaml"), .sh("nnspec train flowers.yaml")),
        Explanation(
            "E0122 spec that is no file", "The path names a folder, a pipe or a device. A spec is a file.", .sh("nnspec train ."),
            .sh("nnspec train flowers.yaml")),
        Explanation(
            "E0123 spec too large", "A spec has at most 1 MiB of text. Data belongs in a data file that the spec names.",
            .text("the rows of the data in the spec"), .yaml("data: {path: flowers.csv, target: species}")),
        Explanation(
            "E0124 spec that is no UTF-8",
            "The file holds a NUL byte, or bytes that are no UTF-8. It is another kind of file, or a text saved in "
                + "another encoding such as Latin-1 or UTF-16.",
            .text("a spec with the comment `# caf\u{E9}`, saved in Latin-1"), .sh("iconv -f LATIN1 -t UTF-8 old.yaml >flowers.yaml")),
        Explanation(
            "E0141 --set without KEY=VALUE", "`--set` replaces one setting of the spec: its path with dots, `=`, the value.",
            .sh("nnspec check flowers.yaml --set ⟦seed⟧"), .sh("nnspec check flowers.yaml --set seed=7")),
        Explanation(
            "E0142 extends in a cycle",
            "Specs build on one another with `extends`, and this chain comes back to a file it began with. Remove "
                + "`extends` from one of them.",
            .yaml("extends: ⟦flowers.yaml⟧"), .yaml("extends: base.yaml")),
        Explanation(
            "E0143 base spec without a version",
            "A spec file that others build on says too which version of the language it is written in. So an old "
                + "file keeps its meaning when the language grows.",
            given: .yaml("extends: base.yaml"), .yaml("# base.yaml\n⟦⟧training: {epochs: 5}"),
            .yaml("# base.yaml\nnnspec: 1\ntraining: {epochs: 5}")),
        Explanation(
            "E0144 --set extends", "`--set` changes single settings of the spec that is read; on which file a spec builds is part of the file.",
            .sh("nnspec check flowers.yaml --set ⟦extends⟧=base.yaml"), .yaml("extends: base.yaml")),
        Explanation(
            "E0145 extends chain too long", "At most 32 specs may build on one another through `extends`.",
            .text("33 specs, each of which extends the next"), .yaml("extends: base.yaml")),
    ]
}
