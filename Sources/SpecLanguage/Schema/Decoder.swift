import Diagnostics

/// Nodes -> a resolved tree, by the table of settings. Emits every mistake it meets and goes on.
struct Decoder {
    let sink: DiagnosticSink
    /// Whether the base of the spec could not be read, which may hold whatever is missing here.
    var isBaseMissing = false
    /// The key whose value is read, to point at where something inside is missing; nil at the top and in lists.
    var key: SourceRange?

    /// nil where nothing could be read; what holds a mistake further in is `isDamaged` there. `whole` is the type to name in messages,
    /// where `type` is one of its alternatives.
    func decode(_ node: YAMLNode, _ type: SettingType, _ path: String, of whole: SettingType? = nil) -> Resolved? {
        let described = whole ?? type
        if node.isDamaged, node.entries == nil || !type.takesMapping { return nil }
        if node.isNull, !(keepsNullText(type) && node.text != "") {
            sink.emit(.noValue(path, node, type))
            return nil
        }
        switch type {
        case .integer(let range): return integer(node, range, described, path)
        case .number(let bounds): return number(node, bounds, described, path)
        case .boolean: return boolean(node, described, path)
        case .text(let rule): return text(node, rule, described, path)
        case .word(let words): return word(node, words, described, path)
        case .list(let element, let nonEmpty): return list(node, element, nonEmpty, type, path)
        case .record(let record): return self.record(node, record, type, path)
        case .kind(let kinds, let main): return kind(node, kinds, main, type, path)
        case .map(let element): return map(node, element, type, path)
        case .either: return either(node, type, path)
        }
    }

    func origin(_ node: YAMLNode) -> Origin { node.range.file.name == "--set" ? .commandLine(node.range) : .file(node.range) }

    private func keepsNullText(_ type: SettingType) -> Bool {
        type.alternatives.contains {
            switch $0 {
            case .text(.name): true
            case .record(let record): record.main.flatMap { record.setting($0) }.map { keepsNullText($0.type) } ?? false
            default: false
            }
        }
    }

    // MARK: - Scalars

    /// The number a node holds; emits what is wrong otherwise.
    private func numeric(_ node: YAMLNode, _ type: SettingType, _ path: String) -> CoreSchema.Number? {
        guard let text = node.plainText else {
            sink.emit(.wrongType(path, type, node))
            return nil
        }
        switch CoreSchema.number(text) {
        case .leadingZero: sink.emit(.leadingZero(path, type, node))
        case .tooLarge: sink.emit(.outOfRange(path, type, node))
        case .malformed: sink.emit(.wrongType(path, type, node))
        case let number: return number
        }
        return nil
    }

    private func integer(_ node: YAMLNode, _ range: ClosedRange<Int>, _ type: SettingType, _ path: String) -> Resolved? {
        let value: Int
        switch numeric(node, type, path) {
        case .integer(let whole): value = whole
        case .double(let double):
            guard let whole = Int(exactly: double) else {
                sink.emit(.wrongType(path, type, node))
                return nil
            }
            value = whole
        default: return nil
        }
        guard range.contains(value) else {
            sink.emit(.outOfRange(path, type, node))
            return nil
        }
        return Resolved(.integer(value), origin(node))
    }

    private func number(_ node: YAMLNode, _ bounds: SettingType.Bounds, _ type: SettingType, _ path: String) -> Resolved? {
        let value: Double
        switch numeric(node, type, path) {
        case .integer(let whole): value = Double(whole)
        case .double(let double): value = double
        default: return nil
        }
        guard bounds.contains(value) else {
            sink.emit(.outOfRange(path, type, node))
            return nil
        }
        return Resolved(.number(value), origin(node))
    }

    private func boolean(_ node: YAMLNode, _ type: SettingType, _ path: String) -> Resolved? {
        guard let text = node.plainText, let value = CoreSchema.boolean(text) else {
            sink.emit(.wrongType(path, type, node))
            return nil
        }
        return Resolved(.boolean(value), origin(node))
    }

    private func text(_ node: YAMLNode, _ rule: SettingType.TextRule, _ type: SettingType, _ path: String) -> Resolved? {
        guard let text = node.text, isLegal(text, rule) else {
            sink.emit(.wrongType(path, type, node))
            return nil
        }
        // A path written from the root stays as it is wherever the spec goes; the others follow it.
        if rule == .path, !text.hasPrefix("/") {
            return Resolved(.text(FilePath.join(FilePath.folder(of: node.range.file), text), isPath: true), origin(node))
        }
        return Resolved(.text(text), origin(node))
    }

    private func isLegal(_ text: String, _ rule: SettingType.TextRule) -> Bool {
        switch rule {
        case .name, .prose: return true
        case .path: return !text.isEmpty
        case .character: return text.utf8.count == 1 && text != "\"" && text != "\n" && text != "\r"
        case .identifier: return !text.isEmpty && text.utf8.allSatisfy(FilePath.isIdentifierByte)
        case .duration:
            guard let unit = text.last, "smh".contains(unit) else { return false }
            return text.count > 1 && text.dropLast().allSatisfy { $0.isASCII && $0.isNumber }
        }
    }

    private func word(_ node: YAMLNode, _ words: [SettingType.Word], _ type: SettingType, _ path: String) -> Resolved? {
        guard let text = node.text, let word = words.first(where: { $0.text == text }) else {
            sink.emit(.wrongType(path, type, node))
            return nil
        }
        guard word.isBuilt else {
            sink.emit(.notAvailable("`\(path): \(text)`", node.range))
            return nil
        }
        return Resolved(.word(text), origin(node))
    }

    // MARK: - Alternatives

    private func either(_ node: YAMLNode, _ type: SettingType, _ path: String) -> Resolved? {
        guard let chosen = alternative(for: node, type) else {
            sink.emit(.wrongType(path, type, node))
            return nil
        }
        return decode(node, chosen, path, of: type)
    }

    /// The alternative that a node's shape asks for.
    private func alternative(for node: YAMLNode, _ type: SettingType) -> SettingType? {
        let alternatives = type.alternatives
        func first(_ test: (SettingType) -> Bool) -> SettingType? { alternatives.first(where: test) }
        switch node.kind {
        case .sequence: return first { if case .list = $0 { true } else { false } }
        case .mapping:
            return first(\.takesMapping)
        case .scalar(let text, let isPlain):
            if let exact = first({
                switch $0 {
                case .word(let words): words.contains { $0.text == text }
                case .kind(let kinds, _): kinds.contains { $0.name == text }
                default: false
                }
            }) {
                return exact
            }
            if isPlain, CoreSchema.boolean(text) != nil, let boolean = first({ if case .boolean = $0 { true } else { false } }) { return boolean }
            if isPlain, CoreSchema.looksNumeric(text),
                let number = first({
                    switch $0 {
                    case .integer, .number: true
                    default: false
                    }
                })
            {
                return number
            }
            return first {
                switch $0 {
                case .text: true
                case .record(let record): record.main != nil
                default: false
                }
            }
        }
    }
}
