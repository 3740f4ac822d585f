import Diagnostics

/// Messages about mappings of one key that names a kind: layers, gradient_clip, initializers.
extension Diagnostic {
    static func severalKinds(_ path: String, _ node: YAMLNode, _ kinds: [SettingType.Kind]) -> Diagnostic {
        let names = node.entries?.map(\.name) ?? []
        let known = kinds.filter { kind in kind.isBuilt && names.contains(kind.name) }
        var fix = kindIsTheKey(node, kinds)
        if fix != nil {
        } else if known.count > 1 {
            fix = "choose one: " + SettingType.listed(known.map { "`{\($0.name): ...}`" })
        } else if let kind = known.first, let other = names.first(where: { $0 != kind.name }), kind.type.record != nil {
            fix = "put its settings inside: `\(kind.name): {..., \(other): ...}`"
        } else {
            fix = "use one of " + SettingType.listed(kinds.filter(\.isBuilt).map { "`\($0.name)`" })
        }
        return Diagnostic(
            "E0209", "`\(path)` wants a mapping of one key, found \(names.isEmpty ? "none" : names.joined(separator: ", "))", at: node.range, fix: fix
        )
    }

    /// `{type: dense, units: 64}`, as other tools write it -> `dense: {units: 64}`; nil if no entry names a kind.
    private static func kindIsTheKey(_ node: YAMLNode, _ kinds: [SettingType.Kind]) -> String? {
        guard let entries = node.entries, let entry = entries.first(where: { ["type", "class_name", "kind", "layer"].contains($0.name) }),
            let word = entry.value.text
        else { return nil }
        let isLayers = kinds.contains { $0.name == "dense" }
        guard let kind = isLayers ? Synonyms.layer(word) : kinds.first(where: { $0.name == word }), kind.isBuilt else { return nil }
        func text(_ node: YAMLNode) -> String { node.range.text.contains("\n") || node.range.text.count > 30 ? "..." : node.range.text }
        let others = entries.filter { $0.name != entry.name }
        // The one other entry is the kind's main setting, whatever it is called.
        let isShort = kind.type.record?.main != nil && others.count == 1 && others[0].value.entries == nil
        let value = isShort ? text(others[0].value) : "{" + others.map { "\($0.name): \(text($0.value))" }.joined(separator: ", ") + "}"
        return "the kind is the key: write `\(isLayers ? "- " : "")\(kind.name): \(value)`"
    }

    static func severalLayers(_ node: YAMLNode, _ kinds: [SettingType.Kind]) -> Diagnostic {
        let names = node.entries?.map(\.name).filter { name in kinds.contains { $0.name == name } } ?? []
        return Diagnostic(
            "E0213", "\(names.count == 2 ? "two" : "\(names.count)") layers in one entry: \(names.joined(separator: ", "))", at: node.range,
            fix: "write \(names.count == 2 ? "two" : "\(names.count)") list items: \(names.map { "`- \($0): ...`" }.joined(separator: ", "))")
    }

    /// - Parameter entry: the mapping that the name is the key of; nil for a name alone.
    /// - Parameter isAdvised: false where there are hundreds already: nobody reads advice on those, and it takes its time.
    static func unknownKind(
        _ key: YAMLNode, in entry: YAMLNode? = nil, _ kinds: [SettingType.Kind], _ path: String, isAdvised: Bool
    ) -> Diagnostic {
        let text = key.text ?? ""
        let names = kinds.filter(\.isBuilt).map(\.name)
        var fix = entry.flatMap { kindIsTheKey($0, kinds) }
        if fix == nil, isAdvised, names.contains("dense") {
            // `linear: 4` is PyTorch's layer, `linear` alone the activation.
            if ForeignWords.plain(text) != "linear" || entry == nil, let activation = Synonyms.activation(text) {
                return .activationAsLayer(text, named: activation, key.range)
            }
            if let kind = Synonyms.layer(text) {
                guard kind.isBuilt else {
                    return .notAvailable(kind.name == text ? "`\(text)`" : "the layer `\(cut(text))`, called `\(kind.name)` here,", key.range)
                }
                fix = "this language calls it `\(kind.name)`"
            } else if ["input", "inputlayer"].contains(ForeignWords.plain(text)) {
                fix = "remove it: the data decide on the width of the input, and `model.input` is there to check it"
            }
        }
        if fix == nil, isAdvised {
            fix =
                Synonyms.value(of: text, among: names).map { "this language calls it `\($0)`" }
                ?? Suggestion.nearest(text, among: names).map { "did you mean `\($0)`?" }
        }
        return Diagnostic(
            "E0210", "unknown kind `\(cut(text))` in `\(path)`", at: key.range,
            notes: fix == nil ? ["known here: \(names.joined(separator: ", "))"] : [], fix: fix)
    }

    static func kindNeedsValue(_ kind: SettingType.Kind, _ range: SourceRange) -> Diagnostic {
        let example: String? = if case .record(let record) = kind.type { record.main.flatMap(record.setting)?.example } else { nil }
        let value = example.map { "{\(kind.name): \($0)}" } ?? "\(kind.name): ..."
        return Diagnostic("E0211", "`\(kind.name)` needs a value", at: range, fix: "write `\(value)`")
    }

    /// - Parameter name: what this language calls it.
    static func activationAsLayer(_ written: String, named name: String, _ range: SourceRange) -> Diagnostic {
        Diagnostic(
            "E0212", "`\(cut(written))` is an activation, not a layer", at: range,
            fix: "write `- activation: \(name)`, or put `activation: \(name)` into the layer before")
    }
}
