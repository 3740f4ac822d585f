import Compiler
import Diagnostics
import Execution
import IR
import NNSpecKit
import RandomStreams
import SpecLanguage
import Training

/// A spec compiled for made-up rows that lie in memory: fifty batches, drawn from a seed.
struct Workload {
    let name: String
    let spec: Spec
    let network: Network
    let plan: Plan
    /// Rows of a batch.
    let batchRows: Int
    let inputs: [Float]
    /// Class numbers, or [rows][outputs].
    let classes: [Int32]
    let values: [Float]
    let order: [Int32]

    static let batches = 50
    static let names = ["xor", "iris", "tabular", "mnist", "mnist-adam", "medium", "large"]

    /// The spec of a workload in Benchmarks/workloads.
    static func path(_ name: String) -> String { "Benchmarks/workloads/\(name).yaml" }

    static func named(_ name: String) -> Workload {
        let sink = DiagnosticSink()
        guard let project = try? Project.load(path: path(name), sink: sink), let workload = try? Workload(project.spec, sink: sink) else {
            fail("\(path(name)): " + sink.diagnostics.map(\.message).joined(separator: "; "))
        }
        return workload
    }

    init(_ spec: Spec, batchRows: Int? = nil, sink: DiagnosticSink) throws {
        name = spec.name.value
        self.spec = spec
        let width = spec.model.inputWidth?.value ?? 1
        let isClassification = spec.loss.value == .crossEntropy
        let outputs = Workload.outputs(name)
        let ends = NetworkEnds(
            inputWidth: width, output: isClassification ? .classes(name: "class", count: outputs) : .values(names: (0..<outputs).map { "y\($0)" }))
        network = try Pipeline.resolve(spec, ends: ends, sink: sink)
        if let batchRows {
            self.batchRows = batchRows
        } else if case .rows(let rows) = spec.training.batchSize.value {
            self.batchRows = rows
        } else {
            self.batchRows = 1
        }
        plan = Pipeline.trainingPlan(
            network, rule: Pipeline.updateRule(spec), batchRows: self.batchRows, precision: .float32, hasRowWeights: false)
        let rows = Workload.batches * self.batchRows
        let stream = RandomStream(seed: 1, name: "benchmark")
        inputs = (0..<rows * width).map { Float(stream.uniform(UInt64($0)) * 2 - 1) }
        classes = isClassification ? (0..<rows).map { Int32(stream.word(UInt64($0), substream: 1) % UInt32(outputs)) } : []
        values = isClassification ? [] : (0..<rows * outputs).map { Float(stream.uniform(UInt64($0), substream: 2)) }
        order = stream.permutation(rows, substream: 3)
    }

    /// Classes or target columns; `auto` in the spec takes them from the data.
    static func outputs(_ name: String) -> Int {
        switch name {
        case "xor": 1
        case "iris": 3
        case "tabular": 2
        case "large": 1000
        default: 10
        }
    }

    /// Floating-point operations of a step, a multiply-add counted as two; the first layer needs no gradient of its input.
    var operations: Int {
        var total = 0
        for (index, layer) in network.denseLayers.enumerated() { total += (index == 0 ? 4 : 6) * layer.dense.inputs * layer.dense.units }
        return total * batchRows
    }

    /// Runs `body` with the rows where the executor reads them.
    func withSource<R>(_ body: (BatchSource) -> R) -> R {
        inputs.withUnsafeBytes { inputs in
            classes.withUnsafeBytes { classes in
                values.withUnsafeBytes { values in
                    order.withUnsafeBufferPointer { order in
                        body(
                            BatchSource(
                                inputs: inputs.baseAddress!, targets: self.classes.isEmpty ? values.baseAddress : classes.baseAddress,
                                rowWeights: nil, order: order.baseAddress!))
                    }
                }
            }
        }
    }
}
