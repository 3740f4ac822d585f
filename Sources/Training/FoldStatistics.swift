/// The folds of a cross-validation, in their order.
public struct FoldRecord: Sendable {
    public var folds: [TrainingRecord]

    public init(folds: [TrainingRecord]) { self.folds = folds }

    /// A number of a part over the folds: "validation", "accuracy".
    public struct Statistic: Sendable {
        public var part: String
        public var name: String
        /// Both are nil where a fold has no such number.
        public var mean: Double?
        public var deviation: Double?
    }

    /// Mean and spread of the loss and each metric of the parts: every fold counts the same.
    ///
    /// Numerics: sums in the order of the folds. The spread is the standard deviation of a sample, the square root of sum (x - mean)^2 / (folds - 1).
    public var statistics: [Statistic] {
        guard let first = folds.first else { return [] }
        return first.evaluations.enumerated().flatMap { index, part in
            (["loss"] + part.metrics.map(\.name)).enumerated().map { place, name in
                let values = folds.map { fold -> Double? in
                    let own = fold.evaluations[index]
                    return place == 0 ? (own.loss.isFinite ? own.loss : nil) : own.metrics[place - 1].value
                }
                let statistic = Self.statistic(values.compactMap { $0 }, of: values.count)
                return Statistic(part: part.part, name: name, mean: statistic?.mean, deviation: statistic?.deviation)
            }
        }
    }

    private static func statistic(_ values: [Double], of count: Int) -> (mean: Double, deviation: Double)? {
        guard values.count == count, count > 1 else { return nil }
        let mean = values.reduce(0, +) / Double(count)
        let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        return (mean, (squares / Double(count - 1)).squareRoot())
    }
}
