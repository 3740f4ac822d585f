import Diagnostics
import NNSpecKit

/// The documents of --json.
enum JSONDocument {
    /// {"ok": ..., "diagnostics": [...]}, and "data" where an audit was made.
    static func outcome(_ diagnostics: [Diagnostic], data: String? = nil) -> String {
        let isFailed = diagnostics.contains { $0.severity == .error }
        return "{\"ok\": \(!isFailed), \"diagnostics\": \(list(diagnostics))\(data.map { ", \"data\": \($0)" } ?? "")}\n"
    }

    static func list(_ diagnostics: [Diagnostic]) -> String {
        var list = JSONRenderer.render(diagnostics)
        while list.last?.isNewline == true { list.removeLast() }
        return list
    }

    /// Flat: `<part>.rows`, `<part>.loss`, `<part>.<metric>`, `<part>.confusion_matrix` ([true class][predicted class]) of up to 20 classes,
    /// and `<part>.baseline.<metric>` for guessing.
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

    /// The same of a cross-validation: `metrics` is what evaluation.json says.
    static func folds(_ summary: FoldSummary, _ diagnostics: [Diagnostic]) -> String {
        JSONText.object([
            ("ok", "true"), ("name", JSONText.quoted(summary.outline.name)), ("network", JSONText.quoted(summary.outline.network)),
            ("parameters", "\(summary.outline.parameterCount)"), ("folder", JSONText.quoted(summary.folder)),
            ("folds", "\(summary.record.folds.count)"), ("metrics", JSONText.object(summary.metrics)),
            ("files", JSONText.object(summary.files.map { ($0.name, "\($0.bytes)") })), ("threads", "\(summary.outline.threads)"),
            ("duration_seconds", JSONText.number(summary.durationSeconds)), ("diagnostics", list(diagnostics)),
        ]) + "\n"
    }

    private static func rows(_ counts: [[Int]]) -> String {
        "[" + counts.map { "[" + $0.map(String.init).joined(separator: ", ") + "]" }.joined(separator: ", ") + "]"
    }

    private static func members(_ parts: [PartEvaluation]) -> [(String, String)] { parts.flatMap(members) }

    private static func members(_ part: PartEvaluation) -> [(String, String)] {
        var members = [("\(part.part).rows", "\(part.rows)")]
        if let digest = part.rowsDigest { members.append(("\(part.part).rows_sha256", JSONText.quoted(digest))) }
        members.append(("\(part.part).loss", JSONText.number(part.loss)))
        for metric in part.metrics { members.append(("\(part.part).\(metric.name)", JSONText.number(metric.value))) }
        if let matrix = part.confusion { members.append(("\(part.part).confusion_matrix", rows(matrix.counts))) }
        if let guess = part.baseline { members.append(("\(part.part).baseline.\(guess.name)", JSONText.number(guess.value))) }
        return members
    }
}
