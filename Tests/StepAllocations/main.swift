import Compiler
import CountingAllocator
import Execution
import IR
import SpecLanguage

// Trains two networks for a thousand steps each, on one thread and on two, and prints how often the allocator was called meanwhile; first what
// it counts where there is something to count.
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
