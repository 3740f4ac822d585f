extension SettingsTable {
    static let model = SettingType.Record(settings: [
        Setting("layers", .list(of: layer, nonEmpty: true), nil, "every layer after the input", isRequired: true),
        Setting("activation", activation, .word("relu"), "of hidden layers that name none"),
        Setting("initializer", initializer, .word("auto"), "of layers that name none"),
        Setting(
            "input", .either([.word(["auto"]), .integer(1...1_000_000_000), .list(of: .integer(1...1_000_000_000), nonEmpty: true)]), .word("auto"),
            "the width of the input, to be checked"),
        Setting("initial_weights", .either([.word(["none"]), .text(.path)]), .word("none"), "a weights file to start from"),
    ])

    static let activationNames = ActivationName.allCases.map(\.rawValue)
    static let activation = SettingType.word(activationNames.map { SettingType.Word($0, isBuilt: true) })
    static let initializer = SettingType.either([
        .word(["auto", "glorot_uniform", "glorot_normal", "he_uniform", "he_normal", "lecun_normal", "zeros", "ones"]),
        .kind([
            .init(
                name: "normal",
                type: .record(
                    .init(settings: [
                        Setting("mean", .number(.any), .number(0), "the mean"),
                        Setting("std", .number(.nonNegative), .number(0.05), "the standard deviation"),
                    ]))),
            .init(
                name: "uniform",
                type: .record(
                    .init(settings: [
                        Setting("minimum", .number(.any), .number(-0.05), "the least"),
                        Setting("maximum", .number(.any), .number(0.05), "the greatest"),
                    ]))),
        ]),
    ])

    /// An entry of model.layers: `64`, `auto`, or a mapping of one kind.
    static let layer = SettingType.kind(layerKinds, main: "dense")

    static let layerKinds: [SettingType.Kind] =
        [
            .init(name: "dense", type: .record(dense)),
            .init(
                name: "activation",
                type: .record(
                    .init(
                        settings: [
                            Setting("function", activation, nil, "the function", isRequired: true), name,
                        ], main: "function"))),
            .init(
                name: "dropout",
                type: .record(
                    .init(
                        settings: [
                            Setting("rate", .number(.belowOne), nil, "share of values set to 0 while training", isRequired: true), name,
                        ], main: "rate"))),
        ] + laterLayers.map { SettingType.Kind(name: $0, type: .text(.prose), isBuilt: false) }

    static let laterLayers = [
        "conv1d", "conv2d", "max_pool2d", "avg_pool2d", "global_avg_pool", "flatten", "reshape", "batch_norm", "layer_norm", "embedding", "lstm",
        "gru",
        "attention", "add", "concat",
    ]

    static let name = Setting("name", .text(.identifier), nil, "the layer's name; its kind and number if left out")
    static let dense = SettingType.Record(
        settings: [
            Setting(
                "units", .either([.integer(1...Int.max), .word(["auto"])]), nil, "outputs; auto, in the last layer, is what the target needs",
                isRequired: true),
            Setting("activation", activation, nil, "model.activation if left out; the last layer's follows from the loss"),
            Setting("bias", .boolean, .boolean(true), "whether a bias is added"),
            Setting("initializer", initializer, nil, "instead of model.initializer"),
            Setting("trainable", .either([.boolean, .list(of: .word(["weight", "bias"]), nonEmpty: false)]), .boolean(true), "what training moves"),
            Setting("l1", .number(.nonNegative), .number(0), "penalty on the sum of |w|"),
            Setting("l2", .number(.nonNegative), .number(0), "penalty on the sum of w^2"),
            name,
            Setting("inputs", .list(of: .text(.name), nonEmpty: true), nil, "other layers to read from", isBuilt: false),
        ], main: "units")
}
