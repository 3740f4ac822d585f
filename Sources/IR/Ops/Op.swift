/// What a node of the graph computes. Each family is described in its own file in this folder (`OpDefinition`).
public enum Op: Sendable, Hashable {
    // Sources: filled from outside.
    case input
    case target
    case rowWeights
    case parameter
    case state
    case totals
    // Forward.
    /// With the activation behind it, `linear` for none; see the Fuse pass.
    case dense(Activation)
    case activation(Activation)
    case softmax
    case dropout(rate: Double, stream: String)
    case loss(Loss)
    // Gradients.
    case lossGradient(Loss)
    case lossWithGradient(Loss)
    /// With the gradient of the activation in front of the layer, `linear` for none; see the Fuse pass.
    case inputGradient(Activation)
    case weightGradient
    case columnSum
    case activationGradient(Activation)
    case softmaxGradient
    case dropoutGradient(rate: Double, stream: String)
    case add
    // From gradients to new parameters.
    case penaltyGradient(l1: Double, l2: Double)
    case squaredNorm
    case clipByNorm(limit: Double)
    case clipByValue(limit: Double)
    case update(Optimizer, weightDecay: Double)
    /// The gradient of a weight and its update in one; see the Fuse pass.
    case weightUpdate(Optimizer, weightDecay: Double)
    /// The same for a bias.
    case biasUpdate(Optimizer, weightDecay: Double)
}

/// A family of ops without its parameters; every one has a definition, a shape rule, a gradient rule and an instruction.
public enum OpKind: String, Sendable, CaseIterable {
    case input, target, rowWeights, parameter, state, totals
    case dense, activation, softmax, dropout, loss
    case lossGradient, lossWithGradient, inputGradient, weightGradient, columnSum, activationGradient, softmaxGradient, dropoutGradient, add
    case penaltyGradient, squaredNorm, clipByNorm, clipByValue, update, weightUpdate, biasUpdate
}

/// The description of an op family.
public struct OpDefinition: Sendable {
    public let kind: OpKind
    /// Names of the operands, in order; one with "?" may be absent, one with "..." repeats.
    public let operands: [String]
    /// Shapes and meaning in one line.
    public let summary: String
    /// Whether a gradient rule exists; false means "not differentiable", written down.
    public let isDifferentiable: Bool
}

extension Op {
    public var kind: OpKind {
        switch self {
        case .input: .input
        case .target: .target
        case .rowWeights: .rowWeights
        case .parameter: .parameter
        case .state: .state
        case .totals: .totals
        case .dense: .dense
        case .activation: .activation
        case .softmax: .softmax
        case .dropout: .dropout
        case .loss: .loss
        case .lossGradient: .lossGradient
        case .lossWithGradient: .lossWithGradient
        case .inputGradient: .inputGradient
        case .weightGradient: .weightGradient
        case .columnSum: .columnSum
        case .activationGradient: .activationGradient
        case .softmaxGradient: .softmaxGradient
        case .dropoutGradient: .dropoutGradient
        case .add: .add
        case .penaltyGradient: .penaltyGradient
        case .squaredNorm: .squaredNorm
        case .clipByNorm: .clipByNorm
        case .clipByValue: .clipByValue
        case .update: .update
        case .weightUpdate: .weightUpdate
        case .biasUpdate: .biasUpdate
        }
    }

    /// Whether the node changes its first operand, a parameter, in place.
    public var isUpdate: Bool {
        switch self {
        case .update, .weightUpdate, .biasUpdate: true
        default: false
        }
    }

    /// Whether the node's contents come from outside the tape.
    public var isSource: Bool {
        switch self {
        case .input, .target, .rowWeights, .parameter, .state, .totals: true
        default: false
        }
    }
}

extension Op: CustomStringConvertible {
    public var description: String {
        switch self {
        case .dense(let function): function == .linear ? "dense" : "dense(\(function.rawValue))"
        case .inputGradient(let function): "input_gradient" + (function == .linear ? "" : "(\(function.rawValue))")
        case .activation(let function): function.rawValue
        case .activationGradient(let function): "\(function.rawValue)_gradient"
        case .dropout(let rate, let stream): "dropout(rate: \(rate), stream: \(stream))"
        case .dropoutGradient(let rate, let stream): "dropout_gradient(rate: \(rate), stream: \(stream))"
        case .loss(let loss): "\(loss)"
        case .lossGradient(let loss): "gradient_of_\(loss)"
        case .lossWithGradient(let loss): "\(loss)_with_gradient"
        case .rowWeights: "row_weights"
        case .weightGradient: "weight_gradient"
        case .columnSum: "column_sum"
        case .softmaxGradient: "softmax_gradient"
        case .penaltyGradient(let l1, let l2): "penalty_gradient(l1: \(l1), l2: \(l2))"
        case .squaredNorm: "squared_norm"
        case .clipByNorm(let limit): "clip_by_norm(\(limit))"
        case .clipByValue(let limit): "clip_by_value(\(limit))"
        case .update(let optimizer, let decay): "\(optimizer.rawValue)_update" + (decay == 0 ? "" : "(weight_decay: \(decay))")
        case .weightUpdate(let optimizer, let decay): "weight_gradient_and_\(Op.update(optimizer, weightDecay: decay))"
        case .biasUpdate(let optimizer, let decay): "column_sum_and_\(Op.update(optimizer, weightDecay: decay))"
        default: kind.rawValue
        }
    }
}
