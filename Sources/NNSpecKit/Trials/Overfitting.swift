import Compiler
import Datasets
import Diagnostics
import SpecLanguage
import Training

/// What `train --overfit` found out.
public struct OverfitReport: Sendable {
    public var outline: TrainingOutline
    public var rows: Int
    /// Whether the rows were learnt by heart.
    public var fits: Bool
    public var epochs: Int
    public var mostEpochs: Int
    public var steps: Int
    /// Of the rows, after the last epoch; nil where no epoch came to its end.
    public var loss: Double?
    /// "accuracy" or "r2", and its value; nil where it is undefined.
    public var score: (name: String, value: Double?)
    /// Settings of the spec that were left out.
    public var leftOut: [String]
}

extension Project {
    /// Trains on a few rows alone to see whether the network can learn them by heart. Writes nothing.
    ///
    /// - Parameter count: of classes the first rows of each in turn, else the first training rows.
    /// Errors: E5087 it cannot, which is emitted beside the report; E4015 more rows than there are; those of `train` before the first step.
    public func overfit(
        rows count: Int, options: TrainOptions, observer: any TrainingObserver, sink: DiagnosticSink
    ) throws(Stopped) -> OverfitReport {
        let (full, initial) = try firstOfFolds.compiled(maxMemory: options.maxMemory, sink: sink)
        guard count <= full.data.train.rows else { throw sink.fail(.moreRowsThanThereAre(count, of: full.data.train.rows)) }
        try refuseIfTooLarge(full, options, sink: sink)
        let threads = threads(options.threads)
        let trial = try OverfitTrial(full, rows: count, sink: sink)
        let setup = trial.setup
        var outline = outline(setup, threads: threads)
        (outline.parts, outline.epochs, outline.metricNames) = ([("train", count)], setup.spec.training.epochs.value, [])
        (outline.stopping, outline.monitor) = (nil, nil)
        observer.trainingWillStart(outline)
        let outcome = try trial.run(initial: initial, threads: setup.wantsTeam ? threads : 1, sink: sink) { record in
            var record = record
            (record.validationLoss, record.validationMetrics) = (nil, [])
            observer.epochDidEnd(record, of: outline.epochs, elapsedSeconds: 0)
        }
        let last = outcome.epochs.last
        let metric: Metric = setup.data.task == .regression ? .r2 : .accuracy
        let report = OverfitReport(
            outline: outline, rows: count, fits: outcome.fits, epochs: outcome.epochs.count, mostEpochs: outline.epochs,
            steps: outcome.epochs.count * ((count + setup.batchRows - 1) / setup.batchRows), loss: last?.validationLoss,
            score: (metric.rawValue, last.flatMap { trial.value(metric, $0) }), leftOut: trial.leftOut)
        if !outcome.fits { sink.emit(.notLearntByHeart(report, OverfitAdvice(setup, outcome, of: spec))) }
        return report
    }
}

/// What stands in the way of learning rows by heart, as far as it shows.
struct OverfitAdvice {
    private(set) var notes: [String] = []
    private(set) var fix: String

    private static let groupsShown = 3

    init(_ setup: TrainingSetup, _ outcome: OverfitTrial.Outcome, of spec: Spec) {
        let part = setup.data.train
        let rate = spec.optimizer.learningRate.value
        let hasRate = spec.optimizer.type.value != .lbfgs
        func places(_ rows: [Int]) -> String { RowPlaces.words(rows.map { part.rowNumbers[$0] }, of: spec) ?? "\(rows.count) rows" }
        for group in outcome.contradictions.prefix(Self.groupsShown) {
            notes.append("\(places(group)) have the same inputs and different targets: \(Self.targets(group, of: setup.data))")
        }
        if outcome.contradictions.count > Self.groupsShown {
            notes.append("so have \(Shown.count(outcome.contradictions.count - Self.groupsShown, "more group")) of rows")
        }
        if outcome.contradictions.isEmpty, !outcome.wrong.isEmpty {
            notes.append((setup.data.task == .regression ? "farthest off: " : "still wrong: ") + places(outcome.wrong))
        }
        if outcome.wrong.isEmpty, outcome.nonfinite == nil, !outcome.epochs.isEmpty {
            notes.append(
                "all rows are predicted right, but with too little certainty: log_loss is above \(NumberText.of(OverfitTrial.largestLogLoss))")
        }
        let frozen = setup.network.denseLayers.filter { !$0.dense.trainsWeight }.map(\.name)
        if !frozen.isEmpty { notes.append("the weights of \(Shown.list(frozen)) are not trained (`trainable`)") }

        let losses = outcome.epochs.compactMap(\.validationLoss)
        let (first, last) = (losses.first ?? 0, losses.last ?? 0)
        let late = losses.dropFirst(losses.count * 9 / 10).first ?? last
        if let found = outcome.nonfinite {
            notes.append("\(found.what) is not finite in epoch \(found.epoch)")
            fix =
                hasRate
                ? "try `learning_rate: \(NumberText.of(rate / 10))` (now \(NumberText.of(rate))); `nnspec find-lr` looks for a good one"
                : "look for values that are far too large: `normalize: zscore` scales the features"
        } else if !outcome.contradictions.isEmpty {
            fix = "mend these rows, or give the network a feature that tells them apart"
        } else if last > first * 0.99 {
            notes.append("the loss did not fall: \(Self.short(first)) after the first epoch, \(Self.short(last)) after the last")
            fix =
                hasRate
                ? "try another learning_rate (now \(NumberText.of(rate))); `nnspec find-lr` looks for a good one" : Self.searchLonger
        } else if last < late * 0.99 {
            notes.append("the loss was still falling: \(Self.short(late)) a tenth of the epochs before the end, \(Self.short(last)) there")
            fix =
                hasRate
                ? "try a larger learning_rate (now \(NumberText.of(rate))); `nnspec find-lr` looks for a good one" : Self.searchLonger
        } else {
            notes.append("the loss no longer fell: the network has \(setup.network.parameterCount) parameters, \(setup.network.outline)")
            fix =
                setup.network.denseLayers.count == 1
                ? "put a hidden layer before the last: without one the network can only weigh and add its inputs"
                : "use more units or one more layer"
                    + (hasRate ? ", or a smaller learning_rate (now \(NumberText.of(rate))) if the loss jumps" : "; or \(Self.searchLonger)")
        }
    }

    /// For L-BFGS, which has no rate.
    private static let searchLonger = "scale the features with `normalize: zscore`, compute in `precision: float64`, or lower the tolerances of lbfgs"

    /// The different targets of some rows, in their order.
    private static func targets(_ rows: [Int], of data: PreparedData) -> String {
        var texts: [String] = []
        for row in rows {
            let text: String
            switch (data.train.targets, data.target) {
            case (.classes(let numbers), .classes(_, let names)): text = Shown.list([names[Int(numbers[row])]])
            case (.values(let values), _), (.labels(let values), _):
                let numbers = (0..<values.columns).prefix(5).map { Shown.number(values[row, $0]) }
                text = numbers.joined(separator: " ") + (values.columns > 5 ? " ..." : "")
            default: text = ""
            }
            if !texts.contains(text) { texts.append(text) }
        }
        return texts.prefix(5).joined(separator: ", ") + (texts.count > 5 ? ", ..." : "")
    }

    /// At most four digits.
    static func short(_ value: Double) -> String {
        guard value.isFinite, value.magnitude < 1e12 else { return "\(value)" }
        if value.magnitude >= 1000 { return "\(Int(value.rounded()))" }
        var scale = 1000.0
        while value != 0, value.magnitude * scale < 1000 * 0.9999, scale < 1e12 { scale *= 10 }
        return Shown.number((value * scale).rounded() / scale)
    }
}

extension Diagnostic {
    static func notLearntByHeart(_ report: OverfitReport, _ advice: OverfitAdvice) -> Diagnostic {
        let score = report.score.value.map { "\(report.score.name) \(OverfitAdvice.short($0))" }
        let reached = [score, report.loss.map { "loss \(OverfitAdvice.short($0))" }].compactMap { $0 }.joined(separator: ", ")
        return Diagnostic(
            "E5087",
            "the network could not learn \(Shown.count(report.rows, "row")) by heart in \(Shown.count(report.epochs, "epoch"))"
                + (reached.isEmpty ? "" : ": it came to \(reached)"), notes: advice.notes, fix: advice.fix)
    }

    static func moreRowsThanThereAre(_ count: Int, of rows: Int) -> Diagnostic {
        Diagnostic(
            "E4015", "`--overfit \(count)` asks for more rows than there are to train on: \(rows)",
            fix: "write a number from 1 to \(rows)")
    }
}
