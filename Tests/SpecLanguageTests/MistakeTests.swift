import Testing

/// Every kind of mistake, marked in the text itself.
@Suite struct MistakeTests {
    @Test func aRightSpecHasNoMistake() throws { try MarkedText(smallest).check() }

    @Test(arguments: [
        // Wrong types, each with the value it found.
        "training: {epochs: true}\n#                  ^^^^ E0204\n",
        "training: {epochs: 1.5}\n#                  ^^^ E0204\n",
        "training: {epochs: \"5\"}\n#                  ^^^ E0204\n",
        "training: {shuffle: no}\n#                   ^^ E0204\n",
        "training: [1, 2]\n#         ^^^^^^ E0204\n",
        "optimizer: {learning_rate: [0.1]}\n#                          ^^^^^ E0204\n",
        "optimizer: adm\n#          ^^^ E0204\n",
        "description: {a: 1}\n#            ^^^^^^ E0204\n",
        // Out of range; not-a-number is in no range.
        "optimizer: {learning_rate: 0}\n#                          ^ E0205\n",
        "optimizer: {learning_rate: .nan}\n#                          ^^^^ E0205\n",
        "optimizer: {learning_rate: .inf}\n#                          ^^^^ E0205\n",
        "optimizer: {learning_rate: 1e999}\n#                          ^^^^^ E0205\n",
        "seed: -1\n#     ^^ E0205\n",
        "seed: 9223372036854775808\n#     ^^^^^^^^^^^^^^^^^^^ E0205\n",
        "label_smoothing: 1\n#                ^ E0205\n",
        // Spelling.
        "trainig: {epochs: 5}\n# ^ E0201\n",
        "training: {Epochs: 5}\n#          ^^^^^^ E0201\n",
        "training: {epochs: 010}\n#                  ^^^ E0206\n",
        "training: {epochs: 1_0}\n#                  ^^^ E0204\n",
        // Nothing where a value is wanted.
        "training: {epochs: }\n#          ^^^^^^ E0203\n",
        "training: {epochs: null}\n#                  ^^^^ E0203\n",
        "loss: ~\n#     ^ E0203\n",
        // What is not built.
        "output: {report: false}\n#        ^^^^^^ E0208\n",
        "export: [onnx]\n# ^ E0208\n",
        // Keys that do nothing, settings that contradict each other.
        "optimizer: {type: sgd, beta1: 0.5}\n#                             ^^^ E0311\n",
        "optimizer: {type: sgd, nesterov: true}\n#                                ^^^^ E0312\n",
        "optimizer: {type: adam, momentum: 0.9}\n#                                 ^^^ E0311\n",
        "training: {monitor: validation.acuracy}\n#                   ^^^^^^^^^^^^^^^^^^ E0330\n",
        "class_weights: {}\n#              ^^ E0320\n",
        // Several in one go.
        "optimizer: {lr: 1}\n#           ^^ E0201\ntraining: {epochs: x, batch_size: 0}\n#                  ^ E0204        ^ E0205\n",
    ])
    func atTheTop(_ text: String) throws {
        // `# ^` marks the key at the beginning of the line, whatever its length.
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        for index in lines.indices where lines[index].hasPrefix("# ^ ") {
            let key = lines[index - 1].prefix { $0 != ":" }
            lines[index] = "#" + lines[index].dropFirst(4)
            lines[index] = ""
            lines[index - 1] = String(lines[index - 1])
            // A mark of column 1 cannot stand in a comment: check it by hand.
            try firstColumn(lines.filter { !$0.isEmpty }.joined(separator: "\n") + "\n", key: String(key), code: String(text.suffix(6).prefix(5)))
            return
        }
        try MarkedText(smallest + lines.joined(separator: "\n")).check()
    }

    private func firstColumn(_ text: String, key: String, code: String) throws {
        let (_, diagnostics) = try read(smallest + text)
        #expect(diagnostics.map(\.code) == [code])
        let range = try #require(diagnostics.first?.range)
        #expect(range.start.line == 4 && range.start.column == 1 && range.text == key)
    }

    @Test(arguments: [
        "data: {path: a.csv, target: y}\nmodel: {layers: [auto, 4]}\n#                ^^^^ E0313\n",
        "data: {path: a.csv, target: y}\nmodel: {layers: []}\n#               ^^ E0207\n",
        "data: {path: a.csv, target: y}\nmodel: {layers: [dropout: 0.5, 4]}\n",
        "data: {path: a.csv, target: y}\nmodel: {layers: [relu, 4]}\n#                ^^^^ E0212\n",
        "data: {path: a.csv, target: y}\nmodel: {layers: [conv2d: {filters: 3}, 4]}\n#                ^^^^^^ E0208\n",
        "data: {path: a.csv, target: y}\nmodel: {layers: [dense: {units: 4, activaton: relu}]}\n#                                  ^^^^^^^^^ E0201\n",
        "data: {path: a.csv, target: y}\nmodel: {layers: [dense: {units: 4, name: a}, dense: {units: 1, name: a}]}\n"
            + "#                                                                    ^ E0307\n",
        "data: {path: a.csv, target: [y, z]}\nmodel: {layers: [4, 3]}\n#                   ^ E0317\n",
        "data: {path: a.csv, target: y}\nloss: cross_entropy\nmodel: {layers: [dense: {units: 3, activation: linear}]}\n"
            + "#                                              ^^^^^^ E0318\n",
        "data: {path: a.csv, target: y, split: {validation: 0.7, test: 0.4}}\n"
            + "#                                                  ^^^ E0306\nmodel: {layers: [4]}\n",
        "data: {path: a.csv, train: b.csv, target: y}\n#                          ^^^^^ E0302\nmodel: {layers: [4]}\n",
        "data: {path: a.csv, target: y, features: [x], exclude: [z]}\n"
            + "#                                                      ^^^ E0326\nmodel: {layers: [4]}\n",
        "data: {path: a.csv, target: y, split: {method: hash}}\n#                                              ^^^^ E0365\nmodel: {layers: [4]}\n",
        "data: {path: a.csv, target: y, split: {key: z}}\n#                                           ^ E0366\nmodel: {layers: [4]}\n",
        "data: {path: a.csv, target: y, split: {method: column, key: z, test: 0.2}}\n"
            + "#                                                                    ^^^ E0368\nmodel: {layers: [4]}\n",
        "data: {path: a.csv, target: y, indicator: true}\n#                                         ^^^^ E0371\nmodel: {layers: [4]}\n",
        "data: {path: a.csv, target: y, features: [{name: a, type: boolean, normalize: minmax}]}\n"
            + "#                                                                             ^^^^^^ E0340\nmodel: {layers: [4]}\n",
        "task: multilabel\ndata: {path: a.csv, target: y}\n#                           ^ E0369\nmodel: {layers: [4]}\n",
        "task: multilabel\ndata: {path: a.csv, target: [y, z]}\nmodel: {layers: [4]}\n#                ^ E0317\n",
        "task: multilabel\ndata: {path: a.csv, target: [y, z]}\nmodel: {layers: [auto]}\nloss: mse\n#     ^^^ E0322\n",
        "task: multilabel\ndata: {path: a.csv, target: [y, z]}\nmodel: {layers: [auto]}\nmetrics: [r2]\n#         ^^ E0325\n",
        "task: multilabel\ndata: {path: a.csv, target: [y, z], split: {method: stratified}}\n"
            + "#                                                   ^^^^^^^^^^ E0353\nmodel: {layers: [auto]}\n",
        "task: multilabel\ndata: {path: a.csv, target: [y, z]}\nmodel: {layers: [auto]}\nclass_weights: balanced\n#              ^^^^^^^^ E0321\n",
    ])
    func inDataAndModel(_ text: String) throws { try MarkedText("nnspec: 1\n" + text).check() }

    /// Tools people come from, and the words of ours.
    @Test(arguments: [
        ("lr: 1", "optimizer.learning_rate"), ("hidden_layer_sizes: [3]", "model.layers"), ("max_epochs: 3", "training.epochs"),
        ("validation_split: 0.1", "data.split.validation"), ("standardize: true", "normalize: zscore"), ("input_features: [a]", "data.features"),
        ("learning_rate: 1", "optimizer.learning_rate"), ("epochs: 3", "training.epochs"), ("random_state: 1", "seed"), ("criterion: mse", "loss"),
        ("weight_decay: 1", "optimizer.weight_decay"), ("batch_size: 3", "training.batch_size"),
    ])
    func otherToolsWords(_ line: String, _ ours: String) throws {
        let (_, diagnostics) = try read(smallest + line + "\n")
        #expect(diagnostics.count == 1 && diagnostics.first?.code == "E0201")
        #expect(diagnostics.first?.fix?.contains(ours) == true, "\(diagnostics.first?.fix ?? "")")
    }

    @Test(arguments: [
        ("loss: categorical_crossentropy", "cross_entropy"), ("loss: mean_squared_error", "mse"), ("model: {activation: swish, layers: [1]}", "silu"),
    ])
    func otherToolsValues(_ line: String, _ ours: String) throws {
        let (_, diagnostics) = try read((line.hasPrefix("model") ? "nnspec: 1\ndata: {path: a.csv, target: y}\n" : smallest) + line + "\n")
        #expect(diagnostics.first?.fix?.contains("`\(ours)`") == true, "\(diagnostics)")
    }

    @Test(arguments: ["nnspec", "data", "model"]) func requiredKeys(_ key: String) throws {
        let text = smallest.split(separator: "\n").filter { !$0.hasPrefix(key) }.joined(separator: "\n") + "\n"
        let (_, diagnostics) = try read(text)
        #expect(diagnostics.map(\.code) == ["E0202"] && diagnostics[0].message.contains("`\(key)`"))
    }
}
