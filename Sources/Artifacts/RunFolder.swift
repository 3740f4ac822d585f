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
        var whole: RunLock?
        if FoldFolder.isFold(folder) {
            let parent = FileSystem.parent(folder)
            try settle(parent, sink: sink)
            try makeFolder("\(parent)/\(CheckpointFolder.name)", sink: sink)
            whole = try RunLock.take(parent, sharing: true, sink: sink)
            try ignoreCheckpoints(of: parent, sink: sink)
        }
        try makeFolder(inner, sink: sink)
        let lock = try RunLock.take(folder, with: whole, sink: sink)
        FileReplacement.finish(folder, isOwn: isOwn)
        FileReplacement.clean(folder) { fileNames.contains($0) || $0 == ignoreName || $0.isEmpty || $0 == ".replacing" }
        for fold in FoldFolder.all(in: folder) {
            // A training of the fold alone announces in its own folder, and would be finished over what is written here.
            try settle("\(folder)/\(fold.name)", sink: sink)
            FileReplacement.clean("\(folder)/\(fold.name)") { fileNames.contains($0) }
        }
        FileReplacement.clean(inner) { CheckpointFolder.isCheckpoint("\(CheckpointFolder.name)/\($0)") }
        try ignoreCheckpoints(of: folder, sink: sink)
        return lock
    }

    private static func makeFolder(_ path: String, sink: DiagnosticSink) throws(Stopped) {
        do throws(SystemError) {
            try FileSystem.makeFolder(path)
        } catch {
            throw sink.fail(.cannotMakeFolder(path, error))
        }
    }

    /// Git is to leave out what is not the run.
    private static func ignoreCheckpoints(of folder: String, sink: DiagnosticSink) throws(Stopped) {
        guard FileSystem.kind("\(folder)/\(ignoreName)") == nil else { return }
        try FileReplacement.write([(ignoreName, .bytes(Array("\(CheckpointFolder.name)/\n.*.tmp\n".utf8)))], in: folder, sink: sink)
    }

    private static let ignoreName = ".gitignore"

    private static func isOwn(_ name: String) -> Bool {
        fileNames.contains(name) || CheckpointFolder.isCheckpoint(name) || FoldFolder.isFile(name, of: fileNames)
    }

    /// Before a run is read: if it was killed while its files were renamed, the rest of them is renamed.
    ///
    /// Errors: E1725 if they cannot be.
    static func settle(_ folder: String, sink: DiagnosticSink) throws(Stopped) {
        // The files of folds are replaced along with the summary above them.
        if FoldFolder.isFold(folder) { try settle(FileSystem.parent(folder), sink: sink) }
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

    /// Whether a finished cross-validation stands there.
    package static func hasFolds(_ folder: String) -> Bool { !FoldFolder.files(["evaluation.json"], in: folder, above: 0).isEmpty }

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
        var files = contents(
            resolvedSpec: resolvedSpec, model: model, record: record, environment: environment.text(folder: folder, halvings: record.halvings))
        let checkpoints = CheckpointFolder(runFolder: folder)
        if let last { files.append(checkpoints.next(last.identity, last.state, last.tensors)) }
        let stale = FoldFolder.files(fileNames, in: folder, above: 0)
        let sizes = try FileReplacement.write(files, in: folder, asOne: true, removing: stale, sink: sink)
        FoldFolder.removeEmpty(in: folder)
        if last != nil { checkpoints.prune(keeping: 1) }
        return zip(fileNames, sizes).map { (name: $0, bytes: $1) }
    }

    private static func contents(
        resolvedSpec: String, model: TrainedModel, record: TrainingRecord, environment: String
    ) -> [(name: String, content: FileReplacement.Content)] {
        let contents: [FileReplacement.Content] = [
            .bytes(Array(resolvedSpec.utf8)), .pieces { WeightsFile.write(model, to: $0) }, .bytes(Array(MetricsFile.text(of: record).utf8)),
            .bytes(Array(EvaluationFile.text(of: record).utf8)), .bytes(Array(environment.utf8)),
        ]
        return zip(fileNames, contents).map { (name: $0, content: $1) }
    }

    /// Writes the folder of a cross-validation: a whole run in `fold-1`, `fold-2`, ..., and what they come to together. All of it or nothing; what an
    /// earlier run left beside it goes.
    ///
    /// Errors: E3702, E3703. Returns the files of the folder itself with their sizes, and each fold with the size of its files.
    package static func write(
        _ folder: String, resolvedSpec: String, folds: [(resolvedSpec: String, model: TrainedModel)], record: FoldRecord,
        environment: RunEnvironment, sink: DiagnosticSink
    ) throws(Stopped) -> [(name: String, bytes: Int)] {
        var files: [(name: String, content: FileReplacement.Content)] = [
            ("spec.resolved.yaml", .bytes(Array(resolvedSpec.utf8))), ("metrics.csv", .bytes(Array(MetricsFile.text(of: record).utf8))),
            ("evaluation.json", .bytes(Array(EvaluationFile.text(of: record).utf8))),
            ("run.json", .bytes(Array(environment.text(folder: folder).utf8))),
        ]
        let own = files.map(\.name)
        for (index, (fold, record)) in zip(folds, record.folds).enumerated() {
            let text = environment.text(folder: folder, halvings: record.halvings)
            for file in contents(resolvedSpec: fold.resolvedSpec, model: fold.model, record: record, environment: text) {
                files.append(("\(FoldFolder.name(index + 1))/\(file.name)", file.content))
            }
        }
        let stale =
            [WeightsFile.name].filter { FileSystem.kind("\(folder)/\($0)") == .file } + FoldFolder.files(fileNames, in: folder, above: folds.count)
        let sizes = try FileReplacement.write(files, in: folder, asOne: true, removing: stale, sink: sink)
        FoldFolder.removeEmpty(in: folder)
        CheckpointFolder(runFolder: folder).prune(keeping: 0)
        let perFold = folds.indices.map { fold in
            (name: FoldFolder.name(fold + 1) + "/", bytes: sizes[(own.count + fold * fileNames.count)...].prefix(fileNames.count).reduce(0, +))
        }
        return zip(own, sizes).map { (name: $0, bytes: $1) } + perFold
    }
}

/// The folders of the folds of a cross-validation: fold-1, fold-2, ...
enum FoldFolder {
    static func name(_ fold: Int) -> String { "fold-\(fold)" }

    private static func number(_ name: some StringProtocol) -> Int? {
        guard name.hasPrefix("fold-"), let number = Int(name.dropFirst(5)), number > 0, name == "fold-\(number)" else { return nil }
        return number
    }

    /// Whether a path ends in the folder of a fold.
    static func isFold(_ path: String) -> Bool { path.split(separator: "/").last.flatMap { number($0) } != nil }

    static func all(in folder: String) -> [(name: String, number: Int)] {
        FileSystem.names(in: folder).compactMap { name in number(name).map { (name: name, number: $0) } }.sorted { $0.number < $1.number }
    }

    static func isFile(_ path: String, of names: [String]) -> Bool {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        return parts.count == 2 && number(parts[0]) != nil && names.contains(String(parts[1]))
    }

    /// The files of the folds with higher numbers.
    static func files(_ names: [String], in folder: String, above limit: Int) -> [String] {
        all(in: folder).filter { $0.number > limit }.flatMap { fold in names.map { "\(fold.name)/\($0)" } }.filter {
            FileSystem.kind("\(folder)/\($0)") == .file
        }
    }

    /// What holds anything stays.
    static func removeEmpty(in folder: String) { for fold in all(in: folder) { rmdir("\(folder)/\(fold.name)") } }
}

extension Diagnostic {
    static func runFolderRefused(_ folder: String, _ reason: String, _ error: SystemError) -> Diagnostic {
        Diagnostic("E3701", "the run folder \(folder) cannot be written: \(reason)", notes: ["nothing was trained"], fix: error.advice)
    }
}

/// metrics.csv: one row per epoch; an empty field where a metric is undefined.
enum MetricsFile {
    static func text(of record: TrainingRecord) -> String { header(of: record) + lines(of: record, prefix: "") }

    /// The epochs of all folds one after the other, behind a column `fold`.
    static func text(of record: FoldRecord) -> String {
        guard let first = record.folds.first else { return "" }
        return "fold," + header(of: first) + record.folds.enumerated().map { lines(of: $1, prefix: "\($0 + 1),") }.joined()
    }

    private static func header(of record: TrainingRecord) -> String {
        var header = ["epoch", "learning_rate", "train.loss"]
        if record.hasValidation { header += ["validation.loss"] + record.metricNames.map { "validation.\($0)" } }
        return header.joined(separator: ",") + "\n"
    }

    private static func lines(of record: TrainingRecord, prefix: String) -> String {
        var result = ""
        for epoch in record.epochs {
            var fields = ["\(epoch.epoch)", "\(epoch.learningRate)", "\(epoch.trainLoss)"]
            if record.hasValidation {
                fields.append(epoch.validationLoss?.description ?? "")
                for index in record.metricNames.indices {
                    let value = index < epoch.validationMetrics.count ? epoch.validationMetrics[index] : nil
                    fields.append(value?.description ?? "")
                }
            }
            result += prefix + fields.joined(separator: ",") + "\n"
        }
        return result
    }
}

/// evaluation.json: flat, `<part>.<metric>`, in the order of the parts; null where a metric is undefined. `rows_sha256` is `Part.rowsDigest`.
enum EvaluationFile {
    static func text(of record: TrainingRecord) -> String {
        "{\n  " + record.members.map { "\(JSONText.quoted($0)): \($1)" }.joined(separator: ",\n  ") + "\n}\n"
    }

    /// Mean and spread of each number, `<part>.<metric>.mean` and `.std`, then each fold's own behind `fold-1.`.
    static func text(of record: FoldRecord) -> String {
        "{\n  " + record.members.map { "\(JSONText.quoted($0)): \($1)" }.joined(separator: ",\n  ") + "\n}\n"
    }

}

extension TrainingRecord {
    /// What evaluation.json says of it: names, and values as JSON.
    fileprivate var members: [(name: String, text: String)] {
        var members: [(name: String, text: String)] = []
        for part in evaluations {
            members.append(("\(part.part).rows", "\(part.rows)"))
            if let digest = part.rowsDigest { members.append(("\(part.part).rows_sha256", JSONText.quoted(digest))) }
            members.append(("\(part.part).loss", JSONText.number(part.loss)))
            for metric in part.metrics { members.append(("\(part.part).\(metric.name)", JSONText.number(metric.value))) }
        }
        return members + [("best_epoch", "\(bestEpoch)"), ("stop_reason", JSONText.quoted(stopReason.rawValue))]
    }
}

extension FoldRecord {
    /// What evaluation.json says of them: names, and values as JSON.
    package var members: [(name: String, text: String)] {
        var members = [(name: "folds", text: "\(folds.count)")]
        for statistic in statistics {
            members.append(("\(statistic.part).\(statistic.name).mean", JSONText.number(statistic.mean)))
            members.append(("\(statistic.part).\(statistic.name).std", JSONText.number(statistic.deviation)))
        }
        for (index, fold) in folds.enumerated() {
            members += fold.members.map { ("\(FoldFolder.name(index + 1)).\($0.name)", $0.text) }
        }
        return members
    }
}
