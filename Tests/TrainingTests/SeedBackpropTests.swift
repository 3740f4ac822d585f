import Compiler
import Execution
import Foundation
import IR
import SpecLanguage
import Testing
import Training

/// The textbook system (Tests/Fixtures/seed_backprop.json, NumPy): both variants after 1, 2, 10 and 1000 updates to 1e-12, and its local gradients.
@Suite struct SeedBackpropTests {
    // Safe: written once, then only read.
    nonisolated(unsafe) static let fixture: [String: Any] = {
        let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../Fixtures/seed_backprop.json")
        guard let data = try? Data(contentsOf: url), let object = try? JSONSerialization.jsonObject(with: data) as? [String: Any] else {
            preconditionFailure("no fixture at \(url.path)")
        }
        return object
    }()

    private func flat(_ value: Any?) -> [Double] {
        if let number = value as? Double { return [number] }
        return (value as? [Any])?.flatMap { flat($0) } ?? []
    }

    @Test(arguments: ["with_bias", "frozen_bias"]) func reproduces(_ variant: String) throws {
        let fixture = Self.fixture
        func dense(_ inputs: Int, _ units: Int) -> Network.LayerKind {
            var dense = Network.Dense(inputs: inputs, units: units, activation: .sigmoid, hasBias: true)
            dense.trainsBias = variant == "with_bias"
            return .dense(dense)
        }
        let network = Network(
            inputWidth: 2, outputWidth: 1,
            layers: [.init(name: "hidden", kind: dense(2, 3), range: nil), .init(name: "output", kind: dense(3, 1), range: nil)], loss: .sse)
        let plan = Pipeline.trainingPlan(
            network, rule: UpdateRule(optimizer: .sgd), batchRows: 4, precision: .float64, hasRowWeights: false, sharing: false)
        let executor = try #require(Executor(plan, pool: ThreadPool(size: 1)))
        let cells = Cells(executor: executor)
        let names = ["W0": "hidden.weight", "b0": "hidden.bias", "W1": "output.weight", "b1": "output.bias"]
        let start = try #require(fixture["start"] as? [String: Any])
        for (key, name) in names { cells.write(flat(start[key]), to: try #require(plan.buffer(named: name))) }
        executor.updateParameters.pointee.learningRate = try #require(fixture["learning_rate"] as? Double)
        let x = flat(fixture["X"])
        let y = flat(fixture["Y"])
        let order: [Int32] = [0, 1, 2, 3]
        let records = try #require(fixture[variant] as? [String: Any])
        var compared = 0
        for step in 1...1000 {
            x.withUnsafeBytes { x in
                y.withUnsafeBytes { y in
                    order.withUnsafeBufferPointer { order in
                        executor.run(
                            BatchSource(inputs: x.baseAddress!, targets: y.baseAddress!, rowWeights: nil, order: order.baseAddress!), first: 0,
                            rows: 4)
                    }
                }
            }
            guard let record = records["\(step)"] as? [String: Any] else { continue }
            compared += 1
            expectClose([executor.lossTotals.sum], flat(record["loss_before_update"]), 1e-12, "loss before update \(step)")
            for (key, name) in names {
                expectClose(cells.read(try #require(plan.buffer(named: name))), flat(record[key]), 1e-12, "\(name) after \(step)")
            }
            guard let trace = record["trace"] as? [String: Any] else { continue }
            // The textbook's local gradients point downhill, ours are derivatives of the loss: the sign differs.
            for (key, name, sign) in [
                ("hidden", "hidden.activation", 1.0), ("output", "output.activation", 1.0),
                ("local_gradient_output", "gradient of output.activation", -1.0), ("local_gradient_hidden", "gradient of hidden.activation", -1.0),
            ] {
                let buffer = try #require(plan.buffers.firstIndex { $0.name == name }.map { BufferID($0) })
                expectClose(cells.read(buffer), flat(trace[key]).map { $0 * sign }, 1e-12, key)
            }
        }
        #expect(compared == 4)
    }
}
