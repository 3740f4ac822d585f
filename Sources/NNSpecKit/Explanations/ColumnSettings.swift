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

    private static func folds(_ split: String, _ rest: String = "") -> Snippet {
        .yaml("data: {path: flowers.csv, target: species, split: {\(split)}\(rest)}\ntraining: {epochs: 2, keep: last}")
    }

    /// Settings of a cross-validation.
    static let foldSettings: [Explanation] = [
        Explanation(
            "E0375 one fold", "Each fold is validated on its own rows and trained on those of all others. Of one fold there are no others.",
            folds("folds: ⟦1⟧"), folds("folds: 5")),
        Explanation(
            "E0376 share beside folds",
            "With `folds: 5` each training holds back a fifth of the rows and trains on the rest, so that a share says nothing. Rows for a last "
                + "test, which no fold sees, are best kept in a file of their own, for `evaluate --data`.",
            folds("folds: ⟪5⟫, test: ⟦0.2⟧"), folds("folds: 5")),
        Explanation(
            "E0377 folds by a column of parts",
            "With `method: column` the key says which rows are train, validation and test; that divides the rows once. To keep rows of one key "
                + "in one fold there is `method: hash`.",
            folds("method: ⟪column⟫, key: weight, folds: ⟦3⟧"), folds("method: hash, key: weight, folds: 3")),
        Explanation(
            "E0378 fold without folds", "`fold` says which of the folds is trained alone, and there are none.",
            folds("validation: 0.2, fold: ⟦2⟧"), folds("folds: 5, fold: 2")),
        Explanation(
            "E0379 fold that is none", "Folds are counted from 1 to `folds`.", folds("folds: ⟪5⟫, fold: ⟦6⟧"), folds("folds: 5, fold: 5")),
    ]

    static let foldSplits: [Explanation] = [
        Explanation(
            "E1472 more folds than rows", "Each fold holds back a row at least. With as many folds as rows each leaves one row out.",
            folds("folds: ⟦50⟧"), folds("folds: 5")),
        Explanation(
            "E1473 class of one row in folds",
            "Each row is held back in one of the folds. Where a class has a single row, the fold that holds it back is to be measured on what it "
                + "never could learn.",
            given: .csv("length,species\n1.4,lily\n1.5,lily\n3.5,setosa"), folds("folds: ⟦2⟧"),
            .yaml("data: {path: flowers.csv, target: species, split: none}")),
        Explanation(
            "E1474 more folds than keys",
            "With `method: hash` all rows of one key come to the same fold, so there are at most as many folds as values of the key.",
            given: .csv("plant,length,species\na,1.4,lily\na,3.5,setosa\na,3.6,setosa\na,1.5,lily"),
            folds("method: hash, key: ⟪plant⟫, folds: ⟦2⟧"),
            folds("folds: 2", ", exclude: [plant]")),
    ]

    static let foldNotes: [Explanation] = [
        Explanation(
            "W1472 class with fewer rows than folds", "Each row is held back once, so that a class of few rows is in some folds not measured at all.",
            given: .csv("length,species\n1.4,lily\n1.5,lily\n3.5,setosa\n3.6,setosa\n3.7,setosa"), folds("folds: ⟦3⟧"), folds("folds: 2")),
        Explanation(
            "N2072 folds that choose by their own rows",
            "`keep: best` and early stopping look at the rows held back, which in a cross-validation are those that the fold is measured on: "
                + "what is best there by chance is taken for good. `keep: last` trains every fold for all epochs, as `cross_val_score` of "
                + "scikit-learn does.",
            .yaml("data: {path: flowers.csv, target: species, split: {folds: ⟦5⟧}}"), folds("folds: 5")),
    ]

    static let foldRuns: [Explanation] = [
        Explanation(
            "E1731 data changed amid folds",
            "Every fold reads the data files when its turn comes, and one of them is not the file any more that the folds before it read. Folds of "
                + "different data have no mean.",
            .text("nnspec train flowers.yaml with folds, and flowers.csv is written to before the last of them begins"),
            .text("let the files be until the training is done")),
        Explanation(
            "E1772 folder of folds",
            "The folder of a cross-validation holds a run for each fold, with weights of its own, and none that stand for all.",
            given: folds("folds: 3"), .sh("nnspec inspect runs/flowers"), .sh("nnspec inspect runs/flowers/fold-1")),
    ]

    static let foldStates: [Explanation] = [
        Explanation(
            "W1730 state of a fold that cannot be saved",
            "A fold that is done is kept until all are, so that `--resume` need not train it again. The system refused to write its state; the "
                + "training went on.",
            .text("nnspec train flowers.yaml with folds, and the disk is full when the first of them is done"), .text("free some space")),
        Explanation(
            "W1732 means that a fold left behind",
            "A fold was trained alone, and came to other numbers than the files of all folds say of it. These would mix two trainings, so they are "
                + "taken away. Where the numbers are the same, as with the same spec, they stay.",
            given: folds("folds: 3"),
            .sh("nnspec train flowers.yaml --quiet\nnnspec train flowers.yaml --set data.split.fold=1 --set seed=2"),
            .sh("nnspec train flowers.yaml --quiet\nnnspec train flowers.yaml --set data.split.fold=1")),
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
