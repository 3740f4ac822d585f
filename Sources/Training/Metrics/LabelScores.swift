import Datasets
import Execution
import SpecLanguage

/// What is measured where a row may have any of several labels: each is an output of its own, and predicted where that exceeds 0.5.
struct LabelScores {
    private let predictions: Predictions
    /// [rows][labels], 0 or 1.
    private let labels: Matrix

    init(_ predictions: Predictions, _ labels: Matrix) {
        self.predictions = predictions
        self.labels = labels
    }

    func value(_ metric: Metric) -> Double? {
        switch metric {
        case .accuracy: accuracy
        case .macro_f1: macroF1
        case .log_loss: logLoss
        default: nil
        }
    }

    private var weights: RowWeights { predictions.weights }
    private func output(_ row: Int, _ label: Int) -> Double { predictions.values[row * predictions.width + label] }
    private func isPredicted(_ row: Int, _ label: Int) -> Bool { output(row, label) > 0.5 }
    private func isTrue(_ row: Int, _ label: Int) -> Bool { labels[row, label] == 1 }

    /// Share of the rows all of whose labels are predicted right (scikit-learn's accuracy_score of label indicators).
    private var accuracy: Double {
        let right = weights.sum(where: { row in (0..<labels.columns).allSatisfy { isPredicted(row, $0) == isTrue(row, $0) } }, rows: labels.rows)
        return right / weights.total
    }

    /// Of each label against its absence, the mean over rows and labels.
    private var logLoss: Double? {
        guard predictions.areProbabilities else { return nil }
        let epsilon = Double.ulpOfOne
        var sum = 0.0
        for row in 0..<labels.rows {
            for label in 0..<labels.columns {
                let p = output(row, label)
                sum -= weights[row] * Elementary.logarithm(min(max(isTrue(row, label) ? p : 1 - p, epsilon), 1 - epsilon))
            }
        }
        return sum / (weights.total * Double(labels.columns))
    }

    /// Mean of the F1 of every label that occurs among the targets or the predictions; nil if none does.
    private var macroF1: Double? {
        let scores = (0..<labels.columns).compactMap { label -> Double? in
            func sum(_ holds: (Int) -> Bool) -> Double { weights.sum(where: holds, rows: labels.rows) }
            let both = sum { isPredicted($0, label) && isTrue($0, label) }
            let either = sum { isPredicted($0, label) } + sum { isTrue($0, label) }
            return either == 0 ? nil : 2 * both / either
        }
        return scores.isEmpty ? nil : scores.reduce(0, +) / Double(scores.count)
    }
}
