import Compiler
import Datasets
import Execution
import IR
import SpecLanguage

/// A number that is not finite any more, as the training noticed it.
public struct Nonfinite: Sendable {
    /// "the loss", "a weight", "the validation loss".
    public var what: String
    /// From 1.
    public var epoch: Int
    /// From 1; nil where it was noticed at the end of the epoch.
    public var batch: Int?
}

/// Where it began, as far as that could be found out.
public struct DivergenceOrigin: Sendable {
    /// From 1.
    public var batch: Int
    /// "the output of layer dense_1", "the gradient of dense_2.weight", "the loss".
    public var what: String
    public var layer: Network.Layer?
    /// Rows of the batch, by their number among the data rows of the training file, rising.
    public var rows: [Int32]
    /// The largest number of a gradient in the step before, or in this one where it is the first; which gradient, and its size.
    public var largestGradient: (name: String, value: Double)?
}

/// How `Trainer.run` ended.
public enum TrainingEnd: Sendable {
    case finished, interrupted
    case diverged(Nonfinite, DivergenceOrigin?)
}

/// Goes through the steps since the last good state again, with a plan in which every value has bytes of its own, and looks at each value as soon as
/// it is computed. The values are the same bits as those of the training.
struct DivergenceSearch {
    private let trainer: Trainer
    private let stop: StopFlag

    init(_ trainer: Trainer, _ stop: StopFlag) {
        self.trainer = trainer
        self.stop = stop
    }

    /// nil if all values of training steps are finite, there is no memory for another plan, or whoever waits has lost patience.
    func run(to found: Nonfinite) -> DivergenceOrigin? {
        guard found.what != "the validation loss" else { return nil }
        let setup = trainer.setup
        let plan = Pipeline.trainingPlan(
            setup.network, rule: setup.rule, batchRows: setup.batchRows, precision: setup.precision, hasRowWeights: setup.hasRowWeights,
            sharing: false)
        guard let executor = Executor(plan, seed: setup.spec.seed.value, pool: trainer.pool) else { return nil }
        trainer.good.copy(from: setup.plan, toOther: executor)
        var clock = trainer.clock
        clock.memory = trainer.good.clock
        var largest: (name: String, value: Double)?
        let order = trainer.order
        return order.withUnsafeBufferPointer { order in
            guard let base = order.baseAddress else { return nil }
            let source = BatchSource(
                inputs: trainer.train.inputs, targets: trainer.train.targets.base, rowWeights: trainer.train.rowWeights?.base, order: base)
            var batch = trainer.good.position.batch
            while batch * setup.batchRows < order.count, !stop.isRequested {
                let first = batch * setup.batchRows
                let rows = min(setup.batchRows, order.count - first)
                batch += 1
                clock.advance(into: executor.updateParameters)
                var culprit: Int?
                executor.run(source, first: first, rows: rows, step: UInt64(clock.step)) { index in
                    if culprit == nil, !executor.isFinite(plan.instructions[index].output, rows: rows) { culprit = index }
                }
                guard let culprit else {
                    largest = executor.largestGradient
                    continue
                }
                let (what, layer) = words(plan.instructions[culprit].name)
                return DivergenceOrigin(
                    batch: batch, what: what, layer: layer,
                    rows: order[first..<first + rows].map { setup.data.train.rowNumbers[Int($0)] }.sorted(),
                    largestGradient: largest ?? executor.largestGradient)
            }
            return nil
        }
    }

    /// What an instruction of the tape computes, and for which layer.
    private func words(_ instruction: String) -> (what: String, layer: Network.Layer?) {
        let layers = trainer.setup.network.layers
        if instruction == "loss" { return ("the loss", layers.last) }
        let subject = instruction.split(separator: " ").last.map(String.init) ?? instruction
        let layer = layers.filter { subject == $0.name || subject.hasPrefix($0.name + ".") }.max { $0.name.utf8.count < $1.name.utf8.count }
        if instruction != subject { return ("the \(instruction)", layer ?? layers.last) }
        return (layer.map { "the output of layer \($0.name)" } ?? instruction, layer)
    }
}

extension Executor {
    /// Whether all numbers that the last step left in a buffer are finite.
    func isFinite(_ id: BufferID, rows: Int) -> Bool {
        let buffer = plan[id]
        let count = buffer.shape.elementsPerRow * (buffer.shape.isBatched ? rows : 1)
        switch buffer.element {
        case .int32: return true
        case .float64:
            let numbers = UnsafeBufferPointer(start: pointer(id).assumingMemoryBound(to: Double.self), count: count)
            return numbers.allSatisfy(\.isFinite)
        case .scalar: return areFinite(pointer(id), count)
        }
    }

    /// The number farthest from 0 in any parameter's gradient, where it is finite.
    var largestGradient: (name: String, value: Double)? {
        var result: (name: String, value: Double)?
        for (parameter, gradient) in plan.gradients {
            let numbers = ScalarBuffer(pointer(gradient), plan.precision)
            for index in 0..<plan[gradient].shape.elementsPerRow {
                let size = numbers[index].magnitude
                if size.isFinite, size > result?.value ?? -1 { result = (plan[parameter].name, size) }
            }
        }
        return result
    }
}
