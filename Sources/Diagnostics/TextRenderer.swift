/// Diagnostics as a person reads them: message, place, the source line with a caret under exactly the range, notes, fix.
public struct TextRenderer: Sendable {
    private let color: Bool
    /// More diagnostics than this are counted, not shown.
    public static let limit = 50

    public init(color: Bool) { self.color = color }

    /// All diagnostics in file order, each followed by an empty line.
    public func render(_ diagnostics: [Diagnostic]) -> String {
        let ordered = Diagnostic.inFileOrder(diagnostics)
        var text = ordered.prefix(TextRenderer.limit).map { render($0) + "\n" }.joined()
        if ordered.count > TextRenderer.limit { text += "... and \(ordered.count - TextRenderer.limit) more\n" }
        return text
    }

    private func render(_ diagnostic: Diagnostic) -> String {
        let paint = diagnostic.severity == .error ? "31" : diagnostic.severity == .warning ? "33" : "36"
        var text = styled("\(diagnostic.severity.rawValue)[\(diagnostic.code)]", "1;" + paint)
        text += styled(": " + visible(diagnostic.message), "1") + "\n"
        let ranges = [diagnostic.range].compactMap { $0 } + diagnostic.related.map(\.range)
        let gutter = ranges.map { "\($0.start.line)".count }.max() ?? 1
        if let range = diagnostic.range { text += excerpt(range, diagnostic.label, gutter: gutter, paint: "1;" + paint, mark: "^") }
        for label in diagnostic.related { text += excerpt(label.range, label.text, gutter: gutter, paint: "1;34", mark: "-") }
        for note in diagnostic.notes { text += tail("note", note, gutter) }
        if let fix = diagnostic.fix { text += tail("fix", fix, gutter) }
        return text
    }

    private func excerpt(_ range: SourceRange, _ label: String, gutter: Int, paint: String, mark: String) -> String {
        let (line, column) = range.start
        let blank = String(repeating: " ", count: gutter)
        var text = blank + styled("--> ", "34") + "\(visible(range.file.name)):\(line):\(column)\n"
        if range.file.bytes.isEmpty { return text }
        let source = SourceLine(range)
        let number = String(repeating: " ", count: gutter - "\(line)".count) + "\(line)"
        text += trimmed(styled("\(number) | ", "34") + source.text) + "\n"
        let caret =
            String(repeating: " ", count: source.indent)
            + styled(String(repeating: mark, count: source.width) + (label.isEmpty ? "" : " " + visible(label)), paint)
        return text + styled("\(blank) | ", "34") + caret + "\n"
    }

    private func tail(_ kind: String, _ words: String, _ gutter: Int) -> String {
        let blank = String(repeating: " ", count: gutter)
        let lines = words.split(separator: "\n", omittingEmptySubsequences: false).map { visible(String($0)) }
        return "\(blank) = " + styled("\(kind): ", "1") + lines.joined(separator: "\n\(blank)   ") + "\n"
    }

    private func styled(_ text: String, _ codes: String) -> String { color ? "\u{1B}[\(codes)m\(text)\u{1B}[0m" : text }

    private func trimmed(_ line: String) -> String {
        var line = line
        while line.last == " " { line.removeLast() }
        return line
    }

    /// A name of a megabyte would push everything else off the screen.
    private static let longestText = 2000

    /// A text in which nothing can drive the terminal.
    private func visible(_ text: String) -> String {
        let scalars = text.unicodeScalars
        let isLong = text.utf8.count > TextRenderer.longestText && scalars.count > TextRenderer.longestText
        if !isLong, !scalars.contains(where: SourceLine.isControl) { return text }
        var result = ""
        for scalar in scalars.prefix(TextRenderer.longestText) {
            switch scalar {
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            case "\r": result += "\\r"
            case let scalar where SourceLine.isControl(scalar): result += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + (isLong ? "…" : "")
    }
}
