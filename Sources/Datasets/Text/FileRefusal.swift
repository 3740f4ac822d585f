/// What a file is instead of a text table.
package enum FileRefusal: Equatable, Sendable {
    case empty(byteCount: Int), gzip, archive, largeFilePointer, webPage, wideText, noLineFeeds
    case nul(offset: Int)
    case notUTF8(offset: Int)

    /// The first thing that keeps a file from being read as CSV; its text has been looked through already.
    static func first(of file: DataFile) -> FileRefusal? {
        let bytes = file.bytes
        if let refusal = bytes.withUnsafeBufferPointer({ opening(UnsafeRawBufferPointer($0)) }) { return refusal }
        if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) { return .archive }
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) { return .wideText }
        guard let start = bytes.withUnsafeBufferPointer({ firstInk(UnsafeRawBufferPointer($0)) }) else { return .empty(byteCount: bytes.count) }
        if let refusal = badText(in: file) { return refusal }
        return bytes.withUnsafeBufferPointer { endsLinesInReturns($0, from: start) } ? .noLineFeeds : nil
    }

    /// What a file is instead of data of any format, by its first bytes: what a download or a clone leaves in the place of the data.
    static func opening(_ bytes: UnsafeRawBufferPointer) -> FileRefusal? {
        if bytes.starts(with: [0x1F, 0x8B]) { return .gzip }
        guard let start = firstInk(bytes) else { return nil }
        let opening = String(decoding: bytes[start..<min(bytes.count, start + 64)], as: UTF8.self).lowercased()
        if opening.hasPrefix("version https://git-lfs") { return .largeFilePointer }
        return ["<!doctype", "<html", "<?xml", "<head", "<body"].contains(where: opening.hasPrefix) ? .webPage : nil
    }

    /// Whether a carriage return with more text behind it stands in the first line, outside of quotes.
    private static func endsLinesInReturns(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Bool {
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
    private static func firstInk(_ bytes: UnsafeRawBufferPointer) -> Int? {
        var index = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        while index < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[index]) { index += 1 }
        return index < bytes.count ? index : nil
    }

    /// What keeps a further stretch of a file from being text.
    static func badText(in file: DataFile) -> FileRefusal? {
        file.survey.isCleanText ? nil : file.bytes.withUnsafeBufferPointer(badByte)
    }

    /// The first NUL or byte that is not UTF-8; looked for only if there is one.
    private static func badByte(_ bytes: UnsafeBufferPointer<UInt8>) -> FileRefusal? {
        var index = 0
        while index < bytes.count {
            if bytes[index] == 0 { return .nul(offset: index) }
            let length = TextSurvey.sequenceLength(bytes, index)
            if length == 0 { return .notUTF8(offset: index) }
            index += length
        }
        return nil
    }
}
