import NNSpecKit

/// What a finished cross-validation tells a person.
enum FoldTable {
    static func text(_ summary: FoldSummary) -> String {
        let outline = summary.outline
        var text =
            "\(outline.name): \(outline.network), \(NumberText.count(outline.parameterCount, "parameter")), \(summary.record.folds.count) folds\n"
        text += "numbers of the rows that each fold held back\n\n" + table(summary.record) + "\n"
        text += "wrote \(summary.folder)\n"
        let width = summary.files.map { $0.name.count }.max() ?? 0
        for file in summary.files { text += "  \(file.name.padded(to: width))  \(NumberText.bytes(file.bytes))\n" }
        return text + "done in \(NumberText.duration(summary.durationSeconds)) with \(NumberText.count(outline.threads, "thread"))\n"
    }

    private static func table(_ record: FoldRecord) -> String {
        func shown(_ value: Double?) -> String { value.map { NumberText.significant($0) } ?? "undefined" }
        let statistics = record.statistics.filter { $0.part == "validation" }
        var rows = [["fold", "rows", "epoch"] + statistics.map(\.name)]
        for (index, fold) in record.folds.enumerated() {
            guard let part = fold.evaluations.first(where: { $0.part == "validation" }) else { continue }
            rows.append(["\(index + 1)", "\(part.rows)", "\(fold.bestEpoch)", shown(part.loss)] + part.metrics.map { shown($0.value) })
        }
        rows.append(["mean", "", ""] + statistics.map { shown($0.mean) })
        rows.append(["std", "", ""] + statistics.map { shown($0.deviation) })
        let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            var line = "  " + row[0].padded(to: widths[0])
            for column in row.indices.dropFirst() {
                line +=
                    "  "
                    + (column < 3 ? row[column].aligned(to: widths[column]) : row[column].padded(to: column == row.count - 1 ? 0 : widths[column]))
            }
            return line + "\n"
        }.joined()
    }
}
