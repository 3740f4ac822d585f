import Diagnostics
import Foundation
import SpecLanguage
import TestSupport
import Testing

/// All mistakes of a spec in one pass, and no mistake that is only the shadow of another.
@Suite struct AllMistakesTests {
    private func codes(_ text: String) throws -> [String] {
        let (document, diagnostics) = try read("nnspec: 1\n" + text)
        #expect(document == nil || diagnostics.isEmpty)
        return diagnostics.map(\.code)
    }

    @Test(arguments: [
        // The files, the split and the layers' names are all looked at, whatever one of them says.
        (
            "data: {path: a.csv, train: b.csv, target: y, split: {validation: 0.7, test: 0.4}}\n"
                + "model: {layers: [dense: {units: 4, name: a}, dense: {units: 1, name: a}]}\n", ["E0302", "E0306", "E0307"]
        ),
        ("data: {path: a.csv, validation: b.csv, test: c.csv, target: y}\nmodel: {layers: [1]}\n", ["E0305", "E0305"]),
        // A mistake in one section hides nothing in the others.
        ("metrics: [acurracy]\ndata: {path: a.csv, train: b.csv, target: y}\nmodel: {layers: [1]}\n", ["E0204", "E0302"]),
        (
            "data: {path: a.csv, target: y}\nmodel: {layers: [auto, 1]}\ntraining: {epochs: x}\noptimizer: {type: sgd, beta1: 0.5}\n",
            ["E0313", "E0204", "E0311"]
        ),
        (
            "data: {path: a.csv, target: y, header: no, exclude: [y]}\nmodel: {layers: [auto, 1], activation: rel}\n",
            ["E0204", "E0327", "E0313", "E0204"]
        ),
        ("data: {target: y}\nmodel: {layers: []}\nclass_weights: {}\n", ["E0303", "E0207", "E0320"]),
        (
            "data: {path: a.csv, target: y}\nmodel: {layers: [4, auto]}\ntask: regression\nmetrics: [precision, r2, zz, f1]\n",
            ["E0325", "E0204", "E0325"]
        ),
        ("data: {path: a.csv, target: y}\nmodel: {layers: [4, auto]}\nmetrics: [precision, r2, f1, mse]\n", ["E0345", "E0345"]),
        ("data: {path: a.csv, target: y}\nmodel: {layers: [4, auto]}\nloss: cross_entropy\nmetrics: [accuracy, r2, mse]\n", ["E0325", "E0325"]),
        (
            "data: {path: a.csv, target: y}\nmodel: {layers: [4, auto]}\ntask: classification\nmetrics: [precision, r2, f1]\n",
            ["E0325", "E0325", "E0325"]
        ),
        ("data: {path: a.csv, target: y}\nmodel: {layers: [4, 1]}\ntask: binary\nmetrics: [precision, r2, f1, zz]\n", ["E0325", "E0204"]),
        ("data: {path: a.csv, target: y}\nmodel: {layers: [4, auto]}\nloss: {huber: {x: 1}}\nmetrics: [precision, r2]\n", ["E0201", "E0345"]),
        // No shadows.
        ("data: {pth: a.csv, target: y}\nmodel: {layers: [1]}\n", ["E0201"]), ("data: 5\nmodel: {layers: [1]}\n", ["E0204"]),
        ("data: {path: [a], target: y}\nmodel: {layers: [1]}\n", ["E0204"]), ("model: {layers: [1]}\n", ["E0202"]), ("", ["E0202", "E0202"]),
        ("data: {path: a.csv, target: y}\nmodel: {layers: [1]}\noptimizer: {typ: sgd, momentum: 0.5}\n", ["E0201"]),
        ("data: {path: a.csv, target: y}\nmodel: {layers: [1]}\noptimizer: {type: sdg, momentum: 0.5}\n", ["E0204"]),
        ("data: {path: a.csv, target: y}\nmodel: {layers: [1]}\noptimizer: {type: sgd, nesterov: true, momentum: x}\n", ["E0204"]),
        ("data: {path: a.csv, target: y}\nmodel: {layers: [dense: {unit: 4}, 1]}\n", ["E0201"]),
        ("data: {path: a.csv, target: y}\nmodel: {layers: [dense: {units: x, trainable: [bias, foo], l2: 1}, 1]}\n", ["E0204", "E0204"]),
        ("data: {path: a.csv, target: y}\nmodel: {layers: [dense: x]}\n", ["E0204"]),
        ("data: {path: a.csv, target: y, split: {validation: x, train: 1}}\nmodel: {layers: [1]}\ntraining: {keep: best}\n", ["E0204"]),
        ("data: {path: a.csv, target: y, split: 3}\nmodel: {layers: [1]}\ntraining: {keep: best}\n", ["E0204"]),
        ("data: {path: a.csv, target: [y, [z]]}\nmodel: {layers: [2]}\n", ["E0204"]), ("data: {path: a.csv, target: y}\nmodel: [1]\n", ["E0204"]),
        ("data: {path: a.csv, target: y, delimiter: ab, comment: \",\"}\nmodel: {layers: [1]}\n", ["E0204"]),
        ("data: {path: a.csv, target: y, features: [{type: number}, {type: number}]}\nmodel: {layers: [1]}\n", ["E0202", "E0202"]),
        ("data: {path: a.csv, target: y}\nmodel: {layers: [1], initializer: {uniform: {minimum: 1, maximum: x}}}\n", ["E0204"]),
        (
            "data: {path: a.csv, target: y}\nmodel: {layers: [2]}\ntask: binry\nloss: binary_cross_entrop\nclass_weights: {a: x}\n",
            ["E0204", "E0204", "E0204"]
        ),
        ("data: {path: a.csv, target: y}\nmodel: {layers: [1]}\nmetrics: [accurac]\ntraining: {monitor: validation.accuracy}\n", ["E0204"]),
    ])
    func together(_ text: String, _ expected: [String]) throws { #expect(try codes(text) == expected, "\(text)") }

    @Test func overridesHideNothing() throws {
        let (_, diagnostics) = try read(smallest + "seed: x\n", ["data.delimiter=,", "extends=b.yaml", "epochs", "training.epochs=y"])
        #expect(diagnostics.map(\.code).sorted() == ["E0101", "E0141", "E0144", "E0204", "E0204"])
    }

    /// Bits of a spec that uses everything are left out or swapped: it is told what is wrong, or the spec is right.
    @Test func damagedSpecsAreChecked() throws {
        let rich = """
            nnspec: 1
            task: binary
            data: {train: a.csv, validation: b.csv, target: y, delimiter: ";", decimal: ",", exclude: [q], classes: [a, b]}
            model: {input: [4], layers: [8, dense: {units: 4, trainable: [bias], name: h}, dropout: {rate: 0.5}, activation: tanh, dense: auto]}
            loss: {huber: {delta: 2}}
            class_weights: {a: 1, b: 2}
            label_smoothing: 0.1
            metrics: [accuracy, f1]
            optimizer: {type: sgd, momentum: 0.9, nesterov: true, weight_decay: 0.1, decay_bias: true}
            training: {gradient_clip: {norm: 1}, keep: last, monitor: validation.loss}
            model2: {initializer: {uniform: {minimum: -1, maximum: 1}}}
            """
        let tokens = rich.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        var state: UInt64 = 7
        func random(_ count: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % count
        }
        try withFolder { folder in
            for _ in 0..<500 {
                var changed = tokens
                for _ in 0..<(1 + random(3)) {
                    switch random(3) {
                    case 0: changed.remove(at: random(changed.count))
                    case 1: changed.swapAt(random(changed.count), random(changed.count))
                    default: changed[random(changed.count)] = ["x,", "[],", "{a: 1},", "null,", "-1,", "path:", "train:"][random(7)]
                    }
                }
                try changed.joined(separator: " ").write(toFile: folder + "/s.yaml", atomically: false, encoding: .utf8)
                let sink = DiagnosticSink()
                let document = try? SpecReader.read(path: folder + "/s.yaml", sink: sink)
                #expect((document == nil) == sink.hasErrors)
            }
        }
    }

    /// The checks run on after any mistake, so any stand-in has to be one they can live with.
    @Test func everySettingMayBeWrong() throws {
        let whole = try #require(try read(smallest).document).rendered()
        var section = ""
        for line in whole.split(separator: "\n") {
            let key = line.split(separator: ":").first.map { $0.trimmingCharacters(in: .whitespaces) } ?? ""
            if !line.hasPrefix(" ") { section = line.hasSuffix(":") ? key : "" }
            guard !line.hasSuffix(":"), !key.hasPrefix("-") else { continue }
            for value in ["[[]]", "{zz: {}}", "null", "\"\\u0001\""] {
                let document = try read(smallest, ["\(section.isEmpty ? "" : section + ".")\(key)=\(value)"]).document
                // These are names.
                #expect(
                    document == nil || value == "\"\\u0001\"" || (["target", "sample_weight"].contains(key) && value == "null"), "\(key)=\(value)")
            }
        }
    }
}
