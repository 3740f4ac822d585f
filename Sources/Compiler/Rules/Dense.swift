import IR

/// Shapes and gradient of y = x W + b.
enum DenseRules {
    static func shape(_ operands: [Shape]) -> Shape {
        let weight = operands[1].dimensions
        precondition(operands[0].dimensions == [weight[0]], "dense: x is \(operands[0]), weight \(operands[1])")
        if operands.count > 2 { precondition(operands[2].dimensions == [weight[1]], "dense: bias is \(operands[2])") }
        return .rows(weight[1])
    }

    static func inputGradientShape(_ operands: [Shape]) -> Shape { .rows(operands[1].dimensions[0]) }
    static func weightGradientShape(_ operands: [Shape]) -> Shape { .matrix(operands[0].dimensions[0], operands[1].dimensions[0]) }
    static func columnSumShape(_ operands: [Shape]) -> Shape { .vector(operands[0].dimensions[0]) }

    /// dx = dy · W^T, dW = x^T · dy, db = sum of rows of dy; only those that are wanted.
    static func gradient(of node: Node, dy: NodeID, wanted: [Bool], in graph: inout Graph) -> [NodeID?] {
        var result: [NodeID?] = Array(repeating: nil, count: node.inputs.count)
        if wanted[0] {
            result[0] = graph.add(.inputGradient(.linear), [dy, node.inputs[1]], name: "gradient of \(node.name).input", origin: node.origin)
        }
        if wanted[1] {
            result[1] = graph.add(.weightGradient, [node.inputs[0], dy], name: "gradient of \(node.name).weight", origin: node.origin)
        }
        if node.inputs.count > 2, wanted[2] {
            result[2] = graph.add(.columnSum, [dy], name: "gradient of \(node.name).bias", origin: node.origin)
        }
        return result
    }
}
