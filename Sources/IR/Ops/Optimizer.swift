/// The update rule of a parameter; formulas as PyTorch's optimizers.
public enum Optimizer: String, Sendable, CaseIterable {
    case sgd, sgd_momentum, adam, adamw, nadam, rmsprop, rmsprop_momentum, adagrad

    /// State tensors of the parameter's shape that the rule keeps, by name.
    public var states: [String] {
        switch self {
        case .sgd: []
        case .sgd_momentum: ["velocity"]
        case .adam, .adamw, .nadam: ["moment1", "moment2"]
        case .rmsprop: ["mean_square"]
        case .rmsprop_momentum: ["mean_square", "velocity"]
        case .adagrad: ["sum_of_squares"]
        }
    }
}

extension OpDefinition {
    static let state = OpDefinition(
        kind: .state, operands: [], summary: "Optimizer state of a parameter, zero at the start.", isDifferentiable: false)
    static let update = OpDefinition(
        kind: .update, operands: ["parameter", "gradient", "state..."], summary: "One optimizer step, in place.", isDifferentiable: false)
    static let weightUpdate = OpDefinition(
        kind: .weightUpdate, operands: ["parameter", "x", "dy", "state..."],
        summary: "One optimizer step, in place, with the gradient dW[I,O] = x[B,I]^T · dy[B,O], some rows of it at a time.", isDifferentiable: false)
    static let biasUpdate = OpDefinition(
        kind: .biasUpdate, operands: ["parameter", "dy", "state..."],
        summary: "One optimizer step, in place, with the gradient db[O] = sum over rows of dy[B,O].", isDifferentiable: false)
    static let penaltyGradient = OpDefinition(
        kind: .penaltyGradient, operands: ["gradient", "parameter"], summary: "g + l1 sign(w) + 2 l2 w.", isDifferentiable: false)
    static let squaredNorm = OpDefinition(
        kind: .squaredNorm, operands: ["gradient..."], summary: "Sum of squares of all gradients together, in Double.", isDifferentiable: false)
    static let clipByNorm = OpDefinition(
        kind: .clipByNorm, operands: ["gradient", "squared_norm"], summary: "g * min(1, limit / norm).", isDifferentiable: false)
    static let clipByValue = OpDefinition(
        kind: .clipByValue, operands: ["gradient"], summary: "g clamped to -limit ... limit.", isDifferentiable: false)
}
