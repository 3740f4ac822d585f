import Compiler
import Execution
import IR
import SpecLanguage
import Testing

/// Every op's gradient against central differences in float64, inputs kept off kinks.
@Suite struct GradientCheckTests {
    static let rows = 5
    static let rule = UpdateRule(optimizer: .sgd)

    @Test(arguments: ActivationName.allCases) func activation(_ name: ActivationName) throws {
        try check(layers: [("h", 4, 6, name), ("out", 6, 2, .tanh)], loss: .mse)
    }

    @Test(arguments: [
        Loss.mse, .mae, .huber(delta: 0.4), .sse, .crossEntropy(labelSmoothing: 0), .crossEntropy(labelSmoothing: 0.2),
        .binaryCrossEntropy(labelSmoothing: 0), .binaryCrossEntropy(labelSmoothing: 0.1), .klDivergence,
    ])
    func loss(_ loss: Loss) throws {
        let last: ActivationName =
            switch loss {
            case .crossEntropy, .klDivergence: .softmax
            case .binaryCrossEntropy: .sigmoid
            default: .linear
            }
        for hasRowWeights in [false, true] { try check(layers: [("h", 4, 5, .tanh), ("out", 5, 3, last)], loss: loss, hasRowWeights: hasRowWeights) }
    }

    @Test func dropoutKeepsItsMask() throws {
        try check(layers: [("h", 4, 40, .tanh), ("out", 40, 2, .linear)], loss: .mse, dropout: 0.4)
    }

    /// A value that two layers read: its gradients are added.
    @Test func fanOut() throws {
        var graph = Graph()
        let x = graph.add(.input, name: "input", shape: .rows(3))
        let w = graph.add(.parameter, name: "h.weight", shape: .matrix(3, 3))
        let h = graph.add(.dense(.linear), [x, w], name: "h")
        let v = graph.add(.parameter, name: "out.weight", shape: .matrix(3, 3))
        let once = graph.add(.dense(.linear), [h, v], name: "once")
        let twice = graph.add(.dense(.linear), [once, v], name: "twice")
        let target = graph.add(.target, name: "target", shape: .rows(3))
        graph.prediction = twice
        graph.loss = graph.add(.loss(.mse), [twice, target], name: "loss", element: .float64)
        ShapeInference.run(&graph)
        Gradient.run(&graph, wanted: [w, v])
        #expect(graph.nodes.contains { $0.op == .add })
        try compare(graph, inputs: 3, outputs: 3, classNumbers: false, hasRowWeights: false)
    }

    private func check(layers: [(String, Int, Int, ActivationName)], loss: Loss, hasRowWeights: Bool = false, dropout: Double = 0) throws {
        var list: [Network.Layer] = []
        for (name, inputs, units, activation) in layers {
            list.append(
                Network.Layer(
                    name: name, kind: .dense(Network.Dense(inputs: inputs, units: units, activation: activation, hasBias: true)), range: nil))
            if dropout > 0, name == "h" { list.append(Network.Layer(name: "drop", kind: .dropout(rate: dropout), range: nil)) }
        }
        let network = Network(inputWidth: layers[0].1, outputWidth: layers[layers.count - 1].2, layers: list, loss: loss)
        var graph = Pipeline.forwardGraph(network, hasRowWeights: hasRowWeights)
        Gradient.run(&graph, wanted: Set(graph.ids.filter { graph[$0].op == .parameter }))
        try compare(
            graph, inputs: network.inputWidth, outputs: network.outputWidth, classNumbers: loss.usesClassNumbers, hasRowWeights: hasRowWeights,
            isSum: loss.isSum)
    }

    /// Compares every element of every gradient with (L(w + h) - L(w - h)) / 2h.
    private func compare(_ graph: Graph, inputs: Int, outputs: Int, classNumbers: Bool, hasRowWeights: Bool, isSum: Bool = false) throws {
        let plan = Pipeline.plan(graph, capacity: Self.rows, precision: .float64, sharing: false)
        #expect(Verifier.problems(in: plan).isEmpty)
        let executor = try #require(Executor(plan, seed: 1, pool: ThreadPool(size: 1)))
        func noise(_ i: Int, _ salt: Int) -> Double { Double((i &* 7919 &+ salt &* 104_729 &+ 31) % 1009) / 1009 - 0.5 }
        for id in plan.parameterBuffers {
            let values = executor.pointer(id).assumingMemoryBound(to: Double.self)
            for index in 0..<plan[id].shape.elementsPerRow { values[index] = noise(index, id.index) * 1.3 + 0.011 }
        }
        let x = (0..<Self.rows * inputs).map { noise($0, 3) * 2.2 + 0.017 }
        let t = (0..<Self.rows * outputs).map { (noise($0, 5) + 0.5) * 0.9 + 0.05 }
        let classes = (0..<Int32(Self.rows)).map { $0 % Int32(outputs) }
        let weights = (0..<Self.rows).map { 0.5 + Double($0) }
        let order = (0..<Int32(Self.rows)).map { $0 }
        func loss() -> Double {
            x.withUnsafeBytes { x in
                t.withUnsafeBytes { t in
                    classes.withUnsafeBytes { classes in
                        weights.withUnsafeBytes { weights in
                            order.withUnsafeBufferPointer { order in
                                executor.run(
                                    BatchSource(
                                        inputs: x.baseAddress!, targets: classNumbers ? classes.baseAddress! : t.baseAddress!,
                                        rowWeights: weights.baseAddress!, order: order.baseAddress!), first: 0, rows: Self.rows, step: 9)
                            }
                        }
                    }
                }
            }
            let totals = executor.lossTotals
            return isSum ? totals.sum : totals.sum / totals.weight
        }
        var largest = 0.0
        for (parameter, gradient) in plan.gradients {
            let count = plan[parameter].shape.elementsPerRow
            _ = loss()
            let analytic = (0..<count).map { executor.pointer(gradient).assumingMemoryBound(to: Double.self)[$0] }
            let values = executor.pointer(parameter).assumingMemoryBound(to: Double.self)
            for index in 0..<count {
                let (old, h) = (values[index], 1e-5)
                values[index] = old + h
                let above = loss()
                values[index] = old - h
                let below = loss()
                values[index] = old
                let numeric = (above - below) / (2 * h)
                largest = max(largest, analytic[index].magnitude)
                #expect(
                    (analytic[index] - numeric).magnitude <= 1e-8 + 1e-6 * numeric.magnitude,
                    "\(plan[parameter].name)[\(index)]: analytic \(analytic[index]), numeric \(numeric)")
            }
        }
        #expect(largest > 1e-3, "gradients that are all zero prove nothing")
    }
}
