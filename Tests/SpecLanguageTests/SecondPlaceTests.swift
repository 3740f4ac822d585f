import Diagnostics
import SpecLanguage
import Testing

/// Where two settings do not fit together, the message points at both, or says which default takes part.
@Suite struct SecondPlaceTests {
    private let data = "data: {path: a.csv, target: y}\n"
    private let model = "model: {layers: [4, auto]}\n"

    @Test(arguments: [
        // The text at the second place, after the code.
        ("model: {layers: [4, auto]}\ntraining: {keep: best}\ndata: {path: a.csv, target: y, split: none}\n", "E0332", "none"),
        ("model: {layers: [4, auto]}\ntraining: {keep: best}\ndata: {path: a.csv, target: y, split: {validation: 0}}\n", "E0332", "0"),
        ("model: {layers: [4, auto]}\ntraining: {monitor: validation.mse}\ndata: {train: a.csv, target: y}\n", "E0331", "a.csv"),
        ("model: {layers: [4, auto]}\ndata: {train: a.csv, target: y, split: {test: 0.1}}\n", "E0304", "a.csv"),
        ("model: {layers: [4, auto]}\ndata: {path: a.csv, test: b.csv, target: y}\n", "E0305", "a.csv"),
        ("model: {layers: [4, auto]}\ndata: {path: a.csv, train: b.csv, target: y}\n", "E0302", "a.csv"),
        ("model: {layers: [4, auto]}\ndata: {path: a.csv, target: y, exclude: [z, y]}\n", "E0327", "y"),
        ("model: {layers: [4, auto]}\ndata: {path: a.csv, target: y, features: [z], exclude: [x]}\n", "E0326", "[z]"),
        ("model: {layers: [4, auto]}\ndata: {path: a.csv, target: y, exclude: [x, z, x]}\n", "E0324", "x"),
        ("model: {layers: [4, auto]}\ndata: {path: a.csv, target: y, delimiter: \";\", comment: \";\"}\n", "E0328", "\";\""),
        ("data: {path: a.csv, target: y}\nmodel: {layers: [auto, 3]}\n", "E0313", "3"),
        ("data: {path: a.csv, target: y}\nmodel: {layers: [4, auto]}\nmetrics: [accuracy, accuracy]\n", "E0324", "accuracy"),
        ("data: {path: a.csv, target: y}\nmodel: {layers: [4, auto]}\ntask: regression\nmetrics: [accuracy]\n", "E0325", "regression"),
        ("data: {path: a.csv, target: [y, z]}\nmodel: {layers: [4, auto]}\nmetrics: [accuracy]\n", "E0325", "z"),
        ("data: {path: a.csv, target: y}\nmodel: {layers: [4, 3]}\ntask: binary\n", "E0333", "binary"),
        ("data: {path: a.csv, target: y}\nmodel: {layers: [4, 3]}\nloss: binary_cross_entropy\n", "E0333", "binary_cross_entropy"),
        ("data: {path: a.csv, target: y, classes: [a, b, c]}\nmodel: {layers: [4, 2]}\ntask: classification\n", "E0334", "[a, b, c]"),
        ("data: {path: a.csv, target: y}\nmodel: {layers: [dense: {units: 3, activation: relu}]}\ntask: classification\n", "E0318", "classification"),
        ("data: {path: a.csv, target: y}\nmodel: {layers: [dense: {units: 3, activation: relu}]}\nloss: cross_entropy\n", "E0318", "cross_entropy"),
        ("data: {path: a.csv, target: y}\nmodel: {layers: [4, auto]}\nloss: mse\nlabel_smoothing: 0.1\n", "E0319", "mse"),
        ("data: {path: a.csv, target: y}\nmodel: {layers: [4, auto]}\ntask: regression\nclass_weights: balanced\n", "E0321", "regression"),
        ("data: {path: a.csv, target: y, normalize_target: zscore}\nmodel: {layers: [4, auto]}\ntask: classification\n", "E0323", "classification"),
        ("data: {path: a.csv, target: y, classes: [a, b]}\nmodel: {layers: [4, auto]}\ntask: regression\n", "E0342", "regression"),
        ("data: {path: a.csv, target: y}\nmodel: {layers: [4, auto]}\noptimizer: {type: sgd, beta1: 0.5}\n", "E0311", "sgd"),
        ("data: {path: a.csv, target: y}\nmodel: {layers: [4, auto]}\noptimizer: {type: sgd, momentum: 0, nesterov: true}\n", "E0312", "0"),
        ("data: {path: a.csv, target: y}\nmodel: {layers: [4, auto]}\nseed: 1\nseed: 2\n", "E0105", "seed"),
        ("data: {path: a.csv, target: y}\nmodel: {input: [2, 2, 1], layers: [4, auto]}\n", "E0343", "4"),
        ("data: {path: a.csv, target: y}\nmodel: {layers: [dense: {units: 4, name: a}, dense: {units: 1, name: a}]}\n", "E0307", "a"),
    ])
    func bothAreShown(_ text: String, _ code: String, _ second: String) throws {
        let (_, diagnostics) = try read("nnspec: 1\n" + text)
        #expect(diagnostics.map(\.code) == [code], "\(diagnostics.map(\.message))")
        let found = try #require(diagnostics.first)
        #expect(found.related.first?.range.text == second && found.related.first?.range != found.range, "\(found.related)")
        #expect(found.related.allSatisfy { !$0.text.isEmpty })
    }

    @Test(arguments: [
        ("optimizer: {momentum: 0.9}", "E0311", "`optimizer.type` is not written: the default is `adam`"),
        ("optimizer: {learning_rate: 5}", "W0302", "`optimizer.type` is not written: the default is `adam`"),
        ("optimizer: {type: sgd, nesterov: true}", "E0312", "`optimizer.momentum` is not written: the default is `0`"),
        ("optimizer: {decay_bias: true}", "E0338", "`optimizer.weight_decay` is not written: the default is `0`"),
        ("data: {path: a.csv, target: y, split: {train: 0.9}}", "E0306", "`data.split.validation` is not written: the default is `0.2`"),
        ("data: {path: a.csv, target: y, decimal: \",\"}", "E0328", "`data.delimiter` is not written: the default is `\",\"`"),
        ("data: {path: a.csv, target: y, delimiter: \".\"}", "E0328", "`data.decimal` is not written: the default is `\".\"`"),
        ("model: {layers: [4, auto], initializer: {uniform: {minimum: 1}}}", "E0316", "`maximum` is not written: the default is `0.05`"),
        ("task: binary\nmodel: {layers: [4, 3]}", "E0333", "`loss` is not written: with `task: binary` it is binary_cross_entropy"),
    ])
    func theDefaultIsNamed(_ lines: String, _ code: String, _ note: String) throws {
        let keys = lines.split(separator: "\n").map { $0.prefix { $0 != ":" } + ":" }
        let rest = smallest.split(separator: "\n").filter { line in !keys.contains { line.hasPrefix($0) } }.map { $0 + "\n" }.joined()
        let (_, diagnostics) = try read(rest + lines + "\n")
        #expect(diagnostics.map(\.code) == [code], "\(diagnostics.map(\.message))")
        #expect(diagnostics.first?.notes.contains(note) == true, "\(diagnostics.first?.notes ?? [])")
    }

    /// A default that someone wrote is theirs.
    @Test func whatIsWrittenIsNoDefault() throws {
        let (_, diagnostics) = try read(smallest + "optimizer: {type: adam, momentum: 0.9}\n")
        #expect(diagnostics.first?.notes.contains { $0.contains("not written") } == false)
        #expect(diagnostics.first?.related.first?.range.text == "adam")
    }
}
