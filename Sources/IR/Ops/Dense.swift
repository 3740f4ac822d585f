extension OpDefinition {
    static let dense = OpDefinition(
        kind: .dense, operands: ["x", "weight", "bias?"], summary: "y[B,O] = f(x[B,I] · weight[I,O] + bias[O]).", isDifferentiable: true)
    static let inputGradient = OpDefinition(
        kind: .inputGradient, operands: ["dy", "weight", "saved?"], summary: "dx[B,I] = dy[B,O] · weight[I,O]^T, times f'(saved[B,I]).",
        isDifferentiable: false)
    static let weightGradient = OpDefinition(
        kind: .weightGradient, operands: ["x", "dy"], summary: "dW[I,O] = sum over rows of x[B,I]^T · dy[B,O].", isDifferentiable: false)
    static let columnSum = OpDefinition(
        kind: .columnSum, operands: ["dy"], summary: "db[O] = sum over rows of dy[B,O].", isDifferentiable: false)
    static let add = OpDefinition(kind: .add, operands: ["a", "b"], summary: "a + b, element by element.", isDifferentiable: false)
}
