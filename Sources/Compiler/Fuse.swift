import IR

/// Pass 6: what belongs together becomes one instruction: an activation with the dense layer in front of it, its gradient with the product
/// that makes what it is multiplied by, cross entropy with its gradient, and the gradient of a weight or bias with its update. The numbers stay
/// the same to the bit; they pass through memory once.
enum Fuse {
    static func run(_ graph: inout Graph, keepsGradients: Bool) {
        var rewriting = Rewriting(graph, keepsGradients: keepsGradients)
        graph = rewriting.run()
    }

    private struct Rewriting {
        let graph: Graph
        let keepsGradients: Bool
        /// How many nodes read a node, by its number.
        private var readers: [Int]
        /// Losses whose gradient is computed too, by number: the gradient.
        private var gradientOfLoss: [Int: NodeID] = [:]
        private var result = Graph()
        private var number: [NodeID: NodeID] = [:]

        init(_ graph: Graph, keepsGradients: Bool) {
            self.graph = graph
            self.keepsGradients = keepsGradients
            readers = Array(repeating: 0, count: graph.nodes.count)
            for node in graph.nodes { for input in node.inputs { readers[input.index] += 1 } }
            for id in graph.ids {
                if case .lossGradient(.crossEntropy) = graph[id].op { gradientOfLoss[graph[id].inputs[2].index] = id }
            }
        }

        mutating func run() -> Graph {
            let absorbed = Set(graph.ids.compactMap { absorbedOperand(of: $0) })
            for id in graph.ids where !absorbed.contains(id) { copy(id) }
            result.prediction = graph.prediction.flatMap { number[$0] }
            result.loss = graph.loss.flatMap { number[$0] }
            result.gradients = graph.gradients.compactMap { pair in
                guard let parameter = number[pair.parameter], let gradient = number[pair.gradient] else { return nil }
                return (parameter, gradient)
            }
            return result
        }

        /// The node that is computed together with this one, if it is of no use to others.
        private func absorbedOperand(of id: NodeID) -> NodeID? {
            let inputs = graph[id].inputs
            guard let operand = graph[id].op.isUpdate ? inputs[1] : inputs.first, readers[operand.index] == 1 else { return nil }
            switch (graph[id].op, graph[operand].op) {
            case (.activation, .dense(.linear)): return operand == graph.prediction ? nil : operand
            case (.activationGradient, .inputGradient(.linear)): return operand
            case (.update, .weightGradient), (.update, .columnSum): return keepsGradients ? nil : operand
            default: return nil
            }
        }

        private mutating func copy(_ id: NodeID) {
            let node = graph[id]
            let op: Op
            var inputs = node.inputs
            switch node.op {
            case .activation(let function) where absorbedOperand(of: id) != nil:
                op = .dense(function)
                inputs = graph[node.inputs[0]].inputs
            case .activationGradient(let function) where absorbedOperand(of: id) != nil:
                op = .inputGradient(function)
                inputs = graph[node.inputs[0]].inputs + [node.inputs[1]]
            case .update(let optimizer, let decay) where absorbedOperand(of: id) != nil:
                let isWeight = graph[inputs[1]].op == .weightGradient
                op = isWeight ? .weightUpdate(optimizer, weightDecay: decay) : .biasUpdate(optimizer, weightDecay: decay)
                inputs = [inputs[0]] + graph[inputs[1]].inputs + inputs.dropFirst(2)
            case .loss where gradientOfLoss[id.index] != nil:
                op = .totals
                inputs = []
            case .lossGradient(let loss) where gradientOfLoss[node.inputs[2].index] == id: op = .lossWithGradient(loss)
            default: op = node.op
            }
            number[id] = result.add(
                op, inputs.compactMap { number[$0] }, name: node.name, origin: node.origin, shape: node.shape, element: node.element)
        }
    }
}
