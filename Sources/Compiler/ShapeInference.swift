import IR

/// Pass 3: every node gets its shape from its operands' shapes, by the rules in Rules/.
package enum ShapeInference {
    /// Gives every node without a shape the one that its op and its operands make.
    package static func run(_ graph: inout Graph) {
        for id in graph.ids where graph[id].shape == nil {
            let node = graph[id]
            graph.setShape(shape(of: node.op, operands: node.inputs.map { graph.shape($0) }), of: id)
        }
    }

    /// Precondition: the operands fit; the network was resolved with matching widths.
    static func shape(of op: Op, operands: [Shape]) -> Shape {
        switch op {
        case .input, .target, .rowWeights, .parameter, .state, .totals: preconditionFailure("a source declares its shape")
        case .dense: DenseRules.shape(operands)
        case .inputGradient: DenseRules.inputGradientShape(operands)
        case .weightGradient: DenseRules.weightGradientShape(operands)
        case .columnSum: DenseRules.columnSumShape(operands)
        case .loss, .squaredNorm: .vector(op.kind == .loss ? 2 : 1)
        case .lossGradient, .lossWithGradient, .activation, .activationGradient, .softmax, .softmaxGradient, .dropout, .dropoutGradient: operands[0]
        case .add, .penaltyGradient, .clipByNorm, .clipByValue, .update, .weightUpdate, .biasUpdate: operands[0]
        }
    }
}
