extension Explanation {
    static let gradients: [Explanation] = [
        Explanation(
            "E2082 gradients of no finite loss",
            "`gradcheck` compares the gradients of the first batch, at the initial weights, with differences of its loss. This loss is "
                + "infinite or no number, so there are none. Huge features, targets or initial weights are the usual reason.",
            given: .yaml("data: {path: flowers.csv, target: weight}\nmodel: {layers: [1], initializer: {normal: {std: 1e200}}}"),
            .sh("nnspec gradcheck flowers.yaml"), .yaml("data: {path: flowers.csv, target: weight}\nmodel: {layers: [1]}"))
    ]

    static let promises: [Explanation] = [
        Explanation(
            "E5082 gradient that is off",
            "A gradient that nnspec computes is not the derivative of the loss: central differences in float64 give another number. The message names "
                + "the tensor and its worst element. An element at a kink of the loss (relu at 0) is compared beside it and never counts as off. "
                + "No spec should bring this about; it is a bug of nnspec.",
            .text("nnspec gradcheck flowers.yaml, with a kernel that is wrong"), .text("please report it with the spec and the data"))
    ]
}
