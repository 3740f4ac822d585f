import Diagnostics

/// What settings say to each other, as far as the spec alone shows it.
struct SpecChecks {
    let spec: Spec
    let root: Resolved
    let sink: DiagnosticSink

    func run() {
        optimizer()
        layers()
        output()
        data()
        monitor()
        classes()
        columns()
        effects()
    }

    private func wasWritten(_ section: String, _ name: String) -> SourceRange? { root[section]?[name]?.range }

    // MARK: - Optimizer

    /// A key that does nothing is a mistake.
    private func optimizer() {
        let type = spec.optimizer.type.value
        let users: [(String, [OptimizerSpec.Kind])] = [
            ("momentum", [.sgd, .rmsprop]), ("nesterov", [.sgd]), ("beta1", [.adam, .adamw, .nadam]), ("beta2", [.adam, .adamw, .nadam]),
            ("epsilon", [.adam, .adamw, .nadam, .rmsprop, .adagrad]), ("rho", [.rmsprop]),
        ]
        for (name, kinds) in users where !kinds.contains(type) {
            // A rendered spec writes every setting: a default changes nothing.
            guard let value = root["optimizer"]?[name], let range = value.range, isChange(value, of: SettingsTable.optimizer.setting(name))
            else { continue }
            sink.emit(.optimizerIgnores(name, type.rawValue, range, kinds.map(\.rawValue), at: spec.optimizer.type.range))
        }
        if spec.optimizer.nesterov, type == .sgd, spec.optimizer.momentum == 0 {
            sink.emit(.nesterovWithoutMomentum(wasWritten("optimizer", "nesterov")))
        }
    }

    // MARK: - Layers

    private func layers() {
        let dense = spec.model.layers.indices.filter { if case .dense = spec.model.layers[$0].kind { true } else { false } }
        for index in dense.dropLast() {
            if case .dense(let layer) = spec.model.layers[index].kind, layer.units.value == .auto {
                sink.emit(.autoUnits(layer.units.range ?? spec.model.layers[index].range))
            }
        }
        if dense.isEmpty { sink.emit(.noDense(spec.model.layersRange)) }
        for (before, after) in zip(spec.model.layers, spec.model.layers.dropFirst()) {
            guard case .dense(let layer) = before.kind, let first = layer.activation, case .activation(let second) = after.kind,
                first.value == second,
                second == .softmax || (second == .sigmoid && wantedActivation?.name == .sigmoid)
            else { continue }
            sink.emit(.activationTwice(second, after.range, first: first.range))
        }
        for layer in spec.model.layers {
            if case .dense(let settings) = layer.kind { initializer(settings.initializer) }
        }
        initializer(spec.model.initializer)
    }

    private func initializer(_ initializer: Sourced<InitializerSpec>?) {
        if let initializer, case .uniform(let low, let high) = initializer.value, low > high { sink.emit(.emptyInterval(initializer.range)) }
    }

    // MARK: - The last layer, the loss and the target

    private func output() {
        guard let last = spec.model.layers.last(where: { if case .dense = $0.kind { true } else { false } }), case .dense(let dense) = last.kind
        else { return }
        if spec.data.targets.count > 1 || spec.task.value == .regression, case .count(let units) = dense.units.value, units != spec.data.targets.count
        {
            sink.emit(.unitsAgainstTargets(units, spec.data.targets, at: dense.units.range ?? last.range))
        } else if case .count(let units) = dense.units.value {
            unitsAgainstClasses(units, at: dense.units.range ?? last.range)
        }
        let written: Sourced<ActivationName>? =
            if case .activation(let name) = spec.model.layers.last?.kind {
                Sourced(name, spec.model.layers.last?.range.map(Origin.file) ?? .standard)
            } else { dense.activation }
        guard let wanted = wantedActivation, let written, written.value != wanted.name else { return }
        sink.emit(.lastActivation(written, wanted: wanted.name, loss: wanted.loss, at: spec.loss.range))
    }

    /// One unit says the probability of the second of two classes; else there is one for each class.
    private func unitsAgainstClasses(_ units: Int, at range: SourceRange?) {
        if wantedActivation?.name == .sigmoid {
            if units != 1 { sink.emit(.unitsOfBinary(units, wantedActivation?.loss ?? "", at: range)) }
        } else if let classes = spec.data.classes, units != classes.count, !(units == 1 && classes.count == 2) {
            sink.emit(.unitsAgainstClasses(units, classes.count, at: range, classes: root["data"]?["classes"]?.range))
        }
    }

    /// What the loss, where the spec settles it, wants as last activation.
    private var wantedActivation: (name: ActivationName, loss: String)? {
        switch (spec.loss.value, spec.task.value) {
        case (.crossEntropy, _), (.auto, .classification): (.softmax, "cross_entropy")
        case (.klDivergence, _): (.softmax, "kl_divergence")
        case (.binaryCrossEntropy, _), (.auto, .binary): (.sigmoid, "binary_cross_entropy")
        default: nil
        }
    }

    var isRegression: Bool { spec.task.value == .regression || spec.data.targets.count > 1 }
    var isClassification: Bool { [.classification, .binary].contains(spec.task.value) }

    private func classes() {
        let smooths = [Spec.LossChoice.auto, .crossEntropy, .binaryCrossEntropy].contains(spec.loss.value) && !isRegression
        if spec.labelSmoothing.value > 0, !smooths, spec.data.targets.count == 1 { sink.emit(.smoothingWithoutClasses(spec.labelSmoothing.range)) }
        if case .byName(let weights) = spec.classWeights.value {
            if weights.allSatisfy({ $0.weight == 0 }) { sink.emit(.weightsAllZero(spec.classWeights.range)) }
        }
        switch spec.classWeights.value {
        case .none: break
        default: if isRegression { sink.emit(.weightsWithoutClasses(spec.classWeights.range)) }
        }
        if isRegression, [.crossEntropy, .binaryCrossEntropy].contains(spec.loss.value), spec.task.value == .regression {
            sink.emit(.lossAgainstTask(spec.loss.range, task: spec.task))
        }
        if spec.task.value == .classification, spec.loss.value == .binaryCrossEntropy {
            sink.emit(.lossAgainstTask(spec.loss.range, task: spec.task))
        }
        if spec.task.value == .binary, spec.loss.value == .crossEntropy { sink.emit(.lossAgainstTask(spec.loss.range, task: spec.task)) }
        if spec.data.normalizeTarget.value, isClassification { sink.emit(.normalizedClasses(spec.data.normalizeTarget.range)) }
        if case .named(let metrics) = spec.metrics.value { check(metrics) }
    }

    private func check(_ metrics: [Sourced<String>]) {
        let numeric = ["mse", "rmse", "mae", "r2"]
        var seen: Set<String> = []
        for metric in metrics {
            if !seen.insert(metric.value).inserted { sink.emit(.namedTwice("metrics", metric)) }
            if isRegression, !numeric.contains(metric.value) { sink.emit(.metricAgainstTask(metric, "regression", numeric)) }
            if isClassification, numeric.contains(metric.value) {
                sink.emit(.metricAgainstTask(metric, spec.task.value.rawValue, SettingsTable.builtMetrics.filter { !numeric.contains($0) }))
            }
        }
    }

    // MARK: - Data

    private func data() {
        let data = spec.data
        if data.features != nil, let first = data.exclude.first { sink.emit(.excludeWithoutAll(first.range)) }
        for (list, name) in [(data.targets, "data.target"), (data.features?.map(\.name) ?? [], "data.features"), (data.exclude, "data.exclude")] {
            var seen: Set<String> = []
            for item in list where !seen.insert(item.value).inserted { sink.emit(.namedTwice(name, item)) }
        }
        if let both = data.exclude.first(where: { item in data.targets.contains { $0.value == item.value } }) { sink.emit(.excludedTarget(both)) }
        if data.decimal.value == data.delimiter.value {
            sink.emit(.sameCharacter("data.decimal", "data.delimiter", data.decimal.range ?? data.delimiter.range))
        }
        if data.comment.value == data.delimiter.value { sink.emit(.sameCharacter("data.comment", "data.delimiter", data.comment.range)) }
        if ![UInt8(ascii: "."), UInt8(ascii: ",")].contains(data.decimal.value) { sink.emit(.badDecimal(data.decimal.range)) }
    }

    // MARK: - Choosing the best epoch

    private func monitor() {
        let name = spec.training.monitor
        let measured: [String] = if case .named(let metrics) = spec.metrics.value { metrics.map(\.value) } else { SettingsTable.builtMetrics }
        let known = (["loss"] + measured).map { "validation.\($0)" }
        guard known.contains(name.value) else { return sink.emit(.unknownMonitor(name, known)) }
        let keep = spec.training.keep
        guard !SpecCompletion.hasValidation(root) else { return }
        if keep.value == .best { return sink.emit(.bestWithoutRows(keep.range)) }
        // With `keep: last` written beside it, the monitor is a default written out.
        if name.range != nil, keep.range == nil || name.value != "validation.loss" { sink.emit(.monitorWithoutRows(name)) }
    }
}
