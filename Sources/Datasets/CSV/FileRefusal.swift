/// What a file is instead of a text table.
package enum FileRefusal: Equatable, Sendable {
    case empty(byteCount: Int), gzip, archive, largeFilePointer, webPage, wideText, noLineFeeds
    case nul(offset: Int)
    case notUTF8(offset: Int)

    /// The first thing that keeps a file from being read as CSV.
    static func first(of file: DataFile) -> FileRefusal? {
        let bytes = file.bytes
        if bytes.starts(with: [0x1F, 0x8B]) { return .gzip }
        if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) { return .archive }
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) { return .wideText }
        guard let start = firstInk(bytes) else { return .empty(byteCount: bytes.count) }
        let opening = String(decoding: bytes[start..<min(bytes.count, start + 64)], as: UTF8.self).lowercased()
        if opening.hasPrefix("version https://git-lfs") { return .largeFilePointer }
        if ["<!doctype", "<html", "<?xml", "<head", "<body"].contains(where: opening.hasPrefix) { return .webPage }
        if let refusal = bytes.withUnsafeBytes(badByte) { return refusal }
        return endsLinesInReturns(bytes, from: start) ? .noLineFeeds : nil
    }

    /// Whether a carriage return with more text behind it stands in the first line, outside of quotes.
    private static func endsLinesInReturns(_ bytes: [UInt8], from start: Int) -> Bool {
        var isQuoted = false
        var hasReturn = false
        for byte in bytes[start...] {
            switch byte {
            case UInt8(ascii: "\""): isQuoted.toggle()
            case UInt8(ascii: "\n") where !isQuoted: return false
            case UInt8(ascii: "\r") where !isQuoted: hasReturn = true
            default: break
            }
            if hasReturn, byte > 0x20 { return true }
        }
        return false
    }

    /// Offset of the first byte that is neither BOM nor blank nor line end.
    private static func firstInk(_ bytes: [UInt8]) -> Int? {
        var index = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        while index < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[index]) { index += 1 }
        return index < bytes.count ? index : nil
    }

    /// The first NUL or byte that is not UTF-8. Eight bytes at a time while they are ASCII.
    private static func badByte(_ bytes: UnsafeRawBufferPointer) -> FileRefusal? {
        let high: UInt64 = 0x8080_8080_8080_8080
        var index = 0
        while index < bytes.count {
            if index + 8 <= bytes.count {
                let word = bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
                if word & high == 0, (word &- 0x0101_0101_0101_0101) & high == 0 {
                    index += 8
                    continue
                }
            }
            if bytes[index] == 0 { return .nul(offset: index) }
            let length = sequenceLength(bytes, index)
            if length == 0 { return .notUTF8(offset: index) }
            index += length
        }
        return nil
    }

    /// Bytes of the code point at an index, 0 if it is malformed (Unicode, table 3-7: no overlong forms, no surrogates).
    private static func sequenceLength(_ bytes: UnsafeRawBufferPointer, _ index: Int) -> Int {
        let first = bytes[index]
        if first < 0x80 { return 1 }
        let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
        guard first >= 0xC2, first <= 0xF4, index + length <= bytes.count else { return 0 }
        let second = bytes[index + 1]
        let lowest: UInt8 = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80
        let highest: UInt8 = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF
        guard second >= lowest, second <= highest else { return 0 }
        for offset in 2..<max(length, 2) where bytes[index + offset] & 0xC0 != 0x80 { return 0 }
        return length
    }
}
