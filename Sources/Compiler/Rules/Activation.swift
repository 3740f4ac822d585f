import IR

/// Gradients of the elementwise activations, of softmax and of dropout.
enum ActivationRules {
    static func gradient(of node: Node, _ id: NodeID, _ function: Activation, dy: NodeID, in graph: inout Graph) -> NodeID {
        guard function != .linear else { return dy }
        let saved = function.gradientUsesOutput ? id : node.inputs[0]
        return graph.add(.activationGradient(function), [dy, saved], name: "gradient of \(node.name)", origin: node.origin)
    }
}

enum SoftmaxRules {
    static func gradient(of node: Node, _ id: NodeID, dy: NodeID, in graph: inout Graph) -> NodeID {
        graph.add(.softmaxGradient, [dy, id], name: "gradient of \(node.name)", origin: node.origin)
    }
}

enum DropoutRules {
    static func gradient(of node: Node, rate: Double, stream: String, dy: NodeID, in graph: inout Graph) -> NodeID {
        graph.add(.dropoutGradient(rate: rate, stream: stream), [dy], name: "gradient of \(node.name)", origin: node.origin)
    }
}

enum LossRules {
    /// The gradient of the mean loss with respect to the network's output.
    static func gradient(of node: Node, _ id: NodeID, _ loss: Loss, in graph: inout Graph) -> NodeID {
        graph.add(
            .lossGradient(loss), [node.inputs[0], node.inputs[1], id] + node.inputs.dropFirst(2), name: "gradient of loss", origin: node.origin)
    }
}
