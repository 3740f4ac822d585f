import Diagnostics

/// What settings say to each other, as far as the spec alone shows it.
///
/// It runs on specs with mistakes too: what one of them hides (`root.isKnown`) is never held against another setting.
struct SpecChecks {
    let spec: Spec
    let root: Resolved
    let sink: DiagnosticSink

    func run() {
        optimizer()
        limitedMemory()
        layers()
        output()
        data()
        classes()
        monitors()
        schedule()
        columns()
        effects()
        targets()
        files()
    }

    private func wasWritten(_ section: String, _ name: String) -> SourceRange? { root[section]?[name]?.range }

    // MARK: - Optimizer

    /// A key that does nothing is a mistake.
    private func optimizer() {
        guard root.isKnown("optimizer", "type") else { return }
        let type = spec.optimizer.type.value
        for (name, kinds) in OptimizerSpec.Kind.users where !kinds.contains(type) {
            // A rendered spec writes every setting: a default changes nothing.
            guard let value = root["optimizer"]?[name], let range = value.range, isChange(value, of: SettingsTable.optimizer.setting(name))
            else { continue }
            sink.emit(
                .optimizerIgnores(
                    name, type.rawValue, range, kinds.map(\.rawValue), at: spec.optimizer.type.range, implied: implied("optimizer", "type")))
        }
        let rate = spec.optimizer.learningRate
        if rate.value > 1, type != .lbfgs, type != .sgd || rate.value > 10 {
            sink.emit(.absurdRate(rate, type: type.rawValue, implied: implied("optimizer", "type")))
        }
        if spec.optimizer.nesterov, type == .sgd, spec.optimizer.momentum == 0, root.isKnown("optimizer", "momentum") {
            sink.emit(
                .nesterovWithoutMomentum(
                    wasWritten("optimizer", "nesterov"), at: label(wasWritten("optimizer", "momentum"), "no momentum"),
                    implied: implied("optimizer", "momentum")))
        }
    }

    // MARK: - Layers

    private func layers() {
        let dense = spec.model.layers.indices.filter { if case .dense = spec.model.layers[$0].kind { true } else { false } }
        for index in dense.dropLast() {
            let isKnown = written("units", ofLayer: index)?.isWhole ?? false
            if case .dense(let layer) = spec.model.layers[index].kind, layer.units.value == .auto, isKnown {
                sink.emit(.autoUnits(layer.units.range ?? spec.model.layers[index].range, last: dense.last.flatMap { spec.model.layers[$0].range }))
            }
        }
        for (index, layer) in spec.model.layers.enumerated() {
            if case .dense(let settings) = layer.kind { initializer(settings.initializer, written("initializer", ofLayer: index)) }
        }
        initializer(spec.model.initializer, root["model"]?["initializer"])
        guard root.isKnown("model", "layers") else { return }
        if dense.isEmpty { sink.emit(.noDense(spec.model.layersRange)) }
        for (before, after) in zip(spec.model.layers, spec.model.layers.dropFirst()) {
            guard case .dense(let layer) = before.kind, let first = layer.activation, case .activation(let second) = after.kind,
                first.value == second,
                second == .softmax || (second == .sigmoid && wantedActivation?.name == .sigmoid)
            else { continue }
            sink.emit(.activationTwice(second, after.range, first: first.range))
        }
    }

    private func initializer(_ initializer: Sourced<InitializerSpec>?, _ written: Resolved?) {
        if written?.isWhole == true, let initializer, case .uniform(let low, let high) = initializer.value, low > high {
            let members = written?.kind?.value
            let notes = ["minimum", "maximum"].compactMap { name in
                members?[name].flatMap { $0.isStandard ? Diagnostic.impliedDefault(name, SpecText.flow($0)) : nil }
            }
            sink.emit(.emptyInterval(initializer.range, implied: notes))
        }
    }

    // MARK: - The last layer, the loss and the target

    private func output() {
        guard root.isKnown("model", "layers"), root.isKnown("loss"), root.isKnown("task"), root.isKnown("data", "target"),
            root.isKnown("data", "classes")
        else { return }
        guard let last = spec.model.layers.last(where: { if case .dense = $0.kind { true } else { false } }), case .dense(let dense) = last.kind
        else { return }
        if case .count(let units) = dense.units.value {
            lastUnits(units, at: dense.units.range ?? last.range)
        }
        let written: Sourced<ActivationName>? =
            if case .activation(let name) = spec.model.layers.last?.kind {
                Sourced(name, spec.model.layers.last?.range.map(Origin.file) ?? .standard)
            } else { dense.activation }
        guard let wanted = wantedActivation, let written, written.value != wanted.name else { return }
        sink.emit(.lastActivation(written, wanted: wanted.name, loss: wanted.loss, at: lossPlace, implied: impliedLoss(wanted.loss)))
    }

    private func lastUnits(_ units: Int, at range: SourceRange?) {
        // How many targets an array has shows with its file.
        if wantsOneTarget != nil || (spec.data.isOfArrays && !isClassification) { return }
        if spec.data.targets.count > 1 || spec.task.value == .regression, units != spec.data.targets.count {
            sink.emit(.unitsAgainstTargets(units, spec.data.targets, at: range))
        } else if isMultilabel {
            return
        } else {
            unitsAgainstClasses(units, at: range)
        }
    }

    /// One unit says the probability of the second of two classes; else there is one for each class.
    private func unitsAgainstClasses(_ units: Int, at range: SourceRange?) {
        if wantedActivation?.name == .sigmoid {
            let loss = wantedActivation?.loss ?? ""
            if units != 1 { sink.emit(.unitsOfBinary(units, loss, at: range, loss: lossPlace, implied: impliedLoss(loss))) }
        } else if let classes = spec.data.classes, units != classes.value.count, !(units == 1 && classes.value.count == 2) {
            sink.emit(.unitsAgainstClasses(units, classes.value.count, at: range, classes: classes.range))
        }
    }

    private var lossPlace: [Diagnostic.Label] { spec.loss.range == nil ? label(spec.task.range, "the task") : label(spec.loss.range, "the loss") }

    private func impliedLoss(_ name: String) -> [String] {
        spec.loss.range == nil ? ["`loss` is not written: with `task: \(spec.task.value.rawValue)` it is \(name)"] : []
    }

    /// What the loss, where the spec settles it, wants as last activation.
    private var wantedActivation: (name: ActivationName, loss: String)? {
        switch (spec.loss.value, spec.task.value) {
        case (.crossEntropy, _), (.auto, .classification): (.softmax, "cross_entropy")
        case (.klDivergence, _): (.softmax, "kl_divergence")
        case (.binaryCrossEntropy, _), (.auto, .binary), (.auto, .multilabel): (.sigmoid, "binary_cross_entropy")
        default: nil
        }
    }

    /// The task as far as the spec settles it; nil: the data decides.
    var settledTask: Spec.Task? {
        if spec.task.value != .auto { return spec.task.value }
        if spec.data.targets.count > 1 { return .regression }
        switch spec.loss.value {
        case .crossEntropy: return .classification
        case .binaryCrossEntropy: return .binary
        case .klDivergence: return .regression
        default: return nil
        }
    }

    var isRegression: Bool { settledTask == .regression }
    var isMultilabel: Bool { settledTask == .multilabel }
    var isClassification: Bool { settledTask == .classification || settledTask == .binary }

    private func classes() {
        let smooths = [Spec.LossChoice.auto, .crossEntropy, .binaryCrossEntropy].contains(spec.loss.value) && !isRegression
        if spec.labelSmoothing.value > 0, !smooths, spec.data.targets.count == 1 {
            sink.emit(.smoothingWithoutClasses(spec.labelSmoothing.range, loss: spec.loss.range, task: taskPlace))
        }
        if case .byName(let weights) = spec.classWeights.value {
            // A class left out weighs 1, so that all are 0 only where all are named.
            let idle = Set(weights.filter { $0.weight == 0 }.map(\.name.value))
            let named = spec.data.classes.map { $0.value.allSatisfy(idle.contains) } ?? false
            if weights.isEmpty || named, root.isKnown("class_weights") {
                sink.emit(.weightsAllZero(spec.classWeights.range, isEmpty: weights.isEmpty))
            }
        }
        switch spec.classWeights.value {
        case .none: break
        default: if isRegression || isMultilabel { sink.emit(.weightsWithoutClasses(spec.classWeights.range, task: taskPlace)) }
        }
        if isRegression, [.crossEntropy, .binaryCrossEntropy].contains(spec.loss.value), spec.task.value == .regression {
            sink.emit(.lossAgainstTask(spec.loss.range, task: spec.task))
        }
        if spec.task.value == .classification, spec.loss.value == .binaryCrossEntropy {
            sink.emit(.lossAgainstTask(spec.loss.range, task: spec.task))
        }
        if spec.task.value == .binary, spec.loss.value == .crossEntropy { sink.emit(.lossAgainstTask(spec.loss.range, task: spec.task)) }
        if isMultilabel, ![.auto, .binaryCrossEntropy].contains(spec.loss.value) {
            sink.emit(.lossAgainstTask(spec.loss.range, task: spec.task))
        }
        if spec.data.normalizeTarget.value, isClassification || isMultilabel {
            sink.emit(.normalizedClasses(spec.data.normalizeTarget.range, task: taskPlace))
        }
        metrics()
    }

    // MARK: - Data

    private func data() {
        let data = spec.data
        if data.features != nil, !data.exclude.value.isEmpty {
            sink.emit(.excludeWithoutAll(data.exclude.range, features: label(root["data"]?["features"]?.range, "the columns")))
        }
        let lists = [(data.targets, "data.target"), (data.features?.map(\.name) ?? [], "data.features"), (data.exclude.value, "data.exclude")]
        for (list, name) in lists { sink.emitTwins(of: name, list.filter { $0.range != nil }) }
        let targets = Dictionary(data.targets.map { ($0.value, $0) }) { first, _ in first }
        if let both = data.exclude.value.first(where: { targets[$0.value] != nil }) {
            sink.emit(.excludedTarget(both, target: targets[both.value]?.range))
        }
        if ![UInt8(ascii: "."), UInt8(ascii: ",")].contains(data.decimal.value) { sink.emit(.badDecimal(data.decimal.range)) }
        guard root.isKnown("data", "decimal"), root.isKnown("data", "delimiter"), root.isKnown("data", "comment") else { return }
        if data.decimal.value == data.delimiter.value {
            let second = data.decimal.range == nil ? [] : label(data.delimiter.range, "the delimiter")
            sink.emit(
                .sameCharacter(
                    "data.decimal", "data.delimiter", data.decimal.range ?? data.delimiter.range, second,
                    implied: implied("data", "decimal") + implied("data", "delimiter")))
        }
        if data.comment.value == data.delimiter.value {
            sink.emit(
                .sameCharacter(
                    "data.comment", "data.delimiter", data.comment.range, label(data.delimiter.range, "the delimiter"),
                    implied: implied("data", "delimiter")))
        }
    }
}
