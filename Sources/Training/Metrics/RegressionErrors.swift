import Datasets
import SpecLanguage

/// How far values are from their targets, in the target's own units. Of several targets each is measured alone, and the results are averaged.
///
/// Source: scikit-learn's functions of the same names with `multioutput="uniform_average"`.
struct RegressionErrors {
    private typealias Column = (truth: [Double], error: [Double])

    private let predictions: Predictions
    private let targets: Matrix
    private var weights: RowWeights { predictions.weights }

    /// nil for classes.
    init?(_ predictions: Predictions) {
        guard case .values(let targets) = predictions.targets, targets.columns > 0, targets.rows > 0 else { return nil }
        self.predictions = predictions
        self.targets = targets
    }

    /// One target by rows: of many targets no more than one is copied at a time.
    private func column(_ number: Int) -> Column {
        let truth = (0..<targets.rows).map { targets[$0, number] }
        return (truth, truth.indices.map { predictions.values[$0 * predictions.width + number] - truth[$0] })
    }

    func value(_ metric: Metric) -> Double? {
        switch metric {
        case .mse: mean { meanSquare($0.error) }
        case .rmse: mean { meanSquare($0.error).squareRoot() }
        case .mae: mean { weights.mean($0.error.map(\.magnitude)) }
        case .median_ae: mean { median($0.error.map(\.magnitude)) }
        case .mape:
            mean { column in
                let isOfZero = column.truth.indices.contains { column.truth[$0] == 0 && weights[$0] > 0 }
                // What is no share of 0 counts for nothing where the row does.
                return isOfZero
                    ? nil : weights.mean(zip(column.error, column.truth).map { error, truth in truth == 0 ? 0 : (error / truth).magnitude })
            }
        case .r2: mean { share($0.error, of: deviations($0.truth)) }
        case .explained_variance: mean { share(deviations($0.error), of: deviations($0.truth)) }
        // scikit-learn's has no weights either.
        case .max_error: (0..<targets.columns).map { column($0).error.reduce(0) { max($0, $1.magnitude) } }.max()
        default: nil
        }
    }

    /// nil if it is of one of the targets.
    private func mean(_ value: (Column) -> Double?) -> Double? {
        var sum = 0.0
        for number in 0..<targets.columns {
            guard let value = value(column(number)) else { return nil }
            sum += value
        }
        return sum / Double(targets.columns)
    }

    private func squares(_ values: [Double]) -> Double { weights.sum(values.map { $0 * $0 }) }
    private func meanSquare(_ values: [Double]) -> Double { squares(values) / weights.total }

    private func deviations(_ values: [Double]) -> [Double] {
        // A weighted mean of equal numbers may differ from them by its rounding.
        if weights.values != nil, let first = values.indices.first(where: { weights[$0] > 0 }),
            values.indices.allSatisfy({ weights[$0] == 0 || values[$0] == values[first] })
        {
            return values.map { $0 - values[first] }
        }
        let mean = weights.mean(values)
        return values.map { $0 - mean }
    }

    private func share(_ errors: [Double], of deviations: [Double]) -> Double? {
        let total = squares(deviations)
        return total > 0 ? 1 - squares(errors) / total : nil
    }

    private func median(_ values: [Double]) -> Double {
        if let weights = weights.values { return Self.weightedMedian(values, weights) }
        let (sorted, middle) = (values.sorted(), values.count / 2)
        return values.count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
    }

    /// The first value at which the weights so far reach half of all; where they are half of all, the middle between it and the next one.
    ///
    /// Source: scikit-learn's median_absolute_error with `sample_weight`: a percentile by "averaged_inverted_cdf".
    private static func weightedMedian(_ values: [Double], _ weights: [Double]) -> Double {
        let rows = values.indices.filter { weights[$0] > 0 }.map { (value: values[$0], weight: weights[$0]) }.sorted { $0 < $1 }
        var sums: [Double] = []
        for row in rows { sums.append((sums.last ?? 0) + row.weight) }
        guard let total = sums.last else { return .nan }
        let place = sums.firstIndex { $0 >= total / 2 } ?? sums.count - 1
        let isHalf = sums[place] - total / 2 <= .ulpOfOne
        return isHalf && place + 1 < rows.count ? (rows[place].value + rows[place + 1].value) / 2 : rows[place].value
    }
}
