import Artifacts
import Datasets
import Diagnostics
import Synchronization
import Training

/// What is known of the folds before the first step.
struct PreparedFolds {
    /// One for each.
    var projects: [Project]
    var outline: TrainingOutline
    /// Whether the rows that a fold is measured on have a say in which epoch it keeps.
    var choosesByItsRows: Bool
    /// Of the weights that all of them begin with.
    var initialDigest: String?
    /// What each goes on from; nil: its start.
    var states: [TrainingState?]
    /// Of the data files before any of them was read.
    var stamp: DataStamp
}

/// Folds on threads, each fold by one of them.
///
/// @unchecked: each place of `outcomes` is written by the thread that has the fold, and read when all threads have ended; the rest does not change,
/// is atomic, or is used within `reporting`.
final class FoldWork: @unchecked Sendable {
    enum Outcome {
        case done(TrainedModel, TrainingRecord, [Diagnostic])
        case failed([Diagnostic])
        /// `kept`: what is left of it, in words.
        case diverged(Nonfinite, DivergenceOrigin?, TrainingSetup, kept: [String], [Diagnostic])
        /// By a signal. A message is the system's refusal to save the state.
        case interrupted([Diagnostic])
    }

    private let folds: PreparedFolds
    private let folder: String
    private let digests: DigestsInBackground
    private let atOnce: Int
    /// Of max_time, for each fold.
    private let timeShare: Double
    private let options: TrainOptions
    private let observer: any TrainingObserver
    private let startSeconds = Clock.seconds
    /// Epochs and folds that are over.
    private let reporting: Mutex<(epochs: Int, folds: Int)>
    private let isFailed = Atomic<Bool>(false)
    private let didTrain = Atomic<Bool>(false)

    init(
        _ folds: PreparedFolds, folder: String, digests: DigestsInBackground, options: TrainOptions, observer: any TrainingObserver
    ) {
        (self.folds, self.folder, self.digests, self.options, self.observer) = (folds, folder, digests, options, observer)
        atOnce = folds.outline.folds?.atOnce ?? 1
        let left = folds.projects.count - (folds.outline.folds?.done ?? 0)
        timeShare = 1 / Double(max(1, (left + atOnce - 1) / atOnce))
        reporting = Mutex((folds.states.reduce(0) { $0 + ($1?.progress.epochs.count ?? 0) }, 0))
    }

    /// Whether any fold made an epoch.
    var hasTrained: Bool { didTrain.load(ordering: .relaxed) }

    /// In the order of the folds; nil for those that were not begun. Folds are begun in their order, so that of several that fail the first one is
    /// among them, whatever the threads.
    func run() -> [Outcome?] {
        var outcomes = [Outcome?](repeating: nil, count: folds.projects.count)
        outcomes.withUnsafeMutableBufferPointer { outcomes in
            nonisolated(unsafe) let outcomes = outcomes
            Team.run(folds.projects.count, threads: atOnce) { fold in
                if isFailed.load(ordering: .relaxed) || options.stop.isRequested { return }
                let outcome = train(fold)
                switch outcome {
                case .done(_, let record, _): foldDidEnd(fold + 1, record)
                case .failed, .diverged: isFailed.store(true, ordering: .relaxed)
                case .interrupted: break
                }
                outcomes[fold] = outcome
            }
        }
        return outcomes
    }

    private func epochDidEnd() {
        didTrain.store(true, ordering: .relaxed)
        reporting.withLock { done in
            done.epochs += 1
            observer.epochDidEnd(
                done.epochs, of: folds.outline.epochs * folds.projects.count, foldsDone: done.folds,
                elapsedSeconds: Clock.seconds - startSeconds)
        }
    }

    private func foldDidEnd(_ fold: Int, _ record: TrainingRecord) {
        reporting.withLock { done in
            // Those that early stopping left out are over too.
            done.epochs += folds.outline.epochs - record.epochs.count
            done.folds += 1
            observer.foldDidEnd(fold, of: folds.projects.count, record)
        }
    }

    /// Asked before the rows are read and after.
    private func refuseIfChanged(_ index: Int, sink: DiagnosticSink) throws(Stopped) {
        let changed = folds.stamp.changes(to: DataStamp(of: folds.projects[index].spec))
        if !changed.isEmpty { throw sink.fail(.dataChangedAmidFolds(changed, fold: index + 1)) }
    }

    private func train(_ index: Int) -> Outcome {
        let start = Clock.seconds
        let project = folds.projects[index]
        let sink = DiagnosticSink()
        do throws(Stopped) {
            try refuseIfChanged(index, sink: sink)
            // What the data say has been told.
            let muted = DiagnosticSink()
            let compiled: (setup: TrainingSetup, initial: TrainedModel?)
            do throws(Stopped) { compiled = try project.compiled(sink: muted) } catch {
                for message in muted.diagnostics where message.severity == .error { sink.emit(message) }
                throw error
            }
            try refuseIfChanged(index, sink: sink)
            let trainer = try Trainer(
                compiled.setup, initial: compiled.initial, threads: atOnce == 1 && compiled.setup.wantsTeam ? folds.outline.threads : 1, sink: sink)
            let keeper = CheckpointKeeper(
                project, trainer: trainer, folder: RunFolder.fold(index + 1, in: folder), initialDigest: folds.initialDigest, digests: digests,
                options: options, sink: sink)
            // What there is to say of the state has been said.
            if folds.states[index] != nil { _ = try keeper.restore(sink: muted) }
            let end = trainer.run(
                stop: options.stop, stopAfter: options.stopAfter, elapsedSeconds: { Clock.seconds - start }, timeShare: timeShare
            ) { record in
                epochDidEnd()
                keeper.epochDidEnd(record.epoch)
            }
            switch end {
            case .interrupted:
                _ = keeper.saveState()
                return .interrupted(sink.diagnostics)
            case .diverged(let found, let origin):
                let kept = keeper.keptAfterDivergence(compiled.setup, isSaved: keeper.saveState())
                return .diverged(found, origin, compiled.setup, kept: kept, sink.diagnostics)
            case .finished:
                // A fold that is done and cannot be saved can be trained anew, but the others need it now.
                keeper.foldDidEnd(index + 1)
                let (model, record) = try trainer.finish()
                return .done(model, record, sink.diagnostics)
            }
        } catch {
            return .failed(sink.diagnostics)
        }
    }
}

extension Diagnostic {
    static func dataChangedAmidFolds(_ files: [String], fold: Int) -> Diagnostic {
        Diagnostic(
            "E1731", "\(Shown.list(files)) changed while the folds were trained: fold \(fold) would have other rows than those before it",
            fix: "restore the file and go on with `--resume`, or train all folds again")
    }
}
