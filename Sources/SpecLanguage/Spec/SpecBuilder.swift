import Diagnostics

/// Resolved tree -> typed Spec. Every setting has been checked; what is missing here is a bug of the table.
struct SpecBuilder {
    let root: Resolved
    let file: SourceFile
    let folder: String

    func spec() -> Spec {
        Spec(
            name: text("name"), description: text("description"), seed: at("seed").sourced(UInt64(at("seed").integer ?? 0)),
            task: word("task", .auto), data: DataBuilder(data: at("data")).spec(), model: ModelBuilder(model: at("model")).spec(), loss: loss(),
            labelSmoothing: number("label_smoothing"), classWeights: classWeights(), metrics: metrics(), optimizer: optimizer(), training: training(),
            output: OutputSpec(directory: at("output", "directory").sourced(at("output", "directory").text ?? "runs")), directory: folder, file: file)
    }

    private func at(_ names: String...) -> Resolved {
        var value = root
        for name in names {
            guard let inner = value[name] else { preconditionFailure("the table has no \(names.joined(separator: "."))") }
            value = inner
        }
        return value
    }

    private func text(_ name: String) -> Sourced<String> { at(name).sourced(at(name).text ?? "") }
    private func number(_ name: String) -> Sourced<Double> { at(name).sourced(at(name).number ?? 0) }
    private func word<Word: RawRepresentable & Sendable>(_ name: String, _ standard: Word) -> Sourced<Word> where Word.RawValue == String {
        at(name).sourced(at(name).text.flatMap(Word.init) ?? standard)
    }

    private func loss() -> Sourced<Spec.LossChoice> {
        let loss = at("loss")
        if let (_, inner) = loss.kind { return loss.sourced(.huber(delta: inner["delta"]?.number ?? 1)) }
        let choice: Spec.LossChoice =
            switch loss.text {
            case "cross_entropy": .crossEntropy
            case "binary_cross_entropy": .binaryCrossEntropy
            case "mse": .mse
            case "mae": .mae
            case "sse": .sse
            case "kl_divergence": .klDivergence
            default: .auto
            }
        return loss.sourced(choice)
    }

    private func classWeights() -> Sourced<Spec.ClassWeights> {
        let weights = at("class_weights")
        if case .map(let entries) = weights.content {
            return weights.sourced(.byName(entries.map { (name: $0.key.sourced($0.key.text ?? ""), weight: $0.value.number ?? 1) }))
        }
        return weights.sourced(weights.isWord("balanced") ? .balanced : .none)
    }

    private func metrics() -> Sourced<Spec.MetricsChoice> {
        let metrics = at("metrics")
        return metrics.sourced(metrics.list.map { .named($0.map { $0.sourced($0.text ?? "") }) } ?? .auto)
    }

    private func optimizer() -> OptimizerSpec {
        let optimizer = at("optimizer")
        func number(_ name: String) -> Double { optimizer[name]?.number ?? 0 }
        func flag(_ name: String) -> Bool { optimizer[name]?.boolean ?? false }
        let type = at("optimizer", "type")
        let rate = at("optimizer", "learning_rate")
        var limitedMemory = LimitedMemorySpec()
        limitedMemory.historySize = optimizer["history_size"]?.integer ?? limitedMemory.historySize
        (limitedMemory.toleranceGrad, limitedMemory.toleranceChange) = (number("tolerance_grad"), number("tolerance_change"))
        (limitedMemory.c1, limitedMemory.c2) = (number("c1"), number("c2"))
        limitedMemory.evaluationLimit = optimizer["max_ls"]?.integer ?? limitedMemory.evaluationLimit
        return OptimizerSpec(
            type: type.sourced(type.text.flatMap(OptimizerSpec.Kind.init) ?? .adam), learningRate: rate.sourced(rate.number ?? 0.001),
            momentum: number("momentum"), nesterov: flag("nesterov"), beta1: number("beta1"), beta2: number("beta2"), epsilon: number("epsilon"),
            rho: number("rho"), weightDecay: number("weight_decay"), decayBias: flag("decay_bias"),
            limitedMemory: limitedMemory)
    }

    private func training() -> TrainingSpec {
        func setting(_ name: String) -> Resolved { at("training", name) }
        let (batch, clip, threads, monitor) = (setting("batch_size"), setting("gradient_clip"), setting("threads"), setting("monitor"))
        var gradientClip = TrainingSpec.GradientClip.none
        if let (name, value) = clip.kind { gradientClip = name == "norm" ? .norm(value.number ?? 0) : .value(value.number ?? 0) }
        return TrainingSpec(
            epochs: setting("epochs").sourced(setting("epochs").integer ?? 0), schedule: setting("schedule").sourced(schedule(setting("schedule"))),
            earlyStopping: earlyStopping(setting("early_stopping")), maxTimeSeconds: seconds(setting("max_time")),
            checkpointEvery: setting("checkpoint_every").sourced(setting("checkpoint_every").integer ?? 1),
            onNonfinite: setting("on_nonfinite").sourced(setting("on_nonfinite").isWord("stop") ? .stop : .halveLearningRate),
            batchSize: batch.sourced(batch.integer.map { .rows($0) } ?? .full),
            shuffle: setting("shuffle").boolean ?? true,
            lastBatch: setting("last_batch").sourced(setting("last_batch").isWord("drop") ? .drop : .keep),
            gradientClip: gradientClip, keep: setting("keep").sourced(setting("keep").isWord("last") ? .last : .best),
            monitor: monitor.sourced(monitor.text ?? ""), threads: threads.sourced(threads.integer),
            precision: setting("precision").sourced(setting("precision").isWord("float64") ? .float64 : .float32))
    }

    private func schedule(_ schedule: Resolved) -> ScheduleSpec {
        guard let (name, settings) = schedule.kind else { return ScheduleSpec(.constant) }
        func number(_ name: String) -> Double { settings[name]?.number ?? 0 }
        func whole(_ name: String) -> Int { settings[name]?.integer ?? 0 }
        let kind: ScheduleSpec.Kind =
            switch name {
            case "step": .step(every: max(1, whole("every")), factor: number("factor"))
            case "exponential": .exponential(factor: number("factor"))
            case "cosine": .cosine(minimum: number("minimum"))
            case "linear": .linear(final: number("final"))
            case "reduce_on_plateau":
                .reduceOnPlateau(
                    .init(
                        factor: number("factor"), patience: whole("patience"), monitor: monitor(settings), threshold: number("threshold"),
                        cooldown: whole("cooldown"), minimum: number("minimum")))
            case "one_cycle":
                .oneCycle(.init(pctStart: number("pct_start"), divFactor: number("div_factor"), finalDivFactor: number("final_div_factor")))
            default: .constant
            }
        return ScheduleSpec(kind, warmupEpochs: whole("warmup_epochs"))
    }

    private func monitor(_ settings: Resolved) -> Sourced<String> {
        settings["monitor"].map { $0.sourced($0.text ?? "") } ?? Sourced("validation.loss")
    }

    private func earlyStopping(_ stopping: Resolved) -> Sourced<EarlyStoppingSpec>? {
        guard case .record = stopping.content else { return nil }
        let mode = stopping["mode"].map { $0.sourced($0.text.flatMap(EarlyStoppingSpec.Mode.init) ?? .auto) } ?? Sourced(.auto)
        return stopping.sourced(
            EarlyStoppingSpec(
                monitor: monitor(stopping), patience: stopping["patience"]?.integer ?? 10, minDelta: stopping["min_delta"]?.number ?? 0, mode: mode))
    }

    /// 30s, 10m, 2h.
    private func seconds(_ time: Resolved) -> Double? {
        guard let text = time.text, let count = Double(text.dropLast()) else { return nil }
        return count * (text.hasSuffix("h") ? 3600 : text.hasSuffix("m") ? 60 : 1)
    }
}
