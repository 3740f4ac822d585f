/// How well the outputs for one class order the rows, each of which counts as much as it weighs. Rows that weigh 0 are left out, as
/// scikit-learn does.
///
/// Numerics: sums in the order of the outputs, of equal outputs in that of the weights, so that the order of the rows is of no matter.
struct WeightedRanking {
    typealias Row = (output: Double, weight: Double)

    /// Of the class and of all others, both rising.
    private(set) var positive: [Row] = []
    private(set) var negative: [Row] = []

    init(_ predictions: Predictions, _ classes: [Int32], of number: Int32, column: Int) {
        for (row, truth) in classes.enumerated() where predictions.weights[row] > 0 {
            let entry = (predictions.values[row * predictions.width + column], predictions.weights[row])
            if truth == number { positive.append(entry) } else { negative.append(entry) }
        }
        positive.sort { $0 < $1 }
        negative.sort { $0 < $1 }
    }

    private static func total(_ rows: [Row]) -> Double { rows.reduce(0) { $0 + $1.weight } }

    /// Of all pairs the share in the right order, a tie being half of one; each weighs the product of its rows' weights.
    ///
    /// Source: scikit-learn's roc_auc_score.
    var areaUnderCurve: Double? {
        guard !positive.isEmpty, !negative.isEmpty else { return nil }
        var twice = 0.0
        var (i, below, at) = (0, 0.0, 0)
        while i < positive.count {
            let output = positive[i].output
            var (ties, weight) = (0.0, 0.0)
            while i < positive.count, positive[i].output == output { (i, weight) = (i + 1, weight + positive[i].weight) }
            while at < negative.count, negative[at].output < output { (at, below) = (at + 1, below + negative[at].weight) }
            var next = at
            while next < negative.count, negative[next].output == output { (next, ties) = (next + 1, ties + negative[next].weight) }
            twice += weight * (2 * below + ties)
        }
        return twice / (2 * Self.total(positive) * Self.total(negative))
    }

    /// Source: scikit-learn's average_precision_score.
    var averagePrecision: Double? {
        guard !positive.isEmpty else { return nil }
        var sum = 0.0
        var (i, j, right, wrong) = (positive.count, negative.count, 0.0, 0.0)
        while i > 0 {
            let output = positive[i - 1].output
            let before = right
            while i > 0, positive[i - 1].output == output { (i, right) = (i - 1, right + positive[i - 1].weight) }
            while j > 0, negative[j - 1].output >= output { (j, wrong) = (j - 1, wrong + negative[j - 1].weight) }
            sum += (right - before) * (right / (right + wrong))
        }
        return sum / Self.total(positive)
    }
}
