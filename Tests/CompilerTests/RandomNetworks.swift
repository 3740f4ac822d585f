import Compiler
import Execution
import IR
import RandomStreams
import SpecLanguage

/// Draws networks, rules and batches from a seeded stream; the same number gives the same case on every machine.
struct RandomCase {
    let network: Network
    let rule: UpdateRule
    let batchRows: Int
    let hasRowWeights: Bool
    private let stream: RandomStream

    init(_ number: Int) {
        let stream = RandomStream(seed: UInt64(number), name: "planner property")
        self.stream = stream
        var drawn: UInt64 = 0
        func pick(_ count: Int) -> Int {
            drawn += 1
            return Int(stream.word(drawn) % UInt32(count))
        }
        var width = 1 + pick(40)
        let inputWidth = width
        var layers: [Network.Layer] = []
        let depth = 1 + pick(6)
        let activations = ActivationName.allCases
        for index in 0..<depth {
            // Some wide enough for several panels of weights.
            let units = 1 + pick(pick(4) == 0 ? 160 : 40)
            var dense = Network.Dense(inputs: width, units: units, activation: activations[pick(activations.count)], hasBias: pick(4) > 0)
            dense.trainsWeight = pick(5) > 0
            dense.trainsBias = pick(3) > 0
            if pick(4) == 0 { dense.l1 = 0.01 }
            if pick(4) == 0 { dense.l2 = 0.02 }
            layers.append(Network.Layer(name: "h\(index)", kind: .dense(dense), range: nil))
            if pick(3) == 0 { layers.append(Network.Layer(name: "d\(index)", kind: .dropout(rate: 0.3), range: nil)) }
            if pick(3) == 0 { layers.append(Network.Layer(name: "a\(index)", kind: .activation(activations[pick(activations.count)]), range: nil)) }
            width = units
        }
        let losses: [Loss] = [.mse, .mae, .huber(delta: 0.5), .sse, .crossEntropy(labelSmoothing: 0.1), .binaryCrossEntropy(labelSmoothing: 0)]
        network = Network(inputWidth: inputWidth, outputWidth: width, layers: layers, loss: losses[pick(losses.count)])
        let clips: [TrainingSpec.GradientClip] = [.none, .none, .norm(0.5), .value(0.1)]
        rule = UpdateRule(
            optimizer: Optimizer.allCases[pick(Optimizer.allCases.count)], weightDecay: pick(2) == 0 ? 0 : 0.01,
            decayBias: pick(2) == 0, clip: clips[pick(clips.count)])
        batchRows = 1 + pick(20)
        hasRowWeights = pick(3) == 0
    }

    /// Deterministic small numbers.
    func number(_ index: Int, _ substream: UInt64) -> Double { stream.uniform(UInt64(index), substream: substream) - 0.5 }
}

/// Runs a plan for some steps on made-up rows and gives the bits of its parameters and the losses.
struct PlanRun {
    let parameters: [UInt32]
    let losses: [Double]

    init?(_ plan: Plan, _ randomCase: RandomCase, steps: Int, threads: Int = 1, set: InstructionSet = .current) {
        let network = randomCase.network
        let rows = randomCase.batchRows
        guard let executor = Executor(plan, seed: 5, pool: ThreadPool(size: threads), set: set) else { return nil }
        for id in plan.parameterBuffers {
            let values = executor.pointer(id).assumingMemoryBound(to: Float.self)
            for index in 0..<plan[id].shape.elementsPerRow { values[index] = Float(randomCase.number(index, UInt64(id.index + 1) * 977)) }
        }
        var inputs = (0..<rows * network.inputWidth).map { Float(randomCase.number($0, 1)) * 4 }
        var values = (0..<rows * network.outputWidth).map { Float(randomCase.number($0, 2) + 0.5) }
        var classes = (0..<rows).map { Int32($0 % network.outputWidth) }
        var weights = (0..<rows).map { Float(1 + $0 % 3) }
        var order = (0..<Int32(rows)).map { $0 }
        executor.updateParameters.pointee.learningRate = 0.01
        executor.updateParameters.pointee.beta1 = 0.9
        executor.updateParameters.pointee.beta2 = 0.999
        executor.updateParameters.pointee.epsilon = 1e-8
        executor.updateParameters.pointee.rho = 0.9
        executor.updateParameters.pointee.momentum = 0.5
        executor.updateParameters.pointee.correction1 = 0.1
        executor.updateParameters.pointee.correction2 = 0.01
        executor.updateParameters.pointee.mu = 0.5
        executor.updateParameters.pointee.muNext = 0.6
        executor.updateParameters.pointee.muProduct = 0.5
        executor.updateParameters.pointee.muProductNext = 0.3
        var losses: [Double] = []
        inputs.withUnsafeMutableBytes { inputs in
            values.withUnsafeMutableBytes { values in
                classes.withUnsafeMutableBytes { classes in
                    weights.withUnsafeMutableBytes { weights in
                        order.withUnsafeMutableBufferPointer { order in
                            let targets =
                                network.loss.usesClassNumbers ? UnsafeRawPointer(classes.baseAddress!) : UnsafeRawPointer(values.baseAddress!)
                            let source = BatchSource(
                                inputs: inputs.baseAddress!, targets: targets, rowWeights: weights.baseAddress, order: order.baseAddress!)
                            for step in 1...steps {
                                executor.run(source, first: 0, rows: rows - (step % 2 == 0 && rows > 1 ? 1 : 0), step: UInt64(step))
                                losses.append(executor.lossTotals.sum)
                            }
                        }
                    }
                }
            }
        }
        self.losses = losses
        parameters = plan.parameterBuffers.flatMap { id in
            let values = executor.pointer(id).assumingMemoryBound(to: UInt32.self)
            return (0..<plan[id].shape.elementsPerRow).map { values[$0] }
        }
    }
}
