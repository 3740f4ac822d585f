import Artifacts
import Compiler
import Datasets
import Diagnostics
import Foundation
import SpecLanguage
import Testing
import Training

/// A training that is stopped anywhere, saved, read and taken up again comes to the same bytes as one that was not.
@Suite struct ResumeTests {
    private static let optimizers = [
        "sgd", "{type: sgd, momentum: 0.9, nesterov: true}", "adam", "{type: adamw, weight_decay: 0.1}", "nadam", "rmsprop",
        "{type: rmsprop, momentum: 0.5}", "adagrad",
    ]
    private static let schedules = [
        "constant", "{step: {every: 2, factor: 0.5}}", "{exponential: {factor: 0.9, warmup_epochs: 2}}", "{cosine: {warmup_epochs: 1}}",
        "{linear: {final: 0.0001}}", "one_cycle", "{reduce_on_plateau: {patience: 0, factor: 0.5}}",
    ]

    private static func spec(_ folder: String, _ optimizer: String, _ schedule: String, _ training: String = "") throws -> TrainingSetup {
        let text = """
            nnspec: 1
            seed: 3
            data: {path: data.csv, target: kind, split: {train: 0.75, validation: 0.25}}
            model: {layers: [6, {dropout: 0.3}, {dense: {units: 5, activation: tanh}}, auto]}
            optimizer: \(optimizer)
            training: {epochs: 7, batch_size: 7, schedule: \(schedule)\(training)}
            metrics: [accuracy, macro_f1, log_loss]

            """
        try text.write(toFile: folder + "/spec.yaml", atomically: false, encoding: .utf8)
        return try setup(folder)
    }

    private static func setup(_ folder: String) throws -> TrainingSetup {
        let sink = DiagnosticSink()
        let document = try SpecReader.read(path: folder + "/spec.yaml", sink: sink)
        return try TrainingSetup(document.spec, try DataPreparation.prepare(document.spec, sink: sink), sink: sink)
    }

    private static func writeData(_ folder: String) throws {
        var text = "a,b,c,kind\n"
        for row in 0..<40 {
            let (a, b) = (Double(row % 8) - 3.5, Double(row / 8) - 2.25)
            text += "\(a),\(b),\(row % 3),\(a * b > 0 ? "yes" : row % 5 == 0 ? "maybe" : "no")\n"
        }
        try text.write(toFile: folder + "/data.csv", atomically: false, encoding: .utf8)
    }

    private static func withFolder(_ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("nnspec-resume-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try body(folder)
    }

    /// 30 training rows in batches of 7: five steps an epoch. Before the first step, inside an epoch, at its end, before the last step; and several
    /// of them in one run.
    @Test(arguments: optimizers) func everyStopGivesTheSameBytes(_ optimizer: String) throws {
        try Self.withFolder { folder in
            try Self.writeData(folder)
            for schedule in Self.schedules {
                for stopping in ["", ", early_stopping: {patience: 1}", ", keep: last, shuffle: false, last_batch: drop, gradient_clip: {norm: 0.5}"]
                {
                    let setup = try Self.spec(folder, optimizer, schedule, stopping)
                    let whole = try StoppedTraining.files(setup, stops: [], in: folder + "/whole")
                    for stops in [[0, 3], [5, 10, 11], [7, 23], [34]] {
                        try? FileManager.default.removeItem(atPath: folder + "/parts")
                        let parts = try StoppedTraining.files(setup, stops: stops, in: folder + "/parts")
                        #expect(parts == whole, "\(optimizer), \(schedule)\(stopping), stopped after \(stops)")
                    }
                }
            }
        }
    }

    /// The comparison can fail: a state that lacks one number of the clock, the sums, or the best weights leads elsewhere.
    @Test func eachPartOfTheStateCounts() throws {
        try Self.withFolder { folder in
            try Self.writeData(folder)
            let setup = try Self.spec(folder, "adam", "{reduce_on_plateau: {patience: 0, factor: 0.5}}")
            let whole = try StoppedTraining.files(setup, stops: [], in: folder + "/whole")
            let changes: [(String, (inout TrainingState) -> Void)] = [
                ("nothing", { _ in }), ("beta1", { $0.clock.beta1Power = 0.9 }), ("beta2", { $0.clock.beta2Power = 0.999 }),
                ("step", { $0.clock.step = 0 }), ("sum", { $0.position.lossSum = 0 }), ("weight", { $0.position.weightSum = 0 }),
                ("batch", { $0.position.batch = 0 }), ("plateau", { $0.progress.plateau.rate = 0.1 }),
                ("best", { $0.progress.best.value = -1 }), ("rows", { $0.progress.epochs[0].trainLoss = 1 }),
            ]
            for (name, change) in changes {
                let first = try Trainer(setup, initial: nil, threads: 1, sink: DiagnosticSink())
                _ = first.run(stepLimit: 13) { _ in }
                var (state, tensors) = first.checkpoint
                change(&state)
                let second = try Trainer(setup, initial: nil, threads: 1, sink: DiagnosticSink())
                for (from, to) in zip(tensors, second.checkpoint.tensors) { to.bytes.copyMemory(from: UnsafeRawBufferPointer(from.bytes)) }
                tensors = []
                second.restore(state)
                _ = second.run { _ in }
                let (model, record) = try second.finish()
                _ = try RunFolder.write(
                    folder + "/changed", resolvedSpec: "", model: model, record: record,
                    environment: RunEnvironment(version: "0", threads: 1, durationSeconds: 0), sink: DiagnosticSink())
                let files = try StoppedTraining.compared.map { try Data(contentsOf: URL(fileURLWithPath: "\(folder)/changed/\($0)")) }
                #expect((files == whole) == (name == "nothing"), "\(name)")
            }
        }
    }

    /// Layers wide enough for a team.
    @Test func aTeamGivesTheSameBytes() throws {
        try Self.withFolder { folder in
            try Self.writeData(folder)
            let text = """
                nnspec: 1
                data: {path: data.csv, target: kind, split: {train: 0.75, validation: 0.25}}
                model: {layers: [400, {dropout: 0.2}, 300, auto]}
                training: {epochs: 3, batch_size: 16}

                """
            try text.write(toFile: folder + "/spec.yaml", atomically: false, encoding: .utf8)
            let setup = try Self.setup(folder)
            #expect(setup.plan.wantsTeam)
            let whole = try StoppedTraining.files(setup, stops: [], in: folder + "/whole")
            #expect(try StoppedTraining.files(setup, stops: [1, 4], in: folder + "/parts") == whole)
        }
    }

    /// Half the rate from the end of the epoch before, again and again: a stop inside the epoch that fails changes nothing.
    @Test func halvingIsTheSameAfterAStop() throws {
        try Self.withFolder { folder in
            try Self.writeData(folder)
            let text = """
                nnspec: 1
                data: {path: data.csv, target: a, features: [b, c], normalize: none, split: {train: 0.75, validation: 0.25}}
                model: {layers: [8, 1]}
                optimizer: {type: sgd, learning_rate: 30}
                training: {epochs: 6, batch_size: 5, on_nonfinite: halve_learning_rate}

                """
            try text.write(toFile: folder + "/spec.yaml", atomically: false, encoding: .utf8)
            let setup = try Self.setup(folder)
            let sink = DiagnosticSink()
            func finish(_ trainer: Trainer, _ name: String) throws -> ([Int], [Data]) {
                let (model, record) = try trainer.finish()
                _ = try RunFolder.write(
                    "\(folder)/\(name)", resolvedSpec: "", model: model, record: record,
                    environment: RunEnvironment(version: "0", threads: 1, durationSeconds: 0), sink: sink)
                return (record.halvings, try StoppedTraining.compared.map { try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)/\($0)")) })
            }
            let straight = try Trainer(setup, initial: nil, threads: 1, sink: sink)
            guard case .finished = straight.run(epochDidEnd: { _ in }) else { return #expect(Bool(false), "not finished") }
            let whole = try finish(straight, "whole")
            #expect(!whole.0.isEmpty && sink.diagnostics.map(\.code) == ["W2003"])
            for stop in [1, 3, 7, 8, 12] {
                let first = try Trainer(setup, initial: nil, threads: 1, sink: sink)
                guard case .interrupted = first.run(stepLimit: stop, epochDidEnd: { _ in }) else { continue }
                let second = try Trainer(setup, initial: nil, threads: 1, sink: sink)
                let (state, tensors) = first.checkpoint
                for (from, to) in zip(tensors, second.checkpoint.tensors) { to.bytes.copyMemory(from: UnsafeRawBufferPointer(from.bytes)) }
                second.restore(state)
                _ = second.run { _ in }
                let parts = try finish(second, "parts")
                #expect(parts.0 == whole.0 && parts.1 == whole.1, "stopped after \(stop)")
            }
        }
    }
}
