/// The one table of settings: what `nnspec` reads, checks, renders and explains. CONTRIBUTING.md tells how to add a row.
enum SettingsTable {
    static let root = SettingType.Record(settings: [
        Setting("nnspec", .integer(1...1), nil, "the version of the language", isRequired: true, example: "1"),
        Setting("name", .text(.identifier), nil, "names the run folder", follows: "the file's stem", example: "iris"),
        Setting("description", .text(.prose), .text(""), "a line for people"),
        Setting(
            "seed", .integer(0...Int.max), .integer(0), "feeds the split, initial weights, shuffling and dropout, each through a stream of its own"),
        Setting("extends", .text(.path), nil, "a spec that this one is merged over", example: "base.yaml"),
        Setting(
            "task", .word(["auto", "classification", "binary", "multilabel", "regression"]), .word("auto"),
            "what is learnt; auto looks at the target; multilabel: several targets of true and false"),
        Setting("data", .record(data), nil, "the data and what is made of it", isRequired: true),
        Setting("model", .record(model), nil, "the network", isRequired: true),
        Setting(
            "loss",
            .either([
                .word(["auto", "cross_entropy", "binary_cross_entropy", "mse", "mae", "sse", "kl_divergence"]),
                .kind([
                    .init(
                        name: "huber",
                        type: .record(
                            .init(
                                settings: [
                                    Setting("delta", .number(.positive), .number(1), "where the square turns into a line")
                                ], main: "delta")))
                ]),
            ]), .word("auto"),
            "what training makes small; auto: cross_entropy for classes, binary_cross_entropy for two with one unit, mse for numbers"),
        Setting("label_smoothing", .number(.belowOne), .number(0), "share of each target that is spread over all classes"),
        Setting(
            "class_weights", .either([.word(["none", "balanced"]), .map(of: .number(.nonNegative))]), .word("none"),
            "weight of each class in the loss; balanced: rare ones weigh more"),
        Setting(
            "metrics", .either([.word(["auto"]), .list(of: .word(metrics), nonEmpty: true)]), .word("auto"),
            "what is measured beside the loss; auto: accuracy, macro_f1, log_loss for classes; mse, rmse, mae, r2 for numbers"),
        Setting("optimizer", .record(optimizer), nil, "how the weights are moved"),
        Setting("training", .record(training), nil, "epochs, batches and the like"),
        Setting("output", .record(output), nil, "what is written, and where"),
        Setting(
            "export", .list(of: .word(["onnx", "safetensors", "swift", "c", "pytorch"]), nonEmpty: false), .list([]), "other forms to write",
            isBuilt: false),
        Setting("expect", .map(of: .text(.prose)), .map([]), "promises that train and evaluate check", isBuilt: false),
        Setting("sweep", .either([.word(["none"]), .record(sweep)]), .word("none"), "a search over settings", isBuilt: false),
    ])

    static let metrics = Metric.allCases.map { SettingType.Word($0.rawValue, isBuilt: true) }
    static let optimizer = SettingType.Record(
        settings: [
            Setting("type", .word(["sgd", "adam", "adamw", "rmsprop", "adagrad", "nadam", "lbfgs"]), .word("adam"), "the method"),
            Setting("learning_rate", .number(.positive), .number(0.001), "size of a step; lbfgs searches for its own"),
            Setting("momentum", .number(.belowOne), .number(0), "sgd, rmsprop: share of the last step that is kept"),
            Setting("nesterov", .boolean, .boolean(false), "sgd: look ahead along the momentum"),
            Setting("beta1", .number(.belowOne), .number(0.9), "adam kinds: memory of the mean gradient"),
            Setting("beta2", .number(.belowOne), .number(0.999), "adam kinds: memory of the mean square"),
            Setting("epsilon", .number(.positive), .number(1e-8), "adam kinds, rmsprop, adagrad: keeps the denominator off zero"),
            Setting("rho", .number(.belowOne), .number(0.9), "rmsprop: memory of the mean square"),
            Setting("history_size", .integer(1...1000), .integer(10), "lbfgs: steps that it remembers"),
            Setting("tolerance_grad", .number(.nonNegative), .number(1e-7), "lbfgs: it stops when no number of the gradient is larger"),
            Setting("tolerance_change", .number(.nonNegative), .number(1e-9), "lbfgs: it stops when the loss falls, or all weights move, by less"),
            Setting("c1", .number(.belowOneAboveZero), .number(1e-4), "lbfgs: share of what the slope promises by which a step lowers the loss"),
            Setting("c2", .number(.belowOneAboveZero), .number(0.9), "lbfgs: share of the slope that a step may leave"),
            Setting("max_ls", .integer(1...1000), .integer(25), "lbfgs: evaluations of a line search after its first"),
            Setting("weight_decay", .number(.nonNegative), .number(0), "decoupled in adamw, added to the gradient elsewhere"),
            Setting("decay_bias", .boolean, .boolean(false), "whether weight_decay, l1 and l2 touch biases"),
        ], main: "type")
    static let output = SettingType.Record(settings: [
        Setting("directory", .text(.path), .text("runs", isPath: true), "where run folders are made: <directory>/<name>"),
        Setting("weights", .word(["json", .later("safetensors")]), .word("json"), "the form of the weights"),
        Setting("report", .boolean, .boolean(true), "write report.md", isBuilt: false),
    ])
    static let sweep = SettingType.Record(settings: [
        Setting("method", .word(["grid", "random"]), .word("grid"), "all values, or some at random"),
        Setting("trials", .integer(1...Int.max), .integer(20), "how many at random"),
        Setting(
            "parameters", .map(of: .map(of: .list(of: .number(.any), nonEmpty: true))), nil, "what is varied",
            example: "{optimizer.learning_rate: {values: [0.001, 0.01]}}"),
    ])
}
