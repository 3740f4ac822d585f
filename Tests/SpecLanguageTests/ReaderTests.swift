import Diagnostics
import Foundation
import SpecLanguage
import TestSupport
import Testing

/// What a right spec becomes: values, defaults, rendering, --set, extends.
@Suite struct ReaderTests {
    @Test func defaultsAreThoseOfTheContract() throws {
        let spec = try #require(try read(smallest).document?.spec)
        #expect(spec.name.value == "sample" && spec.seed.value == 0 && spec.task.value == .auto && spec.loss.value == .auto)
        #expect(spec.optimizer.type.value == .adam && spec.optimizer.learningRate.value == 0.001 && spec.optimizer.epsilon == 1e-8)
        #expect(spec.optimizer.beta1 == 0.9 && spec.optimizer.beta2 == 0.999 && spec.optimizer.weightDecay == 0 && !spec.optimizer.decayBias)
        #expect(spec.training.epochs.value == 100 && spec.training.batchSize.value == .rows(32) && spec.training.shuffle)
        #expect(spec.training.keep.value == .best && spec.training.monitor.value == "validation.loss" && spec.training.precision.value == .float32)
        #expect(spec.data.normalize.value == .zscore && spec.data.missing.value == .error && spec.data.missingValues == [""])
        #expect(spec.data.delimiter.value == UInt8(ascii: ",") && spec.data.header.value && spec.data.comment.value == nil)
        guard case .parts(let train, let validation, let test, let method) = spec.data.split.value else {
            Issue.record("no split")
            return
        }
        #expect(train.value == 0.8 && validation.value == 0.2 && test.value == 0 && method.value == .auto)
        #expect(spec.model.activation.value == .relu && spec.model.initializer.value == .auto && spec.output.directory.value.hasSuffix("/runs"))
    }

    @Test(arguments: [
        ("1e-3", 0.001), ("1E-3", 0.001), (".5", 0.5), ("+1", 1), ("1.e-3", 0.001), (".1e-2", 0.001), ("5e-4", 0.0005), ("1e-06", 1e-6), ("0x10", 16),
        ("0o17", 15),
    ])
    func numbers(_ text: String, _ value: Double) throws {
        #expect(try read(smallest + "optimizer: {learning_rate: \(text)}\n").document?.spec.optimizer.learningRate.value == value)
    }

    @Test func integralNumbersAreIntegers() throws {
        #expect(try read(smallest + "training: {epochs: 1e1}\n").document?.spec.training.epochs.value == 10)
        #expect(try read(smallest + "training: {epochs: 10.0}\n").document?.spec.training.epochs.value == 10)
    }

    @Test func namesKeepTheirText() throws {
        let text = "nnspec: 1\ndata: {path: a.csv, target: no, features: [y, 010, null, \"on\"], classes: [no, yes, 1.0]}\nmodel: {layers: [auto]}\n"
        let data = try #require(try read(text).document?.spec.data)
        #expect(data.targets.map(\.value) == ["no"] && data.features?.map(\.name.value) == ["y", "010", "null", "on"])
        #expect(data.classes?.value == ["no", "yes", "1.0"])
    }

    @Test(arguments: [
        smallest, smallest + "optimizer: sgd\nloss: huber\n",
        smallest + "loss: {huber: {delta: 0.5}}\ntraining: {gradient_clip: {norm: 1}, batch_size: full, threads: 2}\n",
        """
        nnspec: 1
        data:
          {train: a.csv, validation: b.csv, target: "010",
           features: [x, {name: 'no', type: category, missing: {constant: '0'}, categories: [a, 'b c', '0']}]}
        model:
          initializer: {normal: {std: 0.1}}
          layers: [dense: {units: 8, trainable: [weight], l2: 0.1, name: h}, dropout: 0.25, activation: tanh, dense: auto]
        class_weights: {'1': 2, b: .5}
        metrics: [accuracy, f1]
        description: "a: b # c \\u00e9\\t"

        """,
    ])
    func renderingIsAFixedPoint(_ text: String) throws {
        let first = try #require(try read(text).document)
        let once = first.rendered()
        let (again, diagnostics) = try read(once)
        let second = try #require(again, "\(diagnostics)")
        #expect(second.rendered() == once)
        #expect(once.contains("learning_rate: 0.001"))
    }

    @Test func overrides() throws {
        let (document, _) = try read(
            smallest + "optimizer: sgd\n", ["optimizer.momentum=0.9", "training.epochs=3", "training.epochs=4", "data.split=none"])
        let spec = try #require(document?.spec)
        #expect(spec.optimizer.type.value == .sgd && spec.optimizer.momentum == 0.9 && spec.training.epochs.value == 4)
        for (text, code) in [
            ("training.epoch=3", "E0201"), ("training.epochs=x", "E0204"), ("training.epochs=", "E0203"), ("epochs", "E0141"), ("a..b=3", "E0141"),
        ] {
            let (document, diagnostics) = try read(smallest, [text])
            #expect(document == nil && diagnostics.map(\.code) == [code], "\(text)")
            #expect(diagnostics.first?.range?.file.name == "--set")
        }
    }

    @Test func extends() throws {
        try withFolder { folder in
            try FileManager.default.createDirectory(atPath: folder + "/base", withIntermediateDirectories: true)
            func write(_ name: String, _ text: String) throws { try text.write(toFile: folder + "/" + name, atomically: false, encoding: .utf8) }
            try write(
                "base/b.yaml", smallest + "training: {epochs: 7, batch_size: 3, gradient_clip: {norm: 1}}\noptimizer: {type: sgd, momentum: 0.5}\n")
            try write("a.yaml", "nnspec: 1\nextends: base/b.yaml\nmodel: {layers: [auto]}\ntraining: {epochs: 8, gradient_clip: {value: 2}}\n")
            let sink = DiagnosticSink()
            let spec = try #require(try? SpecReader.read(path: folder + "/a.yaml", sink: sink), "\(sink.diagnostics)").spec
            #expect(spec.name.value == "a" && spec.training.epochs.value == 8 && spec.training.batchSize.value == .rows(3))
            #expect(spec.training.gradientClip == .value(2) && spec.model.layers.count == 1 && spec.optimizer.momentum == 0.5)
            // A path belongs to the file that wrote it.
            guard case .single(let path) = spec.data.files else { return }
            #expect(path.value == folder + "/base/a.csv")
            try write("c.yaml", "nnspec: 1\nextends: d.yaml\n")
            try write("d.yaml", "nnspec: 1\nextends: ./c.yaml\n")
            let cycle = DiagnosticSink()
            _ = try? SpecReader.read(path: folder + "/c.yaml", sink: cycle)
            #expect(cycle.diagnostics.map(\.code) == ["E0142"])
            // Each file says which version it is written in.
            for (version, code) in [("nnspec: 2\n", "E0205"), ("", "E0143")] {
                try write("base/b.yaml", smallest.replacingOccurrences(of: "nnspec: 1\n", with: version))
                let old = DiagnosticSink()
                _ = try? SpecReader.read(path: folder + "/a.yaml", sink: old)
                #expect(old.diagnostics.map(\.code) == [code] && old.diagnostics.first?.range?.file.name.hasSuffix("base/b.yaml") == true)
            }
            // A mistake in the base points into the base.
            try write("base/b.yaml", smallest + "seed: x\n")
            let wrong = DiagnosticSink()
            _ = try? SpecReader.read(path: folder + "/a.yaml", sink: wrong)
            #expect(wrong.diagnostics.first?.range?.file.name.hasSuffix("base/b.yaml") == true)
        }
    }
}
