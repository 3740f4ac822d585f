extension SettingsTable {
    static let data = SettingType.Record(settings: [
        Setting("path", .text(.path), nil, "one file that is split"),
        Setting("train", partFile, nil, "the training file, where the parts are files of their own"),
        Setting("validation", partFile, nil, "the validation file"),
        Setting("test", partFile, nil, "the test file"),
        Setting(
            "format", .word(["auto", "csv", "tsv", .later("jsonl"), .later("npy"), .later("npz"), .later("idx")]), .word("auto"),
            "auto goes by the file's ending"),
        Setting("delimiter", .text(.character), .text(","), "what stands between columns"),
        Setting("header", .boolean, .boolean(true), "whether the first row names the columns; else they are c0, c1, ..."),
        Setting("comment", .either([.word(["none"]), .text(.character)]), .word("none"), "what begins a comment line"),
        Setting("decimal", .text(.character), .text("."), "the decimal point"),
        Setting("missing_values", .list(of: .text(.name), nonEmpty: false), .list([Resolved(.text(""))]), "texts that count as missing"),
        Setting(
            "target", .either([.text(.name), .list(of: .text(.name), nonEmpty: true)]), nil, "what is predicted: a column or several",
            isRequired: true),
        Setting("features", .either([.word(["all"]), .list(of: .record(feature), nonEmpty: true)]), .word("all"), "what is predicted from"),
        Setting("exclude", .list(of: .text(.name), nonEmpty: false), .list([]), "columns that `features: all` leaves out"),
        Setting("missing", missing, .word("error"), "what is done with missing values of features"),
        Setting("normalize", normalize, .word("zscore"), "fitted on the training rows only"),
        Setting(
            "normalize_target", .word(["none", "zscore"]), .word("none"), "scales a regression's target for training; results are in its own units"),
        Setting("sample_weight", .either([.word(["none"]), .text(.name)]), .word("none"), "a column of row weights", isBuilt: false),
        Setting("split", .either([.word(["none"]), .record(split)]), nil, "shares of data.path"),
        Setting("classes", .either([.word(["auto"]), .list(of: .text(.name), nonEmpty: true)]), .word("auto"), "order and names of the classes"),
        Setting("inputs", .text(.path), nil, "an array file of inputs", isBuilt: false),
        Setting("targets", .text(.path), nil, "an array file of targets", isBuilt: false),
    ])

    /// A CSV file; array data is for a later version.
    static let partFile = SettingType.either([.text(.path), .laterMapping("array files")])
    static let normalize = SettingType.word(["zscore", "minmax", .later("robust"), "none"])
    static let missing = SettingType.either([
        .word(["error", "drop_row", "mean", "median", "mode"]),
        .kind([.init(name: "constant", type: .text(.name))]),
    ])
    static let feature = SettingType.Record(
        settings: [
            Setting("name", .text(.name), nil, "the column", isRequired: true),
            Setting("type", .word(["auto", "number", "category", .later("boolean")]), .word("auto"), "auto: number if every text is one"),
            Setting("normalize", normalize, nil, "instead of data.normalize"),
            Setting("missing", missing, nil, "instead of data.missing"),
            Setting("missing_values", .list(of: .text(.name), nonEmpty: false), nil, "instead of data.missing_values"),
            Setting("encoding", .word(["one_hot"]), .word("one_hot"), "of a category"),
            Setting("unseen", .word(["error", "other"]), .word("error"), "a category that training never saw"),
            Setting("max_categories", .integer(1...1_000_000), .integer(100), "more than these are refused"),
            Setting("categories", .list(of: .text(.name), nonEmpty: true), nil, "order and names of the categories"),
        ], main: "name")
    static let split = SettingType.Record(settings: [
        Setting("train", .number(.fraction), nil, "share of rows to train on; the rest if left out"),
        Setting("validation", .number(.fraction), .number(0.2), "share of rows to choose the best epoch by"),
        Setting("test", .number(.fraction), .number(0), "share of rows to measure on at the end"),
        Setting(
            "method", .word(["auto", "stratified", "random", "ordered", .later("hash"), .later("column")]), .word("auto"),
            "auto: stratified for classes, else random"),
        Setting("key", .text(.name), nil, "the column of hash and column", isBuilt: false),
    ])
}
