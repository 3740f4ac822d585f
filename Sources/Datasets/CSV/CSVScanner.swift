/// A field of a record: where its text lies in the file, without the quotes around it.
package struct CSVField: Equatable, Sendable {
    package var start: Int
    package var end: Int
    package var isQuoted: Bool
    /// Whether the text holds `""`, each of which means one quote.
    package var hasEscapes: Bool
}

/// Bytes to records of fields, in RFC 4180's way: quotes are read before lines are split.
///
/// Beyond the RFC: LF as well as CRLF, any delimiter byte, comment lines, blank lines skipped, blanks around quoted fields forgiven. A quote
/// inside an unquoted field is text.
package struct CSVScanner {
    package enum Outcome: Equatable {
        case record, end
        case unclosedQuote(at: Int)
        case textAfterQuote(at: Int)
    }

    private let bytes: UnsafeBufferPointer<UInt8>
    private let delimiter: UInt8
    private let comment: UInt8?
    private let fieldLimit: Int
    /// Where the next record is looked for.
    package private(set) var offset: Int
    /// Fields of the last record, at most `fieldLimit` of them.
    package private(set) var fields: [CSVField] = []
    /// Fields the last record has.
    package private(set) var fieldCount = 0
    package private(set) var recordStart = 0

    /// Precondition: `bytes` outlives the scanner.
    package init(_ bytes: UnsafeBufferPointer<UInt8>, options: CSVOptions, from offset: Int = 0, fieldLimit: Int = 1_000_000) {
        self.bytes = bytes
        delimiter = options.delimiter
        comment = options.comment
        self.fieldLimit = fieldLimit
        self.offset = offset
        if offset == 0, bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { self.offset = 3 }
    }

    /// Reads the next record into `fields`.
    package mutating func next() -> Outcome {
        skipEmptyLines()
        guard offset < bytes.count else { return .end }
        recordStart = offset
        fields.removeAll(keepingCapacity: true)
        fieldCount = 0
        while true {
            var index = offset
            while index < bytes.count, isBlank(bytes[index]) { index += 1 }
            if index < bytes.count, bytes[index] == UInt8(ascii: "\"") {
                if let failure = quotedField(&index) { return failure }
            } else {
                plainField(&index)
            }
            offset = index + 1
            if index >= bytes.count || bytes[index] == UInt8(ascii: "\n") {
                offset = min(offset, bytes.count)
                return .record
            }
        }
    }

    @inline(__always)
    private func isBlank(_ byte: UInt8) -> Bool { (byte == 0x20 || byte == 0x09) && byte != delimiter }

    private mutating func append(_ field: CSVField) {
        fieldCount += 1
        if fields.count < fieldLimit { fields.append(field) }
    }

    /// Leaves `index` at the delimiter, the line feed or the end of the file.
    private mutating func plainField(_ index: inout Int) {
        let start = offset
        var end = index
        while end < bytes.count, bytes[end] != delimiter, bytes[end] != UInt8(ascii: "\n") { end += 1 }
        index = end
        let isLast = end == bytes.count || bytes[end] == UInt8(ascii: "\n")
        if isLast, end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        append(CSVField(start: start, end: end, isQuoted: false, hasEscapes: false))
    }

    /// `index` stands at the opening quote; leaves it as `plainField` does.
    private mutating func quotedField(_ index: inout Int) -> Outcome? {
        let quote = UInt8(ascii: "\"")
        let open = index
        var end = open + 1
        var hasEscapes = false
        while true {
            while end < bytes.count, bytes[end] != quote { end += 1 }
            guard end < bytes.count else { return .unclosedQuote(at: open) }
            guard end + 1 < bytes.count, bytes[end + 1] == quote else { break }
            hasEscapes = true
            end += 2
        }
        append(CSVField(start: open + 1, end: end, isQuoted: true, hasEscapes: hasEscapes))
        index = end + 1
        while index < bytes.count, isBlank(bytes[index]) { index += 1 }
        if index < bytes.count, bytes[index] == UInt8(ascii: "\r"), index + 1 == bytes.count || bytes[index + 1] == UInt8(ascii: "\n") { index += 1 }
        if index < bytes.count, bytes[index] != delimiter, bytes[index] != UInt8(ascii: "\n") { return .textAfterQuote(at: index) }
        return nil
    }

    /// Blank lines and comment lines.
    private mutating func skipEmptyLines() {
        while offset < bytes.count {
            var index = offset
            if let comment, bytes[index] == comment {
                while index < bytes.count, bytes[index] != UInt8(ascii: "\n") { index += 1 }
            } else {
                while index < bytes.count, isBlank(bytes[index]) || (bytes[index] == UInt8(ascii: "\r") && endsLine(index + 1)) { index += 1 }
            }
            guard endsLine(index) else { return }
            offset = min(index + 1, bytes.count)
        }
    }

    private func endsLine(_ index: Int) -> Bool { index >= bytes.count || bytes[index] == UInt8(ascii: "\n") }
}

extension UnsafeBufferPointer<UInt8> {
    /// The bytes of a field's text; `scratch` takes them if quotes have to be undone.
    @inline(__always)
    package func withText<R>(of field: CSVField, scratch: inout [UInt8], _ body: (UnsafeBufferPointer<UInt8>) -> R) -> R {
        let raw = UnsafeBufferPointer(rebasing: self[field.start..<field.end])
        guard field.hasEscapes else { return body(raw) }
        scratch.removeAll(keepingCapacity: true)
        var isEscaped = false
        for byte in raw {
            isEscaped = byte == UInt8(ascii: "\"") && !isEscaped
            if !isEscaped { scratch.append(byte) }
        }
        return scratch.withUnsafeBufferPointer(body)
    }

    /// Without the blanks and tabs at both ends.
    @inline(__always)
    var trimmed: UnsafeBufferPointer<UInt8> {
        var lower = 0
        var upper = count
        while lower < upper, self[lower] == 0x20 || self[lower] == 0x09 { lower += 1 }
        while upper > lower, self[upper - 1] == 0x20 || self[upper - 1] == 0x09 { upper -= 1 }
        return UnsafeBufferPointer(rebasing: self[lower..<upper])
    }
}
