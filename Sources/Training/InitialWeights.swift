import Compiler
import Datasets
import Execution
import IR
import RandomStreams
import SpecLanguage

/// Puts the first numbers into a network's parameters.
package enum InitialWeights {
    /// Element i of "hidden.weight" takes number i of the stream "init/hidden/weight"; biases start at 0.
    package static func fill(_ executor: Executor, network: Network, seed: UInt64) {
        for (name, dense) in network.denseLayers {
            guard let id = executor.plan.buffer(named: "\(name).weight") else { continue }
            let stream = RandomStream(seed: seed, name: "init/\(name)/weight")
            let target = ScalarBuffer(executor.pointer(id), executor.plan.precision)
            let layout = WeightLayout(rows: dense.inputs, columns: dense.units)
            for index in 0..<dense.inputs * dense.units { target[layout.position(of: index)] = value(dense.initializer, stream, UInt64(index)) }
        }
    }

    private static func value(_ initializer: Network.Initializer, _ stream: RandomStream, _ index: UInt64) -> Double {
        switch initializer {
        case .zeros: 0
        case .ones: 1
        case .uniform(let minimum, let maximum): minimum + (maximum - minimum) * stream.uniform(index)
        case .normal(let mean, let std): mean + std * Elementary.normalQuantile(stream.uniform(index))
        }
    }
}

/// Elements of a buffer of either precision, read and written as Double.
struct ScalarBuffer {
    let base: UnsafeMutableRawPointer
    let precision: Precision

    init(_ base: UnsafeMutableRawPointer, _ precision: Precision) {
        self.base = base
        self.precision = precision
    }

    subscript(index: Int) -> Double {
        get {
            precision == .float32
                ? Double(base.load(fromByteOffset: index * 4, as: Float.self)) : base.load(fromByteOffset: index * 8, as: Double.self)
        }
        nonmutating set {
            if precision == .float32 {
                base.storeBytes(of: Float(newValue), toByteOffset: index * 4, as: Float.self)
            } else {
                base.storeBytes(of: newValue, toByteOffset: index * 8, as: Double.self)
            }
        }
    }
}
