import Diagnostics
import Training
#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// runs/<name>/: what a training run leaves. Every file but run.json is deterministic text.
public enum RunFolder {
    static let fileNames = ["spec.resolved.yaml", WeightsFile.name, "metrics.csv", "evaluation.json", "run.json"]

    /// Finds out before the training whether its results can be written; makes and leaves nothing.
    ///
    /// Errors: E3701.
    public static func prepare(_ folder: String, sink: DiagnosticSink) throws(Stopped) {
        let at = FileSystem.nearestExisting(folder)
        guard FileSystem.kind(at) == .folder else {
            throw sink.fail(.runFolderRefused(folder, "\(at) is not a folder", SystemError(number: ENOTDIR)))
        }
        guard access(at, W_OK | X_OK) == 0 else {
            let error = SystemError.last
            throw sink.fail(.runFolderRefused(folder, at == folder ? error.words : "\(at): \(error.words)", error))
        }
        for name in fileNames where FileSystem.kind("\(folder)/\(name)") == .folder {
            throw sink.fail(.runFolderRefused(folder, "\(name) in it is a folder", SystemError(number: EISDIR)))
        }
    }

    /// Takes the folder for a training: makes it, locks it, and puts right what a run that was killed left behind.
    ///
    /// Errors: E3702, E3703, E3704. The folder is the caller's while the lock lives.
    package static func take(_ folder: String, sink: DiagnosticSink) throws(Stopped) -> RunLock {
        let inner = "\(folder)/\(CheckpointFolder.name)"
        do throws(SystemError) {
            try FileSystem.makeFolder(inner)
        } catch {
            throw sink.fail(.cannotMakeFolder(inner, error))
        }
        let lock = try RunLock.take(folder, sink: sink)
        FileReplacement.finish(folder, isOwn: isOwn)
        FileReplacement.clean(folder) { fileNames.contains($0) || $0 == ignoreName || $0.isEmpty || $0 == ".replacing" }
        FileReplacement.clean(inner) { CheckpointFolder.isCheckpoint("\(CheckpointFolder.name)/\($0)") }
        if FileSystem.kind("\(folder)/\(ignoreName)") == nil {
            try FileReplacement.write([(ignoreName, .bytes(Array("\(CheckpointFolder.name)/\n.*.tmp\n".utf8)))], in: folder, sink: sink)
        }
        return lock
    }

    private static let ignoreName = ".gitignore"

    private static func isOwn(_ name: String) -> Bool { fileNames.contains(name) || CheckpointFolder.isCheckpoint(name) }

    /// Before a run is read: if it was killed while its files were renamed, the rest of them is renamed.
    ///
    /// Errors: E1725 if they cannot be.
    static func settle(_ folder: String, sink: DiagnosticSink) throws(Stopped) {
        // Someone who is at it right now needs milliseconds.
        for _ in 0..<200 {
            guard FileReplacement.isUnfinished(folder) else { return }
            if let lock = RunLock.tryTaking(folder) {
                FileReplacement.finish(folder, isOwn: isOwn)
                withExtendedLifetime(lock) {}
                break
            }
            usleep(5_000)
        }
        if FileReplacement.isUnfinished(folder) { throw sink.fail(.halfReplaced(folder)) }
    }

    /// Whether a finished run stands there.
    package static func isComplete(_ folder: String) -> Bool { fileNames.allSatisfy { FileSystem.kind("\(folder)/\($0)") == .file } }

    /// Replaces metrics.csv alone: what a run leaves that did not come to its end.
    ///
    /// Errors: E3702, E3703.
    package static func writeMetrics(_ folder: String, record: TrainingRecord, sink: DiagnosticSink) throws(Stopped) {
        try FileReplacement.write([("metrics.csv", .bytes(Array(MetricsFile.text(of: record).utf8)))], in: folder, sink: sink)
    }

    /// A state to be kept with the files of a run.
    package typealias LastState = (identity: RunIdentity, state: TrainingState, tensors: [StateTensor])

    /// Writes the folder; files are replaced whole, and all of them or none, even if the process is killed on the way.
    ///
    /// - Parameter last: the state at the end, for the checkpoint; nil: none.
    /// Errors: E3702, E3703. Returns the files in the order of the format, with their sizes.
    package static func write(
        _ folder: String, resolvedSpec: String, model: TrainedModel, record: TrainingRecord, environment: RunEnvironment,
        last: LastState? = nil, sink: DiagnosticSink
    ) throws(Stopped) -> [(name: String, bytes: Int)] {
        let contents: [FileReplacement.Content] = [
            .bytes(Array(resolvedSpec.utf8)), .pieces { WeightsFile.write(model, to: $0) }, .bytes(Array(MetricsFile.text(of: record).utf8)),
            .bytes(Array(EvaluationFile.text(of: record).utf8)),
            .bytes(Array(environment.text(folder: folder, halvings: record.halvings).utf8)),
        ]
        var files = zip(fileNames, contents).map { (name: $0, content: $1) }
        let checkpoints = CheckpointFolder(runFolder: folder)
        if let last { files.append(checkpoints.next(last.identity, last.state, last.tensors)) }
        let sizes = try FileReplacement.write(files, in: folder, asOne: true, sink: sink)
        if last != nil { checkpoints.prune(keeping: 1) }
        return zip(fileNames, sizes).map { (name: $0, bytes: $1) }
    }
}

extension Diagnostic {
    static func runFolderRefused(_ folder: String, _ reason: String, _ error: SystemError) -> Diagnostic {
        Diagnostic("E3701", "the run folder \(folder) cannot be written: \(reason)", notes: ["nothing was trained"], fix: error.advice)
    }
}

/// metrics.csv: one row per epoch; an empty field where a metric is undefined.
enum MetricsFile {
    static func text(of record: TrainingRecord) -> String {
        var header = ["epoch", "learning_rate", "train.loss"]
        if record.hasValidation { header += ["validation.loss"] + record.metricNames.map { "validation.\($0)" } }
        var result = header.joined(separator: ",") + "\n"
        for epoch in record.epochs {
            var fields = ["\(epoch.epoch)", "\(epoch.learningRate)", "\(epoch.trainLoss)"]
            if record.hasValidation {
                fields.append(epoch.validationLoss?.description ?? "")
                for index in record.metricNames.indices {
                    let value = index < epoch.validationMetrics.count ? epoch.validationMetrics[index] : nil
                    fields.append(value?.description ?? "")
                }
            }
            result += fields.joined(separator: ",") + "\n"
        }
        return result
    }
}

/// evaluation.json: flat, `<part>.<metric>`, in the order of the parts; null where a metric is undefined. `rows_sha256` is `Part.rowsDigest`.
enum EvaluationFile {
    static func text(of record: TrainingRecord) -> String {
        var lines: [String] = []
        for part in record.evaluations {
            lines.append("\(JSONText.quoted("\(part.part).rows")): \(part.rows)")
            if let digest = part.rowsDigest { lines.append("\(JSONText.quoted("\(part.part).rows_sha256")): \(JSONText.quoted(digest))") }
            lines.append("\(JSONText.quoted("\(part.part).loss")): \(JSONText.number(part.loss))")
            for metric in part.metrics { lines.append("\(JSONText.quoted("\(part.part).\(metric.name)")): \(JSONText.number(metric.value))") }
        }
        lines.append("\"best_epoch\": \(record.bestEpoch)")
        lines.append("\"stop_reason\": \"\(record.stopReason.rawValue)\"")
        return "{\n  " + lines.joined(separator: ",\n  ") + "\n}\n"
    }
}
