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
        InitialWeights.fill(executor, network: setup.network, seed: setup.spec.seed.value)
        if let initial {
            try setup.check(initial: initial, sink: sink)
            initial.copyWeights(into: executor)
        }
    }

    /// Runs all epochs. Errors: E2001 when a loss or weight is no longer finite.
    public func run(epochDidEnd: (EpochRecord) -> Void) throws(Stopped) -> (model: TrainedModel, record: TrainingRecord) {
        var epochs: [EpochRecord] = []
        var bestEpoch = 0
        var bestValue: Double?
        let monitor = setup.spec.training.monitor.value
        for epoch in stride(from: 1, through: setup.spec.training.epochs.value, by: 1) {
            let record = try runEpoch(epoch)
            epochs.append(record)
            epochDidEnd(record)
            guard let best else {
                bestEpoch = epoch
                continue
            }
            let value = monitored(record, monitor)
            if let value, bestValue.map({ isBetter(value, than: $0) }) ?? true {
                bestValue = value
                bestEpoch = epoch
                best.copy(from: executor.parameters)
            }
        }
        if let best {
            if bestValue != nil {
                executor.parameters.copy(from: best)
            } else if let last = epochs.last {
                bestEpoch = last.epoch
                sink.emit(.nothingToChooseBy(monitor, at: setup.spec.training.monitor.range))
            }
        }
        let record = TrainingRecord(
            metricNames: setup.metrics, hasValidation: setup.data.validation != nil, epochs: epochs, bestEpoch: bestEpoch, stopReason: .epochs,
            evaluations: evaluations())
        return (try model(), record)
    }

    private func runEpoch(_ epoch: Int) throws(Stopped) -> EpochRecord {
        if setup.spec.training.shuffle {
            order = train.rows
            RandomStream(seed: setup.spec.seed.value, name: "shuffle").shuffle(&order, substream: UInt64(epoch))
        }
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
            epoch: epoch, learningRate: setup.spec.optimizer.learningRate.value, trainLoss: setup.network.loss.isSum ? sum : sum / weight,
            validationLoss: nil, validationMetrics: [])
        if let validation = others.first(where: { $0.name == "validation" }) {
            let (loss, values) = evaluator.evaluate(validation.memory, metrics: metrics)
            // Undefined where all validation rows weigh 0.
            guard loss.isFinite || loss.isNaN && validation.memory.weighsNothing else {
                throw sink.fail(.diverged("the validation loss", epoch: epoch, batch: nil, setup.spec))
            }
            record.validationLoss = loss.isFinite ? loss : nil
            record.validationMetrics = values.map { $0.flatMap { $0.isFinite ? $0 : nil } }
        }
        return record
    }

    private func monitored(_ record: EpochRecord, _ monitor: String) -> Double? {
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
            let pairs = zip(setup.metrics, values).map { (name: $0, value: $1.flatMap { $0.isFinite ? $0 : nil }) }
            for pair in pairs where pair.value == nil { sink.emit(.undefinedMetric("\(name).\(pair.name)")) }
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
        Metric.allCases.contains { "validation.\($0.rawValue)" == spec.training.monitor.value && $0.higherIsBetter }
    }
}

/// What a guess without inputs reaches.
enum Baseline {
    static func of(_ part: Part, trainedOn train: Part) -> (name: String, value: Double)? {
        guard part.rows > 0 else { return nil }
        switch (part.targets, train.targets) {
        case (.classes(let classes), .classes(let trained)):
            var counts = Array(repeating: 0, count: Int((trained + classes).max() ?? 0) + 1)
            for number in trained { counts[Int(number)] += 1 }
            guard let majority = counts.indices.max(by: { (counts[$0], $1) < (counts[$1], $0) }) else { return nil }
            let right = classes.reduce(0) { $0 + (Int($1) == majority ? 1 : 0) }
            return ("accuracy", Double(right) / Double(part.rows))
        case (.labels(let values), .labels(let trained)):
            // What most training rows have of each label.
            let majority = (0..<trained.columns).map { column in
                2 * (0..<trained.rows).count { trained[$0, column] == 1 } > trained.rows ? 1.0 : 0
            }
            let right = (0..<values.rows).count { row in majority.indices.allSatisfy { values[row, $0] == majority[$0] } }
            return ("accuracy", Double(right) / Double(part.rows))
        case (.values(let values), .values(let trained)):
            var sum = 0.0
            for column in 0..<values.columns {
                var mean = 0.0
                for row in 0..<trained.rows { mean += trained[row, column] }
                mean /= Double(max(trained.rows, 1))
                for row in 0..<values.rows { sum += (values[row, column] - mean) * (values[row, column] - mean) }
            }
            return ("rmse", (sum / Double(max(values.rows * values.columns, 1))).squareRoot())
        default: return nil
        }
    }
}

extension Diagnostic {
    static func noMemory(_ bytes: Int) -> Diagnostic {
        Diagnostic("E3901", "the system has no memory for this run: it wants \(bytes) bytes", fix: "use fewer units or a smaller batch_size")
    }

    static func diverged(_ what: String, epoch: Int, batch: Int?, _ spec: Spec) -> Diagnostic {
        let place = "epoch \(epoch)" + (batch.map { ", batch \($0)" } ?? "")
        let value = spec.optimizer.learningRate.value
        let rate = NumberText.of(value)
        // A rate that is far too large is not mended by a tenth of it.
        let better = value <= 1 ? NumberText.of(value / 10) : spec.optimizer.type.value == .sgd ? "0.01" : "0.001"
        return Diagnostic(
            "E2001", "training diverged in \(place): \(what) is not finite", at: spec.optimizer.learningRate.range,
            label: spec.optimizer.learningRate.range == nil ? "" : "learning_rate is \(rate)",
            notes: [
                "a smaller learning_rate (now \(rate)), `normalize: zscore` for the features, or gradient_clip: {norm: 1} usually helps",
                "nothing was written; the files of the last complete run stay as they were",
            ],
            fix: "try `learning_rate: \(better)`")
    }

    static func nothingToChooseBy(_ monitor: String, at place: SourceRange?) -> Diagnostic {
        Diagnostic(
            "W2001", "`\(monitor)` was undefined in every epoch, so there is no best one: the last was kept", at: place,
            fix: "choose another `monitor`, or hold back validation rows of every class")
    }

    static func undefinedMetric(_ name: String) -> Diagnostic {
        Diagnostic(
            "W2002", "\(name) is undefined (0 / 0) and written as null",
            notes: ["a class that never occurs, or a target that never varies, has no such metric"])
    }

    static func initialWeightsLack(_ layer: Network.Layer, _ path: Sourced<String>?) -> Diagnostic {
        Diagnostic(
            "E1906", "the initial weights have no dense layer called \(layer.name)", at: layer.range,
            related: path?.range.map { [.init($0, "the initial weights")] } ?? [], fix: "give the layer the `name:` that the weights file uses")
    }

    static func initialWeightsShape(
        _ layer: Network.Layer, _ found: Matrix, hasBias: Bool, _ wanted: Network.Dense, _ path: Sourced<String>?
    ) -> Diagnostic {
        func shape(_ rows: Int, _ columns: Int, _ hasBias: Bool) -> String { "\(rows) x \(columns) with\(hasBias ? " a" : "out a") bias" }
        return Diagnostic(
            "E1907",
            "the initial weights of layer \(layer.name) are \(shape(found.rows, found.columns, hasBias)), the network wants "
                + shape(wanted.inputs, wanted.units, wanted.hasBias), at: layer.range,
            related: path?.range.map { [.init($0, "the initial weights")] } ?? [],
            fix: found.rows != wanted.inputs
                ? "the layer's inputs come from the layer or the data before it: these have to be as they were"
                : found.columns != wanted.units ? "write `units: \(found.columns)`, as in the file" : "write `bias: \(hasBias)`, as in the file")
    }
}
