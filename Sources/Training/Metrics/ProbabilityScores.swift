import Execution

/// How good the probabilities are; nil where the outputs are none.
struct ProbabilityScores {
    private let predictions: Predictions
    private let classes: [Int32]

    init(_ predictions: Predictions, _ classes: [Int32]) {
        self.predictions = predictions
        self.classes = classes
    }

    /// Source: scikit-learn's log_loss.
    var logLoss: Double? {
        guard predictions.areProbabilities else { return nil }
        let epsilon = Double.ulpOfOne
        var sum = 0.0
        for (row, number) in classes.enumerated() {
            let p: Double
            if predictions.width == 1 {
                p = number == 1 ? predictions.values[row] : 1 - predictions.values[row]
            } else {
                p = predictions.values[row * predictions.width + Int(number)]
            }
            sum -= predictions.weights[row] * Elementary.logarithm(min(max(p, epsilon), 1 - epsilon))
        }
        return sum / predictions.weights.total
    }

    /// Source: scikit-learn's brier_score_loss (`scale_by_half="auto"`).
    var brier: Double? {
        guard predictions.areProbabilities else { return nil }
        let (width, values) = (predictions.width, predictions.values)
        var sum = 0.0
        for (row, number) in classes.enumerated() {
            let weight = predictions.weights[row]
            if width <= 2 {
                let error = values[row * width + width - 1] - Double(number)
                sum += weight * (error * error)
                continue
            }
            for column in 0..<width {
                let error = values[row * width + column] - (column == Int(number) ? 1 : 0)
                sum += weight * (error * error)
            }
        }
        return sum / predictions.weights.total
    }
}
