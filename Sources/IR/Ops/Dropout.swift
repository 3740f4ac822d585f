extension OpDefinition {
    static let dropout = OpDefinition(
        kind: .dropout, operands: ["x"], summary: "Zeroes a share of the elements and scales the rest; absent from inference.", isDifferentiable: true
    )
    static let dropoutGradient = OpDefinition(
        kind: .dropoutGradient, operands: ["dy"], summary: "The same mask and scale on dy, made again from the stream.", isDifferentiable: false)
}
