/// How much each row of a part counts in a metric: `data.sample_weight`, else 1. With all weights 1 every number is the same bits as without any.
///
/// Source: the `sample_weight` of scikit-learn's metrics. A row that weighs 0 counts for nothing, but where scikit-learn has it count.
struct RowWeights {
    let values: [Double]?
    let total: Double

    init(_ values: [Double]?, rows: Int) {
        self.values = values
        total = values.map { $0.reduce(0, +) } ?? Double(rows)
    }

    subscript(row: Int) -> Double { values?[row] ?? 1 }

    /// In the order of the rows.
    func sum(_ terms: [Double]) -> Double {
        guard let values else { return terms.reduce(0, +) }
        return zip(terms, values).reduce(0) { $0 + $1.1 * $1.0 }
    }

    func mean(_ terms: [Double]) -> Double { sum(terms) / total }

    /// Of the rows that hold what is asked for.
    func sum(where holds: (Int) -> Bool, rows: Int) -> Double {
        guard values != nil else { return Double((0..<rows).count(where: holds)) }
        return (0..<rows).reduce(0) { holds($1) ? $0 + self[$1] : $0 }
    }
}
