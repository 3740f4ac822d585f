import Datasets
import SpecLanguage

/// How far values are from their targets, in the target's own units. Of several targets each is measured alone, and the results are averaged.
///
/// Source: scikit-learn's functions of the same names with `multioutput="uniform_average"`.
struct RegressionErrors {
    private typealias Column = (truth: [Double], error: [Double])

    private let predictions: Predictions
    private let targets: Matrix

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
        case .mse: mean { Self.meanSquare($0.error) }
        case .rmse: mean { Self.meanSquare($0.error).squareRoot() }
        case .mae: mean { Self.mean($0.error.map(\.magnitude)) }
        case .median_ae: mean { Self.median($0.error.map(\.magnitude)) }
        case .mape:
            mean { column in
                column.truth.contains(0) ? nil : Self.mean(zip(column.error, column.truth).map { ($0 / $1).magnitude })
            }
        case .r2: mean { Self.share($0.error, of: Self.deviations($0.truth)) }
        case .explained_variance: mean { Self.share(Self.deviations($0.error), of: Self.deviations($0.truth)) }
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

    private static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
    private static func squares(_ values: [Double]) -> Double { values.reduce(0) { $0 + $1 * $1 } }
    private static func meanSquare(_ values: [Double]) -> Double { squares(values) / Double(values.count) }

    private static func deviations(_ values: [Double]) -> [Double] {
        let mean = mean(values)
        return values.map { $0 - mean }
    }

    private static func share(_ errors: [Double], of deviations: [Double]) -> Double? {
        let total = squares(deviations)
        return total > 0 ? 1 - squares(errors) / total : nil
    }

    private static func median(_ values: [Double]) -> Double {
        let (sorted, middle) = (values.sorted(), values.count / 2)
        return values.count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
    }
}
