import Diagnostics

/// What the target, its classes and the split say to each other, as far as the spec settles it; the rest is found with the data.
extension SpecChecks {
    func targets() {
        if root.isKnown("data", "target"), let (what, place) = wantsOneTarget {
            sink.emit(.severalTargets(spec.data.targets.map(\.value), what, at: root["data"]?["target"]?.range, place))
        }
        splitKey()
        sampleWeight()
        divergence()
        listedClasses()
        constants()
        if isMultilabel, spec.data.targets.count == 1, !spec.data.isOfArrays, root.isKnown("data", "target") {
            sink.emit(.oneLabel(spec.data.targets[0], task: spec.task.range))
        }
        if isRegression || isMultilabel, case .parts(_, _, _, let method) = spec.data.split.value, method.value == .stratified {
            sink.emit(.stratifiedRegression(at: method.range, spec.task.range ?? spec.loss.range))
        }
    }

    /// What tells classes apart, where several targets are named.
    var wantsOneTarget: (what: String, place: SourceRange?)? {
        guard spec.data.targets.count > 1 else { return nil }
        switch (spec.task.value, spec.loss.value) {
        case (.classification, _), (.binary, _): return ("task: \(spec.task.value.rawValue)", spec.task.range)
        case (.auto, .crossEntropy): return ("loss: cross_entropy", spec.loss.range)
        case (.auto, .binaryCrossEntropy): return ("loss: binary_cross_entropy", spec.loss.range)
        default: return nil
        }
    }

    /// hash and column go by a key, and nothing else does.
    private func splitKey() {
        guard case .parts(_, _, _, let method) = spec.data.split.value, root.isKnown("data", "split") else { return }
        let wantsKey = method.value == .hash || method.value == .column
        if wantsKey, spec.data.splitKey == nil { sink.emit(.splitWithoutKey(method)) }
        if !wantsKey, let key = spec.data.splitKey {
            sink.emit(.keyOfNoSplit(key, method: method, implied: implied("data", "split", "method")))
        }
        if let key = spec.data.splitKey, let target = spec.data.targets.first(where: { $0.value == key.value }) {
            sink.emit(.keyIsTarget(key, target: target.range))
        }
        guard method.value == .column else { return }
        for name in ["validation", "test"] {
            guard let share = root["data"]?["split"]?[name], share.range != nil, isChange(share, of: SettingsTable.split.setting(name)) else {
                continue
            }
            sink.emit(.shareOfColumn(name, share.range, method: method.range))
        }
    }

    /// Weights are a column of their own, that nothing else is made of.
    private func sampleWeight() {
        guard let weight = spec.data.sampleWeight else { return }
        if spec.data.isOfArrays { return sink.emit(.weightsOfArrays(weight, at: spec.data.targetFiles.first?.range)) }
        if root.isKnown("data", "target"), let target = spec.data.targets.first(where: { $0.value == weight.value }) {
            sink.emit(.weightIsTarget(weight, target: target.range))
        }
        if root.isKnown("data", "features"), let feature = spec.data.features?.first(where: { $0.name.value == weight.value }) {
            sink.emit(.weightAmongFeatures(weight, feature: feature.name.range))
        }
    }

    /// kl_divergence compares the distributions that the targets of a row are.
    private func divergence() {
        guard spec.loss.value == .klDivergence, !spec.data.isOfArrays, root.isKnown("data", "target") else { return }
        if spec.data.targets.count == 1 {
            sink.emit(.divergenceOfOneColumn(spec.data.targets[0], at: spec.loss.range))
        } else if spec.data.normalizeTarget.value {
            sink.emit(.normalizedDistribution(at: spec.data.normalizeTarget.range, loss: spec.loss.range))
        }
    }

    private func listedClasses() {
        guard let classes = spec.data.classes, root.isKnown("data", "classes"), !isRegression else { return }
        if settledTask == .binary, classes.value.count > 2 {
            sink.emit(.moreThanTwoClasses(classes, spec.task.range ?? spec.loss.range))
        }
        guard case .byName(let weights) = spec.classWeights.value else { return }
        let names = Set(classes.value)
        for weight in weights where !names.contains(weight.name.value) { sink.emit(.weightOfUnlistedClass(weight.name, classes)) }
    }

    /// What is to fill the gaps of a column whose kind the spec says.
    private func constants() {
        for feature in spec.data.features ?? [] {
            let missing = feature.missing ?? spec.data.missing
            guard case .constant(let text) = missing.value else { continue }
            if let categories = feature.categories {
                if !categories.contains(text) { sink.emit(.constantNotListed(text, feature.name, categories, at: missing.range)) }
            } else if feature.type.value == .number, CoreSchema.number(text) == .malformed {
                sink.emit(.constantNotANumber(text, feature.name, at: missing.range))
            }
        }
    }
}

extension Diagnostic {
    static func severalTargets(_ names: [String], _ what: String, at range: SourceRange?, _ place: SourceRange?) -> Diagnostic {
        let shown = names.prefix(5).map { "`\($0)`" }.joined(separator: ", ") + (names.count > 5 ? ", ..." : "")
        return Diagnostic(
            "E0346", "`\(what)` has one target, here are \(names.count): \(shown)", at: range, label: "want 1",
            related: place.map { [.init($0, "it tells the classes of one column apart")] } ?? [],
            fix: "name one column; several columns of numbers are a regression, and of true and false `task: multilabel`")
    }

    static func splitWithoutKey(_ method: Sourced<DataSpec.SplitMethod>) -> Diagnostic {
        Diagnostic(
            "E0365", "`method: \(method.value.rawValue)` needs a `key`", at: method.range, label: "which column?",
            fix: method.value == .hash
                ? "add `key: ...`, the column whose equal values stay together" : "add `key: ...`, the column that holds train, validation or test")
    }

    static func keyOfNoSplit(_ key: Sourced<String>, method: Sourced<DataSpec.SplitMethod>, implied: [String]) -> Diagnostic {
        Diagnostic(
            "E0366", "`split.key` does nothing with `method: \(method.value.rawValue)`", at: key.range, label: "no effect",
            related: method.range.map { [.init($0, "the method")] } ?? [], notes: implied,
            fix: "write `method: hash` to keep rows with equal values together, or `method: column`; or remove it")
    }

    static func keyIsTarget(_ key: Sourced<String>, target: SourceRange?) -> Diagnostic {
        Diagnostic(
            "E0367", "`split.key` is the target `\(key.value)`: each of its values would be in one part alone", at: key.range,
            related: target.map { [.init($0, "the target")] } ?? [], fix: "name another column, or write `method: stratified`")
    }

    static func shareOfColumn(_ name: String, _ range: SourceRange?, method: SourceRange?) -> Diagnostic {
        Diagnostic(
            "E0368", "`split.\(name)` does nothing with `method: column`: the column says which rows belong to the part", at: range,
            label: "no effect",
            related: method.map { [.init($0, "the method")] } ?? [], fix: "remove it")
    }

    static func weightIsTarget(_ weight: Sourced<String>, target: SourceRange?) -> Diagnostic {
        Diagnostic(
            "E0372", "`data.sample_weight` is the target `\(weight.value)`: a row would count as much as what is to be predicted of it",
            at: weight.range,
            related: target.map { [.init($0, "the target")] } ?? [], fix: "name a column of weights, or remove it")
    }

    static func weightAmongFeatures(_ weight: Sourced<String>, feature: SourceRange?) -> Diagnostic {
        Diagnostic(
            "E0373", "`data.sample_weight` is `\(weight.value)`, which `data.features` lists: a weight says how much a row counts, and is no input",
            at: weight.range, related: feature.map { [.init($0, "the feature")] } ?? [],
            fix: "remove it from the features, or remove `sample_weight`")
    }

    static func weightsOfArrays(_ weight: Sourced<String>, at place: SourceRange?) -> Diagnostic {
        Diagnostic(
            "E0374", "`data.sample_weight` names a column, and files of `inputs` and `targets` have none beside their numbers", at: weight.range,
            related: place.map { [.init($0, "array data")] } ?? [],
            fix: "write `path` with a table, or one array that holds inputs, target and weight as columns c0, c1, ...")
    }

    static func oneLabel(_ target: Sourced<String>, task: SourceRange?) -> Diagnostic {
        Diagnostic(
            "E0369", "`task: multilabel` has several targets of true and false, and `\(target.value)` is one column", at: target.range,
            related: task.map { [.init($0, "the task")] } ?? [],
            fix: "name a column for each label, `target: [a, b, c]`; or write `task: binary`")
    }

    static func divergenceOfOneColumn(_ target: Sourced<String>, at range: SourceRange?) -> Diagnostic {
        Diagnostic(
            "E0347", "`loss: kl_divergence` compares distributions, and target `\(target.value)` is one column", at: range,
            related: target.range.map { [.init($0, "one column")] } ?? [],
            notes: ["it takes several target columns of numbers that add up to 1 in each row, such as `target: [p1, p2, p3]`"],
            fix: "write `loss: cross_entropy` for a column of classes, or `loss: mse` for one of numbers")
    }

    static func normalizedDistribution(at range: SourceRange?, loss: SourceRange?) -> Diagnostic {
        Diagnostic(
            "E0348", "`normalize_target: zscore` would make the targets no distributions any more, and `loss: kl_divergence` compares such",
            at: range, related: loss.map { [.init($0, "the loss")] } ?? [], fix: "remove it")
    }

    static func moreThanTwoClasses(_ classes: Sourced<[String]>, _ place: SourceRange?) -> Diagnostic {
        Diagnostic(
            "E0352", "a binary task has 2 classes, `data.classes` names \(classes.value.count)", at: classes.range, label: "want 2",
            related: place.map { [.init($0, "what makes it binary")] } ?? [], fix: "write `task: classification`, with `loss: cross_entropy`")
    }

    static func stratifiedRegression(at range: SourceRange?, _ place: SourceRange?) -> Diagnostic {
        Diagnostic(
            "E0353", "`method: stratified` needs the classes of one target, and here are none", at: range,
            related: place.map { [.init($0, "the task")] } ?? [], fix: "write `method: random`")
    }

    static func weightOfUnlistedClass(_ name: Sourced<String>, _ classes: Sourced<[String]>) -> Diagnostic {
        let nearest = classes.value.count > 100 ? nil : Suggestion.nearest(name.value, among: classes.value)
        return Diagnostic(
            "E0354", "`class_weights` names `\(name.value)`, which `data.classes` does not list", at: name.range,
            related: classes.range.map { [.init($0, "the classes")] } ?? [], fix: nearest.map { "did you mean `\($0)`?" })
    }

    static func constantNotListed(_ text: String, _ feature: Sourced<String>, _ categories: [String], at range: SourceRange?) -> Diagnostic {
        Diagnostic(
            "E0350", "`missing: {constant: \(text)}` is none of the categories of feature `\(feature.value)`", at: range,
            notes: ["they are: \(categories.prefix(12).joined(separator: ", "))\(categories.count > 12 ? ", ..." : "")"],
            fix: "add it to `categories`")
    }

    static func constantNotANumber(_ text: String, _ feature: Sourced<String>, at range: SourceRange?) -> Diagnostic {
        Diagnostic(
            "E0351", "`missing: {constant: \(text)}` is not a number, but feature `\(feature.value)` is", at: range, fix: "write a number")
    }
}
