import Diagnostics

/// A YAML document as a tree whose every node knows its place. Scalars keep the text that was written; what it means is decided by the setting.
public struct YAMLNode: Sendable {
    public indirect enum Kind: Sendable {
        case scalar(text: String, isPlain: Bool)
        case sequence([YAMLNode])
        case mapping([YAMLEntry])
    }
    public var kind: Kind
    public let range: SourceRange
    /// A mistake was told right here: what was meant is not known (a scalar), or entries are missing (a mapping).
    public internal(set) var isDamaged = false

    public init(_ kind: Kind, _ range: SourceRange) {
        self.kind = kind
        self.range = range
    }

    /// What stands where nothing could be read, so that the rest can be.
    static func hole(_ range: SourceRange) -> YAMLNode {
        var node = YAMLNode(.scalar(text: "", isPlain: true), range)
        node.isDamaged = true
        return node
    }

    /// The same mapping with other entries.
    func with(_ entries: [YAMLEntry]) -> YAMLNode {
        var copy = self
        copy.kind = .mapping(entries)
        return copy
    }

    /// "a list", "a mapping", or what a scalar is by YAML's core schema.
    var shape: String {
        switch kind {
        case .sequence: "a list"
        case .mapping: "a mapping"
        case .scalar(_, isPlain: false): "a text in quotes"
        case .scalar(let text, _):
            CoreSchema.isNull(text)
                ? "nothing" : CoreSchema.boolean(text) != nil ? "a boolean" : CoreSchema.looksNumeric(text) ? "a number" : "a text"
        }
    }

    /// A hole is no null: what stood there is told of already.
    var isNull: Bool {
        if case .scalar(let text, true) = kind { return !isDamaged && CoreSchema.isNull(text) }
        return false
    }

    var plainText: String? {
        if case .scalar(let text, true) = kind { return text }
        return nil
    }

    var text: String? {
        if case .scalar(let text, _) = kind { return text }
        return nil
    }

    var entries: [YAMLEntry]? {
        if case .mapping(let entries) = kind { return entries }
        return nil
    }

    func key(of name: String) -> YAMLNode? { entries?.first { $0.name == name }?.key }

    subscript(_ key: String) -> YAMLNode? { entries?.first { $0.name == key }?.value }
}

/// A key and its value.
public struct YAMLEntry: Sendable {
    public let key: YAMLNode
    public var value: YAMLNode
    public var name: String { key.text ?? "" }
}

/// The scalars of YAML 1.2's core schema.
enum CoreSchema {
    static func isNull(_ text: String) -> Bool { ["", "~", "null", "Null", "NULL"].contains(text) }

    static func boolean(_ text: String) -> Bool? {
        switch text {
        case "true", "True", "TRUE": true
        case "false", "False", "FALSE": false
        default: nil
        }
    }

    /// Begins like a number: digits, with a sign or a point before them, or the names of infinity and not-a-number.
    static func looksNumeric(_ text: String) -> Bool {
        var rest = Substring(text)
        if rest.hasPrefix("+") || rest.hasPrefix("-") { rest.removeFirst() }
        if [".inf", ".Inf", ".INF", ".nan", ".NaN", ".NAN"].contains(String(rest)) { return true }
        if rest.hasPrefix(".") { rest.removeFirst() }
        return rest.first.map { $0.isASCII && $0.isNumber } ?? false
    }

    enum Number: Equatable {
        case integer(Int)
        case double(Double)
        case leadingZero, tooLarge, malformed
    }

    /// A number as the core schema writes it, or why it is none.
    static func number(_ text: String) -> Number {
        let unsigned = text.hasPrefix("+") || text.hasPrefix("-") ? text.dropFirst() : Substring(text)
        switch unsigned {
        case ".inf", ".Inf", ".INF": return .double(text.hasPrefix("-") ? -.infinity : .infinity)
        case ".nan", ".NaN", ".NAN": return text == String(unsigned) ? .double(.nan) : .malformed
        default: break
        }
        if text.hasPrefix("0x") { return Int(text.dropFirst(2), radix: 16).map(Number.integer) ?? hexProblem(text.dropFirst(2), 16) }
        if text.hasPrefix("0o") { return Int(text.dropFirst(2), radix: 8).map(Number.integer) ?? hexProblem(text.dropFirst(2), 8) }
        guard isDecimal(unsigned) else { return .malformed }
        if unsigned.count > 1, unsigned.first == "0", unsigned.dropFirst().first?.isNumber == true { return .leadingZero }
        if unsigned.allSatisfy(\.isNumber) { return Int(text).map(Number.integer) ?? .tooLarge }
        // Swift reads no point without digits on both sides.
        var spelled = text.hasPrefix("-") ? "-" : ""
        let parts = unsigned.split(separator: unsigned.contains("E") ? "E" : "e", maxSplits: 1, omittingEmptySubsequences: false)
        var mantissa = String(parts[0])
        if mantissa.hasPrefix(".") { mantissa = "0" + mantissa }
        if mantissa.hasSuffix(".") { mantissa += "0" }
        spelled += mantissa + (parts.count > 1 ? "e" + parts[1] : "")
        guard let value = Double(spelled) else { return .malformed }
        return value.isInfinite ? .tooLarge : .double(value)
    }

    private static func hexProblem(_ digits: Substring, _ radix: Int) -> Number {
        !digits.isEmpty && digits.allSatisfy { $0.isASCII && ($0.hexDigitValue ?? 99) < radix } ? .tooLarge : .malformed
    }

    /// digits[.digits], digits., .digits, each with an exponent.
    private static func isDecimal(_ text: Substring) -> Bool {
        let bytes = Array(text.utf8)
        var index = 0
        func digits() -> Int {
            let start = index
            while index < bytes.count, bytes[index] >= 48, bytes[index] <= 57 { index += 1 }
            return index - start
        }
        let whole = digits()
        var fraction = 0
        if index < bytes.count, bytes[index] == UInt8(ascii: ".") {
            index += 1
            fraction = digits()
        }
        guard whole + fraction > 0 else { return false }
        if index < bytes.count, bytes[index] | 32 == UInt8(ascii: "e") {
            index += 1
            if index < bytes.count, bytes[index] == UInt8(ascii: "+") || bytes[index] == UInt8(ascii: "-") { index += 1 }
            if digits() == 0 { return false }
        }
        return index == bytes.count
    }
}
