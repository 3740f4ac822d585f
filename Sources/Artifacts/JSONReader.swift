import Datasets
import Decimals

/// A JSON value with its place, as byte offsets.
struct JSONValue {
    enum Kind {
        case null
        case bool(Bool)
        case number(Double)
        case string(String)
        case array([JSONValue])
        /// A list of numbers only, at least one; in Double until their precision is known.
        case numbers([Double])
        case object([JSONMember])
    }
    let kind: Kind
    let lower: Int
    let upper: Int
}

struct JSONMember {
    let key: String
    let keyLower: Int
    let keyUpper: Int
    let value: JSONValue
}

/// What is wrong with a text that should be JSON, and where.
struct JSONProblem: Error {
    let message: String
    let lower: Int
    let upper: Int
}

/// A strict reader of RFC 8259 over bytes: no comments, no trailing commas, no NaN, no lone surrogates, one value and nothing after it.
///
/// The depth is limited, so that hostile nesting cannot exhaust the stack.
struct JSONReader {
    static let depthLimit = 64

    private let bytes: UnsafeBufferPointer<UInt8>
    private let converter = DecimalConverter()
    private var at = 0
    /// How long the last list of numbers was: the next one, most often a row of the same matrix, is as long.
    private var lastCount = 0

    /// Precondition: `FileBytes.padding` bytes behind the last one are readable, and the first of them is no digit.
    private init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    static func read(_ bytes: [UInt8]) throws(JSONProblem) -> JSONValue {
        let result = FileBytes(bytes).withUnsafeBufferPointer { unsafe -> Result<JSONValue, JSONProblem> in
            var reader = JSONReader(unsafe)
            return Result { () throws(JSONProblem) in try reader.document() }
        }
        return try result.get()
    }

    private mutating func document() throws(JSONProblem) -> JSONValue {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { throw problem("the file begins with a byte order mark, JSON has none", 0, 3) }
        skipBlanks()
        let value = try value(depth: 0)
        skipBlanks()
        if at < bytes.count { throw problem("something follows after the end of the JSON value", at, at + 1) }
        return value
    }

    // MARK: Values

    private mutating func value(depth: Int) throws(JSONProblem) -> JSONValue {
        guard at < bytes.count else { throw unexpected("a value") }
        let lower = at
        switch bytes[at] {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return JSONValue(kind: .string(try string()), lower: lower, upper: at)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            return JSONValue(kind: .number(try number()), lower: lower, upper: at)
        default:
            for (word, kind) in [("true", JSONValue.Kind.bool(true)), ("false", .bool(false)), ("null", .null)] where skip(word) {
                return JSONValue(kind: kind, lower: lower, upper: at)
            }
            for word in ["NaN", "nan", "Infinity", "inf"] where skip(word) {
                throw problem("\(word) is no number in JSON; weights have to be finite", lower, at)
            }
            throw unexpected("a value")
        }
    }

    private mutating func object(depth: Int) throws(JSONProblem) -> JSONValue {
        let lower = at
        try enter(depth)
        var members: [JSONMember] = []
        skipBlanks()
        if take("}") { return JSONValue(kind: .object([]), lower: lower, upper: at) }
        while true {
            guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") else { throw unexpected("a key in double quotes") }
            let keyLower = at
            let key = try string()
            let keyUpper = at
            skipBlanks()
            guard take(":") else { throw unexpected("a colon after the key") }
            skipBlanks()
            members.append(JSONMember(key: key, keyLower: keyLower, keyUpper: keyUpper, value: try value(depth: depth + 1)))
            skipBlanks()
            if take("}") { return JSONValue(kind: .object(members), lower: lower, upper: at) }
            guard take(",") else { throw unexpected("a comma or }") }
            skipBlanks()
        }
    }

    private mutating func array(depth: Int) throws(JSONProblem) -> JSONValue {
        let lower = at
        try enter(depth)
        skipBlanks()
        if take("]") { return JSONValue(kind: .array([]), lower: lower, upper: at) }
        let first = at
        if let numbers = try numbers() { return JSONValue(kind: .numbers(numbers), lower: lower, upper: at) }
        at = first
        var elements: [JSONValue] = []
        while true {
            elements.append(try value(depth: depth + 1))
            skipBlanks()
            if take("]") { return JSONValue(kind: .array(elements), lower: lower, upper: at) }
            guard take(",") else { throw unexpected("a comma or ]") }
            skipBlanks()
        }
    }

    /// The rest of a list of numbers only; nil at the first element that is none.
    private mutating func numbers() throws(JSONProblem) -> [Double]? {
        var numbers: [Double] = []
        numbers.reserveCapacity(lastCount)
        while true {
            guard at < bytes.count, JSONReader.beginsNumber(bytes[at]) else { return nil }
            if let number = quickNumber() { numbers.append(number) } else { numbers.append(try number()) }
            // What the writer puts between two numbers, in one look.
            if at + 2 < bytes.count, bytes[at] == UInt8(ascii: ","), bytes[at + 1] == 0x20, bytes[at + 2] > 0x20 {
                at += 2
                continue
            }
            skipBlanks()
            if take("]") {
                lastCount = numbers.count
                return numbers
            }
            guard take(",") else { throw unexpected("a comma or ]") }
            skipBlanks()
        }
    }

    /// Steps over a number that is written right and not too long, and gives its value; nil, and no step, for others.
    @inline(__always)
    private mutating func quickNumber() -> Double? {
        guard let base = bytes.baseAddress else { return nil }
        let isNegative = base[at] == UInt8(ascii: "-")
        let start = base + (isNegative ? at + 1 : at)
        let scan = DecimalScan(start, decimal: UInt8(ascii: "."), converter)
        guard scan.isWhole, scan.integerCount > 0, scan.integerCount == 1 || start.pointee != UInt8(ascii: "0"),
            !scan.hasMark || scan.fractionCount > 0
        else { return nil }
        at = scan.end - base
        let magnitude = converter.double(scan.digits, scan.exponent)
        return isNegative ? -magnitude : magnitude
    }

    private mutating func enter(_ depth: Int) throws(JSONProblem) {
        if depth >= JSONReader.depthLimit { throw problem("lists and objects are nested deeper than \(JSONReader.depthLimit) levels", at, at + 1) }
        at += 1
    }

    // MARK: Numbers and strings

    private static func beginsNumber(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 || byte == UInt8(ascii: "-") }

    /// Checks the grammar of a number, steps over it and gives its value, infinite if it is too large.
    private mutating func number() throws(JSONProblem) -> Double {
        let lower = at
        _ = take("-")
        let first = at
        guard takeDigits() else { throw unexpected("a digit") }
        if bytes[first] == UInt8(ascii: "0"), at > first + 1 { throw problem("a number does not begin with 0 in JSON", lower, at) }
        if take(".") { guard takeDigits() else { throw unexpected("a digit after the point") } }
        if at < bytes.count, bytes[at] | 0x20 == UInt8(ascii: "e") {
            at += 1
            if !take("-") { _ = take("+") }
            guard takeDigits() else { throw unexpected("a digit of the exponent") }
        }
        guard case .number(let value) = NumberParser.parse(UnsafeBufferPointer(rebasing: bytes[lower..<at])) else { return .infinity }
        return value
    }

    private mutating func takeDigits() -> Bool {
        let lower = at
        while at < bytes.count, bytes[at] &- UInt8(ascii: "0") < 10 { at += 1 }
        return at > lower
    }

    private mutating func string() throws(JSONProblem) -> String {
        let lower = at
        at += 1
        var start = at
        var content: [UInt8] = []
        while at < bytes.count {
            switch bytes[at] {
            case UInt8(ascii: "\""):
                content += bytes[start..<at]
                at += 1
                guard let text = String(validating: content, as: UTF8.self) else { throw problem("this text is not valid UTF-8", lower, at) }
                return text
            case UInt8(ascii: "\\"):
                content += bytes[start..<at]
                try escape(into: &content)
                start = at
            case 0..<0x20: throw problem("a line end or another control character inside a text; write it as an escape such as \\n", at, at + 1)
            default: at += 1
            }
        }
        throw problem("the file ends inside a text that begins here", lower, lower + 1)
    }

    private mutating func escape(into content: inout [UInt8]) throws(JSONProblem) {
        let lower = at
        at += 1
        guard at < bytes.count else { throw unexpected("the rest of an escape") }
        let code = bytes[at]
        at += 1
        let pairs: [(String, UInt8)] = [("\"", 0x22), ("\\", 0x5C), ("/", 0x2F), ("b", 0x08), ("f", 0x0C), ("n", 0x0A), ("r", 0x0D), ("t", 0x09)]
        if let pair = pairs.first(where: { $0.0.utf8.first == code }) {
            content.append(pair.1)
            return
        }
        guard code == UInt8(ascii: "u"), var unit = hexadecimal() else { throw problem("this is no escape of JSON", lower, min(at, bytes.count)) }
        if unit & 0xFC00 == 0xD800, skip("\\u"), let second = hexadecimal(), second & 0xFC00 == 0xDC00 {
            unit = 0x10000 + (unit & 0x3FF) << 10 + second & 0x3FF
        }
        guard let scalar = Unicode.Scalar(unit) else { throw problem("half of a surrogate pair", lower, at) }
        content += Array(String(Character(scalar)).utf8)
    }

    private mutating func hexadecimal() -> UInt32? {
        guard at + 4 <= bytes.count else { return nil }
        var result: UInt32 = 0
        for byte in bytes[at..<at + 4] {
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue, byte < 0x80 else { return nil }
            result = result << 4 + UInt32(digit)
        }
        at += 4
        return result
    }

    // MARK: Steps

    private mutating func skipBlanks() {
        while at < bytes.count {
            let byte = bytes[at]
            guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return }
            at += 1
        }
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard at < bytes.count, bytes[at] == UInt8(ascii: character) else { return false }
        at += 1
        return true
    }

    private mutating func skip(_ word: String) -> Bool {
        guard bytes[at...].starts(with: word.utf8) else { return false }
        at += word.utf8.count
        return true
    }

    private func problem(_ message: String, _ lower: Int, _ upper: Int) -> JSONProblem { JSONProblem(message: message, lower: lower, upper: upper) }

    private func unexpected(_ wanted: String) -> JSONProblem {
        guard at < bytes.count else { return problem("the file ends where \(wanted) was expected; it seems to be cut off", at, at) }
        let byte = bytes[at]
        let found = byte > 0x20 && byte < 0x7F ? "\(Character(Unicode.Scalar(byte)))" : byte == 0x0A ? "the end of the line" : "byte \(byte)"
        return problem("expected \(wanted), found \(found)", at, at + 1)
    }
}
