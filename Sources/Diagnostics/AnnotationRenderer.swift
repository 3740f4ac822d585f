/// Diagnostics as GitHub's workflow commands, which the web view of a pull request shows beside the lines.
///
/// Source: "Workflow commands for GitHub Actions"; `%`, CR and LF are escaped everywhere, `:` and `,` in properties too.
public enum AnnotationRenderer {
    /// One line per diagnostic: `::error file=spec.yaml,line=3,col=5,endLine=3,endColumn=9,title=E0201::message`.
    public static func render(_ diagnostics: [Diagnostic]) -> String {
        Diagnostic.inFileOrder(diagnostics).map { line($0) + "\n" }.joined()
    }

    private static func line(_ diagnostic: Diagnostic) -> String {
        let command = diagnostic.severity == .note ? "notice" : diagnostic.severity.rawValue
        var properties: [String] = []
        if let range = diagnostic.range {
            let end = range.file.position(of: range.upper)
            // A place on one line: GitHub takes columns only there.
            properties = ["file=\(property(range.file.name))", "line=\(range.start.line)", "col=\(range.start.column)", "endLine=\(end.line)"]
            if end.line == range.start.line { properties.append("endColumn=\(end.column)") }
        }
        properties.append("title=\(diagnostic.code)")
        let words = [diagnostic.message] + diagnostic.notes.map { "note: \($0)" } + (diagnostic.fix.map { ["fix: \($0)"] } ?? [])
        return "::\(command) \(properties.joined(separator: ","))::\(data(words.joined(separator: "\n")))"
    }

    private static func data(_ text: String) -> String { escaped(text, also: "") }
    private static func property(_ text: String) -> String { escaped(text, also: ":,") }

    private static func escaped(_ text: String, also special: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "%": result += "%25"
            case "\r": result += "%0D"
            case "\n": result += "%0A"
            case ":" where special.contains(":"): result += "%3A"
            case "," where special.contains(","): result += "%2C"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
