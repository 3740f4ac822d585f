/// Diagnostics for machines: a JSON list, one object per diagnostic, in file order and without a cap.
public enum JSONRenderer {
    /// `[{"code": ..., "severity": ..., "message": ..., "file": ..., "line": ..., "column": ..., "endLine": ..., "endColumn": ..., "byteStart": ...,
    /// "byteEnd": ..., "label": ..., "related": [...], "notes": [...], "fix": ...}]`; place and fix are null where there is none.
    public static func render(_ diagnostics: [Diagnostic]) -> String {
        let objects = Diagnostic.inFileOrder(diagnostics).map { object($0) }
        return objects.isEmpty ? "[]\n" : "[\n  " + objects.joined(separator: ",\n  ") + "\n]\n"
    }

    private static func object(_ diagnostic: Diagnostic) -> String {
        let related = diagnostic.related.map { "{" + place($0.range) + ", \"text\": \(JSONText.quoted($0.text))}" }
        return "{\"code\": \(JSONText.quoted(diagnostic.code)), \"severity\": \(JSONText.quoted(diagnostic.severity.rawValue)), "
            + "\"message\": \(JSONText.quoted(diagnostic.message)), \(place(diagnostic.range)), \"label\": \(JSONText.quoted(diagnostic.label)), "
            + "\"related\": [\(related.joined(separator: ", "))], "
            + "\"notes\": \(JSONText.strings(diagnostic.notes)), \"fix\": \(diagnostic.fix.map(JSONText.quoted) ?? "null")}"
    }

    /// Byte offsets count from the start of the text that the place lies in (of a data file: from the start of its line).
    private static func place(_ range: SourceRange?) -> String {
        guard let range else {
            return "\"file\": null, \"line\": null, \"column\": null, \"endLine\": null, \"endColumn\": null, \"byteStart\": null, \"byteEnd\": null"
        }
        let end = range.file.position(of: range.upper)
        return "\"file\": \(JSONText.quoted(range.file.name)), \"line\": \(range.start.line), \"column\": \(range.start.column), "
            + "\"endLine\": \(end.line), \"endColumn\": \(end.column), \"byteStart\": \(range.lower), \"byteEnd\": \(range.upper)"
    }
}
