import Compiler
import Datasets
import Diagnostics
import Execution
import IR
import RandomStreams
import SpecLanguage

/// What came of comparing the gradients of a training's first step with finite differences.
public struct GradientReport: Sendable {
    /// An element of a tensor and its two derivatives.
    public struct Element: Sendable {
        /// Of a weight [input, unit], of a bias [unit]; from 0.
        public var index: [Int]
        public var analytic: Double
        public var numeric: Double
        public var relativeError: Double
    }

    /// A weight or a bias.
    public struct Tensor: Sendable {
        /// "dense_1.weight".
        public var name: String
        public var layer: Network.Layer?
        public var shape: [Int]
        /// Elements whose derivatives were compared.
        public var compared = 0
        /// Of these, elements at a kink of the loss, which were compared beside it.
        public var movedFromKinks = 0
        /// Elements at a kink, and beside it at another: they have no derivative and are not compared.
        public var kinks = 0
        /// Compared elements that do not agree.
        public var mismatches = 0
        /// The compared element with the greatest relative error; nil where none was compared.
        public var worst: Element?

        /// Elements that were looked at.
        public var checked: Int { compared + kinks }
        public var elementCount: Int { shape.reduce(1, *) }
    }

    public var tensors: [Tensor]
    /// Parameters that are not trained, and so have no gradient.
    public var frozen: [String]
    /// Rows of the batch, and of the training part.
    public var rows: Int
    public var trainingRows: Int
    /// At the initial weights: of the batch, the penalties of the layers included.
    public var loss: Double
    /// The greatest relative error that counts as agreement.
    public let tolerance = GradientCheck.tolerance
}

/// Analytic gradients against central differences, in float64, at the initial weights and on the first batch of a training.
///
/// The gradients are those that the compiler derives and the kernels compute. The loss is that of the forward graph of the training step (label
/// smoothing, class weights, and dropout with the mask of step 1) plus l1 and l2.
///
/// The relative error of an element with analytic derivative a and numeric derivative n is |a - n| / max(|a|, |n|, f). The floor f is the greater of
/// 1e-4 times the largest derivative of any tensor, and the |a - n| that the rounding of the loss can make, divided by the tolerance: what is smaller
/// is compared by size. The numeric derivative is that of the best of four steps.
///
/// Where the loss has a kink, as relu has at 0, there is no derivative. It shows in the slopes to the right and to the left: on a smooth curve their
/// difference shrinks with the step, at a kink it stays. Such an element is compared again with all parameters moved a little.
public struct GradientCheck {
    static let tolerance = 1e-6
    /// Times max(1, |w|).
    private static let steps = [1e-5, 1e-4, 1e-6, 1e-7]
    /// Of a tensor with more elements, this many are looked at: those with the largest derivatives, and one of each of some equal stretches.
    private static let elementLimit = 256
    private static let largestLimit = 64

    private let setup: TrainingSetup
    /// The tape with gradients, and the one without.
    private let gradient: Executor
    private let forward: Executor
    private let memory: PartMemory
    private let order: [Int32]
    private let penalties: [Penalty]

    /// l1 sum |w| + l2 sum w^2.
    private struct Penalty {
        let numbers: UnsafePointer<Double>
        let count: Int
        let l1: Double
        let l2: Double
    }

    /// - Parameters:
    ///   - setup: in float64.
    ///   - initial: weights to start from, or nil.
    /// Errors: E3901 no memory; initial weights that do not fit.
    public init(_ setup: TrainingSetup, initial: TrainedModel?, threads: Int, sink: DiagnosticSink) throws(Stopped) {
        precondition(setup.precision == .float64, "differences need Double")
        if let initial { try setup.check(initial: initial, sink: sink) }
        self.setup = setup
        let hasRowWeights = setup.classWeights != nil
        let graph = Pipeline.gradientGraph(setup.network, rule: setup.rule, hasRowWeights: hasRowWeights)
        let plan = Pipeline.plan(graph, capacity: setup.batchRows, precision: .float64, sharing: false)
        let forwardPlan = Pipeline.plan(
            Pipeline.forwardGraph(setup.network, hasRowWeights: hasRowWeights), capacity: setup.batchRows, precision: .float64)
        let pool = ThreadPool(size: plan.wantsTeam ? threads : 1)
        let seed = setup.spec.seed.value
        guard let gradient = Executor(plan, seed: seed, pool: pool),
            let forward = Executor(forwardPlan, seed: seed, parameters: gradient.parameters, pool: pool),
            let memory = PartMemory(
                setup.data.train, encoding: setup.data.target, loss: setup.network.loss, outputWidth: setup.network.outputWidth,
                classWeights: setup.classWeights, precision: .float64)
        else { throw sink.fail(.noMemory(setup.totalByteCount)) }
        self.gradient = gradient
        self.forward = forward
        self.memory = memory
        order = setup.order(of: memory.rows, epoch: 1)
        InitialWeights.fill(gradient, network: setup.network, seed: seed)
        initial?.copyWeights(into: gradient)
        penalties = plan.instructions.compactMap { instruction in
            guard case .penaltyGradient(let l1, let l2) = instruction.op else { return nil }
            let parameter = instruction.inputs[1]
            return Penalty(
                numbers: UnsafePointer(gradient.pointer(parameter).assumingMemoryBound(to: Double.self)),
                count: plan[parameter].shape.elementsPerRow, l1: l1, l2: l2)
        }
    }

    private var rows: Int { min(setup.batchRows, order.count) }

    /// - Parameter disturb: changes analytic gradients before they are compared; so that a test can see a wrong one be found.
    /// Errors: E2082 the loss of the batch is not finite, E5082 a tensor whose gradient is off; the report comes nevertheless.
    public func run(sink: DiagnosticSink, disturb: (_ tensor: String, _ gradient: inout [Double]) -> Void = { _, _ in }) throws(Stopped)
        -> GradientReport
    {
        let plan = gradient.plan
        let start = loss()
        guard start.isFinite else { throw sink.fail(.noLossToCompare(start, rows: rows)) }
        var tensors = analytic(disturb)
        for index in tensors.indices { tensors[index].measure(at: sample(tensors[index]), with: slopes) }
        let firstFloor = Self.floor(of: tensors)
        let kinks = tensors.map { $0.elements.filter { $0.isKink(floor: firstFloor) }.map(\.index) }
        if kinks.contains(where: { !$0.isEmpty }) {
            let moved = moved()
            var beside = analytic(disturb)
            for (index, places) in kinks.enumerated() {
                beside[index].measure(at: places, with: slopes)
                let places = Set(places)
                tensors[index].isMoved = places
                tensors[index].elements.removeAll { places.contains($0.index) }
                tensors[index].elements += beside[index].elements
            }
            put(back: moved)
        }
        let floor = Self.floor(of: tensors)
        var report = GradientReport(tensors: [], frozen: [], rows: rows, trainingRows: order.count, loss: start)
        for tensor in tensors {
            let result = tensor.result(floor: floor, setup.network)
            report.tensors.append(result)
            if result.mismatches > 0 { sink.emit(.gradientOff(result)) }
        }
        let trained = Set(report.tensors.map(\.name))
        report.frozen = plan.parameterBuffers.map { plan[$0].name }.filter { !trained.contains($0) }
        return report
    }

    // MARK: The two derivatives

    private func batch(_ body: (BatchSource) -> Void) {
        order.withUnsafeBufferPointer { order in
            guard let base = order.baseAddress else { return }
            body(BatchSource(inputs: memory.inputs, targets: memory.targets.base, rowWeights: memory.rowWeights?.base, order: base))
        }
    }

    private func loss() -> Double {
        batch { forward.run($0, first: 0, rows: rows, step: 1) }
        let totals = forward.lossTotals
        var loss = setup.network.loss.isSum ? totals.sum : totals.sum / totals.weight
        for penalty in penalties {
            var (absolute, squared) = (0.0, 0.0)
            for index in 0..<penalty.count {
                let w = penalty.numbers[index]
                absolute += w.magnitude
                squared += w * w
            }
            loss += penalty.l1 * absolute + penalty.l2 * squared
        }
        return loss
    }

    private func analytic(_ disturb: (String, inout [Double]) -> Void) -> [ComparedTensor] {
        batch { gradient.run($0, first: 0, rows: rows, step: 1) }
        let plan = gradient.plan
        return plan.gradients.map { parameter, id in
            let count = plan[parameter].shape.elementsPerRow
            var numbers = Array(UnsafeBufferPointer(start: gradient.pointer(id).assumingMemoryBound(to: Double.self), count: count))
            disturb(plan[parameter].name, &numbers)
            return ComparedTensor(
                name: plan[parameter].name, shape: plan[parameter].shape.dimensions, analytic: numbers,
                numbers: gradient.pointer(parameter).assumingMemoryBound(to: Double.self))
        }
    }

    /// The slopes on both sides of an element, for each step. Where the first step suffices, it is the only one.
    private func slopes(_ weight: UnsafeMutablePointer<Double>, _ analytic: Double) -> [Slopes] {
        let (old, middle) = (weight.pointee, loss())
        defer { weight.pointee = old }
        var all: [Slopes] = []
        for step in Self.steps {
            // The steps that are really taken, after rounding.
            let (up, down) = (old + step * max(1, old.magnitude), old - step * max(1, old.magnitude))
            weight.pointee = up
            let above = loss()
            weight.pointee = down
            let below = loss()
            all.append(
                Slopes(
                    step: (up - down) / 2, right: (above - middle) / (up - old), left: (middle - below) / (old - down),
                    central: (above - below) / (up - down), noise: 8 * Double.ulpOfOne * max(above.magnitude, below.magnitude) / (up - down)))
            if (all[0].central - analytic).magnitude <= Self.tolerance * max(all[0].central.magnitude, analytic.magnitude) { break }
        }
        return all
    }

    /// 1e-4 of the largest derivative.
    private static func floor(of tensors: [ComparedTensor]) -> Double {
        var largest = 0.0
        for tensor in tensors {
            for element in tensor.elements {
                largest = max(largest, element.analytic.magnitude, element.slopes.map(\.central.magnitude).min() ?? 0)
            }
        }
        return 1e-4 * largest
    }

    // MARK: Places

    /// Positions of elements in memory, rising.
    private func sample(_ tensor: ComparedTensor) -> [Int] {
        let count = tensor.analytic.count
        guard count > Self.elementLimit else { return Array(0..<count) }
        let bySize = tensor.analytic.indices.sorted { (tensor.analytic[$1].magnitude, $0) < (tensor.analytic[$0].magnitude, $1) }
        var chosen = Set(bySize.prefix(Self.largestLimit))
        let stream = RandomStream(seed: setup.spec.seed.value, name: "gradcheck/\(tensor.name)")
        let stretches = Self.elementLimit - Self.largestLimit
        for number in 0..<stretches {
            let (from, to) = (number * count / stretches, (number + 1) * count / stretches)
            chosen.insert(from + Int(stream.uniform(UInt64(number)) * Double(to - from)))
        }
        return chosen.sorted()
    }

    /// Moves every trained parameter by up to 0.05, never by less than 0.01, and gives the numbers before.
    private func moved() -> [[Double]] {
        gradient.plan.gradients.map { parameter, _ in
            let count = gradient.plan[parameter].shape.elementsPerRow
            let numbers = gradient.pointer(parameter).assumingMemoryBound(to: Double.self)
            let old = Array(UnsafeBufferPointer(start: numbers, count: count))
            let stream = RandomStream(seed: setup.spec.seed.value, name: "gradcheck/moved/\(gradient.plan[parameter].name)")
            for index in 0..<count {
                let u = 2 * stream.uniform(UInt64(index)) - 1
                numbers[index] += u < 0 ? u * 0.04 - 0.01 : u * 0.04 + 0.01
            }
            return old
        }
    }

    private func put(back old: [[Double]]) {
        for (pair, numbers) in zip(gradient.plan.gradients, old) {
            let target = gradient.pointer(pair.parameter).assumingMemoryBound(to: Double.self)
            for (index, number) in numbers.enumerated() { target[index] = number }
        }
    }
}

/// Slopes of the loss along one parameter.
private struct Slopes {
    /// Half the distance between the two outer points.
    let step: Double
    let right, left, central: Double
    /// How far rounding may put the central slope off.
    let noise: Double
}

/// A tensor while it is compared.
private struct ComparedTensor {
    struct Element {
        let index: Int
        let analytic: Double
        let slopes: [Slopes]

        /// The numeric derivative that agrees best, and the error that is left.
        func best(floor: Double) -> (numeric: Double, error: Double) {
            var best = (numeric: Double.nan, error: Double.infinity)
            for (numeric, noise) in candidates where numeric.isFinite {
                let scale = max(analytic.magnitude, numeric.magnitude, floor, noise / GradientCheck.tolerance)
                let error = scale == 0 ? 0 : (analytic - numeric).magnitude / scale
                if error < best.error { best = (numeric, error) }
            }
            return best
        }

        /// The central differences, and what two of them make of step 0: where the loss changes its curvature, as a square of relu does, the error
        /// of a difference is proportional to its step.
        private var candidates: [(numeric: Double, noise: Double)] {
            let bySize = slopes.sorted { $0.step < $1.step }
            let pairs = zip(bySize, bySize.dropFirst()).map { near, far in
                (near.central - (far.central - near.central) * near.step / (far.step - near.step), 1.5 * near.noise)
            }
            return slopes.map { ($0.central, $0.noise) } + pairs
        }

        /// Whether the slopes of the two sides stay apart as the step shrinks a hundred times, and no step gives the analytic derivative.
        func isKink(floor: Double) -> Bool {
            guard best(floor: floor).error > GradientCheck.tolerance else { return false }
            let bySize = slopes.sorted { $0.step < $1.step }
            guard bySize.count > 2 else { return false }
            let (near, far) = (bySize[0], bySize[2])
            let gap = (near.right - near.left).magnitude
            return gap > 4 * near.noise && gap >= 0.3 * (far.right - far.left).magnitude
        }
    }

    let name: String
    let shape: [Int]
    let analytic: [Double]
    let numbers: UnsafeMutablePointer<Double>
    var elements: [Element] = []
    /// Elements that were compared beside a kink.
    var isMoved: Set<Int> = []

    mutating func measure(at places: [Int], with slopes: (UnsafeMutablePointer<Double>, Double) -> [Slopes]) {
        elements = places.map { Element(index: $0, analytic: analytic[$0], slopes: slopes(numbers + $0, analytic[$0])) }
    }

    func result(floor: Double, _ network: Network) -> GradientReport.Tensor {
        let layer = network.layers.first { name == "\($0.name).weight" || name == "\($0.name).bias" }
        var result = GradientReport.Tensor(name: name, layer: layer, shape: shape)
        for element in elements.sorted(by: { $0.index < $1.index }) {
            if element.isKink(floor: floor) {
                result.kinks += 1
                continue
            }
            let (numeric, error) = element.best(floor: floor)
            result.compared += 1
            if isMoved.contains(element.index) { result.movedFromKinks += 1 }
            if !(error <= GradientCheck.tolerance) { result.mismatches += 1 }
            if result.worst.map({ error > $0.relativeError }) ?? true {
                result.worst = .init(index: place(element.index), analytic: element.analytic, numeric: numeric, relativeError: error)
            }
        }
        return result
    }

    /// [input, unit] or [unit] of the element at a position in memory.
    private func place(_ position: Int) -> [Int] {
        guard shape.count == 2 else { return [position] }
        let index = WeightLayout(rows: shape[0], columns: shape[1]).index(at: position)
        return [index / shape[1], index % shape[1]]
    }
}

extension GradientReport.Element {
    /// "[3, 0]".
    public var place: String { "[" + index.map(String.init).joined(separator: ", ") + "]" }
}

extension Diagnostic {
    static func noLossToCompare(_ loss: Double, rows: Int) -> Diagnostic {
        Diagnostic(
            "E2082", "the loss of the first batch is \(loss.isNaN ? "not a number" : "infinite"), so there are no gradients to compare",
            notes: ["it is that of \(rows) row\(rows == 1 ? "" : "s") at the initial weights"],
            fix: "look for huge numbers among features and targets, or in `initializer` and `initial_weights`")
    }

    static func gradientOff(_ tensor: GradientReport.Tensor) -> Diagnostic {
        var notes: [String] = []
        if let worst = tensor.worst {
            notes.append(
                "worst is \(worst.place): analytic \(NumberText.of(worst.analytic)), numeric \(NumberText.of(worst.numeric)), relative error "
                    + NumberText.of(worst.relativeError))
        }
        return Diagnostic(
            "E5082", "the gradient of \(tensor.name) is off in \(tensor.mismatches) of \(tensor.compared) elements compared",
            at: tensor.layer?.range, notes: notes, fix: "this is a bug of nnspec: please report it with the spec and the data")
    }
}
