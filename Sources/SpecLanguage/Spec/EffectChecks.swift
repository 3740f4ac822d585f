import Diagnostics

/// Settings that would do nothing, as far as the spec alone shows it. A default that is written out changes nothing and stays legal.
extension SpecChecks {
    func effects() {
        trainable()
        dropout()
        decayOfBiases()
        features()
        classSettings()
    }

    /// Whether a value is another one than its setting's default.
    func isChange(_ value: Resolved, of setting: Setting?) -> Bool {
        guard let setting, let standard = setting.standard else { return true }
        return SpecText.flow(Resolved(standard)) != SpecText.flow(value)
    }

    // MARK: - Layers

    private var denseLayers: [(index: Int, dense: DenseSpec)] {
        spec.model.layers.enumerated().compactMap { index, layer in
            if case .dense(let dense) = layer.kind { (index, dense) } else { nil }
        }
    }

    /// What was written for a setting of a layer.
    func written(_ name: String, ofLayer index: Int) -> Resolved? {
        guard let entries = root["model"]?["layers"]?.list, entries.indices.contains(index) else { return nil }
        return entries[index].kind?.value[name]
    }

    private func trainable() {
        var isToldAlready = false
        for (index, dense) in denseLayers where written("trainable", ofLayer: index)?.isWhole ?? false {
            if !dense.bias, let bias = written("trainable", ofLayer: index)?.list?.first(where: { $0.isWord("bias") }) {
                sink.emit(.trainsMissingBias(bias.range, layer: spec.model.layers[index].range))
                isToldAlready = true
            }
            let trainsBias = dense.bias && dense.trainsBias
            guard !dense.trainsWeight, !(trainsBias && spec.optimizer.decayBias), root.isKnown("optimizer", "decay_bias") else { continue }
            for (name, value) in [("l1", dense.l1), ("l2", dense.l2)] where value > 0 {
                sink.emit(.penaltyOnFrozen(name, written(name, ofLayer: index)?.range, written("trainable", ofLayer: index)?.range))
            }
        }
        guard root.isKnown("model", "layers"), root.isKnown("training", "epochs") else { return }
        let layers = denseLayers
        let learns = layers.contains { $0.dense.trainsWeight || ($0.dense.bias && $0.dense.trainsBias) }
        // `epochs: 0` writes the initial weights and wants nothing else.
        if !learns, !layers.isEmpty, !isToldAlready, spec.training.epochs.value > 0 { sink.emit(.nothingTrains(spec.model.layersRange)) }
    }

    private func dropout() {
        guard root.isKnown("model", "layers"), let last = denseLayers.last?.index else { return }
        for layer in spec.model.layers[(last + 1)...] {
            if case .dropout = layer.kind { sink.emit(.dropoutAtTheEnd(layer.range, last: spec.model.layers[last].range)) }
        }
    }

    private func decayOfBiases() {
        guard spec.optimizer.decayBias, root.isKnown("model", "layers"), root.isKnown("optimizer", "weight_decay") else { return }
        let reaches = denseLayers.contains { _, dense in
            dense.bias && dense.trainsBias && (spec.optimizer.weightDecay > 0 || dense.l1 > 0 || dense.l2 > 0)
        }
        if !reaches { sink.emit(.decaysNoBias(root["optimizer"]?["decay_bias"]?.range, implied: implied("optimizer", "weight_decay"))) }
    }

    // MARK: - Features and classes

    private func features() {
        encodings()
        indicators()
        for feature in root["data"]?["features"]?.list ?? [] {
            guard let type = feature["type"], let name = feature["name"]?.text else { continue }
            let idle: [String] =
                switch type.text {
                case "number": ["encoding", "unseen", "max_categories", "categories"]
                case "boolean": ["encoding", "unseen", "max_categories", "categories", "normalize"]
                case "category": feature["encoding"]?.isWord("ordinal") ?? false ? [] : ["normalize"]
                default: []
                }
            for setting in idle {
                guard let value = feature[setting], value.range != nil, !value.isWord("none"),
                    isChange(value, of: SettingsTable.feature.setting(setting))
                else { continue }
                sink.emit(.featureIgnores(setting, name, type.text ?? "", value.range, type.range))
            }
        }
    }

    /// An unknown category has no place in an order.
    private func encodings() {
        for feature in spec.data.features ?? [] where feature.encoding.value == .ordinal && feature.unseen.value == .other {
            sink.emit(.otherInAnOrder(feature.name, at: feature.unseen.range, encoding: feature.encoding.range))
        }
    }

    /// Gaps that are filled can be told of; others are an error, or cost their rows.
    private func indicators() {
        guard root.isKnown("data", "missing"), root.isKnown("data", "features") else { return }
        let data = spec.data
        for feature in data.features ?? [] {
            let missing = feature.missing ?? data.missing
            if feature.indicator?.value == true, !missing.value.fills {
                let isImplied = feature.missing == nil && data.missing.range == nil
                sink.emit(
                    .indicatorOfNothing(
                        feature.indicator?.range, missing: missing.range, implied: isImplied ? implied("data", "missing") : []))
            }
        }
        let fills = data.missing.value.fills || (data.features ?? []).contains { $0.missing?.value.fills ?? false }
        if data.indicator.value, !fills {
            sink.emit(.indicatorOfNothing(data.indicator.range, missing: data.missing.range, implied: implied("data", "missing")))
        }
    }

    private func classSettings() {
        let targets = spec.data.targets
        if spec.labelSmoothing.value > 0, targets.count > 1, wantsOneTarget == nil, !isMultilabel {
            sink.emit(.smoothingOfSeveral(spec.labelSmoothing.range, targets.count, root["data"]?["target"]?.range))
        }
        if isRegression || isMultilabel, let classes = root["data"]?["classes"], classes.list != nil {
            sink.emit(.classesOfNumbers(classes.range, taskPlace))
        }
    }
}

extension Diagnostic {
    static func trainsMissingBias(_ range: SourceRange?, layer: SourceRange?) -> Diagnostic {
        Diagnostic(
            "E0335", "`trainable` names the bias of a layer that has none", at: range, label: "no effect",
            related: layer.map { [.init($0, "the layer has `bias: false`")] } ?? [], fix: "remove `bias` from the list, or remove `bias: false`")
    }

    static func nothingTrains(_ range: SourceRange?) -> Diagnostic {
        Diagnostic(
            "E0336", "no dense layer is trainable, so nothing can learn", at: range,
            fix: "remove `trainable` from at least one layer, or write `training: {epochs: 0}` to write the initial weights only")
    }

    static func penaltyOnFrozen(_ name: String, _ range: SourceRange?, _ trainable: SourceRange?) -> Diagnostic {
        Diagnostic(
            "E0337", "`\(name)` does nothing in a layer whose weight is not trained", at: range, label: "no effect",
            related: trainable.map { [.init($0, "what is trained")] } ?? [], fix: "remove `\(name)`, or train the weight")
    }

    static func decaysNoBias(_ range: SourceRange?, implied: [String]) -> Diagnostic {
        Diagnostic(
            "E0338", "`optimizer.decay_bias` does nothing: no trained bias has a weight_decay, l1 or l2 greater than 0", at: range,
            label: "no effect", notes: implied, fix: "remove it, or add `weight_decay: 0.01`")
    }

    static func dropoutAtTheEnd(_ range: SourceRange?, last: SourceRange?) -> Diagnostic {
        Diagnostic(
            "E0339", "dropout after the last dense layer would only spoil the output", at: range, label: "nothing reads it",
            related: last.map { [.init($0, "the last dense layer")] } ?? [], fix: "put it before the last dense layer, or remove it")
    }

    static func featureIgnores(_ name: String, _ feature: String, _ type: String, _ range: SourceRange?, _ place: SourceRange?) -> Diagnostic {
        Diagnostic(
            "E0340", "`\(name)` does nothing for the feature `\(feature)` of `type: \(type)`", at: range, label: "no effect",
            related: place.map { [.init($0, "its type")] } ?? [], fix: "remove it, or choose another type")
    }

    static func otherInAnOrder(_ feature: Sourced<String>, at range: SourceRange?, encoding: SourceRange?) -> Diagnostic {
        Diagnostic(
            "E0370", "`unseen: other` has no place in the order of feature `\(feature.value)`", at: range,
            related: encoding.map { [.init($0, "one number that stands for the place")] } ?? [],
            fix: "remove it, or write `encoding: one_hot` or `encoding: index`")
    }

    static func indicatorOfNothing(_ range: SourceRange?, missing: SourceRange?, implied: [String]) -> Diagnostic {
        Diagnostic(
            "E0371", "`indicator: true` does nothing where no missing value is filled", at: range, label: "no effect",
            related: missing.map { [.init($0, "what becomes of them")] } ?? [], notes: implied,
            fix: "remove it, or fill them: `missing: median`")
    }

    static func smoothingOfSeveral(_ range: SourceRange?, _ count: Int, _ targets: SourceRange?) -> Diagnostic {
        Diagnostic(
            "E0341", "`label_smoothing` smooths classes, and \(count) targets are numbers", at: range, label: "no effect",
            related: targets.map { [.init($0, "the targets")] } ?? [], fix: "remove it, or name one target")
    }

    static func classesOfNumbers(_ range: SourceRange?, _ task: [Label]) -> Diagnostic {
        Diagnostic(
            "E0342", "`data.classes` does nothing here: it names the classes of one target", at: range, label: "no effect",
            related: task, fix: "remove it, or write `task: classification`")
    }
}
