/// A field of a record: where its text lies in the file, without the quotes around it.
package struct CSVField: Equatable, Sendable {
    package var start: Int
    package var end: Int
    package var isQuoted: Bool
    /// Whether the text holds `""`, each of which means one quote.
    package var hasEscapes: Bool
}

/// Where lines and fields begin and end, in RFC 4180's way: quotes are read before lines are split.
///
/// Beyond the RFC: LF as well as CRLF, any delimiter byte, comment lines, blank lines skipped, blanks around quoted fields forgiven. A quote
/// inside an unquoted field is text.
struct CSVGrammar {
    enum Mistake: Equatable {
        case unclosedQuote(at: Int)
        case textAfterQuote(at: Int)
    }

    let bytes: UnsafeBufferPointer<UInt8>
    let options: CSVOptions
    let delimiter: UInt8
    let comment: UInt8?

    init(_ bytes: UnsafeBufferPointer<UInt8>, _ options: CSVOptions) {
        self.bytes = bytes
        self.options = options
        delimiter = options.delimiter
        comment = options.comment
    }

    @inline(__always)
    func isBlank(_ byte: UInt8) -> Bool { (byte == 0x20 || byte == 0x09) && byte != delimiter }

    /// Offset of the first byte that belongs to a table: a byte order mark does not.
    var start: Int { bytes.count >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF ? 3 : 0 }

    /// The field that begins at an offset, and where its delimiter, line feed or the end of the file stands.
    func field(at start: Int) -> (field: CSVField, end: Int, mistake: Mistake?) {
        var index = start
        while index < bytes.count, isBlank(bytes[index]) { index += 1 }
        return index < bytes.count && bytes[index] == UInt8(ascii: "\"") ? quotedField(index) : plainField(start, from: index)
    }

    private func plainField(_ start: Int, from index: Int) -> (CSVField, Int, Mistake?) {
        let stop = endOfPlainField(index)
        var end = stop
        let isLast = stop == bytes.count || bytes[stop] == UInt8(ascii: "\n")
        if isLast, end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        return (CSVField(start: start, end: end, isQuoted: false, hasEscapes: false), stop, nil)
    }

    /// The first delimiter or line feed from an offset on, eight bytes at a time.
    @inline(__always)
    private func endOfPlainField(_ start: Int) -> Int {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let (delimiters, feeds) = (ones &* UInt64(delimiter), ones &* UInt64(UInt8(ascii: "\n")))
        var index = start
        while index &+ 8 <= bytes.count {
            let word = UInt64(littleEndian: UnsafeRawPointer(bytes.baseAddress! + index).loadUnaligned(as: UInt64.self))
            let (a, b) = (word ^ delimiters, word ^ feeds)
            // The lowest zero byte sets its top bit; bytes above it may be wrong.
            let found = ((a &- ones) & ~a | (b &- ones) & ~b) & 0x8080_8080_8080_8080
            if found != 0 { return index + found.trailingZeroBitCount / 8 }
            index += 8
        }
        while index < bytes.count, bytes[index] != delimiter, bytes[index] != UInt8(ascii: "\n") { index += 1 }
        return index
    }

    private func quotedField(_ open: Int) -> (CSVField, Int, Mistake?) {
        let quote = UInt8(ascii: "\"")
        var end = open + 1
        var hasEscapes = false
        while true {
            while end < bytes.count, bytes[end] != quote { end += 1 }
            guard end < bytes.count else {
                return (CSVField(start: open + 1, end: end, isQuoted: true, hasEscapes: hasEscapes), end, .unclosedQuote(at: open))
            }
            guard end + 1 < bytes.count, bytes[end + 1] == quote else { break }
            hasEscapes = true
            end += 2
        }
        let field = CSVField(start: open + 1, end: end, isQuoted: true, hasEscapes: hasEscapes)
        var index = end + 1
        while index < bytes.count, isBlank(bytes[index]) { index += 1 }
        if index < bytes.count, bytes[index] == UInt8(ascii: "\r"), endsLine(index + 1) { index += 1 }
        if index < bytes.count, bytes[index] != delimiter, bytes[index] != UInt8(ascii: "\n") { return (field, index, .textAfterQuote(at: index)) }
        return (field, index, nil)
    }

    /// The first offset that stands in neither a blank line nor a comment line.
    func skipEmptyLines(_ start: Int) -> Int {
        var offset = start
        while offset < bytes.count {
            var index = offset
            if let comment, bytes[index] == comment {
                while index < bytes.count, bytes[index] != UInt8(ascii: "\n") { index += 1 }
            } else {
                while index < bytes.count, isBlank(bytes[index]) || (bytes[index] == UInt8(ascii: "\r") && endsLine(index + 1)) { index += 1 }
            }
            guard endsLine(index) else { return offset }
            offset = min(index + 1, bytes.count)
        }
        return offset
    }

    func endsLine(_ index: Int) -> Bool { index >= bytes.count || bytes[index] == UInt8(ascii: "\n") }
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
