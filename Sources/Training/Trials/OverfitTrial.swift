import Compiler
import Datasets
import Diagnostics
import SpecLanguage

/// Whether a network can learn a few of its training rows by heart: one that cannot will not learn more of them either.
///
/// The rows are encoded as the training has them, with what was fitted on all training rows. Optimizer, learning rate, batch size, clipping and
/// initial weights are the spec's; whatever keeps a network from learning by heart, or rests on other rows, is left out.
package struct OverfitTrial {
    /// Steps after which it gives up, and epochs that it takes in any case.
    package static let (mostSteps, fewestEpochs) = (10_000, 100)
    /// What counts as learnt by heart, beside every row being right: -ln of the probability of the right class, on average; r².
    package static let (largestLogLoss, smallestR2) = (0.1, 0.99)

    /// The spec that is trained, and the settings of the one that was given that it leaves out.
    package let setup: TrainingSetup
    package let leftOut: [String]
    private let measured: [Metric]
    private let largestError: Double

    /// - Parameters:
    ///   - full: of the spec as it is.
    ///   - count: rows, at most as many as there are to train on.
    /// Errors: no memory.
    package init(_ full: TrainingSetup, rows count: Int, sink: DiagnosticSink) throws(Stopped) {
        guard let part = full.data.train.subset(full.data.train.firstRows(count)) else { throw sink.fail(.noMemory(full.totalByteCount)) }
        var data = full.data
        // Measured on the same rows after every epoch, without dropout.
        (data.train, data.validation, data.test) = (part, part, nil)
        measured = data.task == .regression ? [.r2, .rmse] : full.network.givesProbabilities ? [.accuracy, .log_loss] : [.accuracy]
        largestError = Self.spread(of: full.data.train) / 10
        var (spec, leftOut) = Self.unregularized(full.spec)
        spec.metrics = Sourced(.named(measured.map { Sourced($0.rawValue) }))
        spec.training.monitor = Sourced("validation.loss")
        spec.training.keep = Sourced(.last)
        spec.training.lastBatch = Sourced(.keep)
        spec.training.onNonfinite = Sourced(.stop)
        if case .rows(let rows) = spec.training.batchSize.value { spec.training.batchSize = Sourced(.rows(min(rows, count))) }
        let batchRows = if case .rows(let rows) = spec.training.batchSize.value { rows } else { count }
        let stepsOfEpoch = (count + batchRows - 1) / batchRows
        spec.training.epochs = Sourced(max(Self.fewestEpochs, Self.mostSteps / stepsOfEpoch))
        if full.spec.training.maxTimeSeconds != nil { leftOut.append("training.max_time") }
        spec.training.maxTimeSeconds = nil
        self.leftOut = leftOut
        setup = try TrainingSetup(spec, data, sink: sink)
    }

    /// What a trial came to.
    package struct Outcome {
        package var epochs: [EpochRecord]
        package var fits: Bool
        /// nil: every number stayed finite.
        package var nonfinite: Nonfinite?
        /// Rows of the part that come out wrong; of numbers the one that is farthest off.
        package var wrong: [Int]
        /// Groups of rows with the same inputs and other targets.
        package var contradictions: [[Int]]
    }

    /// Trains until the rows are learnt by heart, or the epochs are over. - Parameter epochDidEnd: hears of every epoch.
    package func run(
        initial: TrainedModel?, threads: Int, sink: DiagnosticSink, epochDidEnd: (EpochRecord) -> Void
    ) throws(Stopped) -> Outcome {
        let trainer = try Trainer(setup, initial: initial, threads: threads, sink: sink)
        let stop = StopFlag()
        var outcome = Outcome(epochs: [], fits: false, wrong: [], contradictions: [])
        let end = trainer.run(stop: stop) { record in
            outcome.epochs.append(record)
            epochDidEnd(record)
            guard isReached(record) else { return }
            outcome.fits = true
            stop.request(1)
        }
        if case .diverged(let found, _) = end { outcome.nonfinite = found }
        if !outcome.fits {
            outcome.wrong = wrongRows(trainer)
            outcome.contradictions = setup.data.train.contradictions
        }
        return outcome
    }

    /// The value of a metric after an epoch.
    package func value(_ metric: Metric, _ record: EpochRecord) -> Double? {
        measured.firstIndex(of: metric).flatMap { record.validationMetrics[$0] }
    }

    private func isReached(_ record: EpochRecord) -> Bool {
        if setup.data.task == .regression {
            if let r2 = value(.r2, record) { return r2 >= Self.smallestR2 }
            // A target that is the same in all these rows has no r²: then it is held against how it varies among all training rows.
            return value(.rmse, record).map { $0 <= largestError } ?? false
        }
        guard value(.accuracy, record) == 1 else { return false }
        return !measured.contains(.log_loss) || value(.log_loss, record).map { $0 <= Self.largestLogLoss } ?? false
    }

    /// The mean of the targets' standard deviations; of those that do not vary the size.
    private static func spread(of part: Part) -> Double {
        guard case .values(let values) = part.targets, values.rows > 0 else { return 0 }
        var sum = 0.0
        for column in 0..<values.columns {
            let mean = (0..<values.rows).reduce(0) { $0 + values[$1, column] } / Double(values.rows)
            let squares = (0..<values.rows).reduce(0) { $0 + (values[$1, column] - mean) * (values[$1, column] - mean) }
            sum += squares > 0 ? (squares / Double(values.rows)).squareRoot() : max(mean.magnitude, 1)
        }
        return sum / Double(values.columns)
    }

    private func wrongRows(_ trainer: Trainer) -> [Int] {
        guard let memory = trainer.others.first?.memory else { return [] }
        let (values, _) = trainer.evaluator.run(memory)
        let width = setup.network.outputWidth
        let part = memory.part
        switch part.targets {
        case .classes(let classes):
            let predicted = Predictions(
                rows: part.rows, width: width, values: values, targets: part.targets, encoding: setup.data.target,
                areProbabilities: setup.network.givesProbabilities
            ).predictedClasses
            return classes.indices.filter { predicted[$0] != classes[$0] }
        case .labels(let labels):
            return (0..<part.rows).filter { row in (0..<width).contains { (values[row * width + $0] > 0.5) != (labels[row, $0] == 1) } }
        case .values(let targets):
            func error(_ row: Int) -> Double { (0..<width).map { (values[row * width + $0] - targets[row, $0]).magnitude }.max() ?? 0 }
            return (0..<part.rows).max { error($0) < error($1) }.map { [$0] } ?? []
        }
    }

    /// A spec without all that keeps a network from learning rows by heart, and which of its settings these were.
    private static func unregularized(_ given: Spec) -> (spec: Spec, leftOut: [String]) {
        var spec = given
        var leftOut: [String] = []
        func leave(_ name: String, _ isSet: Bool) { if isSet { leftOut.append(name) } }
        let dropout = spec.model.layers.filter { if case .dropout = $0.kind { true } else { false } }
        leave("dropout", !dropout.isEmpty)
        spec.model.layers.removeAll { if case .dropout = $0.kind { true } else { false } }
        var (hasL1, hasL2) = (false, false)
        for index in spec.model.layers.indices {
            guard case .dense(var dense) = spec.model.layers[index].kind else { continue }
            (hasL1, hasL2) = (hasL1 || dense.l1 != 0, hasL2 || dense.l2 != 0)
            (dense.l1, dense.l2) = (0, 0)
            spec.model.layers[index].kind = .dense(dense)
        }
        leave("l1", hasL1)
        leave("l2", hasL2)
        leave("optimizer.weight_decay", spec.optimizer.weightDecay != 0)
        (spec.optimizer.weightDecay, spec.optimizer.decayBias) = (0, false)
        leave("label_smoothing", spec.labelSmoothing.value != 0)
        spec.labelSmoothing = Sourced(0)
        if case .none = spec.classWeights.value {} else { leftOut.append("class_weights") }
        spec.classWeights = Sourced(.none)
        // The rows that are chosen have none.
        leave("data.sample_weight", spec.data.sampleWeight != nil)
        leave("training.schedule", spec.training.schedule.value.isChange)
        spec.training.schedule = Sourced(ScheduleSpec(.constant))
        leave("training.early_stopping", spec.training.earlyStopping != nil)
        spec.training.earlyStopping = nil
        return (spec, leftOut)
    }
}

extension ScheduleSpec {
    /// Whether the rate is not the same in all epochs.
    package var isChange: Bool {
        if case .constant = kind { return warmupEpochs > 0 }
        return true
    }
}
