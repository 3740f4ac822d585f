import Artifacts
import Datasets
import Diagnostics
import SpecLanguage
import Synchronization
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
    var firstOfFolds: Project { foldCount == nil ? self : Project(document: document.ofFold(1)) }

    /// Trains every fold and writes the run folder. Small networks are trained one on each thread, with the same results.
    ///
    /// Errors: E2001 a fold diverged, E29nn stopped by a signal, E4072, E4073 what does not go with folds: nothing is written then.
    public func trainFolds(options: TrainOptions, observer: any TrainingObserver, sink: DiagnosticSink) throws(Stopped) -> FoldSummary {
        let start = Clock.seconds
        let folder = runFolder(options)
        try refuseToPause(options, sink: sink)
        try RunFolder.prepare(folder, sink: sink)
        let digests = DigestsInBackground(of: spec)
        var told = FoldMessages(sink)
        let prepared = try prepared(options, told: &told)
        let outline = prepared.outline
        let lock = try RunFolder.take(folder, sink: sink)
        defer { withExtendedLifetime(lock) {} }
        lock.sign()
        if prepared.choosesByItsRows { sink.emit(.foldsChooseByTheirRows(at: spec.training.keep.range ?? spec.data.folds?.count.range)) }
        observer.trainingWillStart(outline)
        Interruption.trainingDidStart(isResumable: false)
        let work = FoldWork(prepared, options: options, observer: observer)
        let done = try finished(work.run(), work.isInterrupted, folder, options, told: &told)
        let record = FoldRecord(folds: done.map(\.record))
        let texts = zip(prepared.projects, done).enumerated().map { index, fold in
            (resolvedSpec: fold.0.document.rendered(inRunFolder: "\(folder)/fold-\(index + 1)", levels: 2), model: fold.1.model)
        }
        let files = try RunFolder.write(
            folder, resolvedSpec: document.rendered(inRunFolder: folder), folds: texts, record: record,
            environment: RunEnvironment(
                version: NNSpec.version, threads: outline.threads, durationSeconds: Clock.seconds - start, dataDigest: digests.wait()), sink: sink)
        return FoldSummary(outline: outline, record: record, folder: folder, files: files, durationSeconds: Clock.seconds - start)
    }

    /// All that `trainFolds` does before the first step: reads, compiles, counts the memory. Writes nothing.
    public func rehearseFolds(options: TrainOptions, sink: DiagnosticSink) throws(Stopped) -> TrainingOutline {
        try refuseToPause(options, sink: sink)
        try RunFolder.prepare(runFolder(options), sink: sink)
        var told = FoldMessages(sink)
        return try prepared(options, told: &told).outline
    }

    private func refuseToPause(_ options: TrainOptions, sink: DiagnosticSink) throws(Stopped) {
        if options.resumes { throw sink.fail(.foldsAreNotResumed(foldCount ?? 0, at: spec.data.folds?.count.range)) }
        if options.stopAfter != nil { throw sink.fail(.foldsAreNotStopped(at: spec.data.folds?.count.range)) }
    }

    /// The spec of each fold, looked at with its rows: what is wrong with one of them is told before any is trained. Of the rows nothing is kept.
    private func prepared(_ options: TrainOptions, told: inout FoldMessages) throws(Stopped) -> PreparedFolds {
        let count = foldCount ?? 0
        let projects = (0..<count).map { Project(document: document.ofFold($0 + 1)) }
        var outline: TrainingOutline?
        var choosesByItsRows = false
        for (index, project) in projects.enumerated() {
            let own = DiagnosticSink()
            do throws(Stopped) {
                let setup = try project.compiled(maxMemory: options.maxMemory, sink: own).setup
                if outline == nil {
                    // The memory is that of all folds.
                    let all = try TrainingSetup(spec, setup.data, sink: DiagnosticSink())
                    try refuseIfTooLarge(all, options, sink: own)
                    let threads = threads(options.threads)
                    var first = self.outline(all, threads: threads)
                    first.folds = (count, all.foldsTrainedAtOnce(threads: threads))
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
        return PreparedFolds(projects: projects, outline: outline, choosesByItsRows: choosesByItsRows)
    }

    private func finished(
        _ outcomes: [FoldWork.Outcome?], _ isInterrupted: Bool, _ folder: String, _ options: TrainOptions, told: inout FoldMessages
    ) throws(Stopped) -> [(model: TrainedModel, record: TrainingRecord)] {
        var done: [(model: TrainedModel, record: TrainingRecord)] = []
        let kept = RunFolder.hasFolds(folder) ? ["\(folder) is as the last complete run left it"] : ["\(folder) holds no result of this training"]
        for (index, outcome) in outcomes.enumerated() {
            switch outcome {
            case .done(let model, let record, let messages):
                told.pass(messages)
                done.append((model, record))
            case .failed(let messages):
                told.pass(messages)
                throw Stopped()
            case .diverged(let found, let origin, let setup):
                let notes = ["it was fold \(index + 1) of \(outcomes.count)"] + kept
                throw told.sink.fail(.diverged(found, origin, rows: origin.flatMap { RowPlaces.words($0.rows, of: setup.spec) }, kept: notes, setup))
            case nil: continue
            }
        }
        guard done.count == outcomes.count, !isInterrupted else {
            throw told.sink.fail(.foldsInterrupted(by: options.stop.reason, done: done.count, of: outcomes.count, kept: kept))
        }
        return done
    }
}

/// What is known of the folds before the first step.
private struct PreparedFolds {
    /// One for each.
    var projects: [Project]
    var outline: TrainingOutline
    /// Whether the rows that a fold is measured on have a say in which epoch it keeps.
    var choosesByItsRows: Bool
}

/// Folds on threads, each fold by one of them.
///
/// @unchecked: each place of `outcomes` is written by the thread that has the fold, and read when all threads have ended; the rest does not change,
/// is atomic, or is used within `reporting`.
private final class FoldWork: @unchecked Sendable {
    enum Outcome {
        case done(TrainedModel, TrainingRecord, [Diagnostic])
        case failed([Diagnostic])
        case diverged(Nonfinite, DivergenceOrigin?, TrainingSetup)
    }

    private let projects: [Project]
    private let outline: TrainingOutline
    private let atOnce: Int
    private let options: TrainOptions
    private let observer: any TrainingObserver
    private let startSeconds = Clock.seconds
    /// Epochs and folds that are over.
    private let reporting = Mutex<(epochs: Int, folds: Int)>((0, 0))
    private let isFailed = Atomic<Bool>(false)
    private let wasInterrupted = Atomic<Bool>(false)

    init(_ prepared: PreparedFolds, options: TrainOptions, observer: any TrainingObserver) {
        (projects, outline, atOnce) = (prepared.projects, prepared.outline, prepared.outline.folds?.atOnce ?? 1)
        (self.options, self.observer) = (options, observer)
    }

    var isInterrupted: Bool { wasInterrupted.load(ordering: .relaxed) }

    /// In the order of the folds; nil for those that were not trained to their end. Folds are begun in their order, so that of several that fail the
    /// first one is among them, whatever the threads.
    func run() -> [Outcome?] {
        var outcomes = [Outcome?](repeating: nil, count: projects.count)
        outcomes.withUnsafeMutableBufferPointer { outcomes in
            nonisolated(unsafe) let outcomes = outcomes
            Team.run(projects.count, threads: atOnce) { fold in
                if isFailed.load(ordering: .relaxed) { return }
                if options.stop.isRequested { return wasInterrupted.store(true, ordering: .relaxed) }
                let outcome = train(projects[fold])
                switch outcome {
                case .done(_, let record, _): foldDidEnd(fold + 1, record)
                case .failed, .diverged: isFailed.store(true, ordering: .relaxed)
                case nil: wasInterrupted.store(true, ordering: .relaxed)
                }
                outcomes[fold] = outcome
            }
        }
        return outcomes
    }

    private func epochDidEnd() {
        reporting.withLock { done in
            done.epochs += 1
            observer.epochDidEnd(
                done.epochs, of: outline.epochs * projects.count, foldsDone: done.folds, elapsedSeconds: Clock.seconds - startSeconds)
        }
    }

    private func foldDidEnd(_ fold: Int, _ record: TrainingRecord) {
        reporting.withLock { done in
            // Those that early stopping left out are over too.
            done.epochs += outline.epochs - record.epochs.count
            done.folds += 1
            observer.foldDidEnd(fold, of: projects.count, record)
        }
    }

    /// nil if it was interrupted.
    private func train(_ project: Project) -> Outcome? {
        let start = Clock.seconds
        let sink = DiagnosticSink()
        do throws(Stopped) {
            // What the data say has been told.
            let muted = DiagnosticSink()
            let compiled: (setup: TrainingSetup, initial: TrainedModel?)
            do throws(Stopped) { compiled = try project.compiled(sink: muted) } catch {
                for message in muted.diagnostics where message.severity == .error { sink.emit(message) }
                throw error
            }
            let trainer = try Trainer(
                compiled.setup, initial: compiled.initial, threads: atOnce == 1 && compiled.setup.wantsTeam ? outline.threads : 1, sink: sink)
            switch trainer.run(stop: options.stop, elapsedSeconds: { Clock.seconds - start }, epochDidEnd: { _ in epochDidEnd() }) {
            case .interrupted: return nil
            case .diverged(let found, let origin): return .diverged(found, origin, compiled.setup)
            case .finished:
                let (model, record) = try trainer.finish()
                return .done(model, record, sink.diagnostics)
            }
        } catch {
            return .failed(sink.diagnostics)
        }
    }
}

/// What several folds say of the same data, told once.
private struct FoldMessages {
    let sink: DiagnosticSink
    private var told: Set<String> = []

    init(_ sink: DiagnosticSink) { self.sink = sink }

    /// Of two messages of one kind that differ in numbers alone, or that point at one place, the first is enough.
    ///
    /// - Parameter fold: that of its rows. What the first of them has, mostly all have; of the others it is worth a word.
    mutating func pass(_ diagnostics: [Diagnostic], ofFold fold: Int = 1) {
        for diagnostic in diagnostics {
            let words = diagnostic.message.filter { !$0.isNumber && $0 != "." }
            let key = diagnostic.range.map { "\(diagnostic.code) \($0.file.name) \($0.start.line) \($0.lower)" } ?? "\(diagnostic.code) \(words)"
            if told.insert(key).inserted { sink.emit(fold == 1 ? diagnostic : diagnostic.met(inFold: fold)) }
        }
    }
}

extension Diagnostic {
    fileprivate func met(inFold fold: Int) -> Diagnostic {
        Diagnostic(code, message, at: range, label: label, related: related, notes: notes + ["met in fold \(fold)"], fix: fix)
    }

    static func foldsAreNotResumed(_ count: Int, at range: SourceRange?) -> Diagnostic {
        Diagnostic(
            "E4072", "`--resume` goes on with one training, and this spec has \(count), one for each fold", at: range,
            notes: ["folds are trained from their start, and keep no checkpoints"],
            fix: "leave `--resume` out; or train one fold alone, which can be resumed, with `--set data.split.fold=1`")
    }

    static func foldsAreNotStopped(at range: SourceRange?) -> Diagnostic {
        Diagnostic(
            "E4073", "`--stop-after` stops one training to be resumed, and the trainings of folds are not", at: range,
            fix: "leave it out, write fewer `epochs`, or train one fold alone with `--set data.split.fold=1`")
    }

    static func foldsInterrupted(by signal: Int32, done: Int, of count: Int, kept: [String]) -> Diagnostic {
        let (code, name) = stopped(by: signal)
        return Diagnostic(
            code, "stopped by \(name) with \(done) of \(count) folds trained; folds are not saved on the way", notes: kept,
            fix: "train again, or one fold at a time with `--set data.split.fold=1`, which can be resumed")
    }

    static func foldsChooseByTheirRows(at range: SourceRange?) -> Diagnostic {
        Diagnostic(
            "N2072", "each fold keeps the epoch that does best on the rows it is measured on, so that the means are a little too good", at: range,
            fix: "write `training: {keep: last}`, without early stopping on validation rows, to measure what was not chosen by them")
    }
}
