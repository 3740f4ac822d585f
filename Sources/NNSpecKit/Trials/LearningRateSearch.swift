import Compiler
import Datasets
import Diagnostics
import SpecLanguage
import Training

/// The loss while the learning rate rises.
public typealias RateSweep = Training.RateSweep
/// The rates of a sweep.
public typealias RateRange = Training.RateRange

/// What `find-lr` found.
public struct RateReport: Sendable {
    public var name: String
    /// "4 -> 16 relu -> 3 softmax".
    public var network: String
    public var parameterCount: Int
    public var optimizer: String
    /// Rows of a full batch.
    public var batchRows: Int
    public var range: RateRange
    public var sweep: RateSweep
    /// The rate that the spec has now.
    public var present: Double
    /// Settings of the spec that the sweep leaves out.
    public var leftOut: [String]
}

extension Project {
    /// Trains over some batches with an ever larger learning rate and looks at the loss. Writes nothing.
    ///
    /// Errors: those of `train` before the first step; E2087 the first loss is not finite. Warnings: W2087 the loss did not fall.
    public func findLearningRate(_ range: RateRange, options: TrainOptions, sink: DiagnosticSink) throws(Stopped) -> RateReport {
        if spec.optimizer.type.value == .lbfgs { throw sink.fail(.noRateToFind(at: spec.optimizer.type.range)) }
        let (setup, initial) = try firstOfFolds.compiled(maxMemory: options.maxMemory, sink: sink)
        try refuseIfTooLarge(setup, options, sink: sink)
        let trainer = try Trainer(setup, initial: initial, threads: setup.wantsTeam ? threads(options.threads) : 1, sink: sink)
        let sweep = trainer.sweep(range)
        guard !sweep.points.isEmpty else { throw sink.fail(.firstLossNotFinite(setup.network.loss.name)) }
        if sweep.suggestion == nil { sink.emit(.lossDidNotFall(sweep, range)) }
        return RateReport(
            name: spec.name.value, network: setup.network.outline, parameterCount: setup.network.parameterCount,
            optimizer: spec.optimizer.type.value.rawValue, batchRows: setup.batchRows, range: range, sweep: sweep,
            present: spec.optimizer.learningRate.value, leftOut: spec.training.schedule.value.isChange ? ["training.schedule"] : [])
    }
}

extension Diagnostic {
    static func firstLossNotFinite(_ loss: String) -> Diagnostic {
        Diagnostic(
            "E2087", "the first batch has no finite loss (\(loss)), before anything was trained", notes: ["no learning rate mends that"],
            fix: "look for values that are far too large: `normalize: zscore` for the features, `normalize_target: zscore` for a target of numbers")
    }

    static func noRateToFind(at range: SourceRange?) -> Diagnostic {
        Diagnostic(
            "E0387", "lbfgs has no learning rate to be found: its line search finds the length of every step", at: range, label: "the optimizer",
            fix: "train at once; or name another optimizer, such as `--set optimizer.type=adam`")
    }

    static func lossDidNotFall(_ sweep: RateSweep, _ range: RateRange) -> Diagnostic {
        let isLow = sweep.end == .largestRate
        return Diagnostic(
            "W2087", "the loss did not fall by a hundredth at any rate, so none is suggested",
            notes: ["it was tried from \(NumberText.of(range.from)) on, in \(range.steps) steps"],
            fix: isLow ? "let it rise further with `--to`" : "begin lower with `--from`, or take more `--steps`; is there anything to learn?")
    }
}
