import Datasets
import Diagnostics
import Foundation
import SpecLanguage
import Testing
import Training

/// `gradcheck`: right gradients pass, a wrong one is found by name, kinks are counted and compared beside.
@Suite struct SpecGradientTests {
    private static let classes = "a,b,y\n" + (0..<12).map { "\(Double($0 * 7 % 5) - 1.9),\(Double($0 * 3 % 7) / 3),\($0 % 3)\n" }.joined()
    private static let pairs =
        "a,b,y\n" + (0..<12).map { "\(Double($0 * 7 % 5) - 1.9),\(Double($0 * 3 % 7) / 3),\($0 % 2 == 0 ? "no" : "yes")\n" }.joined()
    private static let numbers =
        "a,b,y,z\n" + (0..<12).map { "\(Double($0 * 7 % 5) - 1.9),\(Double($0 * 3 % 7) / 3),\(Double($0) / 11),\(1 - Double($0) / 11)\n" }.joined()

    private func report(_ spec: String, _ data: String, disturb: (String, inout [Double]) -> Void = { _, _ in }) throws -> (
        GradientReport, [Diagnostic]
    ) {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("nnspec-gradcheck-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try data.write(toFile: folder + "/data.csv", atomically: false, encoding: .utf8)
        try ("nnspec: 1\n" + spec).write(toFile: folder + "/spec.yaml", atomically: false, encoding: .utf8)
        let sink = DiagnosticSink()
        var spec = try SpecReader.read(path: folder + "/spec.yaml", sink: sink).spec
        spec.training.precision = Sourced(.float64)
        let setup = try TrainingSetup(spec, try DataPreparation.prepare(spec, sink: sink), sink: sink)
        let report = try GradientCheck(setup, initial: nil, threads: 1, sink: sink).run(sink: sink, disturb: disturb)
        return (report, sink.diagnostics.filter { $0.severity == .error })
    }

    @Test(arguments: ActivationName.allCases) func everyActivation(_ name: ActivationName) throws {
        let spec =
            "data: {path: data.csv, target: y}\nmodel: {layers: [{dense: {units: 9, activation: \(name.rawValue)}}, auto]}\ntask: classification\n"
        let (report, errors) = try report(spec, Self.classes)
        #expect(errors.isEmpty, "\(errors)")
        #expect(report.tensors.map(\.name) == ["dense_1.weight", "dense_1.bias", "dense_2.weight", "dense_2.bias"])
        #expect(report.tensors.allSatisfy { $0.mismatches == 0 && $0.compared == $0.elementCount && $0.kinks == 0 })
        #expect(report.tensors.allSatisfy { ($0.worst?.analytic).map { $0 != 0 } ?? false }, "gradients that are all zero prove nothing")
    }

    @Test(arguments: [
        "mse", "mae", "sse", "{huber: {delta: 0.3}}", "kl_divergence", "cross_entropy", "cross_entropy\nlabel_smoothing: 0.1",
        "cross_entropy\nclass_weights: balanced", "binary_cross_entropy", "binary_cross_entropy\nlabel_smoothing: 0.2",
    ])
    func everyLoss(_ loss: String) throws {
        let isOfClasses = loss.contains("entropy")
        let target = loss == "kl_divergence" ? "[y, z]" : "y"
        let spec =
            "data: {path: data.csv, target: \(target), features: [a, b]}\n"
            + "model: {layers: [5, {dropout: 0.4}, auto], activation: tanh}\nloss: \(loss)\n"
            + (loss.hasPrefix("cross") ? "task: classification\n" : "")
        let data = loss.hasPrefix("binary") ? Self.pairs : isOfClasses ? Self.classes : Self.numbers
        let (report, errors) = try report(spec, data)
        #expect(errors.isEmpty, "\(errors)")
        #expect(report.tensors.count == 4 && report.tensors.allSatisfy { $0.compared == $0.elementCount && $0.mismatches == 0 })
        #expect(report.tensors.contains { ($0.worst?.analytic ?? 0).magnitude > 1e-3 })
    }

    /// l1 and l2 are part of the loss, a frozen bias has no gradient, and of a weight with many elements a sample is compared.
    @Test func penaltiesFrozenAndSamples() throws {
        let spec = """
            data: {path: data.csv, target: y, features: [a, b]}
            model: {layers: [{dense: {units: 40, l1: 0.01, l2: 0.1, trainable: [weight]}}, {dense: {units: 30, name: wide}}, auto], activation: tanh}
            optimizer: {type: sgd, decay_bias: true, weight_decay: 0.1}
            """
        let (report, errors) = try report(spec, Self.numbers)
        #expect(errors.isEmpty, "\(errors)")
        #expect(report.frozen == ["dense_1.bias"])
        let wide = try #require(report.tensors.first { $0.name == "wide.weight" })
        #expect(wide.elementCount == 1200 && wide.compared > 192 && wide.compared <= 256 && wide.mismatches == 0)
    }

    /// E5082: one number of one tensor is off by a thousandth, and found.
    @Test func aWrongGradientIsFound() throws {
        let spec = "data: {path: data.csv, target: y}\nmodel: {layers: [6, auto]}\ntask: classification\n"
        let (report, errors) = try report(spec, Self.classes) { name, gradient in
            if name == "dense_2.weight" { gradient[7] *= 1.001 }
        }
        #expect(errors.map(\.code) == ["E5082"] && ExitStatus.of(errors) == 1)
        let tensor = try #require(report.tensors.first { $0.mismatches > 0 })
        #expect(tensor.name == "dense_2.weight" && tensor.mismatches == 1 && report.tensors.count { $0.mismatches > 0 } == 1)
        #expect(tensor.worst?.index == [2, 1])
        #expect((tensor.worst?.relativeError ?? 0) > 5e-4)
        #expect(errors[0].message.contains("dense_2.weight") && errors[0].notes.contains { $0.contains("[2, 1]") })
    }

    /// A sign, a factor of the batch, a forgotten element: whatever it is.
    @Test(arguments: 0..<4) func otherWrongGradients(_ kind: Int) throws {
        let spec = "data: {path: data.csv, target: y, features: [a, b]}\nmodel: {layers: [6, auto], activation: silu}\n"
        let (_, errors) = try report(spec, Self.numbers) { name, gradient in
            guard name == "dense_1.bias" else { return }
            switch kind {
            case 0: gradient = gradient.map { -$0 }
            case 1: gradient = gradient.map { $0 * 12 }
            case 2: gradient[gradient.indices.max { gradient[$0].magnitude < gradient[$1].magnitude }!] = 0
            default: gradient[0] = .nan
            }
        }
        #expect(errors.map(\.code) == ["E5082"])
    }

    /// The row of zeros stands at the kink of every relu with a bias of 0; it is counted, and the biases are compared beside it. A wrong gradient
    /// does not hide there.
    @Test func kinksAreCounted() throws {
        let spec =
            "data: {path: data.csv, target: y, split: none, normalize: none}\nmodel: {layers: [5, 1]}\n"
            + "task: regression\ntraining: {batch_size: full}\n"
        let data = "a,b,y\n0,0,1\n0,1,1\n1,0,1\n1,1,0\n"
        let (report, errors) = try report(spec, data)
        #expect(errors.isEmpty, "\(errors)")
        let bias = try #require(report.tensors.first { $0.name == "dense_1.bias" })
        #expect(bias.movedFromKinks == 5 && bias.kinks == 0 && bias.compared == 5)
        let (_, wrong) = try self.report(spec, data) { name, gradient in if name == "dense_1.bias" { gradient[3] += 0.01 } }
        #expect(wrong.map(\.code) == ["E5082"])
    }

    /// Where the error of the row of zeros is 0 the loss only changes its curvature there: it has a derivative, and that is compared.
    @Test func noKinkWhereOnlyTheCurvatureJumps() throws {
        let spec = "data: {path: data.csv, target: y, split: none, normalize: none}\nmodel: {layers: [5, 1]}\ntask: regression\n"
        let (report, errors) = try report(spec, "a,b,y\n0,0,0\n0,1,1\n1,0,1\n1,1,0\n")
        #expect(errors.isEmpty, "\(errors)")
        #expect(report.tensors.allSatisfy { $0.compared == $0.elementCount && $0.movedFromKinks == 0 && $0.kinks == 0 })
    }
}
