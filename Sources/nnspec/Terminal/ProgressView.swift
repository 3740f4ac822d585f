import NNSpecKit

/// Shows a training as it goes: one live line on a terminal, about ten lines elsewhere.
final class ProgressView: TrainingObserver {
    enum Style { case live, lines, none }

    private let style: Style
    private var outline: TrainingOutline?
    private var drawnAtSeconds = -1.0
    private var isDrawn = false
    private static let secondsBetweenDrawings = 1.0 / 15

    init(_ style: Style) { self.style = style }

    func trainingWillStart(_ outline: TrainingOutline) {
        self.outline = outline
        guard style != .none else { return }
        let rows = outline.parts.map { "\($0.name) \($0.rows)" }.joined(separator: ", ")
        StandardError.write("training \(outline.name): \(outline.network), \(NumberText.count(outline.parameterCount, "parameter")); rows: \(rows)\n")
        if let folds = outline.folds {
            let resumed = folds.done + folds.begun > 0 ? "; \(folds.done) done and \(folds.begun) begun before" : ""
            StandardError.write("\(folds.count) folds, \(folds.atOnce) at a time\(resumed); rows are those of the first\n")
        }
        if let reason = outline.taskReason { StandardError.write("\(reason)\n") }
        if let stopping = outline.stopping { StandardError.write("early stopping watches \(stopping)\n") }
    }

    func epochDidEnd(_ record: EpochRecord, of epochs: Int, elapsedSeconds: Double) {
        switch style {
        case .none: return
        case .live:
            if record.epoch < epochs, elapsedSeconds - drawnAtSeconds < ProgressView.secondsBetweenDrawings { return }
            drawnAtSeconds = elapsedSeconds
            isDrawn = true
            StandardError.write("\r\u{1B}[K" + String(liveLine(record, of: epochs, elapsedSeconds).prefix(StandardError.width - 1)))
        case .lines:
            let isTenth = record.epoch * 10 / epochs != (record.epoch - 1) * 10 / epochs
            if record.epoch == 1 || isTenth { StandardError.write(plainLine(record, of: epochs) + "\n") }
        }
    }

    func epochDidEnd(_ done: Int, of epochs: Int, foldsDone: Int, elapsedSeconds: Double) {
        guard style == .live, elapsedSeconds - drawnAtSeconds >= ProgressView.secondsBetweenDrawings else { return }
        drawnAtSeconds = elapsedSeconds
        isDrawn = true
        let line = "\(foldsDone) of \(outline?.folds?.count ?? 0) folds  epoch \(done)/\(epochs) of all  " + bar(done, of: epochs, elapsedSeconds)
        StandardError.write("\r\u{1B}[K" + String(line.prefix(StandardError.width - 1)))
    }

    func foldDidEnd(_ fold: Int, of folds: Int, _ record: TrainingRecord) {
        guard style != .none else { return }
        finish()
        var line = "fold \("\(fold)".aligned(to: "\(folds)".count))/\(folds)  epoch \(record.bestEpoch) of \(record.epochs.last?.epoch ?? 0)"
        if let part = record.evaluations.first(where: { $0.part == "validation" }) {
            line += "  validation.loss \(number(part.loss))"
            if let metric = part.metrics.first, let value = metric.value { line += "  validation.\(metric.name) \(number(value))" }
        }
        while line.last == " " { line.removeLast() }
        StandardError.write(line + "\n")
    }

    /// Takes the live line away, so that what follows begins on an empty line.
    func finish() {
        if isDrawn { StandardError.write("\r\u{1B}[K") }
        isDrawn = false
    }

    private func liveLine(_ record: EpochRecord, of epochs: Int, _ elapsedSeconds: Double) -> String {
        plainLine(record, of: epochs, bar: bar(record.epoch, of: epochs, elapsedSeconds) + "  ")
    }

    private func bar(_ done: Int, of epochs: Int, _ elapsedSeconds: Double) -> String {
        let width = 16
        let filled = epochs > 0 ? done * width / epochs : width
        let left = elapsedSeconds / Double(max(done, 1)) * Double(epochs - done)
        return "[\(String(repeating: "#", count: filled))\(String(repeating: "-", count: width - filled))] \(NumberText.duration(left)) left"
    }

    private func plainLine(_ record: EpochRecord, of epochs: Int, bar: String = "") -> String {
        var line = "epoch \("\(record.epoch)".aligned(to: "\(epochs)".count))/\(epochs)  \(bar)train.loss \(number(record.trainLoss))"
        if let loss = record.validationLoss { line += "  validation.loss \(number(loss))" }
        if let name = outline?.metricNames.first, let value = record.validationMetrics.first ?? nil {
            line += "  validation.\(name) \(number(value))"
        }
        while line.last == " " { line.removeLast() }
        return line
    }

    private func number(_ value: Double) -> String { NumberText.significant(value).padded(to: 7) }
}
