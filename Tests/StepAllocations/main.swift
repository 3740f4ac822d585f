import Compiler
import CountingAllocator
import Datasets
import Diagnostics
import Execution
import Foundation
import IR
import SpecLanguage
import Training

// Trains two networks for a thousand steps each, on one thread and on two, and one by L-BFGS for some iterations, and prints how often the allocator
// was called meanwhile; first what it counts where there is something to count.
let before = allocationCount()
let array = [Int](unsafeUninitializedCapacity: 100_000) { $1 = $0.count }
print("an array is counted: \(allocationCount() > before && array.count == 100_000)")
for (units, classes, batchRows) in [(4, 3, 16), (300, 10, 64)] {
    func layer(_ name: String, _ inputs: Int, _ units: Int, _ activation: ActivationName) -> Network.Layer {
        let dense = Network.Dense(inputs: inputs, units: units, activation: activation, hasBias: true, initializer: .ones)
        return Network.Layer(name: name, kind: .dense(dense), range: nil)
    }
    let network = Network(
        inputWidth: 20, outputWidth: classes,
        layers: [layer("a", 20, units, .relu), layer("b", units, units, .tanh), layer("c", units, classes, .softmax)],
        loss: .crossEntropy(labelSmoothing: 0))
    let plan = Pipeline.trainingPlan(
        network, rule: UpdateRule(optimizer: .adam, clip: .norm(1)), batchRows: batchRows, precision: .float32, hasRowWeights: false)
    let inputs = [Float](repeating: 0.5, count: 20 * batchRows)
    let targets = [Int32](repeating: 1, count: batchRows)
    let order = (0..<Int32(batchRows)).map { $0 }
    for threads in [1, 2] {
        guard let executor = Executor(plan, pool: ThreadPool(size: threads)) else { preconditionFailure("no memory") }
        executor.updateParameters.pointee.learningRate = 0.001
        executor.updateParameters.pointee.epsilon = 1e-8
        var sum = 0.0
        let count = inputs.withUnsafeBytes { inputs in
            targets.withUnsafeBytes { targets in
                order.withUnsafeBufferPointer { order in
                    let source = BatchSource(inputs: inputs.baseAddress!, targets: targets.baseAddress!, rowWeights: nil, order: order.baseAddress!)
                    executor.run(source, first: 0, rows: batchRows)
                    let before = allocationCount()
                    for step in 1...1_000 {
                        executor.run(source, first: 0, rows: batchRows, step: UInt64(step))
                        sum += executor.lossTotals.sum
                    }
                    return allocationCount() - before
                }
            }
        }
        print("\(units) units, \(threads) threads: \(count) \(plan.wantsTeam) \(sum.isFinite)")
    }
}

let path = FileManager.default.temporaryDirectory.appendingPathComponent("step-allocations-\(getpid())").path
defer { for ending in [".csv", ".yaml"] { unlink(path + ending) } }
let cells = (0..<64).map { row in (0..<6).map { "\((row * 37 + $0 * $0 * 11) % 101)" }.joined(separator: ",") }
try ("a,b,c,d,e,y\n" + cells.joined(separator: "\n") + "\n").write(toFile: path + ".csv", atomically: false, encoding: .utf8)
let text = """
    nnspec: 1
    data: {path: \(path).csv, target: y, split: none}
    task: regression
    model: {layers: [12, 1], activation: tanh}
    optimizer: {type: lbfgs, tolerance_change: 0, tolerance_grad: 0}
    training: {precision: float64}
    """
try text.write(toFile: path + ".yaml", atomically: false, encoding: .utf8)
let sink = DiagnosticSink()
let spec = try SpecReader.read(path: path + ".yaml", sink: sink).spec
let setup = try TrainingSetup(spec, try DataPreparation.prepare(spec, sink: sink), sink: sink)
let rows = setup.data.train.rows
let inputs = (0..<rows * 5).map { Double(($0 * 29) % 83) / 41 - 1 }
let targets = (0..<rows).map { Double(($0 * 31) % 67) / 33 - 1 }
for threads in [1, 2] {
    guard let executor = Executor(setup.plan, pool: ThreadPool(size: threads)), let method = LimitedMemoryOptimizer(setup, executor, rows: rows)
    else {
        preconditionFailure("no memory")
    }
    for (index, buffer) in setup.plan.parameterBuffers.enumerated() {
        let numbers = executor.pointer(buffer).assumingMemoryBound(to: Double.self)
        for element in 0..<setup.plan[buffer].shape.elementsPerRow { numbers[element] = Double((element * 7 + index) % 13) / 13 - 0.5 }
    }
    let order = (0..<Int32(rows)).map { $0 }
    let (count, moves) = inputs.withUnsafeBytes { inputs in
        targets.withUnsafeBytes { targets in
            order.withUnsafeBufferPointer { order in
                let source = BatchSource(inputs: inputs.baseAddress!, targets: targets.baseAddress!, rowWeights: nil, order: order.baseAddress!)
                _ = method.iterate(source) { false }
                let before = allocationCount()
                var moves = 0
                for _ in 0..<30 { if case .moved(_, let length, nil) = method.iterate(source, isStopped: { false }), length > 0 { moves += 1 } }
                return (allocationCount() - before, moves)
            }
        }
    }
    print("lbfgs, \(threads) threads: \(count) in \(moves) iterations")
}
