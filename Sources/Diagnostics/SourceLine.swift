/// One source line as a terminal shows it: tabs spread, control characters made visible, long lines cut around the place.
struct SourceLine {
    /// The text to print.
    let text: String
    /// Blank columns before the caret, and columns that the caret covers (at least one).
    let indent: Int
    let width: Int

    private static let widestColumns = 140

    init(_ range: SourceRange) {
        let file = range.file
        let scalars = Array(file.lineText(at: range.lower).unicodeScalars)
        let first = min(range.start.column - 1, scalars.count)
        let end = file.position(of: range.upper)
        let last = end.line == range.start.line ? min(max(end.column - 1, first), scalars.count) : scalars.count
        let window = SourceLine.window(scalars.count, around: first)
        var text = window.lowerBound > 0 ? "…" : ""
        var column = text.isEmpty ? 0 : 1
        var indent = column
        var width = 0
        for index in window {
            let piece = SourceLine.piece(scalars[index], at: column)
            if index < first { indent += piece.columns } else if index < last { width += piece.columns }
            text += piece.text
            column += piece.columns
        }
        if window.upperBound < scalars.count { text += "…" }
        self.text = text
        self.indent = indent
        self.width = max(width, 1)
    }

    private static func window(_ count: Int, around place: Int) -> Range<Int> {
        if count <= widestColumns { return 0..<count }
        let lower = min(max(0, place - widestColumns / 3), count - widestColumns)
        return lower..<(lower + widestColumns)
    }

    private static func piece(_ scalar: Unicode.Scalar, at column: Int) -> (text: String, columns: Int) {
        if scalar == "\t" {
            let columns = 4 - column % 4
            return (String(repeating: " ", count: columns), columns)
        }
        if isControl(scalar) { return ("\u{FFFD}", 1) }
        return (String(scalar), columns(scalar))
    }

    /// Control characters would let a file drive the terminal; so would the marks that turn the writing direction.
    static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0, 0x200E, 0x200F, 0x202A...0x202E, 0x2028, 0x2029, 0x2066...0x2069: true
        default: false
        }
    }

    /// Columns of a character: none for combining marks, two for wide East Asian characters and emoji.
    private static func columns(_ scalar: Unicode.Scalar) -> Int {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return 0
        default: break
        }
        switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
            0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
            return 2
        default: return 1
        }
    }
}
