import Compiler
import Execution
import IR
import SpecLanguage
import Training

/// GFLOP/s of whole training steps over all widths and all batch sizes: there should be no cliff.
enum Sweep {
    /// Three layers of `width` units, relu, sgd, on batches of `rows`.
    static func gflops(width: Int, rows: Int, threads: Int, rounds: Int) -> Double {
        let layers = (0..<3).map { index in
            let dense = Network.Dense(
                inputs: width, units: width, activation: index < 2 ? .relu : .linear, hasBias: true,
                initializer: .uniform(minimum: -0.1, maximum: 0.1))
            return Network.Layer(name: "h\(index)", kind: .dense(dense), range: nil)
        }
        let network = Network(inputWidth: width, outputWidth: width, layers: layers, loss: .mse)
        let plan = Pipeline.trainingPlan(
            network, rule: UpdateRule(optimizer: .sgd), batchRows: rows, precision: .float32, hasRowWeights: false)
        guard let executor = Executor(plan, pool: ThreadPool(size: threads)) else { fail("no memory") }
        InitialWeights.fill(executor, network: network, seed: 0)
        let inputs = [Float](repeating: 0.25, count: rows * width)
        let targets = [Float](repeating: 0.5, count: rows * width)
        let order = (0..<Int32(rows)).map { $0 }
        let seconds = inputs.withUnsafeBytes { inputs in
            targets.withUnsafeBytes { targets in
                order.withUnsafeBufferPointer { order in
                    let source = BatchSource(inputs: inputs.baseAddress!, targets: targets.baseAddress!, rowWeights: nil, order: order.baseAddress!)
                    return best(of: rounds, seconds: 0.004) { executor.run(source, first: 0, rows: rows) }
                }
            }
        }
        return Double(rows * width * width * (4 + 6 + 6)) / seconds / 1e9
    }
}
