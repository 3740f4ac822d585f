import Diagnostics

extension Diagnostic {
    static func noValue(_ path: String, _ node: YAMLNode) -> Diagnostic {
        let shown = node.text.map { $0.isEmpty ? "" : ", found `\($0)`" } ?? ""
        return Diagnostic(
            "E0203", "`\(path)` has no value\(shown)", at: node.range, label: "no value", fix: "remove the key for the default, or write a value")
    }

    static func wrongType(_ path: String, _ type: SettingType, _ node: YAMLNode) -> Diagnostic {
        Diagnostic(
            "E0204", "`\(path)` wants \(type.words), found \(shown(node))", at: node.range, label: "expected \(short(type))",
            fix: advice(path, type, node))
    }

    /// The value as written and what it is.
    private static func shown(_ node: YAMLNode) -> String {
        guard let text = node.text else { return node.shape }
        return node.plainText == nil ? "\"\(cut(text))\", \(node.shape)" : "`\(cut(text))`, \(node.shape)"
    }

    private static func cut(_ text: String) -> String { text.count > 60 ? String(text.prefix(60)) + "..." : text }

    private static func short(_ type: SettingType) -> String {
        let words = type.words
        return words.count > 70 ? "another value" : words
    }

    private static func advice(_ path: String, _ type: SettingType, _ node: YAMLNode) -> String? {
        let words: [String] = type.alternatives.flatMap { alternative -> [String] in
            switch alternative {
            case .word(let words): words.filter(\.isBuilt).map(\.text)
            case .kind(let kinds, _): kinds.filter(\.isBuilt).map(\.name)
            default: []
            }
        }
        let hasNumber = type.alternatives.contains {
            switch $0 {
            case .integer, .number: true
            default: false
            }
        }
        guard let text = node.text else {
            if case .sequence(let items) = node.kind, items.count == 1, let only = items[0].text { return "write `\(only)` without brackets" }
            return nil
        }
        if case .boolean = type {
            switch text.lowercased() {
            case "no", "off", "n", "0", "false": return "write `false`"
            case "yes", "on", "y", "1", "true": return "write `true`"
            default: return "write `true` or `false`"
            }
        }
        if hasNumber {
            if node.plainText == nil, CoreSchema.looksNumeric(text) { return "write \(text) without quotes" }
            if text.contains("_"), CoreSchema.looksNumeric(text) { return "write \(String(text.filter { $0 != "_" })), without `_`" }
        }
        if let word = Synonyms.value(of: text, among: words) { return "this language calls it `\(word)`" }
        if let near = Suggestion.nearest(text, among: words) { return "did you mean `\(near)`?" }
        if case .list(let element, _) = type, case .text = element { return "write [\(text)]" }
        return nil
    }

    static func outOfRange(_ path: String, _ type: SettingType, _ node: YAMLNode) -> Diagnostic {
        Diagnostic(
            "E0205", "`\(path)` wants \(type.words); `\(cut(node.text ?? ""))` is out of range\(upperLimit(type, node))", at: node.range,
            label: "out of range",
            fix: path.contains("split.") ? "parts of a split are fractions between 0 and 1, such as 0.2" : nil)
    }

    /// The limit that a value is above, where the words of the type do not say it.
    private static func upperLimit(_ type: SettingType, _ node: YAMLNode) -> String {
        guard let text = node.text, !text.hasPrefix("-"), !text.hasSuffix("nan"), !text.hasSuffix("NaN"), !text.hasSuffix("NAN") else { return "" }
        for case .integer(let range) in type.alternatives where !type.words.contains("at most") {
            switch CoreSchema.number(text) {
            case .integer(let value) where value <= range.upperBound: continue
            case .double(let value) where value <= Double(range.upperBound): continue
            default: return ": at most \(range.upperBound)"
            }
        }
        return ""
    }

    static func leadingZero(_ path: String, _ type: SettingType, _ node: YAMLNode) -> Diagnostic {
        let text = node.text ?? ""
        let digits = text.drop { $0 == "0" || $0 == "+" || $0 == "-" }
        return Diagnostic(
            "E0206", "`\(path)` wants \(type.words); `\(text)` has a leading zero, which readers take for octal or decimal", at: node.range,
            fix: "write \(text.hasPrefix("-") ? "-" : "")\(digits.isEmpty ? "0" : String(digits)), or 0o\(digits) if octal is meant")
    }

    static func emptyList(_ path: String, _ range: SourceRange) -> Diagnostic {
        Diagnostic(
            "E0207", "`\(path)` is an empty list", at: range,
            fix: path == "model.layers" ? "a network has at least one layer, e.g. `layers: [auto]`" : nil)
    }

    static func unknownKey(_ entry: YAMLEntry, in record: SettingType.Record, _ path: String) -> Diagnostic {
        let names = record.settings.map(\.name)
        let place = path.isEmpty ? "at the top level" : "in `\(path)`"
        var fix: String?
        var notes: [String] = []
        let folded = entry.name.lowercased().replacing("-", with: "_")
        if names.contains(folded) {
            fix = "write `\(folded)`"
        } else if let advice = Synonyms.advice(folded, in: path) {
            fix = advice
        } else if let known = Synonyms.path(of: entry.name), let advice = SettingsTable.advice(for: known, in: record, path) {
            fix = advice
        } else if let home = SettingsTable.path(of: folded, nearest: path), SettingsTable.isNear(home, path) {
            fix = "it belongs in another place: `\(home)`"
        } else if let near = Suggestion.nearest(entry.name, among: names) {
            fix = "did you mean `\(near)`?"
        } else {
            notes = ["known here: \(names.joined(separator: ", "))"]
        }
        return Diagnostic("E0201", "unknown key `\(entry.name)` \(place)", at: entry.key.range, label: "no such setting", notes: notes, fix: fix)
    }

    /// Points at the key of the section, or at the entry of a list; at the top, where a line would be inserted.
    static func missingKey(_ setting: Setting, _ path: String, _ key: SourceRange?, _ range: SourceRange) -> Diagnostic {
        let name = path.isEmpty ? setting.name : "\(path).\(setting.name)"
        let example = setting.name == "nnspec" ? "nnspec: 1" : setting.name == "layers" ? "layers: [16, auto]" : "\(setting.name): ..."
        let place = key ?? (path.isEmpty ? SourceRange(range.file, range.lower, range.lower) : range)
        return Diagnostic(
            "E0202", "`\(name)` is missing: \(setting.doc)", at: place, label: path.isEmpty ? "" : "in `\(path)`", fix: "add `\(example)`")
    }

    static func notAvailable(_ what: String, _ range: SourceRange?, fix: String? = nil) -> Diagnostic {
        Diagnostic("E0208", "\(what) is not available in this version", at: range, label: "not available yet", fix: fix)
    }

    static func severalKinds(_ path: String, _ node: YAMLNode, _ kinds: [SettingType.Kind]) -> Diagnostic {
        let names = node.entries?.map(\.name) ?? []
        let known = kinds.filter { kind in kind.isBuilt && names.contains(kind.name) }
        var fix: String?
        if known.count > 1 {
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

    static func severalLayers(_ node: YAMLNode, _ kinds: [SettingType.Kind]) -> Diagnostic {
        let names = node.entries?.map(\.name).filter { name in kinds.contains { $0.name == name } } ?? []
        return Diagnostic(
            "E0213", "\(names.count == 2 ? "two" : "\(names.count)") layers in one entry: \(names.joined(separator: ", "))", at: node.range,
            fix: "write \(names.count == 2 ? "two" : "\(names.count)") list items: \(names.map { "`- \($0): ...`" }.joined(separator: ", "))")
    }

    static func unknownKind(_ key: YAMLNode, _ kinds: [SettingType.Kind], _ path: String) -> Diagnostic {
        let text = key.text ?? ""
        let names = kinds.filter(\.isBuilt).map(\.name)
        if SettingsTable.activationNames.contains(text), names.contains("activation") { return .activationAsLayer(text, key.range) }
        let word = Synonyms.value(of: text, among: names) ?? ["linear": "dense", "fc": "dense", "fully_connected": "dense"][text.lowercased()]
        let near = word.flatMap { names.contains($0) ? $0 : nil } ?? Suggestion.nearest(text, among: names)
        return Diagnostic(
            "E0210", "unknown kind `\(cut(text))` in `\(path)`", at: key.range, notes: ["known here: \(names.joined(separator: ", "))"],
            fix: near.map { "did you mean `\($0)`?" })
    }

    static func kindNeedsValue(_ kind: String, _ range: SourceRange) -> Diagnostic {
        Diagnostic("E0211", "`\(kind)` needs a value", at: range, fix: "write `\(kind): ...`")
    }

    static func activationAsLayer(_ name: String, _ range: SourceRange) -> Diagnostic {
        Diagnostic(
            "E0212", "`\(name)` is an activation, not a layer", at: range,
            fix: "write `- activation: \(name)`, or put `activation: \(name)` into the layer before")
    }
}
