import Diagnostics

/// A value of the resolved spec as a tree, every setting present, in the order of the table; the typed Spec is made from it, and it is printed.
struct Resolved: Sendable {
    indirect enum Content: Sendable {
        case integer(Int)
        case number(Double)
        case boolean(Bool)
        /// A written text. A relative path (`isPath`) is already joined with its file's folder.
        case text(String, isPath: Bool)
        case word(String)
        case list([Resolved])
        case record([(name: String, value: Resolved)])
        case kind(String, Resolved)
        case map([(key: Resolved, value: Resolved)])

        static func text(_ text: String) -> Content { .text(text, isPath: false) }
    }

    var content: Content
    var origin: Origin
    /// A mistake was told right here: this is a stand-in, or some of its members or items are missing.
    var isDamaged = false

    init(_ content: Content, _ origin: Origin = .standard) {
        self.content = content
        self.origin = origin
    }

    subscript(_ name: String) -> Resolved? {
        if case .record(let members) = content { return members.first { $0.name == name }?.value }
        return nil
    }

    /// Whether no mistake was told about the value or anything inside it.
    var isWhole: Bool {
        if isDamaged { return false }
        switch content {
        case .list(let items): return items.allSatisfy(\.isWhole)
        case .record(let members): return members.allSatisfy(\.value.isWhole)
        case .kind(_, let inner): return inner.isWhole
        case .map(let entries): return entries.allSatisfy(\.value.isWhole)
        default: return true
        }
    }

    /// Whether the setting at a path, or its absence, is what the spec says: no mistake hides it.
    func isKnown(_ names: String...) -> Bool { isKnown(at: names) }

    func isKnown(at names: [String]) -> Bool {
        var value = self
        for name in names {
            guard let inner = value[name] else { return !value.isDamaged }
            // The unknown key beside it may have been meant for it.
            if value.isDamaged, inner.isStandard { return false }
            value = inner
        }
        return value.isWhole
    }

    /// The same record with other members.
    func with(_ members: [(name: String, value: Resolved)]) -> Resolved {
        var copy = self
        copy.content = .record(members)
        return copy
    }

    /// The same tree with another value at a path; without it nothing changes.
    func with(_ value: Resolved, at names: ArraySlice<String>) -> Resolved {
        guard let name = names.first else { return value }
        guard case .record(let members) = content else { return self }
        return with(members.map { ($0.name, $0.name == name ? $0.value.with(value, at: names.dropFirst()) : $0.value) })
    }

    var damaged: Resolved {
        var copy = self
        copy.isDamaged = true
        return copy
    }

    var range: SourceRange? { origin.range }
    var isStandard: Bool { if case .standard = origin { true } else { false } }

    var integer: Int? {
        if case .integer(let value) = content { return value }
        return nil
    }
    var number: Double? {
        switch content {
        case .number(let value): value
        case .integer(let value): Double(value)
        default: nil
        }
    }
    var boolean: Bool? {
        if case .boolean(let value) = content { return value }
        return nil
    }
    /// A text or a word.
    var text: String? {
        switch content {
        case .text(let value, _), .word(let value): value
        default: nil
        }
    }
    func isWord(_ word: String) -> Bool {
        if case .word(word) = content { return true }
        return false
    }
    var list: [Resolved]? {
        if case .list(let items) = content { return items }
        return nil
    }
    var kind: (name: String, value: Resolved)? {
        if case .kind(let name, let value) = content { return (name, value) }
        return nil
    }

    func sourced<Value: Sendable>(_ value: Value) -> Sourced<Value> { Sourced(value, origin) }
}
