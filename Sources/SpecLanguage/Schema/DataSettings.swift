extension SettingsTable {
    static let data = SettingType.Record(settings: [
        Setting("path", .text(.path), nil, "one file, which is then split", example: "iris.csv"),
        Setting("train", partFile, nil, "instead of `path`: the file to train on", example: "a.csv"),
        Setting("validation", partFile, nil, "beside `train`: the file to choose the best epoch by", example: "b.csv"),
        Setting("test", partFile, nil, "beside `train`: the file to measure on at the end", example: "c.csv"),
        Setting(
            "format", .word(["auto", "csv", "tsv", "jsonl", "npy", "npz", "idx", "sqlite"]), .word("auto"),
            "auto goes by the file's ending; all but sqlite also gzipped, with .gz behind it"),
        Setting("query", .text(.prose), nil, "sqlite: the SELECT whose rows are the table", example: "SELECT * FROM flowers"),
        Setting("delimiter", .text(.character), .text(","), "what stands between columns"),
        Setting("header", .boolean, .boolean(true), "whether the first row names the columns; else they are c0, c1, ..."),
        Setting("comment", .either([.word(["none"]), .text(.character)]), .word("none"), "what a line of comment begins with"),
        Setting("decimal", .text(.character), .text("."), "the decimal point: \".\" or \",\""),
        Setting(
            "missing_values", .list(of: .text(.name), nonEmpty: false), .list([Resolved(.text(""))]),
            "the texts that count as missing; NA and null are data unless they are listed"),
        Setting(
            "target", .either([.text(.name), .list(of: .text(.name), nonEmpty: true)]), nil, "what is predicted: a column or several",
            isRequired: true, needlessBeside: ["inputs", "targets"], example: "species"),
        Setting(
            "features", .either([.word(["all"]), .list(of: .record(feature), nonEmpty: true)]), .word("all"),
            "what it is predicted from; all: every other column"),
        Setting("exclude", .list(of: .text(.name), nonEmpty: false), .list([]), "columns that `features: all` leaves out"),
        Setting("missing", missing, .word("error"), "what becomes of missing values; never of the target's"),
        Setting(
            "indicator", .boolean, .boolean(false),
            "whether each column with filled gaps in the training rows gets one more: 1 where a value was missing"),
        Setting("normalize", normalize, .word("zscore"), "how numbers are scaled; fitted on the training rows only"),
        Setting(
            "normalize_target", .word(["none", "zscore"]), .word("none"),
            "scales a regression's target while training; results are in its own units either way"),
        Setting(
            "sample_weight", .either([.word(["none"]), .text(.name)]), .word("none"),
            "a column of numbers from 0: how much each row counts in loss and metrics; no feature"),
        Setting("split", .either([.word(["none"]), .record(split)]), nil, "shares of the rows of `path`; none trains on all of them"),
        Setting(
            "classes", .either([.word(["auto"]), .list(of: .text(.name), nonEmpty: true)]), .word("auto"),
            "names of the classes in their order; auto: by value if all are numbers, else by code point"),
        Setting("inputs", .text(.path), nil, "instead of `path` and `target`: an array file of inputs", example: "images.idx.gz"),
        Setting("targets", .text(.path), nil, "beside `inputs`: an array file of as many targets", example: "labels.idx.gz"),
    ])

    /// A table, or two files of arrays.
    static let partFile = SettingType.either([.text(.path), .record(arrayFiles)])
    static let arrayFiles = SettingType.Record(settings: [
        Setting("inputs", .text(.path), nil, "an array file of inputs", isRequired: true, example: "x.npy"),
        Setting("targets", .text(.path), nil, "an array file of as many targets", isRequired: true, example: "y.npy"),
    ])
    static let normalize = SettingType.word(["zscore", "minmax", "robust", "none"])
    static let missing = SettingType.either([
        .word(["error", "drop_row", "mean", "median", "mode"]),
        .kind([.init(name: "constant", type: .text(.name), doc: "the text to put there, such as 0")]),
    ])
    static let feature = SettingType.Record(
        settings: [
            Setting("name", .text(.name), nil, "the column", isRequired: true, example: "city"),
            Setting(
                "type", .word(["auto", "number", "category", "boolean"]), .word("auto"),
                "auto: number if every text is one; boolean: true or false, yes or no, 1 or 0"),
            Setting("normalize", normalize, nil, "of a number", follows: "data.normalize", example: "zscore"),
            Setting("missing", missing, nil, "of this column", follows: "data.missing", example: "error"),
            Setting(
                "missing_values", .list(of: .text(.name), nonEmpty: false), nil, "in place of the list for all columns",
                follows: "data.missing_values",
                example: "[\"?\", NA]"),
            Setting(
                "indicator", .boolean, nil, "of this column, gaps or not", follows: "data.indicator", example: "false"),
            Setting(
                "encoding", .word(["one_hot", "ordinal", "index"]), .word("one_hot"),
                "of a category: a column for each; its place among them, scaled as a number; its place from 0, as it is"),
            Setting("unseen", .word(["error", "other"]), .word("error"), "a category that training never saw; other: no category at all"),
            Setting("max_categories", .integer(1...1_000_000), .integer(100), "more than these are refused"),
            Setting(
                "categories", .list(of: .text(.name), nonEmpty: true), nil, "names of the categories in their order",
                follows: "those of the training rows",
                example: "[Oslo, Rome]"),
        ], main: "name")
    static let split = SettingType.Record(
        settings: [
            Setting("train", .number(.fraction), nil, "share of rows to train on", follows: "the rest", example: "0.8"),
            Setting("validation", .number(.fraction), .number(0.2), "share of rows to choose the best epoch by"),
            Setting("test", .number(.fraction), .number(0), "share of rows to measure on at the end"),
            Setting(
                "method", .word(["auto", "stratified", "random", "ordered", "hash", "column"]), .word("auto"),
                "auto: stratified for classes, else random; hash: rows with one key stay together; column: the key says train, validation or test"),
            Setting(
                "key", .either([.word(["none"]), .text(.name)]), .word("none"), "the column of hash and column; no feature unless it is listed as one"
            ),
            Setting(
                "folds", .either([.word(["none"]), .integer(1...1000)]), .word("none"),
                "in place of shares: so many trainings, each with another part of the rows for validation (k-fold cross-validation)"),
            Setting(
                "fold", .either([.word(["all"]), .integer(1...1000)]), .word("all"), "of `folds`: all, or the number of one that is trained alone"),
        ], leading: "validation")
}
