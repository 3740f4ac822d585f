import Compiler
import Datasets
import Diagnostics
import SpecLanguage

extension Diagnostic {
    static func noMemory(_ bytes: Int) -> Diagnostic {
        Diagnostic("E3901", "the system has no memory for this run: it wants \(bytes) bytes", fix: "use fewer units or a smaller batch_size")
    }

    /// - Parameters:
    ///   - origin: where it began; nil if that is not known.
    ///   - rows: where the rows of the batch stand ("lines 2, 3, 5 of train.csv").
    ///   - kept: what is left of the run.
    package static func diverged(_ found: Nonfinite, _ origin: DivergenceOrigin?, rows: String?, kept: [String], _ setup: TrainingSetup) -> Diagnostic
    {
        let optimizer = setup.spec.optimizer
        if optimizer.type.value == .lbfgs { return divergedAtOnce(found, origin, rows: rows, kept: kept, setup) }
        let value = optimizer.learningRate.value
        // A rate that is far too large is not mended by a tenth of it.
        let better = value <= 1 ? NumberText.of(value / 10) : optimizer.type.value == .sgd ? "0.01" : "0.001"
        var notes: [String] = []
        if let origin {
            var gradient = ""
            if let (name, size) = origin.largestGradient {
                gradient = "; before that the largest number of a gradient was \(NumberText.of(size)), in that of \(name)"
            }
            notes.append("it began in batch \(origin.batch), in \(origin.what)\(gradient)")
        }
        if let rows { notes.append("the rows of that batch: \(rows)") }
        notes.append("a smaller learning_rate (now \(NumberText.of(value)))\(remedies(setup)) usually helps")
        return diverged(
            found, origin, at: optimizer.learningRate.range, label: "learning_rate is \(NumberText.of(value))", notes: notes + kept,
            fix: "try `learning_rate: \(better)`")
    }

    private static func diverged(
        _ found: Nonfinite, _ origin: DivergenceOrigin?, at place: SourceRange?, label: String, notes: [String], fix: String
    ) -> Diagnostic {
        Diagnostic(
            "E2001", "training diverged in \(found.place): \(found.what) is not finite", at: place, label: place == nil ? "" : label,
            related: origin?.layer?.range.map { [.init($0, "it began here")] } ?? [], notes: notes, fix: fix)
    }

    /// L-BFGS never goes to where the loss is not finite, so it was not where it began.
    private static func divergedAtOnce(
        _ found: Nonfinite, _ origin: DivergenceOrigin?, rows: String?, kept: [String], _ setup: TrainingSetup
    ) -> Diagnostic {
        var notes = origin.map { ["it began in \($0.what)"] } ?? []
        if found.what != "the validation loss" {
            notes.append("L-BFGS makes only steps after which the loss is finite, so the numbers it met here are huge")
        }
        if let rows { notes.append("the rows: \(rows)") }
        return diverged(
            found, origin, at: setup.spec.optimizer.type.range, label: "the optimizer", notes: notes + kept,
            fix: "look for huge numbers in features, targets and initial weights")
    }

    static func converged(
        _ reason: LimitedMemoryOptimizer.Convergence, epoch: Int, isGuess: Bool, at place: SourceRange?
    ) -> Diagnostic {
        let words =
            switch reason {
            case .gradient(let largest): "the largest number of the gradient is \(NumberText.of(largest)), not above tolerance_grad"
            case .change(let fall, let change):
                "the last step lowered the loss by \(NumberText.of(fall)) and moved no weight by more than \(NumberText.of(change)), "
                    + "which is within tolerance_change"
            case .noStep: "no step along the last direction makes the loss any less in this precision"
            }
        return Diagnostic(
            "N2082", "L-BFGS converged in epoch \(epoch): \(words)", at: place,
            notes: isGuess ? ["on the training rows it is no better than guessing: this is a plateau of the loss, or there is nothing to learn"] : [],
            fix: isGuess ? "try another `seed`, `initializer` or `activation`, or begin with `type: adam`" : nil)
    }

    /// What else there is to do, of what is not done already.
    private static func remedies(_ setup: TrainingSetup) -> String {
        var words: [String] = []
        let isRaw = setup.data.preprocessing.features.contains { feature in
            if case .number(normalize: .none, _, _, _) = feature.kind { return true }
            return false
        }
        if isRaw { words.append("`normalize: zscore` for the features") }
        if case .values(_, _, let scales) = setup.data.target, scales.allSatisfy({ $0 == 1 }) { words.append("`normalize_target: zscore`") }
        if case .none = setup.spec.training.gradientClip { words.append("`gradient_clip: {norm: 1}`") }
        return words.isEmpty ? "" : words.count == 1 ? " or \(words[0])" : ", " + words.dropLast().joined(separator: ", ") + " or \(words.last ?? "")"
    }

    static func rateHalved(_ progress: TrainingProgress, at place: SourceRange?) -> Diagnostic {
        let times = progress.halvings.count
        var epochs: [Int] = []
        for epoch in progress.halvings where epochs.last != epoch { epochs.append(epoch) }
        let list = epochs.prefix(10).map(String.init).joined(separator: ", ") + (epochs.count > 10 ? ", ..." : "")
        return Diagnostic(
            "W2003",
            "a number was not finite in epoch\(epochs.count == 1 ? "" : "s") \(list): the learning rate was halved "
                + (times == 1 ? "once" : "\(times) times") + ", and is \(NumberText.of(progress.rateFactor)) of what the spec says", at: place,
            notes: ["each time the training went back to the end of the epoch before, and after five times in one epoch to its start"],
            fix: "write a smaller learning_rate, so that no epoch is done twice")
    }

    static func nothingToChooseBy(_ monitor: String, at place: SourceRange?) -> Diagnostic {
        Diagnostic(
            "W2001", "`\(monitor)` was undefined in every epoch, so there is no best one: the last was kept", at: place,
            fix: "choose another `monitor`, or hold back validation rows of every class")
    }

    static func initialWeightsLack(_ layer: Network.Layer, _ path: Sourced<String>?) -> Diagnostic {
        Diagnostic(
            "E1906", "the initial weights have no dense layer called \(layer.name)", at: layer.range,
            related: path?.range.map { [.init($0, "the initial weights")] } ?? [], fix: "give the layer the `name:` that the weights file uses")
    }

    static func initialWeightsShape(
        _ layer: Network.Layer, _ found: Matrix, hasBias: Bool, _ wanted: Network.Dense, _ path: Sourced<String>?
    ) -> Diagnostic {
        func shape(_ rows: Int, _ columns: Int, _ hasBias: Bool) -> String { "\(rows) x \(columns) with\(hasBias ? " a" : "out a") bias" }
        return Diagnostic(
            "E1907",
            "the initial weights of layer \(layer.name) are \(shape(found.rows, found.columns, hasBias)), the network wants "
                + shape(wanted.inputs, wanted.units, wanted.hasBias), at: layer.range,
            related: path?.range.map { [.init($0, "the initial weights")] } ?? [],
            fix: found.rows != wanted.inputs
                ? "the layer's inputs come from the layer or the data before it: these have to be as they were"
                : found.columns != wanted.units ? "write `units: \(found.columns)`, as in the file" : "write `bias: \(hasBias)`, as in the file")
    }
}

extension Nonfinite {
    /// "epoch 6, batch 1".
    var place: String { "epoch \(epoch)" + (batch.map { ", batch \($0)" } ?? "") }
}
