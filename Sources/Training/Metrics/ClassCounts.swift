import SpecLanguage

/// Rows by true and by predicted class, each as much as it weighs, and what follows from these counts alone. Where no row has a weight the counts
/// are whole numbers, so that their order is of no matter.
struct ClassCounts {
    /// Rows of a class that are predicted as it (true positives), all that are predicted as it, and all that are of it.
    private var right: [Double]
    private var predicted: [Double]
    private var actual: [Double]
    /// Classes that have rows or are predicted, whatever these weigh.
    private let occurs: [Bool]
    /// All together.
    private let rows: Double

    init(true classes: [Int32], predicted predictions: [Int32], classCount: Int, weights: RowWeights) {
        var right = Array(repeating: 0, count: classCount)
        var predicted = right
        var actual = right
        for (truth, prediction) in zip(classes, predictions) {
            actual[Int(truth)] += 1
            predicted[Int(prediction)] += 1
            if truth == prediction { right[Int(truth)] += 1 }
        }
        occurs = right.indices.map { predicted[$0] + actual[$0] > 0 }
        (self.right, self.predicted, self.actual) = (right.map(Double.init), predicted.map(Double.init), actual.map(Double.init))
        rows = weights.total
        if weights.values != nil { weigh(classes, predictions, weights) }
    }

    private mutating func weigh(_ classes: [Int32], _ predictions: [Int32], _ weights: RowWeights) {
        for k in right.indices { (right[k], predicted[k], actual[k]) = (0, 0, 0) }
        for (row, (truth, prediction)) in zip(classes, predictions).enumerated() {
            actual[Int(truth)] += weights[row]
            predicted[Int(prediction)] += weights[row]
            if truth == prediction { right[Int(truth)] += weights[row] }
        }
    }

    func value(_ metric: Metric) -> Double? {
        switch metric {
        case .accuracy, .micro_f1, .micro_precision, .micro_recall: ratio(allRight, rows)
        case .balanced_accuracy: balancedAccuracy
        case .macro_f1: mean(f1) { _ in 1 }
        case .macro_precision: mean(precision) { _ in 1 }
        case .macro_recall: mean(recall) { _ in 1 }
        case .weighted_f1: mean(f1) { actual[$0] }
        case .weighted_precision: mean(precision) { actual[$0] }
        case .weighted_recall: mean(recall) { actual[$0] }
        case .precision: precision(1)
        case .recall: recall(1)
        case .f1: f1(1)
        case .mcc: correlation
        case .kappa: kappa
        default: nil
        }
    }

    private var allRight: Double { right.reduce(0, +) }

    private func ratio(_ a: Double, _ b: Double) -> Double? { b == 0 ? nil : a / b }
    private func precision(_ k: Int) -> Double? { ratio(right[k], predicted[k]) }
    private func recall(_ k: Int) -> Double? { ratio(right[k], actual[k]) }
    private func f1(_ k: Int) -> Double? { ratio(2 * right[k], predicted[k] + actual[k]) }

    /// Over the classes that occur among the rows or the predictions, one after the other; 0 / 0 of such a class is 0.
    ///
    /// Source: scikit-learn's precision_recall_fscore_support with `average="macro"` and `"weighted"`.
    private func mean(_ value: (Int) -> Double?, weight: (Int) -> Double) -> Double? {
        var sum = 0.0
        var total = 0.0
        for k in right.indices where occurs[k] {
            sum += weight(k) * (value(k) ?? 0)
            total += weight(k)
        }
        return total == 0 ? nil : sum / total
    }

    /// Source: scikit-learn's balanced_accuracy_score: classes without rows are left out.
    private var balancedAccuracy: Double? {
        var sum = 0.0
        var present = 0
        for k in right.indices {
            guard let recall = recall(k) else { continue }
            sum += recall
            present += 1
        }
        return present == 0 ? nil : sum / Double(present)
    }

    /// Sum over the classes of predicted x actual, and of the squares of each.
    private var products: (both: Double, predicted: Double, actual: Double) {
        func sum(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
        return (sum(predicted, actual), sum(predicted, predicted), sum(actual, actual))
    }

    /// Source: Gorodkin, "Comparing two K-category assignments by a K-category correlation coefficient" (2004); scikit-learn's
    /// matthews_corrcoef, which gives 0 where this is nil.
    private var correlation: Double? {
        let (products, all) = (products, rows * rows)
        let (a, b) = (all - products.predicted, all - products.actual)
        // Of one class alone, and not whether a difference of rounded sums is 0.
        guard Self.classes(predicted).count > 1, Self.classes(actual).count > 1, a > 0, b > 0 else { return nil }
        return (allRight * rows - products.both) / (a.squareRoot() * b.squareRoot())
    }

    /// Source: Cohen, "A coefficient of agreement for nominal scales" (1960); scikit-learn's cohen_kappa_score.
    private var kappa: Double? {
        let (both, all) = (products.both, rows * rows)
        let (predicted, actual) = (Self.classes(predicted), Self.classes(actual))
        return predicted.count == 1 && predicted == actual || all == both ? nil : (allRight * rows - both) / (all - both)
    }

    /// Those that weigh anything.
    private static func classes(_ counts: [Double]) -> [Int] { counts.indices.filter { counts[$0] > 0 } }
}
