extension SettingsTable {
    static let training = SettingType.Record(settings: [
        Setting("epochs", .integer(0...1_000_000_000), .integer(100), "times over all training rows"),
        Setting(
            "batch_size", .either([.integer(1...1_000_000_000), .word(["full"])]), .integer(TrainingSpec.BatchSize.standardRows),
            "rows of a step; full: all training rows"),
        Setting("shuffle", .boolean, .boolean(true), "a new order of rows for every epoch"),
        Setting("last_batch", .word(["keep", "drop"]), .word("keep"), "what becomes of rows that fill no batch"),
        Setting(
            "schedule", .either([.word(["constant", .later("one_cycle")]), .kind(schedules)]), .word("constant"), "how the learning rate changes"),
        Setting(
            "gradient_clip",
            .either([
                .word(["none"]),
                .kind([
                    .init(name: "norm", type: .number(.positive), doc: "the most that one norm over all gradients may be"),
                    .init(name: "value", type: .number(.positive), doc: "the most that each number of a gradient may be"),
                ]),
            ]), .word("none"), "a bound on the gradient"),
        Setting(
            "early_stopping", .either([.word(["none"]), .record(earlyStopping)]), .word("none"), "stop when nothing improves", isBuilt: false),
        Setting(
            "keep", .word(["best", "last"]), .word("best"),
            "which epoch's weights: the best by `monitor`; last where no rows are held back for validation"),
        Setting(
            "monitor", .text(.prose), .text("validation.loss"), "what the best epoch is chosen by: validation. and loss or one of the metrics"),
        Setting("on_nonfinite", .word(["stop", .later("halve_learning_rate")]), .word("stop"), "when a number is no longer finite"),
        Setting("max_time", .either([.word(["none"]), .text(.duration)]), .word("none"), "stop after the epoch that passes it", isBuilt: false),
        Setting("threads", .either([.word(["auto"]), .integer(1...1024)]), .word("auto"), "how many work at once; never changes the result"),
        Setting("precision", .word(["float32", "float64"]), .word("float32"), "of all numbers in training"),
        Setting("checkpoint_every", .integer(0...1_000_000_000), .integer(1), "epochs between checkpoints", isBuilt: false),
    ])

    private static let earlyStopping = SettingType.Record(
        settings: [
            Setting("monitor", .text(.prose), .text("validation.loss"), "what is watched"),
            Setting("patience", .integer(0...1_000_000_000), .integer(10), "epochs without an improvement before it stops"),
            Setting("min_delta", .number(.nonNegative), .number(0), "what counts as one"),
            Setting("mode", .word(["auto", "min", "max"]), .word("auto"), "which way is better"),
        ], leading: "patience")
    private static let schedules: [SettingType.Kind] = ["step", "exponential", "cosine", "linear", "reduce_on_plateau", "one_cycle"].map {
        SettingType.Kind(name: $0, type: .map(of: .number(.any)), isBuilt: false)
    }
}
