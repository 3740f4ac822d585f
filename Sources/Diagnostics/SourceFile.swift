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
    private let lineStarts: [Int]
    /// How many bytes before each block of the text go on with a character of an earlier byte; empty where every character is a byte. So the
    /// column of a place in a line of a megabyte need not be counted from its start.
    private let continuations: [Int]
    private static let blockBytes = 512

    public init(name: String, bytes: [UInt8], firstLine: Int = 1) {
        self.name = name
        self.bytes = bytes
        self.firstLine = firstLine
        var starts = [0]
        var counts: [Int] = []
        var count = 0
        for (offset, byte) in bytes.enumerated() {
            if offset % Self.blockBytes == 0 { counts.append(count) }
            if byte == UInt8(ascii: "\n") { starts.append(offset + 1) }
            if byte & 0xC0 == 0x80 { count += 1 }
        }
        lineStarts = starts
        continuations = count == 0 ? [] : counts
    }

    public convenience init(name: String, text: String, firstLine: Int = 1) {
        self.init(name: name, bytes: Array(text.utf8), firstLine: firstLine)
    }

    /// Line and column of a byte offset, both from 1; columns count code points, a tab is one, a BOM none.
    public func position(of offset: Int) -> (line: Int, column: Int) {
        let offset = min(max(offset, 0), bytes.count)
        let line = lineIndex(of: offset)
        return (line + firstLine, codePoints(before: offset) - codePoints(before: min(textStart(of: line), offset)) + 1)
    }

    private func lineIndex(of offset: Int) -> Int {
        var low = 0
        var high = lineStarts.count - 1
        while low < high {
            let middle = (low + high + 1) / 2
            if lineStarts[middle] <= offset { low = middle } else { high = middle - 1 }
        }
        return low
    }

    private func codePoints(before offset: Int) -> Int {
        if continuations.isEmpty || offset == 0 { return offset }
        let block = (offset - 1) / Self.blockBytes
        var count = continuations[block]
        for byte in bytes[(block * Self.blockBytes)..<offset] where byte & 0xC0 == 0x80 { count += 1 }
        return offset - count
    }

    /// After the BOM.
    private func textStart(of line: Int) -> Int { line == 0 && bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : lineStarts[line] }

    /// The bytes of the line that holds an offset, without its line end and BOM.
    package func lineBytes(at offset: Int) -> Range<Int> {
        let line = lineIndex(of: min(max(offset, 0), bytes.count))
        let lower = textStart(of: line)
        var upper = line + 1 < lineStarts.count ? lineStarts[line + 1] - 1 : bytes.count
        if upper > lower, bytes[upper - 1] == UInt8(ascii: "\r") { upper -= 1 }
        return lower..<max(lower, upper)
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
