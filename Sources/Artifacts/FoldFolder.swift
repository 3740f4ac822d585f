import Diagnostics
import Training
#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The folder of a cross-validation: a run for each fold, with its states, and what they come to together.
extension RunFolder {
    /// The folder of a fold, from 1.
    package static func fold(_ number: Int, in folder: String) -> String { "\(folder)/\(FoldFolder.name(number))" }

    /// Errors: E1721 if no fold left a state.
    package static func requireStateOfAFold(_ folder: String, sink: DiagnosticSink) throws(Stopped) {
        if !hasStateOfAFold(folder) { throw sink.fail(.noCheckpoint(folder)) }
    }

    package static func hasStateOfAFold(_ folder: String) -> Bool {
        FoldFolder.all(in: folder).contains { !CheckpointFolder(runFolder: "\(folder)/\($0.name)").generations.isEmpty }
    }

    /// Takes the states of all folds away: one of another run would keep the others from going on.
    package static func forgetStatesOfFolds(_ folder: String) {
        for fold in FoldFolder.all(in: folder) { CheckpointFolder(runFolder: "\(folder)/\(fold.name)").prune(keeping: 0) }
    }

    private static let summaryNames = fileNames.filter { $0 != WeightsFile.name }

    /// Whether a name, seen from the folder of a fold, is a file of what all folds come to.
    static func isOfSummary(_ name: String) -> Bool {
        name.hasPrefix(FoldFolder.above) && summaryNames.contains(String(name.dropFirst(FoldFolder.above.utf8.count)))
    }

    /// The files above a fold that say of it what is no longer so, once it has been trained alone to this record.
    static func staleSummary(above folder: String, _ record: TrainingRecord) -> [String] {
        guard let fold = FoldFolder.number(ofFold: folder) else { return [] }
        let parent = FileSystem.parent(folder)
        func text(_ name: String) -> String? { (try? FileSystem.read("\(parent)/\(name)")).map { String(decoding: $0, as: UTF8.self) } }
        guard let evaluation = text("evaluation.json"), let metrics = text("metrics.csv"),
            EvaluationFile.isOf(fold, record, in: evaluation), MetricsFile.isOf(fold, record, in: metrics)
        else { return summaryNames.map { FoldFolder.above + $0 }.filter { FileSystem.kind("\(folder)/\($0)") == .file } }
        return []
    }

    /// Leaves each fold its newest state, or none.
    private static func prune(_ folds: Int, in folder: String, _ keepsStates: Bool) {
        for number in 1...folds { CheckpointFolder(runFolder: fold(number, in: folder)).prune(keeping: keepsStates ? 1 : 0) }
    }

    private static func isComplete(_ names: [String], in folder: String) -> Bool {
        names.allSatisfy { FileSystem.kind("\(folder)/\($0)") == .file }
    }

    /// Writes the folder of a cross-validation: a whole run in `fold-1`, `fold-2`, ..., and what they come to together. All of it or nothing; what an
    /// earlier run left beside it goes.
    ///
    /// - Parameters:
    ///   - unlessSame: whether nothing is to be written, and nil given back, where the same files are there.
    ///   - keepsStates: whether the last state of each fold is to stay.
    /// Errors: E3702, E3703. Returns the files of the folder itself with their sizes, and each fold with the size of its files.
    package static func write(
        _ folder: String, resolvedSpec: String, folds: [(resolvedSpec: String, model: TrainedModel)], record: FoldRecord,
        environment: RunEnvironment, unlessSame: Bool, keepsStates: Bool, sink: DiagnosticSink
    ) throws(Stopped) -> [(name: String, bytes: Int)]? {
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
        if unlessSame, stale.isEmpty, isComplete(files.map(\.name), in: folder),
            files.allSatisfy({ $0.name.hasSuffix("run.json") || FileReplacement.isSame($0.content, as: "\(folder)/\($0.name)") })
        {
            prune(folds.count, in: folder, keepsStates)
            return nil
        }
        let sizes = try FileReplacement.write(files, in: folder, asOne: true, removing: stale, sink: sink)
        FoldFolder.clear(in: folder, above: folds.count)
        prune(folds.count, in: folder, keepsStates)
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

    /// From the folder of a fold to what lies above it.
    static let above = "../"

    /// The fold whose folder a path ends in; nil if it is none.
    static func number(ofFold path: String) -> Int? { path.split(separator: "/").last.flatMap { number($0) } }

    static func isFold(_ path: String) -> Bool { number(ofFold: path) != nil }

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

    /// Takes the states of the folds with higher numbers away, and their folders, unless they hold what is not ours.
    ///
    /// Precondition: the lock of the folder above, without which none of them is being trained.
    static func clear(in folder: String, above limit: Int) {
        for fold in all(in: folder) where fold.number > limit {
            let path = "\(folder)/\(fold.name)"
            CheckpointFolder(runFolder: path).prune(keeping: 0)
            for name in ["\(CheckpointFolder.name)/\(RunLock.name)", RunFolder.ignoreName] { unlink("\(path)/\(name)") }
            rmdir("\(path)/\(CheckpointFolder.name)")
            rmdir(path)
        }
    }
}

extension Diagnostic {
    static func summaryRemoved(above folder: String) -> Diagnostic {
        let parent = FileSystem.parent(folder)
        return Diagnostic(
            "W1732", "the means in \(parent)/evaluation.json were of another training of this fold: the files of all folds together are gone",
            notes: ["the folders of the folds stay"], fix: "train all folds to have them again")
    }
}
