import Diagnostics
import Testing

/// Settings that would do nothing are mistakes; the same settings at their defaults, which a rendered spec writes, are not.
@Suite struct EffectTests {
    @Test(arguments: [
        "model: {layers: [dense: {units: 4, bias: false, trainable: [bias]}, 1]}\n"
            + "#                                                           ^^^^ E0335\n",
        "model: {layers: [4, dense: {units: 1, bias: false, trainable: [weight, bias]}]}\n"
            + "#                                                                      ^^^^ E0335\n",
        "model: {layers: [dense: {units: 4, trainable: false}, dense: {units: 1, trainable: []}]}\n"
            + "#               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ E0336\n",
        "model: {layers: [dense: {units: 4, trainable: false, l1: 0.1, l2: 0.2}, 1]}\n"
            + "#                                                        ^^^ E0337\n"
            + "#                                                                 ^^^ E0337\n",
        "model: {layers: [dense: {units: 4, trainable: [bias], l2: 0.2}, 1]}\n#                                                         ^^^ E0337\n",
        "model: {layers: [4, 1]}\noptimizer: {decay_bias: true}\n#                       ^^^^ E0338\n",
        "model: {layers: [4, dense: {units: 1, bias: false, l2: 1}]}\noptimizer: {decay_bias: true}\n#                       ^^^^ E0338\n",
        "model: {layers: [4, 1, dropout: 0.5]}\n#                      ^^^^^^^^^^^^ E0339\n",
        "model: {layers: [4, 1, dropout: 0.5, activation: relu]}\n#                      ^^^^^^^^^^^^ E0339\n",
    ])
    func layers(_ text: String) throws { try MarkedText("nnspec: 1\ndata: {path: a.csv, target: y}\n" + text).check() }

    @Test(arguments: [
        "{name: x, type: number, unseen: other}\n#                                                            ^^^^^ E0340\n",
        "{name: x, type: number, max_categories: 3}\n#                                                                    ^ E0340\n",
        "{name: x, type: number, categories: [a]}\n#                                                                ^^^ E0340\n",
        "{name: x, type: category, normalize: zscore}\n#                                                                 ^^^^^^ E0340\n",
    ])
    func features(_ text: String) throws {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        try MarkedText("nnspec: 1\ndata: {target: y, features: [\(lines[0])], path: a.csv}\n\(lines[1])\nmodel: {layers: [4]}\n").check()
    }

    @Test(arguments: [
        ("target: [y, z]", "label_smoothing: 0.1", ["E0341"]), ("target: [y, z]", "label_smoothing: 0", []),
        ("target: y, classes: [a, b]", "task: regression", ["E0342"]), ("target: [y, z], classes: [a, b]", "", ["E0342"]),
        ("target: y, classes: auto", "task: regression", []), ("target: y, classes: [a, b]", "task: classification", []),
    ])
    func classes(_ data: String, _ rest: String, _ codes: [String]) throws {
        let (_, diagnostics) = try read("nnspec: 1\ndata: {path: a.csv, \(data)}\nmodel: {layers: [4, auto]}\n\(rest)\n")
        #expect(diagnostics.map(\.code) == codes, "\(diagnostics.map(\.message))")
    }

    /// What has an effect, or is a default.
    @Test(arguments: [
        "model: {layers: [dense: {units: 4, trainable: [bias]}, dense: {units: 1, trainable: false, l1: 0, l2: 0}]}",
        "model: {layers: [dense: {units: 4, trainable: [bias], l2: 0.1}, 1]}\noptimizer: {decay_bias: true}",
        "model: {layers: [dense: {units: 4, trainable: false}]}\ntraining: {epochs: 0}", "model: {layers: [4, 1]}\noptimizer: {decay_bias: false}",
        "model: {layers: [4, 1]}\noptimizer: {decay_bias: true, weight_decay: 0.1}", "model: {layers: [dropout: 0.1, 4, dropout: 0.2, 1]}",
        "model: {layers: [dense: {units: 4, bias: false, trainable: true}, 1]}",
    ])
    func effective(_ text: String) throws {
        let features =
            "features: [{name: x, type: number, encoding: one_hot, unseen: error, max_categories: 100}, {name: z, type: category, normalize: none}]"
        let (document, diagnostics) = try read("nnspec: 1\ndata: {path: a.csv, target: y, \(features)}\n\(text)\n")
        #expect(document != nil && diagnostics.isEmpty, "\(diagnostics.map(\.message))")
    }
}

/// Warnings: what is legal and yet hardly meant.
@Suite struct WarningTests {
    @Test(arguments: [("adam", 2.0, true), ("adam", 1.0, false), ("sgd", 5.0, false), ("sgd", 11.0, true)])
    func absurdLearningRate(_ type: String, _ rate: Double, _ warns: Bool) throws {
        let (document, diagnostics) = try read(smallest + "optimizer: {type: \(type), learning_rate: \(rate)}\n")
        #expect(document != nil && diagnostics.map(\.code) == (warns ? ["W0302"] : []))
    }
}
