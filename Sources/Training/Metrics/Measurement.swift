import Datasets
import SpecLanguage

/// What is measured on a part: predictions in original units against the targets.
package struct Predictions {
    let rows: Int
    let width: Int
    /// [rows][width]: probabilities, or values in original units.
    let values: [Double]
    let targets: Targets
    let encoding: TargetEncoding
    /// Whether the outputs are probabilities (softmax or sigmoid).
    let areProbabilities: Bool
    /// Of each row, for the metrics.
    let weights: RowWeights

    package init(
        rows: Int, width: Int, values: [Double], targets: Targets, encoding: TargetEncoding, areProbabilities: Bool, weights: [Double]? = nil
    ) {
        self.rows = rows
        self.width = width
        self.values = values
        self.targets = targets
        self.encoding = encoding
        self.areProbabilities = areProbabilities
        self.weights = RowWeights(weights, rows: rows)
    }

    /// One output is the probability of the second of two classes.
    var classCount: Int { max(width, 2) }

    /// The predicted class of every row: the largest output (of equals the first), or the second class when one output exceeds 0.5.
    var predictedClasses: [Int32] {
        values.withUnsafeBufferPointer { values in
            (0..<rows).map { row in
                if width == 1 { return values[row] > 0.5 ? 1 : 0 }
                let first = row * width
                var best = 0
                for column in 1..<width where values[first + column] > values[first + best] { best = column }
                return Int32(best)
            }
        }
    }
}

/// All that can be measured on one part; what several metrics need is made once.
///
/// Each row counts as its weight says.
/// Sums run over the rows in order, in Double, and are never means of batches. A value that is not defined (0 / 0) is nil.
package final class Measurement {
    private let predictions: Predictions
    private lazy var predicted = predictions.predictedClasses
    private lazy var values = RegressionErrors(predictions)

    package init(_ predictions: Predictions) { self.predictions = predictions }

    package func value(_ metric: Metric) -> Double? {
        guard predictions.rows > 0 else { return nil }
        switch predictions.targets {
        case .classes(let classes): return metric.domain == .numbers ? nil : value(metric, classes)
        case .labels(let labels): return LabelScores(predictions, labels).value(metric)
        case .values: return values?.value(metric)
        }
    }

    /// What is infinite or no number is nil: no file may hold it.
    func finiteValues(_ metrics: [Metric]) -> [Double?] { metrics.map { value($0).flatMap { $0.isFinite ? $0 : nil } } }

    private func value(_ metric: Metric, _ classes: [Int32]) -> Double? {
        switch metric {
        case .log_loss: ProbabilityScores(predictions, classes).logLoss
        case .brier: ProbabilityScores(predictions, classes).brier
        case .auc_roc: RankingScores(predictions, classes).areaUnderCurve
        case .average_precision: RankingScores(predictions, classes).averagePrecision
        case .top_2_accuracy, .top_3_accuracy, .top_5_accuracy, .top_10_accuracy:
            metric.topCount.flatMap { RankingScores(predictions, classes).accuracy(amongLargest: $0) }
        default: counts(classes).value(metric)
        }
    }

    private var found: ClassCounts?

    private func counts(_ classes: [Int32]) -> ClassCounts {
        if let found { return found }
        let counts = ClassCounts(
            true: classes, predicted: predicted, classCount: predictions.classCount, weights: predictions.weights)
        found = counts
        return counts
    }

    /// Rows, whatever they weigh; nil for numbers, and where there are more classes than the limit.
    package func confusion(upTo limit: Int = ConfusionMatrix.classLimit) -> ConfusionMatrix? {
        guard case .classes(let classes) = predictions.targets, case .classes(_, let names) = predictions.encoding,
            predictions.classCount <= limit
        else { return nil }
        var matrix = Array(repeating: Array(repeating: 0, count: predictions.classCount), count: predictions.classCount)
        for (truth, prediction) in zip(classes, predicted) { matrix[Int(truth)][Int(prediction)] += 1 }
        return ConfusionMatrix(classes: names, counts: matrix)
    }
}
