/// What is wrong with a line of JSON, and where.
struct JSONMistake: Error, Equatable {
    enum Kind: Equatable {
        /// What would have been right there.
        case expected(String)
        /// The line ends within the object.
        case unfinished
        /// NaN, Infinity and the like, which JSON does not have.
        case notANumber(String)
        case keyTwice(String)
        case tooDeep
        case badEscape
        /// The line begins with `[`: one array of all rows, most likely.
        case array
        case textBehind
        case tooManyNames
    }
    let kind: Kind
    let offset: Int
}

/// A value of an object: where it stands, and of which kind it is.
struct JSONValue: Equatable {
    enum Kind { case text, number, boolean, null, nested }
    let kind: Kind
    /// Without the quotes of a text.
    let start: Int
    let end: Int
    var hasEscapes = false
}

/// Reads one line as an object of RFC 8259, member by member; nothing in it is copied.
struct JSONLine {
    private let bytes: UnsafeBufferPointer<UInt8>
    private let end: Int
    private(set) var at: Int
    private var isFirst = true
    private static let depthLimit = 64

    /// - Parameter range: the line, without its line feed.
    init(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) throws(JSONMistake) {
        (self.bytes, at, end) = (bytes, range.lowerBound, range.upperBound)
        skipBlanks()
        if at < end, bytes[at] == UInt8(ascii: "[") { throw JSONMistake(kind: .array, offset: at) }
        try expect("{", "an object, `{\"name\": value, ...}`")
    }

    /// The next member; nil behind the last, and then nothing else stands in the line.
    mutating func next() throws(JSONMistake) -> (key: JSONValue, value: JSONValue)? {
        skipBlanks()
        if at < end, bytes[at] == UInt8(ascii: "}") {
            at += 1
            skipBlanks()
            guard at == end else { throw JSONMistake(kind: .textBehind, offset: at) }
            return nil
        }
        if !isFirst {
            try expect(",", "`,` or `}`")
            skipBlanks()
        }
        isFirst = false
        guard at < end else { throw JSONMistake(kind: .unfinished, offset: end) }
        guard bytes[at] == UInt8(ascii: "\"") else { throw JSONMistake(kind: .expected("a name in double quotes"), offset: at) }
        let key = try text()
        skipBlanks()
        try expect(":", "`:`")
        skipBlanks()
        return (key, try value(depth: 0))
    }

    private mutating func skipBlanks() {
        while at < end, bytes[at] == 0x20 || bytes[at] == 0x09 || bytes[at] == 0x0D { at += 1 }
    }

    private mutating func expect(_ character: Character, _ words: String) throws(JSONMistake) {
        guard at < end else { throw JSONMistake(kind: .unfinished, offset: end) }
        guard bytes[at] == character.asciiValue else { throw JSONMistake(kind: .expected(words), offset: at) }
        at += 1
    }

    private mutating func value(depth: Int) throws(JSONMistake) -> JSONValue {
        guard at < end else { throw JSONMistake(kind: .unfinished, offset: end) }
        let start = at
        switch bytes[at] {
        case UInt8(ascii: "\""): return try text()
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            try skipNested(depth: depth)
            return JSONValue(kind: .nested, start: start, end: at)
        default: break
        }
        while at < end, !JSONLine.endsWord(bytes[at]) { at += 1 }
        let word = UnsafeBufferPointer(rebasing: bytes[start..<at])
        if JSONLine.isNumber(word) { return JSONValue(kind: .number, start: start, end: at) }
        if word.elementsEqual("null".utf8) { return JSONValue(kind: .null, start: start, end: at) }
        if word.elementsEqual("true".utf8) || word.elementsEqual("false".utf8) { return JSONValue(kind: .boolean, start: start, end: at) }
        let written = String(decoding: word.prefix(40), as: UTF8.self)
        if ["nan", "-nan", "inf", "-inf", "infinity", "-infinity", "none"].contains(written.lowercased()) {
            throw JSONMistake(kind: .notANumber(written), offset: start)
        }
        throw JSONMistake(kind: .expected("a value: a number, a text in double quotes, true, false or null"), offset: start)
    }

    /// A blank, a comma or a bracket that closes.
    @inline(__always)
    private static func endsWord(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0D || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]")
    }

    /// -?(0|[1-9][0-9]*)(.[0-9]+)?([eE][+-]?[0-9]+)?
    private static func isNumber(_ word: UnsafeBufferPointer<UInt8>) -> Bool {
        var at = 0
        func digits() -> Int {
            let start = at
            while at < word.count, word[at] >= 0x30, word[at] <= 0x39 { at += 1 }
            return at - start
        }
        if at < word.count, word[at] == UInt8(ascii: "-") { at += 1 }
        let first = at
        let whole = digits()
        guard whole > 0, whole == 1 || word[first] != 0x30 else { return false }
        if at < word.count, word[at] == UInt8(ascii: ".") {
            at += 1
            if digits() == 0 { return false }
        }
        if at < word.count, word[at] | 0x20 == UInt8(ascii: "e") {
            at += 1
            if at < word.count, word[at] == UInt8(ascii: "+") || word[at] == UInt8(ascii: "-") { at += 1 }
            if digits() == 0 { return false }
        }
        return at == word.count
    }

    /// Over an array or an object, whose inside is looked at all the same.
    private mutating func skipNested(depth: Int) throws(JSONMistake) {
        guard depth < JSONLine.depthLimit else { throw JSONMistake(kind: .tooDeep, offset: at) }
        let isObject = bytes[at] == UInt8(ascii: "{")
        let close = UInt8(ascii: isObject ? "}" : "]")
        at += 1
        var isFirst = true
        while true {
            skipBlanks()
            guard at < end else { throw JSONMistake(kind: .unfinished, offset: end) }
            if isFirst, bytes[at] == close { break }
            if !isFirst {
                if bytes[at] == close { break }
                try expect(",", "`,` or `\(isObject ? "}" : "]")`")
                skipBlanks()
            }
            isFirst = false
            if isObject {
                guard at < end, bytes[at] == UInt8(ascii: "\"") else { throw JSONMistake(kind: .expected("a name in double quotes"), offset: at) }
                _ = try text()
                skipBlanks()
                try expect(":", "`:`")
                skipBlanks()
            }
            _ = try value(depth: depth + 1)
        }
        at += 1
    }

    private mutating func text() throws(JSONMistake) -> JSONValue {
        let start = at + 1
        var hasEscapes = false
        at = start
        while at < end, bytes[at] != UInt8(ascii: "\"") {
            if bytes[at] < 0x20 { throw JSONMistake(kind: .expected("an escape such as \\t: a text holds no control characters"), offset: at) }
            if bytes[at] == UInt8(ascii: "\\") {
                hasEscapes = true
                guard let length = JSONLine.escape(bytes, at, end)?.length else { throw JSONMistake(kind: .badEscape, offset: at) }
                at += length
            } else {
                at += 1
            }
        }
        guard at < end else { throw JSONMistake(kind: .unfinished, offset: end) }
        at += 1
        return JSONValue(kind: .text, start: start, end: at - 1, hasEscapes: hasEscapes)
    }

    /// The character an escape means and the bytes that it takes, a pair of surrogates being one; nil if it is none.
    private static func escape(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int, _ end: Int) -> (scalar: Unicode.Scalar, length: Int)? {
        func unit(_ at: Int) -> UInt32? {
            guard at + 6 <= end, bytes[at] == UInt8(ascii: "\\"), bytes[at + 1] == UInt8(ascii: "u") else { return nil }
            let digits = bytes[(at + 2)..<(at + 6)]
            guard digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit && $0 < 0x80 }) else { return nil }
            return UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
        }
        guard at + 1 < end else { return nil }
        let simple: [UInt8: Unicode.Scalar] = [
            0x22: "\"", 0x5C: "\\", 0x2F: "/", 0x62: "\u{8}", 0x66: "\u{C}", 0x6E: "\n", 0x72: "\r", 0x74: "\t",
        ]
        if let scalar = simple[bytes[at + 1]] { return (scalar, 2) }
        guard let first = unit(at) else { return nil }
        if let scalar = Unicode.Scalar(first) { return (scalar, 6) }
        guard first < 0xDC00, let second = unit(at + 6), (0xDC00...0xDFFF).contains(second) else { return nil }
        return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)).map { ($0, 12) }
    }

    /// The bytes of a value as text; `scratch` takes them if there are escapes to be undone. Precondition: the line was read without a mistake.
    static func withText<R>(
        _ bytes: UnsafeBufferPointer<UInt8>, of value: JSONValue, scratch: inout [UInt8], _ body: (UnsafeBufferPointer<UInt8>) -> R
    ) -> R {
        let raw = UnsafeBufferPointer(rebasing: bytes[value.start..<value.end])
        guard value.hasEscapes else { return body(raw) }
        scratch.removeAll(keepingCapacity: true)
        var at = value.start
        while at < value.end {
            if bytes[at] == UInt8(ascii: "\\"), let (scalar, length) = escape(bytes, at, value.end) {
                scratch.append(contentsOf: Array(String(scalar).utf8))
                at += length
            } else {
                scratch.append(bytes[at])
                at += 1
            }
        }
        return scratch.withUnsafeBufferPointer(body)
    }
}
