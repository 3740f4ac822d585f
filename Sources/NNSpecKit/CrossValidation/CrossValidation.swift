import Artifacts
import Datasets
import Diagnostics
import SpecLanguage
import Training

/// What a finished cross-validation reports.
public struct FoldSummary: Sendable {
    /// Of the first fold.
    public var outline: TrainingOutline
    public var record: FoldRecord
    public var folder: String
    /// The folder's own files, and each fold with the size of its files.
    public var files: [(name: String, bytes: Int)]
    public var durationSeconds: Double

    /// The names of evaluation.json, with values as JSON.
    public var metrics: [(name: String, value: String)] { record.members.map { ($0.name, $0.text) } }
}

/// `data.split.folds`: as many trainings as there are folds, each as if it were the only one.
extension Project {
    /// Their number; nil where there is one training, of a fold or of a split.
    public var foldCount: Int? { spec.data.folds.flatMap { $0.fold == nil ? $0.count.value : nil } }

    /// The training of the first fold where all are asked for: trials need one of them.
    var firstOfFolds: Project { folds[0] }

    /// One for each fold; of one training itself.
    var folds: [Project] { foldCount.map { count in (1...count).map { Project(document: document.ofFold($0)) } } ?? [self] }

    /// Compiles each fold, or the one training, for what is wrong with it, told once.
    func compileFolds(sink: DiagnosticSink, observe: (ExaminedData) -> Void = { _ in }) throws(Stopped) {
        var told = FoldMessages(sink)
        for (index, project) in folds.enumerated() {
            let own = DiagnosticSink()
            defer { told.pass(own.diagnostics, ofFold: index + 1) }
            _ = try project.compiled(sink: own, observe: observe)
        }
    }

    /// What `plan` shows: of all folds, once each of them is known to compile.
    func setupOfFolds(sink: DiagnosticSink) throws(Stopped) -> TrainingSetup {
        if foldCount == nil { return try setup(sink: sink) }
        try compileFolds(sink: sink)
        return try setup(sink: DiagnosticSink())
    }

    /// Trains every fold and writes the run folder. Small networks are trained one on each thread, with the same results.
    ///
    /// Each fold keeps its states in a folder of its own, as if it were trained alone: `--resume` takes up those that are begun, and asks those that
    /// are done for their numbers only.
    ///
    /// - Returns: nil if `--resume` finds nothing left to do.
    /// Errors: E2001 a fold diverged, E29nn stopped by a signal: the states of the folds are kept; E17xx a state that does not fit.
    public func trainFolds(options: TrainOptions, observer: any TrainingObserver, sink: DiagnosticSink) throws(Stopped) -> FoldSummary? {
        let start = Clock.seconds
        let folder = runFolder(options)
        try RunFolder.prepare(folder, sink: sink)
        let digests = DigestsInBackground(of: spec)
        var told = FoldMessages(sink)
        var prepared = try prepared(options, told: &told)
        if options.resumes { try RunFolder.requireStateOfAFold(folder, sink: sink) }
        let lock = try RunFolder.take(folder, sink: sink)
        defer { withExtendedLifetime(lock) {} }
        // Folds ask for them on several threads.
        let dataDigest = digests.wait()
        if options.resumes {
            try takeUp(&prepared, folder, digests, told: &told)
        } else {
            RunFolder.forgetStatesOfFolds(folder)
        }
        lock.sign()
        if prepared.choosesByItsRows { sink.emit(.foldsChooseByTheirRows(at: spec.training.keep.range ?? spec.data.folds?.count.range)) }
        observer.trainingWillStart(prepared.outline)
        Interruption.trainingDidStart()
        let work = FoldWork(prepared, folder: folder, digests: digests, options: options, observer: observer)
        let done = try finished(work.run(), folder, options, told: &told)
        let record = FoldRecord(folds: done.map(\.record))
        let texts = zip(prepared.projects, done).enumerated().map { index, fold in
            (resolvedSpec: fold.0.document.rendered(inRunFolder: RunFolder.fold(index + 1, in: folder), levels: 2), model: fold.1.model)
        }
        let files = try RunFolder.write(
            folder, resolvedSpec: document.rendered(inRunFolder: folder), folds: texts, record: record,
            environment: RunEnvironment(
                version: NNSpec.version, threads: prepared.outline.threads, durationSeconds: Clock.seconds - start, dataDigest: dataDigest),
            unlessSame: !work.hasTrained, keepsStates: spec.training.checkpointEvery.value > 0, sink: sink)
        guard let files else {
            sink.emit(.nothingToDo(folder, folds: done.count, isStopped: record.folds.contains { $0.stopReason == .interrupted }))
            return nil
        }
        return FoldSummary(outline: prepared.outline, record: record, folder: folder, files: files, durationSeconds: Clock.seconds - start)
    }

    /// All that `trainFolds` does before the first step: reads, compiles, counts the memory. Writes nothing.
    public func rehearseFolds(options: TrainOptions, sink: DiagnosticSink) throws(Stopped) -> TrainingOutline {
        try RunFolder.prepare(runFolder(options), sink: sink)
        var told = FoldMessages(sink)
        return try prepared(options, told: &told).outline
    }

    /// The spec of each fold, looked at with its rows: what is wrong with one of them is told before any is trained. Of the rows nothing is kept.
    private func prepared(_ options: TrainOptions, told: inout FoldMessages) throws(Stopped) -> PreparedFolds {
        let count = foldCount ?? 0
        let projects = folds
        let stamp = DataStamp(of: spec)
        var outline: TrainingOutline?
        var choosesByItsRows = false
        var initialDigest: String?
        for (index, project) in projects.enumerated() {
            let own = DiagnosticSink()
            do throws(Stopped) {
                let (setup, initial) = try project.compiled(maxMemory: options.maxMemory, sink: own)
                if outline == nil {
                    initialDigest = initial.map(CheckpointKeeper.digest)
                    // The memory is that of all folds.
                    let all = try TrainingSetup(spec, setup.data, sink: DiagnosticSink())
                    try refuseIfTooLarge(all, options, sink: own)
                    let threads = threads(options.threads)
                    var first = self.outline(all, threads: threads)
                    first.folds = FoldOutline(count: count, atOnce: all.foldsTrainedAtOnce(threads: threads))
                    outline = first
                    choosesByItsRows = all.keepsBest || spec.training.earlyStopping.map { $0.value.monitor.value != "train.loss" } ?? false
                }
            } catch {
                told.pass(own.diagnostics, ofFold: index + 1)
                throw error
            }
            told.pass(own.diagnostics, ofFold: index + 1)
        }
        guard let outline else { throw Stopped() }
        return PreparedFolds(
            projects: projects, outline: outline, choosesByItsRows: choosesByItsRows, initialDigest: initialDigest,
            states: Array(repeating: nil, count: count), stamp: stamp)
    }

    /// Looks at the states that the folds left, all of them before any fold goes on. Their numbers are read when a fold's turn comes.
    private func takeUp(
        _ prepared: inout PreparedFolds, _ folder: String, _ digests: DigestsInBackground, told: inout FoldMessages
    ) throws(Stopped) {
        for (index, project) in prepared.projects.enumerated() {
            let own = DiagnosticSink()
            defer { told.pass(own.diagnostics, ofFold: index + 1) }
            prepared.states[index] = try CheckpointKeeper.stateOfFold(
                project, in: RunFolder.fold(index + 1, in: folder),
                CheckpointKeeper.identity(of: project, digests, initialDigest: prepared.initialDigest), sink: own)
        }
        let states = prepared.states.compactMap { $0 }
        let done = states.count { CheckpointKeeper.isDone($0, project: self) }
        prepared.outline.folds?.done = done
        prepared.outline.folds?.begun = states.count - done
    }

    private func finished(
        _ outcomes: [FoldWork.Outcome?], _ folder: String, _ options: TrainOptions, told: inout FoldMessages
    ) throws(Stopped) -> [(model: TrainedModel, record: TrainingRecord)] {
        var done: [(model: TrainedModel, record: TrainingRecord)] = []
        let kept = RunFolder.hasFolds(folder) ? ["\(folder) is as the last complete run left it"] : []
        var isSaved = true
        for (index, outcome) in outcomes.enumerated() {
            switch outcome {
            case .done(let model, let record, let messages):
                told.pass(messages, ofFold: index + 1)
                done.append((model, record))
            case .failed(let messages):
                let saved = RunFolder.hasStateOfAFold(folder) ? ["folds that are done or begun are saved: `\(options.resumeCommand)` goes on"] : []
                told.pass(messages.map { $0.severity == .error ? $0.noted(saved) : $0 }, ofFold: index + 1)
                throw Stopped()
            case .diverged(let found, let origin, let setup, let notes, let messages):
                told.pass(messages, ofFold: index + 1)
                let notes = ["it was fold \(index + 1) of \(outcomes.count)"] + notes + kept
                throw told.sink.fail(.diverged(found, origin, rows: origin.flatMap { RowPlaces.words($0.rows, of: setup.spec) }, kept: notes, setup))
            case .interrupted(let messages):
                told.pass(messages, ofFold: index + 1)
                if !messages.isEmpty { isSaved = false }
            case nil: continue
            }
        }
        guard done.count == outcomes.count else {
            let progress = (done: done.count, begun: outcomes.count { if case .interrupted = $0 { true } else { false } }, count: outcomes.count)
            let command = RunFolder.hasStateOfAFold(folder) ? options.resumeCommand : nil
            throw told.sink.fail(.foldsInterrupted(by: options.stop.reason, progress, isSaved: isSaved, kept: kept, command))
        }
        return done
    }
}

extension Diagnostic {
    static func foldsInterrupted(
        by signal: Int32, _ progress: (done: Int, begun: Int, count: Int), isSaved: Bool, kept: [String], _ command: String?
    ) -> Diagnostic {
        let (code, name) = stopped(by: signal)
        let begun = progress.begun == 0 ? "" : " and \(progress.begun) begun"
        return Diagnostic(
            code,
            "stopped by \(name) with \(progress.done) of \(progress.count) folds trained\(begun); "
                + (isSaved ? "their states are saved" : "not all of their states could be saved"),
            notes: (command == nil ? ["nothing of this training is saved"] : []) + kept,
            fix: command.map { "`\($0)` goes on from \(isSaved ? "there" : "what is saved")" })
    }

    static func nothingToDo(_ folder: String, folds: Int, isStopped: Bool) -> Diagnostic {
        nothingToDo(folder, because: isStopped ? "all \(folds) folds have come to where they are to stop" : "all \(folds) folds are done")
    }

    static func foldsChooseByTheirRows(at range: SourceRange?) -> Diagnostic {
        Diagnostic(
            "N2072", "each fold keeps the epoch that does best on the rows it is measured on, so that the means are a little too good", at: range,
            fix: "write `training: {keep: last}`, without early stopping on validation rows, to measure what was not chosen by them")
    }
}
