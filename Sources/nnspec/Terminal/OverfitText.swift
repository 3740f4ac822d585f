import Diagnostics
import NNSpecKit

/// What `train --overfit` tells a person; why not is told by the diagnostic.
enum OverfitText {
    static func text(_ report: OverfitReport) -> String {
        let outline = report.outline
        var text = "\(outline.name): \(outline.network), \(NumberText.count(outline.parameterCount, "parameter"))\n"
        if !report.leftOut.isEmpty { text += "left out, since it keeps from learning by heart: \(report.leftOut.joined(separator: ", "))\n" }
        text +=
            report.fits ? "learnt \(NumberText.count(report.rows, "row")) by heart" : "did not learn \(NumberText.count(report.rows, "row")) by heart"
        text += " in \(NumberText.count(report.epochs, "epoch")) (\(NumberText.count(report.steps, "step"))): "
        let score = "\(report.score.name) \(report.score.value.map { NumberText.significant($0) } ?? "undefined")"
        return text + "\(score), loss \(report.loss.map { NumberText.significant($0) } ?? "undefined")\n"
    }
}

extension JSONDocument {
    /// `overfits` says whether the rows were learnt by heart.
    static func overfit(_ report: OverfitReport, _ diagnostics: [Diagnostic]) -> String {
        JSONText.object([
            ("ok", "\(report.fits)"), ("name", JSONText.quoted(report.outline.name)), ("network", JSONText.quoted(report.outline.network)),
            ("parameters", "\(report.outline.parameterCount)"), ("overfits", "\(report.fits)"), ("rows", "\(report.rows)"),
            ("epochs", "\(report.epochs)"), ("epoch_limit", "\(report.mostEpochs)"), ("steps", "\(report.steps)"),
            ("loss", JSONText.number(report.loss)), (report.score.name, JSONText.number(report.score.value)),
            ("left_out", JSONText.strings(report.leftOut)), ("diagnostics", list(diagnostics)),
        ]) + "\n"
    }
}
