import Datasets

/// Values so far out that the standard deviation is theirs: scaled by it, all others lie close together.
struct Outliers {
    /// Table rows, the farthest first.
    let rows: [Int32]
    /// The part of the variance that these few rows make.
    let share: Double

    /// At most this many values make at least half of the variance of the column; nil if they do not.
    private static let most = 3

    init?(_ column: TableColumn, _ rows: [Int32]) {
        let present = rows.filter { !column.isMissing(Int($0)) }
        guard present.count >= 20, column.kind == .numbers else { return nil }
        let mean = present.reduce(0) { $0 + column.numbers[Int($1)] } / Double(present.count)
        func deviation(_ row: Int32) -> Double { (column.numbers[Int(row)] - mean).magnitude }
        let total = present.reduce(0) { $0 + deviation($1) * deviation($1) }
        let farthest = Array(present.sorted { (deviation($0), $1) > (deviation($1), $0) }.prefix(Outliers.most + 1))
        guard total > 0, total.isFinite, farthest.count == Outliers.most + 1 else { return nil }
        var sum = 0.0
        for (count, row) in farthest.prefix(Outliers.most).enumerated() {
            sum += deviation(row) * deviation(row)
            // A few rare flags are none: what follows has to be far nearer.
            guard sum >= total / 2, deviation(farthest[count + 1]) * 3 < deviation(row) else { continue }
            let values = Set(present.map { column.numbers[Int($0)] })
            guard values.count > Outliers.most + 1 else { return nil }
            self.rows = Array(farthest[...count])
            share = sum / total
            return
        }
        return nil
    }
}
