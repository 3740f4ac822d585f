extension Explanation {
    static let gradients: [Explanation] = [
        Explanation(
            "E5082 gradient that is off",
            "A gradient that nnspec computes is not the derivative of the loss: central differences in float64 give another number. The message "
                + "names the tensor and its worst element. An element at a kink of the loss (relu at 0) is "
                + "compared beside it and never counts as off. "
                + "No spec should bring this about; it is a bug of nnspec.",
            .text("nnspec gradcheck flowers.yaml, with a kernel that is wrong"), .text("please report it with the spec and the data"))
    ]

    /// Settings that do not go with L-BFGS.
    static let limitedMemory: [Explanation] = [
        Explanation(
            "E0382 batches with lbfgs",
            "L-BFGS goes along a direction as far as a line search says, and this compares losses: of all training rows, always the same. "
                + "Without a `batch_size` it is `full`.",
            .yaml("optimizer: {type: ⟪lbfgs⟫}\ntraining: {batch_size: ⟦16⟧}"), .yaml("optimizer: {type: lbfgs}\ntraining: {batch_size: full}")),
        Explanation(
            "E0383 dropout with lbfgs",
            "Dropout silences other units every time, so that the loss is never the same twice, and a line search that compares losses goes astray.",
            .yaml("model: {layers: [8, ⟦{dropout: 0.2}⟧, auto]}\noptimizer: ⟪lbfgs⟫"),
            .yaml("model: {layers: [{dense: {units: 8, l2: 0.001}}, auto]}\noptimizer: lbfgs")),
        Explanation(
            "E0384 setting that does not go with lbfgs",
            "The line search of L-BFGS chooses the size of every step, on all rows and along the true gradient. What schedules rates, bounds "
                + "gradients or orders rows would disturb it or do nothing.",
            .yaml("optimizer: ⟪lbfgs⟫\ntraining: {gradient_clip: ⟦{norm: 1}⟧}"), .yaml("optimizer: lbfgs")),
        Explanation(
            "E0385 l1 with lbfgs",
            "L-BFGS takes the loss for smooth. The penalty l1 |w| has a kink at 0, and there the weights it is meant to send to 0 would hold "
                + "the whole search up.",
            .yaml("model: {layers: [{dense: {units: 8, l1: ⟦0.01⟧}}, auto]}\noptimizer: ⟪lbfgs⟫"),
            .yaml("model: {layers: [{dense: {units: 8, l2: 0.01}}, auto]}\noptimizer: lbfgs")),
        Explanation(
            "E0386 constants of the line search",
            "A step has to lower the loss by c1 of what the slope promises, and to leave at most c2 of the slope. Only with c1 < c2 is there always "
                + "such a step.",
            .yaml("optimizer: {type: lbfgs, c1: ⟦0.5⟧, c2: ⟪0.1⟫}"), .yaml("optimizer: lbfgs")),
        Explanation(
            "E0387 learning rate of lbfgs", "L-BFGS searches for the length of every step itself, so `find-lr` has nothing to look for.",
            given: .yaml("optimizer: ⟦lbfgs⟧"), .sh("nnspec find-lr flowers.yaml"), .sh("nnspec train flowers.yaml")),
    ]

    static let convergence: [Explanation] = [
        Explanation(
            "N2082 converged",
            "L-BFGS has come to a minimum as far as the tolerances, or the precision, tell: further epochs would change nothing. "
                + "The stop reason of evaluation.json is `converged`.",
            .yaml(
                "data: {path: flowers.csv, target: weight}\nmodel: {layers: [1]}\noptimizer: {type: ⟦lbfgs⟧}\n"
                    + "training: {epochs: 200}"),
            .yaml("data: {path: flowers.csv, target: weight}\nmodel: {layers: [1]}\noptimizer: adam"))
    ]
}
