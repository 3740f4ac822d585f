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
            CheckpointFolder(runFolder: "\(folder)/\(fold.name)").prune()
            FileReplacement.clean("\(folder)/\(fold.name)/\(CheckpointFolder.name)") {
                CheckpointFolder.isCheckpoint("\(CheckpointFolder.name)/\($0)")
            }
        }
        // A run that was killed after it had written a state may have left more than there are to be.
        CheckpointFolder(runFolder: folder).prune()
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

    static let ignoreName = ".gitignore"

    private static func isOwn(_ name: String) -> Bool {
        isOfSummary(name) || fileNames.contains(name) || CheckpointFolder.isCheckpoint(name) || FoldFolder.isFile(name, of: fileNames)
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
        let stale = FoldFolder.files(fileNames, in: folder, above: 0) + staleSummary(above: folder, record)
        let sizes = try FileReplacement.write(files, in: folder, asOne: true, removing: stale, sink: sink)
        if stale.contains(where: { $0.hasPrefix(FoldFolder.above) }) { sink.emit(.summaryRemoved(above: folder)) }
        FoldFolder.clear(in: folder, above: 0)
        if last != nil { checkpoints.prune(keeping: 1) }
        return zip(fileNames, sizes).map { (name: $0, bytes: $1) }
    }

    static func contents(
        resolvedSpec: String, model: TrainedModel, record: TrainingRecord, environment: String
    ) -> [(name: String, content: FileReplacement.Content)] {
        let contents: [FileReplacement.Content] = [
            .bytes(Array(resolvedSpec.utf8)), .pieces { WeightsFile.write(model, to: $0) }, .bytes(Array(MetricsFile.text(of: record).utf8)),
            .bytes(Array(EvaluationFile.text(of: record).utf8)), .bytes(Array(environment.utf8)),
        ]
        return zip(fileNames, contents).map { (name: $0, content: $1) }
    }
}

extension Diagnostic {
    static func runFolderRefused(_ folder: String, _ reason: String, _ error: SystemError) -> Diagnostic {
        Diagnostic("E3701", "the run folder \(folder) cannot be written: \(reason)", notes: ["nothing was trained"], fix: error.advice)
    }
}
