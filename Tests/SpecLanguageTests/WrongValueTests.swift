import Diagnostics
import Foundation
import SpecLanguage
import TestSupport
import Testing

/// A wrong value for every setting: one message, at the value, that names the setting and the value.
@Suite struct WrongValueTests {
    private static let numbers = [
        "label_smoothing", "optimizer.learning_rate", "optimizer.momentum", "optimizer.beta1", "optimizer.beta2", "optimizer.epsilon",
        "optimizer.rho",
        "optimizer.weight_decay", "data.split.train", "data.split.validation", "data.split.test",
    ]
    private static let wholeNumbers = ["seed", "training.epochs", "training.batch_size", "training.threads", "training.checkpoint_every", "nnspec"]
    private static let booleans = ["data.header", "optimizer.nesterov", "optimizer.decay_bias", "training.shuffle", "output.report"]
    private static let words = [
        "task", "loss", "data.format", "data.normalize", "data.normalize_target", "data.missing", "data.split.method", "model.activation",
        "model.initializer",
        "optimizer.type", "training.last_batch", "training.keep", "training.precision", "training.on_nonfinite", "training.schedule",
        "training.gradient_clip",
        "training.early_stopping", "output.weights",
    ]

    private func one(_ path: String, _ value: String, code: String) throws {
        let (document, diagnostics) = try read(smallest, ["\(path)=\(value)"])
        #expect(document == nil && diagnostics.map(\.code) == [code], "\(path)=\(value): \(diagnostics.map(\.message))")
        let diagnostic = try #require(diagnostics.first)
        #expect(diagnostic.range?.file.name == "--set" && diagnostic.range?.text == value, "\(path)=\(value)")
        #expect(diagnostic.message.contains(path), "\(diagnostic.message)")
        #expect(!diagnostic.message.contains("Optional("))
    }

    @Test(arguments: numbers) func number(_ path: String) throws {
        for value in ["text", "true", "[1]", "{a: 1}", "\"0.5\"", "1_000", "1,5", "0x", "1e", "--1", "1 2"] { try one(path, value, code: "E0204") }
        for value in ["-1", ".nan", ".inf", "-.inf", "-1e999"] { try one(path, value, code: "E0205") }
        for value in ["01", "-007.5", "010"] { try one(path, value, code: "E0206") }
        for value in ["null", "~"] { try one(path, value, code: "E0203") }
    }

    @Test(arguments: wholeNumbers) func wholeNumber(_ path: String) throws {
        for value in ["text", "true", "[1]", "{a: 1}", "\"5\"", "1.5", "1e-1", "1_000", "1:30"] { try one(path, value, code: "E0204") }
        for value in ["-1", "99999999999999999999", "-99999999999999999999", "1e999", "0xFFFFFFFFFFFFFFFFFF"] { try one(path, value, code: "E0205") }
    }

    @Test(arguments: booleans) func boolean(_ path: String) throws {
        for value in ["yes", "no", "on", "off", "0", "1", "\"true\"", "[true]", "{a: true}"] { try one(path, value, code: "E0204") }
    }

    @Test(arguments: words) func word(_ path: String) throws {
        for value in ["zzzzzz", "17", "\"\""] { try one(path, value, code: "E0204") }
    }

    /// What the fix says has to be what one would paste.
    @Test(arguments: [
        ("training.epochs", "010", "10"), ("training.shuffle", "no", "`false`"), ("training.shuffle", "on", "`true`"),
        ("training.epochs", "\"5\"", "5 without quotes"),
        ("training.epochs", "1_000", "1000"), ("optimizer.type", "adm", "`adam`"), ("optimizer.type", "Adam", "`adam`"),
        ("loss", "bce", "`binary_cross_entropy`"),
        ("model.activation", "swish", "`silu`"), ("data.normalize", "standard", "`zscore`"),
    ])
    func advice(_ path: String, _ value: String, _ words: String) throws {
        let fix = try #require(try read(smallest, ["\(path)=\(value)"]).diagnostics.first?.fix)
        #expect(fix.contains(words), "\(fix)")
    }

    /// All that the language has and this version has not: refused at its place, never ignored.
    @Test(arguments: [
        "output.weights=safetensors", "output.report=false",
        "export=[onnx]",
        "expect={test.accuracy: \">= 0.9\"}", "sweep={method: grid}",
        "model.layers=[flatten, 1]",
        "model.layers=[{conv2d: {filters: 8}}, 1]",
        "model.layers=[batch_norm: {}, 1]", "model.layers=[{lstm: 8}, 1]", "model.layers=[{dense: {units: 3, inputs: [a]}}, 1]",
    ])
    func notYet(_ text: String) throws {
        let (document, diagnostics) = try read(smallest, [text])
        #expect(document == nil && diagnostics.count == 1, "\(diagnostics.map(\.message))")
        #expect(diagnostics.first?.message.contains("not available in this version") == true, "\(diagnostics.map(\.message))")
        #expect(diagnostics.first?.range?.file.name == "--set" && ExitStatus.of(diagnostics) == 3)
    }

    @Test func theCommandLineCannotExtend() throws {
        #expect(try read(smallest, ["extends=b.yaml"]).diagnostics.map(\.code) == ["E0144"])
    }

    /// Mistakes of several files: the main file first, each from top to bottom.
    @Test func orderOverFiles() throws {
        try withFolder { folder in
            func write(_ name: String, _ text: String) throws { try text.write(toFile: folder + "/" + name, atomically: false, encoding: .utf8) }
            try write("b.yaml", "nnspec: 1\nzz: 1\n" + smallest.replacingOccurrences(of: "nnspec: 1\n", with: "") + "seed: q\n")
            try write("a.yaml", "nnspec: 1\nextends: b.yaml\nloss: qq\ntraining: {epochs: q}\n")
            let sink = DiagnosticSink()
            _ = try? SpecReader.read(path: folder + "/a.yaml", overrides: ["zzz=1"], sink: sink)
            let places = sink.diagnostics.map { $0.range.map { ($0.file.name.split(separator: "/").last ?? "") + ":\($0.start.line)" } ?? "" }
            #expect(places == ["a.yaml:3", "a.yaml:4", "b.yaml:2", "b.yaml:5", "--set:1"])
        }
    }

    @Test func aLongChainOfFilesEnds() throws {
        try withFolder { folder in
            for index in 0..<40 {
                let text = index == 39 ? smallest : "nnspec: 1\nextends: s\(index + 1).yaml\n"
                try text.write(toFile: folder + "/s\(index).yaml", atomically: false, encoding: .utf8)
            }
            let sink = DiagnosticSink()
            _ = try? SpecReader.read(path: folder + "/s0.yaml", sink: sink)
            #expect(sink.diagnostics.map(\.code) == ["E0145"])
            let short = DiagnosticSink()
            _ = try SpecReader.read(path: folder + "/s20.yaml", sink: short)
            #expect(short.diagnostics.isEmpty)
        }
    }

    /// What the last layer says against the loss and the classes.
    @Test(arguments: [
        ("model: {layers: [dense: {units: 2, activation: softmax}, activation: softmax]}\nloss: cross_entropy\n", ["E0315"]),
        ("model: {layers: [dense: {units: 1, activation: sigmoid}, activation: sigmoid]}\nloss: binary_cross_entropy\n", ["E0315"]),
        ("model: {layers: [dense: {units: 1, activation: sigmoid}, activation: sigmoid]}\nloss: mse\n", []),
        ("model: {layers: [2]}\nloss: binary_cross_entropy\n", ["E0333"]), ("model: {layers: [3]}\ntask: binary\n", ["E0333"]),
        ("model: {layers: [1]}\ntask: binary\n", []),
        ("model: {layers: [dense: {units: 1, activation: relu}]}\ntask: binary\n", ["E0318"]),
        ("model: {layers: [dense: {units: 1, activation: sigmoid}]}\ntask: regression\n", []),
        ("model: {layers: [1]}\ntask: regression\nloss: cross_entropy\n", ["E0322"]), ("model: {layers: [2]}\ntask: regression\n", ["E0317"]),
    ])
    func lastLayer(_ text: String, _ codes: [String]) throws {
        #expect(try read("nnspec: 1\ndata: {path: a.csv, target: y}\n" + text).diagnostics.map(\.code) == codes)
    }

    @Test(arguments: [("3", []), ("auto", []), ("2", ["E0334"]), ("1", ["E0334"])]) func unitsAgainstNamedClasses(_ units: String, _ codes: [String])
        throws
    {
        let text = "nnspec: 1\ndata: {path: a.csv, target: y, classes: [a, b, c]}\nmodel: {layers: [4, \(units)]}\n"
        #expect(try read(text).diagnostics.map(\.code) == codes)
    }

    /// A value of any length is shown in part.
    @Test func messagesStayShort() throws {
        for value in [String(repeating: "9", count: 50_000), String(repeating: "q", count: 50_000)] {
            let diagnostic = try #require(try read(smallest, ["seed=\(value)"]).diagnostics.first)
            #expect(diagnostic.message.count < 200)
        }
    }

    /// Words that are more than another name for a setting.
    @Test(arguments: [
        ("optimizer: {name: adam}", "`optimizer.type`"), ("optimizer: {adam: {learning_rate: 1}}", "`type: adam`"),
        ("dropout: 0.2", "`- dropout: 0.2`"),
        ("device: cuda", "processor"), ("verbose: 1", "--quiet"), ("training: {callbacks: []}", "training.keep"), ("units: 3", "model.layers"),
        ("metrics: [acc]", "`accuracy`"),
    ])
    func otherWords(_ line: String, _ words: String) throws {
        let (_, diagnostics) = try read(smallest + line + "\n")
        #expect(diagnostics.count == 1 && diagnostics.first?.fix?.contains(words) == true, "\(diagnostics)")
    }

    @Test(arguments: [
        ("training: {monitor: val_loss}", "`validation.loss`"), ("training: {monitor: loss}", "`validation.loss`"),
        ("training: {monitor: validation.acuracy}", "`validation.accuracy`"), ("training: {monitor: val_acuracy}", "`validation.accuracy`"),
        ("metrics: [mse]\ntraining: {monitor: validation.rmse}", "add `rmse` to `metrics`"),
        ("metrics: [mse]\ntraining: {monitor: validation.msee}", "`validation.mse`"),
    ])
    func monitorsAreMeasured(_ lines: String, _ words: String) throws {
        let (_, diagnostics) = try read(smallest + lines + "\n")
        #expect(diagnostics.map(\.code) == ["E0330"] && diagnostics.first?.fix?.contains(words) == true, "\(diagnostics)")
        #expect(try read(smallest + "metrics: [mse]\ntraining: {monitor: validation.mse}\n").document != nil)
    }
}
