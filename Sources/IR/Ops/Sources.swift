extension OpDefinition {
    static let input = OpDefinition(kind: .input, operands: [], summary: "The features of the batch, gathered: [B,I].", isDifferentiable: false)
    static let target = OpDefinition(
        kind: .target, operands: [], summary: "The targets of the batch: class numbers [B] or rows of numbers [B,O].", isDifferentiable: false)
    static let rowWeights = OpDefinition(kind: .rowWeights, operands: [], summary: "The weight of each row: [B].", isDifferentiable: false)
    static let parameter = OpDefinition(kind: .parameter, operands: [], summary: "A weight or bias; lives across steps.", isDifferentiable: true)

    /// Definitions of all families, in the order of `OpKind`.
    public static let all: [OpDefinition] = [
        input, target, rowWeights, parameter, state, totals, dense, activation, softmax, dropout, loss, lossGradient, lossWithGradient,
        inputGradient, weightGradient, columnSum, activationGradient, softmaxGradient, dropoutGradient, add, penaltyGradient, squaredNorm,
        clipByNorm, clipByValue, update, weightUpdate, biasUpdate,
    ]
}
