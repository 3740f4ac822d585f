import Diagnostics
import NNSpecKit

extension Command {
    static var explain: Command {
        Command(
            "explain", "tell more about a diagnostic, or list all of them",
            arguments: [Argument(name: "CODE", help: "the code of a message, such as E0201; all are listed without it", isOptional: true)],
            flags: [Flag(name: "all", help: "print the whole table as Markdown, the page docs/diagnostics.md"), .json, .quiet]
        ) { (invocation, sink) throws(Stopped) in
            try StandardOutput.write(try text(invocation, sink), sink: sink)
        }
    }

    private static func text(_ invocation: Invocation, _ sink: DiagnosticSink) throws(Stopped) -> String {
        let asJSON = invocation.has("json")
        guard let code = invocation.arguments.first else {
            if asJSON { return ExplanationText.json(ExplanationTable.all) }
            return invocation.has("all") ? DiagnosticsPage.markdown : ExplanationText.list
        }
        if invocation.has("all") { throw sink.fail(.tooManyArguments(code, of: .explain)) }
        guard let row = ExplanationTable.find(code) else { throw sink.fail(.unknownCode(code, nearest: ExplanationTable.nearest(code))) }
        return asJSON ? ExplanationText.json(row) + "\n" : ExplanationText.page(row)
    }
}

/// Explanations as a terminal and a program want them.
enum ExplanationText {
    static var list: String {
        var text = ""
        for group in ExplanationTable.groups {
            text += "\(group.title)\n" + group.rows.map { "  \($0.code)  \($0.title)\n" }.joined() + "\n"
        }
        return text + "`nnspec explain CODE` tells more about one of them.\n"
    }

    static func page(_ row: Explanation) -> String {
        var text = "\(row.code): \(row.title)\n\n" + wrapped(row.story) + "\n"
        if let given = row.given { text += block("with", given) }
        text += block("this leads to it", row.example) + block("repair", row.repair)
        return text + "exit status \(row.ending)\n"
    }

    static func json(_ row: Explanation) -> String {
        JSONText.object(
            [
                ("code", JSONText.quoted(row.code)), ("severity", JSONText.quoted(row.severity.rawValue)), ("title", JSONText.quoted(row.title)),
                ("story", JSONText.quoted(row.story)),
            ] + (row.given.map { [("given", snippet($0, withPlaces: true))] } ?? []) + [
                ("example", snippet(row.example, withPlaces: true)), ("repair", snippet(row.repair)), ("exit_status", "\(row.exitStatus)"),
            ])
    }

    /// {"diagnostics": [...]}, one on a line.
    static func json(_ rows: [Explanation]) -> String {
        "{\"diagnostics\": [\n" + rows.map { json($0) }.joined(separator: ",\n") + "\n]}\n"
    }

    private static func snippet(_ snippet: Explanation.Snippet, withPlaces: Bool = false) -> String {
        JSONText.object(
            [("language", JSONText.quoted(snippet.language.rawValue)), ("text", JSONText.quoted(snippet.text))]
                + (withPlaces ? [("places", ranges(snippet.places)), ("related", ranges(snippet.related))] : []))
    }

    /// Where the message points to in the text.
    private static func ranges(_ ranges: [Range<Int>]) -> String {
        JSONText.array(ranges.map { JSONText.object([("byteStart", "\($0.lowerBound)"), ("byteEnd", "\($0.upperBound)")]) })
    }

    private static func block(_ heading: String, _ snippet: Explanation.Snippet) -> String {
        let lines = snippet.text.split(separator: "\n", omittingEmptySubsequences: false).map { "    \($0)\n" }
        return "\(heading):\n" + lines.joined() + "\n"
    }

    /// Lines of at most 80 characters, broken at blanks.
    private static func wrapped(_ text: String) -> String {
        var lines: [String] = []
        for word in text.split(separator: " ") {
            if let last = lines.last, last.count + 1 + word.count <= 80 {
                lines[lines.count - 1] = last + " " + word
            } else {
                lines.append(String(word))
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
