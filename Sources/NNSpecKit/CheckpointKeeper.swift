import Artifacts
import Datasets
import Diagnostics
import SpecLanguage
import Training

/// Saves the states of one training as it goes, and takes one of them up again.
///
/// `checkpoint_every` says after which epochs; of short epochs only some are saved, so that saving takes a tenth of the time at most.
final class CheckpointKeeper {
    private let project: Project
    private let trainer: Trainer
    private let folder: String
    private let checkpoints: CheckpointFolder
    private let digests: DigestsInBackground
    private let initialDigest: String?
    private let options: TrainOptions
    private let sink: DiagnosticSink
    private var savedAtSeconds = Clock.seconds
    private var costSeconds = 0.0
    private var isFailureTold = false

    private static let secondsBetween = 0.5
    private static let costShare = 10.0

    init(
        _ project: Project, trainer: Trainer, folder: String, initialDigest: String?, digests: DigestsInBackground, options: TrainOptions,
        sink: DiagnosticSink
    ) {
        self.project = project
        self.trainer = trainer
        self.folder = folder
        self.digests = digests
        self.options = options
        self.sink = sink
        self.initialDigest = initialDigest
        checkpoints = CheckpointFolder(runFolder: folder)
    }

    /// What a run's identity says of the weights that it begins with.
    static func digest(of model: TrainedModel) -> String {
        var sum = SHA256()
        WeightsFile.write(model) { piece in piece.withUnsafeBytes { sum.update($0) } }
        return sum.hexDigest()
    }

    /// Waits for the digests of the data.
    static func identity(of project: Project, _ digests: DigestsInBackground, initialDigest: String?) -> RunIdentity {
        let settings = [("nnspec version", NNSpec.version)] + project.document.settings()
        var files = digests.wait().map { RunIdentity.File(name: $0.file, digest: $0.digest) }
        if let path = project.spec.model.initialWeights?.value { files.append(.init(name: path, digest: initialDigest)) }
        return RunIdentity(settings: settings.map { RunIdentity.Setting(path: $0.0, text: $0.1) }, files: files)
    }

    private var identity: RunIdentity { Self.identity(of: project, digests, initialDigest: initialDigest) }

    // MARK: Going on

    /// Takes the newest checkpoint up. False if there is nothing left to do, which is noted.
    ///
    /// Errors: E1721 ... E1726.
    func resume() throws(Stopped) -> Bool {
        let state = try restore(sink: sink)
        let done = state.progress.epochs.count
        let isDone = Self.isDone(state, project: project)
        let reachesStop = options.stopAfter.map { done >= $0 } ?? false
        guard isDone || reachesStop, RunFolder.isComplete(folder) else { return true }
        sink.emit(.nothingToDo(folder, epochs: done, reason: reachesStop && !isDone ? .interrupted : state.progress.stopReason ?? .epochs))
        return false
    }

    /// Has the trainer go on from the newest checkpoint.
    ///
    /// Errors: E1721 ... E1726.
    func restore(sink: DiagnosticSink) throws(Stopped) -> TrainingState {
        let state = try Self.state(of: project, in: folder, identity, into: trainer.checkpoint.tensors, sink: sink)
        guard state.position.batch < max(1, trainer.batchCount), state.progress.halvings.allSatisfy({ $0 > 0 }) else {
            throw sink.fail(.beyondEpochs(state.position, epochs: project.spec.training.epochs, folder))
        }
        trainer.restore(state)
        return state
    }

    /// Whether a training that came to this state has nothing left to do.
    static func isDone(_ state: TrainingState, project: Project) -> Bool {
        let reason = state.progress.stopReason
        return reason == .early_stopping || reason == .converged || state.progress.epochs.count == project.spec.training.epochs.value
    }

    /// What a fold can go on from; nil: it was not begun.
    ///
    /// Errors: E1722 ... E1726.
    static func stateOfFold(
        _ project: Project, in folder: String, _ identity: RunIdentity, sink: DiagnosticSink
    ) throws(Stopped) -> TrainingState? {
        if CheckpointFolder(runFolder: folder).generations.isEmpty { return nil }
        return try state(of: project, in: folder, identity, into: [], sink: sink)
    }

    /// - Parameter tensors: where the numbers go; none: the state is looked at alone.
    private static func state(
        of project: Project, in folder: String, _ identity: RunIdentity, into tensors: [StateTensor], sink: DiagnosticSink
    ) throws(Stopped) -> TrainingState {
        let schedule = project.spec.training.schedule.value
        let state = try CheckpointFolder(runFolder: folder).read(
            for: identity,
            mayChange: { path, state, _ in
                switch path {
                case "training.epochs": !schedule.dependsOnEpochs
                // In the midst of an epoch its start is gone, to which a halving goes back.
                case "training.on_nonfinite": state.position.batch == 0
                default: Self.isFree(path)
                }
            }, into: tensors, sink: sink)
        let (done, epochs) = (state.progress.epochs.count, project.spec.training.epochs.value)
        if done > epochs || done == epochs && state.position.batch > 0 {
            throw sink.fail(.beyondEpochs(state.position, epochs: project.spec.training.epochs, folder))
        }
        return state
    }

    /// Settings that change nothing of what a training computes.
    private static func isFree(_ path: String) -> Bool {
        ["name", "description", "expect", "training.max_time", "training.threads", "training.checkpoint_every"].contains(path)
            || path.hasPrefix("output.") || path.hasPrefix("expect.")
    }

    // MARK: Saving

    /// Saves if it is time to. A refusal is told once; the training goes on, for the disk may have room again.
    func epochDidEnd(_ epoch: Int) {
        let every = project.spec.training.checkpointEvery.value
        guard every > 0, epoch % every == 0, trainer.hasEpochsLeft else { return }
        let now = Clock.seconds
        guard now - savedAtSeconds >= max(Self.secondsBetween, Self.costShare * costSeconds) else { return }
        let trial = DiagnosticSink()
        do throws(Stopped) {
            try save(trial)
        } catch {
            if !isFailureTold, let first = trial.diagnostics.first { sink.emit(.checkpointNotSaved(epoch, first, hasOlder: hasCheckpoint)) }
            isFailureTold = true
        }
        savedAtSeconds = Clock.seconds
        costSeconds = savedAtSeconds - now
    }

    private var hasCheckpoint: Bool { !checkpoints.generations.isEmpty }

    private func save(_ sink: DiagnosticSink) throws(Stopped) {
        let (state, tensors) = trainer.checkpoint
        try checkpoints.add(identity, state, tensors, sink: sink)
    }

    /// The state at the end, to be written with the files; nil where the spec wants no checkpoints.
    var lastState: RunFolder.LastState? {
        guard project.spec.training.checkpointEvery.value > 0 else { return nil }
        let (state, tensors) = trainer.checkpoint
        return (identity, state, tensors)
    }

    // MARK: Ending early

    /// Saves the state of a fold that is done, for the time until all of them are.
    func foldDidEnd(_ fold: Int) {
        let trial = DiagnosticSink()
        do throws(Stopped) {
            try save(trial)
        } catch {
            if let first = trial.diagnostics.first { sink.emit(.foldNotSaved(fold, first)) }
        }
    }

    /// Saves after a signal, and says how to go on.
    func interrupted(_ setup: TrainingSetup) throws(Stopped) -> Stopped {
        let isSaved = saveAtEnd()
        return sink.fail(
            .interrupted(
                by: options.stop.reason, trainer.checkpoint.state.position, batches: trainer.batchCount, epochs: setup.spec.training.epochs.value,
                isSaved: isSaved, kept: kept(isSaved), options.resumeCommand))
    }

    func diverged(_ found: Nonfinite, _ origin: DivergenceOrigin?, _ setup: TrainingSetup) throws(Stopped) -> Stopped {
        let isSaved = saveAtEnd()
        let notes = keptAfterDivergence(setup, isSaved: isSaved) + kept(isSaved)
        return sink.fail(.diverged(found, origin, rows: origin.flatMap { RowPlaces.words($0.rows, of: project.spec) }, kept: notes, setup))
    }

    /// The state that is left, and how to go on from it.
    func keptAfterDivergence(_ setup: TrainingSetup, isSaved: Bool) -> [String] {
        guard isSaved else { return [] }
        let (position, best) = (trainer.checkpoint.state.position, trainer.checkpoint.state.progress.best.epoch)
        let bestWords = setup.keepsBest && best > 0 ? ", and the best weights, those of epoch \(best)" : ""
        let state = "\(folder)/checkpoint holds the last good state, \(CheckpointKeeper.words(position))\(bestWords)"
        // L-BFGS has no rate to halve.
        guard setup.rule.optimizer != nil else { return [state] }
        return [state, "`\(options.resumeCommand) --set training.on_nonfinite=halve_learning_rate` goes on from there with half the rate"]
    }

    /// "the end of epoch 5", "the start", "epoch 6, batch 3".
    static func words(_ position: TrainingPosition) -> String {
        if position.batch > 0 { return "epoch \(position.epoch), batch \(position.batch)" }
        return position.epoch == 1 ? "that of the start" : "that of the end of epoch \(position.epoch - 1)"
    }

    /// Saves the state; false if the system refuses, which is told.
    func saveState() -> Bool {
        do throws(Stopped) {
            try save(sink)
            return true
        } catch {
            return false
        }
    }

    /// Saves the state and the epochs so far; false if the system refuses, which is told.
    private func saveAtEnd() -> Bool {
        guard saveState() else { return false }
        do throws(Stopped) {
            try RunFolder.writeMetrics(folder, record: trainer.record(), sink: sink)
            return true
        } catch {
            return false
        }
    }

    private func kept(_ isSaved: Bool) -> [String] {
        if !isSaved {
            return [hasCheckpoint ? "the checkpoint before it is whole: --resume goes on from that" : "nothing of this training is saved"]
        }
        let epochs = trainer.record().epochs.count
        let metrics = "metrics.csv holds the \(epochs) epoch\(epochs == 1 ? "" : "s") done"
        return [RunFolder.isComplete(folder) ? "\(metrics); weights.json and evaluation.json are those of the last complete run" : metrics]
    }
}

extension Diagnostic {
    static func beyondEpochs(_ position: TrainingPosition, epochs: Sourced<Int>, _ folder: String) -> Diagnostic {
        Diagnostic(
            "E1726", "the checkpoint of \(folder) is in epoch \(position.epoch), and the spec wants \(epochs.value)", at: epochs.range,
            fix: "write more epochs, or leave out --resume to start from the beginning")
    }

    static func nothingToDo(_ folder: String, epochs: Int, reason: StopReason) -> Diagnostic {
        let words =
            switch reason {
            case .early_stopping: "early stopping ended it after \(epochs) epochs"
            case .converged: "it converged after \(epochs) epochs"
            case .interrupted: "it has \(epochs) epochs behind it, and is to stop there"
            default: "all \(epochs) epochs are done"
            }
        return nothingToDo(folder, because: words)
    }

    static func nothingToDo(_ folder: String, because words: String) -> Diagnostic {
        Diagnostic("N1721", "there is nothing to do in \(folder): \(words)")
    }

    static func checkpointNotSaved(_ epoch: Int, _ why: Diagnostic, hasOlder: Bool) -> Diagnostic {
        Diagnostic(
            "W3703", "the state after epoch \(epoch) could not be saved: \(why.message)",
            notes: [hasOlder ? "the checkpoint before it is whole; the training went on" : "there is no checkpoint yet; the training went on"],
            fix: why.fix)
    }

    static func foldNotSaved(_ fold: Int, _ why: Diagnostic) -> Diagnostic {
        Diagnostic(
            "W1730", "the state of fold \(fold), which is done, could not be saved: \(why.message)",
            notes: ["the other folds went on; if they are stopped, `--resume` trains this one anew"], fix: why.fix)
    }

    /// What a training that a signal stopped is told by: the code, and the signal's name.
    static func stopped(by signal: Int32) -> (code: String, name: String) {
        signal == Interruption.terminate ? ("E2915", "SIGTERM") : ("E2902", "SIGINT")
    }

    static func interrupted(
        by signal: Int32, _ position: TrainingPosition, batches: Int, epochs: Int, isSaved: Bool, kept: [String], _ command: String
    ) -> Diagnostic {
        let (code, name) = stopped(by: signal)
        let place = position.batch > 0 ? "after batch \(position.batch) of \(batches) of epoch \(position.epoch)" : "before epoch \(position.epoch)"
        let message =
            "stopped by \(name) \(place) of \(epochs); "
            + (isSaved ? "the state is saved" : "the state could not be saved")
        return Diagnostic(code, message, notes: kept, fix: isSaved ? "`\(command)` goes on from there" : nil)
    }
}
