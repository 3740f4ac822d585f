/// Diagnostics for machines: a JSON list, one object per diagnostic, in file order and without a cap.
public enum JSONRenderer {
    /// `[{"code": ..., "severity": ..., "message": ..., "file": ..., "line": ..., "column": ..., "endLine": ..., "endColumn": ..., "byteStart": ...,
    /// "byteEnd": ..., "label": ..., "related": [...], "notes": [...], "fix": ...}]`; place and fix are null where there is none.
    public static func render(_ diagnostics: [Diagnostic]) -> String {
        let objects = Diagnostic.inFileOrder(diagnostics).map { object($0) }
        return objects.isEmpty ? "[]\n" : "[\n  " + objects.joined(separator: ",\n  ") + "\n]\n"
    }

    private static func object(_ diagnostic: Diagnostic) -> String {
        let related = diagnostic.related.map { "{" + place($0.range) + ", \"text\": \(quoted($0.text))}" }
        return "{\"code\": \(quoted(diagnostic.code)), \"severity\": \(quoted(diagnostic.severity.rawValue)), "
            + "\"message\": \(quoted(diagnostic.message)), \(place(diagnostic.range)), \"label\": \(quoted(diagnostic.label)), "
            + "\"related\": [\(related.joined(separator: ", "))], "
            + "\"notes\": [\(diagnostic.notes.map(quoted).joined(separator: ", "))], \"fix\": \(diagnostic.fix.map(quoted) ?? "null")}"
    }

    /// Byte offsets count from the start of the text that the place lies in (of a data file: from the start of its line).
    private static func place(_ range: SourceRange?) -> String {
        guard let range else {
            return "\"file\": null, \"line\": null, \"column\": null, \"endLine\": null, \"endColumn\": null, \"byteStart\": null, \"byteEnd\": null"
        }
        let end = range.file.position(of: range.upper)
        return "\"file\": \(quoted(range.file.name)), \"line\": \(range.start.line), \"column\": \(range.start.column), "
            + "\"endLine\": \(end.line), \"endColumn\": \(end.column), \"byteStart\": \(range.lower), \"byteEnd\": \(range.upper)"
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case "\u{0}"..<" ", "\u{7F}"..<"\u{A0}":
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
