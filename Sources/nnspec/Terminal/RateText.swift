import NNSpecKit

/// A sweep of learning rates for a person: the smoothed loss over the rate, what shows in it, and what to write.
enum RateText {
    /// - Parameter spec: the spec's path as a shell takes it.
    static func text(_ report: RateReport, spec: String) -> String {
        let sweep = report.sweep
        var text = "\(report.name): \(report.network), \(NumberText.count(report.parameterCount, "parameter"))\n"
        text += "\(report.optimizer), batches of \(NumberText.count(report.batchRows, "row")); learning rate from "
        text += "\(rate(report.range.from)) to \(rate(report.range.to)) in \(report.range.steps) steps\n"
        if !report.leftOut.isEmpty { text += "left out, since the rate rises by itself: \(report.leftOut.joined(separator: ", "))\n" }
        let last = sweep.points[sweep.points.count - 1]
        switch sweep.end {
        case .largestRate: break
        case .rose: text += "ended at \(rate(last.rate)): the mean loss was \(Int(RateSweep.blowUp)) times its lowest\n"
        case .notFinite(let found): text += "ended at \(rate(found)): the loss was not finite any more\n"
        }
        text += "\n" + RatePlot(report).text + "\n"
        if let lowest = sweep.lowest {
            text += "lowest smoothed loss     \(NumberText.significant(sweep.levelled[lowest])) at \(rate(sweep.points[lowest].rate))"
            text += lowest == sweep.points.count - 1 ? ", the last rate: it was still falling\n" : "\n"
        }
        guard let suggestion = sweep.suggestion else { return text }
        text += "suggestion               \(rate(suggestion)), a tenth of that rate; now \(rate(report.present))\n\n"
        text += "under optimizer:         learning_rate: \(rate(suggestion))\n"
        return text + "to try it:               nnspec train \(spec) --set optimizer.learning_rate=\(rate(suggestion))\n"
    }

    static func rate(_ value: Double) -> String { NumberText.significant(value, 2) }
}

/// Letters on a grid of at most 80 columns: the rate to the right, each step the same factor, the smoothed loss upwards.
struct RatePlot {
    private static let (rows, mostColumns) = (14, 66)

    private let points: [RateSweep.Point]
    private let losses: [Double]
    private let suggestion: Double?

    init(_ report: RateReport) {
        points = report.sweep.points
        losses = report.sweep.levelled
        suggestion = report.sweep.suggestion
    }

    private var columns: Int { min(points.count, Self.mostColumns) }

    /// The column of a point.
    private func column(_ index: Int) -> Int { points.count == 1 ? 0 : index * (columns - 1) / (points.count - 1) }

    var text: String {
        guard let lowest = losses.min(), let place = losses.firstIndex(of: lowest) else { return "" }
        // The rise at the end would leave the rest a flat line: it is cut a little above where the loss began to fall.
        let (before, most) = (losses[...place].max() ?? lowest, losses.max() ?? lowest)
        let cut = before > lowest ? before + (before - lowest) / 4 : most
        let top = min(cut, most)
        var grid = [[Character]](repeating: [Character](repeating: " ", count: columns), count: Self.rows)
        for (index, loss) in losses.enumerated() {
            let height = top > lowest ? (min(loss, top) - lowest) / (top - lowest) : 0
            let row = Self.rows - 1 - Int((height * Double(Self.rows - 1)).rounded())
            grid[row][column(index)] = loss > top ? "^" : "*"
        }
        let labels = [0: NumberText.significant(top, 3), Self.rows - 1: NumberText.significant(lowest, 3)]
        let width = labels.values.map(\.count).max() ?? 0
        var text = "smoothed loss\n"
        for (row, cells) in grid.enumerated() {
            let line = (labels[row] ?? "").aligned(to: width) + " |" + String(cells)
            text += line.trimmedRight + "\n"
        }
        return text + axis(indent: width)
    }

    /// A tick and its text at each power of ten, and a mark below the suggestion.
    private func axis(indent: Int) -> String {
        var line = [Character](repeating: "-", count: columns)
        var labels = [Character](repeating: " ", count: columns + 8)
        var free = 0
        for exponent in -12...6 {
            // As people write it; of its text, so that it is exactly that number.
            guard let power = Double("1e\(exponent)"), let index = points.firstIndex(where: { $0.rate >= power * 0.9999999 }),
                index > 0 || points[0].rate <= power * 1.0000001
            else { continue }
            let column = column(index)
            line[column] = "+"
            let text = Array(RateText.rate(power))
            guard column >= free, column + text.count <= labels.count else { continue }
            for (offset, letter) in text.enumerated() { labels[column + offset] = letter }
            free = column + text.count + 1
        }
        var text = String(repeating: " ", count: indent) + " +" + String(line) + "\n"
        text += (String(repeating: " ", count: indent + 2) + String(labels)).trimmedRight + "\n"
        if let suggestion, suggestion >= points[0].rate, let index = points.firstIndex(where: { $0.rate >= suggestion }) {
            let mark = "^ suggested"
            let column = column(index)
            let isNearEnd = column + mark.count > columns
            let other = "suggested ^"
            let start = isNearEnd ? max(column + 1 - other.count, 0) : column
            text += String(repeating: " ", count: indent + 2 + start) + (isNearEnd ? other : mark) + "\n"
        }
        return text
    }
}

extension String {
    /// Without blanks at the end.
    fileprivate var trimmedRight: String {
        var text = self[...]
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
