import Diagnostics

/// The schedule against the other settings.
extension SpecChecks {
    func schedule() {
        guard root.isKnown("training", "schedule"), let (kind, settings) = root["training"]?["schedule"]?.kind else { return }
        let epochs = spec.training.epochs
        if let warmUp = settings["warmup_epochs"], let count = warmUp.integer, count > 0, count >= epochs.value, epochs.value > 0,
            root.isKnown("training", "epochs")
        {
            sink.emit(
                .onlyWarmUp(count, warmUp.range, of: epochs.value, epochs: label(epochs.range, "the epochs"), implied: implied("training", "epochs")))
        }
        let rate = spec.optimizer.learningRate
        if let minimum = settings["minimum"], let value = minimum.number, value > rate.value, root.isKnown("optimizer", "learning_rate") {
            sink.emit(
                .minimumAboveRate(
                    kind, value, minimum.range, rate: rate.value, at: label(rate.range, "the learning rate"),
                    implied: implied("optimizer", "learning_rate")))
        }
    }
}

extension Diagnostic {
    static func onlyWarmUp(_ count: Int, _ range: SourceRange?, of epochs: Int, epochs place: [Label], implied: [String]) -> Diagnostic {
        Diagnostic(
            "E0363", "`warmup_epochs` is \(count), which leaves none of the \(epochs) epochs for the schedule itself", at: range, related: place,
            notes: implied, fix: epochs > 1 ? "write at most \(epochs - 1)" : "remove it")
    }

    static func minimumAboveRate(
        _ kind: String, _ minimum: Double, _ range: SourceRange?, rate: Double, at place: [Label], implied: [String]
    ) -> Diagnostic {
        Diagnostic(
            "E0364",
            "the minimum of `\(kind)` is \(NumberText.of(minimum)), above the learning_rate \(NumberText.of(rate)) that is to come down to it",
            at: range, related: place, notes: implied, fix: "write a minimum below \(NumberText.of(rate)), or a larger learning_rate")
    }
}
