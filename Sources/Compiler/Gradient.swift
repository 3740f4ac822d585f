import IR

/// Pass 4: backpropagation as graph: walks the nodes backwards and adds, for each, the nodes that make its operands' gradients.
///
/// Only what leads to a wanted parameter is built. Where a value is used twice its gradients are added in the order of the walk.
package enum Gradient {
    /// Adds the gradients of the loss with respect to `wanted` and lists them in the graph.
    package static func run(_ graph: inout Graph, wanted: Set<NodeID>) {
        guard let loss = graph.loss else { preconditionFailure("a graph without a loss has no gradients") }
        let count = graph.nodes.count
        var leadsToWanted = Array(repeating: false, count: count)
        for id in graph.ids {
            leadsToWanted[id.index] = wanted.contains(id) || graph[id].inputs.contains { leadsToWanted[$0.index] }
        }
        var gradients: [NodeID?] = Array(repeating: nil, count: count)
        for index in stride(from: loss.index, through: 0, by: -1) where leadsToWanted[index] {
            let id = NodeID(index)
            guard id == loss || gradients[index] != nil else { continue }
            let node = graph[id]
            let needed = node.inputs.map { leadsToWanted[$0.index] }
            let made = operandGradients(of: node, id, dy: gradients[index], wanted: needed, in: &graph)
            for (input, gradient) in zip(node.inputs, made) {
                guard let gradient, leadsToWanted[input.index] else { continue }
                if let earlier = gradients[input.index] {
                    gradients[input.index] = graph.add(.add, [earlier, gradient], name: "sum of gradients of \(graph[input].name)")
                } else {
                    gradients[input.index] = gradient
                }
            }
        }
        graph.gradients = wanted.sorted().compactMap { parameter in gradients[parameter.index].map { (parameter, $0) } }
        ShapeInference.run(&graph)
    }

    /// One entry per op; what has none is not differentiable and never stands between a parameter and the loss.
    static func operandGradients(of node: Node, _ id: NodeID, dy: NodeID?, wanted: [Bool], in graph: inout Graph) -> [NodeID?] {
        if case .loss(let loss) = node.op { return [LossRules.gradient(of: node, id, loss, in: &graph)] }
        guard let dy else { return [] }
        switch node.op {
        case .parameter: return []
        case .dense: return DenseRules.gradient(of: node, dy: dy, wanted: wanted, in: &graph)
        case .activation(let function): return [ActivationRules.gradient(of: node, id, function, dy: dy, in: &graph)]
        case .softmax: return [SoftmaxRules.gradient(of: node, id, dy: dy, in: &graph)]
        case .dropout(let rate, let stream): return [DropoutRules.gradient(of: node, rate: rate, stream: stream, dy: dy, in: &graph)]
        case .loss, .input, .target, .rowWeights, .state, .totals, .lossGradient, .lossWithGradient, .inputGradient, .weightGradient, .columnSum,
            .activationGradient,
            .softmaxGradient, .dropoutGradient, .add, .penaltyGradient, .squaredNorm, .clipByNorm, .clipByValue, .update, .weightUpdate,
            .biasUpdate:
            preconditionFailure("\(node.op) is not differentiable")
        }
    }
}
