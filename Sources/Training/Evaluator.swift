import Compiler
import Datasets
import Diagnostics
import Execution
import IR
import SpecLanguage

/// Runs the forward graph over all rows of a part. Validation, `evaluate` and `predict` all come through here.
final class Evaluator {
    /// Rows of one pass; fixed, so that the order of the loss's sum never depends on the machine.
    static let chunkRows = 256

    private let executor: Executor
    private let network: Network
    private let encoding: TargetEncoding

    /// nil if the system has no memory.
    init?(
        _ network: Network, encoding: TargetEncoding, precision: Precision, withLoss: Bool, hasRowWeights: Bool, parameters: MemoryRegion?,
        pool: ThreadPool
    ) {
        let plan = Pipeline.inferencePlan(
            network, batchRows: Evaluator.chunkRows, precision: precision, withLoss: withLoss, hasRowWeights: hasRowWeights)
        guard let executor = Executor(plan, parameters: parameters, pool: pool) else { return nil }
        self.executor = executor
        self.network = network
        self.encoding = encoding
    }

    var plan: Plan { executor.plan }

    /// Copies a trained model's numbers into the parameters.
    func load(_ model: TrainedModel) { model.copyWeights(into: executor) }

    /// Outputs of every row, [rows][width], in original units where the target was standardised; and the loss over the rows.
    func run(_ memory: PartMemory) -> (values: [Double], loss: Double) {
        var totals = LossTotals()
        let values = run(memory, 0..<memory.rows.count, adding: &totals)
        return (values, loss(totals))
    }

    /// The loss of rows, summed pass by pass.
    struct LossTotals {
        fileprivate var sum = 0.0
        fileprivate var weight = 0.0
    }

    /// Rows that all weigh 0 have no loss.
    func loss(_ totals: LossTotals) -> Double { totals.weight == 0 ? .nan : network.loss.isSum ? totals.sum : totals.sum / totals.weight }

    /// Outputs of some rows of a part, as above.
    ///
    /// Numerics: where a part comes in pieces, each but the last has to be of whole passes: then the sums are those of the part at once.
    func run(_ memory: PartMemory, _ range: Range<Int>, adding totals: inout LossTotals) -> [Double] {
        guard let prediction = executor.plan.prediction else { preconditionFailure("an inference plan predicts") }
        let width = network.outputWidth
        return [Double](unsafeUninitializedCapacity: range.count * width) { values, count in
            count = range.count * width
            memory.rows.withUnsafeBufferPointer { order in
                guard let base = order.baseAddress else { return }
                let source = BatchSource(inputs: memory.inputs, targets: memory.targets.base, rowWeights: memory.rowWeights?.base, order: base)
                for first in stride(from: range.lowerBound, to: range.upperBound, by: Evaluator.chunkRows) {
                    let rows = min(Evaluator.chunkRows, range.upperBound - first)
                    executor.run(source, first: first, rows: rows)
                    let found = executor.lossTotals
                    totals.sum += found.sum
                    totals.weight += found.weight
                    let place = (first - range.lowerBound) * width
                    widen(executor.pointer(prediction), into: UnsafeMutableBufferPointer(rebasing: values[place..<place + rows * width]))
                }
            }
            original(values)
        }
    }

    private func widen(_ outputs: UnsafeMutableRawPointer, into values: UnsafeMutableBufferPointer<Double>) {
        switch executor.plan.precision {
        case .float32:
            let outputs = outputs.assumingMemoryBound(to: Float.self)
            for index in values.indices { values[index] = Double(outputs[index]) }
        case .float64:
            let outputs = outputs.assumingMemoryBound(to: Double.self)
            for index in values.indices { values[index] = outputs[index] }
        }
    }

    /// Standardised values back to the target's own units. Shapes: [rows][width].
    private func original(_ values: UnsafeMutableBufferPointer<Double>) {
        guard case .values(_, let centers, let scales) = encoding else { return }
        let width = network.outputWidth
        for column in 0..<width {
            for index in stride(from: column, to: values.count, by: width) { values[index] = values[index] * scales[column] + centers[column] }
        }
    }

    /// The loss of a part, and what else can be measured on it.
    func measure(_ memory: PartMemory) -> (loss: Double, measurement: Measurement) {
        let (values, loss) = run(memory)
        return (loss, measurement(values, of: memory.part))
    }

    /// What can be measured on the outputs of a part, whose inputs are no longer needed.
    func measurement(_ values: [Double], of part: Part) -> Measurement {
        Measurement(
            Predictions(
                rows: part.rows, width: network.outputWidth, values: values, targets: part.targets, encoding: encoding,
                areProbabilities: network.givesProbabilities, weights: part.weights))
    }

    /// Loss and metrics of a part; nil where a metric is undefined.
    func evaluate(_ memory: PartMemory, metrics: [Metric]) -> (loss: Double, metrics: [Double?]) {
        let (loss, measurement) = measure(memory)
        return (loss, measurement.finiteValues(metrics))
    }
}

extension Network {
    /// Whether the last activation is softmax or sigmoid.
    package var givesProbabilities: Bool {
        for layer in layers.reversed() {
            switch layer.kind {
            case .dense(let dense): return dense.activation == .softmax || dense.activation == .sigmoid
            case .activation(let name): return name == .softmax || name == .sigmoid
            case .dropout: continue
            }
        }
        return false
    }
}

extension TrainedModel {
    /// The network these weights belong to.
    public var network: Network {
        let layers = layers.map { layer -> Network.Layer in
            guard let weight = layer.weight else { return Network.Layer(name: layer.name, kind: .activation(layer.activation), range: nil) }
            return Network.Layer(
                name: layer.name,
                kind: .dense(Network.Dense(inputs: weight.rows, units: weight.columns, activation: layer.activation, hasBias: layer.bias != nil)),
                range: nil)
        }
        let outputWidth = self.layers.last { $0.weight != nil }?.weight?.columns ?? 0
        return Network(inputWidth: preprocessing.width, outputWidth: outputWidth, layers: layers, loss: Loss(named: loss))
    }

    /// Copies weights and biases into the parameters of the same name and size; what the network does not have is passed over.
    func copyWeights(into executor: Executor) {
        var matrices: [String: Matrix] = [:]
        for layer in layers {
            matrices["\(layer.name).weight"] = layer.weight
            matrices["\(layer.name).bias"] = layer.bias
        }
        for id in executor.plan.parameterBuffers {
            guard let matrix = matrices[executor.plan[id].name] else { continue }
            precondition(matrix.rows * matrix.columns == executor.plan[id].shape.elementsPerRow, "weights of another shape")
            let buffer = ScalarBuffer(executor.pointer(id), executor.plan.precision)
            let layout = WeightLayout(rows: matrix.rows, columns: matrix.columns)
            for (index, value) in matrix.doubles.enumerated() { buffer[layout.position(of: index)] = value }
        }
    }
}

extension Loss {
    /// The loss of a weights file; parameters (smoothing, delta) are not kept there, evaluation of the plain loss is.
    init(named name: String) {
        switch name {
        case "cross_entropy": self = .crossEntropy(labelSmoothing: 0)
        case "binary_cross_entropy": self = .binaryCrossEntropy(labelSmoothing: 0)
        case "mae": self = .mae
        case "huber": self = .huber(delta: 1)
        case "sse": self = .sse
        case "kl_divergence": self = .klDivergence
        default: self = .mse
        }
    }
}
