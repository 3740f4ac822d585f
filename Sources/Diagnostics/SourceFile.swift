/// A text that diagnostics point into: a whole spec, a `--set` text, or an excerpt (one line) of a data file.
///
/// Offsets are UTF-8 bytes into `bytes`. An excerpt knows at which line of the real file it begins.
public final class SourceFile: Sendable {
    /// The name shown to the user, as they wrote it.
    public let name: String
    public let bytes: [UInt8]
    /// Line number of the first line of `bytes`, counted from 1.
    public let firstLine: Int
    /// Byte offset of the start of each line.
    let lineStarts: [Int]

    public init(name: String, bytes: [UInt8], firstLine: Int = 1) {
        self.name = name
        self.bytes = bytes
        self.firstLine = firstLine
        var starts = [0]
        for (offset, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") { starts.append(offset + 1) }
        lineStarts = starts
    }

    public convenience init(name: String, text: String, firstLine: Int = 1) {
        self.init(name: name, bytes: Array(text.utf8), firstLine: firstLine)
    }

    /// Line and column of a byte offset, both from 1; columns count code points, a tab is one, a BOM none.
    public func position(of offset: Int) -> (line: Int, column: Int) {
        let offset = min(max(offset, 0), bytes.count)
        var low = 0
        var high = lineStarts.count - 1
        while low < high {
            let middle = (low + high + 1) / 2
            if lineStarts[middle] <= offset { low = middle } else { high = middle - 1 }
        }
        var column = 1
        var index = lineStarts[low]
        if low == 0, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { index = min(3, offset) }
        while index < offset {
            if bytes[index] & 0xC0 != 0x80 { column += 1 }
            index += 1
        }
        return (low + firstLine, column)
    }

    /// The text of the line that holds a byte offset, without its line end and BOM.
    public func lineText(at offset: Int) -> String {
        let line = position(of: offset).line - firstLine
        var lower = lineStarts[line]
        if line == 0, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { lower = 3 }
        var upper = line + 1 < lineStarts.count ? lineStarts[line + 1] - 1 : bytes.count
        if upper > lower, bytes[upper - 1] == UInt8(ascii: "\r") { upper -= 1 }
        return String(decoding: bytes[lower..<max(lower, upper)], as: UTF8.self)
    }
}

/// A stretch of a source file, as byte offsets `lower ..< upper`. The one location type of the project.
public struct SourceRange: Sendable, Hashable {
    public let file: SourceFile
    public let lower: Int
    public let upper: Int

    public init(_ file: SourceFile, _ lower: Int, _ upper: Int) {
        self.file = file
        self.lower = lower
        self.upper = max(lower, upper)
    }

    /// Line and column of the start, from 1.
    public var start: (line: Int, column: Int) { file.position(of: lower) }
    public var text: String { String(decoding: file.bytes[lower..<min(upper, file.bytes.count)], as: UTF8.self) }

    public static func == (a: SourceRange, b: SourceRange) -> Bool {
        a.file === b.file && a.lower == b.lower && a.upper == b.upper
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(lower)
        hasher.combine(upper)
    }
}
