import NNSpecKit

/// The metrics of each part, and what guessing reaches.
enum EvaluationTable {
    static func text(_ parts: [PartEvaluation]) -> String {
        guard let first = parts.first else { return "" }
        let guess = first.baseline.map { $0.name == "rmse" ? "guessing the training mean" : "guessing the majority class" }
        var rows = [["", "rows", "loss"] + first.metrics.map(\.name) + (guess.map { [$0] } ?? [])]
        for part in parts {
            var row = [part.part, "\(part.rows)", NumberText.significant(part.loss)]
            row += part.metrics.map { $0.value.map { NumberText.significant($0) } ?? "undefined" }
            if guess != nil { row.append(part.baseline.map { "\($0.name) \(NumberText.significant($0.value))" } ?? "") }
            rows.append(row)
        }
        let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            var line = "  " + row[0].padded(to: widths[0]) + "  " + row[1].aligned(to: widths[1])
            for column in row.indices.dropFirst(2) { line += "  " + row[column].padded(to: column == row.count - 1 ? 0 : widths[column]) }
            return line + "\n"
        }.joined()
    }
}
