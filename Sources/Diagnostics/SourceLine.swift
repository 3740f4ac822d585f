/// One source line as a terminal shows it: tabs spread, control characters made visible, long lines cut around the place.
struct SourceLine {
    /// The text to print.
    let text: String
    /// Blank columns before the caret, and columns that the caret covers (at least one).
    let indent: Int
    let width: Int

    private static let widestColumns = 140
    /// Bytes of a line that are looked at on each side of the place: more than fit on the widest line, whatever they are.
    private static let reach = 1200

    init(_ range: SourceRange) {
        let bytes = range.file.bytes
        let line = range.file.lineBytes(at: range.lower)
        let first = min(max(range.lower, line.lowerBound), line.upperBound)
        let last = min(max(range.upper, first), line.upperBound)
        let near = Self.characterBounds(first - Self.reach, first + Self.reach, of: line, in: bytes)
        let pieces = Self.pieces(near, in: bytes)
        let place = pieces.firstIndex { $0.bytes.upperBound > first } ?? pieces.count
        let window = Self.window(pieces, around: place)
        let isCutBefore = near.lowerBound > line.lowerBound || window.lowerBound > 0
        let isCutAfter = near.upperBound < line.upperBound || window.upperBound < pieces.count
        var text = isCutBefore ? "…" : ""
        var column = isCutBefore ? 1 : 0
        var indent = column
        var width = 0
        for index in window {
            let piece = pieces[index]
            let columns = piece.isTab ? 4 - column % 4 : piece.columns
            if index < place { indent += columns } else if piece.bytes.lowerBound < last { width += columns }
            text += piece.isTab ? String(repeating: " ", count: columns) : piece.text
            column += columns
        }
        self.text = text + (isCutAfter ? "…" : "")
        self.indent = indent
        self.width = max(width, 1)
    }

    /// Cuts a stretch back to a line, and to whole characters.
    private static func characterBounds(_ lower: Int, _ upper: Int, of line: Range<Int>, in bytes: [UInt8]) -> Range<Int> {
        var (lower, upper) = (max(lower, line.lowerBound), min(upper, line.upperBound))
        while lower > line.lowerBound, bytes[lower] & 0xC0 == 0x80 { lower -= 1 }
        while upper < line.upperBound, bytes[upper] & 0xC0 == 0x80 { upper += 1 }
        return lower..<max(lower, upper)
    }

    /// Characters with the bytes they are made of. What is no UTF-8 becomes one replacement character for each byte that begins something.
    private static func pieces(_ range: Range<Int>, in bytes: [UInt8]) -> [Piece] {
        var scalars = String.UnicodeScalarView()
        var ends: [Int] = []
        var offset = range.lowerBound
        while offset < range.upperBound {
            var end = offset + 1
            while end < range.upperBound, bytes[end] & 0xC0 == 0x80 { end += 1 }
            let read = String(decoding: bytes[offset..<end], as: UTF8.self).unicodeScalars
            scalars.append(read.count == 1 ? read[read.startIndex] : "\u{FFFD}")
            ends.append(end)
            offset = end
        }
        var pieces: [Piece] = []
        var count = 0
        for character in String(scalars) {
            let lower = pieces.last?.bytes.upperBound ?? range.lowerBound
            count += character.unicodeScalars.count
            pieces.append(Piece(character, bytes: lower..<ends[count - 1]))
        }
        return pieces
    }

    /// All pieces if they fit, else those around a place, a third of the columns before it.
    private static func window(_ pieces: [Piece], around place: Int) -> Range<Int> {
        if pieces.reduce(0, { $0 + $1.columns }) <= widestColumns { return 0..<pieces.count }
        var (lower, upper) = (place, place)
        var (before, after) = (0, 0)
        while upper < pieces.count, after + pieces[upper].columns <= 2 * widestColumns / 3 {
            after += pieces[upper].columns
            upper += 1
        }
        while lower > 0, before + after + pieces[lower - 1].columns <= widestColumns {
            before += pieces[lower - 1].columns
            lower -= 1
        }
        while upper < pieces.count, before + after + pieces[upper].columns <= widestColumns {
            after += pieces[upper].columns
            upper += 1
        }
        return lower..<upper
    }

    /// A character with all its marks, as it is printed.
    private struct Piece {
        let text: String
        let bytes: Range<Int>
        /// Of a tab, the most it can take.
        let columns: Int
        let isTab: Bool

        init(_ character: Character, bytes: Range<Int>) {
            self.bytes = bytes
            isTab = character == "\t"
            if isTab {
                (text, columns) = ("", 4)
            } else if character.unicodeScalars.contains(where: SourceLine.isControl) {
                (text, columns) = ("\u{FFFD}", 1)
            } else {
                (text, columns) = (String(character), SourceLine.columns(character))
            }
        }
    }

    /// Control characters would let a file drive the terminal; so would the marks that turn the writing direction.
    static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0, 0x200E, 0x200F, 0x202A...0x202E, 0x2028, 0x2029, 0x2066...0x2069: true
        default: false
        }
    }

    /// Columns of a character with its marks: two for an emoji, however many it is joined of, else those of its parts.
    private static func columns(_ character: Character) -> Int {
        let scalars = character.unicodeScalars
        return scalars.count > 1 && scalars.contains(where: isOfEmoji) ? 2 : scalars.reduce(0) { $0 + columns($1) }
    }

    /// An emoji with others behind it, such as a colour of skin, the wish for an emoji, a letter of a flag.
    private static func isOfEmoji(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value == 0xFE0F || (!scalar.isASCII && scalar.properties.isEmojiPresentation)
    }

    private static func columns(_ scalar: Unicode.Scalar) -> Int {
        if scalar.isASCII { return 1 }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return 0
        default: break
        }
        if scalar.properties.isEmojiPresentation { return 2 }
        switch scalar.value {
        // Vowels and endings of a Korean syllable stand in the columns of its first letter.
        case 0x1160...0x11FF, 0xD7B0...0xD7FF: return 0
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
            0xFFE0...0xFFE6, 0x17000...0x18CFF, 0x1B000...0x1B2FF, 0x1F200...0x1F265, 0x20000...0x3FFFD:
            return 2
        default: return 1
        }
    }
}
