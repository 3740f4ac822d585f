import Training

/// The rows of metrics.csv as a tensor, [epochs][3 + metrics] of Doubles: learning rate, train.loss, validation.loss, metrics; NaN is undefined.
enum EpochTable {
    static let name = "progress/epochs"
    private static let leading = 3

    static func shape(_ epochs: [EpochRecord]) -> [Int] { [epochs.count, leading + (epochs.first?.validationMetrics.count ?? 0)] }

    static func numbers(_ epochs: [EpochRecord]) -> [Double] {
        epochs.flatMap { [$0.learningRate, $0.trainLoss, $0.validationLoss ?? .nan] + $0.validationMetrics.map { $0 ?? .nan } }
    }

    /// nil if the numbers are not of that shape.
    static func epochs(_ numbers: [Double], shape: [Int]) -> [EpochRecord]? {
        guard shape.count == 2, shape[0] >= 0, shape[1] >= leading, shape[0].multipliedReportingOverflow(by: shape[1]) == (numbers.count, false)
        else { return nil }
        return (0..<shape[0]).map { row in
            let values = numbers[row * shape[1]..<(row + 1) * shape[1]].map { $0.isNaN ? nil : $0 }
            return EpochRecord(
                epoch: row + 1, learningRate: values[0] ?? 0, trainLoss: numbers[row * shape[1] + 1], validationLoss: values[2],
                validationMetrics: Array(values[leading...]))
        }
    }
}
