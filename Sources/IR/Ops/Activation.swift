/// An elementwise activation. Definitions and gradients as in PyTorch (torch.nn.functional), with their default parameters.
public enum Activation: String, Sendable, CaseIterable {
    case linear, relu, leaky_relu, elu, selu, gelu, gelu_tanh, silu, softplus, softsign, sigmoid, tanh, hard_sigmoid, hard_swish, mish, relu6

    /// Whether the gradient is made from the output y (else from the input x). What is not needed need not be kept.
    public var gradientUsesOutput: Bool {
        switch self {
        case .relu, .leaky_relu, .elu, .selu, .sigmoid, .tanh, .relu6: true
        case .linear, .gelu, .gelu_tanh, .silu, .softplus, .softsign, .hard_sigmoid, .hard_swish, .mish: false
        }
    }
}

extension OpDefinition {
    static let activation = OpDefinition(
        kind: .activation, operands: ["x"], summary: "y[B,n] = f(x), element by element.", isDifferentiable: true)
    static let activationGradient = OpDefinition(
        kind: .activationGradient, operands: ["dy", "saved"], summary: "dx = dy * f'(.), from x or y of the forward pass.", isDifferentiable: false)
}
