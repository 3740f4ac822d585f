extension OpDefinition {
    static let softmax = OpDefinition(
        kind: .softmax, operands: ["x"], summary: "y[B,n] = exp(x) / sum of the row, stably.", isDifferentiable: true)
    static let softmaxGradient = OpDefinition(
        kind: .softmaxGradient, operands: ["dy", "y"], summary: "dx[B,n] = y (dy - sum of the row of dy y).", isDifferentiable: false)
}
