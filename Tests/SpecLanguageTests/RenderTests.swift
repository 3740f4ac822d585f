import Diagnostics
import Foundation
import SpecLanguage
import TestSupport
import Testing

/// The rendered spec: every default in the table's order, and paths that hold wherever it lies.
@Suite struct RenderTests {
    @Test func everyDefaultIsWrittenOut() throws {
        let document = try #require(try read(smallest).document)
        #expect(
            document.rendered() == """
                nnspec: 1
                name: sample
                description: ""
                seed: 0
                task: auto
                data:
                  path: a.csv
                  format: auto
                  delimiter: ","
                  header: true
                  comment: none
                  decimal: "."
                  missing_values: [""]
                  target: "y"
                  features: all
                  exclude: []
                  missing: error
                  indicator: false
                  normalize: zscore
                  normalize_target: none
                  sample_weight: none
                  split: {train: 0.8, validation: 0.2, test: 0, method: auto, key: none, folds: none}
                  classes: auto
                model:
                  layers:
                    - {dense: {units: 4, bias: true, trainable: true, l1: 0, l2: 0, name: dense_1}}
                    - {dense: {units: auto, bias: true, trainable: true, l1: 0, l2: 0, name: dense_2}}
                  activation: relu
                  initializer: auto
                  input: auto
                  initial_weights: none
                loss: auto
                label_smoothing: 0
                class_weights: none
                metrics: auto
                optimizer:
                  type: adam
                  learning_rate: 0.001
                  momentum: 0
                  nesterov: false
                  beta1: 0.9
                  beta2: 0.999
                  epsilon: 1e-08
                  rho: 0.9
                  history_size: 10
                  tolerance_grad: 1e-07
                  tolerance_change: 1e-09
                  c1: 0.0001
                  c2: 0.9
                  max_ls: 25
                  weight_decay: 0
                  decay_bias: false
                training:
                  epochs: 100
                  batch_size: 32
                  shuffle: true
                  last_batch: keep
                  schedule: constant
                  gradient_clip: none
                  early_stopping: none
                  keep: best
                  monitor: validation.loss
                  on_nonfinite: stop
                  max_time: none
                  threads: auto
                  precision: float32
                  checkpoint_every: 1
                output:
                  directory: runs
                  weights: json
                  report: true
                export: []
                expect: {}
                sweep: none

                """)
    }

    /// Each default written out by hand is the same spec, and so every row of the table accepts its own default.
    @Test func everyLineOfARenderedSpecMayBeWritten() throws {
        let whole = try #require(try read(smallest).document).rendered()
        for line in whole.split(separator: "\n") where !line.hasPrefix("nnspec") && !line.hasPrefix(" ") && !line.hasSuffix(":") {
            let (document, diagnostics) = try read(smallest + line + "\n")
            #expect(document?.rendered().contains(line) == true, "\(line): \(diagnostics)")
        }
        for section in ["optimizer", "training", "output"] {
            let lines = whole.split(separator: "\n").drop { $0 != "\(section):" }.dropFirst().prefix { $0.hasPrefix("  ") }
            #expect(lines.count > 2)
            for line in lines {
                let (document, diagnostics) = try read(smallest + "\(section):\n\(line)\n")
                #expect(document?.rendered() == whole, "\(section): \(line): \(diagnostics)")
            }
        }
    }

    /// The text depends neither on how the spec was named nor on where it lies from the working directory.
    @Test func pathsFollowTheSpec() throws {
        try withFolder { folder in
            try FileManager.default.createDirectory(atPath: folder + "/a/b", withIntermediateDirectories: true)
            let text = "nnspec: 1\ndata: {path: d/x.csv, target: y}\nmodel: {layers: [1], initial_weights: /w.json}\noutput: {directory: ../out}\n"
            try text.write(toFile: folder + "/a/s.yaml", atomically: false, encoding: .utf8)
            let direct = try SpecReader.read(path: folder + "/a/s.yaml", sink: DiagnosticSink())
            let around = try SpecReader.read(path: folder + "/a/b/../s.yaml", sink: DiagnosticSink())
            #expect(direct.rendered() == around.rendered())
            #expect(direct.rendered().contains("  path: d/x.csv\n") && direct.rendered().contains("initial_weights: /w.json\n"))
            #expect(direct.rendered().contains("  directory: ../out\n") && direct.spec.output.directory.value == folder + "/a/../out")
            let elsewhere = direct.rendered(relativeTo: folder + "/out/s")
            #expect(elsewhere.contains("  path: ../../a/d/x.csv\n"))
            #expect(elsewhere.contains("  directory: \"..\"\n"))
            #expect(elsewhere.contains("  initial_weights: /w.json\n"))
            // Written there, it is the same spec: the same files, and itself again.
            try FileManager.default.createDirectory(atPath: folder + "/out/s", withIntermediateDirectories: true)
            try elsewhere.write(toFile: folder + "/out/s/spec.resolved.yaml", atomically: false, encoding: .utf8)
            let again = try SpecReader.read(path: folder + "/out/s/spec.resolved.yaml", sink: DiagnosticSink())
            #expect(again.rendered() == elsewhere)
        }
    }

    @Test(arguments: [("1e-3", "0.001"), ("0.001", "0.001"), ("1E+2", "100"), ("1e-8", "1e-08"), ("123456789.5", "123456789.5"), ("1e300", "1e+300")])
    func numbersHaveOneSpelling(_ written: String, _ rendered: String) throws {
        let text = try #require(try read(smallest + "optimizer: {learning_rate: \(written)}\n").document).rendered()
        #expect(text.contains("  learning_rate: \(rendered)\n"))
        #expect(try read(text).document?.rendered() == text)
    }

    /// Without rows to choose by, `best` is not what happens, so it is not what is rendered.
    @Test func keepWithoutValidationRows() throws {
        let text = smallest.replacingOccurrences(of: "target: y", with: "target: y, split: none")
        let document = try #require(try read(text).document)
        #expect(document.spec.training.keep.value == .last && document.rendered().contains("keep: last\n"))
        #expect(try read(document.rendered()).document?.rendered() == document.rendered())
        #expect(try read(text + "training: {keep: best}\n").diagnostics.map(\.code) == ["E0332"])
        #expect(try read(text + "training: {monitor: validation.loss}\n").diagnostics.map(\.code) == ["E0331"])
        #expect(try read(text + "training: {monitor: validation.mse, keep: last}\n").diagnostics.map(\.code) == ["E0331"])
        #expect(try read(smallest + "training: {keep: best, monitor: validation.mse}\n").document != nil)
    }

    /// Names that YAML or a hasty reader could take for something else.
    @Test(arguments: [
        "no", "null", "~", "010", "1e3", "true", "a b", "a: b", "#", "", " x ", "é", "\u{1}", "\"", "\\", "- a", "*a", "{", "a\nb", "...", "---",
        ".5", ".",
    ])
    func namesComeBack(_ name: String) throws {
        var quoted = ""
        for scalar in name.unicodeScalars {
            let hex = String(scalar.value, radix: 16)
            quoted += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
        }
        let first = try #require(try read(smallest + "class_weights: {\"k\(quoted)\": 1, \"\(quoted)\": 2}\n").document)
        let second = try #require(try read(first.rendered()).document)
        guard case .byName(let weights) = second.spec.classWeights.value else {
            Issue.record("no weights")
            return
        }
        #expect(weights.map(\.name.value) == ["k" + name, name])
        #expect(second.rendered() == first.rendered())
    }

    /// Where each value came from.
    @Test func originsAreTold() throws {
        let text = try #require(try read(smallest + "seed: 3\n", ["training.epochs=7"]).document).specText()
        #expect(text.contains("seed = 3  # ") && text.contains("sample.yaml:4:7\n"))
        #expect(text.contains("training.epochs = 7  # --set\n") && text.contains("training.batch_size = 32  # default\n"))
    }

    @Test func nodesAreTold() throws {
        let text = try #require(try read(smallest).document).nodesText()
        #expect(text.hasPrefix("mapping  ") && text.contains("scalar a.csv  ") && text.contains("sample.yaml:2:14\n"))
    }
}
