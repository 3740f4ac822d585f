import Datasets
import SpecLanguage

/// Rows that come some at a time, as far as they are needed when all have come: their targets and weights.
struct MeasuredRows {
    private let precision: TrainingSpec.Precision
    private var count = 0
    private var classes: [Int32] = []
    /// Of labels or values, [rows][targets].
    private var numbers: [Double] = []
    private var width = 0
    private var isOfLabels = false
    private var weights: [Double]?
    /// Rows that have come and were not run yet.
    private(set) var left: Part?

    init(precision: TrainingSpec.Precision) { self.precision = precision }

    mutating func add(_ part: Part) {
        switch part.targets {
        case .classes(let own): classes += own
        case .labels(let own), .values(let own):
            numbers += own.doubles
            width = own.columns
            if case .labels = part.targets { isOfLabels = true }
        }
        if let own = part.weights { weights = (weights ?? []) + own }
        count += part.rows
    }

    /// The rows that were left, and those of a part behind them.
    mutating func takeLeft(before part: Part) -> Part {
        defer { left = nil }
        return left.map { $0.followed(by: part) } ?? part
    }

    mutating func leave(_ part: Part, from row: Int) { left = row < part.rows ? part.rows(row..<part.rows) : nil }

    /// All rows, without their inputs.
    var part: Part {
        let targets: Targets =
            width == 0
            ? .classes(classes)
            : isOfLabels
                ? .labels(Matrix(rows: count, columns: width, values: numbers, precision: precision))
                : .values(Matrix(rows: count, columns: width, values: numbers, precision: precision))
        return Part(
            inputs: Matrix(rows: count, columns: 0, values: [], precision: precision), targets: targets, rowNumbers: [], weights: weights)
    }
}
