import Compiler
import Datasets
import Diagnostics
import Execution
import IR
import RandomStreams
import SpecLanguage

/// The epoch loop.
public final class Trainer {
    private let setup: TrainingSetup
    private let sink: DiagnosticSink
    private let executor: Executor
    private let evaluator: Evaluator
    private let train: PartMemory
    private let others: [(name: String, memory: PartMemory)]
    private let metrics: [Metric]
    private let best: MemoryRegion?
    private var order: [Int32]
    private var clock: UpdateClock
    private let schedule: LearningRateSchedule
    private var progress: TrainingProgress

    /// - Parameter initial: weights to start from (shapes are checked, names matched), or nil.
    /// Errors: no memory; initial weights that do not fit.
    public init(_ setup: TrainingSetup, initial: TrainedModel?, threads: Int, sink: DiagnosticSink) throws(Stopped) {
        self.setup = setup
        self.sink = sink
        let pool = ThreadPool(size: threads)
        metrics = setup.metrics.compactMap(Metric.init(rawValue:))
        func memory(_ part: Part) -> PartMemory? {
            PartMemory(
                part, encoding: setup.data.target, loss: setup.network.loss, outputWidth: setup.network.outputWidth,
                classWeights: setup.classWeights, precision: setup.precision)
        }
        guard let executor = Executor(setup.plan, seed: setup.spec.seed.value, pool: pool),
            let evaluator = Evaluator(
                setup.network, encoding: setup.data.target, precision: setup.precision, withLoss: true,
                hasRowWeights: setup.classWeights != nil, parameters: executor.parameters, pool: pool),
            let train = memory(setup.data.train)
        else { throw sink.fail(.noMemory(setup.totalByteCount)) }
        self.executor = executor
        self.evaluator = evaluator
        self.train = train
        var others: [(name: String, memory: PartMemory)] = []
        for (name, part) in [("validation", setup.data.validation), ("test", setup.data.test)] {
            guard let part else { continue }
            guard let memory = memory(part) else { throw sink.fail(.noMemory(setup.totalByteCount)) }
            others.append((name, memory))
        }
        self.others = others
        if setup.keepsBest {
            guard let best = MemoryRegion(byteCount: executor.parameters.byteCount) else { throw sink.fail(.noMemory(setup.totalByteCount)) }
            self.best = best
        } else {
            best = nil
        }
        order = train.rows
        clock = UpdateClock(setup.spec.optimizer)
        schedule = LearningRateSchedule(
            setup.spec.training.schedule.value, base: setup.spec.optimizer.learningRate.value, epochs: setup.spec.training.epochs.value)
        progress = TrainingProgress(plateau: schedule.start)
        InitialWeights.fill(executor, network: setup.network, seed: setup.spec.seed.value)
        if let initial {
            try setup.check(initial: initial, sink: sink)
            initial.copyWeights(into: executor)
        }
    }

    /// Runs the epochs. Whatever ends them, the weights kept are those of the best epoch where `keep: best` holds.
    ///
    /// - Parameter elapsedSeconds: of the command, for max_time alone.
    /// Errors: E2001 when a loss or weight is no longer finite.
    public func run(
        elapsedSeconds: () -> Double = { 0 }, epochDidEnd: (EpochRecord) -> Void
    ) throws(Stopped) -> (model: TrainedModel, record: TrainingRecord) {
        while progress.stopReason == nil, progress.epochs.count < setup.spec.training.epochs.value {
            let record = try runEpoch(progress.epochs.count + 1)
            progress.epochs.append(record)
            epochDidEnd(record)
            decide(on: record)
            if progress.stopReason == nil, let limit = setup.spec.training.maxTimeSeconds, elapsedSeconds() >= limit {
                progress.stopReason = .max_time
            }
        }
        if let best {
            if progress.best.value != nil {
                executor.parameters.copy(from: best)
            } else if let last = progress.epochs.last {
                progress.best.epoch = last.epoch
                sink.emit(.nothingToChooseBy(setup.spec.training.monitor.value, at: setup.spec.training.monitor.range))
            }
        }
        let record = TrainingRecord(
            metricNames: setup.metrics, hasValidation: setup.data.validation != nil, epochs: progress.epochs, bestEpoch: progress.best.epoch,
            stopReason: progress.stopReason ?? .epochs, evaluations: evaluations())
        return (try model(), record)
    }

    /// What an epoch means for the best weights, the schedule and the stopping.
    private func decide(on record: EpochRecord) {
        let training = setup.spec.training
        if let best {
            if let value = monitored(record, training.monitor.value), progress.best.value.map({ isBetter(value, than: $0) }) ?? true {
                progress.best.value = value
                progress.best.epoch = record.epoch
                best.copy(from: executor.parameters)
            }
        } else {
            progress.best.epoch = record.epoch
        }
        if let monitor = training.schedule.value.monitor?.value {
            schedule.epochDidEnd(
                record.epoch, value: monitored(record, monitor), higherIsBetter: Metric.higherIsBetter(monitor), plateau: &progress.plateau)
        }
        if let rule = setup.earlyStopping, let monitor = training.earlyStopping?.value.monitor.value,
            rule.epochDidEnd(monitored(record, monitor), &progress.stopping)
        {
            progress.stopReason = .early_stopping
        }
    }

    private func runEpoch(_ epoch: Int) throws(Stopped) -> EpochRecord {
        if setup.spec.training.shuffle {
            order = train.rows
            RandomStream(seed: setup.spec.seed.value, name: "shuffle").shuffle(&order, substream: UInt64(epoch))
        }
        clock.learningRate = schedule.rate(epoch: epoch, plateau: progress.plateau)
        var sum = 0.0
        var weight = 0.0
        var firstBad: Int?
        order.withUnsafeBufferPointer { order in
            guard let base = order.baseAddress else { return }
            let source = BatchSource(inputs: train.inputs, targets: train.targets.base, rowWeights: train.rowWeights?.base, order: base)
            for first in stride(from: 0, to: order.count, by: setup.batchRows) {
                let rows = min(setup.batchRows, order.count - first)
                if rows < setup.batchRows, setup.spec.training.lastBatch.value == .drop { break }
                clock.advance(into: executor.updateParameters)
                executor.run(source, first: first, rows: rows, step: UInt64(clock.step))
                let totals = executor.lossTotals
                if !totals.sum.isFinite {
                    firstBad = first / setup.batchRows + 1
                    return
                }
                sum += totals.sum
                weight += totals.weight
            }
        }
        if let firstBad { throw sink.fail(.diverged("the loss", epoch: epoch, batch: firstBad, setup.spec)) }
        guard executor.hasFiniteParameters else { throw sink.fail(.diverged("a weight", epoch: epoch, batch: nil, setup.spec)) }
        var record = EpochRecord(
            epoch: epoch, learningRate: clock.learningRate, trainLoss: setup.network.loss.isSum ? sum : sum / weight,
            validationLoss: nil, validationMetrics: [])
        if let validation = others.first(where: { $0.name == "validation" }) {
            let (loss, values) = evaluator.evaluate(validation.memory, metrics: metrics)
            // Undefined where all validation rows weigh 0.
            guard loss.isFinite || loss.isNaN && validation.memory.weighsNothing else {
                throw sink.fail(.diverged("the validation loss", epoch: epoch, batch: nil, setup.spec))
            }
            record.validationLoss = loss.isFinite ? loss : nil
            record.validationMetrics = values
        }
        return record
    }

    private func monitored(_ record: EpochRecord, _ monitor: String) -> Double? {
        if monitor == "train.loss" { return record.trainLoss }
        if monitor == "validation.loss" { return record.validationLoss }
        guard let index = setup.metrics.firstIndex(where: { "validation.\($0)" == monitor }) else { return nil }
        return record.validationMetrics[index]
    }

    private func isBetter(_ value: Double, than other: Double) -> Bool {
        setup.monitorIsHigherBetter ? value > other : value < other
    }

    private func evaluations() -> [PartEvaluation] {
        ([("train", train)] + others).map { name, memory in
            let (loss, values) = evaluator.evaluate(memory, metrics: metrics)
            let pairs = zip(setup.metrics, values).map { (name: $0, value: $1) }
            for (metric, value) in zip(metrics, values) where value == nil {
                let why = setup.hindrance(of: metric, in: memory.part) ?? metric.commonHindrance
                sink.emit(.undefinedMetric("\(name).\(metric.rawValue)", why: why))
            }
            return PartEvaluation(
                part: name, rows: memory.rows.count, loss: loss, metrics: pairs,
                baseline: Baseline.of(memory.part, trainedOn: setup.data.train), rowsDigest: memory.part.rowsDigest)
        }
    }

    /// Errors: no memory for a copy of the weights.
    private func model() throws(Stopped) -> TrainedModel {
        var layers: [TrainedLayer] = []
        for layer in setup.network.layers {
            switch layer.kind {
            case .dropout: continue
            case .activation(let name):
                layers.append(TrainedLayer(name: layer.name, type: "activation", activation: name, weight: nil, bias: nil))
            case .dense(let dense):
                layers.append(
                    TrainedLayer(
                        name: layer.name, type: "dense", activation: dense.activation,
                        weight: try matrix("\(layer.name).weight", dense.inputs, dense.units),
                        bias: dense.hasBias ? try matrix("\(layer.name).bias", 1, dense.units) : nil))
            }
        }
        return TrainedModel(
            task: setup.data.task, precision: setup.spec.training.precision.value, loss: setup.network.loss.name,
            preprocessing: setup.data.preprocessing, target: setup.data.target, layers: layers)
    }

    private func matrix(_ name: String, _ rows: Int, _ columns: Int) throws(Stopped) -> Matrix {
        guard let id = executor.plan.buffer(named: name) else { preconditionFailure("no parameter \(name)") }
        let (source, byteCount) = (executor.pointer(id), rows * columns * executor.plan.precision.byteCount)
        guard
            let copy = Matrix(
                rows: rows, columns: columns, precision: setup.spec.training.precision.value,
                fill: { $0.copyMemory(from: source, byteCount: byteCount) })
        else { throw sink.fail(.noMemory(setup.totalByteCount)) }
        return copy
    }
}

extension TrainingSetup {
    /// Whether a larger value of the monitored number is better.
    public var monitorIsHigherBetter: Bool {
        Metric.higherIsBetter(spec.training.monitor.value)
    }

    /// The rule of early stopping; nil: none.
    package var earlyStopping: EarlyStopping? {
        guard let rule = spec.training.earlyStopping?.value else { return nil }
        return EarlyStopping(patience: rule.patience, minDelta: rule.minDelta, higherIsBetter: rule.higherIsBetter)
    }

    /// Why a part can have no such number, if so.
    func hindrance(of metric: Metric, in part: Part) -> String? {
        metric.hindrance(in: part, of: data.target, givesProbabilities: network.givesProbabilities)
    }
}
