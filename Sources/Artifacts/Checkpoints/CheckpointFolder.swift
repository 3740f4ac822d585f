import Diagnostics
import Training
#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// checkpoint/ of a run folder: the two newest states of its training, `<number>.safetensors`.
///
/// A run that starts anew counts on: a state of an earlier run of the same spec and data is a state of this one, since they are the same run; a
/// state of another spec or other data is refused when it is read.
package struct CheckpointFolder {
    package static let name = "checkpoint"
    private static let ending = ".safetensors"
    private static let generationsKept = 2

    private let runFolder: String
    private var path: String { "\(runFolder)/\(Self.name)" }

    package init(runFolder: String) { self.runFolder = runFolder }

    /// Newest first.
    package var generations: [Int] {
        FileSystem.names(in: path).compactMap(Self.generation).sorted(by: >)
    }

    /// "12.safetensors" -> 12.
    private static func generation(_ name: String) -> Int? {
        guard name.hasSuffix(ending) else { return nil }
        let digits = name.dropLast(ending.count)
        guard let number = Int(digits), number > 0, "\(number)" == digits else { return nil }
        return number
    }

    /// Whether a path below the run folder is that of a checkpoint.
    static func isCheckpoint(_ path: String) -> Bool {
        path.hasPrefix(name + "/") && generation(String(path.dropFirst(name.utf8.count + 1))) != nil
    }

    /// Adds a state; then all but the two newest go.
    ///
    /// Errors: E3702, E3703; those that were there are untouched then.
    package func add(_ identity: RunIdentity, _ state: TrainingState, _ tensors: [StateTensor], sink: DiagnosticSink) throws(Stopped) {
        try FileReplacement.write([next(identity, state, tensors)], in: runFolder, sink: sink)
        prune()
    }

    /// The next state, as a file of the run folder.
    func next(_ identity: RunIdentity, _ state: TrainingState, _ tensors: [StateTensor]) -> (name: String, content: FileReplacement.Content) {
        ("\(Self.name)/\((generations.first ?? 0) + 1)\(Self.ending)", CheckpointFile.content(identity, state, tensors))
    }

    /// Takes all but the newest away.
    func prune(keeping count: Int = CheckpointFolder.generationsKept) {
        for number in generations.dropFirst(count) { unlink("\(path)/\(number)\(Self.ending)") }
    }

    /// Errors: E1721.
    package func requireAny(sink: DiagnosticSink) throws(Stopped) {
        if generations.isEmpty { throw sink.fail(.noCheckpoint(runFolder)) }
    }

    /// Reads the newest state that can be read.
    ///
    /// - Parameters:
    ///   - identity: of the run that is to go on.
    ///   - mayChange: whether a setting may be another now.
    ///   - tensors: where the numbers go.
    /// Errors: E1721 no checkpoint, E1722 none that can be read, E1723 other settings, E1724 other data. Warnings: W1721.
    package func read(
        for identity: RunIdentity, mayChange: (_ path: String, _ state: TrainingState, _ settings: [RunIdentity.Setting]) -> Bool,
        into tensors: [StateTensor], sink: DiagnosticSink
    ) throws(Stopped) -> TrainingState {
        try requireAny(sink: sink)
        var problems: [String] = []
        for generation in generations {
            let file = "\(path)/\(generation)\(Self.ending)"
            do throws(CheckpointProblem) {
                let checkpoint = try CheckpointFile(file)
                let (before, state) = (checkpoint.identity, checkpoint.state)
                let differences = identity.differences(from: before) { mayChange($0, state, before.settings) }
                if !differences.isEmpty { return try refuse(.otherSettings(differences, runFolder), sink) }
                let changed = identity.changedFiles(from: before)
                if !changed.isEmpty { return try refuse(.otherData(changed, runFolder), sink) }
                try checkpoint.load(tensors)
                if !problems.isEmpty { sink.emit(.olderCheckpoint(problems, used: file, state.position)) }
                return state
            } catch {
                if error.isTold { throw Stopped() }
                problems.append("\(file) \(error.words)")
            }
        }
        throw sink.fail(.noReadableCheckpoint(problems, runFolder))
    }

    private func refuse(_ diagnostic: Diagnostic, _ sink: DiagnosticSink) throws(CheckpointProblem) -> TrainingState {
        sink.emit(diagnostic)
        throw .told
    }
}

extension CheckpointProblem {
    /// What is wrong stands in the sink, and no older checkpoint would help.
    fileprivate static let told = CheckpointProblem(words: "")
    fileprivate var isTold: Bool { words.isEmpty }
}
