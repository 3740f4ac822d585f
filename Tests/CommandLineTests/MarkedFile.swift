import Foundation

/// The place of a diagnostic, from a mark or from `--json`.
struct Place: Hashable, CustomStringConvertible {
    let file: String
    let line: Int
    let column: Int
    let endLine: Int
    let endColumn: Int
    /// From the start of a spec or a `--set` text; from the start of the line in other files, of which a diagnostic holds a line only.
    let byteStart: Int
    let byteEnd: Int

    var description: String { "\(file):\(line):\(column)-\(endLine):\(endColumn) (bytes \(byteStart)..<\(byteEnd))" }
}

/// A file with marks in it: `⟦ ⟧` around what a message points at, `⟪ ⟫` around its second places. The marks are no part of the text.
struct MarkedFile {
    private(set) var bytes: [UInt8] = []
    private(set) var places: [Range<Int>] = []
    private(set) var related: [Range<Int>] = []

    init(_ marked: String) {
        var (place, second) = (0, 0)
        for scalar in marked.unicodeScalars {
            switch scalar {
            case "⟦": place = bytes.count
            case "⟧": places.append(place..<bytes.count)
            case "⟪": second = bytes.count
            case "⟫": related.append(second..<bytes.count)
            default: bytes += UTF8.encode(scalar).map(Array.init) ?? []
            }
        }
    }

    /// Without marks.
    init(bytes: [UInt8]) { self.bytes = bytes }

    init(_ snippet: ExplainedCode.Snippet) {
        bytes = Array(snippet.text.utf8)
        places = (snippet.places ?? []).map { $0.byteStart..<$0.byteEnd }
        related = (snippet.related ?? []).map { $0.byteStart..<$0.byteEnd }
    }

    /// The same text with others around it.
    func between(_ before: String, _ after: String) -> MarkedFile {
        var copy = self
        let count = before.utf8.count
        copy.bytes = Array(before.utf8) + bytes + Array(after.utf8)
        copy.places = places.map { $0.lowerBound + count..<$0.upperBound + count }
        copy.related = related.map { $0.lowerBound + count..<$0.upperBound + count }
        return copy
    }

    /// A part of the text with the marks inside it.
    func part(_ range: Range<Int>) -> MarkedFile {
        func inside(_ ranges: [Range<Int>]) -> [Range<Int>] {
            ranges.filter { $0.lowerBound >= range.lowerBound && $0.upperBound <= range.upperBound }
                .map { $0.lowerBound - range.lowerBound..<$0.upperBound - range.lowerBound }
        }
        var copy = self
        copy.bytes = Array(bytes[range])
        (copy.places, copy.related) = (inside(places), inside(related))
        return copy
    }

    /// In Latin-1, where it can be.
    var latin1: MarkedFile {
        var copy = self
        func moved(_ offset: Int) -> Int { String(decoding: bytes[..<offset], as: UTF8.self).unicodeScalars.count }
        copy.bytes = String(decoding: bytes, as: UTF8.self).unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
        copy.places = places.map { moved($0.lowerBound)..<moved($0.upperBound) }
        copy.related = related.map { moved($0.lowerBound)..<moved($0.upperBound) }
        return copy
    }

    func write(to path: String) throws { try Data(bytes).write(to: URL(fileURLWithPath: path)) }

    func place(_ range: Range<Int>, in file: String) -> Place {
        let (start, end) = (position(range.lowerBound), position(range.upperBound))
        let isWhole = file.hasSuffix(".yaml") || file == "--set"
        let base = isWhole ? 0 : (bytes[..<range.lowerBound].lastIndex(of: 0x0A) ?? -1) + 1
        return Place(
            file: file, line: start.line, column: start.column, endLine: end.line, endColumn: end.column, byteStart: range.lowerBound - base,
            byteEnd: range.upperBound - base)
    }

    /// Counted here once more, and not by the code that is tested.
    private func position(_ offset: Int) -> (line: Int, column: Int) {
        var (line, column) = (1, 1)
        for byte in bytes[..<offset] {
            if byte == 0x0A { (line, column) = (line + 1, 1) } else if byte & 0xC0 != 0x80 { column += 1 }
        }
        return (line, column)
    }
}

/// What `--json` tells of a diagnostic.
struct FoundDiagnostic: Decodable {
    struct Label: Decodable {
        let file: String
        let line, column, endLine, endColumn, byteStart, byteEnd: Int
    }
    let code: String
    let severity: String
    let message: String
    let file: String?
    let line, column, endLine, endColumn, byteStart, byteEnd: Int?
    let related: [Label]

    /// nil where it points nowhere.
    var place: Place? {
        guard let file, let line, let column, let endLine, let endColumn, let byteStart, let byteEnd else { return nil }
        return Place(file: file, line: line, column: column, endLine: endLine, endColumn: endColumn, byteStart: byteStart, byteEnd: byteEnd)
    }

    var second: [Place] {
        related.map {
            Place(
                file: $0.file, line: $0.line, column: $0.column, endLine: $0.endLine, endColumn: $0.endColumn, byteStart: $0.byteStart,
                byteEnd: $0.byteEnd)
        }
    }

    /// Those of a command's output; nil if it is no document with diagnostics.
    static func all(_ output: String) -> [FoundDiagnostic]? {
        struct Document: Decodable { let diagnostics: [FoundDiagnostic] }
        return try? JSONDecoder().decode(Document.self, from: Data(output.utf8)).diagnostics
    }
}
