import Diagnostics

/// What the columns, the classes and the input's shape say to each other.
extension SpecChecks {
    func columns() {
        inputShape()
        targetAmongFeatures()
        namesOfClasses()
    }

    /// Dense reads rows of numbers; `[4]` says the same as `4`.
    private func inputShape() {
        guard root.isKnown("model", "input"), let input = root["model"]?["input"], let shape = input.list, shape.count > 1 else { return }
        let dense = spec.model.layers.first { if case .dense = $0.kind { true } else { false } }
        sink.emit(.shapeMeetsDense(shape.compactMap(\.integer), input.range, dense: dense?.range))
    }

    /// Labels among the features give the answer away. Where the data decides whether they are labels, it is told then.
    private func targetAmongFeatures() {
        let data = spec.data
        guard root.isKnown("task"), root.isKnown("loss"), root.isKnown("data", "target") else { return }
        guard let features = data.features, data.targets.count == 1, let target = data.targets.first, isClassification else { return }
        for feature in features.map(\.name) where feature.value == target.value { sink.emit(.labelsInFeatures(feature, target.range)) }
    }

    private func namesOfClasses() {
        var lists = [("data.classes", root["data"]?["classes"]?.list ?? [])]
        for feature in root["data"]?["features"]?.list ?? [] { lists.append(("categories", feature["categories"]?.list ?? [])) }
        for (name, list) in lists {
            sink.emitTwins(of: name, list.compactMap { item in item.text.map { item.sourced($0) } })
        }
    }
}

extension Diagnostic {
    static func shapeMeetsDense(_ shape: [Int], _ range: SourceRange?, dense: SourceRange?) -> Diagnostic {
        var width: Int? = 1
        for size in shape { width = width.flatMap { $0.multipliedReportingOverflow(by: size).overflow ? nil : $0 * size } }
        let written = "[" + shape.map(String.init).joined(separator: ", ") + "]"
        return Diagnostic(
            "E0343",
            "`model.input: \(written)` has rank \(shape.count), and dense reads rows of numbers: an input of rank \(shape.count) is not available in "
                + "this version", at: range,
            label: "not available yet", related: dense.map { [.init($0, "the first dense layer")] } ?? [],
            fix: width.map { "write the number of values in a row, `input: \($0)`" })
    }

    static func labelsInFeatures(_ feature: Sourced<String>, _ target: SourceRange?) -> Diagnostic {
        Diagnostic(
            "E0344", "labels in the features: `data.features` lists the target `\(feature.value)`", at: feature.range, label: "the answer",
            related: target.map { [.init($0, "the target")] } ?? [], fix: "remove it from the features")
    }
}
