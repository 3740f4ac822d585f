extension Explanation {
    /// Settings of columns, of splits by a key and of several labels.
    static let columnSettings: [Explanation] = [
        Explanation(
            "E0365 split without its key", "`hash` and `column` divide the rows by what a column says, and the spec does not name it.",
            .yaml("data: {path: flowers.csv, target: species, split: {method: ⟦hash⟧}}"),
            .yaml("data: {path: flowers.csv, target: species, split: {method: hash, key: weight}}")),
        Explanation(
            "E0366 key of another split", "Only `hash` and `column` go by a key; with another method it does nothing.",
            .yaml("data: {path: flowers.csv, target: species, split: {method: ⟪random⟫, key: ⟦weight⟧}}"),
            .yaml("data: {path: flowers.csv, target: species, split: {method: hash, key: weight}}")),
        Explanation(
            "E0367 target as the key", "Rows with one key stay together, so each class would be in one part alone, never trained and measured.",
            .yaml("data: {path: flowers.csv, target: ⟪species⟫, split: {method: hash, key: ⟦species⟧}}"),
            .yaml("data: {path: flowers.csv, target: species, split: {method: stratified}}")),
        Explanation(
            "E0368 share of a split by column", "With `method: column` the file says which rows belong to a part, and a share says nothing.",
            .yaml("data: {path: flowers.csv, target: species, split: {method: ⟪column⟫, key: weight, test: ⟦0.1⟧}}"),
            .yaml("data: {path: flowers.csv, target: species, split: {method: hash, key: weight, test: 0.1}}")),
        Explanation(
            "E0369 multilabel with one target",
            "A multilabel task has a column of true and false for each label, and a row may have any of them. Of one column it is a binary task.",
            .yaml("task: ⟪multilabel⟫\ndata: {path: flowers.csv, target: ⟦species⟧}"),
            .yaml("task: classification\ndata: {path: flowers.csv, target: species}")),
        Explanation(
            "E0370 unseen categories in an order",
            "`encoding: ordinal` makes of a category its place in an order, and one that is not known has none there.",
            .yaml(
                """
                data:
                  path: flowers.csv
                  target: species
                  features: [length, {name: color, encoding: ⟪ordinal⟫, categories: [white, red, blue], unseen: ⟦other⟧}]
                """),
            .yaml("data:\n  path: flowers.csv\n  target: species\n  features: [length, {name: color, unseen: other}]")),
        Explanation(
            "E0371 indicator without gaps",
            "An indicator tells the network where a value was missing and has been filled. With `missing: error` and `missing: drop_row` there is no "
                + "such row.",
            .yaml("data: {path: flowers.csv, target: species, missing: ⟪drop_row⟫, indicator: ⟦true⟧}"),
            .yaml("data: {path: flowers.csv, target: species, missing: median, indicator: true}")),
        Explanation(
            "E0372 target as the weight", "A weight says how much a row counts in loss and metrics; the target is what they are about.",
            .yaml("data: {path: flowers.csv, target: ⟪weight⟫, sample_weight: ⟦weight⟧}"),
            .yaml("data: {path: flowers.csv, target: species, sample_weight: weight}")),
        Explanation(
            "E0373 weight among the features",
            "The column of weights is no feature: predict does not need it. With `features: all` it is left out by itself; in a list it has no "
                + "place.",
            .yaml("data: {path: flowers.csv, target: species, features: [length, ⟪weight⟫], sample_weight: ⟦weight⟧}"),
            .yaml("data: {path: flowers.csv, target: species, features: [length], sample_weight: weight}")),
        Explanation(
            "E0374 weights of arrays",
            "`sample_weight` names a column of a table. A pair of files, `inputs` and `targets`, has no third one; one array that holds all as "
                + "columns c0, c1, ... can be named as `path`.",
            .text("data: {inputs: x.npy, targets: y.npy, sample_weight: w}"), .text("data: {path: all.npy, target: c4, sample_weight: c5}")),
    ]

    static let predictUsage: [Explanation] = [
        Explanation(
            "E4025 probabilities of a regression", "`predict --proba` prints the probability of each class or label, and a regression has none.",
            given: .yaml("data: {path: flowers.csv, target: weight}"), .sh("nnspec predict runs/flowers flowers.csv --proba"),
            .sh("nnspec predict runs/flowers flowers.csv")),
        Explanation(
            "E4026 two forms of output", "`--json` prints one list of objects, `--to jsonl` an object on each line; only one can be printed.",
            .text("nnspec predict runs/flowers flowers.csv --json --to jsonl"), .sh("nnspec predict runs/flowers flowers.csv --to jsonl")),
    ]
}
