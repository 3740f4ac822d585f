import Datasets
import Diagnostics

/// What `check --data` prints about the data.
public struct AuditReport {
    let audit: DataAudit

    /// Rows, target and a line for every column.
    public var text: String {
        var lines = ["rows     " + audit.parts.map { "\($0.name) \($0.rows)" }.joined(separator: ", ")]
        for target in audit.targets { lines.append("target   \(Shown.text(target.facts.name)), \(about(target.facts))") }
        if let (column, effective) = audit.weights {
            let words = "numbers: \(values(column.facts)); the training rows count as \(Shown.number(rounded(effective))) of equal weight"
            lines.append("weight   \(Shown.text(column.facts.name)), \(words)")
        }
        if let largest {
            lines.append(
                "guessing \(Shown.text(largest.name)) always is right in \(Shown.number(share(largest))) of the training rows"
                    + (audit.weights == nil ? "" : ", by weight"))
        }
        let titles = ["column", "type", "missing", "values", "why"]
        let rows = audit.columns.map { [$0.facts.name, $0.type, "\($0.missing)", values($0.facts), $0.reason] }
        let widths = titles.indices.map { column in ([titles] + rows).map { $0[column].count }.max() ?? 0 }
        lines.append("")
        for row in [titles] + rows.prefix(AuditReport.columnsShown) {
            lines.append(zip(row, widths).map { padded($0, $1) }.joined(separator: "  ").trimmedRight)
        }
        if rows.count > AuditReport.columnsShown { lines.append("and \(rows.count - AuditReport.columnsShown) more columns; --json shows all") }
        return lines.joined(separator: "\n") + "\n"
    }

    private func rounded(_ value: Double) -> Double { (value * 10).rounded() / 10 }

    private static let columnsShown = 50

    /// {"rows": {...}, "target": [...], "classes": {...}, "columns": [...]}
    public var json: String {
        let weights = audit.weights.map { [("sample_weight", object($0.column)), ("effective_rows", JSONText.number($0.effectiveRows))] } ?? []
        return JSONText.object(
            [
                ("rows", JSONText.object(audit.parts.map { ($0.name, "\($0.rows)") })), ("targets", JSONText.array(audit.targets.map(object))),
                ("classes", JSONText.object(audit.classes.map { ($0.name, "\($0.rows)") })),
                ("majority_baseline", JSONText.number(largest.map(share))), ("columns", JSONText.array(audit.columns.map(object))),
            ] + weights)
    }

    private var largest: ClassRows? { audit.classes.max { $0.share < $1.share } }

    private func share(_ entry: ClassRows) -> Double { (entry.share * 1000).rounded() / 1000 }

    private func about(_ target: ColumnFacts) -> String {
        guard !audit.classes.isEmpty else { return (target.range == nil ? "a label: " : "numbers: ") + values(target) }
        let shown = audit.classes.prefix(12).map { "\(Shown.text($0.name)) \($0.rows)" }.joined(separator: ", ")
        return "\(audit.classes.count) classes: \(shown)" + (audit.classes.count > 12 ? " and \(audit.classes.count - 12) more" : "")
    }

    private func values(_ facts: ColumnFacts) -> String {
        let range = facts.range.map { ", \(Shown.number($0.lowerBound)) to \(Shown.number($0.upperBound))" } ?? ""
        return "\(facts.distinct) different\(range)"
    }

    private func object(_ column: AuditedColumn) -> String {
        let facts = column.facts
        return JSONText.object([
            ("name", JSONText.quoted(facts.name)), ("type", JSONText.quoted(column.type)), ("reason", JSONText.quoted(column.reason)),
            ("missing", "\(column.missing)"), ("distinct", "\(facts.distinct)"), ("minimum", JSONText.number(facts.range?.lowerBound)),
            ("maximum", JSONText.number(facts.range?.upperBound)),
        ])
    }
}
