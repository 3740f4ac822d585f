import Diagnostics

/// Advice to someone who wrote a value that its setting does not take.
struct ValueAdvice {
    let path: String
    let type: SettingType
    let node: YAMLNode

    /// The setting's own name, for what can be pasted; an entry of a list has none.
    private var name: String? { path.hasSuffix("]") ? nil : path.split(separator: ".").last.map(String.init) }

    /// The words that this version reads, names of kinds included.
    private var words: [String] {
        type.alternatives.flatMap { alternative -> [String] in
            switch alternative {
            case .word(let words): words.filter(\.isBuilt).map(\.text)
            case .kind(let kinds, _): kinds.filter(\.isBuilt).map(\.name)
            default: []
            }
        }
    }

    /// What to write; nil if there is nothing to say.
    var text: String? { forTargets ?? forNothing ?? forBoolean ?? forNumber ?? forWord ?? forName ?? forMapping ?? forList ?? forOneEntry }

    // MARK: Scalars

    /// Python's None, where it is no word of the setting.
    private var forNothing: String? {
        guard node.plainText == "None" || node.plainText == "nil", !words.contains("none"), !words.contains("linear") else { return nil }
        return "remove the key for the default"
    }

    private var forBoolean: String? {
        guard let text = node.text, type.isBoolean else { return nil }
        switch text.lowercased() {
        case "no", "off", "n", "0", "false", "none": return "write `false`"
        case "yes", "on", "y", "1", "true": return "write `true`"
        default: return "write `true` or `false`"
        }
    }

    private var forNumber: String? {
        guard let text = node.text, type.takesNumbers, CoreSchema.looksNumeric(text) else { return nil }
        if node.plainText == nil { return "write \(text) without quotes" }
        if text.contains("_") { return "write \(String(text.filter { $0 != "_" })), without `_`" }
        if text.contains(","), !text.contains("."), CoreSchema.isNumber(text.replacing(",", with: ".")) {
            return "write \(text.replacing(",", with: ".")), with a decimal point"
        }
        return percentage(text)
    }

    /// `20%` -> 0.2, where a share is wanted.
    private func percentage(_ text: String) -> String? {
        guard text.hasSuffix("%") else { return nil }
        return ValueAdvice.share(ofPercent: String(text.dropLast()), type).map { "write \($0)" }
    }

    private var forWord: String? {
        let laterWords = type.words(isBuilt: false)
        guard let text = node.text, !words.isEmpty || !laterWords.isEmpty else { return nil }
        if words.contains("none"), ["false", "off", "no", "disabled"].contains(text.lowercased()) { return "write `none`" }
        if let word = Synonyms.value(of: text, among: words) { return "this language calls it `\(word)`" }
        let plain = ForeignWords.plain(text)
        if let word = words.first(where: { ForeignWords.plain($0) == plain }) { return "write `\(word)`" }
        if let later = laterWords.first(where: { ForeignWords.plain($0) == plain }) { return "`\(later)` is not available in this version" }
        if let later = Synonyms.value(of: text, among: laterWords) {
            return "this language calls it `\(later)`, which is not available in this version"
        }
        if words.contains("adam"), ValueAdvice.otherOptimizers.contains(plain) {
            return "there is no such optimizer here; `adam` is what most networks are trained with"
        }
        return Suggestion.nearest(text, among: words).map { "did you mean `\($0)`?" }
    }

    private static let otherOptimizers = ["adadelta", "adamax", "ftrl", "radam", "lion", "lamb", "lars", "asgd", "rprop", "adafactor", "sparseadam"]

    /// `my model` -> my_model.
    private var forName: String? {
        guard case .text(.identifier) = type, let text = node.text, text.contains(where: { $0.isASCII && $0.isLetter }), text.count <= 60 else {
            return nil
        }
        let bytes = text.utf8.map { FilePath.isIdentifierByte($0) ? $0 : UInt8(ascii: "_") }
        return "write `\(String(decoding: bytes, as: UTF8.self))`"
    }

    // MARK: Mappings and lists

    /// `targets: [a, b]` -> `target: [a, b]`: `targets` is a file of arrays, and a list can only mean columns.
    private var forTargets: String? {
        guard path == "data.targets", case .sequence(let items) = node.kind, !items.isEmpty, items.allSatisfy({ $0.text != nil }) else { return nil }
        let written = node.range.text.contains("\n") || node.range.text.count > 60 ? "[...]" : node.range.text
        return "write `target: \(written)`: columns of a table; `targets` is a file of arrays"
    }

    /// The mapping that a lone value most likely means: `early_stopping: 5` -> `early_stopping: {patience: 5}`.
    private var forMapping: String? {
        guard let name, node.entries == nil else { return nil }
        for alternative in type.alternatives {
            switch alternative {
            case .record(let record):
                guard let written = mapping(record) else { continue }
                let isBuilt = SettingsTable.setting(at: path)?.isBuilt ?? true
                let words = "`\(name): \(written)`"
                return isBuilt ? "write \(words)" : "remove it: \(words) is what a later version reads"
            case .kind(let kinds, main: nil):
                guard let text = node.plainText, CoreSchema.isNumber(text) else { continue }
                if let written = kinds.lazy.compactMap(kindMapping).first { return "write `\(name): \(written)`" }
            case .map(let element):
                if let text = node.plainText, CoreSchema.isNumber(text) { return "write `\(name): {name of a class: \(text)}`" }
                if case .sequence(let items) = node.kind, items.allSatisfy({ isLegal($0, element) }) {
                    let entries = zip(["first", "second", "third"], items).map { "\($0): \($1.text ?? "")" } + (items.count > 3 ? ["..."] : [])
                    return "write `\(name): {\(entries.joined(separator: ", "))}` with the names of the classes"
                }
            default: break
            }
        }
        return nil
    }

    private func mapping(_ record: SettingType.Record) -> String? {
        guard let leading = record.settings.first(where: { $0.name == record.leading }) ?? record.settings.first else { return nil }
        if let text = node.plainText, CoreSchema.boolean(text) == false { return nil }
        let value = isLegal(node, leading.type) ? node.range.text : ValueForms.value(of: leading)
        guard let value, !value.contains("\n"), value.count <= 60 else { return nil }
        let others = record.settings.filter { $0.isRequired && $0.standard == nil && $0.name != leading.name && $0.type.record == nil }
        return "{" + (["\(leading.name): \(value)"] + others.map { "\($0.name): ..." }).joined(separator: ", ") + "}"
    }

    private func kindMapping(_ kind: SettingType.Kind) -> String? {
        guard kind.isBuilt else { return nil }
        guard case .record(let record) = kind.type else { return isLegal(node, kind.type) ? "{\(kind.name): \(node.range.text)}" : nil }
        // A kind with a main setting is a choice among words, where a number is no hint of it.
        guard record.main == nil, let leading = record.settings.first(where: { $0.name == record.leading }), isLegal(node, leading.type) else {
            return nil
        }
        return "{\(kind.name): {\(leading.name): \(node.range.text)}}"
    }

    /// `[x]`, where a list is wanted and the value could be its one entry.
    private var forList: String? {
        guard let text = node.text, !text.isEmpty else { return nil }
        for case .list(let element, _) in type.alternatives {
            if isLegal(node, element) { return "write [\(node.range.text)]" }
            let words = element.words(isBuilt: true)
            if let word = Synonyms.value(of: text, among: words) ?? Suggestion.nearest(text, among: words) { return "write [\(word)]" }
        }
        return nil
    }

    private var forOneEntry: String? {
        guard case .sequence(let items) = node.kind, items.count == 1, let only = items[0].text else { return nil }
        return "write `\(only)` without brackets"
    }

    private func isLegal(_ node: YAMLNode, _ type: SettingType) -> Bool {
        let trial = DiagnosticSink()
        return Decoder(sink: trial).decode(node, type, path) != nil && trial.diagnostics.isEmpty
    }

    // MARK: Numbers out of range

    /// What someone most likely means by a number that is out of range.
    static func outOfRange(_ path: String, _ type: SettingType, _ node: YAMLNode) -> String? {
        let text = node.text ?? ""
        if let share = share(ofPercent: text, type) { return "write \(share): a share is a number between 0 and 1" }
        if path == "nnspec" { return "write `nnspec: 1`, the one version there is" }
        let isShare = ["train", "validation", "test"].contains { path.hasSuffix("split.\($0)") }
        if isShare { return "parts of a split are fractions between 0 and 1, such as 0.2" }
        // -1 says "all of them" elsewhere.
        return text == "-1" || text == "0" ? type.words(isBuilt: true).first.map { "write `\($0)`, or a number" } : nil
    }

    /// 20 -> 0.2 where the setting wants a share.
    private static func share(ofPercent text: String, _ type: SettingType) -> String? {
        guard case .number(let bounds) = type, bounds.low == 0, bounds.high == 1, CoreSchema.isNumber(text), let value = Double(text), value > 1,
            value < 100
        else { return nil }
        return NumberText.of((value * 1e9).rounded() / 1e11)
    }
}

extension SettingType {
    fileprivate var isBoolean: Bool { if case .boolean = self { true } else { false } }

    fileprivate var takesNumbers: Bool {
        alternatives.contains {
            switch $0 {
            case .integer, .number: true
            default: false
            }
        }
    }
}

extension CoreSchema {
    /// A finite number that every setting of numbers can read.
    static func isNumber(_ text: String) -> Bool {
        switch number(text) {
        case .integer: true
        case .double(let value): value.isFinite
        default: false
        }
    }
}
