import Artifacts
import Compiler
import Datasets
import Diagnostics
import SpecLanguage
import Training
#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// What the caller of `train` may choose besides the spec.
public struct TrainOptions: Sendable {
    public var threads: Int?
    /// Replaces output.directory; relative to the working directory.
    public var outputDirectory: String?
    /// In bytes.
    public var maxMemory: Int?
    /// Whether to go on from the checkpoint.
    public var resumes = false
    /// The epoch after which to stop.
    public var stopAfter: Int?
    /// Asked for when the training shall stop after its step; the signals' by default.
    public var stop: StopFlag = Interruption.flag
    /// What to write to go on with this training.
    public var resumeCommand = "nnspec train SPEC --resume"
    public init() {}
}

/// Hears how the training goes.
public protocol TrainingObserver: AnyObject {
    func trainingWillStart(_ outline: TrainingOutline)
    func epochDidEnd(_ record: EpochRecord, of epochs: Int, elapsedSeconds: Double)
    /// An epoch of some fold: how many are over, of all folds. One call at a time, as of `foldDidEnd`.
    func epochDidEnd(_ done: Int, of epochs: Int, foldsDone: Int, elapsedSeconds: Double)
    /// In whatever order they end.
    func foldDidEnd(_ fold: Int, of folds: Int, _ record: TrainingRecord)
}

/// What is known before the first epoch.
public struct TrainingOutline: Sendable {
    public var name: String
    /// "4 -> 16 relu -> 3 softmax".
    public var network: String
    public var parameterCount: Int
    public var parts: [(name: String, rows: Int)]
    public var taskReason: String?
    public var metricNames: [String]
    public var epochs: Int
    public var threads: Int
    /// "validation.loss, lower is better"; nil when the last epoch is kept.
    public var monitor: String?
    /// nil: one training.
    public var folds: FoldOutline?
    /// "validation.accuracy, higher is better, patience 10": what early stopping waits for; nil: nothing.
    public var stopping: String?
}

/// The trainings of a cross-validation before the first epoch.
public struct FoldOutline: Sendable {
    public var count: Int
    public var atOnce: Int
    /// Of those that `--resume` takes up.
    public var done = 0
    public var begun = 0
}

/// What a finished run reports.
public struct TrainSummary: Sendable {
    public var outline: TrainingOutline
    public var record: TrainingRecord
    public var folder: String
    public var files: [(name: String, bytes: Int)]
    public var durationSeconds: Double
}

extension Project {
    /// Trains and writes the run folder.
    ///
    /// - Returns: nil if `--resume` finds nothing left to do.
    /// Errors: E2001 diverged, E29nn stopped by a signal: what was trained so far is kept in checkpoint/; E17xx a checkpoint that does not fit.
    public func train(options: TrainOptions, observer: any TrainingObserver, sink: DiagnosticSink) throws(Stopped) -> TrainSummary? {
        let start = Clock.seconds
        let folder = runFolder(options)
        try RunFolder.prepare(folder, sink: sink)
        let digests = DigestsInBackground(of: spec)
        let (setup, initial) = try compiled(maxMemory: options.maxMemory, sink: sink)
        try refuseIfTooLarge(setup, options, sink: sink)
        let threads = threads(options.threads)
        let outline = outline(setup, threads: threads)
        let trainer = try Trainer(setup, initial: initial, threads: setup.wantsTeam ? threads : 1, sink: sink)
        if options.resumes { try CheckpointFolder(runFolder: folder).requireAny(sink: sink) }
        let lock = try RunFolder.take(folder, sink: sink)
        defer { withExtendedLifetime(lock) {} }
        let keeper = CheckpointKeeper(
            self, trainer: trainer, folder: folder, initialDigest: initial.map(CheckpointKeeper.digest), digests: digests, options: options,
            sink: sink)
        if options.resumes {
            guard try keeper.resume() else { return nil }
        }
        lock.sign()
        observer.trainingWillStart(outline)
        Interruption.trainingDidStart()
        let end = trainer.run(stop: options.stop, stopAfter: options.stopAfter, elapsedSeconds: { Clock.seconds - start }) {
            observer.epochDidEnd($0, of: outline.epochs, elapsedSeconds: Clock.seconds - start)
            keeper.epochDidEnd($0.epoch)
        }
        switch end {
        case .interrupted: throw try keeper.interrupted(setup)
        case .diverged(let found, let origin): throw try keeper.diverged(found, origin, setup)
        case .finished: break
        }
        let last = keeper.lastState
        let (model, record) = try trainer.finish()
        let duration = Clock.seconds - start
        let files = try RunFolder.write(
            folder, resolvedSpec: document.rendered(inRunFolder: folder, levels: spec.data.folds?.fold == nil ? 1 : 2), model: model, record: record,
            environment: RunEnvironment(
                version: NNSpec.version, threads: threads, durationSeconds: duration, dataDigest: digests.wait()), last: last, sink: sink)
        return TrainSummary(outline: outline, record: record, folder: folder, files: files, durationSeconds: Clock.seconds - start)
    }

    /// All that `train` does before the first step: reads, compiles, takes the memory. Writes nothing.
    public func rehearse(options: TrainOptions, sink: DiagnosticSink) throws(Stopped) -> TrainingOutline {
        try RunFolder.prepare(runFolder(options), sink: sink)
        let (setup, initial) = try compiled(maxMemory: options.maxMemory, sink: sink)
        try refuseIfTooLarge(setup, options, sink: sink)
        _ = try Trainer(setup, initial: initial, threads: 1, sink: sink)
        return outline(setup, threads: threads(options.threads))
    }

    /// The stated count is a wish: more threads than cores only wait for each other, and the result is the same.
    func threads(_ asked: Int?) -> Int { max(1, min(asked ?? spec.training.threads.value ?? NNSpec.coreCount, NNSpec.coreCount)) }

    func runFolder(_ options: TrainOptions) -> String {
        let base = options.outputDirectory ?? spec.output.directory.value
        return base + "/" + spec.name.value + (spec.data.folds?.fold.map { "/fold-\($0.value)" } ?? "")
    }

    func refuseIfTooLarge(_ setup: TrainingSetup, _ options: TrainOptions, sink: DiagnosticSink) throws(Stopped) {
        var setup = setup
        setup.threads = options.threads
        if let limit = options.maxMemory, setup.totalByteCount > limit { throw sink.fail(.overMaxMemory(setup, limit: limit)) }
        let memory = Machine.memory
        if setup.totalByteCount > memory.byteCount { throw sink.fail(.overPhysicalMemory(setup, memory)) }
    }

    func outline(_ setup: TrainingSetup, threads: Int) -> TrainingOutline {
        let parts =
            [("train", setup.data.train)]
            + [("validation", setup.data.validation), ("test", setup.data.test)].compactMap { name, part in
                part.map { (name, $0) }
            }
        let monitor = spec.training.monitor.value
        return TrainingOutline(
            name: spec.name.value, network: setup.network.outline, parameterCount: setup.network.parameterCount,
            parts: parts.map { (name: $0.0, rows: $0.1.rows) }, taskReason: setup.data.taskReason, metricNames: setup.metrics,
            epochs: spec.training.epochs.value, threads: threads,
            monitor: setup.keepsBest ? "\(monitor), \(setup.monitorIsHigherBetter ? "higher" : "lower") is better" : nil,
            stopping: spec.training.earlyStopping.map { rule in
                "\(rule.value.monitor.value), \(rule.value.higherIsBetter ? "higher" : "lower") is better, patience \(rule.value.patience)"
            })
    }
}

extension TrainingSetup {
    /// Whether any instruction is worth splitting; a team that never gets work only costs its start.
    var wantsTeam: Bool { plan.wantsTeam || inferencePlan.wantsTeam }
}

/// The monotonic clock.
enum Clock {
    static var seconds: Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }
}

extension Diagnostic {
    private static func largest(_ setup: TrainingSetup) -> [String] {
        setup.byteCounts.sorted { $0.bytes > $1.bytes }.prefix(3).map { "\($0.name): \($0.bytes) bytes" }
    }

    private static func widest(_ setup: TrainingSetup) -> Network.Layer? {
        setup.network.layers.max { weight($0) < weight($1) }
    }

    private static func weight(_ layer: Network.Layer) -> Int {
        if case .dense(let dense) = layer.kind { return dense.inputs * dense.units }
        return 0
    }

    static func overMaxMemory(_ setup: TrainingSetup, limit: Int) -> Diagnostic {
        Diagnostic(
            "E3001", "this run needs \(setup.totalByteCount) bytes, --max-memory allows \(limit)", at: widest(setup)?.range,
            label: "the largest layer", notes: largest(setup), fix: "use fewer units, a smaller batch_size, or a larger --max-memory")
    }

    static func overPhysicalMemory(_ setup: TrainingSetup, _ memory: Machine.Memory) -> Diagnostic {
        Diagnostic(
            "E3002", "this run needs \(setup.totalByteCount) bytes, \(memory.owner) has \(memory.byteCount)", at: widest(setup)?.range,
            label: "the largest layer", notes: largest(setup), fix: "use fewer units or a smaller batch_size")
    }
}
