import Diagnostics
import NNSpecKit

/// The gradients of each tensor beside finite differences.
enum GradientTable {
    static func text(_ report: GradientReport, name: String) -> String {
        let head = "\(name): gradients of the first batch (\(report.rows) of \(NumberText.count(report.trainingRows, "training row"))) in float64, "
        var text = head + "loss \(NumberText.significant(report.loss))\n\n" + table(report) + "\n"
        if !report.frozen.isEmpty { text += "not trained, so without a gradient: \(report.frozen.joined(separator: ", "))\n" }
        let moved = report.tensors.reduce(0) { $0 + $1.movedFromKinks }
        if moved > 0 { text += "\(NumberText.count(moved, "element")) at a kink of the loss compared beside it, all parameters moved a little\n" }
        let kinks = report.tensors.reduce(0) { $0 + $1.kinks }
        if kinks > 0 { text += "\(NumberText.count(kinks, "element")) not compared: at a kink the loss has no derivative\n" }
        return text + verdict(report) + "\n"
    }

    private static func table(_ report: GradientReport) -> String {
        var rows = [["tensor", "elements", "compared", "kinks", "worst at", "analytic", "numeric", "relative error", ""]]
        for tensor in report.tensors {
            var row = [tensor.name, "\(tensor.elementCount)", "\(tensor.compared)", "\(tensor.movedFromKinks + tensor.kinks)"]
            row +=
                tensor.worst.map {
                    [
                        $0.place, NumberText.significant($0.analytic, 6), NumberText.significant($0.numeric, 6),
                        NumberText.significant($0.relativeError, 2),
                    ]
                } ?? ["", "", "", ""]
            rows.append(row + [verdict(tensor)])
        }
        let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            var line = " "
            for (column, cell) in row.enumerated() {
                line += " " + ((1...3).contains(column) ? cell.aligned(to: widths[column]) : cell.padded(to: widths[column])) + " "
            }
            while line.last == " " { line.removeLast() }
            return line + "\n"
        }.joined()
    }

    private static func verdict(_ tensor: GradientReport.Tensor) -> String {
        tensor.mismatches > 0 ? "off" : tensor.compared == 0 ? "not compared" : "agrees"
    }

    private static func verdict(_ report: GradientReport) -> String {
        if report.tensors.isEmpty { return "no parameter is trained: there is nothing to compare" }
        let off = report.tensors.filter { $0.mismatches > 0 }.map(\.name)
        let limit = "relative error at most \(report.tolerance)"
        if !off.isEmpty { return "off: \(off.joined(separator: ", ")) (\(limit) is wanted)" }
        return report.tensors.contains { $0.compared == 0 }
            ? "all that could be compared agree (\(limit))" : "all gradients agree with finite differences (\(limit))"
    }

    /// {"ok", "rows", "loss", "tolerance", "tensors": [{"name", "shape", "compared", ...}], "frozen", "diagnostics"}.
    static func json(_ report: GradientReport, _ diagnostics: [Diagnostic]) -> String {
        let tensors = report.tensors.map { tensor in
            JSONText.object([
                ("name", JSONText.quoted(tensor.name)), ("shape", JSONText.array(tensor.shape.map(String.init))),
                ("compared", "\(tensor.compared)"), ("moved_from_kinks", "\(tensor.movedFromKinks)"), ("kinks", "\(tensor.kinks)"),
                ("mismatches", "\(tensor.mismatches)"), ("verdict", JSONText.quoted(verdict(tensor))),
                ("worst", tensor.worst.map(json) ?? "null"),
            ])
        }
        return JSONText.object([
            ("ok", "\(!diagnostics.contains { $0.severity == .error })"), ("rows", "\(report.rows)"),
            ("training_rows", "\(report.trainingRows)"), ("loss", JSONText.number(report.loss)), ("tolerance", JSONText.number(report.tolerance)),
            ("tensors", JSONText.array(tensors)), ("frozen", JSONText.strings(report.frozen)), ("diagnostics", JSONDocument.list(diagnostics)),
        ]) + "\n"
    }

    private static func json(_ element: GradientReport.Element) -> String {
        JSONText.object([
            ("index", JSONText.array(element.index.map(String.init))), ("analytic", JSONText.number(element.analytic)),
            ("numeric", JSONText.number(element.numeric)), ("relative_error", JSONText.number(element.relativeError)),
        ])
    }
}
