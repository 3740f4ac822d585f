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
        _ project: Project, trainer: Trainer, folder: String, initial: TrainedModel?, digests: DigestsInBackground, options: TrainOptions,
        sink: DiagnosticSink
    ) {
        self.project = project
        self.trainer = trainer
        self.folder = folder
        self.digests = digests
        self.options = options
        self.sink = sink
        checkpoints = CheckpointFolder(runFolder: folder)
        initialDigest = initial.map { model in
            var sum = SHA256()
            WeightsFile.write(model) { piece in piece.withUnsafeBytes { sum.update($0) } }
            return sum.hexDigest()
        }
    }

    /// Waits for the digests of the data.
    private var identity: RunIdentity {
        let settings = [("nnspec version", NNSpec.version)] + project.document.settings()
        var files = digests.wait().map { RunIdentity.File(name: $0.file, digest: $0.digest) }
        if let path = project.spec.model.initialWeights?.value { files.append(.init(name: path, digest: initialDigest)) }
        return RunIdentity(settings: settings.map { RunIdentity.Setting(path: $0.0, text: $0.1) }, files: files)
    }

    // MARK: Going on

    /// Takes the newest checkpoint up. False if there is nothing left to do, which is noted.
    ///
    /// Errors: E1721 ... E1726.
    func resume() throws(Stopped) -> Bool {
        let schedule = project.spec.training.schedule.value
        let state = try checkpoints.read(
            for: identity,
            mayChange: { path, state, _ in
                switch path {
                case "training.epochs": !schedule.dependsOnEpochs
                // In the midst of an epoch its start is gone, to which a halving goes back.
                case "training.on_nonfinite": state.position.batch == 0
                default: Self.isFree(path)
                }
            }, into: trainer.checkpoint.tensors, sink: sink)
        let (done, epochs) = (state.progress.epochs.count, project.spec.training.epochs.value)
        if done > epochs || done == epochs && state.position.batch > 0 {
            throw sink.fail(.beyondEpochs(state.position, epochs: project.spec.training.epochs, folder))
        }
        guard state.position.batch < max(1, trainer.batchCount), state.progress.halvings.allSatisfy({ $0 > 0 }) else {
            throw sink.fail(.beyondEpochs(state.position, epochs: project.spec.training.epochs, folder))
        }
        let isDone = state.progress.stopReason == .early_stopping || state.progress.stopReason == .converged || done == epochs
        let reachesStop = options.stopAfter.map { done >= $0 } ?? false
        if isDone || reachesStop, RunFolder.isComplete(folder) {
            sink.emit(.nothingToDo(folder, epochs: done, reason: reachesStop && !isDone ? .interrupted : state.progress.stopReason ?? .epochs))
            return false
        }
        trainer.restore(state)
        return true
    }

    /// Settings that change nothing of what a training computes.
    private static func isFree(_ path: String) -> Bool {
        ["name", "description", "expect", "training.max_time", "training.threads", "training.checkpoint_every"].contains(path)
            || path.hasPrefix("output.")
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
        let best = trainer.checkpoint.state.progress.best.epoch
        var notes = kept(isSaved)
        if isSaved {
            let position = trainer.checkpoint.state.position
            let bestWords = setup.keepsBest && best > 0 ? ", and the best weights, those of epoch \(best)" : ""
            notes.insert("\(folder)/checkpoint holds the last good state, \(CheckpointKeeper.words(position))\(bestWords)", at: 0)
            // L-BFGS has no rate to halve.
            if setup.rule.optimizer != nil {
                notes.append("`\(options.resumeCommand) --set training.on_nonfinite=halve_learning_rate` goes on from there with half the rate")
            }
        }
        return sink.fail(.diverged(found, origin, rows: origin.flatMap { RowPlaces.words($0.rows, of: project.spec) }, kept: notes, setup))
    }

    /// "the end of epoch 5", "the start", "epoch 6, batch 3".
    static func words(_ position: TrainingPosition) -> String {
        if position.batch > 0 { return "epoch \(position.epoch), batch \(position.batch)" }
        return position.epoch == 1 ? "that of the start" : "that of the end of epoch \(position.epoch - 1)"
    }

    /// Saves the state and the epochs so far; false if the system refuses, which is told.
    private func saveAtEnd() -> Bool {
        do throws(Stopped) {
            try save(sink)
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
        return Diagnostic("N1721", "there is nothing to do in \(folder): \(words)")
    }

    static func checkpointNotSaved(_ epoch: Int, _ why: Diagnostic, hasOlder: Bool) -> Diagnostic {
        Diagnostic(
            "W3703", "the state after epoch \(epoch) could not be saved: \(why.message)",
            notes: [hasOlder ? "the checkpoint before it is whole; the training went on" : "there is no checkpoint yet; the training went on"],
            fix: why.fix)
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
