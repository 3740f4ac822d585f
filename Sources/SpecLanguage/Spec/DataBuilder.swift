/// The `data:` section of the resolved tree -> DataSpec.
struct DataBuilder {
    let data: Resolved

    func spec() -> DataSpec {
        func text(_ name: String) -> Sourced<String>? { data[name].flatMap { value in value.text.map { value.sourced($0) } } }
        func byte(_ name: String, _ standard: Character) -> Sourced<UInt8> {
            setting(name).sourced(setting(name).text?.utf8.first ?? standard.asciiValue ?? 0)
        }
        /// A table, or the inputs of a pair of array files.
        func part(_ name: String) -> Sourced<String>? { text(name) ?? pathIn(name, "inputs") }
        let files: DataSpec.Files =
            (text("path") ?? (text("targets") == nil ? nil : text("inputs"))).map { .single($0) }
            ?? .parts(train: part("train") ?? Sourced(""), validation: part("validation"), test: part("test"))
        let targetFiles = [text("targets")] + ["train", "validation", "test"].map { pathIn($0, "targets") }
        let comment = setting("comment")
        let features = data["features"]?.list?.map(feature)
        var spec = DataSpec(
            files: files, format: enumerated("format", .auto), delimiter: byte("delimiter", ","),
            header: setting("header").sourced(setting("header").boolean ?? true),
            comment: comment.sourced(comment.isWord("none") ? nil : comment.text?.utf8.first), decimal: byte("decimal", "."),
            missingValues: texts("missing_values") ?? [], targets: targets(), features: features,
            exclude: setting("exclude").sourced(setting("exclude").list?.map { $0.sourced($0.text ?? "") } ?? []),
            missing: missing(setting("missing")),
            normalize: enumerated("normalize", .zscore),
            normalizeTarget: setting("normalize_target").sourced(setting("normalize_target").isWord("zscore")), split: split(),
            classes: texts("classes").map { setting("classes").sourced($0) })
        spec.targetFiles = targetFiles.compactMap { $0 }
        spec.query = text("query")
        spec.indicator = setting("indicator").sourced(setting("indicator").boolean ?? false)
        spec.sampleWeight = data["sample_weight"].flatMap { name in name.isWord("none") ? nil : name.text.map { name.sourced($0) } }
        spec.splitKey = data["split"]?["key"].flatMap { key in key.isWord("none") ? nil : key.text.map { key.sourced($0) } }
        spec.folds = data["split"]?["folds"].flatMap { count in
            count.integer.map { number in
                DataSpec.Folds(
                    count: count.sourced(number), fold: data["split"]?["fold"].flatMap { fold in fold.integer.map { fold.sourced($0) } })
            }
        }
        return spec
    }

    private func pathIn(_ name: String, _ member: String) -> Sourced<String>? {
        data[name]?[member].flatMap { value in value.text.map { value.sourced($0) } }
    }

    private func setting(_ name: String) -> Resolved {
        guard let value = data[name] else { preconditionFailure("the table has no data.\(name)") }
        return value
    }

    private func enumerated<Word: RawRepresentable & Sendable>(_ name: String, _ standard: Word) -> Sourced<Word> where Word.RawValue == String {
        setting(name).sourced(setting(name).text.flatMap(Word.init) ?? standard)
    }

    private func texts(_ name: String) -> [String]? { data[name]?.list?.map { $0.text ?? "" } }

    private func targets() -> [Sourced<String>] {
        guard let target = data["target"] else { return [Sourced("y0")] }
        return target.list?.map { $0.sourced($0.text ?? "") } ?? [target.sourced(target.text ?? "")]
    }

    private func split() -> Sourced<DataSpec.Split> {
        guard let split = data["split"], case .record = split.content else { return data["split"]?.sourced(.none) ?? Sourced(.none) }
        let folds = split["folds"]?.integer.map { Double(max($0, 1)) }
        func share(_ name: String) -> Sourced<Double> {
            if let folds { return Sourced(name == "train" ? 1 - 1 / folds : name == "validation" ? 1 / folds : 0) }
            return split[name].map { $0.sourced($0.number ?? 0) } ?? Sourced(0)
        }
        return split.sourced(
            .parts(
                train: share("train"), validation: share("validation"), test: share("test"),
                method: split["method"].map { $0.sourced($0.text.flatMap(DataSpec.SplitMethod.init) ?? .auto) } ?? Sourced(.auto)))
    }

    private func missing(_ value: Resolved) -> Sourced<DataSpec.Missing> {
        if let (_, constant) = value.kind { return value.sourced(.constant(constant.text ?? "")) }
        let choice: DataSpec.Missing =
            switch value.text {
            case "drop_row": .dropRow
            case "mean": .mean
            case "median": .median
            case "mode": .mode
            default: .error
            }
        return value.sourced(choice)
    }

    private func feature(_ entry: Resolved) -> DataSpec.Feature {
        var feature = DataSpec.Feature(name: entry["name"].map { $0.sourced($0.text ?? "") } ?? Sourced(""))
        if let type = entry["type"] { feature.type = type.sourced(type.text.flatMap(DataSpec.FeatureType.init) ?? .auto) }
        feature.normalize = entry["normalize"].flatMap { value in value.text.flatMap(DataSpec.Normalize.init).map { value.sourced($0) } }
        feature.missing = entry["missing"].map(missing)
        feature.missingValues = entry["missing_values"]?.list?.map { $0.text ?? "" }
        if let encoding = entry["encoding"] { feature.encoding = encoding.sourced(encoding.text.flatMap(DataSpec.Encoding.init) ?? .oneHot) }
        feature.indicator = entry["indicator"].flatMap { value in value.boolean.map { value.sourced($0) } }
        if let unseen = entry["unseen"] { feature.unseen = unseen.sourced(unseen.isWord("other") ? .other : .error) }
        if let most = entry["max_categories"] { feature.maxCategories = most.sourced(most.integer ?? 100) }
        feature.categories = entry["categories"]?.list?.map { $0.text ?? "" }
        return feature
    }
}
