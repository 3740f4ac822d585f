/// The `model:` section of the resolved tree -> ModelSpec.
struct ModelBuilder {
    let model: Resolved

    func spec() -> ModelSpec {
        let layers = model["layers"]?.list ?? []
        let activation = model["activation"] ?? Resolved(.word("relu"))
        let input = model["input"] ?? Resolved(.word("auto"))
        let width = input.integer ?? input.list?.reduce(1) { $0.multipliedReportingOverflow(by: $1.integer ?? 1).partialValue }
        let start = model["initial_weights"]
        return ModelSpec(
            layers: layers.map(layer), activation: activation.sourced(name(activation) ?? .relu),
            initializer: initializer(model["initializer"] ?? Resolved(.word("auto"))), inputWidth: width.map { input.sourced($0) },
            initialWeights: start.flatMap { start in start.isWord("none") ? nil : start.text.map { start.sourced($0) } },
            layersRange: model["layers"]?.range)
    }

    private func name(_ value: Resolved) -> ActivationName? { value.text.flatMap(ActivationName.init) }

    private func layer(_ entry: Resolved) -> LayerSpec {
        let (kind, value) = entry.kind ?? ("dense", entry)
        let made: LayerSpec.Kind =
            switch kind {
            case "activation": .activation(value["function"].flatMap(name) ?? .linear)
            case "dropout": .dropout(rate: value["rate"]?.number ?? 0)
            default: .dense(dense(value))
            }
        return LayerSpec(kind: made, name: value["name"]?.text ?? "", range: entry.range)
    }

    private func dense(_ value: Resolved) -> DenseSpec {
        let units = value["units"] ?? Resolved(.word("auto"))
        var (trainsWeight, trainsBias) = (true, true)
        if let trainable = value["trainable"] {
            if let all = trainable.boolean { (trainsWeight, trainsBias) = (all, all) }
            if let list = trainable.list { (trainsWeight, trainsBias) = (list.contains { $0.isWord("weight") }, list.contains { $0.isWord("bias") }) }
        }
        return DenseSpec(
            units: units.sourced(units.integer.map { .count($0) } ?? .auto),
            activation: value["activation"].flatMap { written in name(written).map { written.sourced($0) } }, bias: value["bias"]?.boolean ?? true,
            initializer: value["initializer"].map(initializer), trainsWeight: trainsWeight, trainsBias: trainsBias, l1: value["l1"]?.number ?? 0,
            l2: value["l2"]?.number ?? 0)
    }

    private func initializer(_ value: Resolved) -> Sourced<InitializerSpec> {
        if let (kind, settings) = value.kind {
            return value.sourced(
                kind == "normal"
                    ? .normal(mean: settings["mean"]?.number ?? 0, std: settings["std"]?.number ?? 0.05)
                    : .uniform(minimum: settings["minimum"]?.number ?? -0.05, maximum: settings["maximum"]?.number ?? 0.05))
        }
        let choice: InitializerSpec =
            switch value.text {
            case "glorot_uniform": .glorotUniform
            case "glorot_normal": .glorotNormal
            case "he_uniform": .heUniform
            case "he_normal": .heNormal
            case "lecun_normal": .lecunNormal
            case "zeros": .zeros
            case "ones": .ones
            default: .auto
            }
        return value.sourced(choice)
    }
}
