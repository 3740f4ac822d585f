import Compiler
import Datasets
import Execution
import IR
import SpecLanguage

/// L-BFGS: every iteration goes along an approximate Newton direction, made from the last steps and how the gradient changed in them, as far as a
/// line search with strong Wolfe conditions says.
///
/// The objective is the loss of all training rows, plus l2 sum w^2 of the layers and weight_decay / 2 sum w^2. What is remembered from iteration to
/// iteration lies in the state region of the plan (`LimitedMemory`), so that checkpoints hold it; vectors of the line search are made once.
///
/// Source: Nocedal and Wright, Numerical Optimization, algorithm 7.5 with the scaling (7.20). The first step of an empty memory is 1 / |g| long at
/// most, later ones try 1 first. A pair whose curvature y.s is not above 2^-52 y.y is not remembered, as in L-BFGS-B.
package final class LimitedMemoryOptimizer {
    /// Why there is nothing left to do.
    package enum Convergence {
        /// The largest number of the gradient.
        case gradient(Double)
        /// The change of the objective, and the largest change of a weight.
        case change(Double, Double)
        /// No step of the line search makes the objective less.
        case noStep
    }

    package enum Outcome {
        /// The loss at the new weights; the length of the step, 0 for none.
        case moved(loss: Double, length: Double, Convergence?)
        case interrupted
        /// "the loss" or "a gradient".
        case nonfinite(String)
    }

    private let executor: Executor
    private let vectors: ParameterVectors
    private let settings: LimitedMemorySpec
    private let isSum: Bool
    private let rows: Int
    /// Penalised parameters: l2 sum w^2.
    private let penalties: [(numbers: UnsafeRawPointer, count: Int, l2: Double)]
    private let scratch: MemoryRegion
    private let numbers: UnsafeMutablePointer<Double>
    private let steps: UnsafeMutableRawPointer
    private let changes: UnsafeMutableRawPointer
    private let gradient: UnsafeMutableRawPointer
    private let factors: UnsafeMutablePointer<Double>

    /// Vectors of a line search: its start, its direction, and three gradients.
    static let vectorCount = 5

    /// Bytes beside those of the plan.
    static func byteCount(_ plan: Plan) -> Int {
        plan.gradients.reduce(0) { $0 + LimitedMemory.stretch(plan[$1.parameter].shape.elementsPerRow) } * plan.precision.byteCount * vectorCount
    }

    /// nil if the system has no memory. - Parameter executor: of a plan with the states of L-BFGS.
    package init?(_ setup: TrainingSetup, _ executor: Executor, rows: Int) {
        let plan = executor.plan
        func state(_ name: String) -> UnsafeMutableRawPointer {
            guard let id = plan.buffer(named: name) else { preconditionFailure("the plan has no \(name)") }
            return executor.pointer(id)
        }
        guard let scratch = MemoryRegion(byteCount: Self.byteCount(plan)) else { return nil }
        self.scratch = scratch
        self.executor = executor
        self.rows = rows
        vectors = ParameterVectors(executor)
        settings = setup.spec.optimizer.limitedMemory
        isSum = setup.network.loss.isSum
        penalties = plan.instructions.compactMap { instruction in
            guard case .penaltyGradient(_, let l2) = instruction.op else { return nil }
            let parameter = instruction.inputs[1]
            return (UnsafeRawPointer(executor.pointer(parameter)), plan[parameter].shape.elementsPerRow, l2)
        }
        numbers = state(LimitedMemory.numbers).assumingMemoryBound(to: Double.self)
        steps = state(LimitedMemory.steps)
        changes = state(LimitedMemory.changes)
        gradient = state(LimitedMemory.gradient)
        factors = .allocate(capacity: settings.historySize)
        factors.initialize(repeating: 0, count: settings.historySize)
    }

    deinit { factors.deallocate() }

    // MARK: What is remembered

    private enum Number { static let isStarted = 0, pairs = 1, next = 2, value = 3, loss = 4, scale = 5 }
    private var history: Int { settings.historySize }

    /// Pairs that are remembered; what a file holds may be anything.
    private var pairCount: Int {
        let count = numbers[Number.pairs]
        return count >= 0 && count <= Double(history) ? Int(count) : 0
    }
    /// Where the next pair goes.
    private var next: Int {
        let place = numbers[Number.next]
        return place >= 0 && place < Double(history) ? Int(place) : 0
    }
    /// The slot of a pair by its age, 0 for the newest.
    private func slot(_ age: Int) -> Int { (next - 1 - age + 2 * history) % history }
    private func step(_ slot: Int) -> UnsafeMutableRawPointer { steps + slot * vectors.byteCount }
    private func change(_ slot: Int) -> UnsafeMutableRawPointer { changes + slot * vectors.byteCount }
    /// 1 / (y.s) of a pair.
    private func inverse(_ slot: Int) -> UnsafeMutablePointer<Double> { numbers + LimitedMemory.numberCount + slot }

    private var origin: UnsafeMutableRawPointer { scratch.base }
    private var direction: UnsafeMutableRawPointer { scratch.base + vectors.byteCount }
    private func trial(_ slot: Int) -> UnsafeMutableRawPointer { scratch.base + (2 + slot) * vectors.byteCount }

    // MARK: An iteration

    /// - Parameter isStopped: asked before every evaluation; an iteration that is stopped leaves the weights as they were.
    package func iterate(_ source: BatchSource, isStopped: () -> Bool) -> Outcome {
        if numbers[Number.isStarted] != 1 {
            if isStopped() { return .interrupted }
            let start = measure(source)
            vectors.takeGradients(into: gradient)
            guard start.value.isFinite else { return .nonfinite("the loss") }
            guard vectors.areFinite(gradient) else { return .nonfinite("a gradient") }
            (numbers[Number.value], numbers[Number.loss], numbers[Number.isStarted]) = (start.value, start.loss, 1)
        }
        let largest = vectors.largestMagnitude(gradient)
        if largest <= settings.toleranceGrad { return .moved(loss: numbers[Number.loss], length: 0, .gradient(largest)) }
        var slope = aim()
        if !(slope < 0) {
            (numbers[Number.pairs], numbers[Number.next]) = (0, 0)
            slope = aim()
        }
        guard slope < 0, slope.isFinite else { return .moved(loss: numbers[Number.loss], length: 0, .noStep) }
        vectors.takeParameters(into: origin)
        let start = LineSearch.Point(
            length: 0, value: numbers[Number.value], slope: slope, loss: numbers[Number.loss], slot: nil)
        let reach = vectors.largestMagnitude(direction)
        let search = LineSearch(
            c1: settings.c1, c2: settings.c2, evaluationLimit: settings.evaluationLimit, toleranceChange: settings.toleranceChange)
        let firstLength = pairCount == 0 ? min(1, 1 / (-slope).squareRoot()) : 1
        let found = search.run(from: start, firstLength: firstLength, reach: reach) { length, slot in
            isStopped() ? nil : evaluate(source, length, slot)
        }
        guard let found else {
            vectors.setParameters(origin)
            return .interrupted
        }
        guard let slot = found.slot, found.value <= start.value + LineSearch.rounding(start) else {
            vectors.setParameters(origin)
            return .moved(loss: numbers[Number.loss], length: 0, .noStep)
        }
        vectors.setParameters(origin, plus: found.length, times: direction)
        guard vectors.areFinite(trial(slot)) else { return .nonfinite("a gradient") }
        remember(found.length, trial(slot))
        vectors.combine(gradient, 1, trial(slot), 0, trial(slot))
        (numbers[Number.value], numbers[Number.loss]) = (found.value, found.loss)
        return .moved(loss: found.loss, length: found.length, convergence(from: start, to: found, reach: reach))
    }

    private func convergence(from start: LineSearch.Point, to found: LineSearch.Point, reach: Double) -> Convergence? {
        let largest = vectors.largestMagnitude(gradient)
        if largest <= settings.toleranceGrad { return .gradient(largest) }
        let (fall, change) = (start.value - found.value, found.length * reach)
        return fall.magnitude < settings.toleranceChange || change <= settings.toleranceChange ? .change(fall, change) : nil
    }

    /// The direction by two loops over the pairs, newest first and then oldest first; gives the slope along it.
    private func aim() -> Double {
        vectors.combine(direction, -1, gradient, 0, gradient)
        let count = pairCount
        for age in 0..<count {
            let slot = slot(age)
            factors[age] = inverse(slot).pointee * vectors.dot(step(slot), direction)
            vectors.combine(direction, 1, direction, -factors[age], change(slot))
        }
        if count > 0 { vectors.combine(direction, numbers[Number.scale], direction, 0, direction) }
        for age in stride(from: count - 1, through: 0, by: -1) {
            let slot = slot(age)
            let factor = inverse(slot).pointee * vectors.dot(change(slot), direction)
            vectors.combine(direction, 1, direction, factors[age] - factor, step(slot))
        }
        return vectors.dot(gradient, direction)
    }

    /// Puts the step and the change of the gradient in the place of the oldest pair.
    private func remember(_ length: Double, _ new: UnsafeRawPointer) {
        let slot = next
        vectors.combine(change(slot), 1, new, -1, gradient)
        vectors.combine(step(slot), length, direction, 0, direction)
        let (curvature, square) = (vectors.dot(change(slot), step(slot)), vectors.dot(change(slot), change(slot)))
        guard curvature > Double.ulpOfOne * square else {
            // The oldest pair lay there, if all places were taken.
            if pairCount == history { numbers[Number.pairs] = Double(history - 1) }
            return
        }
        inverse(slot).pointee = 1 / curvature
        numbers[Number.scale] = curvature / square
        numbers[Number.pairs] = Double(min(pairCount + 1, history))
        numbers[Number.next] = Double((slot + 1) % history)
    }

    // MARK: The objective

    private func evaluate(_ source: BatchSource, _ length: Double, _ slot: Int) -> LineSearch.Point {
        vectors.setParameters(origin, plus: length, times: direction)
        let (value, loss) = measure(source)
        vectors.takeGradients(into: trial(slot))
        let slope = vectors.dot(trial(slot), direction)
        let isFinite = value.isFinite && slope.isFinite
        return LineSearch.Point(
            length: length, value: isFinite ? value : .infinity, slope: isFinite ? slope : .infinity, loss: loss, slot: slot)
    }

    /// Runs the tape on all rows.
    private func measure(_ source: BatchSource) -> (value: Double, loss: Double) {
        executor.run(source, first: 0, rows: rows)
        let totals = executor.lossTotals
        let loss = isSum ? totals.sum : totals.sum / totals.weight
        var value = loss
        for penalty in penalties { value += penalty.l2 * executor.dotProduct(penalty.numbers, penalty.numbers, penalty.count) }
        return (value, loss)
    }
}
