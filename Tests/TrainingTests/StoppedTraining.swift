import Artifacts
import Compiler
import Datasets
import Diagnostics
import Foundation
import SpecLanguage
import Testing
import Training

/// A training that is stopped and gone on with from its checkpoint.
enum StoppedTraining {
    static let compared = ["weights.json", "metrics.csv", "evaluation.json"]
    private static let identity = RunIdentity(settings: [.init(path: "seed", text: "3")], files: [.init(name: "data.csv", digest: "sha256:0")])

    /// The files of a training that is stopped after so many steps in turn, each part on another number of threads.
    /// - Parameter mayTell: codes of messages that do not matter.
    static func files(_ setup: TrainingSetup, stops: [Int], in folder: String, mayTell: Set<String> = []) throws -> [Data] {
        let sink = DiagnosticSink()
        let checkpoints = CheckpointFolder(runFolder: folder)
        for (part, stop) in (stops + [Int.max]).enumerated() {
            let trainer = try Trainer(setup, initial: nil, threads: 1 + part % 2, sink: sink)
            if part > 0 {
                trainer.restore(
                    try checkpoints.read(for: identity, mayChange: { _, _, _ in false }, into: trainer.checkpoint.tensors, sink: sink))
            }
            switch trainer.run(stepLimit: stop, epochDidEnd: { _ in }) {
            case .interrupted:
                #expect(stop < Int.max)
                let (state, tensors) = trainer.checkpoint
                try checkpoints.add(identity, state, tensors, sink: sink)
            case .finished:
                // Early stopping may come before the last stop.
                let (model, record) = try trainer.finish()
                _ = try RunFolder.write(
                    folder, resolvedSpec: "", model: model, record: record,
                    environment: RunEnvironment(version: "0", threads: 1, durationSeconds: 0), sink: sink)
                #expect(sink.diagnostics.allSatisfy { mayTell.contains($0.code) }, "\(sink.diagnostics.map(\.message))")
                return try compared.map { try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\($0)")) }
            case .diverged: Issue.record("diverged")
            }
        }
        return []
    }
}
