import Diagnostics
import Foundation
import SpecLanguage
import Testing

/// What a message says and what it advises.
@Suite struct AdviceTests {
    /// The one diagnostic of a spec, as one text.
    private func words(_ text: String, _ overrides: [String] = [], code: String) throws -> String {
        let (_, diagnostics) = try read("nnspec: 1\n" + text, overrides)
        #expect(diagnostics.map(\.code) == [code], "\(diagnostics.map(\.message))")
        return diagnostics.first.map { ([$0.message] + $0.notes + [$0.fix ?? ""]).joined(separator: "\n") } ?? ""
    }
    private let data = "data: {path: a.csv, target: y}\n"
    private var small: String { data + "model: {layers: [4, auto]}\n" }

    @Test(arguments: ["{train: 0, validation: 0.5, test: 0.5}", "{train: 0, validation: 0.5, test: 0}"]) func noTrainingShare(_ split: String) throws
    {
        let text = try words("data: {path: a.csv, target: y, split: \(split)}\nmodel: {layers: [1]}\n", code: "E0308")
        #expect(text.contains("greater than 0") && !text.contains("sum"))
    }

    /// Another tool's word helps only where its setting is.
    @Test(arguments: [
        ("loss: {huber: {x: 1}}", "data.features", false), ("loss: {huber: {name: 1}}", "another place", false),
        ("data: {path: a.csv, target: y, split: {y: 1}}", "data.target", true), ("optimizer: {x: 1}", "data.features", true),
        ("optimizer: {epochs: 1}", "training.epochs", true), ("model: {layers: [dense: {units: 1, p: 0.2}]}", "`- dropout: 0.2`", true),
        ("model: {layers: [dense: {units: 1, use_bias: true}]}", "`bias`", true),
        ("model: {layers: [dense: {units: 1, lr: 1}]}", "learning_rate", false),
        ("model: {layers: [dropout: {p: 0.2}, 1]}", "`rate`", true), ("nodes: 3", "`dense: {units: 3}`", true), ("x: [a]", "data.features", true),
        ("use_bias: true", "`dense: {units: 16, bias: true}`", true), ("optimizer: {use_bias: true}", "`bias`", false),
        ("patience: 3", "`training.early_stopping`", true),
        ("training: {scheduler: cosine}", "`training.schedule`", true),
    ])
    func otherToolsWords(_ line: String, _ advice: String, _ isGiven: Bool) throws {
        let rest = (line.hasPrefix("data") ? "" : data) + (line.hasPrefix("model") ? "" : "model: {layers: [1]}\n")
        let (_, diagnostics) = try read("nnspec: 1\n\(rest)\(line)\n")
        let found = try #require(diagnostics.first { $0.code == "E0201" }, "\(diagnostics.map(\.message))")
        #expect((found.fix ?? "").contains(advice) == isGiven, "\(found.fix ?? "")")
    }

    /// `targets`, a file of arrays, where columns are meant: one mistake, told once.
    @Test func targetsThatAreColumns() throws {
        let model = "\nmodel: {layers: [4, auto]}\n"
        #expect(try words("data: {path: a.csv, targets: [y, z]}" + model, code: "E0204").contains("write `target: [y, z]`: columns of a table"))
        #expect(try words("data: {path: a.csv, targets: [y]}" + model, code: "E0204").contains("write `target: [y]`"))
        #expect(try words("data: {path: a.csv, targets: y}" + model, code: "E0302").contains("write `target: y` for a column"))
        // A file of arrays beside a table stays what it was.
        #expect(try words("data: {path: a.csv, targets: y.npy}" + model, code: "E0302").contains("keep `path` for one file"))
    }

    @Test func monitorsAreThoseOfTheRun() throws {
        let regression = try words(small + "task: regression\ntraining: {monitor: validation.f1}\n", code: "E0330")
        #expect(regression.contains("measured: validation.loss, validation.mse, validation.rmse, validation.mae, validation.r2"))
        #expect(!regression.contains("add") && !regression.contains("accuracy"))
        let binary = try words(
            small.replacingOccurrences(of: "auto", with: "1") + "task: binary\ntraining: {monitor: validation.f1}\n", code: "E0330")
        #expect(binary.contains("add `f1` to `metrics`") && binary.contains("validation.accuracy") && !binary.contains("rmse"))
        let (_, misfits) = try read("nnspec: 1\n" + small + "task: regression\nmetrics: [mse, f1]\ntraining: {monitor: validation.ff1}\n")
        #expect(misfits.map(\.code) == ["E0325", "E0330"] && misfits[1].fix == nil && !misfits[1].notes.joined().contains("f1"))
        let listed = try words(small + "metrics: [mse]\ntraining: {monitor: validation.accuracy}\n", code: "E0330")
        #expect(listed.contains("measured: validation.loss, validation.mse\n"))
        #expect(try read("nnspec: 1\n" + small + "task: regression\ntraining: {monitor: validation.r2}\n").document != nil)
    }

    @Test func metricsOfTwoClasses() throws {
        let wrong = try words(small + "task: classification\nmetrics: [accuracy, f1]\n", code: "E0325")
        #expect(wrong.contains("`task: binary`") && wrong.contains("known there: accuracy, balanced_accuracy"))
        #expect(try !words(small + "task: regression\nmetrics: [mse, f1]\n", code: "E0325").contains("binary"))
        #expect(try read("nnspec: 1\n" + small.replacingOccurrences(of: "auto", with: "1") + "task: binary\nmetrics: [f1]\n").document != nil)
    }

    @Test(arguments: [
        ("training.batch_size=1e12", "at most 1000000000"), ("training.batch_size=1000000001", "at most 1000000000"),
        ("seed=9223372036854775808", "at most 9223372036854775807"), ("seed=1e999", "at most 9223372036854775807"),
        ("training.threads=4000", "at most 1024"), ("model.input=1e10", "at most 1000000000"),
    ])
    func limitsAreSaid(_ text: String, _ limit: String) throws {
        #expect(try words(small, [text], code: "E0205").contains(limit))
    }

    @Test(arguments: ["training.batch_size=0", "training.batch_size=-1e12", "seed=-1"]) func lowerLimitsNeedNoUpper(_ text: String) throws {
        #expect(try !words(small, [text], code: "E0205").contains("at most"))
    }

    @Test(arguments: ["[foo]", "[4, \"foo\"]", "[{foo: 3}]"]) func unknownLayers(_ layers: String) throws {
        let text = try words(data + "model: {layers: \(layers)}\n", code: "E0210")
        #expect(text.contains("`foo`") && text.contains("dense, activation, dropout") && !text.contains("conv2d"))
    }

    @Test func twoKindsAtOnce() throws {
        let layers = try words(data + "model: {layers: [{dense: 3, dropout: 0.2}, 1]}\n", code: "E0213")
        #expect(layers.contains("two layers in one entry") && layers.contains("write two list items"))
        let clip = try words(small + "training: {gradient_clip: {norm: 1, value: 2}}\n", code: "E0209")
        #expect(clip.contains("choose one: `{norm: ...}` or `{value: ...}`"))
        #expect(try words(data + "model: {layers: [{dense: 3, activation: relu}]}\n", code: "E0213").contains("`- dense: ...`"))
        #expect(try words(data + "model: {layers: [{dense: 3, bias: true}]}\n", code: "E0209").contains("`dense: {..., bias: ...}`"))
    }

    @Test(arguments: ["data.delimiter=,", "data.comment=#", "data.comment=%", "data.comment=*", "data.comment=!", "description=a: b: c"])
    func valuesOnTheCommandLineWantQuotes(_ text: String) throws {
        let (document, diagnostics) = try read(smallest, [text])
        let (key, value) = (text.prefix { $0 != "=" }, text.drop { $0 != "=" }.dropFirst())
        #expect(document == nil && diagnostics.count == 1)
        #expect(diagnostics.first?.fix?.contains("--set '\(key)=\"\(value)\"'") == true, "\(diagnostics)")
        // The advice is right.
        #expect(try read(smallest, ["\(key)=\"\(value)\""]).diagnostics.allSatisfy { $0.code == "E0328" })
    }

    /// What this version has not is no advice.
    @Test(arguments: [
        ("optimizer.type=lbfg", ["lbfgs"]),
        ("model.layers=[conv2]", ["conv2d"]), ("output.weights=safetensor", ["safetensors"]),
    ])
    func onlyWhatIsBuiltIsAdvised(_ text: String, _ names: [String]) throws {
        let (_, diagnostics) = try read(smallest, [text])
        let found = try #require(diagnostics.first)
        for name in names { #expect(!(found.message + found.notes.joined() + (found.fix ?? "")).contains(name), "\(found.fix ?? "")") }
    }

    @Test func aBaseThatIsMissing() throws {
        let text = try words("extends: base/b.yaml\n" + small, code: "E0121")
        #expect(text.contains("relative to the file that names it") && text.contains("sample.yaml"))
    }

    @Test(arguments: [("[a.yaml]", "E0204"), ("{a: 1}", "E0204"), ("", "E0203"), ("null", "E0203")]) func aBaseThatIsNoPath(
        _ value: String, _ code: String
    ) throws {
        #expect(try read("nnspec: 1\nextends: \(value)\ndata: {target: y}\n").diagnostics.map(\.code) == [code])
        #expect(try read("nnspec: 1\nextends: \(value)\nseed: x\n").diagnostics.map(\.code) == [code, "E0204"])
    }
}
