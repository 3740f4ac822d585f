import Diagnostics

/// What does not go with L-BFGS: it compares losses of the same rows with each other, and chooses its steps itself.
extension SpecChecks {
    func limitedMemory() {
        guard root.isKnown("optimizer", "type"), spec.optimizer.type.value == .lbfgs else { return }
        let place = label(spec.optimizer.type.range, "the optimizer")
        let training = spec.training
        if case .rows(let rows) = training.batchSize.value, root.isKnown("training", "batch_size") {
            sink.emit(.batchesOfLimitedMemory(rows, training.batchSize.range, place))
        }
        for (index, layer) in spec.model.layers.enumerated() where root.isKnown("model", "layers") {
            switch layer.kind {
            case .dropout(let rate): if rate > 0 { sink.emit(.dropoutOfLimitedMemory(layer.range, place)) }
            case .dense(let dense): if dense.l1 > 0 { sink.emit(.kinkOfLimitedMemory(written("l1", ofLayer: index)?.range ?? layer.range, place)) }
            case .activation: break
            }
        }
        let settings: [(name: String, isSet: Bool, reason: String, fix: String)] = [
            ("shuffle", training.shuffle, "every step takes all rows, in one order", "write `shuffle: false`, or remove it"),
            ("last_batch", training.lastBatch.value == .drop, "every step takes all rows", "remove it"),
            (
                "schedule", training.schedule.value.kind.isNotConstant || training.schedule.value.warmupEpochs > 0,
                "the line search chooses the size of each step", "remove it"
            ),
            ("gradient_clip", training.gradientClip != .none, "the line search wants the true gradient, and bounds the step itself", "remove it"),
            (
                "on_nonfinite", training.onNonfinite.value == .halveLearningRate,
                "there is no learning rate, and the line search makes a step shorter by itself", "remove it"
            ),
        ]
        for (name, isSet, reason, fix) in settings where isSet && root.isKnown("training", name) {
            sink.emit(.unfitForLimitedMemory(name, root["training"]?[name]?.range, reason, place, fix: fix))
        }
        let (c1, c2) = (spec.optimizer.limitedMemory.c1, spec.optimizer.limitedMemory.c2)
        if c1 >= c2, root.isKnown("optimizer", "c1"), root.isKnown("optimizer", "c2") {
            let (first, second) = (root["optimizer"]?["c1"]?.range, root["optimizer"]?["c2"]?.range)
            sink.emit(
                .wolfeConstants(
                    c1, c2, at: first ?? second, related: first == nil ? [] : label(second, "c2"),
                    implied: implied("optimizer", "c1") + implied("optimizer", "c2")))
        }
    }
}

extension ScheduleSpec.Kind {
    var isNotConstant: Bool { if case .constant = self { false } else { true } }
}

extension Diagnostic {
    static func batchesOfLimitedMemory(_ rows: Int, _ range: SourceRange?, _ optimizer: [Label]) -> Diagnostic {
        Diagnostic(
            "E0382", "`type: lbfgs` takes all training rows in every step, not batches of \(rows)", at: range, related: optimizer,
            notes: ["its line search compares losses, which only those of the same rows can be"],
            fix: "write `batch_size: full`, or choose `type: adam` for batches")
    }

    static func dropoutOfLimitedMemory(_ range: SourceRange?, _ optimizer: [Label]) -> Diagnostic {
        Diagnostic(
            "E0383", "dropout makes the loss another one at every evaluation, and `type: lbfgs` compares losses", at: range, related: optimizer,
            fix: "remove the layer, or choose `type: adam`; `l2` and `weight_decay` go with lbfgs")
    }

    static func unfitForLimitedMemory(
        _ name: String, _ range: SourceRange?, _ reason: String, _ optimizer: [Label], fix: String
    ) -> Diagnostic {
        Diagnostic("E0384", "`training.\(name)` does not go with `type: lbfgs`: \(reason)", at: range, related: optimizer, fix: fix)
    }

    static func kinkOfLimitedMemory(_ range: SourceRange?, _ optimizer: [Label]) -> Diagnostic {
        Diagnostic(
            "E0385", "`l1` has a kink at 0, where the steps of `type: lbfgs`, which are for smooth losses, get stuck", at: range, related: optimizer,
            fix: "write `l2`, or choose `type: adam`")
    }

    static func wolfeConstants(
        _ c1: Double, _ c2: Double, at range: SourceRange?, related: [Label], implied: [String]
    ) -> Diagnostic {
        Diagnostic(
            "E0386", "c1 (\(NumberText.of(c1))) has to be less than c2 (\(NumberText.of(c2))): else no step may fulfil both conditions", at: range,
            related: related, notes: implied, fix: "leave both out: 0.0001 and 0.9 are usual")
    }
}
