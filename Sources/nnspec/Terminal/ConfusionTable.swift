import NNSpecKit

/// Which classes are taken for which: a line for each true class, a column for each predicted one.
enum ConfusionTable {
    static func text(_ parts: [PartEvaluation]) -> String {
        parts.compactMap { part in part.confusion.map { text($0, of: part.part) } }.joined()
    }

    private static func text(_ matrix: ConfusionMatrix, of part: String) -> String {
        let rows = [matrix.classes] + matrix.counts.map { $0.map(String.init) }
        let widths = matrix.classes.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        let first = matrix.classes.map(\.count).max() ?? 0
        var text = "\n\(part): true classes down, predicted ones across\n"
        for (row, cells) in rows.enumerated() {
            text += "  " + (row == 0 ? "" : matrix.classes[row - 1]).padded(to: first)
            for (column, cell) in cells.enumerated() { text += "  " + cell.aligned(to: widths[column]) }
            text += "\n"
        }
        return text
    }
}
