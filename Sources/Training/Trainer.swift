import Compiler
import Datasets
import Diagnostics
import Execution
import IR
import RandomStreams
import SpecLanguage

/// The epoch loop.
///
/// Beside the state that the steps change it keeps the last one of which every number was finite: that is what a checkpoint holds, and what a
/// training goes back to when a number is not finite any more.
public final class Trainer {
    let setup: TrainingSetup
    let sink: DiagnosticSink
    let executor: Executor
    let evaluator: Evaluator
    let train: PartMemory
    let others: [(name: String, memory: PartMemory)]
    let metrics: [Metric]
    let best: MemoryRegion?
    let good: GoodState
    let pool: ThreadPool
    /// Where no tape updates the parameters: L-BFGS.
    private let limitedMemory: LimitedMemoryOptimizer?
    /// Why L-BFGS has nothing left to do.
    private(set) var convergence: LimitedMemoryOptimizer.Convergence?
    private let initial: TrainedModel?
    private(set) var order: [Int32]
    private(set) var clock: UpdateClock
    private let schedule: LearningRateSchedule
    private var position = TrainingPosition(epoch: 1)
    private(set) var progress: TrainingProgress

    /// - Parameter initial: weights to start from (shapes are checked, names matched), or nil.
    /// Errors: no memory; initial weights that do not fit.
    public init(_ setup: TrainingSetup, initial: TrainedModel?, threads: Int, sink: DiagnosticSink) throws(Stopped) {
        self.setup = setup
        self.sink = sink
        let pool = ThreadPool(size: threads)
        self.pool = pool
        metrics = setup.metrics.compactMap(Metric.init(rawValue:))
        func memory(_ part: Part) -> PartMemory? {
            PartMemory(
                part, encoding: setup.data.target, loss: setup.network.loss, outputWidth: setup.network.outputWidth,
                classWeights: setup.classWeights, precision: setup.precision)
        }
        guard let executor = Executor(setup.plan, seed: setup.spec.seed.value, pool: pool),
            let evaluator = Evaluator(
                setup.network, encoding: setup.data.target, precision: setup.precision, withLoss: true,
                hasRowWeights: setup.hasRowWeights, parameters: executor.parameters, pool: pool),
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
        if setup.rule.optimizer == nil {
            guard let method = LimitedMemoryOptimizer(setup, executor, rows: order.count) else { throw sink.fail(.noMemory(setup.totalByteCount)) }
            limitedMemory = method
        } else {
            limitedMemory = nil
        }
        clock = UpdateClock(setup.spec.optimizer)
        schedule = LearningRateSchedule(
            setup.spec.training.schedule.value, base: setup.spec.optimizer.learningRate.value, epochs: setup.spec.training.epochs.value)
        progress = TrainingProgress(plateau: schedule.start)
        self.initial = initial
        guard let good = GoodState(of: executor, position: position, clock: clock.memory) else { throw sink.fail(.noMemory(setup.totalByteCount)) }
        self.good = good
        if let initial { try setup.check(initial: initial, sink: sink) }
        setInitialWeights()
        good.capture(executor, position: position, clock: clock.memory)
    }

    /// Runs epochs until one of them is the last, `stop` is requested, or a number is not finite.
    ///
    /// - Parameters:
    ///   - stop: looked at before every step.
    ///   - stopAfter: the epoch after which to end, as if interrupted.
    ///   - stepLimit: steps of the whole training after which it is interrupted.
    ///   - elapsedSeconds: of the command, for max_time alone.
    ///   - timeShare: how much of max_time is this training's.
    ///   - epochDidEnd: called when all that an epoch changes is in `checkpoint`.
    public func run(
        stop: StopFlag = StopFlag(), stopAfter: Int? = nil, stepLimit: Int = .max, elapsedSeconds: () -> Double = { 0 },
        timeShare: Double = 1, epochDidEnd: (EpochRecord) -> Void
    ) -> TrainingEnd {
        if hasEpochsLeft, let stopAfter, progress.epochs.count >= stopAfter, position.batch == 0 { progress.stopReason = .interrupted }
        while hasEpochsLeft {
            switch runEpoch(stop, stepLimit: stepLimit) {
            case .interrupted:
                // Halving goes back to the start of an epoch, so that is what has to be kept.
                if setup.spec.training.onNonfinite.value == .halveLearningRate { return .interrupted }
                guard executor.hasFiniteParameters else {
                    if let end = takeBack(Nonfinite(what: "a weight", epoch: position.epoch, batch: nil), stop) { return end }
                    continue
                }
                good.capture(executor, position: position, clock: clock.memory)
                return .interrupted
            case .nonfinite(let found): if let end = takeBack(found, stop) { return end }
            case .ended(let record):
                progress.epochs.append(record)
                decide(on: record)
                position = TrainingPosition(epoch: record.epoch + 1)
                if hasEpochsLeft {
                    if let stopAfter, record.epoch >= stopAfter { progress.stopReason = .interrupted }
                    if let limit = setup.spec.training.maxTimeSeconds, elapsedSeconds() >= limit * timeShare { progress.stopReason = .max_time }
                }
                good.capture(executor, position: position, clock: clock.memory)
                epochDidEnd(record)
            }
        }
        return .finished
    }

    /// Whether the rules of the spec have the training go on.
    package var hasEpochsLeft: Bool { progress.stopReason == nil && progress.epochs.count < setup.spec.training.epochs.value }

    /// Batches of an epoch.
    package var batchCount: Int {
        let (rows, rest) = order.count.quotientAndRemainder(dividingBy: max(1, setup.batchRows))
        return rest > 0 && setup.spec.training.lastBatch.value == .keep ? rows + 1 : rows
    }

    // MARK: State

    /// The last state of which every number was finite; the tensors are valid while the trainer lives and does not run.
    package var checkpoint: (state: TrainingState, tensors: [StateTensor]) {
        var state = TrainingState(position: good.position, clock: good.clock, progress: progress)
        if state.progress.stopReason == nil, !hasEpochsLeft { state.progress.stopReason = .epochs }
        return (state, good.tensors(of: executor.plan, best: best))
    }

    /// Goes on from a state whose tensors have been read into those of `checkpoint`.
    package func restore(_ state: TrainingState) {
        good.set(position: state.position, clock: state.clock)
        progress = state.progress
        switch progress.stopReason {
        case .early_stopping, .converged, nil: break
        // What ended it was no rule of the training, or one that may have been changed since.
        case .epochs, .max_time, .interrupted, .diverged: progress.stopReason = nil
        }
        goBack()
    }

    private func goBack() {
        good.copy(to: executor)
        position = good.position
        clock.memory = good.clock
    }

    /// Goes back to the last good state: with half the rate where the spec says so, else to find out where it began and to end.
    private func takeBack(_ found: Nonfinite, _ stop: StopFlag) -> TrainingEnd? {
        let isHalved = setup.spec.training.onNonfinite.value == .halveLearningRate && progress.halvings.count < TrainingProgress.halvingLimit
        guard isHalved else {
            let origin = DivergenceSearch(self, stop).run(to: found)
            goBack()
            return .diverged(found, origin)
        }
        goBack()
        progress.halvings.append(found.epoch)
        let tries = progress.halvings.suffix(TrainingProgress.triesOfAnEpoch)
        if tries.count == TrainingProgress.triesOfAnEpoch, tries.allSatisfy({ $0 == found.epoch }) { startAnew() }
        return nil
    }

    /// Finite numbers may be far too large to go on from with any rate: then back to the very start, with the rate that has been come to.
    private func startAnew() {
        for region in [executor.parameters, executor.state] {
            UnsafeMutableRawBufferPointer(start: region.base, count: region.byteCount).initializeMemory(as: UInt8.self, repeating: 0)
        }
        setInitialWeights()
        var start = TrainingProgress(plateau: schedule.start)
        start.halvings = progress.halvings
        progress = start
        position = TrainingPosition(epoch: 1)
        clock.memory = UpdateClock.Memory()
        good.capture(executor, position: position, clock: clock.memory)
    }

    private func setInitialWeights() {
        InitialWeights.fill(executor, network: setup.network, seed: setup.spec.seed.value)
        initial?.copyWeights(into: executor)
    }

    // MARK: Epochs

    /// What an epoch means for the best weights, the schedule and the stopping.
    private func decide(on record: EpochRecord) {
        let training = setup.spec.training
        if let best {
            if let value = monitored(record, training.monitor.value), progress.best.value.map({ isBetter(value, than: $0) }) ?? true {
                progress.best.value = value
                progress.best.epoch = record.epoch
                executor.read(.parameters, into: best)
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
        if convergence != nil { progress.stopReason = progress.stopReason ?? .converged }
    }

    private enum EpochEnd {
        case ended(EpochRecord)
        case interrupted
        case nonfinite(Nonfinite)
    }

    /// The rest of the epoch in progress.
    private func runEpoch(_ stop: StopFlag, stepLimit: Int) -> EpochEnd {
        let epoch = position.epoch
        if let limitedMemory { return runIteration(limitedMemory, stop, stepLimit: stepLimit) }
        if setup.spec.training.shuffle { order = setup.order(of: train.rows, epoch: epoch) }
        clock.learningRate = schedule.rate(epoch: epoch, plateau: progress.plateau) * progress.rateFactor
        var end: EpochEnd?
        // In locals: a class's own members would be checked for exclusive access in every step.
        var (at, clock) = (position, clock)
        order.withUnsafeBufferPointer { order in
            guard let base = order.baseAddress else { return }
            let source = BatchSource(inputs: train.inputs, targets: train.targets.base, rowWeights: train.rowWeights?.base, order: base)
            for first in stride(from: at.batch * setup.batchRows, to: order.count, by: setup.batchRows) {
                let rows = min(setup.batchRows, order.count - first)
                if rows < setup.batchRows, setup.spec.training.lastBatch.value == .drop { break }
                if stop.isRequested || clock.step >= stepLimit {
                    end = .interrupted
                    return
                }
                clock.advance(into: executor.updateParameters)
                executor.run(source, first: first, rows: rows, step: UInt64(clock.step))
                let totals = executor.lossTotals
                if !totals.sum.isFinite {
                    end = .nonfinite(Nonfinite(what: "the loss", epoch: epoch, batch: at.batch + 1))
                    return
                }
                at.lossSum += totals.sum
                at.weightSum += totals.weight
                at.batch += 1
            }
        }
        position = at
        self.clock = clock
        if let end { return end }
        let (sum, weight) = (at.lossSum, at.weightSum)
        return measure(epoch, learningRate: clock.learningRate, trainLoss: setup.network.loss.isSum ? sum : sum / weight)
    }

    /// An epoch of L-BFGS: one direction, and a line search along it.
    private func runIteration(_ method: LimitedMemoryOptimizer, _ stop: StopFlag, stepLimit: Int) -> EpochEnd {
        if stop.isRequested || clock.step >= stepLimit { return .interrupted }
        let outcome = order.withUnsafeBufferPointer { order in
            guard let base = order.baseAddress else { return LimitedMemoryOptimizer.Outcome.interrupted }
            let source = BatchSource(inputs: train.inputs, targets: train.targets.base, rowWeights: train.rowWeights?.base, order: base)
            return method.iterate(source) { stop.isRequested }
        }
        switch outcome {
        case .interrupted: return .interrupted
        case .nonfinite(let what): return .nonfinite(Nonfinite(what: what, epoch: position.epoch, batch: 1))
        case .moved(let loss, let length, let convergence):
            clock.memory.step += 1
            self.convergence = convergence
            return measure(position.epoch, learningRate: length, trainLoss: loss)
        }
    }

    /// The row of metrics.csv at the end of an epoch.
    private func measure(_ epoch: Int, learningRate: Double, trainLoss: Double) -> EpochEnd {
        guard executor.hasFiniteParameters else { return .nonfinite(Nonfinite(what: "a weight", epoch: epoch, batch: nil)) }
        var record = EpochRecord(
            epoch: epoch, learningRate: learningRate, trainLoss: trainLoss, validationLoss: nil, validationMetrics: [])
        if let validation = others.first(where: { $0.name == "validation" }) {
            let (loss, values) = evaluator.evaluate(validation.memory, metrics: metrics)
            // Undefined where all validation rows weigh 0.
            guard loss.isFinite || loss.isNaN && validation.memory.weighsNothing else {
                return .nonfinite(Nonfinite(what: "the validation loss", epoch: epoch, batch: nil))
            }
            record.validationLoss = loss.isFinite ? loss : nil
            record.validationMetrics = values
        }
        return .ended(record)
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
}

extension TrainingSetup {
    /// Whether a larger value of the monitored number is better.
    public var monitorIsHigherBetter: Bool {
        Metric.higherIsBetter(spec.training.monitor.value)
    }

    /// The order in which an epoch, from 1, visits rows.
    func order(of rows: [Int32], epoch: Int) -> [Int32] {
        var order = rows
        if spec.training.shuffle { RandomStream(seed: spec.seed.value, name: "shuffle").shuffle(&order, substream: UInt64(epoch)) }
        return order
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
