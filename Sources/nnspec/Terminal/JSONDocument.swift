import Diagnostics
import NNSpecKit

/// The documents of --json.
enum JSONDocument {
    /// {"ok": ..., "diagnostics": [...]}
    static func outcome(_ diagnostics: [Diagnostic]) -> String {
        let isFailed = diagnostics.contains { $0.severity == .error }
        return "{\"ok\": \(!isFailed), \"diagnostics\": \(list(diagnostics))}\n"
    }

    private static func list(_ diagnostics: [Diagnostic]) -> String {
        var list = JSONRenderer.render(diagnostics)
        while list.last?.isNewline == true { list.removeLast() }
        return list
    }

    /// Flat: `<part>.rows`, `<part>.loss`, `<part>.<metric>`, and `<part>.baseline.<metric>` for guessing.
    static func evaluations(_ parts: [PartEvaluation]) -> String { JSONText.object(members(parts)) + "\n" }

    /// With what was noted and warned of on the way.
    static func summary(_ summary: TrainSummary, _ diagnostics: [Diagnostic]) -> String {
        let record = summary.record
        return JSONText.object([
            ("ok", "true"), ("name", JSONText.quoted(summary.outline.name)), ("network", JSONText.quoted(summary.outline.network)),
            ("parameters", "\(summary.outline.parameterCount)"), ("folder", JSONText.quoted(summary.folder)),
            ("epochs", "\(record.epochs.last?.epoch ?? 0)"), ("best_epoch", "\(record.bestEpoch)"),
            ("stop_reason", JSONText.quoted(record.stopReason.rawValue)),
            ("metrics", JSONText.object(members(record.evaluations))), ("files", JSONText.object(summary.files.map { ($0.name, "\($0.bytes)") })),
            ("threads", "\(summary.outline.threads)"), ("duration_seconds", JSONText.number(summary.durationSeconds)),
            ("diagnostics", list(diagnostics)),
        ]) + "\n"
    }

    private static func members(_ parts: [PartEvaluation]) -> [(String, String)] {
        parts.flatMap { part in
            var members = [("\(part.part).rows", "\(part.rows)")]
            if let digest = part.rowsDigest { members.append(("\(part.part).rows_sha256", JSONText.quoted(digest))) }
            members.append(("\(part.part).loss", JSONText.number(part.loss)))
            for metric in part.metrics { members.append(("\(part.part).\(metric.name)", JSONText.number(metric.value))) }
            if let baseline = part.baseline { members.append(("\(part.part).baseline.\(baseline.name)", JSONText.number(baseline.value))) }
            return members
        }
    }
}
