/// A loss with its parameters. The fused ones take logits and hold their activation.
public enum Loss: Sendable, Hashable, CustomStringConvertible {
    case crossEntropy(labelSmoothing: Double)
    case binaryCrossEntropy(labelSmoothing: Double)
    case mse
    case mae
    case huber(delta: Double)
    case sse
    case klDivergence

    public var name: String {
        switch self {
        case .crossEntropy: "cross_entropy"
        case .binaryCrossEntropy: "binary_cross_entropy"
        case .mse: "mse"
        case .mae: "mae"
        case .huber: "huber"
        case .sse: "sse"
        case .klDivergence: "kl_divergence"
        }
    }

    public var description: String {
        switch self {
        case .crossEntropy(let smoothing), .binaryCrossEntropy(let smoothing):
            smoothing == 0 ? name : "\(name)(label_smoothing: \(smoothing))"
        case .huber(let delta): "huber(delta: \(delta))"
        default: name
        }
    }

    /// The number handed to the kernel: label smoothing or delta.
    public var parameter: Double {
        switch self {
        case .crossEntropy(let smoothing), .binaryCrossEntropy(let smoothing): smoothing
        case .huber(let delta): delta
        default: 0
        }
    }

    /// Whether targets are class numbers rather than a row of numbers.
    public var usesClassNumbers: Bool {
        if case .crossEntropy = self { return true }
        return false
    }

    /// Whether the loss of a part is the sum over its rows, not their mean.
    public var isSum: Bool { self == .sse }
}

extension OpDefinition {
    static let loss = OpDefinition(
        kind: .loss, operands: ["x", "target", "row_weights?"],
        summary: "totals[2] = (sum of weighted row losses, sum of row weights), from x[B,n] and the targets.", isDifferentiable: true)
    static let lossGradient = OpDefinition(
        kind: .lossGradient, operands: ["x", "target", "totals", "row_weights?"],
        summary: "dx[B,n] = gradient of totals[0] / totals[1] (of totals[0] for sse).", isDifferentiable: false)
    static let lossWithGradient = OpDefinition(
        kind: .lossWithGradient, operands: ["x", "target", "totals", "row_weights?"],
        summary: "dx[B,n] as the gradient's, and totals[2] as the loss's, filled on the way.", isDifferentiable: false)
    static let totals = OpDefinition(
        kind: .totals, operands: [], summary: "Room for the totals of a loss that is computed with its gradient.", isDifferentiable: false)
}
