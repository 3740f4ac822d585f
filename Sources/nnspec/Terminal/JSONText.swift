import Diagnostics
import NNSpecKit

/// The documents of --json.
enum JSONText {
    /// {"ok": ..., "diagnostics": [...]}
    static func outcome(_ diagnostics: [Diagnostic]) -> String {
        let isFailed = diagnostics.contains { $0.severity == .error }
        var list = JSONRenderer.render(diagnostics)
        while list.last?.isNewline == true { list.removeLast() }
        return "{\"ok\": \(!isFailed), \"diagnostics\": \(list)}\n"
    }

    /// Flat: `<part>.rows`, `<part>.loss`, `<part>.<metric>`, and `<part>.baseline.<metric>` for guessing.
    static func evaluations(_ parts: [PartEvaluation]) -> String { object(members(parts)) + "\n" }

    static func summary(_ summary: TrainSummary) -> String {
        let record = summary.record
        return object([
            ("ok", "true"), ("name", quoted(summary.outline.name)), ("network", quoted(summary.outline.network)),
            ("parameters", "\(summary.outline.parameterCount)"), ("folder", quoted(summary.folder)),
            ("epochs", "\(record.epochs.last?.epoch ?? 0)"), ("best_epoch", "\(record.bestEpoch)"),
            ("stop_reason", quoted(record.stopReason.rawValue)),
            ("metrics", object(members(record.evaluations))), ("files", object(summary.files.map { ($0.name, "\($0.bytes)") })),
            ("threads", "\(summary.outline.threads)"), ("duration_seconds", number(summary.durationSeconds)),
        ]) + "\n"
    }

    private static func members(_ parts: [PartEvaluation]) -> [(String, String)] {
        parts.flatMap { part in
            [("\(part.part).rows", "\(part.rows)"), ("\(part.part).loss", number(part.loss))]
                + part.metrics.map { ("\(part.part).\($0.name)", number($0.value)) }
                + (part.baseline.map { [("\(part.part).baseline.\($0.name)", number($0.value))] } ?? [])
        }
    }

    private static func object(_ members: [(String, String)]) -> String {
        "{" + members.map { "\(quoted($0.0)): \($0.1)" }.joined(separator: ", ") + "}"
    }

    private static func number(_ value: Double?) -> String { value.flatMap { $0.isFinite ? $0.description : nil } ?? "null" }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": result += "\\\(scalar)"
            case "\u{0}"..<" ": result += "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
