import Diagnostics

extension Diagnostic {
    /// - Parameter type: what would be legal; nil if that is no help.
    static func noValue(_ path: String, _ node: YAMLNode, _ type: SettingType?) -> Diagnostic {
        let shown = node.text.map { $0.isEmpty ? "" : ", found `\($0)`" } ?? ""
        let words = type?.words(isBuilt: true) ?? []
        // What other tools say by null: no activation, no schedule.
        let word = words.contains("none") ? "none" : words.contains("linear") ? "linear" : nil
        return Diagnostic(
            "E0203", "`\(path)` has no value\(shown)", at: node.range, label: "no value",
            fix: "remove the key for the default, or write " + (word.map { "`\($0)`" } ?? "a value"))
    }

    static func wrongType(_ path: String, _ type: SettingType, _ node: YAMLNode) -> Diagnostic {
        let fix = ValueAdvice(path: path, type: type, node: node).text
        let isLong = type.words(isBuilt: true).count > SettingType.manyWords
        return Diagnostic(
            "E0204", "`\(path)` wants \(type.words), found \(shown(node))", at: node.range, label: "expected \(short(type))",
            notes: isLong && fix == nil ? ["the words are: \(type.words(isBuilt: true).joined(separator: ", "))"] : [], fix: fix)
    }

    /// The value as written and what it is.
    private static func shown(_ node: YAMLNode) -> String {
        guard let text = node.text else { return node.shape }
        return node.plainText == nil ? "\"\(cut(text))\", \(node.shape)" : "`\(cut(text))`, \(node.shape)"
    }

    static func cut(_ text: String) -> String { text.count > 60 ? String(text.prefix(60)) + "..." : text }

    private static func short(_ type: SettingType) -> String {
        let words = type.words
        return words.count > 70 ? "another value" : words
    }

    static func outOfRange(_ path: String, _ type: SettingType, _ node: YAMLNode) -> Diagnostic {
        Diagnostic(
            "E0205", "`\(path)` wants \(type.words); `\(cut(node.text ?? ""))` is out of range\(upperLimit(type, node))", at: node.range,
            label: "out of range", fix: ValueAdvice.outOfRange(path, type, node))
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

    static func unknownKey(_ advice: KeyAdvice, fix: String?) -> Diagnostic {
        let (entry, record, path) = (advice.entry, advice.record, advice.path)
        return Diagnostic(
            "E0201", "unknown key `\(entry.name)` \(path.isEmpty ? "at the top level" : "in `\(path)`")", at: entry.key.range,
            label: "no such setting",
            notes: fix == nil ? ["known here: \(record.settings.filter(\.isTold).map(\.name).joined(separator: ", "))"] : [], fix: fix)
    }

    /// Points at the key of the section, or at the entry of a list; at the top, where a line would be inserted.
    static func missingKey(_ setting: Setting, _ path: String, _ key: SourceRange?, _ range: SourceRange) -> Diagnostic {
        let name = path.isEmpty ? setting.name : "\(path).\(setting.name)"
        // The names of a file and a column would be a guess.
        let value = setting.name == "data" ? "{path: ..., target: ...}" : path == "data" ? nil : setting.example ?? setting.type.record?.example
        let example = "\(setting.name): \(value ?? "...")"
        let place = key ?? (path.isEmpty ? SourceRange(range.file, range.lower, range.lower) : range)
        return Diagnostic(
            "E0202", "`\(name)` is missing: \(setting.doc)", at: place, label: path.isEmpty ? "" : "in `\(path)`", fix: "add `\(example)`")
    }

    static func notAvailable(_ what: String, _ range: SourceRange?, fix: String? = nil) -> Diagnostic {
        Diagnostic("E0208", "\(what) is not available in this version", at: range, label: "not available yet", fix: fix)
    }
}
