import SpecLanguage

/// Rows by true and by predicted class, and what follows from these counts alone. Counts are whole numbers, so their order is of no matter.
struct ClassCounts {
    /// Rows of a class that are predicted as it (true positives), all that are predicted as it, and all that are of it.
    private var right: [Int]
    private var predicted: [Int]
    private var actual: [Int]
    private let rows: Int

    init(true classes: [Int32], predicted predictions: [Int32], classCount: Int) {
        right = Array(repeating: 0, count: classCount)
        predicted = right
        actual = right
        rows = classes.count
        for (truth, prediction) in zip(classes, predictions) {
            actual[Int(truth)] += 1
            predicted[Int(prediction)] += 1
            if truth == prediction { right[Int(truth)] += 1 }
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

    private var allRight: Int { right.reduce(0, +) }

    private func ratio(_ a: Int, _ b: Int) -> Double? { b == 0 ? nil : Double(a) / Double(b) }
    private func precision(_ k: Int) -> Double? { ratio(right[k], predicted[k]) }
    private func recall(_ k: Int) -> Double? { ratio(right[k], actual[k]) }
    private func f1(_ k: Int) -> Double? { ratio(2 * right[k], predicted[k] + actual[k]) }

    /// Over the classes that occur among the rows or the predictions, one after the other; 0 / 0 of such a class is 0.
    ///
    /// Source: scikit-learn's precision_recall_fscore_support with `average="macro"` and `"weighted"`.
    private func mean(_ value: (Int) -> Double?, weight: (Int) -> Int) -> Double? {
        var sum = 0.0
        var total = 0
        for k in right.indices where predicted[k] + actual[k] > 0 {
            sum += Double(weight(k)) * (value(k) ?? 0)
            total += weight(k)
        }
        return total == 0 ? nil : sum / Double(total)
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
        func sum(_ a: [Int], _ b: [Int]) -> Double { zip(a, b).reduce(0) { $0 + Double($1.0) * Double($1.1) } }
        return (sum(predicted, actual), sum(predicted, predicted), sum(actual, actual))
    }

    /// Source: Gorodkin, "Comparing two K-category assignments by a K-category correlation coefficient" (2004); scikit-learn's
    /// matthews_corrcoef, which gives 0 where this is nil.
    private var correlation: Double? {
        let (products, all) = (products, Double(rows) * Double(rows))
        let (a, b) = (all - products.predicted, all - products.actual)
        return a == 0 || b == 0 ? nil : (Double(allRight) * Double(rows) - products.both) / (a.squareRoot() * b.squareRoot())
    }

    /// Source: Cohen, "A coefficient of agreement for nominal scales" (1960); scikit-learn's cohen_kappa_score.
    private var kappa: Double? {
        let (both, all) = (products.both, Double(rows) * Double(rows))
        return all == both ? nil : (Double(allRight) * Double(rows) - both) / (all - both)
    }
}
