extension SettingsTable {
    static let model = SettingType.Record(settings: [
        Setting(
            "layers", .list(of: layer, nonEmpty: true), nil, "every layer after the input, the output layer included", isRequired: true,
            example: "[16, auto]"),
        Setting("activation", activation, .word("relu"), "of hidden layers that name none; the last layer's follows from the loss"),
        Setting(
            "initializer", initializer, .word("auto"),
            "of layers that name none; auto: he_uniform before relu kinds, else glorot_uniform; biases are 0"),
        Setting(
            "input", .either([.word(["auto"]), .integer(1...1_000_000_000), .list(of: .integer(1...1_000_000_000), nonEmpty: true)]),
            .word("auto"), "the width of the input, which is then checked"),
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
                    .init(
                        settings: [
                            Setting("mean", .number(.any), .number(0), "the mean"),
                            Setting("std", .number(.nonNegative), .number(0.05), "the standard deviation"),
                        ], leading: "std"))),
            .init(
                name: "uniform",
                type: .record(
                    .init(
                        settings: [
                            Setting("minimum", .number(.any), .number(-0.05), "the least"),
                            Setting("maximum", .number(.any), .number(0.05), "the greatest"),
                        ], leading: "maximum"))),
        ]),
    ])

    /// An entry of model.layers: `64`, `auto`, or a mapping of one kind.
    static let layer = SettingType.kind(layerKinds, main: "dense")

    static let layerKinds: [SettingType.Kind] =
        [
            .init(name: "dense", type: .record(dense), doc: "y = activation(x W + b)"),
            .init(
                name: "activation",
                type: .record(
                    .init(
                        settings: [Setting("function", activation, nil, "the function", isRequired: true, example: "tanh"), name], main: "function")),
                doc: "an activation on its own"),
            .init(
                name: "dropout",
                type: .record(
                    .init(
                        settings: [
                            Setting("rate", .number(.belowOne), nil, "share of values set to 0 while training", isRequired: true, example: "0.2"),
                            name,
                        ], main: "rate")),
                doc: "sets values to 0 while training; the others are divided by 1 - rate"),
        ] + laterLayers.map { SettingType.Kind(name: $0, type: .text(.prose), isBuilt: false) }

    static let laterLayers = [
        "conv1d", "conv2d", "max_pool2d", "avg_pool2d", "global_avg_pool", "flatten", "reshape", "batch_norm", "layer_norm", "embedding", "lstm",
        "gru",
        "attention", "add", "concat",
    ]

    static let name = Setting("name", .text(.identifier), nil, "what weights files call the layer", follows: "kind and number", example: "hidden")
    static let dense = SettingType.Record(
        settings: [
            Setting(
                "units", .either([.integer(1...Int.max), .word(["auto"])]), nil, "outputs; auto, in the last layer only: as many as the target needs",
                isRequired: true, example: "16"),
            Setting("activation", activation, nil, "the last layer's follows from the loss", follows: "model.activation", example: "tanh"),
            Setting("bias", .boolean, .boolean(true), "whether a bias is added"),
            Setting("initializer", initializer, nil, "of the weight", follows: "model.initializer", example: "he_normal"),
            Setting(
                "trainable", .either([.boolean, .list(of: .word(["weight", "bias"]), nonEmpty: false)]), .boolean(true), "what training moves"),
            Setting("l1", .number(.nonNegative), .number(0), "penalty on the sum of |w|"),
            Setting("l2", .number(.nonNegative), .number(0), "penalty on the sum of w^2"),
            name,
            Setting("inputs", .list(of: .text(.name), nonEmpty: true), nil, "other layers to read from", isBuilt: false),
        ], main: "units")
}
