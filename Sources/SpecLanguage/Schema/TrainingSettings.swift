extension SettingsTable {
    static let training = SettingType.Record(settings: [
        Setting("epochs", .integer(0...1_000_000_000), .integer(100), "times over all training rows"),
        Setting(
            "batch_size", .either([.integer(1...1_000_000_000), .word(["full"])]), .integer(TrainingSpec.BatchSize.standardRows),
            "rows of a step; full: all training rows"),
        Setting("shuffle", .boolean, .boolean(true), "a new order of rows for every epoch"),
        Setting("last_batch", .word(["keep", "drop"]), .word("keep"), "what becomes of rows that fill no batch"),
        Setting(
            "schedule", .either([.word(["constant"]), .kind(schedules)]), .word("constant"), "how the learning rate changes from epoch to epoch"),
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
            "early_stopping", .either([.word(["none"]), .record(earlyStopping)]), .word("none"), "stop when nothing improves"),
        Setting(
            "keep", .word(["best", "last"]), .word("best"),
            "which epoch's weights: the best by `monitor`; last where no rows are held back for validation"),
        Setting(
            "monitor", .text(.prose), .text("validation.loss"), "what the best epoch is chosen by: validation. and loss or one of the metrics"),
        Setting("on_nonfinite", .word(["stop", .later("halve_learning_rate")]), .word("stop"), "when a number is no longer finite"),
        Setting("max_time", .either([.word(["none"]), .text(.duration)]), .word("none"), "stop after the epoch in which this time is over"),
        Setting("threads", .either([.word(["auto"]), .integer(1...1024)]), .word("auto"), "how many work at once; never changes the result"),
        Setting("precision", .word(["float32", "float64"]), .word("float32"), "of all numbers in training"),
        Setting("checkpoint_every", .integer(0...1_000_000_000), .integer(1), "epochs between checkpoints", isBuilt: false),
    ])

    private static let earlyStopping = SettingType.Record(
        settings: [
            Setting("monitor", .text(.prose), .text("validation.loss"), watched),
            Setting("patience", .integer(0...1_000_000_000), .integer(10), "epochs in a row without an improvement after which it stops; 0 is 1"),
            Setting("min_delta", .number(.nonNegative), .number(0), "an improvement is larger than this"),
            Setting("mode", .word(["auto", "min", "max"]), .word("auto"), "which way is better; auto: as the metric has it, loss down"),
        ], leading: "patience")
    private static let watched = "what is watched: train.loss, validation.loss, ..."

    private static let schedules: [SettingType.Kind] = [
        kind("constant", "only the warm-up, if any", []),
        kind(
            "step", "times factor at every so many epochs",
            [
                Setting("every", .integer(1...1_000_000_000), nil, "epochs between two steps", isRequired: true, example: "30"),
                Setting("factor", .number(.belowOneAboveZero), .number(0.1), "what each step multiplies the rate by"),
            ], main: "every"),
        kind(
            "exponential", "times factor after every epoch",
            [Setting("factor", .number(.belowOneAboveZero), nil, "what every epoch multiplies the rate by", isRequired: true, example: "0.95")],
            main: "factor"),
        kind(
            "cosine", "down along half a cosine", [Setting("minimum", .number(.nonNegative), .number(0), "the rate that it comes down to")],
            main: "minimum"),
        kind("linear", "along a line", [Setting("final", .number(.nonNegative), .number(0), "the rate that it comes to")], main: "final"),
        kind(
            "reduce_on_plateau", "times factor when nothing improves",
            [
                Setting("factor", .number(.belowOneAboveZero), .number(0.1), "what a reduction multiplies the rate by"),
                Setting(
                    "patience", .integer(0...1_000_000_000), .integer(10), "epochs without an improvement that are borne"),
                Setting("monitor", .text(.prose), .text("validation.loss"), watched),
                Setting("threshold", .number(.belowOne), .number(1e-4), "share by which the best must be beaten"),
                Setting("cooldown", .integer(0...1_000_000_000), .integer(0), "epochs after a reduction that do not count"),
                Setting("minimum", .number(.nonNegative), .number(0), "the rate that it does not go below"),
            ]),
        SettingType.Kind(
            name: "one_cycle",
            type: .record(
                .init(settings: [
                    Setting("pct_start", .number(.belowOneAboveZero), .number(0.3), "share of the epochs in which it rises"),
                    Setting("div_factor", .number(.aboveOne), .number(25), "it begins at learning_rate / div_factor"),
                    Setting("final_div_factor", .number(.aboveOne), .number(10_000), "it ends at the first rate / final_div_factor"),
                ])), doc: "up to learning_rate, then down far below the start"),
    ]

    /// A schedule with its warm-up.
    private static func kind(_ name: String, _ doc: String, _ settings: [Setting], main: String? = nil) -> SettingType.Kind {
        let warmUp = Setting(
            "warmup_epochs", .integer(0...1_000_000_000), .integer(0), "epochs in which the rate first rises, in equal steps")
        return SettingType.Kind(name: name, type: .record(.init(settings: settings + [warmUp], main: main)), doc: doc)
    }
}
